"""Web archives as input: which records are pages, what is known of them, where they were read from."""

from __future__ import annotations

import gzip
import io
import random
import sys
import zlib
from hashlib import sha256
from pathlib import Path

import pytest
from fastwarc.stream_io import BrotliWriter, ZstdWriter
from tests.unit.fetch.server import REPORT, answer, page
from tests.unit.intake.archived import PAGES, URL, packed, page_record, record, wacz
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from sayso.config import Config, Limits
from sayso.intake import receive, warc
from sayso.intake.warc import BadRecord, WarcPage, warc_pages
from sayso.types import Received


def pages(data: bytes) -> list[WarcPage]:
    found = list(warc_pages(io.BytesIO(data), Limits()))
    assert not [item for item in found if isinstance(item, BadRecord)]
    return [item for item in found if isinstance(item, WarcPage)]


@pytest.mark.parametrize("data", [b"".join(PAGES), packed(PAGES), gzip.compress(b"".join(PAGES))])
def test_plain_packed_by_record_and_packed_as_a_whole_are_the_same(data: bytes) -> None:
    assert [(one.number, one.url, one.data) for one in pages(data)] == [
        (number, URL.format(number), page(f"Report {number}")) for number in range(1, 5)
    ]


def test_articles_are_the_pages_with_the_address_of_the_record(tmp_path: Path) -> None:
    archive = tmp_path / "no matter.txt"
    archive.write_bytes(packed([record(b"software: x\r\n", "warcinfo", None), *PAGES[:2]]))
    items = list(receive([archive], Config()))

    assert all(isinstance(item, Received) for item in items)
    articles = [item.article for item in items if isinstance(item, Received)]
    assert [a.location for a in articles] == [f"{archive}#2", f"{archive}#3"]
    assert [a.url for a in articles] == [URL.format(1), URL.format(2)]
    assert [a.outlet for a in articles] == ["The Vale Courier"] * 2
    assert [a.published for a in articles] == ["2031-05-04"] * 2
    assert articles[0].text == f"Report 1\n\n{REPORT}"
    assert articles[0].sha256 == sha256(page("Report 1")).hexdigest()


def test_a_page_from_an_archive_is_the_article_that_its_file_is(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(PAGES[0])
    (tmp_path / "b.html").write_bytes(page("Report 1"))
    archived, plain = receive([tmp_path], Config())

    assert isinstance(archived, Received)
    assert isinstance(plain, Received)
    assert archived.article.id == plain.article.id
    assert archived.article.text == plain.article.text


def test_a_wacz_is_read_by_its_archives_alone(tmp_path: Path) -> None:
    path = tmp_path / "case.wacz"
    path.write_bytes(wacz({"one.warc.gz": packed(PAGES[:2]), "two.warc": PAGES[2]}))
    locations = [
        item.article.location if isinstance(item, Received) else item.reason for item in receive([path], Config())
    ]

    assert locations == [
        f"{path}!/archive/one.warc.gz#1",
        f"{path}!/archive/one.warc.gz#2",
        f"{path}!/archive/two.warc#1",
    ]


def test_standard_input_that_cannot_be_gone_back_in() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    (only,) = receive(["-"], Config(), Pipe(packed(PAGES[:1])))
    assert isinstance(only, Received)
    assert only.article.location == "-#1"


@pytest.mark.parametrize(
    ("content", "kind", "url"),
    [
        (answer(page(), "404 Not Found"), "response", URL.format("a")),
        (answer(page(), "301 Moved", "Location: /b"), "response", URL.format("a")),
        (answer(b"\x89PNG\r\n", type="image/png"), "response", URL.format("a.png")),
        (answer(b"body { margin: 0 }", type="text/css"), "response", URL.format("a.css")),
        (answer(b"let a = '<html>'", type="application/javascript"), "response", URL.format("a.js")),
        (answer(b'{"text": "said"}', type="application/json"), "response", URL.format("a.json")),
        (answer(b"User-agent: *\n", type="text/plain"), "response", "http://courier.example/robots.txt"),
        (answer(bytes(range(256)), type=None), "response", URL.format("a")),
        (b"20310504 courier.example 93.184.215.14", "response", "dns:courier.example"),
        (answer(page()), "revisit", URL.format("a")),
        (b"GET / HTTP/1.1\r\n\r\n", "request", URL.format("a")),
        (page(), "resource", URL.format("a")),
        (REPORT.encode(), "conversion", URL.format("a")),
        (b"a: b", "metadata", URL.format("a")),
        (page(), "of a kind that is yet to come", URL.format("a")),
    ],
)
def test_records_that_are_no_pages_are_passed_over(content: bytes, kind: str, url: str) -> None:
    data = [record(content, kind, url), PAGES[0]]

    assert [(one.number, one.url) for one in pages(packed(data))] == [(2, URL.format(1))]
    assert [(one.number, one.url) for one in pages(b"".join(data))] == [(2, URL.format(1))]


@pytest.mark.parametrize("type", ["application/json", "text/html", "application/octet-stream", None, "TEXT/HTML; a=b"])
def test_a_page_is_one_whatever_the_server_calls_it(type: str | None) -> None:
    assert [one.data for one in pages(record(answer(page(), type=type)))] == [page()]


def test_a_text_is_read_as_a_text(tmp_path: Path) -> None:
    archive = tmp_path / "a.warc"
    archive.write_bytes(record(answer(REPORT.encode(), type="text/plain; charset=utf-8")))
    (item,) = receive([archive], Config())

    assert isinstance(item, Received)
    assert item.article.text == REPORT


def coded(coding: str, body: bytes) -> bytes:
    out = io.BytesIO()
    if coding == "gzip":
        return gzip.compress(body)
    if coding == "deflate":
        return zlib.compress(body)
    writer = (BrotliWriter if coding == "br" else ZstdWriter)(out)
    writer.write(body)
    writer.close()
    return out.getvalue()


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_bodies_are_unpacked_and_unchunked(coding: str) -> None:
    body = coded(coding, page())
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (body[:50], body[50:])) + b"0\r\n\r\n"
    as_sent = record(answer(chunks, "200 OK", f"Content-Encoding: {coding}", "Transfer-Encoding: chunked"))

    assert pages(as_sent)[0].data == page()


