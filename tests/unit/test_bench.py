"""What measures us can be wrong too: matching of answers, floors, medians, tables."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from bench import corpora, floors, geo, goals, memory, mpqa, page, plover, swap, systems, tempeval
from bench.accuracy import Measured, Skipped
from bench.answers import by_report, day_in, holds_date, holds_number, holds_place, numbers_in
from bench.floors import Floors
from bench.speed import NAMES, Cost, Speeds, Start, _run, speed

from sayso.types import Article, Attribution, Casualty, Date, Event, Place, Provenance, Reading, Span, Voice

NOTHING_FOUND = Reading(
    article=Article("a", "a", "a.txt", None, None, None, None, "en", "…"),
    attributions=(),
    voice=(),
    casualties=(),
    events=(),
    places=(),
    dates=(),
    mentions=(),
    evidence=(),
    provenance=Provenance("0", "none", "local"),
)


def row(report="1", dead=None, coded_dead="0", location=None, coded_location="vennath", date=None):
    return {
        "id": report,
        "spans": {"Civilians": dead, "Location": location, "Date": date},
        "coded": {"nb_civilians": coded_dead, "location": coded_location},
    }


def with_casualty(least, most, kind="killed"):
    return replace(NOTHING_FOUND, casualties=(Casualty(Span(0, 1, "…"), least, most, kind, None, None),))


def with_place(words, name):
    return replace(NOTHING_FOUND, places=(Place(Span(0, len(words), words), name, None, None, None, "none", None),))


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("17", {17}),
        ("six villagers", {6}),
        ("Twenty-one people", {21}),
        ("thirty people", {30}),
        ("between 500 and 1300 people", {500, 1300}),
        ("a family of six", {6}),
        ("dozens", set()),
        ("someone", set()),
        ("twenty ten", {20, 10}),
        ("0 people", set()),
    ],
)
def test_numbers_in_figures_and_words(words, numbers):
    assert numbers_in(words) == numbers


def test_either_bound_of_someone_killed_holds_a_number():
    assert holds_number(with_casualty(20, None), {20})
    assert holds_number(with_casualty(None, 20), {3, 20})
    assert not holds_number(with_casualty(21, None), {20})
    assert not holds_number(with_casualty(20, 20, "wounded"), {20})
    assert not holds_number(with_casualty(20, None), frozenset())


@pytest.mark.parametrize(
    ("words", "name", "answer", "held"),
    [
        ("Vennath", "Vennath", "vennath", True),
        ("northern Vennath", "Vennath", "Vennath", True),
        ("the Vennath suburbs", "Vennath suburbs", "Vennath", True),
        ("Tel el-Orr", "Tell Orr", "Tel elOrr", True),
        ("Sa'oda", "Saoda", "al-Saoda", True),
        ("Vénnath", "?", "Vennath", True),
        ("Vennathia", "Vennathia", "Vennath", False),
        ("Vennath", "Vennath", "Vennath Gate", False),
        ("Vennath", "Vennath", "the", False),
    ],
)
def test_a_place_holds_an_answer_word_for_word(words, name, answer, held):
    assert holds_place(with_place(words, name), {answer}) is held


def test_answers_of_all_rows_of_a_report():
    answers = by_report(
        [
            row(dead="six villagers", coded_dead="6", location="Vennath and Orr"),
            row(dead="six villagers", coded_dead="2", location="Vennath and Orr", coded_location="orr"),
            row(report="2", coded_dead="9", date="Fri 07 Apr 2017"),
        ]
    )

    assert answers["1"].dead_marked == {6}
    assert answers["1"].dead_coded == {6, 2}
    assert answers["1"].places_marked == {"Vennath", "Orr"}
    assert answers["1"].places_coded == {"vennath", "orr"}
    assert not any((answers["2"].dead_marked, answers["2"].dead_coded, answers["2"].places_marked))
    assert not answers["2"].places_coded
    assert answers["2"].dates_marked == {"2017-04-07"}


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Fri 07 Apr 2017", "2017-04-07"),
        ("August 3, 2016", "2016-08-03"),
        ("12 Sept. 2015", "2015-09-12"),
        ("24.08.2013", "2013-08-24"),
        ("on Friday", None),
        ("April 2017", None),
        ("3 marbles 2017", None),
    ],
)
def test_days_in_words(words, day):
    assert day_in(words) == day


def test_a_date_is_held_by_its_value_or_that_of_publication():
    reading = replace(
        NOTHING_FOUND,
        article=replace(NOTHING_FOUND.article, published="2017-04-08T10:00:00"),
        dates=(Date(Span(0, 1, "…"), "2017-04-07", "day"),),
    )
    assert holds_date(reading, {"2017-04-07"})
    assert not holds_date(reading, {"2017-04-08"})
    assert holds_date(reading, {"2017-04-08"}, published=True)
    assert not holds_date(reading, {"2017-04"}, published=True)


GEO = """<articles><article><text>Orr is near Vennath, the Orrish say. Elsewhere.</text><toponyms>
<toponym><start>0</start><end>3</end><phrase>Orr</phrase><gaztag><lat>10.0</lat><lon>20.0</lon></gaztag></toponym>
<toponym><start>12</start><end>19</end><phrase>Vennath</phrase><gaztag><lat>10.0</lat><lon>22.0</lon></gaztag></toponym>
<toponym><start>0</start><end>3</end><phrase>Oor</phrase><gaztag><lat>1.0</lat><lon>2.0</lon></gaztag></toponym>
<toponym><start>38</start><end>47</end><phrase>Elsewhere</phrase></toponym>
</toponyms></article></articles>"""
GWN_ARTICLE = """<articles><article><text>Swiss cheese in Orr.</text><toponyms>
<toponym><extractedName>Swiss</extractedName><type>Non_Literal_Modifier</type><start>0</start><end>5</end>
<latitude>47</latitude><longitude>8</longitude></toponym></toponyms></article></articles>"""


def test_toponyms_are_those_with_coordinates_that_stand_where_they_should(tmp_path):
    (tmp_path / geo.LGL).write_text(GEO, "utf-8")
    (tmp_path / geo.GWN).write_text(GWN_ARTICLE, "utf-8")
    swiss, local = geo.articles(tmp_path)
    assert [(t.start, t.end, t.name) for t in swiss.toponyms] == [(0, 5, False)]
    assert [(t.start, t.end, t.name) for t in local.toponyms] == [(0, 3, True), (12, 19, True)]


def test_a_toponym_is_near_if_a_place_that_touches_it_is():
    place = Place(Span(0, 3, "Orr"), "Orr", None, 10.0, 21.0, "town", 1)
    other = Place(Span(12, 19, "Vennath"), "Vennath", None, None, None, "none", None)
    toponyms = tuple(geo.Toponym(a, b, 10.0, lon, True) for a, b, lon in ((0, 3, 20.0), (12, 19, 22.0), (30, 31, 1.0)))
    figures = geo.figures([(geo.Marked("…", toponyms), [place, other])])
    assert figures["toponym recall"] == pytest.approx(200 / 3)
    assert figures["within 161 km"] == pytest.approx(50)


TIMEML = """<TimeML><DCT><TIMEX3 tid="t0" type="DATE" value="2018-05-04">x</TIMEX3></DCT><TEXT>
A&amp;B fell <TIMEX3 tid="t1" type="DATE" value="2018-05-03">yesterday</TIMEX3>, in
<TIMEX3 tid="t2" type="DATE" value="PRESENT_REF">now</TIMEX3> <TIMEX3 tid="t3" type="DURATION" value="P1D">a
day</TIMEX3> of <EVENT eid="e1">rain</EVENT> <TIMEX3 tid="t4" type="DATE" value="2018-Q1">last quarter</TIMEX3>.
</TEXT></TimeML>"""


def test_dates_that_count(tmp_path):
    (tmp_path / "a.tml").write_text(TIMEML, "utf-8")
    (tmp_path / "._a.tml").write_bytes(b"\x00\x05")
    (document,) = tempeval.documents(tmp_path)
    assert document.made == "2018-05-04"
    assert [(document.text[d.start : d.end], d.value) for d in document.dates] == [
        ("yesterday", "2018-05-03"),
        ("last quarter", "2018-Q1"),
    ]
    start = document.text.index("yesterday")
    right = Date(Span(start, start + 9, "yesterday"), "2018-05-03", "day")
    unknown = Date(Span(0, 1, "A"), None, "day")
    assert tempeval.figures([(document, [right, unknown])])["date value"] == pytest.approx(200 / 3)


NESTED = "The Courier said that Mirel Orr, the minister, denounced the raid. He said aides had told him. It is feared."


def mpqa_line(number, words, kind, attributes, nth=1):
    start = -1
    for _ in range(nth):
        start = NESTED.index(words, start + 1)
    return f"{number}\t{start},{start + len(words)}\tstring\tGATE_{kind}\t {attributes}\n"


MARKED = "# a comment\n" + "".join(
    mpqa_line(number, *line)
    for number, line in enumerate(
        [
            ("The Courier", "agent", 'id="courier" nested-source="w, courier"'),
            ("said", "objective-speech-event", 'nested-source="w, courier"'),
            ("Mirel Orr, the minister", "agent", 'id="orr" nested-source="w,courier,orr"'),
            ("denounced", "direct-subjective", 'nested-source="w,courier,orr" intensity="high"'),
            ("He", "agent", 'nested-source="w, courier, orr"'),
            ("said", "objective-speech-event", 'nested-source="w, courier, orr"', 2),
            ("aides", "agent", 'id="aides" nested-source="w, courier, orr, aides"'),
            ("told", "objective-speech-event", 'nested-source="w, courier, orr, aides" insubstantial="c1"'),
            ("is feared", "direct-subjective", 'nested-source="w, courier, implicit"'),
            ("It", "objective-speech-event", 'nested-source="w, courier, orr" implicit="true"'),
        ]
    )
)
SENTENCES = "".join(f"{a}\t{a},{b}\tstring\tGATE_sentence\n" for a, b in ((0, 64), (65, 95), (96, len(NESTED))))


def nested_span(words, nth=1):
    start = -1
    for _ in range(nth):
        start = NESTED.index(words, start + 1)
    return Span(start, start + len(words), words)


def says(number, source, cue, within=None, claimant=None):
    return Attribution(number, source, cue, (), within, "indirect", "asserts", claimant, 0.9)


def with_attributions(*attributions):
    return replace(NOTHING_FOUND, attributions=attributions)


@pytest.fixture
def document():
    return mpqa.parsed(NESTED, MARKED, SENTENCES)


COURIER = says("a1", nested_span("The Courier"), nested_span("said"))
ORR = says("a2", nested_span("Mirel Orr"), nested_span("denounced"), "a1")


def test_expressions_that_count_are_two_deep_and_have_words(document):
    counted = [(NESTED[e.start : e.end], e.speaks, e.objective, e.substantial) for e in mpqa.nested(document)]
    assert counted == [
        ("denounced", True, False, True),
        ("said", True, True, True),
        ("told", True, True, False),
        ("is feared", False, False, True),
    ]


def test_a_chain_is_found_with_each_of_its_sources_and_no_more(document):
    denounced = mpqa.nested(document)[0]
    outer = says("a0", nested_span("aides"), nested_span("told"))
    elsewhere = replace(COURIER, source=nested_span("aides"))
    assert mpqa.is_found(denounced, document, with_attributions(COURIER, ORR))
    assert not mpqa.is_found(denounced, document, with_attributions(COURIER, replace(ORR, within=None)))
    assert not mpqa.is_found(denounced, document, with_attributions(COURIER, replace(ORR, cue=nested_span("raid"))))
    assert not mpqa.is_found(denounced, document, with_attributions(elsewhere, ORR))
    assert mpqa.is_found(denounced, document, with_attributions(replace(elsewhere, claimant="the Courier"), ORR))
    assert not mpqa.is_found(denounced, document, with_attributions(outer, replace(COURIER, within="a0"), ORR))


def test_who_is_marked_in_the_sentence_must_be_the_source_there(document):
    named = replace(ORR, source=None, claimant="Mirel Orr")
    assert not mpqa.is_found(mpqa.nested(document)[0], document, with_attributions(COURIER, named))
    unmarked = replace(document, sentences=((0, 20), (20, len(NESTED))))
    alone = replace(unmarked, agents=tuple(a for a in document.agents if a.start < 20 or a.end < a.start + 5))
    assert not mpqa.is_found(mpqa.nested(document)[0], alone, with_attributions(COURIER, named))  # named nowhere


def test_a_party_that_is_implicit_has_no_source(document):
    feared = mpqa.nested(document)[-1]
    found = says("a2", None, nested_span("feared"), "a1")
    assert mpqa.is_found(feared, document, with_attributions(COURIER, found))
    sourced = replace(found, source=nested_span("It"))
    assert not mpqa.is_found(feared, document, with_attributions(COURIER, sourced))


def test_figures_of_chains(document):
    figures = mpqa.figures([(document, with_attributions(COURIER, ORR)), (document, None)])
    assert figures == {
        "chain of speech events": pytest.approx(100 / 6),
        "the same, substantial": pytest.approx(25),
        "the same, objective": 0.0,
        "the same, with private states": pytest.approx(12.5),
    }


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Orr", "President Mirel Orr", True),
        ("the minister", "minister", True),
        ("the minister", "the Courier's minister", False),
        ("He", "he", False),
        ("Mirel Orr", "Mirel Talavik", False),
        ("the", "The", False),
    ],
)
def test_words_that_name_one_party(one, other, same):
    assert mpqa.is_same_name(one, other) is same
    assert mpqa.is_same_name(other, one) is same


def event(root, confidence):
    return Event(Span(0, 1, "…"), root, "happened", (), (), None, None, None, confidence, None)


def test_the_root_of_a_sentence_is_that_of_its_most_confident_event():
    assert plover.root_of([]) is None
    assert plover.root_of([NOTHING_FOUND]) is None
    events = (event("AID", 0.5), event("ASSAULT", 0.9), event("YIELD", 0.9))
    assert plover.root_of([replace(NOTHING_FOUND, events=events)]) == "ASSAULT"


def test_macro_f1_is_over_the_roots_that_were_given():
    figures = plover.figures([("AID", "AID"), ("AID", None), ("ASSAULT", "AID"), ("ASSAULT", "SANCTION")])
    assert figures == {"root macro-F1": pytest.approx(25), "root right": pytest.approx(25)}


def test_sentences_that_are_held_out(tmp_path):
    texts = [f"Orr warned of flood {n}." for n in range(50)]
    lines = ["\tsentence\tgold_root", *(f"\t{text}\tTHREATEN\r" for text in texts)]
    (tmp_path / plover.TABLE).write_bytes("\n".join([*lines, lines[-1], ""]).encode())
    held = plover.sentences(tmp_path)
    assert [c.sentence for c in held] == [text for text in texts if plover.is_held_out(text)]
    assert 0 < len(held) < 25
    assert {c.root for c in held} == {"THREATEN"}


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Russian jets", "Turkish jets"),
        ("RUSSIAN JETS", "TURKISH JETS"),
        ("Government forces and a government convoy", "Opposition forces and an opposition convoy"),
        ("the Free Syrian Army and rebels", "the Syrian Arab Army and loyalists"),
        ("a U.S.-led raid", "a E.U.-led raid"),
        ("its opposition to the plan, in opposition", "its opposition to the plan, in opposition"),
        ("Russianness, prussia, us", "Russianness, prussia, us"),
    ],
)
def test_names_are_exchanged_whole_and_in_their_case(text, other):
    assert swap.exchanged(text) == other
    assert swap.exchanged(other) == text
    assert swap.holds(text)


def test_names_that_come_to_stand_side_by_side_are_told():
    assert not swap.holds("a opposition")  # once exchanged, "a government", which is a pair's


def test_every_pair_has_as_many_words_on_both_sides_and_each_name_once():
    names = [name for pair in swap.PAIRS for name in pair]
    assert len(names) == len(set(names))
    assert all(len(one.split()) == len(two.split()) for one, two in swap.PAIRS)


def test_offsets_go_back_to_where_they_were():
    text = "Moscow told Ankara"
    at = swap.back(text)
    assert swap.exchanged(text) == "Ankara told Moscow"
    assert [at(n) for n in range(len(text) + 1)] == list(range(len(text) + 1))
    at = swap.back("The Observatory said")  # The Agency said
    assert [at(n) for n in (0, 4, 6, 10, 11, 15)] == [0, 4, 6, 15, 16, 20]
    at = swap.back("The Agency said")
    assert [at(n) for n in (4, 13, 15, 16)] == [4, 10, 10, 11]


def spoken(text, claimant, cue="said"):
    at = text.index(cue)
    return replace(
        NOTHING_FOUND,
        article=replace(NOTHING_FOUND.article, text=text),
        attributions=(
            replace(says("a1", Span.of(text, 0, at - 1), Span.of(text, at, at + 4), claimant=claimant), content=()),
        ),
        casualties=(Casualty(Span.of(text, at, at + 4), 2, 2, "killed", text[: at - 1], "a1"),),
        voice=(Voice(Span.of(text, 0, 3), "label", 0.5),),
    )


def test_a_reading_with_the_names_exchanged_is_the_same():
    plain, other = spoken("The Observatory said", "The Observatory"), spoken("The Agency said", "The Agency")
    assert set(swap.figures([(plain, other)]).values()) == {100.0}
    assert set(swap.figures([(NOTHING_FOUND, NOTHING_FOUND)]).values()) == {100.0}


def test_what_one_reading_has_alone_is_not_the_same():
    plain, other = spoken("The Observatory said", "The Observatory"), spoken("The Agency said", None)
    figures = swap.figures([(plain, replace(other, voice=()))])
    assert figures == {
        "attributions the same": 0.0,
        "casualties the same": 100.0,
        "voice the same": 0.0,
        "all together the same": pytest.approx(40),
    }


@pytest.fixture
def under():
    return {"corpus": Floors("abc", {"cue": 70.0, "source": 77.0})}


def measured(sha256="abc", **figures):
    return [Measured("corpus", sha256, "made up", figures)]


def test_floors_rise_to_a_margin_below_the_figure(under):
    assert floors.raised(under, measured(cue=74.58, source=90.0))["corpus"].floors == {"cue": 74.0, "source": 89.5}


def test_floors_never_fall(under):
    assert floors.raised(under, measured(cue=12.0)) == under
    assert floors.raised(under, measured(cue=70.3, source=77.0)) == under


def test_another_corpus_lifts_no_floor(under):
    assert floors.raised(under, measured("def", cue=99.0, source=99.0)) == under
    assert floors.raised(under, [Measured("another", "abc", "", {"cue": 99.0})]) == under


def test_floors_that_are_reached(under):
    assert floors.failures(under, measured(cue=70.0, source=77.1, other=0.0)) == []


@pytest.mark.parametrize(
    ("of", "why"),
    [
        (measured(cue=69.99, source=80.0), "cue is 69.99, below its floor of 70.0"),
        (measured(cue=80.0), "source has a floor, but was not measured"),
        (measured(cue=80.0, source=float("nan")), "source is nan, below its floor"),
        (measured("def", cue=80.0, source=80.0), "the corpus is not the one"),
    ],
)
def test_floors_that_are_not(under, of, why):
    (failure,) = floors.failures(under, of)
    assert why in failure


def test_floors_are_kept_as_they_were(under, tmp_path):
    floors.save(under, tmp_path / "floors.json")
    assert floors.load(tmp_path / "floors.json") == under


def test_every_corpus_with_floors_is_one_that_is_measured():
    measured = {corpora.POLNEAR, corpora.REPORTS, corpora.FAKES, corpora.GEO, corpora.TEMPEVAL}
    measured |= {corpora.MPQA, corpora.PLOVER, corpora.SWAPPED}
    assert set(floors.load()) == measured


def test_a_corpus_hash_tells_names_and_bytes_apart(tmp_path):
    def digest(**files):
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        for name, text in files.items():
            (folder / name).write_text(text, "utf-8")
        return corpora.hash_of(folder, sorted(folder.iterdir(), reverse=True))

    same, renamed, changed, moved = digest(a="x", b=""), digest(a="x", c=""), digest(a="y", b=""), digest(a="", b="x")
    assert len({same, renamed, changed, moved}) == 4
    assert digest(b="", a="x") == same


def test_speed_is_of_the_median_round_and_against_the_same_round():
    rounds = [
        {"blank": Cost(1.0, 1.0, 10), "textacy": Cost(8.0, 8.0, 1), "reader": Cost(4.0, 8.0, 30, failed=1)},
        {"blank": Cost(9.0, 9.0, 10), "textacy": Cost(99.0, 9.0, 1), "reader": Cost(18.0, 40.0, 50)},  # it was busy
        {"blank": Cost(1.0, 1.0, 10), "textacy": Cost(5.0, 8.0, 1), "reader": Cost(5.0, 10.0, 20)},
    ]
    found = speed("reader", 1000, rounds, 7)

    assert found.words_per_second == 200
    assert found.words_per_cpu_second == 100
    assert found.times_baseline == 4
    assert found.times_rival == 2
    assert (found.peak, found.model, found.failed) == (50, 7, 1)


def test_what_a_process_took():
    hungry = "import time; held = bytearray(80 << 20); time.sleep(0.5); print('done')"
    cost, printed = _run([sys.executable, "-c", hungry])

    assert printed == "done\n"
    assert cost.cpu > 0
    assert cost.seconds - cost.cpu > 0.4  # it slept, however long the rest took
    assert cost.peak > 80 << 20
    with pytest.raises(subprocess.CalledProcessError):
        _run([sys.executable, "-c", "raise SystemExit(3)"])
    assert _run([sys.executable, "-c", "print('done')"], heard=False)[1] == ""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs Linux's /proc")
def test_memory_is_that_of_all_processes_together():
    hungry = "held = bytearray(60 << 20); import subprocess, sys, time; "
    child = hungry + "time.sleep(1)"
    cost, _ = _run([sys.executable, "-c", hungry + "subprocess.run([sys.executable, '-c', sys.argv[1]])", child])
    assert cost.peak > 120 << 20
    assert memory.resident(0) == 0


def test_the_size_of_a_model():
    assert systems.size("blank") == 0
    assert systems.size("reader") == systems.size("command") > 1_000_000


@pytest.fixture
def speeds():
    costs = [{name: Cost(n, 2 * n, n * goals.MB, failed=n) for n, name in enumerate(NAMES, start=1)}]
    return Speeds(793, 1_000_000, [speed(name, 1_000_000, costs, n * 100_000) for n, name in enumerate(NAMES)])


def test_the_page_has_every_figure(under, speeds):
    facts = {"machine": "2 cores", "versions": "Python 3", "model": "tiny+abc"}
    parts = [*measured(cue=71.26, other=5.0), Skipped("gone", "gone is not there")]
    text = page.render(parts, under, speeds, [Start("sayso --help", 0.25, 12.5)], facts)

    assert "| cue | 71.3 | 70.0 |" in text
    assert "| other | 5.0 |  |" in text
    assert "Not measured: gone is not there." in text
    assert "| Sayso, the reader alone | 166,667 | 83,333 | 6.0 | 0.5 | 6 | 0.5 | 6 |" in text
    assert "| spaCy's blank tokenizer and sentencizer | 1,000,000 | 500,000 | 1.0 | 3.0 | 1 | – | 1 |" in text
    assert "| speed, text to reading | FA-KES | 166,667 words/s | 7,000 words/s | 12,000 words/s | aim |" in text
    assert text.index("speed, text to reading") < text.index("| cue |")
    assert "| `sayso --help` | 0.25 | 12.5 |" in text
    assert all(fact in text for fact in facts.values())
    widths = {line.count("|") for line in text.splitlines() if line.startswith("|")}
    assert widths == {4, 7, 9}


@pytest.mark.parametrize(
    ("figure", "value", "cells"),
    [
        ("nested", 61.04, ("61.0", "60.0", "78.0", "floor")),
        ("nested", 59.99, ("60.0", "60.0", "78.0", "")),
        ("nested", 78.0, ("78.0", "60.0", "78.0", "aim")),
        ("peak memory", 600.0, ("600.0 MB", "at most 700.0 MB", "at most 500.0 MB", "floor")),
        ("peak memory", 701.0, ("701.0 MB", "at most 700.0 MB", "at most 500.0 MB", "")),
        ("times textacy", 1.2, ("1.2 times", "1.0 times", "1.0 times", "aim")),
    ],
)
def test_a_goal_is_shown_with_what_of_it_is_reached(figure, value, cells):
    goal = next(goal for goal in goals.GOALS if goal.figure == figure)
    assert goals.Reached(goal, value).cells()[2:] == cells
    assert goals.Reached(goal, None).cells()[2] == "not measured"


def test_goals_take_their_figures_from_what_was_measured(speeds):
    parts = [Measured(corpora.MPQA, "abc", "", {"chain of speech events": 41.0}), Skipped(corpora.GEO, "gone")]
    values = {r.goal.figure: r.value for r in goals.reached(parts, speeds) if r.value is not None}
    assert values == {
        "chain of speech events": 41.0,
        "words per second": pytest.approx(166_666.7),
        "times textacy": 0.5,
        "peak memory": 6.0,
        "model file": 0.5,
    }


def test_figures_go_between_the_marks_of_the_readme():
    readme = page.README.read_text("utf-8")
    written = page.with_figures(
        readme, goals.reached([Measured(corpora.MPQA, "", "", {"chain of speech events": 41.2})])
    )
    before, _, after = (part for part in readme.partition("<!-- figures -->"))
    assert written.startswith(before)
    assert written.endswith(after.partition("<!-- /figures -->")[2])
    assert "| speech two or more deep, with its chain of sources | MPQA, held-out topics | 41.2 |" in written
    assert page.with_figures(written, goals.reached([])).count("not measured") == len(goals.GOALS)


def test_a_page_without_speeds_says_why(under):
    facts = {"machine": "", "versions": "", "model": ""}
    assert "Not measured: spacy is not installed." in page.render([], under, "spacy is not installed", [], facts)


def test_the_chart_has_a_bar_for_each_system_the_fastest_longest(speeds):
    root = ElementTree.fromstring(page.chart(speeds))
    lengths = [float(bar.attrib["width"]) for bar in root.iterfind("{*}rect")][1:]  # the first is the background

    words = [text.text for text in root.iterfind("{*}text")]
    assert {"times textacy", "peak memory, MB", "model, MB", "1,000,000", "0.5"} <= set(words)
    assert len(lengths) == len(NAMES)
    assert lengths == sorted(lengths, reverse=True)
    assert lengths[-1] > 0


def test_the_command_measures_nothing_where_there_are_no_corpora(tmp_path, monkeypatch):
    monkeypatch.setenv("SAYSO_DATA", str(tmp_path))
    done = subprocess.run(
        [sys.executable, "-m", "bench", "--check"],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.count("is not there") == 8


def test_a_report_is_given_as_intake_makes_it(tmp_path):
    from sayso.config import Config
    from sayso.intake import receive

    rows = [{"title": "A bridge", "text": "It fell."}, {"title": "", "text": "It fell again."}]
    table = tmp_path / "t.jsonl"
    table.write_text("".join(f"{json.dumps(r)}\n" for r in rows), "utf-8")

    assert [item.article.text for item in receive([table], Config())] == [corpora.text_of(r) for r in rows]
