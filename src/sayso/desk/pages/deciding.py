"""Deciding: what waits for a person, one thing to decide on, and what is said of it.

A decision is entered by ``deciding.decide``, as ``sayso decide`` does it, under the name of whoever asks. Only its own
maker takes it back. Where it is refused, the same thing is shown again with the reason, and nothing has changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from http import HTTPStatus
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from sayso import deciding
from sayso.desk.charts.scales import day_of
from sayso.desk.guarding import needs, posted, user_of, within
from sayso.desk.held import AtDesk, Desk, Held
from sayso.desk.pages.claims import ClaimPage, claim_page
from sayso.desk.rendering import days, holding, render, stream, with_query
from sayso.errors import NotThereError, UsageError
from sayso.ledger import Judgement, Ledger
from sayso.ledger.claims import claimant_id
from sayso.ledger.decisions import topic
from sayso.link.parties import same_party
from sayso.show.plain import count
from sayso.types import ClaimRow, DecisionRow, Filters, StoryRow, Waiting

router = APIRouter()

SHOWN = 12
"""Things that wait, on a page."""

_MOST = 1_000  # things in the queue that can be paged through
_FEW = 3  # claims of each of two sides
_FOUND = 20  # stories or parties that are offered as the other of two
_LIKELY = 400  # claimants whose names are compared with one
_LOOKED_AT = 60  # claims of a story, to find one of another article
_AROUND = timedelta(days=14)
_ID = re.compile(r"(?:^|/)([0-9a-f]{4,64})/?$")

Pair = Literal["story", "party"]
_Words = Annotated[str, Query(max_length=300, description="words, or the address of a story or claim")]


@dataclass(frozen=True, slots=True)
class Side:
    """One of two that may be one. ``key`` is the id of a claim of a story, or of a claimant; ``story`` is None for a
    party and for a claim in no story; ``claims`` are a few of its claims."""

    key: str
    name: str
    story: StoryRow | None
    claims: tuple[ClaimRow, ...]


@dataclass(frozen=True, slots=True)
class Matter:
    """A thing to decide on: a ``claim``, or two ``sides``. ``decisions`` are all on it, the newest first. Of one that
    waits, ``doubt`` (0 to 1) is how unsure the machine is and ``uses`` how much hangs on it. ``problem`` says why what
    was just said was refused."""

    kind: Literal["claim", "story", "party"]
    claim: ClaimPage | None
    sides: tuple[Side, ...]
    decisions: tuple[DecisionRow, ...]
    doubt: float | None = None
    uses: int | None = None
    problem: str | None = None

    @property
    def holding(self) -> DecisionRow | None:
        """The decision that holds."""
        return holding(self.decisions)

    @property
    def address(self) -> str:
        """The page with this alone."""
        if self.claim is not None:
            return f"/decide/claim/{self.claim.claim.id}"
        return f"/decide/{self.kind}/{self.sides[0].key}/{self.sides[1].key}"

    @property
    def why(self) -> str:
        """Why it waits, in words."""
        if self.doubt is None:
            return ""
        links, claims = count(self.uses or 0, "link"), count(self.uses or 0, "claim")
        return {
            "claim": f"read with confidence {1 - self.doubt:.2f}; {links} with other claims hang on it",
            "party": f"these names are likely one party’s, but not surely; the rarer one has {claims}",
            "story": f"their reports are not quite alike enough to be one story; the smaller one has {claims}",
        }[self.kind]


@dataclass(frozen=True, slots=True)
class QueuePage:
    """What waits for a decision, from number ``start`` on. ``next`` is where the page that follows begins."""

    matters: tuple[Matter, ...]
    undecided: int
    start: int
    next: int | None


@dataclass(frozen=True, slots=True)
class QueueBegun:
    """The head of the queue's page, and how the rest is made: the head is sent before."""

    undecided: int
    done: DecisionRow | None
    rest: Callable[[], QueuePage]


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be the other of two: ``key`` as of ``Side``. ``facts`` say what it is."""

    key: str
    name: str
    facts: tuple[str, ...]
    href: str


@dataclass(frozen=True, slots=True)
class OtherPage:
    """A story or a party, to be told the same as another or not: what was looked for, what may be the other, and all
    decisions on this one."""

    kind: Pair
    key: str
    name: str
    href: str
    q: str
    candidates: tuple[Candidate, ...]
    decisions: tuple[DecisionRow, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What a form says. ``about`` and ``other`` are ids of claims or claimants; ``undo`` is the number of the decision
    that is taken back; ``holds`` that of the one that held on the claim as the page was made, 0 where none did."""

    verdict: Annotated[str, Form(max_length=20)] = ""
    about: Annotated[str, Form(max_length=64)] = ""
    other: Annotated[str, Form(max_length=64)] = ""
    note: Annotated[str, Form(max_length=4_000)] = ""
    undo: Annotated[int | None, Form(ge=1, lt=2**63)] = None
    holds: Annotated[int | None, Form(ge=0, lt=2**63)] = None
    back: Annotated[str, Form(max_length=500)] = ""


