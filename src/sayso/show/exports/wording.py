"""What the exports say in words: on whose word a claim stands, and who gives which figure."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.show.plain import bounds, one_line
from sayso.show.tables import UNNAMED
from sayso.types import ClaimRow, StoryFigure

CELL = 32_767
"""What a cell of a spreadsheet holds at most, in characters; a longer text is cut there, with "…" for its end."""


def cut(text: str) -> str:
    """``text`` as far as a cell holds it."""
    return text if len(text) <= CELL else text[: CELL - 1] + "…"


def line(text: str | None) -> str:
    """``text`` for a cell: on one line, with nothing that a terminal or an editor obeys; empty for None."""
    return cut(one_line(text)) if text else ""


def sentence(claim: ClaimRow) -> str:
    """On whose word a claim stands: "the ministry: denies (chain: The Lantern > Ivo Brandt > the ministry)"."""
    chain = [party or UNNAMED for party in claim.chain]
    said = f"{chain[-1]}: {claim.stance}"
    return said if len(chain) == 1 else f"{said} (chain: {' > '.join(chain)})"


def figures_in_words(figures: Iterable[StoryFigure]) -> str:
    """Who gives which figure, and when: "killed: the Lind Register 24 to 37 (2031-05-04 to 2031-05-06); …"."""
    return "; ".join(_figure(figure) for figure in figures)


def _figure(figure: StoryFigure) -> str:
    days = " to ".join(dict.fromkeys(day[:10] for day in (figure.first, figure.last) if day))
    who = f" {figure.who}" if figure.who else ""
    when = f" ({days})" if days else ""
    return f"{figure.claimant or UNNAMED}: {bounds(figure.min, figure.max)}{who} {figure.kind}{when}"
