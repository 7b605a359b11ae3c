"""Configuration: one frozen record, built at the edge (flags, then environment, then ``sayso.toml``).

Only this module and the command line look at the environment.
"""

from __future__ import annotations

import math
import os
import sys
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from sayso.errors import UsageError

MB = 1024 * 1024
READERS = ("local", "llm")
FORMS = ("schema", "json", "text")


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
    places: int = 500_000  # places added from one file
    places_bytes: int = 512 * MB  # one file of places, expanded
    answer_bytes: int = 4 * MB  # one answer of a language model
    answer_depth: int = 32  # lists and objects within one another in it
    upload_bytes: int = 512 * MB  # what is brought in on the desk at once
    upload_files: int = 10_000  # files in it
    fetch_seconds: float = 60.0  # time for one request and its response
    fetch_tries: int = 4  # of one request, where the server is busy or fails
    retry_seconds: float = 120.0  # the longest wait before another try
    redirects: int = 10  # on the way to one page
    host_seconds: float = 1.0  # the least time between two requests to one host
    crawl_delay: float = 60.0  # the most that a robots.txt can make that
    robots_bytes: int = 512 * 1024  # of one robots.txt
    listed: int = 100  # pages fetched of those that one feed or sitemap lists
    sitemaps: int = 50  # sitemaps that one sitemap index leads to
    media_bytes: int = 64 * MB  # a picture or video that is kept in the ledger; of a larger one, its hash is
    media_pixels: int = 100_000_000  # of one picture, or one frame
    media_frames: int = 256  # pictures of one video or animation that are hashed
    media_seconds: float = 60.0  # time for looking into one file
    media_memory: int = 1024 * MB  # memory for that
    media_cited: int = 500  # pictures and videos that one page shows
    shard_bytes: int = MB  # input that is read as one with --out; a larger table is cut


@dataclass(frozen=True, slots=True)
class Llm:
    """Whom the reader "llm" asks, and how much. ``url`` is that of an OpenAI-compatible endpoint, up to and including
    its version, as in http://localhost:8080/v1. ``key`` comes from the environment only, and is never shown.

    ``seconds`` and ``timeout`` bound one article and one answer; ``tries`` is how often one answer is asked for where
    the endpoint is busy or fails; ``requests`` and ``tokens`` are the most that one run asks and uses (None: no bound).
    ``chars`` is how much text is sent at once. ``form`` is how JSON is asked for: by its schema, as JSON, or in words.
    """

    url: str | None = None
    model: str | None = None
    key: str | None = field(default=None, repr=False)
    seconds: float = 600.0
    timeout: float = 180.0
    tries: int = 5
    requests: int | None = None
    tokens: int | None = None
    chars: int = 12_000
    form: str = "schema"


@dataclass(frozen=True, slots=True)
class Config:
    """What a run needs to know. ``ledger`` is a file or a database URL; ``outlet`` and ``published`` fill what the
    input does not say; ``format`` overrides what the content tells; ``weights`` is the folder of the network that reads
    (None: the shipped one); ``places`` is the file of added places ("" for none; None for that in the user's data
    folder); ``allow_local`` lets pages be fetched from this machine and the local network."""

    ledger: str = "sayso.db"
    outlet: str | None = None
    published: str | None = None
    format: str | None = None
    jobs: int = 1
    reader: str = "local"
    weights: str | None = None
    places: str | None = None
    allow_local: bool = False
    trust: str | None = None
    llm: Llm = field(default_factory=Llm)
    limits: Limits = field(default_factory=Limits)


def load(flags: Mapping[str, Any], environ: Mapping[str, str] | None = None, folder: Path | None = None) -> Config:
    """Build the configuration: ``flags`` that are not None win over ``SAYSO_*`` variables, these over ``sayso.toml``.

    Raises UsageError where the file or a value in it is not understood.
    """
    environ = os.environ if environ is None else environ
    table = _toml((folder or Path.cwd()) / "sayso.toml")
    limits = _limits(table.pop("limits", {}), environ)
    llm = _llm(flags, environ, table.pop("llm", {}))
    known = {f.name: f.type for f in fields(Config) if f.name not in ("limits", "llm")}
    if unknown := sorted(set(table) - set(known)):
        raise UsageError(f"sayso.toml: unknown setting {unknown[0]!r}. Known: {', '.join(sorted(known))}, limits, llm.")
    values: dict[str, Any] = {}
    for name, kind in known.items():
        variable = f"SAYSO_{name.upper()}"
        given = ((name, flags.get(name)), (variable, environ.get(variable)), (f"sayso.toml: {name}", table.get(name)))
        for where, value in given:
            if value is not None:
                values[name] = _READ[str(kind).removesuffix(" | None")](where, value)
                break
    if (reader := values.get("reader", READERS[0])) not in READERS:
        raise UsageError(f"no reader {reader!r}; there is: {', '.join(READERS)}")
    if reader == "llm" and not (flags.get("reader") or environ.get("SAYSO_READER")):
        # A file that came with a folder of reports must not be able to send them somewhere.
        raise UsageError("sayso.toml cannot switch on the reader llm, which sends articles away: say --reader llm")
    if table.get("allow_local"):
        raise UsageError("sayso.toml cannot open the local network to sayso fetch: say --allow-local")
    if _is_elsewhere(values.get("ledger", "")) and not (flags.get("ledger") or environ.get("SAYSO_LEDGER")):
        raise UsageError(
            "sayso.toml cannot name a ledger on a server, where all that is read would be sent: say --ledger URL, or "
            "set SAYSO_LEDGER"
        )
    return replace(Config(llm=llm, limits=limits), **values)


