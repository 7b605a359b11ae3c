"""Whether a reading holds an answer."""

from dataclasses import replace

import pytest
from bench.answers import by_report, day_in, holds_date, holds_number, holds_place, numbers_in
from tests.unit.bench.builders import NOTHING_FOUND

from sayso.types import Casualty, Date, Place, Span


def row(report="1", dead=None, coded_dead="0", location=None, coded_location="vennath", date=None):
    return {
        "id": report,
        "spans": {"Civilians": dead, "Location": location, "Date": date},
        "coded": {"nb_civilians": coded_dead, "location": coded_location},
    }


def with_casualty(least, most, kind="killed"):
    return replace(NOTHING_FOUND, casualties=(Casualty(Span(0, 1, "…"), least, most, kind, None, None),))


def with_place(words, name):
    return replace(NOTHING_FOUND, places=(Place(Span(0, len(words), words), name, None, None, None, "none", None),))


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("17", {17}),
        ("six villagers", {6}),
        ("Twenty-one people", {21}),
        ("thirty people", {30}),
        ("between 500 and 1300 people", {500, 1300}),
        ("a family of six", {6}),
        ("dozens", set()),
        ("someone", set()),
        ("twenty ten", {20, 10}),
        ("0 people", set()),
    ],
)
def test_numbers_in_figures_and_words(words, numbers):
    assert numbers_in(words) == numbers


def test_either_bound_of_someone_killed_holds_a_number():
    assert holds_number(with_casualty(20, None), {20})
    assert holds_number(with_casualty(None, 20), {3, 20})
    assert not holds_number(with_casualty(21, None), {20})
    assert not holds_number(with_casualty(20, 20, "wounded"), {20})
    assert not holds_number(with_casualty(20, None), frozenset())


@pytest.mark.parametrize(
    ("words", "name", "answer", "held"),
    [
        ("Vennath", "Vennath", "vennath", True),
        ("northern Vennath", "Vennath", "Vennath", True),
        ("the Vennath suburbs", "Vennath suburbs", "Vennath", True),
        ("Tel el-Orr", "Tell Orr", "Tel elOrr", True),
        ("Sa'oda", "Saoda", "al-Saoda", True),
        ("Vénnath", "?", "Vennath", True),
        ("Vennathia", "Vennathia", "Vennath", False),
        ("Vennath", "Vennath", "Vennath Gate", False),
        ("Vennath", "Vennath", "the", False),
    ],
)
def test_a_place_holds_an_answer_word_for_word(words, name, answer, held):
    assert holds_place(with_place(words, name), {answer}) is held


def test_answers_of_all_rows_of_a_report():
    answers = by_report(
        [
            row(dead="six villagers", coded_dead="6", location="Vennath and Orr"),
            row(dead="six villagers", coded_dead="2", location="Vennath and Orr", coded_location="orr"),
            row(report="2", coded_dead="9", date="Fri 07 Apr 2017"),
        ]
    )

    assert answers["1"].dead_marked == {6}
    assert answers["1"].dead_coded == {6, 2}
    assert answers["1"].places_marked == {"Vennath", "Orr"}
    assert answers["1"].places_coded == {"vennath", "orr"}
    assert not any((answers["2"].dead_marked, answers["2"].dead_coded, answers["2"].places_marked))
    assert not answers["2"].places_coded
    assert answers["2"].dates_marked == {"2017-04-07"}


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Fri 07 Apr 2017", "2017-04-07"),
        ("August 3, 2016", "2016-08-03"),
        ("12 Sept. 2015", "2015-09-12"),
        ("24.08.2013", "2013-08-24"),
        ("on Friday", None),
        ("April 2017", None),
        ("3 marbles 2017", None),
    ],
)
def test_days_in_words(words, day):
    assert day_in(words) == day


def test_a_date_is_held_by_its_value_or_that_of_publication():
    reading = replace(
        NOTHING_FOUND,
        article=replace(NOTHING_FOUND.article, published="2017-04-08T10:00:00"),
        dates=(Date(Span(0, 1, "…"), "2017-04-07", "day"),),
    )
    assert holds_date(reading, {"2017-04-07"})
    assert not holds_date(reading, {"2017-04-08"})
    assert holds_date(reading, {"2017-04-08"}, published=True)
    assert not holds_date(reading, {"2017-04"}, published=True)
