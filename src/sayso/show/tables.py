"""Listings as tables for a terminal, from 80 columns up. Ids are whole, so that they can be copied; the rest is cut."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from sayso.media_types import Cited, MediumRow
from sayso.show.plain import count, one_line, short_bounds, words
from sayso.types import (
    ArticleRow,
    CasualtyKind,
    ClaimantRow,
    ClaimRow,
    Correction,
    DecisionRow,
    EchoRow,
    FirstTold,
    Head,
    LinkRow,
    QuarantineRow,
    StoryFigure,
    StoryRow,
    Waiting,
    WarningRow,
)

Row = TypeVar("Row")

UNNAMED = "(unnamed)"
_NO_OUTLET = "(outlet not known)"

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
        if self.lines == 1:  # cut within a word, so that as much as possible is seen
            line = self.text.copy()
            line.truncate(options.max_width, overflow="ellipsis")
            yield line
            return
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
        return _cell(row.id), _cell(day(row.published)), _cell(row.outlet), title, _cell(row.words)

    return _tables(columns, rows, cells)


def claims(rows: Iterable[ClaimRow]) -> Iterator[Table]:
    """Claims: id and day of publication, on whose word, and what is claimed."""
    columns = (Column("claim", 16), Column("on whose word", share=2), Column("what is claimed", share=3))

    def cells(row: ClaimRow) -> Sequence[Clipped]:
        identity = Text.assemble(row.id, (f"\n{day(row.published)}", "dim"))
        rejected = ("rejected by a person\n", "dim") if row.decision == "reject" else ""
        said = Text.assemble(rejected, (f"{row.stance}: ", "bold"), words(row.text))
        return Clipped(identity), Clipped(chain(row.chain), 4), Clipped(said, 4)

    return _tables(columns, rows, cells)


def stories(rows: Iterable[StoryRow]) -> Iterator[Table]:
    """Stories: id and days; where, what; how many articles of how many origins tell of it; how many killed; denials."""
    columns = (Column("story", 18), Column("where", 14), Column("what"), Column("told in", 11), Column("killed", 9))

    def cells(row: StoryRow) -> Sequence[Clipped]:
        identity = Text.assemble(row.id, (f"\n{days(row.first, row.last)}", "dim"))
        told = Text.assemble(count(len(row.articles), "article"), (f"\n{count(row.origins, 'origin')}", "dim"))
        killed = Text.assemble(least_to_most(row.figures, "killed"), ("\ndenied" if row.denied else "", "bold"))
        return Clipped(identity), _cell(row.place), _cell(row.label, 3), Clipped(told), Clipped(killed)

    return _tables(columns, rows, cells)


def echoes(rows: Iterable[EchoRow], head: Callable[[str], Head]) -> Iterator[Table]:
    """Echoes: the article that copies; where its words start; how much of it is copied; the agency credited. ``head``
    gives for an article's id its outlet and its date."""
    columns = (
        Column("article", share=2),
        Column("origin", share=2),
        Column("copied", 6, numeric=True),
        Column("credits"),
    )

    def cells(row: EchoRow) -> Sequence[Clipped]:
        ends = (_headed(id_, head(id_), _NO_OUTLET) for id_ in (row.article, row.origin))
        return *ends, _cell(f"{row.share:.0%}"), _cell(row.wire)

    return _tables(columns, rows, cells)


def links(rows: Iterable[LinkRow], head: Callable[[str], Head]) -> Iterator[Table]:
    """Links: the later claim, how it relates to the earlier one, and the words or figures that show it. ``head`` gives
    for a claim's id who makes it and its date."""
    columns = (Column("claim", 20), Column("relation", 8), Column("earlier claim", 20), Column("why"))

    def cells(row: LinkRow) -> Sequence[Clipped]:
        claim, earlier = (_headed(id_, head(id_), UNNAMED) for id_ in (row.from_, row.to))
        return claim, _cell(row.relation), earlier, _cell(words(row.why), 4)

    return _tables(columns, rows, cells)


def _headed(id_: str, head: Head, unknown: str) -> Clipped:
    """An id, and below it who and when."""
    who, published = head
    told = ", ".join(filter(None, (one_line(who or unknown), (published or "")[:10])))
    return Clipped(Text.assemble(id_, (f"\n{told}", "dim")), 4)


