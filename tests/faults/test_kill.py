"""``kill -9`` of ``sayso read`` at random moments: nothing that was reported is lost, nothing is half there."""

from __future__ import annotations

import json
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from sayso.config import Config
from sayso.ledger import Ledger
from sayso.pipeline import run

KILLS = 8  # test_killed_anywhere has the many
ARTICLES = 30
Content = dict[str, tuple[Any, ...]]  # an article's row, reading and claims, by its id


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Short reports, each other than the next, in one file; one row in ten cannot be read."""
    path = tmp_path_factory.mktemp("reports") / "reports.jsonl"
    with path.open("w") as file:
        for n in range(ARTICLES):
            text = (
                f"Ivo Brandt, a spokesman of the ministry, said on Tuesday that {n + 2} shells fell on the market of "
                f"Orvane. “At least {n + 1} people were killed,” he added. Mara Lind denied that her party had fired."
            )
            row = {"text": text, "outlet": "The Lantern", "published": "2031-03-04", "title": f"Shells {n}"}
            file.write(json.dumps(row) + "\n" if n % 10 != 7 else '{"text": \n')
    return path


@pytest.fixture(scope="module")
def undisturbed(reports: Path, tmp_path_factory: pytest.TempPathFactory) -> Content:
    return completed(reports, tmp_path_factory.mktemp("whole") / "sayso.db")


def completed(reports: Path, ledger: Path) -> Content:
    with Ledger.open(str(ledger)) as held:
        run([str(reports)], Config(), held)
    return content(ledger)


def content(ledger: Path) -> Content:
    """What a ledger holds; nothing, where it was not made yet or has only begun to be."""
    with Ledger.open(str(ledger)) as held:
        claims = list(held.claims())
        aside = sorted((row.location, row.sha256, row.reason) for row in held.quarantined())
        found: Content = {"quarantine": tuple(aside)}
        for row in held.articles():
            found[row.id] = (held.article(row.id), tuple(claim for claim in claims if claim.article == row.id))
    return found


def kill_at(moment: random.Random, reports: Path, ledger: Path) -> list[str]:
    """Start to read, and kill it a little after it has reported some number of readings; the ids that it reported."""
    command = [sys.executable, "-m", "sayso", "read", "--json", "--ledger", str(ledger), str(reports)]
    reading = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert reading.stdout
    lines = [reading.stdout.readline() for _ in range(moment.randrange(ARTICLES - 5))]
    time.sleep(moment.random() * (0.05 if lines else 3))  # with no line yet: while it starts and makes the ledger
    reading.send_signal(signal.SIGKILL)
    rest, _ = reading.communicate(timeout=60)
    whole = [line for line in b"".join([*lines, rest]).splitlines(keepends=True) if line.endswith(b"\n")]
    return [json.loads(line)["article"]["id"] for line in whole]


def test_killed_at_any_moment(reports: Path, undisturbed: Content, tmp_path: Path) -> None:
    assert len(undisturbed) == 1 + ARTICLES * 9 // 10
    moment = random.Random(20310304)
    parts = []
    for number in range(KILLS):
        ledger = tmp_path / f"{number}.db"

        reported = kill_at(moment, reports, ledger)

        found = content(ledger)
        assert set(found.pop("quarantine")) <= set(undisturbed["quarantine"])
        assert set(reported) <= set(found), "reported as stored, and gone"
        parts.append(len(found))
        for id in found:
            assert found[id] == undisturbed[id], "half an article"
        assert completed(reports, ledger) == undisturbed
        with sqlite3.connect(ledger) as raw:
            assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        raw.close()
    assert sum(0 < part < ARTICLES * 9 // 10 for part in parts) > KILLS // 2, "most of the kills should come midway"
