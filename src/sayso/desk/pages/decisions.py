"""What was decided: who said what and when, how far two people agree, and what the reader may learn from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from sayso.desk.held import Held
from sayso.desk.rendering import render, with_query
from sayso.errors import UsageError
from sayso.ledger import Ledger
from sayso.ledger.decisions import VERDICTS
from sayso.ledger.decisions import agreement as agreed
from sayso.types import Agreement, ClaimRow, DecisionRow

router = APIRouter()

ALL_VERDICTS = tuple(verdict for verdicts in VERDICTS.values() for verdict in verdicts)
DIFFERENCES = 200  # claims that are listed on which two people differ

_User = Annotated[str | None, Query(max_length=200, description="who decided")]


@dataclass(frozen=True, slots=True)
class DecisionsPage:
    """Decisions, the newest first, by ``user`` and of ``verdict`` where these are given, only those that stand if
    ``standing``. ``claims`` are those that they are on, by id; ``users`` are all who have decided anything; ``next`` is
    the cursor of the next page."""

    user: str | None
    verdict: str | None
    standing: bool
    decisions: tuple[DecisionRow, ...]
    claims: dict[str, ClaimRow]
    users: tuple[str, ...]
    next: str | None
    verdicts: tuple[str, ...] = ALL_VERDICTS

    @property
    def query(self) -> dict[str, str | None]:
        """What is asked for, without the cursor: a link to the first page."""
        return {"user": self.user, "verdict": self.verdict, "standing": "yes" if self.standing else None}


@dataclass(frozen=True, slots=True)
class Differing:
    """A claim on which two people differ: what the one and the other said last."""

    claim: ClaimRow
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class AgreementPage:
    """How far two people agree on the claims that both decided, and on which they differ. ``found`` is None until two
    are named."""

    one: str | None
    other: str | None
    found: Agreement | None
    differing: tuple[Differing, ...]
    users: tuple[str, ...]


@router.get("/decisions", include_in_schema=False)
def decisions(
    request: Request,
    held: Held,
    user: _User = None,
    verdict: Annotated[str | None, Query(max_length=20)] = None,
    standing: Annotated[str | None, Query(max_length=3)] = None,
    cursor: Annotated[str | None, Query(max_length=2000)] = None,
) -> Response:
    """All decisions."""
    page = decisions_page(held, user or None, verdict or None, standing=bool(standing), cursor=cursor)
    if any(not value for value in request.query_params.values()):  # as forms send them: a query is to be a link
        return RedirectResponse(with_query("/decisions", page.query))
    return render(request, "decisions.html", page)


@router.get("/api/decisions", tags=["decisions"])
def decisions_json(
    held: Held,
    user: _User = None,
    verdict: Annotated[str | None, Query(max_length=20, description=", ".join(ALL_VERDICTS))] = None,
    standing: Annotated[bool, Query(description="only those that were neither superseded nor taken back")] = False,
    cursor: Annotated[str | None, Query(max_length=2000)] = None,
) -> DecisionsPage:
    """All decisions, the newest first, with who made them and when, those that were superseded too."""
    return decisions_page(held, user, verdict, standing=standing, cursor=cursor)


@router.get("/decisions/agreement", include_in_schema=False)
def agreement(request: Request, held: Held, one: _User = None, other: _User = None) -> Response:
    """How far two people agree."""
    return render(request, "agreement.html", agreement_page(held, one or None, other or None))


@router.get("/api/agreement", tags=["decisions"])
def agreement_json(held: Held, one: _User = None, other: _User = None) -> AgreementPage:
    """How far two people agree on the claims that both decided: the share, Cohen's kappa, and where they differ."""
    return agreement_page(held, one, other)


def decisions_page(
    held: Ledger, user: str | None, verdict: str | None, *, standing: bool, cursor: str | None
) -> DecisionsPage:
    """A page of decisions. UsageError for a verdict that there isn't, or a cursor that is none."""
    if verdict is not None and verdict not in ALL_VERDICTS:
        raise UsageError(f"no verdict {verdict!r}; give one of: {', '.join(ALL_VERDICTS)}")
    with held.browsing() as browse:
        page = browse.decisions(user, verdict, standing=standing, cursor=cursor)
        ids = {id for row in page.rows if not row.verdict.endswith("party") for id in (row.about, row.other) if id}
        claims, users = browse.claims_with(sorted(ids)), tuple(browse.deciders())
    return DecisionsPage(user, verdict, standing, page.rows, claims, users, page.next)


def agreement_page(held: Ledger, one: str | None, other: str | None) -> AgreementPage:
    """How far two people agree; who has decided anything where two are not named."""
    with held.browsing() as browse:
        users = tuple(browse.deciders())
        if one is None or other is None:
            return AgreementPage(one, other, None, (), users)
        said, replied = browse.verdicts(one), browse.verdicts(other)
        differ = sorted(id for id in said.keys() & replied.keys() if said[id] != replied[id])[:DIFFERENCES]
        claims = browse.claims_with(differ)
    differing = tuple(Differing(claims[id], said[id], replied[id]) for id in differ if id in claims)
    return AgreementPage(one, other, agreed(one, other, said, replied), differing, users)
