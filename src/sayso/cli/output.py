"""Printing: data to standard output, messages to standard error. A terminal gets no control characters of the input."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

from sayso.show.plain import visible

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from sayso.config import Config
    from sayso.types import Summary

Row = TypeVar("Row")
Done = TypeVar("Done")


def say(message: str) -> None:
    """Tell the user, on standard error."""
    print(f"sayso: {visible(message)}", file=sys.stderr, flush=True)


def say_where_it_goes(settled: Config) -> None:
    """Tell whom the articles are sent to, if the reader sends them. UsageError where that is not said."""
    if settled.reader == "llm":
        from sayso.read.llm import destination

        say(f"the text of the articles is sent to {destination(settled.llm)}, model {settled.llm.model}.")


def how_to_go_on(stored: bool, as_json: bool) -> str:
    """What to do after a run that stopped, whose readings are ``stored`` or else only printed."""
    if not stored:
        return "What was read before is printed, and nothing is stored; with --ledger, a run can be gone on with."
    again = "without --json, which reads everything again" if as_json else "and what is stored is not asked about"
    return f"What was read before is stored; to go on, run the same again, {again}."


def in_words(done: Summary) -> str:
    """What a run did, as a sentence or two."""
    counts = (
        (done.read, "read"),
        (done.known, "known already"),
        (done.unread, "not read, not in English"),
        (done.quarantined, "quarantined"),
    )
    articles = "; ".join(f"{count:,} {what}" for count, what in counts if count or what == "read")
    if not any(count for count, _ in counts) and not done.stopped:
        return "nothing to read there: no files were found."
    if done.dropped is not None:
        articles += f"; {done.dropped:,} pieces of text dropped that the model gave and the articles do not have"
    if not done.words:
        return f"{articles}."
    return f"{articles}. {done.words:,} words in {done.seconds:.1f} s, {done.words / done.seconds:,.0f} words/s."


def print_rows(
    rows: Iterator[Row],
    kind: str,
    of: type[Row],
    tables: Callable[[Iterable[Row]], Iterable[RenderableType]],
    nothing: str = "nothing found.",
) -> None:
    """Print rows, records of type ``of``, as ``kind``: the table that ``tables`` makes, or jsonl, csv or parquet.
    ``nothing`` is what is said instead of a table without rows."""
    if kind == "table":
        first = list(islice(rows, 1))
        if not first:
            say(nothing)
            return
        console = terminal()
        for part in tables(chain(first, rows)):
            console.print(part)
        return
    from sayso.errors import UsageError
    from sayso.show import export

    if kind == "parquet" and sys.stdout.isatty():
        raise UsageError(
            "a terminal cannot show parquet. Write it to a file, as in: sayso claims --format parquet > FILE"
        )
    print_bytes(lambda out: export.write(rows, kind, out, of=of))


def print_bytes(write: Callable[[BinaryIO], Done]) -> Done:
    """Print what ``write`` writes, UTF-8 where it is for a terminal, and return what it returns."""
    if sys.stdout.isatty():
        shown = io.BytesIO()
        done = write(shown)
        print(visible(shown.getvalue().decode("utf-8")), end="")
    else:
        done = write(sys.stdout.buffer)
        sys.stdout.buffer.flush()
    return done


def print_json(record: Mapping[str, Any]) -> None:
    """Print one record as a line of JSON."""
    line = json.dumps(record, ensure_ascii=False)
    if sys.stdout.isatty():
        print(visible(line))
    else:
        sys.stdout.buffer.write(line.encode("utf-8", "backslashreplace") + b"\n")
        sys.stdout.buffer.flush()


def terminal() -> Console:
    """Where tables and texts are printed: as wide as the terminal, or 80 columns; coloured on a terminal only."""
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False)
