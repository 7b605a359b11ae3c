"""Configuration: one frozen record, built at the edge (flags, then environment, then ``sayso.toml``).

Only this module and the command line look at the environment.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from sayso.errors import UsageError

MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on hostile input, all in one place. Sizes are bytes; a size is checked before anything is expanded."""

    article_bytes: int = 20 * MB  # one article's bytes, expanded
    text_chars: int = 2_000_000  # one article's text, after extraction
    file_bytes: int = 4096 * MB  # one table or archive on disk
    expanded_bytes: int = 4096 * MB  # all that comes out of one archive
    ratio: int = 200  # expanded size over packed size
    members: int = 1_000_000  # members of one archive, rows of one table
    depth: int = 3  # archives within archives
    html_depth: int = 500  # nested tags in one page
    seconds: float = 30.0  # time for extracting one page


@dataclass(frozen=True, slots=True)
class Config:
    """What a run needs to know. ``ledger`` is a file or a database URL; ``outlet`` and ``published`` fill what the
    input does not say; ``format`` overrides what the content tells."""

    ledger: str = "sayso.db"
    outlet: str | None = None
    published: str | None = None
    format: str | None = None
    jobs: int = 1
    reader: str = "local"
    limits: Limits = field(default_factory=Limits)


def load(flags: Mapping[str, Any], environ: Mapping[str, str] | None = None, folder: Path | None = None) -> Config:
    """Build the configuration: ``flags`` that are not None win over ``SAYSO_*`` variables, these over ``sayso.toml``.

    Raises UsageError where the file or a value in it is not understood.
    """
    environ = os.environ if environ is None else environ
    table = _toml((folder or Path.cwd()) / "sayso.toml")
    limits = _limits(table.pop("limits", {}), environ)
    known = {f.name: f for f in fields(Config) if f.name != "limits"}
    if unknown := sorted(set(table) - set(known)):
        raise UsageError(f"sayso.toml: unknown setting {unknown[0]!r}. Known: {', '.join(sorted(known))}, limits.")
    values = dict(table)
    for name in known:
        if (value := environ.get(f"SAYSO_{name.upper()}")) is not None:
            values[name] = _int(f"SAYSO_{name.upper()}", value) if name == "jobs" else value
        if flags.get(name) is not None:
            values[name] = flags[name]
    return replace(Config(limits=limits), **values)


def _toml(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is not valid TOML: {error}") from error


def _limits(table: Mapping[str, Any], environ: Mapping[str, str]) -> Limits:
    known = {f.name: type(f.default) for f in fields(Limits)}
    if unknown := sorted(set(table) - set(known)):
        raise UsageError(f"sayso.toml: unknown limit {unknown[0]!r}. Known: {', '.join(known)}.")
    values: dict[str, Any] = dict(table)
    for name in known:
        if (value := environ.get(f"SAYSO_LIMIT_{name.upper()}")) is not None:
            values[name] = value
    checked: dict[str, Any] = {}
    for name, value in values.items():
        number = _number(f"limit {name}", value)
        checked[name] = number if known[name] is float else int(number)
    return Limits(**checked)


def _number(name: str, value: Any) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = -1.0
    if number <= 0:
        raise UsageError(f"{name}: expected a number above 0, got {value!r}")
    return number


def _int(name: str, value: Any) -> int:
    return int(_number(name, value))
