"""Which trigger governs which group: the binding of those whom harm befell to the words that say so.

Each trigger takes the groups it governs. "killing 14 fighters" takes what follows, "three were killed" what goes
before, and a bare "killed" either: what follows, unless a figure stands right before it and the next has a trigger of
its own ("6 killed 22 injured").

Where one figure carries two kinds ("killed and wounded 40"), it takes the first; of "40 were killed or wounded" it is
open how many each are.
"""

from __future__ import annotations

from collections.abc import Iterator

from sayso.read.harm import (
    ADVERB_ENDING,
    ADVERBS,
    ASIDES,
    AUXILIARIES,
    BE,
    CONJUNCTIONS,
    DETERMINERS,
    FAMILIES,
    FILLERS,
    FINITE,
    FREEING,
    FUGITIVES,
    HAVE,
    INCLUDING,
    PERSON_NOUNS,
    POSSESSIVES,
    PREPOSITIONS,
    RELATIVES,
    SUBORDINATORS,
    TOLL_LEADS,
    Role,
)
from sayso.read.told import DASHES, NOUN_REACH, SEPARATORS, Group, Sentence, Trigger, in_noun_phrase
from sayso.read.victims import speaks
from sayso.types import CasualtyKind

_REACH = 28  # tokens between a passive verb and its subject
_NEAR_REACH = 7  # the same without an auxiliary
_RELATIVE_REACH = 6  # tokens between "who" and its verb
_TOLL_REACH = 28  # tokens between "toll" and its figure
_BEFORE_TRIGGER = AUXILIARIES - {"and", "or", "to", "left"}
_DESCRIBING = POSSESSIVES | {"a", "an", "another"}
_DESCRIPTIVE = RELATIVES | BE | HAVE | ADVERBS | {"of", "the", "those"}


def bind(sentence: Sentence, trigger: Trigger) -> None:
    """Give the groups that ``trigger`` governs its kind."""
    if (figure := _tallied(sentence, trigger)) is not None:
        figure.kind = trigger.kind
        return
    for group in _governed(sentence, trigger):
        fits = group.person or (group.bare and not trigger.of_things) or not trigger.only_people
        if trigger.kind == "displaced" and _is_on_the_run(sentence, group):
            fits = False
        if trigger.of_things and _is_taken_otherwise(sentence, trigger, group):
            fits = False
        if group.kind is None and fits:
            group.kind = _gravest(sentence, trigger)
            group.shared = _is_one_of_several(sentence, trigger)


def _is_on_the_run(sentence: Sentence, group: Group) -> bool:
    """True of "40 gunmen", but not of "40 gunmen and their families"."""
    families = sentence.low(group.end + 1) in POSSESSIVES and sentence.low(group.end + 2) in FAMILIES
    return sentence.low(group.end - 1) in FUGITIVES and not families


def _is_taken_otherwise(sentence: Sentence, trigger: Trigger, group: Group) -> bool:
    """True of "held a rebel stronghold", "held 12 people responsible", "a body of 12 experts"."""
    if sentence.low(trigger.start) in {"body", "corpse"}:
        return not group.single
    compound = group.single and in_noun_phrase(sentence, group.end)
    return compound or sentence.low(group.end) in {"responsible", "accountable", "liable", "guilty"}


def _is_one_of_several(sentence: Sentence, trigger: Trigger) -> bool:
    """True of "killed or wounded": how many of either there are remains open."""
    at, last = trigger.end, trigger
    while at in sentence.triggers:
        last = sentence.triggers[at]
        at = last.end
    other = sentence.triggers.get(at + 1, last) if sentence.low(at) == "or" else last
    return other is not last and other.kind != trigger.kind


def _gravest(sentence: Sentence, trigger: Trigger) -> CasualtyKind:
    """The kind of ``trigger``; killed where it goes on with that: "rounded up and executed"."""
    at = trigger.end + (sentence.low(trigger.end) in {"and", "or"})
    following = sentence.triggers.get(at)
    goes_on = following is not None and following.kind == "killed" and following.role is not Role.NOUN
    if following is not None and at == trigger.end and following.role is Role.STATE:  # "two of the six wounded died"
        goes_on = False
    return "killed" if goes_on and trigger.role is not Role.TOLL else trigger.kind


