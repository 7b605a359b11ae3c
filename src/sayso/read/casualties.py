"""Figures of people killed, wounded, missing, detained and displaced, and whose word each stands on.

``told`` finds the triggers ("killed") of each sentence, ``victims`` its groups ("at least 31 people"), and ``binding``
gives the groups that a trigger governs its kind. Here they share it: a group without a trigger that belongs to one that
has one gets its kind, too (", including four children").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sayso.read.binding import bind, has_own_trigger, is_freed, is_included, is_of_the, link, overtake, stands_before
from sayso.read.harm import (
    ADVERB_ENDING,
    ADVERBS,
    BE,
    CONJUNCTIONS,
    FINITE,
    GAPPING,
    HAVE,
    HOW_BADLY,
    NOUN_STOPS,
    RELATIVES,
    SAYING,
    STATUS_NOUNS,
)
from sayso.read.told import DASHES, SEPARATORS, Group, Sentence
from sayso.read.victims import read_sentences
from sayso.types import Attribution, Casualty, Span

_NEAR_REACH = 7  # tokens between two figures of a list
_GAP_REACH = 16  # tokens between "nine in one town" and "eight in another"
_TELLING_REACH = 14  # tokens of a relative clause before "told"
_TOTAL_REACH = 7  # tokens between "the total" and its figure
_FEW = 9  # people who are met and told of, not counted
_TOLD = SAYING & {"said", "says", "told", "tells", "added", "described"}


def find_casualties(text: str, attributions: Sequence[Attribution]) -> tuple[Casualty, ...]:
    """Every casualty figure of ``text``, in order.

    ``attribution`` is the id of that of ``attributions`` with the smallest piece of content that holds the figure; None
    where none does: the outlet's own voice.
    """
    found: list[Casualty] = []
    for sentence in read_sentences(text):
        for trigger in sentence.triggers.values():
            bind(sentence, trigger)
        for trigger in sentence.triggers.values():
            overtake(sentence, trigger)
        _share(sentence)
        for group in sentence.groups:
            if group.kind != "killed" and _only_tells(sentence, group):
                group.kind = None
        found += [casualty for group in sentence.groups if (casualty := _casualty(sentence, group))]
    return tuple(_attributed(found, attributions))


# Sharing


def _share(sentence: Sentence) -> None:
    """Give groups that are part of another figure, or stand beside it, that figure's kind."""
    previous: Group | None = None
    for group in sentence.groups:
        if group.kind is None and previous is not None and _belongs(sentence, group, previous):
            group.kind, group.shared = previous.kind, previous.shared
        if group.kind is None and (whole := _whole(sentence, group)) is not None:
            group.kind, group.shared = whole.kind, whole.shared
        if group.kind is None and group.max != 1 and not is_freed(sentence, group):
            group.kind = STATUS_NOUNS.get(sentence.low(group.end - 1))
        if group.kind is not None:
            previous = group


def _whole(sentence: Sentence, group: Group) -> Group | None:
    """What ``group`` is some of: "3 cooks among 17 dead", "six were among 12 killed", "five of the 12 hurt"."""
    if sentence.low(group.end) == "of" and is_of_the(sentence, group.end + 2):
        whole = sentence.starts.get(group.end + 2)
        return whole if whole is not None and whole.kind in {"killed", "wounded"} else None
    at = group.end + (sentence.low(group.end) in BE)
    if sentence.low(at) != "among":
        return None
    return sentence.starts.get(at + 1 + (sentence.low(at + 1) == "the"))


def _belongs(sentence: Sentence, group: Group, previous: Group) -> bool:
    """True where ``group`` is counted with ``previous``, the last before it that has a kind."""
    if is_freed(sentence, group):
        return False
    if is_included(sentence, group):
        return True
    if [sentence.low(group.end - 2), sentence.low(group.end - 1)] in (["of", "them"], ["of", "whom"]):
        return True
    if has_own_trigger(sentence, group):
        return False
    if link(sentence, previous.end) == group.start:  # a list, with or without its commas
        return group.person or group.bare
    if _is_total(sentence, group):
        return group.bare
    if group.start - previous.end > _GAP_REACH:
        return False
    if sentence.low(group.start) == "another" or any(stands_before(sentence, group, p) for p in CONJUNCTIONS[:4]):
        return group.person or group.bare
    if not group.bare:
        return False
    if [sentence.low(group.start - 2), sentence.low(group.start - 1)] == [
        "and",
        "at",
    ]:  # "put at 34 by one, and at 50 by"
        return sentence.low(previous.start - 1) == "at"
    before, follow = sentence.low(group.start - 1), sentence.low(group.end)
    if before == "and" and follow in ADVERBS:  # "three died there and two later in hospital"
        follow = sentence.low(group.end + 1)
    if follow in GAPPING and _opens(sentence, group):  # "21 were killed, 15 in one town"
        return True
    if follow in HOW_BADLY:  # "eight were hurt, three seriously"
        return previous.kind == "wounded"
    if follow in BE:  # "five were sailors while two were hired guards"
        return sentence.low(group.end + 1) != "to"
    return (
        before in {"and", "while"} or (previous.bare and group.start - previous.end < _NEAR_REACH)
    ) and follow in GAPPING


def _is_total(sentence: Sentence, group: Group) -> bool:
    """True of "bringing the total to 18"."""
    near = {sentence.low(i) for i in range(group.start - _TOTAL_REACH, group.start - 1)}
    return sentence.low(group.start - 1) == "to" and not near.isdisjoint({"total", "tally", "count"})


def _only_tells(sentence: Sentence, group: Group) -> bool:
    """True of a few people of whom it is told because they speak: "a nurse who fled told"."""
    if group.max is None or group.max > _FEW or sentence.low(group.end) not in RELATIVES:
        return False
    verbs = 0
    for at in range(group.end + 1, group.end + _TELLING_REACH):
        word = sentence.low(at)
        verbs += word in FINITE
        if word in SEPARATORS or verbs > 1 or at >= len(sentence.tokens):
            return False
        if word in _TOLD and sentence.low(at - 1) not in BE | HAVE:
            return sentence.mark_after(at - 1) != "," or sentence.mark_after(group.end - 1) == ","
    return False


def _opens(sentence: Sentence, group: Group) -> bool:
    """True where a comma, written or lost, may stand before ``group``: no word that would have it as its object."""
    word = sentence.low(group.start - 1)
    return word in DASHES or (
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
    least = None if group.shared else group.min
    if least is None and group.max is None:  # "dozens were killed or wounded"
        return None
    return Casualty(span, least, group.max, group.kind, who, attribution=None)


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
