"""``sayso export``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sayso.cli.options import as_filters, asked, filters, ledger_option
from sayso.cli.output import print_rows, say


@click.command()
@click.argument("kind", type=click.Choice(("csv", "jsonl", "parquet")))
@ledger_option
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="The file to write."
)
@filters
def export(kind: str, ledger: str | None, output: Path | None, **filters: Any) -> None:
    """Write the claims to a file.

    Without a file, they are written to standard output.

    \b
    Example:
      sayso export parquet -o claims.parquet --since 2031-03-01
    """
    from sayso.show import export as exports
    from sayso.show import tables
    from sayso.types import ClaimRow

    with asked(ledger) as held:
        rows = held.claims(as_filters(filters))
        if output is None:
            print_rows(rows, kind, ClaimRow, tables.claims)
            return
        exports.write(rows, kind, output)
    say(f"wrote {output}.")
