"""Who stands behind each claim of a story: its *side*.

A side is the claimant's party, or the body that an official speaks for. A claim of the same side, or in an article that
copies, is no new testimony.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from sayso.link.naming import anonymous, named
from sayso.link.parties import parties
from sayso.types import ClaimRow


def sides(claims: Sequence[ClaimRow], names: Mapping[str, str], copies: Mapping[str, str]) -> list[str]:
    """A key of the side behind each claim, in their order. An unnamed source is another one in each article that doesn't
    copy; quoted by somebody with a name ("the ministry said that videos showed"), it is that party's. ``names`` leads
    claimants' names to canonical ones, ``copies`` an article to the one that it copies."""
    called = [names.get(name, name) if (name := _speaker(c)) else "" for c in claims]
    bodies = {name: named(name).body for name in set(called) if not anonymous(name)}
    known = parties(Counter([*called, *(body for body in bodies.values() if body)]))
    return [
        f"\0{copies.get(c.article, c.article)}\0{name.casefold()}" if anonymous(name) else known[bodies[name] or name]
        for name, c in zip(called, claims, strict=True)
    ]


def _speaker(claim: ClaimRow) -> str | None:
    """The innermost of a claim's chain that is named; where none is, the claimant. The outlet speaks only for itself."""
    return next((name for name in claim.chain[:0:-1] if not anonymous(name)), claim.claimant)
