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
from sayso.ledger import Ledger
from sayso.ledger.media import ID, Found
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
            became: Attached | Quarantined = _attach(entry, seen, config, trust, ledger)
        except IntakeError as error:
            digest = error.args[1] if len(error.args) > 1 else None
            became = Quarantined(entry.location, digest, error.args[0], datetime.now(UTC).isoformat(timespec="seconds"))
            ledger.quarantine(became)
        if watch:
            watch(became)


def _attach(entry: Entry, seen: Sighting, config: Config, trust: media.Trust | None, ledger: Ledger) -> Attached:
    with _opened(entry, config) as (file, opened):
        with ledger.media() as held:
            before = held.find(file.sha256)
        # What was looked into well, with these tools and settings, is not looked into again.
        same = before is not None and before.look.made_with == media.made_with(config.limits, trust)
        known = same and before is not None and before.look.problem is None
        looked = None if known else media.look(opened, file.kind, config.limits, trust)
        _check_unchanged(file, opened)
    added = ledger.attach(file, looked, replace(seen, location=entry.location))
    problem = looked.problem if looked else None
    return Attached(file.sha256[:ID], entry.location, file.kind, problem, file.data is not None, not added)


@contextmanager
def _opened(entry: Entry, config: Config) -> Iterator[tuple[MediaFile, BinaryIO]]:
    """A picture or video, hashed, and a file to look into it: a copy of the bytes that were hashed, or the file itself
    where it is too large to be kept. IntakeError, with the hash if there is one, where it is neither."""
    limits = config.limits
    with open_file(entry, limits.file_bytes) as file:
        head = file.read(HEAD)
        data = head + file.read(limits.media_bytes + 1 - len(head))
        digest = hashlib.sha256(data)
        size = len(data)
        large = size > limits.media_bytes
        while large and (chunk := file.read(_CHUNK)):
            digest.update(chunk)
            size += len(chunk)
        try:
            kind = kind_of(head)
        except IntakeError as error:
            raise IntakeError(str(error), digest.hexdigest()) from None
        if large:
            yield MediaFile(digest.hexdigest(), kind, size, None), file
            return
        with tempfile.TemporaryFile() as copy:
            copy.write(data)
            copy.flush()
            yield MediaFile(digest.hexdigest(), kind, size, data), copy


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
        ids = held.ids(what)
    if len(ids) > 1:
        raise NotThereError(f"{what!r} begins more than one id: {', '.join(one[:ID] for one in ids)}. Give more of it.")
    if ids:
        with ledger.media() as held:
            found = held.find(ids[0])
        assert found is not None  # nothing is ever removed
        return _beside(ledger, found.sha256, found.kind, found.size, _held_against(ledger, found, config))
    if not Path(what).is_file():
        raise NotThereError(f"no picture or video {what!r} in {ledger.path}, and no such file; list them: sayso media")
    media.check_installed()
    with _opened(Entry(Path(what), what), config) as (file, opened):
        looked = media.look(opened, file.kind, config.limits, media.Trust.of(config.trust))
    return _beside(ledger, file.sha256, file.kind, file.size, looked)


def _held_against(ledger: Ledger, found: Found, config: Config) -> Look:
    """What was found in a picture or video; its manifest held against another trust list, where one is given."""
    trust = media.Trust.of(config.trust)
    if trust is None or found.look.made_with == media.made_with(config.limits, trust):
        return found.look
    try:
        data = ledger.data(found.sha256)
    except NotThereError:
        return found.look
    media.check_installed()
    with tempfile.TemporaryFile() as copy:
        copy.write(data)
        copy.flush()
        again = media.look(copy, found.kind, config.limits, trust)
    return replace(found.look, credentials=again.credentials)


def _beside(ledger: Ledger, sha256: str, kind: str, size: int, looked: Look) -> Medium:
    with ledger.media() as held:
        found = held.find(sha256)
        keys = [found.key] if found else []
        rows, seen = held.rows_of(keys), held.seen(keys)
        near = held.near(looked.frames, but=sha256)
    row = rows[0] if rows else None
    return Medium(sha256, kind, size, row, looked, seen.get(keys[0], ()) if keys else (), tuple(near))


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
