"""The desk over a ledger in PostgreSQL: the same pages, and what it keeps beside a file kept in the user's folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from fastapi.testclient import TestClient
from tests.postgres import Server, name_in
from tests.unit.desk.conftest import client
from tests.unit.desk.test_bringing import TEXT, finished, opened, send
from tests.unit.desk.test_pages import crawl

from sayso.config import Config, data_folder
from sayso.desk.accounts import Accounts
from sayso.desk.held import Desk
from sayso.desk.serving import Served, listen
from sayso.errors import LedgerError, NotThereError, UsageError
from sayso.ledger import Ledger, copying


@pytest.fixture(scope="module")
def served(postgres: Server, demo_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The example reports, in PostgreSQL."""
    where = postgres.new_ledger()
    with Ledger.open(str(demo_path)) as held, Ledger.open(where) as there:
        copying.copy(held, there)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        yield from client(where)  # type: ignore[arg-type]  # a URL will do
    postgres.drop(where)


@pytest.fixture
def empty(postgres: Server) -> Iterator[str]:
    where = postgres.new_database()
    yield where
    postgres.drop(where)


def test_every_page_is_there(served: TestClient, demo: TestClient) -> None:
    assert crawl(served).keys() == crawl(demo).keys()


def test_everything_is_answered_as_over_a_file(served: TestClient, demo: TestClient) -> None:
    """Each page's address, and each listing in each order, as JSON."""
    addresses = [address for address in crawl(demo) if address != "/" and not address.startswith(("/export", "/bring"))]
    sorts = re.findall(r'"enum":\s*\[([^]]*)\]', demo.get("/api/openapi.json").text)
    orders = {word for words in sorts for word in re.findall(r'"(\w+)"', words)} | {"newest", "oldest", "contested"}
    addresses += [f"/{name}?sort={order}" for name in ("claims", "stories", "articles") for order in sorted(orders)]
    answered = 0
    for address in addresses:
        one, other = (asked.get(f"/api{address}") for asked in (demo, served))
        assert one.status_code == other.status_code, address
        if one.status_code == 200:
            assert one.content == other.content, address
            answered += 1
    assert answered > 20


CURSORS = ["WyJ4IiwgIngiLCAxXQ", "WzEsIDIsIDNd", "WyJhIiwiYiIsIHRydWVd", "WyJhIiwiYiIsMWUzMDBd", "WyJhIiwiYiIsTmFOXQ"]


@pytest.mark.parametrize("cursor", CURSORS)
@pytest.mark.parametrize("listing", ["claims", "articles", "links", "decisions", "quarantine"])
def test_a_cursor_that_nobody_gave_is_refused_or_read_alike(
    served: TestClient, demo: TestClient, listing: str, cursor: str
) -> None:
    one, other = (asked.get(f"/api/{listing}", params={"cursor": cursor}) for asked in (demo, served))
    assert one.status_code == other.status_code in (200, 400)
    assert one.content == other.content


def test_reports_are_brought_into_an_empty_database(empty: str) -> None:
    for desk in opened(empty):  # type: ignore[arg-type]  # a URL will do
        assert "postgresql://postgres@/" in desk.get("/").text
        job = finished(desk, send(desk, text=TEXT, outlet="The Harbour Post", published="2031-03-02"))
        assert job["counts"] == {"read": 1}
        assert desk.get("/api/claims").json()["claims"]
    kept = sorted(path.name for path in (data_folder() / "desk").iterdir())
    assert any(re.fullmatch(rf".*{name_in(empty)}.*-[0-9a-f]{{8}}\.incoming", name) for name in kept)


def test_accounts_are_in_the_users_folder(empty: str, postgres: Server) -> None:
    Ledger.open(empty).close()
    accounts = Accounts.of(Desk(empty).path)
    accounts.add("mara", "admin", "a password of some length")
    (file,) = (data_folder() / "desk").glob("*.accounts")
    assert file.stat().st_mode & 0o077 == 0
    assert not Accounts.of(Desk(postgres.url("other")).path).listed()
    with listen(Config(ledger=empty), Served(user="ivo", port=0)) as listening:
        assert listening.key is None, "everybody logs in"
    accounts.remove("mara")


def test_what_is_wrong_is_said_where_it_was_named(postgres: Server, empty: str) -> None:
    served = Served(user="mara", port=0)
    with pytest.raises(UsageError, match="there is no database"), listen(Config(ledger=postgres.url("none")), served):
        pass
    with (
        pytest.raises(LedgerError, match="cannot be reached"),
        listen(Config(ledger="postgresql://127.0.0.1:1/x"), served),
    ):
        pass

    with psycopg.connect(empty) as connection:
        connection.execute("CREATE TABLE book (title text)")
    with pytest.raises(NotThereError, match="not a Sayso ledger"), listen(Config(ledger=empty), served):
        pass
