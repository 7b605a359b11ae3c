"""The ledger that the desk shows, and how pages get hold of it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request

from sayso.config import data_folder
from sayso.errors import NotThereError
from sayso.ledger import Ledger
from sayso.ledger.database import db_url, file_of, name_of, shown
from sayso.ledger.store import MissingError

Made = TypeVar("Made")

_KEPT = 64  # things that are kept at hand


class NoLedgerError(NotThereError):
    """There is no ledger yet: the desk says how to make one."""


class Desk:
    """What one running desk knows: where its ledger is, and the ledger itself from when it is first there."""

    def __init__(self, where: str) -> None:
        """For the ledger that ``where``, a file or URL, names; UsageError for what can't hold one.

        ``path`` is where the desk keeps what is its own: beside the ledger's file, or for one on a server in the user's
        data folder.
        """
        url = db_url(where)
        file = file_of(url)
        self.where = shown(where)
        self.path = file or data_folder() / "desk" / _as_file_name(name_of(url))
        self._open_as, self._file = where, file
        if file is None:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._ledger: Ledger | None = None
        self._lock = Lock()
        self._at_hand: dict[Hashable, Any] = {}
        self._stamp: tuple[Any, ...] = ()

    def ledger(self) -> Ledger:
        """The ledger. NoLedgerError where it isn't there yet, LedgerError where it can't be used."""
        with self._lock:  # requests are answered by several threads
            if self._ledger is None:
                if self._file is not None and not self._file.exists():
                    raise NoLedgerError(f"no ledger at {self.where}")
                self._ledger = self._opened()
            return self._ledger

    def _opened(self) -> Ledger:
        """The ledger that is there; an empty file will be one."""
        if self._file is not None:
            return Ledger.open(self._open_as)
        try:
            return Ledger.open(self._open_as, create=False)
        except MissingError as error:
            raise NoLedgerError(str(error)) from error

    def is_there(self) -> bool:
        """True if there is a ledger already. LedgerError where it can't be used."""
        try:
            self.ledger()
        except NoLedgerError:
            return False
        return True

    def made_ledger(self) -> Ledger:
        """The ledger, which is made where it isn't there yet. LedgerError where it can't be used."""
        with self._lock:
            if self._ledger is None:
                self._ledger = Ledger.open(self._open_as)
            return self._ledger

    def at_hand(self, what: Hashable, make: Callable[[Ledger], Made]) -> Made:
        """What ``make`` makes of the ledger, kept under ``what`` until the ledger holds something else."""
        held = self.ledger()
        with held.browsing() as browse:
            stamp = browse.stamp()
        with self._lock:
            if stamp != self._stamp or len(self._at_hand) >= _KEPT:
                self._at_hand.clear()
                self._stamp = stamp
            if what in self._at_hand:
                kept: Made = self._at_hand[what]
                return kept
        made = make(held)  # may take long: others are answered meanwhile
        with self._lock:
            if stamp == self._stamp:
                self._at_hand[what] = made
        return made

    def close(self) -> None:
        """Let go of the ledger."""
        if self._ledger is not None:
            self._ledger.close()


def _as_file_name(address: str) -> str:
    """An address as the name of a file: readable, and of no other address."""
    plain = re.sub(r"[^\w.@-]+", "-", address.partition("://")[2])[:100]
    return f"{plain}-{hashlib.sha256(address.encode()).hexdigest()[:8]}"


def desk_of(request: Request) -> Desk:
    """The desk that answers ``request``."""
    desk: Desk = request.app.state.desk
    return desk


def _ledger(request: Request) -> Ledger:
    return desk_of(request).ledger()


Held = Annotated[Ledger, Depends(_ledger)]
"""What a page that asks the ledger takes: ``def page(request: Request, held: Held)``."""

AtDesk = Annotated[Desk, Depends(desk_of)]
"""What a page takes that asks for what is kept at hand."""
