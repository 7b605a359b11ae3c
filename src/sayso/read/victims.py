"""Who is counted and what befell them: the groups and triggers of a sentence, before either is joined to the other.

A **group** is a quantity and the noun it counts: "at least 31 people", "16 of them", "another five", "a woman and her
son". Numbers in dates, ages, distances and counts of things are none. A **trigger** is a word that says that people
came to harm.
"""

from __future__ import annotations

from collections.abc import Iterator

from sayso.read.harm import (
    AGE_WORDS,
    CAPTIVE,
    COMPOUNDING,
    DETERMINERS,
    FAMILY,
    HEADLINE_PERSONS,
    NOT_PEOPLE,
    OTHERS,
    PARTITIVE_HEADS,
    PEOPLE_ENDINGS,
    PERSON_ENDINGS,
    PERSON_NOUNS,
    PERSONS,
    POSSESSIVES,
    REPORTERS,
    SAYING,
    Role,
)
from sayso.read.numbers import Quantity, quantities_among
from sayso.read.told import CLOSING, NOUN_REACH, SEPARATORS, Group, Sentence, in_noun_phrase, told_sentences
from sayso.read.uncounted import ages_of, befell, is_denied, is_no_count, named, stands_alone, takes_object
from sayso.wordsets import word_set

_MOST_JOINED = 8  # "a man, a woman, a child …"; a bound, so that a list without end stays linear
_OPENING = word_set("a an at about almost around in more nearly on over some the up")  # a sentence


def read_sentences(text: str) -> Iterator[Sentence]:
    """The sentences of ``text`` that may tell of harm, with their groups and triggers."""
    for sentence in told_sentences(text):
        sentence.groups = list(_groups(sentence))
        sentence.starts = {g.start: g for g in sentence.groups}
        sentence.ends = {g.end: g for g in sentence.groups}
        yield sentence


def _groups(sentence: Sentence) -> Iterator[Group]:
    covered = -1
    quantities = {first: (last, q) for first, last, q in quantities_among(sentence.tokens) if q.max != 0}
    ages = ages_of(sentence, quantities)
    sentence.ages = frozenset(ages)
    names = named(sentence, ages)
    for age in ages:
        del quantities[age]
    sentence.counted = frozenset(quantities)
    for at in range(len(sentence.tokens)):
        if at < covered:
            continue
        group = _single(sentence, at) or (names.get(at) if at > covered else None)
        if group is None and at in quantities and not is_no_count(sentence, at, quantities):
            group = _counted(sentence, at, *quantities[at])
            if group is not None and sentence.low(at - 1) in POSSESSIVES | {"another"} and at - 1 >= covered:
                group.start -= 1
        if group is None or (group.single and speaks(sentence, group.end)):  # "a monitor said"
            continue
        covered = group.end
        if not is_denied(sentence, at):
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
        end, person = _noun_phrase(sentence, at + 2)
        if person and end is not None:  # "12 of its soldiers", not "12 of the dead"
            return Group(start, noun, end, least, most, person=True, bare=False)
        if _ends_as_thing(sentence, at + 2):
            return None
        return Group(start, noun, at, least, most, person=False, bare=True)
    if sentence.low(at) == "of" and quantity.vague:
        at += 1
    if (_is_year(sentence, start) and sentence.low(at) not in PERSON_NOUNS) or _is_of_page(sentence, start, noun):
        return None
    end, person = (None, False) if sentence.low(at - 1) == "others" else _noun_phrase(sentence, at)
    if end is None and _object_of_report(sentence, start, at):
        end = at  # "kills 13 harbour watch group says"
    if end is not None and speaks(sentence, end):
        end = _before_speaker(sentence, at, end)
        if end is None and others == noun and not takes_object(sentence, start - 1):
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
    if _are_things(sentence.low(at)):  # "two attacks", though "attacks" may be a verb
        return None, False
    end, last = at, None
    while end < at + NOUN_REACH and in_noun_phrase(sentence, end):
        if last == end and sentence.low(end) in CAPTIVE:  # "took 12 villagers hostage"
            break
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


def _are_things(word: str) -> bool:
    return word in NOT_PEOPLE and word.endswith("s")


