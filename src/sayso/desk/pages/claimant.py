"""A claimant, and an outlet: what each claims, how it is answered, whom it cites and who cites it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from sayso import deciding
from sayso.desk.answering import AsRows
from sayso.desk.asked import paged
from sayso.desk.held import AtDesk, Desk
from sayso.desk.pages.listings import all_outlets
from sayso.desk.rendering import render
from sayso.errors import NotThereError, UsageError
from sayso.ledger import Ledger
from sayso.ledger.browse import Cited, OutletRow
from sayso.ledger.claims import claimant_id, folded
from sayso.ledger.store import StoredClaimant
from sayso.types import ArticleRow, ClaimantRow, ClaimRow, Filters, LinkRow

router = APIRouter(route_class=AsRows)

MOST = 20  # parties in a list of whom somebody cites

KINDS: Mapping[str, str] = {
    "all": "claims",
    "first": "said first",
    "echoed": "repeated by others",
    "agreed": "agreed with by independent others",
    "denied": "denied by others",
}
"""Which of a claimant's claims can be looked at, in words."""

_Kind = Annotated[str, Query(max_length=20, description=", ".join(KINDS))]
_Cursor = Annotated[str | None, Query(max_length=2000)]


@dataclass(frozen=True, slots=True)
class Answered:
    """How somebody's claims are answered: how many there are of each kind, and the ids of those that are looked at."""

    times: Mapping[str, int]
    stances: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ClaimantPage:
    """A party that speaks. ``claims`` are those of the kind ``show``, the latest first; ``cites`` are those whose words
    it passes on, ``cited_by`` those who pass on its own."""

    claimant: ClaimantRow
    answered: Answered
    show: str
    claims: tuple[ClaimRow, ...]
    next: str | None
    cites: tuple[Cited, ...]
    cited_by: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class OutletPage:
    """An outlet. ``answered`` and ``claims`` are what it says in its own voice, None and empty where that is nothing;
    ``stances`` count all claims in its articles; ``copies_from`` and ``copied_by`` count articles."""

    outlet: OutletRow
    stances: Mapping[str, int]
    answered: Answered | None
    show: str
    claims: tuple[ClaimRow, ...]
    next: str | None
    articles: tuple[ArticleRow, ...]
    cites: tuple[Cited, ...]
    cited_by: tuple[Cited, ...]
    copies_from: tuple[Cited, ...]
    copied_by: tuple[Cited, ...]


@router.get("/claimant/{id}", include_in_schema=False)
def claimant(request: Request, desk: AtDesk, id: str, show: _Kind = "all", cursor: _Cursor = None) -> Response:
    """One claimant."""
    return render(request, "claimant.html", claimant_page(desk, id, show, cursor))


@router.get("/api/claimant/{id}", tags=["claimants"])
def claimant_json(desk: AtDesk, id: str, show: _Kind = "all", cursor: _Cursor = None) -> ClaimantPage:
    """One claimant, by the id of any of its names: all names that are surely one party's count together."""
    return claimant_page(desk, id, show, cursor)


@router.get("/outlet/{name:path}", include_in_schema=False)
def outlet(request: Request, desk: AtDesk, name: str, show: _Kind = "all", cursor: _Cursor = None) -> Response:
    """One outlet."""
    return render(request, "outlet.html", outlet_page(desk, name, show, cursor))


@router.get("/api/outlet/{name:path}", tags=["outlets"])
def outlet_json(desk: AtDesk, name: str, show: _Kind = "all", cursor: _Cursor = None) -> OutletPage:
    """One outlet, by its name."""
    return outlet_page(desk, name, show, cursor)


def claimant_page(desk: Desk, id: str, show: str, cursor: str | None) -> ClaimantPage:
    """The party one of whose names has an id that begins with ``id``. NotThereError where there is none."""
    with desk.ledger().browsing() as browse:
        name = browse.name_of_claimant(id)
    if name is None:
        raise NotThereError(f"nobody with the id {id!r} claims anything in {desk.where}.")
    party_of = desk.at_hand("parties", deciding.named_parties)
    found = desk.at_hand(("claimant", name), lambda held: deciding.claimant(held, name, party_of))
    claims, after = _shown(found.claims, found.links, show, cursor)
    ids = [claimant_id(called) for called in found.row.names]
    with desk.ledger().browsing() as browse:
        cites, cited_by = browse.cited_by(ids, MOST), browse.citing(ids, MOST)
    return ClaimantPage(found.row, _answered(found), show, claims, after, cites, cited_by)


def outlet_page(desk: Desk, name: str, show: str, cursor: str | None) -> OutletPage:
    """The outlet with this name; case and spacing do not count. NotThereError where there is none."""
    row = next((o for o in desk.at_hand("outlets", all_outlets) if folded(o.name) == folded(name)), None)
    if row is None:
        raise NotThereError(f"no article in {desk.where} is by an outlet called {name!r}.")
    itself = [claimant_id(row.name)]
    found = desk.at_hand(("outlet", row.name), lambda held: _own_voice(held, row.name))
    claims, after = _shown(found.claims, found.links, show, cursor) if found else ((), None)
    with desk.ledger().browsing() as browse:
        return OutletPage(
            outlet=row,
            stances=browse.stances(Filters(outlet=row.name)),
            answered=_answered(found) if found else None,
            show=show,
            claims=claims,
            next=after,
            articles=browse.articles(Filters(outlet=row.name), size=8).rows,
            cites=browse.cited_by_outlet(row.name, MOST),
            cited_by=browse.citing(itself, MOST),
            copies_from=browse.copied_from(row.name, MOST),
            copied_by=browse.copied_by(row.name, MOST),
        )


def of_kind(claims: Sequence[ClaimRow], links: Iterable[LinkRow], kind: str) -> list[ClaimRow]:
    """Those of one party's claims that nobody made before ("first"), or that later claims of others repeat, agree with
    or deny; the latest first. UsageError for another kind."""
    if kind not in KINDS:
        raise UsageError(f"cannot show {kind!r}, only {', '.join(KINDS)}.")
    mine = {claim.id for claim in claims}
    wanted = mine
    if kind == "first":
        wanted = mine - {link.from_ for link in links if link.relation in ("repeats", "agrees")}
    elif kind != "all":
        relation = {"echoed": "repeats", "agreed": "agrees", "denied": "denies"}[kind]
        wanted = {link.to for link in links if link.relation == relation}
    return [claim for claim in reversed(claims) if claim.id in wanted]


def _shown(
    claims: Sequence[ClaimRow], links: Iterable[LinkRow], kind: str, cursor: str | None
) -> tuple[tuple[ClaimRow, ...], str | None]:
    return paged(of_kind(claims, links, kind), cursor, lambda claim: claim.id)


def _answered(found: StoredClaimant) -> Answered:
    times = {kind: getattr(found, kind) for kind in KINDS if kind != "all"}
    stances = Counter(claim.stance for claim in found.claims)
    return Answered({"all": len(found.claims), **times}, dict(stances.most_common()))


def _own_voice(held: Ledger, outlet: str) -> StoredClaimant | None:
    """What an outlet claims on nobody's word but its own; None where that is nothing."""
    with held.browsing() as browse:
        speaks = browse.name_of_claimant(claimant_id(outlet)) is not None
    return held.claimant([claimant_id(outlet)], outlet) if speaks else None
