"""Who stands behind each claim of a story: its *side*.

A side is the claimant's party, or the body that an official speaks for. A claim of the same side, or in an article that
copies, is no new testimony.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from sayso.link.naming import anonymous, named
from sayso.link.parties import parties
from sayso.types import ClaimRow

_ARTICLES = frozenset({"the", "a", "an", "its", "their"})


def sides(claims: Sequence[ClaimRow], names: Mapping[str, str], copies: Mapping[str, str]) -> list[str]:
    """A key of the side behind each claim, in their order. An unnamed source is another in each article that doesn't
    copy; quoted by somebody with a name ("the ministry said that videos showed"), it is that party's. ``names`` leads
    claimants' names to canonical ones, ``copies`` an article to the one that it copies."""
    said_by = [names.get(name, name) if (name := _speaker(c)) else "" for c in claims]
    whole = _called_in_full(said_by, claims)
    called = [whole.get((c.article, name), name) for name, c in zip(said_by, claims, strict=True)]
    bodies = {name: named(name).body for name in set(called) if not anonymous(name)}
    lead = _leading(tuple(sorted([*called, *filter(None, bodies.values())])), frozenset(names.values()))
    return [
        f"\0{copies.get(c.article, c.article)}\0{name.casefold()}" if anonymous(name) else lead[bodies[name] or name]
        for name, c in zip(called, claims, strict=True)
    ]


def _called_in_full(called: Sequence[str], claims: Sequence[ClaimRow]) -> dict[tuple[str, str], str]:
    """What an article calls by an office or a common noun alone, with the one name in it that holds all of its words:
    "governor" of a headline is the "regional governor Marta Kovel" below it."""
    spelt: defaultdict[str, set[str]] = defaultdict(set)
    for name, claim in zip(called, claims, strict=True):
        if name and not anonymous(name):
            spelt[claim.article].add(name)
    found = {}
    for article, names in spelt.items():
        common = {name for name in names if _is_common(name)}
        holding: defaultdict[str, set[str]] = defaultdict(set)  # the names with a word
        for name in names - common:
            for word in _words(name):
                holding[word].add(name)
        for short in common:
            longer = set.intersection(*(holding.get(word, set()) for word in _words(short)))
            if len(longer) == 1:
                found[article, short] = longer.pop()
    return found


def _words(name: str) -> frozenset[str]:
    """The folded words of a name, but for an article, unless that is all."""
    told = frozenset(name.casefold().split())
    return told - _ARTICLES or told


def _is_common(name: str) -> bool:
    """True of "governor" and "The inquiry"; not of what has a name in it."""
    first, *rest = [word for word in name.split() if word.casefold() not in _ARTICLES] or [name]
    return all(word.islower() for word in rest) and (first.islower() or name.split()[0] in ("The", "A", "An"))


@lru_cache(maxsize=16)  # of one story it is asked in turn how its claims relate, and how they stand
def _leading(called: tuple[str, ...], decided: frozenset[str]) -> dict[str, str]:
    """Each name with its side. Names that are ``decided`` to be canonical stay as they are: outlets and bodies, which
    may have been named nowhere else, are led to one of them, or put together."""
    known = parties(Counter(called))
    members: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(known):
        members[known[name]].append(name)
    lead = {}
    for party, held in members.items():
        fitting = [name for name in held if name in decided]
        for name in held:
            lead[name] = name if name in decided or len(fitting) > 1 else (fitting or [party])[0]
    return lead


def _speaker(claim: ClaimRow) -> str | None:
    """The innermost of a claim's chain that is named, the outlet left out; where none is, the claimant."""
    return next((name for name in claim.chain[:0:-1] if not anonymous(name)), claim.claimant)
