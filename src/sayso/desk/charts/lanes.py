"""When who says what: a lane for each claimant, days to the right, a dot for the claims of a day, the more the larger.

Denials are crossed out rings, what only repeats an earlier claim is a faint ring. Warnings come first, findings last.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

from sayso.desk.charts.drawing import Canvas, Drawing, cut, linked, tag, width_of
from sayso.desk.charts.keys import Keys
from sayso.desk.charts.scales import days_between, short_day

_ROW = 24  # pixels from lane to lane
_HEAD = 26
_NAMES = 230  # pixels for the names of lanes; a third of a narrow picture
_DAY = 46  # pixels for a day, at least
_PASSED = 34  # pixels for days that are left out
_DOT, _LARGEST = 3.6, 10.0  # pixels: half the width of a dot for one claim, and of the largest

Part = Literal["warns", "claims", "finds"]


@dataclass(frozen=True, slots=True)
class Cell:
    """What a lane has on one day: how many claims it makes, how many denials, and how many that only repeat."""

    day: str | None
    claims: int = 0
    denials: int = 0
    echoes: int = 0


@dataclass(frozen=True, slots=True)
class Lane:
    """One claimant's days (``name`` None: nobody that is named; ``words`` is what is written); ``href`` leads to its
    claims."""

    name: str | None
    words: str
    cells: tuple[Cell, ...]
    href: str = ""
    part: Part = "claims"


def lanes(rows: Sequence[Lane], keys: Keys, *, width: int) -> Drawing | None:
    """The lanes one below the other, in a picture at least ``width`` pixels wide; None where there is nothing."""
    days = sorted({cell.day for row in rows for cell in row.cells}, key=lambda day: (day is None, day or ""))
    if not days:
        return None
    names = min(_NAMES, width // 3)
    canvas = Canvas("lanes", "Claims by day and claimant")
    places, passed, end = _places(days, names, width)
    height = _HEAD + _ROW * len(rows)
    for day, before in zip(days, (None, *days), strict=False):
        canvas.text(places[day], 14, short_day(day, before), anchor="middle")
    for x, gone in passed:
        canvas.add(tag("line", x1=x, x2=x, y1=_HEAD - 6, y2=height, class_="break"))
        canvas.text(x, 14, f"{gone:,} d", "quiet", anchor="middle")
    for number, row in enumerate(rows):
        y = _HEAD + _ROW * (number + 0.5)
        canvas.add(tag("line", x1=names + 6, x2=end, y1=y, y2=y, class_="grid"))
        if row.part == "claims":
            canvas.add(keys.shape(row.name, 8, y))
        else:
            canvas.text(8, y + 4, "!" if row.part == "warns" else "§", f"part {row.part}", anchor="middle")
        canvas.text(20, y + 4, cut(row.words, names - 30), "name", href=row.href)
        for cell in row.cells:
            _dots(canvas, row, cell, keys, places[cell.day], y)
    return canvas.done(end, height)


def _places(
    days: Sequence[str | None], names: float, width: float
) -> tuple[dict[str | None, float], list[tuple[float, int]], float]:
    """Where each day is, where how many days are left out, and how far to the right it all goes."""
    gone = [max(0, days_between(before, day) - 1) for before, day in zip((None, *days), days, strict=False)]
    wide = [max(_DAY, width_of(short_day(day, before)) + 12) for before, day in zip((None, *days), days, strict=False)]
    spare = max(0.0, width - names - sum(wide) - _PASSED * sum(map(bool, gone))) / len(days)
    places, passed, at = {}, [], names
    for day, need, number in zip(days, wide, gone, strict=True):
        if number:
            passed.append((at + _PASSED / 2, number))
            at += _PASSED
        places[day] = at + (need + spare) / 2
        at += need + spare
    return places, passed, at


def _dots(canvas: Canvas, row: Lane, cell: Cell, keys: Keys, x: float, y: float) -> None:
    """What a lane has on a day: claims, beside them denials, beside these what only repeats."""
    there = [
        (kind, number)
        for kind, number in (("claims", cell.claims), ("denials", cell.denials), ("echoes", cell.echoes))
        if number
    ]
    sizes = [min(_LARGEST, _DOT * sqrt(number)) for _, number in there]
    at = x - sum(sizes) - 2 * (len(sizes) - 1)
    for (kind, number), size in zip(there, sizes, strict=True):
        middle = at + size
        at += 2 * size + 4
        parts = [tag("title", f"{row.words}, {short_day(cell.day)}: {number:,} {_WORDS[kind]}")]
        colour = keys.colour(row.name)
        if kind == "claims":
            parts.append(tag("circle", cx=middle, cy=y, r=size, class_=f"dot {colour} {row.part}"))
        elif kind == "denials":
            d = size * 0.7
            parts.append(tag("circle", cx=middle, cy=y, r=size, class_="ring denies"))
            parts.append(tag("line", x1=middle - d, x2=middle + d, y1=y + d, y2=y - d, class_="ring denies"))
        else:
            parts.append(tag("circle", cx=middle, cy=y, r=size, class_=f"ring again {colour}"))
        canvas.add(linked(tag("g", *parts), row.href))


_WORDS = {"claims": "claimed", "denials": "denied", "echoes": "said again"}
