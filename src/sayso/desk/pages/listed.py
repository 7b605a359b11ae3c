"""All listings by their names: a page of each, and all of its rows one after the other.

What is taken away and what the API pages through is the same: the rows that meet the filters, in the order asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sayso.desk.asked import Asked
from sayso.desk.held import Desk
from sayso.desk.pages.listings import claimants_sorted, outlets_sorted
from sayso.errors import UsageError
from sayso.ledger.browse import Browse, OutletRow, Page
from sayso.types import (
    ArticleRow,
    ClaimantRow,
    ClaimRow,
    DecisionRow,
    EchoRow,
    LinkRow,
    QuarantineRow,
    StoryRow,
    WarningRow,
)

_AT_ONCE = 5_000
"""Rows that are held at a time."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A listing: the type of its rows, what it is, and all rows that meet a question, as they come."""

    of: type[Any]
    what: str
    rows: Callable[[Desk, Asked], Iterator[Any]]


def _walked(page: Callable[[Browse, Asked, str | None], Page[Any]]) -> Callable[[Desk, Asked], Iterator[Any]]:
    """All rows of a listing that the ledger pages, as it is at one moment: page by page, each held only until its rows
    are gone."""

    def rows(desk: Desk, asked: Asked) -> Iterator[Any]:
        cursor = None
        with desk.ledger().browsing() as browse:
            while True:
                found = page(browse, asked, cursor)
                yield from found.rows
                cursor = found.next
                if cursor is None:
                    return

    return rows


def check_sort(asked: Asked, *orders: str) -> None:
    """UsageError where another order is asked for than one of ``orders``."""
    if asked.sort and asked.sort not in orders:
        raise UsageError(f"cannot sort by {asked.sort!r}, only by {', '.join(orders)}.")


def _echoes(browse: Browse, asked: Asked, cursor: str | None) -> Page[EchoRow]:
    check_sort(asked, "oldest")
    return browse.echoes(asked.filters, cursor, _AT_ONCE)


def _links(browse: Browse, asked: Asked, cursor: str | None) -> Page[LinkRow]:
    check_sort(asked, "oldest")
    return browse.links(asked.filters, cursor, _AT_ONCE)


def _warnings(browse: Browse, asked: Asked, cursor: str | None) -> Page[WarningRow]:
    check_sort(asked, "oldest")
    return browse.warnings(asked.filters, cursor, _AT_ONCE)


def _quarantine(browse: Browse, asked: Asked, cursor: str | None) -> Page[QuarantineRow]:
    check_sort(asked, "newest")
    return browse.quarantined(asked.filters, cursor, _AT_ONCE)


LISTINGS: Mapping[str, Listing] = {
    "claims": Listing(
        ClaimRow,
        "who claims what, on whose word",
        _walked(lambda browse, asked, cursor: browse.claims(asked.filters, asked.sort or "newest", cursor, _AT_ONCE)),
    ),
    "stories": Listing(
        StoryRow,
        "events, with each claimant's figures",
        _walked(lambda browse, asked, cursor: browse.stories(asked.filters, asked.sort or "newest", cursor, _AT_ONCE)),
    ),
    "articles": Listing(
        ArticleRow,
        "what was read",
        _walked(lambda browse, asked, cursor: browse.articles(asked.filters, asked.sort or "newest", cursor, _AT_ONCE)),
    ),
    "claimants": Listing(
        ClaimantRow, "who speaks, by all names", lambda desk, asked: iter(claimants_sorted(desk, asked))
    ),
    "outlets": Listing(OutletRow, "who publishes", lambda desk, asked: iter(outlets_sorted(desk, asked))),
    "echoes": Listing(EchoRow, "which articles copy which", _walked(_echoes)),
    "links": Listing(LinkRow, "which claims repeat, deny or differ from which, and why", _walked(_links)),
    "warnings": Listing(WarningRow, "what was warned of, and what came of it", _walked(_warnings)),
    "decisions": Listing(
        DecisionRow, "what people decided; filters do not hold", lambda desk, _: desk.ledger().decisions()
    ),
    "quarantine": Listing(QuarantineRow, "what could not be read, and why", _walked(_quarantine)),
}
