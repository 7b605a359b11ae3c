"""Floors under the figures for accuracy. They may only rise; times, which depend on the machine, have none.

A floor holds for the corpus that it was measured on, so the corpus's hash stands beside it. A figure without a floor is
reported only. To lower a floor, edit floors.json by hand, and say why.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bench.accuracy import Measured

FILE = Path(__file__).with_name("floors.json")
MARGIN = 0.5  # points that a floor stays below the figure: another onnxruntime or processor may round otherwise


@dataclass(frozen=True, slots=True)
class Floors:
    """The floors of one corpus, in per cent, by figure."""

    sha256: str
    floors: dict[str, float]


def load(file: Path = FILE) -> dict[str, Floors]:
    """The floors by corpus."""
    return {corpus: Floors(**of_corpus) for corpus, of_corpus in json.loads(file.read_text("utf-8")).items()}


def save(floors: dict[str, Floors], file: Path = FILE) -> None:
    """Write the floors."""
    plain = {corpus: {"sha256": f.sha256, "floors": f.floors} for corpus, f in floors.items()}
    file.write_text(json.dumps(plain, indent=2) + "\n", "utf-8")


def failures(floors: dict[str, Floors], measured: Iterable[Measured]) -> list[str]:
    """What does not reach its floor, a sentence each. A floor that cannot be held against anything fails too."""
    return [failure for part in measured if part.corpus in floors for failure in _failures(floors[part.corpus], part)]


def _failures(floors: Floors, part: Measured) -> list[str]:
    if floors.sha256 != part.sha256:
        return [
            f"{part.corpus}: the corpus is not the one that the floors were measured on (its hash is {part.sha256}, "
            f"expected {floors.sha256}). Use that one, or set the floors anew in bench/floors.json and say why."
        ]
    failures = []
    for figure, floor in floors.floors.items():
        if figure not in part.figures:
            failures.append(f"{part.corpus}: {figure} has a floor, but was not measured.")
        elif not part.figures[figure] >= floor:
            failures.append(f"{part.corpus}: {figure} is {part.figures[figure]:.2f}, below its floor of {floor}.")
    return failures


def raised(floors: dict[str, Floors], measured: Iterable[Measured]) -> dict[str, Floors]:
    """The floors, each lifted to ``MARGIN`` below its figure where that is higher. What was measured on another corpus
    lifts none."""
    lifted = dict(floors)
    for part in measured:
        old = floors.get(part.corpus)
        if old and old.sha256 == part.sha256:
            new = {name: max(floor, _below(part.figures.get(name, 0.0))) for name, floor in old.floors.items()}
            lifted[part.corpus] = Floors(old.sha256, new)
    return lifted


def _below(figure: float) -> float:
    return math.floor(10 * (figure - MARGIN)) / 10
