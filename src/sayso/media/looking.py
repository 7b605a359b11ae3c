"""Looking into a file: what it is, what it says of itself, and the hashes by which it is found again."""

from __future__ import annotations

import base64
import json
import os
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import Any, BinaryIO

from sayso.config import MB, Limits
from sayso.errors import UsageError
from sayso.media.bounds import run
from sayso.media_types import Credentials, FileSays, KeyFrame, Look

_GRACE = 10.0  # seconds for starting the process, beside those for the file
_ANSWER = 16 * MB  # of what the process may write
_NEEDED = {"pillow": "PIL", "pdqhash": "pdqhash", "c2pa-python": "c2pa"}
_TOOLS = (*_NEEDED, "av")
_SAID = 2_000  # characters of all problems of one file
_LIST = 16 * MB  # of a trust list


@dataclass(frozen=True, slots=True)
class Trust:
    """A file of certificates (PEM) that signatures of C2PA manifests may lead to."""

    path: Path
    sha256: str

    @classmethod
    def of(cls, path: str | None) -> Trust | None:
        """The list in the file at ``path``; None where none is given. UsageError where it holds no certificates."""
        if path is None:
            return None
        try:
            with Path(path).open("rb") as file:
                data = file.read(_LIST + 1)
        except OSError as error:
            raise UsageError(f"the trust list {path} cannot be read: {error.strerror or error}.") from error
        if b"-----BEGIN CERTIFICATE-----" not in data or len(data) > _LIST or not _is_utf8(data):
            raise UsageError(f"{path} is no trust list. Give a file of certificates in PEM, as C2PA publishes them.")
        return cls(Path(path).absolute(), sha256(data).hexdigest())


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def check_installed() -> None:
    """UsageError where what looks into pictures is not installed."""
    missing = [name for name in _NEEDED if _version(name) is None]
    if missing:
        raise UsageError(f"pictures and videos need more than reading does: pip install 'sayso[media]' ({missing[0]})")


def made_with(limits: Limits, trust: Trust | None) -> str:
    """The tools that look into a file, their versions and their settings, as JSON."""
    bounds = {name: getattr(limits, f"media_{name}") for name in ("pixels", "frames", "seconds", "memory")}
    tools = {name: _version(name) for name in _TOOLS}
    return json.dumps({**tools, **bounds, "trust": trust and trust.sha256}, sort_keys=True)


def covers(made: str, now: str) -> bool:
    """True where a look ``made`` with certain tools and settings need not be taken again with those of ``now``, both as
    ``made_with`` gives them: they are the same, but for a trust list that is not given now."""
    before, wanted = json.loads(made), json.loads(now)
    if wanted["trust"] is None:
        wanted["trust"] = before["trust"]
    return bool(before == wanted)


@cache
def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def look(file: BinaryIO, kind: str, limits: Limits, trust: Trust | None = None) -> Look:
    """What is found in a file of this kind, in a process of its own. ``file`` is one of the system's, with a number.

    Nothing in it makes this raise: what cannot be done is the ``problem`` of what is returned.
    """
    settings = {
        "kind": kind,
        "pixels": limits.media_pixels,
        "frames": limits.media_frames,
        "seconds": limits.media_seconds,
        "memory": limits.media_memory,
        "trust": str(trust.path) if trust else None,
    }
    file.flush()
    os.lseek(file.fileno(), 0, os.SEEK_SET)  # the process goes on from where the descriptor stands
    seconds = limits.media_seconds + _GRACE
    ended = run("sayso.media.worker", json.dumps(settings), file, seconds, _ANSWER)
    found = _Found()
    for line in ended.out.splitlines():
        found.take(line)
    if not found.done:
        found.problems.append(
            f"it takes more than {limits.media_seconds:g} seconds to look into, the limit media_seconds"
            if ended.overdue
            else f"cannot be decoded: it makes the decoder fail (exit status {ended.code})"
        )
    return found.look(made_with(limits, trust))


class _Found:
    """What the process has said so far."""

    def __init__(self) -> None:
        self.done = False
        self.problems: list[str] = []
        self._frames: list[KeyFrame] = []
        self._said: dict[str, Any] = {}

    def take(self, line: bytes) -> None:
        """Take in one line. One that was cut off when the process fell is none."""
        try:
            ((what, value),) = json.loads(line).items()
        except ValueError:
            return
        if what == "done":
            self.done = True
        elif what == "problem":
            self.problems.append(str(value))
        elif what == "frame":
            self._frames.append(KeyFrame(**value))
        else:
            self._said[what] = value

    def look(self, tools: str) -> Look:
        """All of it as a record."""
        width, height = self._said.get("size", (None, None))
        given, thumbnail = self._said.get("credentials"), self._said.get("thumbnail")
        return Look(
            width=width,
            height=height,
            seconds=self._said.get("seconds"),
            frames=tuple(self._frames),
            says=FileSays(**self._said.get("says", {})),
            credentials=Credentials(**given) if given else None,
            thumbnail=base64.b64decode(thumbnail) if thumbnail else None,
            problem="; ".join(dict.fromkeys(self.problems))[:_SAID] or None,
            made_with=tools,
        )
