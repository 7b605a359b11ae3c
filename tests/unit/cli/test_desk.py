from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from tests.unit.cli.conftest import Sayso

from sayso import desk
from sayso.desk.serving import listen
from sayso.errors import UsageError


def test_it_serves_the_ledger_until_it_is_interrupted(made_once: Path, tmp_path: Path) -> None:
    words = ["-m", "sayso", "desk", "--ledger", str(made_once), "--port", "0", "--no-open"]
    running = subprocess.Popen(
        [sys.executable, *words], cwd=tmp_path, stderr=subprocess.PIPE, text=True, env=os.environ
    )
    with running:
        said = running.stderr.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+/", said).group()
        with urllib.request.urlopen(f"{address}api/home", timeout=60) as answer:
            assert b'"articles"' in answer.read()
        running.send_signal(signal.SIGINT)
        assert running.wait(60) == 0
        assert running.stderr.read() == ""


def test_a_missing_extra_names_the_command_that_installs_it(
    sayso: Sayso, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(desk, "_NEEDED", ("fastapi", "no_such_module"))
    with pytest.raises(
        UsageError, match=re.escape("no_such_module, not installed here. Install it with: pip install 'sayso[desk]'")
    ):
        sayso("desk", "--no-open")


def test_what_is_no_ledger_is_said_at_once(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("no ledger at all, but long enough to be read as one" * 20)
    with pytest.raises(Exception, match=r"not a ledger"), listen(str(path), 0):
        pass


def test_a_port_that_is_taken_is_said_and_another_is_found_where_none_was_asked_for(
    made_once: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=f"port {port}"), listen(str(made_once), port):
            pass
        monkeypatch.setattr("sayso.desk.serving.PORT", port)
        with listen(str(made_once), None) as listening:
            assert listening.at.getsockname()[1] != port


def test_a_ledger_that_is_not_there_yet_is_no_mistake(tmp_path: Path) -> None:
    with listen(str(tmp_path / "none.db"), 0) as listening:
        assert listening.address.startswith("http://127.0.0.1:")
