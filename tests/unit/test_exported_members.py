"""The public names, and the one that is also a sub-package (docs/decisions/0006-the-name-read.md)."""

from __future__ import annotations

import subprocess
import sys

import pytest

import sayso

PUBLIC = [
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


def test_the_public_names_are_these() -> None:
    assert sayso.__all__ == PUBLIC


@pytest.mark.parametrize("name", PUBLIC)
def test_each_is_there_and_says_what_it_is(name: str) -> None:
    member = getattr(sayso, name)

    assert member.__doc__
    assert member.__module__.split(".")[0] == "sayso"
    assert name in dir(sayso)


def test_there_are_no_others() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'write'"):
        sayso.write  # noqa: B018


@pytest.mark.parametrize(
    "imports",
    [
        "import sayso",
        "import sayso; sayso.Reader",
        "import sayso, sayso.read",
        "from sayso.read import Reader; import sayso",
        "import sayso; from sayso.read import Reader; import sayso.read.reader",
        "import importlib, sayso; importlib.import_module('sayso.read')",
        "from sayso import *; import sayso; from sayso.read import Reader",
    ],
)
def test_read_is_the_function_however_it_was_imported(imports: str) -> None:
    checks = (
        "from sayso import read; import inspect, sys\n"
        "assert inspect.isfunction(sayso.read) and read is sayso.read, sayso.read\n"
        "from sayso.read import Reader\n"
        "assert sayso.read is read and sys.modules['sayso.read'].Reader is Reader is sayso.Reader\n"
        "assert 'outlet' in inspect.signature(sayso.read).parameters\n"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", f"{imports}\n{checks}"], check=True)


def test_importing_it_imports_nothing_else() -> None:
    code = "import sys, sayso; print([m for m in sys.modules if m.startswith('sayso.') or m in ('numpy', 'click')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"
