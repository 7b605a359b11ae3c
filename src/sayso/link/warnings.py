"""Warnings: claims that harm will be done, when and where it would be, and the later claims that fit.

What followed is what was claimed, by whoever claims it. That the warned deed was claimed later does not say that the
warning was right, nor that it was meant; that nothing was claimed does not say that it was wrong. See
docs/decisions/0014-warnings-and-findings.md.
"""

from __future__ import annotations

import calendar
import math
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping
from datetime import MAXYEAR, MINYEAR, date, timedelta
from itertools import accumulate
from typing import Literal

from sayso.link.days import day_of
from sayso.link.places import distance
from sayso.link.predictions import (
    READ,
    Prediction,
    happened,
    main_words,
    methods_in,
    name_words,
    prediction,
)
from sayso.link.terms import FORCE
from sayso.text import unmangled
from sayso.types import ClaimRow, LinkRow, Reading, WarningRow

DAYS = 14
"""How long a warning is open that gives no time of its own."""
SOON_DAYS = 7
"""How long it is where it says "soon", "imminent", "about to"."""
LONGEST_DAYS = 92
"""No warning is open for longer, whatever it says: "in the coming months" is a season."""
NEAR_KM = 25.0
"""Events no further than this from the warned place are at that place."""

_LAG_DAYS = 7  # what is dated longer before publication was foreseen in another report's time
_CELL = 0.5  # degrees; the four cells nearest to a point hold all that is within a quarter of a degree
_QUOTED = 16  # words of a claim that show what it tells

# Spans of time that a warning gives.
_WITHIN = re.compile(
    r"\b(?:in|within|over|during)\s(?:the\s)?(?:(?:next|coming|following)\s)?"
    r"(?P<number>\d{1,3}|an?|one|two|three|four|five|six|seven|ten|few|several|coming|next)\s"
    r"(?P<unit>hour|day|week|month)s?\b",
    re.IGNORECASE,
)
_NEXT = re.compile(r"\bnext\s(?P<unit>week|month)\b", re.IGNORECASE)
_SOON = re.compile(
    r"\b(?:imminent(?:ly)?|impending|about\sto|any\s(?:time|moment|day)|soon|tonight|tomorrow)\b", re.IGNORECASE
)
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}
_SEVERAL = {"hour": 24, "day": SOON_DAYS, "week": 4, "month": 3}  # "in the coming days" is a week
_UNIT_DAYS = {"hour": 1 / 24, "day": 1, "week": 7, "month": 31}
_NEXT_DAYS = {"week": 14, "month": 62}

_BY_FORCE = frozenset({"ground", "killing"})  # what of COERCE is harm: towns seized, people abducted
_SAYS = frozenset({"asserts", "accuses", "suspects"})
# Before a name that is in no gazetteer these show that it is a place: "near the village of X".
_AT = re.compile(r"\b(?:in|at|near|around|outside|inside) (?:the )?(?:[a-z]{1,12} of )?(?:the )?$")


def window(claim: ClaimRow) -> tuple[date, date] | None:
    """From when to when the harm would come that ``claim`` says will be done, both days included; None for what is no
    warning, for what has no day of publication, and for what was foreseen long before that.

    It opens on the day of publication. It closes as the words say ("within 48 hours", "in the coming weeks", a day or
    month ahead), after ``DAYS`` days where they say nothing, and never after more than ``LONGEST_DAYS``.
    """
    published = _day(claim.published)
    if published is None or prediction(claim) is None:
        return None
    dated = _days(claim.date) if claim.date else None
    if dated and dated[1] < published - timedelta(_LAG_DAYS):
        return None
    if dated and dated[1] > published and dated[0] <= published + timedelta(LONGEST_DAYS):
        until = dated[1]
    else:
        until = published + timedelta(_open_days(claim.text[:READ]))
    return published, min(until, published + timedelta(LONGEST_DAYS))


def _open_days(text: str) -> int:
    """How many days the words give."""
    if found := _WITHIN.search(text):
        unit, number = found["unit"].lower(), found["number"].lower()
        count = int(number) if number.isdigit() else _NUMBERS.get(number, _SEVERAL[unit])
        return max(1, math.ceil(count * _UNIT_DAYS[unit]))
    if found := _NEXT.search(text):
        return _NEXT_DAYS[found["unit"].lower()]
    return SOON_DAYS if _SOON.search(text) else DAYS


