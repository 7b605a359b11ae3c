"""Relations put to rights: whole words and names, one speaker's contents, no empty cues. All texts are invented."""

import pytest

from sayso.read.found import Found
from sayso.read.gaps import within_gaps
from sayso.read.names import with_title
from sayso.read.tidying import less_far, tidied


def at(text: str, words: str, nth: int = 0) -> tuple[int, int]:
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return start, start + len(words)


def relation(text: str, source: str | None, cue: str, *content: str) -> Found:
    return Found(source and at(text, source), at(text, cue), tuple(at(text, piece) for piece in content), 0.8)


def told(text: str, source: str | None, cue: str, *content: str) -> list[tuple[str | None, str, tuple[str, ...]]]:
    return [
        (f.source and text[slice(*f.source)], text[slice(*f.cue)], tuple(text[slice(*c)] for c in f.content))
        for f in tidied(text, relation(text, source, cue, *content))
    ]


@pytest.mark.parametrize(
    ("text", "content", "whole"),
    [
        ("The Guard said shells fell on Khan al-Noor.", "shells fell on Khan al-", "shells fell on Khan al-Noor"),
        ("The Guard said the war-torn city fell.", "torn city fell", "war-torn city fell"),
        ("The Guard said they left the rebel-held town.", "they left the rebel", "they left the rebel-held town"),
        ("The Guard said it fell on Sunday.", "it fell on", "it fell on Sunday"),
        ("The Guard said the truce was short-lived when it came.", "the truce was short", "the truce was short-lived"),
        ("It was short-lived said the Guard.", "It was short", "It was short-lived"),
        ("The town fell-said the Guard", "The town fell", "The town fell"),  # not over the cue
    ],
)
def test_contents_begin_and_end_with_whole_words(text: str, content: str, whole: str) -> None:
    assert told(text, None, "said", content)[0][2] == (whole,)


def test_a_surname_that_is_a_word_belongs_to_the_source() -> None:
    text = "Minister Orla May promised to review it."
    assert told(text, "Minister Orla", "May promised", "to review it")[0][:2] == ("Minister Orla May", "promised")


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        ("Orvia Agrees that the raid was a crime", "Orvia", "Agrees that"),
        ("The Guard Monday denied the whole raid", "The Guard", "Monday denied"),
    ],
)
def test_other_words_in_capitals_are_no_surnames(text: str, source: str, cue: str) -> None:
    assert told(text, source, cue, text[text.index(cue) + len(cue) + 1 :])[0][:2] == (source, cue)


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The war has seen some of the worst raids", "The war", "has seen", "some of the worst raids"),
        ("Tags The harbour of Orvane burns", None, "Tags", "The harbour of Orvane burns"),
        ("In the harbour of Orvane a fire burns", None, "In", "the harbour of Orvane"),
    ],
)
def test_what_says_nothing_is_no_cue(text: str, source: str | None, cue: str, content: str) -> None:
    assert told(text, source, cue, content) == []


def test_people_see() -> None:
    text = "A witness has seen some of the worst raids"
    assert len(told(text, "A witness", "has seen", "some of the worst raids")) == 1


def test_a_content_beyond_somebody_else_s_words_of_saying_is_not_theirs() -> None:
    text = "A commander was killed. “They left at night,” said Orra. An officer told Tassa that it was calm."
    officer = relation(text, "An officer", "told", "A commander was killed", "that it was calm")
    orra = relation(text, "Orra", "said", "They left at night")
    assert [text[slice(*c)] for c in less_far([officer, orra])[0].content] == ["that it was calm"]
    alone = relation(text, "An officer", "told", "A commander was killed", "that it was calm")
    assert len(less_far([alone])[0].content) == 2


@pytest.mark.parametrize(
    ("text", "source", "without"),
    [
        ("Talks have stalledThe minister said it.", "Talks have stalledThe minister", "The minister"),
        ("Pending chargesProsecutors said it.", "Pending chargesProsecutors", "Prosecutors"),
        ("openOrvane said it.", "openOrvane", "openOrvane"),  # so it may be called
    ],
)
def test_a_heading_that_runs_into_a_source_is_no_part_of_it(text: str, source: str, without: str) -> None:
    found = within_gaps(text, relation(text, source, "said", "it"))
    assert found.source
    assert text[slice(*found.source)] == without


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("They met in Orvane.Mayor Orra Sand spoke.", "Mayor Orra Sand"),
        ("They met Brig.Gen Orra Sand there.", "Brig.Gen Orra Sand"),
    ],
)
def test_a_title_ends_where_a_sentence_does(text: str, title: str) -> None:
    assert with_title(text, *at(text, "Orra Sand")) == title
