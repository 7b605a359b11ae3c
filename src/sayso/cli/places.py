"""``sayso places``."""

from __future__ import annotations

from pathlib import Path

import click

DUMP = "https://download.geonames.org/export/dump/{}.zip"

_file = click.option(
    "--to",
    "file",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file of added places.  [default: $SAYSO_PLACES, else in your data folder]",
)


@click.group(invoke_without_command=True)
@_file
@click.pass_context
def places(ctx: click.Context, file: Path | None) -> None:
    """Add places to those that the reader knows, or list them.

    The reader knows towns of 500 inhabitants and more. What you add it uses from then on, beside these.

    \b
    Example:
      sayso places add SY.zip
      sayso places
    """
    if ctx.invoked_subcommand:
        return
    from sayso.cli.output import say
    from sayso.read.added import AddedPlaces

    where = _where(file)
    sources = AddedPlaces.load(where).sources
    for source in sources:
        click.echo(f"{source.id}  {source.places:>9,}  {source.file}")
    if not sources:
        say("no places were added. sayso places add says how.")


@places.command()
@click.argument("what", metavar="CC|FILE…", nargs=-1, required=True)
@click.option("--country", metavar="CC", help="The country of places of which the file says none: SY.")
@_file
def add(what: tuple[str, ...], country: str | None, file: Path | None) -> None:
    """Add the places of a FILE. For a country's code, CC, say which file to get.

    A FILE is a dump of GeoNames (SY.zip, SY.txt), a CSV with columns for name, latitude and longitude, GeoJSON, or JSON
    with lists of places. Nothing is fetched. Where several places have one name, the larger is meant rather: give a
    column for the population too, as examples/places.csv does, if yours are villages.

    \b
    Example:
      sayso places add SY
      sayso places add SY.zip villages.csv --country SY
    """
    from sayso import config
    from sayso.cli.output import say
    from sayso.read.added import add as add_file

    bad = 0
    code = _code(country)
    files = [_given(one) for one in what]
    for path in files:
        change = add_file(path, _where(file), config.load({}).limits, code)
        bad += change.bad
        click.echo(f"{change.source.id}  {change.source.places:>9,}  {change.source.file}")
        if change.bad:
            say(f"{path}: {change.bad:,} rows give no place with a name in Latin letters and a point.")
    if file:
        say(f"to read with these places, set SAYSO_PLACES={file}")
    if bad:
        raise click.exceptions.Exit(1)


@places.command()
@click.argument("what", metavar="ID|FILE…", nargs=-1, required=True)
@_file
def remove(what: tuple[str, ...], file: Path | None) -> None:
    """Remove what was added from a file, by its id or its name.

    \b
    Example:
      sayso places remove SY.zip
    """
    from sayso.read.added import AddedPlaces

    where = _where(file)
    AddedPlaces.load(where).without(what).save(where)


def _where(file: Path | None) -> Path:
    """Where the places are kept: the file given, the setting, or the user's data folder."""
    from sayso import config
    from sayso.errors import UsageError

    where = config.places_file(config.load({"places": str(file) if file else None}))
    if where is None:
        raise UsageError("SAYSO_PLACES is empty, so no places are kept. Unset it, or say --to FILE.")
    return where


def _given(what: str) -> Path:
    """The file ``what``; UsageError where there is none, which for a country's code says where to get it."""
    from sayso.errors import UsageError

    path = Path(what)
    if path.is_file():
        return path
    if len(what) == 2 and what.isascii() and what.isalpha():
        code = what.upper()
        raise UsageError(
            f"get the places of {code} from {DUMP.format(code)} (GeoNames, CC BY 4.0: name it where you publish), "
            f"then: sayso places add {code}.zip"
        )
    raise UsageError(f"{what} is no file, and no code of a country (two letters, such as SY).")


def _code(country: str | None) -> str | None:
    from sayso.errors import UsageError

    if country is not None and not (len(country) == 2 and country.isascii() and country.isalpha()):
        raise UsageError(f"--country: expected a code of two letters, such as SY, got {country!r}")
    return country.upper() if country else None
