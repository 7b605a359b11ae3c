"""The log tells of everything, and ``check`` finds whatever is not as it was written."""

from __future__ import annotations

import hashlib
import random
import shutil
import sqlite3
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, insert, update
from tests.unit.ledger.builders import NEWER, received, set_aside, simple
from tests.unit.tsa import Authority

from sayso.acting import acting_as
from sayso.config import Config, Limits
from sayso.deciding import decide, undo
from sayso.errors import LedgerError, UsageError
from sayso.ledger import Judgement, Ledger, custody
from sayso.ledger.checking import Verified, check
from sayso.ledger.custody import EVIDENCE
from sayso.ledger.schema import exchange, log, log_head, snapshot
from sayso.ledger.upgrade import alembic_config
from sayso.linking import add_body, link
from sayso.media_types import FileSays, KeyFrame, Look, MediaFile, Sighting
from sayso.types import Correction, Extraction, Received
from sayso.verifying import check_ledger

TABLES = [table.name for table in (*EVIDENCE, log, log_head)]


def checked(where: Path | str, **more: Any) -> Verified:
    return check_ledger(Config(ledger=str(where)), **more)


def entries(ledger: Ledger) -> list[tuple[str, str, str | None]]:
    with ledger.reading_all() as connection:
        return [(row.what, row.who, row.subject) for row in connection.execute(log.select().order_by(log.c.key))]


def fill(path: Path, authority: Authority) -> None:
    """A ledger with something in every table of evidence."""
    with Ledger.open(str(path)) as ledger, acting_as("mara"):
        for number in range(1, 7):
            ledger.store(*simple(number, outlet=f"Outlet {number % 3}", claimant=f"the {number}th ministry"))
        ledger.store(*simple(2, outlet="Outlet 2", claimant="the 2th ministry", provenance=NEWER))
        ledger.store(received("A report that nobody reads."), None)
        ledger.quarantine(set_aside(data=b"\0\1\2", location="reports/bad.bin"))
        ledger.quarantine(set_aside())
        link(ledger)
        first, second = list(ledger.claims())[:2]
        decide(ledger, Judgement("confirm", first.id, "mara"))
        decide(ledger, Judgement("correct", first.id, "mara", correction=Correction(stance="denies")))
        decide(ledger, Judgement("reject", second.id, "ivo", note="a caption"))
        undo(ledger, Judgement("reject", second.id, "ivo"))
        add_body(ledger, "Outlet 1")
        with ledger.reading_all() as connection:
            third = connection.exec_driver_sql("SELECT hash FROM log WHERE key = 3").scalar()
        ledger.keep_stamp(3, "https://tsa.example", authority.stamp(str(third)))
        with ledger._writing() as connection:
            row = {"key": 1, "url": "https://post.example/1", "at": "2031-05-04T10:00:00+00:00", "status": 200}
            row |= {"sha256": simple(1, outlet="Outlet 1", claimant="the 1th ministry")[0].article.sha256}
            connection.execute(insert(exchange), row)
            custody.enter(connection, "fetched", row["url"], rows=[(exchange, [row])])
        picture = MediaFile(hashlib.sha256(b"a picture").hexdigest(), "jpeg", 9, b"a picture")
        looked = Look(640, 480, None, (KeyFrame(None, "0f" * 32, 90),), FileSays(), None, b"small", None, "{}")
        ledger.attach(picture, looked, Sighting(first.article, first.id, None, "a.jpg", "mara"))
        ledger.note("exported", None, {"kind": "csv"})


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("custody") / "sayso.db"
    fill(path, Authority(tmp_path_factory.mktemp("tsa")))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture
def copy(filled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(filled, tmp_path / "copy.db"))


def test_a_ledger_with_all_kinds_of_rows_is_as_it_was_written(filled: Path) -> None:
    done = checked(filled)

    assert done.broken == ()
    assert (done.stamps, done.rows > 40) == (1, True)
    with closing(sqlite3.connect(filled)) as connection:
        for table in TABLES:
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0], f"nothing in {table}"


