"""What a server asks of those that fetch from it: robots.txt, and not to come too often."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from math import isfinite

from protego import Protego

ROBOT = "sayso"
"""The name by which a robots.txt may address Sayso."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a robots.txt says. ``said`` None: nothing may be fetched, for the reason ``why``."""

    said: Protego | None
    why: str = ""

    @classmethod
    def of(cls, text: str) -> Rules:
        """The rules in the robots.txt ``text``."""
        return cls(Protego.parse(text))

    def check(self, url: str) -> str | None:
        """Why ``url`` may not be fetched; None where it may."""
        if self.said is None:
            return self.why
        return None if self.said.can_fetch(url, ROBOT) else "the site's robots.txt does not allow it"

    def delay(self) -> float:
        """Seconds between two requests that it asks for."""
        if self.said is None:
            return 0.0
        rate = self.said.request_rate(ROBOT)
        asked = [self.said.crawl_delay(ROBOT) or 0.0, rate.seconds / rate.requests if rate and rate.requests else 0.0]
        return max(filter(isfinite, asked), default=0.0)


class Pace:
    """Waits, so that no host is asked more often than it wants, nor than once in ``least`` seconds."""

    def __init__(self, least: float, most: float, sleep: Callable[[float], None] = time.sleep) -> None:
        self._least, self._most, self._sleep = least, most, sleep
        self._next: dict[str, float] = {}

    def wait(self, host: str, asked_for: float = 0.0) -> None:
        """Wait until ``host`` may be asked again; it asks for so many seconds in between."""
        now = time.monotonic()
        if (left := self._next.get(host, now) - now) > 0:
            self._sleep(left)
        self._next[host] = time.monotonic() + max(self._least, min(asked_for, self._most))


def retry_after(value: str, now: float) -> float | None:
    """The seconds that a header Retry-After asks to wait, from ``now`` (seconds since 1970); None for what is none."""
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - now)
    except (ValueError, TypeError, OverflowError):
        return None
