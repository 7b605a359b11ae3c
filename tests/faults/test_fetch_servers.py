"""Servers that misbehave, each by its name. A page that cannot be had says why, in bounded time; the next is got."""

from __future__ import annotations

import gzip
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from tests.unit.fetch.server import LIMITS, Connection, Server, answer, certificate, moved, page, serving

from sayso.fetch.client import Fetched, Fetcher

PAGE = page()


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as one:
        yield one


def fetcher(**given: object) -> Fetcher:
    return Fetcher(LIMITS, **{"allow_local": True, "sleep": lambda _: None, **given})  # type: ignore[arg-type]


def drips(connection: Connection) -> None:
    connection.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    while not connection.stop.wait(0.05):
        connection.send(b"x")


def drips_its_header(connection: Connection) -> None:
    connection.send(b"HTTP/1.1 200 OK\r\n")
    for number in range(10_000):
        if connection.stop.wait(0.05):
            return
        connection.send(b"X-%d: y\r\n" % number)


def says_nothing(connection: Connection) -> None:
    connection.stop.wait(8)


def never_ends(connection: Connection) -> None:
    connection.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while not connection.stop.is_set():
        connection.send(b"<p>more</p>" * 6000)


def never_ends_in_chunks(connection: Connection) -> None:
    connection.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while not connection.stop.is_set():
        connection.send(b"10000\r\n" + b"x" * 65536 + b"\r\n")


def header_without_end(connection: Connection) -> None:
    connection.send(b"HTTP/1.1 200 OK\r\nX-Long: ")
    while not connection.stop.is_set():
        connection.send(b"a" * 65536)


