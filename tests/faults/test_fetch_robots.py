"""What robots.txt files say, or fail to say, is kept to."""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.fetch.server import LIMITS, Connection, Server, answer, moved, page, serving

from sayso.fetch.client import Fetcher
from sayso.fetch.politeness import Rules

PAGE = page()


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as one:
        one.says = {"/a": answer(PAGE), "/private/a": answer(PAGE)}
        yield one


def robots(text: bytes | str, status: str = "200 OK") -> bytes:
    return answer(text.encode() if isinstance(text, str) else text, status, type="text/plain")


def fetched(server: Server, path: str, **limits: object) -> str | None:
    one = Fetcher(replace(LIMITS, **limits), allow_local=True, sleep=lambda _: None)  # type: ignore[arg-type]
    got = one.fetch(server.url(path))
    assert (got.data == PAGE) == (got.reason is None)
    return got.reason


def test_what_is_disallowed_is_not_asked_for(server: Server) -> None:
    server.says["/robots.txt"] = robots("User-agent: *\nDisallow: /private/\n")

    assert fetched(server, "/a") is None
    assert "robots.txt does not allow it" in str(fetched(server, "/private/a"))
    assert "/private/a" not in server.asked


def test_rules_for_sayso_go_before_those_for_all(server: Server) -> None:
    server.says["/robots.txt"] = robots("User-agent: *\nDisallow: /\n\nUser-agent: Sayso\nDisallow: /private/\n")

    assert fetched(server, "/a") is None
    assert fetched(server, "/private/a")


def test_a_redirect_to_what_is_disallowed_is_not_followed(server: Server) -> None:
    server.says["/robots.txt"] = robots("User-agent: *\nDisallow: /private/\n")
    server.says["/go"] = moved("/private/a")

    assert "redirected to" in str(fetched(server, "/go"))
    assert "/private/a" not in server.asked


@pytest.mark.parametrize("status", ["404 Not Found", "403 Forbidden", "410 Gone", "401 Unauthorized"])
def test_without_one_all_is_allowed(server: Server, status: str) -> None:
    server.says["/robots.txt"] = robots("User-agent: *\nDisallow: /", status)

    assert fetched(server, "/a") is None


@pytest.mark.parametrize("status", ["500 Oops", "503 Busy", "429 Too Many Requests"])
def test_where_it_cannot_be_had_nothing_is_asked_for(server: Server, status: str) -> None:
    server.says["/robots.txt"] = robots("", status)

    assert f"the server answered {status[:3]}" in str(fetched(server, "/a"))
    assert set(server.asked) == {"/robots.txt"}


def test_one_that_cannot_be_expanded_counts_as_one_that_cannot_be_had(server: Server) -> None:
    server.says["/robots.txt"] = answer(gzip.compress(b"#" * 30_000_000), "200 OK", "Content-Encoding: gzip")

    assert "a bomb" in str(fetched(server, "/a"))


def test_a_huge_one_counts_as_far_as_the_limit(server: Server) -> None:
    first, last = b"User-agent: *\nDisallow: /private/\n", b"\nDisallow: /a\n"
    server.says["/robots.txt"] = robots(first + b"# nothing here\n" * 50_000 + last)

    assert fetched(server, "/private/a", robots_bytes=4096)
    assert fetched(server, "/a", robots_bytes=4096) is None


@pytest.mark.parametrize(
    "body", [b"", b"\xff\xfe\x00\x01 binary \x00", PAGE, b"Disallow: /\n", b"Crawl-delay: x\n" * 99]
)
def test_one_that_makes_no_sense_forbids_nothing(server: Server, body: bytes) -> None:
    server.says["/robots.txt"] = robots(body)

    assert fetched(server, "/a") is None


def test_it_may_be_somewhere_else(server: Server) -> None:
    server.says["/robots.txt"] = moved("/rules", "301 Moved")
    server.says["/rules"] = robots("User-agent: *\nDisallow: /private/\n")

    assert fetched(server, "/private/a")


def test_one_that_leads_in_a_circle_ends(server: Server) -> None:
    server.says["/robots.txt"] = moved("/robots.txt")

    assert fetched(server, "/a") is None
    assert server.asked.count("/robots.txt") == 6


def test_it_is_asked_for_once(server: Server) -> None:
    one = Fetcher(LIMITS, allow_local=True)
    for _ in range(3):
        assert one.fetch(server.url("/a")).data == PAGE

    assert server.asked == ["/robots.txt", "/a", "/a", "/a"]


@pytest.mark.parametrize(
    ("said", "waits"),
    [
        ("", 2.0),
        ("Crawl-delay: 1", 2.0),
        ("Crawl-delay: 7", 7.0),
        ("Crawl-delay: 99999", 20.0),
        ("Request-rate: 1/9", 9.0),
        ("Crawl-delay: nan", 2.0),
        ("Crawl-delay: inf", 2.0),
        ("Crawl-delay: -7", 2.0),
        ("Request-rate: 0/9", 2.0),
    ],
)
def test_the_pace_is_the_hosts_own_within_bounds(server: Server, said: str, waits: float) -> None:
    server.says["/robots.txt"] = robots(f"User-agent: *\n{said}\n")
    waited: list[float] = []
    one = Fetcher(replace(LIMITS, host_seconds=2.0, crawl_delay=20.0), allow_local=True, sleep=waited.append)
    for _ in range(2):
        one.fetch(server.url("/a"))

    assert waited[-1] == pytest.approx(waits, abs=0.9)


def test_a_host_does_not_wait_for_another(server: Server) -> None:
    waited: list[float] = []
    one = Fetcher(
        replace(LIMITS, host_seconds=9.0), allow_local=True, sleep=waited.append, resolve=lambda *_: ["127.0.0.1"]
    )
    for host in ("one.example", "two.example"):
        assert one.fetch(server.url("/a", host)).data == PAGE

    assert len(waited) == 2  # each between its robots.txt and its page


def test_it_is_asked_by_name_and_without_cookies(server: Server) -> None:
    heads: list[Connection] = []

    def keeps(connection: Connection) -> None:
        heads.append(connection)
        connection.send(answer(PAGE, "200 OK", "Set-Cookie: id=1"))

    server.says["/a"] = keeps
    fetched(server, "/a")
    fetched(server, "/a")

    assert str(heads[0].field("user-agent")).startswith("sayso/")
    assert [head.field("cookie") for head in heads] == [None, None]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300), st.text(st.characters(codec="ascii", min_codepoint=33), max_size=40))
def test_no_robots_txt_raises(text: str, path: str) -> None:
    rules = Rules.of(f"User-agent: *\nDisallow: {text}\nCrawl-delay: {text}\nRequest-rate: {text}\n{text}")

    rules.check(f"http://courier.example/{path}")
    assert rules.delay() < float("inf")


def test_one_of_nothing_but_asterisks_is_quickly_looked_at() -> None:
    begun = time.process_time()
    rules = Rules.of("User-agent: *\n" + "Disallow: /" + "*a" * 2000 + "*b$\n" * 100)

    assert rules.check("http://courier.example/" + "a" * 4000) is None
    assert time.process_time() - begun < 5
