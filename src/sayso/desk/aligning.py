"""Two texts side by side: which paragraphs are each other's, and which words both have in the same order.

Words are aligned by difflib (Ratcliff and Obershelp's gestalt matching). Runs of fewer than ``RUN`` words that both
have say nothing, and count as different. Paragraphs are paired so that their order holds and as many words as possible
are shared (a longest common subsequence, weighted).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from sayso.text import paragraphs, words

RUN = 4
LONGEST = 6000
"""Words of each text that are aligned; what follows is shown, and counts as neither."""

_PARAGRAPHS = 400  # that are paired; what follows stands alone

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a text that the other text has too (``same``), or not."""

    text: str
    same: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph of each text that are each other's; None where one text leaves out what the other has."""

    left: tuple[Piece, ...] | None
    right: tuple[Piece, ...] | None


@dataclass(frozen=True, slots=True)
class Aligned:
    """Two texts, paragraph by paragraph, and which share of each one's words (0 to 1) the other has too."""

    rows: tuple[Row, ...]
    left_share: float
    right_share: float


def aligned(left: str, right: str) -> Aligned:
    """``left`` and ``right`` side by side."""
    ours, theirs = _Text(left), _Text(right)
    blocks = SequenceMatcher(None, ours.folded, theirs.folded).get_matching_blocks()
    blocks = [block for block in blocks if block.size >= RUN]
    shared: Counter[Pair] = Counter()
    for block in blocks:
        for n in range(block.size):
            ours.same[block.a + n] = theirs.same[block.b + n] = True
            shared[ours.paragraph[block.a + n], theirs.paragraph[block.b + n]] += 1
    rows = tuple(
        Row(None if i is None else ours.pieces(i), None if j is None else theirs.pieces(j))
        for i, j in _in_order(len(ours.spans), len(theirs.spans), shared)
    )
    return Aligned(rows, ours.share, theirs.share)


class _Text:
    """A text's words: where they are, in which paragraph, and whether the other text has them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans = list(paragraphs(text))
        self.words = [span for span in words(text) if text[span[0]].isalnum()][:LONGEST]
        self.folded = [text[start:end].casefold() for start, end in self.words]
        self.same = [False] * len(self.words)
        self.paragraph = self._paragraphs()

    def _paragraphs(self) -> list[int]:
        places, place = [], 0
        for start, _ in self.words:
            while self.spans[place][1] <= start:
                place += 1
            places.append(place)
        return places

    @property
    def share(self) -> float:
        return sum(self.same) / len(self.same) if self.same else 0.0

    def pieces(self, paragraph: int) -> tuple[Piece, ...]:
        """One paragraph, cut where words that the other text has begin and end. What stands between words is the same
        as what it stands beside, for nobody leaves out a comma."""
        start, end = self.spans[paragraph]
        alone = [n for n, place in enumerate(self.paragraph) if place == paragraph and not self.same[n]]
        pieces, at = [], start
        for first, last in _runs(alone):
            begin, stop = self.words[first][0], self.words[last][1]
            pieces += [Piece(self.text[at:begin], True), Piece(self.text[begin:stop], False)]
            at = stop
        return tuple(piece for piece in (*pieces, Piece(self.text[at:end], True)) if piece.text)


def _runs(numbers: Iterable[int]) -> Iterable[Pair]:
    """Ascending numbers as runs without a gap: first and last of each."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return [(first, last) for first, last in runs]


def _in_order(left: int, right: int, shared: Counter[Pair]) -> Sequence[tuple[int | None, int | None]]:
    """The paragraphs of both, those that are each other's together, the others between them in their order."""
    rows: list[tuple[int | None, int | None]] = []
    i = j = 0
    for a, b in [*_pairs(min(left, _PARAGRAPHS), min(right, _PARAGRAPHS), shared), (left, right)]:
        rows += [(n, None) for n in range(i, a)] + [(None, n) for n in range(j, b)]
        if (a, b) != (left, right):
            rows.append((a, b))
        i, j = a + 1, b + 1
    return rows


def _pairs(left: int, right: int, shared: Counter[Pair]) -> list[Pair]:
    """The pairs of paragraphs, ascending in both, that share most words together."""
    best = [[0] * (right + 1) for _ in range(left + 1)]
    for i in range(left - 1, -1, -1):
        for j in range(right - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + shared[i, j])
    pairs, i, j = [], 0, 0
    while i < left and j < right:
        if shared[i, j] and best[i][j] == best[i + 1][j + 1] + shared[i, j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs
