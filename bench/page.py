"""docs/benchmarks.md: all figures of one run, as tables and a chart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bench.accuracy import Measured, Skipped
from bench.chart import bars
from bench.corpora import ROOT
from bench.floors import Floors
from bench.speed import NAMES, ROUNDS, Speeds, Start

PAGE, CHART = ROOT / "docs" / "benchmarks.md", ROOT / "docs" / "benchmarks.svg"
OURS = ("reader", "command")
_MB = 1024 * 1024

_INTRO = """<!-- Written by `make bench`. Do not edit. -->
# Benchmarks

All figures are of one run of `make bench`, on this machine and with these versions:

- {machine}
- {versions}
- model {model}

The texts are not part of the project, because they are not ours to give. The folder `bench` has all else that is needed
to measure again."""

_ACCURACY = """## Accuracy

In per cent, of the model as it is shipped. CI refuses a figure below its floor; a figure without one is only shown.
What each figure counts is said in `src/sayso/score` and, for the answers, in `bench/answers.py`."""

_SPEED = """## Speed and memory

{texts} reports with {words} words, the same for all; each system in a process of its own, all in turn, {rounds} rounds.
Words are what white space separates. Figures are medians of the rounds; time against the baseline, which is spaCy's
blank tokenizer, is that within a round. The times of the reader and of spaCy leave out loading; that of `sayso read`
has everything. spaCy runs on one core, Sayso on all; words per second of processor time take that out.

Trained pipelines of spaCy are in no package index, so these have the shape of `en_core_web_sm` but are untrained: good
for measuring speed, not for what is found. textacy's rules look for direct quotations only, and give up on a text with
an odd number of quotation marks."""

_COLD = """## Cold start

From the start of the process to its end, median of several; the report is one of the examples."""


def render(
    accuracy: Sequence[Measured | Skipped],
    floors: dict[str, Floors],
    speeds: Speeds | str,
    starts: Sequence[Start],
    facts: dict[str, str],
) -> str:
    """The page as Markdown. ``speeds`` may be why there are none; ``facts`` has machine, versions and model."""
    parts = [_INTRO.format(**facts), _ACCURACY, *(_accuracy(part, floors) for part in accuracy)]
    if isinstance(speeds, str):
        parts += ["## Speed and memory", f"Not measured: {speeds}."]
    else:
        about = {"texts": f"{speeds.texts:,}", "words": f"{speeds.words:,}", "rounds": str(ROUNDS)}
        parts += [_SPEED.format(**about), f"![Words per second]({CHART.name})", _speeds(speeds)]
    return "\n\n".join([*parts, _COLD, _starts(starts)]) + "\n"


def chart(speeds: Speeds) -> str:
    """Words per second as SVG, the fastest first."""
    ordered = sorted(speeds.systems, key=lambda s: -s.words_per_second)
    values = {_plain(s.system): s.words_per_second for s in ordered}
    return bars("Words per second (logarithmic)", values, {_plain(system) for system in OURS})


def _plain(system: str) -> str:
    return NAMES[system].replace("`", "")


def _accuracy(part: Measured | Skipped, floors: dict[str, Floors]) -> str:
    if isinstance(part, Skipped):
        return f"### {part.corpus}\n\nNot measured: {part.reason}."
    under = floors[part.corpus].floors if part.corpus in floors else {}
    rows = [
        (name, f"{figure:.1f}", f"{under[name]:.1f}" if name in under else "") for name, figure in part.figures.items()
    ]
    return f"### {part.corpus}\n\n{part.about}.\n\n{_table(('', 'figure', 'floor'), rows)}"


def _speeds(speeds: Speeds) -> str:
    heads = (
        "",
        "words/s",
        "words per processor second",
        "time against the baseline",
        "peak memory (MB)",
        "texts it fails on",
    )
    return _table(
        heads,
        [
            (
                NAMES[s.system],
                f"{s.words_per_second:,.0f}",
                f"{s.words_per_cpu_second:,.0f}",
                f"{s.times_baseline:.1f}",
                f"{s.peak / _MB:,.0f}",
                f"{s.failed:,}",
            )
            for s in speeds.systems
        ],
    )


def _starts(starts: Sequence[Start]) -> str:
    rows = [(f"`{s.command}`", f"{s.seconds:.2f}", f"{s.times_empty:.1f}") for s in starts]
    return _table(("", "seconds", "times an empty Python"), rows)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; all columns but the first hold numbers."""
    marks = ["---"] + ["---:"] * (len(heads) - 1)
    return "\n".join(f"| {' | '.join(row)} |" for row in (heads, marks, *rows))
