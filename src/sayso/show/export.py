"""Listings as files that other programs read: CSV, JSON Lines and Parquet.

The columns are the keys of the rows, in their order. What is nested (chain, spans, figures …) is nested in JSON Lines
and Parquet, and a JSON string in CSV.

A spreadsheet runs a CSV cell that starts with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return as a formula, and
what reports say is not ours to trust. Such a text gets an apostrophe in front; JSON Lines and Parquet have it as it is.
"""

from __future__ import annotations

import csv
import json
import types
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, Union, get_args, get_origin, get_type_hints

from sayso.errors import UsageError
from sayso.media_types import Look
from sayso.show.files import as_text, defused, encodable, written
from sayso.types import ClaimRow, StoryFigure

if TYPE_CHECKING:
    import pyarrow as pa

KINDS = ("csv", "jsonl", "parquet")

_LEFT_OUT = {(StoryFigure, "values"), (Look, "thumbnail")}
_ROWS_AT_ONCE = 10_000  # a Parquet row group; the rest of a listing stays where it comes from


def as_json(row: Any) -> dict[str, Any]:
    """``row`` as a JSON object: its keys in their order, nested records as objects, tuples as lists."""
    return {key: _plain(getattr(row, name)) for key, name in keys(type(row)).items()}


def keys(record: type[Any]) -> dict[str, str]:
    """The keys of a record's rows, with the fields that they stand for: "from" cannot be the name of a field, and the
    course of a figure is in the claims that give it."""
    return {field.name.rstrip("_"): field.name for field in fields(record) if (record, field.name) not in _LEFT_OUT}


def write(rows: Iterable[Any], kind: str, out: BinaryIO | Path | str, of: type[Any] = ClaimRow) -> None:
    """Write ``rows``, records of one type, as ``kind``: "csv", "jsonl" or "parquet".

    ``of`` is the type of the rows where there are none: a header and a schema are written even then. A file comes into
    its place when it is complete; a stream is left open. Raises UsageError for another kind and a place where no file
    can be, SaysoError where writing fails.
    """
    if kind not in KINDS:
        raise UsageError(f"cannot export as {kind!r}; give one of: {', '.join(KINDS)}")
    rows = iter(rows)
    first = list(islice(rows, 1))
    record, rows = type(first[0]) if first else of, chain(first, rows)
    with written(out) as file:
        _WRITERS[kind](rows, record, file)


def _write_csv(rows: Iterable[Any], record: type[Any], out: BinaryIO) -> None:
    with as_text(out) as file:
        table = csv.writer(file)  # its line ends, \r\n, make it quote a lone \r too
        table.writerow(keys(record))
        for row in rows:
            table.writerow([_cell(value) for value in as_json(row).values()])


def _write_jsonl(rows: Iterable[Any], _record: type[Any], out: BinaryIO) -> None:
    with as_text(out) as file:
        for row in rows:
            file.write(json.dumps(as_json(row), ensure_ascii=False) + "\n")


def _write_parquet(rows: Iterable[Any], record: type[Any], out: BinaryIO) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    schema = parquet_schema(record)
    rows = iter(rows)
    with parquet.ParquetWriter(out, schema) as writer:
        while batch := list(islice(rows, _ROWS_AT_ONCE)):
            table = pa.Table.from_pylist([_encodable(as_json(row)) for row in batch], schema)
            writer.write_table(table)


_WRITERS = {"csv": _write_csv, "jsonl": _write_jsonl, "parquet": _write_parquet}


def parquet_schema(record: type[Any]) -> pa.Schema:
    """The columns of ``record``, as its fields declare them; the same whatever rows there are."""
    import pyarrow as pa

    return pa.schema(_columns(record))


def _columns(record: type[Any]) -> list[pa.Field]:
    import pyarrow as pa

    hints = get_type_hints(record)
    return [pa.field(key, *_arrow_type(hints[name])) for key, name in keys(record).items()]


def _arrow_type(hint: Any) -> tuple[pa.DataType, bool]:
    """The Arrow type that holds values of ``hint``, and whether they may be missing."""
    import pyarrow as pa

    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (types.UnionType, Union):  # X | None is the only kind there is
        (present,) = (argument for argument in arguments if argument is not type(None))
        return _arrow_type(present)[0], True
    if origin is tuple:
        item, missing = _arrow_type(arguments[0])
        return pa.list_(pa.field("item", item, missing)), False
    if origin is Mapping:  # a claim's evidence is the only one
        return pa.struct([pa.field(name, pa.string(), nullable=False) for name in ("kind", "text")]), False
    if is_dataclass(hint):
        return pa.struct(_columns(hint)), False  # type: ignore[arg-type]  # a type, not a record
    plain = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
    return plain[str if origin is Literal else hint], False


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return as_json(value)
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value


def _cell(value: Any) -> Any:
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return defused(value) if isinstance(value, str) else value


def _encodable(value: Any) -> Any:
    """``value`` without halves of surrogate pairs, which Parquet cannot hold."""
    if isinstance(value, dict):
        return {key: _encodable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_encodable(item) for item in value]
    return encodable(value) if isinstance(value, str) else value