def warnings(claims: Iterable[ClaimRow], wide: Collection[str] = ()) -> tuple[ClaimRow, ...]:
    """Those of one article's ``claims`` that warn of harm at a place, in text order.

    ``wide`` are names of places that are too wide to look for what followed there (see ``wide_places``). Of warnings
    within one another only the outermost is kept, as the fullest. One within a claim that does not warn is none: "A
    denies [that it plans [to attack B]]". One that was given before harm of which the same article tells, at that
    place, is told again, and is no new one.
    """
    held = list(claims)
    harm = _Harm(c for c in held if _tells_of_harm(c))
    ahead = {c.id for c in held if window(c) is not None}
    told = _Spans(c for c in held if ahead and c.id not in ahead)
    kept: list[ClaimRow] = []
    end = -1
    rows = (c for c in held if c.id in ahead)
    for claim in sorted(rows, key=lambda c: (c.spans[0].start, -c.spans[-1].end, len(c.chain), c.id)):
        inner = claim.spans[-1].end <= end or told.hold(claim)
        if not inner and _is_placed(claim, wide) and not harm.followed(claim):
            kept.append(claim)
            end = claim.spans[-1].end
    return tuple(kept)


class _Harm:
    """The harm of which an article tells, by its place: of each place the last day."""

    def __init__(self, claims: Iterable[ClaimRow]) -> None:
        self._last: dict[str, dict[tuple[object, ...], tuple[date, ClaimRow]]] = {}
        for claim in claims:
            day = _event_day(claim)
            for cell in {*_cells(claim, around=False), folded(claim.place or "")} if day else ():
                known = self._last.setdefault(cell, {})
                place = claim.lat, claim.lon, folded(claim.place or "")
                if day and (place not in known or known[place][0] < day):
                    known[place] = day, claim

    def followed(self, warning: ClaimRow) -> bool:
        """True of a warning of an earlier day after which there was harm at its place."""
        given, published = _days(warning.date) if warning.date else None, _day(warning.published)
        if given is None or published is None or given[1] >= published:
            return False
        cells = {*_cells(warning, around=True), folded(warning.place or "")}
        near = (known for cell in cells for known in self._last.get(cell, {}).values())
        return any(day > given[1] and is_near(warning, claim) for day, claim in near)


class _Spans:
    """The pieces of claims, for the question whether one of them holds another claim wholly."""

    def __init__(self, claims: Iterable[ClaimRow]) -> None:
        spans = sorted(span for claim in claims for span in claim.spans)
        self._starts = [span.start for span in spans]
        self._ends = list(accumulate((span.end for span in spans), max))

    def hold(self, claim: ClaimRow) -> bool:
        before = bisect_right(self._starts, claim.spans[0].start)
        return before > 0 and self._ends[before - 1] >= claim.spans[-1].end


def wide_places(reading: Reading) -> frozenset[str]:
    """Names of the places in ``reading`` that are countries: an attack somewhere in one fulfils no warning."""
    return frozenset(p.name for p in reading.places if p.precision == "country")


def blocks(claim: ClaimRow, wide: Collection[str] = ()) -> tuple[str, ...]:
    """The keys under which a claim is filed and looked up: a warning shares one with each claim that may fulfil it, in
    whichever order the two arrive.

    A key is a place and a week. A place with coordinates is the four cells of half a degree around it for a warning,
    and its own cell for any other claim; a place without is its name. A warning has all weeks of its window, at most 60
    keys; a claim of harm that happened has one; other claims, and those at ``wide`` places, have none.
    """
    if not _is_placed(claim, wide):
        return ()
    if span := window(claim):
        return blocks_near(claim, *span)
    day = _event_day(claim) if _tells_of_harm(claim) else None
    return tuple(f"{cell}@{_week(day)}" for cell in _cells(claim, around=False)) if day else ()


