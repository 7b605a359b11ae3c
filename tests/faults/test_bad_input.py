"""Damaged and hostile input, each by its name: it is set aside with its reason, and the rest is read; exit 1."""

from __future__ import annotations

import ctypes
import gzip
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.ledger import Ledger, claims_of
from sayso.types import QuarantineRow, Reading

TEXT = "The ministry said on Tuesday that {} shells fell on the market of Orvane, and nobody was hurt there."
MB = 1024 * 1024
PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 24, 1, 2  # linux/prctl.h, linux/capability.h
REPORTS = 60  # on a disk that is too small for them


def sayso(*words: str | Path, **more: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "sayso", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, **more)


def zip_of(path: Path, members: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def bomb(path: Path) -> None:
    """300 MB of one letter in 300 kB."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("report.txt", "w") as member:
        for _ in range(300):
            member.write(b"a" * MB)


def one_line(path: Path) -> None:
    with path.open("wb") as file:
        for _ in range(300):
            file.write((TEXT + " ").encode() * (MB // (len(TEXT) + 1)))


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[subprocess.CompletedProcess[str], Path]]:
    """One run over a folder that holds each kind of bad input, with readable reports before, among and after."""
    folder = tmp_path_factory.mktemp("bad")
    reports = folder / "reports"
    reports.mkdir()
    for number, name in enumerate(("00-first", "mm-middle", "zz-last")):
        (reports / f"{name}.txt").write_text(TEXT.format(number + 2))
    (reports / "empty.txt").write_bytes(b"")
    one_line(reports / "one-line-of-300-mb.txt")
    bomb(reports / "bomb.zip")
    zip_of(reports / "upward.zip", {"../../outside.txt": b"pwned", "inside.txt": TEXT.format("eleven").encode()})
    (reports / "invalid-utf-8.txt").write_bytes(
        TEXT.format("caf\xe9 \xff\xfe").encode("latin-1") + b"\xc3\x28 \x81\x8d"
    )
    (reports / "utf-16.txt").write_bytes(TEXT.format("twelve").encode("utf-16"))
    (reports / "pdf.txt").write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n")
    (reports / "truncated.txt.gz").write_bytes(gzip.compress(TEXT.format("thirteen").encode() * 50)[:-20])
    (reports / "nested.html").write_text(f"<html><body>{'<div>' * 100_000}{TEXT.format(14)}{'</div>' * 100_000}")
    rows = [json.dumps({"text": TEXT.format(1000 + number)}) for number in range(20)]
    rows[7] = rows[7][:40]
    (reports / "one-broken-line.jsonl").write_text("\n".join(rows) + "\n")
    os.mkfifo(reports / "fifo.txt")
    yield sayso("read", reports, "--ledger", folder / "sayso.db"), folder
    shutil.rmtree(reports)  # half a gigabyte


def aside(outcome: tuple[subprocess.CompletedProcess[str], Path]) -> dict[str, QuarantineRow]:
    _, folder = outcome
    with Ledger.open(str(folder / "sayso.db"), create=False) as ledger:
        return {row.location.removeprefix(f"{folder}/reports/"): row for row in ledger.quarantined()}


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("empty.txt", "empty"),
        ("one-line-of-300-mb.txt", "limit"),
        ("bomb.zip!/report.txt", "limit"),
        ("upward.zip!/../../outside.txt", "leads out of the archive"),
        ("invalid-utf-8.txt", "encoding"),
        ("pdf.txt", "PDF"),
        ("truncated.txt.gz", "cut off"),
        ("nested.html", "nested"),
        ("one-broken-line.jsonl#8", "JSON"),
        ("fifo.txt", "pipe"),
    ],
)
def test_it_is_set_aside_with_its_reason(
    outcome: tuple[subprocess.CompletedProcess[str], Path], location: str, reason: str
) -> None:
    done, _ = outcome
    row = aside(outcome)[location]

    assert reason in row.reason
    assert f"{location}: {row.reason}" in done.stderr


def test_nothing_else_is_set_aside(outcome: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    assert len(aside(outcome)) == 10


def test_the_rest_is_read(outcome: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    done, folder = outcome
    with Ledger.open(str(folder / "sayso.db"), create=False) as ledger:
        locations = {row.location.removeprefix(f"{folder}/reports/") for row in ledger.articles()}

    rows = {f"one-broken-line.jsonl#{number}" for number in range(1, 21) if number != 8}
    texts = {"00-first.txt", "mm-middle.txt", "zz-last.txt", "utf-16.txt", "upward.zip!/inside.txt"}
    assert locations == rows | texts
    assert "sayso: 24 read; 10 quarantined." in done.stderr


def test_the_exit_code_says_so(outcome: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    done, folder = outcome

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert not (folder.parent / "outside.txt").exists()
    assert not (folder / "outside.txt").exists()


def heed_permissions() -> None:
    """Root may read whatever it likes; the process that is started next may not, even if root starts it."""
    if os.getuid() == 0:
        for capability in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH):
            if ctypes.CDLL(None, use_errno=True).prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) != 0:
                raise OSError(ctypes.get_errno(), "prctl")


def test_no_permission_to_read(tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    for number, name in enumerate(("a", "secret", "z")):
        (reports / f"{name}.txt").write_text(TEXT.format(number + 2))
    (reports / "secret.txt").chmod(0)

    done = sayso("read", reports, "--ledger", tmp_path / "sayso.db", preexec_fn=heed_permissions)

    assert done.returncode == 1
    assert f"quarantined {reports}/secret.txt: " in done.stderr
    assert "ermission" in done.stderr
    assert "sayso: 2 read; 1 quarantined." in done.stderr


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one megabyte."""
    folder = tmp_path / "disk"
    folder.mkdir()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mount(b"tmpfs", bytes(folder), b"tmpfs", 0, b"size=1m") != 0:
        pytest.skip(f"only root may mount a small disk ({os.strerror(ctypes.get_errno())})")
    yield folder
    libc.umount2(bytes(folder), 2)


def many_reports(folder: Path) -> Path:
    """Short reports in rows that hold much else: more than a megabyte in the ledger, which keeps the bytes."""
    path = folder / "reports.jsonl"
    rows = ({"text": TEXT.format(n), "scan": os.urandom(25_000).hex()} for n in range(REPORTS))
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def check_the_end(done: subprocess.CompletedProcess[str], ledger: Path, kept: Path, reports: Path) -> None:
    """A clear message; in ``kept``, which is ``ledger`` or a copy where there is room, whole articles, and the next run
    completes them."""
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert str(ledger) in done.stderr
    assert "What was reported as stored is safe." in done.stderr
    with Ledger.open(str(kept), create=False) as held:
        stored = [row.id for row in held.articles()]
        readings = [Reading.from_json(held.article(id).reading or {}) for id in stored]
        assert sorted(claim.id for claim in held.claims()) == sorted(
            claim.id for reading in readings for claim in claims_of(reading)
        )
    assert 0 < len(stored) < REPORTS

    again = sayso("read", reports, "--ledger", kept)

    assert again.returncode == 0
    assert f"sayso: {REPORTS - len(stored)} read; {len(stored)} known already." in again.stderr


def test_a_full_disk(small_disk: Path, tmp_path: Path) -> None:
    reports = many_reports(tmp_path)
    ledger = small_disk / "sayso.db"

    done = sayso("read", reports, "--ledger", ledger)

    assert "no room left to write" in done.stderr
    for file in small_disk.iterdir():
        shutil.copy(file, tmp_path)
    check_the_end(done, ledger, tmp_path / "sayso.db", reports)


# The language model unpacks itself into a temporary file of some size, so it does before files may not grow.
LIMITED = f"""
import resource
from sayso.cli import main
from sayso.intake.language import language_of
language_of({TEXT!r})
resource.setrlimit(resource.RLIMIT_FSIZE, ({MB}, {MB}))
main()
"""


def test_a_file_that_may_not_grow(tmp_path: Path) -> None:
    reports = many_reports(tmp_path)
    ledger = tmp_path / "sayso.db"

    command = [sys.executable, "-c", LIMITED, "read", str(reports), "--ledger", str(ledger)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)

    check_the_end(done, ledger, ledger, reports)
