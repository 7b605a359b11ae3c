"""Fetching one page: what may be asked, at which pace, redirects, another try."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass

from sayso.config import Limits
from sayso.errors import FetchError, IntakeError
from sayso.fetch.addresses import Address, Resolve, address_of, checked, system_resolve
from sayso.fetch.exchange import Hop, exchange
from sayso.fetch.politeness import Pace, Rules, retry_after
from sayso.intake.http import HEAD_BYTES, payload

_REDIRECTS = (301, 302, 303, 307, 308)
_BUSY = (429, 500, 502, 503, 504)

Validators = Callable[[str], tuple[str | None, str | None] | None]
"""For a URL, the ETag and Last-Modified of the page that is held from it; None where none is."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of asking for a page: every exchange, the last one's URL, and the page's own bytes. ``data`` is None
    where there are none: the page is ``unchanged``, or it is said in ``reason`` what went wrong."""

    url: str
    hops: tuple[Hop, ...]
    data: bytes | None = None
    reason: str | None = None
    unchanged: bool = False


@dataclass(slots=True)
class _Way:
    """The way to one page, as far as it was gone."""

    url: str
    hops: list[Hop]


class Fetcher:
    """Gets pages one after the other. What it was told by robots.txt files, and when it asked whom, it keeps."""

    def __init__(
        self,
        limits: Limits,
        *,
        allow_local: bool = False,
        resolve: Resolve = system_resolve,
        context: ssl.SSLContext | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._limits, self._allow_local, self._resolve, self._sleep = limits, allow_local, resolve, sleep
        self._context = context or ssl.create_default_context()
        self._pace = Pace(limits.host_seconds, limits.crawl_delay, sleep)
        self._rules: dict[str, Rules] = {}

    def fetch(self, url: str, held: Validators = lambda _url: None) -> Fetched:
        """Get ``url``. What goes wrong is said in the result; nothing makes this raise."""
        way = _Way(url, [])
        try:
            hop = self._follow(way, held)
            if hop.response.status == 304 and _conditions(held(way.url)):
                return Fetched(way.url, tuple(way.hops), unchanged=True)
            if hop.response.status != 200:
                raise FetchError(f"the server answered {hop.response.status}, expected 200{_later(hop)}")
            data = payload(hop.response, self._limits.article_bytes, self._limits.ratio)
            return Fetched(way.url, tuple(way.hops), data)
        except IntakeError as error:
            return Fetched(way.url, tuple(way.hops), reason=str(error))

    def _follow(self, way: _Way, held: Validators) -> Hop:
        address = address_of(way.url)
        for _ in range(self._limits.redirects + 1):
            way.url = address.url
            try:
                hop = self._allowed(address, held)
            except FetchError as error:
                raise FetchError(f"redirected to {address.url}: {error}") if way.hops else error from None
            way.hops.append(hop)
            where = hop.response.field("location")
            if hop.response.status not in _REDIRECTS or not where:
                return hop
            address = _redirected(where, address)
        raise FetchError(f"more than {self._limits.redirects} redirects, the limit redirects")

    def _allowed(self, address: Address, held: Validators) -> Hop:
        """The response from ``address``, if the site's robots.txt allows asking for it."""
        rules = self._rules_of(address)
        if (refused := rules.check(address.url)) is not None:
            raise FetchError(refused)
        return self._ask(address, rules.delay(), _conditions(held(address.url)))

    def _ask(self, address: Address, delay: float, fields: dict[str, str]) -> Hop:
        """The response to one request: at the last try, or at the first that is not busy and does not fail."""
        limits = self._limits
        most = limits.article_bytes + HEAD_BYTES
        for again in range(limits.fetch_tries - 1, -1, -1):
            pause = 2.0 ** (limits.fetch_tries - 1 - again) / 2
            try:
                ips = checked(address, self._resolve, self._allow_local)
                self._pace.wait(address.host, delay)
                hop = exchange(address, ips, fields, limits, self._context, most)
            except FetchError as error:
                if not error.again or not again:
                    raise
            else:
                if hop.response.status not in _BUSY or not again:
                    return hop
                pause = retry_after(hop.response.field("retry-after"), time.time()) or pause
                if pause > limits.retry_seconds:
                    return hop  # later than one may wait for
            self._sleep(min(pause, limits.retry_seconds))
        raise AssertionError("unreachable")

    def _rules_of(self, address: Address) -> Rules:
        if address.origin not in self._rules:
            checked(address, self._resolve, self._allow_local)  # so that it is said of the page, not of its robots.txt
            self._rules[address.origin] = self._robots(address)
        return self._rules[address.origin]

    def _robots(self, address: Address) -> Rules:
        """The site's robots.txt, as RFC 9309 has it: where there is none, all is allowed; where it cannot be had,
        nothing; of one that is too long, its beginning counts."""
        at = address_of("/robots.txt", address)
        limits = self._limits
        try:
            for _ in range(6):
                hop = self._ask(at, 0.0, {})
                if hop.response.status not in _REDIRECTS:
                    break
                at = _redirected(hop.response.field("location"), at)
            status = hop.response.status
            if status >= 500 or status == 429:
                return Rules(None, f"the site's robots.txt cannot be had: the server answered {status}")
            if status != 200:
                return Rules.of("")
            text = payload(hop.response, limits.article_bytes, limits.ratio)
            return Rules.of(text[: limits.robots_bytes].decode("utf-8", "replace"))
        except IntakeError as error:
            return Rules(None, f"the site's robots.txt cannot be had: {error}")


def _redirected(where: str, base: Address) -> Address:
    try:
        # Many servers put bytes beyond ASCII there, which are UTF-8 if anything.
        return address_of(where.encode("latin-1").decode("utf-8", "replace"), base)
    except FetchError as error:
        raise FetchError(f"redirected to where it is not followed: {error}") from None


def _later(hop: Hop) -> str:
    after = hop.response.field("retry-after")
    return f"; it says to try again after: {after[:40]}" if after else ""


def _conditions(held: tuple[str | None, str | None] | None) -> dict[str, str]:
    etag, modified = held or (None, None)
    fields = {"If-None-Match": etag, "If-Modified-Since": modified}
    return {name: value for name, value in fields.items() if value and value.isprintable()}
