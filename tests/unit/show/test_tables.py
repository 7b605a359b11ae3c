"""Tables fit the terminal, keep ids whole, and show nothing that a terminal would obey."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import replace

import pytest
from rich.cells import cell_len
from rich.console import Console, RenderableType

from sayso.show import tables
from sayso.show.plain import bounds, count, one_line, short_bounds, visible
from sayso.types import (
    ArticleRow,
    ClaimantRow,
    ClaimRow,
    EchoRow,
    FirstTold,
    LinkRow,
    QuarantineRow,
    Span,
    StoryFigure,
    StoryRow,
    Waiting,
    WarningRow,
)

LONG = "the shells fell on the old market of Orvane between noon and the evening prayer " * 6
CLAIM = ClaimRow(
    id="a474b8432a86010a",
    article="60eca166d4832a62",
    outlet="Harbour Post",
    published="2031-05-04T10:00:00Z",
    claimant="Ivo Brandt",
    chain=("Harbour Post", None, "Ivo Brandt"),
    stance="denies",
    text=LONG,
    spans=(Span(0, len(LONG), LONG),),
    event_type=None,
    certainty=None,
    place=None,
    lat=None,
    lon=None,
    date=None,
    figures=(),
    evidence=(),
    story=None,
    origin=None,
    echo_of=None,
    confidence=0.9,
    decision=None,
)
ARTICLE = ArticleRow("60eca166d4832a62", "a/b.txt", "Harbour Post", LONG, "2031-05-04", None, "en", 12345, None, None)
CLAIMANT = ClaimantRow("c1", "戦争" * 40, ("x",), 12, 3, ("Harbour Post",), "2031-05-04", None)
ASIDE = QuarantineRow("a/" + "b" * 200, None, LONG, "2031-05-04T10:00:00+00:00")
FIGURES = (
    StoryFigure("Ivo Brandt", "killed", 9, 9, None, None, ()),
    StoryFigure("the ministry", "killed", 58, None, None, None, ()),
    StoryFigure("the ministry", "wounded", 1200, None, None, None, ()),
)
STORY = StoryRow(
    *("5701b8432a86010a", LONG, "ASSAULT", "Orvane " * 9, 35.5, 36.5, "2031-05-04", "2031-09-17T10:00:00Z"),
    *(("a1", "a2"), ("Harbour Post",), ("Ivo Brandt",), 1, 12, True, FIGURES, ()),
)
ECHO = EchoRow("60eca166d4832a62", "70eca166d4832a62", 0.966, "Harbour Wire " * 9)
LINK = LinkRow("a474b8432a86010a", "b474b8432a86010a", "differs", LONG, 0.8)
WARNING = WarningRow(
    *("a474b8432a86010a", None, LONG, "Orvane", "2031-05-04", "2031-05-18", "followed"), ("c1",), (), ("c2", "c3")
)


def head(id_: str) -> tuple[str | None, str | None]:
    """Who and when, for any id."""
    return f"Herald {id_[:2]}", "2031-05-04T10:00:00Z"


def printed(parts: Iterable[RenderableType], width: int) -> str:
    out = io.StringIO()
    console = Console(file=out, width=width, highlight=False, markup=False, emoji=False)
    for part in parts:
        console.print(part)
    return out.getvalue()


@pytest.mark.parametrize("width", [80, 120, 200])
def test_every_table_fits(width: int) -> None:
    for table in (
        tables.articles([ARTICLE]),
        tables.claims([CLAIM]),
        tables.claimants([CLAIMANT]),
        tables.quarantined([ASIDE]),
        tables.stories([STORY]),
        tables.echoes([ECHO], head),
        tables.links([LINK], head),
        tables.warnings([WARNING]),
    ):
        lines = printed(table, width).splitlines()
        assert len(lines) > 1
        assert max(cell_len(line.rstrip()) for line in lines) <= width


def test_a_claim_shows_its_id_day_chain_and_stance() -> None:
    shown = printed(tables.claims([CLAIM]), 80)

    assert CLAIM.id in shown
    assert "2031-05-04 " in shown
    assert "T10:00" not in shown
    assert "Harbour Post ›" in shown
    assert "(unnamed)" in shown
    assert "denies: the shells" in shown
    assert "…" in shown


def test_what_is_short_is_not_cut() -> None:
    assert "…" not in printed(tables.quarantined([QuarantineRow("a.txt", None, "it is empty", "2031-05-04")]), 80)


def test_many_rows_come_in_parts_of_one_width() -> None:
    claims = (CLAIM for _ in range(tables.ROWS_AT_ONCE + 1))
    lines = printed(tables.claims(claims), 80).splitlines()

    assert sum("on whose word" in line for line in lines) == 1
    assert sum(CLAIM.id in line for line in lines) == tables.ROWS_AT_ONCE + 1
    assert len({line.index("Harbour Post ›") for line in lines if "Harbour Post ›" in line}) == 1


def test_a_terminal_is_not_told_what_to_do() -> None:
    hostile = QuarantineRow("a\x1b[2J\x9b.txt", None, "\x1b]0;owned\x07[bold red]x[/] \u202eevil", "2031-05-04")

    shown = printed(tables.quarantined([hostile]), 120)

    assert "a␛[2J\ufffd.txt" in shown
    assert "␛]0;owned␇[bold red]x[/] \ufffdevil" in shown


def test_visible_keeps_line_feeds_tabs_and_all_scripts() -> None:
    assert visible("a\tb\nс ع 字 🙂 e\u0301") == "a\tb\nс ع 字 🙂 e\u0301"
    assert visible("a\rb\ud800\x00") == "a␍b\ufffd␀"
    assert one_line(" a\n b\r\n\tc ") == "a b c"


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [(10, 10, "10"), (10, None, "at least 10"), (None, 20, "up to 20"), (10, 20, "10 to 20"), (0, 0, "0")],
)
def test_figures_in_words(least: int | None, most: int | None, words: str) -> None:
    assert bounds(least, most) == words


def test_a_story_shows_its_id_days_sides_and_denial() -> None:
    lines = printed(tables.stories([STORY]), 120).splitlines()

    assert lines[1].startswith("5701b8432a86010a  ")
    assert lines[2].startswith("2031-05-04 – 09-17")
    assert "2 articles   9 to ≥58" in lines[1]
    assert "1 origin     denied" in lines[2]


def test_an_echo_shows_how_much_is_copied_and_a_warning_whose_claims_fit() -> None:
    shown = printed(tables.echoes([ECHO], head), 120)
    assert " 97%  Harbour Wire" in shown
    assert f"Herald {ECHO.origin[:2]}, 2031-05-04" in shown
    assert f"Herald {LINK.to[:2]}," in printed(tables.links([LINK], head), 120)

    warned = printed(tables.warnings([WARNING]), 200)
    assert "2031-05-04 – 18" in warned
    assert "(unnamed)" in warned
    assert "1 by the warner," in warned
    assert "2 by others" in warned
    assert tables.outcome(WARNING) == "1 by the warner, 2 by others"
    assert (
        tables.outcome(replace(WARNING, copies=("d1", "d2", "d3", "d4"))) == "1 by the warner, 2 by others and 4 copies"
    )
    assert tables.outcome(replace(WARNING, by_warner=(), by_others=(), copies=("d1",))) == "1 copy", (
        "the rest is masked"
    )


@pytest.mark.parametrize("width", [80, 120])
def test_two_stories_of_one_name_are_shown_with_what_tells_them_apart(width: int) -> None:
    name = "Shelling reported in Orvane, 4 May 2031"
    told, other = FirstTold("Harbour \x1bPost", "2031-05-04T10:00:00Z", 12, 1200), FirstTold(None, None, 1, 1)
    asked = Waiting("story", "a474b8432a86010a", "b474b8432a86010a", name, name, 0.5, 1, told=told, other_told=other)
    lines = printed(tables.waiting([asked]), width).splitlines()
    assert all(cell_len(line) <= width for line in lines)
    shown = " ".join(" ".join(line[22 : width - 14].split()) for line in lines[1:])
    assert f"one story? {name}: first told by Harbour ␛Post 2031-05-04; 1,200 claims in 12 articles" in shown
    assert f"= {name}: first told by (outlet not known); 1 claim in 1 article" in shown


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2031-05-04", "2031-05-04T10:00:00Z", "2031-05-04"),
        ("2031-05-04", "2031-05-06", "2031-05-04 – 06"),
        ("2031-05-04", "2031-06-06", "2031-05-04 – 06-06"),
        ("2030-12-31", "2031-01-01", "2030-12-31 – 2031"),
        ("2031-05-04", None, "2031-05-04"),
        (None, None, ""),
    ],
)
def test_days_in_a_narrow_column(first: str | None, last: str | None, words: str) -> None:
    assert tables.days(first, last) == words
    assert len(words) <= 18


def test_the_least_and_the_most_that_anybody_gives() -> None:
    assert tables.least_to_most(FIGURES, "killed") == "9 to ≥58"
    assert tables.least_to_most(FIGURES, "wounded") == "≥1,200"
    assert tables.least_to_most(FIGURES, "missing") == ""


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [(1000, 1000, "1,000"), (10, None, "≥10"), (None, 20, "≤20"), (10, 20, "10 to 20"), (None, None, "")],
)
def test_figures_in_a_narrow_column(least: int | None, most: int | None, words: str) -> None:
    assert short_bounds(least, most) == words


@pytest.mark.parametrize(
    ("number", "what", "words"),
    [(1, "story", "1 story"), (0, "story", "0 stories"), (2, "echo", "2 echoes"), (1200, "link", "1,200 links")],
)
def test_counts_in_words(number: int, what: str, words: str) -> None:
    assert count(number, what) == words
