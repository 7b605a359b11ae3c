"""A map that needs no script: land, borders, towns, and the places of a story as exactly as they are known.

A site or a town is a point. A district or region is a circle as wide as the region, a country a tint.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import asinh, cos, radians, tan

from markupsafe import Markup

from sayso.desk.basemap import Country, Ring, Town, Window, km
from sayso.desk.charts.drawing import Box, Canvas, Drawing, box_of, linked, path, tag
from sayso.types import Precision

_NEAR = 600.0  # km: what is farther from the first place than this is listed, not drawn
_LEAST = 1.1  # degrees from the middle to the edge, at least
_ROOM = 1.35  # how much larger than its places a map is
_DEGREE = 111.2  # km from one degree of latitude to the next
_TOWN = 11


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with its number in the list beside the map, how exactly it is known, how far a region goes from its
    middle (km), and where its sign leads."""

    number: int
    name: str
    lat: float
    lon: float
    precision: Precision
    km: float | None = None
    href: str = ""


def near(spots: Sequence[Spot]) -> list[Spot]:
    """Those of the places that fit on one map with the first."""
    return [spot for spot in spots if km(spots[0].lat, spots[0].lon, spot.lat, spot.lon) <= _NEAR]


def window(spots: Sequence[Spot], shape: float) -> Window:
    """What is shown of the world so that these (at least one) fit; ``shape`` is the width in terms of the height."""
    reach = [(spot.lat, spot.lon, (spot.km or 0) / _DEGREE) for spot in spots]
    south, north = min(lat - r for lat, _, r in reach), max(lat + r for lat, _, r in reach)
    middle = (south + north) / 2
    squeeze = max(0.2, cos(radians(middle)))  # a degree of longitude, in degrees of latitude
    west = min(lon - r / squeeze for _, lon, r in reach)
    east = max(lon + r / squeeze for _, lon, r in reach)
    half = max(_LEAST, _ROOM * (north - south) / 2, _ROOM * (east - west) * squeeze / 2 / shape)
    across = half * shape / squeeze
    centre = (west + east) / 2
    return Window(centre - across, max(-84.0, middle - half), centre + across, min(84.0, middle + half))


def place_map(
    spots: Sequence[Spot], shown: Window, borders: Iterable[Country], towns: Iterable[Town], *, width: int, height: int
) -> Drawing:
    """The map of ``shown``, so large."""
    canvas = Canvas("map", "Map of the places", "; ".join(f"{spot.number}: {spot.name}" for spot in spots))
    to_xy = _projection(shown, width, height)
    canvas.add(tag("rect", x=0, y=0, width=width, height=height, class_="sea"))
    for country in borders:
        if land := "".join(_outlines(country, shown, to_xy)):
            canvas.add(tag("path", d=land, class_="land"))
    frame = Box(2, 2, width - 2, height - 2)
    taken: list[Box] = []
    for spot in reversed(spots):  # the first on top
        x, y = to_xy(spot.lon, spot.lat)
        canvas.add(linked(tag("g", tag("title", spot.name), *_sign(spot, to_xy)), spot.href))
        taken.append(Box(x - 10, y - 10, x + 10, y + 10))
    for spot in spots:
        _name(canvas, spot.name, to_xy(spot.lon, spot.lat), 12, "place", taken, frame)
    named = {spot.name for spot in spots}
    for town in towns:
        x, y = to_xy(town.lon, town.lat)
        if town.name in named or any(Box(x - 3, y - 3, x + 3, y + 3).meets(box) for box in taken):
            continue
        if _name(canvas, town.name, (x, y), _TOWN, "quiet", taken, frame):
            canvas.add(tag("circle", cx=x, cy=y, r=2, class_="town"))
    return canvas.done(width, height)


def _projection(shown: Window, width: float, height: float) -> Callable[[float, float], tuple[float, float]]:
    """Mercator's: from longitude and latitude to a place on the picture."""
    top, bottom = asinh(tan(radians(shown.north))), asinh(tan(radians(shown.south)))

    def to_xy(lon: float, lat: float) -> tuple[float, float]:
        up = asinh(tan(radians(max(-85.0, min(85.0, lat)))))
        return width * (lon - shown.west) / (shown.east - shown.west), height * (top - up) / (top - bottom)

    return to_xy


def _outlines(country: Country, shown: Window, to_xy: Callable[[float, float], tuple[float, float]]) -> Iterator[str]:
    """The parts of a country that are seen, cut off somewhat beyond the edges."""
    wide, high = (shown.east - shown.west) / 4, (shown.north - shown.south) / 4
    beyond = Window(shown.west - wide, shown.south - high, shown.east + wide, shown.north + high)
    for part in country.parts:
        for ring in part:
            if beyond.meets(ring) and (seen := _clipped(ring, beyond)):
                yield path(to_xy(*point) for point in seen) + "Z"


def _clipped(ring: Ring, to: Window) -> Ring:
    """What of a ring lies within a window (Sutherland and Hodgman, 1974): edge by edge."""
    edges: tuple[tuple[int, float, int], ...] = ((0, to.west, 1), (0, to.east, -1), (1, to.south, 1), (1, to.north, -1))
    points = list(ring)
    for axis, limit, sign in edges:
        kept: list[tuple[float, float]] = []
        for before, point in zip((points[-1:] + points), points, strict=False):
            was, now = sign * (before[axis] - limit) >= 0, sign * (point[axis] - limit) >= 0
            if was != now:
                share = (limit - before[axis]) / (point[axis] - before[axis])
                kept.append((before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])))
            if now:
                kept.append(point)
        points = kept
        if not points:
            return ()
    return tuple(points)


def _sign(spot: Spot, to_xy: Callable[[float, float], tuple[float, float]]) -> Iterator[Markup]:
    """A disc with the place's number; around it, for a region, a circle as large as the region."""
    x, y = to_xy(spot.lon, spot.lat)
    if spot.precision == "region" and spot.km:
        _, edge = to_xy(spot.lon, spot.lat + spot.km / _DEGREE)
        yield tag("circle", cx=x, cy=y, r=y - edge, class_="around")
    exact = spot.precision in ("site", "town")
    yield tag("circle", cx=x, cy=y, r=9, class_="spot" if exact else "spot about")
    yield tag("text", str(spot.number), x=x, y=y + 4, text_anchor="middle", class_="t11 badge")


def _name(
    canvas: Canvas, name: str, at: tuple[float, float], size: int, kind: str, taken: list[Box], frame: Box
) -> bool:
    """Write a name beside its place where nothing is yet; False where there is no room."""
    x, y = at
    gap = 13 if size > _TOWN else 5
    sides = ((x + gap, y + 4, "start"), (x - gap, y + 4, "end"), (x, y - gap, "middle"), (x, y + gap + 8, "middle"))
    for left, base, anchor in sides:
        box = box_of(left, base, name, anchor=anchor, size=size)
        within = (
            frame.left <= box.left and box.right <= frame.right and frame.top <= box.top and box.bottom <= frame.bottom
        )
        if within and not any(box.meets(other, 2) for other in taken):
            taken.append(canvas.text(left, base, name, kind, anchor=anchor, size=size))
            return True
    return False
