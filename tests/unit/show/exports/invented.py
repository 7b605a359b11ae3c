"""An invented story for the exports: shells on a market, a toll, a denial, a planned attack, a body's finding."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any, BinaryIO

from sayso.show.exports.material import Found, Party, Told, ToldStory
from sayso.types import ArticleRow, ClaimRow, Event, Figure, Place, Span, StoryFigure, StoryRow

TEXT = (
    "Shells on Orvane\n\nMara Lind of the Register said that the army had shelled the market, killing 24 people. 🙂 "
    "The ministry denied it."
)
SHELLED = "that the army had shelled the market, killing 24 people"
ARTICLE = ArticleRow(
    *("60eca166d4832a62", "reports/a.txt", "Harbour Post", "Shells on Orvane", "2031-05-04T10:00:00+00:00"),
    *("https://harbour.example/shells", "en", 21, None, "5701aaaaaaaaaaaa"),
)
ORVANE = Place(Span(10, 16, "Orvane"), "Orvane", "QK", -35.5, 36.5, "region", 7)


def span(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words), words)


def shelling(certainty: Any = "happened") -> Event:
    acled = "Explosions/Remote violence: Shelling/artillery/missile attack"
    return Event(span("shelled"), "ASSAULT", certainty, (span("the army"),), (), 0, None, "a1", 0.9, acled)


def told(id: str = "c1aaaaaaaaaaaaaa", words: str = SHELLED, text: str = TEXT, **more: Any) -> Told:
    """A claim by Mara Lind in the article; ``more`` are other values of the claim's row."""
    values: dict[str, Any] = {
        "article": ARTICLE.id,
        "outlet": "Harbour Post",
        "published": ARTICLE.published,
        "claimant": "Mara Lind",
        "chain": ("Harbour Post", "Mara Lind"),
        "stance": "asserts",
        "text": words,
        "spans": (span(words, text),),
        "event_type": "ASSAULT",
        "certainty": "happened",
        "place": "Orvane",
        "lat": -35.5,
        "lon": 36.5,
        "date": "2031-05-03",
        "figures": (Figure(24, 24, "killed", "people"),),
        "evidence": (),
        "story": "5701aaaaaaaaaaaa",
        "origin": None,
        "echo_of": None,
        "confidence": 0.9,
        "decision": None,
    }
    claim = ClaimRow(id=id, **values | more)
    party = Party("4d60921c06166c9b", claim.claimant, "person") if claim.claimant else None
    return Told(claim, ARTICLE, text, party, shelling(), ("the army",), ("24 people",), ORVANE)


CLAIM = told()
DENIAL = replace(
    told("c2aaaaaaaaaaaaaa", "it", claimant="The ministry", chain=("Harbour Post", "The ministry"), stance="denies"),
    claimant=Party("5d60921c06166c9b", "The ministry", "organisation"),
    event=shelling("denied"),
    actors=("nobody",),
)
PLANNED = replace(told("c3aaaaaaaaaaaaaa", stance="plans"), event=shelling("planned"))
UNNAMED = told("c4aaaaaaaaaaaaaa", claimant=None, chain=("Harbour Post", None), echo_of="c1aaaaaaaaaaaaaa")
VAGUE = replace(
    told("c5aaaaaaaaaaaaaa", lat=None, lon=None, place="the hills", date=None, event_type=None, story=None),
    event=None, place=None,
)  # fmt: skip
CLAIMS = (CLAIM, DENIAL, PLANNED, UNNAMED, VAGUE)

BODY = replace(
    told("f1aaaaaaaaaaaaaa", claimant="the Commission on Orvane", chain=("the Commission on Orvane",)),
    claimant=Party("6d60921c06166c9b", "the Commission on Orvane", "organisation"),
    article=replace(ARTICLE, id="70eca166d4832a62", outlet="the Commission on Orvane", published="2031-09-01"),
)
FOUND = Found(BODY, CLAIM, "the market of Orvane")

FIGURES = (
    StoryFigure("Mara Lind", "killed", 24, 37, "2031-05-04", "2031-05-06", ("60eca166d4832a62",)),
    StoryFigure("the governor", "killed", 9, None, "2031-05-05", "2031-05-05", ("60eca166d4832a62",)),
    StoryFigure("Mara Lind", "wounded", 130, None, "2031-05-04", "2031-05-04", ("60eca166d4832a62",)),
    StoryFigure("the governor", "killed", 2, 2, "2031-05-05", "2031-05-05", ("60eca166d4832a62",), who="children"),
)
ROW = StoryRow(
    *("5701aaaaaaaaaaaa", "Shelling reported in Orvane, 3 May 2031", "ASSAULT", "Orvane", -35.5, 36.5),
    *("2031-05-03", "2031-05-06", ("60eca166d4832a62",), ("Harbour Post", "The Lantern")),
    *(("Mara Lind", "The ministry"), 1, 4, True, FIGURES, ("f1aaaaaaaaaaaaaa",)),
)
STORY = ToldStory(ROW, CLAIMS[:4], "SY", "Kestavia")
NOWHERE = ToldStory(
    replace(ROW, id="5702aaaaaaaaaaaa", lat=None, lon=None, place=None, first=None, event_type=None, figures=()),
    (VAGUE,),
    None,
    None,
)  # fmt: skip
STORIES = (STORY, NOWHERE)


def bytes_of(write: Callable[..., None], *what: Any) -> bytes:
    out = io.BytesIO()
    write(*what, out)
    assert not out.closed
    return out.getvalue()


def text_of(write: Callable[..., None], *what: Any) -> str:
    return bytes_of(write, *what).decode("utf-8")


Writer = Callable[[BinaryIO], None]
