"""Where a ledger lives, and the one place that knows which database it is: opening, durability, errors."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from sayso.errors import LedgerError, NotThereError, UsageError
from sayso.ledger import postgresql
from sayso.ledger.schema import tables

PATIENCE = 60.0
"""Seconds that a writer waits for another one. A transaction holds one article, or some seconds' worth of linking."""

WRITING = {"sayso_writing": True}
"""The execution option that marks a connection as one that will write."""


def db_url(where: str) -> URL:
    """The URL of the database that ``where`` names: a file, or a URL.

    Raises UsageError for a database that Sayso can't use.
    """
    scheme, _, rest = where.partition("://")
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]+", scheme) or "://" not in where:
        return URL.create("sqlite", database=str(Path(where).absolute()))
    if re.fullmatch(r"postgres(ql)?(\+\w+)?", scheme.lower()):
        return postgresql.url_of(where)
    if scheme.lower() != "sqlite":
        raise UsageError(f"cannot keep a ledger in {scheme}. Give a file, or postgresql://USER@HOST/DATABASE.")
    if not rest.removeprefix("/"):
        raise UsageError(f"{where} names no file. Give a file, as in sqlite:///sayso.db")
    return URL.create("sqlite", database=str(Path(rest.removeprefix("/")).absolute()))


def file_of(url: URL) -> Path | None:
    """The file that an SQLite database is; None for a database on a server."""
    return Path(str(url.database)) if url.get_backend_name() == "sqlite" else None


def name_of(url: URL) -> str:
    """The database as messages name it: its file, or its address without password."""
    return str(file_of(url) or postgresql.name_of(url))


def shown(where: str) -> str:
    """What somebody gave, as messages repeat it: a file as it was given, an address without password."""
    url = db_url(where)
    return where if file_of(url) else name_of(url)


def connect(url: URL, *, create: bool) -> Engine:
    """An engine for the database; each of its connections is durable, patient and checks references.

    With ``create`` a missing file is made, when first used. UsageError where what the database needs is not installed.
    """
    if (path := file_of(url)) is None:
        return postgresql.connect(url, PATIENCE)
    # As many connections as there are listings under way: one that is not read to its end must not hold up a writer.
    engine = create_engine("sqlite://", creator=lambda: _open_file(path, create), poolclass=QueuePool, max_overflow=-1)
    event.listen(engine, "connect", _settle)
    event.listen(engine, "begin", _begin)
    return engine


def _open_file(path: Path, create: bool) -> sqlite3.Connection:
    mode = "rwc" if create else _listing_mode(path)
    # No isolation level: the driver must not begin or commit on its own, also not around statements that make tables.
    return sqlite3.connect(
        f"file:{quote(str(path))}?mode={mode}",
        uri=True,
        timeout=PATIENCE,
        isolation_level=None,
        check_same_thread=False,
    )


def _listing_mode(path: Path) -> str:
    """Even a reader keeps files beside a ledger; where it may not, and nobody else does, it can do without them."""
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        return "rw"
    return "ro" if path.with_name(path.name + "-wal").exists() else "ro&immutable=1"


def _settle(connection: sqlite3.Connection, _record: Any) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")  # a commit returns when the disk has it
    # Its own 2 MB don't hold what a batch of linking changes in a large ledger: pages would be written and read again.
    connection.execute("PRAGMA cache_size = -32768")  # KiB at the most, taken as they are needed


