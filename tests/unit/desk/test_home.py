from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient
from lxml import html

from sayso.desk.pages.home import SEEN, VISIT, Visits

NOW = datetime(2031, 5, 4, 12, tzinfo=UTC)


def test_a_first_visit_has_nothing_new() -> None:
    assert Visits.from_cookie(None, NOW).ended is None


def test_a_visit_ends_when_nothing_is_looked_at_for_a_while() -> None:
    first = Visits.from_cookie(None, NOW)
    same = Visits.from_cookie(first.cookie, NOW + VISIT / 2)
    assert same.ended is None
    later = Visits.from_cookie(same.cookie, NOW + timedelta(days=1))
    assert later.ended == (NOW + VISIT / 2).isoformat()
    assert Visits.from_cookie(later.cookie, NOW + timedelta(days=1, minutes=5)).ended == later.ended


@pytest.mark.parametrize("cookie", ["", "~", "x~y", "2031-05-04T12:00:00~2031-05-04T12:00:00", "~" * 9, "<script>~1"])
def test_a_cookie_that_nobody_gave_is_a_first_visit(cookie: str) -> None:
    assert Visits.from_cookie(cookie, NOW).ended is None


def test_home_shows_what_came_since(demo: TestClient) -> None:
    before = "2000-01-01T00:00:00+00:00"
    demo.cookies.clear()  # of other tests
    page = html.fromstring(demo.get("/", headers={"cookie": f"{SEEN}=~{before}"}).text)
    told = demo.get("/api/home", params={"since": before}).json()
    assert told["new"] == told["counts"]["articles"] > 0
    assert str(told["new"]) in page.xpath("string(//h2[@id='new'])")


def test_the_most_contested_stories_are_contested(demo: TestClient) -> None:
    told = demo.get("/api/home").json()
    times = [told["contested"][row["id"]] for row in told["most_contested"]]
    assert times == sorted(times, reverse=True)
    assert times[0] > 0
