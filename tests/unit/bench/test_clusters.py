"""How well things are put into clusters."""

import pytest
from bench.clusters import b_cubed, ceaf_e, conll, f1, muc

GOLD = {"a": 1, "b": 1, "c": 1, "d": 2, "e": 2}


def test_the_same_clusters_under_other_names_are_right():
    found = {"a": "x", "b": "x", "c": "x", "d": "y", "e": "y"}
    assert b_cubed(GOLD, found) == muc(GOLD, found) == ceaf_e(GOLD, found) == (1.0, 1.0)
    assert conll(GOLD, found) == 1.0


def test_all_in_one_is_complete_but_not_precise():
    found = dict.fromkeys(GOLD, "x")
    assert b_cubed(GOLD, found) == (pytest.approx((9 + 4) / 25), 1.0)
    assert muc(GOLD, found) == (pytest.approx(3 / 4), 1.0)
    assert ceaf_e(GOLD, found) == (pytest.approx(6 / 8), pytest.approx(3 / 8))


def test_each_alone_is_precise_but_not_complete():
    found = {key: key for key in GOLD}
    assert b_cubed(GOLD, found) == (1.0, pytest.approx(2 / 5))
    assert muc(GOLD, found) == (0.0, 0.0)


def test_one_to_one_matching_gives_up_a_best_pair_for_a_better_whole():
    gold = dict(enumerate("1111122"))
    found = dict(enumerate("xxxyyxx"))  # 1 is most like x, but 2 has none but x
    with_x_for_1, with_x_for_2 = 6 / 10, 4 / 7 + 4 / 7
    assert ceaf_e(gold, found) == (pytest.approx(max(with_x_for_1, with_x_for_2) / 2),) * 2


def test_f1_of_nothing_is_nothing():
    assert f1(0.0, 0.0) == 0.0
    assert f1(1.0, 0.5) == pytest.approx(2 / 3)
