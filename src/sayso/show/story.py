"""A story on one page: who claims what in the order of time, whose figures, who denies whom, and who copies whom.

It shows counts, days and exact words, and never says who is right.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sayso.show.plain import count, one_line, short_bounds, words
from sayso.show.tables import UNNAMED, Clipped, Column, day, days, outcome, table
from sayso.show.timeline import Contest, Told, concerned, contests, outlets, told, weightiest
from sayso.types import (
    ArticleRow,
    CasualtyKind,
    ClaimRow,
    EchoRow,
    LinkRow,
    StoryFigure,
    StoryRow,
    WarningRow,
)

LINES = 45
"""What a page has, if the story can be told in so many."""

_KINDS: tuple[CasualtyKind, ...] = ("killed", "wounded", "missing", "detained", "displaced")
_ID = 8  # characters of a claim's id, which is enough for sayso claim


class _Room(NamedTuple):
    """How many of each thing are shown, at most; None: all."""

    claims: int | None = None
    figures: int | None = None
    contests: int | None = None
    origins: int | None = None
    echoes: int | None = None  # of one origin
    around: int | None = None  # warnings before, findings after


# From the most to the least that a page shows. What is told in the order of time yields first, then all else a little.
_ROOMS = (
    *(_Room(claims, 5, 3, 4, 3, 2) for claims in range(15, 5, -1)),
    _Room(6, 4, 3, 3, 2, 1),
    _Room(6, 4, 2, 2, 2, 1),
    _Room(5, 3, 2, 1, 1, 1),
    _Room(4, 3, 2, 1, 1, 1),
)


@dataclass(frozen=True, slots=True)
class StoryPage:
    """A story and all that belongs to it, to be printed; ``whole`` leaves nothing out for the sake of one page."""

    row: StoryRow
    claims: Sequence[ClaimRow]
    links: Sequence[LinkRow] = ()
    echoes: Sequence[EchoRow] = ()
    articles: Sequence[ArticleRow] = ()
    warnings: Sequence[WarningRow] = ()
    findings: Sequence[ClaimRow] = ()
    whole: bool = False

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """As much as fits a page as wide as the terminal."""
        entries = told(self.claims, self.links)
        ranked = weightiest(entries, self.links)
        for room in (_Room(),) if self.whole else _ROOMS:
            page = Group(*self._parts(room, entries, ranked))
            if len(console.render_lines(page, options)) <= LINES:
                break
        yield page

    def _parts(self, room: _Room, entries: Sequence[Told], ranked: Sequence[Told]) -> Iterator[RenderableType]:
        articles = {article.id: article for article in self.articles}
        about = set(self.row.articles)
        yield _head(self.row, len(articles.keys() - about))
        yield from _warned(self.warnings, room.around)
        shown = {entry.claim.id for entry in ranked[: room.claims]}
        lines = [claim_lines(entry for entry in entries if entry.claim.id in shown)] if shown else []
        yield from section("Who says what", lines, len(entries), room.claims)
        yield from _figures(self.row.figures, articles, room.figures)
        yield from _contested(contests(entries, self.links), room.contests)
        yield from _origins(self.echoes, about, articles, room)
        yield from _found(self.findings, concerned(self.claims, self.links), room.around)


def _head(row: StoryRow, passing: int) -> RenderableType:
    """What, where, when; and how many tell of it, ``passing`` of them beside an event of their own."""
    told_in = (
        f"{count(len(row.articles), 'article')}, {count(len(row.outlets), 'outlet')}",
        f"{passing:,} more in passing" if passing else "",
        count(row.origins, "independent origin"),
        f"{count(row.claims, 'claim')}, {count(len(row.claimants), 'claimant')}",
    )
    return Group(heading(row.label, row.id), Text(joined(_what(row))), Text(joined(told_in), "dim"))


def _what(row: StoryRow) -> Iterator[str]:
    where = f" ({row.lat:.3f}, {row.lon:.3f})" if row.lat is not None and row.lon is not None else ""
    yield f"{one_line(row.place)}{where}" if row.place else ""
    first, last = day(row.first), day(row.last)
    yield f"{first} to {last}" if first != last else first
    yield row.event_type or ""
    yield "denied" if row.denied else ""


def heading(title: str, id: str) -> Table:
    """A title, and at the end of its line the id."""
    made = Table.grid(expand=True, padding=(0, 2, 0, 0))
    made.add_column(ratio=1)
    made.add_column(width=len(id))
    made.add_row(Text(one_line(title), "bold"), Text(id, "dim"))
    return made


def claim_lines(entries: Iterable[Told], notes: Mapping[str, str] | None = None) -> Table:
    """A row for each claim: its day and the start of its id; outlet › … › claimant; its words, cut, then its echoes and
    what there is to note, by the claim's id."""
    made = table((Column("", 10), Column("", share=2), Column("", share=3)), show_header=False)
    for entry in entries:
        claim = entry.claim
        when = Text.assemble(day(claim.published) or "no date", (f"\n{claim.id[:_ID]}", "dim"))
        said = Clipped(Text.assemble((f"{claim.stance}: ", "bold"), words(claim.text)))
        more = (_echoed(entry.echoes), (notes or {}).get(claim.id, ""))
        made.add_row(when, _chain(claim), Group(said, *(Clipped(Text(line, "dim"), 1) for line in more if line)))
    return made


