"""Pictures and videos in a real browser: what is shown of them, adding one, and that nothing of a file gets there."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser
from tests.browser.running import desk
from tests.browser.visiting import WIDTHS, Guest, looked_at, violations
from tests.unit.media.making import drawing, encoded, video, with_exif

from sayso import attaching
from sayso.config import Config
from sayso.ledger import Ledger


@pytest.fixture(scope="module")
def article(demo_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """An article with two pictures that look the same and a video, and the ledger that it is in."""
    path = Path(shutil.copy(demo_ledger, tmp_path_factory.mktemp("media") / "media.db"))
    with Ledger.open(str(path)) as ledger:
        found = next(row for row in ledger.articles() if row.location.endswith(".html"))
        seen = attaching.where_seen(ledger, "mara", article=found.id)
        attaching.go_through(ledger, found.id, Config())
        for name, data in (
            ("a.jpg", with_exif()),
            ("b.jpg", encoded(drawing(1), quality=40)),
            ("c.mp4", video(range(3))),
        ):
            attaching.attach_file(io.BytesIO(data), name, seen, Config(), ledger)
    return found.id, path


@pytest.fixture(scope="module")
def guest(article: tuple[str, Path], browser: Browser) -> Iterator[Guest]:
    with desk(article[1]) as address:
        made = Guest(browser, address)
        yield made
        made.end()


def test_the_pages_keep_nobody_out_and_ask_nobody(article: tuple[str, Path], guest: Guest) -> None:
    guest.go(f"/article/{article[0]}")
    pages = [f"/article/{article[0]}", next(link for link in guest.links() if link.startswith("/media/"))]
    for page in pages:
        for width in WIDTHS:
            visit = looked_at(guest, page, width, "light", "all")
            assert (visit.status, visit.headings, visit.errors, visit.foreign) == (200, 1, (), ()), visit
            assert (visit.violations, visit.beyond) == ((), 0), visit


def test_pictures_are_closed_until_somebody_opens_them(article: tuple[str, Path], guest: Guest) -> None:
    guest.go(f"/article/{article[0]}")
    pictures = guest.page.locator("details.medium")
    assert pictures.count() == 3
    assert not guest.page.locator("details.medium img").first.is_visible()
    pictures.first.locator("summary").click()
    shown = guest.page.locator("details.medium img").first
    shown.wait_for()
    assert shown.evaluate("async (image) => { await image.decode(); return image.naturalWidth }") == 320
    assert "of 256 bits differ" in pictures.first.inner_text()
    guest.page.evaluate(AXE_SCRIPT)
    assert violations(guest.page) == []


def test_a_picture_is_added_on_the_page(article: tuple[str, Path], guest: Guest, tmp_path: Path) -> None:
    (tmp_path / "new.png").write_bytes(encoded(drawing(9), "PNG"))
    guest.go(f"/article/{article[0]}")
    guest.page.get_by_text("Add a picture or video").click()
    guest.page.set_input_files("input[name=file]", tmp_path / "new.png")
    with guest.page.expect_navigation():
        guest.page.get_by_role("button", name="Add it").click()
    assert guest.page.url.endswith("#media")
    assert guest.page.locator("details.medium").count() == 4
