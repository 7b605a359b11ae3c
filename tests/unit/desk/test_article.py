from __future__ import annotations

import re
from dataclasses import replace

from fastapi.testclient import TestClient
from lxml import html
from tests.unit.ledger.builders import Builder, received

from sayso.desk.marking import in_paragraphs, marked
from sayso.ledger import claims_of
from sayso.text import paragraphs
from sayso.types import Span

ODD = (
    "العنوان 🕊️\n\nقال الوزير إنّ القصف أصاب السوق. 👩‍👧 said that e\u0301tage 👍🏽 fell, and Mara told us that Ivo said "
    "10 people died.\n\nIt went on\nin a second paragraph, he said."
)


def made(build: Builder) -> tuple[html.HtmlElement, ...]:
    claims = claims_of(build.reading)
    as_read = {claim.id: tuple((s.start, s.end) for s in claim.spans) for claim in claims}
    found = in_paragraphs(build.text, marked(build.reading, claims, as_read), claims)
    return tuple(html.fragment_fromstring(str(p.html), create_parent="p") for p in found)


def without_numbers(paragraph: html.HtmlElement) -> str:
    return "".join(paragraph.xpath(".//text()[not(parent::a[@class='ref'])]"))


def odd() -> Builder:
    build = Builder(received(ODD, title="العنوان 🕊️"))
    build.says("👩‍👧", "e\u0301tage 👍🏽 fell", cue="said")
    outer = build.says("Mara", "Ivo said 10 people died", cue="told")
    build.says("Ivo", "10 people died", cue="said", within=outer)
    build.killed("10 people", 10, "a3")
    across = ODD[ODD.index("died.") : ODD.index(", he said")]
    build.says("he", across, cue="said.")
    return build


def test_every_code_point_keeps_its_place() -> None:
    shown = [without_numbers(p) for p in made(odd())]
    assert shown == [ODD[start:end] for start, end in paragraphs(ODD)]


def test_marks_hold_exactly_their_words() -> None:
    for paragraph in made(odd()):
        for mark in paragraph.xpath(".//span[@id]"):
            start, end = map(int, re.fullmatch(r"s(\d+)-(\d+)", mark.get("id")).groups())
            cut = without_numbers(mark)
            assert ODD[start:end].startswith(cut)
            assert cut == ODD[start:end] or "\n\n" in ODD[start:end]


def test_nested_contents_are_nested_and_numbered() -> None:
    outer = next(p for p in made(odd()) if "10 people" in p.text_content())
    inner = outer.xpath(".//span[@class='content']//span[@class='content']")
    assert [without_numbers(one) for one in inner][:1] == ["10 people died"]
    assert inner[0].xpath(".//span[@class='casualty']")


def test_a_content_that_goes_over_a_paragraph_is_marked_in_both_and_has_one_address() -> None:
    across = next(claim.id for claim in claims_of(odd().reading) if "went on" in claim.text)
    parts = [p.xpath(f".//span[@class='content'][@data-claim='{across}']") for p in made(odd())]
    assert [[without_numbers(one) for one in found] for found in parts] == [
        [],
        ["died", "."],  # cut by what ends within it
        ["It went on\nin a second paragraph"],
    ]
    assert len([one for found in parts for one in found if one.get("id")]) == 1


def test_what_somebody_corrected_is_marked_as_corrected() -> None:
    build = odd()
    claims = claims_of(build.reading)
    as_read = {claim.id: tuple((s.start, s.end) for s in claim.spans) for claim in claims}
    start = ODD.index("fell")
    first = next(claim for claim in claims if claim.claimant == "👩‍👧")
    corrected = replace(first, spans=(Span.of(ODD, start, start + 4),), claimant="Lin")
    marks = marked(build.reading, [corrected], as_read)
    assert [(m.start, m.end) for m in marks if m.kind == "content"] == [(start, start + 4)]
    assert [m.label for m in marks if m.kind == "source"] == ["Lin"]


def test_an_article_shows_each_chain_beside_its_words(demo: TestClient) -> None:
    claim = next(row for row in demo.get("/api/claims?by=Meridian").json()["claims"] if len(row["chain"]) > 2)
    page = html.fromstring(demo.get(f"/article/{claim['article']}").text)
    (card,) = page.xpath(f"//*[@id='c-{claim['id']}']")
    named = [" ".join(name.text_content().split()) for name in card.xpath(".//span[@class='chain']//bdi")]
    assert named == [name for name in claim["chain"] if name]
    (link,) = card.xpath(".//a[@class='no']")
    (words,) = page.xpath(f"//*[@id='{link.get('href')[1:]}']")
    assert words.get("data-claim") == claim["id"]
    assert words.xpath(f"./a[@class='ref'][@href='#c-{claim['id']}']")


def test_a_copy_says_what_it_copies(demo: TestClient) -> None:
    copy = next(row for row in demo.get("/api/articles").json()["articles"] if row["origin"])
    page = html.fromstring(demo.get(f"/article/{copy['id']}").text)
    assert page.xpath(f"//p[@class='note']/a[@href='/article/{copy['origin']}']")
    origin = html.fromstring(demo.get(f"/article/{copy['origin']}").text)
    assert origin.xpath(f"//table//a[@href='/article/{copy['id']}']")


def test_a_hostile_url_is_text_and_no_link(hostile: TestClient) -> None:
    rows = hostile.get("/api/articles").json()["articles"]
    row = next(row for row in rows if row["url"].startswith("javascript:"))
    page = html.fromstring(hostile.get(f"/article/{row['id']}").text)
    assert "javascript:alert(1)" in page.text_content()
    assert not [url for url in page.xpath("//@href") if "javascript" in url]