@router.get("/queue", include_in_schema=False)
def queue(
    request: Request,
    desk: AtDesk,
    start: Annotated[int, Query(ge=0, le=_MOST)] = 0,
    done: Annotated[int | None, Query(ge=1, lt=2**63)] = None,
) -> Response:
    """What waits for a decision."""
    with desk.ledger().browsing() as browse:
        undecided, made = browse.count_undecided(), browse.decision(done) if done else None
    return stream(request, "queue.html", QueueBegun(undecided, made, partial(queue_page, desk, start)))


@router.get("/api/queue", tags=["decisions"])
def queue_json(desk: AtDesk, start: Annotated[int, Query(ge=0, le=_MOST)] = 0) -> QueuePage:
    """What waits for a decision, the least certain and most used first: claims, pairs of names, pairs of stories."""
    return queue_page(desk, start)


@router.get("/decide/claim/{id}", include_in_schema=False)
def on_claim(request: Request, held: Held, id: str) -> Response:
    """One claim, with all that was decided on it."""
    return render(request, "matter.html", claim_matter(held, id))


@router.get("/decide/claim/{id}/story", include_in_schema=False)
def story_of_claim(request: Request, held: Held, id: str, q: _Words = "") -> Response:
    """Where the story is looked for to which a claim belongs, or does not."""
    return render(request, "other.html", _claim_page(held, id, q))


@router.get("/decide/{kind}/{one}/{two}", include_in_schema=False)
def on_two(request: Request, held: Held, kind: Pair, one: str, two: str) -> Response:
    """Two stories, or two parties, with all that was decided on them."""
    return render(request, "matter.html", _matter_of_two(held, kind, one, two))


@router.get("/decide/{kind}/{id}", include_in_schema=False)
def other(request: Request, held: Held, kind: Pair, id: str, q: _Words = "") -> Response:
    """Where the other of two is looked for."""
    return render(request, "other.html", _story_page(held, id, q) if kind == "story" else _party_page(held, id, q))


@router.post("/decide", include_in_schema=False, dependencies=[Depends(posted), Depends(needs("analyst"))])
def decide(request: Request, held: Held, said: Annotated[Said, Depends()]) -> Response:
    """Enter or take back a decision; then the page where it was made, or why it was refused."""
    judged = _undone(held, said.undo, user_of(request)) if said.undo else _judged(held, said, user_of(request))
    try:
        made = (deciding.undo if said.undo else deciding.decide)(held, judged)
    except UsageError as error:
        refused = replace(_matter_on(held, judged), problem=str(error))
        return render(request, "matter.html", refused, HTTPStatus.CONFLICT)
    return RedirectResponse(_after(request, held, made, said.back), HTTPStatus.SEE_OTHER)


def _after(request: Request, held: Held, made: DecisionRow, back: str) -> str:
    """Where to go: with htmx, which puts it in the place of what was decided on, the page of this thing alone."""
    if "HX-Request" in request.headers or within(back) != back:
        return _matter_on(held, made).address
    return with_query(back, {"done": made.id}) if back == "/queue" else back


