"""Full-text search over the contents of claims.

What is looked for is words, all of which a content must hold, in any order; "words in quotes" must follow each other.
Whole words count; case and accents do not. Nothing that a user types is search syntax.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, Text, column, insert, literal_column, select, table

from sayso.errors import UsageError
from sayso.ledger.rows import storable
from sayso.ledger.schema import claim

# SQLite's full-text index; it keeps no copy of the text, but looks it up in the claim.
claim_search = table("claim_search", column("rowid", Integer), column("text", Text))

_PHRASE_OR_WORD = re.compile(r'["“”]([^"“”]*)["“”]?|([^\s"“”]+)')


def index(connection: Connection, claims: Sequence[dict[str, Any]]) -> None:
    """Make the contents of ``claims``, rows of the claim table with their keys, findable."""
    rows = [{"rowid": row["key"], "text": row["text"]} for row in claims]
    connection.execute(insert(claim_search), rows)


def mentions(about: str) -> ColumnElement[bool]:
    """The condition that a claim's content holds what ``about`` asks for; UsageError where it asks for no word."""
    matches: ColumnElement[bool] = literal_column(claim_search.name).op("MATCH")(fts_query(about))
    return claim.c.key.in_(select(claim_search.c.rowid).where(matches))


def fts_query(about: str) -> str:
    """``about`` as an FTS5 query: each phrase and word a quoted string, which can hold no syntax, joined by AND."""
    pieces = ("".join(groups) for groups in _PHRASE_OR_WORD.findall(storable(about)))
    strings = [f'"{piece}"' for piece in pieces if any(c.isalnum() for c in piece)]
    if not strings:
        raise UsageError(f"no word to look for in {about!r}. Give one or more words, or a phrase in quotes.")
    return " AND ".join(strings)
