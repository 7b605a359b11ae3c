from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from lxml import html


def ids(client: TestClient, query: str = "") -> list[str]:
    return [row["id"] for row in client.get(f"/api/claims{query}").json()["claims"]]


def a_claim(client: TestClient, **wanted: object) -> dict[str, object]:
    rows = client.get("/api/claims").json()["claims"]
    return next(row for row in rows if all(row[name] == value for name, value in wanted.items()))


def test_the_page_and_the_api_have_the_same_claims(demo: TestClient) -> None:
    page = html.fromstring(demo.get("/claims?about=bridge").text)
    shown = [link.get("href").removeprefix("/claim/") for link in page.xpath("//li//p[@class='said']/a")]
    assert shown == ids(demo, "?about=bridge") != []


def test_filters_narrow_and_a_query_is_a_link(demo: TestClient) -> None:
    total = demo.get("/api/claims").json()["total"]
    for query, holds in (
        ("?stance=denies", lambda row: row["stance"] == "denies"),
        ("?type=ASSAULT", lambda row: row["event_type"] == "ASSAULT"),
        ("?by=Kestavian", lambda row: any("kestavian" in (name or "").lower() for name in row["chain"])),
        ("?until=2024-03-12", lambda row: row["published"][:10] <= "2024-03-12"),
    ):
        told = demo.get(f"/api/claims{query}").json()
        assert 0 < told["total"] < total, query
        assert all(map(holds, told["claims"])), query


def test_what_forms_send_blank_is_left_out_of_the_link(demo: TestClient) -> None:
    answer = demo.get("/claims?about=bridge&by=&outlet=&sort=newest")
    assert answer.status_code == 307
    assert answer.headers["location"] == "/claims?about=bridge&sort=newest"


@pytest.mark.parametrize("query", ["about=!!", "stance=lies", "since=yesterday", "sort=truth", "cursor=x"])
def test_a_question_that_is_not_understood_is_answered_in_words(demo: TestClient, query: str) -> None:
    page = html.fromstring(demo.get(f"/claims?{query}").text)
    (said,) = page.xpath("//*[@role='alert']")
    assert len(said.text_content()) > 10


def test_more_goes_on_where_the_page_ends(demo: TestClient) -> None:
    first = demo.get("/api/claims").json()
    assert first["next"]
    second = ids(demo, f"?cursor={first['next']}")
    assert second
    assert not set(second) & {row["id"] for row in first["claims"]}
    page = html.fromstring(demo.get("/claims").text)
    (more,) = page.xpath("//li[@class='more']/a")
    assert more.get("href") == more.get("hx-get") == f"/claims?cursor={first['next']}"


def test_a_claim_is_shown_in_its_context_with_what_denies_it(demo: TestClient) -> None:
    links = [
        (row["id"], demo.get(f"/api/claim/{row['id']}").json())
        for row in demo.get("/api/claims?stance=denies").json()["claims"]
    ]
    id, told = next((id, told) for id, told in links if any(b["relation"] == "denies" for b in told["beside"]))
    page = html.fromstring(demo.get(f"/claim/{id[:8]}").text)
    marked = [mark.text_content() for mark in page.xpath("//blockquote//mark")]
    assert marked == [span["text"] for span in told["claim"]["spans"]]
    other = next(b["claim"] for b in told["beside"] if b["relation"] == "denies")
    assert page.xpath(f"//section[@id='beside']//a[@href='/claim/{other['id']}']")
    start, end = told["claim"]["spans"][0]["start"], told["claim"]["spans"][0]["end"]
    assert page.xpath(f"//a[@href='/article/{told['claim']['article']}#s{start}-{end}']")


def test_a_long_paragraph_is_cut_around_the_claim(hostile: TestClient) -> None:
    from sayso.desk.pages.claims import AROUND, _near
    from sayso.types import Span

    text = "word " * 1000
    context, inside = Span.of(text, 5, 4990), Span.of(text, 2500, 2504)
    near = _near(context, [inside])
    assert text[near.start : near.end] == near.text
    assert near.holds(inside)
    assert near.end - near.start <= 2 * AROUND + 4
