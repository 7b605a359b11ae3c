"""Parties' names exchanged."""

from dataclasses import replace

import pytest
from bench import swap
from tests.unit.bench.builders import NOTHING_FOUND, says

from sayso.types import Casualty, Span, Voice


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Russian jets", "Turkish jets"),
        ("RUSSIAN JETS", "TURKISH JETS"),
        ("Government forces and a government convoy", "Opposition forces and an opposition convoy"),
        ("the Free Syrian Army and rebels", "the Syrian Arab Army and loyalists"),
        ("a U.S.-led raid", "a E.U.-led raid"),
        ("its opposition to the plan, in opposition", "its opposition to the plan, in opposition"),
        ("Russianness, prussia, us", "Russianness, prussia, us"),
    ],
)
def test_names_are_exchanged_whole_and_in_their_case(text, other):
    assert swap.exchanged(text) == other
    assert swap.exchanged(other) == text
    assert swap.holds(text)


def test_names_that_come_to_stand_side_by_side_are_told():
    assert not swap.holds("a opposition")  # once exchanged, "a government", which is a pair's


def test_every_pair_has_as_many_words_on_both_sides_and_each_name_once():
    names = [name for pair in swap.PAIRS for name in pair]
    assert len(names) == len(set(names))
    assert all(len(one.split()) == len(two.split()) for one, two in swap.PAIRS)


def test_offsets_go_back_to_where_they_were():
    text = "Moscow told Ankara"
    at = swap.back(text)
    assert swap.exchanged(text) == "Ankara told Moscow"
    assert [at(n) for n in range(len(text) + 1)] == list(range(len(text) + 1))
    at = swap.back("The Observatory said")  # The Agency said
    assert [at(n) for n in (0, 4, 6, 10, 11, 15)] == [0, 4, 6, 15, 16, 20]
    at = swap.back("The Agency said")
    assert [at(n) for n in (4, 13, 15, 16)] == [4, 10, 10, 11]


def spoken(text, claimant, cue="said"):
    at = text.index(cue)
    return replace(
        NOTHING_FOUND,
        article=replace(NOTHING_FOUND.article, text=text),
        attributions=(
            replace(says("a1", Span.of(text, 0, at - 1), Span.of(text, at, at + 4), claimant=claimant), content=()),
        ),
        casualties=(Casualty(Span.of(text, at, at + 4), 2, 2, "killed", text[: at - 1], "a1"),),
        voice=(Voice(Span.of(text, 0, 3), "label", 0.5),),
    )


def test_a_reading_with_the_names_exchanged_is_the_same():
    plain, other = spoken("The Observatory said", "The Observatory"), spoken("The Agency said", "The Agency")
    assert set(swap.figures([(plain, other)]).values()) == {100.0}
    assert set(swap.figures([(NOTHING_FOUND, NOTHING_FOUND)]).values()) == {100.0}


def test_what_one_reading_has_alone_is_not_the_same():
    plain, other = spoken("The Observatory said", "The Observatory"), spoken("The Agency said", None)
    figures = swap.figures([(plain, replace(other, voice=()))])
    assert figures == {
        "attributions the same": 0.0,
        "casualties the same": 100.0,
        "voice the same": 0.0,
        "all together the same": pytest.approx(40),
    }
