"""Exchange the names of two parties, and the reading is exchanged with them.

The network reads no names, and no rule knows one. `make bench` counts how far that holds in real reports; here it must
hold wholly, on the examples, with names of the same shape.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from sayso.read import Reader
from sayso.read.attributions import Marks, find_marks
from sayso.read.encoder import Encoder
from sayso.read.found import Found
from sayso.read.resolve import reading_of
from sayso.types import Article, Provenance, Reading

REPORTS = Path(__file__).parents[3] / "examples" / "reports" / "agencies.jsonl"
PAIRS = (
    ("Highland Guard", "Tessar Assembly"),
    ("Guard", "Assembly"),  # as they are called after that
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


def test_a_reading_is_exchanged_with_the_names() -> None:
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
    assert total > 90
    assert same == total


def moved(text: str) -> Callable[[int], int]:
    """Where an offset of ``text`` is once the names are exchanged; one within a name, as far from the name's end."""
    other = {a: b for pair in PAIRS for a, b in (pair, pair[::-1])}
    stops = [(0, 0)]
    for match in re.finditer("|".join(other), text):
        start = stops[-1][1] + match.start() - stops[-1][0]
        stops += [(match.start(), start), (match.end(), start + len(other[match.group()]))]
    stops.append((len(text) + 1, stops[-1][1] + len(text) + 1 - stops[-1][0]))

    def at(offset: int) -> int:
        for (begin, to), (end, after) in pairwise(stops):
            if begin <= offset < end:
                return min(to + offset - begin, after)
        raise IndexError(offset)

    return at


def exchanged_marks(marks: Marks, text: str) -> Marks:
    """The marks that a network would give which is blind to names."""
    at = moved(text)
    copies: dict[int, Found] = {}
    for found in marks.relations:  # parents come first
        copies[id(found)] = replace(
            found,
            source=found.source and (at(found.source[0]), at(found.source[1])),
            cue=(at(found.cue[0]), at(found.cue[1])),
            content=tuple((at(a), at(b)) for a, b in found.content),
            parent=copies[id(found.parent)] if found.parent else None,
        )
    return Marks(list(copies.values()), [(kind, at(a), at(b)) for kind, a, b in marks.mentions])


def resolved(reading: Reading) -> Iterator[tuple[str, ...]]:
    """All that the plain code says, in words."""
    for a in reading.attributions:
        yield "says", str(a.claimant), a.stance, a.kind, str(a.anonymous)
    for v in reading.voice:
        yield "voice", v.kind, v.span.text
    for c in reading.casualties:
        yield "harm", c.span.text, str(c.min), str(c.max), c.kind, str(c.who), str(c.attribution)
    for e in reading.evidence:
        yield "evidence", e.kind, e.span.text, str(e.attribution)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder(threads=1)


@pytest.mark.parametrize(
    "line", REPORTS.read_text("utf-8").splitlines(), ids=lambda line: json.loads(line)["title"][:30]
)
def test_the_plain_code_exchanges_all_of_a_reading_with_the_names(encoder: Encoder, line: str) -> None:
    report = json.loads(line)
    text = f"{report['title']}\n\n{report['text']}"
    marks = find_marks(text, encoder)
    readings = [
        reading_of(
            Article("0" * 16, "0" * 64, "x", report["outlet"], report["title"], "2024-03-20", None, "en", t),
            m,
            Provenance("0", "x", "local"),
        )
        for t, m in ((text, marks), (exchanged(text), exchanged_marks(marks, text)))
    ]
    plain, swapped = ([*resolved(reading)] for reading in readings)
    assert [tuple(exchanged(part) for part in row) for row in plain] == swapped != []
