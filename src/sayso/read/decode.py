"""Scores to spans and relations: the best tag sequence, then a source for each cue and a cue for each content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from sayso.read.encoder import Scored, Settings
from sayso.read.links import features, scores


@dataclass(frozen=True, slots=True)
class Tagged:
    """Words ``first`` to ``last`` (included) tagged ``name``; ``score`` is the mean probability of its tags."""

    name: str
    first: int
    last: int
    score: float


@dataclass(frozen=True, slots=True)
class Relation:
    """A cue with its source and contents, as tagged words; ``score`` is that of its weakest part."""

    source: Tagged | None
    cue: Tagged
    content: tuple[Tagged, ...]
    score: float


def best_tags(log_p: NDArray[np.float32], names: tuple[str, ...]) -> list[Tagged]:
    """The likeliest spans under the rule that I-x follows B-x or I-x only (Viterbi). log_p: (words, tags)."""
    count, width = log_p.shape
    if not count:
        return []
    allowed = np.array([[_follows(a, b) for b in names] for a in names])
    step = np.where(allowed, 0.0, -1e9)
    total = np.where([_follows("O", b) for b in names], log_p[0], -1e9)
    back = np.zeros((count, width), dtype=np.int64)
    for i in range(1, count):
        options = total[:, None] + step
        back[i] = options.argmax(0)
        total = options[back[i], np.arange(width)] + log_p[i]
    path = np.empty(count, dtype=np.int64)
    path[-1] = total.argmax()
    for i in range(count - 1, 0, -1):
        path[i - 1] = back[i, path[i]]
    return _spans([names[k] for k in path], np.exp(log_p[np.arange(count), path]))


def _follows(before: str, after: str) -> bool:
    return not after.startswith("I-") or before[2:] == after[2:]


def _spans(tags: list[str], p: NDArray[np.float32]) -> list[Tagged]:
    found, start = [], None
    for i, tag in enumerate([*tags, "O"]):
        if start is not None and not tag.startswith("I-"):
            found.append(Tagged(tags[start][2:], start, i - 1, float(p[start:i].mean())))
            start = None
        if tag.startswith("B-"):
            start = i
    return found


def relations(scored: Scored, spans: list[Tagged], settings: Settings) -> list[Relation]:
    """Join the spans. Each content chooses its cue, each cue its source or none; a cue without content makes none."""
    by_name: dict[str, list[Tagged]] = {
        name: [s for s in spans if s.name == name] for name in ("source", "cue", "content")
    }
    cues, sources, contents = by_name["cue"], by_name["source"], by_name["content"]
    if not cues or not contents:
        return []
    to_cue = _softmax(link_scores(scored, contents, cues, "content", settings))
    nobody = np.full((len(cues), 1), settings.source.none)
    to_source = _softmax(np.hstack([nobody, link_scores(scored, cues, sources, "source", settings)]))
    held: dict[int, list[int]] = {}
    for i, row in enumerate(to_cue):
        held.setdefault(int(row.argmax()), []).append(i)
    found = []
    for c, mine in sorted(held.items()):
        choice = int(to_source[c].argmax())
        parts = [cues[c].score, float(to_source[c, choice]), *(contents[i].score for i in mine)]
        parts += [float(to_cue[i, c]) for i in mine] + ([sources[choice - 1].score] if choice else [])
        found.append(
            Relation(sources[choice - 1] if choice else None, cues[c], tuple(contents[i] for i in mine), min(parts))
        )
    return found


def link_scores(
    scored: Scored, froms: list[Tagged], tos: list[Tagged], what: Literal["source", "content"], settings: Settings
) -> NDArray[np.float64]:
    """(froms, tos): how well each cue goes with each source, or each content with each cue."""
    between = features([(s.first, s.last) for s in froms], [(s.first, s.last) for s in tos], scored.ground)
    weights = settings.source if what == "source" else settings.content
    return scores(compared(scored, froms, tos, what, settings.link), between, weights)


def compared(
    scored: Scored, froms: list[Tagged], tos: list[Tagged], what: Literal["source", "content"], size: int
) -> NDArray[np.float32]:
    """(froms, tos): the network's vectors of the two compared. The first two of the four are of cue and source."""
    at = 0 if what == "source" else 2
    seek, sought = slice(at * size, (at + 1) * size), slice((at + 1) * size, (at + 2) * size)
    result: NDArray[np.float32] = (
        _vectors(scored, froms, seek) @ _vectors(scored, tos, sought).T / np.float32(size**0.5)
    )
    return result


def _vectors(scored: Scored, spans: list[Tagged], part: slice) -> NDArray[np.float32]:
    first, last = [s.first for s in spans], [s.last for s in spans]
    return np.asarray((scored.starts[first, part] + scored.ends[last, part]) / 2, dtype=np.float32)


def _softmax(scores: NDArray[np.floating[Any]]) -> NDArray[np.floating[Any]]:
    e = np.exp(scores - scores.max(-1, keepdims=True))
    result: NDArray[np.floating[Any]] = e / e.sum(-1, keepdims=True)
    return result
