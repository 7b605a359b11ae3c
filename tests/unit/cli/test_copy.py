"""``sayso copy``."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from tests.postgres import Server

from sayso.errors import UsageError

Sayso = Callable[..., Result]


@pytest.fixture
def where(postgres: Server) -> Iterator[str]:
    made = postgres.new_ledger()
    yield made
    postgres.take_back(made)


def test_a_ledger_goes_to_a_server_and_back(sayso: Sayso, linked: Path, where: str) -> None:
    there = sayso("copy", linked, where)
    assert there.exit_code == 0
    rows = [line.split() for line in there.stdout.splitlines()]
    assert ["article", "5"] in [row[:2] for row in rows]
    assert all(len(row[2]) == 16 for row in rows)
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)
    assert max(map(len, there.stdout.splitlines())) <= 80
    assert "each table is the same in both." in there.stderr
    back = sayso("copy", where, "back.db")
    assert back.stdout == there.stdout
    for command in ("articles", "claims", "claimants", "stories", "links", "echoes", "warnings", "quarantine"):
        listed = [sayso(command, "--json", "--ledger", ledger).stdout for ledger in (linked, where, "back.db")]
        assert listed[0] == listed[1] == listed[2], command
        assert listed[0], command


def test_commands_take_a_server(sayso: Sayso, where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAYSO_LEDGER", where)
    Path("report.txt").write_text("Mara Lind, the mayor of Orvane, said on Monday that two people had died.")
    assert sayso("read", "report.txt", "--outlet", "Harbour Post").exit_code == 0
    (claim,) = (json.loads(line) for line in sayso("claims", "--about", "died", "--json").stdout.splitlines())
    assert sayso("decide", claim["id"], "confirm").exit_code == 0
    assert sayso("claim", claim["id"][:6]).exit_code == 0
    assert sayso("export", "csv", "-o", "claims.csv").exit_code == 0
    with pytest.raises(UsageError, match=r"no claim 'abc' in postgresql://postgres@/"):
        sayso("claim", "abc")


def test_what_is_full_is_not_written_over(sayso: Sayso, linked: Path, where: str) -> None:
    assert sayso("copy", linked, where).exit_code == 0
    with pytest.raises(UsageError, match="is not empty: it has rows in"):
        sayso("copy", linked, where)


def test_what_is_not_there_is_wrong_usage(sayso: Sayso) -> None:
    with pytest.raises(UsageError, match=r"no ledger at none\.db"):
        sayso("copy", "none.db", "to.db")
    assert not Path("to.db").exists()


def test_a_ledger_is_not_copied_onto_itself(sayso: Sayso, ledger: Path) -> None:
    with pytest.raises(UsageError, match="are the same ledger"):
        sayso("copy", ledger, f"sqlite:///{ledger}")
