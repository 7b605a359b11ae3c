"""An invented story for tests: shells on a market, two tolls, a denial, a copy, a warning, a finding."""

from __future__ import annotations

import io
from typing import Any

from rich.console import Console, RenderableType

from sayso.types import (
    ArticleRow,
    ClaimRow,
    EchoRow,
    Figure,
    LinkRow,
    Relation,
    Span,
    StoryFigure,
    StoryRow,
    WarningRow,
)


def printed(shown: RenderableType, width: int = 80) -> str:
    """What a terminal of this width is shown."""
    out = io.StringIO()
    Console(file=out, width=width, highlight=False, markup=False, emoji=False).print(shown)
    return out.getvalue()


def unspaced(shown: str) -> str:
    """On one line, whatever the columns."""
    return " ".join(shown.split())


def claim(id: str, claimant: str | None, text: str, day: str | None = "2031-05-04", **more: Any) -> ClaimRow:
    """A claim of ``claimant`` that the Harbour Post prints."""
    outlet = more.pop("outlet", "Harbour Post")
    values: dict[str, Any] = {
        "article": "a1",
        "outlet": outlet,
        "chain": (outlet,) if claimant == outlet else (outlet, claimant),
        "stance": "asserts",
        "spans": (Span(0, len(text), text),),
        "figures": (),
        "evidence": (),
        "confidence": 0.9,
    }
    values |= dict.fromkeys(
        ("event_type", "certainty", "place", "lat", "lon", "date", "story", "origin", "echo_of", "decision")
    )
    return ClaimRow(id=id, claimant=claimant, text=text, published=day, **values | more)


def link(later: str, relation: Relation, earlier: str, why: str = "the same words", score: float = 0.9) -> LinkRow:
    return LinkRow(later, earlier, relation, why, score)


def article(id: str, outlet: str, day: str) -> ArticleRow:
    return ArticleRow(id, f"reports/{id}.txt", outlet, "Shells", day, None, "en", 300, None, None)


TOLL = claim(
    "c1aaaaaaaaaaaaaa", "the Lind Register", "that 24 people were killed", figures=(Figure(24, 24, "killed", None),)
)
COPIED = claim(
    "c2aaaaaaaaaaaaaa", "the Lind Register", "that 24 people were killed", outlet="The Lantern", article="a2"
)
DENIAL = claim(
    "c3aaaaaaaaaaaaaa", "the ministry", "that its guns had fired", "2031-05-05", stance="denies", article="a3"
)
OTHER = claim("c4aaaaaaaaaaaaaa", "the governor", "that nine gunmen died", "2031-05-05", article="a3")
FOUND = claim("c5aaaaaaaaaaaaaa", "the Commission on Orvane", "that 31 people had died", "2031-09-01", article="a4")
CLAIMS = (TOLL, COPIED, DENIAL, OTHER, FOUND)
LINKS = (
    link(COPIED.id, "repeats", TOLL.id),
    link(DENIAL.id, "denies", TOLL.id, "its guns had not fired"),
    link(OTHER.id, "differs", TOLL.id, "9 killed ≠ 24 killed"),
)
ECHOES = (EchoRow("a2", "a1", 0.914, "Harbour Wire"),)
ARTICLES = (
    article("a1", "Harbour Post", "2031-05-04"),
    article("a2", "The Lantern", "2031-05-04"),
    article("a3", "The Evening Bell", "2031-05-05"),
    article("a4", "Harbour Post", "2031-09-01"),
)
WARNINGS = (
    WarningRow(
        *("w1aaaaaaaaaaaaaa", "the Truce Office", "that the market would be shelled", "Orvane"),
        *("2031-05-01", "2031-05-08", "followed", (), ("c9", "c8"), ("c1",)),
    ),
)
FIGURES = (
    StoryFigure(
        *("the Lind Register", "killed", 24, 37, "2031-05-04", "2031-05-06", ("a1", "a2", "a3")),
        values=(
            ("2031-05-04", 24, 24, "Harbour Post"),
            ("2031-05-04", 24, 24, "The Lantern"),
            ("2031-05-05", 37, 37, "Harbour Post"),
            ("2031-05-06", 31, 31, "Harbour Post"),
        ),
    ),
    StoryFigure("the governor", "killed", 9, 9, "2031-05-05", "2031-05-05", ("a3",)),
    StoryFigure("the Lind Register", "wounded", 130, None, "2031-05-04", "2031-05-04", ("a1",)),
)
STORY = StoryRow(
    id="5701aaaaaaaaaaaa",
    label="Shells on the market of Orvane, 4 May 2031",
    event_type="ASSAULT",
    place="Orvane",
    lat=35.5,
    lon=36.5,
    first="2031-05-04",
    last="2031-09-01",
    articles=("a1", "a2", "a3", "a4"),
    outlets=("Harbour Post", "The Evening Bell", "The Lantern"),
    claimants=("the Commission on Orvane", "the Lind Register", "the governor", "the ministry"),
    origins=3,
    claims=5,
    denied=True,
    figures=FIGURES,
    findings=(FOUND.id,),
)
