"""Nothing inside the local network is fetched: not by URL, not by redirect, not by what name servers say."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from tests.unit.fetch.server import LIMITS, Server, answer, moved, page, serving

from sayso.errors import FetchError
from sayso.fetch.addresses import address_of, checked, is_local
from sayso.fetch.client import Fetcher
from sayso.wordsets import word_set

PAGE = page()
INSIDE = word_set(
    """
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 127.0.0.1 127.255.255.254 169.254.169.254 172.16.0.1 172.31.255.255
192.0.0.1 192.0.0.9 192.0.2.1 192.88.99.1 192.168.0.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255
240.0.0.1 255.255.255.255 :: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::ffff:0:8.8.8.8 64:ff9b::7f00:1
64:ff9b::808:808 64:ff9b:1::1 100::1 2001::1 2001:10::1 2001:20::1 2001:db8::1 2002:7f00:1:: 2002:808:808:: 3fff::1
5f00::1 fc00::1 fd12:3456::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1 4000::1 nonsense 127.1 0x7f.0.0.1
    """
)
OUTSIDE = word_set("1.1.1.1 8.8.8.8 93.184.215.14 172.32.0.1 192.167.1.1 2606:4700:4700::1111 2a00:1450:4001:80b::200e")


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as one:
        one.says["/"] = answer(PAGE)
        yield one


@pytest.mark.parametrize("ip", sorted(INSIDE))
def test_an_address_inside(ip: str) -> None:
    assert is_local(ip)
    with pytest.raises(FetchError, match="--allow-local"):
        checked(address_of("http://courier.example/"), lambda *_: [ip], allow_local=False)


@pytest.mark.parametrize("ip", sorted(OUTSIDE))
def test_an_address_outside(ip: str) -> None:
    assert not is_local(ip)
    assert checked(address_of("http://courier.example/"), lambda *_: [ip], allow_local=False) == [ip]


@pytest.mark.parametrize("answers", [["127.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["2606:4700:4700::1111", "::1"]])
def test_one_answer_inside_is_enough_to_refuse(answers: list[str]) -> None:
    got = Fetcher(LIMITS, resolve=lambda *_: answers).fetch("http://courier.example/")

    assert "inside the local" in str(got.reason)
    assert not got.hops


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_no_spelling_of_this_machine_gets_through(host: str, server: Server) -> None:
    got = Fetcher(LIMITS, sleep=lambda _: None).fetch(server.url("/", host))

    assert got.data is None
    assert got.reason
    assert server.asked == []


def test_with_leave_it_is_fetched(server: Server) -> None:
    assert Fetcher(LIMITS, allow_local=True).fetch(server.url("/")).data == PAGE


def test_the_connection_goes_to_the_address_that_was_checked(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name server may give an address outside first, and one inside afterwards: each connection goes where its own
    check said, and nobody else looks the name up."""
    asked: list[str] = []
    connected: list[object] = []

    def rebinding(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["93.184.215.14"] if len(asked) <= 2 else ["127.0.0.1"]

    def connect(where: tuple[str, int], timeout: float) -> socket.socket:
        connected.append(where[0])
        raise ConnectionRefusedError("nobody is there")

    monkeypatch.setattr(socket, "create_connection", connect)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: pytest.fail("the name was looked up again"))
    got = Fetcher(LIMITS, resolve=rebinding, sleep=lambda _: None).fetch(server.url("/", "courier.example"))

    assert connected == ["93.184.215.14"]
    assert asked == ["courier.example"] * 3  # and the third answer ended it
    assert "inside the local" in str(got.reason)
    assert server.asked == []


def test_a_redirect_inside_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first server is taken to be outside; it sends on to another port of this machine, which stays unasked."""
    with serving() as outside, serving() as inside:
        inside.says["/secret"] = answer(PAGE)
        outside.says["/"] = moved(inside.url("/secret"))

        def resolve(host: str, _port: int) -> list[str]:
            return ["93.184.215.14"] if host == "outside.example" else [host]

        real = socket.create_connection
        monkeypatch.setattr(
            socket,
            "create_connection",
            lambda where, timeout: real(("127.0.0.1" if where[0] == "93.184.215.14" else where[0], where[1]), timeout),
        )
        got = Fetcher(LIMITS, resolve=resolve).fetch(outside.url("/", "outside.example"))

    assert [hop.response.status for hop in got.hops] == [302]
    assert got.reason is not None
    assert got.reason.startswith(f"redirected to {inside.url('/secret')}")
    assert "inside the local" in got.reason
    assert inside.asked == []


def test_robots_txt_inside_is_not_fetched_either(server: Server) -> None:
    server.says["/robots.txt"] = answer(b"User-agent: *\nAllow: /\n", type="text/plain")

    Fetcher(LIMITS, sleep=lambda _: None).fetch(server.url("/"))
    assert server.asked == []


def test_a_host_that_is_not_found() -> None:
    def none(*_: object) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    for resolve in (none, lambda *_: []):
        got = Fetcher(LIMITS, resolve=resolve, sleep=lambda _: None).fetch("http://courier.example/")
        assert "is not found" in str(got.reason)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://courier.example/a\r\nX-Injected: 1", "line breaks"),
        ("http://courier.example/a\nb", "line breaks"),
        ("http://courier.example\t/", "line breaks"),
        ("http://courier.example/\0", "control"),
        ("http:\\\\courier.example/", "backslashes"),
        ("http://courier.example\\@10.0.0.1/", "backslashes"),
        ("http://user@courier.example/", "password"),
        ("http://user:pw@courier.example/", "password"),
        ("http://@courier.example/", "password"),
        ("ftp://courier.example/", "'ftp:'"),
        ("file:///etc/passwd", "'file:'"),
        ("javascript:alert(1)", "'javascript:'"),
        ("data:text/html,hello", "'data:'"),
        ("courier.example/report", "only http"),
        ("//courier.example/", "only http"),
        ("", "only http"),
        ("http://", "names no host"),
        ("http:///path", "names no host"),
        ("http://courier.example:99999/", "not a URL"),
        ("http://courier.example:0/", "port 0"),
        ("http://courier.example:x/", "not a URL"),
        ("http://[::1", "not a URL"),
        ("http://[fe80::1%25eth0]/", "no host name"),
        ("http://courier..example\u3002/", "no host name"),
        ("http://cour ier.example/", "no host name"),
        ("http://courier.example%00.evil/", "no host name"),
        ("http://" + "a" * 300 + ".example/", "no host name"),
        ("http://" + "a" * 64 + ".example/", "no host name"),
        ("http://courier..example/", "no host name"),
        ("http://courier.example/" + "a" * 5000, "characters"),
    ],
)
def test_urls_that_are_none(url: str, words: str) -> None:
    got = Fetcher(LIMITS, resolve=lambda *_: pytest.fail("it was looked up")).fetch(url)

    assert got.data is None
    assert words in str(got.reason)


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("HTTP://Courier.EXAMPLE", "http://courier.example/"),
        ("https://courier.example:443/a?b=c#d", "https://courier.example/a?b=c"),
        ("http://courier.example:8080/a b", "http://courier.example:8080/a%20b"),
        ("http://b\u00fccher.example/\u00e9?\u00fc", "http://xn--bcher-kva.example/%C3%A9?%C3%BC"),
        ("http://[2606:4700:4700:0::1111]:81/", "http://[2606:4700:4700::1111]:81/"),
        ("http://courier.example/100%25", "http://courier.example/100%25"),
    ],
)
def test_urls_as_they_are_asked_for(url: str, asked: str) -> None:
    assert address_of(url).url == asked
    assert address_of(asked).url == asked
