"""Echoes: which articles copy which, and where their words start.

Articles meet under the keys of their wording (``alignment.bands``) if they are of about one time (``meeting``), and are
compared two at a time (``alignment.copied``); ``wires.wire`` reads which agency an article credits. Here the pairs
become rows. The result depends on the set of articles only, not on their order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby

from sayso.link.alignment import Copy, filled_in
from sayso.link.terms import hashed
from sayso.link.wires import AGENCIES, speaks_for
from sayso.types import EchoRow


@dataclass(frozen=True, slots=True)
class Report:
    """What of an article tells whether it is an origin. ``published`` is an ISO 8601 date or time, ``wire`` the agency
    that it credits."""

    id: str
    outlet: str | None
    published: str | None
    wire: str | None


WHOLE = 0.9  # share of an article's words from which on it is a copy as it stands
_PRINTED = 3  # one or two are when and by whom it was printed
_FORM = 6  # tolls that have grown, and what an outlet calls parties otherwise, are four at the most
_PERIOD = 30  # days; news is copied while it is news
_FEW = 16  # keys by which articles meet that may be of any time
_SHORT = 1000  # characters
MOSTLY = 12  # of these, in articles that are nearly the same: fourteen are to be expected


@dataclass(frozen=True, slots=True)
class Meeting:
    """Under which keys an article is filed; under which of them it is looked for others, of which it meets those that
    share one; and under which others it meets those that share ``MOSTLY`` of them."""

    filed: list[int]
    near: list[int]
    ever: list[int]


def meeting(bands: Sequence[int], day: date | None) -> Meeting:
    """Whom an article of this ``day`` meets. ``bands`` are the keys of its wording, in order.

    Two that are dated meet by one key if they are no more than thirty days apart, and never if they are more than
    sixty: a stock phrase is not sought through all the years. But what is printed again next year, nearly as it was, is
    found. One without a date may meet any other.
    """
    few = bands[:_FEW]
    if day is None:
        return Meeting(_of("undated", bands), _of("undated", bands) + _of("dated", bands), [])
    period = day.toordinal() // _PERIOD
    near = [key for number in (period - 1, period, period + 1) for key in _of(str(number), bands)]
    return Meeting(_of(str(period), bands) + _of("dated", few), near + _of("undated", few), _of("dated", few))


def may_copy(a: str, b: str, keys: int) -> bool:
    """False of two texts that meet under one key only, are both long and of about one length: such a key is a phrase
    that an outlet prints from day to day. Of two of which one copies a third of the other, some twelve are in common;
    fewer of a short one, or of a report that is printed within a longer."""
    short, long = sorted((len(a), len(b)))
    return keys > 1 or short < _SHORT or long > 2 * short


def may_be_same(a: str, b: str, keys: int) -> bool:
    """False of two texts that share too few keys for the shorter one to stand in the other nearly as it is."""
    short, long = sorted((len(a), len(b)))
    return keys * long >= MOSTLY * short


def is_echo(a: str, b: str, copy: Copy, event: bool) -> bool:
    """True where ``a`` and ``b``, which share so much and tell of one ``event`` or not, are an echo of each other.

    What tells of another event is an echo only if nearly all of it is there, as it is printed again; and a form that is
    filled in for event after event (``alignment.filled_in``) is none.
    """
    if not event and max(copy.share_a, copy.share_b) < WHOLE:
        return False
    return filled_in(a, b) < (_FORM if event else _PRINTED)


def _of(time: str, bands: Iterable[int]) -> list[int]:
    mark = hashed(time)
    return [key ^ mark for key in bands]


_Shares = Mapping[str, Mapping[str, float]]  # article -> each other that it shares words with -> which share of its own


def echoes(reports: Iterable[Report], copies: Mapping[tuple[str, str], float]) -> tuple[EchoRow, ...]:
    """Those of ``reports`` that copy others, by their ids, each with the one where its words start: with the outlet
    that is the agency which another credits, else with the earliest, else with the least id.

    ``copies`` has, under the ids of two that ``alignment.copied`` finds, the share of the first one's words that the
    second has; each two are there both ways. An echo has its words from the earlier article with which it shares most,
    and names where that one's words start, if it has words from there; else that one itself, so it may name an echo: no
    chain ties together what shares nothing. But where both credit the same agency, all have the words from there. Its
    share is what it has in common with the nearest.
    """
    shares: dict[str, dict[str, float]] = {}
    for (article, other), share in copies.items():
        shares.setdefault(article, {})[other] = share
    parts = _connected([report for report in reports if report.id in shares], shares)
    found = (row for part in parts for row in _rows(part, shares))
    return tuple(sorted(found, key=lambda row: row.article))


def _rows(reports: list[Report], shares: _Shares) -> Iterator[EchoRow]:
    """A row for each of ``reports`` that shares words with a likelier origin."""
    before: dict[str, Report] = {}
    starts: dict[str, Report] = {}  # article -> where its words start: itself, if it is an origin
    for report in _ranked(reports, shares):
        near = {other: share for other, share in shares[report.id].items() if other in before}
        before[report.id] = starts[report.id] = report
        if not near:
            continue
        nearest = before[min(near, key=lambda other: (-near[other], other))]
        start = starts[nearest.id]
        named = start if start.id in near or _same_wire(report, nearest) else nearest
        starts[report.id] = named
        yield EchoRow(report.id, named.id, near[nearest.id], _credited(report, nearest, named))


def _same_wire(a: Report, b: Report) -> bool:
    return a.wire is not None and a.wire == b.wire != AGENCIES


def _credited(report: Report, *sources: Report) -> str | None:
    """The agency that ``report`` credits, or that articles credit whose words it has; a named one before others."""
    credited = (report.wire, *(source.wire for source in sources))
    wires = [wire for wire in credited if wire and not speaks_for(wire, report.outlet)]
    return next((wire for wire in wires if wire != AGENCIES), wires[0] if wires else None)


def _ranked(reports: list[Report], shares: _Shares) -> Iterator[Report]:
    """``reports`` from the likeliest origin on; of those of one time, first what shares most with an earlier one."""
    wires = {report.wire for report in reports if report.wire}
    agencies = {outlet for outlet in {r.outlet for r in reports} if any(speaks_for(wire, outlet) for wire in wires)}

    def rank(report: Report) -> tuple[bool, tuple[bool, datetime]]:
        return report.outlet not in agencies, _when(report.published)

    before: set[str] = set()
    for _, of_one_time in groupby(sorted(reports, key=rank), rank):
        found = list(of_one_time)
        most = {r.id: max((share for o, share in shares[r.id].items() if o in before), default=0.0) for r in found}
        yield from sorted(found, key=lambda r: (-most[r.id], r.id))
        before |= most.keys()


def _when(published: str | None) -> tuple[bool, datetime]:
    """A time by which articles are put in order: a day is its last minute, in UTC, as agencies give the hour and those
    that print them the day; what has none comes last."""
    try:
        at = datetime.fromisoformat(published or "")
    except ValueError:
        return True, datetime.min.replace(tzinfo=UTC)
    if len(published or "") == len("2031-05-06"):
        at = at.replace(hour=23, minute=59)  # and before what only stands under the day of another
    return False, at if at.tzinfo else at.replace(tzinfo=UTC)


def _connected(reports: list[Report], shares: _Shares) -> Iterator[list[Report]]:
    """``reports`` in parts that share no words with one another."""
    left = {report.id: report for report in reports}
    while left:
        todo, part = [next(iter(left))], []
        while todo:
            if report := left.pop(todo.pop(), None):
                part.append(report)
                todo += shares[report.id]
        yield part
