"""The main job: reports in, readings and a ledger out."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, BinaryIO

from sayso import parallel
from sayso import score as scoring
from sayso.config import Config, places_file
from sayso.errors import EndpointError, ReaderError, SaysoError, UsageError
from sayso.intake import Entry, article_of, receive
from sayso.read import AddedPlaces, LlmReader, Reader, reader_of
from sayso.types import LinkSummary, Quarantined, Reading, Received, Summary

if TYPE_CHECKING:
    from sayso.ledger import Ledger

__all__ = ["Outcome", "link", "outcomes", "read_text", "run", "score"]

_NO_MEMORY = ("bad_alloc", "bad allocation", "Failed to allocate memory")  # how onnxruntime says it
_AHEAD = 4  # articles handed to each process before the first of them is waited for


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one article. ``reading`` is None where the ledger holds one already (``known``), and where the
    article is in a language that the reader does not read."""

    received: Received
    reading: Reading | None
    known: bool


def run(
    paths: Iterable[str | Entry],
    config: Config,
    ledger: Ledger | None = None,
    *,
    stdin: BinaryIO | None = None,
    again: bool = False,
    watch: Callable[[Outcome | Quarantined], None] | None = None,
) -> Summary:
    """Read what is at ``paths`` and store it in ``ledger``, if there is one, in input order, each article whole.

    ``watch`` is told of each outcome once it is stored. ``again`` reads known articles too, for a ``watch`` that wants
    every reading. Where a language model is asked and cannot be, or not any more, the summary says why it stopped.
    Raises LedgerError where the ledger cannot be written; what was reported before that is stored.
    """
    started = perf_counter()
    counts: Counter[str] = Counter()
    stopped = None
    try:
        for outcome in outcomes(paths, config, None if again else ledger, stdin):
            if ledger:
                if isinstance(outcome, Quarantined) and _is_part_of(ledger, outcome.location):
                    continue  # "sayso read ." meets the very ledger that it writes
                outcome = _store(outcome, ledger)
            counts[_became(outcome)] += 1
            if isinstance(outcome, Outcome) and outcome.reading:
                counts["words"] += len(outcome.received.article.text.split())
                counts["dropped"] += outcome.reading.provenance.dropped or 0
            if watch:
                watch(outcome)
    except EndpointError as error:
        stopped = str(error)
    return Summary(
        read=counts["read"],
        known=counts["known"],
        unread=counts["unread"],
        quarantined=counts["quarantined"],
        words=counts["words"],
        seconds=perf_counter() - started,
        dropped=counts["dropped"] if config.reader == "llm" else None,
        stopped=stopped,
    )


def _became(outcome: Outcome | Quarantined) -> str:
    match outcome:
        case Quarantined():
            return "quarantined"
        case Outcome(known=True):
            return "known"
        case Outcome(reading=None):
            return "unread"
        case _:
            return "read"


def outcomes(
    paths: Iterable[str | Entry], config: Config, ledger: Ledger | None = None, stdin: BinaryIO | None = None
) -> Iterator[Outcome | Quarantined]:
    """What becomes of each input, in input order; what ``ledger`` holds already is not read again. Stores nothing."""
    reader = reader_of(config)
    # Whoever writes to standard input may wait for the reading of one article before the next is written; and what is
    # handed on one by one, as pages are that are fetched, is read and stored before the next is asked for.
    paths = paths if isinstance(paths, Iterator) else list(paths)
    waits = isinstance(paths, Iterator) or "-" in paths
    ahead = 0 if config.jobs == 1 and waits else _AHEAD * config.jobs
    yield from read_received(receive(paths, config, stdin), reader, config.jobs, ahead, ledger)