def warnings(rows: Iterable[WarningRow]) -> Iterator[Table]:
    """Warnings: id, and when it would be; who warns; of what; later claims that fit."""
    columns = (
        Column("claim", 18),
        Column("who warns", share=2),
        Column("of what", share=3),
        Column("claims that fit", 16),
    )

    def cells(row: WarningRow) -> Sequence[Clipped]:
        identity = Text.assemble(row.claim, (f"\n{days(row.since, row.until)}", "dim"))
        who = Text.assemble(one_line(row.claimant or UNNAMED), (f"\n{one_line(row.place or '')}", "dim"))
        return Clipped(identity), Clipped(who, 4), _cell(words(row.text), 4), _cell(outcome(row), 4)

    return _tables(columns, rows, cells)


def outcome(row: WarningRow) -> str:
    """How many later claims fit a warning, copies folded, and by whom; never whether it came true."""
    told_by = ((row.by_warner, "the warner"), (row.by_accused, "the accused"), (row.by_others, "others"))
    fitting = ", ".join(f"{len(claims):,} by {whom}" for claims, whom in told_by if claims)
    if row.copies:
        fitting = " and ".join(filter(None, (fitting, count(len(row.copies), "copy"))))
    return fitting or ("none yet" if row.state == "open" else "none in that time")


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
        values = (row.name, row.claims, row.articles, len(row.outlets), day(row.first), day(row.last))
        return [_cell(value) for value in values]

    return _tables(columns, rows, cells)


def decisions(rows: Iterable[DecisionRow]) -> Iterator[Table]:
    """Decisions: number and day; what was said of what, and what corrected; by whom, and whether it stands."""
    columns = (
        Column("decision", 10),
        Column("verdict", 11),
        Column("on what", 20),
        Column("corrected, and why"),
        Column("by", 14),
    )

    def cells(row: DecisionRow) -> Sequence[Clipped]:
        identity = Text.assemble(str(row.id), (f"\n{day(row.at)}", "dim"))
        about = "\n".join(one_line(name) for name in (row.about, row.other) if name)
        said = "\n".join((*corrected(row.correction), *([words(row.note)] if row.note else [])))
        gone = f"\nuntil {day(row.superseded)}" if row.superseded else ""
        who = Text.assemble(one_line(row.user), (gone, "dim"))
        return Clipped(identity), _cell(row.verdict), Clipped(Text(about), 4), Clipped(Text(said), 12), Clipped(who, 3)

    return _tables(columns, rows, cells)


def corrected(correction: Correction | None) -> list[str]:
    """What a correction has that was not read so, a line each."""
    if correction is None:
        return []
    lines = []
    if correction.claimant is not None:
        lines.append(f"claimant: {one_line(correction.claimant) or UNNAMED}")
    if correction.stance is not None:
        lines.append(f"stance: {correction.stance}")
    if correction.figures is not None:
        given = (f"{short_bounds(f.min, f.max)} {f.kind} {one_line(f.who or '')}".strip() for f in correction.figures)
        lines.append(f"figures: {', '.join(given) or 'none'}")
    for name in ("source", "cue", "content"):
        if (spans := getattr(correction, name)) is not None:
            lines.append(f"{name}: {words(' … '.join(span.text for span in spans)) or 'none'}")
    return lines


def waiting(rows: Iterable[Waiting]) -> Iterator[Table]:
    """What waits for a decision: on what; what is asked, and how it reads; the doubt, and how much hangs on it."""
    columns = (
        Column("on what", 20),
        Column("is it so?"),
        Column("doubt", 5, numeric=True),
        Column("uses", 5, numeric=True),
    )
    asks = {
        "claim": "{who} {stance}: {text}",
        "party": "one party? {text} = {other}",
        "story": "one story? {text}{told}\n= {other}{other_told}",
    }

    def cells(row: Waiting) -> Sequence[Clipped]:
        ids = (row.about, row.other) if row.kind != "party" else ("",)
        who = one_line(row.claimant or UNNAMED)
        asked = asks[row.kind].format(
            who=who,
            stance=row.stance,
            text=words(row.text),
            other=words(row.other_text or ""),
            told=_first_told(row.told),
            other_told=_first_told(row.other_told),
        )
        lines = 8 if row.kind == "story" else 4
        question = Clipped(Text(asked), lines)
        return Clipped(Text("\n".join(filter(None, ids)))), question, _cell(f"{row.doubt:.2f}"), _cell(row.uses)

    return _tables(columns, rows, cells)


