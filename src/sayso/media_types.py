"""The records of pictures and videos, as they cross from one stage to another. None of them says what is true."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sayso.types import ArticleRow, ClaimRow

NEAR = 31
"""Of the 256 bits of two PDQ hashes, so many may differ in copies of one picture: the threshold that was published with
PDQ. Pictures that have little in common differ in 128 on average."""

PLAIN = 50
"""A picture whose PDQ quality (0 to 100) is below this shows too little to be told from others by its hash, as was
published with it: a wall, the sky, a black frame. It is never near anything."""

CredentialState = Literal["trusted", "untrusted", "absent", "broken"]


@dataclass(frozen=True, slots=True)
class KeyFrame:
    """A picture, or one within a video or animation, ``seconds`` from its start (None: not known, or a still picture).
    ``pdq`` is its hash in 64 hexadecimal digits, ``quality`` 0 to 100."""

    seconds: float | None
    pdq: str
    quality: int


@dataclass(frozen=True, slots=True)
class FileSays:
    """What a file says of itself, in EXIF or a video's own notes. Whoever has a file can write any of it: it is the
    file's claim, no more. ``taken`` is a time as it stands there, its offset where it has one."""

    taken: str | None = None
    lat: float | None = None
    lon: float | None = None
    camera: str | None = None
    software: str | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Credentials:
    """A C2PA manifest, if the file has one. trusted: its signature holds, and leads to a certificate of the list that
    was given; untrusted: it holds, but leads to none of that list, or no list was given; broken: the file or the
    manifest is not what was signed; absent: there is none. ``why`` says so in words, with C2PA's own codes. What a
    manifest says of its file is the word of its ``signer``."""

    state: CredentialState
    why: str
    signer: str | None = None
    tool: str | None = None
    signed: str | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What was found in a file. ``width`` and ``height`` are pixels, ``seconds`` how long it plays; ``frames`` are
    those that were hashed; ``thumbnail`` is a small JPEG drawn anew, with nothing of the file in it but its pixels.
    ``problem`` says what could not be done, None: nothing. ``made_with`` is JSON: tools, their versions and settings.
    """

    width: int | None
    height: int | None
    seconds: float | None
    frames: tuple[KeyFrame, ...]
    says: FileSays
    credentials: Credentials | None
    thumbnail: bytes | None
    problem: str | None
    made_with: str


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A picture or video: what bytes it has, of which ``kind`` by its content, ``size`` in bytes. ``data`` is None
    where it is too large to be kept: only its hash is, then, and where it lies."""

    sha256: str
    kind: str
    size: int
    data: bytes | None


@dataclass(frozen=True, slots=True)
class Sighting:
    """Where a picture or video was seen: by ids an article, a claim; an address; which file was given, and by whom."""

    article: str | None
    claim: str | None
    url: str | None
    location: str
    who: str


@dataclass(frozen=True, slots=True)
class MediumRow:
    """A picture or video as the ledger lists it. ``taken``, ``lat``, ``lon`` and ``camera`` are what the file says of
    itself; ``frames`` is how many of its pictures were hashed; ``kept``: its bytes are in the ledger."""

    id: str
    sha256: str
    kind: str
    size: int
    width: int | None
    height: int | None
    seconds: float | None
    frames: int
    credentials: str | None
    taken: str | None
    lat: float | None
    lon: float | None
    camera: str | None
    articles: tuple[str, ...]
    claims: tuple[str, ...]
    urls: tuple[str, ...]
    kept: bool
    problem: str | None
    at: str


@dataclass(frozen=True, slots=True)
class Seen:
    """Where a picture or video was seen. ``article`` is one that it was attached to, or (``cited``) whose page shows it
    under ``url``; ``claim`` one that it was attached to. ``places`` are those that the claim, or else most claims of
    the article, are about. ``at`` is when it was attached, by ``who``; ``location`` the file that was given."""

    article: ArticleRow | None
    claim: ClaimRow | None
    places: tuple[str, ...]
    url: str | None
    cited: bool
    location: str
    at: str
    who: str


@dataclass(frozen=True, slots=True)
class Near:
    """A picture or video of other bytes that looks like one at hand: of the 256 bits of two pictures' hashes only
    ``bits`` differ, the one ``seconds`` into it, the other ``own_seconds`` into the one at hand."""

    medium: MediumRow
    bits: int
    seconds: float | None
    own_seconds: float | None
    seen: tuple[Seen, ...]


@dataclass(frozen=True, slots=True)
class Medium:
    """A picture or video, looked at: ``row`` is None for one that the ledger doesn't have. ``seen`` is where it was
    seen itself, ``near`` what looks like it."""

    sha256: str
    kind: str
    size: int
    row: MediumRow | None
    look: Look
    seen: tuple[Seen, ...]
    near: tuple[Near, ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """A picture or video that an article's page shows: its address; ``medium`` is the id of what was attached with that
    address, None: nothing was. Nothing is fetched."""

    article: str
    url: str
    what: str
    medium: str | None