def test_everything_that_happens_is_told_of_with_who_did_it(filled: Path, copy: Path) -> None:
    with Ledger.open(str(copy)) as ledger:
        told = entries(ledger)

    assert [what for what, _, _ in told] == [
        *("upgraded", *["stored"] * 6, "reread", "stored", "quarantined", "quarantined", "linked"),
        *("decided", "decided", "decided", "undone", "listed", "stamped", "fetched", "attached", "exported"),
    ]
    assert {who for what, who, _ in told if what == "stored"} == {"mara"}
    assert [who for what, who, _ in told if what in ("decided", "undone")] == ["mara", "mara", "ivo", "ivo"]
    assert told[1][2] == simple(1, outlet="Outlet 1", claimant="the 1th ministry")[0].article.id


def test_what_changes_nothing_is_not_told_of(fresh_ledger: Ledger) -> None:
    fresh_ledger.store(*simple())
    before = entries(fresh_ledger)
    fresh_ledger.store(*simple())
    fresh_ledger.quarantine(set_aside())
    fresh_ledger.quarantine(set_aside())
    claim = next(iter(fresh_ledger.claims()))
    for _ in range(2):
        decide(fresh_ledger, Judgement("confirm", claim.id, "mara"))

    assert [what for what, *_ in entries(fresh_ledger)[len(before) :]] == ["quarantined", "decided"]


def test_what_made_a_text_is_kept_with_its_hash(fresh_ledger: Ledger) -> None:
    item, reading = simple()
    made = Extraction("trafilatura", "2.0", {"include_tables": True})
    fresh_ledger.store(Received(item.article, item.data, made), reading)
    with fresh_ledger.reading_all() as connection:
        row = connection.exec_driver_sql("SELECT text_sha256, extraction FROM article").one()

    assert row.text_sha256 == item.article.sha256  # a text in UTF-8 is its own bytes
    assert row.extraction == '{"settings": {"include_tables": true}, "tool": "trafilatura", "version": "2.0"}'


def test_a_refused_decision_leaves_no_trace(db_url: str, fresh_ledger: Ledger) -> None:
    for number in (1, 2, 3):
        fresh_ledger.store(*simple(number, claimant=f"council {number}"))
    link(fresh_ledger)
    decide(fresh_ledger, Judgement("same-party", "council 1", "mara", "council 2"))
    decide(fresh_ledger, Judgement("same-party", "council 2", "mara", "council 3"))
    before = entries(fresh_ledger)
    with pytest.raises(UsageError, match="contradicts"):
        decide(fresh_ledger, Judgement("other-party", "council 1", "ivo", "council 3"))

    assert entries(fresh_ledger) == before
    assert not checked(db_url).count


# Changed rows


def columns_of(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


def another(value: Any, draw: random.Random) -> Any:
    """A value that is not ``value``, of its own kind or another."""
    if isinstance(value, bytes):
        if not value:
            return b"x"
        at = draw.randrange(len(value))
        return value[:at] + bytes([value[at] ^ 1 << draw.randrange(8)]) + value[at + 1 :]
    if isinstance(value, str):
        if not value:
            return "x"
        at = draw.randrange(len(value))
        return draw.choice((value[:at] + "¤" + value[at + 1 :], value + " ", value[:-1], None, value.encode()))
    if isinstance(value, int | float):
        return value + draw.choice((1, -1, 0.5))
    return draw.choice(("x", 1))


def changed_cell(connection: sqlite3.Connection, table: str, draw: random.Random) -> bool:
    names = columns_of(connection, table)
    rows = connection.execute(f"SELECT rowid, * FROM {table}").fetchall()
    rowid, *values = draw.choice(rows)
    at = draw.randrange(len(names))
    try:
        done = connection.execute(
            f"UPDATE {table} SET {names[at]} = ? WHERE rowid = ?", (another(values[at], draw), rowid)
        )
    except sqlite3.Error:  # the table itself does not allow it
        return False
    after = connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
    before = sorted((tuple(row[1:]) for row in rows), key=repr)
    return bool(done.rowcount) and sorted(map(tuple, after), key=repr) != before


def removed_row(connection: sqlite3.Connection, table: str, draw: random.Random) -> bool:
    rowids = [row[0] for row in connection.execute(f"SELECT rowid FROM {table}")]
    return bool(connection.execute(f"DELETE FROM {table} WHERE rowid = ?", (draw.choice(rowids),)).rowcount)


def added_row(connection: sqlite3.Connection, table: str, draw: random.Random) -> bool:
    """A row like one that is there, under a key of its own."""
    names = columns_of(connection, table)
    row = list(draw.choice(connection.execute(f"SELECT * FROM {table}").fetchall()))
    row[0] = row[0] + draw.choice((1000, 1)) if isinstance(row[0], int) else f"{row[0]}x"
    if "position" in names:
        row[names.index("position")] += 1000
    if table == "reading":
        row[names.index("model")] = "another"
    if table == "medium":
        row[names.index("sha256")] = "0" * 64
    try:
        connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(names))})", row)
    except sqlite3.IntegrityError:
        return False
    return True


