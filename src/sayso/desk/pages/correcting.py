"""Correcting a claim: where its source, cue and content are in the article's text, whose it is, what it gives.

What a form says is held against the claim as it stands: only what differs is a correction. It is shown before it is
said, by the page's script as it changes, and without one by sending the form with "show".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from itertools import pairwise
from typing import Annotated, get_args

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from sayso import deciding
from sayso.desk.asked import STANCES
from sayso.desk.guarding import needs, posted, user_of
from sayso.desk.held import Held
from sayso.desk.noting import note_view
from sayso.desk.rendering import figure, holding, render
from sayso.desk.showing import shown
from sayso.errors import UsageError
from sayso.ledger import Judgement, Ledger
from sayso.types import ArticleRow, CasualtyKind, ClaimRow, Correction, DecisionRow, Figure, Reading, Span

router = APIRouter()

KINDS: tuple[str, ...] = get_args(CasualtyKind)
_PLACE = r"\d{0,9}"
_NUMBER = r"\d{0,10}"
_MOST = 64
_CHANGED = (
    "Another decision on this claim holds now than when this page was loaded. Look at the claim, then leave this, or "
    "show what changes against what holds now."
)

_Places = Annotated[list[Annotated[str, Form(pattern=f"^{_PLACE}$")]], Form(max_length=_MOST)]
_Numbers = Annotated[list[Annotated[str, Form(pattern=f"^{_NUMBER}$")]], Form(max_length=_MOST)]
_Texts = Annotated[list[Annotated[str, Form(max_length=1_000)]], Form(max_length=_MOST)]


@dataclass(frozen=True, slots=True)
class Values:
    """What can be corrected of a claim."""

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    claimant: str | None
    stance: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the text, and of what it is: "source", "cue", "content"."""

    text: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What a correction would change, in words."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class CorrectPage:
    """A claim to be corrected, in the text of its article: as it ``stands`` by the decision whose number is ``holds``
    (blank: by none), and as the form has it (``given``). ``problem`` says why a correction cannot be so."""

    claim: ClaimRow
    article: ArticleRow
    text: str
    stands: Values
    given: Values
    changes: tuple[Change, ...]
    note: str
    holds: str
    problem: str | None
    stances: tuple[str, ...] = STANCES
    kinds: tuple[str, ...] = KINDS

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The text, cut where anything begins or ends."""
        held = [("source", s) for s in (self.given.source,) if s] + [("cue", s) for s in (self.given.cue,) if s]
        held += [("content", span) for span in self.given.content]
        cuts = sorted({0, len(self.text), *(at for _, span in held for at in (span.start, span.end))})
        return tuple(
            Piece(self.text[a:b], tuple(kind for kind, span in held if span.start <= a and b <= span.end))
            for a, b in pairwise(cuts)
        )


@dataclass(frozen=True, slots=True)
class Sent:
    """What the form says: places as code points of the article's text, blank where there is nothing. Spans and figures
    are columns: what is at one place in each belongs together. ``holds`` is as the page had it: what it corrects."""

    step: Annotated[str, Form(max_length=10)] = "show"
    source_start: Annotated[str, Form(pattern=f"^{_PLACE}$")] = ""
    source_end: Annotated[str, Form(pattern=f"^{_PLACE}$")] = ""
    cue_start: Annotated[str, Form(pattern=f"^{_PLACE}$")] = ""
    cue_end: Annotated[str, Form(pattern=f"^{_PLACE}$")] = ""
    content_start: _Places = ()  # type: ignore[assignment] # FastAPI makes a list of it
    content_end: _Places = ()  # type: ignore[assignment]
    claimant: Annotated[str, Form(max_length=1_000)] = ""
    stance: Annotated[str, Form(max_length=20)] = ""
    figure_kind: _Texts = ()  # type: ignore[assignment]
    figure_min: _Numbers = ()  # type: ignore[assignment]
    figure_max: _Numbers = ()  # type: ignore[assignment]
    figure_who: _Texts = ()  # type: ignore[assignment]
    note: Annotated[str, Form(max_length=4_000)] = ""
    holds: Annotated[str, Form(max_length=20)] = ""


_analyst = Depends(needs("analyst"))


@router.get("/claim/{id}/correct", include_in_schema=False, dependencies=[_analyst])
def correct(request: Request, held: Held, id: str) -> Response:
    """A claim in its article's text, to be corrected."""
    page = correct_page(held, id, None)
    note_view(request, held, "claim", page.claim.id)
    return render(request, "correct.html", page)


@router.post("/claim/{id}/correct", include_in_schema=False, dependencies=[Depends(posted), _analyst])
def corrected(request: Request, held: Held, id: str, sent: Annotated[Sent, Depends()]) -> Response:
    """Show a correction, or enter it; where it cannot be so, the same page says why."""
    page = correct_page(held, id, sent)
    if sent.step != "enter" or page.problem:
        return render(request, "correct.html", page, HTTPStatus.CONFLICT if page.problem else HTTPStatus.OK)
    given = differing(page.stands, page.given)
    seen = int(page.holds or 0)
    said = Judgement("correct", page.claim.id, user_of(request), note=sent.note or None, correction=given, seen=seen)
    try:
        deciding.decide(held, said)
    except UsageError as error:
        return render(request, "correct.html", correct_page(held, id, sent, str(error)), HTTPStatus.CONFLICT)
    return RedirectResponse(f"/claim/{page.claim.id}#decided", HTTPStatus.SEE_OTHER)


