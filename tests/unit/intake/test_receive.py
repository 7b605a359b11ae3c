"""Kinds told by content, order, locations, bytes and what fills in what the input leaves out."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.intake.broken import REPORT, ROW, zipped

from sayso.config import Config
from sayso.errors import UsageError
from sayso.intake import article_of, receive
from sayso.types import Quarantined, Received

PAGE = f"""<!doctype html><html lang="en"><head><title>Shells fall on Tarn | The Vale Courier</title>
<meta property="og:site_name" content="The Vale Courier"><meta property="og:title" content="Shells fall on Tarn">
<link rel="canonical" href="https://vale-courier.example/tarn">
<meta property="article:published_time" content="2031-05-04T09:00:00Z"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Shells fall on Tarn</h1>
{"".join(f"<p>{paragraph}</p>" for paragraph in REPORT.split(chr(10)) if paragraph)}
<p>Nobody else could be reached on Sunday, and the road to the town stayed closed until the evening.</p></article>
<footer>© 2019 The Vale Courier</footer></body></html>"""
CSV = 'Title,Text,Source,Date,URL\nShells fall,"Shells fell, the mayor said.",Courier,2031-05-04,\n'

FILES = {
    "text": REPORT.encode(),
    "html": PAGE.encode(),
    "json": json.dumps(ROW, indent=1).encode(),
    "json list": json.dumps([ROW]).encode(),
    "jsonl": (json.dumps(ROW) + "\n" + json.dumps(ROW | {"title": "Two"}) + "\n").encode(),
    "csv": CSV.encode(),
    "tsv": b"headline\tbody\nShells fall\tShells fell, the mayor said.\n",
}


NO_PAGES = [data for kind, data in FILES.items() if kind != "html"]  # a page takes a process, and its time


def received(*paths: Path | str, config: Config | None = None, stdin: bytes | None = None) -> list[Received]:
    items = list(receive(paths, config or Config(), None if stdin is None else io.BytesIO(stdin)))
    assert all(isinstance(item, Received) for item in items), items
    return [item for item in items if isinstance(item, Received)]


def one(path: Path | str, config: Config | None = None, stdin: bytes | None = None) -> Received:
    (item,) = received(path, config=config, stdin=stdin)
    return item


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("name", ["plain", "misnamed.pdf", "packed.gz"])
def test_kind_is_told_by_content(kind: str, name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(gzip.compress(FILES[kind]) if name.endswith("gz") else FILES[kind])
    first = received(path)[0].article
    assert "fell" in first.text
    assert first.title == (None if kind == "text" else first.text.partition("\n\n")[0])
    is_table = kind in ("jsonl", "json list", "csv", "tsv")
    assert first.location == (f"{path}#1" if is_table else str(path))


@pytest.mark.parametrize("first", ["# Monday", '{"text": "broken off', "# one\n\n# another\n# and more", "title,text"])
@pytest.mark.parametrize("name", ["rows.jsonl", "rows.ndjson", "ROWS.JSONL", "rows.jsonl.gz", "rows.zip"])
def test_a_table_named_so_whose_first_line_is_broken(name: str, first: str, tmp_path: Path) -> None:
    data = f"{first}\n{json.dumps(ROW)}".encode()
    path = tmp_path / name
    path.write_bytes(zipped({"rows.jsonl": data}) if name == "rows.zip" else data)
    if name.endswith("gz"):
        path.write_bytes(gzip.compress(data))
    *bad, good = receive([path], Config())
    lines = [n for n, line in enumerate(first.split("\n"), 1) if line]
    assert [item.location.rpartition("#")[2] for item in bad if isinstance(item, Quarantined)] == list(map(str, lines))
    assert all(isinstance(item, Quarantined) and item.reason.startswith("not valid JSON: ") for item in bad)
    assert isinstance(good, Received)
    assert good.article.title == ROW["title"]


def test_what_is_named_json_and_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(REPORT)
    (tmp_path / "b.json").write_text(f"# exported\n{json.dumps(ROW)}\n")
    (tmp_path / "c.jsonl").write_text("# exported\n")
    (tmp_path / "d.jsonl").write_text(json.dumps(ROW, indent=1))
    (tmp_path / "e.json").write_text(json.dumps(ROW))
    (tmp_path / "f.json.txt").write_text(REPORT)
    items = list(receive([tmp_path], Config()))
    told = [(type(i).__name__, i.location if isinstance(i, Quarantined) else i.article.location) for i in items]
    assert [(kind, location.removeprefix(f"{tmp_path}/")) for kind, location in told] == [
        ("Quarantined", "a.json"),
        ("Quarantined", "b.json#1"),
        ("Received", "b.json#2"),
        ("Quarantined", "c.jsonl#1"),
        ("Received", "d.jsonl"),
        ("Received", "e.json"),
        ("Received", "f.json.txt"),
    ]


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_every_kind_in_other_encodings(kind: str, encoding: str, tmp_path: Path) -> None:
    text = FILES[kind].decode().replace("Tarn", "Tårn")
    plain, other = tmp_path / "plain", tmp_path / "other"
    plain.write_text(text, "utf-8")
    other.write_bytes(text.encode(encoding))
    assert [item.article.text for item in received(other)] == [item.article.text for item in received(plain)]


@pytest.mark.parametrize("kind", FILES)
def test_kept_bytes_read_again_are_the_same_article(kind: str, tmp_path: Path) -> None:
    path, again = tmp_path / "first", tmp_path / "again"
    path.write_bytes(FILES[kind])
    for item in received(path):
        assert item.article.sha256 == hashlib.sha256(item.data).hexdigest()
        assert item.article.id == item.article.sha256[:16]
        again.write_bytes(item.data)
        twice = one(again).article
        assert (twice.id, twice.text, twice.outlet) == (item.article.id, item.article.text, item.article.outlet)


def test_page(tmp_path: Path) -> None:
    path = tmp_path / "page"
    path.write_text(PAGE)
    article = one(path).article
    assert article.title == "Shells fall on Tarn"
    assert article.outlet == "The Vale Courier"
    assert article.published == "2031-05-04"
    assert article.url == "https://vale-courier.example/tarn"
    assert article.text.startswith("Shells fall on Tarn\n\nThe governor of Tarn said on Sunday")
    assert "on the market.\n\nA spokesman" in article.text
    assert "Home" not in article.text


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r", "utf-8"])
def test_page_that_declares_its_encoding(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "page"
    words = "<p>Губернатор сообщил, что в результате обстрела погибли четыре человека.</p>" * 4
    page = f'<html><head><meta charset="{encoding}"></head><body><article>{words}</article></body></html>'
    path.write_bytes(page.encode(encoding))
    article = one(path).article
    assert "погибли четыре человека" in article.text
    assert article.language == "ru"


def test_json_lines_row(tmp_path: Path) -> None:
    path = tmp_path / "table"
    path.write_bytes(FILES["jsonl"])
    first, second = received(path)
    assert first.data == FILES["jsonl"].splitlines()[0]
    assert first.article.text == f"{ROW['title']}\n\n{REPORT}"
    assert (first.article.outlet, first.article.published) == ("The Vale Courier", "2031-05-04")
    assert (first.article.location, second.article.location) == (f"{path}#1", f"{path}#2")


def test_repeated_row_is_the_same_article(tmp_path: Path) -> None:
    path = tmp_path / "table"
    path.write_bytes(FILES["jsonl"].splitlines()[0] + b"\r\n\n" + FILES["jsonl"].splitlines()[0])
    first, second = received(path)
    assert first.article.id == second.article.id
    assert second.article.location == f"{path}#3"


def test_csv_row(tmp_path: Path) -> None:
    path = tmp_path / "table"
    path.write_text(CSV)
    item = one(path)
    assert item.data == CSV.strip().encode()
    assert item.article.text == "Shells fall\n\nShells fell, the mayor said."
    assert (item.article.outlet, item.article.published, item.article.url) == ("Courier", "2031-05-04", None)


def test_csv_text_over_several_lines_and_longer_than_the_module_allows(tmp_path: Path) -> None:
    path = tmp_path / "table"
    text = "Shells fell, the mayor said.\r\n\r\n" * 10_000
    path.write_text(f'title;text\nOne;"{text}"\nTwo;Shells fell.\n', newline="")
    assert [item.article.text for item in received(path)] == [f"One\n\n{text}", "Two\n\nShells fell."]


@pytest.mark.parametrize(
    "text",
    [
        "[Reuters] Shells fell on Tarn.",
        "[1] Shells fell on Tarn.",
        "{Corrects the spelling} Shells fell on Tarn.",
        "<Corrects the spelling> Shells fell on Tarn.",
        "Text, Tarn\nShells fell on Tarn.",
        "Tarn, Sunday, noon\nShells fell, they said.\nThe mayor, who spoke first, denied it, and left.\n",
        "Shells fell on Tarn.\r\n\r\n  The mayor denied it.\t\r\n",
        "Shells fell on Tarn ‘again’, the mayor said \U0001f4a5 مصدر",
    ],
)
def test_plain_text_is_taken_as_it_is(text: str, tmp_path: Path) -> None:
    path = tmp_path / "report"
    path.write_bytes(text.encode())
    item = one(path)
    assert item.article.text == text
    assert item.data == text.encode()
    assert item.article.location == str(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\r\t "), min_size=1))
def test_any_text_comes_back_exact(tmp_path: Path, text: str) -> None:
    path = tmp_path / "report"
    path.write_bytes(text.encode())
    (item,) = receive([path], Config(format="text"))
    expected = text.removeprefix("\ufeff")
    if expected.strip():
        assert isinstance(item, Received)
        assert item.article.text == expected
    else:
        assert isinstance(item, Quarantined)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100, deadline=None)
@given(st.binary() | st.text().map(str.encode) | st.tuples(st.sampled_from(NO_PAGES), st.binary()).map(b"".join))
def test_any_bytes_are_received_or_set_aside(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "input"
    path.write_bytes(data)
    items = list(receive([path], Config()))
    assert items
    for item in items:
        location = item.article.location if isinstance(item, Received) else item.location
        assert location.startswith(str(path))
        if isinstance(item, Received):
            item.article.text.encode()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
@given(st.data())
def test_damaged_files_are_received_or_set_aside(tmp_path: Path, data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from([
        *NO_PAGES,
        gzip.compress(FILES["jsonl"], mtime=0),
        zipped({"one.txt": REPORT.encode(), "two.jsonl": FILES["jsonl"]}),
    ]))  # fmt: skip
    damaged = bytearray(whole[: data.draw(st.integers(1, len(whole)))])
    for _ in range(data.draw(st.integers(0, 4))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "input"
    path.write_bytes(damaged)
    for item in receive([path], Config()):
        assert isinstance(item, Received) or item.reason


def test_folder_is_read_in_sorted_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/b/c.txt", "a.txt", "c/d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_text(f"{name}: {REPORT}")
    locations = [item.article.location for item in received(f"{tmp_path}/")]
    assert locations == [f"{tmp_path}/{name}" for name in ("a/b/c.txt", "a/z.txt", "a.txt", "b.txt", "c/d.txt")]


def test_location_is_the_path_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "report.txt").write_text(REPORT)
    monkeypatch.chdir(tmp_path)
    assert one("./report.txt").article.location == "./report.txt"
    assert one(".").article.location == "./report.txt"


def test_zip_members(tmp_path: Path) -> None:
    path = tmp_path / "archive"
    inner = zipped({"inner.txt": REPORT.encode()})
    members = {
        "a.txt": REPORT.encode(),
        "folder/": b"",
        "t.jsonl.gz": gzip.compress(FILES["jsonl"]),
        "b.zip": inner,
        "page.txt": PAGE.encode(),
    }
    path.write_bytes(zipped(members))
    items = received(path)
    assert [item.article.location.removeprefix(f"{path}!/") for item in items] == [
        "a.txt", "t.jsonl.gz#1", "t.jsonl.gz#2", "b.zip!/inner.txt", "page.txt",
    ]  # fmt: skip
    assert items[0].article.id == items[3].article.id
    assert items[4].data == PAGE.encode()


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("pack", [bytes, gzip.compress, lambda data: zipped({"member": data})])
def test_standard_input_reads_what_a_file_does(kind: str, pack, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "file"
    path.write_bytes(pack(FILES[kind]))
    as_file, as_input = received(path), received("-", stdin=pack(FILES[kind]))
    assert [item.data for item in as_input] == [item.data for item in as_file]
    assert [item.article.location for item in as_input] == [
        item.article.location.replace(str(path), "-") for item in as_file
    ]


class Pipe(io.RawIOBase):
    """Standard input as a pipe is: short reads, and no way back."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def]
        part, self.data = self.data[:10], self.data[10:]
        buffer[: len(part)] = part
        return len(part)


