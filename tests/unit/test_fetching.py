"""Pages that are fetched are articles with their exchanges, and come out again as a web archive."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from fastwarc import ArchiveIterator as FastIterator
from tests.unit.fetch.server import LIMITS, Connection, Server, answer, moved, page, serving
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from sayso import exporting, fetching, pipeline
from sayso.config import Config
from sayso.fetch.client import Fetcher
from sayso.fetching import Asked, Tally
from sayso.ledger import Ledger
from sayso.types import Filters, Received, Summary

CONFIG = Config(limits=LIMITS, allow_local=True)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as one:
        yield one


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(str(tmp_path / "sayso.db")) as one:
        yield one


@pytest.fixture(autouse=True)
def nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is fetched goes the way of all input; the network that reads it has tests of its own."""

    class Unread:
        provenance = None

        def reads(self, _article: object) -> bool:
            return False

    monkeypatch.setattr(pipeline, "reader_of", lambda _config: Unread())
    monkeypatch.setattr(Ledger, "holds", lambda *_: False)


def run(ledger: Ledger, *urls: str, **asked: Any) -> tuple[Summary, Tally]:
    fetcher = Fetcher(LIMITS, allow_local=True, sleep=lambda _: None)
    return fetching.run(Asked(tuple(urls), **asked), CONFIG, ledger, fetcher=fetcher)


def test_an_article_knows_its_exchange(server: Server, ledger: Ledger) -> None:
    server.says["/a"] = moved("/b")
    server.says["/b"] = answer(gzip.compress(page()), "200 OK", "Content-Encoding: gzip", 'ETag: "v1"')
    _, tally = run(ledger, server.url("/a"))
    (row,) = ledger.articles()
    (exchange,) = ledger.exchanges_of(row.id)

    assert tally == Tally(fetched=1)
    assert row.url == row.location == server.url("/b")
    assert row.outlet == "The Vale Courier"
    assert exchange.payload_sha256 == sha256(page()).hexdigest()
    assert ledger.data(exchange.payload_sha256) == page()
    assert (exchange.url, exchange.status, exchange.etag) == (row.url, 200, '"v1"')
    records = [
        (record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), record.http_headers.statusline)
        for record in ArchiveIterator(io.BytesIO(ledger.data(exchange.sha256)))
    ]
    assert [record[:2] for record in records] == [
        ("response", server.url("/a")), ("request", server.url("/a")),
        ("response", server.url("/b")), ("request", server.url("/b")),
    ]  # fmt: skip


def test_every_byte_is_kept_as_it_was_sent(server: Server, ledger: Ledger) -> None:
    odd = b"HTTP/1.1 200  Very  OK\r\nx-B:  two  spaces \r\nX-b: again\r\nContent-type:text/html\r\n"
    odd += b"X-Raw: \xff\xe9\r\nContent-Length: %d\r\n\r\n" % len(page()) + page()
    server.says["/odd"] = odd
    run(ledger, server.url("/odd"))
    (row,) = ledger.articles()
    kept = ledger.data(ledger.exchanges_of(row.id)[0].sha256)

    assert odd in gzip.decompress(kept)
    assert b"GET /odd HTTP/1.1\r\n" in gzip.decompress(kept)


def conditional(connection: Connection) -> None:
    """Answers 304 to whoever has the page as it is, as a server should."""
    if connection.field("If-None-Match") == '"v1"':
        connection.send(b'HTTP/1.1 304 Not Modified\r\nETag: "v1"\r\n\r\n')
    else:
        connection.send(answer(page(), "200 OK", 'ETag: "v1"', "Last-Modified: Sun, 04 May 2031 10:00:00 GMT"))


