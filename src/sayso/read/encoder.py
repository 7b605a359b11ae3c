"""The shipped network at run time: texts in, scores for their words out. onnxruntime and numpy only.

Each window goes through the network alone, so that nothing is padded and no score depends on what else is read; several
windows are read at once by as many threads.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sayso.config import cores
from sayso.errors import SaysoError
from sayso.read.heads import HEADS, OUTPUTS
from sayso.read.links import Ground, Weights
from sayso.read.tokens import BREAK, CLS, SEP, STOPS, Tokenizer, Tokens, common_words, windows

_NOTHING = [np.zeros((0, OUTPUTS), np.float32), np.zeros((0, 384), np.float32)]  # what a text without words gives
LOG_P = ("tags0", "tags1", "tags2", "mentions", "events", "certainty")  # heads that give probabilities


@dataclass(frozen=True, slots=True)
class Settings:
    """How much what lies between two spans counts beside what the network says of them; and the matrix (384, 385), with
    its constant last, that makes a claim's embedding of the mean state of its content's words."""

    source: Weights  # a cue and its source
    content: Weights  # a content and its cue
    claim: NDArray[np.float32]

    def embedded(self, states: NDArray[np.float32]) -> NDArray[np.float16]:
        """(n, 384) mean states -> (n, 384) embeddings of length one, near those of all-MiniLM-L6-v2."""
        vectors = dots(states, self.claim[:, :-1]) + self.claim[:, -1]
        result: NDArray[np.float16] = (vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)).astype(np.float16)
        return result


@dataclass(frozen=True, slots=True)
class Scored:
    """A text's words with the network's scores.

    words: (w, 2) character offsets; scores: (w, OUTPUTS) of each word's first token, log probabilities where the head
    gives such; ends: (w, 4 * LINK) link vectors of each word's last token; states: (w, 384) means of each word's
    tokens; ground: where sentences and lines end.
    """

    words: NDArray[np.int64]
    scores: NDArray[np.float32]
    ends: NDArray[np.float32]
    states: NDArray[np.float32]
    ground: Ground

    def head(self, name: str) -> NDArray[np.float32]:
        """(w, classes): the scores of one head."""
        return self.scores[:, HEADS[name]]


class Encoder:
    """The network in ``folder`` (default: the shipped one). ``name`` is its name with the start of its hash."""

    def __init__(self, folder: Path | None = None, threads: int = 0) -> None:
        import onnxruntime as ort

        folder = folder or Path(str(files("sayso") / "weights"))
        model = folder / "reader.onnx"
        if not model.is_file():
            raise SaysoError(f"no reader at {model}. Reinstall sayso, or train one: sayso train --help")
        data = model.read_bytes()
        self.name = f"sayso-reader-{hashlib.sha256(data).hexdigest()[:12]}"
        told = json.loads((folder / "reader.json").read_text("utf-8"))
        self.settings = _settings(told, np.load(folder / "claim.npy", allow_pickle=False).astype(np.float32))
        self._tokenizer = Tokenizer(folder / "tokenizer.json", common_words(folder / "common.txt"))
        self.threads = threads or cores()
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1  # a window is too small to share out; windows are read side by side instead
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        # Windows differ in length, and an arena keeps the largest of every shape it has seen.
        options.enable_cpu_mem_arena = False
        self._session: Any = ort.InferenceSession(data, options, providers=["CPUExecutionProvider"])
        if not _fits(self._session):
            raise SaysoError(f"{model} was made for another version of sayso. Train it again: sayso train --help")
        self._pool = ThreadPoolExecutor(self.threads, thread_name_prefix="sayso-encoder")

    def begin(self, text: str) -> Waiting:
        """Start to score ``text``; the scores are there when they are asked for."""
        tokens = self._tokenizer(text)
        return Waiting(tokens, [self._pool.submit(self._run, tokens.ids[a:b]) for a, b in windows(tokens)])

    def score(self, texts: Sequence[str]) -> list[Scored]:
        """Scores for each text."""
        return [waiting.scored() for waiting in [self.begin(text) for text in texts]]

    def _run(self, ids: NDArray[np.int64]) -> list[NDArray[np.float32]]:
        row = np.empty((1, len(ids) + 2), dtype=np.int64)
        row[0, 0], row[0, 1:-1], row[0, -1] = CLS, ids, SEP
        found: list[NDArray[np.float32]] = self._session.run(None, {"ids": row})
        return [output[0, 1:-1] for output in found]


@dataclass(slots=True)
class Waiting:
    """A text whose windows are being read, one after the other without a gap."""

    tokens: Tokens
    runs: list[Future[list[NDArray[np.float32]]]]

    def scored(self) -> Scored:
        """Wait for the windows, and put them together."""
        tokens = self.tokens
        found = [run.result() for run in self.runs] or [_NOTHING]
        scores, states = (np.concatenate(windows) for windows in zip(*found, strict=True))
        first = tokens.first()
        last = np.append(first[1:], len(scores)) - 1 if len(first) else first
        of_words = scores[first]
        for name in LOG_P:
            of_words[:, HEADS[name]] = _log_softmax(of_words[:, HEADS[name]])
        ids = tokens.ids[first]
        ground = Ground(np.isin(ids, STOPS), ids == BREAK)
        return Scored(tokens.words, of_words, scores[last, HEADS["link"]], _means(states, first, last), ground)


def _means(states: NDArray[np.float32], first: NDArray[np.int64], last: NDArray[np.int64]) -> NDArray[np.float32]:
    """(words, 384) the mean of the states of each word's tokens, ``first`` to ``last``: most words have but one."""
    means = states[first]
    for word in np.flatnonzero(last > first):
        pieces = states[first[word] : last[word] + 1]
        means[word] = np.add.reduceat(pieces, [0])[0] / len(pieces)
    return means


def dots(rows: NDArray[np.float32], others: NDArray[np.float32]) -> NDArray[np.float32]:
    """(n, k), (m, k) -> (n, m) the product of each with each. Not by BLAS: it would wake threads that go on spinning
    for a while beside the network's, and took a third of the time of two cores."""
    result: NDArray[np.float32] = np.einsum("ik,jk->ij", rows, others)
    return result


def _fits(session: Any) -> bool:
    """True for a network that takes and gives what this code expects."""
    taken, given = session.get_inputs(), session.get_outputs()
    return [i.name for i in taken] == ["ids"] and len(given) == 2 and given[0].shape[-1] == OUTPUTS


def _settings(told: dict[str, Any], claim: NDArray[np.float32]) -> Settings:
    weights = {
        name: Weights(told[name]["scale"], told[name]["none"], tuple(told[name]["between"]))
        for name in ("source", "content")
    }
    return Settings(**weights, claim=claim)


def _log_softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    if not len(scores):
        return scores
    shifted = scores - scores.max(-1, keepdims=True)
    result: NDArray[np.float32] = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    return result
