"""A text cut into the encoder's tokens, with the word and the characters that each belongs to, and into windows.

Training and reading both come through here, so that they can never disagree about a token.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sayso.text import mangled_quotes

WINDOW = 256  # tokens, the two marks at the ends included
OVERLAP = 64
QUOTE, APOSTROPHE = 1000, 1005
STOPS = (1012, 999, 1029)  # . ! ?
CLS, SEP, PAD, BREAK = 101, 102, 0, 2  # BREAK, the vocabulary's [unused1], stands where a line ends

_BREAK = re.compile(r"(?<![ \t\r])[ \t\r]*\n\s*")  # the blanks before a line end are tried once, not from each of them


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens of one text, without the marks at the ends.

    ids: (n,) int64; word: (n,) index into ``words``; words: (w, 2) character offsets. A word is what lies between
    white space and punctuation marks; a line break is a word, too.
    """

    ids: NDArray[np.int64]
    word: NDArray[np.int64]
    words: NDArray[np.int64]

    def first(self) -> NDArray[np.int64]:
        """(w,) index of each word's first token."""
        return np.searchsorted(self.word, np.arange(len(self.words)))


class Tokenizer:
    """The encoder's word pieces (uncased BERT vocabulary) over whole texts."""

    def __init__(self, path: Path) -> None:
        from tokenizers import Tokenizer as Pieces

        self._pieces: Any = Pieces.from_file(str(path))
        self._pieces.no_truncation()
        self._pieces.no_padding()

    def __call__(self, text: str) -> Tokens:
        """The tokens of ``text``; a text without any gives empty arrays."""
        apart = self._apart(text)
        starts = [0, *(end for _, end, _ in apart)]
        ends = [*(start for start, _, _ in apart), len(text)]
        encodings = self._pieces.encode_batch(
            [text[a:b] for a, b in zip(starts, ends, strict=True)], add_special_tokens=False
        )
        ids: list[int] = []
        word: list[int] = []
        words: list[tuple[int, int]] = []
        for line, encoding in enumerate(encodings):
            if line:
                start, end, token = apart[line - 1]
                ids.append(token)
                word.append(len(words))
                words.append((start, end))
            last = None
            for piece, key, (a, b) in zip(encoding.ids, encoding.word_ids, encoding.offsets, strict=True):
                if key != last:
                    words.append((starts[line] + a, starts[line] + b))
                    last = key
                else:
                    words[-1] = (words[-1][0], max(words[-1][1], starts[line] + b))
                ids.append(piece)
                word.append(len(words) - 1)
        return Tokens(
            np.array(ids, dtype=np.int64),
            np.array(word, dtype=np.int64),
            np.array(words, dtype=np.int64).reshape(-1, 2),
        )

    def _apart(self, text: str) -> list[tuple[int, int, int]]:
        """What is one token whatever its characters: line breaks, and quotation marks that were decoded wrongly."""
        breaks = ((*m.span(), BREAK) for m in _BREAK.finditer(text) if m.start() > 0 and m.end() < len(text))
        quotes = ((a, b, APOSTROPHE if mark == "'" else QUOTE) for a, b, mark in mangled_quotes(text))
        found: list[tuple[int, int, int]] = []
        for item in sorted([*breaks, *quotes]):
            if not found or item[0] >= found[-1][1]:
                found.append(item)
        return found


def windows(count: int, size: int = WINDOW - 2, overlap: int = OVERLAP) -> list[tuple[int, int]]:
    """Token ranges that cover ``count`` tokens, each at most ``size`` long, neighbours sharing ``overlap``."""
    if count <= size:
        return [(0, count)] if count else []
    step = size - overlap
    starts = [*range(0, count - size, step), count - size]
    return [(start, start + size) for start in starts]
