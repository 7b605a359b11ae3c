"""Places that are named without anything being said to have been there: "Lindhaven insisted" and "accused Orvia of …"
speak of those who rule from there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sayso.types import Attribution, Place, Span

# Before a country or its capital, these are done to a government; what follows says for what.
_REPROACHED = re.compile(
    r"\b(?:accus|blam|condemn|denounc|critici[sz]|urg|warn|tell|told|ask|press|thank|prais|discredit|sanction|"
    r"threaten|implicat|back|support)(?:e|es|ed|d|s|ing)?\s(?:the\s)?\Z",
    re.IGNORECASE,
)
_FOR_WHAT = re.compile(r"\s(?:of|for|to|over|and|or|with|against|that)\b|\s?[,.;:!?”\"’']|\s?\Z")
# "Backed by Orvia", "loyal to Orvia".
_WITH = re.compile(
    r"\b(?:by|(?:loyal|close|hostile|linked|allied|aligned|affiliated)\s(?:to|with))\s(?:the\s)?\Z", re.IGNORECASE
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
        or _is_reproached(text, p.span)
        or _SIDING.match(text, p.span.end)
        or (p.precision == "country" and _WITH.search(text, max(0, p.span.start - _BEFORE), p.span.start))
    }


def _is_reproached(text: str, span: Span) -> bool:
    before = text[max(0, span.start - _BEFORE) : span.start]
    return bool(_REPROACHED.search(before) and _FOR_WHAT.match(text, span.end))
