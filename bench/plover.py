"""Whether a sentence's event has the PLOVER root that people gave it (PLV, its training part).

The sentences that count are those with a CRC-32 of 4 modulo 5, which training leaves out. Each is read as a text of its
own; its root is the type of the reading's most confident event, and the first of these where several are as confident.
A sentence without an event, or that is not read, has none, which is wrong. *Macro-F1* is the mean, over the roots that
people gave to one of these sentences or more, of each root's F1; *right* is the share of sentences with the right root.
"""

from __future__ import annotations

import csv
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sayso.types import Reading

TABLE = "PLV_train.tsv"
PARTS, HELD_OUT = 5, 4


@dataclass(frozen=True, slots=True)
class Coded:
    """A sentence and its root: "ASSAULT"."""

    sentence: str
    root: str


def sentences(folder: Path) -> list[Coded]:
    """The sentences that are held out, each once, in the order of the table."""
    with (folder / TABLE).open(encoding="utf-8", newline="") as table:
        rows = [(row["sentence"], row["gold_root"].strip()) for row in csv.DictReader(table, delimiter="\t")]
    return [Coded(*row) for row in dict.fromkeys(rows) if is_held_out(row[0])]


def is_held_out(sentence: str) -> bool:
    """True for a fifth of all sentences."""
    return zlib.crc32(sentence.encode()) % PARTS == HELD_OUT


def root_of(readings: Iterable[Reading]) -> str | None:
    """The type of the most confident event; None where there is none."""
    events = [event for reading in readings for event in reading.events]
    best = max(events, key=lambda event: event.confidence, default=None)  # the first of equals
    return best.type if best else None


def figures(pairs: Sequence[tuple[str, str | None]]) -> dict[str, float]:
    """The figures, in per cent, of pairs of the root that people gave and the reading's."""
    roots = sorted({given for given, _ in pairs})
    return {
        "root macro-F1": sum(_f1(root, pairs) for root in roots) / len(roots) if roots else 0.0,
        "root right": 100 * sum(given == read for given, read in pairs) / len(pairs) if pairs else 0.0,
    }


def _f1(root: str, pairs: Sequence[tuple[str, str | None]]) -> float:
    right = sum(given == root == read for given, read in pairs)
    whole = sum((given == root) + (read == root) for given, read in pairs)
    return 200 * right / whole
