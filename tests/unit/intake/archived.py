"""Makes web archives, whole and broken, each broken one named after its damage. Records are written by hand, so that a
damage is what it says and nothing else."""

from __future__ import annotations

import gzip
import io
import random
import zipfile
from collections.abc import Callable, Iterable
from itertools import pairwise

from tests.unit.fetch.server import answer, page

URL = "http://courier.example/{}"


def record(
    content: bytes, kind: str = "response", url: str | None = URL.format("a"), *fields: str, length: int | None = None
) -> bytes:
    """One WARC record; ``length`` is what its header says it is, where that is not so."""
    lines = [
        "WARC/1.1",
        f"WARC-Type: {kind}",
        "WARC-Date: 2031-05-04T10:00:00Z",
        "WARC-Record-ID: <urn:uuid:12345678-1234-5678-1234-567812345678>",
        *([f"WARC-Target-URI: {url}"] if url else []),
        *fields,
        f"Content-Length: {len(content) if length is None else length}",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content + b"\r\n\r\n"


def page_record(name: object, *fields: str) -> bytes:
    """A captured page."""
    return record(answer(page(f"Report {name}")), "response", URL.format(name), *fields)


PAGES = [page_record(number) for number in range(1, 5)]


def packed(records: Iterable[bytes]) -> bytes:
    """A .warc.gz: a gzip member for each record."""
    return b"".join(map(gzip.compress, records))


def wacz(warcs: dict[str, bytes]) -> bytes:
    """A WACZ that holds these files, with the index and the list of pages that one has."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("datapackage.json", '{"profile": "data-package", "wacz_version": "1.1.1"}')
        archive.writestr(
            "pages/pages.jsonl", '{"format": "json-pages-1.0"}\n{"url": "http://courier.example/1", "text": "x"}\n'
        )
        archive.writestr("indexes/index.cdx", "example,courier)/1 20310504 {}\n")
        for name, data in warcs.items():
            archive.writestr(f"archive/{name}", data)
    return out.getvalue()


Damage = Callable[[bytes], bytes]


def length_too_long(one: bytes) -> bytes:
    return one.replace(b"Content-Length: ", b"Content-Length: 1", 1)


def length_too_short(one: bytes) -> bytes:
    at = one.index(b"Content-Length: ") + len(b"Content-Length: ")
    return one[:at] + b"2" + one[at + 1 :].replace(one[at + 1 : at + 3], b"", 1)


def length_negative(one: bytes) -> bytes:
    return one.replace(b"Content-Length: ", b"Content-Length: -", 1)


def length_beyond_all_bounds(one: bytes) -> bytes:
    return one.replace(b"Content-Length: ", b"Content-Length: 9999999999", 1)


def length_of_thousands_of_digits(one: bytes) -> bytes:
    return one.replace(b"Content-Length: ", b"Content-Length: " + b"9" * 5000, 1)


def length_missing(one: bytes) -> bytes:
    return one.replace(b"Content-Length: ", b"Content-Lenght: ", 1)


def junk_before(one: bytes) -> bytes:
    return b"this is no record\r\n\r\n" + one


def version_missing(one: bytes) -> bytes:
    return one.replace(b"WARC/1.1\r\n", b"", 1)


def header_without_end(one: bytes) -> bytes:
    return one.replace(b"WARC-Date", b"X-Long: " + b"a" * 200_000 + b"\r\nWARC-Date", 1)


DAMAGES: dict[Damage, str] = {
    length_too_long: "length",
    length_too_short: "length",
    length_negative: "length",
    length_beyond_all_bounds: "cut off",
    length_of_thousands_of_digits: "length",
    length_missing: "length",
    junk_before: "no record begins",
    version_missing: "no record begins",
    header_without_end: "header",
}


def checksum_wrong(member: bytes) -> bytes:
    return member[:-8] + b"\0\0\0\0" + member[-4:]


def member_cut_off(member: bytes) -> bytes:
    return member[:-30]


def bytes_changed(member: bytes) -> bytes:
    middle = len(member) // 2
    return member[:middle] + bytes(255 - byte for byte in member[middle : middle + 40]) + member[middle + 40 :]


def zeroed(member: bytes) -> bytes:
    return member[:12] + b"\0" * (len(member) - 12)


MEMBER_DAMAGES: list[Damage] = [checksum_wrong, member_cut_off, bytes_changed, zeroed]


def bomb() -> bytes:
    """A member of a megabyte that would be a gigabyte."""
    return gzip.compress(record(b"HTTP/1.1 200 OK\r\n\r\n" + b" " * 100_000_000, url=URL.format("bomb")), 9)


def bomb_of_line_breaks() -> bytes:
    return gzip.compress(b"\r\n" * 50_000_000, 9)


def every_record_within_the_one_before(number: int) -> bytes:
    """Records that each say that they hold all that follow."""
    parts = [b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 900000000\r\n\r\n" for _ in range(number)]
    return b"".join(a + b for a, b in pairwise([*parts, b""]))


# What is wrong within a record whose frame is right.

WITHIN: dict[str, tuple[bytes, str]] = {
    "no_payload": (b"", "no HTTP response"),
    "no_status_line": (b"<html><body>hello</body></html>", "no HTTP response"),
    "http_header_without_end": (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n", "does not end"),
    "no_body": (answer(b""), "empty"),
    "chunks_cut_off": (answer(b"50\r\n<p>hello", "200 OK", "Transfer-Encoding: chunked"), "within a chunk"),
    "chunks_without_a_last": (answer(b"5\r\nhello\r\n", "200 OK", "Transfer-Encoding: chunked"), "last chunk"),
    "chunks_that_are_bad": (answer(b"5\r\nhello\r\nzz\r\n", "200 OK", "Transfer-Encoding: chunked"), "bad chunks"),
    "gzip_cut_off": (answer(gzip.compress(page())[:-30], "200 OK", "Content-Encoding: gzip"), "cut off"),
    "gzip_bomb": (answer(gzip.compress(b"a" * 40_000_000), "200 OK", "Content-Encoding: gzip"), "bomb"),
    "brotli_damaged": (answer(b"\xff\xff\xff\xff", "200 OK", "Content-Encoding: br"), "cannot be expanded"),
    "zstd_damaged": (answer(b"\xff\xff\xff\xff", "200 OK", "Content-Encoding: zstd"), "cannot be expanded"),
    "binary_called_html": (answer(b"%PDF-1.7 and so on"), "PDF"),
    "page_without_an_article": (answer(b"<html><body></body></html>"), "no article text"),
    "too_large": (answer(b"<html>" + random.Random(1).randbytes(10_500_000).hex().encode()), "limit article_bytes"),
}
