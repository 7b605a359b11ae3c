"""Who stands before a colon, or behind a dash, as the one who says it. All texts are invented."""

import time

import pytest

from sayso.read.found import Found
from sayso.read.labelled import with_labelled


def at(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def relation(text: str, source: str | None, cue: str, *content: str) -> Found:
    return Found(source and at(text, source), at(text, cue), tuple(at(text, piece) for piece in content), 0.8)


def told(text: str, *found: Found) -> list[tuple[str | None, tuple[str, ...]]]:
    return [
        (f.source and text[slice(*f.source)], tuple(text[slice(*c)] for c in f.content))
        for f in with_labelled(text, 0, len(text), found)
    ]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("Army: 5 killed in blast\n\nFive people died.", "Army", "5 killed in blast"),
        ("5 killed in blast – army\n\nFive people died.", "army", "5 killed in blast"),
        ("5 killed in blast - health ministry\n\nFive people died.", "health ministry", "5 killed in blast"),
        ("5 killed in blast — UN\n\nFive people died.", "UN", "5 killed in blast"),
        ("Orvian Defence Ministry: Jet shot down rebels\n", "Orvian Defence Ministry", "Jet shot down rebels"),
        ("It fell. 14:20 Army: 5 killed in rocket fire. More soon.", "Army", "5 killed in rocket fire"),
        ("BREAKING: Officials: “We have no idea.”", "Officials", "“We have no idea.”"),
        ("All left. Witnesses: the town burned.\nMore soon.", "Witnesses", "the town burned"),
    ],
)
def test_who_is_a_label_says_it(text: str, source: str, content: str) -> None:
    assert told(text) == [(source, (content,))]


@pytest.mark.parametrize(
    "text",
    [
        "Orvia: ten dead in raid\n\nTen people died.",
        "Missing priest: police find car\n\nPolice found a car.",
        "Frustration with police: they came too late.",
        "Ten dead in clashes – The Harbour Post\n\nTen people died.",
        "Ten dead in clashes - Army Times\n\nTen people died.",
        "Watch: Ten ships leave the harbour.",
        "(Source: Orvian Coalition)  Twitter",
        "Army: more soon.",
        "Kidnapped aid workers: Orvia denies any part in it",
        "Dead journalists: what we know so far",
        "Orvia has one government: that of Ilo Marn.",
        "The talks began at 14:20 in the hall.",
        "There is one problem: the police were not there.",
        "https://army.example: it is so.",
        "",
    ],
)
def test_others_say_nothing(text: str) -> None:
    assert told(text) == []


def test_what_was_cut_short_is_whole() -> None:
    text = "Army: 5 killed in Orvane blast\n\nFive people died."
    assert told(text, relation(text, "Army", ":", "5 killed in Orvane")) == [("Army", ("5 killed in Orvane blast",))]


def test_what_others_say_in_it_lies_within_it_and_they_have_no_other_part_in_it() -> None:
    text = "The mayor says it fell. Army: rebels claim they left the town."
    mayor, rebels = (
        relation(text, "The mayor", "says", "it fell", "left the town"),
        relation(text, "rebels", "claim", "they"),
    )
    army = with_labelled(text, 0, len(text), [mayor, rebels])[-1]
    assert (rebels.parent, mayor.parent) == (army, None)
    assert mayor.content == (at(text, "it fell"),)


def test_who_has_words_of_saying_is_left_alone() -> None:
    text = "Army: 5 killed in Orvane blast, minister says\n\nFive people died."
    found = relation(text, "minister", "says", "5 killed in Orvane blast")
    assert (
        told(text, found)
        == [("Army", ("5 killed in Orvane blast, minister says",)), ("minister", ("5 killed in Orvane blast",))][::-1]
    )
    text = "He said of the army: 5 of them left."
    assert told(text, relation(text, "He", "said", "5 of them left")) == [("He", ("5 of them left",))]


def test_what_somebody_quotes_is_left_alone() -> None:
    text = "“It was all over town. Army: rebels left it for good,” Orra said."
    said = "It was all over town. Army: rebels left it for good"
    assert told(text, relation(text, "Orra", "said", said)) == [("Orra", (said,))]


@pytest.mark.parametrize("piece", ["Army: a b c. ", "Army: ", "x: y ", "a – b – "])
def test_a_long_text_takes_no_longer_than_it_is_long(piece: str) -> None:
    begin = time.perf_counter()
    with_labelled(piece * 3_000, 0, len(piece) * 3_000, [])
    assert time.perf_counter() - begin < 2
