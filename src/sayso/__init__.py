"""Sayso reads news reports about conflicts and keeps a ledger of who claims what, on whose word.

import sayso
reading = sayso.read("…", outlet="The Harbour Post", published="2031-03-02")
sayso.run(["reports/"], sayso.Config(), sayso.Ledger.open("sayso.db"))
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sayso.config import Config
    from sayso.errors import SaysoError
    from sayso.ledger import Ledger
    from sayso.pipeline import run
    from sayso.read import Reader
    from sayso.types import Article, Attribution, Filters, Quarantined, Reading, Span, Summary

__version__ = "0.1.0"
__all__ = [
    "Article",
    "Attribution",
    "Config",
    "Filters",
    "Ledger",
    "Quarantined",
    "Reader",
    "Reading",
    "SaysoError",
    "Span",
    "Summary",
    "read",
    "run",
]

# Where each public name lives. They are imported when first asked for, so that `import sayso` costs next to nothing.
_HOME = {
    "Article": "sayso.types",
    "Attribution": "sayso.types",
    "Config": "sayso.config",
    "Filters": "sayso.types",
    "Ledger": "sayso.ledger",
    "Quarantined": "sayso.types",
    "Reader": "sayso.read",
    "Reading": "sayso.types",
    "SaysoError": "sayso.errors",
    "Span": "sayso.types",
    "Summary": "sayso.types",
    "run": "sayso.pipeline",
}


def read(
    text: str,
    *,
    outlet: str | None = None,
    published: str | None = None,
    title: str | None = None,
    url: str | None = None,
) -> Reading:
    """Read one article. ``published`` is an ISO 8601 date or time, against which "on Tuesday" is dated.

    Raises IntakeError for an empty text, and UsageError for a date that is not understood or a text in a language that
    the reader does not read.
    """
    reading: Reading = importlib.import_module("sayso.pipeline").read_text(
        text, outlet=outlet, published=published, title=title, url=url
    )
    return reading


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'sayso' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


class _Package(ModuleType):
    """Keeps ``sayso.read`` the function: importing the sub-package of that name would put the sub-package in its place.

    See docs/decisions/0006-the-name-read.md.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (name == "read" and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
