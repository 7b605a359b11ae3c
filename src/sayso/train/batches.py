"""Examples as batches of windows with labels, roughened as real feeds are: commas lost, quotation marks straight."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from sayso.read.heads import EVENTS, LEVELS
from sayso.read.tokens import BREAK, CLS, COMMA, PAD, QUOTE, SEP, Tokenizer
from sayso.train.corpora import ROLES, Example
from sayso.train.labels import BEGINS, WIDTH, labels, on_words
from sayso.train.model import CLAIM, Links

SIZE = 190  # tokens of a window in training; reading uses somewhat longer ones
BATCH_TOKENS = 3072
CURLED = (1523, 1524)  # “ ”
ROUGHEN = 0.25  # how often a text loses its commas, its line breaks, the curl of its quotation marks
LEAST = 12  # tokens that the end of a text must have to be a window of its own


@dataclass(slots=True)
class Encoded:
    """An example's tokens, what is known of its words, and its spans as word ranges, both ends included.

    ids, word: (n,); labels: (words, WIDTH) bool; spans: (level, relation, role, first, last); topics: (type's index,
    first, last); claims: (first, last) of contents with the embedding that the sentence encoder gives them.
    """

    ids: NDArray[np.int64]
    word: NDArray[np.int64]
    labels: NDArray[np.bool_]
    spans: list[tuple[int, int, str, int, int]]
    topics: list[tuple[int, int, int]]
    claims: list[tuple[int, int, NDArray[np.float32]]]


@dataclass(slots=True)
class Batch:
    """ids, mask: (batch, tokens); labels: (batch, tokens, WIDTH) bool. topics: (row, first token, end, type); claims:
    (n, 3) row, first token, end, with the (n, CLAIM) embeddings wanted of them."""

    ids: Tensor
    mask: Tensor
    labels: Tensor
    links: Links
    topics: list[tuple[int, int, int, int]]
    claims: Tensor
    embeddings: Tensor

    def to(self, device: torch.device) -> Batch:
        """The same on another device."""
        links = Links(*(getattr(self.links, field.name).to(device) for field in fields(Links)))
        moved = (x.to(device) for x in (self.ids, self.mask, self.labels, self.claims, self.embeddings))
        ids, mask, labels, claims, embeddings = moved
        return Batch(ids, mask, labels, links, self.topics, claims, embeddings)


Window = tuple[Encoded, int, int]


def encode(example: Example, tokenizer: Tokenizer, embeddings: dict[str, NDArray[np.float32]] | None = None) -> Encoded:
    """Cut an example into tokens and put its spans on words. ``embeddings`` are of contents by their words."""
    tokens = tokenizer(example.text)
    spans, claims = [], []
    for index, relation in enumerate(example.relations):
        for role, start, end in relation.spans():
            if not (found := on_words(tokens.words, start, end)):
                continue
            spans.append((relation.level, index, role, *found))
            vector = (embeddings or {}).get(example.text[start:end]) if role == "content" else None
            if vector is not None:
                claims.append((*found, vector))
    topics = [
        (EVENTS.index(kind), *found)
        for kind, start, end in example.topics
        if (found := on_words(tokens.words, start, end)) and kind in EVENTS
    ]
    return Encoded(tokens.ids, tokens.word, labels(example, tokens), spans, topics, claims)


def roughen(item: Encoded, rng: random.Random) -> Encoded:
    """The same example as a careless feed would carry it."""
    ids, dropped = item.ids, np.zeros(len(item.ids), dtype=bool)
    if rng.random() < ROUGHEN:
        dropped |= ids == COMMA
    if rng.random() < ROUGHEN:
        dropped |= ids == BREAK
    if rng.random() < ROUGHEN:
        ids = np.where(np.isin(ids, CURLED), QUOTE, ids)
    if not dropped.any() or dropped.all():
        return Encoded(ids, item.word, item.labels, item.spans, item.topics, item.claims)
    kept = np.ones(len(item.labels), dtype=bool)
    kept[item.word[dropped]] = False
    new = np.cumsum(kept) - 1  # a dropped word takes the number of the word before it

    def move(first: int, last: int) -> tuple[int, int]:
        return int(new[first]) + (not kept[first]), int(new[last])

    labels = item.labels.copy()
    for at in np.flatnonzero(~kept[:-1] & kept[1:]):  # a span whose first word is dropped begins at its next
        inside = np.flatnonzero(BEGINS & labels[at]) + 1  # each I stands behind its B
        # Where the dropped word might have been inside as well, it is not known to begin anything.
        inside = inside[labels[at + 1, inside] & ~labels[at, inside]]
        labels[at + 1, inside - 1], labels[at + 1, inside] = True, False
    return Encoded(
        ids[~dropped],
        new[item.word[~dropped]],
        labels[kept],
        [(n, i, r, *moved) for n, i, r, a, b in item.spans if (moved := move(a, b))[0] <= moved[1]],
        [(k, *moved) for k, a, b in item.topics if (moved := move(a, b))[0] <= moved[1]],
        [(*moved, v) for a, b, v in item.claims if (moved := move(a, b))[0] <= moved[1]],
    )


def windows(items: list[Encoded], rng: random.Random) -> Iterator[Window]:
    """Windows over all of ``items``, roughened, the first beginning elsewhere each time."""
    step = SIZE - 20
    for item in items:
        rough = roughen(item, rng)
        count = len(rough.ids)
        begin = 0 if count <= SIZE or rng.random() < 0.4 else -rng.randrange(step)
        for start in range(begin, max(1, count - 20), step):
            a, b = max(0, start), min(start + SIZE, count)
            if b - a > LEAST or b - a == count > 0:  # a text as short as that is one all the same
                yield rough, a, b


def batches(cut: list[Window], rng: random.Random) -> list[Batch]:
    """The windows in batches of like length, shuffled."""
    cut = sorted(cut, key=lambda w: w[2] - w[1] + rng.random() * 12)
    found, part = [], list[Window]()
    for window in cut:
        if part and (len(part) + 1) * (window[2] - window[1] + 2) > BATCH_TOKENS:
            found.append(part)
            part = []
        part.append(window)
    if part:
        found.append(part)
    rng.shuffle(found)
    return [_batch(part) for part in found]


def _batch(cut: list[Window]) -> Batch:
    width = max(b - a for _, a, b in cut) + 2
    ids = np.full((len(cut), width), PAD, dtype=np.int64)
    mask = np.zeros((len(cut), width), dtype=np.int64)
    known = np.zeros((len(cut), width, WIDTH), dtype=bool)
    links, topics, claims = [], [], []
    for row, (item, a, b) in enumerate(cut):
        ids[row, : b - a + 2] = [CLS, *item.ids[a:b], SEP]
        mask[row, : b - a + 2] = 1
        first = _firsts(item)
        starting = np.flatnonzero((first[:-1] >= a) & (first[:-1] < b))
        known[row, first[starting] - a + 1] = item.labels[starting]

        def inside(x: int, y: int, first: NDArray[np.int64] = first, a: int = a, b: int = b) -> bool:
            return bool(first[x] >= a and first[y + 1] <= b)

        links += [(row, found) for level in range(LEVELS) if (found := _chosen(item, first, a, b, level))]
        topics += [(row, first[x] - a + 1, first[y + 1] - a + 1, k) for k, x, y in item.topics if inside(x, y)]
        claims += [(row, first[x] - a + 1, first[y + 1] - a + 1, v) for x, y, v in item.claims if inside(x, y)]
    as_tensor = torch.from_numpy
    places = _tensor([c[:3] for c in claims], 3)
    vectors = as_tensor(np.array([c[3] for c in claims], dtype=np.float32).reshape(-1, CLAIM))
    return Batch(as_tensor(ids), as_tensor(mask), as_tensor(known), _links(links, width), topics, places, vectors)


def _firsts(item: Encoded) -> NDArray[np.int64]:
    return np.searchsorted(item.word, np.arange(int(item.word[-1]) + 2))


@dataclass(slots=True)
class _Chosen:
    """What ``Links`` holds, of one window and level; tokens are counted within the window."""

    spans: dict[str, list[tuple[int, int]]]
    source_of_cue: list[int]
    cue_of_content: list[int]


def _chosen(item: Encoded, first: NDArray[np.int64], a: int, b: int, level: int) -> _Chosen | None:
    of_level = [(i, r, x, y) for n, i, r, x, y in item.spans if n == level]
    whole = [(i, r, x, y) for i, r, x, y in of_level if first[x] >= a and first[y + 1] <= b]
    by_role: dict[str, list[tuple[int, int]]] = {
        role: sorted({(x, y) for _, r, x, y in whole if r == role}) for role in ROLES
    }
    if not by_role["cue"]:
        return None
    cue_of = {i: by_role["cue"].index((x, y)) for i, r, x, y in whole if r == "cue"}
    sources = [-100] * len(by_role["cue"])
    with_source = {i for i, r, _, _ in of_level if r == "source"}
    for i, cue in cue_of.items():
        if i not in with_source:
            sources[cue] = 0
    for i, r, x, y in whole:
        if r == "source" and i in cue_of:
            sources[cue_of[i]] = by_role["source"].index((x, y)) + 1
    contents = [-100] * len(by_role["content"])
    for i, r, x, y in whole:
        if r == "content" and i in cue_of:
            contents[by_role["content"].index((x, y))] = cue_of[i]
    if all(c == -100 for c in (*sources, *contents)):
        return None
    spans = {r: [(int(first[x]) - a + 1, int(first[y + 1]) - a) for x, y in by_role[r]] for r in ROLES}
    return _Chosen(spans, sources, contents)


def _links(found: list[tuple[int, _Chosen]], width: int) -> Links:
    """All of a batch's in one, ``width`` being the tokens of a window."""
    spans: dict[str, list[tuple[int, int, int]]] = {role: [] for role in ROLES}
    source_of_cue, cue_of_content = list[int](), list[int]()
    for number, (row, chosen) in enumerate(found):
        sources_before, cues_before = len(spans["source"]), len(spans["cue"])
        source_of_cue += [s + sources_before if s > 0 else s for s in chosen.source_of_cue]
        cue_of_content += [c + cues_before if c >= 0 else c for c in chosen.cue_of_content]
        for role in ROLES:
            spans[role] += [(x + row * width, y + row * width, number) for x, y in chosen.spans[role]]
    cues, sources, contents = (_tensor(spans[role], 3) for role in ("cue", "source", "content"))
    return Links(cues, sources, contents, _tensor(source_of_cue), _tensor(cue_of_content))


def _tensor(numbers: Sequence[object], *width: int) -> Tensor:
    """Whole numbers, (n, …width), also where there are none."""
    return torch.tensor(numbers, dtype=torch.long).reshape(-1, *width)
