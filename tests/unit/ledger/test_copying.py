"""A whole ledger copied into another one, in each direction between the databases."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, select, text
from tests.unit.ledger.builders import NEWER, received, set_aside, simple

from sayso import deciding, linking
from sayso.errors import LedgerError, UsageError
from sayso.ledger import Judgement, Ledger, copying
from sayso.ledger.schema import exchange, snapshot, stamp, tables
from sayso.media_types import FileSays, KeyFrame, Look, MediaFile, Sighting
from sayso.types import Correction, Filters


def fill(ledger: Ledger) -> None:
    """Something in every table, and numbers that leave gaps."""
    for number in range(1, 6):
        ledger.store(*simple(number, claimant=("the ministry", "Zoë Ærne")[number % 2]))
    item, reading = simple(2, provenance=NEWER)
    ledger.store(item, reading)
    ledger.store(received("Кто-то сказал \x00 \ud83d.", location="other.txt"), None)
    ledger.quarantine(set_aside("reports/\x1b[31mbad\x00.txt", "it is empty"))
    linking.link(ledger)
    linking.add_body(ledger, "Harbour Post")
    claims = list(ledger.claims())
    deciding.decide(ledger, Judgement("confirm", claims[0].id, "mara"))
    deciding.decide(ledger, Judgement("correct", claims[1].id, "mara", correction=Correction(stance="denies")))
    deciding.decide(ledger, Judgement("same-party", "Zoë Ærne", "ivo", "the ministry"))
    with ledger._writing() as connection:
        connection.execute(insert(stamp), {"key": 40, "log_key": 2, "authority": "x", "token": bytes(range(256))})
        held = connection.execute(select(snapshot.c.sha256).limit(1)).scalar_one()
        asked = {"key": 7, "url": "https://example.org/é", "at": "2031-01-01", "status": 200, "sha256": held}
        connection.execute(insert(exchange), asked)
    frame = KeyFrame(1.5, "0f" * 32, 90)
    looked = Look(640, 480, 3.0, (frame,), FileSays(), None, b"small", None, "{}")
    file = MediaFile(hashlib.sha256(b"a film").hexdigest(), "mp4", 6, b"a film")
    ledger.attach(file, looked, Sighting(claims[0].article, claims[0].id, None, "é.mp4", "mara"))
    with ledger.media(writing=True) as media:
        media.cite(claims[0].article, [("picture", "https://example.org/é.jpg")])


def contents(ledger: Ledger) -> dict[str, list[tuple[object, ...]]]:
    with ledger._reading() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in tables.sorted_tables
        }


@pytest.fixture
def full(tmp_path: Path) -> Ledger:
    ledger = Ledger.open(str(tmp_path / "full.db"))
    fill(ledger)
    return ledger


def test_a_ledger_goes_there_and_back_row_for_row(full: Ledger, new_ledger: Callable[[], str], tmp_path: Path) -> None:
    where = new_ledger()
    told: list[tuple[int, int]] = []
    with full, Ledger.open(where) as there, Ledger.open(str(tmp_path / "back.db")) as back:
        copied = copying.copy(full, there, lambda done, total: told.append((done, total)))
        assert copying.copy(there, back) == copied
        before = contents(full)
        assert contents(there) == contents(back) == before
        empty = {name for name, rows in before.items() if not rows}
        assert empty <= {"echo", "link", "warning", "alike"}
        assert [(c.name, c.rows) for c in copied] == [(name, len(rows)) for name, rows in before.items()]
        assert told[-1] == (sum(c.rows for c in copied),) * 2
        for ledger in (there, back):
            assert list(ledger.claims(Filters(about="shells orvane"))) == list(full.claims(Filters(about="shells")))


def test_a_copy_goes_on_like_the_ledger_that_it_is_of(full: Ledger, new_ledger: Callable[[], str]) -> None:
    with full, Ledger.open(new_ledger()) as there:
        copying.copy(full, there)
        for ledger in (full, there):
            ledger.store(*simple(77))
            linking.link(ledger)
            made = deciding.decide(ledger, Judgement("reject", next(ledger.claims()).id, "ivo"))
            assert made.id == 4
        assert list(there.claims()) == list(full.claims())
        assert list(there.stories()) == list(full.stories())
        numbers = [
            [row.key for name in ("article", "reading", "linked") for row in _rows(ledger, name)]
            for ledger in (full, there)
        ]
        assert numbers[0] == numbers[1]


def _rows(ledger: Ledger, name: str) -> list[object]:
    with ledger._reading() as connection:
        return list(connection.execute(select(tables.tables[name]).order_by(tables.tables[name].c.key)))


def test_a_ledger_that_holds_something_is_not_written_over(full: Ledger, new_ledger: Callable[[], str]) -> None:
    with full, Ledger.open(new_ledger()) as there:
        there.quarantine(set_aside())
        with pytest.raises(UsageError, match="is not empty: it has rows in quarantine"):
            copying.copy(full, there)
        assert len(list(there.quarantined())) == 1
        assert list(there.articles()) == []


def test_a_copy_that_is_cut_off_leaves_an_empty_ledger(full: Ledger, new_ledger: Callable[[], str]) -> None:
    where = new_ledger()

    def cut(done: int, total: int) -> None:
        if done > total / 2:
            raise KeyboardInterrupt

    with full:
        with Ledger.open(where) as there, pytest.raises(KeyboardInterrupt):
            copying.copy(full, there, cut)
        with Ledger.open(where) as there:
            assert [name for name, rows in contents(there).items() if rows] == [*("log", "log_head", "sayso_upgrade")]
            copying.copy(full, there)
            assert contents(there) == contents(full)


def test_what_did_not_come_out_the_same_is_not_kept(
    full: Ledger, new_ledger: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def meddle(connection: Connection, _: object) -> None:
        connection.execute(text("UPDATE article SET location = 'elsewhere' WHERE key = 1"))

    monkeypatch.setattr(copying, "settle_keys", meddle)
    with full, Ledger.open(new_ledger()) as there:
        with pytest.raises(LedgerError, match="article did not come out the same: 6 rows"):
            copying.copy(full, there)
        assert list(there.articles()) == []


def test_a_damaged_ledger_is_named_and_not_its_copy(full: Ledger, new_ledger: Callable[[], str]) -> None:
    with full, Ledger.open(new_ledger()) as there:
        with full.writing_all() as connection:
            connection.execute(text("UPDATE article SET location = CAST(x'ff' AS TEXT) WHERE key = 1"))
        with pytest.raises(LedgerError, match=r"full\.db is damaged"):
            copying.copy(full, there)


def test_sqlite_is_asked_for_what_it_holds_only(full: Ledger, tmp_path: Path) -> None:
    """The copy is a database as any other: sound, and with all its references."""
    with full, Ledger.open(str(tmp_path / "copy.db")) as there:
        copying.copy(full, there)
    with sqlite3.connect(tmp_path / "copy.db") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()
