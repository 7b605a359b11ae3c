"""Web archives: the records of a WARC file, one at a time, packed or not.

FastWARC reads them. Where it stops, or finds anything odd, the rest of the file is read by the plain code below: it
takes longer, says what is wrong with a record, and finds the next one. What comes out is the same in either way.

A record's number counts all records, from 1. Each of a .warc.gz should lie in a gzip member of its own, so that
damage costs a member; that is what is looked for after damage. What is expanded is bounded a member at a time.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from sayso.config import Limits
from sayso.errors import IntakeError
from sayso.intake.http import HEAD_BYTES, Response, is_page, payload, response_of
from sayso.intake.stream import CHUNK, RATIO_FROM

MAGIC = b"\x1f\x8b\x08"
_BLOCK = 64 * 1024
_START = re.compile(rb"WARC/\d")
_NEXT = re.compile(rb"(?<=\n)WARC/[01]\.\d")
_TRIES = 10_000  # places where a gzip member might begin, and none does, before the search is given up
_REREAD = 64 * 1024 * 1024  # bytes that may be looked through again for records within wrong lengths


@dataclass(frozen=True, slots=True)
class WarcPage:
    """A page that was captured: the record's number from 1, its address, the encoding that the server gave, the page's
    own bytes."""

    number: int
    url: str | None
    charset: str | None
    data: bytes


@dataclass(frozen=True, slots=True)
class BadRecord:
    """A record that could not be read, and why. ``data`` is its content, where it could be had."""

    number: int
    reason: str
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class _Record:
    """``content`` is kept for responses only; None where it is more than can be a page, with ``head`` its beginning."""

    number: int
    headers: dict[str, str]  # names in lower case
    head: bytes
    content: bytes | None


class _Odd(Exception):  # noqa: N818  # control flow: what the quick way will not do
    pass


def warc_pages(file: BinaryIO, limits: Limits) -> Iterator[WarcPage | BadRecord]:
    """The pages in ``file``, a WARC file that one can go back and forth in: responses with status 200 that are HTML or
    text. Other records are passed over; those that are broken come out as BadRecord, and the rest is read."""
    for record in _records(file, limits):
        if isinstance(record, BadRecord):
            yield record
        elif record.headers.get("warc-type", "").lower() == "response":
            try:
                if (page := _page(record, limits)) is not None:
                    yield page
            except IntakeError as error:
                yield BadRecord(record.number, str(error), record.content)
        if record.number >= limits.members:
            yield BadRecord(record.number + 1, f"more than {limits.members:,} records, the limit members")
            return


def _page(record: _Record, limits: Limits) -> WarcPage | None:
    url = record.headers.get("warc-target-uri", "").strip("<> ") or None
    if url is not None and not url.lower().startswith(("http:", "https:")):
        return None  # what a crawler asked of name servers, for one
    response = response_of(record.head if record.content is None else record.content)
    if response.status != 200 or (url or "").partition("?")[0].endswith("/robots.txt"):
        return None
    if record.content is None:
        if not is_page(response, response.body):
            return None
        raise IntakeError(f"a page of more than {limits.article_bytes:,} bytes, the limit article_bytes")
    if not _may_be_page(response):
        return None
    data = payload(response, limits.article_bytes, limits.ratio)
    if not is_page(response, data):
        return None
    if cut := record.headers.get("warc-truncated"):
        raise IntakeError(f"cut off when it was captured (WARC-Truncated: {cut[:40]})")
    return WarcPage(record.number, url, response.charset, data)


def _may_be_page(response: Response) -> bool:
    """False for what need not be expanded to see that it is no page."""
    return not response.media_type.startswith(("image/", "video/", "audio/", "font/", "text/css", "text/javascript"))


def _records(file: BinaryIO, limits: Limits) -> Iterator[_Record | BadRecord]:
    number, start = 0, 0
    for item in _quickly(file, limits):
        if isinstance(item, int):
            start = item
            break
        number = item.number
        yield item
    else:
        return
    yield from _Careful(file, limits, number, start).records()


def _quickly(file: BinaryIO, limits: Limits) -> Iterator[_Record | int]:
    """The records as FastWARC has them; at last, where something is odd, the place (in expanded bytes) of the first
    that was not given. One is given when the next has begun where it should."""
    from fastwarc import ArchiveIterator

    held: _Record | None = None
    begins = 0
    try:
        source = ArchiveIterator(_Expanded(file, limits), parse_http=False, max_header_len=HEAD_BYTES)
        for number, record in enumerate(source, 1):
            if held is not None:
                yield held
                held = None
            begins = record.stream_pos
            held = _taken(number, record, limits)
    except GeneratorExit:
        raise
    except BaseException as error:
        # FastWARC's own failures come as OSError, those of the file as they are; a panic in it is a BaseException.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        yield begins
        return
    if held is None:
        yield begins
    else:
        yield held


def _taken(number: int, record: Any, limits: Limits) -> _Record:
    headers = {name.lower(): value for name, value in record.headers.items()}
    length = headers.get("content-length", "")
    if not length.isascii() or not length.isdigit() or int(length) != record.content_length:
        raise _Odd  # it takes names of fields in lower case for others
    if any("\n" in value for value in headers.values()):
        raise _Odd  # lines that end in line feeds alone it takes for one
    wanted, left = _wanted(headers, limits), record.content_length
    kept = []
    while wanted and left and (part := record.reader.read(min(wanted, left))):
        kept.append(part)
        wanted, left = wanted - len(part), left - len(part)
    head = b"".join(kept)
    whole = not left
    while left and (passed := record.consume(min(left, CHUNK))):
        left -= passed
    if left:
        raise _Odd
    return _Record(number, headers, head[:HEAD_BYTES] if not whole else head, head if whole else None)


def _wanted(headers: dict[str, str], limits: Limits) -> int:
    """How much of a record's content is kept."""
    return limits.article_bytes + HEAD_BYTES if headers.get("warc-type", "").lower() == "response" else 0


