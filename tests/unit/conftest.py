from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True, scope="module")
def _charged_for_itself_only(request: pytest.FixtureRequest) -> Iterator[None]:
    """Where a module measures time, what earlier modules left in memory is not gone through by the collector."""
    if "process_time" not in request.path.read_text("utf-8"):
        yield
        return
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()
