"""Names of places and what they may denote, looked up in one compressed, sorted table.

The shipped table (``places.tsv.gz``, made by ``sayso.train.gazetteer``) holds one line for each spelling of each place:
``key, name, kind, country, region, population, latitude, longitude, GeoNames id``. It is decompressed once and searched
as bytes; nothing is parsed before it is asked for, so loading costs a tenth of a second and little more memory than the
table itself. Data: GeoNames (CC BY 4.0).

A name is looked up by its plain key (letters without case, accents, apostrophes and hyphens) and, where that finds
nothing, by its loose key, which also forgets what differs between two romanisations of one name: "Khan Sheikhoun" and
"Khān Shaykhūn". Loose keys exist only in countries that write without all vowels, where such spellings abound.
"""

from __future__ import annotations

import gzip
import re
import unicodedata
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from sayso.errors import SaysoError

Kind = Literal["town", "site", "region", "district", "country", "world"]

TABLE = Path(__file__).with_name("places.tsv.gz")
_STEP = 4096  # bytes between two entries of the sparse index
_SAME_PLACE = 0.02  # degrees

_LETTERS = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ə": "a"}
    | dict.fromkeys("'’‘ʼʻ`´ʿʾ′.")  # apostrophes for letters that Latin lacks, and the points of "St." and "U.S."
)
_GAP = re.compile(r"[\s\-‐‑–_/,]+")

# The Arabic article, as it stands and as it takes on the next word's first consonant.
_ARTICLE = {"al", "el", "ul", "il", "l"}
_MERGED = re.compile(r"[aeu](?:sh|ch|th|dh|[dnrstzj])")
# What romanisations differ in, in this order: each pair makes two spellings of one sound the same.
_SOUNDS = (
    (re.compile(r"ch|sh"), "S"),  # French "Cheikh"
    (re.compile(r"kh"), "x"),
    (re.compile(r"gh"), "g"),
    (re.compile(r"dh|th"), "d"),
    (re.compile(r"dj|zh"), "j"),
    (re.compile(r"[qk]|c(?![hi])"), "k"),
    (re.compile(r"a[iye]|e[iy]"), "e"),  # Shaykh, Sheikh
    (re.compile(r"a[wu]|o[uow]|ow|u"), "o"),  # Zawr, Zour, Zor
    (re.compile(r"ee|i|y"), "e"),  # Idlib, Idleb
    (re.compile(r"w|v"), "w"),
    (re.compile(r"(.)\1+"), r"\1"),  # Lattakia, Latakia
    (re.compile(r"(?<=..)(?:e?a|e)[ht]?$"), "a"),  # Hasakah, Hasakeh, Hasaka; Maarrat, Maaret
)


@dataclass(frozen=True, slots=True)
class Known:
    """A place of the gazetteer. ``region`` is its first administrative division, as GeoNames codes it ("SY.12")."""

    name: str
    kind: Kind
    country: str | None
    region: str
    population: int
    lat: float
    lon: float
    geonameid: int
    capital: bool = False  # of its country


@lru_cache(maxsize=16384)
def plain_key(name: str) -> str:
    """``name`` without case, accents, apostrophes and points; hyphens are spaces: "Ma‘arrat an-Nu‘mān" ->
    "maarrat an numan"."""
    if not name.isascii():
        decomposed = unicodedata.normalize("NFKD", name.lower())
        name = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _GAP.sub(" ", name.lower().translate(_LETTERS)).strip()


def loose_key(name: str) -> str:
    """What all romanisations of a name have in common; "" where too little is left to know it by."""
    words = plain_key(name).split()
    kept = [word for i, word in enumerate(words) if not _is_article(word, words[i + 1 : i + 2])]
    key = " ".join(_sound(word) for word in kept)
    return key if len(key) > 2 else ""


def without_article(key: str) -> str:
    """A plain key without the Arabic article before it: "al qamishli" -> "qamishli"."""
    first, _, rest = key.partition(" ")
    return rest if _is_article(first, rest.split(" ", 1)[:1]) else key


def _ways_to_write(key: str) -> Iterator[str]:
    """A plain key, and what else it may be filed as: without the Arabic article, with its first word written out, with
    the article that "Republic of Orvia" leaves out, and as others write a Slavic "yu"."""
    yield key
    yield without_article(key)
    yield _in_full(key)
    yield key.replace(" of ", " of the ", 1)
    for written, otherwise in _GLIDES:
        yield written.sub(otherwise, key)


# "Iziumka" and "Izyumka", "Kostiansk" and "Kostyansk".
_GLIDES = (
    (re.compile(r"(?<=[b-df-hj-np-tv-xz])i(?=[aeou])"), "y"),
    (re.compile(r"(?<=[b-df-hj-np-tv-xz])y(?=[aeou])"), "i"),
)
_IN_FULL = {"st": "saint", "mt": "mount", "ft": "fort", "saint": "st", "mount": "mt"}


def _in_full(key: str) -> str:
    """A plain key with its first word written out, or shortened: "st paris" -> "saint paris". "" for any other."""
    first, _, rest = key.partition(" ")
    return f"{_IN_FULL[first]} {rest}" if rest and first in _IN_FULL else ""


def _is_article(word: str, following: list[str]) -> bool:
    if not following or not following[0] or len(word) > 3:
        return False
    return word in _ARTICLE or bool(_MERGED.fullmatch(word) and following[0].startswith(word[1:]))


@lru_cache(maxsize=65536)
def _sound(word: str) -> str:
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word