def _echoed(echoes: Sequence[ClaimRow]) -> str:
    return f"+{count(len(echoes), 'echo')}: {', '.join(map(one_line, outlets(echoes)))}" if echoes else ""


def _chain(claim: ClaimRow) -> RenderableType:
    """Outlet › … › claimant, the claimant on a line of its own."""
    outlet, *others = (one_line(party) if party else UNNAMED for party in claim.chain)
    if not others:
        return Clipped(Text(outlet, "bold"))
    between = "› … › " if len(others) > 1 else "› "
    return Group(Clipped(Text(outlet), 1), Clipped(Text.assemble(between, (others[-1], "bold"))))


def section(title: str, body: Sequence[RenderableType], there: int, most: int | None) -> Iterator[RenderableType]:
    """A heading over what is shown, and how much is left out of what is there; nothing where nothing is shown."""
    rest = 0 if most is None else max(0, there - most)
    if body:
        yield Text.assemble("\n", (title, "bold"), (f"  and {rest:,} more with --all" if rest else "", "dim"))
        yield Padding(Group(*body), (0, 0, 0, 2))


def _warned(warnings: Sequence[WarningRow], most: int | None) -> Iterator[RenderableType]:
    made = table((Column("", 10), Column("")), show_header=False)
    for warning in warnings[:most]:
        due = joined(
            (one_line(warning.place or ""), days(warning.since, warning.until), f"claims that fit: {outcome(warning)}")
        )
        said = Clipped(_said(warning.claimant, "warned", warning.text))
        made.add_row(Text(day(warning.since)), Group(said, Clipped(Text(due, "dim"))))
    yield from section("Warnings", [made] if warnings else [], len(warnings), most)


def _found(findings: Sequence[ClaimRow], why: Mapping[str, str], most: int | None) -> Iterator[RenderableType]:
    """What bodies on the user's list found, and what ties it to the story."""
    made = table((Column("", 10), Column("")), show_header=False)
    for claim in findings[:most]:
        when = Text.assemble(day(claim.published) or "no date", (f"\n{claim.id[:_ID]}", "dim"))
        said = Clipped(_said(claim.claimant, claim.stance, claim.text))
        tied = Text(f"concerns it by: {one_line(why[claim.id])}", "dim") if claim.id in why else None
        made.add_row(when, Group(said, *([Clipped(tied, 1)] if tied else [])))
    yield from section("Findings", [made] if findings else [], len(findings), most)


def _said(claimant: str | None, stance: str, text: str) -> Text:
    return Text.assemble((one_line(claimant or UNNAMED), "bold"), f" {stance}: {words(text)}")


def _figures(
    figures: Sequence[StoryFigure], articles: Mapping[str, ArticleRow], most: int | None
) -> Iterator[RenderableType]:
    """The dead first; of each kind, those first that most articles print."""
    ordered = sorted(figures, key=lambda f: (_KINDS.index(f.kind), -len(f.articles), f.first or "", f.claimant or ""))
    shown = ordered[:most]
    kinds = [kind for kind in _KINDS if any(figure.kind == kind for figure in shown)]
    tables = [_harmed(kind, [f for f in shown if f.kind == kind], articles) for kind in kinds]
    yield from section("Figures, by claimant", tables, len(figures), most)


def _harmed(kind: CasualtyKind, figures: Iterable[StoryFigure], articles: Mapping[str, ArticleRow]) -> RenderableType:
    """A row for each claimant: from the least to the most that it gave, how that changed, when, and through whom."""
    made = table(
        (Column("claimant", share=6), Column(kind, 16), Column("first to last", 18), Column("through", share=5))
    )
    for figure in figures:
        number = Text.assemble(_range(figure), (_course(figure), "dim"))
        name = Text.assemble((one_line(figure.claimant or UNNAMED), "bold"), f" ({figure.who})" if figure.who else "")
        through = Text(", ".join(map(one_line, _through(figure, articles))))
        made.add_row(Clipped(name), Clipped(number, 3), Text(days(figure.first, figure.last)), Clipped(through))
    return made


