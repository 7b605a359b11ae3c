"""Files that other programs read: put into their place when complete, and harmless whatever the texts in them say.

A spreadsheet runs a cell that starts with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return as a formula; a
browser runs a script where a JSON text within a page ends that page's ``<script>``; an editor shows a line that a
right-to-left override turns round as what it does not say. What reports say is not ours to trust.
"""

from __future__ import annotations

import errno
import io
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import Any, BinaryIO

from sayso.errors import SaysoError, UsageError

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NO_PLACE = {
    errno.ENOENT,
    errno.ENOTDIR,
    errno.EISDIR,
    errno.EACCES,
    errno.EPERM,
    errno.EROFS,
    errno.ENAMETOOLONG,
    errno.ELOOP,
}
# What ends a <script>, moves a cursor, ends a line or turns one round: JSON has an escape for each.
_TOUCHY = re.compile("[<\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def defused(text: str) -> str:
    """``text`` for a cell of CSV: an apostrophe in front of what a spreadsheet would run."""
    return "'" + text if text.startswith(_FORMULA) else text


def encodable(text: str) -> str:
    """``text`` without halves of surrogate pairs, which UTF-8 cannot hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def as_json_text(value: Any) -> str:
    """``value`` as JSON on one line that reads the same, and is harmless within a page and in a terminal."""
    return _TOUCHY.sub(lambda found: f"\\u{ord(found.group()):04x}", json.dumps(value, ensure_ascii=False))


@contextmanager
def written(out: BinaryIO | Path | str) -> Iterator[BinaryIO]:
    """What to write to. A file comes into its place when it is complete; a stream is left open.

    Raises UsageError where no file can be, SaysoError where writing fails.
    """
    if isinstance(out, str | Path):
        with _in_place(Path(out)) as file:
            yield file
    else:
        yield out


@contextmanager
def as_text(out: BinaryIO) -> Iterator[io.TextIOWrapper]:
    """``out`` for text; half a surrogate pair, which UTF-8 cannot hold, becomes the escape that JSON has for it."""
    file = io.TextIOWrapper(out, "utf-8", errors="backslashreplace", newline="")
    try:
        yield file
    finally:
        file.detach()  # writes what is left, and leaves the stream open


@contextmanager
def _in_place(path: Path) -> Iterator[BinaryIO]:
    """A file that takes its place at ``path`` once it is complete; what stood there stays until then."""
    path = Path(os.path.realpath(path))  # a link goes on pointing where it points
    try:
        if path.exists() and not path.is_file():  # a pipe or a device has no place to take
            with path.open("wb") as file:
                yield file
        else:
            with _beside(path) as file:
                yield file
    except OSError as error:
        failure = f"cannot write {path}: {error.strerror or error}."
        if error.errno in _NO_PLACE:
            raise UsageError(f"{failure} Give another file.") from error
        raise SaysoError(f"{failure} Check space and disk, then run it again.") from error


@contextmanager
def _beside(path: Path) -> Iterator[BinaryIO]:
    unfinished = path.with_name(f".{path.name}.{token_hex(4)}")
    try:
        with unfinished.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, unfinished)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
