"""A clock that is set back between two runs: what is read, what holds and in which order it came stay as they are.

The system's time is left alone: the modules that look at the clock are given another.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.unit.ledger.builders import LOCAL, NEWER, set_aside, simple

from sayso import deciding, linking
from sayso.desk.accounts import IDLE, Accounts
from sayso.ledger import Judgement, Ledger

EARLY, LATE = datetime(2030, 1, 1, tzinfo=UTC), datetime(2031, 5, 10, tzinfo=UTC)


class Clock:
    """What stands for ``datetime`` in the modules that ask it for the time."""

    now_ = LATE

    @classmethod
    def now(cls, zone: Any = None) -> datetime:
        return cls.now_.astimezone(zone)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> type[Clock]:
    monkeypatch.setattr(Clock, "now_", LATE)
    monkeypatch.setattr("sayso.ledger.rows.datetime", Clock)
    return Clock


def filled(path: Path, clock: type[Clock], second: datetime) -> dict[str, Any]:
    """What a ledger says that was filled in two runs, the second of them at ``second``; without the times."""
    clock.now_ = LATE
    with Ledger.open(str(path)) as ledger:
        for number in range(4):
            ledger.store(*simple(number))
        linking.link(ledger)
        claims = [claim.id for claim in ledger.claims()]
        deciding.decide(ledger, Judgement("confirm", claims[0], "mara"))
        deciding.decide(ledger, Judgement("reject", claims[1], "mara"))
    clock.now_ = second
    with Ledger.open(str(path)) as ledger:
        for number in range(4, 8):
            ledger.store(*simple(number))
        ledger.store(*simple(0, claimant="the ministry", provenance=NEWER))  # the same report, read by a newer reader
        ledger.quarantine(replace(set_aside("late.txt"), at=second.isoformat(timespec="seconds")))
        linking.link(ledger)
        deciding.decide(ledger, Judgement("reject", claims[0], "ivo"))
        deciding.decide(ledger, Judgement("confirm", claims[1], "mara"))
        deciding.undo(ledger, Judgement("confirm", claims[1], "mara"))
        deciding.decide(ledger, Judgement("confirm", claims[2], "mara"))
        latest = ledger.article(simple(0)[0].article.id).reading
        assert latest
        return {
            "articles": list(ledger.articles()),
            "claims": list(ledger.claims()),
            "stories": list(ledger.stories()),
            "links": list(ledger.links()),
            "claimants": list(ledger.claimants()),
            "quarantine": [(row.location, row.reason) for row in ledger.quarantined()],
            "decisions": [
                (row.id, row.verdict, row.about, row.user, bool(row.superseded)) for row in ledger.decisions()
            ],
            "read last by": latest["provenance"]["model"] if "provenance" in latest else None,
            "holds": [ledger.holds(simple(n)[0].article.id, LOCAL) for n in range(8)],
        }


def test_what_is_read_and_decided_later_holds_though_it_is_dated_earlier(tmp_path: Path, clock: type[Clock]) -> None:
    right = filled(tmp_path / "right.db", clock, LATE.replace(day=11))
    back = filled(tmp_path / "back.db", clock, EARLY)

    assert back == right
    assert back["read last by"] == NEWER.model
    by_id = {claim.id: claim.decision for claim in back["claims"]}
    newest_first = [(verdict, user) for _, verdict, _, user, _ in back["decisions"]]
    assert newest_first[0] == ("confirm", "mara")
    assert by_id[back["decisions"][0][2]] == "confirm"
    assert "reject" in by_id.values(), "ivo's word, entered after mara's, holds over it"
    with Ledger.open(str(tmp_path / "back.db")) as ledger:
        dates = [row.at[:4] for row in ledger.decisions()]
    assert dates == sorted(dates), "the dates say what the clock said: the newest are dated 2030"


def test_reading_again_with_the_clock_set_back_changes_nothing(tmp_path: Path, clock: type[Clock]) -> None:
    with Ledger.open(str(tmp_path / "sayso.db")) as ledger:
        assert ledger.store(*simple(1))
        clock.now_ = EARLY
        assert not ledger.store(*simple(1))
        assert len(list(ledger.articles())) == 1


def test_a_session_is_not_prolonged_by_a_clock_that_is_set_back(tmp_path: Path) -> None:
    now = 1_900_000_000.0
    accounts = Accounts(tmp_path / "accounts", lambda: now)
    accounts.add("mara", "admin", "seven grey herons at dusk")
    session = accounts.open_session("mara", accounts.stored("mara") or "")
    now -= 60
    assert accounts.user(session), "a clock that is set right by a minute ends none"
    now -= IDLE
    assert accounts.user(session) is None
