"""Rows of tables, one at a time: JSON lines, CSV, and JSON lists of objects.

The bytes of a row stand on their own: read again as a file, they give the same article with the same id. They are
UTF-8, whatever the table was in; see docs/decisions/0002-intake-libraries.md.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from sayso.errors import IntakeError
from sayso.intake.article import Found, replace_surrogates
from sayso.intake.columns import check_columns, found_in
from sayso.intake.encoding import glimpse, invalid, table_encoding
from sayso.intake.kinds import delimiter_of
from sayso.intake.stream import HEAD, Overlong, Stream, lines

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_BLANK = " \t\r\n"
_UNCLOSED = "a row over the limit article_bytes of {:,}: is a quotation mark missing?"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number from 1, its bytes, and what it says."""

    number: int
    data: bytes
    found: Found


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that could not be read. ``data`` is None where it was too long to be kept."""

    number: int
    reason: str
    sha256: str | None
    data: bytes | None


Rows = Iterator[Row | BadRow]


def _bad(number: int, data: bytes, reason: str) -> BadRow:
    return BadRow(number, reason, sha256(data).hexdigest(), data)


def _too_long(number: int, row: Overlong, limit: int) -> BadRow:
    return BadRow(number, f"a row of {row.size:,} bytes, over the limit article_bytes of {limit:,}", row.sha256, None)


def jsonl_rows(stream: Stream, limit: int) -> Rows:
    """The rows of JSON lines, numbered as lines are; blank lines are none. A row's bytes are its line's."""
    for number, line in enumerate(lines(_utf8(stream), limit), 1):
        if isinstance(line, Overlong):
            yield _too_long(number, line, limit)
        elif not line.isspace():
            yield _object_row(number, _unbroken(line))


def _unbroken(line: bytes) -> bytes:
    return line.removesuffix(b"\n").removesuffix(b"\r")


def _object_row(number: int, data: bytes) -> Row | BadRow:
    try:
        return Row(number, data, found_in(object_of(_text(data))))
    except IntakeError as error:
        return _bad(number, data, str(error))


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise IntakeError(invalid(data, error.start, "utf-8")) from None


def object_of(text: str) -> dict[str, Any]:
    """The JSON object that ``text`` holds. Raises IntakeError with what is wrong with it."""
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        what = error.msg.removesuffix(" at")  # "Unterminated string starting at"
        raise IntakeError(f"not valid JSON: {what} at line {error.lineno}, column {error.colno}") from None
    except RecursionError:
        raise IntakeError("JSON nested too deeply to be read. Expected an object with a text in it") from None
    except ValueError as error:  # a number of thousands of digits
        raise IntakeError(f"not valid JSON: {error}") from None
    return _as_object(value)


def _as_object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise IntakeError(f"expected a JSON object with a text in it, got {type(value).__name__}")
    return value


def json_list_rows(stream: Stream, limit: int) -> Rows:
    """The elements of a JSON list; a row's bytes are the element, keys sorted, without white space.

    After an element that is no JSON there is no telling where the next begins, so it is the last.
    """
    buffer = _Text(_utf8(stream))
    decoder = json.JSONDecoder()
    number = 1
    buffer.skip(_BLANK + "\ufeff")
    buffer.skip_one("[")
    while True:
        buffer.skip(_BLANK)
        if buffer.skip_one("]"):
            break
        try:
            value = buffer.decode(decoder, limit)
        except IntakeError as error:
            yield _bad(number, buffer.rest(limit).encode(), f"{error}. Nothing after it in the list could be read")
            return
        data = _canonical(value)
        try:
            yield Row(number, data, found_in(_as_object(value)))
        except IntakeError as error:
            yield _bad(number, data, str(error))
        number += 1
        buffer.skip(_BLANK)
        if not buffer.skip_one(","):
            if buffer.skip_one("]"):
                break
            reason = "the list is broken off or lacks a comma. Nothing more of it could be read"
            yield _bad(number, buffer.rest(limit).encode(), reason)
            return
    buffer.skip(_BLANK)
    if rest := buffer.rest(limit):
        yield _bad(number, rest.encode(), "something stands after the end of the list; it was not read")


def _canonical(value: Any) -> bytes:
    dumped = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return replace_surrogates(dumped).encode()


class _Text:
    """The text of a long JSON file, held a piece at a time."""

    def __init__(self, reader: io.BufferedReader) -> None:
        self._reader = reader
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._text, self._at, self._ended = "", 0, False

    def _more(self) -> bool:
        """Read on, as much again as is held; False at the end."""
        if self._ended:
            return False
        size = max(HEAD, len(self._text) - self._at)
        data = self._reader.read(size)
        self._ended = len(data) < size
        try:
            more = self._decoder.decode(data, self._ended)
        except UnicodeDecodeError as error:
            raise IntakeError(invalid(error.object, error.start, "utf-8")) from None
        self._text, self._at = self._text[self._at :] + more, 0
        return True

    def skip(self, characters: str) -> None:
        """Go past all of ``characters`` that come next."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in characters:
                self._at += 1
            if self._at < len(self._text) or not self._more():
                return

    def skip_one(self, character: str) -> bool:
        """Go past ``character`` if it comes next."""
        found = self._text[self._at : self._at + 1] == character
        self._at += found
        return found

    def decode(self, decoder: json.JSONDecoder, limit: int) -> Any:
        """The JSON value that comes next, of at most ``limit`` characters."""
        while True:
            try:
                value, end = decoder.raw_decode(self._text, self._at)
                if end < len(self._text) or not self._more():  # a number might go on
                    self._at = end
                    return value
            except RecursionError:
                raise IntakeError("JSON nested too deeply to be read") from None
            except ValueError as error:
                if len(self._text) - self._at > limit:
                    raise IntakeError(f"a row over the limit article_bytes of {limit:,}, or not valid JSON") from None
                if not self._more():
                    raise IntakeError(f"not valid JSON: {getattr(error, 'msg', error)}") from None

    def rest(self, limit: int) -> str:
        """What comes next, ``limit`` characters at most."""
        while len(self._text) - self._at < limit and self._more():
            pass
        return self._text[self._at : self._at + limit]


