"""Bytes that are read from front to back, with a look ahead and within limits."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, BinaryIO

from sayso.config import Limits
from sayso.errors import IntakeError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

HEAD = 64 * 1024  # bytes by which the kind is told
CHUNK = 1024 * 1024
RATIO_FROM = 1024 * 1024  # bytes; less than this, expanded, is no bomb whatever its ratio
READ_ERRORS = (
    *(OSError, EOFError, ValueError, RuntimeError),  # zipfile's "not supported" is a RuntimeError, too
    *(zlib.error, lzma.LZMAError, zipfile.BadZipFile, struct.error),
)


@dataclass(slots=True)
class Budget:
    """What may still come out of one archive with all that lies within it, in bytes."""

    left: int

    def spend(self, size: int) -> None:
        """Take ``size`` bytes; IntakeError where they are more than is left."""
        self.left -= size
        if self.left < 0:
            raise IntakeError(
                "archive bomb: what comes out of this archive is over the limit expanded_bytes in all. "
                "Nothing more of it is read"
            )


class Source(io.RawIOBase):
    """``raw`` with its errors made IntakeErrors, and no more than ``limit`` bytes of it (limit ``name``)."""

    def __init__(self, raw: BinaryIO, limit: int, name: str) -> None:
        self.raw, self.limit, self.name, self.position = raw, limit, name, 0

    def readable(self) -> bool:
        """True: it is there to be read."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """As in io.RawIOBase; raises IntakeError with a reason to show."""
        view = memoryview(buffer)
        try:
            data = self.raw.read(len(view))
        except READ_ERRORS as error:
            raise IntakeError(read_failure(error)) from error
        self.position += len(data)
        self.check()
        view[: len(data)] = data
        return len(data)

    def rewind(self) -> None:
        """Go back to the start; OSError where that cannot be done."""
        self.raw.seek(0)
        self.position = 0

    def check(self) -> None:
        """Raise IntakeError where too much has come out."""
        if self.position > self.limit:
            raise IntakeError(f"more than {self.limit:,} bytes, the limit {self.name}. Split it, or raise the limit")


class Expanding(Source):
    """A Source that comes out of ``packed`` bytes of an archive: bounded by the ratio, and by the archive's budget."""

    def __init__(self, raw: BinaryIO, packed: Source | int, budget: Budget, limits: Limits) -> None:
        super().__init__(raw, limits.expanded_bytes, "expanded_bytes")
        self.packed, self.budget, self.ratio, self.spent = packed, budget, limits.ratio, 0

    def rewind(self) -> None:
        """As in Source. What comes out again is counted again."""
        super().rewind()
        self.spent = 0

    def check(self) -> None:
        """Raise IntakeError where too much has come out, at all or for the bytes that went in."""
        self.budget.spend(self.position - self.spent)
        self.spent = self.position
        packed = self.packed if isinstance(self.packed, int) else self.packed.position
        if self.position > max(RATIO_FROM, self.ratio * packed):
            raise IntakeError(
                f"archive bomb: {self.position:,} bytes out of {packed:,} so far, more than {self.ratio} to 1, "
                "the limit ratio"
            )


def read_failure(error: Exception) -> str:
    """The reason to show for an error while reading."""
    if isinstance(error, EOFError):
        return "cut off: the compressed data ends before its end. Get the whole file"
    if isinstance(error, (zlib.error, zipfile.BadZipFile)) or type(error).__name__ == "BadGzipFile":
        return f"damaged: the compressed data cannot be expanded ({error}). Get the file again"
    if isinstance(error, PermissionError):
        return "no permission to read it. Change its permissions, or run as a user who may"
    if isinstance(error, FileNotFoundError):
        return "there is no such file or folder"
    if isinstance(error, OSError) and error.strerror:
        return f"it cannot be read: {error.strerror}"
    return f"it cannot be read: {error}"


class Stream:
    """A named run of bytes: its ``head`` to look at, then all of it to read, once.

    ``packed`` is the stream that this one is expanded from, where both have the same location (as with gzip); ``url``
    and ``charset`` are where it was fetched from, and the encoding that the server gave.
    """

    def __init__(
        self,
        location: str,
        source: Source,
        packed: Stream | None = None,
        *,
        url: str | None = None,
        charset: str | None = None,
    ) -> None:
        self.location, self.packed = location, packed
        self.url, self.charset = url, charset
        self.source = source
        self._begun = False  # whether bytes were read that ``head`` does not hold
        self.head = self._fill(b"", HEAD)

    def _fill(self, head: bytes, size: int) -> bytes:
        parts, got = [head], len(head)
        try:
            while got < size and (part := self.source.read(min(size - got, CHUNK))):
                parts.append(part)
                got += len(part)
        except IntakeError:
            self._begun = True  # the parts read are gone
            raise
        return b"".join(parts)

    def look(self, size: int) -> bytes:
        """The first ``size`` bytes, or all if there are fewer."""
        self.head = self._fill(self.head, size)
        return self.head

    def reader(self) -> io.BufferedReader:
        """All the bytes, to be read once from the start."""
        self._begun = True
        return io.BufferedReader(_Joined(self.head, self.source), HEAD)

    def file(self) -> BinaryIO | None:
        """The file beneath, in which one can go back and forth; None where there is no such file."""
        if isinstance(self.source, Expanding) or not self.source.raw.seekable():
            return None
        self._begun = True
        return self.source.raw

    def whole(self, limit: int) -> bytes | None:
        """All the bytes; None if they are more than ``limit``."""
        data = self.look(limit + 1)
        return data if len(data) <= limit else None

    def fingerprint(self, limit: int) -> tuple[str | None, bytes | None]:
        """The hash of all the bytes, and the bytes too if they are at most ``limit``; (None, None) if they can't be
        had. Of a packed stream, those of the packed bytes."""
        if self.packed is not None:
            return self.packed.fingerprint(limit)
        try:
            if self._begun:
                self.source.rewind()
                self.head = self._fill(b"", HEAD)
            digest, kept, size = sha256(), [], 0
            reader = self.reader()
            while part := reader.read(CHUNK):
                digest.update(part)
                size += len(part)
                if size <= limit:
                    kept.append(part)
        except (IntakeError, OSError):
            return None, None
        return digest.hexdigest(), b"".join(kept) if size <= limit else None


class _Joined(io.RawIOBase):
    """``head``, then the rest of ``source``."""

    def __init__(self, head: bytes, source: Source) -> None:
        self._head, self._source = memoryview(head), source

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        if not self._head:
            return self._source.readinto(buffer)
        view = memoryview(buffer)
        part = self._head[: len(view)]
        view[: len(part)] = part
        self._head = self._head[len(part) :]
        return len(part)


def lines(reader: io.BufferedReader, limit: int) -> Iterator[bytes | Overlong]:
    """The lines of ``reader`` with their line breaks; one of more than ``limit`` bytes is only hashed, not kept."""
    while line := reader.readline(limit + 1):
        if len(line) <= limit or line.endswith(b"\n"):
            yield line
            continue
        digest, size = sha256(line), len(line)
        while not line.endswith(b"\n") and (line := reader.readline(CHUNK)):
            digest.update(line)
            size += len(line)
        yield Overlong(digest.hexdigest(), size)


@dataclass(frozen=True, slots=True)
class Overlong:
    """A line that is too long to be kept."""

    sha256: str
    size: int
