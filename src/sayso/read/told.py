"""The sentences that tell of harm: their tokens, and the triggers that say that people came to harm.

Quotation marks, commas and short brackets are left out: a text reads the same with and without them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sayso.read.dates import date_spans
from sayso.read.harm import (
    ADVERB_ENDING,
    ASIDES,
    CARE,
    DISEASES,
    FROM,
    HARDSHIPS,
    HAVE,
    NEEDED,
    NOUN_STOPS,
    OF_THINGS,
    OUTBREAKS,
    PARTICLES,
    PERSONS,
    SAVING,
    STATUS_NOUNS,
    SUFFERING,
    TELLING,
    TRIGGER_BEGINNINGS,
    TRIGGERS,
    Role,
)
from sayso.read.numbers import COUNTING, NUMBER_WORDS, Token, tokens
from sayso.text import mangled_marks, sentences
from sayso.types import CasualtyKind

NOUN_REACH = 8  # words of a noun phrase
SEPARATORS = frozenset(";:|•!?.-–—")
_SKIPPED_MARKS = frozenset(",\"“”„‘’'«»()[]*…")
CLOSING = frozenset(',;"”)]')  # right after a word, they end a noun phrase
DASHES = frozenset("-–—")
_BRACKET_REACH = 8  # tokens between brackets that are passed over
_OBJECT_REACH = 6  # tokens after "suffer" in which it is said what from
_NEEDED_REACH = 9  # tokens after a word in which it is said that it tells of harm
_ASIDE_REACH = 14  # tokens between the dashes of an aside
_LETTERS = re.compile("[a-z]+")
_DIGIT = re.compile(r"\d")


@dataclass(slots=True)
class Group:
    """A figure: tokens ``start`` to ``end`` of its sentence; what it counts begins at ``noun``."""

    start: int
    noun: int
    end: int
    min: int | None
    max: int | None
    person: bool  # its noun is one for people
    bare: bool  # it has no noun: "28", "another three", "40 others"
    single: bool = False  # "a nurse", "a nurse and her son"
    shared: bool = False  # its kind is one of two: "12 were killed or wounded"
    kind: CasualtyKind | None = None


@dataclass(frozen=True, slots=True)
class Trigger:
    """Tokens ``start`` to ``end`` say that people came to harm; ``only_people``: the words are said of things, too."""

    start: int
    end: int
    kind: CasualtyKind
    role: Role
    only_people: bool
    of_things: bool = False  # the words are said of things first of all


@dataclass(slots=True)
class Sentence:
    """The tokens of one sentence, with its groups and triggers by the index of their first token or that after."""

    text: str
    tokens: list[Token]
    counted: frozenset[int] = frozenset()  # where quantities start
    ages: frozenset[int] = frozenset()
    triggers: dict[int, Trigger] = field(default_factory=dict)
    active_ends: frozenset[int] = frozenset()  # after triggers that what follows belongs to
    groups: list[Group] = field(default_factory=list)
    starts: dict[int, Group] = field(default_factory=dict)
    ends: dict[int, Group] = field(default_factory=dict)

    def low(self, at: int) -> str:
        """The word at ``at`` in lower case; "" outside the sentence and for a date."""
        return self.tokens[at].low if 0 <= at < len(self.tokens) else ""

    def written(self, at: int) -> str:
        """The word at ``at``, which is in the sentence, as the text has it."""
        return self.text[self.tokens[at].start : self.tokens[at].end]

    def mark_after(self, at: int) -> str:
        """The character right after the token at ``at``; "" at the end."""
        end = self.tokens[at].end
        return self.text[end : end + 1]

    def open_at(self, at: int) -> Group | None:
        """The group without a kind that starts at ``at``."""
        group = self.starts.get(at)
        return group if group is not None and group.kind is None else None


def told_sentences(text: str) -> Iterator[Sentence]:
    """The sentences of ``text`` that may tell of harm, with their triggers."""
    for sentence in _sentences(text):
        sentence.triggers = {t.start: t for t in _triggers(sentence)}
        sentence.active_ends = frozenset(t.end for t in sentence.triggers.values() if t.role is Role.ACTIVE)
        yield sentence


def _sentences(text: str) -> Iterator[Sentence]:
    """The sentences that may count whom harm befell, without their marks; a word of a date keeps its place but not its
    letters."""
    dated = date_spans(text)
    mangled = [(start, end) for start, end, mark in mangled_marks(text) if mark != "'"]
    at = nth = 0
    for start, end in sentences(text):
        if not _may_count(text, start, end):
            continue
        words: list[Token] = []
        for token in tokens(text, start, end):
            if token.low in _SKIPPED_MARKS:
                continue
            first, last = token.start, token.end
            while nth < len(mangled) and mangled[nth][1] <= first:
                nth += 1
            if nth < len(mangled) and mangled[nth][0] <= first and last <= mangled[nth][1]:
                continue
            while at < len(dated) and dated[at][1] <= first:
                at += 1
            if at < len(dated) and dated[at][0] < last:
                token = Token(first, last, "")
            elif token.low in NOUN_STOPS and _is_name(text, first, last):
                token = Token(first, last, text[first:last])
            words.append(token)
        yield Sentence(text, _without_asides(_without_brackets(text, words)))


def _may_count(text: str, start: int, end: int) -> bool:
    """False for most sentences: they harm nobody, or count nobody."""
    words = frozenset(_LETTERS.findall(text[start:end].lower()))
    if words.isdisjoint(TELLING) or (words.isdisjoint(TRIGGER_BEGINNINGS) and words.isdisjoint(STATUS_NOUNS)):
        return False
    return not (words.isdisjoint(COUNTING) and words.isdisjoint(PERSONS)) or bool(_DIGIT.search(text, start, end))


def _is_name(text: str, start: int, end: int) -> bool:
    """True where capitals show that "IS", "US" or "WHO" is a name."""
    if end - start < 2 or not text[start:end].isupper():
        return False
    return any(c.islower() for c in text[max(0, start - 12) : start] + text[end : end + 12])


def _without_brackets(text: str, words: list[Token]) -> list[Token]:
    """``words`` without what short brackets hold, "(ABF)", unless it holds a number."""
    kept: list[Token] = []
    index = 0
    while index < len(words):
        inside = 0
        if text[words[index].start - 1 : words[index].start] in {"(", "["}:
            inside = next(
                (
                    n
                    for n in range(1, _BRACKET_REACH)
                    if index + n <= len(words) and _closes(text, words[index + n - 1])
                ),
                0,
            )
        if inside and not any(w.low[:1].isdigit() or w.low in NUMBER_WORDS for w in words[index : index + inside]):
            index += inside
            continue
        kept.append(words[index])
        index += 1
    return kept


def _closes(text: str, word: Token) -> bool:
    return text[word.end : word.end + 1] in {")", "]"}


def _without_asides(words: list[Token]) -> list[Token]:
    """``words`` without the dashes around an aside that counts some of those before: "- including three children -"."""
    kept: list[Token] = []
    open_since: int | None = None
    for index, word in enumerate(words):
        if word.low in DASHES:
            follow = next((w.low for w in words[index + 1 : index + 3] if w.low not in DASHES), "")
            if follow in ASIDES:
                open_since = len(kept)
                continue
            if open_since is not None and len(kept) - open_since < _ASIDE_REACH:
                closed = index + 1 < len(words) and words[index + 1].low not in DASHES
                open_since = None if closed else open_since
                continue
        kept.append(word)
    return kept


def _triggers(sentence: Sentence) -> Iterator[Trigger]:
    done = 0
    for at, token in enumerate(sentence.tokens):
        if at < done or token.low not in TRIGGER_BEGINNINGS:
            continue
        for size in (3, 2, 1):
            phrase = " ".join(sentence.low(i) for i in range(at, at + size))
            entry = TRIGGERS.get(phrase)
            if entry is not None and not _is_hardship(sentence, at) and not _lacks(sentence, at + size, phrase):
                kind, role, only_people = entry
                if kind != "killed" or not _is_sickness(sentence, at, at + size):
                    yield Trigger(at, at + size, kind, role, only_people, phrase in OF_THINGS)
                done = at + size
                break


def _is_hardship(sentence: Sentence, at: int) -> bool:
    """True of "suffering a double siege", "affected by shortages", which wound nobody."""
    follows = (sentence.low(i) for i in range(at + 1, at + 1 + _OBJECT_REACH))
    return sentence.low(at) in SUFFERING and not HARDSHIPS.isdisjoint(follows)


def _lacks(sentence: Sentence, end: int, phrase: str) -> bool:
    """True of "crossed", "trapped", "took" where no flight, rubble, captives are told of, and of "held off"."""
    if phrase.endswith("held") and sentence.low(end) in PARTICLES:
        return True
    if phrase in {"lives", "life"}:  # "saved the lives of 12"
        return not SAVING.isdisjoint(sentence.low(i) for i in range(end - _OBJECT_REACH, end))
    needed = NEEDED.get(phrase)
    return needed is not None and needed.isdisjoint(sentence.low(i) for i in range(end, end + _NEEDED_REACH))


def _is_sickness(sentence: Sentence, start: int, end: int) -> bool:
    """True of "died of cholera", "cholera has killed", but not of "killed at a cholera ward"."""
    before = start - 1
    while sentence.low(before) in HAVE | OUTBREAKS | {"also"}:
        before -= 1
    if sentence.low(before) in DISEASES or sentence.low(before + 1) in OUTBREAKS:
        return True
    if sentence.low(start) == "deaths" and any(sentence.low(i) in DISEASES for i in range(start - 5, start)):
        return True  # "cases of cholera and 34 deaths"
    for at in range(end, end + _OBJECT_REACH):
        word = sentence.low(at)
        if word in SEPARATORS or word in TRIGGERS or word[:1].isdigit():
            return False
        if sentence.low(at) in DISEASES and any(sentence.low(i) in FROM for i in range(max(end, at - 3), at)):
            return sentence.low(at + 1) not in CARE
    return False


def in_noun_phrase(sentence: Sentence, at: int) -> bool:
    """True where the word at ``at`` may go on a noun phrase that has begun."""
    word = sentence.low(at)
    if not word or word in NOUN_STOPS or at in sentence.triggers or at in sentence.counted or not word[0].isalnum():
        return False
    if at and sentence.mark_after(at - 1) in CLOSING:
        return False
    return not word[0].isdigit() and not (word.endswith(ADVERB_ENDING) and word not in PERSONS and word != "elderly")


def text_between(sentence: Sentence, first: int, second: int) -> str:
    """What stands between two tokens, white space apart."""
    return sentence.text[sentence.tokens[first].end : sentence.tokens[second].start].strip()