def _is_elsewhere(ledger: str) -> bool:
    return "://" in ledger and not ledger.lower().startswith("sqlite:")


def places_file(config: Config, environ: Mapping[str, str] | None = None) -> Path | None:
    """Where the places that the user has added are, or would be: as set, or in the platform's data folder."""
    environ = os.environ if environ is None else environ
    if config.places is not None:
        return Path(config.places) if config.places else None
    return data_folder(environ) / "places.tsv"


def places_to_read(config: Config) -> Path | None:
    """As ``places_file``, for what reads. UsageError where a file was named that is not there."""
    if config.places and not Path(config.places).is_file():
        raise UsageError(
            f"no places at {config.places}; add some with: sayso places add FILE, or unset SAYSO_PLACES "
            "(in sayso.toml: places)"
        )
    return places_file(config)


def data_folder(environ: Mapping[str, str] | None = None) -> Path:
    """Where the platform keeps what is a user's own."""
    environ = os.environ if environ is None else environ
    if sys.platform == "win32":
        folder = Path(environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        folder = Path.home() / "Library" / "Application Support"
    else:
        folder = Path(environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return folder / "sayso"


def _toml(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is not valid TOML: {error}") from error


def _limits(table: Any, environ: Mapping[str, str]) -> Limits:
    if not isinstance(table, dict):
        raise UsageError(f"sayso.toml: limits: expected a table, as under a line [limits], got {table!r}")
    known = {f.name: f.type for f in fields(Limits)}
    if unknown := sorted(set(table) - set(known)):
        raise UsageError(f"sayso.toml: unknown limit {unknown[0]!r}. Known: {', '.join(known)}.")
    values: dict[str, Any] = {}
    for name, kind in known.items():
        variable = f"SAYSO_LIMIT_{name.upper()}"
        where, value = (variable, environ[variable]) if variable in environ else (f"limit {name}", table.get(name))
        if value is not None:
            values[name] = _whole(where, value) if kind == "int" else _seconds(where, value)
    return Limits(**values)


def _llm(flags: Mapping[str, Any], environ: Mapping[str, str], table: Any) -> Llm:
    if not isinstance(table, dict):
        raise UsageError(f"sayso.toml: llm: expected a table, as under a line [llm], got {table!r}")
    known = {f.name: f.type for f in fields(Llm) if f.name != "key"}
    if "key" in table:
        raise UsageError("sayso.toml: a key is not kept in a file; set the environment's SAYSO_LLM_KEY")
    if unknown := sorted(set(table) - set(known)):
        raise UsageError(f"sayso.toml: unknown setting {unknown[0]!r} of llm. Known: {', '.join(known)}.")
    values: dict[str, Any] = {}
    for name, kind in known.items():
        flag, variable, line = f"llm_{name}", f"SAYSO_LLM_{name.upper()}", f"sayso.toml: llm {name}"
        given = ((flag, flags.get(flag)), (variable, environ.get(variable)), (line, table.get(name)))
        where, value = next(((where, value) for where, value in given if value is not None), (flag, None))
        if value is not None:
            values[name] = _READ[str(kind).removesuffix(" | None")](where, value)
    if (form := values.get("form", FORMS[0])) not in FORMS:
        raise UsageError(f"no form {form!r} of asking the model; there is: {', '.join(FORMS)}")
    return Llm(**values, key=_key(environ.get("SAYSO_LLM_KEY")))


def _key(key: str | None) -> str | None:
    """The key, if it can stand in a header. The message does not show it."""
    if key and not (key.isascii() and key.isprintable() and " " not in key):
        raise UsageError("SAYSO_LLM_KEY: expected a key of printable ASCII characters, without spaces")
    return key or None


def _text(where: str, value: Any) -> str:
    if isinstance(value, date):  # TOML has dates of its own
        return str(value)
    if not isinstance(value, str):
        raise UsageError(f"{where}: expected a text, got {value!r}")
    return value


def _whole(where: str, value: Any) -> int:
    try:
        number = int(value) if isinstance(value, str | int) and not isinstance(value, bool) else 0
    except ValueError:
        number = 0
    if number < 1:
        raise UsageError(f"{where}: expected a whole number, 1 or more, got {value!r}")
    return number


def _seconds(where: str, value: Any) -> float:
    try:
        number = float(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else 0.0
    except (ValueError, OverflowError):
        number = 0.0
    if not 0 < number < math.inf:
        raise UsageError(f"{where}: expected a number above 0, got {value!r}")
    return number


def _yes(where: str, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if value not in ("0", "1"):
        raise UsageError(f"{where}: expected 1 or 0, got {value!r}")
    return bool(value == "1")


_READ: Mapping[str, Callable[[str, Any], Any]] = {"str": _text, "int": _whole, "float": _seconds, "bool": _yes}


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
