"""The API: described as it is, each address answered as described, and paging that leaves nothing out."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator
from lxml import html
from openapi_spec_validator import validate
from tests.unit.desk.conftest import client

from sayso import deciding
from sayso.ledger import Ledger
from sayso.ledger.browse import Page
from sayso.show.export import as_json
from sayso.types import Filters, LinkRow, StoryRow

LISTS = {
    "claims": "claims",
    "stories": "stories",
    "articles": "articles",
    "claimants": "claimants",
    "outlets": "outlets",
    "links": "links",
    "echoes": "echoes",
    "warnings": "warnings",
    "quarantine": "rows",
}
"""The listings, with the key under which each has its rows."""


@pytest.fixture(scope="module")
def described(demo: TestClient) -> dict[str, Any]:
    made: dict[str, Any] = demo.get("/api/openapi.json").json()
    return made


@pytest.fixture(scope="module")
def ledger(demo_path: Path) -> Iterator[Ledger]:
    with Ledger.open(str(demo_path)) as held:
        yield held


def test_the_description_is_valid_openapi(described: dict[str, Any]) -> None:
    validate(described)


def test_everything_is_described_with_examples(described: dict[str, Any]) -> None:
    topics = {tag["name"] for tag in described["tags"]}
    for path, methods in described["paths"].items():
        for operation in methods.values():
            assert operation["description"].endswith("."), path
            assert set(operation["tags"]) <= topics, path
            assert operation["responses"]["404"]["content"], path
            if path != "/api/borders" and not path.endswith("/map"):
                assert operation["responses"]["200"]["content"]["application/json"]["schema"], path
    given = described["paths"]["/api/claims"]["get"]["parameters"]
    assert all(one["description"] for one in given)
    assert {one["name"] for one in given if "example" in one} >= {"about", "by", "since", "stance", "type"}


def test_each_address_answers_as_it_is_described(demo: TestClient, described: dict[str, Any], ledger: Ledger) -> None:
    first = {
        "claim": next(iter(ledger.claims())).id,
        "story": next(iter(ledger.stories())).id,
        "article": next(iter(ledger.articles())).id,
        "claimant": next(iter(ledger.claimants())).id,
        "outlet": "Meridian Wire",
        "compare": next(iter(ledger.articles())).id,
    }
    asked = 0
    for path, methods in described["paths"].items():
        noun = path.split("/")[2]
        if noun in ("job", "jobs", "media"):  # nothing was brought in here; see test_bringing, test_media
            continue
        address = re.sub(r"\{\w+\}", lambda _, noun=noun: first[noun], path)  # type: ignore[misc]
        answer = demo.get(address, params={"about": "bridge"} if noun == "search" else {})
        assert answer.status_code == 200, address
        (answered,) = methods["get"]["responses"]["200"]["content"].items()
        assert answer.headers["content-type"] == answered[0], address
        schema = answered[1]["schema"]
        Draft202012Validator(schema | {"components": described["components"]}).validate(answer.json())
        asked += 1
    assert asked >= 18


def test_the_page_lists_every_address_and_has_no_foreign_script(demo: TestClient, described: dict[str, Any]) -> None:
    page = html.fromstring(demo.get("/api").text)
    listed = {code.text for code in page.xpath("//dt//code")}
    assert listed == set(described["paths"])
    assert not [src for src in page.xpath("//script/@src") if not src.startswith("/static/")]


def test_rows_are_those_that_the_commands_print(demo: TestClient, ledger: Ledger) -> None:
    claims = {row.id: as_json(row) for row in ledger.claims()}
    got = demo.get("/api/claims").json()["claims"]
    assert got == [claims[row["id"]] for row in got]
    links = {json.dumps(as_json(row)) for row in ledger.links()}
    assert {json.dumps(row) for row in walked(demo, "links")} == links
    assert all({"from", "to"} <= row.keys() for row in map(json.loads, links))
    stories = {row.id: as_json(row) for row in ledger.stories()}
    assert all(row == stories[row["id"]] for row in walked(demo, "stories"))


def test_the_description_has_the_keys_that_rows_have(described: dict[str, Any], ledger: Ledger) -> None:
    schemas = described["components"]["schemas"]
    assert set(schemas[LinkRow.__name__]["properties"]) == set(as_json(next(iter(ledger.links()))))
    assert set(schemas[StoryRow.__name__]["properties"]) == set(as_json(next(iter(ledger.stories()))))
    figure = next(row.figures[0] for row in ledger.stories() if row.figures)
    assert set(schemas["StoryFigure"]["properties"]) == set(as_json(figure))


def walked(demo: TestClient, listing: str, **asked: str) -> list[dict[str, Any]]:
    """All rows of a listing, page by page."""
    rows: list[dict[str, Any]] = []
    cursor = None
    while True:
        page = demo.get(f"/api/{listing}", params=asked | ({"cursor": cursor} if cursor else {})).json()
        rows += page[LISTS[listing]]
        cursor = page["next"]
        if cursor is None:
            return rows
        assert len(page[LISTS[listing]]) == 50


@pytest.mark.parametrize("listing", LISTS)
def test_pages_have_everything_once(demo: TestClient, ledger: Ledger, listing: str) -> None:
    rows = [json.dumps(row, sort_keys=True) for row in walked(demo, listing)]
    assert len(rows) == len(set(rows))
    with ledger.browsing() as browse:
        counted = len(browse.outlets())
    others = {
        "quarantine": ledger.quarantined,
        "outlets": lambda: range(counted),
        "claimants": lambda: deciding.claimants(ledger),
    }
    asked = others.get(listing) or getattr(ledger, listing)
    assert len(rows) == len(list(asked()))


@pytest.mark.parametrize(
    "asked", [{"outlet": "Meridian Wire"}, {"about": "shells"}, {"since": "2024-03-13", "until": "2024-03-15"}]
)
@pytest.mark.parametrize("listing", ["claims", "articles", "links", "echoes", "warnings"])
def test_filters_hold_on_every_page(demo: TestClient, ledger: Ledger, listing: str, asked: dict[str, str]) -> None:
    wanted = [json.dumps(as_json(row), sort_keys=True) for row in getattr(ledger, listing)(Filters(**asked))]
    got = [json.dumps(row, sort_keys=True) for row in walked(demo, listing, **asked)]
    assert sorted(got) == sorted(wanted)
    assert len(got) == len(set(got))


@pytest.mark.parametrize("listing", ["links", "echoes", "warnings"])
def test_small_pages_have_everything_once_in_the_order_of_the_listing(ledger: Ledger, listing: str) -> None:
    rows: list[Any] = []
    cursor: str | None = None
    while True:
        with ledger.browsing() as browse:
            turn: Callable[..., Page[Any]] = getattr(browse, listing)
            page = turn(Filters(), cursor, 2)
        rows += page.rows
        cursor = page.next
        if cursor is None:
            break
    assert rows == list(getattr(ledger, listing)())
    assert rows


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/claim/ffffffff", 404),
        ("/api/nothing", 404),
        ("/api/claims?cursor=x", 400),
        ("/api/claims?stance=nonsense", 400),
        ("/api/claims?since=yesterday", 400),
        ("/api/links?sort=newest", 400),
        ("/api/links?cursor=WyJhIl0", 400),
        ("/api/search", 400),
        ("/api/quarantine?about=x", 400),
        ("/api/claims?about=" + "x" * 301, 422),
        ("/api/job/none", 404),
    ],
)
def test_what_cannot_be_answered_is_said_as_json(demo: TestClient, path: str, status: int) -> None:
    answer = demo.get(path)
    assert answer.status_code == status
    assert set(answer.json()) == {"error", "detail"}
    assert answer.json()["detail"]


def test_without_a_ledger_the_api_says_so(tmp_path: Path) -> None:
    for asked in client(tmp_path / "none.db"):
        for path in ("/api/claims", "/api/home", "/api/links", "/api/search?about=x"):
            assert asked.get(path).status_code == 404
            assert asked.get(path).json()["error"] == "No ledger yet"


def test_a_search_finds_words_in_everything(demo: TestClient) -> None:
    found = demo.get("/api/search?about=meridian").json()
    assert [row["name"] for row in found["outlets"]] == ["Meridian Wire"]
    found = demo.get("/api/search?about=bridge").json()
    assert found["total"] >= len(found["claims"]) > 0
    assert all("bridge" in row["text"].casefold() for row in found["claims"])
    assert found["stories"]
    assert found["articles"]


def test_no_answer_turns_a_line_or_ends_a_script(hostile: TestClient, described: dict[str, Any]) -> None:
    for path in (
        "/api/claims",
        "/api/articles",
        "/api/outlets",
        "/api/stories",
        "/api/quarantine",
        "/api/search?about=died",
    ):
        answer = hostile.get(path)
        assert answer.headers["content-type"] == "application/json"
        assert not re.search("[<\u202a-\u202e\u2066-\u2069\x00-\x08\x7f-\x9f]", answer.text), path
    assert described
