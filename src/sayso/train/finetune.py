"""Going on from the shipped network with readings that its user has corrected.

So few texts could teach it to read nothing else: it sees some of the invented reports in between, which it knows, and
learns slowly. The linker's weights for what lies between two spans stay as they are.
"""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import torch

from sayso.config import cores
from sayso.errors import UsageError
from sayso.read.attributions import find_marks
from sayso.read.encoder import Encoder
from sayso.read.tokens import Tokenizer, common_words
from sayso.score.figures import Count, Figure
from sayso.score.reports import attributions_found
from sayso.train import invented
from sayso.train.__main__ import Phase, Settings, Watch, claim_embeddings, device, run, starting_encoder
from sayso.train.batches import Batch, Encoded, batches, encode, windows
from sayso.train.build import quiet
from sayso.train.corpora import Example, invented_examples
from sayso.train.export import write
from sayso.train.restore import restored

GENTLE = Phase(epochs=3, encoder_rate=1e-4, head_rate=3e-4, shares=(("corrections", 1.0), ("invented", 0.5)))
MOST = 8  # times that a correction is seen in an epoch
AVERAGE = 0.98  # the run is short


@dataclass(frozen=True, slots=True)
class Figures:
    """How well attributions are found: in the corrections, which are learned from, and in invented reports, which are
    not."""

    corrections: Figure
    held_out: Figure


def fine_tune(
    corrections: list[Example], base: Path, out: Path, watch: Watch, epochs: int = GENTLE.epochs
) -> tuple[Figures, Figures]:
    """Train the network in ``base`` on, and write it into ``out``; the figures before and after.

    UsageError without corrections, and where ``out`` is ``base``; SaysoError where ``base`` holds no network.
    """
    if not corrections:
        raise UsageError("there is no correction to learn from.")
    if out.exists() and out.samefile(base):
        raise UsageError(f"{out} holds the network to start from. Give another folder with --out.")
    with quiet():
        before = figures(base, corrections)
        reports = [e for i, e in enumerate(invented_examples()) if i % invented.HELD_OUT != 0]
        learn(base, out, Mixture(corrections, reports, base), replace(GENTLE, epochs=epochs), watch)
        return before, figures(out, corrections)


def learn(base: Path, out: Path, mixture: Mixture, phase: Phase, watch: Watch) -> None:
    """Train the network in ``base`` on ``mixture`` and write it into ``out``, with what lies beside it."""
    torch.set_num_threads(cores())
    settings = Settings(phases=(phase,), average=AVERAGE)
    torch.manual_seed(settings.seed)
    network = restored(base).to(device())
    run(network, mixture, phase, settings, random.Random(settings.seed), watch, "corrections")
    write(network, out)
    for name in ("tokenizer.json", "common.txt"):
        shutil.copyfile(base / name, out / name)
    _keep_linker(base, out)


def _keep_linker(base: Path, out: Path) -> None:
    told = [json.loads((folder / "reader.json").read_text("utf-8")) for folder in (base, out)]
    kept = told[0] | {"no_source": told[1]["no_source"]}
    (out / "reader.json").write_text(json.dumps(kept, indent=1) + "\n", "utf-8")


class Mixture:
    """Corrections and invented reports, cut into tokens as the network in ``base`` reads them."""

    def __init__(self, corrections: list[Example], reports: list[Example], base: Path) -> None:
        tokenizer = Tokenizer(base / "tokenizer.json", common_words(base / "common.txt"))
        embeddings = claim_embeddings([*corrections, *reports], starting_encoder())
        self._corrections, self._reports = (
            [encode(e, tokenizer, embeddings) for e in part] for part in (corrections, reports)
        )

    def epoch(self, rng: random.Random, shares: tuple[tuple[str, float], ...]) -> list[Batch]:
        """The corrections, as often as it takes to make half of what is seen, but no more than MOST times; among
        some of the reports."""
        share = dict(shares)
        reports = rng.sample(self._reports, int(share["invented"] * len(self._reports)))
        times = min(MOST, max(1, round(share["corrections"] * _size(reports) / max(1, _size(self._corrections)))))
        cut = [window for _ in range(times) for window in windows(self._corrections, rng)]
        return batches([*cut, *windows(reports, rng)], rng)


def _size(part: Iterable[Encoded]) -> int:
    return sum(len(item.ids) for item in part)


def figures(folder: Path, corrections: list[Example]) -> Figures:
    """How well the network in ``folder`` finds attributions."""
    encoder = Encoder(folder)
    held_out = [e for i, e in enumerate(invented_examples()) if i % invented.HELD_OUT == 0]
    return Figures(_figure(encoder, corrections), _figure(encoder, held_out))


def _figure(encoder: Encoder, examples: list[Example]) -> Figure:
    total = Count()
    for example in examples:
        found = [relation.content for relation in find_marks(example.text, encoder).relations]
        count = attributions_found(example.text, [r.content for r in example.relations], found)
        total.right, total.wrong, total.missed = (
            total.right + count.right, total.wrong + count.wrong, total.missed + count.missed,
        )  # fmt: skip
    return total.figure()
