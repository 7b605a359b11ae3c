"""How far apart two places are, and the cells of a grid that places near one another share."""

from __future__ import annotations

import math
from functools import cache
from importlib.resources import files
from typing import Protocol

_CELL = 1.0  # degrees from one side of a cell to the other; the next begins at its middle
_EARTH = 6371.0  # km


class Located(Protocol):
    """Something with coordinates in degrees, or None for both."""

    @property
    def lat(self) -> float | None:
        """North of the equator."""

    @property
    def lon(self) -> float | None:
        """East of Greenwich."""


def distance(a: Located, b: Located) -> float | None:
    """Kilometres between two places along a great circle; None where one is not known."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    one, other = math.radians(a.lat), math.radians(b.lat)
    half = math.sin((one - other) / 2) ** 2
    half += math.cos(one) * math.cos(other) * math.sin(math.radians(a.lon - b.lon) / 2) ** 2
    return 2 * _EARTH * math.asin(min(1.0, math.sqrt(half)))


def is_large_city(place: Located) -> bool:
    """True of a city of half a million people or more (``cities.txt``, made by ``sayso.train.gazetteer`` of GeoNames,
    CC BY 4.0)."""
    return place.lat is not None and place.lon is not None and (round(place.lat, 1), round(place.lon, 1)) in _large()


@cache
def _large() -> frozenset[tuple[float, float]]:
    lines = files("sayso").joinpath("link/cities.txt").read_text("ascii").splitlines()
    return frozenset((float(lat), float(lon)) for lat, lon in map(str.split, lines))


def cells(lat: float, lon: float) -> list[tuple[int, int]]:
    """The four cells in which a place lies. Two places within half a degree north and east of each other share one,
    and none that are a degree apart do."""
    row, column = math.floor(lat / _CELL * 2), math.floor(lon / _CELL * 2)
    around = round(360 / _CELL * 2)
    return [(r, c % around) for r in (row - 1, row) for c in (column - 1, column)]
