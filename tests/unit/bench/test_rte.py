"""What follows from what."""

from bench import rte
from bench.rte import Entailment


def test_the_threshold_is_the_best_on_the_training_pairs():
    def pair(words, follows):
        return Entailment("red boats sail north today", words, follows)

    train = [pair("red boats sail", True), pair("red boats sink", False), pair("green trains stop", False)]
    assert rte.threshold(train) == 1.0
    assert rte.threshold([pair("green trains stop", True)]) == 0.0


def test_a_not_in_one_of_two_does_not_follow():
    assert rte.covered(Entailment("the boats sailed north", "the boats sailed", True)) == 1.0
    assert rte.covered(Entailment("the boats never sailed north", "the boats sailed", False)) == 0.0
