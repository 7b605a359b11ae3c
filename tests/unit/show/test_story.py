"""A story on one page: all sides in their exact words, nothing that says who is right."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rich.cells import cell_len
from tests.unit.show.invented import (
    ARTICLES,
    CLAIMS,
    COPIED,
    DENIAL,
    ECHOES,
    FOUND,
    LINKS,
    STORY,
    TOLL,
    WARNINGS,
    article,
    claim,
    link,
    printed,
    unspaced,
)

from sayso.show.story import LINES, StoryPage
from sayso.types import EchoRow, Figure, StoryFigure, WarningRow

PAGE = StoryPage(STORY, CLAIMS, LINKS, ECHOES, ARTICLES, WARNINGS, (FOUND,))


def cut(shown: str, title: str) -> str:
    """The part of the page under this heading."""
    return shown.split(f"\n{title}", 1)[1].split("\n\n", 1)[0]


def test_what_where_when_and_how_many_tell_of_it() -> None:
    head = printed(PAGE).split("\n\n")[0].splitlines()

    assert head[0].startswith("Shells on the market of Orvane, 4 May 2031 ")
    assert head[0].endswith(STORY.id)
    assert head[1].strip() == "Orvane (35.500, 36.500) · 2031-05-04 to 2031-09-01 · ASSAULT · denied"
    assert head[2].strip() == "4 articles, 3 outlets · 3 independent origins · 5 claims, 4 claimants"


def test_who_tells_of_it_in_passing_is_counted_apart_and_is_no_origin() -> None:
    passing = replace(PAGE, row=replace(STORY, articles=STORY.articles[:-1]))

    assert "3 articles, 3 outlets · 1 more in passing · " in printed(passing).split("\n\n")[0]


def test_a_claim_has_its_day_id_chain_stance_and_words_with_its_echoes_beneath() -> None:
    told = cut(printed(PAGE, 120), "Who says what")

    assert unspaced(told).startswith(
        "2031-05-04 Harbour Post asserts: that 24 people were killed c1aaaaaa › the Lind Register +1 echo: The Lantern"
    )
    assert "denies: that its guns had fired" in told
    assert COPIED.id[:8] not in told


def test_a_long_chain_shows_both_ends() -> None:
    relayed = replace(TOLL, chain=("Harbour Post", "the wire", "a doctor", "the Lind Register"))

    told = printed(StoryPage(STORY, (relayed,)))

    assert "› … › the Lind Register" in told
    assert "the wire" not in told


def test_the_unnamed_and_the_outlet_itself() -> None:
    claims = (
        replace(TOLL, claimant=None, chain=("Harbour Post", None)),
        claim("own", "The Bell", "x", outlet="The Bell"),
    )

    told = cut(printed(StoryPage(STORY, claims)), "Who says what")

    assert "› (unnamed)" in told
    assert "The Bell" in told
    assert "› The Bell" not in told


def test_figures_from_least_to_most_how_they_changed_and_through_whom() -> None:
    lines = cut(printed(PAGE, 120), "Figures, by claimant").splitlines()

    assert [line.split()[:2] for line in lines if "claimant" in line] == [
        ["claimant", "killed"],
        ["claimant", "wounded"],
    ]
    assert unspaced(lines[2]) == "the Lind Register 24 to 37 2031-05-04 – 06 Harbour Post, The Lantern"
    assert lines[3].strip() == "24 → 37 → 31"
    assert unspaced(lines[4]) == "the governor 9 2031-05-05 The Evening Bell"
    assert unspaced(lines[6]) == "the Lind Register ≥130 2031-05-04 Harbour Post"


def test_a_figure_that_grew_once_is_not_told_twice() -> None:
    grew = StoryFigure(
        "A", "killed", 24, 37, None, None, (), (("2031-05-04", 24, 24, None), ("2031-05-05", 37, 37, None))
    )

    shown = printed(StoryPage(replace(STORY, figures=(grew,)), CLAIMS))

    assert "24 to 37" in shown
    assert "→" not in shown


def test_of_a_long_course_the_first_and_the_last_are_shown() -> None:
    values = tuple(("2031-05-04", n, n, "Harbour Post") for n in (5, 9, 7, 12, 8, 11))
    shown = printed(StoryPage(replace(STORY, figures=(replace(STORY.figures[0], values=values),)), CLAIMS))

    assert "5 → 9 → 7 → …" in shown
    assert " 11 " in cut(shown, "Figures, by claimant")
    assert " 12 " not in cut(shown, "Figures, by claimant")


def test_the_most_that_was_given_without_an_upper_end() -> None:
    values = tuple(("2031-05-04", n, None, "Harbour Post") for n in (24, 126))
    shown = printed(StoryPage(replace(STORY, figures=(replace(STORY.figures[0], max=None, values=values),)), CLAIMS))

    assert "24 to ≥126" in shown


def test_who_denies_has_the_words_of_both() -> None:
    answered = unspaced(cut(printed(PAGE, 120), "Who denies what, and what differs"))

    assert "the ministry the Lind Register" in answered
    assert "2031-05-05 denies: that its guns had fired 2031-05-04 asserts: that 24 people were killed" in answered
    assert "2031-05-05 differs: 9 killed ≠ 24 killed" in answered


def test_origins_with_their_echoes_and_what_nobody_copies() -> None:
    tree = [line.strip() for line in cut(printed(PAGE), "Origins and their echoes").splitlines()]

    assert tree[1:] == [
        "Harbour Post 2031-05-04",
        "└─ The Lantern 2031-05-04  91% copied, credits Harbour Wire",
        "without echoes: The Evening Bell 2031-05-05, Harbour Post 2031-09-01",
    ]


def test_an_origin_outside_the_story_is_named_by_its_id() -> None:
    tree = printed(StoryPage(STORY, CLAIMS, echoes=(EchoRow("a2", "f00d", 0.5, None),), articles=ARTICLES))

    assert "article f00d" in tree
    assert "└─ The Lantern 2031-05-04  50% copied  " in tree


def test_many_echoes_are_counted() -> None:
    articles = [article(f"e{n}", f"Outlet {n}", "2031-05-04") for n in range(9)]
    echoes = [EchoRow(f"e{n}", "e0", 0.9, None) for n in range(1, 9)]

    assert "└─ and 5 more" in printed(StoryPage(STORY, CLAIMS, echoes=echoes, articles=articles))
    assert "and 5 more" not in printed(StoryPage(STORY, CLAIMS, echoes=echoes, articles=articles, whole=True))


def test_a_warning_has_its_window_and_who_claims_what_fits() -> None:
    warned = unspaced(cut(printed(PAGE, 120), "Warnings"))

    assert warned == (
        "2031-05-01 the Truce Office warned: that the market would be shelled "
        "Orvane · 2031-05-01 – 08 · claims that fit: 2 by the accused, 1 by others"
    )


@pytest.mark.parametrize(("state", "words"), [("open", "none yet"), ("expired", "none in that time")])
def test_a_warning_that_nothing_fits(state: str, words: str) -> None:
    nothing = WarningRow("w", "A", "x", None, "2031-05-01", None, state, (), (), ())

    assert f"2031-05-01 · claims that fit: {words}" in printed(StoryPage(STORY, CLAIMS, warnings=(nothing,)))


def test_a_finding_is_the_word_of_the_body_that_found() -> None:
    assert unspaced(cut(printed(PAGE, 120), "Findings")) == (
        "2031-09-01 the Commission on Orvane asserts: that 31 people had died c5aaaaaa"
    )


def test_a_finding_of_another_story_has_its_words_and_what_ties_it_to_this_one() -> None:
    links = (link(FOUND.id, "finds", TOLL.id, "24 killed, Orvane, 4 May"),)
    shown = printed(StoryPage(STORY, CLAIMS[:4], links, findings=(FOUND,)), 120)

    assert unspaced(cut(shown, "Findings")) == (
        "2031-09-01 the Commission on Orvane asserts: that 31 people had died "
        "c5aaaaaa concerns it by: 24 killed, Orvane, 4 May"
    )


def test_what_ties_a_finding_to_another_story_is_not_shown() -> None:
    links = (link(FOUND.id, "finds", TOLL.id, "24 killed, Orvane"), link(FOUND.id, "finds", "c9", "9 killed, Tessal"))
    shown = printed(StoryPage(STORY, CLAIMS, links, findings=(FOUND,)), 120)

    assert "concerns it by: 24 killed, Orvane" in unspaced(cut(shown, "Findings"))


def test_a_story_of_one_claim_has_no_empty_parts() -> None:
    alone = replace(STORY, figures=(), findings=(), denied=False, place=None, lat=None, lon=None, last="2031-05-04")

    shown = printed(StoryPage(alone, (TOLL,)))

    assert unspaced(shown.splitlines()[1]) == "2031-05-04 · ASSAULT"
    assert shown.count("\n\n") == 1
    assert "denied" not in shown


def many(number: int) -> StoryPage:
    """A story of many long claims of as many claimants, who deny each other."""
    words = "that the shells fell on the old market between noon and the evening prayer, and that nobody knows why " * 3
    claims = [
        claim(
            f"{n:016x}",
            f"party {n} of the long name",
            words,
            f"2031-05-{n % 28 + 1:02}",
            figures=(Figure(n, n, "killed", None),),
        )
        for n in range(number)
    ]
    links = [link(claims[n].id, "denies", claims[n - 1].id) for n in range(1, number)]
    figures = [StoryFigure(c.claimant, "killed", n, n, c.published, c.published, ("a1",)) for n, c in enumerate(claims)]
    articles = [article(f"a{n}", f"Outlet {n}", "2031-05-04") for n in range(number)]
    echoes = [EchoRow(f"a{n}", f"a{n % 4}", 0.9, None) for n in range(4, number)]
    row = replace(STORY, claims=number, figures=tuple(figures))
    return StoryPage(row, claims, links, echoes, articles)


@pytest.mark.parametrize("width", [80, 120, 200])
@pytest.mark.parametrize("page", [PAGE, many(3), many(300)])
def test_it_fits_one_page(page: StoryPage, width: int) -> None:
    lines = printed(page, width).splitlines()

    assert len(lines) <= LINES
    assert max(cell_len(line) for line in lines) <= width


def test_what_has_no_room_is_counted_and_shown_when_asked_for() -> None:
    page = many(40)
    short, whole = printed(page), printed(replace(page, whole=True))

    assert "Who says what  and 3" in short
    assert "more with --all" not in whole
    assert all(f"party {n} of" in unspaced(whole) for n in range(40))


def test_nothing_of_the_input_is_obeyed() -> None:
    evil = "\x1b[2J[bold]x[/] \u202eevil"
    page = StoryPage(
        replace(STORY, label=evil, place=evil),
        (claim("c1", evil, evil, outlet=evil), replace(DENIAL, claimant=evil)),
        (link(DENIAL.id, "differs", "c1", evil),),
        (EchoRow("a2", "a1", 0.5, evil),),
        (article("a1", evil, "2031-05-04"), article("a2", evil, "2031-05-04")),
        (WarningRow("w", evil, evil, evil, None, None, "open", (), (), ()),),
    )

    shown = printed(page)

    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "[bold]x[/]" in shown


def test_quotation_marks_that_were_decoded_wrongly_are_shown_as_such() -> None:
    garbled = replace(TOLL, text="the market_\x90_â\x99s stalls _\x90_â\x9cburnt_\x90_â\x9d")

    assert """asserts: the market's stalls "burnt\"""" in printed(StoryPage(STORY, (garbled,)))
