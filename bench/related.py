"""Whether reports of one event are brought together, copies folded, and tolls found, against labelled reports.

The corpus has 110 reports on Syria. Somebody who read them said which are of one event, which pairs share much of their
words, and for the events with several reports which figures are given. Reports are read and linked as users do, and the
ledger is asked:

- *stories*: the story of each report's main event, by B-cubed; a report without a story is alone in one.
- *echoes*: pairs of reports, in no order. All reports that one copy or another ties together pair with each other.
- *figures*: of the labelled ones, the share that a claim of the same report has with the same bounds and kind. The
  labels give "more than 50" as 50, Sayso as 51; both count. How many of Sayso's figures are labelled means little,
  since only main events are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.clusters import b_cubed, f1
from sayso import pipeline
from sayso.config import Config
from sayso.ledger import Ledger
from sayso.types import EchoRow

ARTICLES, LABELS = "articles.json", "labels.json"

Pair = frozenset[str]
Toll = tuple[str, int | None, int | None, str]
"""A report, the least and the most, and "killed" or another kind."""


@dataclass(frozen=True, slots=True)
class Related:
    """How reports are related, by their ids in the corpus: the story of each, pairs of echoes, and figures."""

    stories: dict[str, str]
    echoes: frozenset[Pair]
    tolls: frozenset[Toll]


def labelled(folder: Path) -> Related:
    """What the labels say."""
    labels = json.loads((folder / LABELS).read_text("utf-8"))
    return Related(
        {report: story["id"] for story in labels["stories"] for report in story["articles"]},
        frozenset(frozenset((echo["a"], echo["b"])) for echo in labels["echoes"]),
        frozenset(_toll(figure["article"], figure) for figure in labels["figures"]),
    )


def _toll(report: str, figure: dict[str, Any]) -> Toll:
    return report, figure["min"], figure["max"], figure["kind"]


def found(folder: Path, config: Config) -> Related:
    """What Sayso says of the same reports."""
    with TemporaryDirectory() as own, Ledger.open(str(Path(own) / "related.db")) as ledger:
        pipeline.run([str(folder / ARTICLES)], config, ledger)
        pipeline.link(ledger)
        return told_by(ledger, [str(row["id"]) for row in json.loads((folder / ARTICLES).read_text("utf-8"))])


def told_by(ledger: Ledger, reports: list[str]) -> Related:
    """What a ledger says of articles that came from one table, whose rows have the ids ``reports``."""
    articles = list(ledger.articles())
    report = {a.id: reports[int(a.location.rpartition("#")[2]) - 1] for a in articles}
    return Related(
        {report[a.id]: a.story for a in articles if a.story},
        frozenset(frozenset(report[name] for name in pair) for pair in echoing(ledger.echoes())),
        frozenset((report[c.article], f.min, f.max, f.kind) for c in ledger.claims() for f in c.figures),
    )


def echoing(rows: Iterable[EchoRow]) -> set[Pair]:
    """All pairs of articles that rows tie together, directly or through others."""
    tied: dict[str, frozenset[str]] = {}
    for row in rows:
        both = tied.get(row.article, frozenset({row.article})) | tied.get(row.origin, frozenset({row.origin}))
        tied |= dict.fromkeys(both, both)
    return {frozenset(pair) for group in set(tied.values()) for pair in combinations(group, 2)}


def figures(labels: Related, found: Related) -> dict[str, float]:
    """The figures, in per cent."""
    stories = {report: found.stories.get(report, f"alone {report}") for report in labels.stories}
    precision, recall = b_cubed(labels.stories, stories)
    pairs = {pair for pair in found.echoes if pair <= labels.stories.keys()}
    right = len(pairs & labels.echoes)
    exact, complete = right / max(1, len(pairs)), right / max(1, len(labels.echoes))
    tolls = found.tolls | {lower for toll in found.tolls for lower in _more_than(toll)}
    shares = {
        "stories B-cubed F1": f1(precision, recall),
        "stories B-cubed precision": precision,
        "stories B-cubed recall": recall,
        "echoes F1": f1(exact, complete),
        "echoes precision": exact,
        "echoes recall": complete,
        "figures recall": len(labels.tolls & tolls) / max(1, len(labels.tolls)),
    }
    return {name: 100 * share for name, share in shares.items()}


def _more_than(toll: Toll) -> list[Toll]:
    """The toll as the labels would give it where the text says "more than"."""
    report, least, most, kind = toll
    return [(report, least - 1, None, kind)] if least and most is None else []
