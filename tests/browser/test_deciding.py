"""Each decision, made and taken back on the pages, by buttons and by keys."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Locator, expect
from tests.browser.running import desk, sayso
from tests.browser.visiting import WIDTHS, Guest, violations

EMOJI = "🌉🌉🌉 Bridge news 👩‍👩‍👧. Engineer Ada Morrow said that the pontoon 🌉 at Sennath was safe to cross."


@pytest.fixture(scope="module")
def deciding_desk(demo_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    own = tmp_path_factory.mktemp("deciding") / "own.db"
    shutil.copy(demo_ledger, own)
    report = own.with_name("pontoon.txt")
    report.write_text(EMOJI, "utf-8")
    sayso(own, "read", str(report))
    with desk(own) as address:
        yield address


@pytest.fixture
def analyst(browser: Browser, deciding_desk: str) -> Iterator[Guest]:
    guest = Guest(browser, deciding_desk)
    yield guest
    guest.end()
    assert guest.errors == []


def first_claim(analyst: Guest, words: str) -> str:
    analyst.go(f"/claims?about={words}")
    return str(analyst.page.locator("#results .said a").first.get_attribute("href"))


def decided(analyst: Guest) -> Locator:
    return analyst.page.locator("#decided")


def nothing_keeps_anybody_out(analyst: Guest) -> None:
    analyst.page.wait_for_load_state("load")  # after a click the page may have come without its styles yet
    analyst.page.evaluate(AXE_SCRIPT)
    for width in WIDTHS:
        analyst.page.set_viewport_size({"width": width, "height": WIDTHS[width]})
        assert violations(analyst.page) == [], width
        assert analyst.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("button", "said"), [("Confirm", "confirmed"), ("Reject", "rejected")])
def test_a_claim_is_decided_on_and_the_decision_taken_back(analyst: Guest, button: str, said: str) -> None:
    analyst.go(first_claim(analyst, "convoy"))
    decided(analyst).get_by_label("Why, in your words").fill("as the <b>photograph</b> shows")
    decided(analyst).get_by_role("button", name=button).click()
    expect(decided(analyst).locator(".holds .verdict")).to_have_text(said)
    expect(decided(analyst)).to_contain_text("as the <b>photograph</b> shows")
    nothing_keeps_anybody_out(analyst)
    analyst.go("/decisions")
    expect(analyst.page.locator("#results > li").first).to_contain_text(said)
    analyst.page.locator("#results > li").first.get_by_role("button", name="Undo").click()
    expect(analyst.page.locator("#results > li").first.get_by_role("button", name="Undo")).to_have_count(0)


def test_a_rejected_claim_shows_as_rejected_in_its_article(analyst: Guest) -> None:
    claim = first_claim(analyst, "truce")
    analyst.go(claim)
    decided(analyst).get_by_role("button", name="Reject").click()
    expect(decided(analyst).locator(".holds .verdict")).to_have_text("rejected")
    analyst.page.get_by_role("link", name="Read on in the article").click()
    expect(analyst.page.locator(f".card[data-claim='{claim.rpartition('/')[2]}']")).to_have_class(
        re.compile("rejected")
    )


def test_a_span_s_end_is_moved_by_keys_and_the_correction_entered(analyst: Guest) -> None:
    analyst.go(first_claim(analyst, "bridge"))
    decided(analyst).get_by_role("link", name="Correct").click()
    page = analyst.page
    handle = page.locator(".content-handle.end").first
    before = int(handle.get_attribute("aria-valuenow") or "")
    handle.focus()
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("Shift+ArrowLeft")
    expect(page.locator(".content-handle.end").first).to_be_focused()
    expect(page.locator("input[name=content_end]").first).to_have_value(str(before - 2))
    page.get_by_label("Stance").select_option("suspects")
    expect(page.locator("#changes")).to_contain_text("suspects")
    nothing_keeps_anybody_out(analyst)
    page.get_by_role("button", name="Enter this correction").click()
    expect(decided(analyst).locator(".holds .verdict")).to_have_text("corrected")
    decided(analyst).get_by_role("button", name="Undo").click()
    expect(decided(analyst)).to_contain_text("Nothing that was decided stands")


def test_a_span_s_end_is_dragged_and_an_emoji_counts_once(analyst: Guest) -> None:
    analyst.go(first_claim(analyst, "pontoon"))
    decided(analyst).get_by_role("link", name="Correct").click()
    page = analyst.page
    end = page.locator("input[name=content_end]").first
    before = int(end.input_value())
    page.locator(".content-handle.end").first.scroll_into_view_if_needed()
    at = page.locator(".content-handle.end").first.bounding_box()
    assert at is not None
    page.mouse.move(at["x"] + at["width"] / 2, at["y"] + at["height"] / 2)
    page.mouse.down()
    page.mouse.move(at["x"] - 60, at["y"] + at["height"] / 2, steps=5)
    page.mouse.up()
    after = int(end.input_value())
    assert before - 20 < after < before
    start = int(page.locator("input[name=content_start]").first.input_value())
    assert page.locator(".content-fields .picked").first.text_content() == EMOJI[start:after]


def test_the_queue_is_worked_off_with_keys(analyst: Guest) -> None:
    analyst.go("/queue")
    page = analyst.page
    matters = page.locator("#queue .matter")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    expect(matters.nth(0)).to_have_class(re.compile("skipped"))
    expect(matters.nth(1)).to_be_focused()
    page.keyboard.press("c")
    expect(matters.nth(1)).to_have_attribute("data-decided", "yes")
    expect(matters.nth(2)).to_be_focused()
    page.keyboard.press("u")
    expect(matters.nth(1)).not_to_have_attribute("data-decided", "yes")
    nothing_keeps_anybody_out(analyst)


def test_the_queue_works_without_javascript(browser: Browser, deciding_desk: str) -> None:
    guest = Guest(browser, deciding_desk, java_script_enabled=False)
    guest.go("/queue")
    guest.page.locator("#queue .matter").first.locator("[data-key=c]").click()
    expect(guest.page.locator("#said")).to_contain_text(re.compile("confirmed|one party|one story"))
    guest.page.locator("#said").get_by_role("button", name="Undo").click()
    expect(guest.page.locator("#said")).to_contain_text("It was taken back")
    guest.end()


@pytest.mark.parametrize(
    ("listing", "link", "verdicts"),
    [
        ("/stories?sort=claims", "the same as another story?", ("One story", "Two stories")),
        ("/claimants", "the same party as another name?", ("One party", "Two parties")),
    ],
)
def test_two_are_said_to_be_one_or_not(analyst: Guest, listing: str, link: str, verdicts: tuple[str, str]) -> None:
    for verdict in verdicts:
        analyst.go(listing)
        page = analyst.page
        beginning = listing[1:].partition("?")[0].removesuffix("s").replace("storie", "story")
        page.locator(f"main a[href^='/{beginning}/']").first.click()
        page.get_by_role("link", name=link).click()
        if page.get_by_role("button", name=verdict).count() == 0:
            page.locator("main input[name=q]").fill("the")
            page.get_by_role("button", name="Find", exact=True).click()
        nothing_keeps_anybody_out(analyst)
        page.get_by_role("button", name=verdict).first.click()
        analyst.go("/decisions")
        row = page.locator("#results > li").first
        expect(row.locator(".verdict")).to_have_text(verdict.lower())
        row.get_by_role("button", name="Undo").click()
        expect(page.locator("#results > li").first.get_by_role("button", name="Undo")).to_have_count(0)
