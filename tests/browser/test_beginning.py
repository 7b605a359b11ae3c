"""From an empty ledger to the contested figures of a story, as somebody goes who has read no document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, expect
from tests.browser.running import EXAMPLES, desk
from tests.browser.visiting import Guest, violations

READ = 60_000
"""Milliseconds that reading the examples may take on a busy machine."""


@pytest.fixture
def newcomer(browser: Browser, tmp_path: Path) -> Iterator[Guest]:
    with desk(tmp_path / "new.db") as address:
        guest = Guest(browser, address)
        yield guest
        guest.end()
        assert guest.errors == []


def test_from_nothing_to_the_figures_of_a_story(newcomer: Guest) -> None:
    page = newcomer.page
    page.get_by_role("link", name="Bring in reports").click()
    page.get_by_role("button", name="Try it with the example reports").click()
    page.get_by_role("link", name="The most contested stories").click(timeout=READ)
    page.get_by_role("link", name="Shelling reported in Vennath, 12 March 2024").first.click()
    killed = page.locator("#figures .harmed").first
    for said in ("58", "24", "9"):
        expect(killed.locator("svg:visible .number", has_text=said).first).to_be_visible()
    expect(killed.locator("svg:visible")).to_contain_text("Rescue workers")


def test_files_that_are_dropped_or_chosen_are_read_and_what_cannot_be_is_told(newcomer: Guest, tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_bytes(b'{"text": "cut o')
    page = newcomer.page
    newcomer.go("/bring")
    page.get_by_label("Files").first.set_input_files([EXAMPLES / "reports" / "agencies.jsonl", broken])
    expect(page.locator(".picked")).to_contain_text("2 files")
    page.evaluate(AXE_SCRIPT)
    assert violations(page) == []
    page.get_by_role("button", name="Bring them in").click()
    expect(page.get_by_role("link", name="See what is claimed")).to_be_visible(timeout=READ)
    expect(page.get_by_role("region", name="Set aside")).to_contain_text("broken.json")
    page.evaluate(AXE_SCRIPT)
    assert violations(page) == []
    newcomer.go("/claims?about=bridge")
    expect(page.locator("#results .claim").first).to_contain_text("bridge")


def test_a_text_that_is_pasted_is_read_without_javascript_too(browser: Browser, tmp_path: Path) -> None:
    with desk(tmp_path / "new.db") as address:
        guest = Guest(browser, address, java_script_enabled=False)
        guest.go("/bring")
        page = guest.page
        form = page.locator("form", has=page.locator("textarea"))
        form.get_by_label("Outlet").fill("The Lantern")
        form.get_by_label("Published").fill("2024-03-13")
        form.get_by_label("Text").fill("The mayor of Vennath said on Tuesday that 24 people were killed at the market.")
        form.get_by_role("button").click()
        expect(page.get_by_role("link", name="See what is claimed")).to_be_visible(timeout=READ)
        guest.go("/claims")
        expect(page.locator("#results .claim").first).to_contain_text("24 people were killed")
        guest.end()
