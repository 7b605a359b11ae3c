"""The reader's network: one encoder, one linear layer for all its heads; and their losses."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - torch's own name for it
from transformers import BertModel

from sayso.read.heads import HEADS, LINK, OUTPUTS
from sayso.train.labels import LABELS

CLAIM = 384  # size of a claim's embedding: that of the sentence encoder that it is distilled from


class Network(nn.Module):
    """ids, mask (batch, tokens) -> the heads' scores (…, OUTPUTS), states (…, width).

    ``claim`` projects the mean state of a content's tokens to its embedding; it is applied outside.
    """

    def __init__(self, start: Path) -> None:
        super().__init__()
        # Dropout inside attention costs a third of the time on a CPU and gains nothing measurable.
        self.encoder = BertModel.from_pretrained(
            start, add_pooling_layer=False, attn_implementation="sdpa", attention_probs_dropout_prob=0.0
        )
        width = self.encoder.config.hidden_size
        self.dropout = nn.Dropout(0.1)
        self.heads = nn.Linear(width, OUTPUTS)
        self.claim = nn.Linear(width, CLAIM)
        self.no_source = nn.Parameter(torch.zeros(1))

    def fit(self, state: dict[str, Tensor]) -> None:
        """Take over a saved state, whatever the width of its feed-forward layers."""
        for number, layer in enumerate(self.encoder.encoder.layer):
            _keep(layer, torch.arange(len(state[f"encoder.encoder.layer.{number}.intermediate.dense.bias"])))
        self.load_state_dict(state)

    @torch.no_grad()  # type: ignore[untyped-decorator]  # torch is taken as untyped
    def narrow(self, width: int, sample: Iterable[tuple[Tensor, Tensor]]) -> None:
        """Keep the ``width`` units of each feed-forward layer that give most to its output on a ``sample`` of
        (ids, mask); the rest is cut off."""
        layers = list(self.encoder.encoder.layer)
        given = [torch.zeros_like(layer.intermediate.dense.bias) for layer in layers]

        def hook(number: int) -> Callable[[nn.Module, object, Tensor], None]:
            def note(_module: nn.Module, _taken: object, found: Tensor) -> None:
                given[number] += found.square().sum((0, 1))

            return note

        hooks = [layer.intermediate.register_forward_hook(hook(n)) for n, layer in enumerate(layers)]
        for ids, mask in sample:
            self(ids, mask)
        for each in hooks:
            each.remove()
        for layer, total in zip(layers, given, strict=True):
            worth = total.sqrt() * layer.output.dense.weight.norm(dim=0)
            _keep(layer, worth.topk(width).indices.sort().values)

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """See the class."""
        states = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        return self.heads(self.dropout(states)), states


def _keep(layer: nn.Module, units: Tensor) -> None:
    """Leave only these ``units`` of a layer's feed-forward part."""
    inner, outer = layer.intermediate.dense, layer.output.dense
    if len(units) == inner.out_features:
        return
    for linear, at in ((inner, 0), (outer, 1)):
        linear.weight = nn.Parameter(linear.weight.detach().index_select(at, units))
    inner.bias = nn.Parameter(inner.bias.detach()[units])
    inner.out_features = outer.in_features = len(units)


def partial_cross_entropy(logits: Tensor, allowed: Tensor) -> tuple[Tensor, Tensor]:
    """Sum of -log of the probability given to any allowed class, and how many rows it is of. logits (n, c); allowed
    (n, c) bool; a row that allows nothing, or everything, is left out."""
    keep = allowed.any(-1) & ~allowed.all(-1)
    log_p = F.log_softmax(logits[keep].float(), -1)
    return -log_p.masked_fill(~allowed[keep], -1e9).logsumexp(-1).sum(), keep.sum()


