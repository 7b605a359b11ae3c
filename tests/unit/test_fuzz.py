"""A little of what ``make fuzz`` does, with the same targets: their seeds, and seeds that were damaged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fuzz import seeds
from fuzz.targets import LIMITS, TARGETS, PagesHere
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.desk.conftest import demo_path  # noqa: F401 - the fixture

from sayso.errors import IntakeError
from sayso.intake.pages import PageReader

SLOW = {"read": 6, "exports": 3, "ledger": 4, "queries": 4, "html": 15, "answers": 30, "feed": 4, "warc": 4}
"""How many damaged seeds these get; the others get more."""


@cache
def checked(name: str) -> Callable[[bytes], None]:
    return TARGETS[name].prepare()


@st.composite
def damaged(draw: st.DrawFn, seeds: tuple[bytes, ...]) -> bytes:
    """A seed with pieces overwritten, left out, doubled, or taken from another."""
    data = bytearray(draw(st.sampled_from(seeds)))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(data)))
        piece = draw(st.binary(max_size=8) | st.text(max_size=4).map(lambda text: text.encode("utf-8", "replace")))
        match draw(st.integers(0, 3)):
            case 0:
                data[at : at + len(piece)] = piece
            case 1:
                data[at:at] = piece
            case 2:
                del data[at : at + draw(st.integers(1, 64))]
            case 3:
                other = draw(st.sampled_from(seeds))
                data[at:] = other[draw(st.integers(0, len(other))) :]
    return bytes(data)


@pytest.mark.parametrize("name", TARGETS)
def test_seeds(name: str) -> None:
    for seed in TARGETS[name].seeds():
        checked(name)(seed)


@pytest.mark.parametrize("name", TARGETS)
def test_mutated_seeds(name: str) -> None:
    @settings(max_examples=SLOW.get(name, 60), deadline=None, suppress_health_check=list(HealthCheck))
    @given(damaged(TARGETS[name].seeds()))
    def check(data: bytes) -> None:
        checked(name)(data[: TARGETS[name].longest])

    check()


def test_pages_here_are_read_as_by_a_process_of_their_own() -> None:
    here, apart = PagesHere(LIMITS), PageReader(LIMITS)
    page = seeds.pages()[0].decode()
    try:
        assert here.text(page) == apart.text(page) != ""
        assert replace(apart.read(page), extraction=None) == here.read(page)
    finally:
        apart.close()
    with pytest.raises(IntakeError, match="taken apart"):
        here.text("<b>" * 5000)


# The API


def asked(app: Any, examples: int = 6) -> Iterator[str]:
    """Ask all that ``app`` describes; the label of each operation that answered as it says."""
    api = pytest.importorskip("fuzz.api", reason="schemathesis is not installed: pip install 'sayso[fuzz]'")
    for operation in api.operations(app):
        assert api.ask(operation, 1, examples) >= 1
        yield operation.label


def test_the_api_answers_as_it_is_described(demo_path: Path) -> None:  # noqa: F811
    from sayso.desk.app import make_app

    labels = set(asked(make_app(str(demo_path), hosts=("localhost", "testserver"))))
    assert {"GET /api/claims", "GET /api/claim/{id}"} <= labels
    assert len(labels) >= 18


def test_an_answer_that_is_not_as_described_is_found() -> None:
    app = FastAPI(openapi_url="/api/openapi.json")

    @app.get("/api/broken")
    def broken(number: int) -> dict[str, str]:
        return {"half": str(10 // number)}

    with pytest.raises(BaseException, match=r"(?s)Server error|ZeroDivision|division"):
        list(asked(app, 60))
