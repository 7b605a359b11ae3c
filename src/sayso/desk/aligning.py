"""Two texts side by side: which paragraphs are each other's, which words both have in the same order, and which were
moved.

Words are aligned by difflib (Ratcliff and Obershelp's gestalt matching). Runs of fewer than ``RUN`` words that both
have say nothing, and count as different. Paragraphs are paired so that their order holds and as many words as possible
are shared (a longest common subsequence, weighted). What is left over is aligned again, a few times: runs of
``MOVED`` words or more that both texts have, but elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from sayso.text import paragraphs, words

RUN = 4
MOVED = 8
LONGEST = 6000
"""Words of each text that are aligned; what follows is shown, and counts as neither."""

_PASSES = 4  # over what is left over: each finds what has kept its order among what was moved
_PARAGRAPHS = 400  # that are paired; what follows stands alone

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a text that the other text has too (``same``), or not. ``moved``: it has them elsewhere."""

    text: str
    same: bool
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph of each text that are each other's; None where one text leaves out what the other has, or has it
    elsewhere: then ``elsewhere`` is the number of the row where most of it is."""

    left: tuple[Piece, ...] | None
    right: tuple[Piece, ...] | None
    elsewhere: int | None = None


@dataclass(frozen=True, slots=True)
class Aligned:
    """Two texts, paragraph by paragraph, and which share of each one's words (0 to 1) the other has too."""

    rows: tuple[Row, ...]
    left_share: float
    right_share: float


def aligned(left: str, right: str) -> Aligned:
    """``left`` and ``right`` side by side."""
    ours, theirs = _Text(left), _Text(right)
    shared = _match(ours, theirs, RUN)
    order = _in_order(len(ours.spans), len(theirs.spans), shared)
    moved: Counter[Pair] = Counter()
    for _ in range(_PASSES):
        moved += _match(ours, theirs, MOVED, moved=True)
    return Aligned(tuple(_rows(ours, theirs, order, moved)), ours.share, theirs.share)


def _match(ours: _Text, theirs: _Text, run: int, *, moved: bool = False) -> Counter[Pair]:
    """Note in both texts which of their words that are left over are in both, at least ``run`` in a row; how many words
    each two paragraphs share by that."""
    left, right = ours.left_over(), theirs.left_over()
    matcher = SequenceMatcher(None, [ours.folded[n] for n in left], [theirs.folded[n] for n in right])
    shared: Counter[Pair] = Counter()
    for block in matcher.get_matching_blocks():
        pairs = list(zip(left[block.a : block.a + block.size], right[block.b : block.b + block.size], strict=True))
        for some in _unbroken(pairs):
            if len(some) < run:
                continue
            for a, b in some:
                ours.found(a, moved)
                theirs.found(b, moved)
                shared[ours.paragraph[a], theirs.paragraph[b]] += 1
    return shared


def _unbroken(pairs: Sequence[Pair]) -> Iterator[Sequence[Pair]]:
    """Pairs of places, cut where words that are no longer left over lie between them."""
    start = 0
    for n in range(1, len(pairs) + 1):
        if n == len(pairs) or pairs[n][0] != pairs[n - 1][0] + 1 or pairs[n][1] != pairs[n - 1][1] + 1:
            yield pairs[start:n]
            start = n


def _rows(
    ours: _Text, theirs: _Text, order: Sequence[tuple[int | None, int | None]], moved: Counter[Pair]
) -> Iterator[Row]:
    """The paragraphs as rows. One that stands alone points to where most of its words are, if half of them moved."""
    row_of_left = {i: row for row, (i, _) in enumerate(order) if i is not None}
    row_of_right = {j: row for row, (_, j) in enumerate(order) if j is not None}
    for i, j in order:
        elsewhere = None
        if j is None and i is not None and 2 * ours.moved_in(i) >= ours.length(i):
            places = {b: times for (a, b), times in moved.items() if a == i}
            elsewhere = row_of_right[max(places, key=lambda b: (places[b], -b))] if places else None
        elif i is None and j is not None and 2 * theirs.moved_in(j) >= theirs.length(j):
            places = {a: times for (a, b), times in moved.items() if b == j}
            elsewhere = row_of_left[max(places, key=lambda a: (places[a], -a))] if places else None
        yield Row(None if i is None else ours.pieces(i), None if j is None else theirs.pieces(j), elsewhere)


class _Text:
    """A text's words: where they are, in which paragraph, and whether the other text has them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans = list(paragraphs(text))
        self.words = [span for span in words(text) if text[span[0]].isalnum()][:LONGEST]
        self.folded = [text[start:end].casefold() for start, end in self.words]
        self.same = [False] * len(self.words)
        self.moved = [False] * len(self.words)
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

    def left_over(self) -> list[int]:
        """The numbers of the words that the other text was not found to have."""
        return [n for n, same in enumerate(self.same) if not same]

    def found(self, word: int, moved: bool) -> None:
        """Note that the other text has this word."""
        self.same[word] = True
        self.moved[word] = moved

    def length(self, paragraph: int) -> int:
        """How many words a paragraph has."""
        return self.paragraph.count(paragraph)

    def moved_in(self, paragraph: int) -> int:
        """How many words of a paragraph the other text has elsewhere."""
        return sum(moved for moved, place in zip(self.moved, self.paragraph, strict=True) if place == paragraph)

    def pieces(self, paragraph: int) -> tuple[Piece, ...]:
        """One paragraph, cut where words that the other text lacks, or has elsewhere, begin and end. What stands
        between words is the same as what it stands beside, for nobody leaves out a comma."""
        start, end = self.spans[paragraph]
        pieces, at = [], start
        mine = [n for n, place in enumerate(self.paragraph) if place == paragraph]
        kinds = {n: (self.same[n], self.moved[n]) for n in mine if not self.same[n] or self.moved[n]}
        for first, last in _runs(kinds):
            begin, stop = self.words[first][0], self.words[last][1]
            pieces += [Piece(self.text[at:begin], True), Piece(self.text[begin:stop], *kinds[first])]
            at = stop
        return tuple(piece for piece in (*pieces, Piece(self.text[at:end], True)) if piece.text)


def _runs(kinds: Mapping[int, object]) -> Iterable[Pair]:
    """Ascending numbers as runs without a gap and of one kind: first and last of each."""
    runs: list[list[int]] = []
    for number, kind in kinds.items():
        if runs and runs[-1][1] == number - 1 and kinds[number - 1] == kind:
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
