"""Casualty figures and dates on real reports, where the data lies beside the checkout.

Floors are a little under what was measured; they may rise, and fall only when somebody says why.
"""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.read.casualties import find_casualties
from sayso.read.dates import find_dates
from sayso.read.numbers import find_quantities
from sayso.types import Attribution, Span

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("SAYSO_DATA", ROOT.parent / "shared" / "data"))
TOOLS = DATA.parent / "tools"

pytestmark = pytest.mark.skipif(
    not (DATA / "fakes").is_dir() or not (DATA / "reports_dev").is_dir() or not (TOOLS / "score_reports.py").is_file(),
    reason="the reports are not in ../shared/data (SAYSO_DATA names another place)",
)


@pytest.fixture(scope="module")
def scorer():
    sys.path.insert(0, str(TOOLS))
    try:
        import score_reports
    finally:
        sys.path.remove(str(TOOLS))
    return score_reports


def lines(name: str) -> Iterator[dict]:
    with (DATA / "fakes" / name).open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def attributions(text: str, labels: dict, scorer) -> list[Attribution]:
    def span(value) -> Span | None:
        place = scorer.find(text, value)
        return Span.of(text, *place) if place else None

    return [
        Attribution(
            id=a["id"],
            source=None,
            cue=None,
            content=tuple(s for x in a["content"] if (s := span(x))),
            within=a["within"],
            kind="direct",
            stance="asserts",
            claimant=None,
            confidence=1.0,
        )
        for a in labels["attributions"]
    ]


def test_annotated_reports(scorer) -> None:
    tally = scorer.Tally()
    right = attributed = 0
    for path in sorted((DATA / "reports_dev" / "labels").glob("*.json")):
        article = json.loads((DATA / "reports_dev" / "articles" / path.name).read_text("utf-8"))
        labels = json.loads(path.read_text("utf-8"))
        text = article["text"]
        gold = scorer.from_gold(labels, text)
        found = find_casualties(text, attributions(text, labels, scorer))
        harm = [
            {"span": (c.span.start, c.span.end), "min": c.min, "max": c.max, "kind": c.kind, "by": c.attribution}
            for c in found
        ]
        when = [{"span": (d.span.start, d.span.end), "value": d.value} for d in find_dates(text, article["published"])]
        scorer.compare(gold, {"A": [], "C": harm, "V": [], "P": [], "D": when}, tally)
        for g in gold["C"]:
            same = [
                h for h in harm
                if (h["min"], h["max"], h["kind"]) == (g["min"], g["max"], g["kind"]) and h["span"][0] < g["span"][1]
                and g["span"][0] < h["span"][1]
            ]  # fmt: skip
            attributed += bool(same)
            right += any(h["by"] == g["by"] for h in same)
    assert tally.f1("casualties strict") >= 0.90
    assert tally.f1("date value") >= 0.92
    assert right / attributed >= 0.92


def test_marked_figures_of_civilian_dead_are_found() -> None:
    texts = {article["id"]: article["text"] for article in lines("articles.jsonl")}
    held = marked = 0
    for answer in lines("answers_dev.jsonl"):
        cell = answer["spans"].get("Civilians")
        if not cell or answer["id"] not in texts:
            continue
        wanted = {bound for q in find_quantities(cell) for bound in (q.min, q.max)} | {_number(answer)}
        found = {
            bound
            for c in find_casualties(texts[answer["id"]], ())
            if c.kind == "killed"
            for bound in (c.min, c.max, c.min - 1 if c.min and c.max is None else None)  # "more than 30" holds 30
        }
        marked += 1
        held += bool((wanted & found) - {None, 0})
    assert held / marked >= 0.95


def _number(answer: dict) -> int | None:
    coded = str(answer["coded"].get("nb_civilians") or "")
    return int(coded) if coded.isdecimal() else None


def test_every_span_of_every_report_is_the_text_at_its_place() -> None:
    for article in lines("articles.jsonl"):
        text = article["text"]
        for found in (*find_casualties(text, ()), *find_dates(text, article["published"])):
            assert text[found.span.start : found.span.end] == found.span.text != ""
