"""``sayso quarantine``."""

from __future__ import annotations

from typing import Any

import click

from sayso.cli.options import as_filters, asked, listing
from sayso.cli.output import print_rows


@click.command()
@listing
def quarantine(ledger: str | None, kind: str, **filters: Any) -> None:
    """List what could not be read, and why.

    --since and --until are about the day on which it was set aside; the other filters do not apply.

    \b
    Example:
      sayso quarantine --since 2031-03-01
    """
    from sayso.show import tables
    from sayso.types import QuarantineRow

    with asked(ledger) as held:
        print_rows(held.quarantined(as_filters(filters)), kind, QuarantineRow, tables.quarantined)