def csv_rows(stream: Stream, limit: int) -> Rows:
    """The records of a table whose first record names its columns. A row's bytes are that header, a line break and the
    record: a table of its own, since without the header nobody knows what the record means.

    Raises IntakeError where there is no header that can be read, or no column of texts in it.
    """
    delimiter = delimiter_of(glimpse(stream.head)) or _likeliest_delimiter(stream)
    records = _Records(stream, delimiter, limit)
    header = next(records, None)
    if header is None or isinstance(header, BadRow):
        raise IntakeError(
            "the first row, which has to name the columns, " + (header.reason if header else "is not there")
        )
    check_columns(header.cells)
    number = 0
    for number, record in enumerate(records, 1):
        if isinstance(record, BadRow):
            yield BadRow(number, record.reason, record.sha256, record.data)
            continue
        data = header.data + b"\n" + record.data
        try:
            yield Row(number, data, found_in(_cells_by_name(header.cells, record.cells)))
        except IntakeError as error:
            yield _bad(number, data, str(error))
    if not number:
        raise IntakeError(f"a table without rows: there is only its header, {', '.join(header.cells)[:200]}")


def _likeliest_delimiter(stream: Stream) -> str:
    """For a table that only Config.format says is one."""
    header = glimpse(stream.head).partition("\n")[0]
    return max(",\t;|", key=header.count)


def _cells_by_name(names: list[str], cells: list[str]) -> dict[str, str]:
    if len(names) != len(cells):
        raise IntakeError(f"the row has {len(cells)} columns, the header {len(names)}")
    return dict(zip(names, cells, strict=True))


@dataclass(frozen=True, slots=True)
class _Record:
    data: bytes
    cells: list[str]


