"""Who is counted and what befell them: the groups and triggers of a sentence, before either is joined to the other.

A **group** is a quantity and the noun it counts: "at least 31 people", "16 of them", "another five", "a woman and her
son". Numbers in dates, ages, distances and counts of things are none. A **trigger** is a word that says that people
came to harm. Quotation marks, commas and short brackets are left out: a text reads the same with and without them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sayso.read.dates import date_spans
from sayso.read.harm import (
    ADVERB_ENDING,
    AGE_WORDS,
    ASIDES,
    COMPOUNDING,
    DETERMINERS,
    FAMILY,
    HARDSHIPS,
    HEADLINE_PERSONS,
    NOT_PEOPLE,
    NOUN_STOPS,
    OF_THINGS,
    OTHERS,
    PARTITIVE_HEADS,
    PEOPLE_ENDINGS,
    PERSON_ENDINGS,
    PERSON_NOUNS,
    PERSONS,
    POSSESSIVES,
    REPORTERS,
    SAYING,
    SUFFERING,
    TELLING,
    TRIGGER_BEGINNINGS,
    TRIGGERS,
    Role,
)
from sayso.read.numbers import COUNTING, NUMBER_WORDS, Quantity, Token, quantities_among, tokens
from sayso.text import mangled_marks, sentences
from sayso.types import CasualtyKind
from sayso.wordsets import word_set

NOUN_REACH = 8  # words of a noun phrase
SEPARATORS = frozenset(";:|•!?.-–—")
_SKIPPED_MARKS = frozenset(",\"“”„‘’'«»()[]*…")
_CLOSING = frozenset(',;"”)]')  # right after a word, they end a noun phrase
DASHES = frozenset("-–—")
_BRACKET_REACH = 8  # tokens between brackets that are passed over
_OBJECT_REACH = 6  # tokens after "suffer" in which it is said what from
_ASIDE_REACH = 14  # tokens between the dashes of an aside
_MOST_JOINED = 8  # "a man, a woman, a child …"; a bound, so that a list without end stays linear
_OPENING = word_set("a an at about almost around in more nearly on over some the up")  # a sentence
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


def read_sentences(text: str) -> Iterator[Sentence]:
    """The sentences of ``text`` that may tell of harm, with their groups and triggers."""
    for sentence in _sentences(text):
        sentence.triggers = {t.start: t for t in _triggers(sentence)}
        sentence.active_ends = frozenset(t.end for t in sentence.triggers.values() if t.role is Role.ACTIVE)
        sentence.groups = list(_groups(sentence))
        sentence.starts = {g.start: g for g in sentence.groups}
        sentence.ends = {g.end: g for g in sentence.groups}
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
    if words.isdisjoint(TELLING) or words.isdisjoint(TRIGGER_BEGINNINGS):
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
            entry = TRIGGERS.get(" ".join(sentence.low(i) for i in range(at, at + size)))
            if entry is not None and not _is_hardship(sentence, at):
                kind, role, only_people = entry
                yield Trigger(at, at + size, kind, role, only_people, token.low in OF_THINGS)
                done = at + size
                break


def _is_hardship(sentence: Sentence, at: int) -> bool:
    """True of "suffering a double siege", "affected by shortages", which wound nobody."""
    follows = (sentence.low(i) for i in range(at + 1, at + 1 + _OBJECT_REACH))
    return sentence.low(at) in SUFFERING and not HARDSHIPS.isdisjoint(follows)


def _groups(sentence: Sentence) -> Iterator[Group]:
    covered = -1
    quantities = {first: (last, q) for first, last, q in quantities_among(sentence.tokens) if q.max != 0}
    sentence.counted = frozenset(quantities)
    for at in range(len(sentence.tokens)):
        if at < covered:
            continue
        group = _single(sentence, at)
        if group is None and at in quantities:
            group = _counted(sentence, at, *quantities[at])
            if group is not None and sentence.low(at - 1) in POSSESSIVES | {"another"} and at - 1 >= covered:
                group.start -= 1
        if group is None or (group.single and _speaks(sentence, group.end)):  # "a monitor said"
            continue
        covered = group.end
        if sentence.low(at - 1) not in {"no", "not"}:  # "no one was hurt"
            yield group


def _counted(sentence: Sentence, start: int, noun: int, quantity: Quantity) -> Group | None:
    """The group of a quantity and what it counts; None where that is no people."""
    at = noun
    while sentence.low(at) in OTHERS:
        at += 1
    others = at
    least, most = quantity.min, quantity.max
    if sentence.low(at) == "of" and sentence.low(at + 1) in {"them", "whom"}:  # "one of them a cook"
        aside, one = _persons(sentence, at + 3) if sentence.low(at + 2) in {"a", "an"} else (0, 0)
        return Group(start, noun, aside if one else at + 2, least, most, person=False, bare=True)
    if sentence.low(at) == "of" and sentence.low(at + 1) in {"those", "the", "its", "their", "his"}:
        return Group(start, noun, at, least, most, person=False, bare=True)
    if sentence.low(at) == "of" and quantity.vague:
        at += 1
    if (_is_year(sentence, start) and sentence.low(at) not in PERSON_NOUNS) or _is_of_page(sentence, start, noun):
        return None
    end, person = (None, False) if sentence.low(at - 1) == "others" else _noun_phrase(sentence, at)
    if end is None and _object_of_report(sentence, start, at):
        end = at  # "kills 13 harbour watch group says"
    if end is not None and _speaks(sentence, end):
        end = _before_speaker(sentence, at, end)
        if end is None and others == noun and not _takes_object(sentence, start - 1):
            return None
        end, person = end or others, end is not None
    if end is None and others == noun:
        return None
    if end is None or end == at:
        end, at = others, others
    if sentence.low(start) == "both" and sentence.low(end) == "and":  # "both sailors and cooks"
        return None
    if [sentence.low(end), sentence.low(end + 1)] == ["at", "least"] and end not in sentence.counted:
        end, most = end + 2, None
    return Group(start, noun, end, least, most, person, bare=not person and end <= others)


def _is_year(sentence: Sentence, at: int) -> bool:
    """True of four digits that may be a year that no date holds: "(March 2018 Jane Roe)"."""
    word = sentence.low(at)
    return len(word) == 4 and word.isdecimal() and 1900 <= int(word) <= 2100


def _is_of_page(sentence: Sentence, start: int, end: int) -> bool:
    """True of digits that a page prints between a label, or other digits, and the next sentence: "short URL 9432 At
    least ten people"."""
    if start == 0 or end != start + 1 or end >= len(sentence.tokens) or not sentence.low(start).isdecimal():
        return False
    before, after = sentence.written(start - 1), sentence.written(end)
    labelled = before.isdecimal() or (len(before) > 2 and before.isalpha() and before.isupper())
    return labelled and after[:1].isupper() and sentence.low(end) in _OPENING


