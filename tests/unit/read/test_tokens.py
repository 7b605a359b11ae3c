"""Tokens know their words, and words their characters, whatever the text."""

from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.read.tokens import BREAK, NAME, STOPS, WINDOW, Tokenizer, Tokens, common_words, windows

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


def test_where_a_capital_says_nothing_a_common_word_is_no_name() -> None:
    assert ids("The army said") == ids("the army said")  # a sentence begins
    assert ids("Army Shells Town, Residents Say") == ids("army shells town, residents say")  # a headline
    assert ids("THE ARMY SHELLS THE TOWN") == ids("the army shells the town")


def test_a_day_is_no_name() -> None:
    assert NAME not in ids("said on Tuesday that")


def test_the_sides_of_a_war_are_read_alike() -> None:
    assert ids("the regime") == ids("the government") == ids("the opposition")
    assert ids("militants fired") == ids("rebels fired")
    assert ids("a militant") != ids("militants")


def test_a_capital_within_a_sentence_makes_a_name_of_any_word() -> None:
    assert ids("Then the Army said") == [*ids("then the"), NAME, *ids("said")]
    assert ids("Then the US said") == [*ids("then the"), NAME, *ids("said")]
    assert NAME not in ids("Army Kills Rebels Near Market")  # in a headline capitals say nothing
    assert NAME not in ids("ARMY KILLS REBELS NEAR MARKET")
    assert NAME not in ids("Then, on Tuesday")


def test_both_forms_of_the_article_are_one() -> None:
    assert ids("an army") == ids("a army")


def tokens(count: int) -> Tokens:
    words = np.arange(count)
    return Tokens(np.full(count, 1000), words, np.stack([words, words + 1], axis=-1))


@pytest.mark.parametrize("count", [0, 1, 253, 254, 255, 476, 477, 10_000])
def test_windows_cover_everything_once_and_are_alike(count: int) -> None:
    found = windows(tokens(count))
    assert [i for a, b in found for i in range(a, b)] == list(range(count))
    lengths = [b - a for a, b in found]
    assert max(lengths, default=0) <= WINDOW - 2
    assert not lengths or max(lengths) - min(lengths) <= 1


def test_a_window_ends_with_a_line_or_else_a_sentence() -> None:
    line = "The army shelled the old market near the river. " * 8
    text = "\n".join([line.strip()] * 4)
    found = TOKENIZER(text)
    first = windows(found)[0]
    assert found.ids[first[1] - 1] == BREAK
    found = TOKENIZER("The army shelled the old market near the river. " * 60)
    assert all(found.ids[b - 1] in STOPS for _, b in windows(found))


def test_a_headline_is_a_window_of_its_own() -> None:
    found = TOKENIZER("Shells fall on the port\n\nThe ministry said so. " + "It rained. " * 90)
    (_, end), *rest = windows(found)
    assert found.words[found.word[end - 1]][0] == len("Shells fall on the port")
    assert all(b - a > 60 for a, b in rest)
    long = TOKENIZER("The harbour was closed and " * 20 + "\n\nIt rained.")
    assert len(windows(long)) == 1, "a first line as long as a paragraph is no headline"


def test_no_window_ends_within_a_word() -> None:
    found = TOKENIZER("incomprehensibilities " * 400)
    assert all(found.word[b] != found.word[b - 1] for _, b in windows(found)[:-1])


@pytest.mark.parametrize(
    ("odd", "plain"), [("{0}Yes{0} she said", '"Yes" she said'), ("six {0} one badly", "six - one badly")]
)
def test_marks_that_were_decoded_wrongly_are_read_as_what_they_were(odd: str, plain: str) -> None:
    assert ids(odd.format("_\x90_\u00e2__\x90_\u00e2")) == ids(plain)
