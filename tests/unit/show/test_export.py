"""Listings as CSV, JSON Lines and Parquet."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import LedgerError, SaysoError, UsageError
from sayso.show.export import KINDS, as_json, parquet_schema, write
from sayso.types import (
    ArticleRow,
    ClaimantRow,
    ClaimRow,
    EchoRow,
    Figure,
    LinkRow,
    QuarantineRow,
    Span,
    StoryFigure,
    StoryRow,
    WarningRow,
)

CLAIM = ClaimRow(
    id="a474b8432a86010a",
    article="60eca166d4832a62",
    outlet="Harbour Post",
    published="2031-05-04",
    claimant="the ministry",
    chain=("Harbour Post", None, "the ministry"),
    stance="asserts",
    text="ten people died, “all of them” there",
    spans=(Span(47, 70, "ten people died"), Span(80, 92, "“all of them”")),
    event_type=None,
    certainty=None,
    place="Orvane",
    lat=-35.5,
    lon=36.5,
    date="2031-05-03",
    figures=(Figure(10, None, "killed", "people"),),
    evidence=({"kind": "video", "text": "a video"},),
    story=None,
    origin=None,
    echo_of=None,
    confidence=0.9,
    decision=None,
)
ARTICLE = ArticleRow("60eca166d4832a62", "a.txt", "Harbour Post", None, "2031-05-04", None, "en", 14, None, None)
CLAIMANT = ClaimantRow("4d60921c06166c9b", "the ministry", ("the ministry", "The Ministry"), 3, 2, (), None, None)
ASIDE = QuarantineRow("bad.txt", None, "the file is empty", "2031-05-04T10:00:00+00:00")
FIGURE = StoryFigure("the ministry", "killed", 10, None, "2031-05-04", None, ("a1",), (("2031-05-04", 10, None, "X"),))
STORY = StoryRow(
    *("5701b8432a86010a", "Shells on Orvane", "ASSAULT", "Orvane", None, None, "2031-05-04", None, ("a1",)),
    *(("Harbour Post",), ("the ministry",), 1, 12, True, (FIGURE,), ()),
)
ECHO = EchoRow("60eca166d4832a62", "70eca166d4832a62", 0.9, None)
LINK = LinkRow("a474b8432a86010a", "b474b8432a86010a", "differs", "9 killed ≠ 58 killed", 0.8)
WARNING = WarningRow("a474b8432a86010a", None, "it will", None, "2031-05-04", None, "open", (), ("c1",), ())
ROWS = (CLAIM, ARTICLE, CLAIMANT, ASIDE, STORY, ECHO, LINK, WARNING)

# The keys of the interface in its order: programs that read an export rely on them.
KEYS = {
    ClaimRow: "id, article, outlet, published, claimant, chain, stance, text, spans, event_type, certainty, place, "
    "lat, lon, date, figures, evidence, story, origin, echo_of, confidence, decision, origins_for, claimants_for, "
    "origins_against, claimants_against",
    ArticleRow: "id, location, outlet, title, published, url, language, words, origin, story",
    ClaimantRow: "id, name, names, claims, articles, outlets, first, last",
    QuarantineRow: "location, sha256, reason, at",
    StoryRow: "id, label, event_type, place, lat, lon, first, last, articles, outlets, claimants, origins, claims, "
    "denied, figures, findings",
    EchoRow: "article, origin, share, wire",
    LinkRow: "from, to, relation, why, score",
    WarningRow: "claim, claimant, text, place, since, until, state, by_warner, by_accused, by_others, copies",
}


def written(rows: list[Any], kind: str, **of: Any) -> bytes:
    out = io.BytesIO()
    write(rows, kind, out, **of)
    return out.getvalue()


@pytest.mark.parametrize("row", ROWS)
def test_every_kind_has_the_keys_of_the_interface_in_order(row: Any) -> None:
    keys = KEYS[type(row)].split(", ")
    assert list(as_json(row)) == keys
    assert list(json.loads(written([row], "jsonl"))) == keys
    assert written([row], "csv").decode().splitlines()[0].split(",") == keys
    assert pq.read_table(io.BytesIO(written([row], "parquet"))).column_names == keys


def test_a_row_as_json_is_plain() -> None:
    record = as_json(CLAIM)
    assert json.loads(json.dumps(record)) == record
    assert record["chain"] == ["Harbour Post", None, "the ministry"]
    assert record["spans"][0] == {"start": 47, "end": 70, "text": "ten people died"}
    assert record["figures"] == [{"min": 10, "max": None, "kind": "killed", "who": "people"}]
    assert record["evidence"] == [{"kind": "video", "text": "a video"}]


@pytest.mark.parametrize("row", ROWS)
def test_json_lines_and_parquet_give_back_what_went_in(row: Any) -> None:
    rows = [row, replace(row)]
    lines = written(rows, "jsonl").decode().splitlines()
    assert [json.loads(line) for line in lines] == [as_json(r) for r in rows]
    assert pq.read_table(io.BytesIO(written(rows, "parquet"))).to_pylist() == [as_json(r) for r in rows]


def test_a_storys_figures_have_the_keys_of_the_interface() -> None:
    assert as_json(STORY)["figures"] == [
        {
            "claimant": "the ministry",
            "kind": "killed",
            "min": 10,
            "max": None,
            "first": "2031-05-04",
            "last": None,
            "articles": ["a1"],
            "who": None,
        }
    ]


def test_csv_holds_nested_values_as_json() -> None:
    (record,) = csv.DictReader(io.StringIO(written([CLAIM], "csv").decode()))
    assert record["text"] == CLAIM.text
    assert record["lat"] == "-35.5"
    assert record["decision"] == ""
    for key in ("chain", "spans", "figures", "evidence"):
        assert json.loads(record[key]) == as_json(CLAIM)[key]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_that_a_spreadsheet_would_run_is_defused_in_csv_only(start: str) -> None:
    formula = replace(CLAIM, text=start + 'HYPERLINK("http://x","y")', claimant=start + "x")
    (record,) = csv.DictReader(io.StringIO(written([formula], "csv").decode(), newline=""))
    assert record["text"] == "'" + formula.text
    assert record["claimant"] == f"'{start}x"
    assert json.loads(written([formula], "jsonl"))["text"] == formula.text
    assert pq.read_table(io.BytesIO(written([formula], "parquet"))).to_pylist()[0]["text"] == formula.text


@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=30))
@settings(deadline=None)
def test_no_text_breaks_a_row(text: str) -> None:
    """Half a surrogate pair has no UTF-8: JSON escapes it, CSV shows the escape, Parquet a question mark."""
    row = replace(CLAIM, text=text, chain=(text,))
    (line,) = written([row], "jsonl").decode().removesuffix("\n").split("\n")
    assert json.loads(line)["text"] == text
    (record,) = pq.read_table(io.BytesIO(written([row], "parquet"))).to_pylist()
    assert record["text"] == re.sub("[\ud800-\udfff]", "?", text)
    table = list(csv.DictReader(io.StringIO(written([row], "csv").decode(), newline="")))
    assert len(table) == 1
    shown = text.encode("utf-8", "backslashreplace").decode()
    assert table[0]["text"] == ("'" if text[:1] in tuple("=+-@\t\r") else "") + shown


@pytest.mark.parametrize("record", list(KEYS))
def test_without_rows_the_columns_stand(record: type[Any]) -> None:
    names = KEYS[record].split(", ")
    assert written([], "csv", of=record).decode() == ",".join(names) + "\r\n"
    assert written([], "jsonl", of=record) == b""
    table = pq.read_table(io.BytesIO(written([], "parquet", of=record)))
    assert table.num_rows == 0
    assert table.schema.remove_metadata() == parquet_schema(record)


def test_parquet_columns_have_the_same_types_whatever_the_rows() -> None:
    bare = replace(CLAIM, chain=(), spans=(), figures=(), evidence=(), lat=None, lon=None, date=None, claimant=None)
    schemas = {pq.read_schema(io.BytesIO(written(rows, "parquet"))) for rows in ([CLAIM], [bare], [])}
    assert len(schemas) == 1
    schema = parquet_schema(ClaimRow)
    assert str(schema.field("chain").type) == "list<item: string>"
    assert str(schema.field("spans").type.value_type) == (
        "struct<start: int64 not null, end: int64 not null, text: string not null>"
    )
    assert not schema.field("id").nullable
    assert schema.field("lat").nullable


def test_many_rows_are_written_as_they_come() -> None:
    def rows() -> Iterator[ClaimRow]:
        for number in range(25_000):
            yield replace(CLAIM, id=str(number))

    out = io.BytesIO()
    write(rows(), "parquet", out)
    file = pq.ParquetFile(out)
    assert file.metadata.num_row_groups == 3
    assert file.read(["id"]).column("id").to_pylist() == [str(number) for number in range(25_000)]


def test_another_kind_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="'xml'; give one of: csv, jsonl, parquet"):
        write([], "xml", io.BytesIO())


@pytest.mark.parametrize("kind", KINDS)
def test_a_stream_stays_open_and_a_file_holds_the_same(kind: str, tmp_path: Path) -> None:
    out = io.BytesIO()
    write([CLAIM], kind, out)
    assert not out.closed
    write([CLAIM], kind, tmp_path / "claims")
    assert (tmp_path / "claims").read_bytes() == out.getvalue()


@pytest.mark.parametrize("kind", KINDS)
def test_a_pipe_can_take_each_kind(kind: str) -> None:
    code = (
        "import sys; from sayso.show.export import write; from tests.unit.show.test_export import CLAIM\n"
        f"write([CLAIM], {kind!r}, sys.stdout.buffer)"
    )
    root = Path(__file__).parents[3]
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=root)
    assert run.stdout == written([CLAIM], kind)


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_replaced_whole_or_not_at_all(kind: str, tmp_path: Path) -> None:
    def rows() -> Iterator[ClaimRow]:
        yield CLAIM
        raise LedgerError("the disk failed")

    out = tmp_path / "claims"
    out.write_text("what was there before")
    with pytest.raises(LedgerError):
        write(rows(), kind, out)
    assert out.read_text() == "what was there before"
    assert list(tmp_path.iterdir()) == [out]


def test_a_replaced_file_keeps_its_permissions_and_a_link_its_target(tmp_path: Path) -> None:
    target, link = tmp_path / "target.csv", tmp_path / "link.csv"
    target.write_text("old")
    target.chmod(0o600)
    link.symlink_to(target)
    write([CLAIM], "csv", str(link))
    assert link.is_symlink()
    assert target.read_bytes() == written([CLAIM], "csv")
    assert target.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("where", ["no/such/folder.csv", "."])
def test_a_place_that_cannot_be_written_is_a_usage_error(where: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot write"):
        write([CLAIM], "csv", tmp_path / where)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_device_is_no_wrong_usage() -> None:
    with pytest.raises(SaysoError, match="No space left") as raised:
        write([CLAIM], "csv", "/dev/full")
    assert not isinstance(raised.value, UsageError)
