"""Whether one sentence follows from another, by the words that both have (RTE of GLUE, Wang et al. 2018).

Sayso does not reason: it shows that two claims are of one content, and their words. This is what that is worth: a
hypothesis is said to follow where the share of its content words that the text has is at least the one that does best
on the training pairs, and where neither says "not" without the other. Half of the pairs follow, so 50 is chance.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.claimdiff import bare
from sayso.link.contents import content_words
from sayso.link.denials import Wording

TRAIN, DEV = "rte_glue/train.tsv", "rte_glue/dev.tsv"


@dataclass(frozen=True, slots=True)
class Entailment:
    """A text, a hypothesis, and whether it follows."""

    text: str
    hypothesis: str
    follows: bool


def entailments(file: Path) -> list[Entailment]:
    """The pairs of one of the corpus's files, in its order."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            Entailment(row["sentence1"], row["sentence2"], row["label"] == "entailment")
            for row in rows
            if row["label"] in ("entailment", "not_entailment")
        ]


def figures(folder: Path) -> dict[str, float]:
    """The share of the development pairs that is judged rightly, in per cent."""
    least = threshold(entailments(folder / TRAIN))
    dev = entailments(folder / DEV)
    right = sum((covered(pair) >= least) == pair.follows for pair in dev)
    return {"follows": 100 * right / len(dev)}


def threshold(pairs: Sequence[Entailment]) -> float:
    """The share of words from which on most pairs are judged rightly, the lowest of those that do as well."""
    scored = sorted((covered(pair), pair.follows) for pair in pairs)
    right = best = sum(follows for _, follows in scored)
    least = 0.0
    for number, (share, follows) in enumerate(scored):
        right += -1 if follows else 1
        if right > best and (number + 1 == len(scored) or scored[number + 1][0] > share):
            best, least = right, scored[number + 1][0] if number + 1 < len(scored) else 2.0
    return least


def covered(pair: Entailment) -> float:
    """The share of the hypothesis's content words that the text has; 0 where only one of the two says "not"."""
    words = content_words(pair.hypothesis)
    negative = [Wording(bare(text, "", 0)).negative for text in (pair.text, pair.hypothesis)]
    return len(words & content_words(pair.text)) / len(words) if words and negative[0] == negative[1] else 0.0
