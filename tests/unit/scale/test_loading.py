"""Loading what was damaged meanwhile, or lies where nothing can be reached: what is said helps."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from pyarrow import parquet

from sayso.config import Config, Limits
from sayso.errors import LedgerError
from sayso.ledger import Ledger
from sayso.scale import load, read_into
from sayso.scale.reading import Manifest
from sayso.scale.storage import folder_at

CONFIG = Config(places="", limits=Limits(shard_bytes=600))
TEXT = "The ministry said on Tuesday that {} shells fell on the market of Orvane, and nobody was hurt there."
ARTICLES = 10


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("given") / "a.jsonl"
    rows = [json.dumps({"text": TEXT.format(n), "outlet": "The Lantern"}) for n in range(2, 2 + ARTICLES)]
    path.write_text("\n".join([*rows, "{"]))
    return path


@pytest.fixture(scope="module")
def whole(given: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("whole") / "out"
    assert read_into([str(given)], str(out), CONFIG).shards > 2
    return out


@pytest.fixture
def out(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "out"))


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-9])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def overwrite(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[:20] + b"\xa5" * (len(data) // 3) + data[20 + len(data) // 3 :])


def rename_column(path: Path) -> None:
    table = parquet.read_table(path)
    parquet.write_table(table.rename_columns(["place", *table.column_names[1:]]), path)


def change(path: Path, **to: Any) -> None:
    table = parquet.read_table(path)
    rows = [row | to for row in table.to_pylist()]
    parquet.write_table(pyarrow.Table.from_pylist(rows, table.schema), path)


def other_bytes(path: Path) -> None:
    change(path, data=b"other")


def other_id(path: Path) -> None:
    change(path, id="0123456789abcdef")


def no_json(path: Path) -> None:
    change(path, reading="{")


def half_a_reading(path: Path) -> None:
    change(path, reading="{}")


Damage = Callable[[Path], None]
OF_ARTICLES = [cut, empty, overwrite, rename_column, other_bytes, other_id, no_json, half_a_reading, Path.unlink]


@pytest.mark.parametrize(
    ("under", "damage"),
    [*(("articles", one) for one in OF_ARTICLES), *(("quarantine", one) for one in (cut, empty, Path.unlink))],
)
def test_a_damaged_shard_is_named_and_what_is_said_helps(
    given: Path, out: Path, tmp_path: Path, under: str, damage: Damage
) -> None:
    shard = sorted((out / under).iterdir())[-1]
    damage(shard)
    with Ledger.open(str(tmp_path / "a.db")) as ledger:
        with pytest.raises(LedgerError) as told:
            load(str(out), ledger)
        assert f"{under}/{shard.name}" in str(told.value)
        assert f"delete shards/{shard.stem}.json" in str(told.value)
        assert "sayso read --out again" in str(told.value)

        (out / "shards" / f"{shard.stem}.json").unlink()
        assert read_into([str(given)], str(out), CONFIG).known > 0
        load(str(out), ledger)
        assert len(list(ledger.articles())) == ARTICLES
        assert len(list(ledger.quarantined())) == 1


@pytest.mark.parametrize("damage", [cut, empty])
def test_reading_on_beside_a_damaged_shard_names_it_too(given: Path, out: Path, damage: Damage) -> None:
    shard = min((out / "articles").iterdir())
    damage(shard)
    with pytest.raises(LedgerError, match=f"articles/{shard.name} .*delete shards/{shard.stem}.json"):
        read_into([str(given)], str(out), CONFIG)


@pytest.mark.parametrize(
    "damaged", [b"", b"{", b"\xff", b"[]", b"{}", b'{"shards": 3}', b'{"shards": [3]}', b"[" * 99_999]
)
def test_a_damaged_list_of_shards_is_made_anew(given: Path, out: Path, tmp_path: Path, damaged: bytes) -> None:
    (out / "run.json").write_bytes(damaged)
    with Ledger.open(str(tmp_path / "a.db")) as ledger:
        with pytest.raises(LedgerError, match=r"run\.json in .* is damaged\. Run the same sayso read --out again"):
            load(str(out), ledger)

        again = read_into([str(given)], str(out), CONFIG)
        assert again.known == again.shards
        assert load(str(out), ledger).stored == ARTICLES


class EndpointConnectionError(Exception):
    """As S3's client has it: no OSError."""


@pytest.fixture
def memory(whole: Path) -> Iterator[Any]:
    fsspec = pytest.importorskip("fsspec", reason="fsspec is not installed; pip install 'sayso[scale]'")
    system = fsspec.filesystem("memory")
    system.put(str(whole), "/damaged", recursive=True)
    yield system
    system.rm("/damaged", recursive=True)


def fail(*_: object, **__: object) -> None:
    raise EndpointConnectionError("Could not connect to the endpoint")


@pytest.mark.parametrize("method", ["cat_file", "exists", "find", "open"])
def test_a_store_that_cannot_be_reached_is_told(
    memory: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    monkeypatch.setattr(type(memory), method, fail)
    with Ledger.open(str(tmp_path / "a.db")) as ledger, pytest.raises(OSError, match=r"^memory://damaged: Endpoint"):
        load("memory://damaged", ledger)


def test_one_that_is_lost_while_a_shard_is_read_is_no_damage(
    memory: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fsspec.implementations.memory import MemoryFile

    monkeypatch.setattr(MemoryFile, "read", fail)
    with Ledger.open(str(tmp_path / "a.db")) as ledger, pytest.raises(OSError, match=r"^memory://damaged: Endpoint"):
        load("memory://damaged", ledger)


def test_what_is_missing_there_is_missing(memory: Any) -> None:
    folder = folder_at("memory://damaged")

    assert Manifest.load(folder, "nothing") is None
    with pytest.raises(FileNotFoundError):
        folder.read("nothing")


@pytest.mark.parametrize("method", ["put_file", "makedirs"])
def test_what_cannot_be_written_there_is_told(
    memory: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    (tmp_path / "made").touch()
    monkeypatch.setattr(type(memory), method, fail)
    with pytest.raises(OSError, match=r"^memory://damaged: Endpoint"):
        folder_at("memory://damaged/").put("shards/a.json", tmp_path / "made")
