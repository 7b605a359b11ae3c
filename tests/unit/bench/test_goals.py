"""What is to be reached, and what is."""

import pytest
from bench import corpora, goals
from bench.accuracy import Measured, Skipped


@pytest.mark.parametrize(
    ("figure", "value", "cells"),
    [
        ("nested", 61.04, ("61.0", "60.0", "78.0", "floor")),
        ("nested", 59.99, ("60.0", "60.0", "78.0", "")),
        ("nested", 78.0, ("78.0", "60.0", "78.0", "aim")),
        ("peak memory", 600.0, ("600.0 MB", "at most 700.0 MB", "at most 500.0 MB", "floor")),
        ("peak memory", 701.0, ("701.0 MB", "at most 700.0 MB", "at most 500.0 MB", "")),
        ("times textacy", 1.2, ("1.2 times", "1.0 times", "1.0 times", "aim")),
    ],
)
def test_a_goal_is_shown_with_what_of_it_is_reached(figure, value, cells):
    goal = next(goal for goal in goals.GOALS if goal.figure == figure)
    assert goals.Reached(goal, value).cells()[2:] == cells
    assert goals.Reached(goal, None).cells()[2] == "not measured"


def test_goals_take_their_figures_from_what_was_measured(speeds):
    parts = [Measured(corpora.MPQA, "abc", "", {"chain of speech events": 41.0}), Skipped(corpora.GEO, "gone")]
    values = {r.goal.figure: r.value for r in goals.reached(parts, speeds) if r.value is not None}
    assert values == {
        "chain of speech events": 41.0,
        "words per second": pytest.approx(166_666.7),
        "times textacy": 0.5,
        "peak memory": 6.0,
        "model file": 0.5,
    }
