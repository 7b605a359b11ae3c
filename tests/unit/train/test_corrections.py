"""Corrected readings as examples to learn from, and why a line is none."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from sayso.train.corpora import Example
from sayso.train.corrections import Bad, corrections

TEXT = "Bridge shut\n\nThe mayor said that the army denied that it had mined the bridge."
Record = dict[str, Any]


def span(words: str) -> Record:
    return {"start": TEXT.index(words), "end": TEXT.index(words) + len(words), "text": words}


def reading() -> Record:
    outer = "that the army denied that it had mined the bridge"
    inner = "that it had mined the bridge"
    return {
        "article": {"text": TEXT, "title": "Bridge shut"},
        "attributions": [
            {"id": "a1", "source": span("The mayor"), "cue": span("said"), "content": [span(outer)], "within": None},
            {"id": "a2", "source": None, "cue": span("denied"), "content": [span(inner)], "within": "a1"},
        ],
        "events": [{"span": span("mined"), "type": "ASSAULT", "certainty": "denied"}],
    }


def one(record: Record) -> Example:
    (example,), bad = corrections([json.dumps(record).encode()])
    assert not bad
    return example


def words(*spans: tuple[int, int]) -> list[str]:
    return [TEXT[a:b] for a, b in spans]


def test_what_is_learned() -> None:
    example = one(reading())
    outer, inner = example.relations
    assert (outer.level, inner.level) == (0, 1)
    assert words(*outer.source, *outer.cue) == ["The mayor", "said"]
    assert inner.source == ()
    assert words(*inner.content) == ["that it had mined the bridge"]
    assert [(kind, sure, TEXT[a:b]) for kind, sure, a, b in example.events] == [("ASSAULT", {"denied"}, "mined")]
    assert example.events_complete
    assert example.mentions is None
    assert not example.unknown


def test_what_a_reading_does_not_say_is_not_known() -> None:
    record = reading()
    del record["events"]
    assert not one(record).events_complete
    assert not one({**record, "events": []}).events_complete


def test_levels_deeper_than_the_network_reads_are_left_out() -> None:
    record = reading()
    for number in range(3, 6):
        item = {**record["attributions"][1], "id": f"a{number}", "within": f"a{number - 1}"}
        record["attributions"].append(item)
    assert [r.level for r in one(record).relations] == [0, 1, 2]


def test_of_a_headline_printed_twice_the_first_is_not_known() -> None:
    headline = "Mayor says that the old bridge is shut"
    record = {"article": {"text": f"{headline}\n\n{headline}\n\nMore.", "title": headline}, "attributions": []}
    assert {(a, b) for _, a, b, _ in one(record).unknown} == {(0, len(headline))}


def changed(path: str, value: Any) -> Callable[[Record], None]:
    *way, last = (int(step) if step.isdigit() else step for step in path.split("."))

    def change(record: Any) -> None:
        for step in way:
            record = record[step]
        record[last] = value

    return change


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (changed("article", None), "article: expected an object"),
        (changed("article.text", " "), "article.text: expected a text"),
        (changed("article.text", "Half a \ud800 character"), "surrogates not allowed"),
        (changed("attributions", {}), "attributions: expected a list"),
        (changed("attributions.0", "a1"), "an attribution: expected an object"),
        (changed("attributions.1.id", "a1"), "attribution 'a1': expected an id that no other has"),
        (changed("attributions.0.content", []), "attribution a1: expected a content"),
        (
            changed("attributions.0.cue.text", "sad"),
            "attribution a1: cue: 'sad' is not what stands at 23 to 27, 'said'",
        ),
        (changed("attributions.0.cue.end", 4000), "attribution a1: cue: 23 to 4000 is no stretch of a text of"),
        (changed("attributions.0.cue.start", -1), "attribution a1: cue: -1 to 27 is no stretch"),
        (changed("attributions.0.cue.start", True), "attribution a1: cue: True to 27 is no stretch"),
        (changed("attributions.0.cue.start", 23.0), "attribution a1: cue: 23.0 to 27 is no stretch"),
        (changed("attributions.1.within", "a9"), "attribution a2: within 'a9', which is no other"),
        (changed("attributions.1.within", ["a1"]), "attribution a2: within"),
        (changed("attributions.0.within", "a2"), "attribution a1: within"),
        (changed("events", 5), "events: expected a list"),
        (changed("events.0.type", "O"), "event: type: 'O'; there is: AGREE"),
        (changed("events.0.certainty", None), "event: certainty: None; there is: happened"),
    ],
)
def test_a_line_that_is_none(change: Callable[[Record], None], reason: str) -> None:
    record = copy.deepcopy(reading())
    change(record)
    found, (bad,) = corrections([json.dumps(record).encode()])
    assert not found
    assert bad.line == 1
    assert reason in bad.reason


def test_a_bad_line_costs_no_other() -> None:
    good = json.dumps(reading()).encode()
    missing = json.dumps({"article": {"text": "x"}}).encode()
    found, bad = corrections([b"\n", b"{", good, b"[]", missing, b"\xff\xfe", b"[" * 100_000, good])
    assert len(found) == 2
    assert [item.line for item in bad] == [2, 4, 5, 6, 7]
    assert bad[2] == Bad(5, "'attributions' is missing")
