"""Interviews printed turn by turn. All texts are invented."""

import time

import pytest

from sayso.intake import article_of
from sayso.read import Reader
from sayso.read.attributions import _with_answering
from sayso.read.turns import Turn, turns
from sayso.types import MentionKind, Reading

INTERVIEW = """The governor on the market

The Lantern met Governor Mara Lind. This is an interview with Governor Mara Lind, shortened.

{q}: Who fired on the market of Orvane?

{a}: The army fired on it. Witnesses told us that two shells came from the north.

At least 12 people were killed.

{q}: The ministry denies that. What do you say?

{a}: We have the fragments. [She shows them.] The ministry has denied everything for years.

{q}: Will you go to court?

{a}: Yes. Our lawyers will file a case in March.

The governor took office in 2029.
"""


def said(text: str) -> list[tuple[str | None, str | None, str]]:
    return [
        (t.source and text[slice(*t.source)], t.cue and text[slice(*t.cue)], text[slice(*t.content)])
        for t in turns(text)
    ]


@pytest.mark.parametrize(
    ("q", "a"), [("Question", "Lind"), ("Q", "MARA LIND"), ("THE LANTERN", "Lind"), ("Vale", "LIND")]
)
def test_what_somebody_answers_is_that_ones_word(q: str, a: str) -> None:
    assert said(INTERVIEW.format(q=q, a=a)) == [
        (a, None, "The army fired on it. Witnesses told us that two shells came from the north."),
        (a, None, "At least 12 people were killed."),
        (a, None, "We have the fragments. [She shows them.] The ministry has denied everything for years."),
        (a, None, "Yes. Our lawyers will file a case in March."),
    ]


@pytest.mark.parametrize(("q", "a"), [("Question", "Answer"), ("Q", "A")])
def test_answers_are_of_whom_the_interview_is_with(q: str, a: str) -> None:
    assert {(source, cue) for source, cue, _ in said(INTERVIEW.format(q=q, a=a))} == {("Governor Mara Lind", a)}


@pytest.mark.parametrize(
    "told",
    [
        "The Lantern met the governor of Orvane for an interview.",  # no name
        "In Orvane Governor Mara Lind spoke with our reporter Ivo Vale.",  # "spoke with" may be said of either
        "After an interview with Ivo Brandt came this interview with Mara Lind.",  # of two
    ],
)
def test_where_no_one_is_named_nobody_is_taken_for_who_answers(told: str) -> None:
    text = INTERVIEW.format(q="Q", a="A")
    text = text.replace(
        "The Lantern met Governor Mara Lind. This is an interview with Governor Mara Lind, shortened.", told
    )
    assert {source for source, _, _ in said(text)} == {None}


def test_who_is_named_in_full_at_first_is_one_speaker() -> None:
    text = INTERVIEW.format(q="Q", a="LIND").replace("LIND", "MARA LIND", 1)
    assert [source for source, _, _ in said(text)] == ["MARA LIND", "MARA LIND", "LIND", "LIND"]


@pytest.mark.parametrize(
    "text",
    [
        "Place: Orvane\n\nKilled: 12 people\n\nPlace: Sennath\n\nKilled: nobody",  # nobody asks
        "Vale: Who fired?\n\nLind: They did.\n\nThe reason: nobody knows. Who would?",  # nobody asks twice
        "Raid kills four\n\nMinistry: it was not us\n\nThe monitor said that four died.",
        "",
    ],
)
def test_what_is_no_interview_has_no_turns(text: str) -> None:
    assert turns(text) == []


def test_what_is_left_out_and_a_headline_are_no_turns() -> None:
    text = "Lind: We will go to court\n\n" + INTERVIEW.format(q="Q", a="Lind").replace(
        "We have the fragments.", "…\n\nWe have them."
    )
    contents = [content for _, _, content in said(text)]
    assert contents[0].startswith("The army")
    assert "…" not in contents


@pytest.fixture(scope="module")
def read() -> Reading:
    text = INTERVIEW.format(q="Q", a="A")
    return Reader.load(threads=1).read(article_of(text))


def test_the_reading_has_who_answers_with_what_others_told_within(read: Reading) -> None:
    by_id = {a.id: a for a in read.attributions}
    answers = [a for a in read.attributions if a.cue and a.cue.text == "A"]
    assert [a.claimant for a in answers] == ["Governor Mara Lind"] * 4
    witnesses = next(a for a in read.attributions if a.source and a.source.text == "Witnesses")
    assert by_id[witnesses.within or ""] is answers[0]
    assert not [a for a in read.attributions if a.source and a.source.text == "Q"]


def test_casualties_in_an_answer_are_told_by_who_answers(read: Reading) -> None:
    dead = next(c for c in read.casualties if c.min == 12)
    assert next(a.claimant for a in read.attributions if a.id == dead.attribution) == "Governor Mara Lind"


def test_what_somebody_in_an_answer_calls_q_is_no_question() -> None:
    """Twice left out, such a relation once ended the whole reading."""
    first = '"They fired," said Q. Q said that shells fell. The question is who fired.'
    text = INTERVIEW.format(q="Q", a="MARA LIND").replace("The army fired on it.", first)
    found = Reader.load(threads=1).read(article_of(text)).attributions
    assert not [a for a in found if a.source and a.source.text in ("Q", "The question")]


def test_a_long_interview_takes_time_in_proportion() -> None:
    def seconds(times: int) -> float:
        many = [Turn((10 * n, 10 * n + 4), None, (10 * n + 5, 10 * n + 9)) for n in range(times)]
        marked: list[tuple[MentionKind, int, int]] = [("person", 10 * n, 10 * n + 4) for n in range(times)]
        started = time.process_time()
        assert len(_with_answering("Lind: yes." * times, marked, many)) == times
        return time.process_time() - started

    assert seconds(20_000) < 20 * max(seconds(2_000), 0.005)
