"""The same text gives the same reading, to the last digit, whatever is read with it and by however many processes."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from sayso import pipeline
from sayso.config import Config
from sayso.read import Reader

REPORTS = Path(__file__).parents[2] / "examples" / "reports"
CONFIG = Config(places="")


def lines(config: Config, paths: list[str]) -> list[tuple[str, bytes]]:
    """The readings as they are printed, with what they mean."""
    found = []
    for outcome in pipeline.outcomes(paths, config):
        assert isinstance(outcome, pipeline.Outcome)
        assert outcome.reading
        found.append((json.dumps(outcome.reading.to_json()), outcome.reading.embeddings))
    return found


@pytest.fixture(scope="module")
def together() -> list[tuple[str, bytes]]:
    return lines(CONFIG, [str(REPORTS)])


def test_there_is_something_to_compare(together: list[tuple[str, bytes]]) -> None:
    assert len(together) > 15
    assert sum(len(json.loads(reading)["attributions"]) for reading, _ in together) > 100
    assert all(len(vectors) == 768 * len(json.loads(reading)["attributions"]) for reading, vectors in together)


def test_two_processes_give_what_one_gives(together: list[tuple[str, bytes]]) -> None:
    assert lines(replace(CONFIG, jobs=2), [str(REPORTS)]) == together


def test_a_report_alone_reads_as_among_others(together: list[tuple[str, bytes]]) -> None:
    reader = Reader.load(threads=1)
    outcomes = [o for o in pipeline.outcomes([str(REPORTS)], CONFIG) if isinstance(o, pipeline.Outcome)]
    alone = [reader.read(outcome.received.article) for outcome in outcomes[::-1]][::-1]  # in another order, too
    assert [(json.dumps(reading.to_json()), reading.embeddings) for reading in alone] == together
