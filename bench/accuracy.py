"""Accuracy: readings by the shipped model against annotated articles and coded answers."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import claimdiff, corpora, ecb, geo, mpqa, plover, related, rte, swap, tempeval
from bench.answers import Answers, by_report, holds_date, holds_number, holds_place
from sayso import pipeline
from sayso.config import Config
from sayso.read.dates import find_dates
from sayso.score import Accuracy
from sayso.types import Reading

CONFIG = Config(places="")  # figures do not depend on what somebody has added
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


def measure(*, whole: bool = True) -> Iterator[Measured | Skipped]:
    """The figures of each corpus in turn. Not ``whole``: names are exchanged in a part of the reports only, because to
    read all of them twice takes minutes, and ECB+ is left out."""
    parts: dict[str, Callable[[], tuple[str, Figures]]] = {
        corpora.POLNEAR: partial(_scored, corpora.POLNEAR),
        corpora.REPORTS: partial(_scored, corpora.REPORTS),
        corpora.FAKES: _answered,
        corpora.GEO: _located,
        corpora.TEMPEVAL: _dated,
        corpora.MPQA: _nested,
        corpora.PLOVER: _rooted,
        corpora.STORIES: _related,
        corpora.CLAIMDIFF: _paired,
        corpora.RTE: _entailed,
        corpora.SWAPPED: partial(_swapped, whole=whole),
    }
    if whole:
        parts[corpora.ECB] = _gathered
    for corpus, figures in parts.items():
        if reason := corpora.missing(corpus):
            yield Skipped(corpus, reason)
        else:
            yield Measured(corpus, corpora.fingerprint(corpus), *figures())


def _scored(corpus: str) -> tuple[str, Figures]:
    scores = pipeline.score(corpora.DATA / corpus, CONFIG)
    figures = {n: 100 * (f.accuracy if isinstance(f, Accuracy) else f.f1) for n, f in scores.figures.items()}
    return f"{scores.articles} annotated articles; F1, or the share that is right", figures


def _answered() -> tuple[str, Figures]:
    answers = by_report(corpora.answers())
    lines = [(str(json.loads(line)["id"]), line) for line in corpora.articles()]
    readings = _readings([(report, line) for report, line in lines if report in answers])
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
    if days := accepted.dates_marked:
        held["date"] = any(holds_date(r, days) for r in readings)
        held["date (or that of publication)"] = any(holds_date(r, days, published=True) for r in readings)
    return held


def _located() -> tuple[str, Figures]:
    articles = {str(n): a for n, a in enumerate(geo.articles(corpora.DATA / corpora.GEO)) if a.half == "reported"}
    readings = _readings([(number, json.dumps({"text": article.text})) for number, article in articles.items()])
    found = [(article, readings[number][0].places) for number, article in articles.items() if number in readings]
    toponyms = sum(len(article.toponyms) for article in articles.values())
    return (
        f"{len(articles)} articles of GeoWebNews and LGL, {toponyms} toponyms; the share that is found, and of these "
        f"the share that is placed within {geo.NEAR:.0f} km",
        geo.figures(found),
    )


def _dated() -> tuple[str, Figures]:
    documents = [d for d in tempeval.documents(corpora.DATA / corpora.TEMPEVAL) if d.half == "reported"]
    dates = sum(len(document.dates) for document in documents)
    return (
        f"{len(documents)} documents of TimeBank and AQUAINT, {dates} dates; F1",
        tempeval.figures((document, find_dates(document.text, document.made)) for document in documents),
    )


def _nested() -> tuple[str, Figures]:
    documents = {str(number): d for number, d in enumerate(mpqa.documents(corpora.DATA / corpora.MPQA))}
    readings = _readings([(number, json.dumps({"text": document.text})) for number, document in documents.items()])
    counted = [expression for document in documents.values() for expression in mpqa.nested(document)]
    return (
        f"{len(documents)} documents of MPQA, {len(counted)} expressions of sources within sources, of which "
        f"{sum(expression.speaks for expression in counted)} are speech events; the share that is found with its chain",
        mpqa.figures((document, next(iter(readings.get(n, [])), None)) for n, document in documents.items()),
    )


def _rooted() -> tuple[str, Figures]:
    coded = {str(number): c for number, c in enumerate(plover.sentences(corpora.DATA / corpora.PLOVER))}
    readings = _readings([(number, json.dumps({"text": c.sentence})) for number, c in coded.items()])
    roots = [(c.root, plover.root_of(readings.get(number, []))) for number, c in coded.items()]
    return f"{len(coded)} sentences of PLV; F1, or the share that is right", plover.figures(roots)


def _related() -> tuple[str, Figures]:
    folder = corpora.DATA / corpora.STORIES
    labels = related.labelled(folder)
    return (
        f"{len(labels.stories)} labelled reports of {len(set(labels.stories.values()))} events, with "
        f"{len(labels.echoes)} pairs that echo each other and {len(labels.tolls)} figures",
        related.figures(labels, related.found(folder, CONFIG)),
    )


def _paired() -> tuple[str, Figures]:
    pairs = claimdiff.pairs(corpora.DATA / corpora.CLAIMDIFF)
    joined = sum(claimdiff.is_contradicted(pair) for pair in pairs)
    return (
        f"{len(pairs)} pairs of claims, of which Sayso joins {joined} as contradicting each other; area under the ROC "
        "curve, or share that is right",
        claimdiff.figures(pairs),
    )


def _entailed() -> tuple[str, Figures]:
    folder = corpora.DATA / corpora.RTE
    pairs = len(rte.entailments(folder / rte.DEV))
    return f"{pairs} pairs of sentences; the share that is judged rightly by words in common", rte.figures(folder)


def _gathered() -> tuple[str, Figures]:
    documents = {document.name: document for document in ecb.documents(corpora.DATA / corpora.ECB)}
    readings = _readings([(name, json.dumps({"text": document.text})) for name, document in documents.items()])
    found = [(document, readings[name][0]) for name, document in documents.items() if name in readings]
    mentions = sum(len(document.mentions) for document, _ in found)
    return (
        f"{len(found)} documents of ECB+ on {len({d.subtopic for d, _ in found})} events, {mentions} mentions of "
        "actions; F1",
        ecb.figures(found),
    )


def _swapped(*, whole: bool) -> tuple[str, Figures]:
    lines = corpora.articles() if whole else swap.some(corpora.articles())
    texts = [text for line in lines if swap.holds(text := corpora.text_of(json.loads(line)))]
    twice = [{str(number): make(text) for number, text in enumerate(texts)} for make in (str, swap.exchanged)]
    plain, other = (_readings([(n, json.dumps({"text": text})) for n, text in of.items()]) for of in twice)
    pairs = [(plain[number][0], other[number][0]) for number in plain if number in other]
    return (
        f"{len(pairs)} reports of FA-KES, read as they are and with the parties' names exchanged; the share of what "
        "is found in either that is found in the other too",
        swap.figures(pairs),
    )


def _readings(rows: Sequence[tuple[str, str]]) -> dict[str, list[Reading]]:
    """The readings of articles, given as pairs of an id and a JSON line, by their ids; one id may have several."""
    readings: dict[str, list[Reading]] = {}
    with TemporaryDirectory() as folder:
        table = Path(folder) / "reports.jsonl"
        table.write_text("".join(f"{line}\n" for _, line in rows), "utf-8")
        for outcome in pipeline.outcomes([str(table)], CONFIG):
            if isinstance(outcome, pipeline.Outcome) and outcome.reading:
                row = int(outcome.received.article.location.rpartition("#")[2])
                readings.setdefault(rows[row - 1][0], []).append(outcome.reading)
    return readings
