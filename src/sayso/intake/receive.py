"""From paths to articles: the way that all input takes, from top to bottom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from sayso import __version__
from sayso.config import Config
from sayso.errors import IntakeError, UsageError
from sayso.intake import tables
from sayso.intake.archives import BadMember, gunzipped, members, seekable
from sayso.intake.article import Found, build, check_text
from sayso.intake.columns import found_in
from sayso.intake.dates import iso_date
from sayso.intake.encoding import declared_encoding, decode
from sayso.intake.files import Entry, files_in, open_file
from sayso.intake.kinds import FORMATS, Kind, kind_of
from sayso.intake.pages import PageReader
from sayso.intake.parquet import parquet_rows
from sayso.intake.stream import HEAD, Budget, Source, Stream
from sayso.intake.warc import BadRecord, warc_pages
from sayso.types import Extraction, Quarantined, Received

Items = Iterator[Received | Quarantined]
STDIN = "-"

_ROWS = {
    "jsonl": tables.jsonl_rows,
    "json list": tables.json_list_rows,
    "csv": tables.csv_rows,
    "parquet": parquet_rows,
}


def receive(paths: Iterable[str | Path | Entry], config: Config, stdin: BinaryIO | None = None) -> Items:
    """Each article in ``paths``, in order, and each piece of input that could not be read, with the reason.

    A path is a file, a folder (read with its subfolders, sorted by name) or "-", which is ``stdin``; an ``Entry`` is
    one that goes by another name. Tables and
    archives are read a row and a member at a time, whatever their size. Nothing in the input makes this raise;
    UsageError where ``config`` asks for a format or a date of publication that is not understood.
    """
    if config.format is not None and config.format not in FORMATS:
        raise UsageError(f"format: expected one of {', '.join(FORMATS)}, got {config.format!r}")
    if config.published is not None and iso_date(config.published) is None:
        raise UsageError(f"published: expected a date such as 2018-04-13, got {config.published!r}")
    return _received(paths, config, stdin)


def _received(paths: Iterable[str | Path | Entry], config: Config, stdin: BinaryIO | None) -> Items:
    with closing(_Intake(config)) as intake:
        for path in paths:
            if str(path) == STDIN:
                yield from intake.standard_input(stdin)
                continue
            for entry in files_in(path):
                yield from intake.file(entry)


def quarantined(location: str, reason: str, digest: str | None = None, data: bytes | None = None) -> Quarantined:
    """The record of input that could not be read, as of now."""
    return Quarantined(location, digest, reason, datetime.now(UTC).isoformat(timespec="seconds"), data)


class _Intake:
    """Reads streams by their kinds, within the limits of one configuration."""

    def __init__(self, config: Config) -> None:
        self.config, self.limits = config, config.limits
        self.pages = PageReader(config.limits)

    def close(self) -> None:
        self.pages.close()

    def standard_input(self, stdin: BinaryIO | None) -> Items:
        if stdin is None:
            yield quarantined(STDIN, "there is no standard input to read")
            return
        yield from self._opened(STDIN, stdin)

    def file(self, entry: Entry) -> Items:
        try:
            file = open_file(entry, self.limits.file_bytes)
        except IntakeError as error:
            yield quarantined(entry.location, str(error))
            return
        with file:
            yield from self._opened(entry.location, file, entry.url, entry.charset)

    def _opened(self, location: str, file: BinaryIO, url: str | None = None, charset: str | None = None) -> Items:
        try:
            source = Source(file, self.limits.file_bytes, "file_bytes")
            stream = Stream(location, source, url=url, charset=charset)
        except IntakeError as error:
            yield quarantined(location, str(error))
            return
        yield from self.stream(stream, 0, Budget(self.limits.expanded_bytes))

    def stream(self, stream: Stream, depth: int, budget: Budget) -> Items:
        """All that is in ``stream``, which lies ``depth`` archives deep; never raises for what is in it."""
        try:
            kind = self._kind(stream)
            if kind in ("gzip", "zip", "warc"):
                if depth == self.limits.depth:
                    raise IntakeError(f"archives within archives more than {depth} deep, the limit depth")
                unpack = {"gzip": self._gzip, "zip": self._zip, "warc": self._warc}[kind]
                yield from unpack(stream, depth + 1, budget)
            elif kind == "feed":
                yield from self._feed(stream, budget)
            elif kind in _ROWS:
                yield from self._table(stream, kind)
            else:
                yield self._document(stream, kind)
        except IntakeError as error:
            yield quarantined(stream.location, str(error), *stream.fingerprint(self.limits.article_bytes))

    def _kind(self, stream: Stream) -> Kind:
        kind = kind_of(stream.head, self.config.format, stream.location)
        if kind == "json" and self.config.format is None and b"\n" not in stream.head and len(stream.head) == HEAD:
            # One long line, so far: a row of a table if another follows.
            kind = kind_of(stream.look(self.limits.article_bytes), None, stream.location)
        return kind

    def _gzip(self, stream: Stream, depth: int, budget: Budget) -> Items:
        with gunzipped(stream, budget, self.limits) as expanded:
            yield from self.stream(expanded, depth, budget)

    def _zip(self, stream: Stream, depth: int, budget: Budget) -> Items:
        with seekable(stream) as file:
            for member in members(stream.location, file, budget, self.limits):
                if isinstance(member, BadMember):
                    yield quarantined(member.location, member.reason)
                else:
                    yield from self.stream(member, depth, budget)

    def _warc(self, stream: Stream, depth: int, budget: Budget) -> Items:
        """The pages that a web archive holds, each read as a file of its own would be."""
        with seekable(stream) as file:
            for page in warc_pages(file, self.limits):
                location = f"{stream.location}#{page.number}"
                if isinstance(page, BadRecord):
                    digest = None if page.data is None else sha256(page.data).hexdigest()
                    yield quarantined(location, page.reason, digest, page.data)
                    continue
                source = Source(BytesIO(page.data), self.limits.article_bytes, "article_bytes")
                within = Stream(location, source, url=page.url, charset=page.charset)
                yield from self.stream(within, depth, Budget(min(budget.left, self.limits.expanded_bytes)))

    def _feed(self, stream: Stream, budget: Budget) -> Items:
        """The entries of a feed that have a content, each an article."""
        from sayso.intake.feeds import feed_entries  # lxml takes a while to load

        entries = contents = 0
        for entry in feed_entries(self._whole(stream), self.limits.members):
            entries += 1
            if not entry.content:
                continue
            contents += 1
            budget.spend(len(entry.data))
            location = f"{stream.location}#{entry.number}"
            try:
                text = self.pages.text(entry.content) if entry.is_html else entry.content
                found = Found(text, entry.title, entry.outlet, entry.published or entry.updated, entry.url)
                yield self._article(found, location, entry.data, "feed")
            except IntakeError as error:
                yield quarantined(location, str(error), sha256(entry.data).hexdigest(), entry.data)
        if not contents:
            more = "Get the pages that it lists with: sayso fetch --feed URL"
            raise IntakeError(f"a feed of {entries:,} entries, none with a text. {more}")

    def _table(self, stream: Stream, kind: Kind) -> Items:
        row = None
        for row in _ROWS[kind](stream, self.limits.article_bytes):
            location = f"{stream.location}#{row.number}"
            if isinstance(row, tables.BadRow):
                yield quarantined(location, row.reason, row.sha256, row.data)
                continue
            if row.number > self.limits.members:
                raise IntakeError(f"a table of more than {self.limits.members:,} rows, the limit members")
            try:
                yield self._article(row.found, location, row.data, kind)
            except IntakeError as error:
                yield quarantined(location, str(error), sha256(row.data).hexdigest(), row.data)
        if row is None:
            raise IntakeError("a table without rows: there is nothing to read in it")

    def _whole(self, stream: Stream) -> bytes:
        data = stream.whole(self.limits.article_bytes)
        if data is None:
            raise IntakeError(
                f"more than {self.limits.article_bytes:,} bytes, the limit article_bytes. "
                "If it holds several articles, give them as JSONL or CSV; if it is one, raise the limit"
            )
        if not data or data.isspace():
            raise IntakeError("it is empty: there is no text to read")
        return data

    def _document(self, stream: Stream, kind: Kind) -> Received:
        data = self._whole(stream)
        text = decode(data, (declared_encoding(data) if kind == "html" else None) or stream.charset)
        if kind == "html":
            check_text(text)
            found = self.pages.read(text)
        elif kind == "json":
            found = found_in(tables.object_of(text))
        else:
            found = Found(text)
        return self._article(replace(found, url=stream.url or found.url), stream.location, data, kind)

    def _article(self, found: Found, location: str, data: bytes, kind: Kind) -> Received:
        if len(found.text) > self.limits.text_chars:
            raise IntakeError(f"a text of {len(found.text):,} characters, over the limit text_chars. Split it")
        said = replace(
            found,
            outlet=found.outlet or self.config.outlet,
            # A date that is not understood is still one: another day in its place would be wrong.
            published=found.published if (found.published or "").strip() else self.config.published,
        )
        own = Extraction("sayso", __version__, {"format": kind})
        return Received(build(said, location, data), data, found.extraction or own)
