"""How alike the contents of claims are: by what they mean (the reader's embeddings) and by the words they share."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sayso.text import unmangled
from sayso.types import ClaimRow
from sayso.wordsets import word_set

LONGEST = 2_000
"""Characters of a claim that are looked at."""

_DIMENSIONS = 384
_BUCKETS = 512  # of words; two words in one bucket count as one, which the verification of single pairs undoes
_STEM = 6  # letters by which "bombing" and "bombings", "Syria" and "Syrian" are one word
_WORD = re.compile(r"[^\W_]+")
_COMMON = word_set(
    "the and that with from for was were has have had been are his her its their they them this which who whom whose "
    "will would could should may might can than then there where when while after before into onto over under about "
    "against also but not nor only more most least some any all each other another such said says say told tells tell "
    "added according reported report reports statement near during between among including since until both being "
    "does did done"
)

Matrix = NDArray[np.float32]


def content_words(text: str) -> frozenset[str]:
    """The stems of the words that carry a text's content, and its numbers."""
    words = _WORD.findall(unmangled(text[:LONGEST]).casefold())
    return frozenset(w[:_STEM] for w in words if (len(w) > 2 or w.isdigit()) and w not in _COMMON)


def overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """The share of the fewer of two sets of words that is in both, 0 to 1; 0 for fewer than two words in common."""
    common = len(a & b)
    return common / min(len(a), len(b)) if common > 1 else 0.0


class Contents:
    """The contents of claims as vectors, for many comparisons at a time."""

    def __init__(self, claims: Sequence[ClaimRow], embeddings: Sequence[bytes]) -> None:
        self.words = [content_words(claim.text) for claim in claims]
        self._bags = _unit(np.stack([_bag(words) for words in self.words]))
        self._meanings = _unit(np.stack([meaning(data) for data in embeddings]))
        self._meant = np.any(self._meanings != 0, axis=1)

    def alike(self, rows: slice, columns: slice) -> Matrix:
        """How alike the claims ``rows`` are to ``columns``, 0 to 1: the mean of the cosines of meaning and words; of
        words alone where one of the two has no embedding."""
        words = self._bags[rows] @ self._bags[columns].T
        meaning = self._meanings[rows] @ self._meanings[columns].T
        both = np.outer(self._meant[rows], self._meant[columns])
        alike: Matrix = np.where(both, (words + meaning) / 2, words)
        return alike


def _bag(words: frozenset[str]) -> Matrix:
    bag = np.zeros(_BUCKETS, np.float32)
    for word in words:
        bag[zlib.crc32(word.encode("utf-8", "surrogatepass")) % _BUCKETS] += 1
    return bag


def meaning(data: bytes) -> Matrix:
    """An embedding, 384 float16, as a vector; zeros for what is none."""
    if len(data) != 2 * _DIMENSIONS:
        return np.zeros(_DIMENSIONS, np.float32)
    return np.nan_to_num(np.frombuffer(data, np.float16).astype(np.float32), posinf=0, neginf=0)


def _unit(rows: Matrix) -> Matrix:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: Matrix = (rows / np.where(lengths > 0, lengths, 1)).astype(np.float32)
    return unit
