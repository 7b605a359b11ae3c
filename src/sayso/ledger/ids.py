"""Ids as people give them: their beginning is enough, and what is of another kind is told as that."""

from __future__ import annotations

import shlex

from sqlalchemy import Connection

from sayso.errors import NotThereError
from sayso.ledger import queries
from sayso.ledger.schema import article, claim, story

_LISTED = {"article": "articles", "claim": "claims", "story": "stories"}
_A = {"article": "an article", "claim": "a claim", "story": "a story"}
_COLUMNS = {"story": story.c.id, "article": article.c.id, "claim": claim.c.id}


def full_id(connection: Connection, start: str, noun: str, where: str) -> str:
    """The one id of a ``noun`` ("article", "claim" or "story") that begins so, in the ledger that messages call
    ``where``. NotThereError where none does, or several do; its message says what to do."""
    ids = connection.execute(queries.ids_from(_COLUMNS[noun], start, limit=4)).scalars().all()
    if not ids:
        listed = f"no {noun} {start!r} in {where}; list them with: sayso {_LISTED[noun]} --ledger {where}"
        raise NotThereError(_of_another_kind(connection, start, noun, where) or listed)
    if len(ids) > 1:
        more = ", …" if len(ids) > 3 else ""
        raise NotThereError(f"{start!r} begins more than one {noun}: {', '.join(ids[:3])}{more}. Give more of the id.")
    return str(ids[0])


def _of_another_kind(connection: Connection, start: str, noun: str, where: str) -> str | None:
    """What to say of an id that is not that of a ``noun`` but of something else; None where it is of nothing."""
    for other, column in _COLUMNS.items():
        ids = connection.execute(queries.ids_from(column, start, limit=2)).scalars().all()
        if other == noun or len(ids) != 1:
            continue
        of = f"{start!r} is the id of {_A[other]}, not of {_A[noun]}"
        shown = f"sayso {other} {ids[0]}"
        if noun != "claim":
            return f"{of}. What it is, and what it belongs to: {shown} --ledger {where}"
        if other == "article":
            row = connection.execute(queries.article_by_id(ids[0])).one()
            day = [f"--{end} {row.published[:10]}" for end in ("since", "until") if row.published]
            outlet = [f"--outlet {shlex.quote(row.outlet)}"] if row.outlet else []
            shown = " ".join(["sayso claims", *outlet, *day])
        else:
            shown += " --all"
        return f"{of}. Its claims are listed, each with its id, by: {shown} --ledger {where}"
    return None