def _governed(sentence: Sentence, trigger: Trigger) -> list[Group]:
    before = _before_trigger(sentence, trigger)
    if sentence.low(before) in {"the", "those"} and trigger.role in {Role.EITHER, Role.STATE}:
        return _of_the_dead(sentence, trigger, before)
    if trigger.role is Role.TOLL or _describes(sentence, trigger, before):
        return []
    if trigger.role is Role.ACTIVE:
        return _right(sentence, trigger)
    if trigger.role is Role.NOUN:
        adjacent = sentence.ends.get(trigger.start - (sentence.low(trigger.start - 1) == "of"))
        if adjacent is not None and adjacent.kind is None:
            return [adjacent]
        if sentence.low(trigger.end) != "of":
            return []
        if trigger.kind == "killed" and sentence.low(trigger.start) not in {"lives", "life"}:
            # whatever befell them before: "the bodies of three men seized in May"
            group = sentence.open_at(_skip_fillers(sentence, trigger.end))
            return [group, *_joined_right(sentence, group)] if group is not None else _right(sentence, trigger)
        return _right(sentence, trigger)
    if trigger.role is Role.STATE or _is_passive(sentence, before):
        return _left(sentence, trigger, before) or _beside(sentence, trigger)
    if sentence.low(before) in HAVE:
        return _right(sentence, trigger)
    return _either(sentence, trigger, before)


def _describes(sentence: Sentence, trigger: Trigger, before: int) -> bool:
    """True of "an injured girl"; not of "another injured two girls", which may be a shell."""
    if sentence.low(before) not in _DESCRIBING or before + 1 in sentence.ends or trigger.end > trigger.start + 1:
        return False
    counts = trigger.end in sentence.starts or sentence.low(trigger.end) in DETERMINERS
    return not (sentence.low(before) == "another" and counts)


def _either(sentence: Sentence, trigger: Trigger, before: int) -> list[Group]:
    """Bare "killed": what follows, unless a figure stands right before it and what follows has its own trigger."""
    right = _right(sentence, trigger)
    adjacent = sentence.ends.get(before + 1)
    adjacent = adjacent if adjacent is not None and adjacent.kind is None else None
    if adjacent is not None and is_of_the(sentence, adjacent.start):  # "of the 12 killed, five were women"
        return [adjacent, *right]
    if right and not (
        adjacent is not None and (_is_part(sentence, right[0]) or _followed_by_trigger(sentence, right[0]))
    ):
        return right
    if adjacent is not None and adjacent.single and _has_object(sentence, trigger):
        return []  # "a gunman killed the mayor"
    return _left(sentence, trigger, before)


def _has_object(sentence: Sentence, trigger: Trigger) -> bool:
    """True where a name or noun that is not counted follows ``trigger`` without a comma."""
    at = trigger.end
    if at >= len(sentence.tokens) or sentence.mark_after(at - 1) != " " or not sentence.low(at):
        return False
    return sentence.low(at) in DETERMINERS or sentence.written(at)[0].isupper()


def _is_part(sentence: Sentence, group: Group) -> bool:
    """True of "two of them", "two of whom", who are some of those counted before."""
    return sentence.low(group.end - 1) in {"them", "whom"}


def _beside(sentence: Sentence, trigger: Trigger) -> list[Group]:
    """Those who share a fate with somebody not counted: "the mayor was killed along with four guards"."""
    for phrase in CONJUNCTIONS[:4]:
        if all(sentence.low(trigger.end + i) == word for i, word in enumerate(phrase)):
            group = sentence.open_at(trigger.end + len(phrase))
            return [group, *_joined_right(sentence, group)] if group is not None else []
    return []


def is_of_the(sentence: Sentence, at: int) -> bool:
    """True where "of the", "of those" or the like ends before ``at``."""
    return sentence.low(at - 1) in DETERMINERS and sentence.low(at - 2) == "of"


def _part_of(sentence: Sentence, group: Group) -> Group:
    """The figure that ``group`` is the whole of: "three" of "three of the 12 hostages"; else ``group``."""
    if sentence.low(group.start - 1) == "of":
        return sentence.ends.get(group.start - 1) or group
    if not is_of_the(sentence, group.start) or sentence.low(group.end) in RELATIVES:  # "one of the two who were hurt"
        return group
    return sentence.ends.get(group.start - 2) or group


def _before_trigger(sentence: Sentence, trigger: Trigger) -> int:
    """The last token before ``trigger`` that is no adverb."""
    at = trigger.start - 1
    while at > trigger.start - 5 and (sentence.low(at) in ADVERBS or sentence.low(at).endswith(ADVERB_ENDING)):
        if at + 1 in sentence.ends:
            break
        at -= 1
    return at


def _is_passive(sentence: Sentence, at: int) -> bool:
    return sentence.low(at) in BE