class _Expanded:
    """``file`` from its start, expanded where it is packed: as FastWARC reads files."""

    def __init__(self, file: BinaryIO, limits: Limits) -> None:
        self._file, self._ratio = file, limits.ratio
        file.seek(0)
        self.packed = file.read(len(MAGIC)) == MAGIC
        self._out = 0
        self._begin(0)

    def _begin(self, start: int) -> None:
        """Read on from ``start``, where a member begins."""
        self._file.seek(start)
        self._start, self._in = start, 0
        self._inflater = zlib.decompressobj(31)
        self._member_in = self._member_out = 0
        self._more = b""

    def tell(self) -> int:
        """How many bytes have come out."""
        return self._out

    def seek(self, at: int, whence: int = 0) -> int:
        """Only to where it is: all that is asked for when it is opened."""
        if whence == 0 and at != self._out:
            raise OSError("it is read from front to back")
        return self._out

    def read(self, size: int = -1) -> bytes:
        """At most ``size`` bytes, of one member; b"" at the end. IntakeError where the file is damaged."""
        size = _BLOCK if size < 0 else size
        data = self._inflate(size) if self.packed else self._file.read(size)
        self._out += len(data)
        return data

    def _inflate(self, size: int) -> bytes:
        while True:
            if self._inflater.eof:
                rest = self._inflater.unused_data.lstrip(b"\0")  # some pad the end
                while not rest:
                    if not (block := self._file.read(_BLOCK)):
                        return b""
                    rest = block.lstrip(b"\0")
                self._begin(self._file.tell() - len(rest))
                self._file.seek(self._start + len(rest))
                self._more = rest
            if not self._more:
                self._more = self._file.read(_BLOCK)
                if not self._more:
                    raise IntakeError("cut off: the compressed data ends before its end. Get the whole file")
            given = len(self._more)
            try:
                data = self._inflater.decompress(self._more, size)
            except zlib.error as error:
                raise IntakeError(f"damaged: the compressed data cannot be expanded ({error})") from None
            self._more = self._inflater.unconsumed_tail
            self._member_in += given - len(self._more) - len(self._inflater.unused_data)
            self._member_out += len(data)
            if self._member_out > max(RATIO_FROM, self._ratio * self._member_in):
                raise IntakeError(
                    f"archive bomb: {self._member_out:,} bytes out of {self._member_in:,} so far, more than "
                    f"{self._ratio} to 1, the limit ratio"
                )
            if data:
                return data

    def close(self) -> None:
        """The file is its opener's to close."""

    def find_member(self) -> bool:
        """After damage: go to the next member that begins with a record. False where there is none."""
        at, tries = self._start + 1, 0
        while tries < _TRIES:
            self._file.seek(at)
            block = self._file.read(CHUNK)
            if len(block) < len(MAGIC):
                return False
            found = block.find(MAGIC)
            if found < 0:
                at += len(block) - len(MAGIC) + 1
                continue
            tries += 1
            if _begins_record(block[found : found + _BLOCK]):
                self._begin(at + found)
                return True
            at += found + 1
        return False


def _begins_record(member: bytes) -> bool:
    try:
        return _START.match(zlib.decompressobj(31).decompress(member, 8)) is not None
    except zlib.error:
        return False


