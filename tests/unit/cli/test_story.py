from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.unit.cli.conftest import Sayso

from sayso.errors import UsageError


def test_a_page_that_fits_eighty_columns(sayso: Sayso, linked: Path) -> None:
    shown = sayso("story", "5701").stdout
    lines = shown.splitlines()

    assert lines[0].split() == ["Shells", "on", "Orvane", "5701aa"]
    assert max(map(len, lines)) <= 80
    assert len(lines) <= 45
    for part in ("Who says what", "Figures, by claimant", "Who denies what", "Origins and their echoes", "Warnings"):
        assert f"\n{part}" in shown
    assert "+1 echo: Harbour Post" in shown
    assert "denies: that ten people died in Orvane" in shown
    assert "75% copied, credits Harbour Wire" in shown
    assert "\x1b" not in shown


def test_json_has_the_row_and_the_rows_that_belong_to_it(sayso: Sayso, linked: Path) -> None:
    story = json.loads(sayso("story", "5701aa", "--format", "json").stdout)

    assert (story["id"], story["origins"], story["claims"], len(story["articles"])) == ("5701aa", 3, 3, 4)
    assert {kind: len(rows) for kind, rows in story["rows"].items()} == {
        "articles": 4,
        "claims": 3,
        "echoes": 1,
        "links": 2,
        "warnings": 1,
        "findings": 0,
    }
    denies = next(link for link in story["rows"]["links"] if link["relation"] == "denies")
    assert list(denies) == ["from", "to", "relation", "why", "score"]
    assert story["figures"][0]["min"] == 10


def test_the_row_is_the_one_that_stories_list(sayso: Sayso, linked: Path) -> None:
    story = json.loads(sayso("story", "5701aa", "--json").stdout)
    del story["rows"]

    assert story == json.loads(sayso("stories", "--json").stdout)


def test_a_claim_and_an_article_lead_to_their_story(sayso: Sayso, linked: Path) -> None:
    rows = json.loads(sayso("story", "5701aa", "--json").stdout)["rows"]
    copied = next(claim for claim in rows["claims"] if claim["echo_of"])

    shown = sayso("claim", copied["id"]).stdout

    assert f"echo of     {copied['echo_of']}" in shown
    assert "story       5701aa" in shown
    assert "story      5701aa" in sayso("article", copied["article"]).stdout


def test_an_unknown_id_is_wrong_usage(sayso: Sayso, linked: Path) -> None:
    with pytest.raises(UsageError, match="no story 'ffff'"):
        sayso("story", "ffff")


def test_a_ledger_that_is_not_linked_has_no_stories(sayso: Sayso, ledger: Path) -> None:
    done = sayso("stories")

    assert (done.exit_code, done.stdout) == (0, "")
