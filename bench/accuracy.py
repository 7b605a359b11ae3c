"""Accuracy: readings by the shipped model against annotated articles and coded answers."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import corpora
from bench.answers import Answers, by_report, holds_number, holds_place
from sayso import pipeline
from sayso.config import Config
from sayso.score import Accuracy
from sayso.types import Reading

Figures = dict[str, float]  # per cent, by name


@dataclass(frozen=True, slots=True)
class Measured:
    """The figures of one corpus, with the hash of the corpus."""

    corpus: str
    sha256: str
    about: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class Skipped:
    """A corpus that nothing was measured on, and why."""

    corpus: str
    reason: str


def measure() -> Iterator[Measured | Skipped]:
    """The figures of each corpus in turn."""
    parts: dict[str, Callable[[], tuple[str, Figures]]] = {
        corpora.POLNEAR: partial(_scored, corpora.POLNEAR),
        corpora.REPORTS: partial(_scored, corpora.REPORTS),
        corpora.FAKES: _answered,
    }
    for corpus, figures in parts.items():
        if reason := corpora.missing(corpus):
            yield Skipped(corpus, reason)
        else:
            yield Measured(corpus, corpora.fingerprint(corpus), *figures())


def _scored(corpus: str) -> tuple[str, Figures]:
    scores = pipeline.score(corpora.DATA / corpus, Config())
    figures = {n: 100 * (f.accuracy if isinstance(f, Accuracy) else f.f1) for n, f in scores.figures.items()}
    return f"{scores.articles} annotated articles; F1, or the share that is right", figures


def _answered() -> tuple[str, Figures]:
    answers = by_report(corpora.answers())
    readings = _readings(set(answers))
    found, of = Counter[str](), Counter[str]()
    for report, accepted in answers.items():
        for figure, held in _held(accepted, readings.get(report, [])).items():
            of[figure] += 1
            found[figure] += held
    shares = ", ".join(f"{figure} {found[figure]} of {of[figure]}" for figure in sorted(of))
    figures = {figure: 100 * found[figure] / of[figure] for figure in sorted(of)}
    return (
        f"{len(answers)} reports with answers; share of those with a marked answer that it is found in: {shares}",
        figures,
    )


def _held(accepted: Answers, readings: list[Reading]) -> dict[str, bool]:
    """For each figure that the report counts toward, whether one of its readings holds an answer."""
    dead = accepted.dead_marked | accepted.dead_coded
    places = accepted.places_marked | accepted.places_coded
    held: dict[str, bool] = {}
    if dead:
        held["civilian dead"] = any(holds_number(r, dead) for r in readings)
    if places:
        held["place"] = any(holds_place(r, places) for r in readings)
    if accepted.dead_marked:
        held["civilian dead (marked)"] = any(holds_number(r, accepted.dead_marked) for r in readings)
    if accepted.places_marked:
        held["place (marked)"] = any(holds_place(r, accepted.places_marked) for r in readings)
    return held


def _readings(reports: set[str]) -> dict[str, list[Reading]]:
    """The readings of these reports by their ids; one report is there in two wordings."""
    rows = [(str(json.loads(line)["id"]), line) for line in corpora.articles()]
    wanted = [(report, line) for report, line in rows if report in reports]
    readings: dict[str, list[Reading]] = {}
    with TemporaryDirectory() as folder:
        table = Path(folder) / "reports.jsonl"
        table.write_text("".join(f"{line}\n" for _, line in wanted), "utf-8")
        for outcome in pipeline.outcomes([str(table)], Config()):
            if isinstance(outcome, pipeline.Outcome) and outcome.reading:
                row = int(outcome.received.article.location.rpartition("#")[2])
                readings.setdefault(wanted[row - 1][0], []).append(outcome.reading)
    return readings
