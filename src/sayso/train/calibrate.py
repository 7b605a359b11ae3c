"""Fit the weights of what lies between two spans, the network being done.

    python -m sayso.train.calibrate --data ../shared/data src/sayso/weights

Gold spans of training articles: each cue chooses among the sources near it or none, each content among the cues. The
weights are those that make the right choices likeliest (LBFGS, with a small penalty on their squares).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional as F  # noqa: N812 - torch's own name for it

from sayso.read.decode import Tagged, compared
from sayso.read.encoder import Encoder, Scored
from sayso.read.links import WIDTH, Weights, features
from sayso.train.corpora import Example, polnear
from sayso.train.labels import on_words

EVERY = 5  # of the training articles; more change nothing
NEAR = 400  # words on either side within which the choice is made
PENALTY = 1e-3


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice: the candidates' network scores, their features, and which is right (-1: none of them)."""

    vectors: NDArray[np.float32]
    between: NDArray[np.int64]
    right: int


def calibrate(data: Path, folder: Path) -> dict[str, Weights]:
    """Fit both linkers on PolNeAR's training part and write them into ``folder``'s reader.json."""
    encoder = Encoder(folder)
    examples = polnear(data / "polnear/train")[::EVERY]
    choices: dict[str, list[Choice]] = {"source": [], "content": []}
    for example in examples:
        (scored,) = encoder.score([example.text])
        for what, choice in _choices(example, scored):
            choices[what].append(choice)
    fitted = {what: _fit(found) for what, found in choices.items()}
    path = folder / "reader.json"
    told = json.loads(path.read_text("utf-8")) | {what: asdict(weights) for what, weights in fitted.items()}
    path.write_text(json.dumps(told, indent=1) + "\n", "utf-8")
    return fitted


def _choices(example: Example, scored: Scored) -> Iterator[tuple[Literal["source", "content"], Choice]]:
    spans: dict[str, dict[tuple[int, int], Tagged]] = {"source": {}, "cue": {}, "content": {}}
    for relation in example.relations:
        for role, start, end in relation.spans():
            if tagged := _on_words(role, start, end, scored):
                spans[role][start, end] = tagged
    ordered = {role: sorted(found.values(), key=lambda t: t.first) for role, found in spans.items()}
    wanted: dict[Literal["source", "content"], tuple[str, str]] = {
        "source": ("cue", "source"),
        "content": ("content", "cue"),
    }
    for what, (seeking, sought) in wanted.items():
        froms, tos = ordered[seeking], ordered[sought]
        if not froms or not tos:
            continue
        vectors = compared(scored, froms, tos, what)
        between = features([(t.first, t.last) for t in froms], [(t.first, t.last) for t in tos], scored.ground)
        for relation in example.relations:
            right = {spans[sought].get(s) for s in getattr(relation, sought)}
            for span in getattr(relation, seeking):
                if (one := spans[seeking].get(span)) is None:
                    continue
                i = froms.index(one)
                near = [j for j, to in enumerate(tos) if abs(to.first - one.first) < NEAR]
                answers = [k for k, j in enumerate(near) if tos[j] in right]
                if answers or what == "source":
                    yield what, Choice(vectors[i, near], between[i, near], answers[0] if answers else -1)


def _on_words(role: str, start: int, end: int, scored: Scored) -> Tagged | None:
    found = on_words(scored.words, start, end)
    return Tagged(role, *found, 1.0) if found else None


def _fit(choices: list[Choice]) -> Weights:
    most = max(len(c.vectors) for c in choices)
    vectors = torch.zeros(len(choices), most)
    between = torch.zeros(len(choices), most, choices[0].between.shape[-1], dtype=torch.long)
    there = torch.zeros(len(choices), most, dtype=torch.bool)
    for row, choice in enumerate(choices):
        n = len(choice.vectors)
        vectors[row, :n] = torch.from_numpy(choice.vectors)
        between[row, :n] = torch.from_numpy(choice.between)
        there[row, :n] = True
    right = torch.tensor([c.right + 1 for c in choices])
    table, scale, none = (
        torch.zeros(WIDTH, requires_grad=True),
        torch.ones(1, requires_grad=True),
        torch.zeros(1, requires_grad=True),
    )
    optimizer = torch.optim.LBFGS([table, scale, none], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        found = (scale * vectors + table[between].sum(-1)).masked_fill(~there, -1e9)
        found = torch.cat([none.expand(len(choices), 1), found], 1)
        value = F.cross_entropy(found, right) + PENALTY * (table**2).sum()
        value.backward()
        return value

    optimizer.step(loss)
    with torch.no_grad():
        found = (scale * vectors + table[between].sum(-1)).masked_fill(~there, -1e9)
        best = torch.cat([none.expand(len(choices), 1), found], 1).argmax(1)
        fitted = Weights(round(scale.item(), 4), round(none.item(), 4), tuple(round(w, 4) for w in table.tolist()))
        before = torch.cat([torch.zeros(len(choices), 1), vectors.masked_fill(~there, -1e9)], 1).argmax(1)
    shares = [100 * float((b == right).float().mean()) for b in (before, best)]
    print(f"{len(choices)} choices, right {shares[0]:.1f} % before, {shares[1]:.1f} % after", flush=True)
    return fitted


def main() -> None:
    """Read the arguments, calibrate."""
    parser = argparse.ArgumentParser(prog="python -m sayso.train.calibrate", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("folder", type=Path)
    flags = parser.parse_args()
    calibrate(flags.data, flags.folder)


if __name__ == "__main__":
    main()
