"""A ledger is not said to be broken where it only cannot be asked."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from tests.postgres import Server, name_in
from tests.unit.ledger.builders import simple

from sayso.config import Config
from sayso.errors import LedgerError, UsageError
from sayso.ledger import Ledger, checking
from sayso.verifying import check_ledger


@pytest.fixture
def where(postgres: Server) -> Iterator[str]:
    made = postgres.new_ledger()
    yield made
    postgres.take_back(made)


def test_a_newer_saysos_ledger_is_not_broken(tmp_path: Path) -> None:
    path = tmp_path / "sayso.db"
    Ledger.open(str(path)).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()

    with pytest.raises(LedgerError, match=r"\(schema 9999\).*Upgrade sayso"):
        check_ledger(Config(ledger=str(path)))


def test_a_server_that_is_down_is_not_broken() -> None:
    with pytest.raises(LedgerError, match="cannot be reached"):
        check_ledger(Config(ledger="postgresql://mara@127.0.0.1:9/sayso"))


def test_a_server_without_a_ledger_is_wrong_usage(postgres: Server, tmp_path: Path, monkeypatch: Any) -> None:
    where = postgres.new_database()
    monkeypatch.chdir(tmp_path)
    (tmp_path / name_in(where)).write_text("a file that is called as the database is")
    with pytest.raises(UsageError, match="no ledger at postgresql://"):
        check_ledger(Config(ledger=where))
    postgres.drop(where)


def test_a_connection_that_is_cut_breaks_no_row(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(*_: Any) -> list[str]:
        with psycopg.connect(where, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        return []

    with Ledger.open(where) as ledger:
        for number in range(3):
            ledger.store(*simple(number))
    monkeypatch.setattr(checking, "wrong_with_article", cut)

    with pytest.raises(LedgerError, match=r"cut the connection|was cut"):
        check_ledger(Config(ledger=where))