class _Records(Iterator[_Record | BadRow]):
    """The records of a CSV table, each with its bytes. One that is broken, as by a quotation mark that nothing closes,
    costs its first line only: reading goes on at the next."""

    def __init__(self, stream: Stream, delimiter: str, limit: int) -> None:
        # The module's own limit holds for the whole process and is far below an article's; ours is checked in _feed.
        csv.field_size_limit(max(csv.field_size_limit(), limit))
        self._lines = lines(_utf8(stream), limit)
        self._again: deque[bytes | Overlong] = deque()  # lines to read anew
        self._rereading = limit  # bytes that may be read anew in all, so that a hostile table costs no more than twice
        self._taken: list[bytes] = []  # lines of the record at hand
        self._delimiter, self._limit = delimiter, limit

    def __next__(self) -> _Record | BadRow:
        self._taken = []
        try:
            cells: list[str] = []
            while not cells:  # blank lines are no records
                self._taken = []
                cells = next(csv.reader(self._feed(), delimiter=self._delimiter, strict=True))
        except _UnreadableError as error:  # nothing more comes: that is no matter of one row
            raise IntakeError(str(error)) from error
        except (csv.Error, IntakeError) as error:
            return self._broken(f"not valid CSV: {error}" if isinstance(error, csv.Error) else str(error))
        except _OverlongLine as error:
            return _too_long(0, error.line, self._limit)
        return _Record(_unbroken(b"".join(self._taken)), cells)

    def _feed(self) -> Iterator[str]:
        """Lines for one record, as the csv module asks for them."""
        size = 0
        while (line := self._again.popleft() if self._again else self._next_line()) is not None:
            if isinstance(line, Overlong):
                if not self._taken:
                    raise _OverlongLine(line)
                self._again.appendleft(line)
                raise IntakeError(_UNCLOSED.format(self._limit))
            self._taken.append(line)
            size += len(line)
            if size > self._limit:
                raise IntakeError(_UNCLOSED.format(self._limit))
            yield _text(line)

    def _next_line(self) -> bytes | Overlong | None:
        try:
            return next(self._lines, None)
        except IntakeError as error:
            raise _UnreadableError(str(error)) from error

    def _broken(self, reason: str) -> BadRow:
        first, *others = self._taken
        size = sum(map(len, others))
        if size > self._rereading:
            data = b"".join(self._taken)
            return _bad(0, data, f"{reason}. {len(others)} lines after it went with it")
        self._rereading -= size
        self._again.extendleft(reversed(others))
        return _bad(0, _unbroken(first), reason)


class _UnreadableError(Exception):
    """The bytes of the table cannot be read on; out of the csv module, and told from what is wrong with a row."""


class _OverlongLine(Exception):  # noqa: N818  # it carries a line, out of the csv module
    def __init__(self, line: Overlong) -> None:
        self.line = line


def _utf8(stream: Stream) -> io.BufferedReader:
    """The bytes of ``stream`` in UTF-8, without a byte order mark."""
    encoding, mark = table_encoding(stream.head, len(stream.head) < HEAD)
    reader = stream.reader()
    reader.read(mark)
    if encoding == "utf-8":
        return reader
    return io.BufferedReader(_Transcoding(reader, encoding), HEAD)


class _Transcoding(io.RawIOBase):
    """``reader``, which is in ``encoding``, in UTF-8."""

    def __init__(self, reader: io.BufferedReader, encoding: str) -> None:
        self._reader, self._encoding = reader, encoding
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer)
        while not self._ready:
            data = self._reader.read(HEAD)
            try:
                self._ready = self._decoder.decode(data, final=not data).encode()
            except UnicodeDecodeError as error:
                raise IntakeError(invalid(error.object, error.start, self._encoding)) from None
            if not data and not self._ready:
                return 0
        part, self._ready = self._ready[: len(view)], self._ready[len(view) :]
        view[: len(part)] = part
        return len(part)
