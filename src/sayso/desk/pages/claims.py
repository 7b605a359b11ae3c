"""Claims: the search, and one claim with what stands beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from sayso.desk.answering import AsRows
from sayso.desk.asked import STANCES, Asked, Question
from sayso.desk.held import AtDesk, Desk, Held
from sayso.desk.noting import note_view
from sayso.desk.rendering import render, with_query
from sayso.errors import UsageError
from sayso.ledger import Ledger
from sayso.ledger.browse import CLAIM_ORDERS
from sayso.types import ArticleRow, ClaimRow, DecisionRow, LinkRow, Relation, Span

router = APIRouter(route_class=AsRows)

AROUND = 400
"""Code points of its article that are shown before and after a claim's words, at most."""

RELATIONS: Mapping[Relation, tuple[str, str]] = {
    "denies": ("Denies", "Denied by"),
    "differs": ("Differs from", "Others differ"),
    "agrees": ("Agrees with", "Agreed with by"),
    "repeats": ("Repeats", "Repeated by"),
    "finds": ("Is a finding about", "What a listed body found"),
    "fulfils": ("Fits the warning", "Claimed afterwards, and fits this warning"),
}
"""In the order in which a page shows them: what to say of earlier claims, and of later ones."""


@dataclass(frozen=True, slots=True)
class ClaimsPage:
    """Claims that meet a question. ``total`` is how many do altogether; ``stories`` are the labels of the stories that
    these claims tell of, by id; ``next`` is the cursor of the next page. ``problem`` says what of the question could
    not be understood: then there are none."""

    asked: Asked
    total: int
    claims: tuple[ClaimRow, ...]
    stories: Mapping[str, str]
    next: str | None
    types: tuple[str, ...]
    orders: tuple[str, ...] = tuple(CLAIM_ORDERS)
    stances: tuple[str, ...] = STANCES
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Beside:
    """A claim that stands in a relation to another. ``earlier``: it is the one that is repeated, denied or the like;
    else it is the later one, which repeats or denies. ``why`` is the words or figures that show the relation."""

    relation: Relation
    earlier: bool
    why: str
    score: float
    claim: ClaimRow


@dataclass(frozen=True, slots=True)
class Group:
    """Claims that stand in one relation to another, and what to say of them."""

    title: str
    relation: Relation
    rows: tuple[Beside, ...]


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """One claim: its article, what stands around its words, and the claims that it has to do with. ``story`` is the
    label of its story; ``decisions`` are all that people made on it, the newest first."""

    claim: ClaimRow
    article: ArticleRow
    context: Span
    story: str | None
    beside: tuple[Beside, ...]
    decisions: tuple[DecisionRow, ...]

    @property
    def marked(self) -> tuple[tuple[int, int], ...]:
        """Where the claim's words are in the context, as offsets into it."""
        return tuple((s.start - self.context.start, s.end - self.context.start) for s in self.claim.spans)

    @property
    def groups(self) -> tuple[Group, ...]:
        """The claims beside it, by how they relate to it."""
        kinds = dict.fromkeys((b.relation, b.earlier) for b in self.beside)
        rows = {kind: tuple(b for b in self.beside if (b.relation, b.earlier) == kind) for kind in kinds}
        return tuple(Group(RELATIONS[kind[0]][not kind[1]], kind[0], rows[kind]) for kind in kinds)


@router.get("/claims", include_in_schema=False)
def claims(request: Request, desk: AtDesk, asked: Question) -> Response:
    """Search claims."""
    if any(not value for value in request.query_params.values()):  # as forms send them: a query is to be a link
        return RedirectResponse(with_query("/claims", asked.query))
    return render(request, "claims.html", claims_page(desk, asked))


@router.get("/api/claims", tags=["claims"])
def claims_json(desk: AtDesk, asked: Question) -> ClaimsPage:
    """Search claims by words, party, outlet, place, days, stance and type of event."""
    page = claims_page(desk, asked)
    if page.problem:
        raise UsageError(page.problem)
    return page


@router.get("/claim/{id}", include_in_schema=False)
def claim(request: Request, held: Held, id: str) -> Response:
    """One claim."""
    page = claim_page(held, id)
    note_view(request, held, "claim", page.claim.id)
    return render(request, "claim.html", page)


@router.get("/api/claim/{id}", tags=["claims"])
def claim_json(request: Request, held: Held, id: str) -> ClaimPage:
    """One claim, by its id or the beginning of it."""
    page = claim_page(held, id)
    note_view(request, held, "claim", page.claim.id)
    return page


def claims_page(desk: Desk, asked: Asked) -> ClaimsPage:
    """The claims that meet ``asked``."""
    types = desk.at_hand("event types", _event_types)
    held = desk.ledger()
    try:
        with held.browsing() as browse:
            page = browse.claims(asked.filters, asked.sort or "newest", asked.cursor)
            total = browse.count_claims(asked.filters)
            stories = browse.story_heads({row.story for row in page.rows if row.story})
    except UsageError as error:
        return ClaimsPage(asked, 0, (), {}, None, types, problem=str(error))
    labels = {id: story.label for id, story in stories.items()}
    return ClaimsPage(asked, total, page.rows, labels, page.next, types)


def claim_page(held: Ledger, id: str) -> ClaimPage:
    """The claim whose id begins with ``id``. NotThereError where there is none, or more than one."""
    found = held.claim(id)
    with held.browsing() as browse:
        answered = browse.answers([found.row.id])
        stories = browse.story_heads([found.row.story] if found.row.story else [])
        decisions = browse.decided_on([found.row.id]).get(found.row.id, ())
    story = stories[found.row.story].label if found.row.story in stories else None
    beside = tuple(sorted(_beside(found.row.id, answered.links, answered.others), key=_weight))
    context = _near(found.context, found.row.spans)
    return ClaimPage(found.row, found.article, context, story, beside, decisions)


def _near(context: Span, spans: Sequence[Span]) -> Span:
    """What of the context is at most ``AROUND`` code points from the claim's words, cut between words."""
    text = context.text
    first = min(s.start for s in spans) - context.start - AROUND
    last = max(s.end for s in spans) - context.start + AROUND
    start = text.find(" ", first, first + AROUND) + 1 if first > 0 else 0
    end = text.rfind(" ", last - AROUND, last) if last < len(text) else len(text)
    end = end if end > start else len(text)  # no space to cut at
    return Span(context.start + start, context.start + end, text[start:end])


def _event_types(held: Ledger) -> tuple[str, ...]:
    with held.browsing() as browse:
        return tuple(browse.event_types())


def _beside(id: str, links: Iterable[LinkRow], others: Mapping[str, ClaimRow]) -> Iterable[Beside]:
    for link in links:
        earlier = link.from_ == id
        other = others.get(link.to if earlier else link.from_)
        if other is not None:  # gone from its article's latest reading
            yield Beside(link.relation, earlier, link.why, link.score, other)


def _weight(beside: Beside) -> tuple[int, bool, float, str]:
    return list(RELATIONS).index(beside.relation), not beside.earlier, -beside.score, beside.claim.id
