"""The whole reader, with the shipped network: offsets always hold, whatever the text; the same text reads the same."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.read import Reader
from sayso.types import Article, Reading

REPORT = """Valley Herald - The Hill Front has warned that its rivals are planning strikes near Karvel.

Major General Ivo Sand, deputy head of the Joint Truce Centre, said on Tuesday that the centre had received information
that militants were massing near Karvel and Ostra. “They will publish videos,” the senior general said.

At least 12 people were killed and 30 wounded in Karvel on 3 May 2031, according to the Valley Monitor, a watchdog. The
government denied that its aircraft had bombed the town."""


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load(threads=1)


def article(text: str, published: str | None = "2031-05-06") -> Article:
    return Article("0" * 16, "0" * 64, "<text>", "Valley Herald", None, published, None, "en", text)


def spans(value: Any) -> Iterator[dict[str, Any]]:
    """All SPANs of a reading's JSON, wherever they are."""
    if isinstance(value, dict):
        if {"start", "end", "text"} == value.keys():
            yield value
        for inner in value.values():
            yield from spans(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from spans(inner)


def check(reading: Reading) -> None:
    """Offsets hold; ids are unique and refer to what is there; what lies within another comes after it."""
    text = reading.article.text
    for span in spans({k: v for k, v in reading.to_json().items() if k != "article"}):
        assert text[span["start"] : span["end"]] == span["text"] != ""
    ids = [a.id for a in reading.attributions]
    assert len(set(ids)) == len(ids)
    for number, attribution in enumerate(reading.attributions):
        assert attribution.within is None or attribution.within in ids[:number]
        assert 0 <= attribution.confidence <= 1
        assert attribution.content
    named = [c.attribution for c in reading.casualties] + [e.attribution for e in reading.evidence]
    assert set(named) <= {None, *ids}


PIECES = st.sampled_from(
    ["said", "that ", "“", "”", '"', "killed ", "12 ", "at least ", "\n\n", "the general ", "Aleppo ", "according to ",
     "he ", "on Tuesday ", "😀", "ﷺ", "e\u0301", "\u202e", "\x00", "\ud83d", " denied ", "İ", "ß", "videos ", ". "]
)  # fmt: skip


CHAINS = """Officers denied that the town fell according to Orra Sand, the Guard said on Monday. The raid on the old
market, according to the mayor, killed ten people, Tassa reported. Officers had denied it all, the Ferry Agency quoted
the Guard as saying. “The town fell overnight, the Guard said. We left at once,” Orra Sand told Tassa."""


def test_who_speaks_last_and_within_whose_words_leads_to_a_whole_reading(reader: Reader) -> None:
    check(reader.read(article(CHAINS)))
    check(reader.read(article(CHAINS.replace(",", ""))))


def test_a_particle_that_the_network_leaves_out_belongs_to_the_name(reader: Reader) -> None:
    reading = reader.read(article("A general was killed in the port, Al-Monitor reported. Two fled, Al-Monitor said."))
    assert {a.claimant for a in reading.attributions} == {"Al-Monitor"}


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(max_size=400), st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=80).map("".join)))
def test_offsets_hold_in_any_text(reader: Reader, text: str) -> None:
    check(reader.read(article(text.encode("utf-8", "replace").decode("utf-8"))))


def test_a_report_is_read(reader: Reader) -> None:
    reading = reader.read(article(REPORT))
    check(reading)
    claimants = {a.claimant for a in reading.attributions}
    assert any(c and "Ivo Sand" in c for c in claimants)
    assert any((c.min, c.max, c.kind) == (12, None, "killed") for c in reading.casualties)
    assert any(d.value == "2031-05-03" for d in reading.dates)
    assert any(a.stance == "denies" for a in reading.attributions)


def test_one_at_a_time_or_together_is_the_same(reader: Reader) -> None:
    articles = [article(REPORT), article("One line."), article(REPORT[::-1]), article(REPORT * 3)]
    together = list(reader.read_many(articles))
    alone = [reader.read(a) for a in articles]
    assert [r.article for r in together] == articles
    for a, b in zip(together, alone, strict=True):
        assert [(x.source, x.cue, x.content, x.claimant) for x in a.attributions] == [
            (x.source, x.cue, x.content, x.claimant) for x in b.attributions
        ]


def test_a_text_as_long_as_a_book_is_read_in_stretches(reader: Reader) -> None:
    reading = reader.read(article("\n\n".join([REPORT] * 80)))
    check(reading)
    first, last = reading.attributions[0], reading.attributions[-1]
    assert first.content[0].start < len(REPORT) < last.content[-1].start


def test_language_decides_what_is_read(reader: Reader) -> None:
    assert reader.reads(article("x"))
    assert not reader.reads(Article("0", "0", "x", None, None, None, None, "ar", "نص"))


def test_who_is_credited_in_a_dateline_is_no_place(reader: Reader) -> None:
    text = "ORVENNA, March 13 (Meridian Wire) - Shells hit the market near Tessen, a medic said."
    named = [place.span.text for place in reader.read(article(text)).places]
    assert "ORVENNA" in named
    assert "Meridian Wire" not in named


def test_who_speaks_by_a_full_name_is_no_place_though_both_words_are_towns(reader: Reader) -> None:
    text = "Nadia Salem said on Monday that shells had fallen near Homs. Later Nadia Salem blamed the rebels."
    assert [place.span.text for place in reader.read(article(text)).places] == ["Homs"]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Tags ferry strikes Orvane  Norway has accused Sweden of killing six civilians at the harbour.", "Norway"),
        ("On Monday President  Ivo Sand has accused Sweden of killing six civilians.", "President  Ivo Sand"),
        ("The Norwegian  Army has accused Sweden of killing six civilians.", "The Norwegian  Army"),
        ("The United  Nations said six died.  Rain  fell  on  the port  for  a  day.", "The United  Nations"),
        ("The United  Nations said six died. The United Nations said no more.", "The United  Nations"),
    ],
)
def test_what_a_gap_parts_from_a_source_is_no_part_of_it(reader: Reader, text: str, source: str) -> None:
    said = reader.read(article(f"Port talks end\n\n{text}")).attributions
    assert source in [a.source.text for a in said if a.source]


def test_who_is_said_to_have_done_it_is_no_source(reader: Reader) -> None:
    text = (
        "The government joined the convention in 2013. But there have been repeated allegations of chemical weapons "
        "use by the government since then. The government denies the use of chemical weapons."
    )
    said = reader.read(article(text)).attributions
    assert [a.source and a.source.text for a in said] == [None, "The government"]
    assert [span.text for span in said[0].content] == ["chemical weapons use by the government"]
