"""How well things are put into clusters: B-cubed (Bagga and Baldwin 1998), MUC (Vilain et al. 1995), CEAF-e (Luo
2005), and CoNLL, the mean of the three F1. All are shares, 0 to 1."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping
from typing import Any

Labels = Mapping[Any, Hashable]
"""The cluster in which each thing is."""


def f1(precision: float, recall: float) -> float:
    """The harmonic mean; 0 where both are."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def conll(gold: Labels, found: Labels) -> float:
    """The mean F1 of MUC, B-cubed and CEAF-e."""
    return (f1(*muc(gold, found)) + f1(*b_cubed(gold, found)) + f1(*ceaf_e(gold, found))) / 3


def b_cubed(gold: Labels, found: Labels) -> tuple[float, float]:
    """Precision and recall: for each thing, how much of its cluster belongs with it."""
    one, other = Counter(gold.values()), Counter(found.values())
    both = Counter((gold[key], found[key]) for key in gold)
    size = len(gold) or 1
    return (
        sum(n * n / other[f] for (_, f), n in both.items()) / size,
        sum(n * n / one[g] for (g, _), n in both.items()) / size,
    )


def muc(gold: Labels, found: Labels) -> tuple[float, float]:
    """Precision and recall of the links that it takes to make the clusters."""
    return _links(found, gold), _links(gold, found)


def _links(of: Labels, kept_by: Labels) -> float:
    """The share of the links within the clusters of ``of`` that ``kept_by`` has, too."""
    parts: defaultdict[Hashable, list[Hashable]] = defaultdict(list)
    for key, name in of.items():
        parts[name].append(kept_by[key])
    kept = sum(len(names) - len(set(names)) for names in parts.values())
    links = sum(len(names) - 1 for names in parts.values())
    return kept / links if links else 0.0


def ceaf_e(gold: Labels, found: Labels) -> tuple[float, float]:
    """Precision and recall of clusters matched one to one for the most in common, each pair by its Dice coefficient."""
    one, other = Counter(gold.values()), Counter(found.values())
    common = Counter((gold[key], found[key]) for key in gold)
    alike = {(g, f): 2 * n / (one[g] + other[f]) for (g, f), n in common.items()}
    best = _best_matching(alike)
    return best / max(1, len(other)), best / max(1, len(one))


def _best_matching(weights: Mapping[tuple[Hashable, Hashable], float]) -> float:
    """The greatest weight of a one-to-one matching: what is on the left comes one by one, and makes others move."""
    edges: defaultdict[Hashable, list[tuple[Hashable, float]]] = defaultdict(list)
    for (left, right), weight in weights.items():
        edges[left].append((right, weight))
    partner: dict[Hashable, Hashable] = {}  # of what is on the right
    for start in edges:
        _augment(start, edges, partner)
    return sum(weights[left, right] for right, left in partner.items())


def _augment(
    start: Hashable, edges: Mapping[Hashable, list[tuple[Hashable, float]]], partner: dict[Hashable, Hashable]
) -> None:
    """Match ``start``, moving others to their next choice or leaving one of them alone, if that adds weight.

    The path that adds the most is found as Bellman and Ford do: with ``gain``, the most that is added by a way that
    ends at what is on the left and leaves it without a partner.
    """
    gain: dict[Hashable, float] = {start: 0.0}
    came: dict[Hashable, tuple[Hashable, Hashable]] = {}
    waiting = [start]
    best, end = 0.0, None
    while waiting:
        left = waiting.pop(0)
        for right, weight in edges[left]:
            there = gain[left] + weight
            held = partner.get(right)
            if held is None:
                if there > best + 1e-12:
                    best, end = there, (left, right)
                continue
            after = there - next(w for r, w in edges[held] if r == right)
            if held != left and after > gain.get(held, float("-inf")) + 1e-12:
                gain[held], came[held] = after, (left, right)
                waiting.append(held)
    freed = max(gain, key=lambda left: gain[left])
    if end is not None and best >= gain[freed]:
        left, right = end
    elif gain[freed] > 1e-12:
        left, right = came[freed]
    else:
        return
    while True:
        partner[right] = left
        if left == start:
            return
        left, right = came[left]
