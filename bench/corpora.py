"""Where the texts lie that figures are measured on. They are not the project's to give, so they may be absent."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

from bench import claimdiff, ecb, geo, mpqa, plover, related, rte

ROOT = Path(__file__).parents[1]
DATA = Path(os.environ.get("SAYSO_DATA", ROOT.parent / "shared" / "data"))

POLNEAR, REPORTS, FAKES = "polnear/dev", "reports_dev", "fakes"
ARTICLES, ANSWERS = "articles.jsonl", "answers_dev.jsonl"
GEO, TEMPEVAL = "geo", "tempeval3"
MPQA, PLOVER = "mpqa", "plover"
STORIES, CLAIMDIFF, RTE, ECB = "stories_dev", "claimdiff", "rte", "ecbplus"
SWAPPED = "fakes, names exchanged"
_FILES = {
    POLNEAR: ("text", "attributions"),
    REPORTS: ("articles", "labels"),
    FAKES: (ARTICLES, ANSWERS),
    GEO: (geo.GWN, geo.LGL),
    TEMPEVAL: ("TBAQ-cleaned",),
    MPQA: (mpqa.TOPICS, mpqa.TEXTS, mpqa.ANNOTATIONS),
    PLOVER: (plover.TABLE,),
    STORIES: (related.ARTICLES, related.LABELS),
    CLAIMDIFF: (claimdiff.STRONG, claimdiff.WEAK),
    RTE: (rte.TRAIN, rte.DEV),
    ECB: (ecb.SENTENCES, ecb.TOPICS),
    SWAPPED: (ARTICLES,),
}
_FOLDERS = {SWAPPED: FAKES}  # of the corpora that are not named as their folders


def missing(corpus: str) -> str | None:
    """Why nothing can be measured on ``corpus``; None if it is there."""
    absent = [name for name in _FILES[corpus] if not (_folder(corpus) / name).exists()]
    return (
        f"{corpus} is not there: {_folder(corpus) / absent[0]} is missing (SAYSO_DATA says where to look)"
        if absent
        else None
    )


def _folder(corpus: str) -> Path:
    return DATA / _FOLDERS.get(corpus, corpus)


def fingerprint(corpus: str) -> str:
    """The hash of the corpus: of the names and bytes of all its files, in the order of their names."""
    folder = _folder(corpus)
    named = (folder / name for name in _FILES[corpus])
    return hash_of(folder, (file for path in named for file in (path.rglob("*") if path.is_dir() else [path])))


def hash_of(folder: Path, files: Iterable[Path]) -> str:
    """The SHA-256 of the names, relative to ``folder``, and the bytes of ``files``, whatever order they come in."""
    total = sha256()
    for file in sorted(file for file in files if file.is_file()):
        data = file.read_bytes()
        total.update(f"{file.relative_to(folder).as_posix()}\0{len(data)}\0".encode())
        total.update(data)
    return total.hexdigest()


def articles() -> list[str]:
    """The lines of FA-KES's table, each a report as JSON; a line that repeats another byte for byte is left out."""
    return list(dict.fromkeys((DATA / FAKES / ARTICLES).read_text("utf-8").splitlines()))


def text_of(row: dict[str, Any]) -> str:
    """A report's text as intake makes it of a row: title, blank line, body."""
    return f"{row['title']}\n\n{row['text']}" if row["title"] else str(row["text"])


def answers() -> list[dict[str, Any]]:
    """FA-KES's answers, a row each; a report that tells of several events has several."""
    return [json.loads(line) for line in (DATA / FAKES / ANSWERS).read_text("utf-8").splitlines()]
