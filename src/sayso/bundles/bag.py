"""A bag (BagIt 1.0, RFC 8493) in a ZIP archive, written so that the same files always give the very same bytes.

Nothing is compressed, so what is taken out is never more than what is there; and the archive of some files can be
written again and compared, so that no byte in it, also between the files, can be another.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from io import BytesIO
from typing import IO, BinaryIO, cast

from sayso.config import Limits

TOP = "sayso-bundle/"
"""The one folder in the archive."""

_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
_LINE = re.compile(r"([0-9a-f]{64})  (\S+)")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the archive says nothing of when it was made: bag-info.txt does
_FILE = 0o100644 << 16
_UNIX, _VERSION = 3, 20
_END = 22  # bytes of the record that ends an archive without a comment
_ENTRY = 46  # bytes, the least that a file takes in the archive's directory
_PIECE = 1 << 20
_MANIFEST, _TAGS = "manifest-sha256.txt", "tagmanifest-sha256.txt"
_DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


class NotABundleError(ValueError):
    """A file that no bundle can be read from."""


class Packing:
    """A bag that is being written to ``out``. Payload goes to paths below ``data/``."""

    def __init__(self, out: BinaryIO) -> None:
        self._zip = zipfile.ZipFile(out, "w", zipfile.ZIP_STORED)
        self.hashes: dict[str, str] = {}
        """The SHA-256 of each file so far, by its path."""
        self._octets = self._files = 0

    def add(self, path: str, data: bytes) -> None:
        """Add one file."""
        self.add_file(path, BytesIO(data), len(data))

    def add_file(self, path: str, file: BinaryIO, size: int) -> None:
        """Add what an open file has from here on, which is ``size`` bytes."""
        self.hashes[path] = _put(self._zip, TOP + path, file, size)
        if path.startswith("data/"):
            self._files, self._octets = self._files + 1, self._octets + size

    @contextmanager
    def lines(self, path: str) -> Iterator[IO[bytes]]:
        """A file to write to, added when it is complete."""
        with tempfile.TemporaryFile() as file:
            yield file
            size = file.tell()
            file.seek(0)
            self.add_file(path, cast(BinaryIO, file), size)

    def close(self, info: str) -> None:
        """Add what makes it a bag: the declaration, ``info`` on it, and the hashes of all files."""
        self.add("bagit.txt", _DECLARATION)
        self.add("bag-info.txt", f"{info}Payload-Oxum: {self._octets}.{self._files}\n".encode())
        self.add(_MANIFEST, self._manifest(payload=True))
        self.add(_TAGS, self._manifest(payload=False))
        self._zip.close()

    def _manifest(self, *, payload: bool) -> bytes:
        mine = sorted(path for path in self.hashes if path.startswith("data/") == payload)
        return "".join(f"{self.hashes[path]}  {path}\n" for path in mine).encode()


def _put(archive: zipfile.ZipFile, name: str, file: IO[bytes], size: int) -> str:
    """Add a file to an archive; returns its SHA-256."""
    member = zipfile.ZipInfo(name, _EPOCH)
    member.external_attr, member.create_system = _FILE, _UNIX
    member.create_version = member.extract_version = _VERSION
    member.file_size = size
    total = hashlib.sha256()
    with archive.open(member, "w") as out:
        while piece := file.read(_PIECE):
            total.update(piece)
            out.write(piece)
    return total.hexdigest()


class Unpacked:
    """A bag that is open to be read, and the SHA-256 of each of its files, by their paths within it."""

    def __init__(self, archive: zipfile.ZipFile, hashes: dict[str, str]) -> None:
        self._archive = archive
        self.hashes = hashes

    @contextmanager
    def open(self, path: str) -> Iterator[IO[bytes]]:
        """One file. NotABundleError where it isn't there."""
        if path not in self.hashes:
            raise NotABundleError(f"{path} is not there")
        with self._archive.open(TOP + path) as file:
            yield file

    def read(self, path: str, most: int) -> bytes:
        """All of a file. NotABundleError where it isn't there, or has more than ``most`` bytes."""
        with self.open(path) as file:
            data = file.read(most + 1)
        if len(data) > most:
            raise NotABundleError(f"{path} has more than {most:,} bytes")
        return data

    def below(self, folder: str) -> list[str]:
        """The names of the files in a folder."""
        return [path.removeprefix(folder) for path in self.hashes if path.startswith(folder)]


