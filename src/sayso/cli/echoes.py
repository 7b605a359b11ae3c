"""``sayso echoes``."""

from __future__ import annotations

from functools import partial
from typing import Any

import click

from sayso.cli.options import as_filters, asked, listing, nothing_linked
from sayso.cli.output import print_rows


@click.command()
@listing
def echoes(ledger: str | None, kind: str, **filters: Any) -> None:
    """List the articles that copy others, and from where.

    An article's origin is where its words start: the agency that is credited, else the earliest.

    \b
    Example:
      sayso echoes --outlet "The Harbour Post"
    """
    from sayso.show import tables
    from sayso.types import EchoRow

    with asked(ledger) as held:
        shown = partial(tables.echoes, head=held.head_of_article)
        print_rows(held.echoes(as_filters(filters)), kind, EchoRow, shown, nothing_linked(held))
