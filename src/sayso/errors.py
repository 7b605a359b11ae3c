"""Errors that Sayso raises on purpose. A message says what was got, what was expected, and what to do next.

SaysoError
├── UsageError        what was asked for cannot be done as asked (exit 2)
├── IntakeError       input that cannot be read; the run quarantines it and goes on
│   └── FetchError    a page that cannot be fetched; the same
├── ReaderError       an article that the reader cannot read; the run quarantines it and goes on
├── EndpointError     the language model cannot be asked; the run ends
│   └── BudgetError   what may be asked in one run has been asked
└── LedgerError       the ledger cannot be opened, read or written
    └── NotThereError what is asked for is not there: no such ledger, or nothing in it with such an id (exit 2)
"""

from __future__ import annotations


class SaysoError(Exception):
    """The root of all errors that Sayso raises on purpose."""


class UsageError(SaysoError):
    """What was asked for cannot be done as asked."""


class IntakeError(SaysoError):
    """Input that cannot be read. The message is the reason that the quarantine shows."""


class FetchError(IntakeError):
    """A page that cannot be fetched. ``again``: at another try, it might be."""

    def __init__(self, reason: str, *, again: bool = False) -> None:
        super().__init__(reason)
        self.again = again


class ReaderError(SaysoError):
    """An article that the reader cannot read. The message is the reason that the quarantine shows."""


class EndpointError(SaysoError):
    """The language model cannot be asked at all, so that no other article can be read either."""


class BudgetError(EndpointError):
    """What may be asked of the language model in one run has been asked."""


class LedgerError(SaysoError):
    """The ledger cannot be opened, read or written."""


class NotThereError(LedgerError):
    """What is asked for is not there: no such ledger, or nothing in it with such an id."""
