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
        set_off = sentence.low(before) in {"now", "then"} and sentence.mark_after(at) == ","
        if set_off or (sentence.low(before) == "both" and stands_alone(sentence, end)):  # "the couple, both 70,"
            ages.append(at)
            continue
        if sentence.low(before) == "aged" or (
            sentence.low(before) == "of" and sentence.low(at - 2) in PERSONS and stands_alone(sentence, end)
        ):
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
    word = sentence.written(at)
    return word[:1].isupper() and sentence.low(at) not in DETERMINERS | PREPOSITIONS


def named(sentence: Sentence, ages: Sequence[int]) -> dict[int, Group]:
    """Who is called by name, with an age, by what befell them: "her son Omar, 12, was hurt", "killed Ana Sand, 34"."""
    found: dict[int, Group] = {}
    last: Group | None = None
    previous = 0
    for age in ages:
        begin = _begin_of_name(sentence, age - 1)
        if begin > 0 and sentence.low(begin - 1) in PERSONS and sentence.low(begin - 2) in POSSESSIVES | {"the"}:
            begin -= 2
        if begin == age and sentence.low(age - 1) in PERSONS and _is_determined(sentence, age - 2):
            begin = age - 2  # "her husband, 70, wounded"
        if begin == age:
            last = None
            continue
        joined = last is not None and begin - previous - 1 == (sentence.low(previous + 1) == "and")
        if joined and last is not None:
            last.end, last.min, last.max = age, (last.min or 0) + 1, (last.max or 0) + 1
        else:
            last = found[begin] = Group(begin, begin, age, 1, 1, person=True, bare=False, single=True)
        previous = age
    return {
        at: group
        for at, group in found.items()
        if takes_object(sentence, at - 1)
        or befell(sentence, group.end + 1)
        or befell(sentence, group.end + 1, bare=True)
    }


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
        return False
    counts = not stands_alone(sentence, end) or befell(sentence, end)
    if _is_capitalised(sentence, before):
        return not (counts and before > 0 and _is_capitalised(sentence, before - 1))
    return not counts and sentence.low(before - 1) not in DETERMINERS


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
