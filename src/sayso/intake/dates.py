"""Dates of publication as the input writes them, made ISO 8601. What is not understood for certain is None."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES = "january|february|march|april|may|june|july|august|september|october|november|december"
_MONTH = rf"(?P<month>{_NAMES}|sept|{'|'.join(_MONTHS)})\.?"
_DAY, _YEAR = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<year>\d{4})"
_WEEKDAY = r"(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\.?,? )?"
_TIME = r"(?:,? (?:at )?(?P<time>\d{1,2}:\d\d(?::\d\d)?) ?(?P<zone>z|gmt|utc|ut|[+-]\d\d:?\d\d)?)?"
_NAMED = tuple(
    re.compile(_WEEKDAY + order + _TIME, re.IGNORECASE)
    for order in (rf"{_DAY}[ -]{_MONTH},?[ -]{_YEAR}", rf"{_MONTH} {_DAY},? {_YEAR}")
)
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[/.](?P<month>\d{1,2})[/.](?P<day>\d{1,2})" + _TIME, re.IGNORECASE)
_YEAR_LAST = re.compile(r"(?P<one>\d{1,2})[/.](?P<two>\d{1,2})[/.](?P<year>\d{4})" + _TIME, re.IGNORECASE)
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d|\d{8}")
_ISO = re.compile(r"\d{4}-?\d\d-?\d\d[T ]\d\d.*")
LONGEST = 64  # characters; no date is longer


def iso_date(written: str | None) -> str | None:
    """``written`` as YYYY-MM-DD, or YYYY-MM-DDTHH:MM:SS with its offset from UTC where that is given.

    Reads ISO 8601, RFC 2822, dates with English month names and year/month/day. Of 3/4/2018 nobody can tell the month
    from the day, so it is None, while 13/4/2018 is read.
    """
    if written is None or len(written) > LONGEST:
        return None
    text = " ".join(written.split())
    try:
        if _ISO_DAY.fullmatch(text):
            return date.fromisoformat(text).isoformat()
        if _ISO.fullmatch(text):
            return datetime.fromisoformat(text).isoformat(timespec="seconds")
        return _written_out(text)
    except ValueError:  # a day or an hour that does not exist
        return None


def _written_out(text: str) -> str | None:
    for pattern in _NAMED:
        if match := pattern.fullmatch(text):
            month = _MONTHS.index(match["month"][:3].lower()) + 1
            return _joined(match, month, int(match["day"]))
    if match := _YEAR_FIRST.fullmatch(text):
        return _joined(match, int(match["month"]), int(match["day"]))
    if match := _YEAR_LAST.fullmatch(text):
        one, two = int(match["one"]), int(match["two"])
        if one > 12 or one == two:
            return _joined(match, two, one)
        if two > 12:
            return _joined(match, one, two)
    return None


def _joined(match: re.Match[str], month: int, day: int) -> str:
    when = date(int(match["year"]), month, day)
    if match["time"] is None:
        return when.isoformat()
    clock = time.fromisoformat(match["time"].zfill(5 if match["time"].count(":") == 1 else 8))
    return datetime.combine(when, clock, _zone(match["zone"])).isoformat(timespec="seconds")


def _zone(written: str | None) -> timezone | None:
    if not written:
        return None
    if written[0] not in "+-":
        return UTC
    offset = timedelta(hours=int(written[1:3]), minutes=int(written[-2:]))
    return timezone(-offset if written[0] == "-" else offset)
