from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest
from tests.unit.cli.conftest import Sayso

from sayso.cli.read import FORMATS
from sayso.intake import kinds
from sayso.ledger import Ledger
from sayso.read.heads import EVENTS

ENGLISH = "The ministry said on Tuesday that two shells fell on the market of Orvane, and nobody was hurt there."
RUSSIAN = "Министерство сообщило во вторник, что два снаряда упали на рынок, никто не пострадал, сообщили жители."


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text(ENGLISH)
    (folder / "b.jsonl").write_text(
        "".join(json.dumps({"text": f"{ENGLISH} Row {n}.", "outlet": "The Lantern"}) + "\n" for n in (1, 2))
    )
    (folder / "c.txt").write_text("")
    (folder / "d.txt").write_text(RUSSIAN)
    return folder


def rows(ledger: Path, noun: str) -> list[object]:
    with Ledger.open(str(ledger), create=False) as held:
        return list(getattr(held, noun)())


def test_it_stores_reports_and_says_what_it_did(sayso: Sayso, reports: Path, tmp_path: Path) -> None:
    done = sayso("read", reports)

    assert done.exit_code == 1
    assert done.stdout == ""
    aside, unread, summary, linked = done.stderr.splitlines()
    assert aside.startswith(f"sayso: quarantined {reports}/c.txt: ")
    assert unread == f"sayso: not read, in 'ru': {reports}/d.txt"
    assert summary.startswith("sayso: 3 read; 1 not read, not in English; 1 quarantined. 61 words in ")
    assert summary.endswith(" words/s.")
    assert linked.startswith("sayso: 3 articles linked in ")
    assert [row.outlet for row in rows(tmp_path / "sayso.db", "articles")].count("The Lantern") == 2
    assert len(rows(tmp_path / "sayso.db", "articles")) == 4
    assert len(rows(tmp_path / "sayso.db", "quarantined")) == 1
    assert len(rows(tmp_path / "sayso.db", "claims")) > 0


def test_an_outlet_given_later_is_said_to_change_nothing(sayso: Sayso, reports: Path) -> None:
    sayso("read", reports)
    assert "keeps the outlet" in sayso("read", "--outlet", "The Ferry Post", reports).stderr
    assert "keeps the outlet" not in sayso("read", reports).stderr


def test_an_empty_file_is_no_damage(sayso: Sayso, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    assert sayso("read", tmp_path / "empty.txt").exit_code == 1
    assert sayso("verify").exit_code == 0


def test_a_type_that_there_is_not_is_refused_with_those_there_are(sayso: Sayso, reports: Path) -> None:
    sayso("read", reports)
    refused = sayso("claims", "--type", "assult")
    assert refused.exit_code == 2
    assert all(f"'{kind.lower()}'" in refused.stderr for kind in EVENTS[1:])
    assert sayso("claims", "--type", "assault").exit_code == 0


def test_a_rejected_claim_is_marked_where_it_is_listed(sayso: Sayso, reports: Path) -> None:
    sayso("read", reports)
    claim = json.loads(sayso("claims", "--json", "--limit", "1").stdout)["id"]
    sayso("decide", claim, "reject")
    assert "rejected by a person" in sayso("claims").stdout


def test_reading_again_changes_nothing(sayso: Sayso, reports: Path, tmp_path: Path) -> None:
    sayso("read", reports)
    before = [rows(tmp_path / "sayso.db", noun) for noun in ("articles", "claims", "quarantined")]

    again = sayso("read", reports)

    assert "sayso: 0 read; 4 known already; 1 quarantined.\n" in again.stderr
    assert [rows(tmp_path / "sayso.db", noun) for noun in ("articles", "claims", "quarantined")] == before


def test_json_prints_readings_in_input_order_and_touches_no_ledger(
    sayso: Sayso, reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAYSO_LEDGER", str(tmp_path / "other.db"))

    done = sayso("read", "--json", reports)

    readings = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 1
    assert [r["article"]["location"].removeprefix(f"{reports}/") for r in readings] == [
        "a.txt",
        "b.jsonl#1",
        "b.jsonl#2",
    ]
    assert readings[0]["article"]["text"] == ENGLISH
    assert [path.name for path in tmp_path.iterdir()] == ["reports"]


def test_json_with_a_ledger_prints_known_articles_too(sayso: Sayso, reports: Path, tmp_path: Path) -> None:
    first = sayso("read", "--json", "--ledger", "own.db", reports)
    again = sayso("read", "--json", "--ledger", "own.db", reports)

    assert len(rows(tmp_path / "own.db", "articles")) == 4
    assert first.stdout.count("\n") == 3
    assert again.stdout == first.stdout
    assert "0 read; 4 known already" in again.stderr


def test_jobs_change_nothing_but_the_time(sayso: Sayso, reports: Path) -> None:
    alone = sayso("read", "--json", reports)
    together = sayso("read", "--json", "--jobs", 2, reports)

    assert together.stdout == alone.stdout
    assert together.stderr.splitlines()[0] == alone.stderr.splitlines()[0]
    assert together.exit_code == 1


def test_standard_input_and_what_the_input_does_not_say(sayso: Sayso) -> None:
    done = sayso("read", "--json", "-", "--outlet", "The Lantern", "--published", "2031-03-02", stdin=ENGLISH.encode())

    article = json.loads(done.stdout)["article"]
    assert done.exit_code == 0
    assert (article["outlet"], article["published"], article["text"]) == ("The Lantern", "2031-03-02", ENGLISH)


def test_a_format_overrides_what_the_content_tells(sayso: Sayso, reports: Path) -> None:
    done = sayso("read", "--json", "--format", "text", reports / "b.jsonl")

    assert len(done.stdout.splitlines()) == 1


def test_formats_are_those_of_intake() -> None:
    assert FORMATS == kinds.FORMATS


def test_a_path_that_is_not_there_is_set_aside(sayso: Sayso, reports: Path) -> None:
    done = sayso("read", reports / "nosuch.txt", reports / "a.txt")

    assert done.exit_code == 1
    assert f"quarantined {reports}/nosuch.txt: " in done.stderr
    assert "1 read; 1 quarantined" in done.stderr


def test_a_date_that_is_none_is_wrong_usage(reports: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "sayso", "read", "--published", "last week", reports / "a.txt"],
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert done.returncode == 2
    assert "last week" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_terminal_sees_a_bar(reports: Path) -> None:
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "sayso", "read", str(reports)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=follower) as reading:
        os.close(follower)
        shown = b"".join(iter(lambda: read_terminal(leader), b""))
        assert reading.communicate()[0] == b""
    os.close(leader)

    assert reading.returncode == 1
    assert "words/s" in shown.decode().split("sayso: 3 read")[0]


def read_terminal(leader: int) -> bytes:
    try:
        return os.read(leader, 65536)
    except OSError:  # the other end is closed
        return b""


SAID = {
    **{"text": "text", "html": "HTML", "json": "JSON", "json list": "JSON", "jsonl": "JSONL", "csv": "CSV"},
    **{"parquet": "Parquet", "feed": "RSS and Atom feeds", "gzip": ".gz", "zip": ".zip", "warc": "WARC"},
}


def test_its_help_names_every_kind_that_is_read(sayso: Sayso) -> None:
    told = " ".join(sayso("read", "--help").stdout.split())

    assert SAID.keys() == set(get_args(kinds.Kind))
    assert not [words for words in SAID.values() if words not in told]
