"""Writes what the demo prints into README.md. Run it after a change to what is read, linked or shown: ``make docs``."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
SHOWN = ("One claim, in its exact words:", "One event, as all sides tell it:")  # the parts that README shows
WIDTH = "80"

_BLOCK = re.compile(r"(?<=<!-- demo -->\n).*?(?=<!-- /demo -->)", re.DOTALL)
_PART = re.compile(r"^\n(?P<title>[^\n]+)\n(?=\$ sayso )", re.MULTILINE)


def page() -> str:
    """README.md as it should be now."""
    return _BLOCK.sub(lambda _: _block(_demo()), README.read_text("utf-8"))


def _demo() -> str:
    """What ``make demo`` prints, at the width of README."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("SAYSO_")}
    with TemporaryDirectory() as folder:
        done = subprocess.run(
            ["examples/demo.sh", str(Path(sys.executable).with_name("sayso")), f"{folder}/demo.db"],
            cwd=ROOT,
            env={**own, "COLUMNS": WIDTH},
            stdout=subprocess.PIPE,
            encoding="utf-8",
            check=True,
        )
    return done.stdout


def _block(printed: str) -> str:
    """The parts of the demo that README shows, with … for the others. KeyError where the demo has no such part."""
    pieces = _PART.split(printed)
    parts = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    parts[pieces[-2]] = pieces[-1].rpartition("\nThe ledger is ")[0]
    shown = "\n…\n\n".join(f"{title}\n{parts[title].strip()}\n" for title in SHOWN)
    lines = [line.rstrip() for line in shown.splitlines()]
    return "\n".join(["```text", "$ make demo", "…", "", *lines, "```", ""])


if __name__ == "__main__":
    README.write_text(page(), "utf-8")
