"""``sayso export -o`` where the disk takes no more: what stood there stays whole, and nothing is left beside it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.unit.ledger.builders import simple

from sayso import exporting, linking
from sayso.errors import SaysoError, UsageError
from sayso.ledger import Ledger

EMPTY = ("corrections", "plover", "warc")  # nothing was decided, there are no events, and nothing was fetched
KINDS = [kind for kind in exporting.KINDS if kind not in EMPTY]
OLD = b"the file of yesterday"


@pytest.fixture(scope="module")
def ledger_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ledger") / "sayso.db"
    with Ledger.open(str(path)) as ledger:
        for number in range(300):
            day = date(2031, 1, 1) + timedelta(days=5 * number)  # apart, or all of it is one event
            ledger.store(*simple(number, claimant=f"Minister {number}", published=day.isoformat()))
        linking.link(ledger)
    return path


@pytest.fixture
def ledger(ledger_file: Path) -> Iterator[Ledger]:
    with Ledger.open(str(ledger_file)) as held:
        yield held


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder that is a disk of 16 kilobytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(disk)], capture_output=True).returncode:
        pytest.skip("only root may mount a small disk")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.mark.parametrize("kind", KINDS)
def test_a_full_disk(kind: str, ledger: Ledger, small_disk: Path) -> None:
    out = small_disk / "out"
    out.write_bytes(OLD)
    (small_disk / "ballast").write_bytes(b"x" * 4096)
    with pytest.raises(SaysoError, match=r"cannot write .*out: No space left on device\. Check space and disk"):
        exporting.export(ledger, kind, out)
    assert out.read_bytes() == OLD
    assert {path.name for path in small_disk.iterdir()} == {"out", "ballast"}


def test_a_disk_that_may_only_be_read(ledger: Ledger, small_disk: Path) -> None:
    out = small_disk / "out"
    out.write_bytes(OLD)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(UsageError, match=r"Read-only file system\. Give another file"):
        exporting.export(ledger, "csv", out)
    assert out.read_bytes() == OLD


LIMITED = """
import resource
from sayso.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
main()
"""


@pytest.mark.parametrize("kind", ["csv", "jsonl", "geojson", "ftm"])
def test_a_file_that_may_not_grow(kind: str, ledger_file: Path, tmp_path: Path) -> None:
    """As with a quota; needs no root. The ledger's own files beside it are smaller."""
    out = tmp_path / "out"
    out.write_bytes(OLD)
    command = [sys.executable, "-c", LIMITED, "export", kind, "--ledger", str(ledger_file), "-o", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 1
    assert f"sayso: cannot write {out}: File too large. Check space and disk, then run it again." in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert out.read_bytes() == OLD