def read_received(
    items: Iterable[Received | Quarantined],
    reader: Reader | LlmReader,
    jobs: int = 1,
    ahead: int = _AHEAD,
    ledger: Ledger | None = None,
) -> Iterator[Outcome | Quarantined]:
    """What becomes of each of ``items``, in their order, ``ahead`` of which are begun before one is waited for."""
    with parallel.reading(reader, jobs) as start:
        waiting: deque[Callable[[], Outcome | Quarantined]] = deque()
        for item in items:
            if isinstance(item, Quarantined):
                waiting.append(partial(_as_it_is, item))
            elif ledger and ledger.holds(item.article.id, reader.provenance):
                waiting.append(partial(_as_it_is, Outcome(item, None, known=True)))
            elif not reader.reads(item.article):
                waiting.append(partial(_as_it_is, Outcome(item, None, known=False)))
            else:
                waiting.append(partial(_finish, item, start(item.article)))
            if len(waiting) > ahead:
                yield waiting.popleft()()
        while waiting:
            yield waiting.popleft()()


def read_text(
    text: str,
    *,
    outlet: str | None = None,
    published: str | None = None,
    title: str | None = None,
    url: str | None = None,
) -> Reading:
    """Read one article that is at hand as a text; ``sayso.read`` is this. The reader is loaded once and kept.

    Raises IntakeError for an empty text, and UsageError for a date that is not understood or a text in a language that
    the reader does not read.
    """
    article = article_of(text, outlet=outlet, published=published, title=title, url=url)
    reader = _kept_reader()
    if not reader.reads(article):
        raise UsageError(f"the reader reads English only; this text is in {article.language!r}.")
    return reader.read(article)


def link(ledger: Ledger, *, again: bool = False, watch: Callable[[int, int], None] | None = None) -> LinkSummary:
    """Relate what is in ``ledger``, as ``sayso.linking`` does. What that needs is imported only then: it takes as long
    as to read a report."""
    from sayso import linking

    return linking.link(ledger, again=again, watch=watch)


def score(folder: Path, config: Config, *, watch: Callable[[Quarantined], None] | None = None) -> scoring.Scores:
    """Read the articles of a gold folder and hold the readings against its annotations. UsageError if it is none.

    ``watch`` is told of each article that could not be read.
    """
    readings = []
    for outcome in outcomes([str(scoring.articles_of(folder))], config):
        if isinstance(outcome, Outcome):
            readings += [outcome.reading] if outcome.reading else []
        elif watch and not outcome.location.endswith(".ann"):  # annotations may lie beside their articles
            watch(outcome)
    return scoring.score(folder, readings)


def _store(outcome: Outcome | Quarantined, ledger: Ledger) -> Outcome | Quarantined:
    if isinstance(outcome, Quarantined):
        ledger.quarantine(outcome)
    elif not outcome.known and not ledger.store(outcome.received, outcome.reading):
        return replace(outcome, known=True)
    return outcome


def _is_part_of(ledger: Ledger, location: str) -> bool:
    if ledger.path is None:
        return False
    path, own = Path(location).resolve(), ledger.path.resolve()
    return path in (own, own.with_name(f"{own.name}-wal"), own.with_name(f"{own.name}-shm"))


def _as_it_is(outcome: Outcome | Quarantined) -> Outcome | Quarantined:
    return outcome


def _finish(received: Received, reading: Callable[[], Reading]) -> Outcome | Quarantined:
    """One article that the reader fails on is set aside like any other input that cannot be read."""
    try:
        return Outcome(received, reading(), known=False)
    except ReaderError as error:
        reason = str(error)
    except (SaysoError, MemoryError):  # no fault of the article's
        raise
    except Exception as error:
        if any(said in str(error) for said in _NO_MEMORY):
            raise MemoryError(str(error)) from error
        reason = f"the reader failed on it ({type(error).__name__}: {error}); please report this"
    article, now = received.article, datetime.now(UTC).isoformat(timespec="seconds")
    return Quarantined(article.location, article.sha256, reason, now, received.data)


@cache
def _kept_reader() -> Reader:
    return Reader.load(places=AddedPlaces.load(places_file(Config())))
