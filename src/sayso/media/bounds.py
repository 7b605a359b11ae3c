"""Processes for hostile input: started with a bound on their time, and bound by the system to what they need."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Timer
from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class Ended:
    """What a process wrote until it ended, or was ended because it was ``overdue``, or wrote too much."""

    out: bytes
    code: int
    overdue: bool


def run(module: str, argument: str, stdin: BinaryIO, seconds: float, most: int) -> Ended:
    """Run ``python -m module argument`` with the file ``stdin`` as its standard input, for at most so many seconds, and
    read at most so many bytes of what it writes. Nothing in the current folder is taken for a module."""
    command = [sys.executable, "-P", "-m", module, argument]
    overdue = Event()
    with subprocess.Popen(command, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:

        def end() -> None:
            overdue.set()
            process.kill()

        timer = Timer(seconds, end)
        timer.start()
        try:
            assert process.stdout is not None
            out = process.stdout.read(most)
            if len(out) == most:
                process.kill()
            code = process.wait()
        finally:
            timer.cancel()
            timer.join()
            process.kill()
    return Ended(out, code, overdue.is_set())


def bind(seconds: float, memory: int) -> None:
    """Hold this process to so many seconds of work and so many more bytes of memory, and let it open nothing any more:
    no file, no connection. Windows has no such bounds; there, only its time is bounded, by whoever started it."""
    try:
        import resource
    except ImportError:
        return
    bounds = {
        resource.RLIMIT_AS: memory + _address_space(),
        resource.RLIMIT_CPU: int(seconds) + 1,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 0,
    }
    for which, most in bounds.items():
        resource.setrlimit(which, (most, most))


def _address_space() -> int:
    """Bytes of address space that are taken already, by libraries for the most part."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 1 << 30
