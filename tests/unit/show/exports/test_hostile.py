"""What reports say is not ours to trust: formulas, scripts, right-to-left overrides, control characters and huge texts
are harmless in every export."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.show.exports.invented import ARTICLE, FOUND, ORVANE, ROW, Party, ToldStory, bytes_of, shelling, told

from sayso.show.exports import acled, claimreview, ftm, geojson, plover, ucdp, webannotation, xlsx
from sayso.show.files import as_json_text
from sayso.types import Span, StoryFigure

FORMULAS = ('=HYPERLINK("http://evil.example","x")', "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1")
TEXTS = {
    "formula": FORMULAS[0],
    **{f"formula {start[:2]!r}": start for start in FORMULAS[1:]},
    "script": '</script><script>alert(1)</script><img src=x onerror="alert(1)"><!--',
    "right-to-left override": "killed \u202e42\u202c and \u2067more\u2069 \u200f.",
    "control characters": "a\x00b\x1b[2J\x1b]0;x\x07c\x7f\x9b31m\u2028d",
    "half a surrogate pair": "a\ud83d b",
    "huge": "words " * 50_000,
    "link": "https://evil.example/",
    "number": "007",
}
DANGEROUS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
IN_JSON = ("web-annotation", "claimreview", "plover", "geojson", "ftm")


def material(text: str) -> tuple[ToldStory, Any]:
    """A story and a claim with ``text`` wherever a report has a say."""
    claim = told(
        words=text,
        text=text,
        claimant=text,
        chain=(text, text),
        outlet=text,
        place=text,
        date=None,
        spans=(Span(0, len(text), text),),
    )
    claim = replace(
        claim,
        article=replace(ARTICLE, location=text, outlet=text, title=text, url=f"javascript:{text}", published=text),
        claimant=Party("7d60921c06166c9b", text, None),
        event=replace(shelling(), span=Span(0, len(text), text)),
        actors=(text,),
        targets=(text,),
        place=replace(ORVANE, name=text),
    )
    figure = StoryFigure(text, "killed", 3, 4, None, None, ())
    row = replace(ROW, label=text, place=text, outlets=(text,), claimants=(text,), figures=(figure,))
    return ToldStory(row, (claim,), None, text), claim


def exported(kind: str, text: str) -> bytes:
    story, claim = material(text)
    found = replace(FOUND, finding=claim, about=claim)
    return {
        "web-annotation": lambda: bytes_of(webannotation.write, [claim]),
        "claimreview": lambda: bytes_of(claimreview.write, [claim], [found]),
        "acled": lambda: bytes_of(acled.write, [story]),
        "ucdp": lambda: bytes_of(ucdp.write, [story]),
        "plover": lambda: bytes_of(plover.write, [claim]),
        "geojson": lambda: bytes_of(geojson.write, [story], [claim]),
        "ftm": lambda: bytes_of(ftm.write, [story], [claim]),
        "xlsx": lambda: bytes_of(xlsx.write, [claim.claim]),
    }[kind]()


def strings_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from strings_in(item)


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("kind", IN_JSON)
def test_json_holds_the_text_and_nothing_that_is_obeyed(kind: str, name: str) -> None:
    raw = exported(kind, TEXTS[name]).decode("utf-8")
    assert not DANGEROUS.search(raw)
    assert "<" not in raw
    read = [json.loads(line) for line in raw.splitlines()] if kind in ("plover", "ftm") else [json.loads(raw)]
    strings = list(strings_in(read))
    assert not [text for text in strings if text.startswith("javascript:")]
    if kind != "ftm":  # where control characters are shown, as names and notes are for people
        assert TEXTS[name] in strings


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("kind", ["acled", "ucdp"])
def test_no_cell_of_csv_is_run_or_obeyed(kind: str, name: str) -> None:
    raw = exported(kind, TEXTS[name]).decode("utf-8")
    header, *rows = csv.reader(io.StringIO(raw, newline=""))
    assert len(rows) == 1
    assert len(rows[0]) == len(header)
    numbers = {"latitude", "longitude", "high", "low", "best", "id"}
    for column, cell in zip(header, rows[0], strict=True):
        assert column in numbers or not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
        assert not DANGEROUS.search(cell)
        assert "\n" not in cell
        assert len(cell) <= 32_768  # an apostrophe may stand in front of what a cell holds


@pytest.mark.parametrize("name", TEXTS)
def test_every_text_of_a_sheet_is_a_text(name: str) -> None:
    raw = exported("xlsx", TEXTS[name])
    (sheet,) = openpyxl.load_workbook(io.BytesIO(raw)).worksheets
    cells = {key.value: cell for key, cell in zip(sheet[1], sheet[2], strict=True)}
    for cell in cells.values():
        assert cell.data_type in "sn"
        assert cell.hyperlink is None
        if isinstance(cell.value, str):
            assert not DANGEROUS.search(cell.value)
            assert len(cell.value) <= 32_767
    assert cells["text"].data_type == "s"
    if name in ("formula", "script", "link", "number"):
        assert cells["text"].value == TEXTS[name]


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec=None)))
def test_json_reads_the_same_whatever_the_text(text: str) -> None:
    written = as_json_text({"text": text})
    assert json.loads(written)["text"] == text
    assert not DANGEROUS.search(written)
    assert "<" not in written
