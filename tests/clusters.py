"""A real Ray of several nodes on this machine, which listens on the loopback interface only, and whose processes can be
killed one by one."""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

# Ray looks at these when it is imported. The last has it listen on the loopback interface, as on other systems.
os.environ.update(RAY_USAGE_STATS_ENABLED="0", RAY_worker_niceness="0", RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER="0")

STORE = 80 * 2**20  # bytes of each node's object store: about the least that Ray takes


@dataclass
class Nodes:
    """A head without cores, to which this process is connected, and nodes of one core each."""

    cluster: Any
    nodes: list[Any] = field(default_factory=list)

    def add(self) -> None:
        import ray

        self.nodes.append(self.cluster.add_node(wait=False, **_given(1)))
        alive = len(self.nodes) + 1
        deadline = time.monotonic() + 60
        while sum(node["Alive"] for node in ray.nodes()) < alive:
            assert time.monotonic() < deadline, "a node did not come up"
            time.sleep(0.1)

    def kill_node(self) -> None:
        """Kill a node on which a shard is being read, with all its processes, as when a machine loses its power."""
        at_work = _parent(self.reader())
        node = next(node for node in self.nodes if _raylet(node) == at_work)
        self.nodes.remove(node)
        self.cluster.remove_node(node, allow_graceful=False)

    def reader(self, title: str = "ray::_do_shard", but: Collection[int] = ()) -> int:
        """A process that is reading a shard, or doing what else its title says, whatever its node; none of ``but``."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            for pid in _processes(title):
                if pid not in but and _parent(pid) in {_raylet(node) for node in self.nodes}:
                    return pid
            time.sleep(0.002)  # a short shard is read in some hundredths of a second
        raise AssertionError("nobody reads")


@contextmanager
def running(nodes: int) -> Iterator[Nodes]:
    """So many nodes. Ray asks nobody outside, and has no dashboard."""
    import ray
    from ray.cluster_utils import Cluster

    head = {"include_dashboard": False, "include_log_monitor": False, **_given(0)}
    cluster = Cluster(initialize_head=True, head_node_args=head)
    ray.init(cluster.address, logging_level=logging.ERROR, log_to_driver=False)
    held = Nodes(cluster)
    try:
        for _ in range(nodes):
            held.add()
        yield held
    finally:
        ray.shutdown()
        cluster.shutdown()


def _given(cores: int) -> dict[str, Any]:
    return {"num_cpus": cores, "object_store_memory": STORE, "node_ip_address": "127.0.0.1"}


def _raylet(node: Any) -> int:
    return int(node.all_processes["raylet"][0].process.pid)


def _processes(title: str) -> list[int]:
    found = []
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdigit() and (folder / "cmdline").read_bytes().startswith(title.encode()):
                found.append(int(folder.name))
        except OSError:  # it has ended
            continue
    return found


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


RUSSIAN = "Министерство сообщило во вторник, что два снаряда упали на рынок, никто не пострадал, сообщили жители."
SHARD = 2_000  # bytes of a shard, so that a few short reports make many


def invented(folder: Path) -> Path:
    """Reports in tables and files: short ones, the same one in two tables, one in another language, some that cannot be
    read."""
    folder.mkdir()
    rows = []
    for n in range(40):
        text = (
            f"Ivo Brandt, a spokesman of the ministry, said on Tuesday that {n + 2} shells fell on the market of "
            f"Orvane. “At least {n + 1} people were killed,” he added. Mara Lind denied that her party had fired."
        )
        rows.append(json.dumps({"text": text, "outlet": "The Lantern", "published": "2031-03-04", "title": f"On {n}"}))
    (folder / "again.jsonl").write_text("\n".join([*rows[35:], rows[36]]))
    (folder / "empty.txt").write_text("")
    (folder / "foreign.txt").write_text(RUSSIAN)
    rows[7] = '{"text": \n'
    (folder / "reports.jsonl").write_text("\n".join(rows))
    texts = folder / "texts"
    texts.mkdir()
    for n in range(5):
        (texts / f"{n}.txt").write_text(f"The governor of Sennath said that {n + 3} people were wounded on the bridge.")
    return folder


def rows_of(out: Path) -> tuple[list[Any], list[Any]]:
    """The articles and what was set aside, as the Parquet files have them; when that was does not count."""
    from pyarrow import parquet

    # What a killed process had begun lies there as ".….part", which nothing reads.
    def of(kind: str) -> list[Any]:
        tables = [parquet.read_table(path).to_pylist() for path in sorted((out / kind).glob("[!.]*"))]
        return sorted((row for rows in tables for row in rows), key=lambda row: (row["location"], row["position"]))

    return of("articles"), [row | {"at": None} for row in of("quarantine")]
