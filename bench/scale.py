"""Reading on Ray beside reading in processes, and what a cluster would come to.

    python -m bench.scale [--cores 2] [--rounds 3]

The same articles, cut in the same shards, are read into Parquet in processes, as by ``sayso read --jobs 2 --out``, and
by a Ray of this machine with as many cores, in turn, several times. Warm is when each process has its reader, which a
run over some of the shards sees to beforehand; what that took is the start. Other work on the machine slows both; what
counts is the ratio within a round, whose two runs follow each other.

How well many cores would be used is *simulated*, not measured: the seconds that shards took here are drawn at random,
and the next shard is handed to the worker that is free first. What a shard takes on Ray beside its reading is the time
of the cores in which none was read, the end of the run included.
"""

from __future__ import annotations

import argparse
import heapq
import json
import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from bench import corpora, machine, page
from bench.accuracy import CONFIG
from sayso import parallel
from sayso.ledger import Ledger
from sayso.linking import link
from sayso.scale import load, read_into
from sayso.scale.cluster import connected, on_ray
from sayso.scale.engines import on_pool
from sayso.scale.into import job_of
from sayso.scale.reading import ARTICLES as FOLDER
from sayso.scale.reading import Job, Manifest
from sayso.scale.shards import Shard, shards_of

ARTICLES = 64
SHARDS = 16
WORKERS = (2, 16, 128, 1_000, 10_000)
DRAWN = 20  # shards for each worker
DAY, ALL = 380_000, 1_350_000_000  # articles: a day of CC-News, and all of it
HOUR, TB = 3_600, 10**12
GROWTH, AT, MS = 1.06, 10_000, 24.0  # of linking: see docs/benchmarks.md

Watch = Callable[[Manifest], None]
Read = Callable[[Sequence[Shard], Job, Watch], object]


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds by the clock, those that each shard says it took, and the words that were read."""

    seconds: float
    of_shards: tuple[float, ...]
    words: int


def main() -> int:
    """Measure, and print tables; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench.scale", description="Measure reading on Ray.")
    parser.add_argument("--cores", type=int, default=2, help="cores to read with")
    parser.add_argument("--rounds", type=int, default=3, help="times that each is measured")
    asked = parser.parse_args()
    print(f"{machine.machine()}\n{machine.versions()}\n")
    with TemporaryDirectory() as folder:
        table = given(Path(folder))
        ray = compare(table, Path(folder) / "out", asked.cores, asked.rounds)
        beside = max(0.0, ray.seconds * asked.cores - sum(ray.of_shards)) / len(ray.of_shards)
        print(simulated(ray.of_shards, beside))
        print(costs(Path(folder), table))
    return 0


def given(folder: Path) -> Path:
    """The reports of FA-KES where they are; else the examples, again and again, each a little other than the next."""
    if corpora.missing(corpora.FAKES) is None:
        lines = list(corpora.articles())[:ARTICLES]
    else:
        examples = corpora.ROOT / "examples/reports"
        texts = [row["text"] for row in map(json.loads, (examples / "agencies.jsonl").read_text("utf-8").splitlines())]
        lines = [
            json.dumps({"title": f"Report {n}", "text": "\n\n".join(texts[(n + k) % len(texts)] for k in range(3))})
            for n in range(ARTICLES)
        ]
    table = folder / "reports.jsonl"
    table.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return table


