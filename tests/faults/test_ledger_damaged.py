"""Bytes of a ledger that were overwritten: that is told, what is not concerned is read, and nothing is made up."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tests.unit.ledger.builders import set_aside, simple

from sayso import deciding, linking
from sayso.errors import LedgerError
from sayso.ledger import Ledger
from sayso.types import Filters

ARTICLES = 6
LISTINGS: dict[str, Callable[[Ledger], Any]] = {
    "articles": lambda ledger: list(ledger.articles()),
    "claims": lambda ledger: list(ledger.claims()),
    "search": lambda ledger: list(ledger.claims(Filters(about="shells"))),
    "stories": lambda ledger: list(ledger.stories()),
    "links": lambda ledger: list(ledger.links()),
    "claimants": lambda ledger: list(ledger.claimants()),
    "quarantine": lambda ledger: list(ledger.quarantined()),
    "queue": deciding.queue,
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file of a small ledger, in which all is read and linked."""
    path = tmp_path_factory.mktemp("whole") / "sayso.db"
    with Ledger.open(str(path)) as ledger:
        for number in range(ARTICLES):
            ledger.store(*simple(number, outlet=f"Paper {number}"))
        ledger.quarantine(set_aside())
        linking.link(ledger)
        with ledger._engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            assert connection.exec_driver_sql("PRAGMA page_size").scalar() == 4096
    return path.read_bytes()


def told(path: Path, data: bytes) -> dict[str, Any]:
    """What a ledger of these bytes says: each listing, each article, or the words in which it is refused."""
    for beside in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
        beside.unlink(missing_ok=True)
    path.write_bytes(data)
    try:
        ledger = Ledger.open(str(path), create=False)
    except LedgerError as error:
        return {"open": str(error)}
    found: dict[str, Any] = {}
    asks = LISTINGS | {
        simple(n)[0].article.id: lambda ledger, n=n: ledger.article(simple(n)[0].article.id)  # type: ignore[misc]
        for n in range(ARTICLES)
    }
    with ledger:
        for name, ask in asks.items():
            try:
                found[name] = ask(ledger)
            except LedgerError as error:
                found[name] = str(error)
    return found


def is_plain(said: Any) -> bool:
    return isinstance(said, str) and ("is damaged" in said or "is not a ledger" in said or "no ledger at" in said)


def test_a_page_that_was_overwritten(whole: bytes, tmp_path: Path) -> None:
    right = told(tmp_path / "sayso.db", whole)
    assert not [said for said in right.values() if isinstance(said, str)]
    found, shown = 0, 0
    for at in range(0, len(whole), 4096):
        said = told(tmp_path / "sayso.db", whole[:at] + b"\xa5" * 4096 + whole[at + 4096 :])
        refused = {name for name, value in said.items() if isinstance(value, str)}
        assert all(is_plain(said[name]) for name in refused), at
        assert all(said[name] == right[name] for name in said.keys() - refused), f"page {at // 4096} made it say other"
        found += bool(refused)
        shown += any(name not in LISTINGS for name in said.keys() - refused)
    pages = len(whole) // 4096
    assert found > pages // 3, "most pages hold something that is asked for here"
    assert shown > pages // 2, "articles that it does not concern can be read"


def test_bytes_overwritten_anywhere(whole: bytes, tmp_path: Path) -> None:
    """Within a page SQLite sees no damage, but what we packed and what is text does not decode any more."""
    chance = random.Random(20310304)
    refused = 0
    for _ in range(80):
        at = chance.randrange(len(whole) - 64)
        said = told(tmp_path / "sayso.db", whole[:at] + chance.randbytes(64) + whole[at + 64 :])
        reasons = [value for value in said.values() if isinstance(value, str)]
        assert all(is_plain(reason) for reason in reasons), reasons
        refused += bool(reasons)
    assert refused > 5


def test_damage_within_what_is_packed_is_told(whole: bytes, tmp_path: Path) -> None:
    path = tmp_path / "sayso.db"
    path.write_bytes(whole)
    with Ledger.open(str(path)) as ledger:
        first, other = (row.id for row in list(ledger.articles())[:2])
        sha256 = simple(0)[0].article.sha256
        with ledger._writing() as connection:
            connection.exec_driver_sql("UPDATE article SET text = substr(text, 1, 20) WHERE id = ?", (first,))
            connection.exec_driver_sql("UPDATE snapshot SET data = x'789c00' WHERE sha256 = ?", (sha256,))
            connection.exec_driver_sql("UPDATE claim SET figures = '[['")
            connection.exec_driver_sql("UPDATE quarantine SET reason = CAST(x'ff41' AS TEXT)")
        for ask in (
            lambda: ledger.article(first),
            lambda: ledger.data(sha256),
            lambda: list(ledger.claims()),
            lambda: list(ledger.quarantined()),
        ):
            with pytest.raises(LedgerError, match=r"is damaged \(.*sqlite3 .* \.recover"):
                ask()
        assert ledger.article(other).text


@pytest.mark.parametrize(
    "spoiling",
    [
        "UPDATE alembic_version SET version_num = '000' || char(1)",
        "PRAGMA foreign_keys=OFF; DELETE FROM article",
    ],
)
def test_what_does_not_fit_together_is_told(spoiling: str, whole: bytes, tmp_path: Path) -> None:
    path = tmp_path / "sayso.db"
    path.write_bytes(whole)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(spoiling)
    with (
        pytest.raises(LedgerError, match=r"is damaged \(.*sqlite3 .* \.recover"),
        Ledger.open(str(path), create=False) as ledger,
    ):
        linking.link(ledger, again=True)
