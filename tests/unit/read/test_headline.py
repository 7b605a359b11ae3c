"""A headline that the body prints again is read once; any other is read as part of the text."""

import time

import pytest

from sayso.read.attributions import Marks
from sayso.read.found import Found
from sayso.read.headline import headlines_said, repeated_headline
from sayso.read.resolve import reading_of
from sayso.types import Article, Provenance


@pytest.mark.parametrize(
    "body",
    [
        "12 killed in Karvel's old town\n\nThe mill burned.",
        "Posted on 3 May by Ana Lind 12 killed in Karvel_\x90_â_s old town - The mill burned.",
    ],
)
@pytest.mark.parametrize("site", ["", " - World - Harbour Post", " | Harbour Post"])
def test_it_is_found_whatever_stands_around_it(body: str, site: str) -> None:
    headline = f"12 killed in Karvels old town{site}"
    assert repeated_headline(f"{headline}\n\n{body}") == len(headline)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12 killed in Karvels old town",
        "12 killed in Karvels old town\n\nThe mill in the old town burned.",
        "12 killed in Karvels old town\n12 killed in Karvels old town",
        "12 killed\n\n12 killed in Karvel.",
        "حريق في البلدة القديمة\n\nحريق في البلدة القديمة",
        "12 killed in Karvels old town\n\n" + "The mill burned. " * 60 + "12 killed in Karvels old town",
    ],
)
def test_others_are_not(text: str) -> None:
    assert repeated_headline(text) == 0


def test_what_is_printed_twice_is_said_once() -> None:
    headline = "Army shelling kills 12 in Karvel, monitor says"
    text = f"{headline}\n\n{headline}\n\nThe mill burned."
    again = len(headline) + 2
    said = [Found((at + 34, at + 41), (at + 42, at + 46), ((at, at + 32),), 1.0) for at in (0, again)]
    inner = Found(None, (5, 13), ((5, 32),), 1.0, said[0])
    article = Article("0" * 16, "0" * 64, "x", None, headline, None, None, "en", text)
    marks = Marks([said[0], inner, said[1]])
    reading = reading_of(article, marks, Provenance("0", "x", "local"))
    assert [a.content[0].start for a in reading.attributions] == [again]
    assert [(c.span.start, c.attribution) for c in reading.casualties] == [(text.index("12", again), "a1")]


def test_a_long_line_takes_no_time() -> None:
    begin = time.process_time()
    repeated_headline("- " * 200_000 + "\n\n" + "- " * 200_000)
    assert time.process_time() - begin < 1


@pytest.mark.parametrize(
    ("headline", "source", "said"),
    [
        ("Shells kill 24 in Vennath market monitor", "monitor", "Shells kill 24 in Vennath market"),
        ("Raid on Sennath leaves six dead - state media", "state media", "Raid on Sennath leaves six dead"),
        ("Rebel media: 20 dead in raids on Vennath", "Rebel media", "20 dead in raids on Vennath"),
        ("Government media: 20 dead in raids on Vennath", "Government media", "20 dead in raids on Vennath"),
        ("NGO: 20 dead in raids on Vennath", "NGO", "20 dead in raids on Vennath"),
        ("NGO 20 dead in raids on Vennath", "NGO", "20 dead in raids on Vennath"),
    ],
)
def test_a_source_stands_bare_at_an_end_of_a_headline(headline: str, source: str, said: str) -> None:
    text = f"{headline}\n\nThe market was full."
    [found] = headlines_said(text)
    assert [text[a:b] for a, b in found] == [source, said]


@pytest.mark.parametrize(
    "headline",
    [
        "Shells kill 24 in Vennath market",
        "State media",
        "Troops seize the offices of a monitor. It said nothing",
        "Media law passed by the assembly in Sennath",
    ],
)
def test_a_headline_without_a_bare_source_has_none(headline: str) -> None:
    assert not list(headlines_said(f"{headline}\n\nThe market was full."))


def test_a_bare_source_is_found_where_the_body_prints_the_headline_again() -> None:
    text = (
        "Shells kill 24 in Vennaths market monitor\n\n"
        "2 May - Shells kill 24 in Vennath's market monitor - A shell fell."
    )
    found = [[text[a:b] for a, b in said] for said in headlines_said(text)]
    assert found == [
        ["monitor", "Shells kill 24 in Vennaths market"],
        ["monitor", "Shells kill 24 in Vennath's market"],
    ]
