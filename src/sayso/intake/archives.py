"""What lies in gzip files and ZIP archives. Declared sizes are never trusted: what comes out is counted."""

from __future__ import annotations

import gzip
import re
import shutil
import stat
import struct
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, BinaryIO, cast

from sayso.config import Limits
from sayso.errors import IntakeError
from sayso.intake.article import replace_surrogates
from sayso.intake.stream import CHUNK, READ_ERRORS, Budget, Expanding, Stream, read_failure

_OFFICE = "this is an Office or OpenDocument file or an e-book, which is not read. Save it as plain text or HTML first"
_OFFICE_MEMBERS = frozenset({"[Content_Types].xml", "mimetype"})
_CAPTURED = re.compile(r"archive/[^/]+\.warc(?:\.gz)?", re.IGNORECASE)
_END = struct.Struct("<4s4H2LH")  # the ZIP end record: signature, disks, entries, size and offset of the directory
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR_64 = struct.Struct("<4sLQL")
_ENTRY = 46  # bytes, the least that a directory entry takes


@dataclass(frozen=True, slots=True)
class BadMember:
    """A member that is not read, and why."""

    location: str
    reason: str


@contextmanager
def gunzipped(packed: Stream, budget: Budget, limits: Limits) -> Iterator[Stream]:
    """What the gzip file ``packed`` expands to, under the same location. IntakeError where it is damaged or a bomb."""
    with gzip.GzipFile(fileobj=packed.reader()) as file:
        yield Stream(packed.location, Expanding(cast(BinaryIO, file), packed.source, budget, limits), packed)


@contextmanager
def seekable(stream: Stream) -> Iterator[BinaryIO]:
    """All of ``stream`` as a file in which one can go back and forth: a temporary one where it is none itself."""
    if (file := stream.file()) is not None:
        yield file
        return
    with tempfile.TemporaryFile() as copy:
        shutil.copyfileobj(stream.reader(), copy, CHUNK)
        yield cast(BinaryIO, copy)


def members(location: str, file: BinaryIO, budget: Budget, limits: Limits) -> Iterator[Stream | BadMember]:
    """The members of the ZIP archive ``file``, which lies at ``location``, in the order of its directory.

    A member that cannot be read comes out as BadMember, and the others are read. IntakeError where none can be.
    """
    with _opened(file, limits) as archive:
        size = file.seek(0, 2)
        infos = archive.infolist()
        if _OFFICE_MEMBERS & {info.filename for info in infos[:16]}:
            raise IntakeError(_OFFICE)
        # A folder holds nothing itself, whatever its name; zipfile's own is_dir stumbles over a member without a name.
        infos = [info for info in infos if info.file_size or not info.filename.endswith("/")]
        if not infos:
            raise IntakeError("it is an empty archive: there is nothing to read in it")
        if any(info.filename == "datapackage.json" for info in infos):
            # WACZ: beside the web archives lie indexes and lists, which say nothing that these do not.
            infos = [info for info in infos if _CAPTURED.fullmatch(info.filename)] or infos
        for info in infos:
            name = f"{location}!/{replace_surrogates(info.filename)}"
            try:
                _check_member(info)
                with _member(archive, info) as raw:
                    packed = min(info.compress_size, size)
                    yield Stream(name, Expanding(cast(BinaryIO, raw), packed, budget, limits))
            except IntakeError as error:
                yield BadMember(name, str(error))


@contextmanager
def _opened(file: BinaryIO, limits: Limits) -> Iterator[zipfile.ZipFile]:
    entries = _directory_size(file) // _ENTRY
    if entries > limits.members:
        raise IntakeError(f"an archive of up to {entries:,} members, over the limit members of {limits.members:,}")
    try:
        archive = zipfile.ZipFile(file)
    except READ_ERRORS as error:
        raise IntakeError(
            f"damaged or cut off: no ZIP archive that can be opened ({error}). Get the file again"
        ) from None
    with archive:
        yield archive


def _directory_size(file: BinaryIO) -> int:
    """The bytes of the archive's directory, as the record at its end says; zipfile reads all of them into memory."""
    size = file.seek(0, 2)
    start = file.seek(max(0, size - _END.size - 0xFFFF))
    tail = file.read()
    at = tail.rfind(b"PK\5\6")
    if at < 0 or len(tail) - at < _END.size:
        return 0
    directory = int(_END.unpack_from(tail, at)[5])
    if at + start >= _LOCATOR_64.size:
        file.seek(start + at - _LOCATOR_64.size)
        signature, _, offset, _ = _LOCATOR_64.unpack(file.read(_LOCATOR_64.size))
        if signature == b"PK\6\7" and offset + _END_64.size <= size:
            file.seek(offset)
            directory = max(directory, int(_END_64.unpack(file.read(_END_64.size))[8]))
    return directory if directory != 0xFFFFFFFF else 0


def _check_member(info: zipfile.ZipInfo) -> None:
    """Raise IntakeError where the member is not to be read."""
    name = info.filename.replace("\\", "/")
    if name.startswith("/") or name[1:3] == ":/" or ".." in name.split("/"):
        raise IntakeError("its name leads out of the archive. Rename it, and pack it again")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise IntakeError("it is a symbolic link; an archive's links are not followed")
    if info.flag_bits & 0x1:
        raise IntakeError("it is encrypted. Unpack it with its password first")


@contextmanager
def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[IO[bytes]]:
    try:
        raw = archive.open(info)
    except READ_ERRORS as error:
        raise IntakeError(read_failure(error)) from None
    with raw:
        yield raw
