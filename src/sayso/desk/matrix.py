"""What is contested in a story, point by point: who asserts it, who denies it, and whose words cannot hold beside it.

A point is what some claims say that repeat or agree with each other, if another claim denies it or differs from it. It
is told by its first claim. All that is shown are links that the ledger has; nothing is weighed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sayso.show.timeline import CONTESTING
from sayso.types import ClaimRow, LinkRow


@dataclass(frozen=True, slots=True)
class Stand:
    """Where one claimant stands on one point: ``does`` is a stance, or "differs"; the claims that show it."""

    does: str
    claims: tuple[ClaimRow, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A claimant (None: sources without a name) and where it stands on each point, in their order; () where nowhere."""

    claimant: str | None
    stands: tuple[tuple[Stand, ...], ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The contested points, each as its first claim; the claimants; and how many more points there are."""

    points: tuple[ClaimRow, ...]
    lines: tuple[Line, ...]
    more: int


def matrix(
    claims: Sequence[ClaimRow], links: Iterable[LinkRow], name: Callable[[ClaimRow], str | None], most: int = 8
) -> Matrix:
    """The matrix of a story's claims, in the order of time; ``name`` gives each claim's party. Of the points those come
    first on which most claimants stand somewhere, and at most so many."""
    by_id = {claim.id: claim for claim in claims}
    within = [link for link in links if link.from_ in by_id and link.to in by_id]
    class_of = _classes(by_id, within)
    stands: dict[str, dict[str | None, dict[str, dict[str, ClaimRow]]]] = {}
    for link in within:
        if link.relation in CONTESTING:
            point = stands.setdefault(class_of[link.to], defaultdict(lambda: defaultdict(dict)))
            claim = by_id[link.from_]
            point[name(claim)][link.relation][claim.id] = claim
    for claim in claims:
        if class_of[claim.id] in stands:
            stands[class_of[claim.id]][name(claim)][claim.stance][claim.id] = claim
    ranked = sorted(stands, key=lambda point: -len(stands[point]))
    shown = ranked[:most]
    parties = dict.fromkeys(party for point in shown for party in stands[point])
    lines = [Line(party, tuple(_of_party(stands[point].get(party)) for point in shown)) for party in parties]
    lines.sort(key=lambda line: (line.claimant is None, -sum(map(bool, line.stands))))
    return Matrix(tuple(by_id[point] for point in shown), tuple(lines), len(ranked) - len(shown))


def _of_party(found: dict[str, dict[str, ClaimRow]] | None) -> tuple[Stand, ...]:
    return tuple(Stand(does, tuple(claims.values())) for does, claims in (found or {}).items())


def _classes(claims: Iterable[str], links: Iterable[LinkRow]) -> dict[str, str]:
    """For each claim, the first of those that it hangs together with by repeating and agreeing."""
    joined: dict[str, list[str]] = defaultdict(list)
    for link in links:
        if link.relation in ("repeats", "agrees"):
            joined[link.from_].append(link.to)
            joined[link.to].append(link.from_)
    first: dict[str, str] = {}
    for start in claims:
        ahead = [start]
        while ahead:
            id = ahead.pop()
            if id not in first:
                first[id] = start
                ahead += joined[id]
    return first
