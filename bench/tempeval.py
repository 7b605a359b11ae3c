"""Whether the dates of a text have the values that people gave them in TempEval-3 (TimeBank and AQUAINT).

Half of the documents count, by a hash of their names; the rules were tuned on the other half, and nothing was trained
on either. This is what is measured:

- The text is what stands in TEXT, without its marks; it is resolved on the day of the document's creation time. Files
  that a Macintosh left behind (``._…``) are none.
- What counts is each TIMEX3 in it of the type DATE whose value is a day, a month, a year, a week or a quarter of the
  calendar ("1998-08-07", "1998-08", "1998", "1998-W32", "1998-Q3"). Sayso has no values for weeks and quarters, so
  each of these is a miss. Other values ("PRESENT_REF", seasons, decades, "1998-QX") are not to be found, and neither
  are times of day, durations and sets.
- A date is right if one of Sayso's touches it and has the same value. *Date value* is F1: of what counts, how much is
  right; and of the dates that Sayso gives a value, how many are. One that touches nothing that counts is wrong, be it
  the day of a time of day.
- *Date found* is F1 for touching, whatever the value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from html import unescape
from pathlib import Path

from bench.geo import Half
from sayso.types import Date

_TEXT = re.compile(r"<TEXT>(.*?)</TEXT>", re.DOTALL)
_MADE = re.compile(r"<DCT>.*?value=\"([^\"]+)\"", re.DOTALL)
_MARK = re.compile(r"<(/?)(\w+)([^>]*)>")
_ATTRIBUTE = re.compile(r"(\w+)=\"([^\"]*)\"")
_COUNTS = re.compile(r"\d{4}(?:-(?:\d\d(?:-\d\d)?|W\d\d|Q\d))?")


@dataclass(frozen=True, slots=True)
class Timex:
    """A date that counts: offsets into the text, and its value."""

    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Document:
    """A document's text, the day that it was made, and its dates."""

    name: str
    text: str
    made: str
    dates: tuple[Timex, ...]

    @property
    def half(self) -> Half:
        """Which half of the documents this one is in: the parity of the hash of its name."""
        return "reported" if sha256(self.name.encode()).digest()[0] % 2 else "tuned"


def documents(folder: Path) -> list[Document]:
    """All documents under ``folder``, in the order of their names."""
    files = sorted(file for file in folder.rglob("*.tml") if not file.name.startswith("._"))
    return [_document(file.name, file.read_text("utf-8", errors="replace")) for file in files]


def figures(read: Iterable[tuple[Document, Iterable[Date]]]) -> dict[str, float]:
    """The figures, in per cent, of documents and the dates that Sayso finds in each."""
    marked = given = right = touched = 0
    for document, dates in read:
        held = [date for date in dates if date.value]
        marked += len(document.dates)
        given += len(held)
        for timex in document.dates:
            touching = [d for d in held if d.span.start < timex.end and timex.start < d.span.end]
            touched += bool(touching)
            right += any(date.value == timex.value for date in touching)
    whole = marked + given
    return {"date value": 200 * right / whole if whole else 0.0, "date found": 200 * touched / whole if whole else 0.0}


def _document(name: str, source: str) -> Document:
    made, body = _MADE.search(source), _TEXT.search(source)
    text, dates = _unmarked(body[1] if body else "")
    return Document(name, text, made[1] if made else "", tuple(dates))


def _unmarked(body: str) -> tuple[str, list[Timex]]:
    """The text without its marks, and the dates that count."""
    parts: list[str] = []
    dates: list[Timex] = []
    opened: list[tuple[str, int]] = []
    at = length = 0
    for mark in _MARK.finditer(body):
        part = unescape(body[at : mark.start()])
        parts.append(part)
        length += len(part)
        at = mark.end()
        if mark[2] != "TIMEX3":
            continue
        if not mark[1]:
            attributes = dict(_ATTRIBUTE.findall(mark[3]))
            opened.append((attributes.get("value", "") if attributes.get("type") == "DATE" else "", length))
        elif opened:
            dates.extend(_counting(*opened.pop(), length))
    parts.append(unescape(body[at:]))
    return "".join(parts), dates


def _counting(value: str, start: int, end: int) -> Iterator[Timex]:
    if _COUNTS.fullmatch(value):
        yield Timex(start, end, value)
