"""Stories, articles, claimants, outlets and what was set aside: listings, paged alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from sayso import deciding
from sayso.desk.answering import AsRows
from sayso.desk.asked import Asked, Question, paged
from sayso.desk.held import AtDesk, Desk
from sayso.desk.rendering import render, with_query
from sayso.errors import UsageError
from sayso.ledger import Ledger
from sayso.ledger.browse import ARTICLE_ORDERS, STORY_ORDERS, OutletRow
from sayso.ledger.claims import party_key
from sayso.types import ArticleRow, ClaimantRow, Filters, QuarantineRow, StoryRow

router = APIRouter(route_class=AsRows)

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class StoriesPage:
    """Stories. ``contested`` is in how many ways claims of each deny or differ from another, by the story's id."""

    asked: Asked
    stories: tuple[StoryRow, ...]
    contested: Mapping[str, int]
    next: str | None
    orders: tuple[str, ...] = tuple(STORY_ORDERS)


@dataclass(frozen=True, slots=True)
class ArticlesPage:
    """Articles."""

    asked: Asked
    articles: tuple[ArticleRow, ...]
    next: str | None
    orders: tuple[str, ...] = tuple(ARTICLE_ORDERS)


_BY_CLAIMANT: Mapping[str, Callable[[ClaimantRow], tuple[Any, ...]]] = {
    "claims": lambda row: (-row.claims, row.name),
    "articles": lambda row: (-row.articles, row.name),
    "outlets": lambda row: (-len(row.outlets), row.name),
    "name": lambda row: (row.name.casefold(),),
    "newest": lambda row: (_backwards(row.last), row.name),
}

_BY_OUTLET: Mapping[str, Callable[[OutletRow], tuple[Any, ...]]] = {
    "articles": lambda row: (-row.articles, row.name),
    "claims": lambda row: (-row.claims, row.name),
    "copies": lambda row: (-row.copies, row.name),
    "copied": lambda row: (-row.copied, row.name),
    "name": lambda row: (row.name.casefold(),),
}


@dataclass(frozen=True, slots=True)
class ClaimantsPage:
    """Parties that speak. ``total`` is how many there are altogether that meet the question."""

    asked: Asked
    total: int
    claimants: tuple[ClaimantRow, ...]
    next: str | None
    orders: tuple[str, ...] = tuple(_BY_CLAIMANT)


@dataclass(frozen=True, slots=True)
class OutletsPage:
    """Outlets. ``total`` is how many there are altogether that meet the question."""

    asked: Asked
    total: int
    outlets: tuple[OutletRow, ...]
    next: str | None
    orders: tuple[str, ...] = tuple(_BY_OUTLET)


@dataclass(frozen=True, slots=True)
class QuarantinePage:
    """What could not be read, and why; what was set aside last is first."""

    asked: Asked
    rows: tuple[QuarantineRow, ...]
    next: str | None


def stories_page(desk: Desk, asked: Asked) -> StoriesPage:
    """The stories that meet ``asked``."""
    with desk.ledger().browsing() as browse:
        page = browse.stories(asked.filters, asked.sort or "newest", asked.cursor)
        contested = browse.contested([row.id for row in page.rows])
    return StoriesPage(asked, page.rows, contested, page.next)


def articles_page(desk: Desk, asked: Asked) -> ArticlesPage:
    """The articles that meet ``asked``."""
    with desk.ledger().browsing() as browse:
        page = browse.articles(asked.filters, asked.sort or "newest", asked.cursor)
    return ArticlesPage(asked, page.rows, page.next)


def claimants_page(desk: Desk, asked: Asked) -> ClaimantsPage:
    """The claimants that meet ``asked``."""
    rows = claimants_sorted(desk, asked)
    page, after = paged(rows, asked.cursor, lambda row: row.id)
    return ClaimantsPage(asked, len(rows), page, after)


def claimants_sorted(desk: Desk, asked: Asked) -> list[ClaimantRow]:
    """All claimants that meet ``asked``, in its order."""
    party_of = desk.at_hand("parties", deciding.named_parties)
    if asked.filters == Filters():
        rows = desk.at_hand("claimants", lambda held: deciding.claimants(held, Filters(), party_of))
    else:  # there are too many ways to narrow it to keep each
        rows = deciding.claimants(desk.ledger(), asked.filters, party_of)
    return _sorted(rows, _BY_CLAIMANT, asked.sort)


