"""What is read together, and when it is read again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sayso.errors import UsageError
from sayso.scale.shards import PARTS, Shard, shards_of

SIZE = 10_000


def shards(*paths: Path, size: int = SIZE) -> list[Shard]:
    return shards_of([str(path) for path in paths], size, "/nowhere")


def names(found: list[Shard]) -> list[list[str]]:
    return [[Path(source.location).name for source in shard.sources] for shard in found]


def test_small_files_are_read_together_and_large_ones_alone(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("a" * 100)
    (tmp_path / "b.html").write_text("b" * 100)
    (tmp_path / "c.warc").write_text("c" * 3 * SIZE)
    (tmp_path / "d.html").write_text("d" * 100)

    assert names(shards(tmp_path)) == [["a.html", "b.html"], ["c.warc"], ["d.html"]]


def test_a_large_table_is_cut_and_a_huge_one_into_no_more_than_so_many(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text("x" * (3 * SIZE - 1))
    assert [(shard.part, shard.parts) for shard in shards(tmp_path)] == [(0, 3), (1, 3), (2, 3)]

    assert len(shards(tmp_path, size=10)) == PARTS


def test_names_are_the_shards_own_and_depend_on_the_input_alone(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text("x" * 3 * SIZE)
    (tmp_path / "ёж .txt").write_text("x")

    found = [shard.name for shard in shards(tmp_path)]

    assert len(set(found)) == 4
    assert found == [shard.name for shard in shards(tmp_path)]
    assert all("/" not in name and not name.startswith(".") for name in found)


def test_one_more_small_file_changes_its_own_shard_only(tmp_path: Path) -> None:
    for number in range(900):
        (tmp_path / f"{number:03}.txt").write_text("x")
    before = {shard.fingerprint for shard in shards(tmp_path)}
    (tmp_path / "200a.txt").write_text("x")

    after = {shard.fingerprint for shard in shards(tmp_path)}

    assert len(before) > 3
    assert len(after - before) <= 2, "its own, and the one that it has grown into, if any"


def test_a_change_of_a_file_shows(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("x")
    (before,) = shards(path)
    path.write_text("xy")
    (after,) = shards(path)

    assert before.name == after.name
    assert before.fingerprint != after.fingerprint


def test_results_among_the_input_are_no_input(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "out" / "articles").mkdir(parents=True)
    (tmp_path / "out" / "articles" / "b.parquet").write_text("x")

    found = shards_of([str(tmp_path), str(tmp_path / "a.txt")], SIZE, str(tmp_path / "out"))

    assert names(found) == [["a.txt"]], "and what is given twice is read once"


def test_standard_input_is_refused() -> None:
    with pytest.raises(UsageError, match="standard input"):
        shards_of(["-"], SIZE, "/nowhere")


def test_a_manifest_is_json_for_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The ministry said on Tuesday that two shells fell on the market of Orvane.")
    from sayso.config import Config
    from sayso.scale import read_into

    read_into([str(tmp_path / "a.txt")], str(tmp_path / "out"), Config(places=""))

    (manifest,) = (tmp_path / "out" / "shards").iterdir()
    told = json.loads(manifest.read_text())
    assert told["sources"] == [str(tmp_path / "a.txt")]
    assert (told["articles"], told["quarantined"], told["part"], told["parts"]) == (1, 0, 0, 1)
