"""How well the plain code resolves what it is given: the annotators' attributions instead of the network's.

    python -m bench.given [FOLDER]

It tells what a better network could gain, and which errors are the plain code's own. Only the names are the network's.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench import corpora
from sayso.read.attributions import Marks, find_marks
from sayso.read.encoder import Encoder
from sayso.read.found import Found, Offsets
from sayso.read.resolve import reading_of
from sayso.score import Accuracy
from sayso.score.reports import Reports
from sayso.types import Article, Provenance, Reading

_HASH = "0" * 64  # articles are told apart by their location here


def main(folder: Path) -> None:
    """Print the figures of ``sayso score`` that do not measure the given attributions themselves."""
    scores = Reports.score(folder, list(_readings(folder)))
    for name, figure in scores.figures.items():
        if name.startswith(("casualties", "voice", "claimant (", "stance (")):
            print(f"{name:24}{100 * (figure.accuracy if isinstance(figure, Accuracy) else figure.f1):6.1f}")


def _readings(folder: Path) -> Iterator[Reading]:
    encoder = Encoder(threads=1)
    for path in sorted((folder / "labels").glob("*.json")):
        report = json.loads((folder / "articles" / path.name).read_text("utf-8"))
        text = report["text"]
        article = Article(_HASH[:16], _HASH, path.name, report["outlet"], None, report["published"], None, "en", text)
        marks = Marks(_given(text, json.loads(path.read_text("utf-8"))), find_marks(text, encoder).mentions)
        yield reading_of(article, marks, Provenance("0", "given", "given"))


def _given(text: str, labels: Any) -> list[Found]:
    """The annotated attributions, those that hold others first."""
    found: dict[str, Found] = {}
    for a in labels["attributions"]:
        content = tuple(sorted(extent for words in a["content"] if (extent := _find(text, words))))
        if content:
            cue = _find(text, a["cue"]) or (content[0][0], content[0][0])
            found[a["id"]] = Found(_find(text, a["source"]), cue, content, 1.0)
    for a in labels["attributions"]:
        if a["id"] in found and a["within"]:
            found[a["id"]].parent = found.get(a["within"])
    return sorted(found.values(), key=lambda f: (f.content[0][0], -f.content[-1][1], f.cue[0]))


def _find(text: str, words: Any) -> Offsets | None:
    """Where annotated words stand: a string, or {"text": …, "nth": k} for its k-th occurrence."""
    wanted, nth = (words["text"], words.get("nth", 1)) if isinstance(words, dict) else (words, 1)
    start = -1
    for _ in range(nth if wanted else 0):
        start = text.find(wanted, start + 1)
        if start < 0:
            return None
    return (start, start + len(wanted)) if start >= 0 else None


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else corpora.DATA / corpora.REPORTS)