def _noun_phrase(sentence: Sentence, at: int) -> tuple[int | None, bool]:
    """Where the noun phrase at ``at`` ends and whether it is one for people; None where it is one for things."""
    end, last = at, None
    while end < at + NOUN_REACH and in_noun_phrase(sentence, end):
        if sentence.low(end) in PERSON_NOUNS or _ends_as_person(sentence, end):
            last = end + 1
        end += 1
    if last is None:
        words = {sentence.low(i) for i in range(at, end)}
        if words & NOT_PEOPLE:
            return None, False
        return (at + 1, True) if end > at and _names_people(sentence, at) else (min(end, at + 4), False)
    if sentence.low(last - 1) in COMPOUNDING and sentence.low(last) in NOT_PEOPLE:  # "five police stations"
        return None, False
    if sentence.low(last - 1) in PARTITIVE_HEADS and sentence.low(last) in {"of", "from"}:
        last = _partitive(sentence, last)
    return last, True


def _ends_as_person(sentence: Sentence, at: int) -> bool:
    """True of "schoolgirls" and "tribesmen"; a capital may begin the adjective of a people that ends alike."""
    return sentence.low(at).endswith(PERSON_ENDINGS) and sentence.written(at).islower()


def _names_people(sentence: Sentence, at: int) -> bool:
    """True of a capitalised plural, right after its number: "12 Arcadians"."""
    word = sentence.written(at)
    return word.isalpha() and word.istitle() and word.endswith(PEOPLE_ENDINGS)


def _speaks(sentence: Sentence, at: int) -> bool:
    """True where the noun phrase that ends at ``at`` is the subject of "said": "two residents said"."""
    return sentence.low(at) in SAYING and sentence.mark_after(at - 1) not in _CLOSING


def _object_of_report(sentence: Sentence, start: int, at: int) -> bool:
    """True of a bare figure that is a verb's object, before the words of who says so."""
    end = at
    while end < at + NOUN_REACH and in_noun_phrase(sentence, end):
        end += 1
    ends = not sentence.low(end) or sentence.low(end) in SEPARATORS
    named = _speaks(sentence, end) or (ends and sentence.low(end - 1) in REPORTERS)
    return end > at and named and _takes_object(sentence, start - 1)


