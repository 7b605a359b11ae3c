"""Scores to spans and relations: the best tag sequence, then a source for each cue and a cue for each content."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from sayso.read.encoder import Scored, Settings, dots
from sayso.read.heads import HEADS, LINK
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


def best_tags(
    log_p: NDArray[np.float32], names: tuple[str, ...], leaning: NDArray[np.float32] | None = None
) -> list[Tagged]:
    """The likeliest spans under the rule that I-x follows B-x or I-x only. log_p: (words, tags); ``leaning`` (tags,) is
    added to each word's, to choose by and not to be sure by.

    Nearly always the likeliest tag of each word keeps the rule; only where it does not, between two words outside any
    span, the likeliest sequence is looked for (Viterbi).
    """
    scores = log_p if leaning is None else log_p + leaning
    path = scores.argmax(-1)
    allowed = _allowed(names)
    broken = ~np.concatenate([[allowed[0, path[0]]], allowed[path[:-1], path[1:]]]) if len(path) else path[:0]
    outside = np.flatnonzero(path == 0)
    done = 0
    for at in np.flatnonzero(broken):
        if at < done:
            continue
        before, after = np.searchsorted(outside, at), np.searchsorted(outside, at, "right")
        start = int(outside[before - 1]) + 1 if before else 0
        done = int(outside[after]) if after < len(outside) else len(path)
        path[start:done] = _viterbi(scores[start:done], allowed)
    return _spans(path, np.exp(log_p[np.arange(len(path)), path]), names)


@cache
def _allowed(names: tuple[str, ...]) -> NDArray[np.bool_]:
    """(tags, tags): whether the second may follow the first; "O" is the first tag."""
    return np.array([[not b.startswith("I-") or a[2:] == b[2:] for b in names] for a in names])


def _viterbi(log_p: NDArray[np.float32], allowed: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The best path of words that stand between two that are outside any span."""
    count, width = log_p.shape
    step = np.where(allowed, 0.0, -1e9)
    total = step[0] + log_p[0]
    back = np.zeros((count, width), dtype=np.int64)
    for i in range(1, count):
        options = total[:, None] + step
        back[i] = options.argmax(0)
        total = options[back[i], np.arange(width)] + log_p[i]
    path = np.empty(count, dtype=np.int64)
    path[-1] = total.argmax()
    for i in range(count - 1, 0, -1):
        path[i - 1] = back[i, path[i]]
    return path


def _spans(path: NDArray[np.int64], p: NDArray[np.float32], names: tuple[str, ...]) -> list[Tagged]:
    """Each span from its B to the last I behind it. Tags stand as O, B-x, I-x, B-y, I-y, …"""
    starts = np.flatnonzero(path % 2 == 1)
    inside = np.append((path > 0) & (path % 2 == 0), False)
    ends = np.flatnonzero(~inside)
    ends = ends[np.searchsorted(ends, starts, "right")] if len(starts) else starts
    sums = np.append(0.0, np.cumsum(p, dtype=np.float64))
    means = (sums[ends] - sums[starts]) / (ends - starts)
    return [
        Tagged(names[path[a]][2:], a, b - 1, mean)
        for a, b, mean in zip(starts.tolist(), ends.tolist(), means.tolist(), strict=True)
    ]


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
    return scores(compared(scored, froms, tos, what), between, weights)


def compared(
    scored: Scored, froms: list[Tagged], tos: list[Tagged], what: Literal["source", "content"]
) -> NDArray[np.float32]:
    """(froms, tos): the network's vectors of the two compared. The first two of the four are of cue and source."""
    at = HEADS["link"].start + (0 if what == "source" else 2 * LINK)
    seek, sought = _vectors(scored, froms, at), _vectors(scored, tos, at + LINK)
    result: NDArray[np.float32] = dots(seek, sought) / np.float32(LINK**0.5)
    return result


def _vectors(scored: Scored, spans: list[Tagged], at: int) -> NDArray[np.float32]:
    first, last = [s.first for s in spans], [s.last for s in spans]
    of_ends = at - HEADS["link"].start
    both = scored.scores[first, at : at + LINK] + scored.ends[last, of_ends : of_ends + LINK]
    return np.asarray(both / 2, dtype=np.float32)


def _softmax(scores: NDArray[np.floating[Any]]) -> NDArray[np.floating[Any]]:
    e = np.exp(scores - scores.max(-1, keepdims=True))
    result: NDArray[np.floating[Any]] = e / e.sum(-1, keepdims=True)
    return result
