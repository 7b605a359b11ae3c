"""Chains of sources made of articles in which one layer of attributions is marked."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from sayso.text import sentences
from sayso.train.corpora import ROLES, Example, Relation

# Names become one token, so any will do.
_SPEAKERS = """
    He; She; They; The ministry; The group; The agency; The Xx agency; Xx Xx; The Xx Xx; Xx; A spokesman; A Xx
    official; State television; The spokesman; Xx activists; A medical source; The Xx ministry; Residents; The
    president; General Xx Xx, a spokesman for the Xx Xx,; The monitor; The statement; The Xx newspaper; An
    official; The head of the Xx Xx Xx; Local media; Sources; A source in the Xx army; The Xx foreign minister,
    Xx Xx,; Xx's ministry
    """
_SAID = """
    said; has said; reported; claimed; added; said on Tuesday; stated; announced; confirmed; told reporters;
    insisted; says; had said; also said; told Xx television; told Xx; noted; alleged; told the Xx agency
    """
SPEAKERS, SAID = (tuple(" ".join(w.split()) for w in words.split(";")) for words in (_SPEAKERS, _SAID))


def nested(examples: list[Example], rng: random.Random, share: float) -> Iterator[Example]:
    """Chains made of one-layer articles: sentences that hold whole relations, put into somebody's mouth.

    Runs of up to eight sentences of ``share`` of the articles; two in three sentences that can be are wrapped, so that
    their relations become those of the next level.
    """
    for example in rng.sample(examples, int(len(examples) * share)):
        spans = sentences(example.text)
        if len(spans) < 4:
            continue
        at = rng.randrange(len(spans) - 3)
        built = _Built(example)
        for start, end in spans[at : at + 8]:
            built.add(start, end, rng)
        yield built.done()


class _Built:
    """A text that grows by sentences."""

    def __init__(self, example: Example) -> None:
        self._example = example
        self._text = ""
        self._relations: list[Relation] = []
        self._unknown: list[tuple[int, int, int, str]] = []

    def add(self, start: int, end: int, rng: random.Random) -> None:
        """The sentence as it is, or wrapped; left out where a relation goes beyond it."""
        inside = [r for r in self._example.relations if any(a < end and start < b for _, a, b in r.spans())]
        whole = all(start <= a and b <= end for r in inside for _, a, b in r.spans())
        if not whole or any(not r.cue for r in inside):
            return
        if inside and rng.random() < 0.66 and "\n" not in self._example.text[start:end]:
            self._wrap(start, end, inside, rng)
        else:
            at = self._put(self._example.text[start:end]) - start
            self._relations += [_moved(r, at, end, 0) for r in inside]
            self._unknown += [
                (level, a + at, b + at, "nothing")
                for level, a, b, _ in self._example.unknown
                if start <= a and b <= end
            ]
        self._text += rng.choice((" ", " ", "\n", "\n\n"))

    def _wrap(self, start: int, end: int, inside: list[Relation], rng: random.Random) -> None:
        text = self._example.text
        stop = end - 1 if text[end - 1] == "." else end
        speaker, said = rng.choice(SPEAKERS), rng.choice(SAID)
        quoted = rng.random() < 0.25 and not any(mark in text[start:end] for mark in '"“”')
        opening, closing = rng.choice(("“”", '""')) if quoted else ("", "")
        that = "" if quoted else rng.choice(("that ", "that ", "that ", ""))
        form = rng.randrange(4)
        bare = speaker.rstrip(",")
        if form < 2:
            source = self._put(speaker), len(bare)
            self._put(" ")
            cue = self._put(said), _cue_length(said)
            self._put(", " if quoted else " ")
            first = self._put(opening + that)
        elif form == 2:
            cue = self._put("According to"), len("According to")
            self._put(" ")
            source = self._put(bare), len(bare)
            self._put(", ")
            first = self._put(opening)
        else:
            first = self._put(opening)
        at = self._put(text[start:stop]) - start
        self._put(("," if form == 3 else "") + closing)
        content = first, len(self._text) - ((1 if not closing else 0) if form == 3 else 0)
        if form == 3:
            self._put(" ")
            pair = [(bare, "source"), (said, "cue")]
            placed = {}
            for words, role in pair if rng.random() < 0.7 else pair[::-1]:
                placed[role] = self._put(words), _cue_length(words) if role == "cue" else len(words)
                self._put(" ")
            self._text = self._text.rstrip()
            source, cue = placed["source"], placed["cue"]
        self._put(".")
        spans = [((a, a + n),) for a, n in (source, cue)]
        self._relations.append(Relation(spans[0], spans[1], (content,)))
        self._relations += [_moved(r, at, stop, 1) for r in inside]
        self._unknown += [
            (level, a + at, min(b, stop) + at, "nothing")
            for level, a, b, _ in self._example.unknown
            if level > 1 and start <= a and b <= end
        ]

    def _put(self, words: str) -> int:
        at = len(self._text)
        self._text += words
        return at

    def done(self) -> Example:
        """What has grown."""
        return Example(self._text, tuple(self._relations), tuple(self._unknown))


def _cue_length(said: str) -> int:
    """Whom it was told to, and when, is no part of a cue."""
    return len(re.sub(r"(?<=told) .*| on Tuesday", "", said))


def _moved(relation: Relation, by: int, stop: int, level: int) -> Relation:
    source, cue, content = (tuple((a + by, min(b, stop) + by) for a, b in getattr(relation, role)) for role in ROLES)
    return Relation(source, cue, content, level)
