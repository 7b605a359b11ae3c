"""``python -m bench``."""

import subprocess
import sys
from pathlib import Path


def test_the_command_measures_nothing_where_there_are_no_corpora(tmp_path, monkeypatch):
    monkeypatch.setenv("SAYSO_DATA", str(tmp_path))
    done = subprocess.run(
        [sys.executable, "-m", "bench", "--check"],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.count("is not there") == 11
