"""Errors that Sayso raises on purpose. A message says what was got, what was expected, and what to do next.

SaysoError
├── UsageError        what was asked for cannot be done as asked (exit 2)
├── IntakeError       input that cannot be read; the run quarantines it and goes on
├── LedgerError       the ledger cannot be opened, read or written
└── MissingExtraError a part of Sayso that is not installed; the message names the command that installs it
"""

from __future__ import annotations


class SaysoError(Exception):
    """The root of all errors that Sayso raises on purpose."""


class UsageError(SaysoError):
    """What was asked for cannot be done as asked."""


class IntakeError(SaysoError):
    """Input that cannot be read. The message is the reason that the quarantine shows."""


class LedgerError(SaysoError):
    """The ledger cannot be opened, read or written."""


class MissingExtraError(SaysoError):
    """A part of Sayso that is not installed."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} is not installed. Install it with: pip install 'sayso[{extra}]'")
