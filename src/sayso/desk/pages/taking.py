"""Taking away: every listing as a file, and claims and stories in the formats of others.

A file is written whole before its first byte is sent: what goes wrong is said on a page, and no half of a table looks
like all of it. It lies on the disk, so that a listing of any length needs little memory. Its name is Sayso's own.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from typing import Annotated, Any, BinaryIO, cast

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse

from sayso import exporting
from sayso.desk.asked import STANCES, Asked, Question
from sayso.desk.held import AtDesk, Held
from sayso.desk.pages.listed import LISTINGS
from sayso.desk.rendering import render, today
from sayso.errors import NotThereError
from sayso.show import export as listings
from sayso.show.export import as_json
from sayso.show.exports import xlsx
from sayso.show.files import as_json_text, as_text
from sayso.types import Filters

router = APIRouter(include_in_schema=False)

_CHUNK = 1 << 16

TYPES: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8; header=present",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
    "json": "application/json",
    "jsonl": "application/jsonl",
    "jsonld": "application/ld+json",
    "geojson": "application/geo+json",
    "zip": "application/zip",
    "warc.gz": "application/warc",
}
"""The media type of each kind of file, by the end of its name."""

FORMATS = ("csv", "xlsx", "parquet", "json", "jsonl")
"""What a listing can be taken away as."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of export: what it is, what one entry of it is, what it is for, and how its file's name ends."""

    name: str
    what: str
    entry: str
    use: str
    suffix: str
    filtered: bool = True


KINDS: tuple[Kind, ...] = (
    Kind("xlsx", "the claims as a workbook", "a claim", "Excel, LibreOffice", "xlsx"),
    Kind("csv", "the claims as a table", "a claim", "any spreadsheet, R, pandas", "csv"),
    Kind("parquet", "the claims with their types", "a claim", "pandas, DuckDB, R's arrow", "parquet"),
    Kind("jsonl", "the claims, one a line", "a claim", "programs", "jsonl"),
    Kind("acled", "a table with ACLED's columns", "a story", "event data; figures as claimed", "csv"),
    Kind("ucdp", "a table with the columns of UCDP's GED", "a story", "event data; figures as claimed", "csv"),
    Kind("plover", "PLOVER event records", "a claim of an event", "event data", "jsonl"),
    Kind("geojson", "points on the map", "a story; a claim", "QGIS and other maps", "geojson"),
    Kind("web-annotation", "W3C Web Annotations", "a claim", "annotation tools, archives", "jsonld"),
    Kind(
        "claimreview",
        "schema.org Claims and ClaimReviews, without ratings",
        "a claim; a finding",
        "fact-checkers",
        "jsonld",
    ),
    Kind("ftm", "FollowTheMoney entities", "an article, claimant, claim or story", "Aleph and its kin", "jsonl"),
    Kind("corrections", "readings as people decided", "an article", "training the reader", "jsonl", filtered=False),
    Kind("warc", "what was fetched, as a web archive", "an exchange", "ReplayWeb.page and other archives", "warc.gz"),
    Kind("bundle", "a case file, which sayso verify checks", "an article", "evidence", "zip"),
)


@dataclass(frozen=True, slots=True)
class ExportPage:
    """All that can be taken away: ``kinds`` of exports with filters, and ``listings`` with what each is."""

    asked: Asked
    kinds: tuple[Kind, ...]
    types: tuple[str, ...]
    listings: Mapping[str, str]
    formats: tuple[str, ...] = FORMATS
    stances: tuple[str, ...] = STANCES


@router.get("/download/{listing}.{format}")
def download(desk: AtDesk, asked: Question, listing: str, format: str) -> Response:
    """A listing, narrowed and sorted as its page, as a file."""
    if listing not in LISTINGS or format not in FORMATS:
        raise NotThereError(
            f"there is nothing to take away. Listings: {', '.join(LISTINGS)}; each as {', '.join(FORMATS)}."
        )
    found = LISTINGS[listing]
    exporting.note_export(desk.ledger(), f"{listing}, as {format}", asked.filters)

    def write(out: BinaryIO) -> None:
        rows = found.rows(desk, asked)
        rows = chain(list(islice(rows, 1)), rows)  # a question that makes no sense is refused before anything is begun
        if format == "xlsx":
            xlsx.write(rows, out, found.of)
        elif format == "json":
            write_json(rows, out)
        else:
            listings.write(rows, format, out, found.of)

    return as_file(write, listing, format)


@router.get("/export")
def export_page(request: Request, desk: AtDesk, asked: Question) -> Response:
    """What can be taken away, and what it is for."""
    with desk.ledger().browsing() as browse:
        types = tuple(browse.event_types())
    page = ExportPage(asked, KINDS, types, {name: listing.what for name, listing in LISTINGS.items()})
    return render(request, "export.html", page)


@router.get("/download/export")
def export_file(held: Held, asked: Question, kind: Annotated[str, Query(max_length=20)]) -> Response:
    """Claims or stories in one of the formats."""
    found = next((one for one in KINDS if one.name == kind), None)
    if found is None:
        raise NotThereError(f"no export {kind[:20]!r}; there is: {', '.join(one.name for one in KINDS)}.")
    filters = asked.filters if found.filtered else Filters()
    return as_file(lambda out: exporting.export(held, kind, out, filters), kind, found.suffix)


def as_file(write: Callable[[BinaryIO], object], name: str, suffix: str) -> Response:
    """What ``write`` writes, as a file that the browser saves. ``name`` and ``suffix`` are Sayso's own words."""
    file = cast(BinaryIO, tempfile.TemporaryFile())  # noqa: SIM115 - it is closed when it is sent
    try:
        write(file)
        size = file.seek(0, 2)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    headers = {
        "Content-Disposition": f'attachment; filename="sayso-{name}-{today().isoformat()}.{suffix}"',
        "Content-Length": str(size),
    }
    return StreamingResponse(_chunks(file), media_type=TYPES[suffix], headers=headers)


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while chunk := file.read(_CHUNK):
            yield chunk


def write_json(rows: Iterable[Any], out: BinaryIO) -> None:
    """``rows``, records of one type, as one list, a row a line."""
    with as_text(out) as file:
        file.write("[")
        for number, row in enumerate(rows):
            file.write((",\n" if number else "\n") + as_json_text(as_json(row)))
        file.write("\n]\n")
