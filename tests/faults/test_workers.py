"""Reading processes (``--jobs``): one that is out of memory is told of, and the next run goes on where this one ended;
none takes what lies in the current folder for a module."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from sayso.config import Config
from sayso.errors import SaysoError
from sayso.ledger import Ledger
from sayso.pipeline import run

SHORT, LONG = 12, 5  # reports, the short ones first
REPORTS = SHORT + LONG
SAID = "The ministry said on Tuesday that {} shells fell on the market of Orvane, and that nobody was hurt there. "


class Starving:
    """Leaves the reading processes no more memory than they have, once a first reading is there."""

    def __init__(self) -> None:
        self.starved: set[int] = set()

    def __call__(self, _: Any) -> None:
        for child in map(int, Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()):
            with suppress(FileNotFoundError, ProcessLookupError):  # it has ended meanwhile
                if child in self.starved or b"spawn_main" not in Path(f"/proc/{child}/cmdline").read_bytes():
                    continue
                has = int(Path(f"/proc/{child}/statm").read_text().split()[0]) * resource.getpagesize()
                resource.prlimit(child, resource.RLIMIT_AS, (has, has))
                self.starved.add(child)


def test_a_process_out_of_memory_is_named_and_loses_nothing(tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    for number in range(REPORTS):
        (reports / f"{number:02}.txt").write_text(SAID.format(number + 2) * (5 if number < SHORT else 200))
    starving = Starving()
    with Ledger.open(str(tmp_path / "sayso.db")) as ledger:
        with pytest.raises((SaysoError, MemoryError)) as ended:
            run([str(reports)], Config(jobs=2), ledger, watch=starving)
        # The process falls, as most do; or it says that it has no memory for an article, whose fault that is not.
        assert issubclass(ended.type, MemoryError) or "perhaps for want of memory" in str(ended.value)
        assert not list(ledger.quarantined())
        stored = [row.id for row in ledger.articles()]
        assert starving.starved
        assert 0 < len(stored) < REPORTS

        again = run([str(reports)], Config(), ledger)

        assert (again.read, again.known, again.quarantined) == (REPORTS - len(stored), len(stored), 0)
        assert {row.id for row in ledger.articles()} >= set(stored)


def test_one_process_has_room_to_begin_with(tmp_path: Path) -> None:
    """The same without starving it, so that the test above shows what it means to."""
    (tmp_path / "report.txt").write_text(SAID.format(2) * 40)
    with Ledger.open(str(tmp_path / "sayso.db")) as ledger:
        assert run([str(tmp_path / "report.txt")], Config(jobs=2), ledger).read == 1


if not Path("/proc/self/task").exists():
    pytest.skip("the limits of another process are set by way of /proc", allow_module_level=True)


STARTED = """
from sayso.parallel import processes

if __name__ == "__main__":
    with processes(1) as pool:
        print(pool.submit(abs, -31).result())
"""


def test_a_module_in_the_current_folder_is_not_run(tmp_path: Path) -> None:
    here = tmp_path / "here"
    here.mkdir()
    for name in ("multiprocessing", "socket", "struct", "sayso"):
        (here / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
    (tmp_path / "started.py").write_text(STARTED)
    command = [sys.executable, str(tmp_path / "started.py")]
    done = subprocess.run(command, cwd=here, capture_output=True, text=True, timeout=100)
    assert (done.stdout, done.stderr) == ("31\n", "")
    assert not (tmp_path / "ran").exists()
