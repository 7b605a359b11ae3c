"""Full-text search over the contents of claims.

What is looked for is words, all of which a content must hold, in any order; "words in quotes" must follow each other.
Whole words count; case and accents do not. Nothing that a user types is search syntax.

SQLite has an index for this. For PostgreSQL the words are told apart by SQLite's own code, so that both find the same,
and are kept in their order.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    Integer,
    Text,
    and_,
    column,
    false,
    func,
    insert,
    literal,
    literal_column,
    select,
    table,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.types import Boolean

from sayso.errors import UsageError
from sayso.ledger.rows import storable
from sayso.ledger.schema import claim

# SQLite's full-text index keeps no copy of the text, but looks it up in the claim; PostgreSQL's table has the words.
claim_search = table("claim_search", column("rowid", Integer), column("text", Text), column("words", ARRAY(Text)))

TOKENS = "unicode61 remove_diacritics 2"
"""How SQLite tells words apart; as in the migration that makes the index."""

_PHRASE_OR_WORD = re.compile(r'["“”]([^"“”]*)["“”]?|([^\s"“”]+)')
_LONG = 200  # characters of a word from which on PostgreSQL's index has a hash in its place


def index(connection: Connection, claims: Sequence[dict[str, Any]]) -> None:
    """Make the contents of ``claims``, rows of the claim table with their keys, findable."""
    if connection.dialect.name == "sqlite":
        rows = [{"rowid": row["key"], "text": row["text"]} for row in claims]
    else:
        words = words_of([row["text"] for row in claims])
        rows = [{"rowid": row["key"], "words": of} for row, of in zip(claims, words, strict=True)]
    connection.execute(insert(claim_search), rows)


def mentions(about: str) -> ColumnElement[bool]:
    """The condition that a claim's content holds what ``about`` asks for; UsageError where it asks for no word."""
    return claim.c.key.in_(select(claim_search.c.rowid).where(_Holds(_phrases(about))))


def words_of(texts: Sequence[str]) -> list[list[str]]:
    """The words of each text in their order, without case and accents, as SQLite's index would have them."""
    found: list[list[str]] = [[] for _ in texts]
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute(f"CREATE VIRTUAL TABLE texts USING fts5(text, tokenize='{TOKENS}')")
        database.execute("CREATE VIRTUAL TABLE words USING fts5vocab(texts, instance)")
        database.executemany("INSERT INTO texts (rowid, text) VALUES (?, ?)", enumerate(texts))
        for number, word in database.execute("SELECT doc, term FROM words ORDER BY doc, offset"):
            found[number].append(word if len(word) < _LONG else hashlib.sha256(word.encode()).hexdigest())
    return found


class _Holds(ColumnElement[bool]):
    """The condition that a row of the index has all these phrases, as each database puts it."""

    type = Boolean()
    inherit_cache = False

    def __init__(self, phrases: Sequence[str]) -> None:
        self.phrases = phrases

    def self_group(self, against: OperatorType | None = None) -> ColumnElement[bool]:  # noqa: ARG002
        """Itself: no database has to be told that it is true or false."""
        return self


@compiles(_Holds, "sqlite")
def _in_sqlite(element: _Holds, compiler: SQLCompiler, **how: Any) -> str:
    matches = literal_column(claim_search.name).op("MATCH")(_as_fts(element.phrases))
    return compiler.process(matches, **how)


@compiles(_Holds, "postgresql")
def _in_postgresql(element: _Holds, compiler: SQLCompiler, **how: Any) -> str:
    phrases = words_of(element.phrases)
    if not all(phrases):  # of letters that SQLite takes for none
        return compiler.process(false(), **how)
    words = literal(sorted({word for phrase in phrases for word in phrase}), ARRAY(Text))
    conditions: list[ColumnElement[bool]] = [claim_search.c.words.op("@>")(words)]
    text = " " + func.array_to_string(claim_search.c.words, " ") + " "
    conditions += [text.contains(f" {' '.join(phrase)} ", autoescape=True) for phrase in phrases if len(phrase) > 1]
    return compiler.process(and_(*conditions), **how)


def _as_fts(phrases: Sequence[str]) -> str:
    return " AND ".join(f'"{phrase}"' for phrase in phrases)


def _phrases(about: str) -> list[str]:
    pieces = ("".join(groups) for groups in _PHRASE_OR_WORD.findall(storable(about)))
    phrases = [piece for piece in pieces if any(c.isalnum() for c in piece)]
    if not phrases:
        raise UsageError(f"no word to look for in {about!r}. Give one or more words, or a phrase in quotes.")
    return phrases
