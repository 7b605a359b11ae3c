"""Who is who in a story's pictures: each party has a colour and a shape of its own, the same in all of them."""

from __future__ import annotations

from collections.abc import Iterable
from math import cos, pi, sin

from markupsafe import Markup

from sayso.desk.charts.drawing import path, tag

COLOURS = 8  # as charts.css has them: k0 to k7
_SIZE = 5.0  # pixels from the middle of a shape to its edge

Point = tuple[float, float]


def _polygon(corners: int, turned: float, size: float = 1) -> tuple[Point, ...]:
    steps = (2 * pi * (number + turned) / corners for number in range(corners))
    return tuple((size * sin(angle), -size * cos(angle)) for angle in steps)


def _star(points: int, inner: float) -> tuple[Point, ...]:
    outer, between = _polygon(points, 0, 1.25), _polygon(points, 0.5, inner)
    return tuple(corner for pair in zip(outer, between, strict=True) for corner in pair)


_ARM = 0.36
_PLUS = (
    (-_ARM, -1.1), (_ARM, -1.1), (_ARM, -_ARM), (1.1, -_ARM), (1.1, _ARM), (_ARM, _ARM),
    (_ARM, 1.1), (-_ARM, 1.1), (-_ARM, _ARM), (-1.1, _ARM), (-1.1, -_ARM), (-_ARM, -_ARM),
)  # fmt: skip
_CROSS = tuple(((x - y) * 0.75, (x + y) * 0.75) for x, y in _PLUS)
_SHAPES: tuple[tuple[Point, ...], ...] = (
    _polygon(24, 0),  # a disc
    _polygon(4, 0.5, 1.25),  # a square
    _polygon(3, 0, 1.3),  # a triangle
    _polygon(4, 0, 1.3),  # a diamond
    _PLUS,
    _polygon(3, 0.5, 1.3),  # a triangle that stands on its tip
    _star(5, 0.55),
    _CROSS,
)


class Keys:
    """The colour and shape of each party, by its name; nobody's (None) is a ring."""

    def __init__(self, names: Iterable[str | None]) -> None:
        """The first names have the colours and shapes that differ most."""
        self._number = {name: number for number, name in enumerate(dict.fromkeys(n for n in names if n))}

    def colour(self, name: str | None) -> str:
        """The class of a party's colour; "kx" for those that have none."""
        number = self._number.get(name) if name else None
        return "kx" if number is None else f"k{number % COLOURS}"

    def shape(self, name: str | None, x: float, y: float, kind: str = "", size: float = _SIZE) -> Markup:
        """A party's sign at a place."""
        number = self._number.get(name) if name else None
        kind = f"key {self.colour(name)} {kind}".strip()
        if number is None:
            return tag("circle", cx=x, cy=y, r=size * 0.85, class_=kind)
        # Past the eighth, colours come again with other shapes; past the sixty-fourth, both.
        corners = _SHAPES[(number + number // COLOURS) % len(_SHAPES)]
        return tag("path", d=path((x + size * a, y + size * b) for a, b in corners) + "Z", class_=kind)

    def sign(self, name: str | None) -> Markup:
        """A party's sign as a small picture of its own, to stand before its name."""
        return tag(
            "svg", self.shape(name, 8, 8), class_="sign", viewBox="0 0 16 16", width=16, height=16, aria_hidden="true"
        )
