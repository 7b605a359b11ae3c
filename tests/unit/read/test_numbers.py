"""Quantities as reports give them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.read.numbers import find_quantities, small_number


def bounds(text: str) -> list[tuple[str, int | None, int | None]]:
    return [(text[q.start : q.end], q.min, q.max) for q in find_quantities(text)]


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("58", 58, 58),
        ("60,000", 60_000, 60_000),
        ("60 000", 60_000, 60_000),
        ("60000", 60_000, 60_000),
        ("twenty-one", 21, 21),
        ("twenty one", 21, 21),
        ("two hundred and fifty", 250, 250),
        ("one hundred and one", 101, 101),
        ("three hundred thousand", 300_000, 300_000),
        ("1.2 million", 1_200_000, 1_200_000),
        ("a quarter of a million", 250_000, 250_000),
        ("half a million", 500_000, 500_000),
        ("a dozen", 12, 12),
        ("two dozen", 24, 24),
        ("a hundred", 100, 100),
        ("both", 2, 2),
        ("a couple of", 2, 2),
        ("a family of six", 6, 6),
        ("crew of six", 6, 6),
        ("at least 10", 10, None),
        ("no fewer than 10", 10, None),
        ("20 at least", 20, None),
        ("20 or more", 20, None),
        ("20+", 20, None),
        ("more than 50", 51, None),
        ("over 60,000", 60_001, None),
        ("up to 20", None, 20),
        ("as many as 40", None, 40),
        ("as high as 40", None, 40),
        ("nearly 300", None, 300),
        ("almost 300", None, 300),
        ("fewer than 50", None, 49),
        ("around 100", 100, 100),
        ("about 100", 100, 100),
        ("some 100", 100, 100),
        ("an estimated 100", 100, 100),
        ("between 10 and 15", 10, 15),
        ("10 to 15", 10, 15),
        ("10-15", 10, 15),
        ("ten or eleven", 10, 11),
        ("dozens", 24, None),
        ("scores", 40, None),
        ("hundreds", 200, None),
        ("thousands", 2000, None),
        ("tens of thousands", 20_000, None),
        ("hundreds of thousands", 200_000, None),
        ("millions", 2_000_000, None),
        ("several dozen", 36, None),
        ("a few hundred", 300, None),
    ],
)
def test_a_quantity_has_its_bounds(text: str, least: int | None, most: int | None) -> None:
    assert bounds(text) == [(text, least, most)]
    assert bounds(f"They counted {text.upper()}, it says.") == [(text.upper(), least, most)]


@pytest.mark.parametrize(
    "text",
    [
        "20 percent",
        "20%",
        "20 per cent",
        "$20",
        "€ 20",
        "10:30",
        "1.5 km",
        "a 6-year-old girl",
        "the 5th brigade",
        "a 23mm gun",
        "a report",
        "an army",
        "several people",
        "two and a half years",
        "1" + "0" * 40,
        "9" * 10_000,
        "²",
    ],
)
def test_what_counts_nothing_is_no_quantity(text: str) -> None:
    assert bounds(text) == []


def test_the_next_number_keeps_its_modifier() -> None:
    assert bounds("kills 13 at least 13 sailors") == [("13", 13, 13), ("at least 13", 13, None)]


def test_a_family_of_one_of_them_is_nobody_counted() -> None:
    assert bounds("the family of one of the miners") == [("one", 1, 1)]


def test_two_numbers_in_a_row_are_two() -> None:
    assert bounds("two and three") == [("two", 2, 2), ("three", 3, 3)]
    assert bounds("in 2016 120 people") == [("2016", 2016, 2016), ("120", 120, 120)]


def test_digits_of_other_scripts_are_digits() -> None:
    assert bounds("\u0661\u0662") == [("\u0661\u0662", 12, 12)]


@pytest.mark.parametrize(("word", "number"), [("a", 1), ("Three", 3), ("twenty-one", 21), ("12", 12), ("the", None)])
def test_small_numbers(word: str, number: int | None) -> None:
    assert small_number(word) == number


@given(st.text(st.sampled_from(list("0123456789 ,.-+%$:")), max_size=40) | st.text(max_size=40))
def test_quantities_lie_in_the_text_in_order(text: str) -> None:
    at = 0
    for quantity in find_quantities(text):
        assert at <= quantity.start < quantity.end <= len(text)
        assert text[quantity.start : quantity.end].strip() == text[quantity.start : quantity.end]
        assert quantity.min is not None or quantity.max is not None
        at = quantity.end
