"""How much memory a process and those that it started take together, while they run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

_EVERY = 0.05  # seconds
_PROC = Path("/proc")


class Watch:
    """Looks at a process until it is asked for ``peak``: the most that it and its descendants had resident at once, in
    bytes. Pages that they share count for each of them. 0 on systems without Linux's /proc."""

    def __init__(self, pid: int) -> None:
        self._pid, self._peak, self._over = pid, 0, Event()
        self._thread = Thread(target=self._look, daemon=True)
        self._thread.start()

    def peak(self) -> int:
        """End the watch; what it saw."""
        self._over.set()
        self._thread.join()
        return self._peak

    def _look(self) -> None:
        while not self._over.is_set():
            self._peak = max(self._peak, resident(self._pid))
            self._over.wait(_EVERY)


def resident(pid: int) -> int:
    """Bytes of a process and its descendants that are in memory now."""
    return sum(_of_one(one) for one in _family(pid))


def _family(pid: int) -> Iterator[int]:
    yield pid
    for children in _PROC.glob(f"{pid}/task/*/children"):
        for child in _read(children).split():
            yield from _family(int(child))


def _of_one(pid: int) -> int:
    pages = _read(_PROC / str(pid) / "statm").split()
    return int(pages[1]) * os.sysconf("SC_PAGE_SIZE") if pages else 0


def _read(path: Path) -> str:
    try:
        return path.read_text("ascii")
    except OSError:  # it has ended meanwhile
        return ""
