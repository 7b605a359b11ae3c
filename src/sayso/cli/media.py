"""``sayso media``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.options import as_filters, asked, ledger_option, listing, login, one_of
from sayso.cli.output import print_json, print_rows, say, terminal

if TYPE_CHECKING:
    from sayso.attaching import Attached
    from sayso.types import Quarantined

_trust = click.option(
    "--trust", metavar="FILE", help="Certificates (PEM) that C2PA signatures may lead to.  [default: $SAYSO_TRUST]"
)


@click.group(invoke_without_command=True)
@listing
@click.pass_context
def media(ctx: click.Context, /, ledger: str | None, kind: str, **filters: Any) -> None:
    """Keep pictures and videos; find where they were seen.

    Without a command, it lists what was added. The filters are about the articles in which a picture or video was seen.
    Looking into them needs more than reading does: pip install 'sayso[media]', and for videos 'sayso[video]'.

    \b
    Examples:
      sayso media add photo.jpg --article 3f29c1
      sayso media show photo.jpg
      sayso media --place Orvane
    """
    if ctx.invoked_subcommand:
        return
    from sayso.media_types import MediumRow
    from sayso.show import tables

    with asked(ledger) as held, held.media() as kept:
        print_rows(kept.rows(as_filters(filters)), kind, MediumRow, tables.media)


@media.command()
@click.argument("paths", metavar="FILE…", nargs=-1, required=True)
@click.option("--article", metavar="ID", help="The article in which it was seen.")
@click.option("--claim", metavar="ID", help="The claim that it goes with.")
@click.option("--url", metavar="URL", help="The address at which it was published.")
@_trust
@click.option("--by", "user", metavar="USER", help="Who adds it.  [default: your login name]")
@ledger_option
def add(paths: tuple[str, ...], ledger: str | None, user: str | None, trust: str | None, **where: Any) -> None:
    """Add pictures and videos, and say what is known of each.

    FILE is a picture or a video, told by its content, or a folder of them. Their bytes are kept in the ledger up to the
    limit media_bytes; of a larger one, the hash is. What is neither is set aside with its reason; the exit code is then
    1. What cannot be decoded is kept, and found again by its bytes alone. Adding the same again changes nothing.

    \b
    Examples:
      sayso media add photo.jpg video.mp4 --article 3f29c1
      sayso media add photo.jpg --url https://example.org/photo.jpg
      sayso media add photo.jpg --trust C2PA-TRUST-LIST.pem
    """
    from sayso import attaching, config
    from sayso.ledger import Ledger

    settled = config.load({"ledger": ledger, "trust": trust})
    bad = 0

    def watch(became: Attached | Quarantined) -> None:
        nonlocal bad
        bad += not isinstance(became, attaching.Attached)
        _tell(became)

    with Ledger.open(settled.ledger) as held:
        seen = attaching.where_seen(held, user or login(), **where)
        attaching.attach(paths, seen, settled, held, watch)
    if bad:
        click.get_current_context().exit(1)


def _tell(became: Attached | Quarantined) -> None:
    from sayso.attaching import Attached
    from sayso.show.plain import one_line

    if not isinstance(became, Attached):
        say(f"{became.location}: set aside: {became.reason}")
        return
    print(f"{became.id}  {became.kind:<8}  {one_line(became.location)}")
    sys.stdout.flush()
    notes = [
        *([] if became.kept else ["too large to be kept: only its hash is, the limit media_bytes"]),
        *([became.problem] if became.problem else []),
        *(["known already"] if became.known else []),
    ]
    if notes:
        say(f"{became.location}: {'; '.join(notes)}.")


@media.command()
@_trust
@one_of("picture or video", argument="FILE")
def show(file: str, ledger: str | None, kind: str, trust: str | None) -> None:
    """Show a picture or video, and where it was seen before.

    FILE is looked into and not stored; the id of one that was added will do, too. Before is: the very bytes, or a
    picture that looks the same, by Meta's PDQ hash, of which at most 31 of 256 bits differ. What EXIF and a C2PA
    manifest say is shown as what it is: what the file says of itself, and who signed it. Nothing here says whether it
    shows what is said of it.

    \b
    Examples:
      sayso media show 5be0a7
      sayso media show photo.jpg --json
    """
    from sayso import attaching, config
    from sayso.errors import IntakeError, UsageError
    from sayso.show.export import as_json
    from sayso.show.medium import medium_view

    with asked(ledger) as held:
        try:
            found = attaching.medium(held, file, config.load({"trust": trust}))
        except IntakeError as error:
            raise UsageError(f"{file}: {error.args[0]}.") from error
    if kind == "json":
        print_json(as_json(found))
    else:
        terminal().print(medium_view(found))


@media.command()
@click.argument("article", metavar="[ARTICLE]", required=False)
@listing
def cited(article: str | None, ledger: str | None, kind: str, **filters: Any) -> None:
    """List the pictures and videos that articles' pages show.

    Their addresses are read off the pages as they are in the ledger, which is done once; nothing is fetched. One that
    was added with such an address (sayso media add FILE --url URL) is tied to the article. ARTICLE is an article's id;
    without it, the articles are those that meet the filters.

    \b
    Examples:
      sayso media cited 3f29c1
      sayso media cited --outlet "Harbour Post" --format csv
    """
    from sayso import attaching, config
    from sayso.cli.progress import counting
    from sayso.media_types import Cited
    from sayso.show import tables

    settled = config.load({})
    with asked(ledger) as held:
        ids = [held.article(article).row.id] if article else [row.id for row in held.articles(as_filters(filters))]
        with held.media() as kept:
            waiting = [id_ for id_ in ids if not kept.is_gone_through(id_)]
        failed = [id_ for id_ in counting(waiting, "pages") if not attaching.go_through(held, id_, settled)]
        for id_ in failed:
            say(f"{id_}: the page cannot be taken apart. It may be tried again.")
        with held.media() as kept:
            rows = (row for id_ in ids for row in kept.cited(id_))
            print_rows(rows, kind, Cited, tables.cited)
    if failed:
        click.get_current_context().exit(1)
