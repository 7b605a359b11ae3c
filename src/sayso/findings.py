"""Add what a body found that the user lists as mandated to find: its documents, or a feed of its ClaimReviews.

A document becomes an ordinary article whose outlet is the body, and each review of a feed such an article with one
claim, so that all that holds for claims holds for findings, too. What they concern is then linked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from sayso.config import Config
from sayso.errors import IntakeError
from sayso.intake import article_of, receive
from sayso.intake.receive import STDIN, quarantined
from sayso.ledger import Ledger
from sayso.ledger.claims import folded
from sayso.link.findings import Finding, is_feed, read_findings, reading_of, text_of
from sayso.linking import add_body, link
from sayso.pipeline import Outcome
from sayso.read import reader_of
from sayso.types import Filters, Quarantined, Received

Watch = Callable[[Outcome | Quarantined], None]


@dataclass(frozen=True, slots=True)
class Added:
    """Claims of the body that were added, how many claims of others they concern, what was set aside, and how many
    reviews of the feed are by somebody else, and so were not added."""

    findings: int
    claims: int
    quarantined: int
    others: int


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

    ``watch`` is told of each document once it is stored. Raises LedgerError where the ledger cannot be written. What
    was added before changes nothing.
    """
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
    add_body(ledger, body)
    concerned = {x.to for x in ledger.links(Filters(outlet=body)) if x.relation == "finds"}
    return Added(found.findings, len(concerned), found.set_aside, found.others)


class _Adding:
    """One path's documents or reviews, as the word of one body."""

    def __init__(self, path: str, body: str, config: Config, ledger: Ledger) -> None:
        self._path, self._body, self._config, self._ledger = path, body, config, ledger
        self._reader = reader_of(config)
        self.findings = self.set_aside = self.others = 0

    def outcomes(self, stdin: BinaryIO | None) -> Iterator[Outcome | Quarantined]:
        """What becomes of each document, or of each review."""
        if self._path != STDIN and (data := _feed(Path(self._path), self._config.limits.article_bytes)) is not None:
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
        elif not outcome.known:
            self.findings += sum(1 for _ in self._ledger.claims_of(outcome.received.article.id))

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
            yield self._read(Received(article, text.encode()), review)

    def _read(self, received: Received, review: Finding | None) -> Outcome:
        if self._ledger.holds(received.article.id, self._reader.provenance):
            return Outcome(received, None, known=True)
        if not self._reader.reads(received.article):
            return Outcome(received, None, known=False)
        reading = self._reader.read(received.article)
        return Outcome(received, reading_of(review, reading) if review else reading, known=False)


def _feed(path: Path, most: int) -> bytes | None:
    """The bytes of a file that is a feed; None for any other, and for one that cannot be read, of which intake says
    why."""
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError:
        return None
    return data if is_feed(data) else None
