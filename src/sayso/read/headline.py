"""Headlines: one that the body of a report prints again, and one whose source stands bare at an end.

Pages and tables give a title apart, and often the body begins with the same words, a dateline or a date before them.
What is printed twice is said once: it is read where the body has it.
"""

from __future__ import annotations

import re

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
_LAST = re.compile(rf"(?:\s*[:,–—-]\s*|\s+)(?P<source>{_BEARERS})\W*$", re.IGNORECASE)
_FIRST = re.compile(rf"\W*(?P<source>{_BEARERS})\s*(?:[:–—-]\s*|\s+(?=\d))", re.IGNORECASE)
_FEWEST = 5  # words of what a headline says


def headline_said(text: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Source and content of a headline whose source stands bare at one of its ends: "Raid kills four, monitor",
    "NGO: 20 dead in raids". Offsets; None where it names none."""
    end = text.find("\n") if "\n" in text else 0
    if not 0 < end <= _LONGEST or "." in text[: end - 1]:
        return None
    line = text[:end]
    if found := _LAST.search(line):
        said = 0, found.start()
    elif found := _FIRST.match(line):
        said = found.end(), len(line.rstrip())
    if not found or len(line[said[0] : said[1]].split()) < _FEWEST:
        return None
    return found.span("source"), said
