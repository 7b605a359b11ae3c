"""A text cut into words and the encoder's tokens, with the characters that each word covers; and into windows.

Training and reading both come through here, so that they can never disagree about a token.

**Names are not read.** A capitalised word becomes one token, NAME, whoever's name it is; where a capital says nothing,
as a sentence begins or in a headline, it does so unless it is a common word. And the words for a side in a war
("government", "opposition", "rebels") become one word. So the network cannot know one party from another, a name costs
one token instead of four, and what is learned about one war holds for the next.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sayso.text import mangled_marks
from sayso.wordsets import word_set

WINDOW = 192  # tokens, the two marks at the ends included: as long as in training; beyond, positions mean little
HEADLINE = 60  # tokens of a first line that is read alone, at the most
NEAR = 40  # tokens from where windows would be of one length to where a sentence ends
CLS, SEP, PAD, UNKNOWN = 101, 102, 0, 100
BREAK, NAME = 2, 3  # the vocabulary's [unused1] stands where a line ends, [unused2] for every name
COMMA, QUOTE, APOSTROPHE, DASH = 1010, 1000, 1005, 1011
STOPS = (1012, 999, 1029)  # . ! ?
MARKS = {'"': QUOTE, "'": APOSTROPHE, "–": DASH, "©": BREAK}  # a picture's credit begins as a line does

# Who fights whom says nothing about who says what. Words that stand for a whole side are read as one of their kind; and
# so are the two forms of the article, as names may begin with either sound.
ALIKE = {
    **dict.fromkeys(("government", "opposition", "regime", "insurgency", "rebellion", "resistance"), "government"),
    **dict.fromkeys(("rebel", "militant", "insurgent", "terrorist", "jihadist", "extremist", "loyalist"), "rebel"),
    **dict.fromkeys(
        ("rebels", "militants", "insurgents", "terrorists", "jihadists", "extremists", "loyalists"), "rebels"
    ),
    "an": "a",
}
# Capitalised wherever they stand, and no names.
TIMES = word_set("""
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december i mr mrs ms dr gen lt col maj brig capt sgt sen rep gov pm am
    """)

_BREAK = r"(?<![ \t\r])[ \t\r]*\n\s*"  # the blanks before a line end are tried once, not from each of them
_WORD = re.compile(rf"(?P<line>{_BREAK})|[^\W_]+(?:[\u0300-\u036f\u064b-\u0652]+[^\W_]*)*|[^\s]", re.UNICODE)
_WITHIN = frozenset(",-'’/&()")  # marks after which no sentence begins
_CONTROL = re.compile(r"[\x80-\x9f]")
_KEPT = 200_000  # words whose pieces are remembered
_LONGEST = 64  # characters of a word that is


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens of one text, without the marks at the ends.

    ids: (n,) int64; word: (n,) index into ``words``; words: (w, 2) character offsets. A word is what lies between
    white space and punctuation marks; a line break is a word, too. Each word has a token.
    """

    ids: NDArray[np.int64]
    word: NDArray[np.int64]
    words: NDArray[np.int64]

    def first(self) -> NDArray[np.int64]:
        """(w,) index of each word's first token."""
        return np.searchsorted(self.word, np.arange(len(self.words)))


class Tokenizer:
    """The encoder's word pieces (uncased BERT vocabulary) over whole texts; ``common`` are the words, in lower case,
    that are no names when capitalised."""

    def __init__(self, path: Path, common: frozenset[str]) -> None:
        from tokenizers import Tokenizer as Pieces

        self._pieces: Any = Pieces.from_file(str(path))
        self._pieces.no_truncation()
        self._pieces.no_padding()
        self._common = common
        self._known: dict[str, tuple[tuple[int, ...], ...]] = {}

    def __call__(self, text: str) -> Tokens:
        """The tokens of ``text``; a text without any gives empty arrays."""
        words = self._words(text)
        kinds = _kinds(text, words)
        pieces: list[tuple[int, ...]] = []
        known = self._known
        begins, line = True, 0
        for start, end, token in words:
            if token:
                pieces.append(token)
                begins, line = True, line + (token[0] == BREAK)
                continue
            word = text[start:end]
            both = known.get(word)
            if both is None:
                both = self._pieces_of(word)
                if len(known) >= _KEPT:
                    known.clear()
                if len(word) <= _LONGEST:
                    known[word] = both
            pieces.append(both[kinds[line] or begins])
            begins = not word[0].isalnum() and word not in _WITHIN
        counts = np.fromiter(map(len, pieces), dtype=np.int64, count=len(pieces))
        return Tokens(
            np.fromiter((i for ids in pieces for i in ids), dtype=np.int64, count=int(counts.sum())),
            np.repeat(np.arange(len(words)), counts),
            np.array([(start, end) for start, end, _ in words], dtype=np.int64).reshape(-1, 2),
        )

    def _pieces_of(self, word: str) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
        """The tokens of a word where its capital tells that it is a name; where, as a sentence begins or in a headline,
        it tells that only of words that are not common or all capitals; and where all the line is capitals."""
        lower = word.lower()
        ids = tuple(self._pieces.encode(ALIKE.get(lower, lower), add_special_tokens=False).ids) or (UNKNOWN,)
        if not word[0].isupper() or lower in TIMES:
            return ids, ids, ids
        shouted = ids if lower in self._common else (NAME,)
        return (NAME,), (NAME,) if len(word) > 1 and word.isupper() else shouted, shouted

    def _words(self, text: str) -> list[tuple[int, int, tuple[int, ...] | None]]:
        """Offsets of the words, with the token of what is one whatever its characters: line breaks, and marks that were
        decoded wrongly."""
        if _CONTROL.search(text) is None:
            return list(_cut(text, 0, len(text)))
        found: list[tuple[int, int, tuple[int, ...] | None]] = []
        at = 0
        for start, end, mark in mangled_marks(text):
            if start < at:
                continue
            found += _cut(text, at, start)
            found.append((start, end, (MARKS[mark],)))
            at = end
        return [*found, *_cut(text, at, len(text))]