def _followed_by_trigger(sentence: Sentence, group: Group) -> bool:
    at = group.end
    if sentence.low(at) == "as":  # "killed 12 as bodies were recovered"
        return False
    while sentence.low(at) in _BEFORE_TRIGGER or (sentence.low(at) or "?").endswith(ADVERB_ENDING):
        at += 1
        if at > group.end + 4:
            return False
    trigger = sentence.triggers.get(at)
    return trigger is not None and trigger.role in {Role.EITHER, Role.STATE, Role.NOUN}


def has_own_trigger(sentence: Sentence, group: Group) -> bool:
    """True where a trigger right after ``group`` governs it: "12 dead", "five were wounded", not "12 wounding 3"."""
    if is_freed(sentence, group):
        return True
    if not _followed_by_trigger(sentence, group):
        return False
    at = group.end
    while at not in sentence.triggers:
        at += 1
    trigger = sentence.triggers[at]
    if trigger.role is not Role.EITHER or at > group.end:
        return True
    follow = sentence.open_at(_skip_fillers(sentence, trigger.end))
    return follow is None or _followed_by_trigger(sentence, follow)


def is_freed(sentence: Sentence, group: Group) -> bool:
    """True of "freed 12 hostages", "12 hostages were released"."""
    at = group.end
    while sentence.low(at) in BE | HAVE | ADVERBS and at < group.end + 4:
        at += 1
    passive = sentence.low(at) if at > group.end or sentence.low(at + 1) in PREPOSITIONS | {""} else ""
    return not FREEING.isdisjoint({sentence.low(group.start - 1), passive})


def _skip_fillers(sentence: Sentence, at: int) -> int:
    """Past what may stand between a verb and its object: "another", "and wounded", "the lives of"."""
    begin = at
    while at < begin + 7 and at not in sentence.starts:
        if (other := sentence.triggers.get(at)) is not None and other.role is not Role.STATE:
            at = other.end
        elif sentence.low(at) in FILLERS:
            at += 1
        else:
            break
    return at


def _right(sentence: Sentence, trigger: Trigger) -> list[Group]:
    """The groups that ``trigger`` has as its object."""
    at = _skip_fillers(sentence, trigger.end)
    group = sentence.open_at(at)
    if group is None or (trigger.of_things and _is_taken_otherwise(sentence, trigger, group)):
        at = _after_unnumbered(sentence, at)
        group = sentence.open_at(at)
    if group is None or has_own_trigger(sentence, group):
        return []
    return [group, *_joined_right(sentence, group)]


def _after_unnumbered(sentence: Sentence, at: int) -> int:
    """Past an object that is not counted: "killing the groom and 12 guests"."""
    begin = at
    while at < begin + 9:
        if sentence.low(at) in {"and", "&"} or (sentence.low(at), sentence.low(at + 1)) == ("as", "well"):
            after = at + 1 + 2 * (sentence.low(at) == "as")
            return after if at > begin else -1
        if not in_noun_phrase(sentence, at) and sentence.low(at) not in DETERMINERS | POSSESSIVES:
            return -1
        at += 1
    return -1


def _joined_right(sentence: Sentence, group: Group) -> list[Group]:
    joined: list[Group] = []
    while (after := link(sentence, group.end)) is not None:
        following = sentence.open_at(after)
        if following is None or has_own_trigger(sentence, following):
            break
        joined.append(following)
        group = following
    return joined


def link(sentence: Sentence, at: int) -> int | None:
    """The token after "and" or "including" at ``at``; ``at`` itself where a group follows, its comma left out."""
    for phrase in (*INCLUDING, *CONJUNCTIONS):
        if all(sentence.low(at + i) == word for i, word in enumerate(phrase)):
            return at + len(phrase)
    return at if at in sentence.starts else None


def _left(sentence: Sentence, trigger: Trigger, before: int) -> list[Group]:
    """The groups that are ``trigger``'s subject: the nearest that no preposition governs, and what is joined to it."""
    at = before
    while at + 1 not in sentence.ends and (
        sentence.low(at) in AUXILIARIES or (sentence.low(at) == "said" and sentence.low(at - 1) in BE)
    ):
        at -= 1
    if trigger.role is Role.EITHER and at == before and _is_uncounted(sentence, at):
        return []
    has_auxiliary = any(sentence.low(i) in BE for i in range(at + 1, before + 1))
    limit = max(-1, at - (_REACH if at < before else _NEAR_REACH))
    while at > limit:
        group = sentence.ends.get(at + 1)
        if group is None:
            if _is_barrier(sentence, at) or (has_auxiliary and _ends_clause(sentence, at)):
                return []
            at -= 1
        elif group.end < before and _is_governed_by_preposition(sentence, group):
            at = group.start - 1  # "in three attacks"
        else:
            if trigger.role is Role.STATE or has_auxiliary:  # not "one of the six guards killed there"
                group = _part_of(sentence, group)
            return [group, *_joined_left(sentence, group)] if group.kind is None else []
    return []


