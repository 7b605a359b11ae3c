"""``sayso claimants``."""

from __future__ import annotations

from typing import Any

import click

from sayso.cli.options import as_filters, asked, listing
from sayso.cli.output import print_rows


@click.command()
@listing
def claimants(ledger: str | None, kind: str, **filters: Any) -> None:
    """List who claims something, and how much.

    Those with most claims are first. What articles call one party is counted
    together, under the fullest of its names; sayso claimant tells them all.

    \b
    Example:
      sayso claimants --about shelling --limit 10
    """
    from sayso import deciding
    from sayso.show import tables
    from sayso.types import ClaimantRow

    with asked(ledger) as held:
        print_rows(iter(deciding.claimants(held, as_filters(filters))), kind, ClaimantRow, tables.claimants)
