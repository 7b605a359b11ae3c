"""A headline that the body of a report prints again.

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
