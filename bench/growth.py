"""How the time and memory of linking grow with the number of articles.

    python -m bench.growth [--to 10000] [--in FOLDER] [--write]

Articles are made from FA-KES's, which are read once: each copy has every name exchanged for an invented one of the same
length, other digits, its days moved by some years, its places by some degrees and to other countries. What such a copy
shares with the report that it was made from, or with another copy, are the words between the names, so that there is
much to look up and little to find. Reading is left out: only what ``sayso link`` does is timed. With ``--in`` the
ledger and what was measured stay in a folder, and a run that was cut off goes on there: a million takes hours.
``--write`` puts the figures into docs/benchmarks.md, and a chart beside it; ``make bench`` leaves them as they are.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import json
import random
import re
import resource
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass, field, fields, is_dataclass, replace
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from itertools import count, islice
from math import log
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

from bench import corpora, machine, page
from bench.accuracy import CONFIG
from bench.chart import Panel, lines
from bench.goals import MB
from sayso import pipeline
from sayso.ledger import Ledger
from sayso.types import Reading, Received, Span

SIZES = (1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000)
CHART = page.PAGE.with_name("growth.svg")
AT_ONCE = 100  # articles that are stored in one transaction
STEP = 2_000  # articles that are stored, then linked, before it is noted how far it got
_DAYS = 7_000  # over which copies are spread
_WORD = re.compile(r"[A-Z][a-z]{2,}|[A-Z]{3,}")
_VOWELS, _CONSONANTS = "aeiou", "bcdfghjklmnpqrstvwxz"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")

_PART = """## Growth

How the time and memory of `sayso link` grow with the number of articles. This was measured by itself, by
`python -m bench.growth --to {to} --write`, on {day}:

- {machine}
- {versions}

Articles are made from FA-KES's by exchanging names, days, places and figures; reading them is left out. A ledger grows
from size to size: *ms per article* is the processor time of the articles since the size before (where two processors
share one core, what the other one does may make it half as long again); *one more* is the time by the clock to link a
single article that is added then. Peak memory is that of the process that links, which holds the reports that
articles are made from, too. A MB is a million bytes.

![Time and memory per article]({chart})

{table}

{exponent}
"""
_EXPONENT = (
    "All the time that articles have taken grows as their number to the power of {:.2f}; 1.15 is the most it may."
)


@dataclass(frozen=True, slots=True)
class Grown:
    """A ledger of so many articles: seconds of a processor to link them from the size before, seconds by the clock to
    link one more, and the peak memory of the process in bytes."""

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
        self._names: dict[str, str] = {}
        self._days = timedelta(days=draw.randrange(-_DAYS // 2, _DAYS // 2))
        self._lat, self._lon, self._digit = draw.uniform(-25, 25), draw.uniform(-150, 120), draw.randrange(1, 9)

    def reading(self, read: Reading) -> tuple[Received, Reading]:
        """The reading of an article that is as long to the character, and the article as if it had been received."""
        text = self.words(read.article.text)
        data = text.encode("utf-8", "surrogatepass")
        sha256 = hashlib.sha256(data).hexdigest()
        location = f"{read.article.location}/{self._seed}"
        outlet = read.article.outlet and f"{read.article.outlet} {self._seed % 97}"
        made = self._moved(read, text)
        about = replace(made.article, id=sha256[:16], sha256=sha256, location=location, outlet=outlet, text=text)
        return Received(about, data), replace(made, article=about)

    def words(self, text: str) -> str:
        """``text`` with its names and digits exchanged."""
        named = _WORD.sub(lambda m: self._name(m.group()), text)
        return re.sub(r"\d", lambda m: str((int(m.group()) + self._digit) % 10), named)

    def _name(self, word: str) -> str:
        if word not in self._names:
            self._names[word] = word if word.lower() in self._common else self._made_up(word)
        return self._names[word]

    def _made_up(self, word: str) -> str:
        digest = hashlib.blake2b(f"{self._seed} {word.lower()}".encode(), digest_size=32).digest()
        letters = [(_CONSONANTS, _VOWELS)[i % 2] for i in range(len(word))]
        made = "".join(of[digest[i % 32] % len(of)] for i, of in enumerate(letters))
        return made.upper() if word.isupper() else made.capitalize()

    def _country(self, code: str) -> str:
        digest = hashlib.blake2b(f"{self._seed} {code}".encode(), digest_size=2).digest()
        return "".join(chr(ord("A") + byte % 26) for byte in digest)

    def _moved(self, found: Any, text: str) -> Any:
        if isinstance(found, Span):
            return Span(found.start, found.end, text[found.start : found.end])
        if isinstance(found, tuple):
            return tuple([self._moved(item, text) for item in found])
        if names := _fields(type(found)):
            return type(found)(*[self._value(name, self._moved(getattr(found, name), text)) for name in names])
        return found

    def _value(self, key: str, value: Any) -> Any:
        if value is None:
            return None
        if key in ("claimant", "name", "title", "who"):
            return self.words(value)
        if key in ("value", "published") and _DAY.match(str(value)):
            return (date.fromisoformat(value[:10]) + self._days).isoformat() + value[10:]
        if key in ("min", "max"):
            return int(self.words(str(value)))
        if key == "country":
            return self._country(value)
        if key == "lat":
            return max(-89.0, min(89.0, value + self._lat))
        if key == "lon":
            return (value + self._lon + 180) % 360 - 180
        return None if key == "geonameid" else value


@cache
def _fields(kind: Any) -> list[str]:
    """The names of a record's fields; none for what is no record."""
    return [field.name for field in fields(kind)] if is_dataclass(kind) else []


