"""How long the desk's pages take on a large ledger.

    python -m bench.desk [--articles 1600] [--ledger sayso.db]

Without ``--ledger``, one is made of FA-KES's reports as ``bench.growth`` makes it; 1,600 articles have about 18,000
claims. Each page is asked for in turn of a desk that has just been started: the first time, when nothing is at hand,
and five times more. What is timed is all until the first byte, by the clock, asked for on the same machine.
"""

from __future__ import annotations

import argparse
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from urllib.request import urlopen

from bench import corpora, growth
from sayso import pipeline
from sayso.ledger import Ledger

FIRST = 300
"""Milliseconds in which a page is to begin."""

LISTED = (
    *("/", "/claims", "/claims?about=killed", "/claims?sort=opposed", "/stories", "/stories?sort=contested"),
    *("/claimants", "/outlets", "/articles", "/quarantine", "/queue", "/decisions", "/api"),
)
LARGEST = {  # where the link to a large one of a kind stands first
    "/story/": "/stories?sort=claims",
    "/article/": "/articles?sort=longest",
    "/claimant/": "/claimants",
    "/outlet/": "/outlets",
    "/claim/": "/claims?sort=opposed",
}


@dataclass(frozen=True, slots=True)
class Timed:
    """A page: milliseconds until its first byte, the first time and usually, and how many bytes it has."""

    page: str
    first: float
    usual: float
    size: int


def measure(address: str) -> Iterator[Timed]:
    """Every kind of page; the listings, then the large ones that they lead to."""
    for page in LISTED:
        yield _timed(address, page)
    for kind, listing in LARGEST.items():
        found = re.search(rb'href="(' + kind.encode() + rb'[^"#?/]+)"', _asked(address, listing)[1])
        if found:
            yield _timed(address, found[1].decode())


def _timed(address: str, page: str) -> Timed:
    first, answer = _asked(address, page)
    return Timed(page, first, median(_asked(address, page)[0] for _ in range(5)), len(answer))


def _asked(address: str, page: str) -> tuple[float, bytes]:
    started = perf_counter()
    with urlopen(address + page) as answer:
        begun = answer.read(1)
        return 1000 * (perf_counter() - started), begun + answer.read()


def table(timed: list[Timed]) -> str:
    """The pages, the slowest first, each with how much longer it takes than the quickest."""
    least = min(one.usual for one in timed)
    rows = [f"{'first ms':>9} {'ms':>8} {'ratio':>6} {'kB':>7}  page"]
    for one in sorted(timed, key=lambda one: -one.first):
        late = f"   over {FIRST} ms" if max(one.first, one.usual) > FIRST else ""
        ratio = one.usual / least
        rows.append(f"{one.first:9.1f} {one.usual:8.1f} {ratio:6.1f} {one.size / 1000:7.0f}  {one.page}{late}")
    return "\n".join(rows)


@contextmanager
def _desk(ledger: Path) -> Iterator[str]:
    """The address of a desk."""
    command = [sys.executable, "-m", "sayso", "desk", "--ledger", str(ledger), "--port", "0", "--no-open", "--no-key"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8") as running:
        assert running.stderr is not None
        said = running.stderr.readline()
        try:
            yield re.findall(r"http://[^/\s]+", said)[0]
        finally:
            running.send_signal(signal.SIGINT)


def _made(ledger: Path, articles: int) -> None:
    copies = growth.made(growth.originals(ledger.parent))
    with Ledger.open(str(ledger)) as held:
        for _ in range(articles):
            held.store(*next(copies))
        pipeline.link(held)


def main() -> int:
    """Measure and print; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench.desk", description="Time the desk's pages.")
    parser.add_argument("--articles", type=int, default=1_600, help="how many, in the ledger that is made")
    parser.add_argument("--ledger", type=Path, help="time the pages of this one")
    asked = parser.parse_args()
    if asked.ledger is None and (reason := corpora.missing(corpora.FAKES)):
        print(f"bench: {reason}", file=sys.stderr)
        return 1
    with TemporaryDirectory() as folder:
        ledger = asked.ledger or Path(folder) / "made.db"
        if asked.ledger is None:
            _made(ledger, asked.articles)
        with _desk(ledger) as address:
            print(table(list(measure(address))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
