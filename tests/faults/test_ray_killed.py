"""Nodes and processes of a real Ray that die while reports are read: each article is there once, as on a laptop."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from tests import clusters

from sayso.config import Config, Limits
from sayso.ledger import Ledger
from sayso.linking import link
from sayso.scale import link_spread, load, read_into
from sayso.scale.cluster import TRIES
from sayso.scale.reading import Manifest

pytest.importorskip("ray", reason="ray is not installed; pip install 'sayso[scale]'")
pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="finds Ray's processes in /proc"),
    # Ray leaves files of its logs and sockets open, and warns of its own plans; both are its own to mend.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore:.*:FutureWarning:ray"),
    pytest.mark.filterwarnings("ignore:.*:DeprecationWarning:ray"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"
CONFIG = Config(places="", limits=Limits(shard_bytes=clusters.SHARD))


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return clusters.invented(tmp_path_factory.mktemp("given") / "reports")


@pytest.fixture(scope="module")
def undisturbed(reports: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[list[object], list[object]]:
    out = tmp_path_factory.mktemp("laptop")
    read_into([str(reports)], str(out), CONFIG)
    return clusters.rows_of(out)


@pytest.fixture(scope="module")
def nodes() -> Iterator[clusters.Nodes]:
    with clusters.running(2) as held:
        yield held


@pytest.fixture
def little_memory() -> Iterator[Path]:
    """A control group whose processes get next to no more memory than they have."""
    for parent, limit in (("/sys/fs/cgroup/memory", "memory.limit_in_bytes"), ("/sys/fs/cgroup", "memory.max")):
        group = Path(parent) / f"sayso-{os.getpid()}"
        try:
            group.mkdir()
        except OSError:
            continue
        try:
            if (group / limit).exists():
                (group / limit).write_text(str(2**20))
                yield group
                return
        finally:
            _take_away(group)
    pytest.skip("no control group can be made here, to take a process's memory away")


def _take_away(group: Path) -> None:
    """Of a control group only one without processes can be removed, and one that is killed takes a moment to end."""
    deadline = time.monotonic() + 60
    while True:
        for pid in (group / "cgroup.procs").read_text().split():
            with suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)
        try:
            group.rmdir()
            return
        except OSError:
            assert time.monotonic() < deadline, "a process does not end"
            time.sleep(0.1)


class Once:
    """A ``watch`` that does something when the first shard is there."""

    def __init__(self, deed: object) -> None:
        self.deed, self.done = deed, 0

    def __call__(self, manifest: Manifest) -> None:
        self.done += 1
        if self.done == 1:
            assert callable(self.deed)
            self.deed()


def test_nothing_dies(nodes: clusters.Nodes, reports: Path, undisturbed: object, tmp_path: Path) -> None:
    told = read_into([str(reports)], str(tmp_path), CONFIG, "ray")

    assert told.shards > 4
    assert told.repeated == 5
    assert not told.failed
    assert clusters.rows_of(tmp_path) == undisturbed


def test_a_node_is_killed_while_it_reads(
    nodes: clusters.Nodes, reports: Path, undisturbed: object, tmp_path: Path
) -> None:
    told = read_into([str(reports)], str(tmp_path), CONFIG, "ray", watch=Once(nodes.kill_node))
    nodes.add()

    assert not told.failed
    assert clusters.rows_of(tmp_path) == undisturbed


def test_a_process_is_killed_while_it_reads(
    nodes: clusters.Nodes, reports: Path, undisturbed: object, tmp_path: Path
) -> None:
    told = read_into(
        [str(reports)], str(tmp_path), CONFIG, "ray", watch=Once(lambda: os.kill(nodes.reader(), signal.SIGKILL))
    )

    assert not told.failed
    assert clusters.rows_of(tmp_path) == undisturbed


def test_a_process_gets_no_more_memory(
    nodes: clusters.Nodes, little_memory: Path, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    """Of a kernel that has none left a process gets SIGKILL, at whatever it does."""
    said = "Ivo Brandt said on Tuesday that {} shells fell on the market of Orvane, which Mara Lind denied."
    long = tmp_path_factory.mktemp("given") / "long.jsonl"
    rows = [{"text": " ".join(said.format(n) for n in range(first, first + 120))} for first in range(8)]
    long.write_text("".join(json.dumps(row) + "\n" for row in rows))
    config = Config(places="", limits=Limits(shard_bytes=long.stat().st_size // 7))
    read_into([str(long)], str(tmp_path / "laptop"), config)
    starved: list[int] = []

    def starve() -> None:
        starved.append(nodes.reader())
        (little_memory / "cgroup.procs").write_text(str(starved[0]))

    told = read_into([str(long)], str(tmp_path / "ray"), config, "ray", watch=Once(starve))

    if Path(f"/proc/{starved[0]}").exists():  # it ended its shard with what it had, and was given no other
        os.kill(starved[0], signal.SIGKILL)
        pytest.skip("the process needed no more memory")
    assert not told.failed
    assert clusters.rows_of(tmp_path / "ray") == clusters.rows_of(tmp_path / "laptop")


def test_linking_is_the_laptops_though_a_process_is_killed(
    nodes: clusters.Nodes, reports: Path, tmp_path: Path
) -> None:
    read_into([str(reports), str(EXAMPLES)], str(tmp_path / "out"), CONFIG, "ray")
    ledgers = [tmp_path / "laptop.db", tmp_path / "ray.db"]
    for path in ledgers:
        with Ledger.open(str(path)) as ledger:
            load(str(tmp_path / "out"), ledger)
    with Ledger.open(str(ledgers[0])) as ledger:
        link(ledger)
    with Ledger.open(str(ledgers[1])) as ledger:
        killer = threading.Thread(target=lambda: os.kill(nodes.reader("ray::_each"), signal.SIGKILL))
        killer.start()
        link_spread(ledger, "ray")
        killer.join()

    told = []
    for path in ledgers:
        with Ledger.open(str(path)) as ledger:
            nouns = (ledger.stories, ledger.echoes, ledger.links, ledger.warnings, ledger.claims, ledger.articles)
            told.append([list(rows()) for rows in nouns])
    assert told[0] == told[1]
    assert all(told[0][:3])


def test_a_shard_that_kills_whoever_reads_it_costs_itself_only(
    nodes: clusters.Nodes, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    # One text, as files that lie together may make two shards: that hangs on what their folder is called. And a long
    # one, as a process that has its reader already would be done with a short one before it is found.
    text = tmp_path_factory.mktemp("given") / "0.txt"
    said = (f"The governor of Sennath said that {wounded} people were wounded." for wounded in range(1_500))
    text.write_text(" ".join(said))
    killed: list[int] = []

    def hunt() -> None:
        while len(killed) < TRIES:
            killed.append(nodes.reader(but=killed))  # one that is dead is listed for a while
            os.kill(killed[-1], signal.SIGKILL)

    hunter = threading.Thread(target=hunt)
    hunter.start()
    told = read_into([str(text)], str(tmp_path), Config(places=""), "ray")
    hunter.join()

    assert [failed.location for failed in told.failed] == [str(text)]
    assert told.failed[0].reason
    again = read_into([str(text)], str(tmp_path), Config(places=""), "ray")
    assert (again.articles, again.failed) == (1, ())
