import random
from dataclasses import replace

import pytest
from tests.unit.link.claims import claim, killed

from sayso.link.figures import contradicts, figures, is_only_toll, tolls, victims

MONITOR = "the Valdan Observatory"


def test_a_toll_grows_from_least_to_most_with_its_days_and_outlets() -> None:
    told = [
        claim("at least 24 people were killed", by=MONITOR, published="2031-05-04", figures=(killed(24),)),
        claim(
            "126 people were killed",
            by="the Observatory",
            outlet="Keld Times",
            published="2031-05-06",
            figures=(killed(126),),
        ),
        claim("58 people were killed", by=MONITOR, published="2031-05-05", figures=(killed(58),)),
    ]
    (row,) = figures(told, {"the Observatory": MONITOR})
    assert (row.claimant, row.kind, row.min, row.max) == (MONITOR, "killed", 24, 126)
    assert (row.first, row.last) == ("2031-05-04", "2031-05-06")
    assert [value[1] for value in row.values] == [24, 58, 126]
    assert row.values[-1][3] == "Keld Times"


def test_the_part_is_not_the_total() -> None:
    told = claim(
        "14 people, three children among them, died", by=MONITOR, figures=(killed(14), killed(3, who="children"))
    )
    assert [toll.figure.min for toll in tolls(told)] == [14]
    (row,) = figures([told])
    assert (row.min, row.max) == (14, 14)
    told = replace(told, figures=(killed(9, who="civilians"), killed(6, who="them")))
    assert [toll.figure.min for toll in tolls(told)] == [9]


def test_in_each_article_the_whole_counts() -> None:
    told = [
        claim("15 people were killed in the north", by=MONITOR, article="a", figures=(killed(15),)),
        claim("21 people were killed in all", by=MONITOR, article="a", figures=(killed(21),)),
    ]
    (row,) = figures(told)
    assert (row.min, row.max, len(row.values)) == (21, 21, 1)


def test_civilians_and_those_who_bear_arms_are_not_mixed() -> None:
    told = [
        claim("5 civilians were killed", by=MONITOR, figures=(killed(5, who="civilians"),)),
        claim("20 soldiers were killed", by=MONITOR, figures=(killed(20, who="soldiers"),)),
    ]
    assert [(row.min, row.max) for row in figures(told)] == [(5, 5), (20, 20)]


def test_the_dead_of_years_are_not_those_of_the_day() -> None:
    told = [
        claim("8 people were killed", by=MONITOR, figures=(killed(8),)),
        claim("300,000 people have been killed since the war began", by=MONITOR, figures=(killed(300_000),)),
        claim("some 470,000 may have died", by=MONITOR, figures=(killed(470_000),)),
    ]
    assert [(row.min, row.max) for row in figures(told)] == [(8, 8)]


def test_a_figure_dated_to_another_time_is_left_out() -> None:
    told = [
        claim("8 people were killed", by=MONITOR, date="2031-05-03", figures=(killed(8),)),
        claim("In December three people were killed", by=MONITOR, date="2030-12", figures=(killed(3),)),
    ]
    assert [(row.min, row.max) for row in figures(told)] == [(8, 8)]


def test_who_rejects_a_figure_gives_none() -> None:
    told = [
        claim("that 79 people were killed", by="The inquiry", figures=(killed(79),)),
        claim("the figure of 112 dead", by="The inquiry", stance="denies", figures=(killed(112),)),
    ]
    assert [(row.min, row.max) for row in figures(told)] == [(79, 79)]


def test_dozens_yield_to_who_counts() -> None:
    told = claim("Dozens dead: 29 people were killed", by=MONITOR, figures=(killed(24, -1), killed(20)))
    (row,) = figures([told])
    assert (row.min, row.max) == (20, 20)


def test_at_least_has_no_most() -> None:
    (row,) = figures([claim("at least 10 people were killed", by=MONITOR, figures=(killed(10, -1),))])
    assert (row.min, row.max) == (10, None)


def test_unnamed_sources_are_not_one_claimant() -> None:
    told = [claim(f"{n} people were killed", by="a medical source", figures=(killed(n),)) for n in (4, 9)]
    assert [(row.min, row.max) for row in figures(told)] == [(4, 4), (9, 9)]


def test_the_order_of_claims_does_not_matter() -> None:
    told = [
        claim(f"{n} people were killed", by=by, published=f"2031-05-{n:02}", figures=(killed(n),))
        for n, by in zip(range(3, 15), ["the ministry", MONITOR, "a witness", None] * 3, strict=True)
    ]
    shuffled = random.Random(4).sample(told, len(told))
    assert figures(told) == figures(shuffled)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        (killed(24), killed(126), True),
        (killed(10, -1), killed(15), False),
        (killed(126, -1), killed(24), True),
        (killed(None, 20), killed(15), False),
        (killed(None, 20), killed(30), True),
        (killed(40), killed(41), False),  # a round number
        (killed(15), killed(17), True),
        (killed(5), killed(5), False),
    ],
)  # fmt: skip
def test_which_figures_cannot_both_hold(one, other, apart) -> None:
    assert contradicts(one, other) is contradicts(other, one) is apart


@pytest.mark.parametrize(
    ("who", "whom"),
    [
        ("civilians", "civilians"),
        ("women and children", "women and children"),
        ("rebel fighters", "armed"),
        ("Norvian soldiers", "armed"),
        ("people", "people"),
        (None, "people"),
    ],
)
def test_whom_a_figure_is_of(who: str | None, whom: str) -> None:
    assert victims(who) == whom


def test_no_number_is_too_great_to_be_set_beside_another() -> None:
    assert not contradicts(killed(10, -1), killed(10**400))
    assert contradicts(killed(10), killed(10**400))


def test_children_told_of_apart_do_not_stand_for_all_the_dead() -> None:
    of_all = claim("at least 24 people were killed", by=MONITOR, article="a1", figures=(killed(24, -1),))
    of_children = claim("six children died", by=MONITOR, article="a1", figures=(killed(6, who="children"),))
    (row,) = figures([of_all, of_children])
    assert (row.min, row.max) == (24, None)


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("that six people were killed", True),
        ("the number of dead at two", True),
        ("a toll of 8", True),
        ("at least twenty-seven people were killed", True),
        ("six people were killed in Orvane", False),
        ("that they were killed by the army", False),
        ("", False),
    ],
)
def test_what_says_only_how_many_were_harmed(text: str, alone: bool) -> None:
    assert is_only_toll(text) is alone
