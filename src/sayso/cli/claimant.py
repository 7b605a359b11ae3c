"""``sayso claimant``."""

from __future__ import annotations

import click

from sayso.cli.options import asked, one_of, whole_option
from sayso.cli.output import print_json, terminal


@click.command()
@one_of("claimant", argument="NAME")
@whole_option
def claimant(name: str, ledger: str | None, kind: str, whole: bool) -> None:
    """Show what somebody claims, and how it is answered.

    How many of its claims nobody made before, others repeat, independent others agree with, and others deny; and its
    latest claims. Names that are surely one party's count together. NAME is any of them, or a part that only they have.

    \b
    Example:
      sayso claimant "Kestavia Conflict Register"
    """
    from sayso import deciding
    from sayso.show.claimant import ClaimantPage
    from sayso.show.export import as_json

    with asked(ledger) as held:
        found = deciding.claimant(held, name)
    times = {count: getattr(found, count) for count in ("first", "echoed", "denied", "agreed")}
    if kind == "json":
        rows = {"claims": [as_json(row) for row in found.claims], "links": [as_json(row) for row in found.links]}
        print_json({**as_json(found.row), "times": times, "rows": rows})
    else:
        terminal().print(ClaimantPage(found.row, **times, claims=found.claims, links=found.links, whole=whole))
