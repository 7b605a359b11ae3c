"""``sayso warnings``."""

from __future__ import annotations

from typing import Any

import click

from sayso.cli.options import as_filters, asked, listing, nothing_linked
from sayso.cli.output import print_rows


@click.command()
@listing
def warnings(ledger: str | None, kind: str, **filters: Any) -> None:
    """List claims that something will happen, and what followed.

    What followed are later claims of such an event at that place and time, told apart by who makes them: the warner,
    the accused, or others. That a claim fits says nothing about who did it.

    \b
    Example:
      sayso warnings --place Sennath
    """
    from sayso.show import tables
    from sayso.types import WarningRow

    with asked(ledger) as held:
        print_rows(held.warnings(as_filters(filters)), kind, WarningRow, tables.warnings, nothing_linked(held))
