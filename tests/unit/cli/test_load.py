from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.unit.cli.conftest import Sayso

TEXT = "The ministry said on Tuesday that {} shells fell on the market of Orvane, and nobody was hurt there."


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    path = tmp_path / "reports.jsonl"
    rows = [json.dumps({"text": TEXT.format(n), "outlet": "The Lantern"}) for n in (2, 3)]
    path.write_text("\n".join([*rows, "{"]))
    return path


def test_what_is_read_into_a_folder_is_loaded_and_linked(sayso: Sayso, reports: Path) -> None:
    read = sayso("read", reports, "--out", "parquet")
    loaded = sayso("load", "parquet")
    again = sayso("load", "parquet")

    assert read.exit_code == 1, "a row was set aside"
    assert "2 articles read" in read.stderr
    assert "1 set aside, with their reasons, in parquet/quarantine" in read.stderr
    assert loaded.exit_code == 0
    assert "2 articles loaded" in loaded.stderr
    assert "linked" in loaded.stderr
    assert "0 articles loaded" in again.stderr
    assert "2 known already" in again.stderr
    assert len(sayso("claims", "--json").stdout.splitlines()) == 2
    assert len(sayso("quarantine", "--json").stdout.splitlines()) == 1
    assert "1 shard to read" not in sayso("read", reports, "--out", "parquet").stderr


def test_a_folder_into_which_nothing_was_read_is_wrong_usage(sayso: Sayso, tmp_path: Path) -> None:
    from sayso.errors import UsageError

    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="sayso read PATH --out empty"):
        sayso("load", "empty")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--engine", "ray"), "--out DIR"),
        (("--out", "parquet", "--json"), "takes the place of"),
        (("--out", "parquet", "--ledger", "a.db"), "takes the place of"),
    ],
)
def test_options_that_contradict_each_other_are_told(
    sayso: Sayso, reports: Path, words: tuple[str, ...], said: str
) -> None:
    from sayso.errors import UsageError

    with pytest.raises(UsageError, match=said):
        sayso("read", reports, *words)


def test_linking_in_two_processes_is_linking(sayso: Sayso, reports: Path) -> None:
    sayso("read", reports, "--no-link")

    done = sayso("link", "--jobs", 2)

    assert "2 articles linked" in done.stderr