def _range(figure: StoryFigure) -> str:
    """From the least to the most that a claimant gave: "24 to 37"; "24 to ≥126" where the most has no upper end."""
    given = [number for _, *bounds, _ in figure.values for number in bounds if number is not None]
    if figure.max is None and given and figure.min is not None and max(given) > figure.min:
        return f"{figure.min:,} to ≥{max(given):,}"
    return short_bounds(figure.min, figure.max)


def _course(figure: StoryFigure) -> str:
    """How a figure changed, "24 → 58 → 83"; of many steps the first three and the last. Empty if it only grew once."""
    steps: list[str] = []
    for _, least, most, _ in figure.values:
        step = short_bounds(least, most)
        if step and step not in steps[-1:]:
            steps.append(step)
    if len(steps) < 2 or " to ".join(steps) == _range(figure):
        return ""
    return "\n" + " → ".join(steps if len(steps) < 6 else (*steps[:3], "…", steps[-1]))


def _through(figure: StoryFigure, articles: Mapping[str, ArticleRow]) -> Iterable[str]:
    """The outlets that print a claimant's figure, apart from itself."""
    named = [outlet for *_, outlet in figure.values] or [
        articles[id].outlet for id in figure.articles if id in articles
    ]
    return dict.fromkeys(outlet for outlet in named if outlet and outlet != figure.claimant)


def _contested(found: Sequence[Contest], most: int | None) -> Iterator[RenderableType]:
    """Side by side: the claim that denies or differs, and the one that it does so to."""
    made = table((Column(""), Column("")), show_header=False)
    for contest in found[:most]:
        said = contest.later.text if contest.relation == "denies" else contest.why
        made.add_row(
            _side(contest.later, contest.does, said),
            _side(contest.earlier, contest.earlier.stance, contest.earlier.text),
        )
    yield from section("Who denies what, and what differs", [made] if found else [], len(found), most)


def _side(claim: ClaimRow, does: str, what: str) -> RenderableType:
    name = Text(one_line(claim.claimant) if claim.claimant else UNNAMED, "bold")
    said = Text.assemble((f"{day(claim.published)} ", "dim"), (f"{does}: ", "bold"), words(what))
    return Group(Clipped(name, 1), Clipped(said))


def _origins(
    echoes: Iterable[EchoRow], about: Collection[str], articles: Mapping[str, ArticleRow], room: _Room
) -> Iterator[RenderableType]:
    """Each origin with the articles that copy it, those with most copies first; then what nobody copies of those that
    are ``about`` the story."""
    copies: dict[str, list[EchoRow]] = defaultdict(list)
    for echo in sorted(echoes, key=lambda echo: _when(echo.article, articles)):
        copies[echo.origin].append(echo)
    origins = sorted(copies, key=lambda id: (-len(copies[id]), _when(id, articles)))
    trees = [_tree(id, copies[id], articles, room.echoes) for id in origins[: room.origins]]
    linked = {id for origin in copies.values() for echo in origin for id in (echo.article, echo.origin)}
    if alone := ", ".join(_published(id, articles) for id in articles if id in about and id not in linked):
        line = Text.assemble(("without echoes: ", "dim"), alone)
        trees.append(Clipped(line) if room.origins else line)
    yield from section("Origins and their echoes", trees, len(origins), room.origins)


def _tree(
    origin: str, echoes: Sequence[EchoRow], articles: Mapping[str, ArticleRow], most: int | None
) -> RenderableType:
    shown = echoes if most is None or len(echoes) == most + 1 else echoes[:most]  # "and 1 more" would be as long
    branches = [_branch(echo, articles) for echo in shown]
    if len(echoes) > len(shown):
        branches.append(f"and {len(echoes) - len(shown):,} more")
    corners = [*["├─ "] * (len(branches) - 1), "└─ "]
    lines = [Text.assemble((corner, "dim"), branch) for corner, branch in zip(corners, branches, strict=True)]
    return Group(*(Clipped(line, 1) for line in (Text(_published(origin, articles)), *lines)))


def _branch(echo: EchoRow, articles: Mapping[str, ArticleRow]) -> str:
    credit = f", credits {one_line(echo.wire)}" if echo.wire else ""
    return f"{_published(echo.article, articles)}  {echo.share:.0%} copied{credit}"


def _when(id: str, articles: Mapping[str, ArticleRow]) -> tuple[str, str]:
    return (articles[id].published or "" if id in articles else ""), id


def _published(id: str, articles: Mapping[str, ArticleRow]) -> str:
    """An article's outlet and day; its id where it is no part of the story."""
    if id not in articles:
        return f"article {id}"
    article = articles[id]
    return f"{one_line(article.outlet or article.title or article.location)} {day(article.published)}".rstrip()


def joined(parts: Iterable[str]) -> str:
    """Those of the parts that say something, on a line."""
    return " · ".join(part for part in parts if part)
