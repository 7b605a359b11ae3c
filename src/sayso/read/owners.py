"""Whose somebody is: "the army's spokesman", "the governor of Sand", "the Orvian foreign minister".

Two sides have a spokesman each, and every town a mayor. So a description takes up a name only where both tell of the
same owner, or one of them of none.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache, lru_cache

from sayso.placewords import REGION_WORDS, TOWN_WORDS
from sayso.read.demonyms import CODE_OF, COUNTRY_OF
from sayso.read.names import DETERMINERS, SITTING, SMALL, STOPS, apposition, folded, is_title, singular, words_of
from sayso.read.nouns import GENERIC_GROUPS, GROUP_NOUNS, PARTIES, PERSON_ROLES, STATE_BODIES
from sayso.wordsets import word_set

Owner = tuple[str, ...]
Office = tuple[str, Owner]

_OF = word_set("of for")
_ONWARD = _OF | word_set("in at from and")  # "of the clinic in Sand", "of Works and Ports"
# What may stand before an office that says nothing of whose it is.
_RANKS = word_set(
    "acting assistant chief current deputy former high-ranking incoming interim late leading local longtime mr mrs new "
    "official outgoing ranking senior then top transitional veteran vice"
)
_WITH_KIND = word_set("minister secretary chief")  # of whom each has many: "prime", "foreign", "humanitarian"
# An owner that is taken up by what it is, whatever it is called: "the town's mayor", "the group's spokesman".
_PLACES = REGION_WORDS | TOWN_WORDS | word_set("area country nation regional provincial municipal")
_STATES = STATE_BODIES | word_set("army")
_ALIKE = {"military": "army", "armed": "army", "defense": "defence"}
_REACH = 8  # words before an office among which its owner stands
_CLAUSE = re.compile(r"[,.;:()\n\"“”]\s")
_BESIDE = 60  # characters before a name in which an office stands
_MOST = 5  # words of a country's name


@lru_cache(4096)
def offices(phrase: str) -> tuple[Office, ...]:
    """The offices that a phrase tells of, in the singular, each with the words for whose it is; maybe none."""
    words = words_of(phrase)
    return tuple(
        (role, (*_before(words, at), *_behind(words, at)))
        for at, word in enumerate(words)
        if (role := singular(folded(word))) in PERSON_ROLES
    )


def same_owner(phrase: str, role: str, held: Collection[Office]) -> bool:
    """False where ``phrase`` tells of another's ``role`` than all the offices of that kind that somebody has ``held``:
    "the army's spokesman" is no "Guard spokesman"."""
    owned = [owner for other, owner in offices(phrase) if other == role and owner]
    others = [owner for other, owner in held if other == role and owner]
    return not owned or not others or any(_agree(owned[0], other) for other in others)


def tells_of(words: Sequence[str], held: Collection[Office]) -> bool:
    """True where one of the offices ``held`` is that of a country, whose name ``words`` are."""
    land = frozenset(_by_code([_plain(word) for word in words if word.lower() not in SMALL | _ONWARD]))
    return any(land <= frozenset(_by_code(owner)) for _, owner in held)


def _agree(owner: Owner, other: Owner) -> bool:
    if _is_initials(owner, other) or _is_initials(other, owner):
        return True
    one, two = (frozenset(w for w in _by_code(o) if w not in GENERIC_GROUPS | _PLACES) for o in (owner, other))
    if not one or not two:
        generic = not (GENERIC_GROUPS | TOWN_WORDS).isdisjoint(owner if two else other)
        return not (generic and _STATES.intersection(one or two))  # an army is no "group", nor a village's
    return one <= two or two <= one


def _by_code(owner: Sequence[str]) -> Iterator[str]:
    """The words of an owner, with its countries by their codes: "French" is of France, "South Sudan" not Sudan's."""
    at = 0
    while at < len(owner):
        lengths = range(min(_MOST, len(owner) - at), 0, -1)
        length = next((n for n in lengths if tuple(owner[at : at + n]) in _countries()), 0)
        yield _countries()[tuple(owner[at : at + length])] if length else owner[at]
        at += length or 1


@cache
def _countries() -> dict[Owner, str]:
    """The codes of countries by how an owner's words are written."""
    left_out = SMALL | _ONWARD
    named = (COUNTRY_OF | CODE_OF).items()
    return {tuple(_plain(w) for w in words_of(name) if w.lower() not in left_out): code for name, code in named}


def _is_initials(short: Owner, whole: Owner) -> bool:
    return len(short) == 1 and len(whole) > 1 and short[0] == "".join(word[0] for word in whole)


def _before(words: Sequence[str], at: int) -> Iterator[str]:
    """Whose the office at ``at`` is by what stands before it: "Orvia's army spokesman", "the health ministry head"."""
    first = at
    while first > max(0, at - _REACH) and _goes_on(words[first - 1]):
        first -= 1
    owned = max((n for n in range(first, at) if _owns(words, n)), default=first - 1)
    bodies = [n for n in range(owned + 1, at) if singular(words[n].lower()) in GROUP_NOUNS | PARTIES]
    for n in range(first, at):
        if not words[n][0].isalnum() or words[n].endswith(SITTING):
            continue
        plain = _plain(words[n])
        named = words[n][:1].isupper() and not is_title(words[n])
        kind = n == at - 1 and words[at].lower() in _WITH_KIND
        if plain not in _RANKS and (n <= owned or named or kind or n <= max(bodies, default=-1)):
            yield plain


def _goes_on(word: str) -> bool:
    mark = not word[0].isalnum() and word not in ("'", "’")
    return not mark and word.lower() not in DETERMINERS | STOPS


def _owns(words: Sequence[str], at: int) -> bool:
    """True of "army's", and of "Cross" in "the Cross' spokesman"."""
    return words[at].endswith(("'s", "’s")) or (words[at].endswith("s") and words[at + 1] in ("'", "’"))


def _behind(words: Sequence[str], at: int) -> Iterator[str]:
    """Whose it is by what stands behind it: "the head of the clinic in Sand"."""
    if words[at + 1 : at + 2] and words[at + 1] in _OF:
        for word in words[at + 2 :]:
            if not word[0].isalnum() or (word.lower() in STOPS and word not in _ONWARD):
                break
            if word.lower() not in SMALL | DETERMINERS | _ONWARD and not word.endswith(SITTING):
                yield _plain(word)


def _plain(word: str) -> str:
    low = word.lower().removesuffix("'s").removesuffix("’s")
    low = singular(low.replace(".", ""))
    return _ALIKE.get(low, low)


def offices_around(text: str, start: int, end: int) -> tuple[Office, ...]:
    """The offices that stand right beside a name: "the Guard's spokesman Ivo Sand", "Ivo Sand, mayor of Orvane"."""
    before = _CLAUSE.split(text[max(0, start - _BESIDE) : start])[-1]
    named = offices(f"{before}{text[start:end]}") if before.strip() else ()
    return (*named[-1:], *offices(apposition(text, end))[:1])