def _ends_as_thing(sentence: Sentence, at: int) -> bool:
    """True where the noun phrase at ``at`` ends with a thing: "of their armoured vehicles"."""
    end = at
    while end < at + NOUN_REACH and in_noun_phrase(sentence, end):
        end += 1
    return end > at and _are_things(sentence.low(end - 1))


def _ends_as_person(sentence: Sentence, at: int) -> bool:
    """True of "schoolgirls" and "tribesmen"; a capital may begin the adjective of a people that ends alike."""
    return sentence.low(at).endswith(PERSON_ENDINGS) and sentence.written(at).islower()


def _names_people(sentence: Sentence, at: int) -> bool:
    """True of a capitalised plural, right after its number: "12 Arcadians"."""
    word = sentence.written(at)
    return word.isalpha() and word.istitle() and word.endswith(PEOPLE_ENDINGS)


def speaks(sentence: Sentence, at: int) -> bool:
    """True where the noun phrase that ends at ``at`` is the subject of "said": "two residents said"."""
    if at + 1 in sentence.triggers and sentence.low(at).endswith("ed"):  # "17 people reported dead"
        return False
    return sentence.low(at) in SAYING and sentence.mark_after(at - 1) not in CLOSING


def _object_of_report(sentence: Sentence, start: int, at: int) -> bool:
    """True of a bare figure that is a verb's object, before the words of who says so."""
    end = at
    while end < at + NOUN_REACH and in_noun_phrase(sentence, end):
        end += 1
    ends = not sentence.low(end) or sentence.low(end) in SEPARATORS
    named = speaks(sentence, end) or (ends and sentence.low(end - 1) in REPORTERS)
    return end > at and named and not _are_things(sentence.low(at)) and takes_object(sentence, start - 1)


def _before_speaker(sentence: Sentence, at: int, end: int) -> int | None:
    """The end of "six shepherds" in "killing six shepherds villagers said", whose comma is lost; else None."""
    people = [i for i in range(at, end) if sentence.low(i) in PERSON_NOUNS]
    return people[0] + 1 if len(people) > 1 else None


def _partitive(sentence: Sentence, at: int) -> int:
    """The end of "members of the Upper Arcadian village watch", where ``at`` is at the preposition."""
    end = at + 1 + (sentence.low(at + 1) in DETERMINERS)
    begin = end
    while end < begin + NOUN_REACH and in_noun_phrase(sentence, end):
        end += 1
    return end if end > begin else at


def _single(sentence: Sentence, at: int) -> Group | None:
    """ "a woman", "one mother and her child", "a man woman and child"; and, in a headline, "civilian" alone."""
    word = sentence.low(at)
    if (
        word == "another" and sentence.low(at - 1) != "or" and befell(sentence, at + 1, bare=True)
    ):  # "one was killed and another wounded"
        return Group(at, at + 1, at + 1, 1, 1, person=False, bare=True)
    if word in {"a", "the"} and sentence.low(at + 1) == "couple" and stands_alone(sentence, at + 2):
        end, count, noun = at + 2, 2, at + 1
    elif word in {"a", "an", "one", "another"}:
        end, count = _persons(sentence, at + 1)
        noun = at + 1
    elif word in HEADLINE_PERSONS and _is_headline(sentence, at):
        end, count = _persons(sentence, at)
        noun = at
    else:
        return None
    if not count:
        return None
    while count < _MOST_JOINED and (more := _joined_single(sentence, _past_age(sentence, end))) is not None:
        end, count = more[0], count + more[1]
    return Group(at, noun, end, count, count, person=True, bare=False, single=True)


def _past_age(sentence: Sentence, at: int) -> int:
    """Past the age of the person whose noun ends before ``at``: "a girl of seven and her mother"."""
    age = at + (sentence.low(at) in {"of", "aged"})
    return age + 1 if age in sentence.ages else at


def _joined_single(sentence: Sentence, at: int) -> tuple[int, int] | None:
    """A further single person joined at ``at``: "and his young daughter", "and child", "and a 9-years-old girl"."""
    joined = sentence.low(at) in {"and", "&"}
    at += joined
    determined = sentence.low(at) in POSSESSIVES | {"a", "an"}
    if not (joined or determined):
        return None
    end, count = _persons(sentence, at + determined)
    kin = HEADLINE_PERSONS | (FAMILY if sentence.low(at) in POSSESSIVES else set())
    if not joined and not any(sentence.low(i) in kin for i in range(at, end)):
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
