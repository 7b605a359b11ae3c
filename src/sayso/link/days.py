"""Days, as articles and claims give them, and as pages print them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from sayso.types import Date, Reading

_DOUBTED = timedelta(days=366)  # between the day that is given and the one that a page prints
_REACH = 260  # characters in which a page prints its own date
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]{{0,6}}\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)\b"
_STAMP = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?P<day>\d\d?)\s{{1,3}}{_MONTH},?\s{{1,3}}{_YEAR}",
        rf"\b{_MONTH}\s{{0,3}}(?P<day>\d\d?)[,\s]{{0,3}}{_YEAR}",
        rf"\b(?P<day>\d\d?)(?P<mark>[-./])(?P<number>\d\d?)(?P=mark){_YEAR}",
        r"\b(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)\b",
    )
)


@lru_cache(maxsize=4096)  # the same few days, asked for of claim after claim
def day_of(value: str | None) -> date | None:
    """The day of an ISO 8601 date or time; None for a month, a year, and what is no date."""
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None


def appeared(read: Reading) -> str | None:
    """When an article appeared, as an ISO 8601 date or time: as it was given, unless the page prints another day, no
    more than a year from it; then at the end of that, since what stands under another day's date is hardly the first of
    its own. A day that nothing confirms may be any, and is not believed."""
    given = read.article.published
    printed, day = printed_day(read.article.text, read.dates), day_of(given)
    if printed is None or day is None or printed == day or abs(printed - day) > _DOUBTED:
        return given
    return f"{printed}T23:59:59"


def printed_day(text: str, dates: Sequence[Date]) -> date | None:
    """The day that the page prints as its own: a full date in its first lines that is no date of an event."""
    opening = text.find("\n\n", 0, 400) + _REACH
    taken = [d.span for d in dates if d.span.start < opening]
    for match in (m for pattern in _STAMP for m in pattern.finditer(text, 0, opening)):
        if not any(s.start < match.end() and match.start() < s.end for s in taken):
            parts = match.groupdict()
            month = parts.get("number") or _MONTHS.index(parts["month"].casefold()) + 1  # it may be written "ſep"
            if day := _date(int(parts["year"]), int(month), int(parts["day"])):
                return day
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
