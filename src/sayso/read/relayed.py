"""Who says what in somebody's words: "he said the ministry had denied that …", by plain code.

Corpora mark little within contents, so that the network is shy there. What it leaves out and grammar leaves in no doubt
is found here: a verb of saying that is told as a fact, with who speaks right before it and what is said behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sayso.read.clauses import (
    ADVERB,
    AND,
    BE,
    COMMA,
    HAVE,
    NOT,
    OF,
    PREP,
    REL,
    SKIP,
    Sentence,
    parsed,
)
from sayso.read.found import Offsets
from sayso.read.names import singular
from sayso.read.nouns import DOCUMENT_NOUNS, GROUP_NOUNS, PERSON_ROLES, SOURCES
from sayso.text import sentences
from sayso.wordsets import word_set

# Verbs of saying: told as a fact, they say that somebody said something.
_SAYING = word_set(
    """admitted affirmed alleged announced argued asserted asserts assured claimed complained conceded confirmed
    confirms declared declares denied denies disclosed emphasised emphasized explained guaranteed informed insisted insists noted
    notes predicted proclaimed reaffirmed reiterated remarked revealed said says stated stressed stresses suggested
    underlined underscored vowed wrote told tells warned warns pledged promised threatened accused accuses blamed blames
    condemned condemns criticised criticized demanded denounced denounces hailed praised rejected rejects repudiates
    thanked urged urges welcomed welcomes appealed proposed recommended called
    """
)
_NEEDS_THAT = word_set(
    "alleged argued assured explained guaranteed informed noted notes predicted proposed revealed suggested"
)
_NEEDS_FOR = word_set("called appealed")
_PRONOUNS = word_set("he she they we i")
_SPEAKERS = PERSON_ROLES | GROUP_NOUNS | DOCUMENT_NOUNS | SOURCES
_FACT = frozenset({HAVE, ADVERB, SKIP, "w"})  # what may stand between who speaks and the verb
_OPEN = word_set("if whether unless would may might could should will shall")
_FEWEST = 3  # words of what is said
_VERB = re.compile(r"\b[a-z]{4,12}\b")
# What no one says: "which the council says was", "blamed on", "claimed ten lives".
_NO_WORDS = re.compile(
    r"\s+(?:on|by|was|is|were|are|had|has|have|would|will|kills|killed)\b|\s+(?:[\w,]+\s+){1,3}lives\b"
)
_DAYS = word_set("monday tuesday wednesday thursday friday saturday sunday")
_LEAD = re.compile(r"[\s,:\"“”‘’']*(?:that\s+)?[\s\"“‘']*")
_TAIL = re.compile(r"[\s\"“”‘’'«»,.:;–—-]+\Z")
_STEPS = 3  # phrases with "in", "of" and the like that may stand between


def relayed(text: str, start: int, end: int, taken: Sequence[Offsets]) -> Iterator[tuple[Offsets, Offsets, Offsets]]:
    """Who speaks, the verb and what is said, for each verb of saying from ``start`` to ``end`` that overlaps nothing
    ``taken``."""
    verbs = [m.span() for m in _VERB.finditer(text, start, end) if m.group() in _SAYING]
    verbs = [verb for verb in verbs if not any(a < verb[1] and verb[0] < b for a, b in taken)]
    if not verbs:
        return
    for first, last in sentences(text[start:end]):
        a, b = start + first, start + last
        here = [verb for verb in verbs if a <= verb[0] < b]
        if here:
            sentence, marked = parsed(text, (a, b), here, (), ())
            for verb, at in zip(here, marked, strict=True):
                if (who := _speaker(sentence, at)) and (said := _said(text, verb, b)):
                    yield who, verb, said


def _speaker(s: Sentence, verb: int) -> Offsets | None:
    """The subject of word ``verb``, if that is finite, told as a fact, and the subject somebody who speaks."""
    at = verb - 1
    while at >= 0 and s.tags[at] in _FACT and s.low[at] not in _OPEN:
        at -= 1
    if at < 0 or s.tags[at] in (BE, NOT):
        return None
    if s.tags[at] == REL and s.low[at] in ("who", "which", "that"):
        at -= 1
        while at >= 0 and s.tags[at] in (COMMA, SKIP):
            at -= 1
    for _ in range(_STEPS):
        chunk = s.chunk(at)
        if chunk is None:
            return None
        chunk = s.top(chunk)
        before = chunk.first - 1
        if before >= 0 and s.tags[before] == PREP and s.chunk(before - 1) is not None:
            at = before - 1
            continue
        break
    else:
        return None
    if before >= 0 and (s.tags[before] in (PREP, OF, AND) or s.low[before] in _OPEN):
        return None
    if any(s.low[i] in ("if", "whether", "unless") for i in range(max(0, chunk.first - 6), chunk.first)):
        return None
    last = chunk.last
    while last > chunk.first and s.low[last - 1] in _DAYS:
        last -= 1
    if last == chunk.first:
        return None
    head = s.low[last - 1]
    name = s.written(last - 1)[:1].isupper() and not s.owns(last - 1)
    if not (name or head in _PRONOUNS or singular(head) in _SPEAKERS):
        return None
    return s.spans[chunk.first][0], s.spans[last - 1][1]


def _said(text: str, verb: Offsets, end: int) -> Offsets | None:
    word = text[slice(*verb)]
    rest = text[verb[1] : end]
    if word in _NEEDS_THAT and not re.match(r"(?:\s+\w+){0,4}?\s+that\b", rest):
        return None
    if word in _NEEDS_FOR and not re.match(r"\s+(?:for|on)\b", rest):
        return None
    if _NO_WORDS.match(rest):
        return None
    lead = _LEAD.match(text, verb[1], end)
    start = lead.end() if lead else verb[1]
    tail = _TAIL.search(text[start:end])
    end -= len(tail.group()) if tail else 0
    return (start, end) if len(text[start:end].split()) >= _FEWEST else None
