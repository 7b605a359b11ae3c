"""How each claim stands in its story: counts of those who assert and deny it, never a score of truth."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sayso.link.sides import sides
from sayso.types import ClaimRow, LinkRow

Backer = tuple[str, str]  # an origin and a side


class Standing(NamedTuple):
    """Independent origins and claimants' sides that assert a claim's content, its own included, and those that deny it
    or say what cannot hold beside it."""

    origins_for: int
    origins_against: int
    claimants_for: int
    claimants_against: int


def standing(
    claims: Sequence[ClaimRow],
    links: Iterable[LinkRow],
    copies: Mapping[str, str],
    names: Mapping[str, str] | None = None,
) -> dict[str, Standing]:
    """The standing of each claim of one story, by its id, from the story's links.

    Claims that repeat or agree with one another, over however many steps, say the same. Copies of one article are one
    origin, and so is what one side says in several (see ``sides``).
    """
    of_claim = dict(zip((c.id for c in claims), _backers(claims, names or {}, copies), strict=True))
    above = {claim: claim for claim in of_claim}

    def root(claim: str) -> str:
        while above[claim] != claim:
            above[claim] = above[above[claim]]
            claim = above[claim]
        return claim

    known = [link for link in links if link.from_ in of_claim and link.to in of_claim]
    for link in known:
        if link.relation in ("repeats", "agrees"):
            kept, joined = sorted((root(link.from_), root(link.to)))
            above[joined] = kept
    backing: defaultdict[str, list[Backer]] = defaultdict(list)
    for claim, backer in of_claim.items():
        backing[root(claim)].append(backer)
    against: defaultdict[str, set[str]] = defaultdict(set)
    for link in known:
        if link.relation in ("denies", "differs") and root(link.from_) != root(link.to):
            against[root(link.to)].add(root(link.from_))
            against[root(link.from_)].add(root(link.to))
    told = {
        one: _standing(held, [b for other in against[one] for b in backing[other]]) for one, held in backing.items()
    }
    return {claim: told[root(claim)] for claim in of_claim}


def _backers(claims: Sequence[ClaimRow], names: Mapping[str, str], copies: Mapping[str, str]) -> list[Backer]:
    origins = (copies.get(c.article, c.article) for c in claims)
    return list(zip(origins, sides(claims, names, copies), strict=True))


def _standing(backing: list[Backer], against: list[Backer]) -> Standing:
    return Standing(
        _independent(backing),
        _independent(against),
        len({side for _, side in backing}),
        len({side for _, side in against}),
    )


def _independent(backing: Iterable[Backer]) -> int:
    """How many share neither origin nor side, over however many steps, with another."""
    above: dict[tuple[str, str], tuple[str, str]] = {}

    def root(key: tuple[str, str]) -> tuple[str, str]:
        while above.setdefault(key, key) != key:
            above[key] = above[above[key]]
            key = above[key]
        return key

    for origin, side in backing:
        above[root(("origin", origin))] = root(("side", side))
    return len({root(key) for key in list(above)})