def blocks_near(claim: ClaimRow, since: date, until: date) -> tuple[str, ...]:
    """The keys that claims of harm have near the place of ``claim`` in the weeks of these days, both included."""
    weeks = range(_week(since), _week(until) + 1)
    return tuple(f"{cell}@{week}" for cell in _cells(claim, around=True) for week in weeks)


def followed(warning: ClaimRow, later: Iterable[ClaimRow], names: Mapping[str, str]) -> tuple[LinkRow, ...]:
    """The claims among ``later`` that fit ``warning``, each as a link "fulfils" from the claim to the warning, in the
    order of their ids; of one article the claim that fits best.

    A claim fits that says of harm at the warned place that it happened after the warning was published and before its
    window closed. Where the warning says how harm would be done, so must the claim, in the same way; where it does not,
    the claim must date the event. A date, the same way, and the name of the warned doer add a fifth each to ``score``,
    from 0.6 to 1; ``why`` quotes the words of both. Who the claim says did it is not compared: that may be what is
    disputed.
    ``names`` gives the canonical name of a party.
    """
    foreseen, span = prediction(warning), window(warning)
    if foreseen is None or span is None:
        return ()
    doers = {name_words(foreseen.doer), name_words(names.get(foreseen.doer, ""))} - {frozenset()}
    best: dict[str, LinkRow] = {}
    for claim in sorted(later, key=lambda c: c.id):
        if claim.article == warning.article or not _tells_of_harm(claim) or not is_near(warning, claim):
            continue
        signs = _signs(claim, foreseen, span, doers)
        score = (2 + signs) / 5
        if signs and (claim.article not in best or score > best[claim.article].score):
            why = f"“{foreseen.words}” … “{_shortened(claim.text)}”"
            best[claim.article] = LinkRow(claim.id, warning.id, "fulfils", why, score)
    return tuple(sorted(best.values(), key=lambda link: link.from_))


def _signs(claim: ClaimRow, foreseen: Prediction, span: tuple[date, date], doers: Collection[frozenset[str]]) -> int:
    """How many of three signs there are that ``claim`` tells of what was foreseen; 0 where it is of another time or
    kind."""
    day = _event_day(claim)
    dated = claim.date is not None and len(claim.date) == 10
    # Reports lag: what one tells a day later without a date may well have been before the warning.
    if day is None or not span[0] + timedelta(0 if dated else 1) < day <= span[1]:
        return 0
    words = main_words(claim.text)
    ways = methods_in(words)
    same_way = bool(foreseen.methods & ways)
    if (foreseen.methods and not same_way) or not (dated or same_way):
        return 0
    if claim.event_type == "COERCE" and not ways & _BY_FORCE:
        return 0
    return dated + same_way + any(doer <= set(words) for doer in doers)


def outcome(
    warning: ClaimRow, links: Iterable[LinkRow], claims: Iterable[ClaimRow], last: date, names: Mapping[str, str]
) -> WarningRow:
    """What came of ``warning``: ``links`` are those that ``followed`` gave, ``claims`` hold the claims that they come
    from, ``last`` is the newest day of publication in the ledger.

    Claims of articles whose words start in one article count once, and the others are its copies. It is "followed"
    where a claim fits, "expired" where the window closed before ``last`` and none does, else "open".
    ValueError for a claim that is no warning.
    """
    foreseen, span = prediction(warning), window(warning)
    if foreseen is None or span is None:
        raise ValueError(f"claim {warning.id} is no warning")
    fitting = {link.from_ for link in links if link.to == warning.id and link.relation == "fulfils"}
    fit = sorted((c for c in claims if c.id in fitting), key=lambda c: (c.published or "", c.id))
    counts: dict[str, str] = {}  # by where their words start, the claim that counts: the origin's, else the first
    for claim in sorted(fit, key=lambda c: c.origin is not None):
        counts.setdefault(claim.origin or claim.article, claim.id)
    sides: dict[str, list[str]] = {"warner": [], "accused": [], "others": []}
    counted = set(counts.values())
    for claim in (c for c in fit if c.id in counted):
        sides[_side(claim.claimant, _warner(warning), foreseen.doer, names)].append(claim.id)
    state: Literal["open", "expired"] = "expired" if span[1] < last else "open"
    return WarningRow(
        claim=warning.id,
        claimant=_warner(warning),
        text=warning.text,
        place=warning.place,
        since=span[0].isoformat(),
        until=span[1].isoformat(),
        state="followed" if fitting else state,
        by_warner=tuple(sides["warner"]),
        by_accused=tuple(sides["accused"]),
        by_others=tuple(sides["others"]),
        copies=tuple(c.id for c in fit if c.id not in counted),
    )


