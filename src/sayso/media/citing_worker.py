"""The process that reads off a page what it shows: ``python -m sayso.media.citing_worker SETTINGS``, HTML as standard
input. Its answer is a JSON list of ``[what, url]``. SETTINGS is JSON: ``address``, ``most``, ``seconds``, ``memory``.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml import etree

from sayso.media.bounds import bind

LONGEST = 2_000  # bytes of an address
_CANDIDATES = 20  # of one srcset
_OPENGRAPH = {
    **dict.fromkeys(("og:image", "og:image:url", "og:image:secure_url", "twitter:image"), "picture"),
    **dict.fromkeys(("og:video", "og:video:url", "og:video:secure_url", "twitter:player:stream"), "video"),
}


class _Shown:
    """A parser target that builds no tree, and notes what the tags point to."""

    def __init__(self, most: int) -> None:
        self.found: list[tuple[str, str]] = []
        self.base: str | None = None
        self.canonical: str | None = None
        self._most = most
        self._heard = 0  # <audio> elements around

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "audio":
            self._heard += 1
        elif tag == "base" and self.base is None:
            self.base = attributes.get("href")
        elif tag == "link" and attributes.get("rel", "").lower() == "canonical":
            self.canonical = attributes.get("href")
        elif len(self.found) < 4 * self._most:  # many are said more than once
            self.found += [(what, url.strip()) for what, url in self._pointed(tag, attributes)]

    def _pointed(self, tag: str, attributes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        given = attributes.get
        if tag == "meta":
            name = (given("property") or given("name") or "").lower()
            if name == "og:url":
                self.canonical = self.canonical or given("content")
            if name in _OPENGRAPH:
                yield _OPENGRAPH[name], given("content") or ""
        elif tag == "img":
            yield from (("picture", url) for url in (given("src"), *_candidates(given("srcset"))) if url)
        elif tag == "video":
            yield from ((what, url) for what, url in (("video", given("src")), ("picture", given("poster"))) if url)
        elif tag == "source" and not self._heard:
            yield from (("picture", url) for url in _candidates(given("srcset")))
            if src := given("src"):
                yield "video", src

    def end(self, tag: str) -> None:
        if tag == "audio" and self._heard:
            self._heard -= 1

    def close(self) -> None:
        pass


def _candidates(srcset: str | None) -> list[str]:
    parts = [part.split() for part in re.split(r",\s", srcset or "")[:_CANDIDATES]]
    return [words[0].rstrip(",") for words in parts if words]


def shown_in(page: bytes, address: str | None, most: int) -> list[tuple[str, str]]:
    """What ``page`` shows, as absolute addresses of http or https, each once."""
    target = _Shown(most)
    etree.fromstring(page, etree.HTMLParser(target=target, huge_tree=True))
    base = _joined(address or target.canonical or "", target.base or "") or ""
    found: dict[str, str] = {}
    for what, pointed in target.found:
        url = _joined(base, pointed)
        if url and len(found) < most:
            found.setdefault(url, what)
    return [(what, url) for url, what in found.items()]


def _joined(base: str, pointed: str) -> str | None:
    """An address as it stands on a page at ``base``, without what follows ``#``; None where it is none of the web."""
    try:
        url = urldefrag(urljoin(base, pointed)).url
        parts = urlsplit(url)
        known = parts.scheme in ("http", "https") and parts.hostname and len(url.encode()) <= LONGEST
    except ValueError:
        return None
    return url if known else None


if __name__ == "__main__":
    settings = json.loads(sys.argv[1])
    shown_in(b'<html><body><img src="http://a/b"></body></html>', None, 1)  # what is loaded late is loaded now
    bind(settings["seconds"], settings["memory"])
    print(json.dumps(shown_in(sys.stdin.buffer.read(), settings["address"], settings["most"])))