def compare(table: Path, out: Path, cores: int, rounds: int) -> Run:
    """Print how fast both are; the run on Ray of the round whose ratio is the median."""
    job = job_of(str(out), CONFIG)
    shards = shards_of([str(table)], table.stat().st_size // SHARDS + 1, job.out)
    warming = shards[: 2 * cores]
    with parallel.processes(cores) as pool:

        def in_processes(some: Sequence[Shard], job: Job, watch: Watch) -> object:
            return on_pool(some, job, pool, watch)

        def on_cluster(some: Sequence[Shard], job: Job, watch: Watch) -> object:
            return on_ray(some, job, None, watch)

        start = timed(in_processes, warming, job).seconds
        begun = perf_counter()
        with connected(cores):
            timed(on_cluster, warming, job)
            start_of_ray = perf_counter() - begun
            found = []
            for number in range(rounds):
                first, second = (in_processes, on_cluster) if number % 2 else (on_cluster, in_processes)
                runs = timed(first, shards, job), timed(second, shards, job)
                found.append(runs if number % 2 else runs[::-1])
    print(f"{ARTICLES} articles, {found[0][0].words:,} words, {len(shards)} shards, {cores} cores; words a second:\n")
    rows = [
        (
            str(number),
            *(f"{run.words / run.seconds:,.0f}" for run in (p, r)),
            f"{p.seconds / r.seconds:.0%}",
            f"{(p.seconds + start) / (r.seconds + start_of_ray):.0%}",
        )
        for number, (p, r) in enumerate(found, 1)
    ]
    print(page.table(("round", "processes", "Ray", "Ray / processes", "both with their start"), rows, words=0))
    print(
        f"\nmedian {median(p.seconds / r.seconds for p, r in found):.0%}; 85 % is the least it may be. To start, and "
        f"to read {len(warming)} shards, took {start:.1f} s in processes and {start_of_ray:.1f} s on Ray.\n"
    )
    return sorted(found, key=lambda pair: pair[0].seconds / pair[1].seconds)[len(found) // 2][1]


def timed(read: Read, shards: Sequence[Shard], job: Job) -> Run:
    done: list[Manifest] = []
    begun = perf_counter()
    read(shards, job, done.append)
    return Run(perf_counter() - begun, tuple(m.seconds for m in done), sum(m.words for m in done))


def simulated(of_shards: Sequence[float], beside: float) -> str:
    """How much of so many workers' time would be spent on reading: list scheduling of shards whose seconds are drawn
    from those measured."""
    draw = random.Random(20310304)
    rows = []
    for workers in WORKERS:
        shards = [draw.choice(of_shards) for _ in range(DRAWN * workers)]
        free = [0.0] * workers
        for seconds in shards:
            heapq.heappush(free, heapq.heappop(free) + seconds + beside)
        rows.append((f"{workers:,}", f"{len(shards):,}", f"{sum(shards) / (workers * max(free)):.0%}"))
    told = f"Simulated, not measured: {beside:.2f} s for each shard beside its reading, of {mean(of_shards):.1f} s.\n\n"
    return told + page.table(("workers", "shards", "of their time is reading"), rows, words=0) + "\n"


def costs(folder: Path, table: Path) -> str:
    """What a day of CC-News, and all of it, would take, from what an article takes here."""
    begun = process_time()
    done = read_into([str(table)], str(folder / "once"), CONFIG)
    read = process_time() - begun
    size = sum(path.stat().st_size for path in (folder / "once" / FOLDER).iterdir())
    with Ledger.open(str(folder / "a.db")) as ledger:
        begun = process_time()
        load(str(folder / "once"), ledger)
        loaded = process_time() - begun
        begun = process_time()
        link(ledger)
        linked = process_time() - begun
    held = sum(path.stat().st_size for path in folder.glob("a.db*"))
    print(
        f"Of a processor, for an article of {done.words / ARTICLES:,.0f} words: {1000 * read / ARTICLES:.0f} ms to "
        f"read ({done.words / read:,.0f} words a second), {1000 * loaded / ARTICLES:.1f} ms to load, "
        f"{1000 * linked / ARTICLES:.0f} ms to link in so small a ledger; {size / ARTICLES / 1000:.1f} kB of Parquet, "
        f"{held / ARTICLES / 1000:.1f} kB of ledger.\n"
    )
    rows = []
    for name, number in (("a day", DAY), ("all", ALL)):
        linking = number * MS / 1000 * (number / AT) ** (GROWTH - 1)
        hours = (number * read / ARTICLES / HOUR, number * loaded / ARTICLES / HOUR, linking / HOUR)
        sizes = (number * size / ARTICLES / TB, number * held / ARTICLES / TB)
        rows.append((name, f"{number:,}", *(f"{h:,.1f}" for h in hours), *(f"{tb:,.3f}" for tb in sizes)))
    heads = ("", "articles", "hours of a core to read", "to load", "to link", "TB of Parquet", "TB of ledger")
    return page.table(heads, rows)


if __name__ == "__main__":
    sys.exit(main())