def _kinds(text: str, words: list[tuple[int, int, tuple[int, ...] | None]]) -> list[int]:
    """For each line 2 if all its longer words are in capitals, 1 if most of them are capitalised, so that capitals say
    nothing there, else 0."""
    kinds = []
    capital = shouted = longer = 0
    begins = True  # the first word of a line has its capital for that
    for start, end, token in [*words, (0, 0, (BREAK,))]:
        if token and token[0] == BREAK:
            kinds.append(2 if longer > 1 and shouted == longer else int(2 * capital > longer))
            capital = shouted = longer = 0
            begins = True
            continue
        if end - start > 3 and not begins and text[start].isalpha():
            longer += 1
            if text[start].isupper():
                capital += 1
                shouted += text[start:end].isupper()
        begins = False
    return kinds


def _cut(text: str, start: int, end: int) -> Any:
    last = len(text.rstrip())
    for match in _WORD.finditer(text, start, end):
        if match.lastgroup is None:
            yield match.start(), match.end(), None
        elif match.start() > 0 and match.end() <= last:
            yield match.start(), match.end(), (BREAK,)


def common_words(path: Path) -> frozenset[str]:
    """The words that are no names though capitalised, a line each, in lower case."""
    return frozenset(path.read_text("utf-8").split())


def windows(tokens: Tokens, size: int = WINDOW - 2) -> list[tuple[int, int]]:
    """Token ranges that cover the text: its first line, if that is a headline, then as few as fit ``size``, of like
    length, so that none is short of context.

    Each ends where a line or a sentence does if one does near by, else between two words; none is read twice. A
    headline read with the body costs attributions there: often both say the same.
    """
    breaks = np.flatnonzero(tokens.ids[:HEADLINE] == BREAK)
    start = int(breaks[0]) + 1 if len(breaks) else 0
    edges = [0, *_edges(tokens, start, size)]
    return [(a, b) for a, b in pairwise(edges) if a < b]


def _edges(tokens: Tokens, start: int, size: int) -> list[int]:
    """Where the windows from token ``start`` on begin, and where the last one ends."""
    count = len(tokens.ids)
    left = count - start
    number = -(-left // (size - NEAR)) if left > size else 1
    edges = [start]
    for i in range(1, number):
        edges.append(_edge(tokens, edges[-1], start + -(-left * i // number), size))
    while count - edges[-1] > size:  # edges were drawn back so often that one window more is needed
        edges.append(_edge(tokens, edges[-1], edges[-1] + size - NEAR, size))
    return [*edges, count]


def _edge(tokens: Tokens, start: int, wanted: int, size: int) -> int:
    """Where the window that begins at ``start`` ends: near ``wanted``, and at most ``size`` further on."""
    low, high = max(start + 1, wanted - NEAR), min(start + size, wanted + NEAR)
    near = tokens.ids[low - 1 : high]  # what a window that ends at low … high would end with
    for marks in ((BREAK,), STOPS):
        ends = np.flatnonzero(np.isin(near, marks)) + low
        if len(ends):
            return int(ends[np.abs(ends - wanted).argmin()])
    begins = np.flatnonzero(np.diff(tokens.word[low - 1 : high + 1])) + low  # the words that begin there
    return int(begins[np.abs(begins - wanted).argmin()]) if len(begins) else min(start + size, max(wanted, start + 1))
