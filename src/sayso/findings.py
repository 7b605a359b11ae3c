"""Add what a body found that the user lists as mandated to find: its documents, or a feed of its ClaimReviews.

A document becomes an ordinary article whose outlet is the body, and each review of a feed such an article with one
claim, so that all that holds for claims holds for findings, too. What they concern is then linked.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from sayso import __version__
from sayso.config import Config
from sayso.errors import IntakeError, UsageError
from sayso.intake import article_of, receive
from sayso.intake.receive import STDIN, quarantined
from sayso.ledger import Ledger
from sayso.ledger.claims import folded
from sayso.ledger.rows import storable
from sayso.link.findings import Finding, is_feed, read_findings, reading_of, text_of
from sayso.linking import add_body, link
from sayso.pipeline import Outcome
from sayso.read import reader_of
from sayso.types import Extraction, Filters, Quarantined, Received

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

Watch = Callable[[Outcome | Quarantined], None]


@dataclass(frozen=True, slots=True)
class Added:
    """Claims of the body that were added, how many claims of others they concern, what was set aside, and how many
    reviews of the feed are by somebody else, and so were not added. ``elsewhere`` has the documents that were not added
    as they are in the ledger already under another outlet: where each is, and that outlet (None: without one).
    ``known`` counts those that are there as the body's."""

    findings: int
    claims: int
    quarantined: int
    others: int
    elsewhere: tuple[tuple[str, str | None], ...]
    known: int


def add_findings(
    path: str,
    body: str,
    config: Config,
    ledger: Ledger,
    *,
    stdin: BinaryIO | None = None,
    watch: Watch | None = None,
) -> Added:
    """Read what is at ``path``, store it as the word of ``body``, and link it to what it concerns.

    ``watch`` is told of each document once it is stored. Raises UsageError where the body has no name, and LedgerError
    where the ledger cannot be written. What was added before changes nothing.
    """
    body = storable(body)
    if not folded(body):
        raise UsageError("body: expected the name of the body whose findings they are, got a blank one.")
    found = _Adding(path, body, config, ledger)
    for outcome in found.outcomes(stdin):
        if isinstance(outcome, Quarantined):
            ledger.quarantine(outcome)
        elif not outcome.known and not ledger.store(outcome.received, outcome.reading):
            outcome = replace(outcome, known=True)
        found.count(outcome)
        if watch:
            watch(outcome)
    link(ledger)
    if any(ledger.articles(Filters(outlet=body, limit=1))):  # not for a file that is not there
        add_body(ledger, body)
    links = ledger.links(Filters(outlet=body)) if found.added else ()
    concerned = {x.to for x in links if x.relation == "finds" and x.from_ in found.added}
    return Added(len(found.added), len(concerned), found.set_aside, found.others, tuple(found.elsewhere), found.known)


class _Adding:
    """One path's documents or reviews, as the word of one body."""

    def __init__(self, path: str, body: str, config: Config, ledger: Ledger) -> None:
        self._path, self._body, self._config, self._ledger = path, body, config, ledger
        self._reader = reader_of(config)
        self.set_aside = self.others = self.known = 0
        self.added: set[str] = set()
        self.elsewhere: list[tuple[str, str | None]] = []

    def outcomes(self, stdin: BinaryIO | None) -> Iterator[Outcome | Quarantined]:
        """What becomes of each document, or of each review."""
        most = self._config.limits.article_bytes
        if self._path != STDIN:
            data = _head(Path(self._path), most)
        elif stdin is None:
            data = b""
        else:
            data, stdin = _looked_into(stdin, most)
        if is_feed(data):
            yield from self._reviews(data)
            return
        for item in receive([self._path], self._config, stdin):
            if isinstance(item, Quarantined):
                yield item
            else:
                yield self._read(replace(item, article=replace(item.article, outlet=self._body)), None)

    def count(self, outcome: Outcome | Quarantined) -> None:
        """Take in what became of one."""
        if isinstance(outcome, Quarantined):
            self.set_aside += 1
            return
        article = outcome.received.article
        if not outcome.known:
            self.added.update(claim.id for claim in self._ledger.claims_of(article.id))
        elif folded(outlet := self._ledger.article(article.id).row.outlet or "") != folded(self._body):
            self.elsewhere.append((article.location, outlet or None))
        else:
            self.known += 1

    def _reviews(self, data: bytes) -> Iterator[Outcome | Quarantined]:
        try:
            reviews = read_findings(data, self._body, self._config.limits)
        except IntakeError as error:
            yield quarantined(self._path, str(error), data=data)
            return
        for number, review in enumerate(reviews, 1):
            if folded(review.body) != folded(self._body):
                self.others += 1
                continue
            text = text_of(review)
            article = article_of(
                text, outlet=self._body, published=review.date, url=review.url, location=f"{self._path}#{number}"
            )
            made = Extraction("sayso", __version__, {"format": "claimreview"})
            yield self._read(Received(article, text.encode(), made), review)

    def _read(self, received: Received, review: Finding | None) -> Outcome:
        if self._ledger.holds(received.article.id, self._reader.provenance):
            return Outcome(received, None, known=True)
        if not self._reader.reads(received.article):
            return Outcome(received, None, known=False)
        reading = self._reader.read(received.article)
        return Outcome(received, reading_of(review, reading) if review else reading, known=False)


def _head(path: Path, most: int) -> bytes:
    """What a file begins with, a byte more than ``most`` if it goes on; nothing of one that cannot be read, of which
    intake says why."""
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError:
        return b""


def _looked_into(stdin: BinaryIO, most: int) -> tuple[bytes, BinaryIO]:
    """What standard input begins with, as ``_head`` has it, and the whole of it, to be read as if nothing had been."""
    try:
        head = stdin.read(most + 1)
    except OSError:
        head = b""
    return head, io.BufferedReader(_Rejoined(head, stdin))


class _Rejoined(io.RawIOBase):
    """What was read, and what is left."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = io.BytesIO(head), rest

    def readable(self) -> bool:
        """True: it is there to be read."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """As in io.RawIOBase."""
        view = memoryview(buffer)
        data = self._head.read(len(view)) or self._rest.read(len(view))
        view[: len(data)] = data
        return len(data)
