"""Every page in a real browser, narrow and wide, light and dark, with the example reports and with 804 real ones."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.browser.running import desk
from tests.browser.visiting import LIGHTS, WIDTHS, Guest, Visit, every_kind, looked_at

from sayso.desk.accounts import Accounts

KINDS = {"/", "/claims", "/stories", "/claimants", "/outlets", "/articles", "/quarantine", "/api"}
OTHERS = {"/nowhere": 404, "/claim/ffff": 404, "/claims?about=nothingofthekind": 200, "/claims?since=yesterday": 200}
"""What no page leads to, and the status of its answer."""

EACH = ("/article/", "/claim/", "/story/", "/claimant/", "/outlet/")


@pytest.fixture(scope="module", params=["demo", "large"])
def visits(request: pytest.FixtureRequest, browser: Browser) -> Iterator[list[Visit]]:
    guest = Guest(browser, request.getfixturevalue(f"{request.param}_desk"))
    pages = [*every_kind(guest), *OTHERS]
    if request.param == "demo":
        yield everywhere(guest, pages)
    else:  # which has the same colours
        yield [looked_at(guest, page, width, "light", "all but colours") for width in WIDTHS for page in pages]
    guest.end()


def everywhere(guest: Guest, pages: list[str]) -> list[Visit]:
    """In both widths, and in the light and the dark."""
    rules = {"light": "all", "dark": "colours"}
    return [
        looked_at(guest, page, width, light, rules[light])  # type: ignore[arg-type]
        for width in WIDTHS
        for light in LIGHTS
        for page in pages
    ]


def test_one_of_each_kind_is_visited(visits: list[Visit]) -> None:
    pages = {visit.page for visit in visits}
    assert pages >= KINDS
    assert [beginning for beginning in EACH if not any(page.startswith(beginning) for page in pages)] == []


def test_each_is_there_with_a_title_one_heading_and_its_landmarks(visits: list[Visit]) -> None:
    for visit in visits:
        assert (visit.status, visit.headings, visit.missing) == (OTHERS.get(visit.page, 200), 1, ()), visit
        assert "Sayso" in visit.title, visit


def test_no_browser_has_anything_to_complain_of(visits: list[Visit]) -> None:
    # That a page is not there is told the console, too.
    assert {str(visit): visit.errors for visit in visits if visit.errors and visit.status == 200} == {}


def test_no_other_host_is_asked(visits: list[Visit]) -> None:
    assert {str(visit): visit.foreign for visit in visits if visit.foreign} == {}


def test_axe_finds_nothing_that_keeps_anybody_out(visits: list[Visit]) -> None:
    assert {str(visit): visit.violations for visit in visits if visit.violations} == {}


def test_no_page_is_wider_than_the_window(visits: list[Visit]) -> None:
    assert {str(visit): visit.beyond for visit in visits if visit.beyond > 0} == {}


def test_the_pages_of_those_who_log_in(browser: Browser, demo_ledger: Path, tmp_path: Path) -> None:
    ledger = Path(shutil.copy(demo_ledger, tmp_path / "shared.db"))
    Accounts.of(ledger).add("mara", "admin", "seven grey herons at dusk")
    with desk(ledger) as address:
        guest = Guest(browser, address)
        seen = everywhere(guest, ["/login"])
        guest.page.get_by_label("Name").fill("mara")
        guest.page.get_by_label("Password").fill("seven grey herons at dusk")
        guest.page.get_by_role("button", name="Log in").click()
        seen += everywhere(guest, ["/users", "/password", "/"])
        guest.end()
    assert [(str(visit), visit.status) for visit in seen if visit.status != 200] == []
    assert [(str(visit), visit.violations, visit.errors) for visit in seen if visit.violations or visit.errors] == []
    assert [(str(visit), visit.beyond) for visit in seen if visit.beyond > 0] == []