@pytest.mark.parametrize("fields", [("Transfer-Encoding: chunked",), ("Content-Encoding: gzip", "Content-Length: 7")])
def test_bodies_that_were_undone_before_they_were_kept(fields: tuple[str, ...]) -> None:
    assert pages(record(answer(page(), "200 OK", *fields)))[0].data == page()


def test_the_encoding_that_only_the_server_gives(tmp_path: Path) -> None:
    body = page("Brücke").replace(b"<meta charset=utf-8>", b"").decode().encode("cp1252")
    archive = tmp_path / "a.warc"
    archive.write_bytes(record(answer(body, type="text/html; charset=windows-1252")))
    (item,) = receive([archive], Config())

    assert isinstance(item, Received)
    assert item.article.title == "Brücke"


@pytest.mark.parametrize("is_packed", [False, True])
def test_names_of_header_fields_may_be_in_any_case(is_packed: bool) -> None:
    small = [one.replace(b"Content-Length:", b"content-length:").replace(b"WARC-T", b"warc-t") for one in PAGES]

    assert [one.url for one in pages(packed(small) if is_packed else b"".join(small))] == [
        URL.format(number) for number in range(1, 5)
    ]


def test_line_feeds_for_line_breaks() -> None:
    bare = [record(answer(page(f"Report {n}")), "response", URL.format(n)).partition(b"\r\n\r\n") for n in (1, 2)]
    data = b"".join(head.replace(b"\r\n", b"\n") + b"\n\n" + content for head, _, content in bare)

    assert [one.url for one in pages(data)] == [URL.format(1), URL.format(2)]


def test_what_warcio_writes_is_read() -> None:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    writer.write_record(writer.create_warcinfo_record("a.warc.gz", {"software": "warcio"}))
    writer.write_record(
        writer.create_warc_record(
            URL.format("a"), "response", payload=io.BytesIO(page()), length=len(page()), http_headers=head
        )
    )

    assert [(one.number, one.url, one.data) for one in pages(out.getvalue())] == [(2, URL.format("a"), page())]


def test_a_large_record_that_is_no_page_is_passed_over() -> None:
    large = record(answer(b"\x89PNG" + random.Random(1).randbytes(25_000_000), type="image/png"))

    assert [one.url for one in pages(packed([large, PAGES[0]]))] == [URL.format(1)]
    assert [one.url for one in pages(large + PAGES[0])] == [URL.format(1)]


def test_the_quick_way_and_the_careful_way_say_the_same() -> None:
    data = [
        *(record(b"software: x\r\n", "warcinfo", None), PAGES[0], record(b"GET / HTTP/1.1\r\n\r\n", "request")),
        *(record(answer(b"x" * 200_000, type="image/png")), page_record("b"), record(answer(b"", "500 Oops"))),
    ]
    for file in (b"".join(data), packed(data), gzip.compress(b"".join(data))):
        quick = list(warc._quickly(io.BytesIO(file), Limits()))
        careful = list(warc._Careful(io.BytesIO(file), Limits(), 0, 0).records())

        assert quick == careful
        assert len(quick) == len(data)


def test_fastwarc_is_loaded_when_an_archive_is_read() -> None:
    import subprocess

    code = "import sys, sayso.intake; print('fastwarc' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


def test_a_byte_that_ends_lines_elsewhere_begins_no_field() -> None:
    (only,) = pages(record(answer(page(), "200 OK", "X-Name: a\x85Content-Encoding: br")))
    assert only.data == page()
