"""The reader's network: one encoder, an attribution head with a linker, a mention head; and their losses."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - torch's own name for it
from transformers import BertModel

TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
MENTIONS = ("person", "organisation", "place", "role", "other")
MENTION_TAGS = ("O", *(f"{p}-{kind}" for kind in MENTIONS for p in "BI"))
LINK = 64  # size of the vectors that the linker compares


class Network(nn.Module):
    """ids, mask, kind (batch, tokens) -> tag logits (…, 7), mention logits (…, 11), link vectors (…, 4 * LINK).

    ``kind`` is 1 throughout where the text is itself the content of an attribution. The four link vectors of a token:
    cue looking for its source, source, content looking for its cue, cue sought by contents.
    """

    def __init__(self, start: Path) -> None:
        super().__init__()
        # Dropout inside attention costs a third of the time on a CPU and gains nothing measurable.
        self.encoder = BertModel.from_pretrained(
            start, add_pooling_layer=False, attn_implementation="sdpa", attention_probs_dropout_prob=0.0
        )
        width = self.encoder.config.hidden_size
        self.dropout = nn.Dropout(0.1)
        self.tags = nn.Linear(width, len(TAGS))
        self.mentions = nn.Linear(width, len(MENTION_TAGS))
        self.link = nn.Linear(width, 4 * LINK)
        self.no_source = nn.Parameter(torch.zeros(1))

    def forward(self, ids: Tensor, mask: Tensor, kind: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """See the class."""
        states = self.encoder(input_ids=ids, attention_mask=mask, token_type_ids=kind).last_hidden_state
        states = self.dropout(states)
        return self.tags(states), self.mentions(states), self.link(states)


def partial_cross_entropy(logits: Tensor, allowed: Tensor) -> Tensor:
    """Mean of -log of the probability given to any allowed class. logits (n, c); allowed (n, c) bool; a row that allows
    nothing is left out."""
    keep = allowed.any(-1)
    log_p = F.log_softmax(logits[keep].float(), -1)
    return -log_p.masked_fill(~allowed[keep], -1e9).logsumexp(-1).mean()


@dataclass(frozen=True, slots=True)
class Links:
    """The spans of one window and who belongs to whom.

    cues, sources, contents: (n, 4) first token, last token, first word, last word. ``source_of_cue`` holds for each cue
    its source's index + 1, 0 for none; ``cue_of_content`` for each content its cue; -100 where it is not told.
    """

    cues: Tensor
    sources: Tensor
    contents: Tensor
    source_of_cue: Tensor
    cue_of_content: Tensor


def link_loss(network: Network, vectors: Tensor, links: Links) -> Tensor:
    """Sum of the losses of one window: each cue chooses among the sources or none, each content among the cues.

    vectors: (tokens, 4 * LINK).
    """
    seek_source, source, seek_cue, cue = vectors.float().split(LINK, -1)
    loss = vectors.new_zeros((), dtype=torch.float32)
    if len(links.cues):
        scores = scores_between(seek_source, links.cues, source, links.sources)
        scores = torch.cat([network.no_source.expand(len(links.cues), 1), scores], 1)
        loss = loss + F.cross_entropy(scores, links.source_of_cue, reduction="sum")
        if len(links.contents):
            scores = scores_between(seek_cue, links.contents, cue, links.cues)
            loss = loss + F.cross_entropy(scores, links.cue_of_content, reduction="sum")
    return loss


def scores_between(from_vectors: Tensor, froms: Tensor, to_vectors: Tensor, tos: Tensor) -> Tensor:
    """(len(froms), len(tos)) scores: the means of the vectors at both ends compared."""

    def mean(vectors: Tensor, spans: Tensor) -> Tensor:
        return (vectors[spans[:, 0]] + vectors[spans[:, 1]]) / 2

    return mean(from_vectors, froms) @ mean(to_vectors, tos).T / LINK**0.5
