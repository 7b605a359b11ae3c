from __future__ import annotations

from urllib.parse import quote

from fastapi.testclient import TestClient
from lxml import html

from sayso.ledger import Ledger
from sayso.ledger.claims import claimant_id


def test_each_count_has_the_claims_behind_it(demo: TestClient) -> None:
    rows = demo.get("/api/claimants").json()["claimants"]
    assert rows
    for row in rows[:5]:
        told = demo.get(f"/api/claimant/{row['id']}").json()
        for kind, number in told["answered"]["times"].items():
            shown = demo.get(f"/api/claimant/{row['id']}?show={kind}").json()["claims"]
            assert len(shown) == min(number, 50), (row["name"], kind)


def test_an_outlet_says_whom_it_cites_and_whom_it_copies(demo: TestClient) -> None:
    rows = demo.get("/api/outlets").json()["outlets"]
    copying = next(row for row in rows if row["copies"])
    told = demo.get(f"/api/outlet/{quote(copying['name'])}").json()
    assert told["cites"]
    assert sum(cited["claims"] for cited in told["copies_from"]) >= copying["copies"]
    page = html.fromstring(demo.get(f"/outlet/{quote(copying['name'])}").text)
    assert page.xpath(f"//a[@href='/claimant/{claimant_id(told['cites'][0]['name'])}']")


def test_outlets_are_counted_as_the_ledger_has_them(demo: TestClient, demo_path: object) -> None:
    rows = demo.get("/api/outlets").json()["outlets"]
    with Ledger.open(str(demo_path)) as ledger:
        articles, claims = list(ledger.articles()), list(ledger.claims())
        echoes = {row.article for row in ledger.echoes()}
    for row in rows:
        own = [article for article in articles if article.outlet == row["name"]]
        assert row["articles"] == len(own)
        assert row["claims"] == sum(claim.outlet == row["name"] for claim in claims)
        assert row["copies"] == sum(article.id in echoes for article in own)


def test_a_kind_that_there_is_not_is_refused(demo: TestClient) -> None:
    row = demo.get("/api/claimants").json()["claimants"][0]
    assert demo.get(f"/claimant/{row['id']}?show=true").status_code == 400


def test_whoever_cites_or_is_cited_has_a_page(demo: TestClient) -> None:
    pages = [f"/outlet/{quote(row['name'])}" for row in demo.get("/api/outlets").json()["outlets"]]
    pages += [f"/claimant/{row['id']}" for row in demo.get("/api/claimants").json()["claimants"][:25]]
    read = "//section[contains(@class, 'charts')]//a/@href | //aside//td[1]/a/@href"
    named = {str(link) for page in pages for link in html.fromstring(demo.get(page).text).xpath(read)}
    assert len(named) > 25
    assert [link for link in sorted(named) if demo.get(link).status_code != 200] == []
    # One that never speaks for itself has no page but that of the outlet.
    assert demo.get(f"/claimant/{claimant_id('Tellow Courier')}").status_code == 404
    assert "/outlet/Tellow%20Courier" in named


def test_the_claims_behind_an_outlets_citations_are_in_its_own_articles(demo: TestClient) -> None:
    page = html.fromstring(demo.get("/outlet/Tellow%20Courier").text)
    link = page.xpath("//aside//td[2]/a/@href")[0].replace("/claims?", "/api/claims?")
    assert {row["outlet"] for row in demo.get(link).json()["claims"]} == {"Tellow Courier"}
