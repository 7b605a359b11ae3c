"""Takes the pictures that README shows, of the desk with the example reports: ``make pictures``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from playwright.sync_api import Browser, sync_playwright
from tests.browser.running import CHROMIUM, DRAWN_BY_HAND, QUIET, ROOT, desk, read_examples
from tests.browser.visiting import Guest

PICTURES = ROOT / "docs" / "pictures"
MOST = 300_000
"""Bytes of one picture: whoever opens README loads them all."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What is on it: the page where one gets from ``begin`` by the links with these words, each in turn."""

    name: str
    begin: str
    links: tuple[str, ...] = ()
    width: Literal[1440, 390] = 1440
    light: Literal["light", "dark"] = "light"


STORY = "Shelling reported in Vennath, 12 March 2024"
SHOWN = (
    Picture("home", "/"),
    Picture("article", "/claims?about=%22nine+gunmen%22&sort=oldest", ("in its article",)),
    Picture("story", "/stories?sort=claims", (STORY,)),
    Picture("claimant", "/claims?by=Kestavia+Conflict+Register", ("the Kestavia Conflict Register",)),
    Picture("story-narrow", "/stories?sort=claims", (STORY,), 390, "dark"),
)


def take(browser: Browser, address: str, picture: Picture) -> bytes:
    """One picture, as PNG: of the top of its page, as high as the window."""
    guest = Guest(browser, address, picture.width, color_scheme=picture.light)
    guest.go(picture.begin)
    for link in picture.links:
        guest.page.locator("main").get_by_role("link", name=link, exact=True).first.click()
    guest.page.goto(guest.page.url.partition("#")[0])  # nothing is pointed at
    guest.page.wait_for_load_state("networkidle")
    taken = guest.page.screenshot(animations="disabled")
    guest.end()
    return taken


def main() -> None:
    """Write them all anew. SystemExit where one is too large to be shown."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder, sync_playwright() as play:
        ledger = Path(folder) / "demo.db"
        read_examples(ledger)
        with (
            desk(ledger) as address,
            play.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, *DRAWN_BY_HAND]) as browser,
        ):
            for picture in SHOWN:
                taken = take(browser, address, picture)
                if len(taken) > MOST:
                    raise SystemExit(f"{picture.name} has {len(taken):,} bytes; at most {MOST:,} are shown.")
                (PICTURES / f"{picture.name}.png").write_bytes(taken)


if __name__ == "__main__":
    main()
