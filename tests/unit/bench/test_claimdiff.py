"""What one claim does to another."""

import json

import pytest
from bench import claimdiff
from bench.claimdiff import Pair


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
