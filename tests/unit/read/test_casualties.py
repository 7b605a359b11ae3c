"""Casualty figures: what they count, what befell them, on whose word."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.read.casualties import find_casualties
from sayso.types import Attribution, Span


def figures(text: str) -> list[tuple[str, int | None, int | None, str]]:
    return [(c.span.text, c.min, c.max, c.kind) for c in find_casualties(text, ())]


def counts(text: str) -> list[tuple[str, int | None, int | None]]:
    return [(c.kind, c.min, c.max) for c in find_casualties(text, ())]


ONE_FIGURE = [
    ("58 people were killed in the raid", ("58 people", 58, 58, "killed")),
    ("The raid killed 58", ("58", 58, 58, "killed")),
    ("A shell killed at least 31 villagers", ("at least 31 villagers", 31, None, "killed")),
    ("The deaths of 12 civilians were reported", ("12 civilians", 12, 12, "killed")),
    ("The death toll rose to 112", ("112", 112, 112, "killed")),
    ("The death toll from the fire at the mill has risen to at least 112", ("at least 112", 112, None, "killed")),
    ("The toll passed 50", ("50", 51, None, "killed")),
    ("The number of villagers killed has reached 39", ("39", 39, 39, "killed")),
    ("The blast claimed the lives of eight farmers", ("eight farmers", 8, 8, "killed")),
    ("The blast left 20 dead", ("20", 20, 20, "killed")),
    ("Shelling left 15 people dead in the port", ("15 people", 15, 15, "killed")),
    ("They found the bodies of five men", ("five men", 5, 5, "killed")),
    ("Twelve guards lost their lives", ("Twelve guards", 12, 12, "killed")),
    ("Three citizens were martyred", ("Three citizens", 3, 3, "killed")),
    ("They executed 40 gunmen", ("40 gunmen", 40, 40, "killed")),
    ("Two women were stoned to death", ("Two women", 2, 2, "killed")),
    ("More than 1400 are believed to have been killed", ("More than 1400", 1401, None, "killed")),
    ("Up to 20 sailors perished", ("Up to 20 sailors", None, 20, "killed")),
    ("Nearly 300 fighters died", ("Nearly 300 fighters", None, 300, "killed")),
    ("Between 10 and 15 people died", ("Between 10 and 15 people", 10, 15, "killed")),
    ("A family of six died", ("A family of six", 6, 6, "killed")),
    ("Hundreds dead as the dam breaks", ("Hundreds", 200, None, "killed")),
    ("The shelling wounded dozens", ("dozens", 24, None, "wounded")),
    ("Thirty-three people were affected by the gas", ("Thirty-three people", 33, 33, "wounded")),
    ("At least 20 residents suffered from suffocation", ("At least 20 residents", 20, None, "wounded")),
    ("Four others sustained serious injuries", ("Four others", 4, 4, "wounded")),
    ("Dozens of people are missing", ("Dozens of people", 24, None, "missing")),
    ("A pilot was captured", ("A pilot", 1, 1, "detained")),
    ("They captured 10 in the hills", ("10", 10, 10, "detained")),
    ("Police arrested four suspects", ("four suspects", 4, 4, "detained")),
    ("The group abducted 12 schoolgirls and teachers", ("12 schoolgirls", 12, 12, "detained")),
    ("The army evacuated 3,000 people", ("3,000 people", 3000, 3000, "displaced")),
    ("Tens of thousands of residents fled", ("Tens of thousands of residents", 20_000, None, "displaced")),
    ("The war displaced millions", ("millions", 2_000_000, None, "displaced")),
    ("Another 15 rebels died", ("Another 15 rebels", 15, 15, "killed")),
    ("One of them was killed", ("One of them", 1, 1, "killed")),
    ("10 of those killed were miners", ("10", 10, 10, "killed")),
    ("Among the dead were three children", ("three children", 3, 3, "killed")),
    ("Three nurses were among the wounded", ("Three nurses", 3, 3, "wounded")),
    ("20 civilians at least were killed", ("20 civilians at least", 20, None, "killed")),
    ("A 45-year-old woman was injured", ("A 45-year-old woman", 1, 1, "wounded")),
    ("A man, a woman and a child died", ("A man, a woman and a child", 3, 3, "killed")),
    ("A woman and her young son were killed", ("A woman and her young son", 2, 2, "killed")),
    ("Civilian killed in port", ("Civilian", 1, 1, "killed")),
    ("Bomb kills woman in port", ("woman", 1, 1, "killed")),
    ("Killing and wounding 40 miners", ("40 miners", 40, 40, "killed")),
    ("50 were wounded or missing", ("50", 50, 50, "wounded")),
    ("41 rebels were rounded up and executed", ("41 rebels", 41, 41, "killed")),
    ("The bomb killed 12 people on 3 April 2018", ("12 people", 12, 12, "killed")),
    ("In 2011 alone it killed 12 people", ("12 people", 12, 12, "killed")),
    ("The blast killed four guards who stood 30 metres away", ("four guards", 4, 4, "killed")),
    ("Four guards who stood at the gate were killed", ("Four guards", 4, 4, "killed")),
    ("18 IS fighters died", ("18 IS fighters", 18, 18, "killed")),
]


@pytest.mark.parametrize(("text", "figure"), ONE_FIGURE)
def test_one_figure(text: str, figure: tuple[str, int | None, int | None, str]) -> None:
    assert figures(f"{text}.") == [figure]


@pytest.mark.parametrize(("text", "figure"), ONE_FIGURE)
def test_commas_make_no_difference(text: str, figure: tuple[str, int | None, int | None, str]) -> None:
    bare = text.replace(", ", " ").replace("3,000", "3000")
    assert counts(bare) == [(figure[3], figure[1], figure[2])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6 citizens killed 22 injured in port", [("killed", 6, 6), ("wounded", 22, 22)]),
        ("The bomb killed 28 and wounded 30 guards", [("killed", 28, 28), ("wounded", 30, 30)]),
        ("Bomb killed 12 wounded 30", [("killed", 12, 12), ("wounded", 30, 30)]),
        ("Two were killed and five wounded", [("killed", 2, 2), ("wounded", 5, 5)]),
        ("killing three people and injuring 40 others", [("killed", 3, 3), ("wounded", 40, 40)]),
        ("2 medics among at least 31 dead", [("killed", 2, 2), ("killed", 31, None)]),
        ("Eleven guards and 17 rebels were killed", [("killed", 11, 11), ("killed", 17, 17)]),
        ("20 people, including 14 civilians, were killed", [("killed", 20, 20), ("killed", 14, 14)]),
        ("20 people - including 14 civilians - were killed", [("killed", 20, 20), ("killed", 14, 14)]),
        ("It killed 31 people, at least 20 of them children", [("killed", 31, 31), ("killed", 20, None)]),
        ("One was killed on Friday and one on Saturday", [("killed", 1, 1), ("killed", 1, 1)]),
        ("killing nine in one town and eight in another", [("killed", 9, 9), ("killed", 8, 8)]),
        ("killing 11 women nine children and one nurse", [("killed", 11, 11), ("killed", 9, 9), ("killed", 1, 1)]),
        (
            "Ten were killed including a child and 37 others were injured",
            [("killed", 10, 10), ("killed", 1, 1), ("wounded", 37, 37)],
        ),
        ("Of 60 guards six fled, four died", [("displaced", 6, 6), ("killed", 4, 4)]),
        ("killing four civilians residents said", [("killed", 4, 4)]),
        ("killed 24 people a monitor said", [("killed", 24, 24)]),
        ("Raid kills 10 monitoring group says", [("killed", 10, 10)]),
        ("killing the groom and 12 guests", [("killed", 12, 12)]),
    ],
)
def test_several_figures(text: str, expected: list[tuple[str, int | None, int | None]]) -> None:
    assert counts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "No one was injured.",
        "They killed on 12 March and in 2011.",
        "The raid destroyed 12 houses and 3 tanks.",
        "The rebels captured 12 villages.",
        "12 planes were hit, 30 km away, at 10:30, for 5 days.",
        "A suicide bomber struck the gate.",
        "Two residents said the wounded were moved.",
        "They laid flowers in memory of victims killed by a man.",
        "A nurse carried an injured girl.",
        "The council met 12 envoys.",
        "The 12-year-old war has killed many.",
        "It wounded several others.",
        "both miners and farmers were there, killed or not",
        "",
        "12",
        "killed",
    ],
)
def test_what_counts_nobody_harmed(text: str) -> None:
    assert figures(text) == []


def test_parties_exchanged_give_the_figures_exchanged() -> None:
    text = "At least 12 Arcadian soldiers died when Borean fighters shelled a post, wounding 3 Borean civilians."
    exchanged = text.replace("Arcadian", "@").replace("Borean", "Arcadian").replace("@", "Borean")
    assert counts(text) == counts(exchanged) == [("killed", 12, None), ("wounded", 3, 3)]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("14 fighters from the hills were killed", "fighters from the hills"),
        ("Fourteen members of the town council were killed", "members of the town council"),
        ("dozens of people died", "people"),
        ("A woman and her son died", "A woman and her son"),
        ("20 dead", None),
    ],
)
def test_who_as_in_the_text(text: str, who: str | None) -> None:
    assert [c.who for c in find_casualties(text, ())] == [who]


def attribution(name: str, text: str, *contents: str) -> Attribution:
    spans = tuple(Span.of(text, text.index(c), text.index(c) + len(c)) for c in contents)
    return Attribution(name, None, None, spans, None, "indirect", "asserts", None, 1.0)


def test_a_figure_stands_on_the_innermost_word() -> None:
    text = "Ana said that Bo said that 12 people died, and 3 were hurt. Four are missing."
    attributions = [
        attribution("a1", text, "that Bo said that 12 people died, and 3 were hurt"),
        attribution("a2", text, "that 12 people died", "Bo said"),
    ]
    assert [(c.min, c.attribution) for c in find_casualties(text, attributions)] == [(12, "a2"), (3, "a1"), (4, None)]


LISTED = (
    "12 |one |a woman |people |killed |were |dead |and |including |of them |(|) |- |, |death toll |said |no |of |"
    "at least |another |her |\u0663 |İ|😀|.|\n|in May "
)
PIECES = LISTED.split("|")


@given(st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_every_span_is_the_text_at_its_place(text: str) -> None:
    at = 0
    for casualty in find_casualties(text, ()):
        assert text[casualty.span.start : casualty.span.end] == casualty.span.text != ""
        assert at <= casualty.span.start
        assert casualty.min is not None or casualty.max is not None
        at = casualty.span.end


REPEATED = (
    "1,000,| |\n|.|at least |a man |12 killed |12 and |including |death toll |(|- |number killed |kills woman |"
    'one of them a |12 people and |twenty |"'
)


@pytest.mark.parametrize("piece", REPEATED.split("|"))
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    def seconds(size: int) -> float:
        text = ("killed " + piece * (size // len(piece) + 1))[:size] + " were killed"
        begin = time.process_time()
        find_casualties(text, ())
        return time.process_time() - begin

    assert (
        seconds(40_000) < 12 * seconds(10_000) + 0.2
    )  # four times the text; a square would take sixteen times as long
