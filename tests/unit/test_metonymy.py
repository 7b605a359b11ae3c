"""Places that stand for those who rule there. All names are invented."""

import pytest

from sayso.metonymy import parties
from sayso.types import Place, Precision, Span


def stands(text: str, name: str = "Orvia", precision: Precision = "country") -> bool:
    at = text.index(name)
    place = Place(Span(at, at + len(name), name), name, None, 1.0, 1.0, precision, None)
    return parties(text, (place,), ()) == {place.span}


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


def test_a_town_is_accused_as_its_country_is_and_not_spoken_to() -> None:
    assert stands("He accused Tessen of shelling.", "Tessen", "town")
    assert not stands("They warned Tessen, where shells fell.", "Tessen", "town")
