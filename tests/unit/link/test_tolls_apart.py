"""Figures of one report that cannot both hold, of which one is told with few words. All names are invented."""

from dataclasses import replace

import pytest
from tests.unit.link.claims import claim, killed
from tests.unit.link.test_relations import related

GOVERNOR, MAYOR = "the governor, Ilo Marn", "the exiled mayor, Hal Orsa"
STRIKE = "A drone strike on the covered market in the old town of Orvane killed six people on Thursday morning"


@pytest.mark.parametrize("text", ["the number of dead at two", "two people were killed", "a toll of two"])
@pytest.mark.parametrize(("one", "other"), [(GOVERNOR, MAYOR), (MAYOR, GOVERNOR)])
def test_a_bare_toll_differs_from_the_one_before_it(text: str, one: str, other: str) -> None:
    told = claim(STRIKE, by=one, article="a", at=0, figures=(killed(6),))
    toll = claim(text, by=other, article="a", at=1, figures=(killed(2),))
    assert related(told, toll) == {(toll.id, told.id, "differs")}


def test_it_is_of_the_place_that_was_told_of_though_its_claimants_name_holds_another() -> None:
    told = replace(claim(STRIKE, by=MAYOR, article="a", at=0, figures=(killed(6),)), lat=10.0, lon=10.0)
    given = {"by": "Norvia's government", "article": "a", "at": 1, "figures": (killed(2),)}
    toll, elsewhere = (
        replace(claim("two people were killed", place=place, **given), lat=20.0, lon=10.0)
        for place in ("Norvia", "Keld")
    )
    assert related(told, toll) == {(toll.id, told.id, "differs")}
    assert related(told, elsewhere) == set()


@pytest.mark.parametrize(
    ("text", "by", "article", "number"),
    [
        ("two people were killed", GOVERNOR, "a", 2),  # one's own
        ("two people were killed", "the office of Ilo Marn", "a", 2),  # by another name
        ("two people were killed", MAYOR, "b", 2),  # of another report
        ("six people were killed", MAYOR, "a", 6),
        ("two people were killed when a lorry fell from the bridge of Tessal", MAYOR, "a", 2),  # of something else
        ("two people were killed", MAYOR, "a", None),
    ],
)
def test_no_other_toll_does(text: str, by: str, article: str, number: int | None) -> None:
    told = claim(STRIKE, by=GOVERNOR, article="a", at=0, figures=(killed(6),))
    figures = (killed(number),) if number else ()
    toll = claim(text, by=by, article=article, at=1, figures=figures)
    assert "differs" not in {relation for _, _, relation in related(told, toll)}


def test_the_dead_of_a_separate_attack_are_set_beside_no_others() -> None:
    told = claim("that 22 people were killed in the raid on the church of Orvane", by=GOVERNOR, article="a", at=0,
                 figures=(killed(22),))  # fmt: skip
    for words, differs in {"in a raid": True, "in a separate attack": False}.items():
        toll = claim(f"that 43 people were killed at the church of Orvane {words}", by=MAYOR, article="a", at=1,
                     figures=(killed(43),))  # fmt: skip
        assert ((toll.id, told.id, "differs") in related(told, toll)) is differs


def test_the_toll_that_one_had_given_before_differs_from_none() -> None:
    told = claim(
        f"{GOVERNOR}, who had put … on Wednesday, raised it to 20", by=None, article="a", at=0, figures=(killed(20),)
    )
    before = claim("the toll at 12", by=GOVERNOR, article="a", at=1, figures=(killed(12),))
    assert related(replace(told, chain=("Keld Times",)), before) == set()
    told = claim(STRIKE, by=MAYOR, article="a", at=0, figures=(killed(6),))
    earlier = claim("2 dead", by=GOVERNOR, article="a", at=1, figures=(killed(2),))
    assert related(told, replace(earlier, date=told.date)) == {(earlier.id, told.id, "differs")}
    assert related(told, replace(earlier, date="2031-05-01")) == set()
