"""Figures of people killed, wounded, missing, detained and displaced, and whose word each stands on.

``victims`` finds the groups ("at least 31 people") and the triggers ("killed") of each sentence. Here they are joined:

- **Binding**: each trigger takes the groups it governs. "killing 14 fighters" takes what follows, "three were killed"
  what goes before, and a bare "killed" either: what follows, unless a figure stands right before it and the next has a
  trigger of its own ("6 killed 22 injured").
- **Sharing**: a group without a trigger that belongs to one that has one gets its kind (", including four children").

Where one figure carries two kinds ("killed and wounded 40", "50 were wounded or missing"), it takes the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sayso.read.harm import (
    ADVERB_ENDING,
    ADVERBS,
    ASIDES,
    AUXILIARIES,
    BE,
    CONJUNCTIONS,
    DETERMINERS,
    FILLERS,
    FINITE,
    GAPPING,
    HAVE,
    INCLUDING,
    NOUN_STOPS,
    PERSON_NOUNS,
    POSSESSIVES,
    PREPOSITIONS,
    RELATIVES,
    STATUS_NOUNS,
    SUBORDINATORS,
    TOLL_LEADS,
    Role,
)
from sayso.read.victims import DASHES, NOUN_REACH, SEPARATORS, Group, Sentence, Trigger, in_noun_phrase, read_sentences
from sayso.types import Attribution, Casualty, CasualtyKind, Span

_REACH = 28  # tokens between a passive verb and its subject
_NEAR_REACH = 7  # the same without an auxiliary
_GAP_REACH = 16  # tokens between "nine in one town" and "eight in another"
_RELATIVE_REACH = 6  # tokens between "who" and its verb
_TOLL_REACH = 28  # tokens between "toll" and its figure


def find_casualties(text: str, attributions: Sequence[Attribution]) -> tuple[Casualty, ...]:
    """Every casualty figure of ``text``, in order.

    ``attribution`` is the id of that of ``attributions`` with the smallest piece of content that holds the figure; None
    where none does: the outlet's own voice.
    """
    found: list[Casualty] = []
    for sentence in read_sentences(text):
        for trigger in sentence.triggers.values():
            _bind(sentence, trigger)
        _share(sentence)
        found += [casualty for group in sentence.groups if (casualty := _casualty(sentence, group))]
    return tuple(_attributed(found, attributions))


# Binding


def _bind(sentence: Sentence, trigger: Trigger) -> None:
    if (figure := _tallied(sentence, trigger)) is not None:
        figure.kind = trigger.kind
        return
    for group in _governed(sentence, trigger):
        fits = group.person or (group.bare and not trigger.of_things) or not trigger.only_people
        if group.kind is None and fits:
            group.kind = _gravest(sentence, trigger)


def _gravest(sentence: Sentence, trigger: Trigger) -> CasualtyKind:
    """The kind of ``trigger``; killed where it goes on with that: "rounded up and executed"."""
    at = trigger.end + (sentence.low(trigger.end) in {"and", "or"})
    following = sentence.triggers.get(at)
    goes_on = following is not None and following.kind == "killed" and following.role is not Role.NOUN
    return "killed" if goes_on and trigger.role is not Role.TOLL else trigger.kind


def _governed(sentence: Sentence, trigger: Trigger) -> list[Group]:
    before = _before_trigger(sentence, trigger)
    if sentence.low(before) in {"the", "those"} and trigger.role in {Role.EITHER, Role.STATE}:
        return _of_the_dead(sentence, trigger, before)
    if trigger.role is Role.TOLL or sentence.low(before) in {"a", "an", "another"} | POSSESSIVES:  # "an injured girl"
        return []
    if trigger.role is Role.ACTIVE:
        return _right(sentence, trigger)
    if trigger.role is Role.NOUN:
        adjacent = sentence.ends.get(trigger.start - (sentence.low(trigger.start - 1) == "of"))
        if adjacent is not None and adjacent.kind is None:
            return [adjacent]
        return _right(sentence, trigger) if sentence.low(trigger.end) == "of" else []
    if trigger.role is Role.STATE or _is_passive(sentence, before):
        return _left(sentence, trigger, before)
    if sentence.low(before) in HAVE:
        return _right(sentence, trigger)
    return _either(sentence, trigger, before)


def _either(sentence: Sentence, trigger: Trigger, before: int) -> list[Group]:
    """Bare "killed": what follows, unless a figure stands right before it and what follows has its own trigger."""
    right = _right(sentence, trigger)
    adjacent = sentence.ends.get(before + 1)
    adjacent = adjacent if adjacent is not None and adjacent.kind is None else None
    if right and not (adjacent is not None and _followed_by_trigger(sentence, right[0])):
        return right
    return _left(sentence, trigger, before)


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
    while sentence.low(at) in ADVERBS | BE | HAVE or (sentence.low(at) or "?").endswith(ADVERB_ENDING):
        at += 1
        if at > group.end + 4:
            return False
    trigger = sentence.triggers.get(at)
    return trigger is not None and trigger.role in {Role.EITHER, Role.STATE, Role.NOUN}


def _has_own_trigger(sentence: Sentence, group: Group) -> bool:
    """True where a trigger right after ``group`` governs it: "12 dead", "five were wounded", not "12 wounding 3"."""
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
    if group is None:
        at = _after_unnumbered(sentence, at)
        group = sentence.open_at(at)
    if group is None or _has_own_trigger(sentence, group):
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
    while (after := _link(sentence, group.end)) is not None:
        following = sentence.open_at(after)
        if following is None or _has_own_trigger(sentence, following):
            break
        joined.append(following)
        group = following
    return joined


def _link(sentence: Sentence, at: int) -> int | None:
    """The token after "and" or "including" at ``at``; ``at`` itself where a group follows, its comma left out."""
    for phrase in (*INCLUDING, *CONJUNCTIONS):
        if all(sentence.low(at + i) == word for i, word in enumerate(phrase)):
            return at + len(phrase)
    return at if at in sentence.starts else None


def _left(sentence: Sentence, trigger: Trigger, before: int) -> list[Group]:
    """The groups that are ``trigger``'s subject: the nearest that no preposition governs, and what is joined to it."""
    at = before
    while sentence.low(at) in AUXILIARIES and at + 1 not in sentence.ends:
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
            return [group, *_joined_left(sentence, group)] if group.kind is None else []
    return []


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
        if _is_included(sentence, previous) and _bound_before(sentence, previous):
            break  # "9 were killed including a cook and 26 were injured": the cook was killed
        joined.append(previous)
        group = previous
    return joined


