"""Scoring against annotated reports: ``articles/ID.json`` {text, …} and ``labels/ID.json``.

An attribution is found where its content overlaps a gold content by half or more (characters, intersection over
union; quotation marks, stops and a leading "that" aside), one to one. Of those found: the source overlaps by half, the
claimant is the same party, the stance is equal. Casualties, voice, places and dates are found where their spans meet.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sayso.score.figures import Count, Extent, Scores, Tally, characters, gold_from
from sayso.types import Reading, Span

_COUNTS = (
    "attribution",
    "attribution exact",
    "content chars",
    "nested",
    "claimant F1",
    "casualties strict",
    "voice",
    "date value",
)
_SHARES = ("source (of matched)", "claimant (of matched)", "stance (of matched)", "place recall")
_EDGE = frozenset("\"“”'‘’.,;:")
_THAT = re.compile(r"that\s+")
_WORD = re.compile(r"[\w'-]+")
_SMALL_WORDS = {"the", "a", "an", "of", "mr", "mrs", "and"}
_CONTENT_OVERLAP = 0.5
_SOURCE_OVERLAP = 0.5
_VOICE_OVERLAP = 0.3


@dataclass(frozen=True, slots=True)
class Said:
    """An attribution, its content without the marks around it."""

    id: str
    source: Extent | None
    content: tuple[Extent, ...]
    within: str | None
    claimant: str | None
    stance: str


@dataclass(frozen=True, slots=True)
class Harm:
    """A casualty figure."""

    extent: Extent
    min: int | None
    max: int | None
    kind: str


@dataclass(frozen=True, slots=True)
class Marks:
    """What is compared: of the annotators or of the reader, with offsets into the article's body."""

    said: tuple[Said, ...] = ()
    harm: tuple[Harm, ...] = ()
    voice: tuple[Extent | None, ...] = ()  # None: annotated, but the words are not in the text
    places: frozenset[Extent] = frozenset()
    dates: tuple[tuple[Extent, str], ...] = ()


class Reports:
    """A folder of annotated reports."""

    @staticmethod
    def fits(folder: Path) -> bool:
        """True for a folder with articles/ and labels/."""
        return (folder / "articles").is_dir() and (folder / "labels").is_dir()

    @staticmethod
    def articles_of(folder: Path) -> Path:
        """Where the articles are."""
        return folder / "articles"

    @staticmethod
    def score(folder: Path, readings: Sequence[Reading]) -> Scores:
        """The figures of all annotated reports together."""
        tally = Tally.of(_COUNTS, _SHARES)
        by_name = {Path(reading.article.location).name: reading for reading in readings}
        unread = []
        labels = sorted((folder / "labels").glob("*.json"))
        for path in labels:
            article = folder / "articles" / path.name
            with gold_from(article):
                text = _string(_load(article)["text"])
            with gold_from(path):
                gold = _annotated(_load(path), text)
            found = _found(text, by_name.get(path.name))
            if found is None:
                unread.append(path.stem)
            _compare(gold, found or Marks(), tally)
        return Scores(tally.figures(), len(labels), tuple(unread))


def _load(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"expected a text, got {value!r}")
    return value


def _annotated(labels: Any, text: str) -> Marks:
    return Marks(
        said=tuple(
            Said(
                id=_string(a["id"]),
                source=_find(text, a.get("source")),
                content=tuple(_bare(text, *extent) for x in a["content"] if (extent := _find(text, x))),
                within=_words_of(a.get("within")),
                claimant=_words_of(a.get("claimant")),
                stance=a.get("stance"),
            )
            for a in labels["attributions"]
        ),
        harm=tuple(
            Harm(extent, c["min"], c["max"], c["kind"])
            for c in labels["casualties"]
            if (extent := _find(text, c["text"]))
        ),
        voice=tuple(_find(text, v["text"]) for v in labels["voice"]),
        places=frozenset(extent for p in labels["places"] if (extent := _find(text, p["text"]))),
        dates=tuple((extent, d["value"]) for d in labels["dates"] if d["value"] and (extent := _find(text, d["text"]))),
    )


def _find(text: str, words: Any) -> Extent | None:
    """Where annotated words stand: a string, or {"text": …, "nth": k} for its k-th occurrence."""
    if not words:
        return None
    nth = words.get("nth", 1) if isinstance(words, dict) else 1
    wanted = _words_of(words) or ""
    start = -1
    for _ in range(nth):
        start = text.find(wanted, start + 1)
        if start < 0:
            return None
    return start, start + len(wanted)


def _words_of(words: Any) -> str | None:
    found = words["text"] if isinstance(words, dict) else words
    return None if found is None else _string(found)


def _found(text: str, reading: Reading | None) -> Marks | None:
    """What the reader found, with offsets into ``text``; None without a reading of this text."""
    if reading is None or (at := reading.article.text.find(text.strip())) < 0:
        return None
    shift = at - text.find(text.strip())

    def moved(span: Span) -> Extent:
        return span.start - shift, span.end - shift

    def bare(span: Span) -> Extent:
        start, end = _bare(reading.article.text, span.start, span.end)
        return start - shift, end - shift

    return Marks(
        said=tuple(
            Said(
                id=a.id,
                source=moved(a.source) if a.source else None,
                content=tuple(bare(span) for span in a.content),
                within=a.within,
                claimant=a.claimant,
                stance=a.stance,
            )
            for a in reading.attributions
        ),
        harm=tuple(Harm(moved(c.span), c.min, c.max, c.kind) for c in reading.casualties),
        voice=tuple(moved(v.span) for v in reading.voice),
        places=frozenset(moved(p.span) for p in reading.places),
        dates=tuple((moved(d.span), d.value) for d in reading.dates if d.value),
    )


