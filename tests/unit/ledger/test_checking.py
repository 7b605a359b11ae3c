"""What is a finding, and what keeps one from looking."""

from __future__ import annotations

import sqlite3

import pytest
from sqlalchemy.exc import OperationalError

from sayso.ledger.checking import Broken, Findings


def raising(error: Exception) -> Findings:
    def check() -> None:
        raise error

    found = Findings()
    found.look("article 1", check)
    return found


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ValueError("cut off\nmore"), "ValueError: cut off"),
        (AssertionError(), "AssertionError"),
        (ValueError("\n"), "ValueError: "),
    ],
)
def test_whatever_damage_makes_fail_is_told_in_a_line(error: Exception, said: str) -> None:
    assert raising(error).broken == [Broken("article 1", f"cannot be looked at: {said}")]


def from_sqlite(name: str) -> OperationalError:
    said = sqlite3.OperationalError(name.lower())
    said.sqlite_errorname = name
    return OperationalError("SELECT 1", None, said)


@pytest.mark.parametrize("name", ["SQLITE_CORRUPT_VTAB", "SQLITE_ERROR"])
def test_damage_that_sqlite_tells_of_is_a_finding(name: str) -> None:
    assert raising(from_sqlite(name)).count == 1


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        from_sqlite("SQLITE_BUSY"),
        from_sqlite("SQLITE_IOERR_READ"),
        OperationalError("SELECT 1", None, Exception("server closed the connection"), connection_invalidated=True),
    ],
)
def test_what_says_nothing_of_a_row_is_no_finding(error: Exception) -> None:
    with pytest.raises(type(error)):
        raising(error)
