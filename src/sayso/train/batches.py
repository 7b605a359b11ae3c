"""Examples as batches of tokens with labels, roughened as real feeds are: commas lost, quotation marks straightened."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from sayso.read.tokens import BREAK, CLS, PAD, SEP, WINDOW, Tokenizer
from sayso.train.corpora import Example
from sayso.train.model import MENTION_TAGS, TAGS, Links

BATCH = 16  # windows in a batch of articles
INNER_BATCH, INNER_TOKENS = 48, 126
COMMA, QUOTE = 1010, 1000
CURLED = (1523, 1524)  # “ ”
ROUGHEN = 0.25  # how often a window loses all commas, its curled quotation marks, its line breaks


@dataclass(slots=True)
class Encoded:
    """An example's tokens and, as word ranges (both ends included), its spans: (relation, role, first, last) and
    (kind, first, last)."""

    example: Example
    ids: NDArray[np.int64]
    word: NDArray[np.int64]
    spans: list[tuple[int, str, int, int]]
    mentions: list[tuple[str, int, int]]


@dataclass(slots=True)
class Batch:
    """``tags`` and ``mentions`` (batch, tokens, classes) say which classes are allowed; none where nothing is known."""

    ids: Tensor
    mask: Tensor
    kind: Tensor
    tags: Tensor | None
    mentions: Tensor | None
    links: list[Links | None]


def encode(example: Example, tokenizer: Tokenizer) -> Encoded:
    """Cut an example into tokens and put its spans on words."""
    tokens = tokenizer(example.text)
    starts, ends = tokens.words[:, 0], tokens.words[:, 1]

    def on_words(start: int, end: int) -> tuple[int, int] | None:
        first, last = int(np.searchsorted(ends, start, "right")), int(np.searchsorted(starts, end, "left")) - 1
        return (first, last) if first <= last else None

    spans = []
    for index, relation in enumerate(example.relations):
        for role, start, end in relation.spans():
            if found := on_words(start, end):
                spans.append((index, role, *found))
    mentions = [(kind, *found) for kind, start, end in example.mentions if (found := on_words(start, end))]
    return Encoded(example, tokens.ids, tokens.word, spans, mentions)


def roughen(item: Encoded, rng: random.Random) -> Encoded:
    """The same example as a careless feed would carry it."""
    ids, dropped = item.ids, np.zeros(len(item.ids), dtype=bool)
    if rng.random() < ROUGHEN:
        dropped |= ids == COMMA
    if rng.random() < ROUGHEN:
        dropped |= ids == BREAK
    if rng.random() < ROUGHEN:
        ids = np.where(np.isin(ids, CURLED), QUOTE, ids)
    if not dropped.any():
        return Encoded(item.example, ids, item.word, item.spans, item.mentions)
    count = int(item.word[-1]) + 1
    kept = np.ones(count, dtype=bool)
    kept[item.word[dropped]] = False
    new = np.cumsum(kept) - 1  # a dropped word takes the number of the word before it

    def move(first: int, last: int) -> tuple[int, int]:
        return int(new[first]) + (not kept[first]), int(new[last])

    spans = [(i, r, *move(a, b)) for i, r, a, b in item.spans]
    mentions = [(k, *move(a, b)) for k, a, b in item.mentions]
    return Encoded(
        item.example,
        ids[~dropped],
        new[item.word[~dropped]],
        [s for s in spans if s[2] <= s[3]],
        [m for m in mentions if m[1] <= m[2]],
    )


def article_batches(items: list[Encoded], rng: random.Random, share: float = 1.0) -> list[Batch]:
    """Windows over all of ``items``, beginning elsewhere each time, shuffled, in batches; ``share`` of them."""
    size, step = WINDOW - 2, WINDOW - 2 - 32
    cut: list[tuple[Encoded, int, int]] = []
    for item in items:
        rough = roughen(item, rng)
        for start in range(-rng.randrange(step), len(rough.ids), step):
            a, b = max(0, start), min(start + size, len(rough.ids))
            if b - a > 16:
                cut.append((rough, a, b))
    rng.shuffle(cut)
    cut = cut[: max(BATCH, int(len(cut) * share))]
    return [_batch(cut[i : i + BATCH]) for i in range(0, len(cut) - BATCH + 1, BATCH)]


def inner_batches(items: list[Encoded], rng: random.Random) -> list[Batch]:
    """Whole contents, those of like length together."""
    rough = [roughen(item, rng) for item in items]
    cut = [(item, 0, min(len(item.ids), INNER_TOKENS)) for item in rough if len(item.ids) > 3]
    cut.sort(key=lambda c: c[2] + rng.random() * 8)
    batches = [_batch(cut[i : i + INNER_BATCH]) for i in range(0, len(cut), INNER_BATCH)]
    rng.shuffle(batches)
    return batches


def _batch(cut: list[tuple[Encoded, int, int]]) -> Batch:
    width = max(b - a for _, a, b in cut) + 2
    ids = np.full((len(cut), width), PAD, dtype=np.int64)
    kind = np.zeros((len(cut), width), dtype=np.int64)
    mask = np.zeros((len(cut), width), dtype=np.int64)
    named = bool(cut[0][0].mentions) or not cut[0][0].example.roles_marked
    labels = np.zeros((len(cut), width, len(MENTION_TAGS if named else TAGS)), dtype=bool)
    links: list[Links | None] = []
    for row, (item, a, b) in enumerate(cut):
        n = b - a
        ids[row, : n + 2] = [CLS, *item.ids[a:b], SEP]
        mask[row, : n + 2] = 1
        kind[row, :] = item.example.inner
        labels[row, 1 : n + 1] = _mention_labels(item, a, b) if named else _tag_labels(item, a, b)
        links.append(None if named else _links(item, a, b))
    as_tensor = torch.from_numpy
    return Batch(
        as_tensor(ids),
        as_tensor(mask),
        as_tensor(kind),
        None if named else as_tensor(labels),
        as_tensor(labels) if named else None,
        links,
    )


def _firsts(item: Encoded) -> NDArray[np.int64]:
    return np.searchsorted(item.word, np.arange(int(item.word[-1]) + 2))


def _word_labels(
    item: Encoded, a: int, b: int, spans: list[tuple[str, int, int]], names: tuple[str, ...]
) -> NDArray[np.bool_]:
    """(b - a, classes): the one label of each word at its first token; nothing at its other tokens."""
    labels = np.zeros(int(item.word[-1]) + 1, dtype=np.int64)
    for name, first, last in spans:
        labels[first] = names.index(f"B-{name}")
        labels[first + 1 : last + 1] = names.index(f"I-{name}")
    allowed = np.zeros((len(item.ids), len(names)), dtype=bool)
    first_tokens = _firsts(item)[:-1]
    allowed[first_tokens, labels] = True
    return allowed[a:b]


def _tag_labels(item: Encoded, a: int, b: int) -> NDArray[np.bool_]:
    order = {"content": 0, "source": 1, "cue": 2}  # where they overlap the smaller one wins
    spans = sorted(((role, first, last) for _, role, first, last in item.spans), key=lambda s: order[s[0]])
    allowed = _word_labels(item, a, b, spans, TAGS)
    if not item.example.contents_marked:
        outside = allowed[:, 0]
        allowed[outside, TAGS.index("B-content")] = True
        allowed[outside, TAGS.index("I-content")] = True
    return allowed


def _mention_labels(item: Encoded, a: int, b: int) -> NDArray[np.bool_]:
    allowed = _word_labels(item, a, b, item.mentions, MENTION_TAGS)
    if not item.example.roles_marked:
        outside = allowed[:, 0]
        for tag in ("B-role", "I-role"):
            allowed[outside, MENTION_TAGS.index(tag)] = True
    return allowed


def _links(item: Encoded, a: int, b: int) -> Links | None:
    first = _firsts(item)
    whole = [(i, r, x, y) for i, r, x, y in item.spans if first[x] >= a and first[y + 1] <= b]
    by_role: dict[str, list[tuple[int, int]]] = {
        role: sorted({(x, y) for _, r, x, y in whole if r == role}) for role in ("source", "cue", "content")
    }
    if not by_role["cue"]:
        return None

    def rows(role: str) -> Tensor:
        found = [(first[x] - a + 1, first[y + 1] - a, x, y) for x, y in by_role[role]]
        return torch.tensor(found, dtype=torch.long).reshape(-1, 4)

    cue_of = {i: by_role["cue"].index((x, y)) for i, r, x, y in whole if r == "cue"}
    sources: dict[int, int] = dict.fromkeys(range(len(by_role["cue"])), -100)
    relation_has_source = {i for i, r, _, _ in item.spans if r == "source"}
    for i, cue in cue_of.items():
        if i not in relation_has_source:
            sources[cue] = 0
    for i, r, x, y in whole:
        if r == "source" and i in cue_of:
            sources[cue_of[i]] = by_role["source"].index((x, y)) + 1
    contents = [-100] * len(by_role["content"])
    for i, r, x, y in whole:
        if r == "content" and i in cue_of:
            contents[by_role["content"].index((x, y))] = cue_of[i]
    return Links(
        rows("cue"),
        rows("source"),
        rows("content"),
        torch.tensor([sources[c] for c in range(len(by_role["cue"]))]),
        torch.tensor(contents, dtype=torch.long),
    )


def epoch(
    articles: list[Encoded], inner: list[Encoded], names: list[Encoded], rng: random.Random, share: float = 1.0
) -> Iterator[Batch]:
    """The batches of one epoch, the kinds mixed: all articles, a fifth of the inner texts, some of the names."""
    marked = [item for item in inner if item.spans]
    bare = [item for item in inner if not item.spans]
    chained = [item for item in marked if not item.example.contents_marked]
    plain = [item for item in marked if item.example.contents_marked]
    some = [
        *chained,
        *rng.sample(plain, min(len(plain), 1500)),
        *rng.sample(bare, min(len(bare), 1200)),
    ]
    batches = article_batches(articles, rng, share) + inner_batches(some, rng)
    for marked_roles in (True, False):
        part = [item for item in names if item.example.roles_marked == marked_roles]
        batches += article_batches(part, rng, 0.15 * share)
    rng.shuffle(batches)
    yield from batches
