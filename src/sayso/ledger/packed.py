"""How what linking keeps of an article is written down: whose attribution each claim is, embeddings, episodes."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from sayso.types import ClaimRow, Episode, Figure, Reading, Span

_EMBEDDING = 768  # bytes: 384 float16


def attributed(read: Reading, claims: Iterable[ClaimRow]) -> tuple[int | None, ...]:
    """For each claim the number of the attribution that makes it, by where its content stands; None for one in the
    outlet's own voice."""
    numbers = {_extent(a.content): number for number, a in enumerate(read.attributions)}
    return tuple(numbers.get(_extent(claim.spans)) for claim in claims)


def _extent(spans: Iterable[Span]) -> tuple[tuple[int, int], ...]:
    return tuple((s.start, s.end) for s in spans)


def vectors(attributed: Iterable[int | None], embeddings: bytes | None) -> Iterator[bytes]:
    """The embedding of each claim, from those of all attributions; empty where there is none."""
    for number in attributed:
        at = _EMBEDDING * (number or 0)
        yield b"" if number is None or not embeddings else embeddings[at : at + _EMBEDDING]


def as_json(episode: Episode) -> dict[str, Any]:
    """An episode as JSON has it."""
    return asdict(episode) | {"embedding": base64.b85encode(episode.embedding).decode("ascii")}


def as_episode(told_: dict[str, Any]) -> Episode:
    """The reverse of ``as_json``."""
    lists = {name: tuple(told_[name]) for name in ("actors", "words", "claims")}
    figures = tuple(Figure(**f) for f in told_["figures"])
    return Episode(**told_ | lists | {"figures": figures, "embedding": base64.b85decode(told_["embedding"])})
