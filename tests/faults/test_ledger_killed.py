"""A process that is killed while it stores: what it reported is in the ledger, and nothing is there in part."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from tests.faults.whole import assert_whole
from tests.unit.ledger.builders import simple

from sayso.ledger import Ledger

ROOT = Path(__file__).parents[2]
COUNT = 400


@pytest.mark.parametrize("seed", range(6))
def test_what_was_reported_is_stored_and_nothing_in_part(tmp_path: Path, seed: int) -> None:
    where = tmp_path / "sayso.db"
    reported = _store_until_killed(where, random.Random(seed))
    with Ledger.open(str(where)) as ledger:
        with ledger._engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        assert_whole(ledger, reported)
        rows = list(ledger.articles())
        changed = [ledger.store(*simple(number)) for number in range(COUNT)]
        assert sum(changed) == COUNT - len(rows), "storing again completes it"


def _store_until_killed(where: Path, chance: random.Random) -> list[int]:
    """Store in another process, kill it at a moment of ``chance``; the numbers of the articles that it reported."""
    command = [sys.executable, "-m", "tests.faults.ledger_process", str(where), "0", str(COUNT)]
    # Half of the time it is killed while it starts and makes the ledger, else while it stores.
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        head = [process.stdout.readline()] if chance.random() < 0.5 else []
        threading.Timer(chance.uniform(0, 1.0), process.kill).start()
        lines = head + process.stdout.readlines()
    assert process.returncode == -signal.SIGKILL
    return [int(line) for line in lines if line.endswith("\n")]