def _first_told(told: FirstTold | None) -> str:
    """What tells a story from another of its name: who told it first and when, and in how much it is told."""
    if told is None:
        return ""
    who = " ".join(filter(None, (one_line(told.outlet or _NO_OUTLET), day(told.published))))
    return f": first told by {who}; {count(told.claims, 'claim')} in {count(told.articles, 'article')}"


def quarantined(rows: Iterable[QuarantineRow]) -> Iterator[Table]:
    """What was set aside: when, what, and why."""
    columns = (Column("set aside", 10), Column("location", share=2), Column("reason", share=3))

    def cells(row: QuarantineRow) -> Sequence[Clipped]:
        return _cell(day(row.at)), _cell(row.location, 4), _cell(row.reason, 4)

    return _tables(columns, rows, cells)


def media(rows: Iterable[MediumRow]) -> Iterator[Table]:
    """Pictures and videos: id and kind; size; what it says of itself; its C2PA manifest; where it was seen."""
    columns = (Column("id", 16), Column("size", 11), Column("the file says"), Column("C2PA", 9), Column("seen in", 16))

    def cells(row: MediumRow) -> Sequence[Clipped]:
        identity = Text.assemble(row.id, (f"\n{row.kind}", "dim"))
        pixels = f"{row.width}×{row.height}" if row.width else "not decoded"
        size = Text.assemble(pixels, (f"\n{row.seconds:.0f} s" if row.seconds is not None else "", "dim"))
        point = f"{row.lat:.4f}, {row.lon:.4f}" if row.lat is not None and row.lon is not None else None
        says = "\n".join(one_line(part) for part in (row.taken, row.camera, point) if part)
        seen = [count(len(ids), what) for ids, what in ((row.articles, "article"), (row.claims, "claim")) if ids]
        where = "\n".join(seen or [count(len(row.urls), "address")] if row.urls else seen)
        return Clipped(identity), Clipped(size), Clipped(Text(says), 3), _cell(row.credentials), Clipped(Text(where))

    return _tables(columns, rows, cells)


def cited(rows: Iterable[Cited]) -> Iterator[Table]:
    """What pages show: the article, what it is, its address, and the id of what was added of it."""
    columns = (Column("article", 16), Column("what", 7), Column("address"), Column("added", 16))

    def cells(row: Cited) -> Sequence[Clipped]:
        return _cell(row.article), _cell(row.what), _cell(row.url, 4), _cell(row.medium)

    return _tables(columns, rows, cells)


def chain(parties: Sequence[str | None]) -> Text:
    """Outlet › agency › official: who relays whom, the claimant last."""
    names = [one_line(party) if party else (UNNAMED if place else _NO_OUTLET) for place, party in enumerate(parties)]
    return Text.assemble("".join(f"{name} › " for name in names[:-1]), (names[-1], "bold"))


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


def day(when: str | None) -> str:
    """The day of an ISO 8601 time; empty where it is not known."""
    return when[:10] if when else ""


def days(first: str | None, last: str | None) -> str:
    """From day to day in at most 18 characters: of the last day, what the first one does not say, "2031-03-02 – 05"."""
    start, end = day(first), day(last)
    if start == end or not (start and end):
        return start or end
    if start[:4] != end[:4]:
        return f"{start} – {end[:4]}"
    return f"{start} – {end[8:] if start[:7] == end[:7] else end[5:]}"


def least_to_most(figures: Iterable[StoryFigure], kind: CasualtyKind) -> str:
    """From the least to the most that anybody gives in a story; empty where nobody does."""
    given = {bounds for figure in figures if figure.kind == kind for bounds in _values(figure)}
    if len(given) == 1:
        return short_bounds(*given.pop())
    numbers = [number for bounds in given for number in bounds if number is not None]
    if not numbers:
        return ""
    least, most = min(numbers), max(numbers)
    return f"{least:,} to ≥{most:,}" if least < most and (most, None) in given else short_bounds(least, most)


def _values(figure: StoryFigure) -> list[tuple[int | None, int | None]]:
    """The bounds that a claimant gave, one after the other; the least and most of all where these are not known."""
    return [(least, most) for _, least, most, _ in figure.values] or [(figure.min, figure.max)]
