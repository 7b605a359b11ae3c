"""Chains of sources: which count, and which are found."""

from dataclasses import replace

import pytest
from bench import mpqa
from tests.unit.bench.builders import NOTHING_FOUND, says

from sayso.types import Span

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
        "the same, with chains of two": pytest.approx(25),  # two of four, and none of four
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