def _begin(connection: Connection) -> None:
    # A writer takes its turn before it looks, so that what it saw still holds when it writes.
    writing = connection.get_execution_options().get("sayso_writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def prepare(connection: Connection, url: URL) -> None:
    """Make a database ready that is empty, or known to be a ledger. LedgerError where it can't hold one."""
    if connection.dialect.name == "sqlite":
        _write_ahead(connection)
    else:
        postgresql.check_encoding(connection, name_of(url))


def settle_tables(connection: Connection) -> None:
    """What is to be done after tables were made or changed: texts are sorted in the same way in every database."""
    if connection.dialect.name != "sqlite":
        postgresql.sort_by_code_points(connection, [*tables.tables, *_NOT_IN_SCHEMA])  # and no others beside them


_NOT_IN_SCHEMA = ("claim_search", "sayso_counted", "alembic_version")  # tables that migrations make by themselves


def enter(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Enter many rows as they are, in the quickest way that the database has. All have the columns that the first has,
    and each a value for every column: defaults are not filled in."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        columns = list(rows[0])
        names = ", ".join(f'"{name}"' for name in columns)
        statement = f'INSERT INTO "{table.name}" ({names}) VALUES ({", ".join("?" * len(columns))})'
        connection.exec_driver_sql(statement, [tuple([row[name] for name in columns]) for row in rows])
    else:
        postgresql.enter(connection, table, rows)


def add(connection: Connection, table: Table, columns: Mapping[str, Any]) -> dict[str, Any]:
    """Enter a row that the database numbers; the row with its ``key``."""
    key = connection.execute(insert(table), columns).inserted_primary_key
    assert key is not None  # a single row was inserted
    return {**columns, "key": int(key[0])}


def settle_keys(connection: Connection, entered: Iterable[Table]) -> None:
    """Have new rows of tables numbered after those that were entered with their keys."""
    if connection.dialect.name != "sqlite":
        postgresql.settle_keys(connection, entered)


def _write_ahead(connection: Connection) -> None:
    """Let readers read while one writes. SQLite doesn't wait its turn for this switch, so it is tried again."""
    raw: Any = connection.connection
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            if raw.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                raw.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_BUSY" or time.monotonic() > deadline:
                raise
        time.sleep(0.02)


def may_log(connection: Connection, url: URL) -> bool:
    """True where whoever has this connection may enter something in the log."""
    if (path := file_of(url)) is not None:
        return _listing_mode(path) == "rw"
    return postgresql.may_log(connection)


def count_up(connection: Connection) -> None:
    """Count one more change, kept with the transaction, that shows in no number of a row; see ``counted``."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA user_version = {counted(connection) + 1}")
    else:
        connection.exec_driver_sql("UPDATE sayso_counted SET times = times + 1")


def counted(connection: Connection) -> int:
    """How often ``count_up`` has counted in this ledger."""
    sqlite = connection.dialect.name == "sqlite"
    return int(
        connection.exec_driver_sql("PRAGMA user_version" if sqlite else "SELECT times FROM sayso_counted").scalar_one()
    )


@contextmanager
def translated(url: URL) -> Iterator[None]:
    """Turn what the database says into LedgerErrors that say what to do."""
    try:
        yield
    except DBAPIError as error:
        if isinstance(error.orig, sqlite3.Error):
            raise _in_words(name_of(url), error.orig) from error
        raise postgresql.in_words(url, error.orig, cut=error.connection_invalidated) from error
    except sqlite3.Error as error:
        raise _in_words(name_of(url), error) from error
    except _UNREADABLE as error:
        raise LedgerError(_ADVICE["CORRUPT"].format(path=name_of(url), said=error)) from error


class DamagedError(Exception):
    """What is stored does not fit together, as where bytes of an index were overwritten; told as ``LedgerError``."""


# What comes of bytes that were overwritten where SQLite has no structure of its own: in a text, or in what we packed.
_UNREADABLE = (zlib.error, json.JSONDecodeError, UnicodeDecodeError, DamagedError)


def is_damage(error: BaseException | None) -> bool:
    """True where a database or driver says that what it holds is damaged, and not that it is gone, full, busy or not
    to be used from here."""
    said = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(said, sqlite3.Error):  # damaged tables and names show as errors of any other kind
        return not getattr(said, "sqlite_errorname", "").startswith(_NO_DAMAGE)
    return isinstance(said, _UNREADABLE) or postgresql.is_damage(said)


_NO_DAMAGE = tuple(
    f"SQLITE_{code}"
    for code in ("FULL", "IOERR", "READONLY", "PERM", "CANTOPEN", "BUSY", "LOCKED", "NOMEM", "INTERRUPT", "NOLFS")
)

_SAFE = "What was reported as stored is safe."

_ADVICE = {
    "NOTADB": "{path} is not a ledger, nor any SQLite database. Give another file; this one was not touched.",
    "CORRUPT": "{path} is damaged ({said}). Restore it from a copy, or try: sqlite3 {path} .recover",
    "FULL": "no room left to write {path}. " + _SAFE + " Free some space and run the same command again.",
    "IOERR": "the disk failed while {path} was used ({said}). " + _SAFE + " Check space and disk, then run it again.",
    "READONLY": "{path} can only be read here. Give a ledger that you may write, or change its permissions.",
    "PERM": "{path} may not be opened. Change its permissions, or give another ledger.",
    "CANTOPEN": "{path} cannot be opened or made. Check that its folder exists and may be written to.",
    "BUSY": "another program has been writing to {path} for a long while. Try again when it has finished.",
}


def _in_words(path: str, error: BaseException | None) -> LedgerError:
    name = getattr(error, "sqlite_errorname", None) or ""
    if str(error).startswith(
        "Could not decode to UTF-8"
    ):  # the driver's own, without a name; it goes on with the bytes
        return LedgerError(_ADVICE["CORRUPT"].format(path=path, said="a text in it is no UTF-8"))
    for code, advice in _ADVICE.items():
        if name.startswith(f"SQLITE_{code}"):
            kind = NotThereError if code == "NOTADB" else LedgerError
            return kind(advice.format(path=path, said=error))
    return LedgerError(f"{path}: {error}. {_SAFE}")
