"""Who says what in somebody's words: "he said the ministry had denied that …", by plain code.

Corpora mark little within contents, so that the network is shy there. What it leaves out and grammar leaves in no doubt
is found here: a verb of saying that is told as a fact, with who speaks right before it and what is said behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from sayso.read.clauses import (
    ADVERB,
    AND,
    BE,
    COMMA,
    FINITE,
    HAVE,
    NOT,
    OF,
    PREP,
    REL,
    SKIP,
    SUB,
    VERBS,
    WHEN,
    Chunk,
    Sentence,
    parsed,
)
from sayso.read.found import Offsets, bare
from sayso.read.names import singular
from sayso.read.nouns import SPEAKERS
from sayso.text import sentence_number, sentences
from sayso.wordsets import WEEKDAYS, word_set

SAYING = word_set(
    """admitted affirmed alleged announced argued asserted asserts assured claimed complained conceded confirmed
    confirms declared declares denied denies disclosed emphasised emphasized explained guaranteed informed insisted
    insists noted notes predicted proclaimed reaffirmed reiterated remarked revealed said says stated stressed stresses
    suggested underlined underscored vowed wrote told tells warned warns pledged promised threatened accused accuses
    blamed blames condemned condemns criticised criticized demanded denounced denounces hailed praised rejected rejects
    repudiates thanked urged urges welcomed welcomes appealed proposed recommended called
    """
)
_NEEDS_THAT = word_set(
    "alleged argued assured explained guaranteed informed noted notes predicted proposed revealed suggested"
)
_NEEDS_FOR = word_set("called appealed")
_THAT = re.compile(r"(?:\s+\w+){0,4}?\s+that\b")
_FOR = re.compile(r"\s+(?:for|on)\b")
# "The group accused of it" accuses nobody, and "soldiers told to leave" do not tell.
_PASSIVE = word_set(
    """accused alleged assured blamed condemned criticised criticized demanded denounced hailed informed praised
    proposed recommended said thanked threatened told urged warned welcomed
    """
)
_OF_WHOM = re.compile(r"\s+(?:of|for|to|with|in|over|as|by|about|against)\b")
_ADDRESSED = word_set("assured informed tells told warned warns")
# What nobody says: "which the council says was", "blamed on", "claimed ten lives".
_NO_WORDS = re.compile(
    r"\s+(?:on|by|was|is|were|are|had|has|have|would|will|kills|killed)\b|\s+(?:[\w,]+\s+){1,3}lives\b"
)
_LAST = re.compile(
    r"\b(?P<verb>said|says|added|warned|told|announced|confirmed|stated)(?: (?P<who>[^,;:.\n\"“”]{3,80}))?[\s.,]*\Z"
)
_REACH = 120  # characters before the end of what somebody ends by saying it
_PRONOUNS = word_set("he she they we i")
_BETWEEN = frozenset({HAVE, ADVERB, SKIP, WHEN})  # what may stand between who speaks and the verb
_RELATIVE = word_set("who which that")
_NO_PARTY = VERBS | FINITE | {SUB}
_OPEN = word_set("if whether unless would may might could should will shall")
_CONDITION = 6  # words before who speaks among which "if" leaves open whether they do
_VERB = re.compile(r"(?<![\w-])[a-z]{4,12}(?![\w-])")
_FEWEST = 3  # words of what is said
_LONGEST = 2_000  # characters of a sentence that are looked at


def relayed(text: str, start: int, end: int, taken: Sequence[Offsets]) -> Iterator[tuple[Offsets, Offsets, Offsets]]:
    """Who speaks, the verb, and what is said, for each verb of saying from ``start`` to ``end`` that overlaps nothing
    ``taken``: offsets."""
    verbs = [m.span() for m in _VERB.finditer(text, start, end) if m.group() in SAYING]
    if not verbs:
        return
    marked = bytearray(end - start)
    for a, b in ((max(a, start) - start, min(b, end) - start) for a, b in taken if a < end and start < b):
        marked[a:b] = b"\1" * (b - a)
    verbs = [(a, b) for a, b in verbs if not any(marked[a - start : b - start])]
    bounds = sentences(text)
    for number, some in groupby(verbs, key=lambda verb: sentence_number(bounds, verb[0])):
        first = max(start, bounds[number][0])
        last = min(end, bounds[number][1], first + _LONGEST)
        here = [verb for verb in some if verb[0] < last]
        sentence, places = parsed(text, (first, last), here, (), ())
        for verb, at in zip(here, places, strict=True):
            if (who := subject(sentence, at)) and (said := _said(text, verb, last)):
                yield who, verb, said


def relayed_last(text: str, start: int, end: int, taken: Sequence[Offsets]) -> tuple[Offsets, Offsets, Offsets] | None:
    """Who speaks, the verb, and what is said, of words that somebody ends by saying them: "“…,” the mayor said"."""
    last = _LAST.search(text, max(start, end - _REACH), end)
    if not last or any(a < last.end("verb") and last.start("verb") < b for a, b in taken):
        return None
    verb = last.span("verb")
    if last["who"]:
        who = last.span("who") if is_speaker(text, *last.span("who")) else None
    else:
        first = max(text.rfind(mark, start, verb[0]) for mark in ',"”\n')
        sentence, (at,) = parsed(text, (max(start, first), end), [verb], (), ())
        who = subject(sentence, at)
    at = min(who[0], verb[0]) if who else start
    if not who or text[max(start, at - 2) : at].strip() not in (*',"”', ",”", ',"'):
        return None
    said = bare(text, start, at)
    return (who, verb, said) if len(text[slice(*said)].split()) >= _FEWEST else None


def subject(s: Sentence, verb: int, *, joined: bool = False) -> Offsets | None:
    """The subject of word ``verb``, if that is finite and told as a fact, and the subject somebody who speaks. One
    behind an "and" is left in doubt, unless it may be ``joined`` to what stands before."""
    at = verb - 1
    while at >= 0 and s.tags[at] in _BETWEEN and s.low[at] not in _OPEN:
        at -= 1
    if at < 0 or s.tags[at] in (BE, NOT):
        return None
    if s.tags[at] == REL and s.low[at] in _RELATIVE:
        at -= 1
        while at >= 0 and s.tags[at] in (COMMA, SKIP):
            at -= 1
    behind = s.chunk(at)
    while (chunk := s.chunk(at)) and s.tag(s.top(chunk).first - 1) == PREP and s.chunk(s.top(chunk).first - 2):
        at = s.top(chunk).first - 2  # "the ministry in the capital"
    if not chunk or not behind or not (party := _party(s, s.top(chunk), joined)):
        return None
    return party if chunk is behind or s.low[behind.last - 1] in WEEKDAYS else (party[0], s.spans[behind.last - 1][1])


def is_speaker(text: str, start: int, end: int) -> bool:
    """True where the words from ``start`` to ``end`` are a noun phrase for somebody who speaks, and nothing else."""
    sentence, _ = parsed(text, (start, end), (), (), ())
    if not sentence.tags or not _NO_PARTY.isdisjoint(sentence.tags):
        return False
    who = subject(sentence, len(sentence.tags), joined=True)
    return who is not None and who[0] == sentence.spans[0][0]


def _party(s: Sentence, chunk: Chunk, joined: bool) -> Offsets | None:
    """The words of a noun phrase that has a head who speaks, and that nothing before leaves open."""
    before, last = chunk.first - 1, chunk.last
    if s.tag(before) in (PREP, OF) or not _OPEN.isdisjoint(s.low[max(0, before - _CONDITION) : chunk.first]):
        return None
    if s.tag(before) == AND and not joined:
        return None
    while last > chunk.first and s.low[last - 1] in WEEKDAYS:
        last -= 1
    if last == chunk.first:
        return None
    head = s.low[last - 1]
    named = s.written(last - 1)[0].isupper() and not s.owns(last - 1)
    if not (named or head in _PRONOUNS or singular(head) in SPEAKERS or (joined and head == "it")):
        return None
    other = s.chunk(before - 1) if s.tag(before) == AND and head not in _PRONOUNS else None  # "the army and the Guard"
    both = _party(s, s.top(other), joined) if other else None
    return (both or s.spans[chunk.first])[0], s.spans[last - 1][1]


def _said(text: str, verb: Offsets, end: int) -> Offsets | None:
    """What is said behind a verb, up to ``end``; None where that is something else than words."""
    word, at = text[slice(*verb)], verb[1]
    if (word in _NEEDS_THAT and not _THAT.match(text, at, end)) or (word in _NEEDS_FOR and not _FOR.match(text, at)):
        return None
    if _NO_WORDS.match(text, at, end) or (word in _PASSIVE and _OF_WHOM.match(text, at, end)):
        return None
    if word in _ADDRESSED and (told := _THAT.match(text, at, end)):
        at = told.end()
    start, end = bare(text, at, end)
    return (start, end) if len(text[start:end].split()) >= _FEWEST else None
