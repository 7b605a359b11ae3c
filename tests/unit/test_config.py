"""Settings: which wins, and what is not understood."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.config import Config, Limits, Llm, load
from sayso.errors import UsageError


def loaded(folder: Path, toml: str = "", flags: dict[str, object] | None = None, **environ: str) -> Config:
    (folder / "sayso.toml").write_text(toml, "utf-8")
    return load(flags or {}, environ, folder)


def test_nothing_said(tmp_path: Path) -> None:
    assert load({}, {}, tmp_path) == Config() == loaded(tmp_path)


def test_options_win_over_the_environment_and_that_over_the_file(tmp_path: Path) -> None:
    toml = 'ledger = "file.db"\noutlet = "File"\njobs = 2\n[limits]\ndepth = 4\nseconds = 5'
    flags = {"ledger": "flag.db", "outlet": None}

    found = loaded(tmp_path, toml, flags, SAYSO_LEDGER="env.db", SAYSO_OUTLET="Env", SAYSO_LIMIT_DEPTH="5")

    assert found == Config(ledger="flag.db", outlet="Env", jobs=2, limits=Limits(depth=5, seconds=5.0))


def test_the_weights_are_set_in_the_same_way(tmp_path: Path) -> None:
    toml = 'weights = "file"'

    assert loaded(tmp_path, toml).weights == "file"
    assert loaded(tmp_path, toml, SAYSO_WEIGHTS="env").weights == "env"
    assert loaded(tmp_path, toml, {"weights": "flag"}, SAYSO_WEIGHTS="env").weights == "flag"


def test_numbers_in_the_environment(tmp_path: Path) -> None:
    found = loaded(tmp_path, SAYSO_JOBS="3", SAYSO_LIMIT_SECONDS="0.5", SAYSO_LIMIT_RATIO="100")

    assert found == Config(jobs=3, limits=Limits(seconds=0.5, ratio=100))


@pytest.mark.parametrize("written", ["2018-04-13", '"2018-04-13"'])
def test_a_date_of_toml_is_one(tmp_path: Path, written: str) -> None:
    assert loaded(tmp_path, f"published = {written}").published == "2018-04-13"


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ('jobs = "two"', "sayso.toml: jobs: expected a whole number, 1 or more, got 'two'"),
        ("jobs = 0", "jobs: expected a whole number, 1 or more, got 0"),
        ("jobs = 1.5", "got 1.5"),
        ("jobs = true", "got True"),
        ("ledger = 5", "sayso.toml: ledger: expected a text, got 5"),
        ("outlet = ['a']", "expected a text"),
        ("limits = 5", "limits: expected a table, .* got 5"),
        ("[limits]\ndepth = 0", "limit depth: expected a whole number"),
        ("[limits]\nseconds = nan", "limit seconds: expected a number above 0, got nan"),
        ("[limits]\nseconds = []", "limit seconds: expected a number above 0"),
        (f"[limits]\nseconds = 1{'0' * 400}", "limit seconds: expected a number above 0"),
        ("[limits]\ndeep = 1", "unknown limit 'deep'"),
        ("ledgre = 1", "unknown setting 'ledgre'"),
        ("llm = 5", "llm: expected a table, .* got 5"),
        ("[llm]\ntries = 0", "sayso.toml: llm tries: expected a whole number, 1 or more, got 0"),
        ("[llm]\nseconds = -1", "llm seconds: expected a number above 0"),
        ("[llm]\nurl = 5", "llm url: expected a text"),
        ("[llm]\nmodle = 5", "unknown setting 'modle' of llm"),
        ("[llm]\nform = 'xml'", "no form 'xml' of asking the model; there is: schema, json, text"),
        ("[llm]\nkey = 'k'", "not kept in a file; set the environment's SAYSO_LLM_KEY"),
        ('reader = "llm"', "sayso.toml cannot switch on the reader llm"),
        ('reader = "oracle"', "no reader 'oracle'; there is: local, llm"),
        ("jobs", "not valid TOML"),
    ],
)
def test_a_file_that_is_not_understood(tmp_path: Path, toml: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        loaded(tmp_path, toml)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SAYSO_JOBS", "nan"),
        ("SAYSO_JOBS", "0.5"),
        ("SAYSO_JOBS", "-1"),
        ("SAYSO_JOBS", ""),
        ("SAYSO_LIMIT_DEPTH", "inf"),
        ("SAYSO_LIMIT_SECONDS", "inf"),
        ("SAYSO_LIMIT_SECONDS", "soon"),
    ],
)
def test_a_variable_that_is_not_understood(tmp_path: Path, variable: str, value: str) -> None:
    with pytest.raises(UsageError, match=f"{variable}: expected a .*number.*, got '{value}'"):
        loaded(tmp_path, **{variable: value})


@pytest.mark.parametrize("flags", [{"reader": "oracle"}, {"jobs": 0}])
def test_options_that_are_not_understood(tmp_path: Path, flags: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        loaded(tmp_path, flags=flags)


def test_the_model_is_set_in_the_same_way(tmp_path: Path) -> None:
    toml = "[llm]\nurl = 'http://file.example/v1'\nmodel = 'file'\ntries = 2\nseconds = 5"
    flags = {"reader": "llm", "llm_url": "http://flag.example/v1", "llm_requests": 7, "llm_seconds": None}

    found = loaded(
        tmp_path, toml, flags, SAYSO_LLM_URL="http://env.example/v1", SAYSO_LLM_MODEL="env", SAYSO_LLM_KEY="k"
    )

    llm = Llm("http://flag.example/v1", "env", "k", seconds=5.0, tries=2, requests=7)
    assert found == Config(reader="llm", llm=llm)


@pytest.mark.parametrize("key", ["two words", "line\n", "schlüssel"])
def test_a_key_that_cannot_be_sent_is_not_repeated(tmp_path: Path, key: str) -> None:
    with pytest.raises(UsageError, match="SAYSO_LLM_KEY") as error:
        loaded(tmp_path, SAYSO_LLM_KEY=key)
    assert key not in str(error.value)


def test_an_empty_key_is_none(tmp_path: Path) -> None:
    assert loaded(tmp_path, SAYSO_LLM_KEY="").llm.key is None


def test_a_file_that_came_with_reports_sends_them_nowhere(tmp_path: Path) -> None:
    toml = 'ledger = "postgresql://db.example/sayso"'

    with pytest.raises(UsageError, match=r"sayso\.toml cannot name a ledger on a server"):
        loaded(tmp_path, toml)
    assert loaded(tmp_path, toml, {"ledger": "own.db"}).ledger == "own.db"
    assert loaded(tmp_path, toml, SAYSO_LEDGER="postgresql://other/x").ledger == "postgresql://other/x"
    assert loaded(tmp_path, 'ledger = "sqlite:///own.db"').ledger == "sqlite:///own.db"
