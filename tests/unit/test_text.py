"""Words, sentences and paragraphs."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.text import dateline, mangled_marks, paragraphs, sentence_of, sentences, unmangled, words


def cut(text: str) -> list[str]:
    return [text[a:b] for a, b in sentences(text)]


def test_a_stop_ends_a_sentence_an_abbreviation_does_not() -> None:
    text = (
        "Gen. Ivo Sand met U.S. envoys at 5 p.m. on Tuesday. He said: “It is over.” She left the U.S. He stayed! Why?"
    )
    assert cut(text) == [
        "Gen. Ivo Sand met U.S. envoys at 5 p.m. on Tuesday.",
        "He said: “It is over.”",
        "She left the U.S.",
        "He stayed!",
        "Why?",
    ]


def test_a_blank_line_ends_a_sentence_without_a_stop() -> None:
    assert cut("Headline without a stop\n\nFirst line\nof the text. Second") == [
        "Headline without a stop",
        "First line\nof the text.",
        "Second",
    ]


def test_paragraphs_lie_between_blank_lines() -> None:
    text = "\n\n One.\nStill one. \n \n\nTwo.\n"
    assert [text[a:b] for a, b in paragraphs(text)] == ["One.\nStill one.", "Two."]


def test_quotation_marks_that_were_decoded_wrongly_are_told() -> None:
    odd = "_\x90_\u00e2__\x90_\u00e2"
    text = f"The group{odd}s head said: {odd}It is over{odd} and went to a café _ now."
    assert unmangled(text) == 'The group\'s head said: "It is over" and went to a café _ now.'
    assert {text[a:b] for a, b, _ in mangled_marks(text)} == {odd}


def test_a_mark_between_blanks_that_was_decoded_wrongly_is_told_as_a_dash() -> None:
    odd = "_\x90_\u00e2__\x90_\u00e2"
    text = f"Six were hurt {odd} one badly {odd} at the mill.  {odd} FERRY POST  Ada Brun{odd}s picture."
    assert unmangled(text) == "Six were hurt – one badly – at the mill.  – FERRY POST  Ada Brun's picture."
    assert unmangled(f"{odd} end {odd}") == '" end "'  # at the ends of what is looked at there is no telling


@given(st.text(st.sampled_from(list("aA .!?\n\t\"”-–U.'\u0301ن😀")), max_size=80))
def test_every_word_is_in_one_sentence_and_one_paragraph(text: str) -> None:
    for spans in (sentences(text), list(paragraphs(text))):
        assert all(a < b and not text[a].isspace() and not text[b - 1].isspace() for a, b in spans)
        assert all(first[1] <= second[0] for first, second in pairwise(spans))
        for a, b in words(text):
            assert sum(start <= a and b <= end for start, end in spans) == 1
            assert text[a:b] == text[a:b].strip()
    if spans := sentences(text):
        assert all(sentence_of(spans, a) == (a, b) for a, b in spans)


@pytest.mark.parametrize("run", [".", "\n", " ", "\n ", "a.", "“", "-", "a\n\n", "U.", "? ", "_", "\x90"])
def test_long_runs_are_gone_through_once(run: str) -> None:
    """Were any pattern quadratic, this would not end while anybody waits."""
    text = run * (1_000_000 // len(run))
    sentences(text)
    sum(1 for _ in paragraphs(text))
    sum(1 for _ in words(text))
    sum(1 for _ in mangled_marks(text))


@pytest.mark.parametrize(
    "written",
    [
        "ORVENNA, May 4 (Agency) — ",
        "EL FASHER, Orvia (Agency) - ",
        "GÖTEBORG - ",
        "Orvenna (Agency) – ",
        "DEIR EZ-ZOR, May 4 - ",
    ],
)
def test_a_dateline_says_where_a_report_was_written(written: str) -> None:
    text = f"Bridge falls\n\n{written}The bridge fell."
    assert text[slice(*dateline(text))] == written


@pytest.mark.parametrize(
    "opening",
    ["NATO jets hit a bridge - the third.", "US-backed fighters took Orvane – again.", "Orvane fell.", "", "A (b) - c"],
)
def test_what_is_no_dateline(opening: str) -> None:
    assert dateline(f"Bridge falls\n\n{opening}") == (0, 0)