def made(originals: list[Reading], start: int = 0) -> Iterator[tuple[Received, Reading]]:
    """Articles without end: copies of all originals with other names, again and again. The first ``start`` are left
    out."""
    common = frozenset((files("sayso") / "weights/common.txt").read_text("utf-8").split())
    renamed = None
    for at in count(start):
        copies, number = divmod(at, len(originals))
        if renamed is None or number % 4 == 0:  # four keep to one set of names
            renamed = Renamed((copies + 1) * len(originals) + number // 4, common)
        yield renamed.reading(originals[number])


@dataclass(slots=True)
class Progress:
    """How far a ledger has grown: the sizes that were measured, how many articles are in it, and for those since the
    last size the seconds of a processor to link them and the peak memory in bytes."""

    sizes: list[Grown] = field(default_factory=list)
    stored: int = 0
    seconds: float = 0.0
    peak: int = 0

    @classmethod
    def of(cls, path: Path) -> Progress:
        """What ``keep`` has kept there; the very beginning where nothing is."""
        if not path.exists():
            return cls()
        kept = json.loads(path.read_text("utf-8"))
        return cls(**kept | {"sizes": [Grown(**size) for size in kept["sizes"]]})

    def keep(self, path: Path) -> None:
        """Note it there, whole or not at all."""
        part = path.with_name(f".{path.name}.part")
        part.write_text(json.dumps(asdict(self)), "utf-8")
        part.replace(path)


def measure(originals: list[Reading], to: int, folder: Path) -> Iterator[Grown]:
    """A ledger in ``folder`` that grows to ``to`` articles, from where it was when it was left there. Of the step that
    was cut off, at most ``STEP`` articles, what was done is there already, and the time it took is not counted."""
    noted = folder / "grown.json"
    so_far = Progress.of(noted)
    yield from (size for size in so_far.sizes if size.articles <= to)
    with Ledger.open(str(folder / "grown.db")) as ledger:
        last = so_far.sizes[-1].articles if so_far.sizes else 0
        for size in (s for s in SIZES if last < s <= to):
            held = so_far.sizes[-1].articles + 1 if so_far.sizes else 0
            while so_far.stored < size:
                _store(ledger, originals, so_far, min(STEP, size - so_far.stored))
                so_far.seconds += _link(ledger, so_far, process_time)
                so_far.keep(noted)
            seconds = so_far.seconds
            _store(ledger, originals, so_far, 1)
            one = _link(ledger, so_far, perf_counter)
            so_far.sizes.append(Grown(size, size - held, seconds, one, so_far.peak))
            so_far.seconds = 0.0
            so_far.keep(noted)
            yield so_far.sizes[-1]


def _store(ledger: Ledger, originals: list[Reading], so_far: Progress, wanted: int) -> None:
    chosen = islice(made(originals, so_far.stored), wanted)
    while some := list(islice(chosen, AT_ONCE)):
        ledger.store_all(some)
    so_far.stored += wanted


def _link(ledger: Ledger, so_far: Progress, clock: Callable[[], float]) -> float:
    """How long it takes to link what waits."""
    started = clock()
    pipeline.link(ledger)
    seconds = clock() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    so_far.peak = max(so_far.peak, peak)
    return seconds


def exponent(sizes: Sequence[Grown]) -> float:
    """By which power of their number the time grows that articles take: the slope of the logarithms, least squares."""
    total, points = 0.0, []
    for grown in sizes:
        total += grown.seconds
        points.append((log(grown.articles), log(total)))
    x, y = (sum(p[i] for p in points) / len(points) for i in (0, 1))
    return sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a, _ in points)


