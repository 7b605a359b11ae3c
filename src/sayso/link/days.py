"""Days, as articles and claims give them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache


@lru_cache(maxsize=4096)  # the same few days, asked for of claim after claim
def day_of(value: str | None) -> date | None:
    """The day of an ISO 8601 date or time; None for a month, a year, and what is no date."""
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None
