"""Who looked at what, where several may; and who did what, by the names of the accounts."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from tests.unit.desk.test_guarding import NAMES, Office, accounts_file, office  # noqa: F401 - fixtures

from sayso.ledger import Ledger


def told(ledger: Ledger, after: int = 0) -> list[tuple[str, str, str | None]]:
    with ledger.reading_all() as connection:
        rows = connection.exec_driver_sql("SELECT what, who, subject FROM log WHERE key > ? ORDER BY key", (after,))
        return [tuple(row) for row in rows]


def pages(ledger: Ledger) -> dict[str, tuple[str, list[str]]]:
    """Addresses that show something, with what the log is to tell of it."""
    first, second = [row.id for row in ledger.articles()][:2]
    claim, story = next(ledger.claims()).id, next(ledger.stories()).id
    return {
        f"/article/{first[:8]}": ("viewed", [first]),
        f"/api/article/{first}": ("viewed", [first]),
        f"/claim/{claim}": ("viewed", [claim]),
        f"/api/claim/{claim}": ("viewed", [claim]),
        f"/story/{story}": ("viewed", [story]),
        f"/api/story/{story}": ("viewed", [story]),
        f"/story/{story}.html": ("exported", [story]),
        f"/compare/{first}/{second}": ("viewed", [first, second]),
        f"/api/compare/{first}/{second}": ("viewed", [first, second]),
        f"/claim/{claim}/correct": ("viewed", [claim]),
    }


def test_what_is_shown_is_told_of_with_the_name_of_the_account(office: Office) -> None:  # noqa: F811
    visit = office.visit("analyst")
    ledger = office.app.state.desk.ledger()
    for path, (what, subjects) in pages(ledger).items():
        before = len(told(ledger))
        assert visit.get(path).status_code == 200, path
        assert told(ledger, before) == [(what, NAMES["analyst"], subject) for subject in subjects], path


@pytest.mark.parametrize("path", ["/download/export?kind=csv", "/download/claims.jsonl", "/download/export?kind=ftm"])
def test_what_is_taken_away_is_told_of_before_it_goes(path: str, office: Office) -> None:  # noqa: F811
    visit = office.visit("reader")
    ledger = office.app.state.desk.ledger()
    before = len(told(ledger))

    assert visit.get(path).status_code == 200
    assert told(ledger, before) == [("exported", NAMES["reader"], None)]


def test_what_is_not_there_or_not_allowed_is_not_told_of(office: Office) -> None:  # noqa: F811
    ledger = office.app.state.desk.ledger()
    before = len(told(ledger))
    claim = next(ledger.claims()).id

    assert office.visit("reader").get("/article/ffffffff").status_code == 404
    assert office.visit("reader").get(f"/claim/{claim}/correct").status_code == 403
    assert office.visit().get("/api/claims").status_code == 401
    assert told(ledger, before) == []


def test_a_decision_is_told_of_with_the_name_of_the_account(office: Office) -> None:  # noqa: F811
    ledger = office.app.state.desk.ledger()
    claim = next(ledger.claims()).id
    before = len(told(ledger))
    visit = office.visit("analyst")

    assert visit.post("/decide", {"verdict": "confirm", "about": claim}).status_code in (200, 303)
    assert told(ledger, before) == [("decided", NAMES["analyst"], claim)]


def test_who_is_alone_with_the_desk_is_not_watched(demo: TestClient, demo_path: Path) -> None:
    with Ledger.open(str(demo_path)) as ledger:
        before = len(told(ledger))
        article = next(ledger.articles()).id
        assert demo.get(f"/article/{article}").status_code == 200
        assert told(ledger, before) == []
