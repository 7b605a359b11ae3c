from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient
from tests.unit.desk.conftest import SCRIPT

from sayso import deciding
from sayso.desk.app import make_app
from sayso.desk.pages import story
from sayso.desk.rendering import _by_pauses, environment
from sayso.ledger import Judgement, Ledger
from sayso.ledger.store import StoredStory
from sayso.show.plain import short_bounds


class Page(HTMLParser):
    """What a page is made of: its elements with their attributes, ids, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += f" {data}"

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="session")
def stored(demo_path: Path) -> StoredStory:
    """The example story that most contest."""
    with Ledger.open(str(demo_path)) as ledger:
        return ledger.story(max(ledger.stories(), key=lambda row: (len(row.figures), row.claims)).id)


@pytest.fixture(scope="session")
def page(demo: TestClient, stored: StoredStory) -> Page:
    return Page(demo.get(f"/story/{stored.row.id}").text)


@pytest.fixture(scope="session")
def sent(demo: TestClient, stored: StoredStory) -> Page:
    return Page(demo.get(f"/story/{stored.row.id}.html").text)


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("kind", ["page", "sent"])
def test_all_that_is_said_is_there(kind: str, request: pytest.FixtureRequest, stored: StoredStory) -> None:
    said = flat(request.getfixturevalue(kind).text)
    for figure in stored.row.figures:
        assert flat(figure.claimant or "a source without a name") in said
        for _, least, most, _ in figure.values:
            assert short_bounds(least, most) in said
    repeats = {link.from_ for link in stored.links if link.relation == "repeats"}
    for claim in stored.claims:
        if claim.id not in repeats and claim.echo_of is None:
            assert flat(claim.text) in said
    for article in stored.articles:
        assert flat(article.title or "") in said


def test_counts_are_those_of_the_story(page: Page, stored: StoredStory) -> None:
    row, said = stored.row, flat(page.text)
    for number, what in ((row.origins, "independent origins"), (len(row.articles), "articles"), (row.claims, "claims")):
        assert f"{number} {what}" in said or number == 1


def test_links_lead_somewhere(demo: TestClient, page: Page) -> None:
    ids = {attributes["id"] for _, attributes in page.elements if "id" in attributes}
    for link in page.all("a"):
        href = link["href"]
        if href.startswith("#"):
            assert href[1:] in ids, href
        else:
            assert href.startswith("/"), href
    for href in {a["href"] for a in page.all("a") if re.match("/(story|article|compare|claim|claimant)/", a["href"])}:
        assert demo.get(href.split("#")[0]).status_code == 200, href


def test_ids_are_there_once(page: Page, sent: Page) -> None:
    for made in (page, sent):
        ids = [attributes["id"] for _, attributes in made.elements if "id" in attributes]
        assert len(ids) == len(set(ids))


def test_no_style_or_script_stands_within_the_page(page: Page) -> None:
    assert not page.all("style")
    assert all(script.get("src", "").startswith("/static/") for script in page.all("script"))
    assert not any("style" in attributes for _, attributes in page.elements)


def test_the_file_asks_nobody(demo: TestClient, sent: Page, stored: StoredStory) -> None:
    for tag, attributes in sent.elements:
        assert tag not in ("script", "link", "img", "iframe", "object", "embed", "video", "audio", "form", "base")
        assert not {"src", "srcset", "poster", "background", "style", "ping", "data", "action"} & attributes.keys()
        assert not any(name.startswith("on") for name in attributes)
    own = {article.url for article in stored.articles}
    for link in sent.all("a"):
        if not link["href"].startswith("#"):
            assert link["href"] in own
            assert urlsplit(link["href"]).scheme in ("http", "https")
            assert "noreferrer" in link["rel"]
    styles = re.search("<style>(.*?)</style>", demo.get(f"/story/{stored.row.id}.html").text, re.DOTALL)
    assert styles
    assert "url(" not in styles[1]
    assert "@import" not in styles[1]


def test_the_file_links_within_itself(sent: Page) -> None:
    ids = {attributes["id"] for _, attributes in sent.elements if "id" in attributes}
    assert {a["href"][1:] for a in sent.all("a") if a["href"].startswith("#")} <= ids


def test_the_file_forbids_itself_all_but_its_styles(demo: TestClient, stored: StoredStory) -> None:
    answer = demo.get(f"/story/{stored.row.id}.html")
    metas = [m for m in Page(answer.text).all("meta") if m.get("http-equiv") == "Content-Security-Policy"]
    assert [m["content"] for m in metas] == [answer.headers["content-security-policy"]]
    assert metas[0]["content"].startswith("default-src 'none'; style-src 'sha256-")
    assert "attachment" in answer.headers["content-disposition"]


def test_the_same_as_json(demo: TestClient, stored: StoredStory) -> None:
    told = demo.get(f"/api/story/{stored.row.id[:10]}").json()
    assert told["story"]["id"] == stored.row.id
    assert sum(group["claims"] for group in told["groups"]) == len(stored.claims)
    assert {article["id"] for article in told["articles"]} == set(stored.row.articles)
    first = told["places"][0]
    assert (first["name"], first["main"]) == (stored.row.place, True)


def test_the_map_has_the_places_as_exactly_as_they_are_known(demo: TestClient, stored: StoredStory) -> None:
    told = demo.get(f"/api/story/{stored.row.id}/map").json()
    places = told["places"]["features"]
    assert places[0]["geometry"] == {"type": "Point", "coordinates": [stored.row.lon, stored.row.lat]}
    assert {place["properties"]["precision"] for place in places} <= {"site", "town", "region"}
    (west, south), (east, north) = told["bounds"]
    for place in (*places, *told["towns"]["features"]):
        lon, lat = place["geometry"]["coordinates"]
        assert west <= lon <= east
        assert south <= lat <= north


def test_borders(demo: TestClient) -> None:
    answer = demo.get("/api/borders")
    assert answer.headers["content-type"] == "application/geo+json"
    assert len(json.loads(answer.content)["features"]) > 200


def test_what_is_contested_is_in_the_matrix(demo: TestClient, demo_path: Path) -> None:
    with Ledger.open(str(demo_path)) as ledger:
        denials = [link for link in ledger.links() if link.relation == "denies"]
        rows = {claim.id: claim for claim in ledger.claims()}
    within = [d for d in denials if rows[d.from_].story == rows[d.to].story]
    assert within, "the examples hold a denial"
    for denial in within:
        told = demo.get(f"/api/story/{rows[denial.from_].story}").json()
        stands = [stand for line in told["matrix"]["lines"] for cell in line["stands"] for stand in cell]
        denying = {claim["id"] for stand in stands if stand["does"] == "denies" for claim in stand["claims"]}
        assert denial.from_ in denying


def test_neighbours_are_near(demo: TestClient, demo_path: Path) -> None:
    with Ledger.open(str(demo_path)) as ledger:
        ids = [row.id for row in ledger.stories()]
    found = [demo.get(f"/api/story/{id}").json()["neighbours"] for id in ids]
    assert any(found)
    for id, neighbours in zip(ids, found, strict=True):
        assert id not in {near["story"]["id"] for near in neighbours}
        assert all(near["km"] <= 60 for near in neighbours)


def test_every_story_has_its_pages(demo: TestClient, demo_path: Path) -> None:
    with Ledger.open(str(demo_path)) as ledger:
        ids = [row.id for row in ledger.stories()]
    for id in ids:
        for path in (f"/story/{id}", f"/story/{id}.html", f"/api/story/{id}/map"):
            assert demo.get(path).status_code == 200, path


def test_a_story_that_is_not_there(demo: TestClient) -> None:
    for path in ("/story/ffffffff", "/story/ffffffff.html", "/api/story/ffffffff", "/story/x"):
        assert demo.get(path).status_code == 404, path


def test_hostile_articles_are_harmless(hostile: TestClient) -> None:
    rows = hostile.get("/api/stories").json()["stories"]
    assert rows
    for row in rows:
        for path in (f"/story/{row['id']}", f"/story/{row['id']}.html"):
            answer = hostile.get(path)
            assert answer.status_code == 200
            assert SCRIPT not in answer.text
            assert not re.search("[\u202a-\u202e\u2066-\u2069\x00]", answer.text)
            made = Page(answer.text)
            assert not any(name.startswith("on") for _, attributes in made.elements for name in attributes)
            assert all(a["href"].startswith(("/", "#", "http://", "https://")) for a in made.all("a"))
            assert not made.all("img")


def test_what_stands_before_a_pause_is_sent_before_the_rest_is_made() -> None:
    made: list[str] = []
    template = environment.from_string("<h1>{{ name }}</h1>{{ pause }}{{ rest() }}<p>end</p>")
    parts = _by_pauses(template.generate(name="<Sennath>", rest=lambda: made.append("rest") or "rest"))
    assert next(parts).strip().startswith("<h1>&lt;Sennath&gt;</h1>")
    assert made == []
    assert "".join(parts) == "rest<p>end</p>"


def test_a_story_that_cannot_be_told_to_its_end_says_so(demo_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the secret")

    with TestClient(make_app(str(demo_path)), base_url="http://localhost", raise_server_exceptions=False) as asked:
        row = asked.get("/api/stories?sort=claims").json()["stories"][0]
        assert "could not be made" not in asked.get(f"/story/{row['id']}").text
        monkeypatch.setattr(story, "story_page", broken)
        asked.app.state.desk._at_hand.clear()  # type: ignore[attr-defined]
        said = asked.get(f"/story/{row['id']}").text
        assert row["label"] in said
        assert "The rest of this page could not be made" in said
        assert "the secret" not in said
        assert asked.get("/story/ffff").status_code == 404
        asked.app.state.desk.close()  # type: ignore[attr-defined]


def test_a_story_s_page_is_told_anew_once_somebody_has_decided(demo_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "copy.db"
    path.write_bytes(demo_path.read_bytes())
    with TestClient(make_app(str(path)), base_url="http://localhost") as asked, Ledger.open(str(path)) as ledger:
        row = next(iter(ledger.stories()))
        claim = ledger.story(row.id).claims[0]
        before = asked.get(f"/story/{row.id}").text
        deciding.decide(ledger, Judgement("confirm", claim.id, "ann"))
        assert "confirmed" in asked.get(f"/story/{row.id}").text
        assert "confirmed" not in before
        asked.app.state.desk.close()  # type: ignore[attr-defined]
