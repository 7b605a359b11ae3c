"""Files of places that users have: what places they hold.

By their content, whatever they are called: a dump of GeoNames (19 columns, tabs between them), a table with columns for
name, latitude and longitude, JSON that holds objects with a name and a point at any depth (lists of places, countries
with their provinces and towns, GeoJSON), or a zip of these. Nothing is trusted: sizes are bounded, and a row that gives
no place is counted and passed over.
"""

from __future__ import annotations

import csv
import io
import json
import math
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from sayso.config import Limits
from sayso.errors import UsageError
from sayso.read.gazetteer import Kind, Known, is_latin

_GEONAMES_COLUMNS = 19
_ROW = 1_000_000  # characters of a row; longer ones are bad
_NAMES = ("name", "asciiname", "name_en", "english", "title", "place", "placename", "place_name", "toponym", "label",
          "city", "town", "village")  # fmt: skip
_OTHERS = ("alternatenames", "alternate_names", "aliases", "alternativenames", "altnames", "asciiname", "name_ascii")
_LAT = ("latitude", "lat", "y", "lat_dd", "latitude_deg")
_LON = ("longitude", "lon", "lng", "long", "x", "lon_dd", "longitude_deg")
_POINTS = ("centroid", "location", "point", "position", "coordinates", "geo")
_COUNTRY = ("countrycode", "country_code", "iso2", "iso_a2", "cc", "country")
_PEOPLE = ("population", "pop", "inhabitants")
_KIND = ("type", "kind", "place_type", "feature_class", "featureclass", "fclass")
_KINDS: dict[str, Kind] = (
    dict.fromkeys(("a", "state", "province", "governorate", "region", "oblast"), "region")  # type: ignore[assignment]
    | dict.fromkeys(("district", "county", "subdistrict", "municipality"), "district")
    | dict.fromkeys(
        ("s", "t", "h", "l", "site", "camp", "hill", "mountain", "river", "airport", "neighbourhood"), "site"
    )
)
_CLASSES: dict[str, Kind] = {"P": "town", "S": "site", "T": "site", "H": "site", "L": "site"}

# What zipfile raises over an archive that is damaged: a name in it may be no UTF-8, a place in it beyond all files.
_DAMAGE = (zipfile.BadZipFile, RuntimeError, EOFError, OSError, UnicodeDecodeError, struct.error, zlib.error)


@dataclass(frozen=True, slots=True)
class Found:
    """A place of a file, and all names that it gives in Latin letters."""

    place: Known
    names: tuple[str, ...]


def places_in(path: Path, limits: Limits, country: str | None = None) -> Iterator[Found | None]:
    """The places of a file; None for each row that should be a place and gives none.

    ``country`` is the ISO 3166 code for places of which the file says none. Raises UsageError for a file that is too
    large or that holds no places in a known form, OSError for one that cannot be read.
    """
    with path.open("rb") as file:
        if zipfile.is_zipfile(file):
            yield from _of_zip(path, file, limits, country)
        else:
            file.seek(0)
            yield from _of_stream(str(path), file, limits, country)


def _of_zip(path: Path, file: BinaryIO, limits: Limits, country: str | None) -> Iterator[Found | None]:
    try:
        with zipfile.ZipFile(file) as archive:
            members = [m for m in archive.infolist() if m.filename[-1:] != "/" and "readme" not in m.filename.lower()]
            if len(members) != 1:
                raise UsageError(f"{path}: expected one file of places in it, got {len(members)}. Unpack it first.")
            with archive.open(members[0]) as member:
                yield from _of_stream(f"{path}!/{members[0].filename}", member, limits, country)
    except _DAMAGE as error:
        raise UsageError(f"{path} is damaged, or packed in a way that is not known: {error}") from error


def _of_stream(name: str, stream: Any, limits: Limits, country: str | None) -> Iterator[Found | None]:
    data = stream.read(limits.places_bytes + 1)  # what is declared may be a lie; what is read is not
    if len(data) > limits.places_bytes:
        raise UsageError(
            f"{name} holds more than {limits.places_bytes:,} bytes. Cut it, or raise SAYSO_LIMIT_PLACES_BYTES."
        )
    text = data.decode("utf-8-sig", errors="replace")
    if text.lstrip()[:1] in ("{", "["):
        yield from _of_json(name, text, country)
    else:
        yield from _of_table(name, text, country)


# JSON


def _of_json(name: str, text: str, country: str | None) -> Iterator[Found | None]:
    try:
        waiting: list[tuple[Any, str | None]] = [(json.loads(text), country)]
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{name} is no valid JSON: {error}") from error
    while waiting:
        node, within = waiting.pop()
        if isinstance(node, list):
            waiting.extend((child, within) for child in reversed(node))
        elif isinstance(node, dict):
            fields = _flat(node)
            within = _country(fields) or within
            if _is_place(fields):
                yield _found(fields, within)
            waiting.extend((child, within) for child in reversed(node.values()) if isinstance(child, dict | list))


