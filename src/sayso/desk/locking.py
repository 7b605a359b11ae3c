"""A lock on a file: one process has it at a time, and it ends with that process, however that ends."""

from __future__ import annotations

import os
import sys
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _lock(at: int) -> None:
        msvcrt.locking(at, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(at: int) -> None:
        fcntl.flock(at, fcntl.LOCK_EX | fcntl.LOCK_NB)


def locked(path: Path) -> int | None:
    """The file at ``path``, which is made where it isn't there, as a descriptor that has the lock until it is closed;
    None where another has it. OSError where there can be no such file, or none that can be locked."""
    at = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(at)
    except (BlockingIOError, PermissionError):  # as Linux and macOS, and as Windows says that another has it
        os.close(at)
        return None
    except OSError:
        os.close(at)
        raise
    return at
