"""Nothing leaves the machine: reading, linking and exporting look up no name and open no connection."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"

WATCHED = """
import sys

def refuse(event, args):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        print("ASKED", event, args, file=sys.stderr, flush=True)
        raise OSError("somebody was asked")

sys.addaudithook(refuse)
from sayso.cli import main
main()
"""


def sayso(*words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", WATCHED, *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300)


def test_reading_linking_and_exporting_ask_nobody(tmp_path: Path) -> None:
    ledger = tmp_path / "sayso.db"
    for words in (
        ("read", EXAMPLES, "--ledger", ledger),
        ("claims", "--ledger", ledger, "--json"),
        ("export", "geojson", "--ledger", ledger, "-o", tmp_path / "out"),
        ("export", "claimreview", "--ledger", ledger, "-o", tmp_path / "out"),
    ):
        done = sayso(*words)
        assert done.returncode == 0, done.stderr
        assert "ASKED" not in done.stderr


def test_the_watch_sees_who_asks() -> None:
    code = WATCHED.replace(
        "from sayso.cli import main\nmain()", "import socket\nsocket.create_connection(('127.0.0.1', 9))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert "ASKED" in done.stderr
    assert done.returncode == 1
