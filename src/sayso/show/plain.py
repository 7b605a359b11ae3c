"""Text of unknown origin, made safe to print to a terminal."""

from __future__ import annotations

import re

from sayso.text import unmangled

# Control characters can move the cursor, rename the window or type into the shell; bidirectional overrides can make a
# line read as what it is not. A tab and a line feed are harmless. Lone surrogates cannot be encoded.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_PICTURES = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "\u2421"}


def visible(text: str) -> str:
    """``text`` with each character that a terminal might obey replaced by one that shows: "␛" for escape."""
    return _UNSAFE.sub(lambda found: _PICTURES.get(ord(found.group()), "\ufffd"), text)


def one_line(text: str) -> str:
    """``visible`` text on one line."""
    return visible(" ".join(text.split()))


def words(text: str) -> str:
    """What somebody said on one line, with quotation marks for what was one before it was decoded wrongly."""
    return one_line(unmangled(text))


def bounds(least: int | None, most: int | None) -> str:
    """A figure in words: "10", "at least 10", "up to 20", "10 to 20"."""
    if least == most:
        return "an unknown number" if least is None else str(least)
    if most is None:
        return f"at least {least}"
    return f"up to {most}" if least is None else f"{least} to {most}"


def short_bounds(least: int | None, most: int | None) -> str:
    """A figure for a narrow column: "10", "≥10", "≤20", "10 to 20"; empty where nothing is known."""
    if least == most:
        return "" if least is None else f"{least:,}"
    if most is None:
        return f"≥{least:,}"
    return f"≤{most:,}" if least is None else f"{least:,} to {most:,}"


def count(number: int, what: str) -> str:
    """How many of something: "1 article", "2,000 articles", "3 stories", "2 days", "2 echoes"."""
    if number == 1:
        return f"1 {what}"
    if what.endswith("y") and what[-2] not in "aeiou":
        return f"{number:,} {what[:-1]}ies"
    return f"{number:,} {what}{'es' if what.endswith('o') else 's'}"
