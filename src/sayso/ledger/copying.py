"""A whole ledger into another, empty one, be it in SQLite or PostgreSQL: every row with its key, and nothing else.

It is read as it is at one moment, and written in one transaction: a copy that was cut off is an empty ledger. Before it
is kept, each table is read again and held against what was read, by a hash over all its rows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Table, delete, func, select

from sayso.errors import LedgerError, UsageError
from sayso.ledger import search
from sayso.ledger.custody import at_once
from sayso.ledger.database import db_url, enter, settle_keys, translated
from sayso.ledger.schema import claim, log, log_head, tables, upgrade
from sayso.ledger.store import Ledger

Watch = Callable[[int, int], None]  # is told how many rows of how many are copied

_OF_ITS_MAKING = (log_head, log, upgrade)


class Copied(NamedTuple):
    """A table that was copied: its rows, and the SHA-256 of all of them in the order of their keys."""

    name: str
    rows: int
    sha256: str


def copy(source: Ledger, target: Ledger, watch: Watch | None = None) -> list[Copied]:
    """Copy all of ``source`` into ``target``. UsageError where that holds anything; LedgerError where it can't be
    written, or did not come out the same: then nothing is kept."""
    with source.reading_all() as origin, target.writing_all() as copied:
        if (held := _first_held(copied)) is not None:
            raise UsageError(
                f"{target.where} is not empty: it has rows in {held}. Give one that is not there yet, or an empty one."
            )
        for table in _OF_ITS_MAKING:  # it has the history of the ledger that it is a copy of
            copied.execute(delete(table))
        with translated(db_url(source.where)):
            total = sum(_count(origin, table) for table in tables.sorted_tables)
        done = 0
        found = []
        for table in tables.sorted_tables:
            seen = _Seen(table)
            for rows in _read(source, origin, table):
                seen.add(rows)
                mapped = [dict(row._mapping) for row in rows]
                enter(copied, table, mapped)
                if table is claim:
                    search.index(copied, mapped)
                done += len(rows)
                if watch:
                    watch(done, total)
            found.append(seen.told())
        settle_keys(copied, tables.sorted_tables)
        for table, wanted in zip(tables.sorted_tables, found, strict=True):
            seen = _Seen(table)
            for rows in _batches(copied, table):
                seen.add(rows)
            if (got := seen.told()) != wanted:
                raise LedgerError(
                    f"{table.name} did not come out the same: {wanted.rows:,} rows ({wanted.sha256[:16]}) in "
                    f"{source.where}, {got.rows:,} ({got.sha256[:16]}) in {target.where}, where nothing was kept. "
                    "Please report this."
                )
        return found


class _Seen:
    """What was seen of a table, row by row."""

    def __init__(self, table: Table) -> None:
        self._table, self._rows, self._hash = table.name, 0, hashlib.sha256()

    def add(self, rows: list[Row[Any]]) -> None:
        self._rows += len(rows)
        for row in rows:
            self._hash.update(repr(tuple(map(_plain, row))).encode("utf-8", "surrogatepass") + b"\n")

    def told(self) -> Copied:
        return Copied(self._table, self._rows, self._hash.hexdigest())


def _plain(value: Any) -> Any:
    """A value as it is compared: drivers differ in how they give bytes."""
    return bytes(value) if isinstance(value, memoryview) else value


def _read(source: Ledger, origin: Connection, table: Table) -> Iterator[list[Row[Any]]]:
    """All rows of the ledger that is copied; what is wrong with it is not told of the one that is written meanwhile."""
    with translated(db_url(source.where)):
        yield from _batches(origin, table)


def _batches(connection: Connection, table: Table) -> Iterator[list[Row[Any]]]:
    """All rows in the order of their keys, some at a time."""
    wanted = select(table).order_by(*table.primary_key)
    as_they_come = {"stream_results": True, "yield_per": at_once(table)}
    with connection.execute(wanted, execution_options=as_they_come) as rows:
        for some in rows.partitions():
            yield list(some)


def _count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def _first_held(connection: Connection) -> str | None:
    """A table that has rows; None in an empty ledger, of which only its own making is noted."""
    rows = {table: select(table) for table in tables.sorted_tables if table not in _OF_ITS_MAKING}
    rows[log] = select(log).where(log.c.what != "upgraded")
    return next((table.name for table, some in rows.items() if connection.execute(some.limit(1)).first()), None)
