"""What holds for every command: exit codes, errors without tracebacks, pipes, a quick start."""

from __future__ import annotations

import os
import pty
import resource
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sayso import __version__

SAYSO = [sys.executable, "-m", "sayso"]


def run(*words: str | Path, **more: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*SAYSO, *words], capture_output=True, text=True, timeout=120, **more)


def test_help_is_quick() -> None:
    """In seconds of the processor, so that whatever else the machine does is not counted."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert "Commands:" in run("--help").stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)

    assert after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime < 0.4


def test_version() -> None:
    assert run("--version").stdout == f"sayso {__version__}\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["nosuch"], "No such command 'nosuch'"),
        (["claims", "--nosuch"], "No such option"),
        (["claims", "--ledger", "missing.db"], "sayso: no ledger at missing.db"),
        (["claims", "--ledger", "mysql://desk/ledger"], "sayso: cannot keep a ledger in mysql"),
        (["read"], "Missing argument"),
        (["score", "."], "sayso: . holds no annotated articles"),
    ],
)
def test_wrong_usage_is_2_and_says_why(words: list[str], message: str, tmp_path: Path) -> None:
    done = run(*words, cwd=tmp_path)

    assert done.returncode == 2
    assert done.stdout == ""
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_no_ledger_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("my notes " * 1000)

    done = run("claims", "--ledger", "notes.txt", cwd=tmp_path)

    assert done.returncode == 2
    assert "is not a ledger" in done.stderr
    assert (tmp_path / "notes.txt").read_text() == "my notes " * 1000


def test_a_damaged_ledger_is_no_wrong_usage(ledger: Path) -> None:
    size = ledger.stat().st_size
    with ledger.open("r+b") as file:
        file.seek(size // 10)
        file.write(b"\xa5" * (size - size // 10))

    done = run("claims", "--json")

    assert done.returncode == 1
    assert "is damaged" in done.stderr
    assert "Traceback" not in done.stderr


def test_settings_that_are_not_understood_are_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "sayso.toml").write_text("ledgre = 'a.db'")

    done = run("claims", cwd=tmp_path)

    assert done.returncode == 2
    assert "unknown setting 'ledgre'" in done.stderr


def test_a_reader_that_goes_away_is_no_error(ledger: Path) -> None:
    command = shlex.join([*SAYSO, "claims", "--json"])
    done = subprocess.run(
        ["bash", "-c", f"{command} | true; exit ${{PIPESTATUS[0]}}"], stderr=subprocess.PIPE, timeout=60
    )

    assert done.returncode == 141
    assert done.stderr == b""


def test_output_that_cannot_be_written_is_an_error(ledger: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*SAYSO, "claims", "--json"], stdout=full, stderr=subprocess.PIPE, text=True, timeout=60)

    assert done.returncode == 1
    assert done.stderr == "sayso: No space left on device\n"


def test_ctrl_c_ends_it_with_a_word(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The ministry said on Tuesday that two shells fell on the market of Orvane.")
    waiting = subprocess.Popen(
        [*SAYSO, "read", "--json", "a.txt", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # tests in the background inherit a deaf ear
    )
    assert waiting.stdout is not None
    assert waiting.stdout.readline()  # from then on it waits for its input
    waiting.send_signal(signal.SIGINT)
    _, said = waiting.communicate(timeout=60)

    assert waiting.returncode == 130
    assert (
        said.decode().strip() == "sayso: interrupted. What was reported as stored is safe; run the same again to go on."
    )


@pytest.mark.parametrize("words", [["quarantine"], ["quarantine", "--json"], ["quarantine", "--format", "csv"]])
def test_a_terminal_is_not_told_what_to_do(ledger: Path, words: list[str]) -> None:
    """The location of what was set aside holds an escape sequence that would turn the text red."""
    leader, follower = pty.openpty()
    subprocess.run([*SAYSO, *words], stdout=follower, stderr=subprocess.PIPE, check=True, timeout=60)
    os.close(follower)
    shown = os.read(leader, 100_000).decode()
    os.close(leader)

    assert "bad.txt" in shown.replace("\r\n", "")
    assert "\x1b[31m" not in shown


def test_a_terminal_is_shown_no_parquet(ledger: Path) -> None:
    leader, follower = pty.openpty()
    done = subprocess.run(
        [*SAYSO, "claims", "--format", "parquet"], stdout=follower, stderr=subprocess.PIPE, timeout=60
    )
    os.close(follower)
    os.close(leader)

    assert done.returncode == 2
    assert b"a terminal cannot show parquet" in done.stderr
