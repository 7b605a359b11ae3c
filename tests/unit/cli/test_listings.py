"""All listings: the same options, the same formats."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest
from tests.unit.cli.conftest import Sayso
from tests.unit.ledger.builders import Builder, received, span

from sayso.ledger import Ledger
from sayso.types import (
    ArticleRow,
    ClaimantRow,
    ClaimRow,
    EchoRow,
    Event,
    LinkRow,
    QuarantineRow,
    StoryRow,
    WarningRow,
)

LISTINGS = {
    "articles": (ArticleRow, 5),
    "claims": (ClaimRow, 5),
    "claimants": (ClaimantRow, 3),
    "quarantine": (QuarantineRow, 1),
    "stories": (StoryRow, 1),
    "echoes": (EchoRow, 1),
    "links": (LinkRow, 2),
    "warnings": (WarningRow, 1),
}


def keys(record: Any) -> list[str]:
    return [name.removesuffix("_") for name in record.__dataclass_fields__]  # "from" is no name for a field


@pytest.mark.parametrize("noun", LISTINGS)
def test_one_line_of_json_a_row(sayso: Sayso, linked: Path, noun: str) -> None:
    record, count = LISTINGS[noun]

    lines = sayso(noun, "--format", "jsonl").stdout.splitlines()

    assert len(lines) == count
    assert [list(json.loads(line)) for line in lines] == [keys(record)] * count
    assert sayso(noun, "--json").stdout.splitlines() == lines


@pytest.mark.parametrize("noun", LISTINGS)
def test_csv(sayso: Sayso, linked: Path, noun: str) -> None:
    record, count = LISTINGS[noun]

    header, *rows = csv.reader(io.StringIO(sayso(noun, "--format", "csv").stdout))

    assert header == keys(record)
    assert len(rows) == count


@pytest.mark.parametrize("noun", LISTINGS)
def test_parquet(sayso: Sayso, linked: Path, noun: str) -> None:
    record, count = LISTINGS[noun]

    table = pyarrow.parquet.read_table(io.BytesIO(sayso(noun, "--format", "parquet").stdout_bytes))

    assert table.column_names == keys(record)
    assert table.num_rows == count


@pytest.mark.parametrize("noun", LISTINGS)
def test_a_table_of_eighty_columns_without_colours(sayso: Sayso, linked: Path, noun: str) -> None:
    result = sayso(noun)

    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) > LISTINGS[noun][1]
    assert max(map(len, result.stdout.splitlines())) <= 80
    assert "\x1b" not in result.stdout


@pytest.mark.parametrize("noun", LISTINGS)
def test_no_ledger_is_wrong_usage(sayso: Sayso, noun: str, tmp_path: Path) -> None:
    from sayso.errors import UsageError

    with pytest.raises(UsageError, match=r"no ledger at .*missing\.db"):
        sayso(noun, "--ledger", tmp_path / "missing.db")
    assert not list(tmp_path.iterdir())


def test_the_environment_names_the_ledger(
    sayso: Sayso, ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.rename(tmp_path / "elsewhere.db")
    monkeypatch.setenv("SAYSO_LEDGER", str(tmp_path / "elsewhere.db"))

    assert len(sayso("articles", "--json").stdout.splitlines()) == 5


@pytest.mark.parametrize(
    ("noun", "filters", "count"),
    [
        ("claims", ["--about", "two shells"], 0),
        ("claims", ["--about", "shells"], 3),
        ("claims", ["--by", "Mara Lind"], 1),
        ("claims", ["--outlet", "the lantern"], 2),
        ("claims", ["--place", "Orvane", "--since", "2031-05-02", "--until", "2031-05-03"], 2),
        ("claims", ["--limit", 2], 2),
        ("articles", ["--about", "shells", "--by", "ministry"], 2),
        ("articles", ["--outlet", "The Lantern"], 2),
        ("claimants", ["--by", "mara"], 1),
        ("quarantine", ["--until", "2030"], 0),
        ("stories", ["--place", "Orvane", "--since", "2031-05-09"], 1),
        ("stories", ["--since", "2031-05-10"], 0),
        ("echoes", ["--outlet", "The Lantern"], 0),
        ("links", ["--by", "Ivo Brandt"], 1),
        ("links", ["--about", "shells"], 1),
        ("warnings", ["--outlet", "The Lantern"], 1),
    ],
)
def test_filters_narrow(sayso: Sayso, linked: Path, noun: str, filters: list[object], count: int) -> None:
    result = sayso(noun, "--json", *filters)

    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == count


def test_a_table_of_nothing_says_so(sayso: Sayso, ledger: Path) -> None:
    done = sayso("claims", "--about", "elephants")

    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "sayso: nothing found.\n")
    assert sayso("claims", "--about", "elephants", "--json").output == ""


def test_a_limit_below_one_is_wrong_usage(sayso: Sayso, ledger: Path) -> None:
    assert sayso("claims", "--limit", 0).exit_code == 2


def test_an_empty_listing_says_what_is_not_linked_yet(sayso: Sayso, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The ministry said that ten shells fell on the harbour.")
    sayso("read", str(tmp_path / "a.txt"), "--no-link", "--ledger", str(tmp_path / "a.db"))
    for command in ("stories", "echoes", "links", "warnings"):
        done = sayso(command, "--ledger", str(tmp_path / "a.db"))
        assert done.stderr == "sayso: nothing found; 1 article not linked yet: sayso link\n"


def test_claims_are_narrowed_by_stance_and_type_of_event(sayso: Sayso, ledger: Path) -> None:
    text = "Ada Brun warned that guns would shell Orvane."
    item = received(text, location="reports/warned.txt", published="2031-05-11")
    build = Builder(item)
    warned = build.says("Ada Brun", "that guns would shell Orvane", cue="warned", stance="warns")
    event = Event(span(text, "shell"), "ASSAULT", "possible", (), (), None, None, warned, 0.9, None)
    with Ledger.open(str(ledger)) as held:
        held.store(item, replace(build.reading, events=(event,)))
    rows = [json.loads(line) for line in sayso("claims", "--json").output.splitlines()]
    for name, key in (("stance", "stance"), ("type", "event_type")):
        values = {row[key] for row in rows if row[key]}
        assert values
        for value in values:
            found = [json.loads(line) for line in sayso("claims", "--json", f"--{name}", value).output.splitlines()]
            assert found == [row for row in rows if row[key] == value], (name, value)
    warned_of = sayso("claims", "--stance", "warns", "--json").output
    assert sayso("claims", "--type", "assault", "--json").output == warned_of != ""
    denied = sayso("claims", "--json", "--stance", "denies").output
    assert sayso("export", "jsonl", "--stance", "denies").output == denied != ""
    refused = sayso("claims", "--stance", "doubts")
    assert (refused.exit_code, "'doubts' is not one of 'asserts', 'denies'" in refused.stderr) == (2, True)