def overtake(sentence: Sentence, trigger: Trigger) -> None:
    """Of people whom one thing befell before another, the later counts: "four men seized in May were found dead"."""
    before = _before_trigger(sentence, trigger)
    predicate = trigger.role is Role.STATE or (trigger.role is Role.EITHER and _is_passive(sentence, before))
    if trigger.kind not in {"killed", "missing"} or not predicate:
        return
    at = before
    while sentence.low(at) in AUXILIARIES and at + 1 not in sentence.ends:
        at -= 1
    if at == before and not sentence.low(trigger.start).endswith("ed"):
        return
    limit = max(-1, at - _REACH)
    while at > limit and at not in sentence.triggers:
        dated = sentence.low(at) in {"since", "before", "after"} and not sentence.low(at + 1)  # "since May"
        if not dated and (_is_barrier(sentence, at) or sentence.low(at) in FINITE or at + 1 in sentence.ends):
            return
        at -= 1
    earlier = sentence.triggers.get(at)
    group = _described(sentence, earlier) if earlier is not None else None
    if group is not None and group.kind != "killed" and earlier is not None and group.kind in {earlier.kind, None}:
        group.kind = trigger.kind


def _described(sentence: Sentence, trigger: Trigger) -> Group | None:
    """Whom a participle or relative clause describes: "12 men seized", "12 who were seized", "two of the injured"."""
    at, words = trigger.start, set()
    while at not in sentence.ends and sentence.low(at - 1) in _DESCRIPTIVE and at > trigger.start - _RELATIVE_REACH:
        at -= 1
        words.add(sentence.low(at))
    group = sentence.ends.get(at)
    held = sentence.low(trigger.start) == "held" and sentence.low(trigger.end) in PREPOSITIONS | SUBORDINATORS
    if group is None or not (trigger.role is Role.EITHER or held) or (words & BE and not words & RELATIVES):
        return None
    return _part_of(sentence, group)


def _is_uncounted(sentence: Sentence, at: int) -> bool:
    """True of people whom nothing counts, "in memory of victims killed", unless they are some of those before."""
    if sentence.low(at) not in PERSON_NOUNS or at + 1 in sentence.ends:
        return False
    return not any(sentence.low(i) in ASIDES | {"them", "whom", "some"} for i in range(at - 4, at))


def _is_barrier(sentence: Sentence, at: int) -> bool:
    word = sentence.low(at)
    return at in sentence.triggers or word in SUBORDINATORS or word in SEPARATORS


def _ends_clause(sentence: Sentence, at: int) -> bool:
    """True of another clause's verb: "two mills were burned and a number of millers were killed"."""
    before = range(at - _RELATIVE_REACH, at)
    return sentence.low(at) in FINITE and not any(sentence.low(i) in RELATIVES for i in before)


def _is_governed_by_preposition(sentence: Sentence, group: Group) -> bool:
    return sentence.low(group.start - 1) in PREPOSITIONS


def _joined_left(sentence: Sentence, group: Group) -> list[Group]:
    joined: list[Group] = []
    while (previous := _linked_before(sentence, group)) is not None and previous.kind is None:
        if is_included(sentence, previous) and _bound_before(sentence, previous):
            break  # "9 were killed including a cook and 26 were injured": the cook was killed
        joined.append(previous)
        group = previous
    return joined


def _linked_before(sentence: Sentence, group: Group) -> Group | None:
    """The group that ``group`` is joined to: "14 sailors" of "14 sailors including nine cooks"."""
    for phrase in (*CONJUNCTIONS, ()):
        at = group.start - len(phrase)
        at -= at - 1 in sentence.ages  # "Ana Sand, 34, and her two children"
        if stands_before(sentence, group, phrase) and (previous := sentence.ends.get(at)):
            listed = previous.person and not _is_governed_by_preposition(sentence, previous)
            return previous if phrase or listed else None
    for phrase in INCLUDING:
        if stands_before(sentence, group, phrase):
            at = group.start - len(phrase)
            near = (sentence.ends.get(i) for i in _back_to_barrier(sentence, at))
            return next((g for g in near if g is not None and not _is_governed_by_preposition(sentence, g)), None)
    return None


def is_included(sentence: Sentence, group: Group) -> bool:
    """True where "including" or the like stands before ``group``."""
    return any(stands_before(sentence, group, phrase) for phrase in INCLUDING)


