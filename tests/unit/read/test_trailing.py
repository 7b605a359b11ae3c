"""Who ends a sentence by saying it, and according to whom something is so. All texts are invented."""

import time

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
            "Published May 4 2031 - Raid in Orvane - The raid killed ten people, the mayor said.",
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
        "The toll is far higher than the ministry has announced.",
        "It was not clear what the mayor of the town said.",
        "The convoy did not leave when the mayor said.",
        "The old bridge held, or so the Guard said.",
        "The convoy left in the way the ministry said.",
        "This is all that the ministry said.",
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


def test_a_content_that_takes_in_who_speaks_behind_it_does_not_hold_them() -> None:
    text = "Officers denied that the town fell the Orvane Agency said. It is quiet."
    denied = relation(text, "Officers", "denied", "that the town fell the Orvane Agency said. It is quiet")
    agency = ("the Orvane Agency", "said", ("Officers denied that the town fell",))
    assert agency in [chain[0] for chain in chains(text, denied)]
    assert chains(text, denied)[0][1:] == [agency]


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


OFFICERS = "Officers denied that the town fell according to Orra Sand, the Guard said."


def test_who_is_cited_within_what_somebody_says_lies_within_it() -> None:
    denied = relation(OFFICERS, "Officers", "denied", "that the town fell")
    guard = ("the Guard", "said", ("Officers denied that the town fell according to Orra Sand",))
    sand = ("Orra Sand", "according to", ("Officers denied that the town fell",))
    officers = ("Officers", "denied", ("that the town fell",))
    assert chains(OFFICERS, denied) == [[officers, sand, guard], [guard], [sand, guard]]


@pytest.mark.parametrize(
    ("first", "second", "outer"),
    [
        ("the mayor", "the Orvane Agency", "the Orvane Agency"),
        ("the army spokesman", "Tassa", "Tassa"),
        ("the agency", "an officer", "the agency"),
        ("Tassa", "the ministry", "Tassa"),
        ("officials", "VOR", "VOR"),
    ],
)
def test_what_carries_it_has_it_from_the_other(first: str, second: str, outer: str) -> None:
    text = f"The road to Orvane is mined, {first} said, according to {second}."
    said = relation(text, first, "said", "The road to Orvane is mined")
    assert {chain[-1][0] for chain in chains(text, said)} == {outer}


def test_who_is_held_by_a_relation_is_always_there() -> None:
    for text in (OFFICERS, OFFICERS.replace(" according to", ", according to").replace("Sand,", "Sand")):
        found = with_last_words(text, 0, len(text), [relation(text, "Officers", "denied", "that the town fell")], list)
        assert all(f.content for f in found)
        assert all(f.parent is None or any(f.parent is g for g in found) for f in found)


def test_what_stands_in_somebody_s_words_lies_within_them() -> None:
    text = "“The town fell overnight, the Guard said. We left at once,” Orra Sand told Tassa."
    told = relation(text, "Orra Sand", "told", "The town fell overnight, the Guard said. We left at once")
    sand = ("Orra Sand", "told", ("The town fell overnight, the Guard said. We left at once",))
    assert chains(text, told) == [[sand], [("the Guard", "said", ("The town fell overnight",)), sand]]


def test_who_speaks_behind_is_left_alone() -> None:
    text = "The town fell overnight, the Guard said on Monday\nafter the mayor told Tassa of ten fires."
    told = relation(text, "the mayor", "told", "of ten fires")
    assert chains(text, told)[0] == [("the mayor", "told", ("of ten fires",))]


def test_a_parenthesis_is_no_headline() -> None:
    text = "The raid of 2031 killed ten people — among them two medics — in the market, the mayor said."
    assert chains(text)[0][0][2] == (text[: text.index(", the mayor")],)


def test_what_stands_behind_whom_it_is_according_to_is_so_too() -> None:
    text = "The raid on the old market, according to the mayor, killed ten people."
    assert chains(text) == [
        [("the mayor", "according to", ("The raid on the old market", "killed ten people."))],
    ]


def test_the_day_is_no_part_of_whom_it_is_according_to() -> None:
    text = "The raid killed ten people according to Tassa on Monday."
    assert chains(text)[0][0][0] == "Tassa"


def test_whom_somebody_quotes_is_no_content() -> None:
    text = "Officers denied that the town fell, Tassa quoted the Guard as saying on Monday."
    denied = relation(text, "Officers", "denied", "that the town fell")
    quoted = relation(text, "Tassa", "quoted", "the Guard as saying on Monday")
    tassa = ("Tassa", "quoted", ("Officers denied that the town fell",))
    guard = ("the Guard", "as saying", ("Officers denied that the town fell",))
    assert chains(text, denied, quoted) == [
        [("Officers", "denied", ("that the town fell",)), guard, tassa],
        [tassa],
        [guard, tassa],
    ]


def test_what_is_within_what_somebody_is_quoted_as_saying_is_told_on_their_word() -> None:
    text = "Officers had denied that the town fell overnight, Tassa quoted the Guard as saying."
    denied = relation(text, "Officers", "had denied", "that the town fell overnight")
    assert [source for source, _, _ in chains(text, denied)[0]] == ["Officers", "the Guard", "Tassa"]


@pytest.mark.parametrize(
    "text",
    ["The town fell overnight, the Guard said. ", "the raid killed ten according to the mayor ", "the Guard said\n"],
)
def test_time_grows_with_length_and_not_with_its_square(text: str) -> None:
    def seconds(times: int) -> float:
        long = text * times
        started = time.process_time()
        with_last_words(long, 0, len(long), [], list)
        return time.process_time() - started

    seconds(200)
    assert seconds(4_000) < 12 * max(seconds(1_000), 0.02)  # 16 times, if it were the square


def test_a_stretch_that_begins_within_a_sentence_has_no_content_before_it() -> None:
    text = "The town fell overnight, and all of it burned to the ground, the Guard said."
    start = text.index("all of it")
    found = with_last_words(text, start, len(text), [], list)
    assert [text[slice(*f.content[0])] for f in found] == ["all of it burned to the ground"]


def test_what_is_so_according_to_others_may_be_within_what_somebody_says() -> None:
    text = "The mayor said that according to residents, the drones had come from the south."
    said = "that according to residents, the drones had come from the south"
    assert chains(text, relation(text, "The mayor", "said", said)) == [[("The mayor", "said", (said,))]]