def resets(connection: Connection) -> None:
    connection.send(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nhalf")
    connection.reset()


def only_announces(connection: Connection) -> None:
    connection.send(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" * 100)


def packed(body: bytes, *fields: str) -> bytes:
    return answer(body, "200 OK", "Content-Encoding: gzip", *fields)


MISBEHAVE: dict[str, tuple[bytes | Callable[[Connection], None], str]] = {
    "drips": (drips, "limit fetch_seconds"),
    "drips_its_header": (drips_its_header, "limit fetch_seconds"),
    "says_nothing": (says_nothing, "limit fetch_seconds"),
    "never_ends": (never_ends, "over the limit article_bytes"),
    "never_ends_in_chunks": (never_ends_in_chunks, "over the limit article_bytes"),
    "header_without_end": (header_without_end, "broken"),
    "resets": (resets, "connection failed"),
    "only_announces": (only_announces, "announces a response"),
    "closes_at_once": (lambda connection: None, "server"),
    "huge_headers": (b"HTTP/1.1 200 OK\r\n" + b"X-A: " + b"b" * 200_000 + b"\r\n\r\n", "broken"),
    "too_many_headers": (answer(PAGE, "200 OK", *(f"X-{n}: y" for n in range(1000))), "header fields"),
    "truncated": (answer(PAGE, "200 OK", f"Content-Length: {len(PAGE) + 500}"), "broken"),
    "two_lengths": (answer(PAGE, "200 OK", "Content-Length: 5", "Content-Length: 7"), "broken"),
    "negative_length": (answer(PAGE, "200 OK", "Content-Length: -5"), "broken"),
    "bad_chunks": (answer(b"5\r\nhello\r\nzz\r\n", "200 OK", "Transfer-Encoding: chunked"), "broken"),
    "chunks_cut_off": (answer(b"5\r\nhel", "200 OK", "Transfer-Encoding: chunked"), "broken"),
    "chunk_of_a_terabyte": (answer(b"ffffffffffffffffffffffff\r\n", "200 OK", "Transfer-Encoding: chunked"), "broken"),
    "unknown_transfer": (answer(PAGE, "200 OK", "Transfer-Encoding: magic"), "broken"),
    "no_http": (b"SSH-2.0-OpenSSH_9.2\r\n\r\n", "broken"),
    "bare_html": (PAGE + b"\r\n\r\n", "broken"),
    "gzip_bomb": (packed(gzip.compress(b"<p>a</p>" * 8_000_000)), "bomb"),
    "gzip_cut_off": (packed(gzip.compress(PAGE)[:-20]), "cut off"),
    "gzip_damaged": (packed(gzip.compress(PAGE)[:40] + b"\xff" * 400), "cannot be expanded"),
    "packed_three_times": (answer(PAGE, "200 OK", "Content-Encoding: gzip, gzip, gzip"), "packed 3 times"),
    "unknown_packing": (answer(PAGE, "200 OK", "Content-Encoding: exi"), "'exi'"),
    "not_found": (answer(b"gone", "404 Not Found"), "answered 404"),
    "unavailable_for_legal_reasons": (answer(b"", "451 Unavailable"), "answered 451"),
    "no_content": (b"HTTP/1.1 204 No Content\r\n\r\n", "answered 204"),
    "part_of_it": (answer(PAGE[:50], "206 Partial Content"), "answered 206"),
    "unchanged_though_nothing_is_held": (b"HTTP/1.1 304 Not Modified\r\n\r\n", "answered 304"),
    "upgrades": (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n", "broken|announces"),
    "redirects_to_a_file": (moved("file:///etc/passwd"), "'file:'"),
    "redirects_to_gopher": (moved("gopher://127.0.0.1/"), "'gopher:'"),
    "redirects_with_a_password": (moved("http://user:secret@127.0.0.1/"), "password"),
    "redirects_into_nothing": (moved("https://"), "names no host"),
    "redirects_with_bad_brackets": (moved("http://[::1/"), "not a URL"),
}


@pytest.mark.parametrize(("behaviour", "words"), MISBEHAVE.values(), ids=MISBEHAVE)
def test_a_page_that_cannot_be_had_says_why_and_the_next_is_got(
    behaviour: bytes | Callable[[Connection], None], words: str, server: Server
) -> None:
    server.says = {"/bad": behaviour, "/good": answer(PAGE)}
    one = Fetcher(
        replace(LIMITS, fetch_seconds=0.8, fetch_tries=2, article_bytes=2_000_000),
        allow_local=True,
        sleep=lambda _: None,
    )
    begun = time.monotonic()
    bad = one.fetch(server.url("/bad"))
    taken = time.monotonic() - begun

    assert bad.data is None
    assert bad.reason is not None
    assert any(word in bad.reason for word in words.split("|")), bad.reason
    assert taken < 10
    assert one.fetch(server.url("/good")).data == PAGE


def test_a_wrong_length_that_is_too_short_takes_no_more_than_it_says(server: Server) -> None:
    server.says["/short"] = answer(PAGE + b"<p>and the next response", "200 OK", f"Content-Length: {len(PAGE)}")
    got = fetcher().fetch(server.url("/short"))

    assert got.data == PAGE
    assert got.hops[-1].message.endswith(PAGE)


@pytest.mark.parametrize("body", [b"", b"  \r\n"])
def test_an_empty_page_is_handed_on_as_it_is(server: Server, body: bytes) -> None:
    server.says["/empty"] = answer(body)

    assert fetcher().fetch(server.url("/empty")).data == body


def test_headers_beyond_ascii_and_early_hints_do_no_harm(server: Server) -> None:
    odd = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 200 \xc3\xa9\xff\r\nX-Name: \xe9\xff\xfe\r\n"
    server.says["/odd"] = odd + b"Content-Length: %d\r\n\r\n" % len(PAGE) + PAGE
    got = fetcher().fetch(server.url("/odd"))

    assert got.data == PAGE
    assert got.hops[0].message.startswith(b"HTTP/1.1 200")
    assert got.hops[0].response.field("x-name") == "\xe9\xff\xfe"


@pytest.mark.parametrize("wbits", [zlib.MAX_WBITS, -zlib.MAX_WBITS, zlib.MAX_WBITS | 16])
def test_packed_pages_are_expanded_and_kept_packed(server: Server, wbits: int) -> None:
    packer = zlib.compressobj(wbits=wbits)
    body = packer.compress(PAGE) + packer.flush()
    server.says["/packed"] = answer(body, "200 OK", f"Content-Encoding: {'gzip' if wbits > 20 else 'deflate'}")
    got = fetcher().fetch(server.url("/packed"))

    assert got.data == PAGE
    assert got.hops[0].message.endswith(body)


def test_a_page_in_chunks(server: Server) -> None:
    chunks = (
        b"".join(b"%x;ext=1\r\n%b\r\n" % (len(part), part) for part in (PAGE[:100], PAGE[100:])) + b"0\r\nX: y\r\n\r\n"
    )
    server.says["/chunks"] = answer(chunks, "200 OK", "Transfer-Encoding: chunked")
    got = fetcher().fetch(server.url("/chunks"))

    assert got.data == PAGE
    assert got.hops[0].message.endswith(chunks)


def test_redirects_are_followed_and_all_are_kept(server: Server) -> None:
    server.says = {"/a": moved("/b", "301 Moved"), "/b": moved("c?d=é".encode().decode("latin-1"), "307 Moved")}
    server.says["/c?d=%C3%A9"] = answer(PAGE)
    got = fetcher().fetch(server.url("/a#part"))

    assert got.data == PAGE
    assert got.url == server.url("/c?d=%C3%A9")
    assert [hop.response.status for hop in got.hops] == [301, 307, 200]


@pytest.mark.parametrize("letter", "хÅąà")
def test_a_redirect_to_letters_whose_bytes_end_lines_elsewhere(server: Server, letter: str) -> None:
    server.says = {"/a": moved(f"/{letter}Content-Encoding: br/{letter}".encode().decode("latin-1"))}
    server.says[quote(f"/{letter}Content-Encoding:%20br/{letter}", safe="/:%")] = answer(PAGE)
    got = fetcher().fetch(server.url("/a"))

    assert got.data == PAGE, got.reason
    assert [name for name, _ in got.hops[0].response.fields] == ["content-type", "location", "content-length"]


def test_a_redirect_loop_ends(server: Server) -> None:
    server.says = {"/a": moved("/b"), "/b": moved("/a")}
    got = fetcher().fetch(server.url("/a"))

    assert "more than 10 redirects" in str(got.reason)
    assert len(got.hops) == LIMITS.redirects + 1


def test_a_busy_server_is_asked_again_when_it_says(server: Server) -> None:
    waited: list[float] = []

    def busy(connection: Connection) -> None:
        status = ("429 Too Many Requests", "500 Oops")[connection.number - 1] if connection.number < 3 else "200 OK"
        connection.send(answer(PAGE, status, *(["Retry-After: 3"] if connection.number == 1 else [])))

    server.says["/busy"] = busy
    got = fetcher(sleep=waited.append).fetch(server.url("/busy"))

    assert got.data == PAGE
    assert [seconds for seconds in waited if seconds >= 0.5] == [3.0, 1.0]


def test_a_reset_connection_is_tried_again(server: Server) -> None:
    server.says["/reset"] = lambda c: c.reset() if c.number < 3 else c.send(answer(PAGE))

    assert fetcher().fetch(server.url("/reset")).data == PAGE
    assert server.asked.count("/reset") == 3


@pytest.mark.parametrize("when", ["86400", "Fri, 31 Dec 2199 23:59:59 GMT"])
def test_a_server_that_asks_for_a_day_is_not_waited_for(server: Server, when: str) -> None:
    waited: list[float] = []
    server.says["/later"] = answer(b"", "503 Busy", f"Retry-After: {when}")
    got = fetcher(sleep=waited.append).fetch(server.url("/later"))

    assert f"answered 503, expected 200; it says to try again after: {when}" in str(got.reason)
    assert sum(waited) < 1
    assert server.asked.count("/later") == 1


@pytest.mark.parametrize("when", ["soon", "-5", "9" * 400, "\xb2"])
def test_a_senseless_retry_after_is_passed_over(server: Server, when: str) -> None:
    server.says["/later"] = answer(b"", "503 Busy", f"Retry-After: {when}")

    assert "answered 503" in str(fetcher().fetch(server.url("/later")).reason)


def test_tries_are_bounded(server: Server) -> None:
    server.says["/broken"] = answer(b"", "500 Oops")

    assert "answered 500" in str(fetcher().fetch(server.url("/broken")).reason)
    assert server.asked.count("/broken") == LIMITS.fetch_tries


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    got = fetcher().fetch(f"http://127.0.0.1:{port}/")

    assert "robots.txt cannot be had: the connection failed" in str(got.reason)


# TLS


def over_tls(folder: Path, name: str, days: int = 2) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate(folder, name, days))
    return context


def trusting(folder: Path, name: str, days: int = 2) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=folder / f"{name}-{days}.pem")


def fetch_over_tls(server: Server, context: ssl.SSLContext | None, host: str) -> Fetched:
    server.says["/"] = answer(PAGE)
    return fetcher(context=context, resolve=lambda *_: ["127.0.0.1"]).fetch(server.url("/", host))


def test_a_certificate_is_checked_against_the_name_and_not_the_address(tmp_path: Path) -> None:
    with serving(over_tls(tmp_path, "courier.example")) as server:
        context = trusting(tmp_path, "courier.example")

        assert fetch_over_tls(server, context, "courier.example").data == PAGE
        assert "not valid" in str(fetch_over_tls(server, context, "other.example").reason)


def test_a_certificate_that_nobody_vouches_for(tmp_path: Path) -> None:
    with serving(over_tls(tmp_path, "courier.example")) as server:
        got = fetch_over_tls(server, None, "courier.example")

    assert "certificate is not valid" in str(got.reason)


def test_a_certificate_out_of_date(tmp_path: Path) -> None:
    with serving(over_tls(tmp_path, "courier.example", -1)) as server:
        got = fetch_over_tls(server, trusting(tmp_path, "courier.example", -1), "courier.example")

    assert "expired" in str(got.reason)


def test_https_where_http_is_spoken(server: Server) -> None:
    server.says["/"] = answer(PAGE)
    got = fetcher().fetch(server.url("/").replace("http:", "https:"))

    assert got.data is None
    assert "no safe connection" in str(got.reason)