WAYS = {"a cell": changed_cell, "a row less": removed_row, "a row more": added_row}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("table", TABLES)
def test_whatever_is_changed_in_a_table_of_evidence_is_found(
    table: str, way: Callable[[sqlite3.Connection, str, random.Random], bool], filled: Path, copy: Path
) -> None:
    draw = random.Random(f"{table} {way.__name__}")
    tried = 0
    for _ in range(40):
        shutil.copy(filled, copy)
        for left in ("-wal", "-shm"):
            copy.with_name(copy.name + left).unlink(missing_ok=True)
        with closing(sqlite3.connect(copy)) as connection:
            if not way(connection, table, draw):
                continue
            connection.commit()
            tried += 1
        done = checked(copy)
        assert done.count, f"{way.__name__} in {table}"
        if tried == 12:
            break
    assert tried >= 3


def evidence(path: Path) -> dict[str, Any]:
    """All that is in the tables of evidence, with its types; what can't be read is an error's name."""
    found: dict[str, Any] = {}
    for table in TABLES:
        try:
            with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as connection:
                connection.text_factory = bytes
                rows = connection.execute(f"SELECT * FROM {table}").fetchall()
                found[table] = sorted(tuple((type(v).__name__, v) for v in row) for row in rows)
        except (sqlite3.Error, TypeError, UnicodeDecodeError) as error:  # also of a message with damaged names
            found[table] = type(error).__name__
    return found


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_a_flipped_bit_of_the_file_is_found_or_changes_no_evidence(
    place: float, bit: int, filled: Path, copy: Path
) -> None:
    data = bytearray(filled.read_bytes())
    data[int(place * len(data))] ^= 1 << bit
    copy.write_bytes(data)
    for left in ("-wal", "-shm"):
        copy.with_name(copy.name + left).unlink(missing_ok=True)
    same = evidence(copy) == _evidence_of(filled)

    try:
        told = checked(copy).count > 0
    except LedgerError as error:  # the number of the schema was met
        told = "Upgrade sayso" in str(error)

    assert same or told


_known: dict[Path, dict[str, Any]] = {}


def _evidence_of(path: Path) -> dict[str, Any]:
    if path not in _known:
        _known[path] = evidence(path)
    return _known[path]


# What a chain cannot show by itself


def test_an_older_copy_is_found_by_the_hash_that_was_noted(filled: Path, copy: Path) -> None:
    noted = checked(filled).head
    with Ledger.open(str(copy)) as ledger:
        ledger.store(*simple(99))
    newer = checked(copy).head

    assert checked(copy, head=noted).count == 0
    assert checked(filled, head=newer).broken[0].said == f"has no entry with the hash {newer}"