def _before_speaker(sentence: Sentence, at: int, end: int) -> int | None:
    """The end of "six shepherds" in "killing six shepherds villagers said", whose comma is lost; else None."""
    people = [i for i in range(at, end) if sentence.low(i) in PERSON_NOUNS]
    return people[0] + 1 if len(people) > 1 else None


def _takes_object(sentence: Sentence, at: int) -> bool:
    """True where a verb whose object follows ends at ``at``."""
    return any(
        t is not None and t.end == at + 1 and t.role in {Role.ACTIVE, Role.EITHER}
        for t in (sentence.triggers.get(i) for i in range(max(0, at - 2), at + 1))
    )


def _partitive(sentence: Sentence, at: int) -> int:
    """The end of "members of the Upper Arcadian village watch", where ``at`` is at the preposition."""
    end = at + 1 + (sentence.low(at + 1) in DETERMINERS)
    begin = end
    while end < begin + NOUN_REACH and in_noun_phrase(sentence, end):
        end += 1
    return end if end > begin else at


def in_noun_phrase(sentence: Sentence, at: int) -> bool:
    """True where the word at ``at`` may go on a noun phrase that has begun."""
    word = sentence.low(at)
    if not word or word in NOUN_STOPS or at in sentence.triggers or at in sentence.counted or not word[0].isalnum():
        return False
    if at and sentence.mark_after(at - 1) in _CLOSING:
        return False
    return not word[0].isdigit() and not (word.endswith(ADVERB_ENDING) and word not in PERSONS and word != "elderly")


def _single(sentence: Sentence, at: int) -> Group | None:
    """ "a woman", "one mother and her child", "a man woman and child"; and, in a headline, "civilian" alone."""
    word = sentence.low(at)
    if word in {"a", "an", "one", "another"}:
        end, count = _persons(sentence, at + 1)
        noun = at + 1
    elif word in HEADLINE_PERSONS and _is_headline(sentence, at):
        end, count = _persons(sentence, at)
        noun = at
    else:
        return None
    if not count:
        return None
    while count < _MOST_JOINED and (more := _joined_single(sentence, end)) is not None:
        end, count = more[0], count + more[1]
    return Group(at, noun, end, count, count, person=True, bare=False, single=True)


def _joined_single(sentence: Sentence, at: int) -> tuple[int, int] | None:
    """A further single person joined at ``at``: "and his young daughter", "and child", "and a 9-years-old girl"."""
    joined = sentence.low(at) in {"and", "&"}
    at += joined
    determined = sentence.low(at) in POSSESSIVES | {"a", "an"}
    if not (joined or determined):
        return None
    end, count = _persons(sentence, at + determined)
    if not joined and not any(sentence.low(i) in HEADLINE_PERSONS for i in range(at, end)):
        return None  # "a pilot a monitor said"
    return (end, count) if count else None


def _persons(sentence: Sentence, at: int) -> tuple[int, int]:
    """The end of the noun phrase at ``at`` whose head is one person, and how many it names ("man woman": 2)."""
    end = at
    while end < at + NOUN_REACH - 2 and (in_noun_phrase(sentence, end) or _is_age(sentence, end)):
        if sentence.low(end) in PERSONS:
            first, count, end = end, 1, end + 1
            while (
                end < first + _MOST_JOINED and sentence.low(end) in PERSONS
            ):  # "man woman" are two, "girl child" and "rebel commander" one
                count += {sentence.low(end - 1), sentence.low(end)} <= FAMILY
                end += 1
            if sentence.low(end) in NOT_PEOPLE:
                return at, 0
            return end, count
        many = sentence.low(end) in PERSON_NOUNS and sentence.low(end + 1) not in PERSONS  # not "staff member"
        if many or (sentence.low(end) in NOT_PEOPLE and not _is_age(sentence, end)):
            return at, 0
        end += 1
    return at, 0


def _is_age(sentence: Sentence, at: int) -> bool:
    """Part of "45-years-old" or "6 year old"."""
    word, follow = sentence.low(at), sentence.low(at + 1)
    return word in AGE_WORDS or (word.isdecimal() and follow in AGE_WORDS)


def _is_headline(sentence: Sentence, at: int) -> bool:
    """True where a bare noun stands by its trigger: "Civilian killed", "Bomb kills woman", "Father baby injured"."""
    before = sentence.low(at - 1)
    is_object = at in sentence.active_ends
    if before and before not in SEPARATORS and not is_object:
        return False
    end, count = _persons(sentence, at)
    follow = sentence.triggers.get(end)
    is_subject = follow is not None and follow.role in {Role.EITHER, Role.STATE}
    return count > 0 and (is_object or is_subject)
