"""Storing many articles at once that are new to the ledger: the rows of ``Ledger.store``, written table by table.

On a server that is PostgreSQL they go by COPY, which is what it takes rows by fastest.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from sqlalchemy import Connection, Table, func, select

from sayso.ledger import custody, search
from sayso.ledger.claims import claims_of
from sayso.ledger.database import enter, settle_keys
from sayso.ledger.decisions import Decisions
from sayso.ledger.rows import article_columns, claim_columns, made_columns, mention_columns, now, reading_columns
from sayso.ledger.schema import article, claim, mention, reading, snapshot
from sayso.types import Reading, Received

Item = tuple[Received, Reading | None]
Rows = dict[Table, list[dict[str, Any]]]

_TABLES = (snapshot, article, reading, claim, mention)  # each after those that it refers to
_MANY = 400  # values bound to one statement


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


def add(connection: Connection, items: Iterable[Item]) -> None:
    """Enter articles that are new. The transaction is the only one that writes, so keys that follow are free."""
    rows: Rows = {table: [] for table in _TABLES}
    keys = {table: count(1 + (connection.execute(select(func.max(table.c.key))).scalar() or 0)) for table in _KEYED}
    for received, read in items:
        of_article = list(_rows_of(received, read, keys))
        for table, some in of_article:
            rows[table] += some
        custody.enter(connection, "stored", received.article.id, {"sha256": received.article.sha256}, of_article)
    for table in _TABLES:
        enter(connection, table, rows[table])
    settle_keys(connection, _KEYED)
    if claims := rows[claim]:
        search.index(connection, claims)
        Decisions(connection).settle_claims([row["id"] for row in claims])


_KEYED = (article, reading, claim)


def _rows_of(
    received: Received, read: Reading | None, keys: Mapping[Table, Iterator[int]]
) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    """All rows of one article, table by table."""
    yield snapshot, [{"sha256": received.article.sha256, "data": zlib.compress(received.data)}]
    article_key = next(keys[article])
    columns = article_columns(received.article) | made_columns(received)
    yield article, [columns | {"key": article_key, "stored_at": now()}]
    if read is None:
        return
    reading_key = next(keys[reading])
    yield reading, [reading_columns(read) | {"key": reading_key, "article_key": article_key, "read_at": now()}]
    claims, mentions = [], []
    for position, row in enumerate(claims_of(read)):
        key = next(keys[claim])
        claims.append(claim_columns(row) | {"key": key, "reading_key": reading_key, "position": position})
        mentions += [named | {"claim_key": key} for named in mention_columns(row)]
    yield claim, claims
    yield mention, mentions
