"""Quotations are found exactly, or with other white space, quotation marks and dashes; never by likeness."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.read.anchor import Anchors, fold, nearest

TEXT = "He said: “The  bridge\nwas hit – twice”, and then the other bridge was hit."


def found(text: str, quoted: str) -> list[str]:
    return [text[a:b] for a, b in Anchors(text).of(quoted)]


@pytest.mark.parametrize(
    ("quoted", "words"),
    [
        ("bridge", ["bridge", "bridge"]),
        ("bridge was hit", ["bridge was hit"]),  # the exact one hides the one over a line's end
        ('"The bridge was hit - twice"', ["“The  bridge\nwas hit – twice”"]),
        ("The bridge was hit — twice", ["The  bridge\nwas hit – twice"]),
        (" He said: ", ["He said:"]),
    ],
)
def test_what_is_there_is_found_in_the_words_of_the_text(quoted: str, words: list[str]) -> None:
    assert found(TEXT, quoted) == words


@pytest.mark.parametrize(
    "quoted", ["", " ", "he", "idge", "the Bridge", "The bridges", "bridge was struck", "bridgewas"]
)
def test_what_only_looks_alike_is_not(quoted: str) -> None:
    assert found(TEXT, quoted) == []


def test_a_quotation_mark_that_was_decoded_wrongly_is_one() -> None:
    text = "The major said, â\x80\x9cWe saw it,â\x80\x9d and left."

    assert found(text, '"We saw it,"') == ["â\x80\x9cWe saw it,â\x80\x9d"]


def test_offsets_are_of_the_whole_text_and_only_the_part_is_searched() -> None:
    text = "one two one two one"

    assert Anchors(text, 4, 15).of("one") == [(8, 11)]
    assert Anchors("😀 “x” y", 2).of('"x"') == [(2, 5)]


def test_the_nearest_and_if_possible_not_within() -> None:
    places = [(0, 2), (10, 12), (40, 42)]

    assert nearest(places, [(13, 30)]) == (10, 12)
    assert nearest(places, [(5, 35)]) == (0, 2)
    assert nearest(places, []) == (0, 2)
    assert nearest([(10, 12)], [(5, 35)]) == (10, 12)


@given(st.text(alphabet=" \n\t-–—'\"“”‘’ab\x80\x9câ_😀", min_size=1, max_size=60))
def test_folding_keeps_account_of_every_character(text: str) -> None:
    folded, starts, ends = fold(text)

    assert len(folded) == len(starts) == len(ends)
    assert [*starts[1:], len(text)] == list(ends)
    for letter in "ab😀":
        assert folded.count(letter) == text.count(letter)
    assert starts[0] == 0


@given(st.text(alphabet=" \n-–'\"“”ab", min_size=1, max_size=60), st.data())
def test_every_piece_of_a_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    piece = text[start:end]
    whole = not any(0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum() for at in (start, end))

    places = Anchors(text).of(piece)

    assert all(fold(text[a:b])[0].strip() == fold(piece)[0].strip() for a, b in places)
    if whole and piece.strip():
        assert places
