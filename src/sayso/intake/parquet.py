"""Rows of Parquet files, one at a time.

A row's bytes are JSON of its columns that are usual in tables of articles, keys sorted: read again as a file, they give
the same article. What else a file has, as embeddings, is not looked at, nor are lists.

A file is small that says a long text once and has it in many rows, or many times in a list. So rows are expanded one
by one, and none that is over the limit becomes JSON.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from sayso.errors import IntakeError
from sayso.intake.archives import seekable
from sayso.intake.article import replace_surrogates
from sayso.intake.columns import COLUMNS, check_columns, column_key, found_in
from sayso.intake.stream import Stream, read_failure
from sayso.intake.tables import BadRow, Row, Rows

_ARTICLES = 64  # times the size of an article that a group of rows may have
_DAMAGED = "damaged or cut off: no Parquet file that can be read ({}). Get the file again"


def parquet_rows(stream: Stream, limit: int) -> Rows:
    """The rows of a Parquet file, numbered from 1. IntakeError where it is damaged, has no column of texts, or says
    that a group of rows takes as much as ``_ARTICLES`` articles of ``limit`` bytes."""
    from pyarrow import ArrowException, parquet

    with seekable(stream) as file:
        try:
            source = parquet.ParquetFile(file)
            usual = [column.name for column in source.schema_arrow if _is_usual(column)]
            check_columns(usual or source.schema_arrow.names)
            _check_sizes(source.metadata, limit)
            for number, row in enumerate(source.iter_batches(1, columns=usual), 1):
                yield _row(number, row, limit)
        except (ArrowException, ValueError, OverflowError) as error:
            raise IntakeError(_DAMAGED.format(error)) from None
        except OSError as error:
            raise IntakeError(_DAMAGED.format(read_failure(error))) from None


def _is_usual(column: Any) -> bool:
    return column_key(column.name) in COLUMNS and not _has_lists(column.type)


def _has_lists(kind: Any) -> bool:
    from pyarrow import types

    if types.is_struct(kind):
        return any(_has_lists(field.type) for field in kind)
    return bool(types.is_nested(kind))


def _check_sizes(metadata: Any, limit: int) -> None:
    most = _ARTICLES * limit
    for group in map(metadata.row_group, range(metadata.num_row_groups)):
        if group.total_byte_size > most:
            raise IntakeError(
                f"a group of rows of {group.total_byte_size:,} bytes, over {_ARTICLES} times the limit "
                "article_bytes. Write it in smaller groups of rows"
            )


def _row(number: int, batch: Any, limit: int) -> Row | BadRow:
    """The only row of ``batch``."""
    if (size := _size(batch)) > 2 * limit:  # it counts a little more than what is written
        return BadRow(number, f"a row of some {size:,} bytes, over the limit article_bytes of {limit:,}", None, None)
    (row,) = batch.to_pylist()
    dumped = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    data = replace_surrogates(dumped).encode()
    digest = sha256(data).hexdigest()
    if len(data) > limit:
        return BadRow(number, f"a row of {len(data):,} bytes, over the limit article_bytes of {limit:,}", digest, None)
    try:
        return Row(number, data, found_in(json.loads(data)))
    except IntakeError as error:
        return BadRow(number, str(error), digest, data)


def _size(batch: Any) -> int:
    """The bytes of its values: of a column with a dictionary, not those that are in other rows."""
    from pyarrow import types

    return sum(int((c.dictionary_decode() if types.is_dictionary(c.type) else c).nbytes) for c in batch.columns)
