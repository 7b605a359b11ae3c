"""The main job of reading into a folder of Parquet: cut, read what was not read yet, and leave each article once."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

from sayso.config import Config, Llm, places_to_read
from sayso.errors import UsageError
from sayso.read import AddedPlaces, Reader, reader_of
from sayso.scale.engines import Failed, on_processes, on_this_one
from sayso.scale.loading import RUN
from sayso.scale.once import leave_each_once
from sayso.scale.reading import ARTICLES, MANIFESTS, QUARANTINE, Job, Manifest, keep, manifests, put_json
from sayso.scale.shards import Shard, shards_of
from sayso.scale.storage import Folder, folder_at, is_url

ENGINES = ("local", "ray")

Watch = Callable[[Manifest], None]


@dataclass(frozen=True, slots=True)
class Into:
    """What a run did. ``shards`` is how many there are, ``known`` how many of them were read before; counts are those
    of what the run read itself; ``repeated`` is how many rows were taken out, as an earlier shard has the article;
    ``failed`` is what could not be read, though it was tried."""

    shards: int
    known: int
    articles: int
    unread: int
    quarantined: int
    words: int
    repeated: int
    seconds: float
    failed: tuple[Failed, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The shards of a run in input order, and those of them that are still to be read."""

    shards: tuple[Shard, ...]
    pending: tuple[Shard, ...]


def read_into(
    paths: Sequence[str],
    out: str,
    config: Config,
    engine: str = "local",
    *,
    jobs: int | None = None,
    begin: Callable[[Plan], None] | None = None,
    watch: Watch | None = None,
) -> Into:
    """Read what is at ``paths``, files, folders or URLs, into the folder ``out``, a path or URL.

    The engine "local" reads in this process or in ``jobs`` processes; "ray" on the cluster that RAY_ADDRESS names, or
    else on one of ``jobs`` cores (None: all) that it starts on this machine. Which one it was is not to be seen in the
    result. ``begin`` is told what there is to do, ``watch`` of each shard that is read.
    UsageError where it cannot be done as asked, OSError where a folder cannot be reached.
    """
    started = perf_counter()
    job = job_of(out, config, threads=0 if engine == "local" and (jobs or 1) == 1 else 1)
    folder = folder_at(job.out)
    plan, left = _plan(paths, job, folder)
    put_json(folder, RUN, {"shards": [*(shard.name for shard in plan.shards), *left]})
    if begin:
        begin(plan)
    done: list[Manifest] = []

    def note(manifest: Manifest) -> None:
        done.append(manifest)
        if watch:
            watch(manifest)

    # The largest first, so that no one is left waiting for one that began last.
    pending = sorted(plan.pending, key=lambda shard: -shard.size)
    failed = _read(pending, job, engine, jobs, note)
    if not failed:
        _take_away_superseded(folder, plan.shards)
    repeated = leave_each_once(folder, json.loads(folder.read(RUN))["shards"])
    return Into(
        shards=len(plan.shards),
        known=len(plan.shards) - len(plan.pending),
        articles=sum(m.articles for m in done),
        unread=sum(m.unread for m in done),
        quarantined=sum(m.quarantined for m in done),
        words=sum(m.words for m in done),
        repeated=repeated,
        seconds=perf_counter() - started,
        failed=tuple(failed),
    )


def _read(shards: Sequence[Shard], job: Job, engine: str, jobs: int | None, watch: Watch) -> list[Failed]:
    if not shards:
        return []
    if engine == "ray":
        from sayso.scale.cluster import on_ray

        return on_ray(shards, job, jobs, watch)
    if (jobs or 1) == 1:
        return on_this_one(shards, job, watch)
    return on_processes(shards, job, jobs or 1, watch)


def job_of(out: str, config: Config, threads: int = 1) -> Job:
    """The job that ``config`` asks for. UsageError where its reader cannot read into a folder."""
    if config.reader != "local":
        raise UsageError(f"--out takes the local reader; read with --reader {config.reader} into a ledger instead.")
    places = AddedPlaces.load(places_to_read(config))
    reader = reader_of(config)
    assert isinstance(reader, Reader)  # the local one
    where = out.rstrip("/") if is_url(out) else str(Path(out).absolute())
    weights = config.weights and str(Path(config.weights).absolute())
    # Neither a key nor a ledger's password is to leave this process.
    handed = replace(config, llm=Llm(), ledger="", weights=weights)
    job = Job(where, handed, places, reader.provenance, threads)
    if not threads:
        keep(job, reader)
    return job


def _plan(paths: Sequence[str], job: Job, folder: Folder) -> tuple[Plan, list[str]]:
    """What is to be read, and the shards of earlier runs that stay as they are."""
    shards = shards_of(paths, job.config.limits.shard_bytes, job.out)
    if not shards:
        raise UsageError("nothing to read there: no files were found.")
    there = manifests(folder)
    sources = {source.location for shard in shards for source in shard.sources}
    planned = {shard.name for shard in shards}
    left = [m.shard for m in there.values() if m.shard not in planned and not sources.intersection(m.sources)]
    fresh = {s.name for s in shards if _is_current(there.get(s.name), s, job)}
    # What a shard left to another may be gone with that other: it is read again.
    while stale := {name for name in fresh if not fresh.union(left).issuperset(there[name].yielded)}:
        fresh -= stale
    return Plan(tuple(shards), tuple(s for s in shards if s.name not in fresh)), left


def _is_current(manifest: Manifest | None, shard: Shard, job: Job) -> bool:
    return manifest is not None and (manifest.fingerprint, manifest.settings) == (shard.fingerprint, job.settings)


def _take_away_superseded(folder: Folder, shards: Sequence[Shard]) -> None:
    """Take away what shards of the same files have left that were cut otherwise, now that all is read as it is cut."""
    planned = {shard.name for shard in shards}
    sources = {source.location for shard in shards for source in shard.sources}
    for name, manifest in manifests(folder).items():
        if name not in planned and sources.intersection(manifest.sources):
            folder.delete(f"{MANIFESTS}/{name}.json")
            folder.delete(f"{ARTICLES}/{name}.parquet")
            folder.delete(f"{QUARANTINE}/{name}.parquet")