def _judged(held: Ledger, said: Said, user: str) -> Judgement:
    on_party = topic(said.verdict) == "party"  # type: ignore[arg-type] # UsageError for what is none
    about, other = (_called(held, id) if on_party and id else id or None for id in (said.about, said.other))
    return Judgement(said.verdict, about or "", user, other, said.note or None, seen=said.holds)  # type: ignore[arg-type]


def _undone(held: Ledger, number: int, user: str) -> Judgement:
    with held.browsing() as browse:
        row = browse.decision(number)
    if row is None or row.user != user:
        raise NotThereError(f"you have made no decision {number}. Only who made a decision takes it back.")
    return Judgement(row.verdict, row.about, user, row.other)


def _called(held: Ledger, id: str) -> str:
    with held.browsing() as browse:
        name = browse.name_of_claimant(id)
    if name is None:
        raise NotThereError(f"nobody with the id {id!r} claims anything in this ledger.")
    return name


# What to decide on


def waiting_at(desk: Desk) -> tuple[Waiting, ...]:
    """All that waits and can be paged through."""
    return desk.at_hand("queue", lambda held: tuple(deciding.queue(held, _MOST + SHOWN)))


def queue_page(desk: Desk, start: int) -> QueuePage:
    """What waits, from number ``start`` on, the least certain and most used first."""
    held = desk.ledger()
    waiting = waiting_at(desk)
    with held.browsing() as browse:
        undecided = browse.count_undecided()
    matters = tuple(_waiting(held, one) for one in waiting[start : start + SHOWN])
    after = start + SHOWN
    return QueuePage(matters, undecided, start, after if after < len(waiting) and after <= _MOST else None)


def claim_matter(held: Ledger, id: str) -> Matter:
    """The claim whose id begins with ``id``. NotThereError where there is none, or more than one."""
    page = claim_page(held, id)
    return Matter("claim", page, (), page.decisions)


def _waiting(held: Ledger, one: Waiting) -> Matter:
    if one.kind == "claim":
        matter = claim_matter(held, one.about)
    else:
        ids = (one.about, one.other or "")
        two = ids if one.kind == "story" else tuple(map(claimant_id, ids))
        matter = _matter_of_two(held, one.kind, *two)
    return replace(matter, doubt=one.doubt, uses=one.uses)


def _matter_on(held: Ledger, said: Judgement | DecisionRow) -> Matter:
    """What a decision is on."""
    on = topic(said.verdict)
    if on == "claim":
        return claim_matter(held, said.about)
    two = (said.about, said.other or "")
    return _matter_of_two(held, on, *(two if on == "story" else map(claimant_id, two)))


def _matter_of_two(held: Ledger, kind: Pair, one: str, two: str) -> Matter:
    if kind == "story":
        sides = (_told_by(held, one), _told_by(held, two))
        ids = [[c.id for c in side.claims] for side in sides]
    else:
        sides = (_party(held, one), _party(held, two))
        ids = [[side.key] for side in sides]
    with held.browsing() as browse:
        if kind == "story":
            ids = [[*browse.ids_told(side.story.id), side.key] if side.story else [side.key] for side in sides]
        decisions = browse.decided_between(*ids)
    return Matter(kind, None, sides, decisions)


def _told_by(held: Ledger, id: str) -> Side:
    """The story of a claim, as one of two."""
    row = held.claim(id).row
    with held.browsing() as browse:
        story = browse.story_heads([row.story]).get(row.story) if row.story else None
        few = browse.told_in(row.story, _FEW) if row.story else ()
    claims = (row, *(c for c in few if c.id != row.id))[:_FEW]
    return Side(row.id, story.label if story else row.text, story, claims)


def _party(held: Ledger, id: str) -> Side:
    name = _called(held, id)
    with held.browsing() as browse:
        return Side(claimant_id(name), name, None, browse.said_by([claimant_id(name)], _FEW))