def _bound_before(sentence: Sentence, group: Group) -> bool:
    """True where a group shortly before ``group`` has its kind already."""
    near = (sentence.ends.get(at) for at in range(group.start, max(0, group.start - _REACH), -1))
    return any(g is not None and g.kind is not None for g in near)


def stands_before(sentence: Sentence, group: Group, phrase: tuple[str, ...]) -> bool:
    """True where the words of ``phrase`` are the last before ``group``."""
    return all(sentence.low(group.start - len(phrase) + i) == word for i, word in enumerate(phrase))


def _back_to_barrier(sentence: Sentence, at: int) -> Iterator[int]:
    """The tokens from ``at`` back, as far as the noun phrase before an "including" may begin."""
    for i in range(at, max(at - NOUN_REACH, 0), -1):
        yield i
        if _is_barrier(sentence, i - 1):
            return


def _of_the_dead(sentence: Sentence, trigger: Trigger, before: int) -> list[Group]:
    """ "10 of those killed", "three were among the dead", "among the wounded were two", "the dead included five"."""
    lead = sentence.low(before - 1)
    if lead == "of":
        if speaks(sentence, trigger.end):  # "one of the wounded said"
            return []
        group = sentence.ends.get(before - 1)
        return [group] if group is not None and group.kind is None else []
    at = trigger.end
    if sentence.low(at) in BE or sentence.low(at).startswith(("includ", "number", "compris")):
        at += 1
        group = sentence.open_at(at)
        return [group, *_joined_right(sentence, group)] if group is not None else []
    if lead == "among":
        return _left(sentence, trigger, before - 2)
    return []


def _tallied(sentence: Sentence, trigger: Trigger) -> Group | None:
    """The figure of "the death toll … rose to 112", "the number of people killed has reached 39"."""
    if trigger.role is not Role.TOLL and not any(
        sentence.low(i) in {"number", "count"} for i in range(max(0, trigger.start - 10), trigger.start)
    ):
        return None
    if (figure := _raised(sentence, trigger)) is not None:
        return figure
    at, aside = trigger.end, False
    while at < trigger.end + _TOLL_REACH:
        group = sentence.open_at(at)
        if group is not None:
            led = sentence.low(at - 1) in TOLL_LEADS and not (group.person and sentence.low(group.end) in BE | HAVE)
            if _is_replaced(sentence, group):
                pass
            elif ((group.bare and not aside) or (led and (group.bare or group.person))) and not has_own_trigger(
                sentence, group
            ):
                return _more_than(sentence, group)
            at = group.end
        elif sentence.low(at) in DASHES:  # "the toll -- now in its third year -- at 28"
            at, aside = at + 1, True
        elif sentence.low(at) in SEPARATORS or _is_active(sentence, at):
            return None
        else:
            at += 1
    return None


def _is_replaced(sentence: Sentence, group: Group) -> bool:
    """True of the first figure of "revised from 41 to 34", not of "ranges from 34 to 41"."""
    at = group.start - 1
    if sentence.low(at) != "from" or sentence.low(group.end) != "to" or group.end + 1 not in sentence.starts:
        return False
    return not sentence.low(at - 1).startswith(("rang", "var"))


def _raised(sentence: Sentence, trigger: Trigger) -> Group | None:
    """The figure of "brought to 57 the number of people killed", "raising to 57 the death toll"."""
    at = trigger.start
    if trigger.role is not Role.TOLL:
        at = max(i for i in range(max(0, at - 10), at) if sentence.low(i) in {"number", "count"})
    while sentence.low(at - 1) in DETERMINERS | {"official", "overall", "total", "confirmed"}:
        at -= 1
    group = sentence.ends.get(at)
    return group if group is not None and group.kind is None and sentence.low(group.start - 1) == "to" else None


def _is_active(sentence: Sentence, at: int) -> bool:
    trigger = sentence.triggers.get(at)
    return trigger is not None and trigger.role is Role.ACTIVE


def _more_than(sentence: Sentence, group: Group) -> Group:
    """A toll that "passed 50" is more than 50, one that "nears 50" at most that, and from "12 to 15" it rose to 15."""
    word = sentence.low(group.start - 1)
    if word == "from" and not sentence.low(group.start - 2).startswith(("rang", "var")):
        group.min = group.max
    elif group.min is not None and group.min == group.max:
        if word.startswith(("exceed", "pass", "top", "surpass")) or word == "past":
            group.min, group.max = group.min + 1, None
        elif word.startswith(("near", "approach")):
            group.min = None
    return group