class Gazetteer:
    """The shipped table of places and those that the user has added. ``find`` answers what a name may denote."""

    def __init__(self, table: bytes, added: bytes = b"") -> None:
        """``table`` and ``added``: lines as the module describes them, sorted as bytes, the last ended by a newline.
        What a line of ``added`` has beyond that is passed over."""
        self._shipped = _Table(table)
        self._added = _Table(added) if added else None

    @classmethod
    def open(cls, path: Path = TABLE, *, added: bytes = b"") -> Gazetteer:
        """The shipped table, or another, with the lines that ``added`` holds.

        Raises SaysoError where the file cannot be read.
        """
        try:
            return cls(gzip.decompress(path.read_bytes()), added)
        except (OSError, EOFError, ValueError, zlib.error) as error:
            raise SaysoError(f"{path} is no gazetteer: {error}") from error

    @lru_cache(maxsize=16384)  # noqa: B019 - one gazetteer lives as long as the program
    def find(self, name: str) -> tuple[Known, ...]:
        """All that ``name`` may denote by its plain key, with or without the article; () where it is unknown."""
        key = plain_key(name)
        return next(filter(None, map(self._lookup, _ways_to_write(key))), ())

    def is_country(self, name: str) -> bool:
        """True where ``name`` may be a country's."""
        return any(known.kind == "country" for known in self.find(name))

    def country(self, code: str) -> Known | None:
        """The country of an ISO 3166 code."""
        return next(iter(self._lookup(f"={code.lower()}")), None)

    @lru_cache(maxsize=1024)  # noqa: B019 - as above
    def shortened(self, written: str) -> tuple[Known, ...]:
        """The province that newspapers shorten so after a town: "Ore.", "W.Va.", "OR"."""
        return self._lookup("@" + plain_key(written).replace(" ", ""))

    @lru_cache(maxsize=16384)  # noqa: B019 - as above
    def find_loosely(self, name: str) -> tuple[Known, ...]:
        """All that ``name`` may denote as another romanisation."""
        key = loose_key(name)
        return self._lookup("~" + key) if key else ()

    def _lookup(self, key: str) -> tuple[Known, ...]:
        if not key:
            return ()
        shipped = self._shipped.lookup(key)
        if not self._added:
            return shipped
        return (*shipped, *(one for one in self._added.lookup(key) if not any(_is_same(one, k) for k in shipped)))


def _is_same(added: Known, shipped: Known) -> bool:
    """True for what is in both, by its number or by where it lies."""
    if added.geonameid and added.geonameid == shipped.geonameid:
        return True
    near = abs(added.lat - shipped.lat) < _SAME_PLACE and abs(added.lon - shipped.lon) < _SAME_PLACE
    return near and added.kind == shipped.kind


class _Table:
    """Sorted lines, searched as bytes."""

    def __init__(self, table: bytes) -> None:
        self._table = b"\n" + table
        self._starts = [0]
        for offset in range(_STEP, len(table), _STEP):
            self._starts.append(self._table.index(b"\n", offset))
        self._keys = [self._key_at(start) for start in self._starts]

    def lookup(self, key: str) -> tuple[Known, ...]:
        """What the lines with this very key say."""
        encoded = key.encode("utf-8", "surrogatepass")
        # Several lines, even blocks of them, may share a key: begin before the first block that starts with it.
        block = max(0, bisect_right(self._keys, encoded) - 1)
        while block > 0 and self._keys[block] == encoded:
            block -= 1
        end = self._starts[block + 1] if block + 1 < len(self._starts) else len(self._table)
        mark = b"\n" + encoded + b"\t"
        found, start = [], self._table.find(mark, self._starts[block], end + len(mark))
        while start >= 0 and self._table.startswith(mark, start):
            stop = self._table.index(b"\n", start + 1)
            found.append(_known(self._table[start + 1 : stop].decode()))
            start = stop
        return tuple(found)

    def _key_at(self, start: int) -> bytes:
        return self._table[start + 1 : self._table.find(b"\t", start)]


def _known(line: str) -> Known:
    _, name, kind, country, region, population, lat, lon, geonameid, *_ = line.split("\t")
    return Known(
        name, _KINDS[kind], country or None, region, int(population),
        float(lat), float(lon), int(geonameid), capital=kind == "Q",
    )  # fmt: skip


_CODES: dict[Kind, str] = {"town": "P", "site": "S", "region": "A", "district": "B", "country": "C", "world": "W"}
_KINDS: dict[str, Kind] = {code: kind for kind, code in _CODES.items()} | {"Q": "town"}  # Q: the capital of a country


def lines_of(place: Known, names: Iterable[str], *, loosely: bool) -> Iterator[bytes]:
    """The table's lines for ``place`` under each of ``names``; loose keys too if ``loosely``."""
    keys = {plain_key(name) for name in names}
    if loosely:
        keys |= {without_article(key) for key in keys} | {"~" + key for key in map(loose_key, names) if key}
    for key in keys - {""}:
        values = (
            place.name, "Q" if place.capital else _CODES[place.kind], place.country or "", place.region,
            _rounded(place.population), f"{place.lat:.3f}", f"{place.lon:.3f}", place.geonameid,
        )  # fmt: skip
        yield ("\t".join((key, *map(str, values))) + "\n").encode()


def _rounded(population: int) -> int:
    """Two digits of it: how large a place is decides between names, and to the person nobody knows."""
    tens: int = 10 ** max(0, len(str(population)) - 2)
    return population // tens * tens


def is_latin(name: str) -> bool:
    """True for a name in Latin letters that an English text could hold: no code, no bare consonants."""
    return (
        len(name) > 3 and name[:2].strip("'’‘`ʿ")[:1].isupper() and not name.isupper() and bool(_LATIN.fullmatch(name))
    )


_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff'’‘ʼʻ`ʿʾ. \-‐]+")