def outlets_sorted(desk: Desk, asked: Asked) -> list[OutletRow]:
    """All outlets whose name meets ``asked``, in its order."""
    wanted = party_key(asked.filters.outlet or "")
    rows = [row for row in desk.at_hand("outlets", all_outlets) if wanted in party_key(row.name)]
    return _sorted(rows, _BY_OUTLET, asked.sort)


def outlets_page(desk: Desk, asked: Asked) -> OutletsPage:
    """The outlets that meet ``asked``, which can be narrowed by their name only."""
    rows = outlets_sorted(desk, asked)
    page, after = paged(rows, asked.cursor, lambda row: row.name)
    return OutletsPage(asked, len(rows), page, after)


def quarantine_page(desk: Desk, asked: Asked) -> QuarantinePage:
    """What was set aside, narrowed by days only."""
    with desk.ledger().browsing() as browse:
        page = browse.quarantined(asked.filters, asked.cursor)
    return QuarantinePage(asked, page.rows, page.next)


def all_outlets(held: Ledger) -> list[OutletRow]:
    """All outlets, those with most articles first."""
    with held.browsing() as browse:
        return browse.outlets()


@router.get("/stories", include_in_schema=False)
def stories(request: Request, desk: AtDesk, asked: Question) -> Response:
    """List stories."""
    return _listed(request, asked, "stories.html", lambda: stories_page(desk, asked))


@router.get("/api/stories", tags=["stories"])
def stories_json(desk: AtDesk, asked: Question) -> StoriesPage:
    """List stories; filters on claims ask for a claim that meets them all."""
    return stories_page(desk, asked)


@router.get("/articles", include_in_schema=False)
def articles(request: Request, desk: AtDesk, asked: Question) -> Response:
    """List articles."""
    return _listed(request, asked, "articles.html", lambda: articles_page(desk, asked))


@router.get("/api/articles", tags=["articles"])
def articles_json(desk: AtDesk, asked: Question) -> ArticlesPage:
    """List articles; filters on claims ask for a claim that meets them all."""
    return articles_page(desk, asked)


@router.get("/claimants", include_in_schema=False)
def claimants(request: Request, desk: AtDesk, asked: Question) -> Response:
    """List claimants."""
    return _listed(request, asked, "claimants.html", lambda: claimants_page(desk, asked))


@router.get("/api/claimants", tags=["claimants"])
def claimants_json(desk: AtDesk, asked: Question) -> ClaimantsPage:
    """List parties that speak, each under one of its names."""
    return claimants_page(desk, asked)


@router.get("/outlets", include_in_schema=False)
def outlets(request: Request, desk: AtDesk, asked: Question) -> Response:
    """List outlets."""
    return _listed(request, asked, "outlets.html", lambda: outlets_page(desk, asked))


@router.get("/api/outlets", tags=["outlets"])
def outlets_json(desk: AtDesk, asked: Question) -> OutletsPage:
    """List outlets, narrowed by their name only."""
    return outlets_page(desk, asked)


@router.get("/quarantine", include_in_schema=False)
def quarantine(request: Request, desk: AtDesk, asked: Question) -> Response:
    """List what was set aside."""
    return _listed(request, asked, "quarantine.html", lambda: quarantine_page(desk, asked))


@router.get("/api/quarantine", tags=["quarantine"])
def quarantine_json(desk: AtDesk, asked: Question) -> QuarantinePage:
    """List what could not be read, and why; narrowed by days only."""
    return quarantine_page(desk, asked)


def _listed(request: Request, asked: Asked, template: str, page: Callable[[], object]) -> Response:
    if any(not value for value in request.query_params.values()):  # as forms send them: a query is to be a link
        return RedirectResponse(with_query(request.url.path, asked.query))
    return render(request, template, page())


def _sorted(rows: Sequence[Row], orders: Mapping[str, Callable[[Row], tuple[Any, ...]]], sort: str | None) -> list[Row]:
    wanted = sort or next(iter(orders))
    if wanted not in orders:
        raise UsageError(f"cannot sort by {wanted!r}, only by {', '.join(orders)}.")
    return sorted(rows, key=orders[wanted])


def _backwards(day: str | None) -> str:
    """What sorts days backwards: each digit's complement to nine, the unknown last."""
    return (day or "").translate(_NINES) or "~"


_NINES = str.maketrans("0123456789", "9876543210")
