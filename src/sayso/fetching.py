"""Fetching: pages and what lists them are got, kept as exchanges, and read as any other input is."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from sayso import pipeline
from sayso.config import Config
from sayso.errors import IntakeError
from sayso.fetch.addresses import LONGEST
from sayso.fetch.client import Fetched, Fetcher
from sayso.fetch.lists import Listed, in_feed, in_sitemap
from sayso.fetch.records import records_of
from sayso.intake import Entry
from sayso.intake.http import is_page
from sayso.ledger import Ledger
from sayso.types import Exchange, Quarantined, Summary


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: pages, and feeds and sitemaps that list pages. ``most`` is how many pages are fetched of one
    such list; None: the limit ``listed``."""

    urls: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    most: int | None = None


@dataclass(slots=True)
class Tally:
    """How many pages were got anew, how many are as they were, and how many a list has that need not be asked for
    again, as it says that they have not changed."""

    fetched: int = 0
    unchanged: int = 0
    passed: int = 0


def run(
    asked: Asked,
    config: Config,
    ledger: Ledger,
    *,
    fetcher: Fetcher | None = None,
    again: bool = False,
    watch: Callable[[pipeline.Outcome | Quarantined], None] | None = None,
    told: Callable[[int, int], None] | None = None,
) -> tuple[Summary, Tally]:
    """Fetch what is asked for, one page after the other, and read and store each before the next.

    A page that cannot be had is quarantined under its URL. ``told`` is told how many pages of how many were asked for.
    ``watch`` and ``again`` are as in ``pipeline.run``. Raises LedgerError where the ledger cannot be written.
    """
    limits = replace(config.limits, listed=asked.most or config.limits.listed)
    fetcher = fetcher or Fetcher(limits, allow_local=config.allow_local)
    config = replace(config, limits=limits)
    tally = Tally()
    with closing(_entries(asked, config, ledger, fetcher, tally, told)) as entries:
        summary = pipeline.run(entries, config, ledger, again=again, watch=watch)
    return summary, tally


def _entries(
    asked: Asked,
    config: Config,
    ledger: Ledger,
    fetcher: Fetcher,
    tally: Tally,
    told: Callable[[int, int], None] | None,
) -> Generator[Entry, None, None]:
    """What was fetched, as input to be read; each is there until the next is asked for."""
    pages: dict[str, None] = dict.fromkeys(asked.urls)
    for find, addresses in ((_feed, asked.feeds), (_sitemap, asked.sitemaps)):
        for address in addresses:
            try:
                listed = find(fetcher, address, config)
            except IntakeError as error:
                yield Entry(Path(), address, str(error))
                continue
            wanted = [each.url for each in listed if not _is_held(ledger, each)]
            tally.passed += len(listed) - len(wanted)
            pages |= dict.fromkeys(wanted)
    with TemporaryDirectory(prefix="sayso-") as folder:
        file = Path(folder) / "page"
        for done, url in enumerate(pages):
            if told:
                told(done, len(pages))
            entry = _entry(fetcher, url, ledger, tally, file)
            if entry is not None:
                yield entry
        if told and pages:
            told(len(pages), len(pages))


def _entry(fetcher: Fetcher, url: str, ledger: Ledger, tally: Tally, file: Path) -> Entry | None:
    """What came of asking for ``url``, its exchange kept; None where the page is as it was."""
    fetched = fetcher.fetch(url, lambda at: _validators(ledger, at))
    url = url if len(url) <= LONGEST else f"{url[:LONGEST]}…"
    _keep(ledger, fetched)
    if fetched.unchanged:
        tally.unchanged += 1
        return None
    if fetched.data is None:
        return Entry(Path(), url, fetched.reason)
    response = fetched.hops[-1].response
    if not is_page(response, fetched.data):
        said = response.media_type[:80] or "something that is neither HTML nor text"
        return Entry(Path(), url, f"the server sent {said}, which is no page")
    tally.fetched += 1
    file.write_bytes(fetched.data)
    return Entry(file, fetched.url, url=fetched.url, charset=response.charset)


def _keep(ledger: Ledger, fetched: Fetched) -> None:
    if not fetched.hops:
        return  # nothing was answered
    last = fetched.hops[-1]
    held = ledger.last_exchange(fetched.url) if fetched.unchanged else None
    digest = None if fetched.data is None else sha256(fetched.data).hexdigest()
    ledger.keep_exchange(
        Exchange(
            url=last.address.url,
            at=last.at,
            status=last.response.status,
            warc=records_of(fetched.hops),
            payload_sha256=held.payload_sha256 if held else digest,
            etag=last.response.field("etag") or (held.etag if held else None),
            last_modified=last.response.field("last-modified") or (held.last_modified if held else None),
        )
    )


def _validators(ledger: Ledger, url: str) -> tuple[str | None, str | None] | None:
    held = ledger.last_exchange(url)
    return None if held is None else (held.etag, held.last_modified)


def _is_held(ledger: Ledger, listed: Listed) -> bool:
    """True where the page was fetched since the list says that it was changed."""
    held = ledger.last_exchange(listed.url)
    return held is not None and (listed.changed is None or listed.changed <= datetime.fromisoformat(held.at))


def _feed(fetcher: Fetcher, url: str, config: Config) -> list[Listed]:
    where, data = _got(fetcher, url)
    return in_feed(data, where, config.limits)


def _sitemap(fetcher: Fetcher, url: str, config: Config) -> list[Listed]:
    return in_sitemap(lambda address: _got(fetcher, address), url, config.limits)


def _got(fetcher: Fetcher, url: str) -> tuple[str, bytes]:
    fetched = fetcher.fetch(url)
    if fetched.data is None:
        raise IntakeError(fetched.reason or "the server says that it has not changed, though nobody asked")
    return fetched.url, fetched.data