class _Careful:
    """Reads records one by one, says what is wrong with each, and finds the next after it."""

    def __init__(self, file: BinaryIO, limits: Limits, number: int, start: int) -> None:
        self._source, self._limits, self._number = _Expanded(file, limits), limits, number
        self._ahead, self._at = b"", 0
        self._failure: IntakeError | None = None
        self._reread = _REREAD
        if not self._source.packed:
            file.seek(start)
        self._skip = start if self._source.packed else 0

    def records(self) -> Iterator[_Record | BadRecord]:
        """All that are left."""
        while self._skip:  # this much was read without fault before
            self._skip -= len(self._source.read(min(self._skip, _BLOCK)))
        lost: bytes | None = None  # what a record held whose end was not found
        while True:
            begun = False
            try:
                if lost is not None and not self._find_record(lost):
                    return
                lost = None
                self._pass_blank()
                if not self._peek(1):
                    return
                begun, self._number = True, self._number + 1
                yield self._record()
            except _Broken as broken:
                lost = broken.data or b""
                yield BadRecord(self._number, str(broken), broken.data)
            except IntakeError as error:
                self._number += not begun
                lost, self._ahead, self._at, self._failure = None, b"", 0, None
                yield BadRecord(self._number, str(error))
                if not self._source.packed or not self._source.find_member():
                    return

    def _record(self) -> _Record:
        headers = self._headers()
        length = headers.get("content-length", "")
        if not length.isascii() or not length.isdigit() or len(length) > 15:
            raise _Broken(f"a record whose length is {length[:40]!r}, expected a number of bytes")
        wanted, left = _wanted(headers, self._limits), int(length)
        begin = self._take(min(left, wanted or HEAD_BYTES))
        left -= len(begin)
        while left and (part := self._take(min(left, _BLOCK))):
            left -= len(part)
        if left:
            raise _Broken(f"cut off: the record lacks {left:,} of {int(length):,} bytes", begin)
        if self._peek(1) not in (b"\r", b"\n", b""):
            raise _Broken(f"a record whose length, {int(length):,}, is wrong: it does not end there", begin)
        if not wanted:
            return _Record(self._number, headers, b"", None)
        whole = len(begin) == int(length)
        return _Record(self._number, headers, begin if whole else begin[:HEAD_BYTES], begin if whole else None)

    def _headers(self) -> dict[str, str]:
        size = len(first := self._line())
        if not _START.match(first):
            raise _Broken("no record begins where one should: what is there is passed over", first)
        headers: dict[str, str] = {}
        while (line := self._line()).strip():
            size += len(line)
            if size > HEAD_BYTES:
                raise _Broken(f"a record whose header does not end within {HEAD_BYTES:,} bytes")
            name, _, value = line.decode("utf-8", "replace").partition(":")
            headers.setdefault(name.strip().lower(), value.strip())
        if not line:
            raise _Broken("cut off: the file ends within the header of a record")
        return headers

    def _find_record(self, content: bytes | None) -> bool:
        """Go to the next place that looks like a record, also in the ``content`` of one whose length was wrong."""
        if content and (within := _NEXT.search(content)) and len(content) <= self._reread:
            self._reread -= len(content)
            self._ahead, self._at = content[within.start() :] + self._ahead[self._at :], 0
            return True
        while block := self._peek(_BLOCK):
            if found := _NEXT.search(block):
                self._take(found.start())
                return True
            if len(block) < _BLOCK:
                break
            self._take(len(block) - 16)  # it may begin in one block and end in the next
        return False

    def _pass_blank(self) -> None:
        while (block := self._peek(_BLOCK)) and (blank := len(block) - len(block.lstrip(b"\r\n"))):
            self._take(blank)

    def _line(self) -> bytes:
        block = self._peek(HEAD_BYTES)
        end = block.find(b"\n") + 1
        return self._take(end or max(len(block), 1))

    def _peek(self, size: int) -> bytes:
        """What comes next, at most ``size`` bytes; what fails behind it is told when it is reached."""
        parts, got = [self._ahead[self._at :]], len(self._ahead) - self._at
        if got < size:
            try:
                while not self._failure and got < size and (part := self._source.read(_BLOCK)):
                    parts.append(part)
                    got += len(part)
            except IntakeError as error:
                self._failure = error
            self._ahead, self._at = b"".join(parts), 0
        if self._failure and not got:
            raise self._failure
        return self._ahead[self._at : self._at + size]

    def _take(self, size: int) -> bytes:
        data = self._peek(size)
        if self._failure and len(data) < size:
            raise self._failure
        self._at += len(data)
        return data


class _Broken(Exception):  # noqa: N818  # a record that is not as it should be; its neighbours may be
    def __init__(self, reason: str, data: bytes | None = None) -> None:
        super().__init__(reason)
        self.data = data
