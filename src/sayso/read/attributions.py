"""Who says what: relations found by the network, read again inside each content until nothing more is found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from sayso.read.decode import Relation, Tagged, best_tags, relations
from sayso.read.encoder import Encoder, Scored
from sayso.read.wordsets import word_set
from sayso.text import mangled_quotes, paragraphs, unmangled
from sayso.types import Kind, MentionKind

DEPTH = 3  # contents within contents that are read again
TOGETHER = 64  # contents that go through the network at once; their scores are held meanwhile
SHORTEST = 20  # characters of a content that can hold another
INNER_FLOOR = 0.5  # an inner relation less certain than this is left out: most are echoes of the outer one
BARE_FLOOR = 0.6  # and so is one that names no source: most are no attributions at all
STRETCH = 40_000  # characters read at once; longer texts are cut between paragraphs, to bound memory

Offsets = tuple[int, int]

EMPTY = word_set(
    "a an and as but he her him his it its of or she since so that the their them these they this those to which who"
)
_RECEIVED = re.compile(
    r"\b(?P<cue>(?:(?:has|have|had)\s{1,3})?(?:received|obtained|gathered|collected|got)\s{1,3}(?:\w{1,20}\s{1,3}){0,2}"
    r"(?:information|intelligence|reports?|evidence|word|indications|confirmation))\s{1,3}(?=that\b)",
    re.IGNORECASE,
)
_OPENING = re.compile(r"[\s\"“”‘’'«»,.:;–—-]*(?:that\s+)?[\s\"“”‘’'«»]*", re.IGNORECASE)
_CLOSING = re.compile(r"[\s\"“”‘’'«»,.:;–—-]+\Z")
_MANGLED = 80  # characters of a quotation mark that was decoded wrongly, at the most
_QUOTES = '"“”«»„'


@dataclass(slots=True)
class Found:
    """One relation as offsets into the article; ``parent`` is the one within whose content it lies."""

    source: Offsets | None
    cue: Offsets
    content: tuple[Offsets, ...]
    score: float
    parent: Found | None = None


@dataclass(slots=True)
class Marks:
    """What the network marks in one article: relations in text order (parents before what they hold), and mentions as
    (kind, start, end)."""

    relations: list[Found] = field(default_factory=list)
    mentions: list[tuple[MentionKind, int, int]] = field(default_factory=list)


def find_marks(text: str, encoder: Encoder) -> Marks:
    """Read the article, then all contents found in it, and so on down.

    What goes through the network together is one article's, never several: int8 scores depend, in their last digits, on
    what else is in the batch, and an article must read the same whatever is read with it.
    """
    marks = Marks()
    level: list[Found] = []
    for a, b in stretches(text):
        (scored,) = encoder.score([text[a:b]])
        likely = (r for r in _relations(scored, encoder) if r.source or r.score >= BARE_FLOOR)
        level += [f for relation in likely for f in _tidied(text, _found(relation, scored, a))]
        marks.mentions += [(kind, a + start, a + end) for kind, start, end in _mentions(text[a:b], scored, encoder)]
    marks.relations += level
    for _ in range(DEPTH):
        level = list(_inside(text, level, encoder))
        marks.relations += level
    marks.relations.sort(key=_text_order)
    return marks


def _inside(text: str, level: list[Found], encoder: Encoder) -> Iterator[Found]:
    pieces = []
    for outer in level:
        for a, b in outer.content:
            a, b = bare(text, a, b)
            if b - a > SHORTEST:
                pieces.append((outer, a, b))
    for at in range(0, len(pieces), TOGETHER):
        some = pieces[at : at + TOGETHER]
        scores = encoder.score([text[a:b] for _, a, b in some], inner=True)
        for (outer, a, b), scored in zip(some, scores, strict=True):
            inside = [f for r in _relations(scored, encoder) for f in _tidied(text, _found(r, scored, a))]
            inside = [f for f in inside if f.score >= INNER_FLOOR and all(y - x < b - a for x, y in f.content)]
            told = next(_word_received(text, a, b), None)
            if told and not any(x < told.content[0][0] and told.cue[0] < y for x, y in (f.cue for f in inside)):
                inside = [told, *(f for f in inside if f.cue[0] < told.cue[0])]  # the rest is read within what was told
            for found in inside:
                found.parent = outer
                yield found


def _tidied(text: str, found: Found) -> Iterator[Found]:
    """The relation without contents that say nothing ("which", a broken quotation mark).

    Where the cue's own line has a content, those of other lines are no part of it: a headline is not said by whoever
    speaks in the first paragraph. A quotation among them goes on where the speaker left off, as a relation of its own.
    """
    content = [span for span in found.content if _says_something(text, *span)]
    near = [(a, b) for a, b in content if "\n" not in text[min(b, found.cue[1]) : max(a, found.cue[0])]]
    if not near:
        near, content = content, []
    if near:
        yield replace(found, content=tuple(near))
    for span in content:
        if span not in near and span[0] > found.cue[0] and kind_of(text, [span]) != "indirect":
            yield replace(found, content=(span,))


def _says_something(text: str, start: int, end: int) -> bool:
    words = {w for w in re.findall(r"\w+", unmangled(text[start : min(end, start + STRETCH)]).lower()) if w.strip("_")}
    return not words <= EMPTY


def _word_received(text: str, start: int, end: int) -> Iterator[Found]:
    """ "The centre had received information that …": such a chain ends in what somebody was told, not in what they say,
    and the corpora have too few for the network to find it in a long content."""
    if (told := _RECEIVED.search(text, start, end)) and told.start() - start <= 80:
        first, last = bare(text, start, told.start())
        source = (first, last) if first < last else None
        yield Found(source, (told.start(), told.end("cue")), ((told.end(), end),), BARE_FLOOR)


def _mentions(text: str, scored: Scored, encoder: Encoder) -> list[tuple[MentionKind, int, int]]:
    """What the mention head marks; a name cut at its hyphen ("al-" and "Noor") is put together."""
    found: list[tuple[MentionKind, int, int]] = []
    for tag in best_tags(scored.mentions, encoder.settings.mentions):
        start, end = _offsets(tag, scored)
        if (
            found
            and start - found[-1][2] <= 1
            and text[found[-1][2] - 1 : start].strip() in ("-", "‑")
            and tag.name == found[-1][0]
        ):
            start = found.pop()[1]
        found.append((cast(MentionKind, tag.name), start, end))
    return found


def _relations(scored: Scored, encoder: Encoder) -> list[Relation]:
    return relations(scored, best_tags(scored.tags, encoder.settings.tags), encoder.settings)


def _found(relation: Relation, scored: Scored, shift: int) -> Found:
    def at(tag: Tagged) -> Offsets:
        start, end = _offsets(tag, scored)
        return start + shift, end + shift

    source = at(relation.source) if relation.source else None
    return Found(source, at(relation.cue), tuple(at(c) for c in relation.content), relation.score)


def _offsets(tag: Tagged, scored: Scored) -> Offsets:
    return int(scored.words[tag.first, 0]), int(scored.words[tag.last, 1])


def _text_order(found: Found) -> tuple[int, ...]:
    """By where the content begins; what holds another comes first."""
    depth, parent = 0, found.parent
    while parent:
        depth, parent = depth + 1, parent.parent
    return (found.content[0][0], depth, found.cue[0])


def stretches(text: str) -> Iterator[Offsets]:
    """The whole text; a long one cut between paragraphs, so that time and memory stay in proportion."""
    if len(text) <= STRETCH:
        yield 0, len(text)
        return
    start, end = 0, 0
    for a, b in paragraphs(text):
        if end > start and b - start > STRETCH:
            yield start, end
            start = a
        end = b
        while end - start > 2 * STRETCH:  # one paragraph as long as a book
            yield start, start + STRETCH
            start += STRETCH
    yield start, len(text)


def bare(text: str, start: int, end: int) -> Offsets:
    """A content without the quotation marks around it and without a leading "that"."""
    quotes = list(mangled_quotes(text[start:end]))
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
