"""Who stands before a colon, or behind a dash, as the one who says it: "Army: five killed", "Five killed – police".

So headlines, live pages and short messages print it, and the corpora have next to none of them. Only a noun for people
or bodies who speak is taken for a source, never a name: "Orvia: ten dead" tells where.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from sayso.read.found import Found, Offsets, kept, less
from sayso.read.names import singular
from sayso.read.nouns import GROUP_NOUNS, PERSON_ROLES
from sayso.read.relayed import is_speaker
from sayso.read.trailing import SURE, sentences_touched
from sayso.text import sentence_number, sentences
from sayso.wordsets import word_set

_COLON = re.compile(r"(?<=\w):(?= \S)")
_LABEL = re.compile(
    r"\W*(?:(?:\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\.?|\s?[A-Z]{3})?|BREAKING|UPDATE|URGENT|JUST IN)[\s:|–—-]{1,4})?"
    r"(?P<source>(?:[A-Za-z’'.-]{1,20} ){0,4}[A-Za-z-]{2,20})"
)
_BEHIND = re.compile(
    r"(?:\s[–—]\s?|\s--?\s)(?P<source>(?:[a-z’'-]{1,20} |UN |US |EU ){0,3}(?:[a-z-]{2,20}|UN|NGO))\W*\Z"
)
# In the singular a person is what a headline is about as well: "Missing priest: police find car".
_SPEAKING = (GROUP_NOUNS | word_set("un ngo official spokesman spokeswoman spokesperson")) - word_set(
    "body branch center centre country hospital kingdom nation palace school side site state station university watch"
)
_JOINING = word_set("with for on in of at to from by and or the against about")
_SUFFERS = re.compile(r"\w+ed|dead|missing|slain|hurt|lost|stolen|fallen")  # of whom a headline tells
_LONGEST_LINE = 300  # characters of a headline
_LONGEST = 120  # characters of a label
_FEWEST = 3  # words of what is said


def with_labelled(text: str, start: int, end: int, found: Sequence[Found]) -> list[Found]:
    """``found`` with what is said between ``start`` and ``end`` by whom stands before a colon, or behind a dash at a
    headline's end. What others say in it lies within it."""
    labelled = list(_labelled(text, start, end))
    if not labelled:
        return list(found)
    bounds, added = sentences(text), list[Found]()
    near: dict[int, list[Found]] = defaultdict(list)
    for f in found:
        for number in {n for span in (f.cue, *f.content) for n in sentences_touched(bounds, span)}:
            near[number].append(f)
    for source, content in labelled:
        first, last = min(source[0], content[0]), max(source[1], content[1])
        touching = near[sentence_number(bounds, first)]
        here = [f for f in touching if first <= f.cue[0] < last]
        within = [f for f in here if content[0] <= f.cue[0] and not _overlap(f.source, source)]
        rest = [f for f in here if all(f is not other for other in within)]
        if len(rest) > 1 or any(not _overlap(f.source, source) or f.cue[0] >= content[0] for f in rest):
            continue  # it has words of saying
        if any(a <= source[0] < b for f in touching for a, b in f.content):
            continue  # it is somebody's word as it is
        new = rest[0] if rest else Found(source, (source[1], source[1]), (content,), SURE)  # a bare colon: no cue
        new.content = (content,)
        for f in within:
            f.parent = f.parent or new
        for f in touching:
            if all(f is not other for other in here):
                f.content = less(text, f.content, first, last)
        added += [] if rest else [new]
    return kept([*found, *added])


def _overlap(span: Offsets | None, other: Offsets) -> bool:
    return span is not None and span[0] < other[1] and other[0] < span[1]


def _labelled(text: str, start: int, end: int) -> Iterator[tuple[Offsets, Offsets]]:
    """Source and content."""
    line = text.find("\n")
    if (
        start == 0
        and 0 < line <= min(_LONGEST_LINE, end)
        and ":" not in text[:line]
        and (behind := _BEHIND.search(text, 0, line))
    ):
        yield from _told(text, behind.span("source"), (0, behind.start()))
    bounds = sentences(text)
    for colon in _COLON.finditer(text, start, end):
        first, last = bounds[sentence_number(bounds, colon.start())]
        broken = text.find("\n", colon.end(), last)
        if (
            first >= start
            and colon.start() - first < _LONGEST
            and (label := _LABEL.fullmatch(text, first, colon.start()))
        ):
            yield from _told(text, label.span("source"), (colon.end(), min(end, broken if broken > 0 else last)))


def _told(text: str, source: Offsets, content: Offsets) -> Iterator[tuple[Offsets, Offsets]]:
    words = text[slice(*source)].lower().split()
    single = singular(words[-1])
    speaks = single in _SPEAKING or (single != words[-1] and single in PERSON_ROLES)
    start = content[1] - len(text[slice(*content)].lstrip())
    end = start + len(text[start : content[1]].rstrip(" .\n"))
    if any(map(_SUFFERS.fullmatch, words)) or not is_speaker(text, *source):
        return  # "Kidnapped aid workers: Norvia denies any part in it"
    if speaks and _JOINING.isdisjoint(words) and len(text[start:end].split()) >= _FEWEST:
        yield source, (start, end)
