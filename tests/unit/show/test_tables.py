"""Tables fit the terminal, keep ids whole, and show nothing that a terminal would obey."""

from __future__ import annotations

import io
from collections.abc import Iterable

import pytest
from rich.cells import cell_len
from rich.console import Console, RenderableType

from sayso.show import tables
from sayso.show.plain import bounds, one_line, visible
from sayso.types import ArticleRow, ClaimantRow, ClaimRow, QuarantineRow, Span

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
