"""Scores to spans and relations: the best tag sequence, then a source for each cue and a cue for each content."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
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


class Tagging:
    """What a head makes of the words of a text: spans under the rule that I-x follows B-x or I-x only.

    Nearly always the likeliest tag of each word keeps the rule; only where it does not, between two words outside any
    span, the likeliest sequence is looked for (Viterbi).
    """

    def __init__(
        self, log_p: NDArray[np.float32], names: tuple[str, ...], leaning: NDArray[np.float32] | None = None
    ) -> None:
        """log_p: (words, tags), the tags as O, B-x, I-x, B-y, I-y, …; ``leaning`` (tags,) is added to each word's, to
        choose by and not to be sure by."""
        self._log_p, self._names = log_p, names
        self._scores = log_p if leaning is None else log_p + leaning
        self._likeliest: list[int] = self._scores.argmax(-1).tolist()

    def spans(self, first: int = 0, last: int | None = None) -> list[Tagged]:
        """The likeliest spans among the words from ``first`` up to ``last``, as if there were no others."""
        path = self._likeliest[first:last]
        if not any(path):  # nothing is marked within most contents
            return []
        for start, end in _runs(path):
            if _breaks_rule(path[start:end]):
                path[start:end] = _viterbi(self._scores[first + start : first + end].tolist())
        p = np.exp(self._log_p[np.arange(first, first + len(path)), path])
        sums = [0.0, *np.cumsum(p, dtype=np.float64).tolist()]
        return [
            Tagged(self._names[path[a]][2:], first + a, first + b - 1, (sums[b] - sums[a]) / (b - a))
            for a, b in _begun(path)
        ]


def _runs(path: list[int]) -> Iterator[tuple[int, int]]:
    """Where the words stand that are in spans, side by side."""
    start = 0
    for at, tag in enumerate([*path, 0]):
        if tag == 0:
            if start < at:
                yield start, at
            start = at + 1


def _is_inside(tag: int) -> bool:
    return tag > 0 and tag % 2 == 0


def _breaks_rule(run: list[int]) -> bool:
    return any(_is_inside(tag) and before not in (tag - 1, tag) for before, tag in pairwise([0, *run]))


def _begun(path: list[int]) -> Iterator[tuple[int, int]]:
    """Each span from its B to behind its last I."""
    for start, tag in enumerate(path):
        if tag % 2 == 1:
            end = start + 1
            while end < len(path) and _is_inside(path[end]):
                end += 1
            yield start, end


def _viterbi(scores: list[list[float]]) -> list[int]:
    """The best path of words that stand between two that are outside any span. scores: (words, tags)."""
    tags = range(len(scores[0]))
    total = [-math.inf if _is_inside(tag) else scores[0][tag] for tag in tags]
    back: list[list[int]] = []
    for row in scores[1:]:
        came = [max(tags, key=total.__getitem__)] * len(tags)
        for tag in tags[2::2]:
            came[tag] = max(tag - 1, tag, key=total.__getitem__)
        total = [total[came[tag]] + row[tag] for tag in tags]
        back.append(came)
    path = [max(tags, key=total.__getitem__)]
    for came in reversed(back):
        path.append(came[path[-1]])
    return path[::-1]


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
