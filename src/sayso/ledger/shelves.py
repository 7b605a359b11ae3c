"""Where linking files what may be alike, and looks it up: nodes under 63-bit hashes, on several shelves.

Articles are taken up some at a time. What they are filed and looked up under is asked for at once, and at hand from
then on: one that comes later among them finds what those before it have filed, as if each had come alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import IntEnum
from itertools import chain
from typing import Any, TypeVar

from sqlalchemy import Connection

from sayso.ledger import prepared
from sayso.ledger.database import enter
from sayso.ledger.schema import filed

Node = tuple[int, int]
Item = TypeVar("Item")

GATHERS = 150
"""So many nodes are filed under one hash: what more have in common says nothing, and would have to be looked at."""

_MANY = 400  # values bound to one statement


class Shelf(IntEnum):
    """What is filed to be looked up."""

    PASSAGES = 0  # articles by what they may have copied
    EVENTS = 1  # episodes by place and day
    WARNINGS = 2  # claims that warn, by where and when it would be
    HARM = 3  # claims of what may have been warned of, by where and when it was
    FINDINGS = 4  # claims by listed bodies, by where and when the harm may have been
    DENIED = 5  # denials of such harm, by where and when it would have been


class Shelves:
    """The table of what is filed, on a connection whose transaction the caller ends."""

    def __init__(self, connection: Connection) -> None:
        self._do = connection.execute
        self._connection = connection
        self._at_hand: dict[Shelf, dict[int, list[Node]]] = {}
        self._added: list[tuple[Shelf, int, Node]] = []  # to what is at hand

    @contextmanager
    def at_hand(self, wanted: Mapping[Shelf, Collection[int]]) -> Iterator[None]:
        """What is filed under these hashes is looked up now, and what is filed within is entered at the end."""
        self._at_hand = {shelf: self._filed(shelf, under) for shelf, under in wanted.items()}
        try:
            yield
            self._enter(self._added)
        finally:
            self._at_hand, self._added = {}, []

    def file(self, shelf: Shelf, under: Mapping[Node, Collection[int]]) -> None:
        """File nodes, each under some hashes; under those only that gather fewer than ``GATHERS`` so far."""
        held = self._held(shelf, {key for keys in under.values() for key in keys})
        at_hand = self._at_hand.get(shelf, {})
        added: list[tuple[Shelf, int, Node]] = []
        for node, keys in under.items():
            for key in sorted(set(keys)):
                if len(held[key]) < GATHERS:
                    held[key].append(node)
                    (self._added if key in at_hand else added).append((shelf, key, node))
        self._enter(added)

    def near(self, shelf: Shelf, under: Iterable[int], least: int = 1) -> dict[Node, int]:
        """The nodes that are filed under at least so many of these, and under how many; first those under most."""
        found = Counter(chain.from_iterable(self._held(shelf, set(under)).values()))
        enough = [(node, times) for node, times in found.items() if times >= least]
        return dict(sorted(enough, key=lambda item: (-item[1], item[0])))

    def under(self, shelf: Shelf, node: Node) -> list[int]:
        """What a node is filed under."""
        asked = {"kind": int(shelf), "linked_key": node[0], "number": node[1]}
        return [int(key) for key in self._do(prepared.UNDER, asked).scalars()]

    def nodes_of(self, shelf: Shelf, key: int) -> list[Node]:
        """The nodes of an article that are filed."""
        numbers = self._do(prepared.FILED_OF, {"kind": int(shelf), "linked_key": key}).scalars()
        return [(key, int(number)) for number in numbers]

    def _held(self, shelf: Shelf, under: Collection[int]) -> dict[int, list[Node]]:
        """What is filed under each of these."""
        at_hand = self._at_hand.get(shelf, {})
        held = {key: at_hand[key] for key in under if key in at_hand}
        return held | self._filed(shelf, [key for key in under if key not in at_hand])

    def _filed(self, shelf: Shelf, under: Collection[int]) -> dict[int, list[Node]]:
        found: dict[int, list[Node]] = {key: [] for key in under}
        for some in parts(sorted(found)):
            for key, article, number in self._do(prepared.NEAR, {"kind": int(shelf), "some": some}):
                found[key].append((article, number))
        return found

    def _enter(self, nodes: Iterable[tuple[Shelf, int, Node]]) -> None:
        rows: list[dict[str, Any]] = [
            {"kind": int(shelf), "under": key, "linked_key": node[0], "number": node[1]}
            for shelf, key, node in sorted(nodes)
        ]
        enter(self._connection, filed, rows)


def parts(items: Sequence[Item], size: int = _MANY) -> Iterator[Sequence[Item]]:
    """``items`` in pieces that fit one statement."""
    for at in range(0, len(items), size):
        yield items[at : at + size]
