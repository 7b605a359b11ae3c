"""What annotators marked, given as bare quotations as a model would give it, is found where they marked it.

So what the reader llm gets wrong is the model's doing. Of the annotated reports nothing is lost; of PolNeAR a
hundredth: quotations that stand in several places, and annotations that end within a word.
"""

from __future__ import annotations

import json
import os
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from tests.unit.read.endpoint import says, serving

from sayso.config import Config, Llm
from sayso.pipeline import score
from sayso.read.grounded import ground
from sayso.read.prompt import Answer, Told, parts
from sayso.score.figures import Figure
from sayso.score.polnear import Gold, Relation, _golds
from sayso.text import unmangled

DATA = Path(os.environ.get("SAYSO_DATA", Path(__file__).parents[3] / "shared" / "data"))
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the corpora are not in ../shared/data")


def quoted(words: Any) -> str | None:
    """The words of an annotation, without the number that says which of several places is meant."""
    return words["text"] if isinstance(words, dict) else words


def answer_of(labels: dict[str, Any]) -> dict[str, Any]:
    numbers = {a["id"]: number for number, a in enumerate(labels["attributions"], 1)}
    told = [
        {
            "id": numbers[a["id"]],
            "source": quoted(a["source"]),
            "cue": quoted(a.get("cue")),
            "content": [quoted(piece) for piece in a["content"]],
            "within": numbers.get(a["within"]),
            "claimant": a["claimant"],
            "stance": a["stance"],
        }
        for a in labels["attributions"]
    ]
    return {"attributions": told}


def test_annotated_reports_come_back_whole() -> None:
    folder = DATA / "reports_dev"
    gold = {
        unmangled(json.loads((folder / "articles" / path.name).read_text("utf-8"))["text"])[-200:].strip(): answer_of(
            json.loads(path.read_text("utf-8"))
        )
        for path in (folder / "labels").glob("*.json")
    }

    def annotator(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
        sent = body["messages"][1]["content"]
        says(next(answer for end, answer in gold.items() if sent.endswith(end)))(handler, body)

    with serving() as endpoint:
        endpoint.otherwise = annotator
        figures = score(folder, Config(reader="llm", llm=Llm(endpoint.url, "annotator", chars=100_000), jobs=4)).figures

    for name in ("attribution exact", "nested", "claimant F1"):
        figure = figures[name]
        assert isinstance(figure, Figure)
        assert figure.f1 == 1.0, name


def told_of(text: str, number: int, relation: Relation) -> Told:
    source, cue, content = ([text[start:end] for start, end in extents] for extents in relation)
    return Told(number, *((words[0] if words else None) for words in (source, cue)), tuple(content), None, None, None)


def trimmed(text: str, extents: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    bare = ((start, end, text[start:end]) for start, end in extents)
    return tuple((s + len(t) - len(t.lstrip()), e - len(t) + len(t.rstrip())) for s, e, t in bare)


def put_back(gold: Gold, relations: list[Relation]) -> int:
    """How many of the relations, told as quotations, are found where they are."""
    answers = []
    for start, end in parts(gold.text, 12_000):
        here = [(n, relation) for n, relation in enumerate(relations) if start <= relation[2][0][0] < end]
        answers.append(((start, end), Answer(tuple(told_of(gold.text, *one) for one in here), ())))
    found = {
        ((f.source,) if f.source else (), (f.cue,) if f.cue[0] < f.cue[1] else (), f.content)
        for f in ground(gold.text, answers).marks.relations
    }
    return sum(tuple(trimmed(gold.text, extents) for extents in relation) in found for relation in relations)


def test_of_polnear_a_hundredth_is_lost() -> None:
    right = all_ = 0
    for gold in _golds(DATA / "polnear" / "dev"):
        in_order = sorted(gold.relations, key=lambda relation: relation[2])
        relations = [r for r in in_order if len(r[0]) <= 1 and len(r[1]) <= 1 and (r[0] or r[1])]  # as can be asked for
        right += put_back(gold, relations)
        all_ += len(relations)

    assert all_ > 2000
    assert right / all_ > 0.985
