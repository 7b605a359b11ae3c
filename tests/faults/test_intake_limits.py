"""Hostile sizes are met with bounded memory and time."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.intake import broken
from tests.unit.intake.broken import REPORT

from sayso.config import MB, Config, Limits
from sayso.intake import receive
from sayso.types import Quarantined, Received

PEAK = """
import sys
from pathlib import Path
from sayso.config import Config
from sayso.intake import receive
for item in receive(sys.argv[1:], Config()):
    print(type(item).__name__, item.sha256 if hasattr(item, "sha256") else "")
# Not getrusage, whose peak is that of the process which started this one, if that is higher.
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(int(peak.split()[1]) // 1024)
"""


def test_300_mb_of_one_line_is_hashed_but_never_held(tmp_path: Path) -> None:
    path = tmp_path / "one-line.txt"
    broken.one_line(path, 300)
    done = subprocess.run([sys.executable, "-c", PEAK, str(path)], capture_output=True, text=True, check=True)
    item, peak = done.stdout.splitlines()
    kind, digest = item.split()
    assert kind == "Quarantined"
    assert len(digest) == 64
    assert int(peak) < 200  # megabytes


@pytest.mark.parametrize("rows", [20_000])
def test_tables_are_read_a_row_at_a_time(tmp_path: Path, rows: int) -> None:
    path = tmp_path / "table.jsonl"
    with path.open("wb") as file:
        for line in broken.jsonl(rows):
            file.write(line)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    items = receive([path], Config())
    assert isinstance(next(items), Received)
    assert sum(1 for _ in items) == rows - 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 30 * 1024  # kilobytes; the file has 9 MB


def small(**limits: float) -> Config:
    return Config(limits=replace(Limits(), **limits))


def test_each_limit_is_named_and_obeyed(tmp_path: Path) -> None:
    report, table, archive = tmp_path / "report.txt", tmp_path / "table.jsonl", tmp_path / "archive.zip"
    report.write_text(REPORT)
    table.write_bytes(b"".join(broken.jsonl(4)))
    archive.write_bytes(broken.zipped({f"{number}.txt": REPORT.encode() for number in range(4)}))

    def reasons(path: Path, **limits: float) -> list[str]:
        return [item.reason for item in receive([path], small(**limits)) if isinstance(item, Quarantined)]

    assert "limit article_bytes" in reasons(report, article_bytes=100)[0]
    assert "limit text_chars" in reasons(report, text_chars=100)[0]
    assert "limit file_bytes" in reasons(report, file_bytes=100)[0]
    assert len(reasons(table, article_bytes=100)) == 4
    assert "limit members" in reasons(table, members=3)[0]
    assert "limit members" in reasons(archive, members=3)[0]
    assert len(reasons(archive, expanded_bytes=500)) == 2
    assert "expanded_bytes" in reasons(archive, expanded_bytes=500)[0]


def test_a_row_that_is_too_long_costs_that_row(tmp_path: Path) -> None:
    table = tmp_path / "table.jsonl"
    lines = broken.jsonl(3)
    lines[1] = b'{"text": "' + b"Shells fell. " * (2 * MB // 13) + b'"}\n'
    table.write_bytes(b"".join(lines))
    items = list(receive([table], small(article_bytes=MB)))
    assert [type(item) for item in items] == [Received, Quarantined, Received]
    assert isinstance(items[1], Quarantined)
    assert items[1].sha256 is not None
    assert items[1].data is None


def test_a_page_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    slow, good = tmp_path / "slow.html", tmp_path / "good.html"
    slow.write_bytes(b"<html><body>" + b"<p>Shells <b>fell</b> on <a href=x>Tarn</a></p>" * 200_000 + b"</body></html>")
    good.write_bytes(b"<html><body><article>" + b"<p>Shells fell on Tarn, the mayor said.</p>" * 5)
    started = time.monotonic()
    items = list(receive([slow, good], small(seconds=4.0)))
    assert time.monotonic() - started < 60  # four seconds, and starting two processes on a machine that may be busy
    assert [type(item) for item in items] == [Quarantined, Received]
    assert isinstance(items[0], Quarantined)
    assert "limit seconds" in items[0].reason


def test_many_unclosed_quotation_marks_cost_linear_time(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_bytes(b"title,text\n" + b'a,"b""\n' * 40_001)
    started = time.monotonic()
    items = list(receive([table], Config()))
    assert time.monotonic() - started < 60  # a second where nothing else runs; hours if each line were read for each
    assert items
    assert all(isinstance(item, Quarantined) for item in items)