def test_the_log_goes_on_after_its_end_was_taken_away_and_shows_it(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("DELETE FROM log WHERE key = (SELECT max(key) FROM log)")
        connection.commit()
    with Ledger.open(str(copy)) as ledger:
        last = len(entries(ledger))
        ledger.note("exported", None, {"kind": "csv"})

    assert (f"log entry {last + 1}", "is missing") in [(b.where, b.said) for b in checked(copy).broken]


# Ledgers from before there was a log


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A ledger of schema 4 with an article, a claim that was decided on twice, and something set aside."""
    path = tmp_path / "old.db"
    made = tmp_path / "made.db"
    with Ledger.open(str(made)) as ledger:
        ledger.store(*simple())
        ledger.quarantine(set_aside())
        claim = next(iter(ledger.claims()))
        for verdict in ("confirm", "reject"):
            decide(ledger, Judgement(verdict, claim.id, "mara"))  # type: ignore[arg-type]
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        command.upgrade(alembic_config(connection), "0004")
    engine.dispose()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("ATTACH ? AS made", (str(made),))
        for table in ("snapshot", "article", "reading", "claim", "mention", "decision", "quarantine"):
            names = ", ".join(f'"{name}"' for name in columns_of(connection, table))
            connection.execute(f"INSERT INTO main.{table} ({names}) SELECT {names} FROM made.{table}")
        connection.execute("INSERT INTO sayso_upgrade (schema, sayso, at) VALUES ('0004', '0.0.9', '2031-01-01')")
        connection.commit()
    return path


def test_an_upgrade_seals_what_was_there_before(old: Path) -> None:
    with Ledger.open(str(old)) as ledger:
        assert entries(ledger)[0][0] == "upgraded"
        ledger.store(*simple(2))
        claim = next(iter(ledger.claims()))
        decide(ledger, Judgement("confirm", claim.id, "mara"))
    assert not checked(old).count

    for change in (
        "UPDATE article SET title = 'another' WHERE key = 1",
        "UPDATE decision SET superseded_at = NULL WHERE key = 1",
        "UPDATE decision SET note = 'x' WHERE key = 2",
        "DELETE FROM quarantine",
        "INSERT INTO quarantine (location, reason, at) VALUES ('a', 'b', 'c')",
    ):
        again = Path(shutil.copy(old, old.with_name("again.db")))
        with closing(sqlite3.connect(again)) as connection:
            connection.execute(change)
            connection.commit()
        assert checked(again).count, change
        again.unlink()


def test_a_folder_that_may_not_be_written_has_no_log_of_exports(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda path, _: path == copy)
    with Ledger.open(str(copy), create=False) as ledger:
        before = entries(ledger)
        ledger.note("exported")
        assert entries(ledger) == before


def test_rows_with_bytes_in_them_are_not_all_held_at_once(tmp_path: Path) -> None:
    with Ledger.open(str(tmp_path / "sayso.db")) as ledger:
        with ledger.writing_all() as connection:
            for number in range(60):
                connection.execute(insert(snapshot), {"sha256": f"{number:064}", "data": bytes(500_000)})
        with ledger.reading_all() as connection:
            tracemalloc.start()
            seen = sum(1 for _ in custody.in_order(connection, snapshot))
            most = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()

    assert seen == 60
    assert most < 25_000_000


# Hostile ledgers


def test_bytes_that_expand_without_end_are_bounded(fresh_ledger: Ledger) -> None:
    fresh_ledger.store(*simple())
    with fresh_ledger._writing() as connection:
        connection.execute(update(snapshot), {"data": zlib.compress(b"\0" * 50_000_000)})
    with fresh_ledger.reading_all() as connection:
        done = check(connection, Limits(expanded_bytes=1_000_000))

    assert any("expands to more than 1,000,000 bytes" in b.said for b in done.broken)


def test_what_is_no_ledger_at_all_is_told_so(tmp_path: Path, filled: Path) -> None:
    path = tmp_path / "cut.db"
    path.write_bytes(filled.read_bytes()[:5000])

    done = checked(path)

    assert done.count == 1
    assert done.broken[0].where == "the file"


def test_progress_is_told(filled: Path) -> None:
    steps: list[tuple[int, int]] = []
    checked(filled, watch=lambda done, total: steps.append((done, total)))

    assert steps[-1][0] == steps[-1][1]


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    with acting_as("somebody"):
        yield
