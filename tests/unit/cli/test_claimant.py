from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.unit.cli.conftest import Sayso

from sayso.errors import UsageError


def test_what_it_claims_and_how_it_is_answered(sayso: Sayso, linked: Path) -> None:
    shown = sayso("claimant", "the ministry").stdout

    assert shown.startswith("the ministry ")
    assert max(map(len, shown.splitlines())) <= 80
    assert "3 claims · 3 articles · 2 outlets · 2031-05-01 to 2031-05-09" in shown
    assert "asserts 2 · denies 1" in shown
    assert shown.index("2031-05-09") < shown.index("2031-05-02")


def test_json_has_the_row_the_counts_and_the_claims(sayso: Sayso, linked: Path) -> None:
    found = json.loads(sayso("claimant", "ministry", "--json").stdout)

    assert (found["name"], found["claims"], found["first"]) == ("the ministry", 3, "2031-05-01")
    assert list(found["times"]) == ["first", "echoed", "denied", "agreed"]
    assert [claim["claimant"] for claim in found["rows"]["claims"]] == ["the ministry"] * 3
    assert {link["relation"] for link in found["rows"]["links"]} <= {"repeats", "denies"}


def test_an_unknown_name_is_wrong_usage(sayso: Sayso, linked: Path) -> None:
    with pytest.raises(UsageError, match="nobody called 'the elephants'"):
        sayso("claimant", "the elephants")
