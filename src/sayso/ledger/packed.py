"""How what linking keeps of an article is written down: whose attribution each claim is, embeddings, episodes; and
how what it works on goes from process to process."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields
from types import SimpleNamespace
from typing import Any, NamedTuple

from sayso.ledger.rows import claim_row, unpack
from sayso.types import ClaimRow, Episode, Figure, Linkable, Reading, Span

_EMBEDDING = 768  # bytes: 384 float16
_OF_EPISODE = [field.name for field in fields(Episode)]


class Stored(NamedTuple):
    """A reading as it is stored: the columns of its article, of its text and of the reading, packed, and of its claims.
    It goes from process to process at little cost, and ``linkable_of`` makes the records of it."""

    article: dict[str, Any]
    text: bytes
    body: bytes
    embeddings: bytes | None
    claims: tuple[dict[str, Any], ...]


class Told(NamedTuple):
    """What is noted of an article that is linked: its id, who published it, when it appeared, and whose attribution
    each of its claims is."""

    article: str
    outlet: str | None
    appeared: str | None
    attributed: tuple[int | None, ...]

    @classmethod
    def of(cls, read: Linkable, appeared: str | None) -> Told:
        """What is noted of this one, which ``appeared`` at that date or time."""
        about = read.reading.article
        return cls(about.id, about.outlet, appeared, attributed(read.reading, read.claims))


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
    told_ = {name: getattr(episode, name) for name in _OF_EPISODE}
    told_ |= {"figures": [asdict(figure) for figure in episode.figures]}
    return told_ | {"embedding": base64.b85encode(episode.embedding).decode("ascii")}


def as_episode(told_: dict[str, Any]) -> Episode:
    """The reverse of ``as_json``."""
    lists = {name: tuple(told_[name]) for name in ("actors", "words", "claims")}
    lists |= {"villages": tuple(told_.get("villages", ()))}  # which those of older ledgers have not
    figures = tuple(Figure(**f) for f in told_["figures"])
    return Episode(**told_ | lists | {"figures": figures, "embedding": base64.b85decode(told_["embedding"])})


def linkable_of(stored: Stored) -> Linkable:
    """The records of a reading with its claims, as they were read, and their embeddings."""
    body = json.loads(unpack(stored.body))
    body["article"] = stored.article | {"text": unpack(stored.text)}
    read = Reading.from_json(body)
    claims = [claim_row(SimpleNamespace(**claim)) for claim in stored.claims]
    return Linkable(read, tuple(claims), tuple(vectors(attributed(read, claims), stored.embeddings)))
