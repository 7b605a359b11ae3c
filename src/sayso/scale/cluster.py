"""Reading on a cluster with Ray. Needs the extra ``scale``.

A shard is a task. A process that has read one keeps its reader for the next, as all are of one function. What a task
returns is its manifest; articles go from where they lie to where results go, never through the driver or Ray's object
store. A task whose process or node dies, for want of memory for one, is begun again elsewhere, and so is one that could
not reach a file.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from sayso.errors import SaysoError, UsageError
from sayso.linking import Spread
from sayso.scale.engines import EACH, LINKING_KILLED, Failed, Watch
from sayso.scale.reading import Job, Manifest, do_shard
from sayso.scale.shards import Shard

TRIES = 5
"""Times that a shard is begun. Nothing in an article should kill a process, but if it does, the run must end."""
_AHEAD = 4  # tasks handed to Ray for each core; with all of them at once, each look at what is done would cost more


def on_ray(shards: Sequence[Shard], job: Job, jobs: int | None, watch: Watch) -> list[Failed]:
    """Read on the cluster that is at hand, or else on one of this machine. Returns the shards that were tried
    ``TRIES`` times in vain."""
    with connected(jobs) as ray:
        task = ray.remote(num_cpus=1, max_retries=TRIES - 1, retry_exceptions=[OSError], scheduling_strategy="SPREAD")(
            _do_shard
        )
        given = ray.put(job)
        to_begin, waiting, failed = iter(shards), dict[Any, Shard](), list[Failed]()
        while True:
            while len(waiting) < (jobs or _AHEAD * _cores(ray)) and (shard := next(to_begin, None)):
                waiting[task.remote(shard, given)] = shard
            if not waiting:
                return failed
            for done in ray.wait(list(waiting))[0]:
                shard = waiting.pop(done)
                result = _result(ray, done, shard)
                if isinstance(result, Failed):
                    failed.append(result)
                else:
                    watch(result)


def _do_shard(shard: Shard, job: Job) -> Manifest:
    try:
        return do_shard(shard, job)
    except MemoryError:
        os._exit(1)  # a process that found no more memory is of no more use; Ray begins the shard in another one


@contextmanager
def spread_on_ray(jobs: int | None) -> Iterator[Spread]:
    """What does one thing for each of several on the cluster, ``EACH`` of them in one task. SaysoError where what does
    it is killed ``TRIES`` times."""
    with connected(jobs) as ray:
        task = ray.remote(num_cpus=1, max_retries=TRIES - 1, scheduling_strategy="SPREAD")(_each)

        def spread(function: Callable[[Any], Any], given: Iterable[Any]) -> Iterator[Any]:
            items = iter(given)
            begun = [task.remote(function, some) for some in iter(lambda: list(islice(items, EACH)), [])]
            for done in begun:
                yield from _linked(ray, done)

        yield spread


def _each(function: Callable[[Any], Any], given: list[Any]) -> list[Any]:
    return [function(one) for one in given]


def _linked(ray: Any, done: Any) -> Any:
    try:
        return ray.get(done)
    except ray.exceptions.RayTaskError:  # what was done raised it
        raise
    except ray.exceptions.RayError as error:  # its process or node died, again and again
        raise SaysoError(LINKING_KILLED) from error


def _result(ray: Any, done: Any, shard: Shard) -> Manifest | Failed:
    try:
        manifest: Manifest = ray.get(done)
    except ray.exceptions.RayTaskError as error:
        if not isinstance(error.cause, OSError):
            raise error.as_instanceof_cause() from None
        reason = str(error.cause)
    except ray.exceptions.RayError as error:  # its process or node died, again and again
        reason = str(error).strip().partition("\n")[0]
    else:
        return manifest
    return Failed(shard.name, shard.sources[0].location, reason)


def _cores(ray: Any) -> int:
    return max(1, int(ray.cluster_resources().get("CPU", 1)))


@contextmanager
def connected(jobs: int | None) -> Iterator[Any]:
    """Ray, connected: to the cluster that RAY_ADDRESS names, to the one that this process has begun already, or to one
    that lasts as long as the context, listens on this machine only and tells nobody of its use."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("RAY_worker_niceness", "0")  # a process of --jobs has none either
    if not os.environ.get("RAY_ADDRESS"):
        # Whoever reaches its ports may run what they like. On Linux it would listen on all interfaces, whatever address
        # it is given; what keeps it from that is what it does on other systems, where a cluster is one machine.
        os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "0"
    try:
        import ray
    except ImportError:
        raise UsageError(
            "--engine ray needs ray, not installed here. Install it with: pip install 'sayso[scale]'"
        ) from None
    if ray.is_initialized():
        yield ray
        return
    own: dict[str, Any] = {"num_cpus": jobs, "include_dashboard": False, "_node_ip_address": "127.0.0.1"}
    address, given = (None, dict[str, Any]()) if os.environ.get("RAY_ADDRESS") else ("local", own)
    try:
        started = ray.init(address, logging_level=logging.ERROR, log_to_driver=False, **given)
    except Exception as error:  # it raises bare ones
        where = "reached" if address is None else "started on this machine"
        raise SaysoError(f"Ray could not be {where}: {error} What was read before is there; try again.") from error
    try:
        with started:
            yield ray
    finally:
        ray.shutdown()
