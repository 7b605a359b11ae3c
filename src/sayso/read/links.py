"""How well two spans go together: what the network says, and what lies between them.

The network's vectors know the words; they are poor at telling one "said" from the next. So each pair is also looked at
as a reader would: how far apart, on which side, how many others stand between, and how many sentences and lines end
there. Each of these has a weight, fitted once the network is trained (``sayso.train.calibrate``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DISTANCES = np.array(
    (-64, -32, -16, -8, -4, -2, 0, 2, 4, 8, 16, 32, 64)
)  # edges of the buckets of words between the two
MOST = 3  # of anything between: more count as so many
KINDS = ("rivals", "kin", "stops", "breaks")  # others sought, others seeking, sentence ends, line ends
WIDTH = len(DISTANCES) + 1 + len(KINDS) * 2 * (MOST + 1)


@dataclass(frozen=True, slots=True)
class Weights:
    """What the fit gives.

    ``scale`` multiplies the network's score, ``between`` has WIDTH weights, ``none`` is the score of
    having no partner.
    """

    scale: float
    none: float
    between: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """Where sentences and lines end: (words,) bool each."""

    stops: NDArray[np.bool_]
    breaks: NDArray[np.bool_]


def features(froms: Sequence[tuple[int, int]], tos: Sequence[tuple[int, int]], ground: Ground) -> NDArray[np.int64]:
    """(froms, tos, 1 + KINDS) indices into the weights, one for the distance and one for each kind of thing between.

    Spans are (first word, last word), both included; each list is in text order.
    """
    seeking = np.array(froms, dtype=np.int64).reshape(-1, 2)
    sought = np.array(tos, dtype=np.int64).reshape(-1, 2)
    start, end = seeking.T[:, :, None]
    first, last = sought.T[:, None, :]
    after = first > end
    low, high = np.where(after, end, last) + 1, np.where(after, first, start)
    high = np.maximum(low, high)  # spans that overlap have nothing between them
    words = high - low
    distance = np.where(after, words + 1, np.where(last < start, -words - 1, 0))
    counts = (
        _whole_between(low, high, sought),
        _whole_between(low, high, seeking),
        _marks_between(low, high, ground.stops),
        _marks_between(low, high, ground.breaks),
    )
    found = [np.searchsorted(DISTANCES, distance, side="right")]
    for kind, count in enumerate(counts):
        base = len(DISTANCES) + 1 + kind * 2 * (MOST + 1)
        found.append(base + after * (MOST + 1) + np.minimum(count, MOST))
    return np.stack(found, axis=-1)


def scores(vectors: NDArray[np.float32], between: NDArray[np.int64], weights: Weights) -> NDArray[np.float64]:
    """(froms, tos) scores. vectors: (froms, tos), as the network compares them; between: what ``features`` gives."""
    table = np.asarray(weights.between)
    result: NDArray[np.float64] = weights.scale * vectors + table[between].sum(-1)
    return result


def _whole_between(low: NDArray[np.int64], high: NDArray[np.int64], spans: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many spans lie wholly within each range."""
    if not len(spans):
        return np.zeros_like(low)
    begun = np.searchsorted(spans[:, 0], low, side="left")
    ended = np.searchsorted(spans[:, 1], high, side="left")
    result: NDArray[np.int64] = np.maximum(0, ended - begun)
    return result


def _marks_between(low: NDArray[np.int64], high: NDArray[np.int64], marks: NDArray[np.bool_]) -> NDArray[np.int64]:
    total = np.concatenate([[0], np.cumsum(marks)])
    result: NDArray[np.int64] = total[high] - total[low]
    return result
