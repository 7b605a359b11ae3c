from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.unit.cli.conftest import BRIDGE, Sayso

from sayso.errors import UsageError
from sayso.ledger import Ledger


def id_of(ledger: Path, location: str) -> str:
    with Ledger.open(str(ledger)) as held:
        return next(row.id for row in held.articles() if row.location == location)


def test_the_text_with_its_contents_marked_and_the_chains_beneath(sayso: Sayso, ledger: Path) -> None:
    shown = sayso("article", id_of(ledger, "reports/bridge.txt")).stdout

    assert max(map(len, shown.splitlines())) <= 80
    unspaced = " ".join(shown.split())
    assert "read from reports/bridge.txt" in unspaced
    assert "[a1 that the ministry denied [a2 that ten people died in Orvane]]" in unspaced
    assert "a2 Harbour Post › Ivo Brandt › the ministry denies" in unspaced
    assert "10 killed ten people (a2)" in unspaced
    assert "\x1b" not in shown


def test_json_has_the_row_the_text_and_the_reading(sayso: Sayso, ledger: Path) -> None:
    article = json.loads(sayso("article", id_of(ledger, "reports/bridge.txt"), "--format", "json").stdout)

    assert article["outlet"] == "Harbour Post"
    assert article["text"] == article["reading"]["article"]["text"] == BRIDGE
    assert [a["claimant"] for a in article["reading"]["attributions"]] == ["Ivo Brandt", "the ministry"]


def test_the_beginning_of_an_id_is_enough(sayso: Sayso, ledger: Path) -> None:
    whole = id_of(ledger, "reports/bridge.txt")

    assert sayso("article", whole[:8], "--json").stdout == sayso("article", whole, "--json").stdout


def test_an_article_that_was_not_read(sayso: Sayso, ledger: Path) -> None:
    id = id_of(ledger, "reports/other.txt")

    assert "Not read" in sayso("article", id).stdout
    assert json.loads(sayso("article", id, "--json").stdout)["reading"] is None


def test_an_unknown_id_is_wrong_usage(sayso: Sayso, ledger: Path) -> None:
    with pytest.raises(UsageError, match="no article 'ffff'"):
        sayso("article", "ffff")
