"""A canvas for one picture: elements that are escaped as they are added, and the boxes of its labels.

Lengths are in pixels of a picture that is shown at its own size; y grows downwards.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from sayso.desk.showing import shown

TEXT = 12  # pixels: the size of a label, if nothing else is said

# As a share of the size: what a letter of a system's sans-serif takes on average, a little more than most have.
_LETTER, _CAPITAL, _NARROW, _WIDE = 0.56, 0.7, 0.31, 1.05
_THIN = frozenset("iljftrI.,:;'|!()[] -’‘·")
# What XML can't hold, escaped or not.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box, gap: float = 0) -> bool:
        """True where the two have something in common, or less than ``gap`` between them."""
        across = self.left < other.right + gap and other.left < self.right + gap
        return across and self.top < other.bottom + gap and other.top < self.bottom + gap


@dataclass(frozen=True, slots=True)
class Label:
    """Text of a picture, and where it stands at most."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture that is done: SVG to be put into a page as it is, its size, and its labels."""

    svg: Markup
    width: int
    height: int
    labels: tuple[Label, ...]


class Canvas:
    """What a picture is drawn on: elements in their order, and the labels."""

    def __init__(self, kind: str, title: str, said: str = "") -> None:
        """``kind`` is the picture's class; ``title`` its name and ``said`` its account, for those who can't see it."""
        self._head = (kind, title, said)
        self._parts: list[Markup] = []
        self._labels: list[Label] = []

    def add(self, *parts: Markup) -> None:
        """Put elements on top of those that are there."""
        self._parts.extend(parts)

    def text(
        self, x: float, y: float, words: str, kind: str = "", *, anchor: str = "start", size: int = TEXT, href: str = ""
    ) -> Box:
        """A line of text with its baseline at ``y``; ``anchor`` is start, middle or end. The box that it takes."""
        there = box_of(x, y, words, anchor=anchor, size=size)
        self._labels.append(Label(words, there))
        made = tag("text", words, x=x, y=y, class_=f"t{size} {kind}".strip(), text_anchor=anchor)
        self.add(linked(made, href))
        return there

    def done(self, width: float, height: float) -> Drawing:
        """The picture, so wide and high."""
        kind, title, said = self._head
        w, h = round(width), round(height)
        named = [tag("title", title), *([tag("desc", said)] if said else [])]
        svg = tag(
            "svg", *named, *self._parts, class_=f"chart {kind}", viewBox=f"0 0 {w} {h}", width=w, height=h,
            role="group" if "<a " in "".join(self._parts) else "img", xmlns="http://www.w3.org/2000/svg",
        )  # fmt: skip
        return Drawing(svg, w, h, tuple(self._labels))


def tag(element: str, *inside: Markup | str, **attributes: str | float | None) -> Markup:
    """An element; texts and attributes escaped. ``class_`` is class, ``stroke_width`` stroke-width; None: left out."""
    given = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{_attribute(value)}"'
        for name, value in attributes.items()
        if value is not None
    )
    body = "".join(part if isinstance(part, Markup) else _escaped(part) for part in inside)
    return Markup(f"<{element}{given}>{body}</{element}>" if body else f"<{element}{given}/>")


def _attribute(value: str | float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".") if isinstance(value, float) else _escaped(str(value))


def _escaped(words: str) -> str:
    return str(escape(_NOT_XML.sub("\ufffd", shown(words))))


def linked(made: Markup, href: str) -> Markup:
    """An element as a link; as it is without an address. Another site isn't told where its visitor comes from."""
    away = href.startswith(("http:", "https:"))
    return tag("a", made, href=href, rel="noreferrer noopener" if away else None) if href else made


def path(points: Iterable[tuple[float, float]]) -> str:
    """The data of a path of straight lines through the points."""
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def width_of(words: str, size: int = TEXT) -> float:
    """How wide a line of text is at most, or nearly so, in whichever sans-serif the reader's system has."""
    return size * sum(map(_share, words))


def _share(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0
    if unicodedata.east_asian_width(letter) in "WF":
        return _WIDE
    if letter in _THIN:
        return _NARROW
    return _CAPITAL if letter.isupper() or letter in "mwMW%≥≤→" else _LETTER


def box_of(x: float, y: float, words: str, *, anchor: str = "start", size: int = TEXT) -> Box:
    """Where a line of text with its baseline at ``y`` stands."""
    width = width_of(words, size)
    left = x - {"start": 0, "middle": width / 2, "end": width}[anchor]
    return Box(left, y - 0.8 * size, left + width, y + 0.22 * size)


def cut(words: str, width: float, size: int = TEXT) -> str:
    """``words`` on one line of at most so many pixels, with an ellipsis where something is left out."""
    said = " ".join(words.split())
    if width_of(said, size) <= width:
        return said
    room, kept = width - width_of("…", size), 0
    for letter in said:
        room -= size * _share(letter)
        if room < 0:
            break
        kept += 1
    return said[:kept].rstrip() + "…"


def apart(wanted: list[float], step: float, top: float, bottom: float) -> list[float]:
    """Places near the wanted ones (sorted), at least ``step`` from each other, between ``top`` and ``bottom`` as long
    as there is room."""
    placed: list[float] = []
    for place in wanted:
        placed.append(max(place, placed[-1] + step if placed else top))
    limit = bottom
    for number in range(len(placed) - 1, -1, -1):
        if placed[number] <= limit:
            break
        placed[number] = limit
        limit -= step
    return placed
