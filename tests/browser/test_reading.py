"""What a reader does on the pages: with keys, without JavaScript, on paper, and on the map."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect
from tests.browser.visiting import Guest, violations

WORDS = "nine gunmen had been killed in the explosion of a weapons store"
"""Of the example reports."""


@pytest.fixture
def guest(browser: Browser, demo_desk: str) -> Iterator[Guest]:
    guest = Guest(browser, demo_desk)
    yield guest
    guest.end()
    assert guest.errors == []


def link_to(guest: Guest, words: str, where: str) -> str:
    """Where the first link leads that goes ``where`` from the claims with these ``words``."""
    guest.go(f"/claims?about=%22{words.replace(' ', '+')}%22")
    href = guest.page.locator(f"main a[href^='{where}']").first.get_attribute("href")
    assert href is not None
    return href.partition("#")[0]


def test_an_article_is_read_with_keys(guest: Guest) -> None:
    guest.go(link_to(guest, WORDS, "/article/"))
    page = guest.page
    cards = page.locator(".card")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(cards.nth(1)).to_be_focused()
    expect(page.locator(".text .on").first).to_be_visible()
    page.keyboard.press("k")
    expect(cards.nth(0)).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    claim = cards.nth(0).get_attribute("data-claim")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{guest.home}claim/{claim}")


def test_a_click_on_somebody_s_words_shows_their_claim(guest: Guest) -> None:
    guest.go(link_to(guest, WORDS, "/article/"))
    words = guest.page.locator(".text .content", has_text="explosion of a weapons store")
    words.locator(".casualty").click()
    claim = words.get_attribute("data-claim")
    expect(guest.page.locator(f".card[data-claim='{claim}']")).to_have_class("card on")


def test_whoever_goes_by_tab_sees_where_they_are(guest: Guest) -> None:
    for where in ("/", "/claims", link_to(guest, WORDS, "/article/"), link_to(guest, WORDS, "/story/")):
        guest.go(where)
        for _ in range(12):
            guest.page.keyboard.press("Tab")
            outline = guest.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none", (where, guest.page.evaluate("document.activeElement.outerHTML.slice(0, 200)"))


def test_the_first_stop_leads_past_the_head_of_the_page(guest: Guest) -> None:
    guest.go("/stories")
    guest.page.keyboard.press("Tab")
    expect(guest.page.get_by_role("link", name="Skip to the content")).to_be_focused()
    expect(guest.page.get_by_role("link", name="Skip to the content")).to_be_in_viewport()


def test_a_search_is_a_link(guest: Guest) -> None:
    guest.go("/")
    guest.page.locator("main input[name=about]").fill(f'"{WORDS}"')
    guest.page.keyboard.press("Enter")
    expect(guest.page.locator("#results .claim").first).to_contain_text(WORDS)
    guest.page.wait_for_load_state()  # how a text breaks into lines is the style sheet's, which comes after it
    found = guest.page.locator("#results .claim").all_inner_texts()
    guest.page.goto(guest.page.url)
    assert guest.page.locator("#results .claim").all_inner_texts() == found


def test_a_filter_changes_the_list_and_the_address(guest: Guest) -> None:
    guest.go("/claims")
    guest.page.get_by_label("Stance").select_option("denies")
    expect(guest.page.locator("#results .claim .stance:not(.denies)")).to_have_count(0)
    expect(guest.page.locator("#results .claim .stance.denies").first).to_be_visible()
    assert "stance=denies" in guest.page.url


def test_more_goes_on_below(guest: Guest) -> None:
    guest.go("/claims")
    rows = guest.page.locator("#results > .claim")
    before = rows.count()
    guest.page.get_by_role("link", name="More", exact=True).click()
    expect(rows.nth(before)).to_be_visible()
    links = rows.locator(".said a").evaluate_all("links => links.map((link) => link.href)")
    assert len(links) == len(set(links)) > before


def test_the_pages_can_be_read_without_javascript(browser: Browser, demo_desk: str) -> None:
    guest = Guest(browser, demo_desk, java_script_enabled=False)
    for where, kind in (("/article/", "#article"), ("/story/", "#claims"), ("/claim/", "blockquote")):
        guest.go(link_to(guest, WORDS, where))
        expect(guest.page.locator(f"main {kind}")).to_contain_text("explosion of a weapons store")
    expect(guest.page.locator("main")).to_contain_text("9 killed")
    guest.go("/claims")
    guest.page.get_by_label("Words", exact=True).fill("bridge")
    guest.page.get_by_role("button", name="Show").click()
    expect(guest.page.locator("#results .claim").first).to_contain_text("bridge")
    guest.go(link_to(guest, WORDS, "/story/"))
    expect(guest.page.locator(".map-box svg")).to_be_visible()
    guest.end()


def test_the_pages_can_be_printed(guest: Guest) -> None:
    for where in ("/article/", "/story/"):
        guest.go(link_to(guest, WORDS, where))
        guest.page.emulate_media(media="print")
        expect(guest.page.locator("header.top")).to_be_hidden()
        expect(guest.page.locator("h1")).to_be_visible()
        assert guest.page.pdf().startswith(b"%PDF")
        expect(guest.page.locator("#claims details:not([open])")).to_have_count(0)
        guest.page.emulate_media(media="screen")


def test_the_map_can_be_moved_where_the_browser_draws(drawing_browser: Browser, demo_desk: str) -> None:
    guest = Guest(drawing_browser, demo_desk)
    guest.go(link_to(guest, WORDS, "/story/"))
    page = guest.page
    expect(page.locator("#map.live canvas")).to_be_visible(timeout=20_000)
    expect(page.locator("#map > svg.map")).to_be_hidden()
    for _ in range(5):  # the invented country lies in the sea: until land is in sight
        page.get_by_role("button", name="Zoom out").click()
        page.wait_for_timeout(400)  # it takes so long to move
    land = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--land').trim()")
    assert land in colours(page, page.locator("#map canvas").screenshot())
    page.evaluate(AXE_SCRIPT)
    assert violations(page) == []
    guest.end()
    assert guest.errors == []


def colours(page: Page, png: bytes) -> set[str]:
    """Which colours a picture has, as #rrggbb."""
    return set(page.evaluate(_COLOURS, b64encode(png).decode()))


_COLOURS = """async (png) => {
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width, image.height];
  const drawn = canvas.getContext("2d");
  drawn.drawImage(image, 0, 0);
  const { data } = drawn.getImageData(0, 0, image.width, image.height);
  const found = new Set();
  for (let at = 0; at < data.length; at += 4) found.add((data[at] << 16) | (data[at + 1] << 8) | data[at + 2]);
  return [...found].map((colour) => `#${colour.toString(16).padStart(6, "0")}`);
}"""


def test_the_map_that_the_desk_has_drawn_stays_where_the_browser_cannot(guest: Guest) -> None:
    guest.go(link_to(guest, WORDS, "/story/"))
    guest.page.wait_for_load_state("networkidle")
    expect(guest.page.locator("#map > svg.map")).to_be_visible()
    expect(guest.page.locator("#map.live")).to_have_count(0)
