"""Where shards are read: in this process, or in several of this machine. ``cluster`` has a third way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from sayso import parallel
from sayso.errors import SaysoError
from sayso.linking import Spread
from sayso.scale.reading import Job, Manifest, do_shard
from sayso.scale.shards import Shard

Watch = Callable[[Manifest], None]


EACH = 10
"""Articles, or groups of them, that are handed to a process at once where linking is spread."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A shard that could not be read, where its sources lie, and why."""

    shard: str
    location: str
    reason: str


def on_this_one(shards: Sequence[Shard], job: Job, watch: Watch) -> list[Failed]:
    """Read one shard after the other. Those before one that raises are there."""
    for shard in shards:
        watch(do_shard(shard, job))
    return []


def on_processes(shards: Sequence[Shard], job: Job, jobs: int, watch: Watch) -> list[Failed]:
    """Read with so many processes. SaysoError where one is killed; the shards that were read by then are there."""
    with parallel.processes(jobs) as pool:
        return on_pool(shards, job, pool, watch)


def on_pool(shards: Sequence[Shard], job: Job, pool: ProcessPoolExecutor, watch: Watch) -> list[Failed]:
    """As ``on_processes``, with processes that are there already."""
    waiting = [pool.submit(do_shard, shard, job) for shard in shards]
    try:
        for done in as_completed(waiting):
            watch(done.result())
    except BrokenProcessPool as error:
        raise SaysoError(
            "a reading process was killed, perhaps for want of memory. The shards that were read before are there; "
            "run the same again to go on, with fewer --jobs."
        ) from error
    return []


LINKING_KILLED = (
    "a linking process was killed, perhaps for want of memory. What was linked before is stored; run the same again to "
    "go on, with fewer --jobs."
)


@contextmanager
def spread_on_processes(jobs: int) -> Iterator[Spread]:
    """What does one thing for each of several in so many processes. SaysoError where one is killed."""
    with parallel.processes(jobs) as pool:
        try:
            yield partial(pool.map, chunksize=EACH)
        except BrokenProcessPool as error:
            raise SaysoError(LINKING_KILLED) from error
