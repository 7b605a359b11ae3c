"""What was found in one piece of input, made into an Article."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256

from sayso.errors import IntakeError, UsageError
from sayso.intake.dates import iso_date
from sayso.intake.language import language_of
from sayso.types import Article, Extraction

_SURROGATE = re.compile("[\ud800-\udfff]")
# Not U+0080 to U+009F: real reports are full of them, where their UTF-8 was once taken for Latin-1.
_CONTROL = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
CONTROLS_PER_CHARACTER = 0.05  # above this a "text" is a binary file


@dataclass(frozen=True, slots=True)
class Found:
    """What the input itself says of one article; ``published`` as it was written there."""

    text: str
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    extraction: Extraction | None = None  # None: nothing but Sayso's own decoding of the format


def article_of(
    text: str,
    *,
    outlet: str | None = None,
    published: str | None = None,
    title: str | None = None,
    url: str | None = None,
    location: str = "<text>",
    data: bytes | None = None,
) -> Article:
    """The article that ``text`` (with ``title`` above it, if there is one) makes.

    ``data`` is the bytes it was read from; without them, the text in UTF-8, so that a text and a file that holds it
    are the same article. Raises IntakeError where the text is empty or no text at all, and UsageError where
    ``published`` is not understood.
    """
    if published is not None and iso_date(published) is None:
        raise UsageError(f"published: expected a date such as 2018-04-13, got {published!r}")
    return build(Found(text, title, outlet, published, url), location, data)


def build(found: Found, location: str, data: bytes | None) -> Article:
    """As ``article_of``, but a date that is not understood is left out."""
    body, title = replace_surrogates(found.text), one_line(found.title)
    check_text(body)
    text = f"{title}\n\n{body}" if title else body
    digest = sha256(text.encode() if data is None else data).hexdigest()
    return Article(
        id=digest[:16],
        sha256=digest,
        location=location,
        outlet=one_line(found.outlet),
        title=title,
        published=iso_date(found.published),
        url=one_line(found.url),
        language=language_of(text),
        text=text,
    )


def check_text(text: str) -> None:
    """Raise IntakeError where ``text`` is blank, or is not something that a person wrote to be read."""
    if not text or text.isspace():
        raise IntakeError("it is empty: there is no text to read")
    if (at := text.find("\0")) >= 0:
        raise IntakeError(f"binary content: a NUL character at {at}. Give the text of the report")
    controls = count_controls(text)
    if controls > CONTROLS_PER_CHARACTER * len(text):
        raise IntakeError(
            f"binary content: {controls} control characters among {len(text)}. Give the text of the report"
        )


def count_controls(text: str) -> int:
    """How many control characters are in ``text`` that no text needs."""
    return sum(1 for _ in _CONTROL.finditer(text))


def one_line(text: str | None) -> str | None:
    """``text`` without line breaks and outer white space; None where nothing is left."""
    if text is None:
        return None
    return " ".join(replace_surrogates(text).replace("\0", " ").splitlines()).strip() or None


def replace_surrogates(text: str) -> str:
    """``text`` with each lone surrogate, which no encoding can carry, replaced by U+FFFD; its length stays."""
    return _SURROGATE.sub("\ufffd", text)
