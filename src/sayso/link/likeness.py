"""How surely two episodes tell of one event: by place, day, way, figures, words, actors and meaning.

A logistic model with few, rounded weights; docs/decisions/0012-stories.md says how they were found. It knows the two
episodes only, and no name of a party counts for more than another.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sayso.link.days import day_of
from sayso.link.places import distance, is_large_city
from sayso.link.terms import RARE, content_words, is_name, name_key, term, ways
from sayso.types import Episode

LIKE = 0.1
"""Pairs below are no reason to look at two episodes together."""

_BIAS = -8.3
_NAMES = 1.6  # for each factor e of the names that both have
_WORDS = 1.0  # for each unit of the cosine between the other words of the two
_NEAR = 1.2  # for one and the same place, half of it at _HALF km
_DAY = -1.0  # for each day between them
_VILLAGE, _NEXT_DAY = 2.5, 2.0  # for a small place that both name, on one day and on the next
_IN_CITY = 0.5  # of that for a quarter of a large city, in which there may be two in two days
_THEN_AND_THERE = 1.5  # for one town and one day, unless so many live there that it has several such events on a day
_WAY = 1.0  # for ways in common, as a share of all
_RARE, _RARE_IN_ONE = 2.5, -1.5  # more where both tell of what is rare, less where one does
_RARE_HERE = 2.5  # more still where both place it in one town, however little else the reactions to it have in common
_RARE_NEAR = 1.5  # and where both give one day, and no two places apart: a reaction may name but the country
_SAME = 0.8  # for each toll in common, the two most telling
_LEAD = 1.2  # more where it is the first that both give
_DIFFER = -0.8  # for each factor e between the tolls
_MEANING = 6.2  # for each unit of the cosine between what is claimed
_ACTORS = 1.0  # for each unit of the cosine between the words for who acts and who is hit

_HALF = 25.0  # km
_CLOSE = 30.0  # km
_APART = 150.0  # km between what two are said to be about, beyond which a village of one name is another
_FAR = 500.0  # km; what lies nearer may be two sides of one border, or a town and its region
_IN_COUNTRY = 0.3  # where no more is known than that both are in one
_MOST_DAYS = 6  # more of them say no more
_TOLD_OF = 3  # days count where both tell of what is rare: it is told of for weeks
_UNDATED = 1  # day, where one has no date
_UNSAID = 0.8  # cosine where nobody is quoted; and the least of two within a day: one event is told in many words
_TOLLS = 3  # of those killed; further ones are mostly of something else
_MOST_DIFFER = 2.0
_KEPT = 1 << 14  # episodes whose traits are kept, of some kilobytes each

_VAGUE = frozenset({24, 40, 200})  # as "dozens", "scores" and "hundreds" are read

_Toll = tuple[int, bool]
"""How many were killed, and False where it is "at least" so many."""


def likeness(a: Episode, b: Episode) -> float:
    """From 0 to 1, the same whichever is first: how surely ``a`` and ``b`` tell of one event."""
    p, q = _traits(a), _traits(b)
    rare = bool(RARE & p.ways & q.ways)
    apart = min(_TOLD_OF if rare else _MOST_DAYS, _days(p, q)) if p.day and q.day else _UNDATED
    score = _BIAS
    score += _NAMES * math.log1p(len(p.names & q.names))
    score += _WORDS * _overlap(p.words, q.words)
    village = _one_village(a, b)
    score += _NEAR * max(village, _nearness(a, b))
    score += _DAY * apart
    score += _way(p.ways, q.ways)
    score += _figures(p.tolls, q.tolls)
    alike = float(p.meaning @ q.meaning) if p.meaning is not None and q.meaning is not None else _UNSAID
    in_city = is_large_city(a) or is_large_city(b)
    if apart <= 1 and _may_be_now(a, b):
        score += (_NEXT_DAY if apart else _VILLAGE) * min(1.0, 2 * village) * (_IN_CITY if in_city else 1.0)
        if not (p.ways and q.ways and p.ways.isdisjoint(q.ways)):
            alike = max(_UNSAID, alike)
    score += _MEANING * alike
    if _in_one_town(a, b):
        then = a.date is not None and a.date == b.date
        score += _RARE_HERE * rare + _THEN_AND_THERE * (then and not in_city and not village)
    elif rare and p.day and q.day and abs(p.day - q.day) <= 1 and _may_be_one(a, b):
        score += _RARE_NEAR
    score += _ACTORS * _overlap(p.actors, q.actors)
    return 1 / (1 + math.exp(-score))


@dataclass(frozen=True, slots=True)
class _Traits:
    """What comparing an episode takes, worked out once. ``tolls`` are in text order."""

    day: int | None
    dated: bool
    names: frozenset[str]
    words: frozenset[str]
    actors: frozenset[str]
    ways: frozenset[str]
    tolls: tuple[_Toll, ...]
    meaning: NDArray[np.float32] | None


@lru_cache(maxsize=_KEPT)
def _traits(episode: Episode) -> _Traits:
    tolls = [(f.min or f.max, f.max is not None) for f in episode.figures if f.kind == "killed"]
    names = {word for word in episode.words if is_name(word)}
    return _Traits(
        day=date.fromisoformat(episode.date).toordinal() if episode.date else None,
        dated=episode.dated,
        names=frozenset(map(term, names)),
        words=frozenset(term(word) for word in episode.words if word not in names),
        actors=frozenset(term(word) for name in episode.actors for word in content_words(name.split())),
        ways=ways(episode.words),
        tolls=tuple((n, exact) for n, exact in tolls if n),
        meaning=np.frombuffer(episode.embedding, np.float16).astype(np.float32) if episode.embedding else None,
    )


def _days(p: _Traits, q: _Traits) -> int:
    """The days between two; none where one gives but the day on which it was told, and the other the one before."""
    days = (p.day or 0) - (q.day or 0)
    told_late = (days == 1 and q.dated and not p.dated) or (days == -1 and p.dated and not q.dated)
    return 0 if told_late else abs(days)


def _overlap(a: Collection[str], b: Collection[str]) -> float:
    """The cosine between two sets of words; 0 where one is empty."""
    return len(set(a) & set(b)) / math.sqrt(len(a) * len(b)) if a and b else 0.0


def _nearness(a: Episode, b: Episode) -> float:
    """1 for one place, less with each kilometre between two; 0 where that cannot be known."""
    if "country" in (a.precision, b.precision) or not a.place or not b.place:
        return _IN_COUNTRY if a.country == b.country else 0.0
    if name_key(a.place) == name_key(b.place):
        return 1.0
    km = distance(a, b)
    return 0.0 if km is None else 1 / (1 + km / _HALF)


def _one_village(a: Episode, b: Episode) -> float:
    """The cosine between the villages that two episodes name; 0 where these are in two countries or far apart."""
    if (a.country and b.country and a.country != b.country) or (distance(a, b) or 0.0) > _APART:
        return 0.0
    return _overlap(a.villages, b.villages)


def _may_be_now(a: Episode, b: Episode) -> bool:
    """False of what is not dated, if the two reports were published more than a few days apart."""
    if a.date and b.date:
        return True
    one, other = day_of(a.published), day_of(b.published)
    return one is None or other is None or abs((one - other).days) <= _MOST_DAYS


def _may_be_one(a: Episode, b: Episode) -> bool:
    """True of two places in one country that are near each other, or of which one is the country itself."""
    km = 0.0 if "country" in (a.precision, b.precision) else distance(a, b)
    return a.country == b.country and km is not None and km <= _CLOSE


def is_elsewhere(a: Episode, b: Episode) -> bool:
    """True of two towns, or places in them, so far apart that nobody takes one for the other. It is no part of the
    likeness, since a town that two outlets spell in two ways may be found in two countries."""
    located = {a.precision, b.precision} <= {"town", "site"} and name_key(a.place or "") != name_key(b.place or "")
    return located and (distance(a, b) or 0.0) > _FAR


def _in_one_town(a: Episode, b: Episode) -> bool:
    named = a.precision == b.precision == "town" and name_key(a.place or "") == name_key(b.place or "")
    return named and a.country == b.country


def _way(a: frozenset[str], b: frozenset[str]) -> float:
    """For how both came about; half where neither says."""
    score = _WAY * (len(a & b) / len(a | b) if a or b else 0.5)
    if RARE & (a | b):
        score += _RARE if RARE & a & b else _RARE_IN_ONE
    return score


def _figures(a: tuple[_Toll, ...], b: tuple[_Toll, ...]) -> float:
    """For tolls that both give; against, where all of them differ. Tolls grow, so that a factor of two says little."""
    if not a or not b:
        return 0.0
    told = sorted((_telling(n) for n in {n for n, _ in a} & {n for n, _ in b}), reverse=True)
    lead = _telling(a[0][0]) if a[0][0] == b[0][0] else 0.0
    differ = min((_apart(x, y) for x in a[:_TOLLS] for y in b[:_TOLLS]), default=0.0)
    return _SAME * sum(told[:2]) + _LEAD * lead + _DIFFER * min(_MOST_DIFFER, differ)


def _apart(a: _Toll, b: _Toll) -> float:
    """The logarithm of the factor between two tolls; half of it where the lower is "at least" so many, and none where
    one is but "dozens"."""
    (low, exact), (high, _) = sorted((a, b))
    if any(n in _VAGUE and not known for n, known in (a, b)):
        return 0.0
    return (math.log(high) - math.log(low)) * (1.0 if exact else 0.5)  # their quotient may be no float


def _telling(toll: int) -> float:
    """What a figure in common says: nothing where it is 1 or 2, little where it is small or round ("more than 100")."""
    if toll <= 2:
        return 0.0
    return 0.5 if toll <= 5 or toll % 10 == 0 or toll % 50 == 1 else 1.0
