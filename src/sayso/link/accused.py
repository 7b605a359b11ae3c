"""Whom an accusation accuses, and whether a denial is by the same side: by the words for both, and whose army "the
army" of a story is.

A side is called by a name, by its nation, or by its kind alone: what any state's side is called ("the army"), or any
that fights one ("rebel forces"). Both kinds are read by the same rules; no party is known here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from sayso.link.naming import KINDS, NATIONAL, anonymous, named, one_nation
from sayso.types import ClaimRow
from sayso.wordsets import word_set

_OF_STATE = word_set(
    "government regime army military forces troops soldiers authorities state air ministry president premier minister"
)
_OF_ARMED = word_set(
    "rebel rebels fighter fighters militant militants opposition insurgent insurgents gunman gunmen "
    "guerrilla guerrillas"
)
_OFFICES = word_set("president premier minister prime ambassador")  # held for a state
_UNTELLING = (
    KINDS
    | _OF_STATE
    | _OF_ARMED
    | _OFFICES
    | word_set("the a an and its their his of for in by to ally source sources official officials spokesman senior")
)
_OF_NATION = re.compile(
    r"\b(?:([A-Z][a-z]{2,20}?)['’]s|([A-Z][a-z]{1,19}(?:an|ish|ese|i|ch)))\s(?:air force|government|regime|army|"
    r"military|defen[cs]e ministry|ministry of defen[cs]e)\b"
)
_RULER = (
    r"(?:['’]s)?\s(?:regime leader|President|Prime Minister|leader|dictator|ruler|King|Emir)\s"
    r"((?:(?:al-|el-)?[A-Z][\w’'-]{1,20}\s?){1,3})"
)
_LONGEST = 400  # characters of a claim that are looked at
_WHOM = re.compile(r"\W{0,3}(?P<who>(?:[\w'’.-]{1,30}\s){0,5}?[\w'’.-]{1,30})(?=\s(?:of|for|over)\b|\W{0,3}\Z|[,;:])")
_FINITE = re.compile(r"\b(?:that|which|who|had|has|have|was|were|is|are|will|would|did)\b|\b[a-z]+ed\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def whom(claim: ClaimRow) -> tuple[str, str] | None:
    """Who is accused, where a claim that accuses begins with that, and the words behind: "the army of …", "Norvia"."""
    found = _WHOM.match(claim.text[:_LONGEST]) if claim.stance == "accuses" and len(claim.chain) > 1 else None
    if not found or _FINITE.search(found["who"]):
        return None
    return found["who"], claim.text[found.end() : _LONGEST].strip()


def home(claims: Iterable[ClaimRow]) -> frozenset[str]:
    """The words for whose country a story is told of: of the nation whose government and army most of its claims speak
    of, in the word that is used most, and the names of who rules it, "Norvian President Hal Orvist". Of equals the
    first in order; empty where none speaks of any."""
    told = [f"{c.claimant or ''}. {c.text[:_LONGEST]}" for c in claims]
    counts = Counter(word for text in told for word in {a or b for a, b in _OF_NATION.findall(text)})
    if not counts:
        return frozenset()
    nation = min(counts, key=lambda word: (-counts[word], word))
    rulers = re.compile(rf"\b{nation}\w{{0,3}}{_RULER}")
    names = [found[1] for text in told for found in rulers.finditer(text)]
    return frozenset(word for name in [nation, *names] for word in _words(name) if len(word) > 2)


@lru_cache(maxsize=4096)
def is_of_side(who: str, denier: str, at_home: frozenset[str]) -> bool:
    """True where ``who`` is accused and ``denier`` speaks for the same side: both are called by their kind, of the
    nation that is ``at_home`` or of none; or by one name; or by one nation, of which the denier is the state."""
    speaks_for = _kind_of_speaker(denier, at_home)
    if speaks_for and speaks_for == _kind(who, at_home):
        return True
    if anonymous(denier):
        return False
    own, theirs = _telling(denier), _telling(who)
    if any(word in theirs for word in own if not _is_national(word, at_home)):
        return True
    of_state = own == _words(denier) - _UNTELLING and not _OF_ARMED & (_words(denier) | _words(who))
    of_state = of_state and (bool(_words(denier) & _OF_STATE) or own == _words(denier) - {"the"})
    return of_state and len(own) == 1 and any(word == one or one_nation(one, word) for one in own for word in theirs)


def _kind_of_speaker(name: str, at_home: frozenset[str]) -> str | None:
    """The kind of side that a claimant speaks for, an official for the body or the state."""
    found = named(name)
    if not found.office:
        return _kind(name, at_home)
    body = found.body or name
    held = found.office & _OFFICES and any(_is_at_home(word, at_home) for word in _words(body))
    return _kind(body, at_home) or ("state" if held else None)


def _kind(name: str, at_home: frozenset[str]) -> str | None:
    """What kind of side is called so, "state" or "armed", by its kind or by its nation and its kind; None for one with
    a name of its own, or of another nation."""
    words = _words(name)
    if not all(_is_at_home(word, at_home) for word in _telling(name)):
        return None
    if words & _OF_ARMED or any(word.startswith("anti-") for word in words):
        return "armed"
    return "state" if words & _OF_STATE or (_telling(name) and words <= _telling(name) | _UNTELLING - KINDS) else None


def _telling(name: str) -> set[str]:
    """The words in capitals that tell a side from others."""
    capitals = {word for word in _WORD.findall(name.replace("'s", "").replace("’s", "")) if word[:1].isupper()}
    return {word.casefold() for word in capitals} - _UNTELLING


def _words(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(text.replace("'s", "").replace("’s", ""))}


def _is_national(word: str, at_home: frozenset[str]) -> bool:
    return _is_at_home(word, at_home) or bool(NATIONAL.search(word))


def _is_at_home(word: str, at_home: frozenset[str]) -> bool:
    return word in at_home or any(one_nation(own, word) for own in at_home)
