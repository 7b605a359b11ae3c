"""A claimant on one page: how much it claims, how it is answered, and what it claimed last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.text import Text

from sayso.show.plain import count, one_line
from sayso.show.story import claim_lines, heading, joined, section
from sayso.show.tables import day
from sayso.show.timeline import answers, told
from sayso.show.views import fact_lines
from sayso.types import ClaimantRow, ClaimRow, LinkRow

_LATEST = 8  # claims on a page
_NAMES = 6


@dataclass(frozen=True, slots=True)
class ClaimantPage:
    """A claimant, its claims, and how many of these were the first of their kind, were echoed, denied by others, and
    agreed with by independent others."""

    row: ClaimantRow
    first: int
    echoed: int
    denied: int
    agreed: int
    claims: Sequence[ClaimRow]
    links: Sequence[LinkRow] = ()
    whole: bool = False

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """How much and when, how it is answered, and its latest claims, those last made first."""
        yield heading(self.row.name, self.row.id)
        yield from _named(self.row)
        yield Text(joined(_amount(self.row)), "dim")
        yield Text()
        yield self._counts()
        latest = told(self.claims, self.links)[::-1]
        notes = {id: f"others: {', '.join(relations)}" for id, relations in answers(self.claims, self.links).items()}
        most = None if self.whole else _LATEST
        lines = [claim_lines(latest[:most], notes)] if latest else []
        yield from section("Its latest claims", lines, len(latest), most)

    def _counts(self) -> RenderableType:
        stances = Counter(claim.stance for claim in self.claims).most_common()
        said = (
            ("stances", joined(f"{stance} {number:,}" for stance, number in stances)),
            ("said first", count(self.first, "claim")),
            ("echoed", count(self.echoed, "claim")),
            ("agreed with", f"{count(self.agreed, 'claim')}, by independent others"),
            ("denied", f"{count(self.denied, 'claim')}, by others"),
        )
        return fact_lines(said)


def _named(row: ClaimantRow) -> Iterator[Text]:
    others = [one_line(name) for name in row.names if name != row.name]
    if others:
        more = f", and {len(others) - _NAMES:,} more" if len(others) > _NAMES else ""
        yield Text.assemble(("also named: ", "dim"), "; ".join(others[:_NAMES]), more)


def _amount(row: ClaimantRow) -> Iterator[str]:
    yield count(row.claims, "claim")
    yield count(row.articles, "article")
    yield count(len(row.outlets), "outlet")
    yield " to ".join(dict.fromkeys(day(when) for when in (row.first, row.last) if when))
