from __future__ import annotations

import getpass
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest
from tests.postgres import PASSWORD, Server, name_in
from tests.unit.cli.conftest import Sayso
from tests.unit.ledger.builders import simple
from tests.unit.tsa import Authority, serving

from sayso.errors import UsageError
from sayso.ledger import Ledger


def spoil(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()


def test_a_ledger_as_it_was_written(sayso: Sayso, ledger: Path) -> None:
    done = sayso("verify")

    assert done.exit_code == 0
    assert done.stdout == ""
    assert "sayso.db: as it was written. 7 log entries, " in done.stderr


def test_a_ledger_on_a_server_is_named_without_the_password(sayso: Sayso, postgres: Server) -> None:
    where = postgres.new_ledger()
    secret = quote(PASSWORD, safe="")
    done = sayso("verify", "--ledger", f"postgresql://postgres:{secret}@127.0.0.1:{postgres.port}/{name_in(where)}")
    postgres.take_back(where)

    assert f"sayso: postgresql://postgres@127.0.0.1:{postgres.port}/{name_in(where)}: as it was written" in done.stderr
    assert secret not in done.output


def test_the_first_broken_link_is_named_and_the_rest_counted(sayso: Sayso, ledger: Path) -> None:
    spoil(ledger, "UPDATE article SET title = 'Another'")
    done = sayso("verify")
    found = json.loads(sayso("verify", "--json").stdout)

    assert done.exit_code == 1
    ids = [json.loads(line)["id"] for line in sayso("articles", "--json").stdout.splitlines()]
    where = found["broken"][0]["where"]
    assert where in [f"article 1, of article {id_}" for id_ in ids]
    assert f"sayso: BROKEN: sayso.db: {where}: not what log entry 2 says that was stored. 4 more" in done.stderr
    assert done.stderr.endswith("sayso: Restore it from a copy; sayso verify --json lists all.\n")
    assert (found["count"], found["broken"][1]["where"].split(",")[0]) == (5, "article 2")


def test_a_ledger_that_is_not_there_is_wrong_usage(sayso: Sayso, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no ledger at"):
        sayso("verify")
    assert sayso("verify", tmp_path / "none.zip").exit_code == 2


def test_what_cannot_be_opened_is_broken(sayso: Sayso, ledger: Path) -> None:
    data = bytearray(ledger.read_bytes())
    data[:16] = b"x" * 16
    ledger.write_bytes(data)
    done = sayso("verify")

    assert done.exit_code == 1
    assert "BROKEN: sayso.db: the file: " in done.stderr


def test_a_hash_that_was_noted(sayso: Sayso, ledger: Path) -> None:
    head = sayso("verify").stderr.split()[-1]

    assert sayso("verify", "--head", head).exit_code == 0
    assert sayso("verify", "--head", head.upper()).exit_code == 0
    assert sayso("verify", "--head", "0" * 64).exit_code == 1
    with pytest.raises(UsageError, match="give all 64 digits of the hash, got "):
        sayso("verify", "--head", head[:8])


def test_a_bundle_goes_out_and_is_checked(sayso: Sayso, ledger: Path, tmp_path: Path) -> None:
    mask = tmp_path / "mask.toml"
    mask.write_text("names = ['Mara Lind']\n")
    done = sayso("export", "bundle", "-o", tmp_path / "case.zip", "--mask", mask)
    ledger.unlink()
    checked = sayso("verify", tmp_path / "case.zip")

    assert done.exit_code == 0
    assert checked.exit_code == 0
    assert "masked: 1 articles are here only as they were to be shown" in checked.stderr
    assert b"Mara Lind" not in (tmp_path / "case.zip").read_bytes()


def test_a_ledger_given_as_a_bundle_is_wrong_usage(sayso: Sayso, ledger: Path) -> None:
    with pytest.raises(UsageError, match=f"sayso verify --ledger {ledger}"):
        sayso("verify", ledger)


def test_a_bundle_that_was_changed(sayso: Sayso, ledger: Path, tmp_path: Path) -> None:
    sayso("export", "bundle", "-o", tmp_path / "case.zip")
    data = (tmp_path / "case.zip").read_bytes()
    (tmp_path / "case.zip").write_bytes(data.replace(b"shells", b"stones", 1))
    done = sayso("verify", tmp_path / "case.zip")

    assert done.exit_code == 1
    assert "BROKEN" in done.stderr


def test_a_mask_that_is_not_understood_is_wrong_usage(sayso: Sayso, ledger: Path, tmp_path: Path) -> None:
    (tmp_path / "mask.toml").write_text("name = 1")
    with pytest.raises(UsageError, match="unknown list 'name'"):
        sayso("export", "csv", "--mask", tmp_path / "mask.toml")


def test_a_stamp_is_asked_for_and_checked(sayso: Sayso, ledger: Path, tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    with serving(lambda query: (200, authority.answer(query))) as url:
        done = sayso("stamp", url, "--ca", authority.root)
    checked = sayso("verify", "--ca", authority.root)

    assert done.stderr.startswith("sayso: log entry 7 stamped by CN=Clock of Kestavia at 20")
    assert checked.exit_code == 0
    assert "signature checked" in checked.stderr
    assert "1 time stamp;" in checked.stderr


def test_who_did_it_is_whoever_is_logged_in_or_decides(sayso: Sayso, ledger: Path) -> None:
    with Ledger.open(str(ledger)) as held:
        claim = next(held.claims()).id
        held.store(*simple(50))
    sayso("decide", claim, "confirm", "--by", "ivo")
    sayso("export", "csv")
    with Ledger.open(str(ledger)) as held, held.reading_all() as connection:
        told = connection.exec_driver_sql("SELECT what, who FROM log ORDER BY key DESC LIMIT 3").all()

    assert [tuple(row) for row in told] == [
        ("exported", getpass.getuser()),
        ("decided", "ivo"),
        ("stored", "unnamed"),
    ]
