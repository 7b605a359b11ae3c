"""What kind of input bytes are, told by their content; where that shows nothing, by a name that says JSON."""

from __future__ import annotations

import csv
import json
import re
import zlib
from typing import Literal

from sayso.errors import IntakeError
from sayso.intake.article import CONTROLS_PER_CHARACTER, count_controls
from sayso.intake.columns import COLUMNS, TEXT_COLUMNS, column_key
from sayso.intake.encoding import glimpse, is_wide

Kind = Literal["text", "html", "json", "json list", "jsonl", "csv", "parquet", "feed", "gzip", "zip", "warc"]
FORMATS = ("text", "html", "json", "jsonl", "csv")  # what Config.format may be
DELIMITERS = ",\t;|"

# Signatures of what is not read, and what to do about each.
_CONVERT = "Convert it to text, HTML, JSON or CSV first"
_UNREAD = (
    (rb"%PDF-", "a PDF file", "Extract its text first, with pdftotext for one"),
    (rb"\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|BM.{4}\0{4}|II\*\0|MM\0\*|RIFF.{4}WEBP", "an image",
     "Type out its text first"),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file", "Save it as plain text first"),
    (rb"\{\\rtf", "an RTF file", "Save it as plain text first"),
    (rb"%!PS", "a PostScript file", "Extract its text first, with ps2txt for one"),
    (rb"\x1f\x9d|BZh\d1AY&SY|\xfd7zXZ\0|\x28\xb5\x2f\xfd|Rar!\x1a\x07|7z\xbc\xaf\x27\x1c",
     "an archive of a kind that is not read", "Unpack it first, or pack it as .zip or .gz"),
    (rb"\0\x05\x16[\0\x07]", "what macOS keeps about a file", "Leave it out; the file itself is beside it"),
    (rb".{257}ustar[\0 ]", "a tar archive", "Unpack it first, or pack it as .zip"),
    (rb"SQLite format 3\0", "an SQLite database", "Export its articles as JSONL or CSV first"),
    (rb"\x7fELF|MZ.{60,120}PE\0\0|\xca\xfe\xba\xbe", "a program", _CONVERT),
    (rb".{4}ftyp|ID3[\x02-\x04]|OggS\0|fLaC\0|\x1aE\xdf\xa3|RIFF.{4}(?:WAVE|AVI )", "a sound or video file",
     "Give a transcript of it as text"),
)  # fmt: skip
_SIGNATURES = tuple((re.compile(pattern, re.DOTALL), what, advice) for pattern, what, advice in _UNREAD)

_WARC = re.compile(rb"WARC/[01]\.\d+\r?\n")
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_ELEMENT = re.compile(r"<[A-Za-z][\w:.-]{0,40}[\s>]?")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HTML_START = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|div|p|article|section|main|table|script|style|h[1-6]|ul|a|span|link)"
    r"(?=[\s/>])",
    re.IGNORECASE,
)
_HTML_ANYWHERE = re.compile(r"<(?:!doctype\s+html|html|body)(?=[\s/>])", re.IGNORECASE)
_JSON_LIST = re.compile(r"\[\s*(?:\{|\]\s*\Z|\[[\s\[]*(?:[{\]\"\d-]|\Z))")
_JSON_OBJECT = re.compile(r"\{\s*(?:[\"}]|\Z)")
_NAMED_JSON = re.compile(r"\.(?:(?P<lines>jsonl|ndjson)|json)(?:\.gz)?\Z", re.IGNORECASE)
MARKUP_WITHIN = 1024  # characters in which a page shows that it is one
HEADER_NAME = 40  # characters; a longer first line is no row of column names
ROWS_TO_TELL_A_TABLE = 3


def kind_of(head: bytes, form: str | None = None, name: str = "") -> Kind:
    """The kind of the bytes that begin with ``head``; ``form`` is Config.format, which overrides. ``name`` is that of
    the file, which is asked where its first lines look like nothing that it says.

    Raises IntakeError, whose message names what it is and what to do, where it is not read.
    """
    if head.startswith(b"\x1f\x8b"):
        return "warc" if _WARC.match(_expanded_start(head)) else "gzip"
    if _WARC.match(head):
        return "warc"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head.startswith(b"PAR1"):
        return "parquet"
    text = _as_text(head)
    if form == "json":
        return "json list" if text.lstrip().startswith("[") else "json"
    if form in ("text", "html", "jsonl", "csv"):
        return form  # type: ignore[return-value]  # one of FORMATS, all of them kinds
    return _named_kind(_text_kind(text), text, name)


