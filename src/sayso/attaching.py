"""Pictures and videos: a file is hashed, looked into, kept in the ledger and tied to where it was seen.

What is asked of them is whether they were seen before: the very bytes, or a picture that looks the same, where, when
and about which place. Whether they show what is said of them is for people to say.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urldefrag, urlsplit

from sayso import media
from sayso.config import Config
from sayso.errors import IntakeError, NotThereError, UsageError
from sayso.intake.files import Entry, files_in, open_file
from sayso.intake.stream import read_failure
from sayso.ledger import Ledger
from sayso.ledger.media import ID, Media
from sayso.media.citing_worker import LONGEST
from sayso.media.kinds import HEAD, kind_of
from sayso.media_types import Look, MediaFile, Medium, Sighting
from sayso.types import Quarantined

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Attached:
    """What became of one file: ``id`` is its id in the ledger; ``known``: nothing of it was new."""

    id: str
    location: str
    kind: str
    problem: str | None
    kept: bool
    known: bool


Watch = Callable[[Attached | Quarantined], None]


def where_seen(
    ledger: Ledger, who: str, article: str | None = None, claim: str | None = None, url: str | None = None
) -> Sighting:
    """Where files were seen that are to be attached; ids may be given by their beginnings. The article of a claim need
    not be given. NotThereError for what is not in the ledger, UsageError for an address or an article that cannot be.
    """
    if claim is not None:
        stored = ledger.claim(claim)
        if article is not None and ledger.article(article).row.id != stored.article.id:
            raise UsageError(f"the claim {claim} is not one of the article {article}. Give one of the two.")
        claim, article = stored.row.id, stored.article.id
    elif article is not None:
        article = ledger.article(article).row.id
    return Sighting(article, claim, _address(url), "", who)


def attach(
    paths: Iterable[str | Entry], seen: Sighting, config: Config, ledger: Ledger, watch: Watch | None = None
) -> None:
    """Keep the files at ``paths``, folders with all that is in them, as seen where ``seen`` says, each whole or not at
    all. What is no picture or video is set aside, and the run goes on. ``watch`` is told of each once it is stored.

    UsageError where what looks into pictures is not installed, or the trust list is none.
    """
    media.check_installed()
    trust = media.Trust.of(config.trust)
    for entry in (entry for path in paths for entry in files_in(path)):
        try:
            with open_file(entry, config.limits.file_bytes) as file:
                became: Attached | Quarantined = _attach(file, entry.location, seen, config, trust, ledger)
        except IntakeError as error:
            became = _set_aside(entry.location, error)
            ledger.quarantine(became)
        if watch:
            watch(became)


def attach_file(file: BinaryIO, name: str, seen: Sighting, config: Config, ledger: Ledger) -> Attached:
    """As ``attach``, of one file that is open already and goes by ``name``. IntakeError where it is no picture or
    video; it is set aside, too."""
    media.check_installed()
    try:
        return _attach(file, name, seen, config, media.Trust.of(config.trust), ledger)
    except IntakeError as error:
        ledger.quarantine(_set_aside(name, error))
        raise


def _set_aside(location: str, error: IntakeError) -> Quarantined:
    digest = error.args[1] if len(error.args) > 1 else None
    return Quarantined(location, digest, error.args[0], datetime.now(UTC).isoformat(timespec="seconds"))


def _attach(
    given: BinaryIO, name: str, seen: Sighting, config: Config, trust: media.Trust | None, ledger: Ledger
) -> Attached:
    with _hashed(given, config) as (file, opened):
        with ledger.media() as held:
            before = held.find(file.sha256)
        looked = None
        # What was looked into well, with these tools and settings, is not looked into again.
        now = media.made_with(config.limits, trust)
        if before is None or before.look.problem is not None or not media.covers(before.look.made_with, now):
            looked = media.look(opened, file.kind, config.limits, trust)
            _check_unchanged(file, opened)
    added = ledger.attach(file, looked, replace(seen, location=name))
    problem = looked.problem if looked else None
    return Attached(file.sha256[:ID], name, file.kind, problem, file.data is not None, not added)


@contextmanager
def _hashed(given: BinaryIO, config: Config) -> Iterator[tuple[MediaFile, BinaryIO]]:
    """A picture or video, hashed, and a file to look into it: a copy of the bytes that were hashed, or what was given
    where it is too large to be kept. IntakeError, with the hash, where it is neither."""
    most = config.limits.media_bytes
    try:
        data = given.read(most + 1)
        digest, size = hashlib.sha256(data), len(data)
        large = size > most
        while large and (chunk := given.read(_CHUNK)):
            digest.update(chunk)
            size += len(chunk)
    except OSError as error:
        raise IntakeError(read_failure(error)) from error
    try:
        kind = kind_of(data[:HEAD])
    except IntakeError as error:
        raise IntakeError(str(error), digest.hexdigest()) from None
    if large:
        yield MediaFile(digest.hexdigest(), kind, size, None), given
        return
    with _copied(data) as copy:
        yield MediaFile(digest.hexdigest(), kind, size, data), copy


@contextmanager
def _copied(data: bytes) -> Iterator[BinaryIO]:
    """A file of the system's with these bytes, for as long as the context lasts."""
    with tempfile.TemporaryFile() as copy:
        copy.write(data)
        yield copy


