"""Whom an accusation accuses, and whether a denial is by the same side: by the words for both, and whose army "the
army" of a story is. No party is known here."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from sayso.link.naming import KINDS, anonymous, named, one_nation
from sayso.types import ClaimRow
from sayso.wordsets import word_set

_STATE = (
    r"(?:government|regime|army|military|forces|troops|authorities|state|air force|defen[cs]e ministry|"
    r"ministry of defen[cs]e)"
)
_OF_STATE = word_set("government regime army military forces troops authorities state air")
_OF_ARMED = word_set("rebels fighters militants opposition insurgents gunmen")
_SOURCE = word_set("source sources official officials spokesman senior")
_OF_OFFICE = word_set("president premier minister prime ambassador ministry")
_JOINING = word_set("and its ally of the for")
_UNTELLING = KINDS | _OF_STATE | _OF_ARMED | _SOURCE | _OF_OFFICE | _JOINING
_OF_NATION = re.compile(rf"\b([A-Z][a-z]{{2,20}})(?:['’]s|s)?\s(?:\w{{1,12}}\s)?{_STATE}\b")
_RULER = (
    r"(?:['’]s)?\s(?:regime leader|President|Prime Minister|leader|dictator|ruler|King|Emir)\s"
    r"((?:[A-Z][\w’'-]{1,20}\s?){1,3})"
)
_LONGEST = 400  # characters of a claim that are looked at
_WHOM = re.compile(
    r"\W{0,3}(?P<who>(?:[\w'’.-]{1,30}\s){0,5}?[\w'’.-]{1,30})(?=\s(?:of|for|over|in|on|by)\b|\W{0,3}\Z|[,;:])"
)
_NAME = re.compile(r"\b[A-Z][\w'’-]{1,30}")
_WORD = re.compile(r"[^\W_]+")


def whom(claim: ClaimRow) -> tuple[str, str] | None:
    """Who is accused, where a claim that accuses begins with that, and the words behind: "the army of …", "Norvia"."""
    found = _WHOM.match(claim.text[:_LONGEST]) if claim.stance == "accuses" and len(claim.chain) > 1 else None
    return (found["who"], claim.text[found.end() : _LONGEST].strip()) if found else None


def home(claims: Sequence[ClaimRow]) -> frozenset[str]:
    """The words for whose country a story is told of: of the nation whose government and army most of its claims speak
    of, in the word that is used most, and the names of who rules it, "Norvian President Hal Orvist". Of equals the
    first in order; empty where none speaks of any."""
    told = [f"{c.claimant or ''}. {c.text[:_LONGEST]}" for c in claims]
    counts = Counter(word for text in told for word in set(_OF_NATION.findall(text)))
    if not counts:
        return frozenset()
    nation = min(counts, key=lambda word: (-counts[word], word))
    rulers = re.compile(rf"\b{nation}\w{{0,3}}{_RULER}")
    names = [found[1] for text in told for found in rulers.finditer(text)]
    return frozenset(word for name in [nation, *names] for word in named(name).sound if len(word) > 2)


def is_of_side(who: str, denier: str, at_home: frozenset[str]) -> bool:
    """True where ``who`` is accused and ``denier`` speaks for the same side: by a word of its name or its nation, or
    where both are called by what any state's side is called, or any that fights it, and neither is another nation's
    than the story's."""
    telling, names = _telling(denier), [word for found in _NAME.findall(who) for word in named(found).sound]
    names = [word for word in names if word != "the"]
    accused, own = _words(who), _words(denier)
    nation = _telling(named(denier).body or denier)
    of_home = any(_is_at_home(word, at_home) for word in nation)
    of_state = bool(accused & _OF_STATE) and (of_home or bool(own & (_OF_STATE | _OF_OFFICE)))
    of_armed = bool(own & _OF_ARMED and accused & _OF_ARMED)
    if anonymous(denier) and not (of_state or of_armed):
        return False
    if any(word == one or one_nation(one, word) for one in telling for word in names):
        return True
    if of_state:
        return all(_is_at_home(word, at_home) for word in names) and (of_home or not nation)
    return of_armed and not telling and not names


def _telling(denier: str) -> list[str]:
    """The words of who denies that tell it from others."""
    sound = named(denier).sound
    sound = sound[: sound.index("in")] if "in" in sound else sound  # "the government in Orvane"
    return [word for word in sound if word not in _UNTELLING]


def _words(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(text)}


def _is_at_home(word: str, at_home: frozenset[str]) -> bool:
    return word in at_home or any(one_nation(own, word) for own in at_home)
