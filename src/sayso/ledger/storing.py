"""Storing articles with their readings: the rows of each, whether one comes or many, and what the log says of them.

Rows go in table by table; on a server that is PostgreSQL by COPY, which is what it takes rows by fastest. A transaction
is the only one that writes, so the keys that follow are free.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select

from sayso.ledger import custody, search
from sayso.ledger.claims import claims_of
from sayso.ledger.database import enter
from sayso.ledger.decisions import Decisions
from sayso.ledger.rows import article_columns, claim_columns, made_columns, mention_columns, now, reading_columns
from sayso.ledger.schema import article, claim, mention, reading, snapshot
from sayso.types import Provenance, Reading, Received

Item = tuple[Received, Reading | None]
Added = list[tuple[Table, list[dict[str, Any]]]]
"""Rows of evidence, by their tables, which the log is to answer for."""

_TABLES = (snapshot, article, reading, claim, mention)  # each after those that it refers to
_KEYED = (article, reading, claim)
_MANY = 400  # values bound to one statement


def check_bytes(received: Received) -> None:
    """ValueError where the bytes are not those that the article was read from."""
    if hashlib.sha256(received.data).hexdigest() != received.article.sha256:
        raise ValueError(f"the bytes of {received.article.location} do not have the hash that its article gives")


def has_read(connection: Connection, article_id: str, provenance: Provenance) -> bool:
    """True if this very reader has read the article."""
    same = {name: getattr(provenance, name) for name in ("sayso", "model", "reader")}
    return connection.execute(select(reading.c.key).filter_by(article_id=article_id, **same)).first() is not None


def store_all(connection: Connection, items: Sequence[Item]) -> int:
    """Enter articles with their readings; how many of them that changed."""
    if not are_new(connection, items):
        return sum(store(connection, *item) for item in items)
    keys = _free_keys(connection)
    _enter(connection, [("stored", received, list(_rows_of(received, read, keys))) for received, read in items])
    return len(items)


def store(connection: Connection, received: Received, read: Reading | None) -> bool:
    """Enter an article with its reading; False where that changes nothing. A reading by another reader is added, and a
    version of the article where its bytes were extracted or dated otherwise."""
    id_ = received.article.id
    latest = connection.execute(
        select(article).where(article.c.id == id_).order_by(article.c.key.desc()).limit(1)
    ).first()
    if latest is not None and (read is None or has_read(connection, id_, read.provenance)):
        return False
    columns = article_columns(received.article)
    same = latest is not None and all(getattr(latest, name) == value for name, value in columns.items())
    version = latest.key if latest is not None and same else None
    kept = is_kept(connection, received.article.sha256)
    rows = list(_rows_of(received, read, _free_keys(connection), version, kept=kept))
    _enter(connection, [("stored" if latest is None else "reread", received, rows)])
    return True


def are_new(connection: Connection, items: Sequence[Item]) -> bool:
    """True if the ledger has none of these articles, in any version, nor their bytes, and none is there twice."""
    ids = [received.article.id for received, _ in items]
    hashes = [received.article.sha256 for received, _ in items]
    known = ((article.c.id, ids), (snapshot.c.sha256, hashes))
    return len(set(ids)) == len(ids) and not any(
        connection.execute(select(column).where(column.in_(values[at : at + _MANY])).limit(1)).first()
        for column, values in known
        for at in range(0, len(values), _MANY)
    )


def is_kept(connection: Connection, sha256: str) -> bool:
    """True if the ledger has the bytes with this hash."""
    return connection.execute(select(snapshot.c.sha256).where(snapshot.c.sha256 == sha256)).first() is not None


def keep(connection: Connection, sha256: str, data: bytes) -> Added:
    """Keep bytes, once; the row that this adds, if any."""
    if is_kept(connection, sha256):
        return []
    row = _packed(sha256, data)
    connection.execute(insert(snapshot), row)
    return [(snapshot, [row])]


def _packed(sha256: str, data: bytes) -> dict[str, Any]:
    return {"sha256": sha256, "data": zlib.compress(data)}


def _free_keys(connection: Connection) -> dict[Table, Iterator[int]]:
    return {table: count(1 + (connection.execute(select(func.max(table.c.key))).scalar() or 0)) for table in _KEYED}


def _rows_of(
    received: Received,
    read: Reading | None,
    keys: Mapping[Table, Iterator[int]],
    version: int | None = None,
    *,
    kept: bool = False,
) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    """All rows of one article, table by table: without its bytes where they are kept, and without the article where its
    ``version`` is there, which is the key of that."""
    if not kept:
        yield snapshot, [_packed(received.article.sha256, received.data)]
    if version is None:
        version = next(keys[article])
        columns = article_columns(received.article) | made_columns(received)
        yield article, [columns | {"key": version, "stored_at": now()}]
    if read is None:
        return
    reading_key = next(keys[reading])
    yield reading, [reading_columns(read) | {"key": reading_key, "article_key": version, "read_at": now()}]
    claims, mentions = [], []
    for position, row in enumerate(claims_of(read)):
        key = next(keys[claim])
        claims.append(claim_columns(row) | {"key": key, "reading_key": reading_key, "position": position})
        mentions += [named | {"claim_key": key} for named in mention_columns(row)]
    yield claim, claims
    yield mention, mentions


def _enter(connection: Connection, articles: Sequence[tuple[custody.What, Received, Added]]) -> None:
    """Enter the rows of articles, let their claims be found, and tell the log."""
    rows: dict[Table, list[dict[str, Any]]] = {table: [] for table in _TABLES}
    for _, _, added in articles:
        for table, some in added:
            rows[table] += some
    for table in _TABLES:
        enter(connection, table, rows[table])
    if claims := rows[claim]:
        search.index(connection, claims)
        Decisions(connection).settle_claims([row["id"] for row in claims])
    for what, received, added in articles:
        custody.enter(connection, what, received.article.id, {"sha256": received.article.sha256}, added)
