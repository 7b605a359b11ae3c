"""What has no page of its own and programs ask for: links between claims, echoes, warnings; and words looked for in
everything at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query

from sayso.desk.answering import AsRows
from sayso.desk.asked import Asked, Question
from sayso.desk.held import AtDesk, Desk, Held
from sayso.desk.pages.listed import check_sort
from sayso.desk.pages.listings import claimants_sorted, outlets_sorted
from sayso.errors import UsageError
from sayso.ledger.browse import OutletRow
from sayso.types import ArticleRow, ClaimantRow, ClaimRow, EchoRow, Filters, LinkRow, StoryRow, WarningRow

router = APIRouter(route_class=AsRows)

_Words = Annotated[str, Query(max_length=300, description="words, or a phrase in quotation marks")]

FEW = 10
"""Of each kind that a search finds."""


@dataclass(frozen=True, slots=True)
class LinksPage:
    """How claims relate to earlier ones, that of the oldest later claim first; filters are about the later one."""

    asked: Asked
    links: tuple[LinkRow, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class EchoesPage:
    """Articles that copy others, the oldest first."""

    asked: Asked
    echoes: tuple[EchoRow, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class WarningsPage:
    """What was warned of, and what came of it, the oldest first."""

    asked: Asked
    warnings: tuple[WarningRow, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What holds some words: claims, of which there are ``total``, and the stories and articles that hold such; and
    claimants and outlets that are called so. At most ten of each: the listings have them all."""

    about: str
    total: int
    claims: tuple[ClaimRow, ...]
    stories: tuple[StoryRow, ...]
    articles: tuple[ArticleRow, ...]
    claimants: tuple[ClaimantRow, ...]
    outlets: tuple[OutletRow, ...]


@router.get("/api/links", tags=["links"])
def links(held: Held, asked: Question) -> LinksPage:
    """List how claims repeat, agree with, deny or differ from earlier ones, and the words that show it."""
    check_sort(asked, "oldest")
    with held.browsing() as browse:
        page = browse.links(asked.filters, asked.cursor)
    return LinksPage(asked, page.rows, page.next)


@router.get("/api/echoes", tags=["links"])
def echoes(held: Held, asked: Question) -> EchoesPage:
    """List the articles that copy others, and how much of them is copied."""
    check_sort(asked, "oldest")
    with held.browsing() as browse:
        page = browse.echoes(asked.filters, asked.cursor)
    return EchoesPage(asked, page.rows, page.next)


@router.get("/api/warnings", tags=["links"])
def warnings(held: Held, asked: Question) -> WarningsPage:
    """List claims that something will happen, and the later claims that fit."""
    check_sort(asked, "oldest")
    with held.browsing() as browse:
        page = browse.warnings(asked.filters, asked.cursor)
    return WarningsPage(asked, page.rows, page.next)


@router.get("/api/search", tags=["search"])
def search(desk: AtDesk, about: _Words = "") -> SearchPage:
    """Look for words in claims, stories, articles, claimants and outlets at once."""
    return search_page(desk, about.strip())


def search_page(desk: Desk, words: str) -> SearchPage:
    """What holds ``words``. UsageError where there are none."""
    if not words:
        raise UsageError("no words to look for. Give some, as in /api/search?about=bridge")
    f = Filters(about=words)
    with desk.ledger().browsing() as browse:
        return SearchPage(
            about=words,
            total=browse.count_claims(f),
            claims=browse.claims(f, size=FEW).rows,
            stories=browse.stories(f, size=FEW).rows,
            articles=browse.articles(f, size=FEW).rows,
            claimants=tuple(claimants_sorted(desk, Asked(by=words))[:FEW]),
            outlets=tuple(outlets_sorted(desk, Asked(outlet=words))[:FEW]),
        )