def _check_unchanged(file: MediaFile, opened: BinaryIO) -> None:
    """IntakeError where a file that is not kept was changed in size while it was looked into."""
    if file.data is None and os.fstat(opened.fileno()).st_size != file.size:
        raise IntakeError("it was changed while it was looked into. Attach it again when nobody writes to it")


def _address(url: str | None) -> str | None:
    """An address as pages' are kept, without what follows ``#``. UsageError where it is none of the web."""
    if url is None:
        return None
    try:
        cut = urldefrag(url.strip()).url
        parts = urlsplit(cut)
        known = parts.scheme in ("http", "https") and parts.hostname and len(cut.encode()) <= LONGEST
    except ValueError:
        known = False
    if not known:
        raise UsageError(f"url: expected an address such as https://example.org/picture.jpg, got {url[:LONGEST]!r}")
    return cut


def medium(ledger: Ledger, what: str, config: Config) -> Medium:
    """A picture or video, and where it, and what looks like it, was seen before. ``what`` is the beginning of an id, or
    a file, which is looked into and not stored.

    With ``config.trust``, its C2PA manifest is held against that list anew, if its bytes are at hand. NotThereError
    where there is neither, IntakeError where the file is no picture or video.
    """
    with ledger.media() as held:
        known = bool(held.ids(what))
    if known or not Path(what).is_file():
        return _held_against(ledger, stored(ledger, what), config)
    media.check_installed()
    with (
        open_file(Entry(Path(what), what), config.limits.file_bytes) as given,
        _hashed(given, config) as (file, opened),
    ):
        looked = media.look(opened, file.kind, config.limits, media.Trust.of(config.trust))
    with ledger.media() as held:
        found = held.find(file.sha256)
        return _beside(held, file.sha256, file.kind, file.size, found and found.key, looked)


def stored(ledger: Ledger, id: str, frames: int | None = None) -> Medium:
    """The picture or video whose id begins with ``id``, as it was looked into; what looks like it by so many of its
    pictures, spread over it (None: by all). NotThereError if there is none, or more than one."""
    with ledger.media() as held:
        ids = held.ids(id)
        if not ids:
            raise NotThereError(f"no picture or video {id!r} in {ledger.where}; list them with: sayso media")
        if len(ids) > 1:
            some = ", ".join(one[:ID] for one in ids)
            raise NotThereError(f"{id!r} begins more than one id: {some}. Give more of it.")
        found = held.find(ids[0])
        assert found is not None  # nothing is ever removed
        return _beside(held, found.sha256, found.kind, found.size, found.key, found.look, frames)


def _held_against(ledger: Ledger, found: Medium, config: Config) -> Medium:
    """A picture or video with its manifest held against another trust list, where one is given."""
    trust = media.Trust.of(config.trust)
    if trust is None or media.covers(found.look.made_with, media.made_with(config.limits, trust)):
        return found
    try:
        data = ledger.data(found.sha256)
    except NotThereError:
        return found  # its bytes are not kept
    media.check_installed()
    with _copied(data) as copy:
        again = media.look(copy, found.kind, config.limits, trust)
    return replace(found, look=replace(found.look, credentials=again.credentials))


def _beside(
    held: Media, sha256: str, kind: str, size: int, key: int | None, looked: Look, frames: int | None = None
) -> Medium:
    keys = [] if key is None else [key]
    step = 1 if frames is None else -(-len(looked.frames) // frames) or 1
    near = held.near(looked.frames[::step], but=sha256)
    row = next(iter(held.rows_of(keys)), None)
    seen = held.seen(keys).get(key, ()) if key is not None else ()
    return Medium(sha256, kind, size, row, looked, seen, tuple(near))


def go_through(ledger: Ledger, article: str, config: Config) -> bool:
    """Enter which pictures and videos the page of an article, given by its whole id, shows; nothing is fetched. False
    where the page cannot be taken apart: it is left out and may be tried again."""
    with ledger.media() as held:
        if held.is_gone_through(article):
            return True
        sha256, address = held.page_of(article)
    shown = media.cited_in(ledger.data(sha256), address, config.limits)
    if shown is None:
        return False
    with ledger.media(writing=True) as held:
        held.cite(article, shown)
    return True
