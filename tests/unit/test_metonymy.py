"""Places that stand for those who rule there. All names are invented."""

import re

import pytest

from sayso.metonymy import named_only
from sayso.types import Place, Precision, Span


def stands(text: str, name: str = "Orvia", precision: Precision = "country") -> bool:
    at = text.index(name)
    place = Place(Span(at, at + len(name), name), name, None, 1.0, 1.0, precision, None)
    return named_only(text, (place,), ()) == {place.span}


@pytest.mark.parametrize(
    "text",
    ["They blamed Orvia for the raid.", "They urged Orvia to talk.", "He accused Orvia of shelling.",
     "a militia backed by Orvia fled", "men loyal to Orvia fled", "an Orvia-aligned militia fled", "he warned Orvia."],
)  # fmt: skip
def test_a_country_that_is_spoken_to_or_sided_with_is_a_party(text: str) -> None:
    assert stands(text)


@pytest.mark.parametrize(
    "text",
    ["They shelled Orvia.", "They won back Orvia.", "The siege threatened Orvia.", "They drove by Orvia.", "in Orvia",
     "They pressed Orvia, and took it.", "an Orvia-held town", "He accused Orvia residents of it."],
)  # fmt: skip
def test_where_something_is_done_is_a_place(text: str) -> None:
    assert not stands(text)


def unknown(text: str, name: str) -> bool:
    """Whether nothing is said to have been at a name that no gazetteer knows."""
    places = tuple(
        Place(Span(at.start(), at.end(), name), name, None, None, None, "none", None) for at in re.finditer(name, text)
    )
    return named_only(text, places, ()) == {p.span for p in places}


@pytest.mark.parametrize(
    "text",
    ["Sandrin told of a raid.", "A Sandrin shrine burned.", "They fought Sandrin.", "It said so on Sandrin."],
)  # fmt: skip
def test_a_name_that_nobody_knows_is_no_place_where_nothing_shows_it(text: str) -> None:
    assert unknown(text, "Sandrin")


@pytest.mark.parametrize(
    "text",
    ["Shells hit Sandrin.", "Guns fired south of Sandrin.", "They met in rural Sandrin.", "Sandrin, a village, burned.",
     "The village of Sandrin burned.", "Residents of Sandrin wept.", "They fled Sandrin.",
     "Sandrin camp burned.", "Sandrin fell. Shops in Sandrin were shut."],
)  # fmt: skip
def test_it_is_one_where_any_mention_does(text: str) -> None:
    assert not unknown(text, "Sandrin")


def test_an_abbreviation_is_a_bodys_but_in_a_dateline_the_towns() -> None:
    assert unknown("Guards of the post in QXN custody fled.", "QXN")
    assert not unknown("SANDRIN, May 4 (Agency) - Shells fell.", "SANDRIN")


def test_a_town_is_accused_as_its_country_is_and_not_spoken_to() -> None:
    assert stands("He accused Tessen of shelling.", "Tessen", "town")
    assert not stands("They warned Tessen, where shells fell.", "Tessen", "town")