def _flat(node: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an object by their lowered names; what GeoJSON and others put one level deeper is among them."""
    fields = {str(key).lower(): value for key, value in node.items()}
    if isinstance(properties := fields.get("properties"), dict):
        fields |= {str(key).lower(): value for key, value in properties.items()}
    geometry = fields.get("geometry")
    if isinstance(geometry, dict) and geometry.get("type") == "Point":
        fields["coordinates"] = geometry.get("coordinates")
    for key in _POINTS:
        match fields.get(key):
            case [lon, lat, *_]:
                fields |= {"lat": lat, "lon": lon}
            case dict(point):
                fields |= {str(k).lower(): v for k, v in point.items() if str(k).lower() in _LAT + _LON}
    return fields


def _is_place(fields: Mapping[str, Any]) -> bool:
    """True for an object with a name and a point that is no country: those are known."""
    named = any(isinstance(fields.get(key), str | dict) for key in _NAMES)
    return named and any(key in fields for key in _LAT) and not ("iso3" in fields or "capital" in fields)


# Tables


def _of_table(name: str, text: str, country: str | None) -> Iterator[Found | None]:
    head = text[: text.find("\n") if "\n" in text else None]
    if head.count("\t") >= _GEONAMES_COLUMNS - 1 and head.split("\t", 1)[0].isdigit():
        yield from (_of_geonames(line, country) for line in text.splitlines() if line.strip())
        return
    delimiter = max("\t,;|", key=head.count)
    columns = [column.strip().lower() for column in head.split(delimiter)]
    columns = [column.strip('"') for column in columns]
    if not (set(columns) & set(_NAMES) and set(columns) & set(_LAT) and set(columns) & set(_LON)):
        raise UsageError(
            f"{name}: no places found. Expected a dump of GeoNames, JSON, GeoJSON, or a table whose first line names "
            f"columns such as name, latitude, longitude; got {head[:80]!r}."
        )
    yield from _of_rows(text, delimiter, columns, country)


def _of_rows(text: str, delimiter: str, columns: list[str], country: str | None) -> Iterator[Found | None]:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    csv.field_size_limit(_ROW)
    first = True
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error:
            yield None
            continue
        if row and not first:
            fields = dict(zip(columns, row, strict=False))
            yield _found(fields, _country(fields) or country)
        first = False


def _of_geonames(line: str, country: str | None) -> Found | None:
    """A row of a dump: geonames.org/export. A class that is no kind of place (roads) is none."""
    row = line.split("\t")
    if len(line) > _ROW or len(row) < _GEONAMES_COLUMNS - 4:
        return None
    kind = _kind_of_class(row[6], row[7])
    fields = {"name": row[1], "asciiname": row[2], "alternatenames": row[3], "lat": row[4], "lon": row[5]}
    fields |= {"geonameid": row[0], "population": row[14]}
    code = row[8] if _is_code(row[8]) else country
    return _found(fields, code, kind, region=f"{code}.{row[10]}" if code and row[10].isalnum() else "")


def _kind_of_class(feature_class: str, feature_code: str) -> Kind:
    if feature_class == "A":
        return "region" if feature_code == "ADM1" else "district"
    return _CLASSES.get(feature_class, "site")


# Both


def _found(fields: Mapping[str, Any], country: str | None, kind: Kind | None = None, region: str = "") -> Found | None:
    names = tuple(dict.fromkeys(_names(fields)))
    lat, lon = _number(fields, _LAT, 90), _number(fields, _LON, 180)
    if not names or lat is None or lon is None:
        return None
    people = _number(fields, _PEOPLE, 10**10) or 0
    place = Known(
        names[0], kind or _kind(fields), country, region, max(0, int(people)), lat, lon, _geonameid(fields)
    )  # fmt: skip
    return Found(place, names)


def _names(fields: Mapping[str, Any]) -> Iterator[str]:
    """The names in Latin letters, the usual one first. What stands behind its comma says where the place lies."""
    for key in (*_NAMES, *_OTHERS):
        listed = (text[:_ROW].replace("|", ",").split(",") for text in _strings(fields.get(key)))
        for name in (name for names in listed for name in (names[:1] if key in _NAMES else names)):
            name = " ".join(name.split())
            if is_latin(name) or (2 < len(name) < 5 and name.isalpha() and name.istitle() and is_latin(f"{name}xx")):
                yield name


def _strings(value: Any) -> Iterable[str]:
    match value:
        case str():
            return [value]
        case list():
            return [text for item in value for text in _strings(item)]
        case {"value": str(text)}:
            return [text]
        case dict():
            return [text for text in value.values() if isinstance(text, str)]
        case _:
            return []


def _number(fields: Mapping[str, Any], keys: Iterable[str], most: float) -> float | None:
    for key in keys:
        value = fields.get(key)
        if isinstance(value, dict):
            value = value.get("value")
        try:
            number = float(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else None
        except (ValueError, OverflowError):
            number = None
        if number is not None and math.isfinite(number) and abs(number) <= most:
            return number
    return None


def _geonameid(fields: Mapping[str, Any]) -> int:
    others = fields.get("externalids")
    value = (
        fields.get("geonameid")
        or fields.get("geonamesid")
        or (others.get("geonames") if isinstance(others, dict) else None)
    )
    text = str(value or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0


def _kind(fields: Mapping[str, Any]) -> Kind:
    for key in _KIND:
        value = fields.get(key)
        if isinstance(value, str) and (kind := _KINDS.get(value.lower())):
            return kind
    return "region" if "cities" in fields or "districts" in fields else "town"


def _country(fields: Mapping[str, Any]) -> str | None:
    for key in _COUNTRY:
        value = fields.get(key)
        if isinstance(value, str) and _is_code(value):
            return value
    return None


def _is_code(value: str) -> bool:
    return len(value) == 2 and value.isascii() and value.isalpha() and value.isupper()
