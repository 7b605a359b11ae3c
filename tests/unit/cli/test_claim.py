from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.unit.cli.conftest import Sayso

from sayso.errors import UsageError
from sayso.ledger import Ledger
from sayso.types import Filters


def denial(ledger: Path) -> str:
    with Ledger.open(str(ledger)) as held:
        return next(row.id for row in held.claims(Filters(by="ministry")) if row.stance == "denies")


def test_the_exact_words_in_context_and_the_chain(sayso: Sayso, ledger: Path) -> None:
    shown = sayso("claim", denial(ledger)).stdout
    unspaced = " ".join(shown.split())

    assert shown.startswith("Harbour Post › Ivo Brandt › the ministry  denies\n")
    assert "Ivo Brandt said that the ministry denied [that ten people died in Orvane]. Nobody answered" in unspaced
    assert "A calm morning" not in shown
    assert "place Orvane (35.500, 36.500)" in unspaced
    assert "figures 10 killed (civilians)" in unspaced
    assert "\x1b" not in shown


def test_json_has_the_row_and_the_context(sayso: Sayso, ledger: Path) -> None:
    claim = json.loads(sayso("claim", denial(ledger), "--json").stdout)

    assert claim["chain"] == ["Harbour Post", "Ivo Brandt", "the ministry"]
    assert claim["figures"] == [{"min": 10, "max": 10, "kind": "killed", "who": "civilians"}]
    assert claim["text"] in claim["context"]["text"]


def test_an_unknown_id_is_wrong_usage(sayso: Sayso, ledger: Path) -> None:
    with pytest.raises(UsageError, match="no claim 'ffff'"):
        sayso("claim", "ffff")
