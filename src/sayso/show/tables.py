"""Listings as tables for a terminal, from 80 columns up. Ids are whole, so that they can be copied; the rest is cut."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from sayso.show.plain import one_line
from sayso.types import ArticleRow, ClaimantRow, ClaimRow, QuarantineRow

Row = TypeVar("Row")

ROWS_AT_ONCE = 200  # many rows are printed as tables of the same widths, one below the other: the first show at once


@dataclass(frozen=True, slots=True)
class Column:
    """A column of ``width`` characters; or one that shares what is left over, in proportion to ``share``."""

    title: str
    width: int | None = None
    share: int = 1
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Clipped:
    """Text wrapped to the width of its column, with an ellipsis where it has more than so many lines."""

    text: Text
    lines: int = 2

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        wrapped = self.text.wrap(console, options.max_width)
        if len(wrapped) > self.lines:
            last = wrapped[self.lines - 1]
            last.rstrip()
            last.append(" …")
            last.truncate(options.max_width, overflow="ellipsis")
        yield Text("\n").join(wrapped[: self.lines])


def articles(rows: Iterable[ArticleRow]) -> Iterator[Table]:
    """Articles: id; when, where and under which title published; how long."""
    columns = (
        Column("article", 16),
        Column("published", 10),
        Column("outlet", 16),
        Column("title"),
        Column("words", 6, numeric=True),
    )

    def cells(row: ArticleRow) -> Sequence[Clipped]:
        title = _cell(row.title) if row.title else Clipped(Text(one_line(row.location), "italic"))
        return _cell(row.id), _cell(_day(row.published)), _cell(row.outlet), title, _cell(row.words)

    return _tables(columns, rows, cells)


def claims(rows: Iterable[ClaimRow]) -> Iterator[Table]:
    """Claims: id and day of publication, on whose word, and what is claimed."""
    columns = (Column("claim", 16), Column("on whose word", share=2), Column("what is claimed", share=3))

    def cells(row: ClaimRow) -> Sequence[Clipped]:
        identity = Text.assemble(row.id, (f"\n{_day(row.published)}", "dim"))
        said = Text.assemble((f"{row.stance}: ", "bold"), one_line(row.text))
        return Clipped(identity), Clipped(chain(row.chain), 4), Clipped(said, 4)

    return _tables(columns, rows, cells)


def claimants(rows: Iterable[ClaimantRow]) -> Iterator[Table]:
    """Claimants: name; how much each claims, in how many articles of how many outlets; and when."""
    columns = (
        Column("claimant"),
        Column("claims", 6, numeric=True),
        Column("articles", 8, numeric=True),
        Column("outlets", 7, numeric=True),
        Column("first", 10),
        Column("last", 10),
    )

    def cells(row: ClaimantRow) -> Sequence[Clipped]:
        values = (row.name, row.claims, row.articles, len(row.outlets), _day(row.first), _day(row.last))
        return [_cell(value) for value in values]

    return _tables(columns, rows, cells)


def quarantined(rows: Iterable[QuarantineRow]) -> Iterator[Table]:
    """What was set aside: when, what, and why."""
    columns = (Column("set aside", 10), Column("location", share=2), Column("reason", share=3))

    def cells(row: QuarantineRow) -> Sequence[Clipped]:
        return _cell(_day(row.at)), _cell(row.location, 4), _cell(row.reason, 4)

    return _tables(columns, rows, cells)


def chain(parties: Sequence[str | None]) -> Text:
    """Outlet › agency › official: who relays whom, the claimant last."""
    names = [one_line(party) if party else _UNNAMED[place > 0] for place, party in enumerate(parties)]
    return Text.assemble("".join(f"{name} › " for name in names[:-1]), (names[-1], "bold"))


_UNNAMED = ("(outlet not known)", "(unnamed)")


def _tables(
    columns: Sequence[Column], rows: Iterable[Row], cells: Callable[[Row], Sequence[Clipped]]
) -> Iterator[Table]:
    """One table of all rows, in parts."""
    remaining = iter(rows)
    part = list(islice(remaining, ROWS_AT_ONCE))
    first = True
    while part:
        made = table(columns, show_header=first)
        for row in part:
            made.add_row(*cells(row))
        yield made
        part, first = list(islice(remaining, ROWS_AT_ONCE)), False


def table(columns: Sequence[Column], show_header: bool = True) -> Table:
    """An empty table as wide as the terminal, with these columns."""
    made = Table(box=None, expand=True, padding=(0, 2, 0, 0), pad_edge=False, show_header=show_header)
    for column in columns:
        made.add_column(
            Text(one_line(column.title)),
            width=column.width,
            ratio=None if column.width else column.share,
            justify="right" if column.numeric else "left",
        )
    return made


def _cell(value: str | int | None, lines: int = 2) -> Clipped:
    return Clipped(Text("" if value is None else one_line(str(value))), lines)


def _day(when: str | None) -> str:
    return when[:10] if when else ""
