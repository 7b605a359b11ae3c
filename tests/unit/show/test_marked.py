"""A text with its spans marked: every character is there, marks nest, and nothing in the text is markup."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.ledger.builders import Builder, received

from sayso.show.marked import Mark, chains, marked_html, marked_text, pieces
from sayso.show.plain import visible
from sayso.types import Event, Reading, Span

TEXT = "Ivo Brandt said that the ministry denied that ten people died in Orvane."


def nested() -> Reading:
    build = Builder(received(TEXT))
    outer = build.says("Ivo Brandt", "that the ministry denied that ten people died in Orvane", cue="said")
    build.says("the ministry", "that ten people died in Orvane", cue="denied", within=outer, stance="denies")
    build.killed("ten people", 10, "a2")
    build.place("Orvane")
    build.accuses("people died")  # crosses the end of the figure
    return build.reading


class Nesting(HTMLParser):
    """Collects the text and fails where a tag closes what is not open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data


def parsed(html: str) -> str:
    parser = Nesting()
    parser.feed(html)
    parser.close()
    assert not parser.open
    return parser.text


def test_the_html_holds_the_text_and_its_marks() -> None:
    html = nested()._repr_html_()

    assert parsed(html).startswith(TEXT)
    assert '<span class="content" title="a2: Harbour Post › Ivo Brandt › the ministry denies (0.90)">' in html
    assert re.search(r'<span class="content"[^>]*>that (<span[^>]*>)*the ministry', html)


def test_an_event_is_marked_with_who_does_it_to_whom() -> None:
    people = Span.of(TEXT, TEXT.index("ten"), TEXT.index(" died"))
    died = Span.of(TEXT, TEXT.index("died"), TEXT.index(" in Orvane"))
    event = Event(died, "ASSAULT", "denied", (), (people,), 0, None, "a2", 0.8, None)

    html = marked_html(replace(nested(), events=(event,)))

    assert 'class="event" title="ASSAULT, denied (0.80): … › died › ten people"' in html


def test_nothing_in_the_text_is_markup() -> None:
    hostile = '<script>alert(1)</script> said "that <b onclick=x>', "it'll \x1b[2J do\u202e</div>"
    build = Builder(received(" ".join(hostile), outlet='"><img src=x>'))
    build.says(hostile[0], hostile[1])

    html = marked_html(build.reading)

    assert "<script" not in html
    assert "<img" not in html
    assert "<b" not in html
    assert html.count("<div") == html.count("</div>") == 1
    assert "\x1b" not in html
    assert "\u202e" not in html
    assert parsed(html).startswith(visible(" ".join(hostile)))


def test_a_terminal_shows_contents_in_brackets() -> None:
    assert marked_text(nested()).plain == (
        "Ivo Brandt said [a1 that the ministry denied [a2 that ten people died in Orvane]]."
    )


def test_a_terminal_gets_no_control_characters() -> None:
    build = Builder(received("Ivo said \x1b]0;owned\x07 that.\r\n\x9b31m"))
    build.says("Ivo", "\x1b]0;owned\x07 that")

    assert marked_text(build.reading).plain == "Ivo said [a1 ␛]0;owned␇ that].␍\n\ufffd31m"


def test_chains_start_with_the_outlet() -> None:
    assert chains(nested()) == {
        "a1": ("Harbour Post", "Ivo Brandt"),
        "a2": ("Harbour Post", "Ivo Brandt", "the ministry"),
    }


def test_chains_of_attributions_within_each_other_end() -> None:
    reading = nested()
    first, second = reading.attributions
    circular = replace(reading, attributions=(replace(first, within="a2"), second))

    assert chains(circular)["a1"] == ("Harbour Post", "the ministry", "Ivo Brandt")


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(st.text(min_size=1, max_size=40))
    bounds = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).filter(lambda b: b[0] < b[1])
    found = draw(st.lists(bounds, max_size=8))
    return text, [Mark(start, -end, rank, "content", f"a{rank}", "") for rank, (start, end) in enumerate(found)]


@given(marked())
def test_pieces_are_the_text_each_with_the_marks_it_lies_in(example: tuple[str, list[Mark]]) -> None:
    text, marks = example
    at = 0
    for piece, around in pieces(text, marks):
        here = Span(at, at + len(piece), piece)
        assert set(around) == {mark for mark in marks if Span(mark.start, mark.end, "").holds(here)}
        assert list(around) == sorted(around)
        at += len(piece)
        assert text[here.start : here.end] == piece
    assert at == len(text)


@given(marked())
def test_html_is_balanced_whatever_crosses_what(example: tuple[str, list[Mark]]) -> None:
    text, marks = example
    build = Builder(received(text))
    spans = [Span.of(text, mark.start, mark.end) for mark in marks]
    empty = Builder(received("x said y"))
    empty.says("x", "y")
    said = tuple(
        replace(empty.reading.attributions[0], id=f"a{i}", source=None, content=(span,)) for i, span in enumerate(spans)
    )

    html = marked_html(replace(build.reading, attributions=said))

    assert parsed(html.replace("\r", "")).startswith(visible(text))
