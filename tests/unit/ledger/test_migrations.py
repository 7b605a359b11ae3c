"""Ledgers of each released schema, with something in them, brought up to date in either database."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Connection, MetaData, Table, inspect, text
from tests.postgres import Server
from tests.unit.ledger.builders import simple

from sayso import linking
from sayso.ledger import Ledger
from sayso.ledger.claims import claims_of
from sayso.ledger.database import WRITING, connect, count_up, counted, db_url
from sayso.ledger.rows import article_columns, claim_columns, mention_columns, reading_columns
from sayso.ledger.schema import HEAD, tables
from sayso.ledger.search import index
from sayso.ledger.upgrade import alembic_config
from sayso.types import Filters

RELEASED = ("0001", "0002", "0003", "0004", "0005", "0006")


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database."""
    if request.param == "sqlite":
        yield str(tmp_path / "old.db")
        return
    server: Server = request.getfixturevalue("postgres")
    where = server.new_database()
    yield where
    server.drop(where)


def test_the_newest_is_among_them() -> None:
    assert RELEASED[-1] == HEAD


@pytest.mark.parametrize("schema", RELEASED)
def test_a_ledger_of_each_schema_is_brought_up_to_date(empty: str, schema: str) -> None:
    engine = connect(db_url(empty), create=True).execution_options(**WRITING)
    with engine.begin() as connection:
        command.upgrade(alembic_config(connection), schema)
        _fill(connection, schema)
    engine.dispose()
    with Ledger.open(empty) as ledger:
        assert [row.location for row in ledger.articles()] == ["reports/1.txt"]
        (claim,) = ledger.claims(Filters(about='"shells fell"', by="Ministry", place="orvane"))
        assert ledger.article(claim.article).text == simple(1)[0].article.text
        assert ledger.data(simple(1)[0].article.sha256) == simple(1)[0].data
        linking.link(ledger)
        assert ledger.store(*simple(2))
        linking.link(ledger)
        assert [row.location for row in ledger.articles()] == ["reports/1.txt", "reports/2.txt"]
        with ledger._reading() as connection:
            schemas = connection.execute(text("SELECT schema FROM sayso_upgrade ORDER BY key")).scalars().all()
            assert schemas == [schema, *([HEAD] if schema != HEAD else [])]
            assert set(inspect(connection).get_table_names()) >= set(tables.tables)


def _fill(connection: Connection, schema: str) -> None:
    """An article with its claim, as a Sayso of that schema stored it."""
    was = MetaData()
    was.reflect(connection, only=["snapshot", "article", "reading", "claim", "mention", "sayso_upgrade"])
    item, reading = simple(1)
    at = "2024-01-01T00:00:00+00:00"
    _insert(connection, was.tables["sayso_upgrade"], {"schema": schema, "sayso": "0.1.0", "at": at})
    _insert(connection, was.tables["snapshot"], {"sha256": item.article.sha256, "data": zlib.compress(item.data)})
    _insert(connection, was.tables["article"], article_columns(item.article) | {"stored_at": at})
    _insert(connection, was.tables["reading"], reading_columns(reading) | {"article_key": 1, "read_at": at})
    (row,) = claims_of(reading)
    columns = claim_columns(row) | {"key": 1, "reading_key": 1, "position": 0}
    _insert(connection, was.tables["claim"], columns)
    for named in mention_columns(row):
        _insert(connection, was.tables["mention"], named | {"claim_key": 1})
    index(connection, [columns])


def _insert(connection: Connection, table: Table, values: dict[str, object]) -> None:
    connection.execute(table.insert(), {name: value for name, value in values.items() if name in table.c})


def test_changes_are_counted_with_the_transaction(db_url: str) -> None:
    with Ledger.open(db_url) as ledger:
        with ledger._writing() as connection:
            count_up(connection)
            count_up(connection)
        with ledger._writing() as connection:
            count_up(connection)
            connection.rollback()
        with ledger._reading() as connection:
            assert counted(connection) == 2
