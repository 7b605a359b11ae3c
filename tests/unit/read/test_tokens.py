"""Tokens know their words, and words their characters, whatever the text."""

from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.read.tokens import BREAK, NAME, OVERLAP, WINDOW, Tokenizer, Tokens, common_words, windows

WEIGHTS = Path(str(files("sayso") / "weights"))
TOKENIZER = Tokenizer(WEIGHTS / "tokenizer.json", common_words(WEIGHTS / "common.txt"))


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


def ids(text: str) -> list[int]:
    return TOKENIZER(text).ids.tolist()


def test_a_name_is_one_token_whosever_it_is() -> None:
    assert ids("Mirel Assan said") == [NAME, NAME, *ids("said")] == ids("Qurz Wlodimirska said")


def test_a_capital_makes_no_name_of_a_common_word() -> None:
    assert ids("The Army said") == ids("the army said")
    assert NAME not in ids("On Tuesday")


def test_the_sides_of_a_war_are_read_alike() -> None:
    assert ids("the regime") == ids("the government") == ids("the opposition")
    assert ids("militants fired") == ids("rebels fired")
    assert ids("a militant") != ids("militants")


def tokens(count: int) -> Tokens:
    words = np.arange(count)
    return Tokens(np.full(count, 1000), words, np.stack([words, words + 1], axis=-1))


@pytest.mark.parametrize("count", [0, 1, 253, 254, 255, 476, 477, 10_000])
def test_windows_cover_everything_share_their_edges_and_are_alike(count: int) -> None:
    found = windows(tokens(count))
    covered = {i for a, b in found for i in range(a, b)}
    assert covered == set(range(count))
    assert all(b - a <= WINDOW - 2 for a, b in found)
    assert all(first[1] - second[0] >= OVERLAP // 2 for first, second in pairwise(found))
    lengths = [b - a for a, b in found]
    assert not lengths or max(lengths) - min(lengths) <= len(lengths)
