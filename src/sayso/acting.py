"""Who acts: the name under which the ledger's log enters what is done.

The edge says it, the command line once and the desk for each request, so that no function in between has to hand it on.
"""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

UNNAMED = "unnamed"
"""Who acts where nobody has said."""

_who: ContextVar[str] = ContextVar("who", default=UNNAMED)


def login_name() -> str | None:
    """The login name of whoever runs this process; None where there is none, as for a container's user."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return None


def who_acts() -> str:
    """The name of whoever acts here and now."""
    return _who.get()


@contextmanager
def acting_as(name: str) -> Iterator[None]:
    """What is done within is done by ``name``."""
    before = _who.set(name.strip() or UNNAMED)
    try:
        yield
    finally:
        _who.reset(before)
