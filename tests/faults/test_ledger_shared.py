"""Several processes at one ledger."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.unit.ledger.builders import set_aside, simple

from sayso import deciding, linking
from sayso.errors import LedgerError
from sayso.ledger import Judgement, Ledger

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


def test_who_waits_longer_than_the_patience_is_told_and_has_lost_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sayso.ledger.database.PATIENCE", 0.3)
    where = tmp_path / "sayso.db"
    with Ledger.open(str(where)) as holder, Ledger.open(str(where)) as ledger:
        assert ledger.store(*simple(1))
        with holder._writing() as connection:  # takes its turn, and doesn't end it
            connection.exec_driver_sql("SELECT 1")
            for write in (
                lambda: ledger.store(*simple(2)),
                lambda: ledger.quarantine(set_aside()),
                lambda: linking.link(ledger),
                lambda: deciding.decide(ledger, Judgement("confirm", next(ledger.claims()).id, "mara")),
            ):
                with pytest.raises(LedgerError, match=r"another program has been writing to .* Try again"):
                    write()
            assert len(list(ledger.articles())) == 1, "it can be read meanwhile"
        assert ledger.store(*simple(2))
        linking.link(ledger)
        assert (len(list(ledger.articles())), list(ledger.quarantined()), ledger.waiting()) == (2, [], 0)


def test_two_runs_on_one_ledger_come_to_what_one_comes_to(tmp_path: Path) -> None:
    """Both read all of it and link it; whoever comes second with an article finds it known."""
    reports = ROOT / "examples" / "reports"

    def run(where: Path) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "sayso", "read", str(reports), "--ledger", str(where)]
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    runs = [run(tmp_path / "both.db"), run(tmp_path / "both.db"), run(tmp_path / "one.db")]
    said = [each.communicate(timeout=300)[1] for each in runs]
    assert [each.returncode for each in runs] == [0, 0, 0], said
    with Ledger.open(str(tmp_path / "both.db")) as both, Ledger.open(str(tmp_path / "one.db")) as one:
        for listing in ("articles", "claims", "stories", "links", "echoes", "warnings", "claimants"):
            assert list(getattr(both, listing)()) == list(getattr(one, listing)()), listing
        assert both.waiting() == 0
        with both._engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            readings = "SELECT count(*), count(DISTINCT article_id) FROM reading"
            assert len(set(connection.exec_driver_sql(readings).one())) == 1, "no article is read into it twice"
