"""A disk that is full, or may only be read, while a ledger is written."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.unit.ledger.builders import LOCAL, simple

from sayso.errors import LedgerError
from sayso.ledger import Ledger
from sayso.types import ClaimRow

ROOT = Path(__file__).parents[2]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder that is a disk of two megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)], capture_output=True)
    if mount.returncode != 0:
        pytest.skip("only root may mount a small disk")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def fill(ledger: Ledger, first: int = 0) -> tuple[int, str]:
    """Store articles until that fails: how many were stored, and with what message it failed."""
    for number in range(first, 10_000):
        try:
            ledger.store(*simple(number))
        except LedgerError as error:
            return number - first, str(error)
    raise AssertionError("the disk never filled up")


def test_a_full_disk_is_told_and_nothing_stored_is_lost(small_disk: Path) -> None:
    where = small_disk / "sayso.db"
    with Ledger.open(str(where)) as ledger:
        stored, error = fill(ledger)
        assert error == (
            f"no room left to write {where}. What was reported as stored is safe. "
            "Free some space and run the same command again."
        )
        assert len(list(ledger.articles())) == stored, "the ledger can still be read"
    with Ledger.open(str(where)) as ledger:
        assert len(list(ledger.articles())) == len(list(ledger.claims())) == stored


def test_with_room_again_a_ledger_takes_what_it_could_not(small_disk: Path) -> None:
    where, ballast = small_disk / "sayso.db", small_disk / "ballast"
    with Ledger.open(str(where)) as ledger:
        ledger.store(*simple(0))
        with pytest.raises(OSError, match="No space left"):
            ballast.write_bytes(b"x" * 4_000_000)
        stored, _ = fill(ledger, 1)
        ballast.unlink()
        assert ledger.store(*simple(stored + 1))
        assert len(list(ledger.articles())) == stored + 2


def test_a_limit_on_file_size_is_told_too(tmp_path: Path) -> None:
    where = tmp_path / "sayso.db"
    Ledger.open(str(where)).close()
    command = [sys.executable, "-m", "tests.faults.ledger_process", str(where), "0", "1000"]
    run = subprocess.run(
        command,
        cwd=ROOT,
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000)),
    )
    assert run.returncode == 1
    assert "What was reported as stored is safe." in run.stderr
    reported = [int(line) for line in run.stdout.split()]
    assert reported
    with Ledger.open(str(where)) as ledger:
        assert all(ledger.holds(simple(number)[0].article.id, LOCAL) for number in reported)
        assert len(list(ledger.articles())) == len(reported)


def test_a_ledger_on_a_disk_that_may_only_be_read_is_read_and_not_written(small_disk: Path) -> None:
    where = small_disk / "sayso.db"
    with Ledger.open(str(where)) as ledger:
        ledger.store(*simple(1))
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with Ledger.open(str(where), create=False) as ledger:
        assert len(list(ledger.claims())) == 1
        with pytest.raises(LedgerError, match="can only be read here"):
            ledger.store(*simple(2))
    with pytest.raises(LedgerError, match="cannot be opened or made"):
        Ledger.open(str(where))


def test_a_damaged_ledger_says_so(tmp_path: Path) -> None:
    where = tmp_path / "sayso.db"
    with Ledger.open(str(where)) as ledger:
        for number in range(50):
            ledger.store(*simple(number))
    size = where.stat().st_size
    with where.open("r+b") as file:
        file.seek(size // 3)
        file.write(b"\xa5" * (size // 2))
    with pytest.raises(LedgerError, match="is damaged"):
        _claims(where)


def _claims(where: Path) -> list[ClaimRow]:
    with Ledger.open(str(where)) as ledger:
        return list(ledger.claims())
