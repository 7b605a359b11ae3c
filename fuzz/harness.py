"""One target under atheris, in a process of its own: ``python -m fuzz.harness TARGET SECONDS FOLDER``.

Coverage leads it: what of Sayso's code an input reaches decides what is tried next. It goes on after a finding; one is
told from the next by its error and by where in Sayso it was raised. Each is kept in FOLDER as the input and its
traceback. ``state.json`` there says how far it is, for whoever started it. SECONDS are of processor time.
"""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["sayso"]):
    from fuzz.targets import SECONDS, TARGETS, PagesHere

KEPT = 20  # findings of one target


class Watched:
    """``check``, whose failures are kept, and whose inputs are counted."""

    def __init__(self, check: Callable[[bytes], None], folder: Path, seconds: float) -> None:
        self._check, self._folder, self._until = check, folder, time.process_time() + seconds
        self._findings: set[str] = set()
        self._inputs, self._told, self._slowest = 0, 0.0, 0.0

    def __call__(self, data: bytes) -> None:
        began = time.process_time()
        try:
            self._check(data)
        except Exception as error:
            self._keep(_where(error), data, traceback.format_exc())
        took = time.process_time() - began
        if took > SECONDS:
            self._keep(f"slow {int(took // SECONDS)}", data, f"{took:.1f} s of processor time")
        self._inputs += 1
        self._slowest = max(self._slowest, took)
        over = time.process_time() > self._until
        if over or time.monotonic() - self._told > 1:
            self._tell()
        if over:
            os._exit(0)  # atheris would go on

    def _keep(self, what: str, data: bytes, said: str) -> None:
        if what in self._findings or len(self._findings) >= KEPT:
            return
        self._findings.add(what)
        name = f"finding-{len(self._findings)}"
        (self._folder / f"{name}.bin").write_bytes(data)
        (self._folder / f"{name}.txt").write_text(said, "utf-8", "backslashreplace")
        self._tell()

    def _tell(self) -> None:
        self._told = time.monotonic()
        state = {"inputs": self._inputs, "findings": len(self._findings), "cpu": time.process_time()}
        state["slowest"] = self._slowest
        (self._folder / "state.json").write_text(json.dumps(state))


def _where(error: Exception) -> str:
    frames = [f for f in traceback.extract_tb(error.__traceback__) if "/sayso/" in f.filename or "/fuzz/" in f.filename]
    return f"{type(error).__name__} at {frames[-1].filename}:{frames[-1].lineno}"


def main(name: str, seconds: str, folder: str) -> None:
    """Fuzz the target ``name``; this ends the process."""
    target, kept = TARGETS[name], Path(folder)
    corpus = kept / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(target.seeds()):
        (corpus / f"seed-{number}").write_bytes(seed)
    sys.modules["sayso.intake.receive"].PageReader = PagesHere  # type: ignore[attr-defined]
    options = [
        f"-max_len={target.longest}",
        f"-timeout={int(6 * SECONDS)}",
        "-rss_limit_mb=3000",
        f"-artifact_prefix={kept}/",
        "-print_final_stats=0",
        "-verbosity=0",
    ]
    atheris.Setup([sys.argv[0], *options, str(corpus)], Watched(target.prepare(), kept, float(seconds)))
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
