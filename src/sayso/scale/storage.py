"""Where shards are read from and where results go: folders on this machine, or what fsspec reaches by URL."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, BinaryIO, Protocol, Self, cast

from sayso.errors import SaysoError, UsageError
from sayso.intake import Entry, files_in

_STAMPS = ("ETag", "etag", "md5Hash", "LastModified", "last_modified", "mtime", "created")


class NotReachedError(OSError):
    """What is elsewhere could not be read or written; the message says where, and why."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: where it is (a path or a URL), how that is shown, its size in bytes, and what changes when the
    file does; ``reason`` is what is wrong with it if that is known without opening it."""

    path: str
    location: str
    size: int
    stamp: str
    reason: str | None = None


def is_url(where: str) -> bool:
    """True for what fsspec is to reach: "s3://bucket/reports", but neither a path nor "C:\\reports"."""
    return "://" in where


def sources_at(where: str) -> Iterator[Source]:
    """The files at a path or URL, as intake goes through a folder: each folder's entries sorted by name."""
    if is_url(where):
        yield from _remote_sources(where)
        return
    for entry in files_in(where):
        try:
            status = entry.path.stat()
            size, stamp = status.st_size, str(status.st_mtime_ns)
        except OSError:
            size, stamp = 0, ""  # intake says why it cannot be read
        yield Source(str(entry.path.absolute()), entry.location, size, stamp, entry.reason)


def _remote_sources(url: str) -> Iterator[Source]:
    system, root = _reached(url)
    with _told(url):
        found = system.find(root, detail=True)
    if not found:
        raise UsageError(f"nothing is there to read: {url}")
    base = url.rstrip("/")
    for path in sorted(found, key=lambda path: path.split("/")):
        about = found[path]
        stamp = next((str(about[name]) for name in _STAMPS if about.get(name)), "")
        under = path[len(root) :].lstrip("/")
        location = f"{base}/{under}" if under else base
        yield Source(location, location, int(about.get("size") or 0), stamp)


@contextmanager
def fetched(source: Source, limit: int) -> Iterator[Entry]:
    """The source as a file of this machine, under its own location: a copy, for as long as the context lasts, of what
    is elsewhere. One over ``limit`` bytes is not fetched; whoever reads it is told why."""
    if not is_url(source.path):
        yield Entry(Path(source.path), source.location, source.reason)
        return
    system, path = _reached(source.path)
    with TemporaryDirectory(prefix="sayso-") as folder:
        copy, reason = Path(folder) / "copy", None
        if source.size > limit:
            reason = (
                f"a file of {source.size:,} bytes, over the limit file_bytes of {limit:,}. Split it, or raise the limit"
            )
            copy.touch()
        else:
            try:
                with _told(source.path):
                    system.get_file(path, str(copy))
            except UsageError:
                reason = "it is not there any more"
                copy.touch()
        yield Entry(copy, source.location, reason)


class Folder(Protocol):
    """A folder of results, whose files appear whole or not at all."""

    def names(self, under: str) -> list[str]:
        """The names of the files in a folder of it, sorted; none where there is no such folder."""

    def read(self, name: str) -> bytes:
        """All of a file."""

    def open(self, name: str) -> BinaryIO:
        """A file to read from, here and there."""

    def put(self, name: str, made: Path) -> None:
        """Enter a file that was made on this machine, in place of one that has its name."""

    def delete(self, name: str) -> None:
        """Take a file away, if it is there."""


def folder_at(where: str) -> Folder:
    """The folder of results that a path or URL names. It need not exist."""
    if is_url(where):
        return _RemoteFolder(where.rstrip("/"), *_reached(where))
    if Path(where).exists() and not Path(where).is_dir():
        raise UsageError(f"{where} is a file. Give a folder, which is made where it is not there.")
    return _LocalFolder(Path(where).absolute())


@dataclass(frozen=True, slots=True)
class _LocalFolder:
    root: Path

    def names(self, under: str) -> list[str]:
        folder = self.root / under
        return sorted(path.name for path in folder.iterdir() if path.suffix != ".part") if folder.is_dir() else []

    def read(self, name: str) -> bytes:
        return (self.root / name).read_bytes()

    def open(self, name: str) -> BinaryIO:
        return (self.root / name).open("rb")

    def put(self, name: str, made: Path) -> None:
        target = self.root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        # The made file may lie on another disk, from which nothing can be renamed. Whoever else is at the same shard,
        # having been taken for dead, has a name of its own.
        part = target.with_name(f".{target.name}.{os.getpid()}.part")
        try:
            with made.open("rb") as source, part.open("wb") as copy:
                shutil.copyfileobj(source, copy)
                copy.flush()
                os.fsync(copy.fileno())
            part.replace(target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise

    def delete(self, name: str) -> None:
        (self.root / name).unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class _RemoteFolder:
    """An object store shows an object when all of it has arrived, which is what a rename is for on a disk."""

    where: str
    system: Any
    root: str

    def names(self, under: str) -> list[str]:
        folder = f"{self.root}/{under}"
        with _in_words(self.where):
            self.system.invalidate_cache()
            if not self.system.exists(folder):
                return []
            return sorted(path.rsplit("/", 1)[-1] for path in self.system.find(folder))

    def read(self, name: str) -> bytes:
        with _in_words(self.where):
            return cast(bytes, self.system.cat_file(f"{self.root}/{name}"))

    def open(self, name: str) -> BinaryIO:
        with _in_words(self.where):
            return cast(BinaryIO, _RemoteFile(self.system.open(f"{self.root}/{name}", "rb"), self.where))

    def put(self, name: str, made: Path) -> None:
        target = f"{self.root}/{name}"
        with _in_words(self.where):
            self.system.makedirs(target.rsplit("/", 1)[0], exist_ok=True)
            self.system.put_file(str(made), target)

    def delete(self, name: str) -> None:
        with _in_words(self.where):
            if self.system.exists(f"{self.root}/{name}"):
                self.system.rm_file(f"{self.root}/{name}")


class _RemoteFile:
    """A file that is open for reading elsewhere. What it says when it cannot be read is told in words."""

    def __init__(self, file: Any, where: str) -> None:
        self._file, self._where = file, where

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def read(self, size: int = -1) -> bytes:
        with _in_words(self._where):
            return cast(bytes, self._file.read(size))


def _reached(url: str) -> tuple[Any, str]:
    """The file system of a URL, and the path in it."""
    try:
        import fsspec
    except ImportError:
        raise UsageError(
            f"{url} needs fsspec, not installed here. Install it with: pip install 'sayso[scale]'"
        ) from None
    try:
        system, path = fsspec.core.url_to_fs(url)
    except (ImportError, ValueError) as error:  # a driver of its own is wanted, or nobody knows the scheme
        raise UsageError(f"{url} cannot be reached: {error}") from error
    return system, str(path).rstrip("/")


@contextmanager
def _told(url: str) -> Iterator[None]:
    """As ``_in_words``, where what is missing is what the user has named."""
    try:
        with _in_words(url):
            yield
    except FileNotFoundError as error:
        raise UsageError(f"nothing is there to read: {url}") from error


@contextmanager
def _in_words(url: str) -> Iterator[None]:
    """What a file system says, in words; none of it is bad input, so that a shard is tried again. FileNotFoundError
    stays what it is."""
    try:
        yield
    except (FileNotFoundError, SaysoError):
        raise
    except Exception as error:  # each file system has errors of its own
        raise NotReachedError(f"{url}: {type(error).__name__}: {error}") from error
