"""What a model told is found in the article, each span in the place that it means, or dropped and counted."""

from __future__ import annotations

import json
from typing import Any

from tests.unit.read.endpoint import ANSWER, REPORT

from sayso.read.found import Found
from sayso.read.grounded import Grounded, ground
from sayso.read.prompt import parse_answer


def grounded(text: str, *attributions: dict[str, Any], names: tuple[tuple[str, str], ...] = ()) -> Grounded:
    """``attributions`` as an answer has them; ids are given where they are missing."""
    numbered = [{"id": n, **one} for n, one in enumerate(attributions, 1)]
    record = {"attributions": numbered, "names": [{"kind": kind, "text": name} for kind, name in names]}
    return ground(text, [((0, len(text)), parse_answer(json.dumps(record), 32))])


def words(text: str, found: Found) -> tuple[str | None, str, list[str]]:
    source = text[slice(*found.source)] if found.source else None
    return source, text[slice(*found.cue)], [text[a:b] for a, b in found.content]


def test_all_of_a_good_answer_is_found() -> None:
    found = ground(REPORT, [((0, len(REPORT)), parse_answer(json.dumps(ANSWER), 32))])

    outer, inner, quoted = found.marks.relations
    assert found.dropped == 0
    assert inner.parent is outer
    assert quoted.parent is None
    assert words(REPORT, inner)[:2] == ("the ministry", "denied")
    assert words(REPORT, quoted)[2] == ["“They will publish videos,”"]  # as the report has it, not as the model
    assert found.given[id(outer)].claimant == "Major General Ivo Sand"
    assert [REPORT[a:b] for _, a, b in found.marks.mentions] == ["Ivo Sand", "Joint Truce Centre", "Karvel"]


def test_what_stands_in_several_places_is_taken_nearest_to_what_belongs_to_it() -> None:
    text = "He left. Ann said it rained, he said. He said it snowed. It rained, said Bo."

    found = grounded(
        text,
        {"source": "He", "cue": "said", "content": ["it snowed"]},
        {"source": "he", "cue": "said", "content": ["it rained"]},
        {"source": "Bo", "cue": "said", "content": ["It rained"]},
    )

    places = [(f.source, f.cue) for f in found.marks.relations]
    assert places == [((29, 31), (32, 36)), ((38, 40), (41, 45)), ((73, 75), (68, 72))]
    assert found.dropped == 0


def test_the_same_said_twice_is_two_attributions() -> None:
    text = "Ann said it rained. Nobody cared. Ann said it rained."
    told = {"source": "Ann", "cue": "said", "content": ["it rained"]}

    found = grounded(text, told, told)

    assert [f.source for f in found.marks.relations] == [(0, 3), (34, 37)]


def test_said_more_often_than_it_stands_there_is_said_as_often_as_it_stands_there() -> None:
    told = {"source": "Ann", "cue": "said", "content": ["it rained"]}

    assert len(grounded("Ann said it rained.", told, told, told).marks.relations) == 1


def test_a_source_is_not_found_in_what_it_says() -> None:
    text = "That he was there is clear, he said."

    (found,) = grounded(
        text, {"source": "he", "cue": "said", "content": ["That he was there is clear"]}
    ).marks.relations

    assert found.source == (28, 30)


def test_words_that_are_not_there_are_dropped_and_counted() -> None:
    text = "Ann said it rained. Bo said it snowed."

    found = grounded(
        text,
        {"source": "Anna", "cue": "said", "content": ["it rained", "all day"], "claimant": "Anna Lind"},
        {"source": "Bo", "cue": "said", "content": ["it snowed heavily"]},
        names=(("person", "Ann"), ("person", "Anna Lind")),
    )

    assert [words(text, f) for f in found.marks.relations] == [(None, "said", ["it rained"])]
    # Anna, "all day", Anna Lind as claimant and as a name; and all three pieces of the second.
    assert found.dropped == 7
    assert [g.claimant for g in found.given.values()] == [None]


def test_an_attribution_that_nothing_shows_is_none() -> None:
    found = grounded("It rained.", {"source": None, "cue": None, "content": ["It rained."]})

    assert found.marks.relations == []
    assert found.dropped == 1


def test_quotation_marks_show_that_somebody_says_it() -> None:
    found = grounded("“It rained all day”\n\nNobody came.", {"content": ["“It rained all day”"]})

    assert [f.source for f in found.marks.relations] == [None]
    assert found.dropped == 0


def test_two_voices_may_say_the_very_same_words() -> None:
    text = "The daily, citing a witness, said that it rained."
    found = grounded(
        text,
        {"id": 1, "source": "The daily", "cue": "said", "content": ["that it rained"]},
        {"id": 2, "source": "a witness", "cue": "citing", "content": ["that it rained"], "within": 1},
    )

    outer, inner = found.marks.relations
    assert inner.parent is outer
    assert words(text, inner)[:2] == ("a witness", "citing")


def test_within_is_believed_only_where_it_is_so() -> None:
    text = "Ann said Bo denied it. Cy said it rained."
    outer = {"id": 1, "source": "Ann", "cue": "said", "content": ["Bo denied it"]}
    inner = {"id": 2, "source": "Bo", "cue": "denied", "content": ["it"], "within": 1}
    other = {"id": 3, "source": "Cy", "cue": "said", "content": ["it rained"], "within": 1}

    relations = grounded(text, other, inner, outer).marks.relations

    assert [f.parent and words(text, f.parent)[0] for f in relations] == [None, "Ann", None]


def test_what_was_within_something_dropped_is_within_what_held_that() -> None:
    text = "Ann said that Bo had claimed that Cy lied."
    found = grounded(
        text,
        {"id": 1, "source": "Ann", "cue": "said", "content": ["that Bo had claimed that Cy lied"]},
        {"id": 2, "source": "Bo", "cue": "claimed", "content": ["that Cy had lied"], "within": 1},
        {"id": 3, "source": "Cy", "cue": None, "content": ["lied"], "within": 2},
    )

    outer, inner = found.marks.relations
    assert inner.parent is outer


def test_attributions_that_hold_each_other_in_a_ring_are_held_by_none() -> None:
    text = "Ann said Bo said so."
    found = grounded(
        text,
        {"id": 1, "source": "Ann", "cue": "said", "content": ["Bo said so"], "within": 2},
        {"id": 2, "source": "Bo", "cue": "said", "content": ["so"], "within": 1},
        {"id": 3, "source": "Bo", "cue": "said", "content": ["so"], "within": 3},
    )

    assert 2 <= len(found.marks.relations) <= 3
    for relation in found.marks.relations:
        assert relation.parent is None or relation.parent.parent is None


def test_a_pronoun_is_nobodys_name() -> None:
    found = grounded("He said it rained.", {"source": "He", "cue": "said", "content": ["it rained"], "claimant": "He"})

    assert [g.claimant for g in found.given.values()] == [None]
    assert found.dropped == 0


def test_a_lone_mark_is_no_name() -> None:
    found = grounded("Ann _ left, Bo stayed.", names=(("person", "_"), ("place", ",")))

    assert (found.marks.mentions, found.dropped) == ([], 2)


def test_a_name_within_a_longer_one_is_no_mention() -> None:
    text = "Ann Lind left. Ann came back."

    mentions = grounded(text, names=(("person", "Ann"), ("person", "Ann Lind"))).marks.mentions

    assert mentions == [("person", 0, 8), ("person", 15, 18)]
