"""``sayso links``."""

from __future__ import annotations

from functools import partial
from typing import Any

import click

from sayso.cli.options import as_filters, asked, listing, nothing_linked
from sayso.cli.output import print_rows


@click.command()
@listing
def links(ledger: str | None, kind: str, **filters: Any) -> None:
    """List how claims relate to earlier ones, and why.

    A claim repeats, agrees with, denies or differs from an earlier one; fits a warning (fulfils); or is the finding of
    a body on your list (finds). Each link has the words or figures that show it.

    \b
    Example:
      sayso links --by ministry --limit 20
    """
    from sayso.show import tables
    from sayso.types import LinkRow

    with asked(ledger) as held:
        shown = partial(tables.links, head=held.head_of_claim)
        print_rows(held.links(as_filters(filters)), kind, LinkRow, shown, nothing_linked(held))
