"""One shard, from its sources to its files: the same on every engine.

A shard's articles and what it sets aside are written on this machine first and then entered whole, each under a name
that is the shard's alone; its manifest comes last, and until that is there the shard was not read. So a worker may die
at any moment, and whoever reads the shard again puts the same in the same place.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from hashlib import sha256
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from sayso import pipeline
from sayso.config import Config
from sayso.errors import SaysoError
from sayso.intake import Entry, receive
from sayso.read import AddedPlaces, Reader
from sayso.scale.rows import ShardFiles
from sayso.scale.shards import Shard
from sayso.scale.storage import Folder, fetched, folder_at
from sayso.types import Provenance, Quarantined, Received

MANIFESTS, ARTICLES, QUARANTINE = "shards", "articles", "quarantine"


@dataclass(frozen=True, slots=True)
class Job:
    """What all shards are read with: where results go (an absolute path or URL), the configuration, the places that the
    user has added, the reader that is meant, and how many threads it has in each process (0: as many as cores)."""

    out: str
    config: Config
    places: AddedPlaces
    provenance: Provenance
    threads: int = 1

    @property
    def settings(self) -> str:
        """What changes when the same input would be read otherwise: by another version or model, or as another's."""
        given = {name: getattr(self.config, name) for name in ("outlet", "published", "format")}
        told = [asdict(self.provenance), given, asdict(self.config.limits)]
        return sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a shard that was read leaves beside its files. ``sources`` are its input's locations; ``fingerprint`` and
    ``settings`` tell whether it would be read otherwise today; ``articles`` are its rows, of which ``unread`` are in a
    language that is not read; ``yielded`` names the shards that come before it and have articles of its own as well,
    which were taken out of it for that."""

    shard: str
    sources: tuple[str, ...]
    part: int
    parts: int
    fingerprint: str
    settings: str
    articles: int
    unread: int
    quarantined: int
    words: int
    seconds: float
    yielded: tuple[str, ...] = ()

    @classmethod
    def load(cls, folder: Folder, name: str) -> Manifest | None:
        """The manifest of a shard; None where there is none that can be understood."""
        try:
            told: Mapping[str, Any] = json.loads(folder.read(f"{MANIFESTS}/{name}.json"))
            given = {f.name: told[f.name] for f in fields(cls)}
            return cls(**given | {name: tuple(given[name]) for name in ("sources", "yielded")})
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return None

    def save(self, folder: Folder) -> None:
        """Enter it in its place, whole."""
        put_json(folder, f"{MANIFESTS}/{self.shard}.json", asdict(self))


def read_shard(shard: Shard, job: Job, reader: Reader) -> Iterator[tuple[int, pipeline.Outcome | Quarantined]]:
    """What becomes of each piece of input in a shard, and where that stands in its source: what ``pipeline.outcomes``
    gives for it. An article that stands there twice is read once."""
    places: list[int] = []  # of what the reader has been handed
    outcomes = pipeline.read_received(_items(shard, job, places), reader)
    for number, outcome in enumerate(outcomes):
        yield places[number], outcome


def _items(shard: Shard, job: Job, places: list[int]) -> Iterator[Received | Quarantined]:
    seen: set[str] = set()
    for place, item in islice(enumerate(receive(_entries(shard, job), job.config)), shard.part, None, shard.parts):
        if isinstance(item, Received):
            if item.article.id in seen:
                continue
            seen.add(item.article.id)
        places.append(place)
        yield item


def _entries(shard: Shard, job: Job) -> Iterator[Entry]:
    for source in shard.sources:
        with fetched(source, job.config.limits.file_bytes) as entry:
            yield entry


def do_shard(shard: Shard, job: Job) -> Manifest:
    """Read a shard and enter what it gives. Safe to do again, and for two at once.

    Raises OSError where its sources or the folder of results cannot be reached, SaysoError where this process would not
    read as the one that asks for it.
    """
    started = perf_counter()
    folder, reader = folder_at(job.out), _reader_of(job)
    counts = Counter[str]()
    with TemporaryDirectory(prefix="sayso-") as made:
        articles, quarantine = Path(made) / "articles", Path(made) / "quarantine"
        with ShardFiles(articles, quarantine) as files:
            for place, outcome in read_shard(shard, job, reader):
                files.add(place, outcome)
                if isinstance(outcome, Quarantined):
                    counts["quarantined"] += 1
                    continue
                counts["articles"] += 1
                counts["unread"] += outcome.reading is None
                counts["words"] += len(outcome.received.article.text.split()) if outcome.reading else 0
        folder.put(f"{ARTICLES}/{shard.name}.parquet", articles)
        folder.put(f"{QUARANTINE}/{shard.name}.parquet", quarantine)
    done = Manifest(
        shard=shard.name,
        sources=tuple(source.location for source in shard.sources),
        part=shard.part,
        parts=shard.parts,
        fingerprint=shard.fingerprint,
        settings=job.settings,
        articles=counts["articles"],
        unread=counts["unread"],
        quarantined=counts["quarantined"],
        words=counts["words"],
        seconds=perf_counter() - started,
    )
    done.save(folder)
    return done


def manifests(folder: Folder) -> dict[str, Manifest]:
    """The shards that have been read, by their names."""
    found = (Manifest.load(folder, name.removesuffix(".json")) for name in folder.names(MANIFESTS))
    return {manifest.shard: manifest for manifest in found if manifest is not None}


def put_json(folder: Folder, name: str, told: Any) -> None:
    """Enter ``told`` as a file of JSON, whole."""
    with TemporaryDirectory(prefix="sayso-") as made:
        path = Path(made) / "told.json"
        path.write_text(json.dumps(told, indent=1, ensure_ascii=False), "utf-8")
        folder.put(name, path)


_kept: dict[str, Reader] = {}  # a process keeps its reader, which takes seconds to load, from shard to shard


def keep(job: Job, reader: Reader) -> None:
    """Have this process read with a reader that it has at hand."""
    _kept.clear()
    _kept[job.settings] = reader


def _reader_of(job: Job) -> Reader:
    reader = _kept.get(job.settings)
    if reader is None:
        weights = Path(job.config.weights) if job.config.weights else None
        reader = Reader.load(weights, threads=job.threads, places=job.places)
        if reader.provenance != job.provenance:
            raise SaysoError(
                f"a worker has {_shown(reader.provenance)}, and the run was started with {_shown(job.provenance)}. "
                "Install the same sayso, with the same weights, on every node."
            )
        keep(job, reader)
    return reader


def _shown(provenance: Provenance) -> str:
    return f"sayso {provenance.sayso} with {provenance.model}"
