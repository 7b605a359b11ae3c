"""Every page in a real browser, narrow and wide, light and dark, with the example reports and with 804 real ones."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from tests.browser.visiting import WIDTHS, Guest, Visit, every_kind, looked_at

KINDS = {"/", "/claims", "/stories", "/claimants", "/outlets", "/articles", "/quarantine", "/api"}
EACH = ("/article/", "/claim/", "/story/", "/claimant/", "/outlet/")


@pytest.fixture(scope="module", params=["demo", "large"])
def visits(request: pytest.FixtureRequest, browser: Browser) -> Iterator[list[Visit]]:
    guest = Guest(browser, request.getfixturevalue(f"{request.param}_desk"))
    pages = every_kind(guest)
    colours = request.param == "demo"  # the others have the same ones
    yield [looked_at(guest, page, width, colours=colours) for width in WIDTHS for page in pages]
    guest.end()


def test_one_of_each_kind_is_visited(visits: list[Visit]) -> None:
    pages = {visit.page for visit in visits}
    assert pages >= KINDS
    assert [beginning for beginning in EACH if not any(page.startswith(beginning) for page in pages)] == []


def test_each_is_there_with_a_title_one_heading_and_its_landmarks(visits: list[Visit]) -> None:
    for visit in visits:
        assert (visit.status, visit.headings, visit.missing) == (200, 1, ()), visit
        assert "Sayso" in visit.title, visit


def test_no_browser_has_anything_to_complain_of(visits: list[Visit]) -> None:
    assert {str(visit): visit.errors for visit in visits if visit.errors} == {}


def test_no_other_host_is_asked(visits: list[Visit]) -> None:
    assert {str(visit): visit.foreign for visit in visits if visit.foreign} == {}


def test_axe_finds_nothing_that_keeps_anybody_out(visits: list[Visit]) -> None:
    assert {str(visit): visit.violations for visit in visits if visit.violations} == {}


def test_no_page_is_wider_than_the_window(visits: list[Visit]) -> None:
    assert {str(visit): visit.beyond for visit in visits if visit.beyond > 0} == {}
