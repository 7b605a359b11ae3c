"""Sets of words, written as they are read."""

from __future__ import annotations


def word_set(words: str) -> frozenset[str]:
    """The words of ``words``, which white space separates."""
    return frozenset(words.split())


WEEKDAYS = word_set("monday tuesday wednesday thursday friday saturday sunday")
MONTHS = word_set("january february march april may june july august september october november december")
