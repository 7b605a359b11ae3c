"""One relation that a reader found, before plain code resolves it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sayso.text import mangled_marks, unmangled
from sayso.types import Kind
from sayso.wordsets import word_set

Offsets = tuple[int, int]

_EMPTY = word_set(
    "a an and as but he her him his it its of or she since so that the their them these they this those to which who"
)
STRETCH = 40_000  # characters read at once; longer texts are cut between paragraphs, to bound memory
_MANGLED = 80  # characters of a quotation mark that was decoded wrongly, at the most
_OPENING = re.compile(r"[\s\"“”‘’'«»,.:;–—-]*(?:that\s+)?[\s\"“”‘’'«»]*", re.IGNORECASE)
_CLOSING = re.compile(r"[\s\"“”‘’'«»,.:;–—-]+\Z")
_QUOTES = '"“”«»„'


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
    return (found.content[0][0], sum(1 for _ in holding(found)), found.cue[0])


def holding(found: Found) -> Iterator[Found]:
    """What holds a relation, the innermost first; each once, whatever holds what."""
    seen = {id(found)}
    above = found.parent
    while above and id(above) not in seen:
        yield above
        seen.add(id(above))
        above = above.parent


def says_something(text: str, start: int, end: int) -> bool:
    """True where the words from ``start`` to ``end`` are more than such as "that" and "which"."""
    words = re.finditer(r"\w+", unmangled(text[start : min(end, start + STRETCH)]).lower())
    return any(word.group() not in _EMPTY and word.group().strip("_") for word in words)


def less(text: str, content: Sequence[Offsets], start: int, end: int) -> tuple[Offsets, ...]:
    """The pieces of a content without what stands from ``start`` to ``end``, as far as they say anything."""
    if all(b <= start or end <= a for a, b in content):
        return tuple(content)
    return trimmed(text, [piece for a, b in content for piece in ((a, min(b, start)), (max(a, end), b))])


def trimmed(text: str, content: Sequence[Offsets]) -> tuple[Offsets, ...]:
    """The pieces of a content that say something, without blanks and commas around."""
    kept = [(b - len(text[a:b].lstrip(" ,\n")), a + len(text[a:b].rstrip(" ,\n"))) for a, b in content if a < b]
    return tuple((a, b) for a, b in kept if a < b and says_something(text, a, b))


def kept(found: Sequence[Found]) -> list[Found]:
    """The relations that have a content left; those that lay within others lie within what held these."""
    for f in found:
        while f.parent and not f.parent.content:
            f.parent = f.parent.parent
    return [f for f in found if f.content]


def bare(text: str, start: int, end: int) -> Offsets:
    """A content without the quotation marks around it and without a leading "that"."""
    quotes = list(mangled_marks(text[start:end]))
    if quotes and quotes[-1][1] == end - start:
        end = start + quotes[-1][0]
    if quotes and quotes[0][0] == 0:
        start += quotes[0][1]
    opening = _OPENING.match(text, start, end)
    start = opening.end() if opening else start
    closing = _CLOSING.search(text[max(start, end - 20) : end])
    return start, end - len(closing.group()) if closing else end


def kind_of(text: str, content: Sequence[Offsets]) -> Kind:
    """direct: all of it stands in quotation marks; mixed: some of it; indirect: none."""
    inner = [unmangled(text[a:b]) for a, b in content]
    # A mark may stand just outside the content; one that was decoded wrongly is many characters long.
    before = [
        unmangled(text[max(0, a - _MANGLED) : a])[-1:] + piece[:1] for (a, _), piece in zip(content, inner, strict=True)
    ]
    after = [piece[-1:] + unmangled(text[b : b + _MANGLED])[:1] for (_, b), piece in zip(content, inner, strict=True)]
    if all(_quotes(x) and _quotes(y) for x, y in zip(before, after, strict=True)):
        return "direct"
    return "mixed" if any(_quotes(piece) for piece in [*before, *inner, *after]) else "indirect"


def _quotes(piece: str) -> bool:
    return any(mark in piece for mark in _QUOTES)
