"""The figures of `sayso score` are those of the two scoring tools, to the digit that the tools print."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from sayso.config import Config
from sayso.intake import receive
from sayso.pipeline import Outcome, outcomes
from sayso.score import Scores, articles_of, score
from sayso.score.figures import Accuracy
from sayso.types import Article, Attribution, Casualty, Date, Place, Provenance, Reading, Received, Span, Voice

SHARED = Path(__file__).parents[3] / "shared"
TOOLS = SHARED / "tools"
DATA = Path(os.environ.get("SAYSO_DATA", SHARED / "data"))
STANCES = ("asserts", "denies", "accuses", "warns", "plans", "suspects", "other")


@pytest.fixture(scope="module", params=["polnear/dev", "reports_dev"])
def folder(request: pytest.FixtureRequest) -> Path:
    if not TOOLS.is_dir() or not DATA.is_dir():
        pytest.skip("needs ../shared/tools and ../shared/data")
    return DATA / request.param


def test_the_readers_figures(folder: Path, tmp_path: Path) -> None:
    found = outcomes([str(articles_of(folder))], Config())
    readings = [outcome.reading for outcome in found if isinstance(outcome, Outcome) and outcome.reading]

    ours = score(folder, readings)

    assert ours.articles - len(ours.unread) == len(readings)
    assert printed(ours) == by_the_tool(folder, readings, tmp_path)
    assert any(reading.attributions for reading in readings)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_figures_of_readings_that_are_partly_right(folder: Path, tmp_path: Path, seed: int) -> None:
    """Readings made of the annotations, with some left out, moved, doubled and renamed, reach what a reader seldom
    does: shares between 0 and 1 in every figure, ties in overlap, contents in pieces, nesting."""
    chance = random.Random(seed)
    labels = labels_of(folder)
    articles = [item.article for item in receive([str(articles_of(folder))], Config()) if isinstance(item, Received)]
    spoilt = [spoil(article, labels.get(Path(article.location).stem, {}), chance) for article in articles[1:]]

    ours = score(folder, spoilt)

    assert len(ours.unread) == 1 + ours.articles - len(articles)
    assert printed(ours) == by_the_tool(folder, spoilt, tmp_path)
    assert all(0 < (f.accuracy if isinstance(f, Accuracy) else f.f1) < 1 for f in ours.figures.values())


def printed(scores: Scores) -> dict[str, tuple[str, ...]]:
    """Name -> the figures with the digits that the tools print."""
    return {
        name: tuple(f"{value:.3f}" for value in ([f.accuracy] if isinstance(f, Accuracy) else [f.p, f.r, f.f1]))
        for name, f in scores.figures.items()
    }


def by_the_tool(folder: Path, readings: list[Reading], tmp_path: Path) -> dict[str, tuple[str, ...]]:
    lines = tmp_path / "readings.jsonl"
    lines.write_text("".join(json.dumps(reading.to_json()) + "\n" for reading in readings), "utf-8")
    tool = TOOLS / ("score_reports.py" if (folder / "labels").is_dir() else "score_polnear.py")
    out = subprocess.run([sys.executable, tool, lines, folder], capture_output=True, text=True, check=True).stdout
    rows = (re.match(r"(.+?)\s+(?:P )?(\d\.\d+)(?:\s+R (\d\.\d+)\s+F1 (\d\.\d+))?$", row) for row in out.splitlines())
    return {row[1]: tuple(value for value in row.groups()[1:] if value) for row in rows if row}


def labels_of(folder: Path) -> dict[str, dict]:
    """What is annotated, by article: the labels of reports; of brat, {"relations": [{role: offsets}]}."""
    if (folder / "labels").is_dir():
        return {path.stem: json.loads(path.read_text("utf-8")) for path in (folder / "labels").glob("*.json")}
    found: dict[str, dict] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        if (name := path.stem.rsplit("_", 1)[0]) not in found:
            found[name] = {"relations": brat_relations(path.read_text("utf-8"))}
    return found


def brat_relations(annotations: str) -> list[dict[str, list[list[int]]]]:
    bounds = {
        key: [[int(n) for n in piece.split()] for piece in offsets.split(";")]
        for key, offsets in re.findall(r"^(T\d+)\t\w+ ([\d ;]+)\t", annotations, re.M)
    }
    return [
        {
            role: [piece for key in re.findall(rf"{role}\d*:(T\d+)", event) for piece in bounds.get(key, [])]
            for role in ("Source", "Cue", "Content")
        }
        for event in re.findall(r"^E\d+\t(.*)$", annotations, re.M)
    ]


def spoil(article: Article, labels: dict, chance: random.Random) -> Reading:
    text = article.text

    def span(start: int, end: int) -> Span:
        """Right in three cases of four; else a little longer or shorter."""
        if chance.random() < 0.25:
            start, end = start + chance.randint(-8, 8), end + chance.randint(-8, 8)
        start = max(0, min(start, len(text) - 1))
        return Span.of(text, start, max(start + 1, min(end, len(text))))

    def find(words: object) -> Span | None:
        words = words["text"] if isinstance(words, dict) else words
        start = text.find(words) if isinstance(words, str) else -1
        return span(start, start + len(words)) if start >= 0 else None

    def often(items: list) -> list:
        """Most of the items, and a few of them twice."""
        return [item for item in items for _ in range(chance.choice((0, 1, 1, 1, 1, 2)))]

    def maybe(value: object, *others: object) -> object:
        return chance.choice(others) if chance.random() < 0.2 else value

    attributions = []
    for a in often(labels.get("attributions", [])):
        if content := tuple(found for words in a["content"] if (found := find(words))):
            claimant = a["claimant"]["text"] if isinstance(a["claimant"], dict) else a["claimant"]
            attributions.append(
                Attribution(
                    id=a["id"],
                    source=find(maybe(a["source"], None)),
                    cue=find(a["cue"]),
                    content=content,
                    within=maybe(a["within"], None, "a1"),
                    kind="indirect",
                    stance=maybe(a["stance"], *STANCES),
                    claimant=maybe(claimant, None, "nobody at all", (claimant or "").split(" ")[-1]),
                    confidence=1.0,
                )
            )
    for i, a in enumerate(often(labels.get("relations", []))):
        source, cue, content = ([span(*piece) for piece in a[role]] for role in ("Source", "Cue", "Content"))
        if content:
            attributions.append(
                Attribution(
                    id=f"a{i}",
                    source=source[0] if source else None,
                    cue=cue[0] if cue else None,
                    content=tuple(content),
                    within=maybe(None, "a0"),
                    kind="direct",
                    stance="asserts",
                    claimant=None,
                    confidence=1.0,
                )
            )
    return Reading(
        article=article,
        attributions=tuple(attributions),
        voice=tuple(Voice(found, v["kind"], 1.0) for v in often(labels.get("voice", [])) if (found := find(v["text"]))),
        casualties=tuple(
            Casualty(found, maybe(c["min"], None, 3), maybe(c["max"], None, 3), c["kind"], c["who"], None)
            for c in often(labels.get("casualties", []))
            if (found := find(c["text"]))
        ),
        events=(),
        places=tuple(
            Place(found, found.text, p["country"], None, None, "none", None)
            for p in often(labels.get("places", []))
            if (found := find(p["text"]))
        ),
        dates=tuple(
            Date(found, maybe(d["value"], None, "2018-04-14"), "day")
            for d in often(labels.get("dates", []))
            if (found := find(d["text"]))
        ),
        mentions=(),
        evidence=(),
        provenance=Provenance("0", "spoilt", "local"),
    )
