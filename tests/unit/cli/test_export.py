from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet
import pytest
from tests.unit.cli.conftest import Sayso


@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet"])
def test_a_file_holds_what_standard_output_would(sayso: Sayso, ledger: Path, tmp_path: Path, kind: str) -> None:
    written = sayso("export", kind, "-o", tmp_path / "out", "--by", "ministry")

    assert written.exit_code == 0
    assert written.stdout == ""
    assert written.stderr == f"sayso: wrote {tmp_path / 'out'}.\n"
    assert (tmp_path / "out").read_bytes() == sayso("export", kind, "--by", "ministry").stdout_bytes


def test_it_exports_claims(sayso: Sayso, ledger: Path, tmp_path: Path) -> None:
    sayso("export", "parquet", "-o", tmp_path / "claims.parquet")
    rows = pyarrow.parquet.read_table(tmp_path / "claims.parquet").to_pylist()
    listed = [json.loads(line) for line in sayso("claims", "--json").stdout.splitlines()]

    assert [row["id"] for row in rows] == [row["id"] for row in listed]


def test_another_kind_is_wrong_usage(sayso: Sayso, ledger: Path) -> None:
    assert sayso("export", "docx").exit_code == 2
