"""Who ends a sentence by saying it, and according to whom something is so. All texts are invented."""

import pytest

from sayso.read.found import Found
from sayso.read.trailing import with_last_words

Chain = list[tuple[str | None, str, tuple[str, ...]]]


def at(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def relation(text: str, source: str | None, cue: str, *content: str) -> Found:
    return Found(source and at(text, source), at(text, cue), tuple(at(text, piece) for piece in content), 0.8)


def chains(text: str, *found: Found, parties: tuple[str, ...] = ()) -> list[Chain]:
    """Each relation as (source, cue, content), with those that it lies within, up to the outlet's."""
    result = []
    for f in with_last_words(text, 0, len(text), found, lambda: [at(text, name) for name in parties]):
        chain, above = [], f
        while above:
            source = above.source and text[slice(*above.source)]
            chain.append((source, text[slice(*above.cue)], tuple(text[slice(*c)] for c in above.content)))
            above = above.parent
        result.append(chain)
    return result


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The town fell overnight, the Orvane Agency said.", "the Orvane Agency", "said", "The town fell overnight"),
        ("The town fell overnight the Orvane Agency said.", "the Orvane Agency", "said", "The town fell overnight"),
        ("The town fell overnight, officials said on Monday.", "officials", "said", "The town fell overnight"),
        (
            "A raid hit the two markets the monitor also reported.",
            "the monitor",
            "reported",
            "A raid hit the two markets",
        ),
        (
            "ORVANE, May 4 (Tassa) — The town fell overnight, the Guard said.",
            "the Guard",
            "said",
            "The town fell overnight",
        ),
        (
            "It hit homes near the two bridges, the Vornish envoy to the United Councils has said.",
            "the Vornish envoy to the United Councils",
            "has said",
            "It hit homes near the two bridges",
        ),
        (
            "Ten people fled the attacks Harbour News Agency reported.",
            "Harbour News Agency",
            "reported",
            "Ten people fled the attacks",
        ),
        (
            "It hit a mill west of Orvane local media reported.",
            "local media",
            "reported",
            "It hit a mill west of Orvane",
        ),
        (
            "Published May 4 - Raid in Orvane - The raid killed ten people, the mayor said.",
            "the mayor",
            "said",
            "The raid killed ten people",
        ),
    ],
)
def test_who_ends_a_sentence_says_it(text: str, source: str, cue: str, content: str) -> None:
    assert chains(text) == [[(source, cue, (content,))]]


@pytest.mark.parametrize(
    "text",
    [
        "The army confirmed the reports.",  # what is confirmed is no time
        "Nothing of the kind was said.",
        "The guns fell silent after the truce was announced.",
        "It fell, the Guard said, and burned for days.",  # the sentence goes on
        "The toll could not be independently confirmed.",
        "Twenty people were killed and the Guard said.",  # cut off somewhere
        "It came from the port of Orvane Harbour News reports.",
    ],
)
def test_nobody_ends_these(text: str) -> None:
    assert chains(text) == []


def test_what_others_tell_in_the_sentence_is_told_on_their_word() -> None:
    text = "Officers denied that the town fell, the Orvane Agency said on Monday."
    denied = relation(text, "Officers", "denied", "that the town fell")
    last = ("the Orvane Agency", "said", ("Officers denied that the town fell",))
    assert chains(text, denied) == [[("Officers", "denied", ("that the town fell",)), last], [last]]


def test_contents_end_where_who_speaks_begins() -> None:
    text = "Officers denied that the town fell the Orvane Agency said."
    denied = relation(text, "Officers", "denied", "that the town fell the Orvane Agency said")
    assert chains(text, denied)[0][0] == ("Officers", "denied", ("that the town fell",))


def test_contents_from_elsewhere_do_not_reach_in() -> None:
    text = "Orra warns of hunger. The road is open. Ten trucks came through, the Guard said."
    warns = relation(text, "Orra", "warns", "of hunger. The road is open. Ten trucks came through")
    assert [chain[0] for chain in chains(text, warns)] == [
        ("Orra", "warns", ("of hunger. The road is open.",)),
        ("the Guard", "said", ("Ten trucks came through",)),
    ]


def test_what_is_said_already_is_left_alone() -> None:
    text = "The town fell overnight, the Guard said."
    said = relation(text, "the Guard", "said", "The town fell overnight")
    assert len(chains(text, said)) == 1


def test_a_relation_with_this_source_is_given_the_words_of_saying() -> None:
    text = "The town fell overnight the Guard also said."
    also = relation(text, "the Guard", "also", "The town fell overnight")
    assert chains(text, also) == [[("the Guard", "said", ("The town fell overnight",))]]


def test_a_pronoun_goes_on_with_who_speaks_in_the_sentence() -> None:
    text = "The minister denied that the town fell, he said."
    denied = relation(text, "The minister", "denied", "that the town fell")
    assert len(chains(text, denied)) == 1


def test_names_that_follow_one_another_are_parted_by_what_is_marked() -> None:
    text = "Ten people left for Orvane Tassa reported."
    assert chains(text, parties=("Tassa",)) == [[("Tassa", "reported", ("Ten people left for Orvane",))]]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        (
            "The raid killed ten people according to officials in the town.",
            "officials in the town",
            "The raid killed ten people",
        ),
        (
            "According to a source at the Harbour Police, ten people were killed.",
            "a source at the Harbour Police",
            "ten people were killed.",
        ),
        (
            "“According to the medics and the mayor ten people were killed.",
            "the medics and the mayor",
            "ten people were killed.",
        ),
    ],
)
def test_according_to_whom(text: str, source: str, content: str) -> None:
    cue = "According to" if "According" in text else "according to"
    assert chains(text) == [[(source, cue, (content,))]]


@pytest.mark.parametrize(
    "text", ["They sort the guns according to size and age.", "It went according to plan that day."]
)
def test_according_to_nobody(text: str) -> None:
    assert chains(text) == []


def test_who_said_it_according_to_another() -> None:
    text = "The town fell overnight, the Guard said according to Orra Sand."
    said = relation(text, "the Guard", "said", "The town fell overnight")
    outer = ("the Guard", "said", ("The town fell overnight",))
    assert chains(text, said) == [[outer], [("Orra Sand", "according to", ("The town fell overnight",)), outer]]


def test_whom_somebody_quoted_as_saying_it() -> None:
    text = "The town fell overnight, Tassa quoted the Guard as saying on Monday."
    outer = ("Tassa", "quoted", ("The town fell overnight",))
    assert chains(text) == [[outer], [("the Guard", "as saying", ("The town fell overnight",)), outer]]


def test_time_is_in_proportion_to_length() -> None:
    text = "The town fell overnight, the Guard said. " * 2_000
    assert len(chains(text)) == 2_000
