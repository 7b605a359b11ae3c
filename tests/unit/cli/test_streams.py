"""What comes out where: other programs get UTF-8, and an empty folder is told."""

import os
import subprocess
import sys
from pathlib import Path


def sayso(*words: str, **environ: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "sayso", *words]
    return subprocess.run(command, env={**os.environ, **environ}, capture_output=True, check=False)


def test_a_locale_without_letters_does_not_stop_the_output(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The mayor of Škofja said on Friday that “nobody” was hurt.", "utf-8")
    done = sayso("read", "--json", str(tmp_path / "a.txt"), LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0
    assert "Škofja" in done.stdout.decode("utf-8") or "\\u0160kofja" in done.stdout.decode("ascii")
    assert b"Traceback" not in done.stderr


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    done = sayso("read", str(tmp_path), "--ledger", str(tmp_path.parent / "empty.db"))
    assert done.returncode == 0
    assert b"nothing to read there" in done.stderr
