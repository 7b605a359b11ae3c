"""docs/benchmarks.md: all figures of one run, as tables and a chart; and the main ones for README.md."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bench.accuracy import Measured, Skipped
from bench.chart import Bar, bars
from bench.corpora import ROOT
from bench.floors import Floors
from bench.goals import MB, Reached, reached
from bench.speed import NAMES, RIVAL, ROUNDS, Speed, Speeds, Start

PAGE, CHART, README = ROOT / "docs" / "benchmarks.md", ROOT / "docs" / "benchmarks.svg", ROOT / "README.md"
OURS = ("reader", "command")
_FIGURES = "<!-- figures -->\n", "<!-- /figures -->\n"
_GROWTH = "<!-- growth -->\n", "<!-- /growth -->\n"

_INTRO = """<!-- Written by `make bench`; the part on growth by `python -m bench.growth --write`. Do not edit. -->
# Benchmarks

All figures but those on growth are of one run of `make bench`, on this machine and with these versions:

- {machine}
- {versions}
- model {model}

The texts are not part of the project, because they are not ours to give. The folder `bench` has all else that is needed
to measure again."""

_SUMMARY = """## What is to be reached, and what is

In per cent, unless a unit is given: F1, or the share that is right. Below the floor it is not good enough; the aim is
where it is to go. The network was trained on none of these texts, but rules were tuned on the annotated reports, on
the labelled ones and on FA-KES, and what tells stories apart was weighed by the same labels that it is held against
here: [expect a little less](decisions/0012-stories.md) on other reports."""

_ACCURACY = """## Accuracy

In per cent, of the model as it is shipped. CI refuses a figure below its floor, which is not the one above, but stands
just below what was once reached; a figure without one is only shown. What each figure counts is said in
`src/sayso/score`, and in the files of `bench` that are named after the corpora: `answers.py` for FA-KES, `related.py`
for the labelled reports (stories_dev), `tempeval.py`, `geo.py`, `mpqa.py`, `plover.py`, `claimdiff.py`, `rte.py`,
`ecb.py`, and `swap.py` for exchanged names."""

_SPEED = """## Speed and memory

{texts} reports with {words} words, the same for all; each system in a process of its own, all in turn, {rounds} rounds.
Words are what white space separates. Figures are medians of the rounds; time against the baseline, which is spaCy's
blank tokenizer, and how many times as fast as textacy a system is, are those within a round. The times of the reader
and of spaCy leave out loading; that of `sayso read`, which has its options as they are by default, has everything.
spaCy runs on one core, Sayso on all; words per second of processor time take that out. Peak memory is what a system's
processes together have resident; a model is what lies on disk. A MB is a million bytes.

spaCy's makers give their trained pipelines to no package index, so one has the shape of `en_core_web_sm` but is
untrained; the other is `en_core_web_sm` as somebody else has put it into the index. textacy's rules look for direct
quotations only, and give up on a text with an odd number of quotation marks. What is held against textacy is held
against the first. [Whom else we looked at](decisions/0009-whom-we-measure-beside.md)."""

_COLD = """## Cold start

