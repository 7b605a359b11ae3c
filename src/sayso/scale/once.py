"""Each article once: of equal articles in several shards the first in input order stays, as it does in a ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from sayso.scale.reading import ARTICLES, Manifest, manifests
from sayso.scale.rows import ids_in, intact, without
from sayso.scale.storage import Folder


def in_order(folder: Folder, names: Sequence[str]) -> Iterator[list[Manifest]]:
    """The shards that have been read, of those with these names, source by source: those that were cut from one table
    together."""
    there = manifests(folder)
    read = [there[name] for name in names if name in there]
    for _, of_source in groupby(read, key=lambda m: (m.sources, m.parts)):
        yield list(of_source)


def leave_each_once(folder: Folder, names: Sequence[str]) -> int:
    """Take out of each shard the articles that one before it has too. Returns how many rows that were.

    ``names`` are the shards in input order. An id is 64 bits: all that is held of an article is three numbers.
    LedgerError where a shard is damaged.
    """
    shards: list[Manifest] = []
    ids, places = [np.empty(0, np.uint64)], [np.empty((0, 3), np.int64)]  # places: source, position, shard
    for source, group in enumerate(in_order(folder, names)):
        for manifest in group:
            name = f"{ARTICLES}/{manifest.shard}.parquet"
            with intact(name), folder.open(name) as file:
                found = ids_in(file)
                ids.append(np.array([int(id_, 16) for id_, _ in found], np.uint64))
            at = np.array([place for _, place in found], np.int64)
            places.append(np.stack([np.full_like(at, source), at, np.full_like(at, len(shards))], axis=1))
            shards.append(manifest)
    id_, place = np.concatenate(ids), np.concatenate(places)
    order = np.lexsort((place[:, 1], place[:, 0], id_))
    id_, owner = id_[order], place[order, 2]
    again = np.flatnonzero(id_[1:] == id_[:-1]) + 1
    first = np.searchsorted(id_, id_[again])  # where the run of equal ids begins
    for number in np.unique(owner[again]):
        mine = owner[again] == number
        before = {shards[winner].shard for winner in owner[first[mine]]} - {shards[number].shard}
        _leave_out(folder, shards[number], {f"{value:016x}" for value in id_[again][mine].tolist()}, before)
    return len(again)


def _leave_out(folder: Folder, shard: Manifest, ids: set[str], before: set[str]) -> None:
    # First it is noted to whom they are left: should the run end in between, they are still there, and are found again.
    yielded = tuple(sorted({*shard.yielded, *before}))
    replace(shard, articles=shard.articles - len(ids), yielded=yielded).save(folder)
    name = f"{ARTICLES}/{shard.shard}.parquet"
    with TemporaryDirectory(prefix="sayso-") as made, folder.open(name) as file:
        path = Path(made) / "articles"
        with intact(name):
            without(file, ids, path)
        folder.put(name, path)
