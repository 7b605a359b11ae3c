"""A listing as a workbook that Excel, LibreOffice and others open. Needs the extra ``xlsx``.

Source: ECMA-376, "Office Open XML File Formats", written by XlsxWriter. The columns are those of the CSV.

Every text is a text: XlsxWriter is told not to make formulas, links or numbers of them, so nothing is put in front.
What a sheet cannot hold: a text of more than 32,767 characters is cut and ends with "…"; after 1,048,575 rows the
listing goes on in another sheet; control characters are shown, not kept.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import chain, islice
from typing import Any, BinaryIO

from sayso.config import MB
from sayso.errors import UsageError
from sayso.show.export import as_json, keys
from sayso.show.exports.wording import cut
from sayso.show.plain import visible
from sayso.types import ClaimRow

_AT_HAND = 16 * MB  # of a workbook; a larger one is written to a temporary file first
_ROWS = 1_048_575  # of a sheet, beneath its header
_TEXTS_ARE_TEXTS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)  # the same rows make the same bytes


def write(rows: Iterable[Any], out: BinaryIO, of: type[Any] = ClaimRow) -> None:
    """Write ``rows``, records of the type ``of``, with a header. UsageError where the extra is not installed."""
    if importlib.util.find_spec("xlsxwriter") is None:
        raise UsageError("xlsx needs XlsxWriter, which is not installed. Install it with: pip install 'sayso[xlsx]'")
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    # Not straight to ``out``: where that takes no more, the archive that XlsxWriter leaves open would write on later.
    with tempfile.SpooledTemporaryFile(_AT_HAND) as made:
        try:
            _write_book(xlsxwriter.Workbook(made, {"constant_memory": True, **_TEXTS_ARE_TEXTS}), rows, of)
        except FileCreateError as error:  # no OSError, but made of one
            raise OSError(*error.args[0].args) from error
        made.seek(0)
        shutil.copyfileobj(made, out)


def _write_book(book: Any, rows: Iterable[Any], of: type[Any]) -> None:
    book.set_properties({"created": _NO_TIME})
    bold = book.add_format({"bold": True})
    name = of.__name__.removesuffix("Row").lower()
    for number, rows_of_sheet in enumerate(_sheets(rows), 1):
        sheet = book.add_worksheet(f"{name} {number}")
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, keys(of), bold)
        for line, row in enumerate(rows_of_sheet, 1):
            _write_cells(sheet, line, row)
    book.close()


def _sheets(rows: Iterable[Any]) -> Iterator[Iterator[Any]]:
    """``rows`` in parts that fit a sheet, each as it comes; one without rows where there are none."""
    rows = iter(rows)
    yield islice(rows, _ROWS)
    for first in rows:
        yield chain([first], islice(rows, _ROWS - 1))


def _write_cells(sheet: Any, line: int, row: Any) -> None:
    for column, value in enumerate(as_json(row).values()):
        if isinstance(value, bool):
            sheet.write_boolean(line, column, value)
        elif isinstance(value, int | float):
            sheet.write_number(line, column, value)
        elif value is not None:
            sheet.write_string(line, column, _text(value))


def _text(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return cut(visible(text))
