"""Exchange the names of two parties, and the reading is exchanged with them.

The plain code must keep to that wholly (see the swap tests of voice and its like). The network has learned from texts
and need not; here is counted how far it does, on the examples, with names of the same shape.
"""

import json
import re
from pathlib import Path

from sayso.read import Reader
from sayso.types import Article, Reading

REPORTS = Path(__file__).parents[3] / "examples" / "reports" / "agencies.jsonl"
PAIRS = (
    ("Highland Guard", "Tessar Assembly"),
    ("Kestavian", "Ulvanian"),
    ("Sennath", "Dunmarsh"),
    ("Talavik", "Maskel"),
)


def exchanged(text: str) -> str:
    other = {a: b for pair in PAIRS for a, b in (pair, pair[::-1])}
    return re.sub("|".join(other), lambda match: other[match.group()], text)


def claims(reading: Reading) -> set[tuple[str | None, str | None, str]]:
    return {
        (a.claimant, a.cue.text if a.cue else None, " … ".join(c.text for c in a.content)) for a in reading.attributions
    }


def test_most_of_a_reading_is_exchanged_with_the_names() -> None:
    reader = Reader.load(threads=1)
    same = total = 0
    for line in REPORTS.read_text("utf-8").splitlines():
        text = json.loads(line)["text"]
        plain, swapped = (
            reader.read(Article("0" * 16, "0" * 64, "x", None, None, "2024-03-20", None, "en", t))
            for t in (text, exchanged(text))
        )
        expected = {tuple(part and exchanged(part) for part in claim) for claim in claims(plain)}
        same += len(expected & claims(swapped))
        total += len(expected)
    print(f"{same} of {total} attributions are the same, names exchanged")
    assert total > 90
    assert same / total > 0.7  # what the first network reached, less a little: may only rise
