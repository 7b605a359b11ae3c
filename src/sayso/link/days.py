"""Days, as articles and claims give them."""

from __future__ import annotations

from datetime import date


def day_of(value: str | None) -> date | None:
    """The day of an ISO 8601 date or time; None for a month, a year, and what is no date."""
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None
