"""HTTP messages as web archives and servers hold them: the head taken apart, the body as the page's own bytes."""

from __future__ import annotations

import io
import re
import zlib
from dataclasses import dataclass

from sayso.errors import IntakeError
from sayso.intake.kinds import kind_of

HEAD_BYTES = 64 * 1024  # of status line and header fields
PAGES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
_FIELDS = 256  # header fields in one message
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})(?!\d)")
_CHUNK = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,12})[ \t]*(?:;[^\r\n]{0,4096})?\r?\n")
_CHARSET = re.compile(r"charset\s{0,8}=\s{0,8}[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_BLANK = " \t\r"  # U+0085 and U+00A0, blank or line ends elsewhere, are bytes of letters in UTF-8 here
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Response:
    """A response: its status, its header fields with names in lower case, and its body as it was sent."""

    status: int
    fields: tuple[tuple[str, str], ...]
    body: bytes

    def field(self, name: str) -> str:
        """The first header field of this name, which is in lower case; "" where there is none."""
        return next((value for other, value in self.fields if other == name), "")

    @property
    def media_type(self) -> str:
        """What the body is said to be, as text/html; "" where nothing is said."""
        return self.field("content-type").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """The encoding that the header gives, if any."""
        found = _CHARSET.search(self.field("content-type")[:1024])
        return found[1].lower() if found else None


def response_of(message: bytes) -> Response:
    """The response that ``message`` is. Header bytes beyond ASCII are Latin-1. IntakeError where it is none."""
    status = _STATUS.match(message)
    if status is None:
        raise IntakeError("what the server sent is no HTTP response: it does not begin with a status line")
    end = re.compile(rb"\r?\n\r?\n").search(message, 0, HEAD_BYTES + 4)
    if end is None:
        raise IntakeError(f"the header of the HTTP response does not end, or not within {HEAD_BYTES:,} bytes")
    lines = message[: end.start()].split(b"\n")[1:]
    if len(lines) > _FIELDS:
        raise IntakeError(f"an HTTP response of {len(lines):,} header fields, more than {_FIELDS}")
    pairs = (line.decode("latin-1").partition(":") for line in lines)
    fields = tuple((name.strip(_BLANK).lower(), value.strip(_BLANK)) for name, _, value in pairs)
    return Response(int(status[1]), fields, message[end.end() :])


def is_page(response: Response, page: bytes) -> bool:
    """True where ``page``, the body of ``response``, is a web page or a text: by what it is said to be, or, where that
    is wrong or nothing is said, by its look."""
    if response.media_type in PAGES:
        return True
    try:
        kind = kind_of(page[:HEAD_BYTES])
    except IntakeError:
        return False
    return kind == "html" or (kind == "text" and not response.media_type)


def payload(response: Response, limit: int, ratio: int) -> bytes:
    """The page's own bytes: the body with what was done to send it undone, at most ``limit`` bytes and ``ratio`` times
    what was sent.

    What a header says and the body isn't is passed over: some archives keep bodies undone, with the header as it was.
    Raises IntakeError where the body is damaged, or more than that comes out.
    """
    body = response.body
    if "chunked" in response.field("transfer-encoding").lower():
        body = _unchunked(body)
    codings = [coding.strip().lower() for coding in response.field("content-encoding").split(",")]
    if len(codings) > 2:
        raise IntakeError(f"a body that is packed {len(codings)} times over")
    for coding in reversed(codings):
        body = _unpacked(body, coding, max(min(limit, ratio * len(body)), min(limit, HEAD_BYTES)))
    if len(body) > limit:
        raise IntakeError(f"a page of more than {limit:,} bytes, the limit article_bytes")
    return body


def _unchunked(body: bytes) -> bytes:
    parts: list[bytes] = []
    at = 0
    while size := _CHUNK.match(body, at):
        length = int(size[1], 16)
        if not length:
            return b"".join(parts)
        if size.end() + length > len(body):
            raise IntakeError("cut off: the body ends within a chunk")
        parts.append(body[size.end() : size.end() + length])
        at = size.end() + length
        at += 2 if body.startswith(b"\r\n", at) else 1 if body.startswith(b"\n", at) else 0
    if not parts:
        return body  # it was undone before it was kept
    raise IntakeError(
        "cut off: the body lacks its last chunk" if at >= len(body) else "damaged: bad chunks in the body"
    )


def _unpacked(body: bytes, coding: str, limit: int) -> bytes:
    if coding in ("gzip", "x-gzip"):
        return _inflated(body, 31, limit) if body.startswith(_GZIP) else body
    if coding == "deflate" and body:  # with zlib's header, as it should be, or without, as some send it
        return _inflated(body, 15 if body[0] & 0x0F == 8 and len(body) > 1 and body[0] << 8 | body[1] else -15, limit)
    if coding in ("br", "zstd") and body:
        return _by_fastwarc(body, coding, limit)
    if coding in ("", "identity", "none", "utf-8", "deflate", "br", "zstd"):
        return body
    raise IntakeError(f"a body packed as {coding[:40]!r}, which is not read")


def _inflated(body: bytes, wbits: int, limit: int) -> bytes:
    inflater = zlib.decompressobj(wbits)
    try:
        data = inflater.decompress(body, limit + 1)
    except zlib.error as error:
        raise IntakeError(f"damaged: the body cannot be expanded ({error})") from None
    _check_expanded(len(data), len(body), limit)
    if not inflater.eof:
        raise IntakeError("cut off: the packed body ends before its end")
    return data


def _by_fastwarc(body: bytes, coding: str, limit: int) -> bytes:
    from fastwarc.stream_io import BrotliReader, ZstdReader

    reader = (BrotliReader if coding == "br" else ZstdReader)(io.BytesIO(body))
    parts, size = [], 0
    try:
        while size <= limit and (part := reader.read(min(HEAD_BYTES, limit + 1 - size))):
            parts.append(part)
            size += len(part)
    except (OSError, ValueError) as error:
        raise IntakeError(f"damaged: the body cannot be expanded ({error})") from None
    _check_expanded(size, len(body), limit)
    return b"".join(parts)


def _check_expanded(size: int, packed: int, limit: int) -> None:
    if size > limit:
        raise IntakeError(
            f"a bomb, or too long: the body expands from {packed:,} bytes to more than {limit:,}, "
            "over the limit article_bytes or ratio"
        )