def _warner(claim: ClaimRow) -> str | None:
    """Whose warning it is: of "A says that B plans an attack", A's."""
    return claim.chain[-2] if claim.stance == "plans" and len(claim.chain) > 2 else claim.claimant


def _side(claimant: str | None, warner: str | None, doer: str, names: Mapping[str, str]) -> str:
    """Whether ``claimant`` is the "warner", the "accused" (``doer``, or a fuller or shorter name of it), or among the
    "others"."""
    if claimant is None:
        return "others"
    name = names.get(claimant, claimant)
    if warner is not None and folded(name) == folded(names.get(warner, warner)):
        return "warner"
    one, other = name_words(name), name_words(names.get(doer, doer))
    return "accused" if one and other and (one <= other or other <= one) else "others"


def _tells_of_harm(claim: ClaimRow) -> bool:
    """True of a claim that says of an act of harm that it happened."""
    return claim.event_type in FORCE and happened(claim) and claim.stance in _SAYS and prediction(claim) is None


def _is_placed(claim: ClaimRow, wide: Collection[str]) -> bool:
    """True of a claim at a place that is not too wide: known, or one that it says itself that it is about."""
    if not claim.place or claim.place in wide:
        return False
    if claim.lat is not None and claim.lon is not None:
        return True
    return any(_AT.search(before[-40:]) for before in claim.text[:READ].split(claim.place)[:-1])


def is_near(one: ClaimRow, other: ClaimRow) -> bool:
    """True where two claims are about one place: within ``NEAR_KM``, or by name where one is not known."""
    apart = distance(one, other)
    if apart is not None:
        return apart <= NEAR_KM
    return one.place is not None and other.place is not None and folded(one.place) == folded(other.place)


def _cells(claim: ClaimRow, *, around: bool) -> tuple[str, ...]:
    """The cell that holds the claim's place, or with ``around`` the four that hold all places near it."""
    if claim.lat is None or claim.lon is None:
        return (folded(claim.place or ""),)
    shifts = (-_CELL / 2, _CELL / 2) if around else (0.0,)
    across = round(360 / _CELL)
    rows = sorted({math.floor((claim.lat + shift) / _CELL) for shift in shifts})
    columns = sorted({math.floor((claim.lon + shift) / _CELL) % across for shift in shifts})
    return tuple(f"{row},{column}" for row in rows for column in columns)


def folded(name: str) -> str:
    """``name`` as names are compared: case, spacing and a leading "the" do not count."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split()).removeprefix("the ")


def _shortened(text: str) -> str:
    words = unmangled(text[:READ]).split()
    return " ".join(words[:_QUOTED]) + (" …" if len(words) > _QUOTED else "")


def _week(day: date) -> int:
    return day.toordinal() // 7


def _event_day(claim: ClaimRow) -> date | None:
    """The day of the event: as the claim dates it, else that of publication; None where the two cannot both be."""
    published = _day(claim.published)
    days = _days(claim.date) if claim.date else None
    if published is None or days is None:
        return published
    if days[0] == days[1]:
        return days[0] if days[0] <= published else None
    return published if days[0] <= published <= days[1] + timedelta(_LAG_DAYS) else None


def _day(value: str | None) -> date | None:
    """The day of an ISO date or time; None in the first and last year that there are, where no span fits around it."""
    day = day_of(value)
    return day if day and MINYEAR < day.year < MAXYEAR else None


def _days(value: str) -> tuple[date, date] | None:
    """The first and last day of YYYY-MM-DD, YYYY-MM or YYYY; None for what is none of them."""
    first = _day(value + "-01-01"[len(value) - 4 :])
    if first is None:
        return None
    if len(value) == 10:
        return first, first
    month = first.month if len(value) == 7 else 12
    return first, date(first.year, month, calendar.monthrange(first.year, month)[1])
