"""What is filed is found again, whether it is asked for key by key or had at hand."""

from __future__ import annotations

import random
from contextlib import ExitStack

import pytest

from sayso.ledger import Ledger
from sayso.ledger.shelves import Shelf


def test_what_is_filed_is_found_under_the_same_key_only(fresh_ledger: Ledger) -> None:
    with fresh_ledger.linking() as linked:
        shelves = linked.shelves
        shelves.file(Shelf.EVENTS, {(1, 0): [7, 8, 8]})
        shelves.file(Shelf.EVENTS, {(2, 1): [8]})
        shelves.file(Shelf.PASSAGES, {(3, 0): [8]})
        assert shelves.near(Shelf.EVENTS, [8]) == {(1, 0): 1, (2, 1): 1}
        assert shelves.near(Shelf.EVENTS, [8, 7], least=2) == {(1, 0): 2}
        assert shelves.near(Shelf.PASSAGES, [7, 9]) == {}
        assert sorted(shelves.under(Shelf.EVENTS, (1, 0))) == [7, 8]
        assert shelves.nodes_of(Shelf.EVENTS, 2) == [(2, 1)]


def test_a_key_gathers_so_many_only(fresh_ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.ledger.shelves.GATHERS", 2)
    with fresh_ledger.linking() as linked:
        for key in (1, 2, 3):
            linked.shelves.file(Shelf.EVENTS, {(key, 0): [70, key]})
        assert linked.shelves.near(Shelf.EVENTS, [70]).keys() == {(1, 0), (2, 0)}
        assert linked.shelves.near(Shelf.EVENTS, [3]).keys() == {(3, 0)}


def test_what_is_at_hand_is_found_and_filed_as_if_each_came_alone(
    fresh_ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sayso.ledger.shelves.GATHERS", 3)

    def filed(*, at_hand: bool) -> list[object]:
        draw, found = random.Random(5), list[object]()
        with fresh_ledger.linking() as linked, ExitStack() as stack:
            linked.clear()
            for key in range(40):
                if at_hand and key % 8 == 0:  # some of the keys, and some shelves
                    stack.close()
                    stack.enter_context(linked.shelves.at_hand({Shelf.EVENTS: range(9), Shelf.HARM: range(20)}))
                for shelf in (Shelf.EVENTS, Shelf.HARM, Shelf.DENIED):
                    found.append(linked.shelves.near(shelf, draw.choices(range(12), k=5), least=draw.randrange(1, 3)))
                    linked.shelves.file(shelf, {(key, number): draw.choices(range(12), k=3) for number in (0, 1)})
            stack.close()
            found += [linked.shelves.near(shelf, range(12)) for shelf in Shelf]
        return found

    assert filed(at_hand=True) == filed(at_hand=False)
