"""Taking away: every listing and format, read back by its own reader; whatever reports say, harmless."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from fastapi.testclient import TestClient
from lxml import html
from pyarrow import parquet
from tests.unit.desk.conftest import client
from tests.unit.ledger.builders import Builder, received, set_aside

from sayso import deciding, exporting, linking
from sayso.desk.pages import listed, taking
from sayso.desk.pages.listed import LISTINGS
from sayso.ledger import Ledger
from sayso.show.export import as_json, keys
from sayso.types import Filters

FORMULAS = ('=HYPERLINK("http://evil.example")', "+1+1", "-2+3", "@SUM(A1)", "\t=1")


def csv_rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


def xlsx_rows(data: bytes) -> list[dict[str, Any]]:
    rows = openpyxl.load_workbook(io.BytesIO(data)).active.values
    names = next(rows)
    return [dict(zip(names, row, strict=True)) for row in rows]


READERS: dict[str, Callable[[bytes], list[dict[str, Any]]]] = {
    "csv": csv_rows,
    "xlsx": xlsx_rows,
    "parquet": lambda data: parquet.read_table(io.BytesIO(data)).to_pylist(),
    "json": json.loads,
    "jsonl": lambda data: [json.loads(line) for line in data.decode("utf-8").split("\n") if line],
}


@pytest.fixture(scope="module")
def formulas(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The desk over a report in which everything begins as a formula does."""
    path = tmp_path_factory.mktemp("formulas") / "formulas.db"
    with Ledger.open(str(path)) as ledger:
        for number, formula in enumerate(FORMULAS):
            text = f"{formula} {number}\n\n{formula} said {formula} {number} people died."
            item = received(text, outlet=formula, location=f"{formula}.txt", title=f"{formula} {number}")
            item = replace(item, article=replace(item.article, outlet=formula))
            build = Builder(item)
            build.says(formula, f"{formula} {number} people died", cue="said")
            ledger.store(item, build.reading)
            ledger.quarantine(set_aside(f"{formula}.txt", formula))
        linking.link(ledger)
    yield from client(path)


@pytest.mark.parametrize("format", taking.FORMATS)
@pytest.mark.parametrize("listing", LISTINGS)
def test_every_listing_can_be_taken_away_and_read_back(
    demo: TestClient, demo_path: Path, listing: str, format: str
) -> None:
    answer = demo.get(f"/download/{listing}.{format}")
    assert answer.status_code == 200
    assert answer.headers["content-length"] == str(len(answer.content))
    rows = READERS[format](answer.content)
    with Ledger.open(str(demo_path)) as ledger:
        kept = rows_of(ledger, listing)
    assert len(rows) == len(kept)
    if rows:
        assert list(rows[0]) == list(keys(LISTINGS[listing].of))
        first = next(iter(keys(LISTINGS[listing].of)))
        assert sorted(str(row[first]) for row in rows) == sorted(str(row[first]) for row in kept)
    if format in ("json", "jsonl"):
        assert {json.dumps(row, sort_keys=True) for row in rows} == {json.dumps(row, sort_keys=True) for row in kept}


def rows_of(ledger: Ledger, listing: str) -> list[dict[str, Any]]:
    if listing == "outlets":
        with ledger.browsing() as browse:
            return [as_json(row) for row in browse.outlets()]
    if listing == "claimants":
        return [as_json(row) for row in deciding.claimants(ledger)]
    asked = {"quarantine": "quarantined"}.get(listing, listing)
    return [as_json(row) for row in getattr(ledger, asked)()]


def test_a_listing_is_taken_away_as_its_page_narrows_and_sorts_it(demo: TestClient) -> None:
    query = "stance=denies&sort=outlet"
    page = html.fromstring(demo.get(f"/claims?{query}").text)
    (link,) = page.xpath("//a[starts-with(@href, '/download/claims.json?')]/@href")
    rows = demo.get(link).json()
    assert rows
    assert {row["stance"] for row in rows} == {"denies"}
    outlets = [(row["outlet"] or "~").casefold() for row in rows]
    assert outlets == sorted(outlets)
    assert [row["id"] for row in rows] == [row["id"] for row in demo.get(f"/api/claims?{query}").json()["claims"]]