def _bare(text: str, start: int, end: int) -> Extent:
    """The extent without white space, quotation marks and stops around it, and without a leading "that"."""
    while start < end and (text[start].isspace() or text[start] in _EDGE):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _EDGE):
        end -= 1
    that = _THAT.match(text, start, end)
    return (that.end() if that else start), end


def _compare(gold: Marks, found: Marks, tally: Tally) -> None:
    _compare_said(gold.said, found.said, tally)
    tally.counts["casualties strict"].add(_same_harm(gold.harm, found.harm), len(found.harm), len(gold.harm))
    voiced = _pairs([[v] for v in gold.voice if v], [[v] for v in found.voice if v], _VOICE_OVERLAP)
    tally.counts["voice"].add(len(voiced), len(found.voice), len(gold.voice))
    placed = sum(any(_touch(place, other) for other in found.places) for place in gold.places)
    tally.shares["place recall"].add(placed, len(gold.places))
    dated = sum(any(value == v and _touch(extent, e) for e, v in found.dates) for extent, value in gold.dates)
    tally.counts["date value"].add(dated, len(found.dates), len(gold.dates))


def _compare_said(gold: Sequence[Said], found: Sequence[Said], tally: Tally) -> None:
    pairs = [
        (gold[i], found[j]) for i, j in _pairs([a.content for a in gold], [a.content for a in found], _CONTENT_OVERLAP)
    ]
    partner = {g.id: f.id for g, f in pairs}

    def add(figure: str, right: int) -> None:
        tally.counts[figure].add(right, len(found), len(gold))

    add("attribution", len(pairs))
    add("attribution exact", sum(sorted(g.content) == sorted(f.content) for g, f in pairs))
    add("claimant F1", sum(_same_party(g.claimant, f.claimant) for g, f in pairs))
    tally.counts["content chars"].add_sets(_contents(found), _contents(gold))
    tally.counts["nested"].add(
        sum(bool(g.within and f.within and partner.get(g.within) == f.within) for g, f in pairs),
        sum(f.within is not None for f in found),
        sum(g.within is not None for g in gold),
    )
    for g, f in pairs:
        tally.shares["source (of matched)"].add(_same_source(g.source, f.source))
        tally.shares["claimant (of matched)"].add(_same_party(g.claimant, f.claimant))
        tally.shares["stance (of matched)"].add(g.stance == f.stance)


def _contents(said: Sequence[Said]) -> set[int]:
    return characters(extent for a in said for extent in a.content)


def _pairs(gold: Sequence[Sequence[Extent]], found: Sequence[Sequence[Extent]], floor: float) -> list[tuple[int, int]]:
    """Indices into ``gold`` and ``found``, one to one, the greatest overlap first, none below ``floor``."""
    covered_gold, covered_found = [characters(x) for x in gold], [characters(x) for x in found]
    ranked = sorted(
        ((_overlap(g, f), i, j) for i, g in enumerate(covered_gold) for j, f in enumerate(covered_found)), reverse=True
    )
    paired: dict[int, int] = {}
    taken: set[int] = set()
    for overlap, i, j in ranked:
        if overlap >= floor and i not in paired and j not in taken:
            paired[i] = j
            taken.add(j)
    return list(paired.items())


def _overlap(one: set[int], other: set[int]) -> float:
    return len(one & other) / max(1, len(one | other))


def _touch(one: Extent, other: Extent) -> bool:
    return max(one[0], other[0]) < min(one[1], other[1])


def _same_source(gold: Extent | None, found: Extent | None) -> bool:
    if gold is None or found is None:
        return gold is found
    return _overlap(characters([gold]), characters([found])) >= _SOURCE_OVERLAP


def _same_party(gold: str | None, found: str | None) -> bool:
    """True where the names share half of their words, or the words of one are all in the other; or both are absent."""
    if not gold or not found:
        return not gold and not found
    one, other = _name_words(gold), _name_words(found)
    if not one or not other:
        return False
    return 4 * len(one & other) >= len(one) + len(other) or one <= other or other <= one


def _name_words(name: str) -> set[str]:
    return set(_WORD.findall(name.lower())) - _SMALL_WORDS


def _same_harm(gold: Sequence[Harm], found: Sequence[Harm]) -> int:
    """How many gold figures are found, one to one: the spans touch, and least, most and kind are equal."""
    free = list(found)
    same = 0
    for harm in gold:
        for other in free:
            if replace(other, extent=harm.extent) == harm and _touch(harm.extent, other.extent):
                free.remove(other)
                same += 1
                break
    return same


def attributions_found(text: str, gold: Sequence[Sequence[Extent]], found: Sequence[Sequence[Extent]]) -> Count:
    """The count of the figure "attribution" in one text; each attribution is given as the extents of its content."""
    bare = [[[_bare(text, *extent) for extent in content] for content in side] for side in (gold, found)]
    pairs = _pairs(bare[0], bare[1], _CONTENT_OVERLAP)
    return Count(len(pairs), len(found) - len(pairs), len(gold) - len(pairs))
