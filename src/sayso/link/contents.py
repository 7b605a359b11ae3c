"""How alike the contents of claims are: by what they mean (the reader's embeddings) and by the words they share."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sayso.text import unmangled
from sayso.types import ClaimRow
from sayso.wordsets import word_set

LONGEST = 2_000
"""Characters of a claim that are looked at."""

_DIMENSIONS = 384
_BUCKETS = 512  # of words; two words in one bucket count as one, which the verification of single pairs undoes
_TILE = 20  # rows by rows, of which numpy makes a product without threads
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
    return frozenset(_stem(w) for w in words if (len(w) > 2 or w.isdigit()) and w not in _COMMON)


def _stem(word: str) -> str:
    return word[: _STEM + word.startswith("militar")]  # no militant is military


def overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """The share of the fewer of two sets of words that is in both, 0 to 1; 0 for fewer than two words in common."""
    common = len(a & b)
    return common / min(len(a), len(b)) if common > 1 else 0.0


class Contents:
    """The contents of claims as vectors, for many comparisons at a time."""

    def __init__(self, claims: Sequence[ClaimRow], embeddings: Sequence[bytes]) -> None:
        self.words = [content_words(claim.text) for claim in claims]
        self._bags = _unit(_bags(self.words))
        self._worded = np.array([bool(words) for words in self.words])
        self._meanings = _unit(np.stack([meaning(data) for data in embeddings]))
        self._meant = np.any(self._meanings != 0, axis=1)

    def alike(self, rows: slice, columns: slice) -> Matrix:
        """How alike the claims ``rows`` are to ``columns``, 0 to 1: the mean of the cosines of meaning and words; of
        words alone where one of the two has no embedding, of meaning alone where both have no words that tell ("it").
        """
        words = _cosines(self._bags[rows], self._bags[columns])
        meaning = _cosines(self._meanings[rows], self._meanings[columns])
        both = np.outer(self._meant[rows], self._meant[columns])
        neither = np.outer(~self._worded[rows], ~self._worded[columns])
        alike: Matrix = np.where(neither, meaning, np.where(both, (words + meaning) / 2, words))
        return alike


def _bags(texts: Sequence[frozenset[str]]) -> Matrix:
    """How many of each text's words are in each bucket."""
    at = [number * _BUCKETS + _bucket(word) for number, words in enumerate(texts) for word in words]
    counts = np.bincount(np.array(at, np.int64), minlength=len(texts) * _BUCKETS)
    return counts.reshape(len(texts), _BUCKETS).astype(np.float32)


@lru_cache(maxsize=1 << 14)
def _bucket(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "surrogatepass")) % _BUCKETS


def meaning(data: bytes) -> Matrix:
    """An embedding, 384 float16, as a vector; zeros for what is none."""
    if len(data) != 2 * _DIMENSIONS:
        return np.zeros(_DIMENSIONS, np.float32)
    vector = np.frombuffer(data, np.float16).astype(np.float32)
    return vector if np.isfinite(vector).all() else np.nan_to_num(vector, posinf=0, neginf=0)


def _cosines(a: Matrix, b: Matrix) -> Matrix:
    """``a @ b.T``, the same on any machine: summed up in more digits than are kept, so that how numpy goes about it
    does not tell which of two equal claims is more alike. And piece by piece: what is larger, numpy shares out to
    threads, and waits for them many times as long as the work takes where anything else keeps the processors busy."""
    whole = np.empty((len(a), len(b)), np.float32)
    one, other = a.astype(np.float64), b.astype(np.float64).T
    for row in range(0, len(a), _TILE):
        for column in range(0, len(b), _TILE):
            product = one[row : row + _TILE] @ other[:, column : column + _TILE]
            whole[row : row + _TILE, column : column + _TILE] = product
    return whole


def _unit(rows: Matrix) -> Matrix:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: Matrix = (rows / np.where(lengths > 0, lengths, 1)).astype(np.float32)
    return unit
