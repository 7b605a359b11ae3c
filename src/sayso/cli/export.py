"""``sayso export``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from sayso.cli.options import as_filters, asked, claim_filters, filters, ledger_option
from sayso.cli.output import print_bytes, say

_KINDS = (
    *("csv", "jsonl", "parquet", "xlsx"),
    *("web-annotation", "claimreview", "acled", "ucdp", "plover", "geojson", "ftm", "corrections"),
)  # as in sayso.exporting, which --help has no time to import


@click.command()
@click.argument("kind", metavar="KIND", type=click.Choice(_KINDS))
@ledger_option
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="The file to write."
)
@filters
@claim_filters
def export(kind: str, ledger: str | None, output: Path | None, **filters: Any) -> None:
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

    What each column holds, and what stays empty and why, is in docs/exports.md. Without a file, it is written to
    standard output.

    \b
    Examples:
      sayso export parquet -o claims.parquet --since 2031-03-01
      sayso export acled -o events.csv --place Orvane
      sayso export web-annotation --outlet "Harbour Post" > annotations.jsonld
    """
    from sayso import exporting
    from sayso.errors import UsageError

    if output is None and kind in exporting.BINARY and sys.stdout.isatty():
        raise UsageError(f"a terminal cannot show {kind}. Write it to a file, as in: sayso export {kind} -o FILE")
    with asked(ledger) as held:
        if output is None:
            print_bytes(lambda out: exporting.export(held, kind, out, as_filters(filters)))
            return
        exporting.export(held, kind, output, as_filters(filters))
    say(f"wrote {output}.")
