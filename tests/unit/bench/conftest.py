"""What several tests of the bench start from."""

import pytest
from bench import goals
from bench.floors import Floors
from bench.speed import NAMES, Cost, Speeds, speed


@pytest.fixture
def under():
    return {"corpus": Floors("abc", {"cue": 70.0, "source": 77.0})}


@pytest.fixture
def speeds():
    costs = [{name: Cost(n, 2 * n, n * goals.MB, failed=n) for n, name in enumerate(NAMES, start=1)}]
    return Speeds(793, 1_000_000, [speed(name, 1_000_000, costs, n * 100_000) for n, name in enumerate(NAMES)])
