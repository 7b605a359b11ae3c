"""Reading into a folder: what is read again and what is not, and each article once."""

from __future__ import annotations

import json
import pickle
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet

from sayso.config import Config, Limits, Llm
from sayso.errors import UsageError
from sayso.ledger import Ledger
from sayso.scale import load, read_into, reading
from sayso.scale.reading import do_shard

CONFIG = Config(places="", limits=Limits(shard_bytes=600))
TEXT = "The ministry said on Tuesday that {} shells fell on the market of Orvane, and nobody was hurt there."


def rows(path: Path, numbers: range) -> None:
    path.write_text("".join(json.dumps({"text": TEXT.format(n), "outlet": "The Lantern"}) + "\n" for n in numbers))


@pytest.fixture
def given(tmp_path: Path) -> Path:
    folder = tmp_path / "given"
    folder.mkdir()
    rows(folder / "a.jsonl", range(2, 10))
    rows(folder / "b.jsonl", range(8, 12))
    return folder


def texts(out: Path) -> list[str]:
    files = sorted((out / "articles").iterdir())
    return sorted(text for file in files for text in parquet.read_table(file)["text"].to_pylist())


def expected(numbers: range) -> list[str]:
    return sorted(TEXT.format(n) for n in numbers)


def test_each_article_is_there_once_and_the_first_place_counts(given: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"

    told = read_into([str(given)], str(out), CONFIG)

    assert texts(out) == expected(range(2, 12))
    assert (told.articles, told.repeated, told.known) == (12, 2, 0)
    tables = [parquet.read_table(file).to_pylist() for file in (out / "articles").iterdir()]
    where = {row["text"]: row["location"] for table in tables for row in table}
    assert where[TEXT.format(8)] == f"{given}/a.jsonl#7"


def test_what_was_read_is_not_read_again(given: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    first = read_into([str(given)], str(out), CONFIG)

    again = read_into([str(given)], str(out), CONFIG)

    assert (again.known, again.articles, again.repeated) == (first.shards, 0, 0)
    rows(given / "b.jsonl", range(8, 14))  # now a part of it is in other shards
    changed = read_into([str(given)], str(out), CONFIG)
    assert 0 < changed.known < changed.shards
    assert texts(out) == expected(range(2, 14))


def test_what_was_left_to_another_is_read_when_that_one_changes(given: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    read_into([str(given)], str(out), CONFIG)
    rows(given / "a.jsonl", range(2, 7))  # 8 and 9 are only in the other one now

    read_into([str(given)], str(out), CONFIG)

    assert texts(out) == expected(range(2, 7)) + expected(range(8, 12)) or texts(out) == sorted(
        expected(range(2, 7)) + expected(range(8, 12))
    )


def test_another_setting_reads_again(given: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    read_into([str(given)], str(out), CONFIG)

    told = read_into([str(given)], str(out), replace(CONFIG, published="2031-03-04"))

    assert told.known == 0
    published = {
        row for file in (out / "articles").iterdir() for row in parquet.read_table(file)["published"].to_pylist()
    }
    assert published == {"2031-03-04"}


def test_a_run_that_is_cut_off_goes_on(given: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done: list[Any] = []

    def watch(manifest: Any) -> None:
        done.append(manifest)
        if len(done) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_into([str(given)], str(out), CONFIG, watch=watch)
    told = read_into([str(given)], str(out), CONFIG)

    assert told.known == 2
    assert texts(out) == expected(range(2, 12))


def test_a_shard_that_fails_midway_leaves_nothing(given: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> Iterator[Any]:
        raise OSError("the disk failed")
        yield

    out = tmp_path / "out"
    monkeypatch.setattr(reading, "read_shard", broken)
    with pytest.raises(OSError, match="the disk failed"):
        read_into([str(given)], str(out), CONFIG)
    assert [path.name for path in out.rglob("*") if path.is_file()] == ["run.json"]


def test_other_reports_are_added_to_a_folder(given: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    read_into([str(given / "a.jsonl")], str(out), CONFIG)

    told = read_into([str(given / "b.jsonl")], str(out), CONFIG)

    assert told.repeated == 2
    assert texts(out) == expected(range(2, 12))


def test_a_folder_in_memory_is_as_good(given: Path, tmp_path: Path) -> None:
    """Another file system than the disk: what fsspec reaches by URL."""
    fsspec = pytest.importorskip("fsspec", reason="fsspec is not installed; pip install 'sayso[scale]'")
    memory = fsspec.filesystem("memory")
    memory.put(str(given), "/given", recursive=True)

    read_into(["memory://given"], "memory://out", CONFIG)
    again = read_into(["memory://given"], "memory://out", CONFIG)

    assert again.known == again.shards
    with Ledger.open(str(tmp_path / "a.db")) as ledger:
        done = load("memory://out", ledger)
        assert (done.stored, done.missing) == (10, 0)
        found = list(ledger.articles())
    assert sorted(row.location for row in found)[0] == "memory://given/a.jsonl#1"
    memory.rm("/given", recursive=True)
    memory.rm("/out", recursive=True)


def test_what_is_not_read_yet_is_told_when_it_is_loaded(given: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    told = read_into([str(given)], str(out), CONFIG)
    next((out / "shards").iterdir()).unlink()

    with Ledger.open(str(tmp_path / "a.db")) as ledger:
        done = load(str(out), ledger)
        assert done.missing == 1
        assert 0 < done.stored < 10
        read_into([str(given)], str(out), CONFIG)
        assert load(str(out), ledger).missing == 0
        assert len(list(ledger.articles())) == 10
    assert told.shards > 1


def test_a_worker_with_another_model_is_refused(given: Path, tmp_path: Path) -> None:
    from sayso.errors import SaysoError
    from sayso.scale.into import job_of
    from sayso.scale.shards import shards_of

    job = job_of(str(tmp_path / "out"), CONFIG)
    other = replace(job, provenance=replace(job.provenance, model="sayso-reader-0123456789ab"))

    with pytest.raises(SaysoError, match="Install the same sayso"):
        do_shard(shards_of([str(given)], 600, str(tmp_path / "out"))[0], other)


def test_nothing_secret_is_handed_to_a_worker(tmp_path: Path) -> None:
    from sayso.scale.into import job_of

    llm = Llm(url="http://localhost:1/v1", model="m", key="hush")
    settled = replace(CONFIG, ledger="postgresql://mara:hush@localhost/desk", llm=llm)

    assert b"hush" not in pickle.dumps(job_of(str(tmp_path / "out"), settled))


@pytest.mark.parametrize(
    ("config", "paths", "said"),
    [
        (
            replace(CONFIG, reader="llm", llm=Llm(url="http://localhost:1/v1", model="m")),
            ["."],
            "takes the local reader",
        ),
        (CONFIG, ["-"], "standard input"),
        (CONFIG, ["s4://nowhere/reports"], "cannot be reached"),
    ],
)
def test_what_cannot_be_done_is_told(tmp_path: Path, config: Config, paths: list[str], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        read_into(paths, str(tmp_path / "out"), config)


def test_a_missing_extra_names_the_command(given: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    monkeypatch.setitem(sys.modules, "fsspec", None)

    with pytest.raises(UsageError, match=r"pip install 'sayso\[scale\]'"):
        read_into([str(given)], str(tmp_path / "out"), CONFIG, "ray")
    with pytest.raises(UsageError, match=r"pip install 'sayso\[scale\]'"):
        read_into([str(given)], "s3://bucket/out", CONFIG)