From the start of the process to its end, median of several; the report is one of the examples."""


def render(
    accuracy: Sequence[Measured | Skipped],
    floors: dict[str, Floors],
    speeds: Speeds | str,
    starts: Sequence[Start],
    facts: dict[str, str],
) -> str:
    """The page as Markdown, with nothing on growth yet. ``speeds`` may be why there are none; ``facts`` has machine,
    versions and model."""
    goals = reached(accuracy, None if isinstance(speeds, str) else speeds)
    parts = [_INTRO.format(**facts), _SUMMARY, summary(goals)]
    parts += [_ACCURACY, *(_accuracy(part, floors) for part in accuracy)]
    if isinstance(speeds, str):
        parts += ["## Speed and memory", f"Not measured: {speeds}."]
    else:
        about = {"texts": f"{speeds.texts:,}", "words": f"{speeds.words:,}", "rounds": str(ROUNDS)}
        parts += [_SPEED.format(**about), f"![Words per second]({CHART.name})", _speeds(speeds)]
    return "\n\n".join([*parts, _COLD, _starts(starts), "".join(_GROWTH)])


def summary(goals: Iterable[Reached]) -> str:
    """The table of goals, each with its figure."""
    return table(("", "measured on", "figure", "floor", "aim", "reached"), (goal.cells() for goal in goals), words=2)


def with_figures(readme: str, goals: Iterable[Reached]) -> str:
    """README.md with the goals' figures between its two marks. ValueError where these are not there."""
    rows = (goal.cells()[:3] for goal in goals)
    return _with(readme, _FIGURES, f"{table(('what', 'measured on', 'figure'), rows, words=2)}\n")


def growth(page: str) -> str:
    """What the page says on growth, which is measured by itself. ValueError where the marks around it are not there."""
    begin, end = _GROWTH
    return page[page.index(begin) + len(begin) : page.index(end)]


def with_growth(page: str, part: str) -> str:
    """The page with ``part`` as what it says on growth. ValueError where the marks around that are not there."""
    return _with(page, _GROWTH, part)


def _with(text: str, marks: tuple[str, str], part: str) -> str:
    before, after = text.index(marks[0]) + len(marks[0]), text.index(marks[1])
    return f"{text[:before]}{part}{text[after:]}"


def chart(speeds: Speeds) -> str:
    """Words per second as SVG, the fastest first, with each system's memory and model."""
    ordered = sorted(speeds.systems, key=lambda s: -s.words_per_second)
    rows = [Bar(_plain(s.system), s.words_per_second, _beside(s), s.system in OURS) for s in ordered]
    return bars("Words per second (logarithmic)", rows, ("times textacy", "peak memory, MB", "model, MB"))


def _beside(system: Speed) -> tuple[str, str, str]:
    """How many times as fast as the rival, peak memory, and size of the model."""
    return f"{system.times_rival:.1f}", f"{system.peak / MB:,.0f}", f"{system.model / MB:.1f}" if system.model else "–"


def _plain(system: str) -> str:
    return NAMES[system].replace("`", "")


def _accuracy(part: Measured | Skipped, floors: dict[str, Floors]) -> str:
    if isinstance(part, Skipped):
        return f"### {part.corpus}\n\nNot measured: {part.reason}."
    under = floors[part.corpus].floors if part.corpus in floors else {}
    rows = [
        (name, f"{figure:.1f}", f"{under[name]:.1f}" if name in under else "") for name, figure in part.figures.items()
    ]
    return f"### {part.corpus}\n\n{part.about}.\n\n{table(('', 'figure', 'floor'), rows)}"


def _speeds(speeds: Speeds) -> str:
    heads = (
        "",
        "words/s",
        "words per processor second",
        "time against the baseline",
        f"times as fast as {RIVAL}",
        "peak memory (MB)",
        "model (MB)",
        "texts it fails on",
    )
    return table(
        heads,
        [
            (
                NAMES[s.system],
                f"{s.words_per_second:,.0f}",
                f"{s.words_per_cpu_second:,.0f}",
                f"{s.times_baseline:.1f}",
                *_beside(s),
                f"{s.failed:,}",
            )
            for s in speeds.systems
        ],
    )


def _starts(starts: Sequence[Start]) -> str:
    rows = [(f"`{s.command}`", f"{s.seconds:.2f}", f"{s.times_empty:.1f}") for s in starts]
    return table(("", "seconds", "times an empty Python"), rows)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], words: int = 1) -> str:
    """A Markdown table; all columns but the first ``words`` hold numbers."""
    marks = ["---"] * words + ["---:"] * (len(heads) - words)
    return "\n".join(f"| {' | '.join(row)} |" for row in (heads, marks, *rows))
