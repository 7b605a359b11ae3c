from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.unit.cli.conftest import Sayso

from sayso import pipeline
from sayso.errors import UsageError
from sayso.ledger import Ledger
from sayso.types import LinkSummary

ENGLISH = "The ministry said on Tuesday that two shells fell on the market of Orvane, and nobody was hurt there."


def waiting(ledger: Path) -> int:
    with Ledger.open(str(ledger), create=False) as held, held.linking() as linking:
        return linking.count_waiting()


def test_it_links_what_waits_and_says_so(sayso: Sayso, ledger: Path) -> None:
    assert waiting(ledger) == 4

    done = sayso("link")

    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr.startswith("sayso: 4 articles linked in ")
    assert waiting(ledger) == 0


def test_linking_once_more_changes_nothing(sayso: Sayso, ledger: Path) -> None:
    sayso("link")
    before = sayso("stories", "--json").stdout

    again = sayso("link")

    assert again.stderr == "sayso: nothing new to link.\n"
    assert sayso("stories", "--json").stdout == before != ""


def test_all_is_linked_again_when_asked_for(sayso: Sayso, ledger: Path) -> None:
    sayso("link")
    before = sayso("stories", "--json").stdout

    again = sayso("link", "--again")

    assert again.stderr.startswith("sayso: 4 articles linked in ")
    assert sayso("stories", "--json").stdout == before


def test_the_summary_counts_in_words(sayso: Sayso, ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def link(held: Ledger, *, again: bool, watch: Callable[[int, int], None]) -> LinkSummary:
        watch(804, 804)
        return LinkSummary(articles=804, stories=512, echoes=1, links=1200, seconds=12.34)

    monkeypatch.setattr(pipeline, "link", link)

    assert sayso("link").stderr == (
        "sayso: 804 articles linked in 12.3 s; the whole ledger now has 512 stories, 1 echo, 1,200 links. "
        "See sayso stories\n"
    )


def test_a_ledger_that_is_not_there_is_wrong_usage(sayso: Sayso, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no ledger at missing\.db"):
        sayso("link", "--ledger", "missing.db")
    assert not list(tmp_path.iterdir())


def test_reading_links_unless_told_not_to(sayso: Sayso, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH)
    (tmp_path / "b.txt").write_text(f"{ENGLISH} So it said.")

    first = sayso("read", "a.txt", "--no-link")
    assert "linked" not in first.stderr
    assert waiting(tmp_path / "sayso.db") == 1

    then = sayso("read", "b.txt")
    assert then.stderr.splitlines()[1].startswith("sayso: 2 articles linked in ")
    assert waiting(tmp_path / "sayso.db") == 0


def test_readings_that_are_only_printed_are_not_linked(sayso: Sayso, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH)

    assert "linked" not in sayso("read", "--json", "a.txt").stderr
    assert "linked" in sayso("read", "--json", "--ledger", "own.db", "a.txt").stderr


def test_a_terminal_sees_a_bar(ledger: Path) -> None:
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "sayso", "link"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=follower) as linking:
        os.close(follower)
        shown = b"".join(iter(lambda: read_terminal(leader), b""))
        assert linking.communicate()[0] == b""
    os.close(leader)

    assert linking.returncode == 0
    assert "4 of 4 articles" in shown.decode().split("sayso: 4 articles linked")[0]


def read_terminal(leader: int) -> bytes:
    try:
        return os.read(leader, 65536)
    except OSError:  # the other end is closed
        return b""
