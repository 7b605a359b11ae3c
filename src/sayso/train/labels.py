"""What is known of each word of an example: for each head, which classes it may have."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sayso.read.heads import CERTAINTIES, EVENTS, HEADS, LEVELS, MENTIONS, TAGS
from sayso.read.tokens import Tokens
from sayso.train.corpora import Example

# Where the classes of each head stand in a row of labels.
LABELS = {name: (at.start, at.stop - at.start) for name, at in HEADS.items() if name != "link"}
WIDTH = max(at + width for at, width in LABELS.values())
BEGINS = np.zeros(WIDTH, dtype=bool)  # the classes that begin a span; that of its inside stands behind
for _name, _classes in (*((f"tags{n}", TAGS) for n in range(LEVELS)), ("mentions", MENTIONS)):
    BEGINS[[LABELS[_name][0] + i for i, c in enumerate(_classes) if c.startswith("B-")]] = True
_ORDER = {"content": 0, "source": 1, "cue": 2}  # where they overlap the smaller one wins


def on_words(words: NDArray[np.int64], start: int, end: int) -> tuple[int, int] | None:
    """First and last (included) of the ``words``, (w, 2) offsets, that characters ``start`` to ``end`` touch; None if
    there is none."""
    first = int(np.searchsorted(words[:, 1], start, "right"))
    last = int(np.searchsorted(words[:, 0], end, "left")) - 1
    return (first, last) if first <= last else None


def labels(example: Example, tokens: Tokens) -> NDArray[np.bool_]:
    """(words, WIDTH): True where a class is allowed. A head that nothing is known for allows none of its classes."""
    allowed = np.zeros((len(tokens.words), WIDTH), dtype=bool)
    for level in range(LEVELS):
        _tags(allowed, example, tokens, level)
        if level and any(r.content for r in example.relations):
            # What lies within no content is never asked for it; learning it would drown what lies within one.
            _head(allowed, f"tags{level}")[~_within_contents(example, tokens, level - 1)] = False
    if example.mentions is not None:
        rows = _head(allowed, "mentions")
        _spans(rows, MENTIONS, tokens, example.mentions)
        if not example.roles_marked:
            rows[rows[:, 0]] |= np.isin(MENTIONS, ("B-role", "I-role"))
    _events(allowed, example, tokens)
    return allowed


def _head(allowed: NDArray[np.bool_], name: str) -> NDArray[np.bool_]:
    at, width = LABELS[name]
    return allowed[:, at : at + width]


def _within_contents(example: Example, tokens: Tokens, level: int) -> NDArray[np.bool_]:
    """(words,): True within the contents of a level."""
    within = np.zeros(len(tokens.words), dtype=bool)
    for relation in example.relations:
        for start, end in relation.content if relation.level == level else ():
            if found := on_words(tokens.words, start, end):
                within[found[0] : found[1] + 1] = True
    return within


def _spans(
    rows: NDArray[np.bool_], names: tuple[str, ...], tokens: Tokens, spans: tuple[tuple[str, int, int], ...]
) -> None:
    """One label for each word: O, or that of the span over it."""
    rows[:, 0] = True
    for name, start, end in spans:
        if found := on_words(tokens.words, start, end):
            first, last = found
            rows[first : last + 1] = False
            rows[first, names.index(f"B-{name}")] = True
            rows[first + 1 : last + 1, names.index(f"I-{name}")] = True


def _tags(allowed: NDArray[np.bool_], example: Example, tokens: Tokens, level: int) -> None:
    rows = _head(allowed, f"tags{level}")
    spans = [s for r in example.relations if r.level == level for s in r.spans()]
    _spans(rows, TAGS, tokens, tuple(sorted(spans, key=lambda s: _ORDER[s[0]])))
    outside = rows[:, 0].copy()
    for of_level, start, end, known in example.unknown:
        if of_level == level and (found := on_words(tokens.words, start, end)):
            within = np.zeros_like(outside)
            within[found[0] : found[1] + 1] = True
            if known == "nothing":
                rows[within & outside] = False
            else:  # what is neither source nor cue may be content
                rows[within & outside] = [tag == "O" or tag.endswith("content") for tag in TAGS]


def _events(allowed: NDArray[np.bool_], example: Example, tokens: Tokens) -> None:
    kinds, sure = _head(allowed, "events"), _head(allowed, "certainty")
    if example.events_complete:
        kinds[:, 0] = True
    for kind, certainties, start, end in example.events:
        found = on_words(tokens.words, start, end)
        if not found:
            continue
        if kind:
            kinds[found[0]] = [name == kind for name in EVENTS]
        if certainties:
            sure[found[0]] = [name in certainties for name in CERTAINTIES]