def test_a_long_listing_is_walked_a_page_at_a_time(demo: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = demo.get("/download/claims.json").json()
    monkeypatch.setattr(listed, "_AT_ONCE", 7)
    for listing in ("claims", "stories", "articles", "links", "echoes", "warnings"):
        walked = demo.get(f"/download/{listing}.json").json()
        monkeypatch.setattr(listed, "_AT_ONCE", 5_000)
        assert demo.get(f"/download/{listing}.json").json() == walked, listing
        monkeypatch.setattr(listed, "_AT_ONCE", 7)
    assert len(whole) > 50


def test_the_export_page_has_every_kind_of_export(demo: TestClient) -> None:
    assert {kind.name for kind in taking.KINDS} == set(exporting.KINDS)
    page = html.fromstring(demo.get("/export?about=bridge").text)
    assert page.xpath("//input[@name='kind']/@value") == [kind.name for kind in taking.KINDS]
    assert page.xpath("//form[@action='/download/export']//input[@name='about']/@value") == ["bridge"]


def evidence_in(bundle: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        names = [name for name in archive.namelist() if "/data/" in name and "log.jsonl" not in name]
        return {name: archive.read(name) for name in names if "about.json" not in name}


@pytest.mark.parametrize("kind", [kind.name for kind in taking.KINDS])
def test_every_export_is_what_the_command_writes(demo: TestClient, demo_path: Path, kind: str) -> None:
    asked = "" if kind == "corrections" else "&about=bridge"
    answer = demo.get(f"/download/export?kind={kind}{asked}&stance=&since=")
    assert answer.status_code == 200
    out = io.BytesIO()
    with Ledger.open(str(demo_path)) as ledger:
        exporting.export(ledger, kind, out, Filters(about="bridge") if asked else Filters())
    if kind == "bundle":  # has the log, which tells of the first of the two
        assert evidence_in(answer.content) == evidence_in(out.getvalue())
    else:
        assert answer.content == out.getvalue()


def test_filters_choose_what_is_exported(demo: TestClient) -> None:
    denied = csv_rows(demo.get("/download/export?kind=csv&stance=denies").content)
    assert denied
    assert {row["stance"] for row in denied} == {"denies"}


@pytest.mark.parametrize("path", ["/download/claims.csv", "/download/stories.parquet", "/download/export?kind=ftm"])
def test_a_file_has_a_name_of_ours_and_is_saved_not_shown(hostile: TestClient, path: str) -> None:
    joined = "&" if "?" in path else "?"
    for hidden in ("%0d%0aSet-Cookie:%20a=b", '%22;filename="x.exe', "a%00b", "%E2%80%AEgnp.exe"):
        headers = hostile.get(f"{path}{joined}about={hidden}").headers
        assert re.fullmatch(
            r'attachment; filename="sayso-[a-z]+-\d{4}-\d\d-\d\d\.[a-z]+"', headers["content-disposition"]
        )
        assert headers["x-content-type-options"] == "nosniff"
        assert "a=b" not in headers.get("set-cookie", "")


@pytest.mark.parametrize(
    "path",
    [
        "/download/nothing.csv",
        "/download/claims.exe",
        "/download/claims.csv%0d%0aX-A:%20b",
        "/download/..%2f..%2fetc%2fpasswd.csv",
        "/download/export?kind=nothing",
        "/download/export?kind=%0d%0aX-A:b",
    ],
)
def test_what_is_not_there_is_said_in_words(demo: TestClient, path: str) -> None:
    answer = demo.get(path)
    assert answer.status_code == 404
    assert "x-a" not in answer.headers
    assert "text/html" in answer.headers["content-type"]


def test_a_question_that_makes_no_sense_gives_a_page_and_no_half_of_a_file(demo: TestClient) -> None:
    for path in (
        "/download/claims.xlsx?since=yesterday",
        "/download/quarantine.csv?about=x",
        "/download/links.csv?sort=x",
    ):
        answer = demo.get(path)
        assert answer.status_code == 400, path
        assert "attachment" not in answer.headers.get("content-disposition", "")


@pytest.mark.parametrize("listing", ["claims", "articles", "claimants", "outlets", "quarantine"])
def test_no_cell_is_a_formula(formulas: TestClient, listing: str) -> None:
    rows = csv_rows(formulas.get(f"/download/{listing}.csv").content)
    assert len(rows) >= len(FORMULAS) - 1
    numbers = re.compile(r"-?\d+(\.\d+)?$")
    for row in rows:
        for cell in row.values():
            assert not cell.startswith(("=", "+", "@", "\t", "\r")), cell
            assert not cell.startswith("-") or numbers.match(cell), cell
    book = openpyxl.load_workbook(io.BytesIO(formulas.get(f"/download/{listing}.xlsx").content))
    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value is not None]
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in cells)
    assert {cell.data_type for cell in cells} <= {"s", "n", "b"}
    assert not any(cell.hyperlink for cell in cells)


def test_json_that_is_taken_away_turns_no_line_and_ends_no_script(hostile: TestClient) -> None:
    for listing in LISTINGS:
        data = hostile.get(f"/download/{listing}.json").text
        assert not re.search("[<\u202a-\u202e\u2066-\u2069\x00-\x08\x7f-\x9f]", data), listing
