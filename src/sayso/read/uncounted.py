"""Numbers that count nobody: ages, and those that a place or a unit is called by.

Whoever is called by name with an age counts for one where harm befell that person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sayso.read.harm import (
    ADVERB_ENDING,
    ADVERBS,
    BE,
    CALLED,
    DETERMINERS,
    HAVE,
    OTHERS,
    PERSON_NOUNS,
    PERSONS,
    POSSESSIVES,
    PREPOSITIONS,
    SAYING,
    Role,
)
from sayso.read.numbers import Quantity
from sayso.read.told import Group, Sentence, in_noun_phrase, text_between

_NAME_REACH = 5  # words of a person's name
_OLDEST = 120


def ages_of(sentence: Sentence, quantities: Mapping[int, tuple[int, Quantity]]) -> list[int]:
    """Where ages stand: "Ana Sand, 34,", "a nurse (34)", "sisters, 7 and 9,", "aged nine and 11", "a girl of six"."""
    ages: list[int] = []
    for at, (end, quantity) in quantities.items():
        if quantity.vague or (quantity.max or _OLDEST) > _OLDEST:
            continue
        before, listed = at - 1, bool(ages) and ages[-1] in {at - 1, at - 2}
        if _is_said_to_be_age(sentence, at, end):
            ages.append(at)
        elif end > at + 1 or before < 0:
            continue
        elif listed and sentence.low(before) in {"and", "or"}:
            if stands_alone(sentence, end):
                ages.append(at)
        elif (listed or _may_have_age(sentence, before)) and (
            _is_set_off(sentence, at, quantities) or _is_of_one(sentence, at, quantity)
        ):
            ages.append(at)
    return ages


def _is_said_to_be_age(sentence: Sentence, at: int, end: int) -> bool:
    """True of "aged 34", "34 years old", "a girl of six", "who was 34", "the couple, both 70", "now 34,"."""
    word, before = sentence.low(at - 1), sentence.low(at - 2)
    if word in {"aged", "age"} or (sentence.low(end) in {"years", "year"} and sentence.low(end + 1) == "old"):
        return True
    if word in {"now", "then"}:
        return sentence.mark_after(at) == ","
    of_one = (word == "of" and before in PERSONS) or (
        word in {"was", "is", "turned"} and before in {"he", "she", "who"}
    )
    return (of_one or word == "both") and stands_alone(sentence, end)


def stands_alone(sentence: Sentence, at: int) -> bool:
    """True where no noun follows that the number before ``at`` could count."""
    word = sentence.low(at)
    return not in_noun_phrase(sentence, at) and word not in OTHERS | {"of"} and at not in sentence.triggers


def _is_of_one(sentence: Sentence, at: int, quantity: Quantity) -> bool:
    """True of a number that cannot be what "was" is said of: "her son Omar 12 was killed", whose commas are lost."""
    singular = sentence.low(at + 1) in {"was", "is", "has"}
    return singular and (quantity.max or 0) > 1 and not text_between(sentence, at - 1, at)


def _is_set_off(sentence: Sentence, at: int, quantities: Mapping[int, object]) -> bool:
    """True of a number between commas or brackets, or with another that follows: ", 34,", "(34)", ", 9 and 11"."""
    gap, after = text_between(sentence, at - 1, at), sentence.mark_after(at)
    return (
        gap == "," and (after in {",", ".", ";", ""} or (sentence.low(at + 1) == "and" and at + 2 in quantities))
    ) or (gap == "(" and after == ")")


def _may_have_age(sentence: Sentence, at: int) -> bool:
    """True where a person is called at ``at``; not of a place in a list: "in Dorn, 12, and in Tarn, 8, were killed"."""
    if sentence.low(at) in PERSON_NOUNS:
        return True
    begin = _begin_of_name(sentence, at)
    return begin <= at and sentence.low(begin - 1) not in PREPOSITIONS - {"by", "for", "of", "with", "to"}


def _begin_of_name(sentence: Sentence, at: int) -> int:
    """Where the name that ends at ``at`` begins; ``at + 1`` where none does."""
    begin = at + 1
    while begin > max(0, at - _NAME_REACH) and _is_capitalised(sentence, begin - 1):
        if begin <= at and sentence.mark_after(begin - 1) == ",":
            break
        begin -= 1
    return begin


def _is_capitalised(sentence: Sentence, at: int) -> bool:
    """True of a capitalised word that is no date."""
    return sentence.written(at)[:1].isupper() and sentence.low(at) not in DETERMINERS | PREPOSITIONS | {""}


def named(sentence: Sentence, ages: Sequence[int]) -> dict[int, Group]:
    """Who is called by name, with an age, by what befell them: "her son Omar, 12, was hurt", "killed Ana Sand, 34"."""
    found: dict[int, Group] = {}
    last: Group | None = None
    previous = 0
    ends: dict[int, int] = {}  # the token after the age of the last of them
    for age in ages:
        end = age - (sentence.low(age - 1) in {"aged", "age"})
        begin = _begin_of_name(sentence, end - 1)
        if begin > 0 and sentence.low(begin - 1) in PERSONS and sentence.low(begin - 2) in POSSESSIVES | {"the"}:
            begin -= 2
        if begin == end and sentence.low(end - 1) in PERSONS and _is_determined(sentence, end - 2):
            begin = end - 2  # "her husband, 70, wounded"
        if begin == end:
            last = None
            continue
        joined = last is not None and begin - previous - 1 == (sentence.low(previous + 1) == "and")
        if joined and last is not None:
            last.end, last.min, last.max = end, (last.min or 0) + 1, (last.max or 0) + 1
        else:
            last = found[begin] = Group(begin, begin, end, 1, 1, person=True, bare=False, single=True)
        previous = age + 2 * (sentence.low(age + 2) == "old")
        ends[begin if last is found.get(begin) else last.start] = previous + 1
    return {at: group for at, group in found.items() if _is_object(sentence, at) or _is_subject(sentence, ends[at])}


def _is_object(sentence: Sentence, at: int) -> bool:
    """True of what begins at ``at`` after "killed", "the death of", "among the dead were"."""
    if takes_object(sentence, at - 1):
        return True
    before = next((t for i in range(max(0, at - 4), at) if (t := sentence.triggers.get(i)) and t.end == at - 1), None)
    if before is None:
        return False
    if before.role is Role.NOUN:
        return sentence.low(at - 1) == "of"
    return sentence.low(at - 1) in BE and sentence.low(before.start - 1) in {"the", "those"}


def _is_subject(sentence: Sentence, at: int) -> bool:
    """True of what ends before ``at``, where "was killed" follows, or "and her two children were killed"."""
    if sentence.low(at) == "and":
        at += 1
        begin = at
        while at < begin + _NAME_REACH and sentence.low(at) and sentence.low(at) not in BE | HAVE | SAYING:
            if at in sentence.triggers:
                break
            at += 1
    return befell(sentence, at) or befell(sentence, at, bare=True)


def befell(sentence: Sentence, at: int, *, bare: bool = False) -> bool:
    """True where "was killed", "has died" or the like stands at ``at``; ``bare``: or "killed" that has no object."""
    begin = at
    while at < begin + 4 and (sentence.low(at) in BE | HAVE | ADVERBS or sentence.low(at).endswith(ADVERB_ENDING)):
        at += 1
    trigger = sentence.triggers.get(at)
    if trigger is None or trigger.role not in {Role.STATE, Role.EITHER}:
        return False
    if bare and at == begin:
        follow = trigger.end
        return (
            stands_alone(sentence, follow) and follow not in sentence.counted and not _is_determined(sentence, follow)
        )
    return at > begin or trigger.role is Role.STATE


def _is_determined(sentence: Sentence, at: int) -> bool:
    return sentence.low(at) in DETERMINERS | POSSESSIVES


def is_no_count(sentence: Sentence, at: int, quantities: Mapping[int, tuple[int, Quantity]]) -> bool:
    """True of the number at ``at`` where it is part of a name or a share: "Block 14", "one in three of them"."""
    end, quantity = quantities[at]
    if _is_called(sentence, at, end) or (sentence.low(at) == "both" and at + 1 in sentence.ages):
        return True
    if sentence.low(at - 1) == "in":
        return "one" in {sentence.low(at - 2), sentence.low(at - 3)} and _is_rate(sentence, end)
    other = end + 1 + (sentence.low(end) in PERSONS)
    return (
        quantity.max == 1
        and sentence.low(other - 1) == "in"
        and other in quantities
        and _is_rate(sentence, quantities[other][0])
    )


def _is_rate(sentence: Sentence, at: int) -> bool:
    return stands_alone(sentence, at) or sentence.low(at) == "of"


def _is_called(sentence: Sentence, at: int, end: int) -> bool:
    """True of a number that is part of a name: "Block 14", "Route 7", "district 9", "No. 3"."""
    before = at - 1
    if sentence.low(before) == "." and sentence.low(before - 1) in {"no", "nos"}:
        return True
    if before < 0 or end > at + 1 or text_between(sentence, before, at):
        return False
    if sentence.low(before) not in CALLED:
        return _names_itself(sentence, at)
    counts = not stands_alone(sentence, end) or befell(sentence, end)
    if _is_capitalised(sentence, before):
        return not (counts and before > 0 and _is_capitalised(sentence, before - 1))
    return not counts and sentence.low(before - 1) not in DETERMINERS


def _names_itself(sentence: Sentence, at: int) -> bool:
    """True of digits that end a name: "the guards of Falcon 9", "near Velna 2,"; not of "in Dorn 12 were killed"."""
    begin = _begin_of_name(sentence, at - 1)
    if begin == at or begin == 0 or not sentence.low(at).isdecimal() or not stands_alone(sentence, at + 1):
        return False
    if sentence.low(begin - 1) == "of":
        return True
    listed = sentence.low(at + 1) in PREPOSITIONS | {"and"}  # "in Dorn 12, in Tarn 8"
    return sentence.low(begin - 1) in PREPOSITIONS and sentence.mark_after(at) == "," and not listed


def is_denied(sentence: Sentence, at: int) -> bool:
    """True of "no one was hurt", "none of the 40 passengers was hurt", "all but two died"."""
    before = at - 1
    if sentence.low(before) in DETERMINERS and sentence.low(before - 1) == "of":
        if sentence.low(before - 2) in {"none", "neither"}:
            return True
        before -= 3
    return sentence.low(before) in {"no", "not"} or [sentence.low(before - 1), sentence.low(before)] == ["all", "but"]


def takes_object(sentence: Sentence, at: int) -> bool:
    """True where a verb whose object follows ends at ``at``."""
    return any(
        t is not None and t.end == at + 1 and t.role in {Role.ACTIVE, Role.EITHER}
        for t in (sentence.triggers.get(i) for i in range(max(0, at - 2), at + 1))
    )
