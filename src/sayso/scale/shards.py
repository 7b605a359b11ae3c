"""Shards: what one worker reads at a time, and what is there whole or not at all afterwards.

A shard is a file; one of some rows of a large table; or small files that lie together. What a shard is called and what
is in it depend on the input alone, so that a shard that is tried again takes the place of what was left of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from math import ceil

from sayso.errors import UsageError
from sayso.scale.storage import Source, sources_at

PARTS = 32
"""A table is cut into so many at the most. Each looks through all rows to read its own: 0.3 ms for a row, where reading
an article takes 150 and more."""
_TABLES = (".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".parquet")
_TOGETHER = 512  # small files in one shard, at the most
_CUTS = 64  # after one small file in so many a shard ends, whatever lies before it


@dataclass(frozen=True, slots=True)
class Shard:
    """What is read together: of one source every ``parts``-th article from ``part`` (from 0) on, or all of some."""

    sources: tuple[Source, ...]
    part: int = 0
    parts: int = 1

    @property
    def name(self) -> str:
        """The name of its files: the end of the first location, to be recognised by, and a hash of all of it."""
        locations = json.dumps([*(source.location for source in self.sources), self.part, self.parts])
        end = "".join(c if c.isalnum() or c in "-_." else "-" for c in self.sources[0].location.rsplit("/", 1)[-1])
        return f"{end[-60:].lstrip('.-') or 'shard'}-{sha256(locations.encode()).hexdigest()[:16]}"

    @property
    def size(self) -> int:
        """Bytes of input that are its own."""
        return sum(source.size for source in self.sources) // self.parts

    @property
    def fingerprint(self) -> str:
        """What changes when the input does."""
        files = [(source.location, source.size, source.stamp) for source in self.sources]
        return sha256(json.dumps([files, self.part, self.parts]).encode()).hexdigest()


def shards_of(paths: Iterable[str], size: int, out: str) -> list[Shard]:
    """The shards of what is at these paths or URLs, about ``size`` bytes each, in input order. What lies under ``out``
    is no input. UsageError for standard input, which nobody can read twice."""
    together: list[Source] = []
    found: list[Shard] = []
    for source in _sources(paths, out):
        small = source.size < size // 4 and not _is_table(source.location)
        if together and (not small or len(together) == _TOGETHER or sum(s.size for s in together) > size):
            found.append(Shard(tuple(together)))
            together = []
        if small:
            together.append(source)
            # Where a shard ends is told by the files in it, so that one more file changes its own shard only.
            if int(sha256(source.location.encode()).hexdigest(), 16) % _CUTS == 0:
                found.append(Shard(tuple(together)))
                together = []
            continue
        parts = min(PARTS, ceil(source.size / size)) if _is_table(source.location) else 1
        found += [Shard((source,), part, max(parts, 1)) for part in range(max(parts, 1))]
    return [*found, Shard(tuple(together))] if together else found


def _sources(paths: Iterable[str], out: str) -> Iterator[Source]:
    own = f"{out.rstrip('/')}/"
    seen: set[str] = set()
    for path in paths:
        if path == "-":
            raise UsageError(
                "standard input cannot be read with --out: a shard may have to be read twice. Give a file."
            )
        for source in sources_at(path):
            if source.path.startswith(own) or source.location in seen:
                continue
            seen.add(source.location)
            yield source


def _is_table(location: str) -> bool:
    """By its name, as nothing is opened yet. Whatever it is called, it is read as what it is."""
    return location.lower().removesuffix(".gz").endswith(_TABLES)
