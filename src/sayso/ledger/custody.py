"""The log: what happened to which article, claim or decision, when, and by whom; each entry bound to the one before.

What holds always:

1. Whatever adds a row of evidence enters it here, in the same transaction, with a hash over the row. So a row that
   is changed, removed or put in later disagrees with the log, or the log with itself.
2. Entries count from 1 without gaps. The hash of each is SHA-256 over the hash before it and the hash of its content:
   the content of some may be withheld, and the chain still be followed. A random ``salt`` in each keeps what is
   withheld from being guessed.
3. How far the log goes is kept a second time, in ``log_head``, and an entry is added to what that says: if the last
   entries are taken away, the next one leaves a gap.

Whoever can write the file can make all of it anew, or put an older copy in its place. Against that help only what is
kept elsewhere: a time stamp, a bundle, or the hash of an entry, written down.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from secrets import token_hex
from typing import Any, Literal

from sqlalchemy import Connection, Float, LargeBinary, Table, insert, select, update

from sayso.acting import who_acts
from sayso.ledger.rows import now, storable
from sayso.ledger.schema import (
    article,
    claim,
    decision,
    exchange,
    finder,
    frame,
    log,
    log_head,
    look,
    medium,
    mention,
    quarantine,
    reading,
    sighting,
    snapshot,
    stamp,
    upgrade,
)

What = Literal[
    "stored", "reread", "quarantined", "linked", "decided", "undone", "listed", "exported", "viewed", "stamped",
    "fetched", "attached", "upgraded",
]  # fmt: skip
Row = Mapping[Any, Any]
Rows = Sequence[Row]

EVIDENCE: tuple[Table, ...] = (
    *(upgrade, snapshot, exchange, article, reading, claim, mention),
    *(decision, quarantine, finder, stamp),
    *(medium, look, frame, sighting),
)
"""The tables whose rows the log answers for. All others but the log's own can be made again from these."""

START = "0" * 64
"""The hash before the first entry."""

_ROWS, _LARGE_ROWS = 1000, 20

_SET_LATER = {decision.name: ("superseded_at",)}
"""Columns that are no part of a row's hash: the log tells in an entry of its own when they were set."""

_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode
_head = select(log_head.c.entries, log_head.c.hash)  # made once: an entry is made with every article
_first_head, _next_head, _add = insert(log_head), update(log_head), insert(log)

_COLUMNS = {
    table.name: [
        (column.name, isinstance(column.type, Float))
        for column in table.columns
        if column.name not in _SET_LATER.get(table.name, ())
    ]
    for table in EVIDENCE
}


def enter(
    connection: Connection,
    what: What,
    subject: str | None = None,
    detail: Mapping[str, Any] | None = None,
    rows: Iterable[tuple[Table, Rows]] = (),
    who: str | None = None,
) -> int:
    """Enter what is being done in this transaction, which must be a writing one; returns the entry's key.

    ``rows`` are those of evidence that it adds, as they are inserted, with their keys: of each table those between the
    first and the last, and no others.
    """
    head = connection.execute(_head).first()
    key, before = (head.entries + 1, head.hash) if head else (1, START)
    told = {**(detail or {}), "salt": token_hex(16)}
    covered = {table.name: cover(table, some) for table, some in rows if some}
    entry = {
        "key": key,
        "at": now(),
        "who": storable(who or who_acts()),
        "what": what,
        "subject": None if subject is None else storable(subject),
        "detail": canonical(told | ({"rows": covered} if covered else {})).decode("ascii"),
    }
    entry["hash"] = chained(before, content_hash(entry))
    connection.execute(_add, entry)
    connection.execute(_next_head if head else _first_head, {"key": 1, "entries": key, "hash": entry["hash"]})
    return int(key)


def content_hash(entry: Row) -> str:
    """The SHA-256 of what an entry says."""
    names = ("key", "at", "who", "what", "subject", "detail")
    return hashlib.sha256(canonical({name: entry[name] for name in names})).hexdigest()


def chained(before: str, content: str) -> str:
    """An entry's hash, from that of the entry before and that of its own content, both as 64 hexadecimal digits."""
    return hashlib.sha256(f"{before}{content}".encode("ascii")).hexdigest()


def canonical(value: Any) -> bytes:
    """``value`` as JSON in the one form that is hashed: keys sorted, no spaces, ASCII."""
    return _encode(value).encode("ascii")


def cover(table: Table, rows: Rows) -> tuple[Any, Any, int, str]:
    """What an entry says of the rows that it answers for: the first and last of their keys (of the first column of the
    primary key), how many there are, and their hash."""
    first_column = table.primary_key.columns[0].name
    keys = [row[first_column] for row in rows]
    return min(keys), max(keys), len(rows), digest(table, rows)


def digest(table: Table, rows: Iterable[Row]) -> str:
    """The SHA-256 over rows of evidence, in the order of their keys."""
    total = hashlib.sha256()
    for row in rows:
        total.update(as_hashed(table.name, row))
    return total.hexdigest()


def as_hashed(table: str, row: Row) -> bytes:
    """A row as its hash takes it: a line of JSON with what is not null; bytes are there by their own hash."""
    told = {"": table}
    for name, is_float in _COLUMNS[table]:
        value = row.get(name)
        if value is not None:
            told[name] = value if type(value) is str else _plain(value, is_float)
    return canonical(told) + b"\n"


def _plain(value: Any, is_float: bool) -> Any:
    """A value as JSON has it; bytes as "sha256:" and their hash."""
    if isinstance(value, bytes | memoryview):
        return f"sha256:{hashlib.sha256(value).hexdigest()}"
    return float(value) if is_float and isinstance(value, int | float) else value


def in_order(connection: Connection, table: Table) -> Iterator[Row]:
    """All rows of a table of evidence, in the order of their keys, whatever database holds them."""
    keys = list(table.primary_key.columns)
    if table is finder:  # names, which databases order each in its own way; a handful
        yield from sorted(connection.execute(select(table)).mappings(), key=lambda row: str(row["name_folded"]))
        return
    wanted = select(table).order_by(*keys)
    yield from connection.execute(wanted, execution_options={"yield_per": at_once(table)}).mappings()


def at_once(table: Table) -> int:
    """How many rows of a table are asked for at once, where all are; those with bytes in them may be megabytes each."""
    return _LARGE_ROWS if any(isinstance(column.type, LargeBinary) for column in table.c) else _ROWS


def seal(connection: Connection) -> dict[str, Any]:
    """What an upgrade says of a ledger whose rows no log answers for: how many each table has, their hash, and when
    which decision was superseded. From then on they are answered for."""
    counted: dict[str, tuple[int, str]] = {}
    for table in EVIDENCE:
        number, total = 0, hashlib.sha256()
        for row in in_order(connection, table):
            number += 1
            total.update(as_hashed(table.name, row))
        counted[table.name] = (number, total.hexdigest())
    ended = select(decision.c.key, decision.c.superseded_at).where(decision.c.superseded_at.is_not(None))
    return {"sealed": counted, "superseded": {str(key): at for key, at in connection.execute(ended)}}
