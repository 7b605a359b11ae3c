"""Two articles side by side: what is the same, and what one leaves out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from sayso.desk.aligning import Aligned, aligned
from sayso.desk.answering import AsRows
from sayso.desk.held import Held
from sayso.desk.noting import note_view
from sayso.desk.rendering import render
from sayso.ledger import Ledger
from sayso.types import ArticleRow, ClaimRow, LinkRow, Relation

router = APIRouter(route_class=AsRows)


@dataclass(frozen=True, slots=True)
class Both:
    """A claim of the left article and one of the right that have to do with each other, and the words that show it."""

    left: ClaimRow
    right: ClaimRow
    relation: Relation
    why: str


@dataclass(frozen=True, slots=True)
class ComparePage:
    """Two articles: their texts paragraph by paragraph, the claims in them that answer or repeat each other, and those
    that only one of them has, as far as linking found. ``copied`` is the article that is copied from the other."""

    left: ArticleRow
    right: ArticleRow
    texts: Aligned
    both: tuple[Both, ...]
    only_left: tuple[ClaimRow, ...]
    only_right: tuple[ClaimRow, ...]
    copied: str | None


@router.get("/compare/{left}/{right}", include_in_schema=False)
def compare(request: Request, held: Held, left: str, right: str) -> Response:
    """Two articles side by side."""
    page = compare_page(held, left, right)
    note_view(request, held, "article", page.left.id, page.right.id)
    return render(request, "compare.html", page)


@router.get("/api/compare/{left}/{right}", tags=["articles"])
def compare_json(request: Request, held: Held, left: str, right: str) -> ComparePage:
    """Two articles side by side, each by its id or the beginning of it."""
    page = compare_page(held, left, right)
    note_view(request, held, "article", page.left.id, page.right.id)
    return page


def compare_page(held: Ledger, left: str, right: str) -> ComparePage:
    """The two articles whose ids begin so. NotThereError where there is none, or more than one."""
    ours, theirs = held.article(left), held.article(right)
    left_claims, right_claims = (list(held.claims_of(one.row.id)) for one in (ours, theirs))
    with held.browsing() as browse:
        links = browse.answers([claim.id for claim in left_claims]).links
    both = tuple(_both(left_claims, {claim.id: claim for claim in right_claims}, links))
    told = {claim.id for pair in both for claim in (pair.left, pair.right)}
    return ComparePage(
        left=ours.row,
        right=theirs.row,
        texts=aligned(ours.text, theirs.text),
        both=both,
        only_left=tuple(claim for claim in left_claims if claim.id not in told),
        only_right=tuple(claim for claim in right_claims if claim.id not in told),
        copied=next((a.row.id for a, b in ((ours, theirs), (theirs, ours)) if a.row.origin == b.row.id), None),
    )


def _both(left: Sequence[ClaimRow], right: Mapping[str, ClaimRow], links: Iterable[LinkRow]) -> Iterable[Both]:
    """The links between claims of the two, in the order of the left text."""
    found: dict[str, list[tuple[str, LinkRow]]] = {}
    for link in links:
        for one, other in ((link.from_, link.to), (link.to, link.from_)):
            if other in right:
                found.setdefault(one, []).append((other, link))
    for claim in left:
        for other, link in found.get(claim.id, ()):
            yield Both(claim, right[other], link.relation, link.why)
