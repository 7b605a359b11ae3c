"""The places that the user has added: one file, beside which the shipped gazetteer stays as it is.

Its first lines begin with "#" and name its sources: ``#id, file, places, SHA-256 of the file``. Then come lines as in
the shipped table, sorted as bytes, with the source's id as a tenth field. It is written anew and put in place whole, so
that a reader never meets half of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from sayso.config import Limits
from sayso.errors import SaysoError, UsageError
from sayso.read.gazetteer import Gazetteer, lines_of
from sayso.read.placefiles import places_in
from sayso.read.places import shipped

_HEAD = b"#sayso places 1\n"
_SOURCE = re.compile(r"#([0-9a-f]{8})\t([^\t\n]{1,255})\t(\d{1,9})\t([0-9a-f]{64})\n")
_LINE = re.compile(
    rb"[^\t\n#][^\t\n]*\t[^\t\n]+\t[PSABCWQ]\t(?:[A-Z]{2})?\t[^\t\n]*\t\d{1,12}"
    rb"\t-?\d{1,3}\.\d{3}\t-?\d{1,3}\.\d{3}\t\d{1,12}\t[0-9a-f]{8}\n"
)


@dataclass(frozen=True, slots=True)
class Source:
    """A file whose places were added. ``id`` is the start of its hash."""

    id: str
    file: str
    places: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Change:
    """What adding a file did: rows that gave no place are ``bad``."""

    source: Source
    bad: int


@dataclass(frozen=True, slots=True)
class AddedPlaces:
    """What the user's file holds: its sources, and its lines (bytes, sorted)."""

    sources: tuple[Source, ...] = ()
    lines: tuple[bytes, ...] = ()

    @classmethod
    def load(cls, path: Path | None) -> AddedPlaces:
        """The places in the file at ``path``; none where there is no file. SaysoError where it is damaged."""
        if path is None or not path.is_file():
            return cls()
        try:
            lines = path.read_bytes().splitlines(keepends=True)
            heads = [_SOURCE.fullmatch(line.decode()) for line in lines[1:] if line.startswith(b"#")]
        except (OSError, UnicodeDecodeError) as error:
            raise SaysoError(f"{path} cannot be read: {error}") from error
        table = tuple(line for line in lines[1:] if not line.startswith(b"#"))
        sources = tuple(Source(m[1], m[2], int(m[3]), m[4]) for m in heads if m)
        if lines[:1] != [_HEAD] or len(sources) < len(heads) or not all(map(_LINE.fullmatch, table)):
            raise SaysoError(
                f"{path} is no file of added places, or damaged. Move it away, and add the places again with "
                "sayso places add."
            )
        return cls(sources, table)

    @property
    def mark(self) -> str:
        """What tells readings made with these places from others: "" for none, else "+places-" and a hash."""
        return f"+places-{sha256(b''.join(self.lines)).hexdigest()[:8]}" if self.lines else ""

    def without(self, asked: Iterable[str]) -> AddedPlaces:
        """All but the sources that are named by id or file. UsageError where one is not among them."""
        gone = set[str]()
        for name in asked:
            found = {source.id for source in self.sources if name in (source.id, source.file)}
            if not found:
                known = ", ".join(source.file for source in self.sources) or "nothing"
                raise UsageError(f"no places were added from {name!r}. What was: {known}.")
            gone |= found
        kept = tuple(source for source in self.sources if source.id not in gone)
        return AddedPlaces(kept, tuple(line for line in self.lines if line[-9:-1].decode() not in gone))

    def save(self, path: Path) -> None:
        """Write the file anew, whole or not at all."""
        path.parent.mkdir(parents=True, exist_ok=True)
        heads = (f"#{s.id}\t{s.file}\t{s.places}\t{s.sha256}\n".encode() for s in self.sources)
        with NamedTemporaryFile(dir=path.parent, prefix=path.name, delete=False) as file:
            try:
                file.writelines([_HEAD, *heads, *sorted(self.lines)])
                file.close()
                Path(file.name).replace(path)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise


def gazetteer_with(places: AddedPlaces) -> Gazetteer:
    """The shipped gazetteer, with what was added to it."""
    return Gazetteer.open(added=b"".join(places.lines)) if places.lines else shipped()


def add(source: Path, to: Path, limits: Limits, country: str | None = None) -> Change:
    """Add the places of the file ``source`` to the user's file ``to``; what was added from the same bytes before is
    replaced.

    UsageError where the file holds no places, or more than may be; OSError where it cannot be read or written.
    """
    whole, size = sha256(), 0
    with source.open("rb") as file:
        while block := file.read(1 << 20):
            whole.update(block)
            size += len(block)
            if size > limits.places_bytes:
                raise UsageError(f"{source} is larger than {limits.places_bytes:,} bytes (SAYSO_LIMIT_PLACES_BYTES).")
    held = AddedPlaces.load(to)
    identity = whole.hexdigest()[:8]
    lines, places, bad = set[bytes](), 0, 0
    for found in places_in(source, limits, country):
        if found is None:
            bad += 1
            continue
        places += 1
        if places > limits.places:
            raise UsageError(f"{source} holds more than {limits.places:,} places (SAYSO_LIMIT_PLACES). Cut it.")
        lines.update(
            line[:-1] + f"\t{identity}\n".encode() for line in lines_of(found.place, found.names, loosely=True)
        )
    if not places:
        raise UsageError(f"{source}: none of its {bad} rows gives a place with a name in Latin letters and a point.")
    new = Source(identity, _shown(source.name), places, whole.hexdigest())
    kept = held.without([identity]) if any(s.id == identity for s in held.sources) else held
    AddedPlaces((*kept.sources, new), (*kept.lines, *lines)).save(to)
    return Change(new, bad)


def _shown(name: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in name)[:255].encode("utf-8", "replace").decode()[:200]
