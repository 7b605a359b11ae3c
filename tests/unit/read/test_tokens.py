"""Tokens know their words, and words their characters, whatever the text."""

from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.read.tokens import BREAK, Tokenizer, windows

TOKENIZER = Tokenizer(Path(str(files("sayso") / "weights" / "tokenizer.json")))


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=300))
def test_words_lie_in_order_within_the_text(text: str) -> None:
    tokens = TOKENIZER(text)
    assert len(tokens.ids) == len(tokens.word)
    starts, ends = tokens.words[:, 0], tokens.words[:, 1]
    assert (starts < ends).all()
    assert (starts[1:] >= ends[:-1]).all()
    assert (starts >= 0).all()
    assert (ends <= len(text)).all()
    assert (np.diff(tokens.word) >= 0).all()
    assert set(tokens.word) == set(range(len(tokens.words)))


def test_a_line_break_is_a_word_of_its_own() -> None:
    text = "First line.\n\n“Second – line”"
    tokens = TOKENIZER(text)
    words = [text[a:b] for a, b in tokens.words]
    assert words == ["First", "line", ".", "\n\n", "“", "Second", "–", "line", "”"]
    assert tokens.ids[tokens.first()[3]] == BREAK


def test_offsets_count_code_points() -> None:
    text = "😀 قال the mayor 👩‍👩‍👧 said"
    words = [text[a:b] for a, b in TOKENIZER(text).words]
    assert words[1] == "قال"
    assert "mayor" in words
    assert "said" in words


@pytest.mark.parametrize("count", [0, 1, 253, 254, 255, 444, 445, 10_000])
def test_windows_cover_everything_and_share_their_edges(count: int) -> None:
    found = windows(count)
    covered = {i for a, b in found for i in range(a, b)}
    assert covered == set(range(count))
    assert all(b - a <= 254 for a, b in found)
    assert all(second[0] <= first[1] - 64 for first, second in pairwise(found))