def correct_page(held: Ledger, id: str, sent: Sent | None, problem: str | None = None) -> CorrectPage:
    """The claim whose id begins with ``id``, with what the form says, which is nothing at first."""
    row = held.claim(id).row
    article = held.article(row.article)
    with held.browsing() as browse:
        decision = holding(browse.decided_on([row.id]).get(row.id, ()))
    reading = Reading.from_json(article.reading) if article.reading else None
    stands = standing(held, row, reading, article.text, decision)
    given, holds = stands, str(decision.id) if decision else ""
    if sent is not None:
        problem = _CHANGED if sent.holds != holds else problem
        try:
            given = _values(sent, article.text)
        except UsageError as error:
            problem = problem or str(error)
    changes = tuple(_changes(stands, given))
    note = sent.note if sent else ""
    return CorrectPage(row, article.row, article.text, stands, given, changes, note, holds, problem)


def standing(held: Ledger, row: ClaimRow, reading: Reading | None, text: str, decision: DecisionRow | None) -> Values:
    """A claim as it stands: as it was read, but for what somebody corrected, if that is the ``decision`` that holds."""
    with held.browsing() as browse:
        extent = browse.as_read(row.article).get(row.id)
    made = [a for a in reading.attributions if tuple((s.start, s.end) for s in a.content) == extent] if reading else []
    source, cue = (made[0].source, made[0].cue) if made else (None, None)
    given = decision.correction if decision and decision.correction else Correction()
    source, cue = _corrected(source, given.source, text), _corrected(cue, given.cue, text)
    return Values(source, cue, row.spans, row.claimant, row.stance, row.figures)


def _corrected(read: Span | None, given: tuple[Span, ...] | None, text: str) -> Span | None:
    if given is None or any(text[span.start : span.end] != span.text for span in given):
        return read
    return given[0] if given else None


def differing(stands: Values, given: Values) -> Correction:
    """What of ``given`` is not so already."""
    return Correction(
        source=None if given.source == stands.source else _some(given.source),
        cue=None if given.cue == stands.cue else _some(given.cue),
        content=None if given.content == stands.content else given.content,
        claimant=None if _same(given.claimant, stands.claimant) else (given.claimant or ""),
        stance=None if given.stance == stands.stance else given.stance,  # type: ignore[arg-type] # the ledger checks it
        figures=None if _as_sent(given.figures) == _as_sent(stands.figures) else given.figures,
    )


def _some(span: Span | None) -> tuple[Span, ...]:
    return (span,) if span else ()


def _line(text: str | None) -> str:
    """A text as a field of a form sends it back: on one line, without what controls instead of showing."""
    return " ".join(shown(text or "").split())


def _same(one: str | None, other: str | None) -> bool:
    return _line(one) == _line(other)


def _as_sent(figures: Sequence[Figure]) -> list[tuple[int | None, int | None, str, str]]:
    return [(f.min, f.max, f.kind, _line(f.who)) for f in figures]


def _changes(stands: Values, given: Values) -> list[Change]:
    made = differing(stands, given)
    rows = (
        ("source", made.source, _quoted(_some(stands.source)), _quoted(_some(given.source))),
        ("cue", made.cue, _quoted(_some(stands.cue)), _quoted(_some(given.cue))),
        ("content", made.content, _quoted(stands.content), _quoted(given.content)),
        ("claimant", made.claimant, stands.claimant or "unnamed", given.claimant or "unnamed"),
        ("stance", made.stance, stands.stance, given.stance),
        ("figures", made.figures, _listed(stands.figures), _listed(given.figures)),
    )
    return [Change(what, before, after) for what, new, before, after in rows if new is not None]


def _quoted(spans: Sequence[Span]) -> str:
    return " … ".join(f"“{span.text}”" for span in spans) or "none"


def _listed(figures: Sequence[Figure]) -> str:
    return ", ".join(map(figure, figures)) or "none"


def _values(sent: Sent, text: str) -> Values:
    """What the form says. UsageError where it cannot be so."""
    content = [_span("content", start, end, text) for start, end in _rows(sent.content_start, sent.content_end)]
    figures = [_figure(*row) for row in _rows(sent.figure_kind, sent.figure_min, sent.figure_max, sent.figure_who)]
    return Values(
        _span("source", sent.source_start, sent.source_end, text),
        _span("cue", sent.cue_start, sent.cue_end, text),
        tuple(sorted((span for span in content if span), key=lambda span: span.start)),
        _line(sent.claimant) or None,
        sent.stance,
        tuple(figure for figure in figures if figure),
    )


def _rows(*columns: Sequence[str]) -> list[tuple[str, ...]]:
    if len(set(map(len, columns))) > 1:
        raise UsageError("the form is not whole: its columns have different lengths. Load the page again.")
    return list(zip(*columns, strict=True))


def _span(name: str, start: str, end: str, text: str) -> Span | None:
    if not start and not end:
        return None
    try:
        return Span.of(text, int(start), int(end))
    except ValueError:
        raise UsageError(
            f"{name}: expected two places in a text of {len(text):,} characters, the first before the second, got "
            f"{start or 'none'} and {end or 'none'}."
        ) from None


def _figure(kind: str, least: str, most: str, who: str) -> Figure | None:
    if not kind:
        return None
    return Figure(int(least) if least else None, int(most) if most else None, kind, _line(who) or None)  # type: ignore[arg-type] # the ledger checks it
