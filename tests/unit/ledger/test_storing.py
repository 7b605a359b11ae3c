"""Many articles in one transaction: the ledger is as if each had been stored by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.postgres import Server
from tests.unit.ledger.builders import NEWER, Builder, received

from sayso.errors import LedgerError
from sayso.ledger import Ledger, storing
from sayso.ledger.storing import Item
from sayso.types import Filters


def items() -> list[Item]:
    found: list[Item] = [(received("Кто-то сказал.", location="other.txt"), None)]
    for number in range(1, 6):
        item = received(
            f"Report {number}.\n\nMara Lind said that {number} shells fell on Orvane.", location=f"{number}.txt"
        )
        build = Builder(item)
        build.says("Mara Lind", f"that {number} shells fell on Orvane", cue="said")
        found.append((item, build.reading))
    return found


def content(ledger: Ledger) -> list[object]:
    rows = list(ledger.articles())
    found = [ledger.article(row.id) for row in rows]
    data = [ledger.data(read["article"]["sha256"]) for _, read, _ in found if read]
    return [
        rows,
        found,
        data,
        list(ledger.claims()),
        list(ledger.claimants()),
        list(ledger.claims(Filters(about="shells"))),
    ]


@pytest.fixture
def one_by_one(tmp_path: Path) -> Iterator[list[object]]:
    with Ledger.open(str(tmp_path / "one.db")) as ledger:
        assert all(ledger.store(*item) for item in items())
        yield content(ledger)


def test_all_at_once_is_one_by_one(tmp_path: Path, one_by_one: list[object]) -> None:
    with Ledger.open(str(tmp_path / "all.db")) as ledger:
        assert ledger.store_all(items()) == 6
        assert content(ledger) == one_by_one


def test_what_is_there_is_not_stored_again(tmp_path: Path, one_by_one: list[object]) -> None:
    with Ledger.open(str(tmp_path / "all.db")) as ledger:
        ledger.store(*items()[2])
        assert ledger.store_all([*items(), items()[3]]) == 5
        assert ledger.store_all(items()) == 0
        assert sorted(map(str, content(ledger)[0])) == sorted(map(str, one_by_one[0]))  # type: ignore[call-overload]


def test_another_reading_is_added(tmp_path: Path) -> None:
    from dataclasses import replace

    with Ledger.open(str(tmp_path / "all.db")) as ledger:
        ledger.store_all(items())
        again = [(item, read and replace(read, provenance=NEWER)) for item, read in items()]
        assert ledger.store_all(again) == 5
        assert len(list(ledger.claims())) == 5, "of each article the latest reading"


def test_wrong_bytes_are_refused_and_nothing_is_stored(tmp_path: Path) -> None:
    from dataclasses import replace

    (item, read), *others = items()
    with Ledger.open(str(tmp_path / "all.db")) as ledger:
        with pytest.raises(ValueError, match="do not have the hash"):
            ledger.store_all([*others, (replace(item, data=b"other"), read)])
        assert list(ledger.articles()) == []


def test_by_copy_it_is_the_same(one_by_one: list[object]) -> None:
    """On a server rows go by COPY, and articles that are stored afterwards get keys that are free."""
    postgres = pytest.importorskip("tests.postgres", reason="no ledger in PostgreSQL in this version")
    try:
        server = postgres.Server()
    except postgres.NoServerError as error:
        pytest.skip(str(error))
    try:
        with Ledger.open(server.new_ledger()) as ledger:
            assert ledger.store_all(items()[:4]) == 4
            assert all(ledger.store(*item) for item in items()[4:])
            assert content(ledger) == one_by_one
    finally:
        server.close()


def test_what_fails_while_rows_go_by_copy_is_told(postgres: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    where = postgres.new_ledger()
    with Ledger.open(where) as ledger:
        monkeypatch.setattr(storing, "are_new", lambda *_: True)
        ledger.store_all(items())
        with pytest.raises(LedgerError, match=r"duplicate key.* What was reported as stored is safe\."):
            ledger.store_all(items())
    postgres.take_back(where)
