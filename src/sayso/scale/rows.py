"""The rows that shards are written as: an article with its reading, or what was set aside."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, BinaryIO, Self

from sayso.errors import LedgerError
from sayso.scale.storage import NotReachedError
from sayso.types import Article, Extraction, Quarantined, Reading, Received

if TYPE_CHECKING:
    import pyarrow

    from sayso.pipeline import Outcome

_ROWS_AT_ONCE = 256  # a Parquet row group
_REASON = 300  # characters of what Parquet says is wrong
_BYTES_AT_ONCE = 32 * 1024 * 1024  # or fewer, where articles are large
_OF_ARTICLE = tuple(field.name for field in fields(Article))

Row = tuple[int, Received, Reading | None]
"""Where an article stands in its source (from 0), the article with its bytes, and its reading; None: not read."""


def _schemas() -> tuple[pyarrow.Schema, pyarrow.Schema]:
    import pyarrow

    text, number, data = pyarrow.string(), pyarrow.int64(), pyarrow.binary()
    articles = {
        "position": number,
        **dict.fromkeys(_OF_ARTICLE, text),
        "words": number,
        "extraction": text,  # as JSON: what made the text from the bytes
        "reading": text,  # as ``sayso read --json`` prints it, without its article; null: in a language not read
        "embeddings": data,  # of its attributions, 384 float16 each
        "data": data,  # the bytes that it was read from
    }
    quarantine = {"position": number, "location": text, "sha256": text, "reason": text, "at": text, "data": data}
    return pyarrow.schema(articles), pyarrow.schema(quarantine)


class ShardFiles:
    """A context in which the two files of a shard are written, whatever their size in little memory."""

    def __init__(self, articles: Path, quarantine: Path) -> None:
        of_articles, of_quarantine = _schemas()
        self._articles = _Table(articles, of_articles)
        self._quarantine = _Table(quarantine, of_quarantine)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._articles.close()
        self._quarantine.close()

    def add(self, position: int, outcome: Outcome | Quarantined) -> None:
        """Write what became of one piece of input."""
        if isinstance(outcome, Quarantined):
            about = {name: getattr(outcome, name) for name in ("location", "sha256", "reason", "at", "data")}
            self._quarantine.add({"position": position, **about})
            return
        article, read = outcome.received.article, outcome.reading
        row = {"position": position, **{name: getattr(article, name) for name in _OF_ARTICLE}}
        made = outcome.received.extraction
        row |= {"extraction": None if made is None else json.dumps(asdict(made), sort_keys=True)}
        row |= {"words": len(article.text.split()), "data": outcome.received.data, "reading": None, "embeddings": None}
        if read is not None:
            told = read.to_json()
            del told["article"]
            row |= {"reading": json.dumps(told, ensure_ascii=False), "embeddings": read.embeddings}
        self._articles.add(row)


class _Table:
    def __init__(self, path: Path, schema: pyarrow.Schema) -> None:
        from pyarrow import parquet

        self._schema = schema
        self._writer = parquet.ParquetWriter(path, schema, compression="zstd")
        self._rows: list[dict[str, Any]] = []
        self._bytes = 0

    def add(self, row: dict[str, Any]) -> None:
        self._rows.append(row)
        self._bytes += sum(len(value) for value in row.values() if isinstance(value, str | bytes))
        if len(self._rows) >= _ROWS_AT_ONCE or self._bytes >= _BYTES_AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        import pyarrow

        if self._rows:
            self._writer.write_table(pyarrow.Table.from_pylist(self._rows, self._schema))
        self._rows, self._bytes = [], 0

    def close(self) -> None:
        self._flush()
        self._writer.close()


@contextmanager
def intact(name: str) -> Iterator[None]:
    """LedgerError where the file ``name`` of a shard turns out to be missing or damaged."""
    from pyarrow import ArrowException

    try:
        yield
    except MemoryError:  # one of Arrow's, too
        raise
    except FileNotFoundError as error:
        raise _broken(name, "it is not there") from error
    except (ArrowException, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise _damaged(name, error) from error
    except OSError as error:
        if error.errno is not None or isinstance(error, NotReachedError):  # the disk, or the way there
            raise
        raise _damaged(name, error) from error  # Parquet's own


def _damaged(name: str, error: Exception) -> LedgerError:
    return _broken(name, f"it is damaged ({type(error).__name__}: {' '.join(str(error).split())[:_REASON]})")


def _broken(name: str, why: str) -> LedgerError:
    shard = name.rpartition("/")[2].removesuffix(".parquet")
    return LedgerError(
        f"{name} cannot be used: {why}. To have it read again, delete shards/{shard}.json in the same folder and run "
        "the same sayso read --out again."
    )


def article_rows(file: BinaryIO) -> Iterator[Row]:
    """The articles of a shard's file, in input order. ValueError where one is not the article of its bytes."""
    for row in _rows_of(file):
        article = Article(**{name: row[name] for name in _OF_ARTICLE})
        digest = sha256(row["data"]).hexdigest()
        if (article.sha256, article.id) != (digest, digest[:16]):
            raise ValueError(f"the bytes of {article.location} are not those that its article was read from")
        read = None
        if row["reading"] is not None:
            told = json.loads(row["reading"]) | {"article": {name: row[name] for name in _OF_ARTICLE}}
            read = Reading.from_json(told | {"embeddings": row["embeddings"] or b""})
        made = Extraction(**json.loads(row["extraction"])) if row["extraction"] else None
        yield row["position"], Received(article, row["data"], made), read


def quarantine_rows(file: BinaryIO) -> Iterator[tuple[int, Quarantined]]:
    """What a shard set aside, in input order."""
    for row in _rows_of(file):
        yield row.pop("position"), Quarantined(**row)


def ids_in(file: BinaryIO) -> list[tuple[str, int]]:
    """The ids of the articles of a shard's file and where each stands in its source."""
    from pyarrow import parquet

    table = parquet.read_table(file, columns=["id", "position"])
    return list(zip(table["id"].to_pylist(), table["position"].to_pylist(), strict=True))


def without(file: BinaryIO, ids: Iterable[str], made: Path) -> None:
    """Write a shard's file anew, at ``made``, without the articles that have these ids."""
    import pyarrow
    from pyarrow import compute, parquet

    gone = pyarrow.array(sorted(ids), pyarrow.string())
    source = parquet.ParquetFile(file)
    with parquet.ParquetWriter(made, source.schema_arrow, compression="zstd") as writer:
        for number in range(source.num_row_groups):
            group = source.read_row_group(number)
            writer.write_table(group.filter(compute.invert(compute.is_in(group["id"], gone))))


def _rows_of(file: BinaryIO) -> Iterator[dict[str, Any]]:
    from pyarrow import parquet

    source = parquet.ParquetFile(file)
    for number in range(source.num_row_groups):
        yield from source.read_row_group(number).to_pylist()
