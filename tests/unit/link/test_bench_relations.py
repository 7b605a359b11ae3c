"""What measures relations can be wrong too."""

import json

import pytest
from bench import claimdiff, rte
from bench.claimdiff import Pair
from bench.rte import Entailment


@pytest.mark.parametrize(
    ("scored", "area"),
    [
        ([(0.9, True), (0.1, False)], 1.0),
        ([(0.1, True), (0.9, False)], 0.0),
        ([(0.5, True), (0.5, False)], 0.5),
        ([(0.9, True), (0.4, True), (0.5, False), (0.1, False)], 0.75),
        ([(0.9, True)], 0.5),
    ],
)
def test_the_area_is_how_often_the_meant_scores_higher(scored, area):
    assert claimdiff.area(scored) == area


def test_pairs_take_their_effect_from_both_files(tmp_path):
    rows = [{"pair_id": n, "claim_a": f"a{n}", "claim_b": f"b{n}"} for n in "123"]
    for name, true in ((claimdiff.STRONG, "1"), (claimdiff.WEAK, "2")):
        data = [row | {"relation": int(row["pair_id"] == true)} for row in rows]
        (tmp_path / name).write_text(json.dumps({"data": data}), "utf-8")
    assert [pair.effect for pair in claimdiff.pairs(tmp_path)] == ["strengthens", "weakens", "neither"]


def test_a_denial_in_words_counts_as_contradicted():
    told = "jets hit the convoy near Orvane"
    assert claimdiff.is_contradicted(Pair(told, "no evidence of strikes on the convoy near Orvane", "weakens"))
    assert not claimdiff.is_contradicted(Pair(told, "bread is dear in the hills", "neither"))


def test_the_threshold_is_the_best_on_the_training_pairs():
    def pair(words, follows):
        return Entailment("red boats sail north today", words, follows)

    train = [pair("red boats sail", True), pair("red boats sink", False), pair("green trains stop", False)]
    assert rte.threshold(train) == 1.0
    assert rte.threshold([pair("green trains stop", True)]) == 0.0


def test_a_not_in_one_of_two_does_not_follow():
    assert rte.covered(Entailment("the boats sailed north", "the boats sailed", True)) == 1.0
    assert rte.covered(Entailment("the boats never sailed north", "the boats sailed", False)) == 0.0
