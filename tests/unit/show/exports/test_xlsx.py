from __future__ import annotations

import importlib.util
import io
import json
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from tests.unit.show.exports.invented import CLAIM, CLAIMS, ROW, bytes_of

from sayso.errors import UsageError
from sayso.show.export import as_json
from sayso.show.exports import xlsx
from sayso.show.exports.xlsx import write
from sayso.types import ClaimRow, StoryRow


def book(rows: Any, of: type[Any] = ClaimRow) -> Any:
    out = io.BytesIO()
    write(rows, out, of)
    return openpyxl.load_workbook(out)


def test_a_sheet_has_what_the_listing_has() -> None:
    (sheet,) = book([told.claim for told in CLAIMS]).worksheets
    header, *rows = sheet.iter_rows(values_only=True)
    assert sheet.title == "claim 1"
    assert sheet.freeze_panes == "A2"
    for told, row in zip(CLAIMS, rows, strict=True):
        wanted = as_json(told.claim)
        found = dict(zip(header, row, strict=True))
        assert list(found) == list(wanted)
        for name, value in wanted.items():
            assert found[name] == (json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value), name


def test_other_listings_have_their_own_columns() -> None:
    (sheet,) = book([ROW], StoryRow).worksheets
    assert [cell.value for cell in sheet[1]] == list(as_json(ROW))
    assert sheet["M2"].value == ROW.claims
    assert sheet["N2"].value is True
    (sheet,) = book([]).worksheets
    assert sheet.max_row == 1


def test_the_same_rows_make_the_same_bytes() -> None:
    assert bytes_of(write, [CLAIM.claim]) == bytes_of(write, [CLAIM.claim])


def test_what_does_not_fit_a_sheet_goes_on_in_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "_ROWS", 2)
    rows = [replace(CLAIM.claim, id=str(number)) for number in range(5)]
    sheets = book(rows).worksheets
    assert [[cell.value for cell in sheet["A"]] for sheet in sheets] == [
        ["id", "0", "1"],
        ["id", "2", "3"],
        ["id", "4"],
    ]


def test_a_missing_extra_names_what_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"pip install 'sayso\[xlsx\]'"):
        write([], io.BytesIO())
