"""Rows of Parquet files, one at a time.

A row's bytes are JSON of its columns that are usual in tables of articles, keys sorted: read again as a file, they give
the same article. What else a file has, as embeddings, is not looked at.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from sayso.errors import IntakeError
from sayso.intake.archives import seekable
from sayso.intake.article import replace_surrogates
from sayso.intake.columns import COLUMNS, check_columns, column_key, found_in
from sayso.intake.stream import Stream, read_failure
from sayso.intake.tables import BadRow, Row, Rows

_ROWS_AT_ONCE = 64
_DAMAGED = "damaged or cut off: no Parquet file that can be read ({}). Get the file again"


def parquet_rows(stream: Stream, limit: int) -> Rows:
    """The rows of a Parquet file, numbered from 1. IntakeError where it is damaged, has no column of texts, or says
    that a group of rows takes as much as ``_ROWS_AT_ONCE`` articles of ``limit`` bytes."""
    from pyarrow import ArrowException, parquet

    with seekable(stream) as file:
        try:
            source = parquet.ParquetFile(file)
            names = source.schema_arrow.names
            check_columns(names)
            _check_sizes(source.metadata, limit)
            usual = [name for name in names if column_key(name) in COLUMNS]
            for number, row in enumerate(_rows(source, usual), 1):
                yield _row(number, row, limit)
        except (ArrowException, ValueError, OverflowError) as error:
            raise IntakeError(_DAMAGED.format(error)) from None
        except OSError as error:
            raise IntakeError(_DAMAGED.format(read_failure(error))) from None


def _rows(source: Any, columns: list[str]) -> Iterator[dict[str, Any]]:
    for batch in source.iter_batches(_ROWS_AT_ONCE, columns=columns):
        yield from batch.to_pylist()


def _check_sizes(metadata: Any, limit: int) -> None:
    most = _ROWS_AT_ONCE * limit
    for group in map(metadata.row_group, range(metadata.num_row_groups)):
        if group.total_byte_size > most:
            raise IntakeError(
                f"a group of rows of {group.total_byte_size:,} bytes, over {_ROWS_AT_ONCE} times the limit "
                "article_bytes. Write it in smaller groups of rows"
            )


def _row(number: int, row: dict[str, Any], limit: int) -> Row | BadRow:
    dumped = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    data = replace_surrogates(dumped).encode()
    digest = sha256(data).hexdigest()
    if len(data) > limit:
        return BadRow(number, f"a row of {len(data):,} bytes, over the limit article_bytes of {limit:,}", digest, None)
    try:
        return Row(number, data, found_in(json.loads(data)))
    except IntakeError as error:
        return BadRow(number, str(error), digest, data)
