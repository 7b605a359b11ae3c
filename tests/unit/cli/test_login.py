"""Who acts where the machine does not know the user's name, as a container does not."""

from __future__ import annotations

import getpass
from pathlib import Path

import pytest
from tests.unit.cli.conftest import Sayso

from sayso.acting import login_name
from sayso.errors import UsageError
from sayso.ledger import Ledger


@pytest.fixture(params=[OSError, KeyError, ImportError])
def nameless(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown() -> str:
        raise request.param("no such user")

    monkeypatch.setattr(getpass, "getuser", unknown)
    monkeypatch.delenv("SAYSO_USER", raising=False)


@pytest.mark.usefixtures("nameless")
def test_without_a_login_name_a_command_says_how_to_give_one(sayso: Sayso, ledger: Path) -> None:
    with Ledger.open(str(ledger)) as held:
        claim = next(held.claims()).id
    with pytest.raises(UsageError, match="--by USER"):
        sayso("decide", claim, "confirm")
    with pytest.raises(UsageError, match="SAYSO_USER=NAME sayso desk"):
        sayso("desk", "--no-open")


@pytest.mark.usefixtures("nameless")
def test_without_a_login_name_the_log_says_unnamed(sayso: Sayso, ledger: Path) -> None:
    assert login_name() is None
    sayso("export", "csv")
    with Ledger.open(str(ledger)) as held, held.reading_all() as connection:
        assert connection.exec_driver_sql("SELECT who FROM log ORDER BY key DESC LIMIT 1").scalar() == "unnamed"
