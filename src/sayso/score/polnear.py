"""Scoring against brat annotations as in PolNeAR: exact spans, characters and whole relations.

PolNeAR marks one layer, so nested attributions of a reading are left out; white space at the edges of a span is too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sayso.errors import UsageError
from sayso.score.figures import Extent, Scores, Tally, characters, gold_from
from sayso.types import Attribution, Reading

ROLES = ("Source", "Cue", "Content")
_FIGURES = (*(f"{role} {how}" for role in ROLES for how in ("exact", "chars")), "relation exact")
_ANCHOR = 60  # characters of the article's beginning by which its text is found in the text as read

Relation = tuple[tuple[Extent, ...], ...]  # the sorted extents of source, cue and content


@dataclass(frozen=True, slots=True)
class Gold:
    """One annotated article: the extents of each role, and the relations that have a content."""

    name: str
    text: str
    extents: dict[str, set[Extent]]
    relations: set[Relation]


class Brat:
    """A folder of brat annotations."""

    @staticmethod
    def fits(folder: Path) -> bool:
        """True for a folder with text/ and attributions/, or with .ann files beside .txt files."""
        return (folder / "attributions").is_dir() or any(folder.glob("*.ann"))

    @staticmethod
    def articles_of(folder: Path) -> Path:
        """Where the texts are."""
        return folder / "text" if (folder / "attributions").is_dir() else folder

    @staticmethod
    def score(folder: Path, readings: Sequence[Reading]) -> Scores:
        """The figures of all annotated articles together."""
        tally = Tally.of(_FIGURES)
        by_name = {Path(reading.article.location).name.split(".txt")[0]: reading for reading in readings}
        golds = list(_golds(folder))
        for gold in golds:
            _compare(gold, by_name.get(gold.name), tally)
        return Scores(tally.figures(), len(golds), tuple(gold.name for gold in golds if gold.name not in by_name))


def _golds(folder: Path) -> Iterator[Gold]:
    texts = Brat.articles_of(folder)
    annotated = folder / "attributions"
    names: dict[str, Path] = {}
    for path in sorted((annotated if annotated.is_dir() else folder).glob("*.ann")):
        # ARTICLE_ANNOTATOR.ann in PolNeAR: one annotator an article, the alphabetically first.
        names.setdefault(path.stem.rsplit("_", 1)[0] if annotated.is_dir() else path.stem, path)
    for name, path in names.items():
        text = _text(texts, name)
        with gold_from(path):
            gold = _gold(name, text, path.read_text("utf-8"))
        yield gold


def _text(folder: Path, name: str) -> str:
    exact = folder / f"{name}.txt"
    path = exact if exact.exists() else next(iter(sorted(folder.glob(f"{name}*"))), None)
    if path is None:
        raise UsageError(f"{folder} holds no text for the annotated article {name}.")
    with gold_from(path), path.open(encoding="utf-8", newline="") as file:  # offsets count each character, "\r" too
        return file.read()


def _gold(name: str, text: str, annotations: str) -> Gold:
    lines = annotations.split("\n")
    bounds: dict[str, tuple[str, list[Extent]]] = {}
    for line in lines:
        if line.startswith("T") and line.count("\t") >= 2:
            key, mark, _ = line.split("\t", 2)
            role, offsets = mark.split(" ", 1)
            bounds[key] = (role, [_extent(text, piece) for piece in offsets.split(";")])
    relations = [_relation(line, bounds) for line in lines if line.startswith("E")]  # some stand before their bounds
    extents: dict[str, set[Extent]] = {role: set() for role in ROLES}
    for role, pieces in bounds.values():
        if role in extents:
            extents[role].update(pieces)
    return Gold(name, text, extents, {_key(relation) for relation in relations if relation["Content"]})


def _relation(line: str, bounds: dict[str, tuple[str, list[Extent]]]) -> dict[str, list[Extent]]:
    """The extents by role of a brat event, "E1<tab>Attribution:T4 Content:T3 Cue:T2 Source:T1 Source2:T5"."""
    relation: dict[str, list[Extent]] = defaultdict(list)
    for argument in line.split("\t", 1)[1].split():
        role, key = argument.split(":")
        if key in bounds:
            relation[re.sub(r"\d+$", "", role)] += bounds[key][1]
    return relation


def _extent(text: str, piece: str) -> Extent:
    start, end = map(int, piece.split())
    if not 0 <= start <= end <= len(text):
        raise ValueError(f"{piece} is no stretch of a text of {len(text)} characters")
    return _trim(text, start, end)


def _compare(gold: Gold, reading: Reading | None, tally: Tally) -> None:
    found = [_by_role(a, reading, gold.text) for a in _outermost(reading)] if reading else []
    for role in ROLES:
        extents = {extent for relation in found for extent in relation[role]}
        tally.counts[f"{role} exact"].add_sets(extents, gold.extents[role])
        tally.counts[f"{role} chars"].add_sets(_inked(gold.text, extents), _inked(gold.text, gold.extents[role]))
    tally.counts["relation exact"].add_sets({_key(relation) for relation in found}, gold.relations)


def _outermost(reading: Reading) -> Iterator[Attribution]:
    return (attribution for attribution in reading.attributions if attribution.within is None)


def _by_role(attribution: Attribution, reading: Reading, text: str) -> dict[str, list[Extent]]:
    shift = _shift(text, reading.article.text)
    spans = {
        "Source": (attribution.source,) if attribution.source else (),
        "Cue": (attribution.cue,) if attribution.cue else (),
        "Content": attribution.content,
    }
    return {role: [_trim(text, s.start - shift, s.end - shift) for s in found] for role, found in spans.items()}


def _shift(text: str, as_read: str) -> int:
    """How many characters further on the article's text stands in the text as read."""
    if text == as_read:
        return 0
    anchor = text.strip()[:_ANCHOR]
    return as_read.find(anchor) - text.find(anchor)


def _key(relation: dict[str, list[Extent]]) -> Relation:
    return tuple(tuple(sorted(relation[role])) for role in ROLES)


def _inked(text: str, extents: Iterable[Extent]) -> set[int]:
    return {offset for offset in characters(extents) if not text[offset : offset + 1].isspace()}


def _trim(text: str, start: int, end: int) -> Extent:
    while start < end and text[start : start + 1].isspace():
        start += 1
    while end > start and text[end - 1 : end].isspace():
        end -= 1
    return start, end
