"""``sayso claims`` and ``sayso claim``."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.options import as_filters, asked, claim_filters, listing, one_of
from sayso.cli.output import print_json, print_rows, terminal

if TYPE_CHECKING:
    from sayso.types import ClaimRow


@click.command()
@listing
@claim_filters
def claims(ledger: str | None, kind: str, **filters: Any) -> None:
    """List who claims what, on whose word.

    Claims are in the order of their publication.

    \b
    Examples:
      sayso claims --by ministry --about "water tower" --limit 20
      sayso claims --stance denies --type assault
    """
    from sayso.show import tables
    from sayso.types import ClaimRow

    with asked(ledger) as held:
        print_rows(held.claims(as_filters(filters)), kind, ClaimRow, tables.claims)


@click.command()
@one_of("claim")
def claim(id: str, ledger: str | None, kind: str) -> None:
    """Show a claim in its exact words.

    They are in brackets in the text around them; above them is the chain from the outlet to the claimant. ID is a
    claim's id, or so much of its beginning that no other claim has it.

    \b
    Example:
      sayso claim 5be0a7
    """
    from sayso.show.views import claim_view

    with asked(ledger) as held:
        row, source, context = held.claim(id)
        anonymous = _is_anonymous(row, held.article(row.article).reading)
    if kind == "json":
        print_json({**asdict(row), "anonymous": anonymous, "context": asdict(context)})
    else:
        terminal().print(claim_view(row, source, context, anonymous=anonymous))


def _is_anonymous(claim: ClaimRow, reading: dict[str, Any] | None) -> bool:
    """Whether its article's reading, which unlike the ledger's rows holds it, says that the source is not named."""
    spans = [asdict(span) for span in claim.spans]
    said = reading["attributions"] if reading else ()
    return any(a.get("anonymous", False) and list(a["content"]) == spans for a in said)
