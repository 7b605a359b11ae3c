"""Figures may only rise."""

import pytest
from bench import corpora, floors
from bench.accuracy import Measured
from tests.unit.bench.builders import measured


def test_floors_rise_to_a_margin_below_the_figure(under):
    assert floors.raised(under, measured(cue=74.58, source=90.0))["corpus"].floors == {"cue": 74.0, "source": 89.5}


def test_floors_never_fall(under):
    assert floors.raised(under, measured(cue=12.0)) == under
    assert floors.raised(under, measured(cue=70.3, source=77.0)) == under


def test_another_corpus_lifts_no_floor(under):
    assert floors.raised(under, measured("def", cue=99.0, source=99.0)) == under
    assert floors.raised(under, [Measured("another", "abc", "", {"cue": 99.0})]) == under


def test_floors_that_are_reached(under):
    assert floors.failures(under, measured(cue=70.0, source=77.1, other=0.0)) == []


@pytest.mark.parametrize(
    ("of", "why"),
    [
        (measured(cue=69.99, source=80.0), "cue is 69.99, below its floor of 70.0"),
        (measured(cue=80.0), "source has a floor, but was not measured"),
        (measured(cue=80.0, source=float("nan")), "source is nan, below its floor"),
        (measured("def", cue=80.0, source=80.0), "the corpus is not the one"),
    ],
)
def test_floors_that_are_not(under, of, why):
    (failure,) = floors.failures(under, of)
    assert why in failure


def test_floors_are_kept_as_they_were(under, tmp_path):
    floors.save(under, tmp_path / "floors.json")
    assert floors.load(tmp_path / "floors.json") == under


def test_every_corpus_with_floors_is_one_that_is_measured():
    measured = {corpora.POLNEAR, corpora.REPORTS, corpora.FAKES, corpora.GEO, corpora.TEMPEVAL}
    measured |= {corpora.MPQA, corpora.PLOVER, corpora.SWAPPED}
    measured |= {corpora.STORIES, corpora.CLAIMDIFF, corpora.RTE, corpora.ECB}
    assert set(floors.load()) == measured
