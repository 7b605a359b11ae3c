"""``sayso train`` where it cannot begin; what it does is in tests/parity/test_train.py, as it needs the extra."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from tests.unit.cli.conftest import Sayso

from sayso import train
from sayso.errors import UsageError


def test_without_the_extra_it_says_what_to_install(sayso: Sayso, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"needs torch, .*pip install 'sayso\[train\]'"):
        sayso("train", "--data", ".", "--out", "weights")


@pytest.mark.parametrize("both", [False, True])
def test_it_wants_either_corpora_or_corrections(
    sayso: Sayso, both: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(train, "check_installed", lambda: None)
    (tmp_path / "corrected.jsonl").touch()
    given = ("--data", ".", "--corrections", "corrected.jsonl") if both else ()
    with pytest.raises(UsageError, match="either --data DIR or --corrections FILE"):
        sayso("train", *given, "--out", "weights")


def test_it_wants_to_be_told_where_to_write(sayso: Sayso) -> None:
    done = sayso("train", "--data", ".")
    assert done.exit_code == 2
    assert "--out" in done.stderr


def test_corrections_that_are_not_there(sayso: Sayso) -> None:
    done = sayso("train", "--corrections", "nowhere.jsonl", "--out", "weights")
    assert done.exit_code == 2
    assert "nowhere.jsonl" in done.stderr
