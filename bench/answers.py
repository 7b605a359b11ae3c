"""Whether a reading holds what people answered to the questions on a FA-KES report.

Three questions count. How many civilians were killed? Where did it happen, and when? Annotators marked the words that
answer them (``spans``), and coded the answer to two (``coded``: a number; a province). Both are at times wrong, and a
report that tells of several events has several rows of answers. So this is what is measured:

- A report counts toward *civilian dead* if words are marked for the civilian dead in one of its rows, and the words or
  the code give a number. It is found if a casualty of the reading, of the kind "killed", has one of these numbers as
  its ``min`` or its ``max``: "at least 20" holds 20; "more than 20", which is 21 and up, does not.
- A report counts toward *place* if words are marked for the place in one of its rows. It is found if the name of one of
  the reading's places, or its words in the text, hold one of the answers, word for word. Words that name several places
  ("Aleppo and Damascus") are several answers. Case, accents, hyphens, apostrophes and a leading article do not matter;
  other spellings do.

- A report counts toward *date* if words with a day, month and year are marked in one of its rows: "5 Jul 2016", "July 5
  2016", "05.07.2016". It is found if one of the reading's dates has this value. Most of these words are the report's
  own date, which no reading gives as the date of an event, and happen to name the same day as "on Tuesday" in the
  report. *Date (or that of publication)* therefore counts as found also what is the day that the report appeared on.

*Marked* figures are the same for the words alone, whatever was coded. They are lower where the code is right and the
words are not, and where the words describe a place ("the suburbs") instead of naming it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sayso.types import Reading

_NUMBER = re.compile(r"\d+|[a-z]+")
_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_UNITS = {word: value for value, word in enumerate(_ONES + _TEENS, start=1)}
_DECADES = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_TENS = {word: 10 * decade for decade, word in enumerate(_DECADES, start=2)}
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november"),
    "december",
)
_MONTH = rf"(?P<month>{'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in _MONTHS)}|sept)\b\.?"
_DAYS = [
    re.compile(pattern)
    for pattern in (
        rf"\b(?P<day>\d{{1,2}})\s+{_MONTH},?\s+(?P<year>\d{{4}})\b",
        rf"\b{_MONTH}\s+(?P<day>\d{{1,2}}),?\s+(?P<year>\d{{4}})\b",
        r"\b(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})\b",
    )
]
_SEVERAL = re.compile(r"\s+and\s+|\s*[&,;/]\s*")
_JOINING = re.compile(r"['’‘ʻʼ`]")
_ARTICLES = {"the", "al", "el"}


@dataclass(frozen=True, slots=True)
class Answers:
    """What is accepted for one report: of the marked words, and of the code. Empty where nothing was marked."""

    dead_marked: frozenset[int]
    dead_coded: frozenset[int]
    places_marked: frozenset[str]
    places_coded: frozenset[str]
    dates_marked: frozenset[str]  # ISO 8601


def by_report(rows: Iterable[dict[str, Any]]) -> dict[str, Answers]:
    """The answers of each report, by its id."""
    grouped: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        grouped[row["id"]].append(row)
    return {report: _answers(of_report) for report, of_report in grouped.items()}


def _answers(rows: Sequence[dict[str, Any]]) -> Answers:
    dead = [row for row in rows if row["spans"]["Civilians"]]
    placed = [row for row in rows if row["spans"]["Location"]]
    return Answers(
        dead_marked=frozenset(number for row in dead for number in numbers_in(row["spans"]["Civilians"])),
        dead_coded=frozenset(int(row["coded"]["nb_civilians"]) for row in dead) - {0},
        places_marked=frozenset(name for row in placed for name in _SEVERAL.split(row["spans"]["Location"])),
        places_coded=frozenset(row["coded"]["location"] for row in placed),
        dates_marked=frozenset(day for row in rows if (day := day_in(row["spans"]["Date"] or ""))),
    )


def holds_number(reading: Reading, numbers: Collection[int]) -> bool:
    """True if one of ``numbers`` is the least or the most of a casualty that was killed."""
    return any(c.kind == "killed" and (c.min in numbers or c.max in numbers) for c in reading.casualties)


def holds_place(reading: Reading, names: Collection[str]) -> bool:
    """True if one of the reading's places is, or in its words holds, one of ``names``."""
    return any(
        _holds(words, name) for place in reading.places for words in (place.name, place.span.text) for name in names
    )


def holds_date(reading: Reading, days: Collection[str], *, published: bool = False) -> bool:
    """True if one of the reading's dates is one of ``days``; where ``published``, also if the report's own is."""
    return any(date.value in days for date in reading.dates) or (
        published and (reading.article.published or "")[:10] in days
    )


def day_in(words: str) -> str | None:
    """The first day of the calendar in words, as ISO 8601; None where they give no day, month and year."""
    for pattern in _DAYS:
        if found := pattern.search(words.lower()):
            month = found["month"]
            number = int(month) if month.isdigit() else 1 + [name[:3] for name in _MONTHS].index(month[:3])
            return f"{found['year']}-{number:02}-{int(found['day']):02}"
    return None


def numbers_in(words: str) -> set[int]:
    """The numbers below a hundred in words, and all in figures: "between 500 and 1300", "Twenty-one people"."""
    found: list[int] = []
    tens = False  # the word before was "twenty", "thirty"…
    for word in _NUMBER.findall(words.lower()):
        unit = _UNITS.get(word, 0)
        if tens and 0 < unit < 10:
            found[-1] += unit
        elif value := int(word) if word.isdigit() else unit or _TENS.get(word, 0):
            found.append(value)
        tens = word in _TENS
    return set(found)


def _holds(words: str, name: str) -> bool:
    """True if a run of ``words``, written as one, is ``name``, written as one."""
    among, sought = _words(words), _words(name)
    while sought and sought[0] in _ARTICLES:
        sought = sought[1:]
    wanted = "".join(sought)
    runs = (among[start:end] for start in range(len(among)) for end in range(start + 1, len(among) + 1))
    return bool(wanted) and any("".join(run) == wanted for run in runs)


def _words(name: str) -> list[str]:
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return re.findall(r"\w+", _JOINING.sub("", bare))
