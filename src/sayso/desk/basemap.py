"""The map beneath a story's places: the land and borders of Natural Earth, and the towns of Sayso's gazetteer.

Both lie on this machine. Natural Earth (public domain) comes as the TopoJSON of the package world-atlas: arcs of points
that are shared by the countries on either side, as steps on a grid.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any

from sayso.read.gazetteer import TABLE

BORDERS = Path(__file__).with_name("static") / "vendor" / "countries-50m.json"

Ring = tuple[tuple[float, float], ...]
"""Points as (longitude, latitude), the last as the first."""

_EARTH = 6371.0  # km
_TOWN = 15_000  # people: smaller ones are left out
_PART = 1 << 20  # bytes of the gazetteer


@dataclass(frozen=True, slots=True)
class Country:
    """A country's name in English, and its outlines: for each part the outer ring, then those of what lies within."""

    name: str
    parts: tuple[tuple[Ring, ...], ...]


@dataclass(frozen=True, slots=True)
class Town:
    """A town of the gazetteer; ``region`` as GeoNames codes it ("SY.12")."""

    name: str
    region: str
    people: int
    lat: float
    lon: float
    capital: bool


@dataclass(frozen=True, slots=True)
class Window:
    """What of the world is shown, in degrees."""

    west: float
    south: float
    east: float
    north: float

    def has(self, lat: float, lon: float) -> bool:
        """True for what lies within."""
        return self.south <= lat <= self.north and self.west <= lon <= self.east

    def meets(self, ring: Ring) -> bool:
        """False for a ring that lies wholly outside."""
        lons, lats = [lon for lon, _ in ring], [lat for _, lat in ring]
        across = min(lons) <= self.east and max(lons) >= self.west
        return across and min(lats) <= self.north and max(lats) >= self.south


def km(lat: float, lon: float, to_lat: float, to_lon: float) -> float:
    """The distance between two places in kilometres (haversine)."""
    up, across = radians(to_lat - lat) / 2, radians(to_lon - lon) / 2
    squared = sin(up) ** 2 + cos(radians(lat)) * cos(radians(to_lat)) * sin(across) ** 2
    return 2 * _EARTH * asin(min(1.0, sqrt(squared)))


@lru_cache(maxsize=1)
def countries() -> tuple[Country, ...]:
    """All countries, as Natural Earth draws them at 1:50 million."""
    topology = json.loads(BORDERS.read_text("utf-8"))
    arcs = _arcs(topology)
    return tuple(
        Country(shape["properties"]["name"], tuple(_parts(shape, arcs)))
        for shape in topology["objects"]["countries"]["geometries"]
        if shape.get("arcs")
    )


def _arcs(topology: dict[str, Any]) -> list[Ring]:
    """Each arc as points: the file has its first point and the steps from each to the next, on a grid."""
    (x_step, y_step), (x_start, y_start) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        points = []
        for across, up in steps:
            x, y = x + across, y + up
            points.append((round(x * x_step + x_start, 4), round(y * y_step + y_start, 4)))
        arcs.append(tuple(points))
    return arcs


def _parts(shape: dict[str, Any], arcs: Sequence[Ring]) -> Iterator[tuple[Ring, ...]]:
    parts = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
    for part in parts:
        yield tuple(_ring(numbers, arcs) for numbers in part)


def _ring(numbers: Iterable[int], arcs: Sequence[Ring]) -> Ring:
    """Arcs end to end; a negative number is an arc the other way round, and two that meet share a point."""
    points: list[tuple[float, float]] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return tuple(points)


@lru_cache(maxsize=1)
def borders_as_geojson() -> bytes:
    """All countries as a GeoJSON FeatureCollection, with their names."""
    features = (
        {
            "type": "Feature",
            "properties": {"name": country.name},
            "geometry": {"type": "MultiPolygon", "coordinates": country.parts},
        }
        for country in countries()
    )
    made = {"type": "FeatureCollection", "features": list(features)}
    return json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode()


# As sayso.read.gazetteer says: key, name, kind (P: a town, Q: a capital), country, region, people, …
_LINE = re.compile(rb"\n[^\t\n]*\t([^\t\n]+)\t([PQ])\t[A-Z]*\t([^\t\n]*)\t(\d{5,})\t(-?[\d.]+)\t(-?[\d.]+)\t(\d+)")


@lru_cache(maxsize=1)
def towns() -> tuple[Town, ...]:
    """The towns of the shipped gazetteer that have at least 15,000 people, the largest first."""
    found: dict[bytes, Town] = {}
    for name, kind, region, people, lat, lon, number in _lines():
        if number not in found and int(people) >= _TOWN:
            place = (int(people), float(lat), float(lon))
            found[number] = Town(name.decode(), region.decode(), *place, kind == b"Q")
    return tuple(sorted(found.values(), key=lambda town: (-town.people, town.name)))


def _lines() -> Iterator[tuple[bytes, ...]]:
    """What ``_LINE`` finds in the gazetteer; a part at a time, as nobody is answered while it looks."""
    table, at = b"\n" + gzip.decompress(TABLE.read_bytes()), 0
    while at >= 0:
        end = table.find(b"\n", at + _PART)
        yield from _LINE.findall(table, at, len(table) if end < 0 else end)
        at = end


def load_maps() -> None:
    """Read what all maps are drawn from, and keep it."""
    towns()
    borders_as_geojson()


def towns_in(window: Window, most: int) -> list[Town]:
    """The largest towns within ``window``, at most so many."""
    inside = (town for town in towns() if window.has(town.lat, town.lon))
    return [town for town, _ in zip(inside, range(most), strict=False)]


@lru_cache(maxsize=256)
def extent(region: str, lat: float, lon: float) -> float | None:
    """How far from its middle a region goes, in km: as far as nine tenths of its towns lie. None with too few towns."""
    far = sorted(km(lat, lon, town.lat, town.lon) for town in towns() if town.region == region)
    return far[len(far) * 9 // 10] if len(far) >= 3 else None
