"""The desks and the browsers that the tests share: over the example reports, and over 804 real ones."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright
from tests.browser.running import CHROMIUM, DRAWN_BY_HAND, QUIET, ROOT, Reading, desk, read_examples, reading

DATA = Path(os.environ.get("SAYSO_DATA", ROOT.parent / "shared" / "data"))
REPORTS = DATA / "fakes" / "articles.jsonl"


@pytest.fixture(scope="session")
def demo_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    read_examples(path)
    return path


# Reading so many takes a minute or two, in which the tests that need only the examples run.
@pytest.fixture(scope="session", autouse=True)
def large_reading(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reading | None]:
    wanted = any("[large]" in item.name for item in request.session.items)
    if not (wanted and CHROMIUM and REPORTS.is_file()):
        yield None
        return
    with reading(tmp_path_factory.mktemp("large") / "large.db", REPORTS) as begun:
        yield begun


@pytest.fixture(scope="session")
def large_ledger(large_reading: Reading | None) -> Path:
    if large_reading is None:
        pytest.skip("the 804 reports are not in ../shared/data (SAYSO_DATA names another place)")
    return large_reading.done()


@pytest.fixture(scope="session")
def demo_desk(demo_ledger: Path) -> Iterator[str]:
    with desk(demo_ledger) as address:
        yield address


@pytest.fixture(scope="session")
def large_desk(large_ledger: Path) -> Iterator[str]:
    with desk(large_ledger) as address:
        yield address


# For each module anew: while it runs, no other test could run an event loop of its own.
@pytest.fixture(scope="module")
def play() -> Iterator[Playwright]:
    if CHROMIUM is None:
        pytest.skip("needs Chromium: apt install chromium")
    with sync_playwright() as play:
        yield play


@pytest.fixture(scope="module")
def browser(play: Playwright) -> Iterator[Browser]:
    with play.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, "--disable-gpu", "--disable-3d-apis"]) as browser:
        yield browser


@pytest.fixture(scope="module")
def drawing_browser(play: Playwright) -> Iterator[Browser]:
    with play.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, *DRAWN_BY_HAND]) as browser:
        yield browser
