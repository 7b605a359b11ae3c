"""What only a ledger in PostgreSQL has: addresses, who is let in, what is said where something is wrong."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import quote

import psycopg
import pytest
from sqlalchemy import text
from tests.postgres import PASSWORD, Server, name_in
from tests.unit.ledger.builders import simple

from sayso.errors import LedgerError, NotThereError, UsageError
from sayso.ledger import Ledger
from sayso.ledger.database import db_url, name_of, settle_keys, settle_tables
from sayso.ledger.schema import tables


@pytest.fixture
def where(postgres: Server) -> Iterator[str]:
    made = postgres.new_ledger()
    yield made
    postgres.take_back(made)


@pytest.fixture
def empty(postgres: Server) -> Iterator[str]:
    made = postgres.new_database()
    yield made
    postgres.drop(made)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("postgresql://mara:secret@db.example:5433/sayso", "postgresql://mara@db.example:5433/sayso"),
        ("postgres://db.example/sayso", "postgresql://db.example/sayso"),
        ("postgresql+psycopg2://mara:s%40x@h/sayso?sslmode=require&password=secret", "postgresql://mara@h/sayso"),
        ("POSTGRESQL:///sayso?host=/run/pg&passfile=x", "postgresql:///sayso?host=%2Frun%2Fpg"),
    ],
)
def test_an_address_is_shown_without_its_password(given: str, shown: str) -> None:
    assert name_of(db_url(given)) == shown


@pytest.mark.parametrize(
    "given", ["postgresql://mara:p@ss@h/sayso", "postgresql://h:port/sayso", "postgresql://mara:12/s@x@h/sayso"]
)
def test_an_address_that_is_not_understood_is_not_repeated(given: str) -> None:
    with pytest.raises(UsageError, match="write %40 for @") as refused:
        db_url(given)
    assert "ss" not in str(refused.value).replace("address", "").replace("password", "")


def test_a_database_must_be_named() -> None:
    with pytest.raises(UsageError, match=r"postgresql://mara@h names no database\. Give one"):
        db_url("postgresql://mara:secret@h")


def test_tables_are_made_in_an_empty_database(empty: str) -> None:
    with pytest.raises(NotThereError, match="make one with: sayso read PATH --ledger postgresql://"):
        Ledger.open(empty, create=False)
    with Ledger.open(empty) as ledger:
        assert ledger.path is None
        assert ledger.store(*simple())
    with Ledger.open(empty, create=False) as ledger:
        assert len(list(ledger.claims())) == 1


def test_another_programs_database_is_refused_untouched(empty: str) -> None:
    with psycopg.connect(empty) as connection:
        connection.execute("CREATE TABLE book (title text)")
    with pytest.raises(NotThereError, match="a database, but not a Sayso ledger"):
        Ledger.open(empty)
    with psycopg.connect(empty) as connection:
        names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    assert names == [("book",)]


def test_a_database_that_does_not_take_every_text_is_refused(postgres: Server) -> None:
    where = postgres.new_database("ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C' TEMPLATE template0")
    with pytest.raises(LedgerError, match="keeps text as LATIN1, which cannot hold every report"):
        Ledger.open(where)
    postgres.drop(where)


def test_texts_are_sorted_by_code_points(where: str) -> None:
    with Ledger.open(where) as ledger, ledger._reading() as connection:
        wanted = text(
            "SELECT table_name, column_name, collation_name FROM information_schema.columns "
            "WHERE table_schema = 'public' AND data_type = 'text'"
        )
        columns = connection.execute(wanted).all()
        assert len(columns) > 60
        assert {column.collation_name for column in columns} == {"C"}
        assert connection.execute(text("SELECT 'a' < 'B'")).scalar(), "else this shows nothing"


def test_what_others_keep_beside_a_ledger_is_left_as_it_is(empty: str) -> None:
    with Ledger.open(empty) as ledger:
        with psycopg.connect(empty) as connection:
            connection.execute("CREATE TABLE book (key serial PRIMARY KEY, title text)")
            connection.execute("CREATE VIEW titles AS SELECT title FROM book")
            connection.execute("INSERT INTO book (title) VALUES ('a'), ('b'), ('c'); DELETE FROM book")
        with ledger.writing_all() as connection:
            settle_tables(connection)
            settle_keys(connection, tables.sorted_tables)
    with psycopg.connect(empty) as connection:
        collations = "SELECT DISTINCT collation_name FROM information_schema.columns WHERE table_name = 'book'"
        assert {name for (name,) in connection.execute(collations)} == {None}
        assert connection.execute("SELECT nextval('book_key_seq')").fetchone() == (4,)


def test_no_such_database_says_how_to_make_one(postgres: Server) -> None:
    with pytest.raises(UsageError, match=r"there is no database postgresql://postgres@/nowhere.* createdb nowhere"):
        Ledger.open(postgres.url("nowhere"))


def by_network(postgres: Server, where: str, user: str = "postgres", password: str = PASSWORD) -> str:
    return f"postgresql://{user}:{quote(password, safe='')}@127.0.0.1:{postgres.port}/{name_in(where)}"


def test_a_password_opens(postgres: Server, where: str) -> None:
    with Ledger.open(by_network(postgres, where)) as ledger:
        assert ledger.store(*simple())


@pytest.mark.parametrize(("user", "password"), [("postgres", "wrong-word"), ("nobody", PASSWORD), ("postgres", "")])
def test_a_wrong_password_or_user_is_told_without_the_password(
    postgres: Server, where: str, user: str, password: str
) -> None:
    with pytest.raises(LedgerError, match="does not let you in") as refused:
        Ledger.open(by_network(postgres, where, user, password))
    assert "PGPASSWORD=… or ~/.pgpass" in str(refused.value)
    assert not password or password not in str(refused.value)
    assert quote(PASSWORD, safe="") not in str(refused.value)


def test_nobody_listening_is_told(unused_port: int) -> None:
    with pytest.raises(LedgerError, match=r"cannot be reached .*efused.*Check that the server runs there"):
        Ledger.open(f"postgresql://mara:secret@127.0.0.1:{unused_port}/sayso")


@pytest.fixture
def unused_port() -> Iterator[int]:
    import socket

    with socket.socket() as taken:  # bound, but nobody listens
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


@pytest.fixture
def reader(postgres: Server, where: str) -> Iterator[str]:
    """The same ledger for somebody who may only read it."""
    with psycopg.connect(where, autocommit=True) as connection:
        connection.execute("DROP ROLE IF EXISTS reader")
        connection.execute("CREATE ROLE reader LOGIN")
        connection.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader")
    yield postgres.url(name_in(where), "reader")
    with psycopg.connect(where, autocommit=True) as connection:
        connection.execute("DROP OWNED BY reader")
        connection.execute("DROP ROLE reader")


def test_who_may_only_read_reads(where: str, reader: str) -> None:
    with Ledger.open(where) as ledger:
        ledger.store(*simple())
    with Ledger.open(reader, create=False) as ledger:
        assert len(list(ledger.claims())) == 1
        with ledger.browsing() as browse:
            assert browse.stamp()
        with pytest.raises(LedgerError, match=r"does not allow that \(permission denied .*Ask whoever runs it"):
            ledger.store(*simple(2))


def told_of_exports(where: str) -> int:
    with Ledger.open(where) as ledger, ledger.reading_all() as connection:
        return len(connection.execute(text("SELECT 1 FROM log WHERE what = 'exported'")).all())


def test_who_may_only_read_exports_without_the_log_telling_of_it(where: str, reader: str) -> None:
    for somebody, told in ((reader, 0), (where, 1)):
        with Ledger.open(somebody, create=False) as ledger:
            ledger.note("exported")
        assert told_of_exports(where) == told


def test_a_server_that_is_only_read_says_so(where: str) -> None:
    with Ledger.open(where) as ledger:
        ledger.store(*simple())
    with psycopg.connect(where, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {name_in(where)} SET default_transaction_read_only = on")
    try:
        with Ledger.open(where) as ledger:
            assert len(list(ledger.claims())) == 1
            ledger.note("exported")  # which nobody can tell of there
            with pytest.raises(LedgerError, match=r"can only be read here\. What was reported as stored is safe"):
                ledger.store(*simple(2))
    finally:
        with psycopg.connect(where, autocommit=True) as connection:
            connection.execute("SET default_transaction_read_only = off")
            connection.execute(f"ALTER DATABASE {name_in(where)} RESET default_transaction_read_only")


def test_a_number_that_is_too_large_is_wrong_usage(where: str) -> None:
    from sayso.types import Filters

    with Ledger.open(where) as ledger, pytest.raises(UsageError, match="a number is larger than"):
        list(ledger.claims(Filters(limit=2**70)))


def test_a_commit_waits_for_the_disk_whatever_the_server_is_set_to(where: str) -> None:
    with psycopg.connect(where, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {name_in(where)} SET synchronous_commit = off")
    with Ledger.open(where) as ledger, ledger._writing() as connection:
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"
    with psycopg.connect(where, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {name_in(where)} RESET synchronous_commit")


def test_readers_see_one_moment(where: str) -> None:
    with Ledger.open(where) as ledger:
        ledger.store(*simple(1))
        with ledger.browsing() as browse:
            assert browse.counts().articles == 1
            ledger.store(*simple(2))
            assert browse.counts().articles == 1
        with ledger.browsing() as browse:
            assert browse.counts().articles == 2


def test_without_the_extra_it_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['psycopg'] = None\n"
        "from sayso.ledger import Ledger\nfrom sayso.errors import UsageError\n"
        "try: Ledger.open('postgresql://h/d')\nexcept UsageError as error: print(error)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "Install it with: pip install 'sayso[postgres]'" in run.stdout
