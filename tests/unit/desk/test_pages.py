"""Every page, over the example reports and over hostile ones: whole, harmless, and asking nobody for anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

import pytest
from fastapi.testclient import TestClient
from lxml import html

from sayso.desk.app import make_app
from sayso.desk.pages.home import SEEN

NOT_PAGES = ("/static/", "/api", "/download/")

CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
URLS = ("href", "src", "action", "hx-get", "formaction", "data")


def links(page: html.HtmlElement) -> Iterator[str]:
    for element in page.iter("a", "link", "script", "form", "img"):
        if element.get("method") == "post":
            continue
        for name in URLS:
            if element.get(name):
                yield element.get(name)


def crawl(client: TestClient) -> dict[str, html.HtmlElement]:
    """All pages that can be reached from the first one, by their addresses, as on a first visit: on a later one the
    first page has what is new since, and what is found goes on from there."""
    client.cookies.clear()
    found: dict[str, html.HtmlElement] = {}
    waiting = ["/"]
    while waiting:
        address = waiting.pop()
        answer = client.get(address)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
        found[address] = html.fromstring(answer.text)
        for link in links(found[address]):
            there = urldefrag(link).url
            pages = there.startswith("/") and not there.startswith(NOT_PAGES) and not there.endswith(".html")
            if pages and kind(there) not in map(kind, (*found, *waiting)):
                waiting.append(there)
    return found


def kind(address: str) -> str:
    """What addresses have in common that have the same page: one of each is looked at."""
    parts = urlsplit(address)
    return parts.path.split("/")[1] + ("/…" if parts.path.count("/") > 1 else "") + ("?" if parts.query else "")


@pytest.fixture(scope="session", params=["demo", "hostile"])
def pages(request: pytest.FixtureRequest) -> dict[str, html.HtmlElement]:
    return crawl(request.getfixturevalue(request.param))


def test_every_kind_of_page_can_be_reached_from_the_first(demo: TestClient) -> None:
    reached = {kind(address) for address in crawl(demo)}
    wanted = {"", "claims", "claims?", "stories", "claimants", "outlets", "articles", "quarantine", "compare/…"}
    assert wanted | {"article/…", "claim/…", "claimant/…", "outlet/…"} <= reached


def test_what_others_looked_at_before_does_not_change_what_is_found(demo: TestClient) -> None:
    found = crawl(demo).keys()
    assert "New since your last visit" in demo.get("/", headers={"cookie": f"{SEEN}=~2000-01-01T00:00:00+00:00"}).text
    assert crawl(demo).keys() == found


def test_no_page_has_script_or_style_within_it(pages: dict[str, html.HtmlElement]) -> None:
    for address, page in pages.items():
        assert not page.xpath("//style | //iframe | //object | //base | //img"), address
        assert all(script.get("src", "").startswith("/static/") for script in page.iter("script")), address
        assert not page.xpath("//@style"), address
        assert not [name for name in page.xpath("//@*") if name.attrname.startswith("on")], address


def test_no_page_asks_another_host(pages: dict[str, html.HtmlElement]) -> None:
    for address, page in pages.items():
        for element in page.iter():
            for name in URLS:
                url = element.get(name) if isinstance(element.tag, str) else None
                if url is None or (url.startswith(("/", "#")) and not url.startswith("//")):
                    continue
                assert element.tag == "a", f"{address}: {url}"
                assert urlsplit(url).scheme in ("http", "https"), f"{address}: {url}"
                assert "noreferrer" in element.get("rel"), f"{address}: {url}"


def test_no_page_lets_a_text_turn_the_direction_of_what_follows(pages: dict[str, html.HtmlElement]) -> None:
    for address, page in pages.items():
        assert not CONTROLS.search(page.text_content()), address
        assert not any(CONTROLS.search(value) for value in page.xpath("//@*")), address


def test_every_page_has_one_heading_a_title_and_no_id_twice(pages: dict[str, html.HtmlElement]) -> None:
    for address, page in pages.items():
        assert len(page.xpath("//h1")) == 1, address
        assert page.findtext(".//title"), address
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), address


def test_every_field_has_a_name_that_is_read_out(pages: dict[str, html.HtmlElement]) -> None:
    for address, page in pages.items():
        for field in page.xpath("//input[not(@type='hidden')] | //select"):
            assert field.get("aria-label") or field.xpath("ancestor::label"), address


@pytest.mark.parametrize(
    "path", ["/", "/nothing", "/claims?sort=nothing", "/claim/ffff", "/static/desk.css", "/api/claims"]
)
def test_every_answer_forbids_asking_anybody(demo: TestClient, path: str) -> None:
    policy = demo.get(path).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_another_site_cannot_ask_by_a_name_of_its_own(demo_path: Path) -> None:
    with TestClient(make_app(str(demo_path)), base_url="http://evil.example") as asked:
        assert asked.get("/").status_code == 400


def test_what_is_not_there_is_said_with_what_to_do(demo: TestClient) -> None:
    for path in ("/nothing", "/claim/ffffffff", "/article/0", "/claimant/ffffffff", "/outlet/Nobody's%20Post"):
        answer = demo.get(path)
        assert answer.status_code == 404, path
        assert "/claims" in answer.text
    assert demo.get("/api/claim/ffffffff").json()["error"] == "Not there"


def test_a_mistake_of_the_desk_shows_no_detail(demo_path: Path) -> None:
    app = make_app(str(demo_path))

    @app.get("/broken")
    def broken() -> None:
        raise RuntimeError("the secret")

    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as asked:
        answer = asked.get("/broken")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_before_there_is_a_ledger_it_says_how_to_make_one(tmp_path: Path) -> None:
    path = tmp_path / "not yet.db"
    with TestClient(make_app(str(path)), base_url="http://localhost") as asked:
        first = asked.get("/")
        assert first.status_code == 200
        assert "sayso read" in first.text
        assert asked.get("/claims").status_code == 404
        assert asked.get("/api/claims").json()["error"] == "No ledger yet"
    assert not path.exists()
