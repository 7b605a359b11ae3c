"""How certain an event is said to be, where the plain text says it beyond doubt; else what the network made of it.

Words decide, whoever speaks them: negation, modals, "planned to", "failed to", and the stance of the attribution that
carries the event.
"""

from __future__ import annotations

from sayso.read.clauses import AND, DO, MODAL, NOT, PAST, TO, VERBS, WHEN, Sentence
from sayso.read.eventwords import (
    CONTROLLING,
    FAILING,
    FUTURE_MODALS,
    LIGHT_VERBS,
    NOBODY,
    NOT_THE_DEED,
    PLANNING,
    POSSIBLE_BEFORE,
    POSSIBLE_MODALS,
    PREVENTED,
)
from sayso.types import Certainty, Stance

_REACH = 8  # words of a verb with its auxiliaries and adverbs
_OPEN: frozenset[Certainty] = frozenset(("planned", "possible", "denied", "unknown"))


def corrected(s: Sentence, at: int, network: Certainty, stance: Stance | None, first: int) -> Certainty:
    """The certainty of the trigger at word ``at``. ``stance`` is that of the innermost attribution that carries it and
    ``first`` the first word of the piece of content in which it does; None and 0 where it is the outlet's own."""
    verb = _verb_of(s, at)
    said = _noun_says(s, at) if verb is None else _verb_says(s, verb, network)
    negated = said == "denied"
    if stance == "denies" and _is_what_is_denied(s, at, first):
        return network if negated else "denied"
    if said is not None:
        return said
    if stance == "plans" and network not in _OPEN and _is_what_is_planned(s, verb):
        return "planned"
    return network


def _verb_of(s: Sentence, at: int) -> int | None:
    """The verb that tells of the event: the trigger, or what carries it ("launched an attack"); None without any."""
    if s.tags[at] in VERBS:
        return at
    chunk = s.chunk(at)
    if chunk is None or any(s.low[i] in NOBODY for i in range(chunk.first, at)):
        return None
    left = s.before(chunk.first - 1)
    left -= s.word(left) in ("out", "up")
    return left if s.tag(left) in VERBS and s.low[left] in LIGHT_VERBS else None


def _noun_says(s: Sentence, at: int) -> Certainty | None:
    chunk = s.chunk(at)
    if chunk is None:
        return None
    words = {s.low[i] for i in range(chunk.first, at)}
    if words & NOBODY:
        return "denied"
    if "planned" in words:
        return "planned"
    if words & POSSIBLE_BEFORE:
        return "possible"
    follow = s.after(s.end(chunk))
    behind = {s.word(i) for i in range(follow, follow + 3)}
    left = s.before(chunk.first - 1)
    if (behind & PREVENTED and s.tag(follow) == "b") or (s.tag(left) in VERBS and s.word(left) in PREVENTED):
        return "denied"
    return None


def _verb_says(s: Sentence, verb: int, network: Certainty) -> Certainty | None:
    """What auxiliaries, negation and a governing verb say; None where they leave it as it is."""
    modal = ""
    negated = False
    at = verb - 1
    while at >= max(0, verb - _REACH):
        tag, low = s.tags[at], s.low[at]
        if tag == NOT and s.word(at + 1) not in ("only", "just", "least"):
            negated = True
        elif tag == MODAL:
            modal, negated = low, negated or low == "cannot"
        elif low in PREVENTED or low == "without":
            return "denied"
        elif tag not in ("b", "h", "a", "w", '"', "D", "x"):
            break
        at -= 1
    if negated or _nobody(s, verb, at):
        return "denied"
    if s.tag(at) == TO:
        return _governed(s, at, network)
    if s.tag(at) == AND and at > 0 and s.tag(s.before(at - 1)) in VERBS and s.tags[verb] not in (PAST,) and not modal:
        return _verb_says(s, s.before(at - 1), network)
    if not modal:
        return "possible" if s.word(_clause_start(s, at)) == "if" and network == "happened" else None
    if network in _OPEN:
        return None
    if modal in FUTURE_MODALS:
        return "planned"
    return "possible" if modal in POSSIBLE_MODALS else None


def _nobody(s: Sentence, verb: int, left: int) -> bool:
    """True of "no civilians were killed", "nobody was hurt", "killed no one"."""
    subject, found = s.chunk(left), s.chunk(s.after(verb + 1))
    return any(c is not None and s.low[c.first] in NOBODY for c in (subject, found)) or s.word(left) in NOBODY


def _governed(s: Sentence, to: int, network: Certainty) -> Certainty | None:
    """Of "to attack": "failed to" is denied, "planned to" planned."""
    left = s.before(to - 1)
    chunk = s.chunk(left)
    if chunk is not None and s.low[chunk.head] not in PLANNING | FAILING:
        governor = s.before(s.top(chunk).first - 1)
        if s.word(governor) not in CONTROLLING & PLANNING:
            return None
        left = governor
    word = s.word(left)
    if word in FAILING:
        return "denied"
    if word in PLANNING and network not in _OPEN:
        refused = any(s.tag(i) == NOT for i in range(max(0, left - 3), left))
        return "denied" if refused else "planned"
    return None


def _clause_start(s: Sentence, at: int) -> int:
    for left in range(at, max(-1, at - 12), -1):
        if s.tags[left] in ("k", "r", ";"):
            return left
    return -1


def _is_what_is_denied(s: Sentence, at: int, first: int) -> bool:
    """False where only somebody's part in it is denied, or where it gives but the time: "… after the attack"."""
    for left in range(at - 1, max(first, at - 14) - 1, -1):
        if s.low[left] in NOT_THE_DEED:
            return False
        if s.tags[left] == "k" and left > first and s.low[left] in ("when", "after", "before", "since", "while"):
            return False
        if s.tags[left] == "r" and left > first + 1:
            return False
    return True


def _is_what_is_planned(s: Sentence, verb: int | None) -> bool:
    """True of the verb that is planned; a deed in the past, or one that is but named, happened before."""
    return (
        verb is not None
        and s.tags[verb] in ("i", "g", "v")
        and (s.tag(s.before(verb - 1)) in (TO, MODAL, DO, WHEN, "", "p"))
    )
