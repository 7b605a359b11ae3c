"""Files and folders: which there are, in which order, and opening them without ever having to wait for one."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from sayso.errors import IntakeError
from sayso.intake.stream import read_failure

_SPECIAL = (
    (stat.S_ISFIFO, "a FIFO (named pipe). Pipe it to standard input instead: sayso read - < PATH"),
    (stat.S_ISSOCK, "a socket, not a file"),
    (stat.S_ISCHR, "a device, not a file"),
    (stat.S_ISBLK, "a device, not a file"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A file: where it is, how that is shown, and what is wrong with it if that is known without opening it.

    ``url`` is the address that it was fetched from, and ``charset`` the encoding that the server gave with it.
    """

    path: Path
    location: str
    reason: str | None = None
    url: str | None = None
    charset: str | None = None


def files_in(path: str | Path | Entry) -> Iterator[Entry]:
    """``path`` itself if it is no folder, else all the files in it and its subfolders, each folder's entries sorted by
    name. Symbolic links are followed, but into no folder twice; a folder that cannot be read comes out with the reason.
    """
    waiting, seen = [path if isinstance(path, Entry) else Entry(Path(path), _shown(str(path)))], set()
    while waiting:
        entry = waiting.pop()
        if entry.reason is not None:
            yield entry
            continue
        try:
            status = entry.path.stat()
            if not stat.S_ISDIR(status.st_mode):
                yield entry
                continue
            if (folder := (status.st_dev, status.st_ino)) in seen:
                yield replace(entry, reason="a symbolic link to a folder that was read already, in a circle perhaps")
                continue
            seen.add(folder)
            inside = sorted(entry.path.iterdir(), reverse=True)
        except (OSError, ValueError) as error:
            yield replace(entry, reason=read_failure(error))
            continue
        waiting.extend(Entry(each, f"{entry.location.rstrip('/')}/{_shown(each.name)}") for each in inside)


def _shown(path: str) -> str:
    """``path`` as it was given; bytes of it that are not UTF-8 are written as escapes."""
    return path.encode("utf-8", "backslashreplace").decode("utf-8")


def open_file(entry: Entry, limit: int) -> BinaryIO:
    """The file opened to be read. Raises IntakeError where it is none, is larger than ``limit`` bytes, or cannot be
    opened."""
    if entry.reason is not None:
        raise IntakeError(entry.reason)
    path = entry.path
    try:
        _check_is_file(path.stat().st_mode)
        # Not to hang, should a FIFO take the file's place after the check.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    except (OSError, ValueError) as error:
        raise IntakeError(read_failure(error)) from error
    try:
        status = os.fstat(descriptor)
        _check_is_file(status.st_mode)
        if status.st_size > limit:
            raise IntakeError(
                f"a file of {status.st_size:,} bytes, over the limit file_bytes of {limit:,}. "
                "Split it, or raise the limit"
            )
    except IntakeError:
        os.close(descriptor)
        raise
    return os.fdopen(descriptor, "rb")


def _check_is_file(mode: int) -> None:
    for is_special, what in _SPECIAL:
        if is_special(mode):
            raise IntakeError(f"it is {what}")