def test_a_page_that_has_not_changed_is_no_new_article(server: Server, ledger: Ledger) -> None:
    server.says["/a"] = conditional
    tallies = [run(ledger, server.url("/a"))[1] for _ in range(3)]
    (row,) = ledger.articles()

    assert tallies == [Tally(fetched=1), Tally(unchanged=1), Tally(unchanged=1)]
    assert [each.status for each in ledger.exchanges_of(row.id)] == [200, 304, 304]


def test_a_page_that_was_got_and_never_stored_is_got_again(
    server: Server, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run is killed between the exchange and the article."""
    server.says["/a"] = conditional
    with monkeypatch.context() as killed:
        killed.setattr(Ledger, "store", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            run(ledger, server.url("/a"))
    assert not list(ledger.articles())

    assert run(ledger, server.url("/a"))[1] == Tally(fetched=1)
    (row,) = ledger.articles()
    assert len(ledger.exchanges_of(row.id)) == 2


def test_a_page_that_has_changed_is_a_new_article(server: Server, ledger: Ledger) -> None:
    for number in (1, 2):
        server.says["/a"] = answer(page(f"Report {number}"), "200 OK", f'ETag: "{number}"')
        run(ledger, server.url("/a"))

    assert sorted(str(row.title) for row in ledger.articles()) == ["Report 1", "Report 2"]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (answer(b"", "404 Not Found"), "answered 404"),
        (answer(b"%PDF-1.7", type="application/pdf"), "sent application/pdf, which is no page"),
        (answer(b"\0" * 50, type=None), "neither HTML nor text"),
        (answer(b""), "empty"),
        (answer(b"<html><body></body></html>"), "no article text"),
    ],
)
def test_what_is_no_page_is_set_aside_under_its_address(
    said: bytes, words: str, server: Server, ledger: Ledger
) -> None:
    server.says = {"/bad": said, "/good": answer(page())}
    summary, _ = run(ledger, server.url("/bad"), server.url("/good"), "ftp://courier.example/")
    bad, ftp = sorted(ledger.quarantined(), key=lambda row: row.location, reverse=True)

    assert summary.quarantined == 2
    assert bad.location == server.url("/bad")
    assert words in bad.reason
    assert (ftp.location, "'ftp:'" in ftp.reason) == ("ftp://courier.example/", True)
    assert len(list(ledger.articles())) == 1


@pytest.mark.parametrize("type", ["application/json", "image/png", "text/plain", None])
def test_html_by_another_name_is_html(type: str | None, server: Server, ledger: Ledger) -> None:
    server.says["/a"] = answer(page(), type=type)
    run(ledger, server.url("/a"))

    assert next(ledger.articles()).title == "Shells fall on Tarn"


@pytest.mark.parametrize("charset", ["utf-7", "nonsense", "utf-16", "ascii", "windows-1251"])
def test_a_charset_that_is_wrong_does_no_harm(charset: str, server: Server, ledger: Ledger) -> None:
    server.says["/a"] = answer(page("Brücke"), type=f"text/html; charset={charset}")
    run(ledger, server.url("/a"))

    assert next(ledger.articles()).title == "Brücke"


# Lists


def feed(server: Server, *entries: tuple[str, str]) -> bytes:
    items = "".join(f"<item><link>{link}</link><pubDate>{date}</pubDate></item>" for link, date in entries)
    return answer(f"<rss><channel><title>x</title>{items}</channel></rss>".encode(), type="application/rss+xml")


def test_a_feeds_pages_are_got_the_newest_first_and_within_bounds(server: Server, ledger: Ledger) -> None:
    days = [("/3", "2031-05-03"), ("/9", "2031-05-09"), ("/0", "never"), ("/5", "2031-05-05"), ("/9", "2031-05-09")]
    server.says["/feed"] = feed(server, *((server.url(path), day) for path, day in days))
    server.says |= {path: answer(page(f"Report {path}")) for path, _ in days}
    run(ledger, feeds=(server.url("/feed"),), most=3)

    assert server.asked == ["/robots.txt", "/feed", "/9", "/5", "/3"]


def test_what_a_feed_lists_unchanged_is_not_asked_for_again(server: Server, ledger: Ledger) -> None:
    server.says |= {path: answer(page(f"Report {path}")) for path in ("/1", "/2")}
    server.says["/feed"] = feed(server, (server.url("/1"), "2001-05-03"), (server.url("/2"), ""))
    run(ledger, feeds=(server.url("/feed"),))
    _, tally = run(ledger, feeds=(server.url("/feed"),))
    assert tally == Tally(passed=2)

    server.says["/feed"] = feed(server, (server.url("/1"), "2199-05-03"), (server.url("/2"), ""))
    _, tally = run(ledger, feeds=(server.url("/feed"),))
    assert tally == Tally(fetched=1, passed=1)


def test_a_feed_that_lies(server: Server, ledger: Ledger) -> None:
    """It lists what is no page, what lies elsewhere, itself, and the same thing many times."""
    lies = ["file:///etc/passwd", "javascript:1", "http://u:p@x.example/", "http://a b/", "/gone", "http://", "  "]
    server.says["/feed"] = feed(server, *((link, "") for link in [*lies, server.url("/feed")] * 3))
    summary, tally = run(ledger, feeds=(server.url("/feed"),))

    assert (summary.quarantined, tally.fetched) == (1, 0)
    assert "no page" in next(ledger.quarantined()).reason


@pytest.mark.parametrize(
    "said", [answer(page()), answer(b"", "404 Not Found"), answer(b"<rss>", type="text/xml"), answer()]
)
def test_a_feed_that_is_none_is_set_aside(said: bytes, server: Server, ledger: Ledger) -> None:
    server.says["/feed"] = said
    summary, _ = run(ledger, feeds=(server.url("/feed"),))

    assert summary.quarantined == 1
    assert next(ledger.quarantined()).location == server.url("/feed")


def sitemap(*urls: str, kind: str = "urlset", day: str = "2031-05-01") -> bytes:
    inner = "url" if kind == "urlset" else "sitemap"
    listed = "".join(f"<{inner}><loc>{url}</loc><lastmod>{day}</lastmod></{inner}>" for url in urls)
    return f'<{kind} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</{kind}>'.encode()


def test_sitemaps_packed_and_led_to_by_an_index(server: Server, ledger: Ledger) -> None:
    server.says |= {path: answer(page(f"Report {path}")) for path in ("/1", "/2")}
    index = sitemap(server.url("/one.xml"), server.url("/two.xml.gz"), server.url("/gone.xml"), kind="sitemapindex")
    server.says["/index.xml"] = answer(index, type="text/xml")
    server.says["/one.xml"] = answer(sitemap(server.url("/1"), "http://elsewhere.example/x"), type="text/xml")
    server.says["/two.xml.gz"] = answer(gzip.compress(sitemap(server.url("/2"))), type="application/gzip")
    _, tally = run(ledger, sitemaps=(server.url("/index.xml"),))

    assert tally == Tally(fetched=2)
    assert {row.url for row in ledger.articles()} == {server.url("/1"), server.url("/2")}


def bomb(server: Server) -> bytes:
    return answer(gzip.compress(b"<urlset>" + b"a" * 90_000_000), type="application/gzip")


def of_entities(server: Server) -> bytes:
    return answer(b'<!DOCTYPE u [<!ENTITY a "b">]><urlset><url><loc>&a;</loc></url></urlset>', type="text/xml")


def leads_to_itself(server: Server) -> bytes:
    return answer(sitemap(server.url("/map"), kind="sitemapindex"), type="text/xml")


def leads_to_thousands(server: Server) -> bytes:
    return answer(sitemap(*(server.url(f"/{n}.xml") for n in range(5000)), kind="sitemapindex"), type="text/xml")


@pytest.mark.parametrize(
    ("make", "reasons", "asks"),
    [
        (bomb, ["archive bomb"], 2),
        (of_entities, ["entities"], 2),
        (leads_to_itself, [], 2),
        (leads_to_thousands, [], 52),
    ],
)
def test_sitemaps_that_are_bombs(
    make: Callable[[Server], bytes], reasons: list[str], asks: int, server: Server, ledger: Ledger
) -> None:
    server.says["/map"] = make(server)
    run(ledger, sitemaps=(server.url("/map"),))

    said = [row.reason for row in ledger.quarantined()]
    assert len(said) == len(reasons)
    assert all(words in reason for words, reason in zip(reasons, said, strict=True))
    assert len(server.asked) == asks


# Taken away again


def test_what_is_exported_is_read_by_other_tools_and_by_sayso(server: Server, ledger: Ledger, tmp_path: Path) -> None:
    server.says["/a"] = conditional
    chunks = b"%x\r\n%b\r\n0\r\n\r\n" % (len(page("Chunks")), page("Chunks"))
    server.says["/chunks"] = answer(chunks, "200 OK", "Transfer-Encoding: chunked")
    server.says["/packed"] = answer(gzip.compress(page("Packed")), "200 OK", "Content-Encoding: gzip")
    server.says["/json"] = answer(page("Called JSON"), type="application/json")
    server.says["/text"] = answer(b"The governor said so.\n", type="text/plain")
    server.says["/moved"] = moved("/packed?again")
    server.says["/packed?again"] = answer(gzip.compress(page("Again")), "200 OK", "Content-Encoding: gzip")
    for _ in range(2):
        run(ledger, *(server.url(f"/{name}") for name in ("a", "chunks", "packed", "json", "text", "moved")))
    file = tmp_path / "case.warc.gz"
    exporting.export(ledger, "warc", file)

    with file.open("rb") as stream:
        by_warcio = [(r.rec_type, r.content_stream().read()) for r in ArchiveIterator(stream)]
    by_fastwarc = [record.record_type for record in FastIterator(str(file), parse_http=False)]
    assert len(by_warcio) == len(by_fastwarc) >= 16
    assert sum(kind == "revisit" for kind, _ in by_warcio) == 1
    assert {("response", page("Packed")), ("response", page("Chunks"))} <= set(by_warcio)
    assert all(record.verify_block_digest() for record in FastIterator(str(file), parse_http=False))

    again = {item.article.id: item.article for item in pipeline.receive([file], Config()) if isinstance(item, Received)}
    rows = {row.id: row for row in ledger.articles()}
    assert set(again) == set(rows)
    assert len(rows) == 6
    assert {id: article.url for id, article in again.items()} == {id: row.url for id, row in rows.items()}
    assert {id: article.text for id, article in again.items()} == {id: ledger.article(id).text for id in rows}


def test_warcio_finds_every_digest_right(
    server: Server, ledger: Ledger, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server.says["/a"] = answer(page())
    server.says["/chunks"] = answer(b"5\r\nhello\r\n0\r\n\r\n", "200 OK", "Transfer-Encoding: chunked")
    run(ledger, server.url("/a"), server.url("/chunks"))
    file = tmp_path / "case.warc.gz"
    exporting.export(ledger, "warc", file)

    class Command:
        inputs = (str(file),)
        verbose = True

    checker = Checker(Command())
    checker.process_all()
    assert checker.exit_value == 0
    assert "fail" not in capsys.readouterr().out


def test_only_what_meets_the_filters_is_exported(server: Server, ledger: Ledger, tmp_path: Path) -> None:
    server.says["/a"] = answer(page())
    run(ledger, server.url("/a"))
    file = tmp_path / "case.warc.gz"
    exporting.export(ledger, "warc", file, Filters(outlet="Harbour Post"))
    assert not file.exists()
    exporting.export(ledger, "warc", file, Filters(outlet="The Vale Courier"))

    assert len(list(FastIterator(str(file)))) == 2
