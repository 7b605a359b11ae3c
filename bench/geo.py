"""Whether the places of a reading are those that people marked in GeoWebNews and LGL, and lie where people put them.

Half of the articles count, by a hash of the article's text; the rules were tuned on the other half. This is what is
measured:

- A *toponym* is what is marked with coordinates, at offsets that hold its words. Both mark more than a reading is to
  give: adjectives ("Danish"), and GeoWebNews names within other names ("Kentucky Derby"); they count like all others.
- *Toponym recall*: the share of toponyms that one of the reading's places touches.
- *Within 161 km*: the share of toponyms so touched for which that place lies within 161 km (100 miles, the usual mark)
  of where people put them. A place without coordinates is as wrong as one that lies elsewhere.
- *(names)*: the same without adjectives, and without what GeoWebNews marks as a part of another name.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal
from xml.etree import ElementTree

from sayso.read.demonyms import COUNTRY_OF
from sayso.types import Place

GWN, LGL = "GWN.xml", "lgl.xml"
NEAR = 161.0  # kilometres

Half = Literal["reported", "tuned"]


@dataclass(frozen=True, slots=True)
class Toponym:
    """A marked place: offsets into its article's text, degrees north and east. ``name`` is False for an adjective and
    for a part of another name."""

    start: int
    end: int
    lat: float
    lon: float
    name: bool


@dataclass(frozen=True, slots=True)
class Marked:
    """An article and its toponyms."""

    text: str
    toponyms: tuple[Toponym, ...]

    @property
    def half(self) -> Half:
        """Which half of the articles this one is in: the parity of its hash."""
        return "reported" if sha256(self.text.encode()).digest()[0] % 2 else "tuned"


@dataclass(slots=True)
class Counted:
    """How many toponyms there are, were touched, and were touched by a place that lies near enough."""

    marked: int = 0
    touched: int = 0
    near: int = 0

    def add(self, toponym: Toponym, places: Iterable[Place]) -> None:
        """Count one toponym against the places of its article."""
        touching = [p for p in places if p.span.start < toponym.end and toponym.start < p.span.end]
        self.marked += 1
        self.touched += bool(touching)
        self.near += any(is_near(place, toponym) for place in touching)

    @property
    def recall(self) -> float:
        """Per cent of the toponyms."""
        return 100 * self.touched / self.marked if self.marked else 0.0

    @property
    def within(self) -> float:
        """Per cent of those touched."""
        return 100 * self.near / self.touched if self.touched else 0.0


def articles(folder: Path) -> list[Marked]:
    """The articles of both corpora."""
    return [*_marked(folder / GWN, _of_gwn), *_marked(folder / LGL, _of_lgl)]


def figures(read: Iterable[tuple[Marked, Iterable[Place]]]) -> dict[str, float]:
    """The figures, in per cent, of articles and the places that a reading gives each."""
    every, names = Counted(), Counted()
    for article, places in read:
        held = list(places)
        for toponym in article.toponyms:
            every.add(toponym, held)
            if toponym.name:
                names.add(toponym, held)
    return {
        "toponym recall": every.recall,
        "within 161 km": every.within,
        "toponym recall (names)": names.recall,
        "within 161 km (names)": names.within,
    }


def is_near(place: Place, toponym: Toponym) -> bool:
    """True where the two lie within ``NEAR`` of each other, on a sphere."""
    if place.lat is None or place.lon is None:
        return False
    north, other = math.radians(place.lat), math.radians(toponym.lat)
    east = math.radians(place.lon - toponym.lon)
    half = math.sin((north - other) / 2) ** 2 + math.cos(north) * math.cos(other) * math.sin(east / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(min(1.0, half))) <= NEAR


def _marked(path: Path, toponym_of: Callable[[str, ElementTree.Element], Toponym | None]) -> Iterator[Marked]:
    for article in ElementTree.parse(path).getroot().iter("article"):
        text = article.findtext("text") or ""
        found = (toponym_of(text, element) for element in article.iter("toponym"))
        yield Marked(text, tuple(toponym for toponym in found if toponym))


def _of_gwn(text: str, element: ElementTree.Element) -> Toponym | None:
    words, kind = element.findtext("extractedName") or "", element.findtext("type") or ""
    name = not kind.startswith("Embedded") and words not in COUNTRY_OF
    return _toponym(text, words, element, element.findtext("latitude"), element.findtext("longitude"), name=name)


def _of_lgl(text: str, element: ElementTree.Element) -> Toponym | None:
    words = element.findtext("phrase") or ""
    lat, lon = element.findtext("gaztag/lat"), element.findtext("gaztag/lon")
    return _toponym(text, words, element, lat, lon, name=words not in COUNTRY_OF)


def _toponym(
    text: str, words: str, element: ElementTree.Element, lat: str | None, lon: str | None, *, name: bool
) -> Toponym | None:
    """None for what has no coordinates, or does not stand where it is said to."""
    start, end = int(element.findtext("start") or 0), int(element.findtext("end") or 0)
    if not lat or not lon or text[start:end] != words:
        return None
    return Toponym(start, end, float(lat), float(lon), name)
