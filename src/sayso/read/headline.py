"""Headlines: one that the body of a report prints again, and one whose source stands bare at an end.

Pages and tables give a title apart, and often the body begins with the same words, a dateline or a date before them.
What is printed twice is said once: it is read where the body has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_LONGEST = 400  # characters of a headline
_REACH = 600  # characters of the body, beyond the headline's own length, among which it is looked for
_SHORTEST = 20  # letters and digits; fewer may well be there twice by chance
_PARTS = re.compile(r"\s[-–—|]+\s")  # "28 killed in raid - World - The Harbour Post"
_OTHER = re.compile(r"[^a-z0-9]+")  # apostrophes are lost and quotation marks mangled in one of the two


def repeated_headline(text: str) -> int:
    """Where the first line of ``text`` ends, if a blank line follows and the body soon prints it again; else 0.

    What counts is the longest of its parts, as the others name the site; letters and digits must be the same.
    """
    end = text.find("\n\n", 0, _LONGEST)
    if end < 0 or "\n" in text[:end]:
        return 0
    headline = max((_plain(part) for part in _PARTS.split(text[:end])), key=len)
    return end if len(headline) >= _SHORTEST and headline in _plain(text[end : 2 * end + _REACH]) else 0


def _plain(words: str) -> str:
    return _OTHER.sub("", words.lower())


# Who headlines name bare, at an end, where feeds have lost the colon: those only that reports are never about.
_BEARERS = (
    r"(?:(?:rights|war|conflict|local|state|news|official|government|opposition|regime|rebel|army|military)\s+)?"
    r"(?:monitors?|ngo|watchdog|media|reports?|tv|agency|sources)"
)
_BEARING = re.compile("monitor|ngo|watchdog|media|report|tv|agency|sources")  # without one of these, nobody is
_LAST = re.compile(rf"(?:\s*[:,–—-]\s*|\s+)(?P<source>{_BEARERS})\W*$", re.IGNORECASE)
_FIRST = re.compile(rf"\W*(?P<source>{_BEARERS})\s*(?:[:–—-]\s*|\s+(?=\d))", re.IGNORECASE)
_FEWEST = 5  # words of what a headline says


def headlines_said(text: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Source and content of a headline whose source stands bare at one of its ends: "Raid kills four, monitor",
    "NGO: 20 dead in raids". Offsets; in the first line, and where the body prints it again."""
    end = text.find("\n")
    if 0 < end <= _LONGEST and _BEARING.search(_plain(text[:end])):
        for start, stop in ((0, end), *_printed_again(text, end)):
            if "." not in text[start : stop - 1] and (said := _said(text, start, stop)):
                yield said


def _printed_again(text: str, end: int) -> Iterator[tuple[int, int]]:
    """Where the body soon has the letters and digits of the line that ends at ``end``."""
    body = [i for i in range(end, min(len(text), 2 * end + _REACH)) if not _OTHER.match(text[i].lower())]
    headline = max((_plain(part) for part in _PARTS.split(text[:end])), key=len)
    at = "".join(text[i].lower() for i in body).find(headline)
    if len(headline) >= _SHORTEST and at >= 0:
        yield body[at], body[at + len(headline) - 1] + 1


def _said(text: str, start: int, end: int) -> tuple[tuple[int, int], tuple[int, int]] | None:
    if found := _LAST.search(text, start, end):
        said = start, found.start()
    elif found := _FIRST.match(text, start, end):
        said = found.end(), start + len(text[start:end].rstrip())
    if not found or len(text[said[0] : said[1]].split()) < _FEWEST:
        return None
    return found.span("source"), said
