"""How long storing, linking and asking take in PostgreSQL, against SQLite in the same run.

    python -m bench.databases [--articles 1000]

The articles are those of ``bench.growth``; they are read once, which is timed for itself, as no database has a part in
it. The server is one of its own on this machine, which waits for the disk at each commit, as SQLite does.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from tests.postgres import NoServerError, Server

from bench import corpora, growth
from sayso import linking
from sayso.ledger import Ledger
from sayso.ledger.copying import copy
from sayso.types import Filters, Reading, Received

_ORIGINALS = 120  # reports that articles are made from


def measure(articles: list[tuple[Received, Reading]], ledger: Ledger) -> dict[str, float]:
    """Seconds by the clock for each thing, in one ledger that is empty."""
    steps: dict[str, Callable[[], object]] = {
        "store": lambda: [ledger.store(*item) for item in articles],
        "link": lambda: linking.link(ledger),
        "list claims": lambda: sum(1 for _ in ledger.claims()),
        "list claimants": lambda: sum(1 for _ in ledger.claimants()),
        "search": lambda: sum(1 for _ in ledger.claims(Filters(about='killed "in the"'))),
        "a page": lambda: _page(ledger),
    }
    found = {}
    for name, step in steps.items():
        started = perf_counter()
        step()
        found[name] = perf_counter() - started
    return found


def _page(ledger: Ledger) -> None:
    with ledger.browsing() as browse:
        browse.claims(Filters(), "newest")
        browse.counts()


def main() -> int:
    """Measure and print; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench.databases", description="Measure PostgreSQL beside SQLite.")
    parser.add_argument("--articles", type=int, default=1000)
    asked = parser.parse_args()
    if reason := corpora.missing(corpora.FAKES):
        print(f"bench: {reason}", file=sys.stderr)
        return 1
    try:
        server = Server(durable=True)
    except NoServerError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    with TemporaryDirectory() as folder:
        try:
            started = perf_counter()
            originals = growth.originals(Path(folder), _ORIGINALS)
            reading = (perf_counter() - started) / len(originals) * asked.articles
            articles = list(islice(growth.made(originals), asked.articles))
            with Ledger.open(str(Path(folder) / "a.db")) as one, Ledger.open(server.new_ledger()) as other:
                times = [measure(articles, ledger) for ledger in (one, other)]
                for name, seconds in times[0].items():
                    print(f"{name:16} {seconds:7.2f} s {times[1][name]:7.2f} s  {times[1][name] / seconds:5.2f} times")
                whole = [reading + t["store"] + t["link"] for t in times]
                print(f"{'read, store, link':16} {whole[0]:6.1f} s {whole[1]:7.1f} s  {whole[1] / whole[0]:5.2f} times")
                with Ledger.open(server.new_ledger()) as copied:
                    started = perf_counter()
                    rows = sum(table.rows for table in copy(one, copied))
                    print(f"copied {rows:,} rows in {perf_counter() - started:.1f} s")
        finally:
            server.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