def part(sizes: Sequence[Grown], day: date) -> str:
    """What the page says on growth, as Markdown."""
    heads = ("articles", "ms per article", "one more (s)", "peak memory (MB)", "kB per article")
    rows = [
        (
            f"{g.articles:,}",
            f"{_ms(g):.1f}",
            f"{g.one_more:.2f}",
            f"{g.peak / MB:,.0f}",
            f"{_kb(g):,.0f}",
        )
        for g in sizes
    ]
    facts = {"machine": machine.machine(), "versions": machine.versions(), "day": day, "chart": CHART.name}
    told = _EXPONENT.format(exponent(sizes)) if len(sizes) > 1 else ""
    return _PART.format(to=sizes[-1].articles, table=page.table(heads, rows, words=0), exponent=told, **facts)


def chart(sizes: Sequence[Grown]) -> str:
    """Time and memory per article as SVG."""
    panels = [
        Panel("ms per article", tuple((g.articles, _ms(g)) for g in sizes)),
        Panel("peak memory, kB per article", tuple((g.articles, _kb(g)) for g in sizes)),
    ]
    return lines("Linking: time and memory per article (logarithmic)", "articles in the ledger", panels)


def _ms(grown: Grown) -> float:
    return 1000 * grown.seconds / grown.added


def _kb(grown: Grown) -> float:
    return grown.peak / 1000 / grown.articles


def main() -> int:
    """Measure, print a line for each size, and the exponent; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench.growth", description="Measure how linking grows.")
    parser.add_argument("--to", type=int, default=10_000, choices=SIZES, help="the largest ledger, in articles")
    parser.add_argument("--in", dest="folder", type=Path, help="a folder for the ledger; goes on with what is there")
    parser.add_argument("--write", action="store_true", help="write the figures into docs/benchmarks.md, and a chart")
    asked = parser.parse_args()
    if reason := corpora.missing(corpora.FAKES):
        print(f"bench: {reason}", file=sys.stderr)
        return 1
    sizes = []
    if asked.folder:
        asked.folder.mkdir(parents=True, exist_ok=True)
    with nullcontext(asked.folder) if asked.folder else TemporaryDirectory() as folder:
        reports = originals(Path(folder))
        gc.freeze()  # a process that links does not have these to go through again and again for garbage
        for grown in measure(reports, asked.to, Path(folder)):
            sizes.append(grown)
            print(
                f"{grown.articles:>9,} articles: {_ms(grown):6.1f} ms each, one more in {grown.one_more:.2f} s, "
                f"peak {grown.peak / MB:,.0f} MB",
                flush=True,
            )
    if len(sizes) > 1:
        print(f"exponent {exponent(sizes):.2f}")
    if asked.write:
        written = page.with_growth(page.PAGE.read_text("utf-8"), part(sizes, date.today()))
        page.PAGE.write_text(written, "utf-8")
        CHART.write_text(chart(sizes), "utf-8")
    return 0


def originals(folder: Path, most: int | None = None) -> list[Reading]:
    table = folder / "articles.jsonl"
    table.write_text("".join(f"{line}\n" for line in islice(corpora.articles(), most)), "utf-8")
    outcomes = pipeline.outcomes([str(table)], CONFIG)
    return [o.reading for o in outcomes if isinstance(o, pipeline.Outcome) and o.reading]


if __name__ == "__main__":
    sys.exit(main())
