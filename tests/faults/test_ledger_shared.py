"""Several processes at one ledger."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.unit.ledger.builders import simple

from sayso.ledger import Ledger

ROOT = Path(__file__).parents[2]


def storing(where: Path, first: int, last: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.faults.ledger_process", str(where), str(first), str(last)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_ledger_is_read_while_another_process_writes(tmp_path: Path) -> None:
    where = tmp_path / "sayso.db"
    with storing(where, 0, 200) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        seen = []
        with Ledger.open(str(where), create=False) as ledger:
            while writer.poll() is None:
                articles = list(ledger.articles())
                seen.append(len(articles))
                assert {c.article for c in ledger.claims()} >= {a.id for a in articles}
        assert writer.wait() == 0
    assert seen == sorted(seen)
    assert seen[0] >= 1
    assert len(set(seen)) > 2, "it grew under our eyes"


def test_a_second_writer_waits_its_turn(tmp_path: Path) -> None:
    where = tmp_path / "sayso.db"
    with Ledger.open(str(where)) as ledger, ledger._writing() as connection, storing(where, 0, 1) as other:
        assert other.stdout is not None
        connection.exec_driver_sql("SELECT 1")
        try:
            other.wait(timeout=2)
        except subprocess.TimeoutExpired:
            pass
        else:
            raise AssertionError("it did not wait")
        connection.commit()
        assert other.stdout.readline() == "0\n"
        assert other.wait() == 0
    with Ledger.open(str(where)) as ledger:
        assert len(list(ledger.articles())) == 1


def test_many_may_make_and_fill_one_ledger_at_once(tmp_path: Path) -> None:
    where = tmp_path / "sayso.db"
    writers = [storing(where, 0, 30) for _ in range(4)]
    for writer in writers:
        _, errors = writer.communicate(timeout=300)
        assert (writer.returncode, errors) == (0, "")
    with Ledger.open(str(where)) as ledger:
        assert len(list(ledger.articles())) == len(list(ledger.claims())) == 30
        assert not ledger.store(*simple(3))
