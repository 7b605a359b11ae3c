"""Whether claims of two presses on one topic are told apart by what one does to the other (ClaimDiff, Ko et al. 2022).

The corpus has pairs of claims and says whether the second strengthens or weakens the first, or neither. It was made
for models that are trained on it; nothing of ours is, so all its pairs are measured on. Claims come bare: no claimant,
place or date, and no embedding, so that words alone tell. This is what is measured:

- *likeness*: how well the likeness of two contents, on which all relations rest, tells pairs of which one strengthens
  the other from the rest: the area under the ROC curve; 50 is chance.
- *contradicted*: of the pairs that ``sayso.link`` joins by "denies" or "differs", the share in which one weakens the
  other, and of all those the share that it joins. Weakening is mostly by other facts, which Sayso leaves to readers.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sayso.link.contents import Contents
from sayso.link.relations import relations
from sayso.types import ClaimRow, Span

STRONG, WEAK = "ClaimDiff-strength-train.json", "ClaimDiff-weak-train.json"
Effect = Literal["strengthens", "weakens", "neither"]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two claims, and what the second does to the first."""

    one: str
    other: str
    effect: Effect


def pairs(folder: Path) -> list[Pair]:
    """The pairs of the corpus, in its order."""
    strong, weak = (json.loads((folder / name).read_text("utf-8"))["data"] for name in (STRONG, WEAK))
    weakened = {row["pair_id"] for row in weak if row["relation"] == 1}
    return [
        Pair(
            row["claim_a"],
            row["claim_b"],
            "strengthens" if row["relation"] == 1 else "weakens" if row["pair_id"] in weakened else "neither",
        )
        for row in strong
    ]


def figures(measured: Sequence[Pair]) -> dict[str, float]:
    """The figures, in per cent."""
    found = [pair.effect == "weakens" for pair in measured if is_contradicted(pair)]
    weak = sum(pair.effect == "weakens" for pair in measured)
    scored = [(likeness(pair.one, pair.other), pair.effect == "strengthens") for pair in measured]
    return {
        "likeness: area under the curve": 100 * area(scored),
        "contradicted: precision": 100 * sum(found) / max(1, len(found)),
        "contradicted: recall": 100 * sum(found) / max(1, weak),
    }


def is_contradicted(pair: Pair) -> bool:
    """True where ``sayso.link`` has one of the pair deny the other, or differ from it."""
    claims = [bare(pair.one, "Press A", 0), bare(pair.other, "Press B", 1)]
    return any(link.relation in ("denies", "differs") for link in relations(claims, [b"", b""], {}, {}))


def likeness(one: str, other: str) -> float:
    """How alike two texts are by their words, 0 to 1."""
    claims = [bare(one, "Press A", 0), bare(other, "Press B", 1)]
    return float(Contents(claims, [b"", b""]).alike(slice(0, 1), slice(1, 2))[0, 0])


def area(scored: Iterable[tuple[float, bool]]) -> float:
    """The area under the ROC curve: how often one that is meant scores higher than one that is not; a tie is half."""
    tied: defaultdict[float, list[bool]] = defaultdict(list)
    for score, is_meant in scored:
        tied[score].append(is_meant)
    below = wins = 0.0
    for _, held in sorted(tied.items()):
        others = len(held) - sum(held)
        wins += sum(held) * (below + others / 2)
        below += others
    meant = sum(map(sum, tied.values()))
    return wins / (meant * below) if meant and below else 0.5


def bare(text: str, outlet: str, number: int) -> ClaimRow:
    """A claim of which nothing is known but its words and who prints it."""
    return ClaimRow(
        id=str(number),
        article=str(number),
        outlet=outlet,
        published=None,
        claimant=outlet,
        chain=(outlet,),
        stance="asserts",
        text=text,
        spans=(Span(0, len(text), text),),
        event_type=None,
        certainty=None,
        place=None,
        lat=None,
        lon=None,
        date=None,
        figures=(),
        evidence=(),
        story=None,
        origin=None,
        echo_of=None,
        confidence=1.0,
        decision=None,
    )
