from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pyarrow
import pytest
from pyarrow import parquet

from sayso.config import Config, Limits
from sayso.intake import receive
from sayso.types import Quarantined, Received

TEXT = "The ministry said on Tuesday that {} shells fell on the market of Orvane, and nobody was hurt there."


@pytest.fixture
def table(tmp_path: Path) -> Path:
    columns = {
        "body": [*(TEXT.format(n) for n in range(2, 200)), None],
        "publisher": ["The Lantern"] * 199,
        "date": [date(2031, 3, 4)] * 199,
        "vector": [b"\xff" * 8] * 199,
    }
    path = tmp_path / "reports.parquet"
    parquet.write_table(pyarrow.table(columns), path)
    return path


def read(path: Path, config: Config = Config()) -> list[Received | Quarantined]:  # noqa: B008 (frozen)
    return list(receive([str(path)], config))


def test_each_row_is_an_article(table: Path) -> None:
    *articles, empty = read(table)

    assert len(articles) == 198
    assert isinstance(articles[0], Received)
    article = articles[0].article
    assert (article.text, article.outlet, article.published) == (TEXT.format(2), "The Lantern", "2031-03-04")
    assert article.location == f"{table}#1"
    assert isinstance(empty, Quarantined)
    assert "is empty" in empty.reason


def test_a_rows_bytes_stand_on_their_own(table: Path, tmp_path: Path) -> None:
    first = read(table)[0]
    assert isinstance(first, Received)
    (tmp_path / "row.json").write_bytes(first.data)

    (again,) = read(tmp_path / "row.json")

    assert isinstance(again, Received)
    assert (again.article.id, again.article.text) == (first.article.id, first.article.text)


def test_a_table_without_texts_says_what_it_has(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    parquet.write_table(pyarrow.table({"number": [1]}), path)

    (aside,) = read(path)

    assert isinstance(aside, Quarantined)
    assert "'number'" in aside.reason


def test_what_is_too_large_is_set_aside(table: Path) -> None:
    small = Config(limits=Limits(article_bytes=100))

    found = read(table, small)

    assert all(isinstance(item, Quarantined) for item in found)
    assert "article_bytes" in found[0].reason  # type: ignore[union-attr]


LONG = "x" * 4_000_000


@pytest.mark.parametrize(
    "columns",
    [
        {"text": [LONG] * 64},
        {"text": ["said"] * 64, "source": [{"name": LONG, "id": LONG}] * 64},
        {"text": ["said"], "source": [[LONG] * 64]},
    ],
    ids=["text", "object", "list"],
)
@pytest.mark.parametrize("how", [{}, {"use_dictionary": False, "column_encoding": "DELTA_BYTE_ARRAY"}])
def test_a_long_text_in_many_rows_is_held_once(tmp_path: Path, columns: dict[str, list[object]], how: object) -> None:
    path = tmp_path / "small.parquet"
    parquet.write_table(pyarrow.table(columns), path, compression="zstd", **how)  # type: ignore[arg-type]
    assert path.stat().st_size < 5_000
    pool, limit = pyarrow.default_memory_pool(), Config(limits=Limits(article_bytes=1_000_000))
    before, most, found = pool.bytes_allocated(), 0, 0

    for item in receive([str(path)], limit):
        most, found = max(most, pool.bytes_allocated() - before), found + 1
        assert isinstance(item, Received) or "article_bytes" in item.reason

    assert found == len(columns["text"])
    assert most < 8 * len(LONG)


def test_of_a_column_with_a_dictionary_a_row_is_as_large_as_its_own_value(tmp_path: Path) -> None:
    texts = pyarrow.array([TEXT.format(n) * 100 for n in range(99)]).dictionary_encode()
    path = tmp_path / "reports.parquet"
    parquet.write_table(pyarrow.table({"text": texts}), path)

    found = read(path, Config(limits=Limits(article_bytes=20_000)))

    assert len(found) == 99
    assert all(isinstance(item, Received) for item in found)


@pytest.mark.parametrize("seed", range(40))
def test_damage_is_told_and_ends_nothing(table: Path, tmp_path: Path, seed: int) -> None:
    data, moment = bytearray(table.read_bytes()), random.Random(seed)
    for _ in range(20):
        data[moment.randrange(4, len(data))] = moment.randrange(256)
    path = tmp_path / "damaged.parquet"
    path.write_bytes(bytes(data[: moment.choice((len(data), len(data) // 2))]))
    good = tmp_path / "good.txt"
    good.write_text(TEXT)

    *_, last = receive([str(path), str(good)], Config())

    assert isinstance(last, Received)
