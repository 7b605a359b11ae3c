"""Small synthetic readings for tests: an article whose facts are given by the words that carry them."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from sayso.types import (
    Article,
    Attribution,
    Casualty,
    Date,
    Evidence,
    Place,
    Provenance,
    Quarantined,
    Reading,
    Received,
    Span,
    Voice,
)

LOCAL = Provenance(sayso="0.1.0", model="small-1 0a1b2c3d", reader="local")
NEWER = replace(LOCAL, model="small-2 4e5f6071")


def received(
    text: str,
    *,
    outlet: str | None = "Harbour Post",
    published: str | None = "2031-05-04",
    location: str = "reports/one.txt",
    title: str | None = None,
) -> Received:
    data = text.encode("utf-8", "surrogatepass")
    sha256 = hashlib.sha256(data).hexdigest()
    article = Article(
        id=sha256[:16],
        sha256=sha256,
        location=location,
        outlet=outlet,
        title=title,
        published=published,
        url=None,
        language="en",
        text=text,
    )
    return Received(article, data)


def span(text: str, words: str) -> Span:
    """The first place where ``words`` stand in ``text``."""
    start = text.index(words)
    return Span.of(text, start, start + len(words))


class Builder:
    """Builds the reading of one article, fact by fact."""

    def __init__(self, item: Received, provenance: Provenance = LOCAL) -> None:
        self.text = item.article.text
        empty: tuple[()] = ()
        self.reading = Reading(item.article, empty, empty, empty, empty, empty, empty, empty, empty, provenance)

    def says(
        self,
        claimant: str | None,
        *content: str,
        cue: str | None = None,
        within: str | None = None,
        stance: str = "asserts",
        confidence: float = 0.9,
    ) -> str:
        number = f"a{len(self.reading.attributions) + 1}"
        made = Attribution(
            id=number,
            source=span(self.text, claimant) if claimant and claimant in self.text else None,
            cue=span(self.text, cue) if cue else None,
            content=tuple(span(self.text, piece) for piece in content),
            within=within,
            kind="indirect",
            stance=stance,
            claimant=claimant,
            confidence=confidence,
        )
        self._add("attributions", made)
        return number

    def accuses(self, words: str, confidence: float = 0.7) -> None:
        self._add("voice", Voice(span(self.text, words), "accusation", confidence))

    def labels(self, words: str) -> None:
        self._add("voice", Voice(span(self.text, words), "label", 0.7))

    def killed(self, words: str, number: int, attribution: str | None = None) -> None:
        self._add("casualties", Casualty(span(self.text, words), number, number, "killed", "civilians", attribution))

    def place(self, words: str, precision: str = "town", lat: float | None = 35.5, lon: float | None = 36.5) -> None:
        self._add("places", Place(span(self.text, words), words, None, lat, lon, precision, None))

    def date(self, words: str, value: str | None) -> None:
        self._add("dates", Date(span(self.text, words), value, "day"))

    def rests_on(self, words: str, kind: str, attribution: str | None = None) -> None:
        self._add("evidence", Evidence(span(self.text, words), kind, attribution))

    def _add(self, field: str, item: object) -> None:
        self.reading = replace(self.reading, **{field: (*getattr(self.reading, field), item)})


def simple(
    number: int = 1,
    *,
    claimant: str = "the ministry",
    outlet: str | None = "Harbour Post",
    published: str | None = "2031-05-04",
    provenance: Provenance = LOCAL,
) -> tuple[Received, Reading]:
    """An article in which ``claimant`` says that shells fell on Orvane, and its reading."""
    text = f"Report {number}.\n\nIn the town, {claimant} said that {number} shells fell on Orvane."
    item = received(text, outlet=outlet, published=published, location=f"reports/{number}.txt")
    build = Builder(item, provenance)
    build.says(claimant, f"{number} shells fell on Orvane", cue="said")
    build.place("Orvane")
    return item, build.reading


def set_aside(location: str = "reports/bad.txt", reason: str = "the file is empty", **more: object) -> Quarantined:
    return Quarantined(location, None, reason, "2031-05-04T10:00:00+00:00", **more)
