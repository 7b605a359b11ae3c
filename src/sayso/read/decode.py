"""Scores to spans and relations: the best tag sequence, then a source for each cue and a cue for each content."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sayso.read.encoder import Scored, Settings


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
    k = settings.link
    seek_source, source, seek_cue, cue = (slice(i * k, (i + 1) * k) for i in range(4))
    to_cue = _softmax(_scores(scored, contents, seek_cue, cues, cue, settings, settings.content_distance))
    to_source = _scores(scored, cues, seek_source, sources, source, settings, settings.source_distance)
    to_source = _softmax(np.hstack([np.full((len(cues), 1), settings.no_source), to_source]))
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


def _scores(
    scored: Scored,
    froms: list[Tagged],
    seek: slice,
    tos: list[Tagged],
    sought: slice,
    settings: Settings,
    bias: tuple[float, ...],
) -> NDArray[np.float32]:
    a = _vectors(scored, froms, seek)
    b = _vectors(scored, tos, sought)
    after = np.array([[t.first - f.last for t in tos] for f in froms]).reshape(len(froms), len(tos))
    before = np.array([[f.first - t.last for t in tos] for f in froms]).reshape(len(froms), len(tos))
    distance = np.where(after > 0, after, np.where(before > 0, -before, 0))
    weights = np.array(bias, dtype=np.float32)[np.searchsorted(settings.distances, distance, side="right")]
    return np.asarray(a @ b.T / settings.link**0.5 + weights, dtype=np.float32)


def _vectors(scored: Scored, spans: list[Tagged], part: slice) -> NDArray[np.float32]:
    first, last = [s.first for s in spans], [s.last for s in spans]
    result: NDArray[np.float32] = (scored.starts[first, part] + scored.ends[last, part]) / 2
    return result


def _softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    e = np.exp(scores - scores.max(-1, keepdims=True))
    result: NDArray[np.float32] = e / e.sum(-1, keepdims=True)
    return result
