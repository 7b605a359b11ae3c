"""Numbers of people, and days, as places on a picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from math import log10
from statistics import median_low

_LINES = 34  # pixels from one number of an even scale to the next, at least
_EVEN = 8  # times the usual number: beyond it, the steps of an even scale would be too small to see


@dataclass(frozen=True, slots=True)
class Scale:
    """Where a number stands between the ``bottom`` and the ``top`` of a picture. ``growing``: equal steps are equal
    shares ("twice as many"), not equal numbers."""

    place: Callable[[float], float]
    ticks: tuple[int, ...]
    growing: bool


def scale(numbers: Sequence[int], top: float, bottom: float) -> Scale:
    """A scale for all of ``numbers`` (at least one), with numbers to write beside it."""
    least, most = min(numbers), max(numbers)
    if most <= _EVEN * max(1, median_low(sorted(numbers))):
        return _even(most, top, bottom)
    return _growing(least, most, top, bottom)


def _even(most: int, top: float, bottom: float) -> Scale:
    high = max(1, most) * 1.06
    step = next(size for size in _round_numbers(most) if size >= _LINES * high / (bottom - top))
    ticks = tuple(range(0, int(high) + 1, step))
    return Scale(lambda number: bottom - (bottom - top) * number / high, ticks, growing=False)


def _growing(least: int, most: int, top: float, bottom: float) -> Scale:
    low, high = log10(1 + 0.8 * least), log10(1 + 1.25 * most)

    def place(number: float) -> float:
        return bottom - (bottom - top) * (log10(1 + number) - low) / (high - low)

    steps = [number for number in (0, *_round_numbers(most)) if 0.8 * least <= number <= 1.25 * most]
    ticks: list[int] = []
    for number in steps:
        if not ticks or place(ticks[-1]) - place(number) >= 18:  # a line of text, and a gap
            ticks.append(number)
    return Scale(place, tuple(ticks), growing=True)


def _round_numbers(most: int) -> list[int]:
    """1, 2, 5, 10, 20, … up to at least twice ``most``."""
    found = [1]
    while found[-1] < 2 * most:
        found.append(found[-1] * 5 // 2 if str(found[-1])[0] == "2" else found[-1] * 2)
    return found


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")


def short_day(value: str | None, before: str | None = None) -> str:
    """A day beneath a picture: "4 Apr"; with its year where the one before it is of another: "4 Apr 2017"."""
    known = day_of(value)
    if known is None:
        return value[:7] if value else "no date"
    year = f" {known.year}" if before is None or before[:4] != value_year(value) else ""
    return f"{known.day} {_MONTHS[known.month - 1]}{year}"


def value_year(value: str | None) -> str:
    """The year of a date."""
    return (value or "")[:4]


def day_of(value: str | None) -> date | None:
    """The day of an ISO 8601 date or time; None where it is none, or only a month."""
    try:
        return date.fromisoformat((value or "")[:10])
    except ValueError:
        return None


def days_between(earlier: str | None, later: str | None) -> int:
    """How many days lie from one to the other; 0 where either isn't known."""
    first, last = day_of(earlier), day_of(later)
    return (last - first).days if first and last else 0
