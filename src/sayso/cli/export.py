"""``sayso export``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.options import as_filters, asked, claim_filters, filters, ledger_option
from sayso.cli.output import print_bytes, say
from sayso.show.plain import count

if TYPE_CHECKING:
    from sayso.masking import Unmet

_KINDS = (
    *("csv", "jsonl", "parquet", "xlsx"),
    *("web-annotation", "claimreview", "acled", "ucdp", "plover", "geojson", "ftm", "corrections", "warc", "bundle"),
)  # as in sayso.exporting, which --help has no time to import


@click.command()
@click.argument("kind", metavar="KIND", type=click.Choice(_KINDS))
@ledger_option
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="The file to write."
)
@click.option(
    "--mask",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Names to mask and claims to leave out, as TOML.",
)
@filters
@claim_filters
def export(kind: str, ledger: str | None, output: Path | None, mask: Path | None, **filters: Any) -> None:
    """Write claims and stories to a file, for other programs.

    csv, jsonl, parquet and xlsx have the claims, as they are listed. xlsx needs more than reading does: pip install
    'sayso[xlsx]'.

    \b
    The others have them in the formats of others:
      web-annotation  each claim's exact words as a W3C Web Annotation
      claimreview     claims, and what listed bodies found of them, as schema.org
                      Claims and ClaimReviews; without ratings
      acled, ucdp     stories in the columns of ACLED and UCDP GED; figures as
                      claimed, judgements left empty
      plover          claims of events as PLOVER records
      geojson         stories and claims on a map
      ftm             articles, claimants, claims and stories as FollowTheMoney
                      entities
      corrections     readings as people decided, for sayso train --corrections
      warc            what was asked and answered when articles were fetched, as
                      web archives keep it; write it to a file.warc.gz

    bundle is a case file: articles with their bytes, texts, readings, claims and decisions, and the log that answers
    for them. sayso verify FILE checks it on any machine. --mask keeps names out of any of these: docs/custody.md.

    What each column holds, and what stays empty and why, is in docs/exports.md. Without a file, it is written to
    standard output.

    \b
    Examples:
      sayso export parquet -o claims.parquet --since 2031-03-01
      sayso export acled -o events.csv --place Orvane
      sayso export web-annotation --outlet "Harbour Post" > annotations.jsonld
      sayso export bundle -o case.zip --about "water tower" --mask mask.toml
    """
    from sayso import exporting
    from sayso.errors import UsageError
    from sayso.masking import Mask

    if output is None and kind in exporting.BINARY and sys.stdout.isatty():
        raise UsageError(f"a terminal cannot show {kind}. Write it to a file, as in: sayso export {kind} -o FILE")
    hidden = None if mask is None else Mask.load(mask)
    with asked(ledger) as held:
        if output is None:
            done = print_bytes(lambda out: exporting.export(held, kind, out, as_filters(filters), hidden))
        else:
            done = exporting.export(held, kind, output, as_filters(filters), hidden)
    for unmet in done.unmet:
        say(_in_words(unmet))
    if kind == "warc" and not done.count:
        say("nothing to export: no such article was fetched." + (f" {output} was not written." if output else ""))
    elif output:
        claims = f"{count(done.count, 'claim')} to " if kind in exporting.LISTINGS and done.count is not None else ""
        say(f"wrote {claims}{output}.")


def _in_words(unmet: Unmet) -> str:
    if unmet.in_part:
        return f"only single words of {unmet.what!r} ({unmet.list}) matched; is it spelt as the reports spell it?"
    asked = "is it a claim's id?" if unmet.list == "claims" else "is it spelt as the reports spell it?"
    return f"nothing matched {unmet.what!r} ({unmet.list}); {asked}"
