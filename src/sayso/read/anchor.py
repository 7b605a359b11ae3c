"""Words that somebody else quotes from a text, found in it again: exactly, or with other white space, quotation marks
or dashes. Nothing that merely looks alike is ever taken for what was quoted."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property

from sayso.text import mangled_marks

Offsets = tuple[int, int]

MOST = 200  # places of one quotation that are looked at; what stands there more often says nothing
NEXT = 8  # of these, the ones that are looked at on each side of what they belong to
_SPACES, _DASHES, _QUOTES = r"\s+", "[-‐‑‒–—―−]+", "[\"'“”„‟«»‹›‘’‚‛`´]"
_FOLDED = re.compile(f"(?P<space>{_SPACES})|(?P<dash>{_DASHES})|{_QUOTES}")


class Anchors:
    """Where quotations stand in one stretch of a text, as offsets into the whole text."""

    def __init__(self, text: str, start: int = 0, end: int | None = None) -> None:
        self._text = text
        self._start = start
        self._end = len(text) if end is None else end
        self._found: dict[str, list[Offsets]] = {}

    def of(self, quoted: str) -> list[Offsets]:
        """All places of ``quoted``, in order: those with the very same characters, and only if there are none, those
        that differ in white space, quotation marks and dashes. Words are whole: "he" is not found in "the"."""
        quoted = quoted.strip()
        if not quoted or len(quoted) > 2 * (self._end - self._start):
            return []
        if quoted not in self._found:
            self._found[quoted] = self._exact(quoted) or self._alike(quoted)
        return self._found[quoted]

    def _exact(self, quoted: str) -> list[Offsets]:
        places = _occurrences(self._text, quoted, self._start, self._end)
        return self._whole((at, at + len(quoted)) for at in places)

    def _alike(self, quoted: str) -> list[Offsets]:
        folded, starts, ends = self._folded
        wanted = fold(quoted)[0]
        places = _occurrences(folded, wanted, 0, len(folded))
        return self._whole((self._start + starts[at], self._start + ends[at + len(wanted) - 1]) for at in places)

    @cached_property
    def _folded(self) -> tuple[str, array[int], array[int]]:
        return fold(self._text[self._start : self._end])

    def _whole(self, places: Iterable[Offsets]) -> list[Offsets]:
        """The places that neither begin nor end within a word."""
        return [place for place in places if not any(_within_word(self._text, at) for at in place)]


def nearest(places: Sequence[Offsets], others: Sequence[Offsets]) -> Offsets:
    """Of ``places``, in text order and not empty, the one nearest to ``others``; one that overlaps them comes last, for
    a source is not found in what it says. Of two that are as near, the first; without others, the first of all."""
    around: set[int] = set()
    for start, end in others:
        before, behind = bisect_left(places, (start,)), bisect_left(places, (end,))
        around |= {min(max(n, 0), len(places) - 1) for n in (before - 2, before - 1, before, behind)}
    return places[min(around, key=lambda n: (distance(places[n], others), n))] if around else places[0]


def around(places: Sequence[Offsets], others: Sequence[Offsets]) -> list[Offsets]:
    """Of ``places``, in text order, those next to where any of ``others`` starts or ends, some on each side."""
    near: set[int] = set()
    for at in {end for other in others for end in other}:
        first = bisect_left(places, (at,))
        near.update(range(max(first - NEXT, 0), min(first + NEXT, len(places))))
    return [places[n] for n in sorted(near)]


def distance(place: Offsets, others: Sequence[Offsets]) -> int:
    """Characters between ``place`` and the nearest of ``others``; very far where it overlaps one of them."""
    gaps = [max(place[0] - end, start - place[1]) for start, end in others]
    return 1 << 40 if any(gap < 0 for gap in gaps) else min(gaps, default=0)


def fold(text: str) -> tuple[str, array[int], array[int]]:
    """``text`` with one space for white space, one dash for dashes and one mark for each quotation mark, also for one
    that was decoded wrongly; and where in ``text`` each of its characters starts and ends."""
    parts: list[str] = []
    starts, ends = array("l"), array("l")
    at = 0
    for start, end, mark in _marks(text):
        if start < at:  # within what was folded already
            continue
        parts += [text[at:start], mark]
        starts.extend([*range(at, start), start])
        ends.extend([*range(at + 1, start + 1), end])
        at = end
    parts.append(text[at:])
    starts.extend(range(at, len(text)))
    ends.extend(range(at + 1, len(text) + 1))
    return "".join(parts), starts, ends


def _marks(text: str) -> list[tuple[int, int, str]]:
    found = [(start, end, "-" if mark in "–©" else '"') for start, end, mark in mangled_marks(text)]
    for match in _FOLDED.finditer(text):
        found.append((*match.span(), " " if match["space"] else "-" if match["dash"] else '"'))
    return sorted(found, key=lambda mark: (mark[0], -mark[1]))


def _occurrences(text: str, wanted: str, start: int, end: int) -> list[int]:
    found: list[int] = []
    at = text.find(wanted, start, end)
    while at >= 0 and len(found) < MOST:
        found.append(at)
        at = text.find(wanted, at + 1, end)
    return found


def _within_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()
