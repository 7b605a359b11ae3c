"""One relation that a reader found, before plain code resolves it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sayso.text import unmangled
from sayso.wordsets import word_set

Offsets = tuple[int, int]

EMPTY = word_set(
    "a an and as but he her him his it its of or she since so that the their them these they this those to which who"
)
_LONGEST = 40_000  # characters of a content that are looked at


@dataclass(slots=True)
class Found:
    """One relation as offsets into the article; ``parent`` is the one within whose content it lies, ``embedding`` what
    its content means, as 384 float16 (empty where no network gave any)."""

    source: Offsets | None
    cue: Offsets
    content: tuple[Offsets, ...]
    score: float
    parent: Found | None = None
    embedding: bytes = b""


def text_order(found: Found) -> tuple[int, ...]:
    """By where the content begins; what holds another comes first."""
    depth, parent = 0, found.parent
    while parent:
        depth, parent = depth + 1, parent.parent
    return (found.content[0][0], depth, found.cue[0])


def says_something(text: str, start: int, end: int) -> bool:
    """True where the words from ``start`` to ``end`` are more than such as "that" and "which"."""
    words = re.finditer(r"\w+", unmangled(text[start : min(end, start + _LONGEST)]).lower())
    return any(word.group() not in EMPTY and word.group().strip("_") for word in words)