# Looking for the other of two


def _story_page(held: Ledger, id: str, q: str) -> OtherPage:
    found = held.story(id)
    row = found.row
    with held.browsing() as browse:
        decisions = browse.decided_between(browse.ids_told(row.id))
    others = [other for other in _stories_like(held, row, q.strip()) if other.id != row.id]
    candidates = tuple(_candidates(held, others, row.articles))
    return OtherPage("story", found.claims[0].id, row.label, f"/story/{row.id}", q, candidates, decisions)


def _claim_page(held: Ledger, id: str, q: str) -> OtherPage:
    row = held.claim(id).row
    with held.browsing() as browse:
        decisions = browse.decided_between([row.id])
        own = browse.story_heads([row.story]).get(row.story) if row.story else None
    others = _stories_like(held, own, q.strip()) if own or q.strip() else []
    if own is not None and not q.strip():
        others = [own, *(other for other in others if other.id != own.id)]
    candidates = tuple(_candidates(held, others, (row.article,)))
    return OtherPage("story", row.id, row.text, f"/claim/{row.id}", q, candidates, decisions)


def _stories_like(held: Ledger, row: StoryRow | None, q: str) -> list[StoryRow]:
    """Stories that have the words ``q``, or the one that it is the address of; without, those near ``row``."""
    if rows := _at_address(held, q):
        return rows
    with held.browsing() as browse:
        return list(browse.stories(_near(row) if row and not q else Filters(about=q), size=_FOUND).rows)


def _candidates(held: Ledger, rows: Iterable[StoryRow], but_of: Sequence[str]) -> Iterable[Candidate]:
    """Stories, each by a claim of its own: one from another article than these, where it has one."""
    for row in rows:
        with held.browsing() as browse:
            claims = browse.told_in(row.id, _LOOKED_AT)
        claim = next((c for c in claims if c.article not in but_of), None)
        if claim is not None:
            facts = (*filter(None, (row.place, days(row.first, row.last))), count(row.claims, "claim"))
            yield Candidate(claim.id, row.label, facts, f"/story/{row.id}")


def _near(row: StoryRow) -> Filters:
    """What asks for stories of the same place and of the days around."""
    first, last = day_of(row.first), day_of(row.last)
    since = (first - _AROUND).isoformat() if first else None
    return Filters(place=row.place, since=since, until=(last + _AROUND).isoformat() if last else None)


def _at_address(held: Ledger, q: str) -> list[StoryRow]:
    """The story that ``q`` is an address or id of, or in which the claim is that it is one of."""
    if (found := _ID.search(q)) is None:
        return []
    with held.browsing() as browse:
        try:
            story = held.claim(found[1]).row.story
        except NotThereError:
            story = None
        try:
            return [browse.story_heads([story])[story] if story else held.story(found[1]).row]
        except (NotThereError, KeyError):
            return []


def _party_page(held: Ledger, id: str, q: str) -> OtherPage:
    name = _called(held, id)
    party_of = deciding.named_parties(held)
    row = deciding.claimant(held, name, party_of).row
    ids = [claimant_id(called) for called in row.names]
    with held.browsing() as browse:
        decisions = browse.decided_between(ids)
    asked = Filters(by=q.strip(), limit=_FOUND + 1) if q.strip() else Filters(limit=_LIKELY)
    rows = [other for other in deciding.claimants(held, asked, party_of) if not set(other.names) & set(row.names)]
    if not q.strip():
        sure = {other.id: same_party(row.name, other.name) for other in rows}
        rows = sorted((other for other in rows if sure[other.id]), key=lambda other: -sure[other.id])
    candidates = tuple(
        Candidate(claimant_id(o.name), o.name, (count(o.claims, "claim"),), f"/claimant/{claimant_id(o.name)}")
        for o in rows[:_FOUND]
    )
    return OtherPage("party", claimant_id(name), row.name, f"/claimant/{id}", q, candidates, decisions)
