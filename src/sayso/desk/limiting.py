"""Waits that grow, and budgets that fill up again: against guessing passwords, and against asking for too much at once.

All of it is kept in memory and of bounded size; whoever starts the desk again lets everybody try again.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

Clock = Callable[[], float]

_HOUR = 60 * 60
_KEPT = 10_000  # names or addresses that are remembered


class Waits:
    """After ``free`` attempts each further one doubles the wait, from one second to ``most``. An attempt counts as
    failed until it is forgotten, so that many at once get no more than one after another; so they are an hour after
    the last."""

    def __init__(self, free: int, most: float, clock: Clock = time.monotonic) -> None:
        self._free = free
        self._most = most
        self._clock = clock
        self._failed: OrderedDict[str, tuple[int, float]] = OrderedDict()
        self._lock = Lock()

    def attempt(self, who: str) -> float:
        """Count an attempt of ``who``; or, where it comes too soon, the seconds that are left to wait."""
        now = self._clock()
        with self._lock:
            count, last = self._failed.get(who, (0, now))
            if now - last > _HOUR:
                count = 0
            wait = min(self._most, 2.0 ** min(count - self._free, 30)) if count >= self._free else 0.0
            if last + wait > now:
                return last + wait - now
            self._failed[who] = (count + 1, now)
            self._failed.move_to_end(who)
            if len(self._failed) > _KEPT:
                self._failed.popitem(last=False)  # whose last attempt is longest ago
        return 0.0

    def forget(self, who: str) -> None:
        """Forget all attempts of ``who``."""
        with self._lock:
            self._failed.pop(who, None)

    def forget_one(self, who: str) -> None:
        """Forget the last attempt of ``who``."""
        with self._lock:
            if who in self._failed:
                count, last = self._failed[who]
                self._failed[who] = (count - 1, last)


class Budget:
    """``size`` requests at once, and one more each ``seconds / size``, for each user (a token bucket)."""

    def __init__(self, size: int, seconds: float, clock: Clock = time.monotonic) -> None:
        self._size = size
        self._pace = size / seconds
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def spend(self, who: str) -> float:
        """Take one; or, where there is none left, the seconds until there is."""
        now = self._clock()
        with self._lock:
            left, then = self._left.pop(who, (float(self._size), now))
            left = min(float(self._size), left + (now - then) * self._pace)
            wait = 0.0 if left >= 1 else (1 - left) / self._pace
            self._left[who] = (left if wait else left - 1, now)
            if len(self._left) > _KEPT:
                self._left.popitem(last=False)
        return wait
