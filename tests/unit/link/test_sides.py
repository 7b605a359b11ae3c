"""Who stands behind a claim, whatever the report calls them. All names are invented."""

import pytest
from tests.unit.link.claims import claim

from sayso.link.sides import sides


@pytest.mark.parametrize(
    ("short", "full", "article", "one"),
    [
        ("governor", "regional governor Marta Kovel", "a1", True),
        ("The inquiry", "the Parliamentary Inquiry on Orvane", "a1", True),
        ("governor", "regional governor Marta Kovel", "a2", False),
        ("mayor", "regional governor Marta Kovel", "a1", False),
        ("Kovel", "Marta Kovel's office", "a1", False),  # a name may be another's
    ],
)
def test_who_is_called_by_an_office_is_who_is_named_with_it_in_the_same_report(
    short: str, full: str, article: str, one: bool
) -> None:
    told = claim("9 were killed", by=short, article="a1"), claim("9 people died", by=full, article=article)
    first, second = sides(told, {}, {})
    assert (first == second) is one


def test_an_office_that_two_hold_is_neither() -> None:
    held = [
        claim("9 were killed", by=by, article="a1") for by in ("governor", "governor Ada Brod", "governor Ivo Lenk")
    ]
    assert len(set(sides(held, {}, {}))) == 3