@pytest.mark.parametrize("pack", [bytes, gzip.compress, lambda data: zipped({"member": data})])
def test_standard_input_may_be_a_pipe(pack) -> None:  # type: ignore[no-untyped-def]
    items = list(receive(["-"], Config(), io.BufferedReader(Pipe(pack(FILES["jsonl"])))))
    assert [type(item) for item in items] == [Received, Received]


def test_missing_standard_input() -> None:
    (item,) = receive(["-"], Config())
    assert isinstance(item, Quarantined)
    assert item.location == "-"


def test_configuration_fills_what_the_input_does_not_say(tmp_path: Path) -> None:
    path = tmp_path / "table"
    path.write_text(json.dumps({"text": REPORT, "date": " "}) + "\n" + json.dumps(ROW))
    first, second = received(path, config=Config(outlet="The Harbour Post", published="3 May 2031"))
    assert (first.article.outlet, first.article.published) == ("The Harbour Post", "2031-05-03")
    assert (second.article.outlet, second.article.published) == ("The Vale Courier", "2031-05-04")


def test_a_date_that_is_not_understood_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "table"
    path.write_text(json.dumps({"text": REPORT, "date": "3/4/2031"}) + "\n" + json.dumps(ROW))
    first, _ = received(path, config=Config(published="3 May 2031"))
    assert first.article.published is None


def test_format_overrides_what_the_content_tells(tmp_path: Path) -> None:
    path = tmp_path / "table"
    path.write_bytes(FILES["jsonl"])
    assert one(path, Config(format="text")).article.text == FILES["jsonl"].decode()
    path.write_bytes(b"text\nShells fell.\n")
    assert one(path, Config(format="csv")).article.text == "Shells fell."
    path.write_bytes(FILES["jsonl"].splitlines()[0])
    assert one(path, Config(format="jsonl")).article.location == f"{path}#1"
    path.write_bytes(json.dumps([ROW]).encode())
    assert one(path, Config(format="json")).article.title == ROW["title"]


def test_a_setting_that_is_not_understood() -> None:
    with pytest.raises(UsageError, match="format"):
        receive([], Config(format="docx"))
    with pytest.raises(UsageError, match="published"):
        receive([], Config(published="some day"))


def test_a_text_and_a_file_that_holds_it_are_one_article(tmp_path: Path) -> None:
    path = tmp_path / "report"
    path.write_text(REPORT)
    article = article_of(REPORT, outlet="The Vale Courier", published="2031-05-04T10:00Z")
    assert article.id == one(path).article.id
    assert (article.location, article.published) == ("<text>", "2031-05-04T10:00:00+00:00")
