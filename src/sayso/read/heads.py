"""What the network's outputs mean: a slice of its scores for each head, the classes of each in their order."""

from __future__ import annotations

LEVELS = 3  # attributions, attributions within their contents, and within the contents of those
LINK = 64  # size of the vectors that the linker compares
TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
MENTIONS = ("O", *(f"{p}-{k}" for k in ("person", "organisation", "place", "role", "other") for p in "BI"))
EVENTS = (
    "O", "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "YIELD", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
CERTAINTIES = ("happened", "ongoing", "planned", "possible", "denied", "unknown")


def _slices(widths: dict[str, int]) -> dict[str, slice]:
    found, at = {}, 0
    for name, width in widths.items():
        found[name] = slice(at, at + width)
        at += width
    return found


HEADS = _slices(
    {f"tags{level}": len(TAGS) for level in range(LEVELS)}
    | {"mentions": len(MENTIONS), "events": len(EVENTS), "certainty": len(CERTAINTIES)}
    | {"link": 4 * LINK}
)
OUTPUTS = HEADS["link"].stop
