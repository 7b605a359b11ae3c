"""``sayso read --reader llm`` as others run it: a process of its own, and a real server on this machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.unit.cli.conftest import Sayso
from tests.unit.read.endpoint import REPORT, Endpoint, says, sends, serving

from sayso.ledger import Ledger

KEY = "sk-not-to-be-shown-4711"
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with serving() as server:
        yield server


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(5):
        (folder / f"{number}.txt").write_text(f"{REPORT}\n\nThis is report {number}.")
    return folder


@pytest.fixture
def run(endpoint: Endpoint, tmp_path: Path) -> Run:
    """Runs ``sayso`` with the endpoint and the key set in the environment."""

    def sayso(*words: object, **environ: str) -> subprocess.CompletedProcess[str]:
        settings = {"SAYSO_LLM_URL": endpoint.url, "SAYSO_LLM_MODEL": "toy", "SAYSO_LLM_KEY": KEY, **environ}
        done = subprocess.run(
            [sys.executable, "-W", "error", "-m", "sayso", *map(str, words)],
            capture_output=True,
            text=True,
            timeout=120,
            cwd=tmp_path,
            env=os.environ | settings,
        )
        assert KEY not in done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done

    return sayso


def stored(path: Path) -> list[str]:
    with Ledger.open(str(path), create=False) as ledger:
        return [Path(row.location).name for row in ledger.articles()]


def test_it_reads_and_stores_and_says_what_was_dropped(run: Run, endpoint: Endpoint, reports: Path) -> None:
    wrong = {"id": 1, "source": "the ministry", "cue": "denied", "content": ["that 13 people had been killed"]}
    endpoint.replies = [says({"attributions": [wrong]})]

    done = run("read", "--reader", "llm", reports, "--jobs", 3)

    assert done.returncode == 0, done.stderr
    first, summary, _linked = done.stderr.splitlines()
    assert first == f"sayso: the text of the articles is sent to {endpoint.url[:-3]}, model toy."
    assert "5 read; 3 pieces of text dropped that the model gave and the articles do not have." in summary
    assert endpoint.headers[0]["authorization"] == f"Bearer {KEY}"
    assert len(endpoint.asked) == 5
    claims = run("claims", "--by", "the ministry", "--format", "jsonl").stdout.splitlines()
    assert len(claims) == 4
    assert json.loads(claims[0])["chain"] == [None, "Major General Ivo Sand", "the ministry"]

    again = run("read", "--reader", "llm", reports)

    assert "0 read; 5 known already" in again.stderr
    assert len(endpoint.asked) == 5


@pytest.mark.parametrize("jobs", [1, 4])
def test_json_comes_in_input_order(run: Run, reports: Path, jobs: int) -> None:
    done = run("read", "--json", "--reader", "llm", "--jobs", jobs, reports)

    readings = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [Path(r["article"]["location"]).name for r in readings] == [f"{n}.txt" for n in range(5)]
    assert {(r["provenance"]["reader"], r["provenance"]["dropped"]) for r in readings} == {("llm", 0)}
    for reading in readings:
        for attribution in reading["attributions"]:
            for span in (attribution["source"], attribution["cue"], *attribution["content"]):
                assert reading["article"]["text"][span["start"] : span["end"]] == span["text"]


def test_a_budget_ends_the_run_and_the_next_goes_on(
    run: Run, endpoint: Endpoint, reports: Path, tmp_path: Path
) -> None:
    done = run("read", "--reader", "llm", reports, "--llm-requests", 2)

    assert done.returncode == 1
    assert "sayso: 2 read; 0 pieces of text dropped" in done.stderr
    assert done.stderr.splitlines()[-1] == (
        "sayso: stopped: the budget of 2 requests is used up (2 requests, 200 tokens). "
        "What was read before is stored; to go on, run the same again, and what is stored is not asked about."
    )
    assert len(stored(tmp_path / "sayso.db")) == 2

    on = run("read", "--reader", "llm", reports, "--llm-requests", 3)

    assert on.returncode == 0
    assert "3 read; 2 known already" in on.stderr
    assert len(stored(tmp_path / "sayso.db")) == len(endpoint.asked) == 5


def test_an_article_without_a_usable_answer_is_set_aside_and_the_rest_is_read(
    run: Run, endpoint: Endpoint, reports: Path, tmp_path: Path
) -> None:
    endpoint.replies = [says("\x1b[31mno JSON")] * 3

    done = run("read", "--reader", "llm", reports)

    assert done.returncode == 1
    assert "0.txt: the answers of toy cannot be used: it is no valid JSON" in done.stderr
    assert "\x1b" not in done.stderr
    assert "4 read; 1 quarantined" in done.stderr
    assert len(stored(tmp_path / "sayso.db")) == 4
    assert "no valid JSON" in run("quarantine", "--format", "jsonl").stdout


def test_an_endpoint_that_refuses_ends_the_run(run: Run, endpoint: Endpoint, reports: Path) -> None:
    endpoint.otherwise = sends(401, f'{{"error": {{"message": "invalid key {KEY}"}}}}'.encode())

    done = run("read", "--json", "--reader", "llm", reports)

    assert done.returncode == 1
    assert "0 read" in done.stderr
    assert "refuses (401): invalid key [key]. The key is read from SAYSO_LLM_KEY. What was read" in done.stderr
    assert "nothing is stored" in done.stderr
    assert len(endpoint.asked) == 1


def test_nothing_is_sent_unless_it_is_asked_for(run: Run, endpoint: Endpoint, reports: Path, tmp_path: Path) -> None:
    (tmp_path / "sayso.toml").write_text(f'[llm]\nurl = "{endpoint.url}"\nmodel = "toy"\n')
    assert run("read", reports).returncode == 0

    (tmp_path / "sayso.toml").write_text('reader = "llm"\n')
    refused = run("read", reports)

    assert refused.returncode == 2
    assert "sayso.toml cannot switch on the reader llm" in refused.stderr
    assert endpoint.asked == []
    assert run("read", reports, SAYSO_READER="llm").returncode == 0
    assert len(endpoint.asked) == 5


def test_both_readers_readings_are_kept_and_the_last_is_shown(run: Run, reports: Path) -> None:
    run("read", reports / "0.txt")
    run("read", "--reader", "llm", reports / "0.txt")

    (article,) = run("articles", "--format", "jsonl").stdout.splitlines()
    shown = json.loads(run("article", json.loads(article)["id"], "--format", "json").stdout)
    assert '"reader": "llm"' in json.dumps(shown)


def test_whom_to_ask_has_to_be_said_before_a_ledger_is_made(reports: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "sayso", "read", "--reader", "llm", str(reports)],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=tmp_path,
        env={name: value for name, value in os.environ.items() if not name.startswith("SAYSO_")},
    )

    assert done.returncode == 2
    assert "--llm-url" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["reports"]


def test_a_reading_of_the_local_reader_says_nothing_of_dropping(sayso: Sayso, reports: Path) -> None:
    done = sayso("read", "--json", reports / "0.txt")

    assert list(json.loads(done.stdout)["provenance"]) == ["sayso", "model", "reader"]
