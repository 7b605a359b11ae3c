"""Broken input is set aside with its reason, and the rest is read."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

import pytest
from tests.unit.intake import broken
from tests.unit.intake.broken import BROKEN, REPORT

from sayso.config import Config
from sayso.intake import receive
from sayso.types import Quarantined, Received

WITHOUT_BYTES = {"fifo", "link_to_itself", "link_to_nowhere", "missing"}


def read(paths: Iterable[Path], config: Config | None = None) -> list[Received | Quarantined]:
    return list(receive(paths, config or Config()))


@pytest.mark.parametrize(("damage", "words"), BROKEN.items(), ids=lambda value: getattr(value, "__name__", ""))
def test_broken_file_is_set_aside_and_the_next_is_read(
    damage: Callable[[Path], None], words: str, tmp_path: Path
) -> None:
    bad, good = tmp_path / f"{damage.__name__}.txt", tmp_path / "good.txt"
    damage(bad)
    good.write_text(REPORT)
    first, second = read([bad, good])
    assert isinstance(first, Quarantined)
    assert first.location.startswith(str(bad))
    assert words in first.reason
    assert datetime.fromisoformat(first.at).tzinfo is not None
    if first.location == str(bad) and damage.__name__ not in WITHOUT_BYTES:
        assert first.sha256 == hashlib.sha256(bad.read_bytes()).hexdigest()
        assert first.data == (bad.read_bytes() if bad.stat().st_size < Config().limits.article_bytes else None)
    assert isinstance(second, Received)
    assert second.article.text == REPORT


def test_hostile_zip_members_are_set_aside_one_by_one(tmp_path: Path) -> None:
    archive = tmp_path / "mixed.zip"
    archive.write_bytes(broken.zip_of_hostile_members())
    items = read([archive])
    articles = [item.article.location for item in items if isinstance(item, Received)]
    assert articles == [f"{archive}!/good.txt", f"{archive}!/also-good.txt"]
    reasons = [item.reason.split(",")[0].split(".")[0] for item in items if isinstance(item, Quarantined)]
    assert reasons[:3] == ["its name leads out of the archive"] * 3
    assert reasons[3].startswith("it is a symbolic link")
    assert reasons[4].startswith("archive bomb")
    assert reasons[5] == "it is encrypted"
    assert not (tmp_path.parent / "outside.txt").exists()


def test_one_broken_line_of_a_thousand(tmp_path: Path) -> None:
    table = tmp_path / "table.jsonl"
    lines = broken.jsonl(1000)
    lines[616] = lines[616][:-40] + b"\n"
    table.write_bytes(b"".join(lines))
    items = read([table])
    assert sum(isinstance(item, Received) for item in items) == 999
    (bad,) = (item for item in items if isinstance(item, Quarantined))
    assert bad.location == f"{table}#617"
    assert "not valid JSON" in bad.reason
    assert bad.data == lines[616].rstrip(b"\n")


def test_one_line_of_invalid_utf8(tmp_path: Path) -> None:
    table = tmp_path / "table.jsonl"
    lines = broken.jsonl(5)
    lines[2] = lines[2].replace(b"Tarn", b"T\xe4rn")
    table.write_bytes(b"".join(lines))
    items = read([table])
    assert [type(item) for item in items] == [Received, Received, Quarantined, Received, Received]
    assert isinstance(items[2], Quarantined)
    assert "not valid UTF-8" in items[2].reason


def test_csv_rows_with_too_many_or_too_few_columns(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_bytes(b"title,text\nOne,Shells fell.\nTwo,Shells,fell.\nThree\nFour,Shells fell again.\n")
    items = read([table])
    assert [type(item) for item in items] == [Received, Quarantined, Quarantined, Received]
    assert [item.reason for item in items if isinstance(item, Quarantined)] == [
        "the row has 3 columns, the header 2",
        "the row has 1 columns, the header 2",
    ]
    assert [item.location for item in items if isinstance(item, Quarantined)] == [f"{table}#2", f"{table}#3"]


def test_csv_quotation_mark_that_nothing_closes_costs_one_line(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    rows = [f"Report {number},Shells fell on day {number}." for number in range(1, 501)]
    rows[99] = 'Report 100,"Shells fell.'
    table.write_text("title,text\n" + "\n".join(rows) + "\n")
    items = read([table])
    assert [item.location for item in items if isinstance(item, Quarantined)] == [f"{table}#100"]
    assert sum(isinstance(item, Received) for item in items) == 499


def test_json_list_broken_off_keeps_what_came_before(tmp_path: Path) -> None:
    table = tmp_path / "table.json"
    table.write_text(json.dumps([broken.ROW, broken.ROW, broken.ROW])[:-30])
    items = read([table])
    assert [type(item) for item in items] == [Received, Received, Quarantined]
    assert isinstance(items[2], Quarantined)
    assert items[2].location == f"{table}#3"


def test_gzipped_table_cut_off_keeps_what_came_before(tmp_path: Path) -> None:
    table = tmp_path / "table.jsonl.gz"
    rows = [json.dumps(broken.ROW | {"id": os.urandom(600).hex()}).encode() + b"\n" for _ in range(300)]
    table.write_bytes(gzip.compress(b"".join(rows))[:-5000])
    *before, last = read([table])
    assert len(before) > 200
    assert all(isinstance(item, Received) for item in before)
    assert isinstance(last, Quarantined)
    assert last.location == str(table)
    assert last.sha256 == hashlib.sha256(table.read_bytes()).hexdigest()


def test_folder_links_in_a_circle(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "report.txt").write_text(REPORT)
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    items = read([tmp_path])
    assert [type(item) for item in items] == [Received, Quarantined]
    assert isinstance(items[1], Quarantined)
    assert items[1].location == f"{tmp_path}/a/up"
    assert "symbolic link" in items[1].reason


READ_AS_NOBODY = """
import os, sys
from sayso.config import Config
from sayso.intake import receive
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
for item in receive(sys.argv[1:], Config()):
    print(type(item).__name__, getattr(item, "reason", ""))
"""


def test_file_and_folder_without_read_permission(tmp_path: Path) -> None:
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)
    secret, folder, good = tmp_path / "secret.txt", tmp_path / "folder", tmp_path / "good.txt"
    secret.write_text(REPORT)
    secret.chmod(0)
    folder.mkdir()
    folder.chmod(0)
    good.write_text(REPORT)
    good.chmod(0o644)
    command = [sys.executable, "-c", READ_AS_NOBODY, str(secret), str(folder), str(good)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    kinds = [line.split(" ", 1) for line in done.stdout.splitlines()]
    assert [kind for kind, _ in kinds] == ["Quarantined", "Quarantined", "Received"]
    assert all("permission" in reason for _, reason in kinds[:2])


def test_socket_and_device(tmp_path: Path) -> None:
    (item,) = read([Path("/dev/zero")])
    assert isinstance(item, Quarantined)
    assert item.reason == "it is a device, not a file"
