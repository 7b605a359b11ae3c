"""``sayso stories`` and ``sayso story``."""

from __future__ import annotations

from typing import Any

import click

from sayso.cli.options import as_filters, asked, listing, nothing_linked, one_of, whole_option
from sayso.cli.output import print_json, print_rows, terminal


@click.command()
@listing
def stories(ledger: str | None, kind: str, **filters: Any) -> None:
    """List the events that are told of, and by how many.

    Those that were told of last are first. The column "killed" goes from the least to the most that anybody gives, and
    says where something is denied.

    \b
    Example:
      sayso stories --place Vennath --since 2031-03-01
    """
    from sayso.show import tables
    from sayso.types import StoryRow

    with asked(ledger) as held:
        print_rows(held.stories(as_filters(filters)), kind, StoryRow, tables.stories, nothing_linked(held))


@click.command()
@one_of("story")
@whole_option
def story(id: str, ledger: str | None, kind: str, whole: bool) -> None:
    """Show one event as all sides tell it.

    On one page: who claims what, in the order of time, with echoes beneath; each claimant's figures; who denies what;
    which articles are copied from which; warnings before and findings after. ID is a story's id, or so much of its
    beginning that no other story has it.

    \b
    Example:
      sayso story 7d1f09
    """
    from sayso.show.export import as_json
    from sayso.show.story import StoryPage

    with asked(ledger) as held:
        found = held.story(id)
    if kind == "json":
        kinds = ("articles", "claims", "echoes", "links", "warnings", "findings")
        rows = {kind: [as_json(row) for row in getattr(found, kind)] for kind in kinds}
        print_json({**as_json(found.row), "rows": rows})
    else:
        terminal().print(StoryPage(*found, whole=whole))
