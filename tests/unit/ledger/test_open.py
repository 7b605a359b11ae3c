"""Opening a ledger: what may be named, what is made, what is refused."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import create_engine
from tests.unit.ledger.builders import simple

from sayso import __version__
from sayso.errors import LedgerError, UsageError
from sayso.ledger import Ledger
from sayso.ledger.schema import HEAD
from sayso.ledger.upgrade import alembic_config
from sayso.types import Filters


def test_a_missing_ledger_is_made(tmp_path: Path) -> None:
    where = tmp_path / "new.db"
    with Ledger.open(str(where)) as ledger:
        assert list(ledger.articles()) == []
    assert where.is_file()


def test_a_missing_ledger_is_not_made_by_a_listing(tmp_path: Path) -> None:
    where = tmp_path / "new.db"
    with pytest.raises(LedgerError, match=f"no ledger at {where}; make one with: sayso read PATH --ledger {where}"):
        Ledger.open(str(where), create=False)
    assert not where.exists()


def test_an_empty_file_is_no_ledger_to_a_listing_and_a_new_one_to_a_reading(tmp_path: Path) -> None:
    where = tmp_path / "empty.db"
    where.touch()
    with pytest.raises(LedgerError, match="no ledger at"):
        Ledger.open(str(where), create=False)
    with Ledger.open(str(where)) as ledger:
        assert ledger.store(*simple())


@pytest.mark.parametrize("name", ["sayso.db", "with space?#%41.db", "مدينة.db", ":memory:", "file:x.db"])
def test_any_file_name_is_a_file(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Ledger.open(name) as ledger:
        ledger.store(*simple())
    assert (tmp_path / name).is_file()
    with Ledger.open(str(tmp_path / name), create=False) as ledger:
        assert len(list(ledger.claims())) == 1


def test_a_url_names_a_file_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Ledger.open("sqlite:///here.db").close()
    Ledger.open(f"sqlite:///{tmp_path}/there.db").close()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["here.db", "there.db"]


@pytest.mark.parametrize("where", ["mysql://db/sayso", "sqlite://", "sqlite:///"])
def test_a_database_that_cannot_hold_a_ledger_is_a_usage_error(where: str) -> None:
    with pytest.raises(UsageError, match="Give a file"):
        Ledger.open(where)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match=r"is a folder\. Give a file"):
        Ledger.open(str(tmp_path))


def test_a_folder_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="Check that its folder exists"):
        Ledger.open(str(tmp_path / "no" / "sayso.db"))


@pytest.mark.parametrize("create", [True, False])
def test_a_file_that_is_no_database_is_refused_untouched(tmp_path: Path, create: bool) -> None:
    where = tmp_path / "report.txt"
    where.write_text("A report, not a ledger. " * 100)
    before = where.read_bytes()
    with pytest.raises(LedgerError, match="not a ledger, nor any SQLite database"):
        Ledger.open(str(where), create=create)
    assert where.read_bytes() == before
    assert list(tmp_path.iterdir()) == [where]


@pytest.mark.parametrize("table", ["book", "alembic_version"])
def test_another_programs_database_is_refused_untouched(tmp_path: Path, table: str) -> None:
    where = tmp_path / "books.db"
    with sqlite3.connect(where) as connection:
        connection.execute(f"CREATE TABLE {table} (version_num TEXT)")
    connection.close()
    before = where.read_bytes()
    with pytest.raises(LedgerError, match="a database, but not a Sayso ledger"):
        Ledger.open(str(where))
    assert where.read_bytes() == before


def test_a_newer_ledger_is_refused_and_told_by_whom_it_was_written(tmp_path: Path) -> None:
    where = tmp_path / "sayso.db"
    Ledger.open(str(where)).close()
    with sqlite3.connect(where) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0012'")
        connection.execute("INSERT INTO sayso_upgrade (schema, sayso, at) VALUES ('0012', '9.9', '2040-01-01')")
    connection.close()
    here = rf"this is {__version__} \(schema {int(HEAD)}\)"
    expected = rf"sayso\.db was written by sayso 9\.9 \(schema 12\); {here}\. Upgrade sayso"
    with pytest.raises(LedgerError, match=expected):
        Ledger.open(str(where))


def test_an_open_ledger_is_durable_and_lets_others_read(tmp_path: Path) -> None:
    with Ledger.open(str(tmp_path / "sayso.db")) as ledger, ledger._engine.connect() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 60_000}


def test_a_current_ledger_opens_without_alembic(tmp_path: Path) -> None:
    where = str(tmp_path / "sayso.db")
    Ledger.open(where).close()
    code = (
        "import sys; from sayso.ledger import Ledger\n"
        f"Ledger.open({where!r}).close(); print([m for m in sys.modules if m.startswith('alembic')])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anything")
def test_a_ledger_that_may_only_be_read_is_read(tmp_path: Path) -> None:
    where = tmp_path / "shelf" / "sayso.db"
    where.parent.mkdir()
    with Ledger.open(str(where)) as ledger:
        ledger.store(*simple())
    where.chmod(0o444)
    where.parent.chmod(0o555)
    try:
        with Ledger.open(str(where), create=False) as ledger:
            assert len(list(ledger.claims(Filters()))) == 1
    finally:
        where.parent.chmod(0o755)


def test_a_ledger_of_the_first_schema_is_brought_up_to_date(tmp_path: Path) -> None:
    where = tmp_path / "sayso.db"
    engine = create_engine(f"sqlite:///{where}")
    with engine.begin() as connection:
        command.upgrade(alembic_config(connection), "0001")
    engine.dispose()
    with sqlite3.connect(where) as old:
        old.execute("INSERT INTO snapshot VALUES ('ab', x'00')")
        old.execute("INSERT INTO sayso_upgrade (schema, sayso, at) VALUES ('0001', '0.1.0', '2024-01-01')")
    old.close()
    item, reading = simple()
    with Ledger.open(str(where)) as ledger:
        assert ledger.store(item, replace(reading, embeddings=b"\x00\x3c" * 384))
    with sqlite3.connect(where) as now:
        assert now.execute("SELECT length(embeddings) FROM reading").fetchall() == [(768,)]
        assert now.execute("SELECT count(*) FROM snapshot").fetchone() == (2,)
    now.close()
