"""``python -m fuzz``: fuzz every target, or those that are named, and print what was found. Exit 1 where anything was.

Needs the extra fuzz: pip install 'sayso[fuzz]'. ``make fuzz`` installs it apart, and runs this.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from fuzz.targets import TARGETS

API = "api"
ROOT = Path(__file__).parents[1]
HANGS = 20  # times as long as a target's processor time, and ten minutes more, and it is taken to hang


def main() -> int:
    """Do what the arguments ask; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m fuzz", description="Fuzz Sayso with hostile input.")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"of: {', '.join((*TARGETS, API))} (default: all)")
    parser.add_argument(
        "--seconds", type=int, default=600, help="of processor time, for all targets together (default: 600)"
    )
    parser.add_argument("--at-once", type=int, default=1, metavar="N", help="so many at once (default: 1)")
    parser.add_argument("--into", type=Path, default=Path("build/fuzz"), help="keep inputs there (default: build/fuzz)")
    asked = parser.parse_args()
    names = asked.targets or [*TARGETS, API]
    if unknown := [name for name in names if name not in (*TARGETS, API)]:
        parser.error(f"no target {unknown[0]!r}; there are: {', '.join((*TARGETS, API))}")
    for module in ("atheris", "schemathesis"):
        if importlib.util.find_spec(module) is None:
            parser.error(f"{module} is not installed. Install it with: pip install 'sayso[fuzz]', or use: make fuzz")
    each = max(1, asked.seconds // len(names))
    print(f"{'target':9} {'inputs':>9} {'CPU s':>7} {'slowest':>8} {'findings':>8}", flush=True)
    with ThreadPoolExecutor(asked.at_once) as pool:
        found = sum(pool.map(lambda name: _fuzz(name, each, asked.into / name), names))
    print(f"{found} findings." if found else "nothing was found.")
    return 1 if found else 0


def _fuzz(name: str, seconds: int, folder: Path) -> int:
    """Fuzz one target in a process of its own; how much was found."""
    for old in (*folder.glob("finding-*"), *folder.glob("crash-*"), *folder.glob("timeout-*"), *folder.glob("oom-*")):
        old.unlink()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "state.json").unlink(missing_ok=True)
    module = "fuzz.api" if name == API else "fuzz.harness"
    command = [sys.executable, "-m", module, name, str(seconds), str(folder)]
    with (folder / "log").open("wb") as log:
        try:
            with tempfile.TemporaryDirectory(prefix="sayso-fuzz-") as own:  # it may end without clearing up
                run = partial(subprocess.run, cwd=ROOT, stdout=log, stderr=log, env=os.environ | {"TMPDIR": own})
                code = run(command, timeout=HANGS * seconds + 600).returncode
        except subprocess.TimeoutExpired:
            code = -9
    state = _state(folder)
    ended = [*folder.glob("crash-*"), *folder.glob("timeout-*"), *folder.glob("oom-*"), *folder.glob("leak-*")]
    failed = code != 0 and not state["findings"]
    found = int(state["findings"]) + len(ended) or int(failed)
    print(f"{name:9} {state['inputs']:9,} {state['cpu']:7.0f} {state['slowest']:8.2f} {found:8}", flush=True)
    for file in sorted([*folder.glob("finding-*.txt"), *ended]):
        last = file.read_text("utf-8", "replace").strip().splitlines()[-1:] if file.suffix == ".txt" else [file.name]
        print(f"    {file}: {''.join(last)[:160]}")
    if failed and not ended:
        print(f"    it ended with exit code {code}; see {folder / 'log'}")
    return found


def _state(folder: Path) -> dict[str, Any]:
    none = {"inputs": 0, "cpu": 0.0, "slowest": 0.0, "findings": 0}
    try:
        return none | dict(json.loads((folder / "state.json").read_text()))
    except (OSError, ValueError):
        return none


if __name__ == "__main__":
    sys.exit(main())