@contextmanager
def unpacked(file: BinaryIO, limits: Limits) -> Iterator[Unpacked]:
    """The bag in an open file, if each of its bytes is as ``Packing`` writes it: NotABundleError where not."""
    size = file.seek(0, 2)
    if size > limits.file_bytes:
        raise NotABundleError(f"has more than {limits.file_bytes:,} bytes, the limit file_bytes")
    _check_end(file, size, limits)
    with ExitStack() as open_:
        try:
            archive = open_.enter_context(zipfile.ZipFile(file))
            _check_members(archive.infolist(), size)
            bag = Unpacked(archive, _written_again(archive, file))
            _check_manifests(bag)
        except NotABundleError:
            raise
        except Exception as error:  # zipfile fails over damage in many ways
            raise NotABundleError(f"is no archive that can be read ({type(error).__name__}: {error})") from error
        yield bag


def _check_end(file: BinaryIO, size: int, limits: Limits) -> None:
    """zipfile takes the archive's whole directory into memory, so how large it is has to be known before."""
    file.seek(max(0, size - _END))
    end = file.read(_END)
    if not end.startswith(b"PK\5\6"):
        raise NotABundleError("is no bundle, or was changed: it does not end as one")
    if int.from_bytes(end[12:16], "little") // _ENTRY > limits.members:
        raise NotABundleError(f"has more than {limits.members:,} files, the limit members")


def _check_members(members: list[zipfile.ZipInfo], size: int) -> None:
    seen: set[str] = set()
    for member in members:
        name = member.filename
        if not (name.startswith(TOP) and _NAME.fullmatch(name)) or name in seen:
            raise NotABundleError(f"has a file that no bundle has, {name[:100]!r}")
        if member.compress_type != zipfile.ZIP_STORED or member.external_attr != _FILE or member.flag_bits:
            raise NotABundleError(f"has a file that is not stored as in a bundle, {name[:100]!r}")
        seen.add(name)
    if sum(member.file_size for member in members) > size:
        raise NotABundleError("has files that overlap")


def _written_again(archive: zipfile.ZipFile, file: BinaryIO) -> dict[str, str]:
    """The hashes of all files; NotABundleError where the archive of these would not be this very file."""
    hashes = {}
    with tempfile.TemporaryFile() as again:
        with zipfile.ZipFile(again, "w", zipfile.ZIP_STORED) as copy:
            for member in archive.infolist():
                with archive.open(member) as packed:
                    hashes[member.filename.removeprefix(TOP)] = _put(copy, member.filename, packed, member.file_size)
        again.seek(0)
        file.seek(0)
        while True:
            ours, theirs = again.read(_PIECE), file.read(_PIECE)
            if ours != theirs:
                raise NotABundleError("was changed between its files, or is not as Sayso writes it")
            if not ours:
                return hashes


def _check_manifests(bag: Unpacked) -> None:
    """Each file has the hash that its manifest says, and each is in one."""
    if bag.read("bagit.txt", 1_000) != _DECLARATION:
        raise NotABundleError("bagit.txt is not that of a bag of version 1.0")
    told: dict[str, str] = {}
    for name, payload in ((_MANIFEST, True), (_TAGS, False)):
        with bag.open(name) as file:
            while line := file.readline(10_000):
                found = _LINE.fullmatch(line.decode("utf-8", "replace").removesuffix("\n"))
                if found is None or not line.endswith(b"\n") or found[2].startswith("data/") != payload:
                    raise NotABundleError(f"{name} has a line that is none of a manifest")
                told[found[2]] = found[1]
    for path, hashed in sorted(bag.hashes.items()):
        if path != _TAGS and told.pop(path, None) != hashed:
            raise NotABundleError(f"{path} was changed, or is in no manifest")
    if told:
        raise NotABundleError(f"{min(told)} is not there")


def copy_whole(source: BinaryIO, out: BinaryIO) -> None:
    """All of a file to a stream."""
    source.seek(0)
    shutil.copyfileobj(source, out, _PIECE)
