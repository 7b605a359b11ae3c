"""Places that are named without anything being said to have been there: "Lindhaven insisted" and "accused Orvia of …"
speak of those who rule from there, and "Reuters" is none, though a network that reads no names may take it for one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sayso.placewords import DIRECTIONS, KIND_WORDS, SIDES, TAKING, WITHIN
from sayso.text import dateline
from sayso.types import Attribution, Place, Span
from sayso.wordsets import word_set

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
_KINDS = "|".join(sorted(KIND_WORDS))
_DIRECTIONS = "|".join(sorted(DIRECTIONS))
_IN = "|".join(sorted(WITHIN | TAKING | word_set("raided invaded took overran fled leaving reaching")))
_OF = "residents?|inhabitants|villagers|people|population|centre|center|streets|siege|capture"
_LEADING = re.compile(
    rf"\b(?:{_IN}|(?:{_KINDS}|{_DIRECTIONS}|{_OF})\sof|{'|'.join(sorted(SIDES))})\s(?:the\s)?(?:(?:{_DIRECTIONS})\s){{0,2}}\Z",
    re.IGNORECASE,
)
_KIND_AFTER = re.compile(
    rf"(?:,?\s(?:is\s|lies\s)?an?\s(?:\w+\s){{0,2}}(?:{_KINDS})|[\s-](?:{_KINDS}|border\s\w+))\b", re.IGNORECASE
)
_LED = 60  # characters before a name in which what leads to it begins
_BEFORE = 20  # characters before a name in which such a verb begins


def named_only(text: str, places: Sequence[Place], attributions: Iterable[Attribution]) -> set[Span]:
    """The spans of those of ``places`` at which nothing is said to have been: that stand for who rules there, as they
    speak by that bare name, are reproached with something or asked for it; and that no gazetteer knows and no mention
    shows to be places, as the names of bodies and people are not."""
    sources = {
        (a.source.start + 4 * a.source.text.lower().startswith("the "), a.source.end) for a in attributions if a.source
    }
    shown = {p.name for p in places if p.precision == "none" and _is_shown(text, p.span)}
    written = dateline(text)
    return {
        p.span
        for p in places
        if (p.span.start, p.span.end) in sources
        or (p.precision == "none" and p.name not in shown and not written[0] <= p.span.start < written[1])
        or _is_reproached(text, p)
        or _SIDING.match(text, p.span.end)
        or (p.precision == "country" and _WITH.search(text, max(0, p.span.start - _BEFORE), p.span.start))
    }


def _is_shown(text: str, span: Span) -> bool:
    """True where the words beside a name speak of a place: "in northern X", "south of X", "shelled X", "X, a village".
    No abbreviation is one: those are of bodies."""
    if span.text.isupper():
        return False
    before = text[max(0, span.start - _LED) : span.start]
    return bool(_LEADING.search(before) or _KIND_AFTER.match(text, span.end))


def _is_reproached(text: str, place: Place) -> bool:
    start, end = place.span.start, place.span.end
    before = max(0, start - _BEFORE)
    done = _REPROACHED.search(text, before, start) or (
        place.precision == "country" and _ADDRESSED.search(text, before, start)
    )
    return bool(done and _FOR_WHAT.match(text, end))