def label_losses(scores: Tensor, allowed: Tensor) -> dict[str, Tensor]:
    """The mean loss of each head that is labelled by words. scores (n, OUTPUTS); allowed (n, all labels) bool."""
    losses = {}
    for name, (at, width) in LABELS.items():
        total, count = partial_cross_entropy(scores[:, HEADS[name]], allowed[:, at : at + width])
        losses[name] = total / count.clamp_min(100)  # few labels in a batch weigh less
    return losses


# What a smaller network is to have from the larger one. Within contents it is to learn more than that one knew.
TAUGHT = ("tags0", "mentions", "events", "certainty")


def teacher_loss(scores: Tensor, wanted: Tensor) -> Tensor:
    """Mean cross-entropy of the heads' probabilities with a teacher's (Hinton, Vinyals and Dean 2015), over the heads
    of ``TAUGHT``. (words, OUTPUTS) each."""
    parts = [
        F.cross_entropy(scores[:, HEADS[name]].float(), F.softmax(wanted[:, HEADS[name]].float(), -1))
        for name in TAUGHT
    ]
    return torch.stack(parts).mean()


@dataclass(frozen=True, slots=True)
class Links:
    """The spans of a batch, and who belongs to whom.

    cues, sources, contents: (n, 3) first and last token, counted through the batch's windows, and the number of the
    window's level, within which partners are chosen. ``source_of_cue`` holds for each cue its source's index + 1, 0 for
    none; ``cue_of_content`` for each content its cue; -100 where it is not told.
    """

    cues: Tensor
    sources: Tensor
    contents: Tensor
    source_of_cue: Tensor
    cue_of_content: Tensor


def link_loss(network: Network, vectors: Tensor, links: Links) -> Tensor:
    """Sum of the losses: each cue chooses among the sources or none, each content among the cues.

    vectors: (tokens, 4 * LINK): cue looking for its source, source, content looking for its cue, cue sought by
    contents.
    """
    seek_source, source, seek_cue, cue = vectors.float().split(LINK, -1)
    scores = scores_between(seek_source, links.cues, source, links.sources)
    scores = torch.cat([network.no_source.expand(len(links.cues), 1), scores], 1)
    loss = F.cross_entropy(scores, links.source_of_cue, reduction="sum")
    if len(links.contents):
        scores = scores_between(seek_cue, links.contents, cue, links.cues)
        loss = loss + F.cross_entropy(scores, links.cue_of_content, reduction="sum")
    return loss


def scores_between(from_vectors: Tensor, froms: Tensor, to_vectors: Tensor, tos: Tensor) -> Tensor:
    """(len(froms), len(tos)) scores: the means of the vectors at both ends compared, within one window and level."""

    def mean(vectors: Tensor, spans: Tensor) -> Tensor:
        return (vectors[spans[:, 0]] + vectors[spans[:, 1]]) / 2

    scores = mean(from_vectors, froms) @ mean(to_vectors, tos).T / LINK**0.5
    return scores.masked_fill(froms[:, 2, None] != tos[None, :, 2], -1e9)


def topic_loss(scores: Tensor, kind: int) -> Tensor:
    """A sentence whose one event is of type ``kind``, at words that nobody marked: the type whose likeliest word beats
    the others' likeliest words. scores: (tokens, event classes), "O" first."""
    log_p = F.log_softmax(scores.float(), -1)[:, 1:]
    wanted = torch.tensor([kind - 1], device=scores.device)
    return F.cross_entropy(log_p.max(0).values[None], wanted) - 0.2 * log_p[:, kind - 1].max()


def claim_loss(network: Network, states: Tensor, claims: Tensor, wanted: Tensor) -> Tensor:
    """Mean cosine distance of the embeddings of contents from the sentence encoder's. states (rows, tokens, width);
    claims (n, 3) row, first token, end; wanted (n, CLAIM)."""
    row, first, end = claims.T
    sums = F.pad(states.float().cumsum(1), (0, 0, 1, 0))
    pooled = (sums[row, end] - sums[row, first]) / (end - first)[:, None]
    return (1 - F.cosine_similarity(network.claim(pooled), wanted, dim=-1)).mean()
