"""Statements that linking puts again and again look up what they ask for: none goes through a whole table."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Executable, create_engine, event

from sayso.ledger import Ledger, prepared, queries

# What SQLite says where it goes through a table from end to end, or through all that is filed of one kind.
WHOLE = re.compile(r"SCAN (?!\d* ?CONSTANT ROWS?\b|\(?\w*subquery)|PRIMARY KEY \(kind=\?\)")

STATEMENTS: dict[str, Executable] = {
    **{name: put for name, put in vars(prepared).items() if name.isupper() and isinstance(put, Executable)},
    "claims_by": queries.claims_by(["a", "b"]),
    "ids_by": queries.ids_by(["a", "b"]),
    "spellings_of": queries.spellings_of(["a", "b"]),
}


def asked(name: str, put: Executable) -> dict[str, Any]:
    """Parameters that a statement takes; SQLite does not mind of which type they are."""
    open_ = [key for key, value in put.compile().params.items() if value is None]  # type: ignore[attr-defined]
    some: list[Any] = [(1, 0, 1), (2, 1, 1)] if name == "DROP_LINKS" else [(1, 0), (2, 1), (3, 0)]
    lists = (prepared.of(some) if "firsts" in open_ else {"some": [1, 2]}) | {"kinds": [1, 2]}
    return {key: lists.get(key, 1) for key in open_}


@pytest.mark.parametrize("name", STATEMENTS)
def test_no_table_is_gone_through(name: str, tmp_path: Path) -> None:
    Ledger.open(str(tmp_path / "sayso.db")).close()
    engine = create_engine(f"sqlite:///{tmp_path / 'sayso.db'}")
    put: list[tuple[str, Any]] = []
    event.listen(engine, "before_cursor_execute", lambda *told: put.append(told[2:4]))
    with engine.connect() as connection:
        connection.execute(STATEMENTS[name], asked(name, STATEMENTS[name]))
        statement, parameters = put[-1]
        plan = connection.connection.driver_connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)  # type: ignore[union-attr]
        steps = [row[3] for row in plan]
    engine.dispose()
    assert steps
    assert not [step for step in steps if WHOLE.search(step)], steps
