"""The shipped network at run time: texts in, scores for their words out. onnxruntime and numpy only."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sayso.errors import SaysoError
from sayso.read.links import Ground, Weights
from sayso.read.tokens import BREAK, CLS, PAD, SEP, STOPS, Tokenizer, Tokens, windows

BATCH_TOKENS = 300  # in one run of the network: a window, or a few contents; more gain no speed and cost memory


@dataclass(frozen=True, slots=True)
class Settings:
    """What the network was trained with, and how much what lies between two spans counts."""

    tags: tuple[str, ...]
    mentions: tuple[str, ...]
    link: int
    source: Weights  # a cue and its source
    content: Weights  # a content and its cue


@dataclass(frozen=True, slots=True)
class Scored:
    """A text's words with the network's scores.

    words: (w, 2) character offsets; tags: (w, 7) and mentions: (w, 11) log probabilities, of each word's first token;
    starts, ends: (w, 4 * link) link vectors of each word's first and last token; ground: where sentences and lines end.
    """

    words: NDArray[np.int64]
    tags: NDArray[np.float32]
    mentions: NDArray[np.float32]
    starts: NDArray[np.float32]
    ends: NDArray[np.float32]
    ground: Ground


class Encoder:
    """The network in ``folder`` (default: the shipped one). ``name`` is its name with the start of its hash."""

    def __init__(self, folder: Path | None = None, threads: int = 0) -> None:
        import onnxruntime as ort

        folder = folder or Path(str(files("sayso") / "weights"))
        model = folder / "reader.onnx"
        if not model.is_file():
            raise SaysoError(f"no reader at {model}. Reinstall sayso, or train one: python -m sayso.train --help")
        data = model.read_bytes()
        self.name = f"sayso-reader-{hashlib.sha256(data).hexdigest()[:12]}"
        self.settings = _settings(json.loads((folder / "reader.json").read_text("utf-8")))
        self._tokenizer = Tokenizer(folder / "tokenizer.json")
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        # On a busy machine threads that wait by spinning take the time from those that work.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        # Windows differ in length, and an arena keeps the largest of every shape it has seen.
        options.enable_cpu_mem_arena = False
        self._session: Any = ort.InferenceSession(data, options, providers=["CPUExecutionProvider"])

    def score(self, texts: Sequence[str], *, inner: bool = False) -> list[Scored]:
        """Scores for each text. ``inner``: the texts are contents of attributions, read again for what they hold."""
        cut = [self._tokenizer(text) for text in texts]
        pieces = [(number, a, b) for number, tokens in enumerate(cut) for a, b in windows(len(tokens.ids))]
        pieces.sort(key=lambda p: p[2] - p[1])  # those of like length together: no padding
        merged = [_Merge(tokens, self.settings) for tokens in cut]
        for batch in _batches(pieces):
            outputs = self._run([cut[n].ids[a:b] for n, a, b in batch], inner)
            for row, (n, a, b) in enumerate(batch):
                merged[n].add(a, b, *(output[row, 1 : b - a + 1] for output in outputs))
        return [merge.done() for merge in merged]

    def _run(self, rows: Sequence[NDArray[np.int64]], inner: bool) -> list[NDArray[np.float32]]:
        width = max(map(len, rows)) + 2
        ids = np.full((len(rows), width), PAD, dtype=np.int64)
        mask = np.zeros((len(rows), width), dtype=np.int64)
        for i, row in enumerate(rows):
            ids[i, : len(row) + 2] = [CLS, *row, SEP]
            mask[i, : len(row) + 2] = 1
        kind = np.full_like(ids, int(inner))
        found: list[NDArray[np.float32]] = self._session.run(None, {"ids": ids, "mask": mask, "kind": kind})
        return found


class _Merge:
    """Scores of overlapping windows put together: each token as in the window where it is farthest in."""

    def __init__(self, tokens: Tokens, settings: Settings) -> None:
        n = len(tokens.ids)
        self._tokens = tokens
        self._room = np.full(n, -1, dtype=np.int64)
        self._outputs = [
            np.zeros((n, k), dtype=np.float32) for k in (len(settings.tags), len(settings.mentions), 4 * settings.link)
        ]

    def add(self, a: int, b: int, *outputs: NDArray[np.float32]) -> None:
        size = b - a
        room = np.minimum(
            np.arange(size) + (10**6 if a == 0 else 0), np.arange(size)[::-1] + (10**6 if b == len(self._room) else 0)
        )
        better = room > self._room[a:b]
        self._room[a:b][better] = room[better]
        for kept, output in zip(self._outputs, outputs, strict=True):
            kept[a:b][better] = output[better]

    def done(self) -> Scored:
        first = self._tokens.first()
        last = np.append(first[1:], len(self._tokens.ids)) - 1 if len(first) else first
        tags, mentions, link = self._outputs
        ids = self._tokens.ids[first]
        ground = Ground(np.isin(ids, STOPS), ids == BREAK)
        words = self._tokens.words
        return Scored(words, _log_softmax(tags[first]), _log_softmax(mentions[first]), link[first], link[last], ground)


def _settings(told: dict[str, Any]) -> Settings:
    weights = {
        name: Weights(told[name]["scale"], told[name]["none"], tuple(told[name]["between"]))
        for name in ("source", "content")
    }
    return Settings(tuple(told["tags"]), tuple(told["mentions"]), told["link"], **weights)


def _log_softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    if not len(scores):
        return scores
    shifted = scores - scores.max(-1, keepdims=True)
    result: NDArray[np.float32] = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    return result


def _batches(pieces: list[tuple[int, int, int]]) -> Iterator[list[tuple[int, int, int]]]:
    batch: list[tuple[int, int, int]] = []
    for piece in pieces:
        if batch and (len(batch) + 1) * (piece[2] - piece[1] + 2) > BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(piece)
    if batch:
        yield batch