def _named_kind(kind: Kind, text: str, name: str) -> Kind:
    """``kind``; or what ``name`` says, where it says JSON and the text begins with something else, or with a broken
    line. A report that is taken for a broken table is set aside with its reason; a table that is taken for a report
    would be lost in it."""
    named = _NAMED_JSON.search(name)
    if named is None or kind not in ("text", "csv", "json") or not text.strip():
        return kind
    rows = [row for row in text.split("\n") if row.strip()]
    objects = sum(map(_is_object, rows[1:]))
    # An object over many lines may have another on a line of its own: it is no table unless most lines are objects.
    if objects and (kind != "json" or (named["lines"] and 2 * objects >= len(rows) - 1 and not _is_object(text))):
        return "jsonl"
    if kind == "text":
        return "jsonl" if named["lines"] else "json"
    return kind


def _expanded_start(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(31).decompress(head, 16)
    except zlib.error:
        return b""


def _as_text(head: bytes) -> str:
    """``head`` as text; IntakeError where it is not."""
    for pattern, what, advice in _SIGNATURES:
        if pattern.match(head):
            raise IntakeError(f"this is {what}, which is not read. {advice}")
    text = glimpse(head)
    if (b"\0" in head and not is_wide(head)) or count_controls(text) > CONTROLS_PER_CHARACTER * len(text):
        raise IntakeError(f"binary content: this is no text. {_CONVERT}")
    return text


def _text_kind(text: str) -> Kind:
    start = text.lstrip()
    if start.startswith("<"):
        return _markup_kind(start)
    if _looks_like_jsonl(text):
        return "jsonl"
    if _JSON_LIST.match(start):
        return "json list"
    if _JSON_OBJECT.match(start):
        return "json"
    if delimiter_of(text) is not None:
        return "csv"
    return "text"


def _markup_kind(start: str) -> Kind:
    opening = start[:MARKUP_WITHIN]
    first = _ELEMENT.search(_COMMENT.sub("", opening))
    if first and _FEED.match(first[0]):
        return "feed"
    if _HTML_START.match(start) or _HTML_ANYWHERE.search(opening):
        return "html"
    if start.startswith("<?xml"):
        raise IntakeError(f"this is an XML file that is no web page. {_CONVERT}")
    # A page may open with comments; a report may open with "<Corrects the spelling>".
    return "html" if start.startswith("<!--") and _HTML_START.search(start) else "text"


def _looks_like_jsonl(text: str) -> bool:
    """True where at least two lines are there, and half of those that can be seen whole are JSON objects."""
    rows = text.split("\n")
    rest = rows.pop()
    whole = [row for row in rows if row.strip()]
    if len(whole) < 1 + (not rest.strip()):
        return False
    objects = sum(row.startswith("{") and _is_object(row) for row in whole)
    return 0 < objects >= len(whole) / 2


def _is_object(row: str) -> bool:
    try:
        return isinstance(json.loads(row), dict)
    except (ValueError, RecursionError):
        return False


def delimiter_of(text: str) -> str | None:
    """What separates the columns of the table that ``text`` begins; None where it is no table with a header.

    It is one if the first line is nothing but column names, and two of them are usual; or if one of them is usual for
    texts, and some row has as many columns; or if each of the next rows has just as many.
    """
    header = text.lstrip("\ufeff").lstrip("\r\n").partition("\n")[0].rstrip("\r")
    for delimiter in DELIMITERS:
        names = _cells(header, delimiter)
        if len(names) < 2 or not all(name.strip() and len(name) <= HEADER_NAME for name in names):
            continue
        keys = [column_key(name) for name in names]
        if len(set(keys)) < len(keys):
            continue
        usual = [key for key in keys if key in COLUMNS]
        rows = [len(_cells(row, delimiter)) for row in text.split("\n")[1:] if row.strip()]
        has_texts = any(key in TEXT_COLUMNS for key in keys)
        if len(usual) >= 2 or (has_texts and len(names) in rows) or _is_regular(len(names), rows):
            return delimiter
    return None


def _is_regular(columns: int, rows: list[int]) -> bool:
    """True where all rows but the last, which may not be in view whole, have as many columns as the first: three or
    more."""
    return columns >= 3 and len(rows) > ROWS_TO_TELL_A_TABLE and all(row == columns for row in rows[:-1])


def _cells(row: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([row], delimiter=delimiter), [])
    except csv.Error:
        return []
