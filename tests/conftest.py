"""Both databases: whoever asks for ``db_url`` runs once with each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.postgres import NoServerError, Server

NewLedger = Callable[[], str]


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server."""
    try:
        server = Server()
    except NoServerError as error:
        pytest.skip(str(error))
    yield server
    server.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def new_ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[NewLedger]:
    """Makes another empty ledger with each call, and gives its file or URL."""
    if request.param == "sqlite":
        names = iter(range(1000))
        yield lambda: str(tmp_path / f"{next(names)}.db")
        return
    server: Server = request.getfixturevalue("postgres")
    made: list[str] = []

    def new() -> str:
        made.append(server.new_ledger())
        return made[-1]

    yield new
    for where in made:
        server.take_back(where)


@pytest.fixture
def db_url(new_ledger: NewLedger) -> str:
    """An empty ledger: the file or URL that names it."""
    return new_ledger()
