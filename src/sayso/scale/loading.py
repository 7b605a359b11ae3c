"""From a folder of Parquet into a ledger."""

from __future__ import annotations

import heapq
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from time import perf_counter
from typing import BinaryIO, TypeVar

from sayso.errors import LedgerError, UsageError
from sayso.ledger import Ledger
from sayso.scale.once import in_order
from sayso.scale.reading import ARTICLES, QUARANTINE
from sayso.scale.rows import Row, article_rows, intact, quarantine_rows
from sayso.scale.storage import Folder, folder_at
from sayso.types import Quarantined, Reading, Received

RUN = "run.json"
"""What has the names of all shards, in input order."""
AT_ONCE = 500  # articles of one transaction

Item = TypeVar("Item")
Watch = Callable[[int, int], None]
"""Is told how many articles of how many are loaded."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading did: ``stored`` articles are new to the ledger or to this reader, ``known`` were there as they are;
    ``missing`` shards have not been read yet."""

    stored: int
    known: int
    quarantined: int
    missing: int
    seconds: float


def load(where: str, ledger: Ledger, *, watch: Watch | None = None) -> Loaded:
    """Store what ``read_into`` has read into the folder at ``where``, in input order, many articles in a transaction.

    Loading the same twice changes nothing, and one that was cut off goes on where it stopped. UsageError where there is
    no such folder; LedgerError where the ledger cannot be written, or what was read is damaged.
    """
    started = perf_counter()
    folder = folder_at(where)
    names = shards_in(folder, where)
    groups = list(in_order(folder, names))
    total = sum(manifest.articles for group in groups for manifest in group)
    rows = articles(folder, names)
    stored = done = 0
    while batch := list(islice(rows, AT_ONCE)):
        stored += ledger.store_all(batch)
        done += len(batch)
        if watch:
            watch(done, total)
    quarantined = sum(ledger.quarantine(aside) for aside in set_aside(folder, names))
    missing = len(names) - sum(map(len, groups))
    return Loaded(stored, done - stored, quarantined, missing, perf_counter() - started)


def shards_in(folder: Folder, where: str) -> list[str]:
    """The names of all shards, in input order. UsageError where nothing was read into the folder, LedgerError where the
    list of them is damaged."""
    try:
        names = json.loads(folder.read(RUN))["shards"]
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise ValueError("not a list of names")
    except (FileNotFoundError, NotADirectoryError):
        raise UsageError(f"{where} holds nothing that was read: make it with sayso read PATH --out {where}") from None
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise LedgerError(
            f"{RUN} in {where} is damaged. Run the same sayso read --out again, which writes it anew and reads nothing "
            "twice."
        ) from error
    return names


def articles(folder: Folder, names: list[str]) -> Iterator[tuple[Received, Reading | None]]:
    """The articles of these shards with their readings, in input order."""
    for group in in_order(folder, names):
        with ExitStack() as opened:
            parts = [_rows(folder, f"{ARTICLES}/{m.shard}.parquet", article_rows, opened) for m in group]
            merged: Iterator[Row] = heapq.merge(*parts, key=lambda row: row[0])
            yield from ((received, reading) for _, received, reading in merged)


def set_aside(folder: Folder, names: list[str]) -> Iterator[Quarantined]:
    """What these shards set aside, in input order."""
    for group in in_order(folder, names):
        with ExitStack() as opened:
            parts = [_rows(folder, f"{QUARANTINE}/{m.shard}.parquet", quarantine_rows, opened) for m in group]
            for _, aside in heapq.merge(*parts, key=lambda row: row[0]):
                yield aside


def _rows(folder: Folder, name: str, rows: Callable[[BinaryIO], Iterator[Item]], opened: ExitStack) -> Iterator[Item]:
    """The rows of a shard's file, which stays open as long as ``opened`` lasts."""
    with intact(name):
        yield from rows(opened.enter_context(folder.open(name)))
