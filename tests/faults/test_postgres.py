"""A PostgreSQL ledger whose server goes, whose connection is cut, whose disk is full, or which many write at once."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from tests.faults.whole import assert_whole
from tests.postgres import NoServerError, Server, name_in
from tests.unit.ledger.builders import simple
from tests.unit.test_linking import reports

from sayso import deciding, linking
from sayso.errors import LedgerError
from sayso.ledger import Judgement, Ledger, database

CUT = "cut the connection|the connection to .* was cut"  # as far as the server's farewell still arrives
ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples" / "reports"


@pytest.fixture
def where(postgres: Server) -> Iterator[str]:
    made = postgres.new_ledger()
    yield made
    postgres.drop(made)


@pytest.fixture
def own_server() -> Iterator[Server]:
    """A server that a test may stop."""
    try:
        server = Server()
    except NoServerError as error:
        pytest.skip(str(error))
    yield server
    server.close()


def process(*words: str, module: str = "tests.faults.ledger_process") -> subprocess.Popen[str]:
    command = [sys.executable, "-m", module, *words]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_connection_that_is_cut_while_it_writes_loses_nothing(postgres: Server, where: str) -> None:
    with process(where, "0", "100000") as writer:
        assert writer.stdout is not None
        assert writer.stderr is not None
        head = [writer.stdout.readline() for _ in range(20)]
        with postgres.admin() as admin:
            cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
            until = time.monotonic() + 60
            while writer.poll() is None and time.monotonic() < until:  # between two articles, it takes another one
                admin.execute(cut, (name_in(where),)).fetchall()
                time.sleep(0.02)
        writer.kill()
        reported = [int(line) for line in (*head, *writer.stdout.readlines())]
        said = writer.stderr.read()
    assert writer.returncode == 1
    assert said.startswith("sayso: the ")
    assert f"postgresql://postgres@/{name_in(where)}" in said
    assert re.search(CUT, said)
    assert said.endswith("What was reported as stored is safe. Run the same again to go on.\n")
    with Ledger.open(where) as ledger:
        assert_whole(ledger, reported)


def test_an_open_ledger_goes_on_after_its_connection_was_cut(postgres: Server, where: str) -> None:
    with Ledger.open(where) as ledger:
        ledger.store(*simple(1))
        with ledger._writing() as connection:
            connection.execute(text("SELECT 1"))
            with postgres.admin() as admin:
                cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
                admin.execute(cut, (name_in(where),))
            with pytest.raises(LedgerError, match=CUT), database.translated(ledger._url):
                connection.execute(text("SELECT 1"))
            connection.rollback()
        assert ledger.store(*simple(2)), "with another connection"
        assert len(list(ledger.claims())) == 2


def test_a_server_that_stops_at_once_in_the_middle_of_reading_loses_nothing(own_server: Server, tmp_path: Path) -> None:
    where = own_server.new_ledger()
    read = ("read", str(EXAMPLES), "--ledger", where)
    with process(*read, module="sayso") as reading:
        deadline = time.monotonic() + 60
        with Ledger.open(where) as ledger:
            while len(list(ledger.articles())) < 3 and time.monotonic() < deadline:
                time.sleep(0.02)
            before = {row.id for row in ledger.articles()}
        assert len(before) >= 3
        own_server.stop("immediate")
        _, said = reading.communicate(timeout=120)
    assert reading.returncode == 1
    assert "What was reported as stored is safe." in said or "cannot be reached" in said
    own_server.start()
    with Ledger.open(where) as ledger:
        assert before <= {row.id for row in ledger.articles()}
    with process(*read, module="sayso") as again:
        _, said = again.communicate(timeout=300)
    assert again.returncode in (0, 1)
    with Ledger.open(where) as ledger, Ledger.open(str(tmp_path / "a.db")) as whole:
        _read_into(whole)
        for listing in ("articles", "claims", "stories", "links", "echoes"):
            assert list(getattr(ledger, listing)()) == list(getattr(whole, listing)()), listing


def _read_into(ledger: Ledger) -> None:
    from sayso import config, pipeline

    pipeline.run([str(EXAMPLES)], config.load({}, {}, ROOT / "tests"), ledger)
    linking.link(ledger)


def test_a_server_that_starts_anew_is_found_again(own_server: Server) -> None:
    with Ledger.open(own_server.new_ledger()) as ledger:
        ledger.store(*simple(1))
        own_server.stop()
        with pytest.raises(LedgerError, match="cannot be reached"):
            ledger.store(*simple(2))
        with pytest.raises(LedgerError, match="cannot be reached"):
            list(ledger.claims())
        own_server.start()
        assert ledger.store(*simple(2))
        assert len(list(ledger.claims())) == 2


def test_who_waits_too_long_is_told_for_whom(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "PATIENCE", 1.0)
    with Ledger.open(where) as ledger, Ledger.open(where) as other, ledger._writing() as connection:
        connection.execute(text("SELECT 1"))
        with pytest.raises(LedgerError, match=r"^postgres \(sayso on .*\), for \d+ s now, is writing to postgresql://"):
            other.store(*simple(1))
        assert list(other.articles()) == [], "readers wait for nobody"
        connection.commit()
        assert other.store(*simple(1))


def test_a_second_writer_waits_its_turn(where: str) -> None:
    with Ledger.open(where) as ledger, ledger._writing() as connection, process(where, "0", "1") as other:
        assert other.stdout is not None
        connection.exec_driver_sql("SELECT 1")
        with pytest.raises(subprocess.TimeoutExpired):
            other.wait(timeout=2)
        connection.commit()
        assert other.stdout.readline() == "0\n"
        assert other.wait() == 0


def test_what_a_writer_saw_still_holds_when_it_writes(where: str) -> None:
    """The one that waited sees what the one before it wrote, not the moment at which it began to wait."""
    with Ledger.open(where) as ledger, Ledger.open(where) as other:
        found: list[bool] = []
        waiting = threading.Thread(target=lambda: found.append(other.store(*simple(1))))
        with ledger._writing() as connection:
            connection.execute(text("SELECT 1"))
            waiting.start()
            time.sleep(0.5)
            store_within(ledger, connection)
        waiting.join(60)
        assert found == [False], "it was stored already"


def store_within(ledger: Ledger, connection: object) -> None:
    """Store article 1 in a transaction that is under way."""
    from contextlib import contextmanager

    @contextmanager
    def same() -> Iterator[object]:
        yield connection

    written, ledger._writing = ledger._writing, same  # type: ignore[method-assign, assignment]
    assert ledger.store(*simple(1))
    ledger._writing = written  # type: ignore[method-assign]


def test_many_may_make_and_fill_one_ledger_at_once(postgres: Server) -> None:
    where = postgres.new_database()
    writers = [process(where, "0", "30") for _ in range(4)]
    for writer in writers:
        _, errors = writer.communicate(timeout=300)
        assert (writer.returncode, errors) == (0, "")
    with Ledger.open(where) as ledger:
        assert len(list(ledger.articles())) == len(list(ledger.claims())) == 30
        assert not ledger.store(*simple(3))
    postgres.drop(where)


def test_many_read_link_and_decide_at_once_as_one_after_the_other(where: str, tmp_path: Path) -> None:
    """Four processes store the same and other reports, link, and decide, all at the same time."""
    with Ledger.open(str(tmp_path / "a.db")) as ledger:
        for item in reports():
            ledger.store(*item)
        linking.link(ledger)
        for said in judgements(ledger):
            deciding.decide(ledger, said)
        wanted = held(ledger)
    workers = [process(where, str(number), module="tests.faults.postgres_process") for number in range(4)]
    for worker in workers:
        _, errors = worker.communicate(timeout=300)
        assert (worker.returncode, errors) == (0, "")
    with Ledger.open(where) as ledger:
        linking.link(ledger)
        assert held(ledger) == wanted


def judgements(ledger: Ledger) -> list[Judgement]:
    """What each of four people says, of a claim of their own and of one on which all agree."""
    claims = sorted(row.id for row in ledger.claims())
    said = [Judgement("confirm", claims[number], f"user {number}") for number in range(4)]
    return [*said, *(Judgement("reject", claims[5], f"user {number}") for number in range(4))]


def held(ledger: Ledger) -> dict[str, object]:
    with ledger.browsing() as browse:
        counts = browse.counts()
    return {
        "counts": counts,
        "stories": list(ledger.stories()),
        "echoes": list(ledger.echoes()),
        "links": sorted(ledger.links(), key=str),
        "claims": list(ledger.claims()),
        "decisions": sorted((d.verdict, d.about, d.user, d.superseded) for d in ledger.decisions()),
    }


def _fill(ledger: Ledger, reported: list[int]) -> None:
    for number in range(10_000):
        ledger.store(*simple(number))
        reported.append(number)


@pytest.fixture
def small_disk(postgres: Server, tmp_path: Path) -> Iterator[str]:
    """A ledger in a tablespace on a disk of its own, which has room for a little more."""
    folder = postgres.folder / "small"
    folder.mkdir()
    mount = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(folder)], capture_output=True)
    if mount.returncode != 0:
        pytest.skip("only root may mount a small disk")
    try:
        subprocess.run(["chown", "postgres", str(folder)], check=True)
        with postgres.admin() as admin:
            admin.execute(f"CREATE TABLESPACE small LOCATION '{folder}'")
        where = postgres.new_database("TABLESPACE small")
        yield where
        postgres.drop(where)
        with postgres.admin() as admin:
            admin.execute("DROP TABLESPACE small")
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
        folder.rmdir()


def test_a_full_disk_is_told_and_nothing_stored_is_lost(small_disk: str, postgres: Server) -> None:
    ballast = postgres.folder / "small" / "ballast"
    with Ledger.open(small_disk) as ledger:
        with pytest.raises(OSError, match="No space left"):
            ballast.write_bytes(b"x" * 50_000_000)
        reported: list[int] = []
        with pytest.raises(LedgerError) as full:
            _fill(ledger, reported)
        assert str(full.value) == (
            f"no room left to write {ledger.where}. What was reported as stored is safe. "
            "Free some space on the server and run the same again."
        )
        assert_whole(ledger, reported)
        ballast.unlink()
        assert ledger.store(*simple(len(reported)))
        assert_whole(ledger, [*reported, len(reported)])
