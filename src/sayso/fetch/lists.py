"""What feeds and sitemaps list: the addresses of pages, and since when each is as it is."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time

from sayso.config import Limits
from sayso.errors import FetchError, IntakeError
from sayso.fetch.addresses import address_of
from sayso.intake.dates import iso_date
from sayso.intake.feeds import feed_entries, parsed

_URLS = 50_000  # of one sitemap: what the protocol allows


@dataclass(frozen=True, slots=True)
class Listed:
    """A page that is listed, and when it was last changed, if that is said and understood."""

    url: str
    changed: datetime | None


def in_feed(data: bytes, url: str, limits: Limits) -> list[Listed]:
    """The pages that the feed at ``url`` lists, the newest first, each once, as many as the limit ``listed``.

    IntakeError where it is no feed.
    """
    base = address_of(url)
    found = []
    for entry in feed_entries(data, limits.members):
        if entry.url is not None:
            try:
                found.append(Listed(address_of(entry.url, base).url, _moment(entry.updated or entry.published)))
            except FetchError:
                continue  # what it lists is no page that could be fetched
    return _newest(found, limits.listed)


def in_sitemap(get: Callable[[str], tuple[str, bytes]], url: str, limits: Limits) -> list[Listed]:
    """The pages that the sitemap at ``url``, or those that it leads to, lists; otherwise as ``in_feed``. ``get``
    fetches a URL, and says which it was at last. Pages and sitemaps of another host are not the sitemap's to list.

    IntakeError where the first is no sitemap, or cannot be fetched; those that it leads to may fail.
    """
    found: list[Listed] = []
    waiting, seen = [url], {url}
    for number in range(limits.sitemaps + 1):
        if not waiting:
            break
        try:
            where, data = get(waiting.pop(0))
            host = address_of(where).host
            kind, entries = _sitemap(data, limits)
            listed = [each for each in entries if address_of(each.url).host == host]
        except IntakeError:
            if not number:
                raise
            continue
        if kind == "urlset":
            found += listed
        elif not number:  # an index leads to sitemaps, and not to further indexes
            for each in _newest(listed, limits.sitemaps):
                if each.url not in seen:
                    seen.add(each.url)
                    waiting.append(each.url)
    return _newest(found, limits.listed)


def _sitemap(data: bytes, limits: Limits) -> tuple[str, list[Listed]]:
    root = parsed(_expanded(data, limits))
    kind = _local(root.tag)
    if kind not in ("urlset", "sitemapindex"):
        raise IntakeError(f"no sitemap: its first element is {kind[:40]!r}")
    return kind, list(_locations(root))


def _locations(root: Iterable[Iterable[object]]) -> Iterator[Listed]:
    for number, element in enumerate(root):
        if number >= _URLS:
            return
        said = {_local(child.tag): (child.text or "").strip() for child in element}  # type: ignore[attr-defined]
        try:
            yield Listed(address_of(said.get("loc", "")).url, _moment(said.get("lastmod")))
        except FetchError:
            continue


def _expanded(data: bytes, limits: Limits) -> bytes:
    if not data.startswith(b"\x1f\x8b"):
        return data
    most = min(limits.article_bytes * 3, limits.ratio * len(data))  # the protocol allows 50 MB
    inflater = zlib.decompressobj(31)
    try:
        expanded = inflater.decompress(data, most + 1)
    except zlib.error as error:
        raise IntakeError(f"damaged: the sitemap cannot be expanded ({error})") from None
    if len(expanded) > most:
        raise IntakeError(f"archive bomb: the sitemap expands from {len(data):,} bytes to more than {most:,}")
    return expanded


def _newest(found: list[Listed], most: int) -> list[Listed]:
    """The newest first, those without a date last, each URL once."""
    once: dict[str, Listed] = {}
    for each in found:
        once.setdefault(each.url, each)
    oldest = datetime.min.replace(tzinfo=UTC)
    return sorted(once.values(), key=lambda each: each.changed or oldest, reverse=True)[:most]


def _moment(written: str | None) -> datetime | None:
    """A date as a moment; a day is over when it ends, and a time without a zone is taken as UTC's."""
    date = iso_date(written)
    if date is None:
        return None
    moment = datetime.fromisoformat(date)
    if len(date) == len("2031-05-01"):
        moment = datetime.combine(moment.date(), time.max)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _local(tag: object) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
