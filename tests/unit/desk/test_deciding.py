"""Deciding through the pages, as a browser without scripts does: forms, redirects, and what is then shown."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from lxml import html
from tests.unit.desk.conftest import QUOTES, SCRIPT, TURNED
from tests.unit.ledger.builders import Builder, received, simple

from sayso import deciding, linking
from sayso.desk.app import make_app
from sayso.desk.guarding import Alone
from sayso.ledger import Judgement, Ledger
from sayso.ledger.claims import claimant_id
from sayso.types import ClaimRow, Correction, DecisionRow, Waiting

TALE = "Sennath 🕊️\n\nIn Sennath, Ivo Brandt said that ten 👍🏽 people died on the bridge. The river rose at night."
CONTENT = "that ten 👍🏽 people died on the bridge"
NOTE = f"{SCRIPT} {QUOTES} {TURNED} e\u0301"


@dataclass
class Desk:
    """A desk over a ledger, and who sits at it."""

    path: Path
    ledger: Ledger
    user: str = "mara"

    def __post_init__(self) -> None:
        self.client = TestClient(
            make_app(str(self.path), Alone(self.user)), base_url="http://localhost", follow_redirects=False
        )

    def beside(self, user: str) -> Desk:
        return Desk(self.path, self.ledger, user)

    def page(self, address: str, status: int = 200) -> html.HtmlElement:
        answer = self.client.get(address)
        assert answer.status_code == status, f"{address}: {answer.status_code}"
        return html.fromstring(answer.text)

    def send(self, form: html.HtmlElement, button: str, **fields: object) -> Response:
        """What a browser sends when ``button`` (a value, or a name) of ``form`` is pressed, with these fields typed."""
        (pressed,) = form.xpath(".//button[@value=$b or @name=$b]", b=button)
        given: dict[str, object] = {}
        for name, value in form.form_values():
            given.setdefault(name, []).append(value)  # type: ignore[attr-defined]
        given |= {pressed.get("name"): pressed.get("value")} | fields
        return self.client.post(form.get("action"), data=given)

    def press(self, address: str, button: str, **fields: object) -> Response:
        (form,) = self.page(address).xpath("//form[.//button[@value=$b or @name=$b]]", b=button)
        return self.send(form, button, **fields)

    def claim(self, claimant: str) -> ClaimRow:
        return next(row for row in self.ledger.claims() if row.claimant == claimant)

    def said(self) -> list[DecisionRow]:
        return list(self.ledger.decisions())


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Callable[[Callable[[Ledger], None]], Desk]]:
    path = tmp_path / "sayso.db"
    with Ledger.open(str(path)) as ledger:

        def made(fill: Callable[[Ledger], None]) -> Desk:
            fill(ledger)
            linking.link(ledger)
            return Desk(path, ledger)

        yield made


@pytest.fixture
def bridge(make: Callable[[Callable[[Ledger], None]], Desk]) -> Desk:
    """One article with one claim, of ten dead, with emoji before and within it."""

    def fill(ledger: Ledger) -> None:
        item = received(TALE, title="Sennath 🕊️")
        build = Builder(item)
        said = build.says("Ivo Brandt", CONTENT, cue="said")
        build.killed("ten 👍🏽 people", 10, said)
        ledger.store(item, build.reading)

    return make(fill)


@pytest.fixture
def four(make: Callable[[Callable[[Ledger], None]], Desk]) -> Desk:
    """Four articles with one claim each, by four claimants."""

    def fill(ledger: Ledger) -> None:
        for number, claimant in enumerate(("the ministry", "Mara Lind", "the clinic", "Ministry of Health"), 1):
            ledger.store(*simple(number, claimant=claimant))

    return make(fill)


# On one claim


@pytest.mark.parametrize(("verdict", "word"), [("confirm", "confirmed"), ("reject", "rejected")])
def test_a_claim_is_decided_on_and_that_is_taken_back(bridge: Desk, verdict: str, word: str) -> None:
    address = f"/claim/{bridge.claim('Ivo Brandt').id}"
    answer = bridge.press(address, verdict, note="seen")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{address}#decided")
    holds = bridge.page(address).xpath("//*[@id='decided']//div[@class='holds']")[0].text_content()
    assert f"{word} by mara" in " ".join(holds.split())
    assert "seen" in holds
    assert bridge.press(address, "undo").status_code == 303
    assert [row.superseded is not None for row in bridge.said()] == [True]
    assert "Nothing that was decided stands" in bridge.page(address).text_content()


def waits(desk: Desk) -> list[html.HtmlElement]:
    """The forms of the claims that wait, in their order."""
    return list(desk.page("/queue").xpath("//article//form[.//button[@value='confirm']]"))


def test_the_queue_asks_and_then_asks_no_more(four: Desk) -> None:
    first, *others = waits(four)
    assert four.send(first, "confirm").headers["location"] == "/queue?done=1"
    assert [form.fields["about"] for form in waits(four)] == [form.fields["about"] for form in others]
    (undo,) = four.page("/queue?done=1").xpath("//*[@id='said']//form")
    four.send(undo, "undo")
    assert waits(four)[0].fields["about"] == first.fields["about"]


def test_with_htmx_what_was_decided_on_comes_back_alone(four: Desk) -> None:
    given = dict(waits(four)[0].form_values()) | {"verdict": "reject"}
    answer = four.client.post("/decide", data=given, headers={"HX-Request": "true"})
    (matter,) = four.page(answer.headers["location"]).xpath("//article[contains(@class, 'matter')]")
    assert matter.get("data-decided") == "yes"
    assert matter.xpath(".//form[@class='undo']")


def test_an_article_shows_what_is_rejected_as_rejected(bridge: Desk) -> None:
    row = bridge.claim("Ivo Brandt")
    back = bridge.press(f"/article/{row.article}", "reject").headers["location"]
    assert back == f"/article/{row.article}#c-{row.id}"
    page = bridge.page(back)
    assert page.xpath("//span[@class='unsaid'][@data-claim=$id]", id=row.id)
    assert not page.xpath("//span[@class='content' or @class='source' or @class='cue'][@data-claim]")
    assert "rejected" in page.xpath("//*[@id=$id]/@class", id=f"c-{row.id}")[0]
    listed = bridge.page("/claims").xpath("//li[contains(@class, 'rejected')]")
    assert len(listed) == 1


def test_only_who_made_a_decision_takes_it_back(bridge: Desk) -> None:
    address = f"/claim/{bridge.claim('Ivo Brandt').id}"
    bridge.press(address, "reject")
    ivo = bridge.beside("ivo")
    page = ivo.page(address)
    assert not page.xpath("//form[@class='undo']")
    (token,) = set(page.xpath("//input[@name='token']/@value"))
    assert ivo.client.post("/decide", data={"token": token, "undo": 1}).status_code == 404
    assert bridge.said()[0].superseded is None


def test_without_the_token_nothing_is_decided(bridge: Desk) -> None:
    row = bridge.claim("Ivo Brandt")
    for given in ({}, {"token": "x" * 43}):
        answer = bridge.client.post("/decide", data={"verdict": "reject", "about": row.id} | given)
        assert answer.status_code == 403
        sent = {"step": "enter", "claimant": "Lin", "stance": "asserts"} | given
        assert bridge.client.post(f"/claim/{row.id}/correct", data=sent).status_code == 403
    assert bridge.said() == []


@pytest.mark.parametrize(
    "back", ["//evil.example", "/\\evil.example", "https://evil.example", "/a\r\nX: y", "queue", ""]
)
def test_nobody_is_led_to_another_host(bridge: Desk, back: str) -> None:
    row = bridge.claim("Ivo Brandt")
    answer = bridge.press(f"/claim/{row.id}", "confirm", back=back)
    assert answer.headers["location"] == f"/decide/claim/{row.id}"


def test_hostile_names_and_notes_are_text(bridge: Desk) -> None:
    desk = bridge.beside(f"ivo {SCRIPT}{QUOTES}{TURNED}")
    row = bridge.claim("Ivo Brandt")
    desk.press(f"/claim/{row.id}", "reject", note=NOTE)
    assert desk.said()[0].note == NOTE
    for address in (f"/claim/{row.id}", f"/article/{row.article}", f"/decide/claim/{row.id}", "/decisions"):
        page = desk.page(address)
        assert SCRIPT in page.text_content()
        assert not page.xpath("//script[not(@src)] | //img")
        assert "\u202e" not in html.tostring(page, encoding="unicode")
    assert desk.press(f"/claim/{row.id}", "undo").status_code == 303


def test_what_cannot_be_said_is_refused_where_one_decides(bridge: Desk) -> None:
    row = bridge.claim("Ivo Brandt")
    answer = bridge.press(f"/claim/{row.id}", "confirm", note="x" * 2_001)
    assert answer.status_code == 409
    page = html.fromstring(answer.text)
    assert "note: expected at most 2,000" in page.xpath("//*[@role='alert']")[0].text_content()
    assert page.xpath("//form[@class='say']")
    assert bridge.press(f"/claim/{row.id}", "confirm", verdict="bless").status_code == 400
    assert bridge.said() == []


# On two


def test_what_contradicts_is_refused_and_the_decisions_are_named(four: Desk) -> None:
    for one, other in (("the ministry", "Mara Lind"), ("Mara Lind", "the clinic")):
        deciding.decide(four.ledger, Judgement("same-party", one, "ivo", other))
    ids = [claimant_id(name) for name in ("the ministry", "the clinic")]
    answer = four.press(f"/decide/party/{ids[0]}/{ids[1]}", "other-party")
    assert answer.status_code == 409
    said = html.fromstring(answer.text).xpath("//*[@role='alert']")[0].text_content()
    assert "decision 1" in said
    assert "decision 2" in said
    assert len(four.said()) == 2


def test_two_names_are_one_partys_and_then_not(four: Desk) -> None:
    first = f"/claimant/{claimant_id('Mara Lind')}"
    (link,) = four.page(first).xpath("//a[contains(@href, '/decide/party/')]/@href")
    page = four.page(f"{link}?q=clinic")
    (form,) = page.xpath("//form[@class='say']")
    answer = four.send(form, "same-party")
    assert answer.headers["location"] == f"{link}?q=clinic"
    assert {"Mara Lind", "the clinic"} <= set(next(r for r in four.ledger.claimants() if "the clinic" in r.names).names)
    (undo,) = four.page(f"{link}?q=clinic").xpath("//form[@class='undo']")
    four.send(undo, "undo")
    assert next(row for row in four.ledger.claimants() if "the clinic" in row.names).names == ("the clinic",)


def test_a_party_with_a_hostile_name_can_be_decided_on(make: Callable[[Callable[[Ledger], None]], Desk]) -> None:
    def fill(ledger: Ledger) -> None:
        for number, name in enumerate((f"Guard {TURNED}", f"Front {QUOTES}"), 1):
            ledger.store(*simple(number, claimant=name))

    desk = make(fill)
    first = claimant_id(f"Front {QUOTES}")
    (form,) = desk.page(f"/decide/party/{first}?q=Guard").xpath("//form[@class='say']")
    assert desk.send(form, "other-party").status_code == 303
    assert {desk.said()[0].about, desk.said()[0].other} == {f"Guard {TURNED}", f"Front {QUOTES}"}


def stories(demo_path: Path, tmp_path: Path) -> tuple[Desk, Ledger]:
    path = tmp_path / "copy.db"
    path.write_bytes(demo_path.read_bytes())
    ledger = Ledger.open(str(path))
    return Desk(path, ledger), ledger


def test_two_stories_are_made_one_and_two_again(demo_path: Path, tmp_path: Path) -> None:
    desk, ledger = stories(demo_path, tmp_path)
    before = [row.id for row in ledger.stories()]
    large, small = sorted(ledger.stories(), key=lambda row: -len(row.articles))[:2]
    (form,) = desk.page(f"/decide/story/{large.id}?q=http://localhost/story/{small.id}").xpath("//form[@class='say']")
    one, other = form.fields["about"], form.fields["other"]
    assert ledger.claim(one).row.story != ledger.claim(other).row.story
    desk.send(form, "same-story")
    assert ledger.claim(one).row.story == ledger.claim(other).row.story
    shown = " ".join(desk.page(f"/decide/story/{one}/{other}").text_content().split())
    assert "one story by mara" in shown
    desk.press(f"/decide/story/{one}/{other}", "undo")
    assert [row.id for row in ledger.stories()] == before
    ledger.close()


def test_a_claim_is_taken_out_of_its_story(demo_path: Path, tmp_path: Path) -> None:
    desk, ledger = stories(demo_path, tmp_path)
    story = max(ledger.stories(), key=lambda row: len(row.articles))
    claim = next(c for c in ledger.story(story.id).claims if c.article == story.articles[-1])
    (link,) = desk.page(f"/claim/{claim.id}").xpath("//a[contains(@href, '/story')][contains(@href, '/decide/')]/@href")
    form = desk.page(link).xpath("//form[@class='say']")[0]
    other = form.fields["other"]
    assert ledger.claim(other).row.story == story.id
    assert desk.send(form, "other-story").status_code == 303
    assert ledger.claim(claim.id).row.story != ledger.claim(other).row.story
    (found,) = desk.page(f"{link}?q=http://localhost/claim/{other}").xpath("//form[@class='say']")
    assert ledger.claim(found.fields["other"]).row.story == ledger.claim(other).row.story
    ledger.close()


# Correcting


def correcting(desk: Desk) -> tuple[str, html.HtmlElement]:
    address = f"/claim/{desk.ledger.claims().__next__().id}/correct"
    return address, desk.page(address).get_element_by_id("correcting")


def test_the_text_to_correct_is_the_articles_to_the_code_point(bridge: Desk) -> None:
    _, form = correcting(bridge)
    (whole,) = form.xpath(".//*[@id='whole']")
    assert whole.text_content() == TALE
    assert [(s.get("class"), s.text_content()) for s in whole.xpath("./span")] == [
        ("source", "Ivo Brandt"),
        ("cue", "said"),
        ("content", CONTENT),
    ]
    start = TALE.index(CONTENT)
    assert (form.fields["source_start"], form.fields["cue_end"]) == (str(TALE.index("Ivo")), str(TALE.index(" that")))
    assert form.xpath(".//input[@name='content_start']/@value")[0] == str(start)


def test_a_correction_is_shown_before_it_is_said(bridge: Desk) -> None:
    address, form = correcting(bridge)
    start, end = TALE.index("ten"), TALE.index(" on the bridge")
    typed = {"content_start": [str(start), ""], "content_end": [str(end), ""], "stance": "denies"}
    shown = html.fromstring(bridge.send(form, "show", **typed).text)
    assert bridge.said() == []
    assert [one.text_content() for one in shown.xpath("//*[@id='changes']//dt")] == ["content", "stance"]
    assert shown.xpath("//*[@id='changes']//ins")[0].text_content() == "“ten 👍🏽 people died”"
    answer = bridge.send(shown.get_element_by_id("correcting"), "enter")
    assert answer.headers["location"] == f"{address.removesuffix('/correct')}#decided"
    (row,) = bridge.ledger.claims()
    assert ([s.text for s in row.spans], row.stance, row.decision) == (["ten 👍🏽 people died"], "denies", "correct")
    (said,) = bridge.said()
    assert said.correction is not None
    assert (said.correction.source, said.correction.claimant, said.correction.figures) == (None, None, None)


def test_everything_about_a_claim_can_be_corrected_and_taken_back(bridge: Desk) -> None:
    address, form = correcting(bridge)
    river = TALE.index("The river")
    typed = {
        "source_start": str(river),
        "source_end": str(river + 9),
        "cue_start": "",
        "cue_end": "",
        "claimant": " Lin   Vo ",
        "figure_kind": ["killed", "wounded"],
        "figure_min": ["10", "3"],
        "figure_max": ["", "5"],
        "figure_who": ["civilians", ""],
        "note": NOTE,
    }
    bridge.send(form, "enter", **typed)
    (row,) = bridge.ledger.claims()
    assert (row.claimant, [(f.min, f.max, f.kind, f.who) for f in row.figures]) == (
        "Lin Vo",
        [(10, None, "killed", "civilians"), (3, 5, "wounded", None)],
    )
    page = bridge.page(f"/article/{row.article}")
    assert [m.text_content() for m in page.xpath("//span[@class='source'][@data-claim]")] == ["The river"]
    assert not page.xpath("//span[@class='cue'][@data-claim]")
    _, again = correcting(bridge)
    assert (again.fields["source_start"], again.fields["cue_start"]) == (str(river), "")
    assert bridge.send(again, "enter").status_code == 409  # nothing that differs
    bridge.press(address.removesuffix("/correct"), "undo")
    (row,) = bridge.ledger.claims()
    assert (row.claimant, row.decision) == ("Ivo Brandt", None)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({"source_start": "5", "source_end": "900"}, "source: expected two places"),
        ({"cue_start": "9", "cue_end": "3"}, "cue: expected two places"),
        ({"content_start": ["", ""], "content_end": ["", ""]}, "content: expected 1 to 64"),
        ({"content_start": ["3", "5"], "content_end": ["8", "9"]}, "do not overlap"),
        ({"content_start": ["3"], "content_end": ["8", "9"]}, "different lengths"),
        ({"stance": "shouts"}, "stance: expected one of"),
        ({"claimant": "x" * 501}, "claimant: expected at most 500"),
        ({"figure_kind": ["killed", "sunk"], "figure_min": ["1", "1"]}, "expected one of killed"),
        ({"figure_min": ["9", ""], "figure_max": ["3", ""]}, "expected a least and a most"),
    ],
)
def test_a_correction_that_cannot_be_is_refused_on_its_page(
    bridge: Desk, typed: dict[str, object], reason: str
) -> None:
    _, form = correcting(bridge)
    answer = bridge.send(form, "enter", **typed)
    assert answer.status_code == 409
    assert reason in html.fromstring(answer.text).xpath("//*[@role='alert']")[0].text_content()
    assert bridge.said() == []


def test_a_correction_of_what_holds_no_more_is_refused_and_can_then_be_entered(bridge: Desk) -> None:
    _, form = correcting(bridge)
    ivo = bridge.beside("ivo")
    assert ivo.send(correcting(ivo)[1], "enter", stance="denies").status_code == 303
    for step in ("show", "enter"):
        answer = bridge.send(form, step, stance="warns")
        page = html.fromstring(answer.text)
        assert answer.status_code == 409
        assert "Another decision on this claim holds now" in page.xpath("//*[@role='alert']")[0].text_content()
    assert [row.user for row in bridge.said()] == ["ivo"]
    assert next(iter(bridge.ledger.claims())).stance == "denies"
    shown = html.fromstring(bridge.send(page.get_element_by_id("correcting"), "show").text)
    assert [one.text_content() for one in shown.xpath("//*[@id='changes']//del")] == ["denies"]
    assert bridge.send(shown.get_element_by_id("correcting"), "enter").status_code == 303
    assert next(iter(bridge.ledger.claims())).stance == "warns"


def test_a_name_that_cannot_be_shown_as_it_is_stays_as_it_is(make: Callable[[Callable[[Ledger], None]], Desk]) -> None:
    desk = make(lambda ledger: ledger.store(*simple(1, claimant=f"Guard {TURNED}")) and None)
    _, form = correcting(desk)
    desk.send(form, "enter", stance="warns")
    (row,) = desk.ledger.claims()
    assert (row.stance, row.claimant) == ("warns", f"Guard {TURNED}")


# What was decided


def test_decisions_are_listed_with_who_and_when_and_narrowed(four: Desk) -> None:
    ids = [row.id for row in four.ledger.claims()]
    ivo = four.beside("ivo")
    four.press(f"/claim/{ids[0]}", "confirm")
    four.press(f"/claim/{ids[0]}", "reject")
    ivo.press(f"/claim/{ids[1]}", "confirm")
    assert len(four.page("/decisions").xpath("//*[@id='results']/li")) == 3
    for query, wanted in (
        ("user=ivo", [3]),
        ("verdict=confirm", [3, 1]),
        ("standing=yes", [3, 2]),
        ("user=nobody", []),
    ):
        rows = four.page(f"/decisions?{query}").xpath("//*[@id='results']/li//span[contains(@class, 'num')]")
        assert [int(row.text_content()) for row in rows] == wanted
    assert [row["id"] for row in four.client.get("/api/decisions").json()["decisions"]] == [3, 2, 1]
    assert four.client.get("/decisions?verdict=bless").status_code == 400
    assert four.client.get("/decisions?user=&verdict=confirm").headers["location"] == "/decisions?verdict=confirm"


def test_agreement_says_how_far_and_where_not(four: Desk) -> None:
    ids = [row.id for row in four.ledger.claims()]
    ivo = four.beside("ivo")
    for id, mine, his in zip(ids, ("confirm", "confirm", "reject"), ("confirm", "reject", "reject"), strict=False):
        four.press(f"/claim/{id}", mine)
        ivo.press(f"/claim/{id}", his)
    page = four.page("/decisions/agreement?one=mara&other=ivo")
    assert [n.text_content() for n in page.xpath("//*[@class='n']")] == ["3", "67 %", "0.40"]
    (differs,) = page.xpath("//tbody/tr")
    assert differs.xpath(".//a[@class='words']/@href") == [f"/claim/{ids[1]}"]
    assert [cell.text_content() for cell in differs.xpath("./td")[1:]] == ["confirmed", "rejected"]
    found = four.client.get("/api/agreement?one=mara&other=ivo").json()
    assert (found["found"]["claims"], round(found["found"]["kappa"], 2)) == (3, 0.4)
    assert "It takes two" not in page.text_content()


def test_what_the_reader_learns_from_can_be_taken_away(bridge: Desk) -> None:
    (row,) = bridge.ledger.claims()
    (link,) = bridge.page("/decisions").xpath("//section[@aria-labelledby='learn']//a/@href")
    assert bridge.client.get(link).text == ""
    bridge.press(f"/claim/{row.id}", "reject")
    (line,) = bridge.client.get(link).text.splitlines()
    assert json.loads(line) == next(iter(bridge.ledger.corrections()))
    assert "sayso train --corrections" in bridge.page("/decisions").text_content()


def test_the_pages_of_the_queue_are_cut_from_one(four: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    queue = deciding.queue

    def counted(ledger: Ledger, limit: int) -> list[Waiting]:
        asked.append(limit)
        return queue(ledger, limit)

    monkeypatch.setattr(deciding, "queue", counted)
    pages = [four.client.get(f"/api/queue?start={start}").json()["matters"] for start in range(3)]
    assert pages[0][2:] == pages[1][1:] == pages[2] != []
    assert len(asked) == 1


def test_the_queue_can_be_paged_through(demo: TestClient) -> None:
    seen: list[str] = []
    start: int | None = 0
    while start is not None and start < 60:
        page = demo.get(f"/api/queue?start={start}").json()
        seen += [one["claim"]["claim"]["id"] for one in page["matters"] if one["claim"]]
        start = page["next"]
    assert len(seen) == len(set(seen)) > 50
    assert demo.get("/queue?start=100000").status_code == 422


# Two at once


def test_who_decides_on_what_another_has_just_decided_sees_that_first(bridge: Desk) -> None:
    other = bridge.beside("ivo")
    address = f"/claim/{bridge.claim('Ivo Brandt').id}"
    (mine,) = bridge.page(address).xpath("//*[@id='decided']//form[.//button[@value='confirm']]")
    other.press(address, "reject", note="misread")
    answer = bridge.send(mine, "confirm")
    assert answer.status_code == 409
    page = html.fromstring(answer.text)
    assert "ivo has decided on this meanwhile" in page.xpath("//*[@role='alert']")[0].text_content()
    assert "rejected by ivo" in " ".join(page.xpath("//*[@class='holds']")[0].text_content().split())
    assert [row.verdict for row in bridge.said()] == ["reject"]
    (again,) = page.xpath("//form[.//button[@value='confirm']]")
    assert bridge.send(again, "confirm").status_code == 303
    assert [row.verdict for row in bridge.said()] == ["confirm", "reject"]


def test_of_two_corrections_sent_at_once_the_second_is_shown_the_first(
    bridge: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, form = correcting(bridge)
    theirs = bridge.beside("ivo")
    entered: list[DecisionRow] = []
    decide = deciding.decide

    def crossing(held: Ledger, said: Judgement) -> DecisionRow:
        if not entered:  # after the page has been compared with what holds, before the decision is entered
            other = Judgement("correct", said.about, theirs.user, correction=Correction(stance="warns"), seen=0)
            entered.append(decide(theirs.ledger, other))
        return decide(held, said)

    monkeypatch.setattr(deciding, "decide", crossing)
    answer = bridge.send(form, "enter", stance="denies")
    assert answer.status_code == 409
    page = html.fromstring(answer.text)
    assert "Another decision on this claim holds now" in page.xpath("//*[@role='alert']")[0].text_content()
    assert [row.user for row in bridge.said()] == ["ivo"]
    assert page.xpath("//*[@id='changes']//del")[0].text_content() == "warns"
    shown = html.fromstring(bridge.send(page.get_element_by_id("correcting"), "show").text)
    assert bridge.send(shown.get_element_by_id("correcting"), "enter").status_code == 303
    assert [row.user for row in bridge.said()] == ["mara", "ivo"]
    assert next(bridge.ledger.claims()).stance == "denies"
