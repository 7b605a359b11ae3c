"""How the time and memory of linking grow with the number of articles.

    python -m bench.growth [--to 10000]

Articles are made from FA-KES's, which are read once: each copy has every name exchanged for an invented one of the same
length, other digits, its days moved by some years and its places by some degrees. What such a copy shares with the report
that it was made from, or with another copy, are the words between the names, so that there is much to look up and little
to find. Reading is left out: only what ``sayso link`` does is timed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import resource
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from math import log
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from bench import corpora
from bench.accuracy import CONFIG
from sayso import pipeline
from sayso.ledger import Ledger
from sayso.types import Reading, Received

SIZES = (1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000)
_DAYS = 7_000  # over which copies are spread
_WORD = re.compile(r"[A-Z][a-z]{2,}|[A-Z]{3,}")
_VOWELS, _CONSONANTS = "aeiou", "bcdfghjklmnpqrstvwxz"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Grown:
    """A ledger of so many articles: seconds to link them from the size before, seconds to link one more, and the peak
    memory of the process in bytes."""

    articles: int
    added: int
    seconds: float
    one_more: float
    peak: int


class Renamed:
    """One set of other names, days, places and figures."""

    def __init__(self, seed: int, common: frozenset[str]) -> None:
        draw = random.Random(seed)
        self._seed, self._common = seed, common
        self._days = timedelta(days=draw.randrange(-_DAYS // 2, _DAYS // 2))
        self._lat, self._lon, self._digit = draw.uniform(-25, 25), draw.uniform(-150, 120), draw.randrange(1, 9)

    def reading(self, read: Reading) -> tuple[Received, Reading]:
        """The reading of an article that is as long to the character, and the article as if it had been received."""
        text = self.words(read.article.text)
        data = text.encode("utf-8", "surrogatepass")
        sha256 = hashlib.sha256(data).hexdigest()
        location = f"{read.article.location}/{self._seed}"
        outlet = read.article.outlet and f"{read.article.outlet} {self._seed % 97}"
        told = self._moved(read.to_json(), text)
        told["article"] |= {"id": sha256[:16], "sha256": sha256, "location": location, "outlet": outlet, "text": text}
        found = Reading.from_json(told)
        return Received(found.article, data), Reading(**_fields(found), embeddings=read.embeddings)

    def words(self, text: str) -> str:
        """``text`` with its names and digits exchanged."""
        named = _WORD.sub(lambda m: self._name(m.group()), text)
        return re.sub(r"\d", lambda m: str((int(m.group()) + self._digit) % 10), named)

    def _name(self, word: str) -> str:
        if word.lower() in self._common:
            return word
        digest = hashlib.blake2b(f"{self._seed} {word.lower()}".encode(), digest_size=32).digest()
        letters = [(_CONSONANTS, _VOWELS)[i % 2] for i in range(len(word))]
        made = "".join(of[digest[i % 32] % len(of)] for i, of in enumerate(letters))
        return made.upper() if word.isupper() else made.capitalize()

    def _moved(self, told: Any, text: str) -> Any:
        if isinstance(told, list | tuple):
            return [self._moved(item, text) for item in told]
        if not isinstance(told, dict):
            return told
        if told.keys() == {"start", "end", "text"}:
            return told | {"text": text[told["start"] : told["end"]]}
        return {key: self._value(key, self._moved(value, text)) for key, value in told.items()}

    def _value(self, key: str, value: Any) -> Any:
        if value is None:
            return None
        if key in ("claimant", "name", "title", "who"):
            return self.words(value)
        if key in ("value", "published") and _DAY.match(str(value)):
            return (date.fromisoformat(value[:10]) + self._days).isoformat() + value[10:]
        if key in ("min", "max"):
            return int(self.words(str(value)))
        if key == "lat":
            return max(-89.0, min(89.0, value + self._lat))
        if key == "lon":
            return (value + self._lon + 180) % 360 - 180
        return None if key == "geonameid" else value


def _fields(found: Reading) -> dict[str, Any]:
    return {name: getattr(found, name) for name in Reading.__dataclass_fields__ if name != "embeddings"}


def made(originals: list[Reading]) -> Iterator[tuple[Received, Reading]]:
    """Articles without end: copies of all originals, then copies with other names."""
    common = frozenset((files("sayso") / "weights/common.txt").read_text("utf-8").split())
    seed = 0
    while True:
        seed += 1
        for number, read in enumerate(originals):
            yield Renamed(seed * len(originals) + number // 4, common).reading(read)  # four keep to one set of names


def measure(originals: list[Reading], to: int, folder: Path) -> Iterator[Grown]:
    """A ledger that grows to ``to`` articles."""
    articles, held = made(originals), 0
    with Ledger.open(str(folder / "grown.db")) as ledger:
        for size in (s for s in SIZES if s <= to):
            _store(ledger, articles, size - held)
            started = perf_counter()
            pipeline.link(ledger)
            seconds = perf_counter() - started
            _store(ledger, articles, 1)
            started = perf_counter()
            pipeline.link(ledger)
            one = perf_counter() - started
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
            yield Grown(size, size - held, seconds, one, peak)
            held = size + 1


def _store(ledger: Ledger, articles: Iterator[tuple[Received, Reading]], count: int) -> None:
    for _ in range(count):
        ledger.store(*next(articles))


def exponent(sizes: list[Grown]) -> float:
    """By which power of their number the time grows that articles take: the slope of the logarithms, least squares."""
    total, points = 0.0, []
    for grown in sizes:
        total += grown.seconds
        points.append((log(grown.articles), log(total)))
    x, y = (sum(p[i] for p in points) / len(points) for i in (0, 1))
    return sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a, _ in points)


def main() -> None:
    """Measure, print a line for each size, and the exponent."""
    parser = argparse.ArgumentParser(prog="python -m bench.growth", description=__doc__)
    parser.add_argument("--to", type=int, default=10_000, help="the largest ledger")
    asked = parser.parse_args()
    lines = [(str(json.loads(line)["id"]), line) for line in corpora.articles()]
    with TemporaryDirectory() as folder:
        table = Path(folder) / "articles.jsonl"
        table.write_text("".join(f"{line}\n" for _, line in lines), "utf-8")
        originals = [o.reading for o in pipeline.outcomes([str(table)], CONFIG) if getattr(o, "reading", None)]
        sizes = []
        for grown in measure(originals, asked.to, Path(folder)):
            sizes.append(grown)
            print(
                f"{grown.articles:>9,} articles: {1000 * grown.seconds / grown.added:6.1f} ms each, one more in "
                f"{grown.one_more:.2f} s, peak {grown.peak / 1e6:,.0f} MB",
                flush=True,
            )
        if len(sizes) > 1:
            print(f"exponent {exponent(sizes):.2f}")


if __name__ == "__main__":
    main()
