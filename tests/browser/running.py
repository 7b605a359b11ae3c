"""Running the real ``sayso desk``, and a Chromium that asks nobody for anything of its own."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"

CHROMIUM = shutil.which("chromium")
QUIET = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DRAWN_BY_HAND = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist")
"""WebGL without a graphics card, which the map that can be moved needs."""

_ADDRESS = re.compile(r"http://\S+")


def sayso(ledger: Path, *words: str) -> None:
    subprocess.run([_command(), *words], env=_own(ledger), check=True, capture_output=True)


@dataclass(frozen=True, slots=True)
class Reading:
    """Reports that are being read into a ledger, meanwhile."""

    ledger: Path
    running: subprocess.Popen[str]

    def done(self) -> Path:
        """The ledger, when all is read and linked."""
        _, said = self.running.communicate()
        assert self.running.returncode == 0, said
        return self.ledger


@contextmanager
def reading(ledger: Path, reports: Path) -> Iterator[Reading]:
    command = [_command(), "read", str(reports)]
    with subprocess.Popen(command, env=_own(ledger), stderr=subprocess.PIPE, encoding="utf-8") as running:
        yield Reading(ledger, running)
        running.kill()  # where no test waited for it


@contextmanager
def desk(ledger: Path) -> Iterator[str]:
    """The address of a desk that is running for ``ledger``, as it tells its user, at a port that was free."""
    command = [_command(), "desk", "--ledger", str(ledger), "--port", "0", "--no-open"]
    with subprocess.Popen(command, env=_own(ledger), stderr=subprocess.PIPE, encoding="utf-8") as running:
        assert running.stderr is not None
        said = running.stderr.readline()
        found = _ADDRESS.search(said)
        try:
            assert found, said + running.stderr.read()
            yield found[0]
        finally:
            running.send_signal(signal.SIGINT)  # as Ctrl-C does
            assert running.wait(20) == 0, running.stderr.read()


def _command() -> str:
    return str(Path(sys.executable).with_name("sayso"))


def _own(ledger: Path) -> dict[str, str]:
    """The environment, with nothing of the user's own settings in it."""
    theirs = {name: value for name, value in os.environ.items() if not name.startswith("SAYSO_")}
    places = ledger.with_name("places.tsv")
    return {**theirs, "SAYSO_LEDGER": str(ledger), "SAYSO_PLACES": str(places) if places.exists() else ""}


def read_examples(ledger: Path) -> None:
    """The example reports, read and linked as a user would."""
    sayso(ledger, "places", "add", str(EXAMPLES / "places.csv"), "--to", str(ledger.with_name("places.tsv")))
    sayso(ledger, "read", str(EXAMPLES / "reports"))
