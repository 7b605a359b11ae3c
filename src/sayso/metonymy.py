"""Places that are named without anything being said to have been there: "Lindhaven insisted" and "accused Orvia of …"
speak of those who rule from there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sayso.types import Attribution, Place, Span

# These are done to a government, by whatever name; the next to one that is called by its country. What follows says
# for what.
_REPROACHED = re.compile(
    r"\b(?:accus|blam|condemn|denounc|discredit|implicat)(?:e|es|ed|s|ing)?\s(?:the\s)?\Z", re.IGNORECASE
)
_ADDRESSED = re.compile(
    r"\b(?:criticiz|criticis|urg|warn|tell|told|ask|thank|prais)(?:e|es|ed|s|ing)?\s(?:the\s)?\Z", re.IGNORECASE
)
_FOR_WHAT = re.compile(r"\s(?:of|for|to|over|and|or|with|against|that)\b|\s?[,.;:!?”\"’']|\s?\Z")
# "Backed by Orvia", "loyal to Orvia".
_WITH = re.compile(
    r"(?:\b\w+(?:d|n|t|de)\sby|\b(?:loyal|close|hostile|linked|allied|aligned|affiliated)\s(?:to|with))\s(?:the\s)?\Z",
    re.IGNORECASE,
)
_SIDING = re.compile(
    r"[-‑](?:back|support|sponsor|fund|arm|train|align|alli|link|affiliat|broker|suppli|mad|buil|own|friend)(?:ed|e|t|ly)?\b",
    re.IGNORECASE,
)  # "Orvia-backed"
_BEFORE = 20  # characters before a name in which such a verb begins


def parties(text: str, places: Sequence[Place], attributions: Iterable[Attribution]) -> set[Span]:
    """The spans of those of ``places`` that stand for who rules there: who speaks by that bare name, and who is
    reproached with something or asked for it."""
    sources = {
        (a.source.start + 4 * a.source.text.lower().startswith("the "), a.source.end) for a in attributions if a.source
    }
    return {
        p.span
        for p in places
        if (p.span.start, p.span.end) in sources
        or _is_reproached(text, p)
        or _SIDING.match(text, p.span.end)
        or (p.precision == "country" and _WITH.search(text, max(0, p.span.start - _BEFORE), p.span.start))
    }


def _is_reproached(text: str, place: Place) -> bool:
    start, end = place.span.start, place.span.end
    before = max(0, start - _BEFORE)
    done = _REPROACHED.search(text, before, start) or (
        place.precision == "country" and _ADDRESSED.search(text, before, start)
    )
    return bool(done and _FOR_WHAT.match(text, end))
