"""Printing: data to standard output, messages to standard error, neither with control characters of the input."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from sayso.show.plain import visible

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

Row = TypeVar("Row")


def say(message: str) -> None:
    """Tell the user, on standard error."""
    print(f"sayso: {visible(message)}", file=sys.stderr, flush=True)


def print_rows(rows: Iterable[Row], kind: str, tables: Callable[[Iterable[Row]], Iterable[RenderableType]]) -> None:
    """Print rows as ``kind``: a table made by ``tables``, or jsonl, csv or parquet as they are exported."""
    if kind == "table":
        console = terminal()
        for part in tables(rows):
            console.print(part)
    else:
        from sayso.show import export

        export.write(rows, kind, sys.stdout.buffer)
        sys.stdout.buffer.flush()


def print_json(record: Any) -> None:
    """Print one record as a line of JSON."""
    from sayso.show import export

    sys.stdout.buffer.write(export.as_json(record).encode("utf-8") + b"\n")
    sys.stdout.buffer.flush()


def terminal() -> Console:
    """Where tables and texts are printed: as wide as the terminal, or 80 columns; coloured on a terminal only."""
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False, soft_wrap=False)
