"""Stories, echoes and figures over reports, held against labels."""

import json
from dataclasses import replace

import pytest
from bench import related
from bench.related import Related
from tests.unit.ledger.builders import Builder, received

from sayso import pipeline
from sayso.ledger import Ledger
from sayso.types import EchoRow

COPIED = (
    "Shells fell on the fish market of Orvane at dawn, the ministry said. Fishermen carried crates away in the dark "
    "while a school nearby opened its hall for families without a roof. Nurses who had gone home came back on foot."
)
OTHER = "Bread was dear in the hills of Vennath, the guild of bakers said, because the mill has no more oil to burn."


def pairs(*of):
    return frozenset(frozenset(pair) for pair in of)


@pytest.fixture
def labels():
    tolls = {("r1", 5, 5, "killed"), ("r1", 50, None, "killed"), ("r2", None, 9, "wounded"), ("r3", 1, 1, "killed")}
    stories = {"r1": "s1", "r2": "s1", "r3": "s2", "r4": "s2"}
    return Related(stories, pairs(("r1", "r2"), ("r3", "r4")), frozenset(tolls))


def test_labels_are_taken_as_they_are(tmp_path):
    figure = {"story": "s1", "article": "r1", "claimant": "the clinic", "min": 3, "max": None, "kind": "killed"}
    held = {
        "stories": [{"id": "s1", "articles": ["r1", "r2"]}, {"id": "s2", "articles": ["r3"]}],
        "echoes": [{"a": "r2", "b": "r1", "kind": "copy", "wire": None}],
        "figures": [figure, {**figure, "claimant": "the guild"}],
        "denials": [],
    }
    (tmp_path / related.LABELS).write_text(json.dumps(held), "utf-8")
    assert related.labelled(tmp_path) == Related(
        {"r1": "s1", "r2": "s1", "r3": "s2"}, pairs(("r1", "r2")), frozenset({("r1", 3, None, "killed")})
    )


def test_what_the_labels_say_is_right(labels):
    assert set(related.figures(labels, labels).values()) == {100.0}


def test_a_report_without_a_story_is_alone(labels):
    figures = related.figures(labels, replace(labels, stories={"r1": "x", "r2": "x"}))
    assert figures["stories B-cubed precision"] == 100
    assert figures["stories B-cubed recall"] == 75
    assert figures["stories B-cubed F1"] == pytest.approx(600 / 7)


def test_reports_without_a_label_do_not_count(labels):
    more = replace(labels, stories={**labels.stories, "r9": "s1"}, echoes=labels.echoes | pairs(("r1", "r9")))
    assert related.figures(labels, more) == related.figures(labels, labels)


def test_echoes_are_pairs_in_no_order(labels):
    figures = related.figures(labels, replace(labels, echoes=pairs(("r2", "r1"), ("r2", "r3"), ("r2", "r4"))))
    assert figures["echoes precision"] == pytest.approx(100 / 3)
    assert figures["echoes recall"] == 50
    assert figures["echoes F1"] == pytest.approx(40)


def test_more_than_fifty_may_be_given_as_fifty_one(labels):
    def recall(*tolls):
        return related.figures(labels, replace(labels, tolls=frozenset(tolls)))["figures recall"]

    assert recall(("r1", 51, None, "killed")) == 25
    assert recall(("r1", 50, None, "killed")) == 25
    assert recall(("r1", 51, 51, "killed")) == 0  # exactly fifty-one are not more than fifty
    assert recall(("r1", 6, None, "killed")) == 0  # at least five are not five
    assert recall(("r2", 51, None, "killed")) == 0
    assert recall(("r1", 51, None, "wounded")) == 0
    assert recall(("r2", None, 9, "wounded"), ("r3", 1, 1, "killed")) == 50


def test_all_that_rows_tie_together_pair_with_each_other():
    def row(article, origin):
        return EchoRow(article, origin, 0.5, None)

    rows = [row("b", "a"), row("d", "c"), row("c", "b"), row("y", "x")]
    assert related.echoing(rows) == {*pairs("ab", "ac", "ad", "bc", "bd", "cd", "xy")}
    assert related.echoing([]) == set()


def test_a_ledger_is_asked_under_the_ids_of_the_rows(tmp_path):
    with Ledger.open(str(tmp_path / "l.db")) as ledger:
        for number, text in enumerate((COPIED, OTHER, f"{COPIED} It is told again."), start=1):
            item = received(text, outlet=f"Post {number}", location=f"reports.json#{number}")
            build = Builder(item)
            build.killed(text.split(",")[0], number, build.says("the ministry", text.split(",")[0]))
            ledger.store(item, build.reading)
        pipeline.link(ledger)
        told = related.told_by(ledger, ["r7", "r8", "r9"])
    assert told.echoes == pairs(("r7", "r9"))
    assert told.stories.keys() == {"r7", "r8", "r9"}
    assert told.stories["r7"] == told.stories["r9"] != told.stories["r8"]
    assert told.tolls == {(report, n, n, "killed") for n, report in enumerate(("r7", "r8", "r9"), start=1)}