def _linked_before(sentence: Sentence, group: Group) -> Group | None:
    """The group that ``group`` is joined to: "14 sailors" of "14 sailors including nine cooks"."""
    for phrase in (*CONJUNCTIONS, ()):
        if _stands_before(sentence, group, phrase) and (previous := sentence.ends.get(group.start - len(phrase))):
            listed = previous.person and not _is_governed_by_preposition(sentence, previous)
            return previous if phrase or listed else None
    for phrase in INCLUDING:
        if _stands_before(sentence, group, phrase):
            at = group.start - len(phrase)
            near = (sentence.ends.get(i) for i in _back_to_barrier(sentence, at))
            return next((g for g in near if g is not None and not _is_governed_by_preposition(sentence, g)), None)
    return None


def _is_included(sentence: Sentence, group: Group) -> bool:
    return any(_stands_before(sentence, group, phrase) for phrase in INCLUDING)


def _bound_before(sentence: Sentence, group: Group) -> bool:
    """True where a group shortly before ``group`` has its kind already."""
    near = (sentence.ends.get(at) for at in range(group.start, max(0, group.start - _REACH), -1))
    return any(g is not None and g.kind is not None for g in near)


def _stands_before(sentence: Sentence, group: Group, phrase: tuple[str, ...]) -> bool:
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
        group = sentence.ends.get(before - 1)
        return [group] if group is not None and group.kind is None else []
    at = trigger.end
    if sentence.low(at) in BE or sentence.low(at).startswith("includ"):
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
    at, aside = trigger.end, False
    while at < trigger.end + _TOLL_REACH:
        group = sentence.open_at(at)
        if group is not None:
            led = sentence.low(at - 1) in TOLL_LEADS
            if ((group.bare and not aside) or (led and (group.bare or group.person))) and not _has_own_trigger(
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


def _is_active(sentence: Sentence, at: int) -> bool:
    trigger = sentence.triggers.get(at)
    return trigger is not None and trigger.role is Role.ACTIVE


def _more_than(sentence: Sentence, group: Group) -> Group:
    """A toll that "passed 50" is more than 50."""
    word = sentence.low(group.start - 1)
    if word.startswith(("exceed", "pass", "top", "surpass")) and group.min is not None and group.min == group.max:
        group.min, group.max = group.min + 1, None
    return group


# Sharing


def _share(sentence: Sentence) -> None:
    """Give groups that are part of another figure, or stand beside it, that figure's kind."""
    previous: Group | None = None
    for group in sentence.groups:
        if group.kind is None and previous is not None and _belongs(sentence, group, previous):
            group.kind = previous.kind
        if group.kind is None and (whole := _whole(sentence, group)) is not None:
            group.kind = whole.kind
        if group.kind is None:
            group.kind = STATUS_NOUNS.get(sentence.low(group.end - 1))
        if group.kind is not None:
            previous = group


def _whole(sentence: Sentence, group: Group) -> Group | None:
    """The figure that ``group`` is said to be among: "3 cooks among at least 17 dead", "six were among 12 killed"."""
    at = group.end + (sentence.low(group.end) in BE)
    if sentence.low(at) != "among":
        return None
    return sentence.starts.get(at + 1 + (sentence.low(at + 1) == "the"))


def _belongs(sentence: Sentence, group: Group, previous: Group) -> bool:
    """True where ``group`` is counted with ``previous``, the last before it that has a kind."""
    if _is_included(sentence, group):
        return True
    if [sentence.low(group.end - 2), sentence.low(group.end - 1)] in (["of", "them"], ["of", "whom"]):
        return True
    if _has_own_trigger(sentence, group):
        return False
    if _link(sentence, previous.end) == group.start:  # a list, with or without its commas
        return group.person or group.bare
    if group.start - previous.end > _GAP_REACH:
        return False
    if sentence.low(group.start) == "another" or any(_stands_before(sentence, group, p) for p in CONJUNCTIONS[:4]):
        return group.person or group.bare
    if not group.bare:
        return False
    before, follow = sentence.low(group.start - 1), sentence.low(group.end)
    if follow in GAPPING and _opens(sentence, group):  # "21 were killed, 15 in one town"
        return True
    if follow in BE:  # "five were sailors while two were hired guards"
        return sentence.low(group.end + 1) != "to"
    return (
        before in {"and", "while"} or (previous.bare and group.start - previous.end < _NEAR_REACH)
    ) and follow in GAPPING


def _opens(sentence: Sentence, group: Group) -> bool:
    """True where a comma, written or lost, may stand before ``group``: no word that would have it as its object."""
    word = sentence.low(group.start - 1)
    return (
        bool(word) and word[0].isalpha() and word not in NOUN_STOPS and not word.endswith(("ing", "ed", ADVERB_ENDING))
    )


# Results


def _casualty(sentence: Sentence, group: Group) -> Casualty | None:
    if group.kind is None:
        return None
    first, last = sentence.tokens[group.start], sentence.tokens[group.end - 1]
    noun = group.start if group.single else group.noun
    who = None
    if noun < group.end:
        who = sentence.text[sentence.tokens[noun].start : last.end].removeprefix("of ")
    span = Span.of(sentence.text, first.start, last.end)
    return Casualty(span, group.min, group.max, group.kind, who, attribution=None)


def _attributed(casualties: Sequence[Casualty], attributions: Sequence[Attribution]) -> Iterator[Casualty]:
    """``casualties``, which are in order, each with the id of the innermost attribution that holds it."""
    pieces = sorted(((piece, a.id) for a in attributions for piece in a.content), key=lambda p: p[0].start)
    at = 0
    open_pieces: list[tuple[Span, str]] = []
    for casualty in casualties:
        while at < len(pieces) and pieces[at][0].start <= casualty.span.start:
            open_pieces.append(pieces[at])
            at += 1
        open_pieces = [p for p in open_pieces if p[0].end >= casualty.span.end]
        # Of two that hold the same words the later lies within the earlier.
        innermost = min(reversed(open_pieces), key=lambda p: p[0].end - p[0].start, default=None)
        yield replace(casualty, attribution=innermost[1] if innermost else None)
