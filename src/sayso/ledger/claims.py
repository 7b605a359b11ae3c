"""From a reading to its claims: every content on somebody's word, and what the outlet says on its own.

A pure function of the reading: the same reading gives the same rows, ids included, on any machine.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Generic, Protocol, TypeVar

from sayso.metonymy import named_only
from sayso.text import dateline, paragraphs, sentences
from sayso.types import (
    Article,
    Attribution,
    Casualty,
    ClaimRow,
    Date,
    Event,
    Evidence,
    Figure,
    Place,
    Reading,
    Span,
    Stance,
    Voice,
)

Pair = tuple[int, int]

_RANK = {"site": 0, "town": 1, "none": 1, "region": 2, "country": 3}
"""From the most to the least precise."""

_BASED = ("-based", "‑based")

UNATTRIBUTED = 0.8
"""Confidence that a sentence in which no attribution was found is the outlet's own: the reader finds about four in
five contents, so about one in five of such sentences may be somebody else's word."""


def claims_of(reading: Reading) -> tuple[ClaimRow, ...]:
    """The claims that ``reading`` holds, in text order; where two start together, the longer one first."""
    facts = _Facts(reading)
    drafts = [_attributed(facts, a) for a in reading.attributions if a.content]
    drafts += _own_voice(facts)
    drafts.sort(key=lambda row: (row.spans[0].start, -row.spans[-1].end, len(row.chain), row.id))
    return tuple(drafts)


def folded(name: str) -> str:
    """``name`` as names are compared: case, spacing and forms of one character do not count."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def party_key(name: str) -> str:
    """What the spellings of one party's name share; a leading "the" does not count either."""
    return folded(name).removeprefix("the ")


def claimant_id(name: str) -> str:
    """The id of the party that ``name`` names."""
    return _hash("claimant", party_key(name))


def ids_with(ids: Collection[str], party_of: Mapping[str, str]) -> set[str]:
    """The ids of all names that are led to one name with any of these."""
    id_of = {name: claimant_id(name) for name in party_of}
    parties = {party for name, party in party_of.items() if id_of[name] in ids}
    return {id_of[name] for name, party in party_of.items() if party in parties}


class _Spanned(Protocol):
    @property
    def span(self) -> Span: ...


Found = TypeVar("Found", bound=_Spanned)


class _Along(Generic[Found]):
    """Things found in a text, in text order, for quick look-up by where they stand."""

    def __init__(self, found: Iterable[Found]) -> None:
        self.found = sorted(found, key=lambda item: item.span)
        self.starts = [item.span.start for item in self.found]

    def within(self, ranges: Iterable[Pair]) -> list[Found]:
        """Those that lie wholly within one of ``ranges``, range by range."""
        return [
            item
            for start, end in ranges
            for item in self.found[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
            if item.span.end <= end
        ]


class _Facts:
    """A reading, arranged for the questions that its claims ask."""

    def __init__(self, reading: Reading) -> None:
        self.article: Article = reading.article
        self.attributions = {a.id: a for a in reading.attributions}
        self.casualties = _by_attribution(reading.casualties)
        self.evidence = _by_attribution(reading.evidence)
        self.events = _by_attribution(reading.events)
        self.voice = [v for v in reading.voice if v.kind == "accusation"]
        self.given_places, self.given_dates = reading.places, reading.dates
        written = dateline(reading.article.text)
        only = named_only(reading.article.text, reading.places, reading.attributions)
        where = [p for p in reading.places if p.span not in only]
        self.places = _Along([p for p in where if not self._is_desk(p, written)] or where)
        self.dates = _Along([d for d in reading.dates if d.value])
        self.sentences = sentences(reading.article.text)
        self.paragraphs = list(paragraphs(reading.article.text))
        self.contents = _merged((s.start, s.end) for a in reading.attributions for s in a.content)
        self.ids: Counter[str] = Counter()

    def _is_desk(self, place: Place, written: Pair) -> bool:
        """True of a place where somebody only sits: where the report was ``written``, or "an Orvane-based group"."""
        text, span = self.article.text, place.span
        based = text.startswith(_BASED, span.end) or text.endswith("based in ", 0, span.start)
        return based or written[0] <= span.start < written[1]

    def lineage(self, attribution: Attribution) -> list[Attribution]:
        """The attributions that enclose this one, outermost first, and itself."""
        line, seen = [attribution], {attribution.id}
        while (outer := self.attributions.get(line[-1].within or "")) and outer.id not in seen:
            line.append(outer)
            seen.add(outer.id)
        return line[::-1]

    def place(self, content: Sequence[Pair]) -> Place | None:
        """The most precise place in the content; failing that in its sentences, then in its paragraphs.

        A name that could not be resolved is taken for a town: the claim is about it, not about a known city further on.
        """
        for ranges in (content, _around(content, self.sentences), _around(content, self.paragraphs)):
            if places := self.places.within(ranges):
                return min(places, key=lambda p: _RANK[p.precision])
        return None

    def date(self, content: Sequence[Pair]) -> Date | None:
        """The first date whose value is known in the content; failing that in its sentences."""
        for ranges in (content, _around(content, self.sentences)):
            if dates := self.dates.within(ranges):
                return dates[0]
        return None

    def place_of(self, event: Event, content: Sequence[Pair]) -> Place | None:
        """Where the event is; a place that is not in the content's sentences yields to one there, unless that is but
        whose something is: "Orvia's coast"."""
        place = self.given_places[event.place] if event.place is not None else None
        if place is None or not _touching((place.span.start, place.span.end), _around(content, self.sentences)):
            near = self.place(content)
            owner = near is not None and self.article.text.startswith(("'s", "’s"), near.span.end)
            return place if near is None or (owner and place is not None) else near
        return place

    def date_of(self, event: Event, content: Sequence[Pair]) -> Date | None:
        """When the event is; failing that what the content says."""
        date = self.given_dates[event.date] if event.date is not None else None
        return date if date is not None and date.value else self.date(content)

    def new_id(self, *parts: object) -> str:
        """An id from the article and ``parts``; a second thing with the very same parts is told apart by its number."""
        base = json.dumps(parts)
        self.ids[base] += 1
        return _hash(self.article.id, base, str(self.ids[base]))


def _attributed(facts: _Facts, attribution: Attribution) -> ClaimRow:
    """The claim that an attribution makes: its content, on its claimant's word."""
    line = facts.lineage(attribution)
    cue = (attribution.cue.start, attribution.cue.end) if attribution.cue else None
    return _row(
        facts,
        facts.new_id("attribution", cue, _pairs(attribution.content), len(line)),
        chain=(facts.article.outlet, *(a.claimant for a in line)),
        stance=attribution.stance,
        spans=attribution.content,
        casualties=facts.casualties.get(attribution.id, []),
        evidence=facts.evidence.get(attribution.id, []),
        events=facts.events.get(attribution.id, []),
        confidence=attribution.confidence,
    )


def _own_voice(facts: _Facts) -> list[ClaimRow]:
    """One claim of the outlet for each sentence in which it gives a figure or accuses on nobody's word but its own.

    What the sentence puts in somebody else's mouth is left out of the claim's text.
    """
    figures = _by_sentence(facts, facts.casualties.get(None, []))
    accusations = _by_sentence(facts, facts.voice)
    evidence = _Along(facts.evidence.get(None, []))
    events = _Along(facts.events.get(None, []))
    rows = []
    for sentence in sorted(figures.keys() | accusations.keys()):
        own = [Span.of(facts.article.text, *pair) for pair in _outside(facts, sentence)]
        if not own:
            continue
        accused: list[Voice] = accusations.get(sentence, [])
        row = _row(
            facts,
            facts.new_id("voice", sentence),
            chain=(facts.article.outlet,),
            stance="accuses" if accused else "asserts",
            spans=tuple(own),
            casualties=figures.get(sentence, []),
            evidence=evidence.within(_pairs(own)),
            events=events.within(_pairs(own)),
            confidence=max((v.confidence for v in accused), default=UNATTRIBUTED),
        )
        rows.append(row)
    return rows


def _row(
    facts: _Facts,
    claim_id: str,
    *,
    chain: tuple[str | None, ...],
    stance: Stance,
    spans: tuple[Span, ...],
    casualties: list[Casualty],
    evidence: list[Evidence],
    events: list[Event],
    confidence: float,
) -> ClaimRow:
    """``events`` are those that the claim itself tells of; the most confident, of several the first, is its main."""
    content = sorted(_pairs(spans))
    event = min(events, key=lambda e: (-e.confidence, e.span)) if events else None
    place = facts.place_of(event, content) if event else facts.place(content)
    date = facts.date_of(event, content) if event else facts.date(content)
    return ClaimRow(
        id=claim_id,
        article=facts.article.id,
        outlet=facts.article.outlet,
        published=facts.article.published,
        claimant=chain[-1],
        chain=chain,
        stance=stance,
        text=" … ".join(span.text for span in spans),
        spans=spans,
        event_type=event.type if event else None,
        certainty=event.certainty if event else None,
        place=place.name if place else None,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        date=date.value if date else None,
        figures=tuple(Figure(c.min, c.max, c.kind, c.who) for c in casualties),
        evidence=tuple({"kind": e.kind, "text": e.span.text} for e in evidence),
        story=None,
        origin=None,
        echo_of=None,
        confidence=confidence,
        decision=None,
    )


class _Carried(_Spanned, Protocol):
    @property
    def attribution(self) -> str | None: ...


Carried = TypeVar("Carried", bound=_Carried)


def _by_attribution(found: Iterable[Carried]) -> dict[str | None, list[Carried]]:
    """Things by the id of the attribution that carries them, in text order; None: the outlet's own."""
    groups: dict[str | None, list[Carried]] = {}
    for item in sorted(found, key=lambda item: item.span):
        groups.setdefault(item.attribution, []).append(item)
    return groups


def _by_sentence(facts: _Facts, found: Iterable[Found]) -> dict[Pair, list[Found]]:
    """Things that touch no content of an attribution, by the sentence in which they start."""
    groups: dict[Pair, list[Found]] = {}
    for item in found:
        where = (item.span.start, item.span.end)
        if not _touching(where, facts.contents) and (touched := _touching(where, facts.sentences)):
            groups.setdefault(touched[0], []).append(item)
    return groups


def _outside(facts: _Facts, sentence: Pair) -> list[Pair]:
    """The pieces of ``sentence`` that are no attribution's content and hold a letter or digit."""
    text, pieces, start = facts.article.text, [], sentence[0]
    for taken in [*_touching(sentence, facts.contents), (sentence[1], sentence[1])]:
        pieces.append((start, max(start, taken[0])))
        start = taken[1]
    trimmed = (_trim(text, *pair) for pair in pieces)
    return [(s, e) for s, e in trimmed if any(c.isalnum() for c in text[s:e])]


def _trim(text: str, start: int, end: int) -> Pair:
    piece = text[start:end]
    return end - len(piece.lstrip()), start + len(piece.rstrip())


def _around(content: Sequence[Pair], units: Sequence[Pair]) -> list[Pair]:
    """The sentences or paragraphs (``units``, in order, apart) that touch the content, each once."""
    return _merged(unit for pair in content for unit in _touching(pair, units))


def _touching(pair: Pair, units: Sequence[Pair]) -> list[Pair]:
    """Those of ``units`` (in order, apart) that share a character with ``pair``."""
    first = bisect_right(units, (pair[0], -1))
    while first > 0 and units[first - 1][1] > pair[0]:
        first -= 1
    last = bisect_left(units, (pair[1], -1))
    return list(units[first:last])


def _merged(pairs: Iterable[Pair]) -> list[Pair]:
    """``pairs`` in order, with those that overlap made one."""
    merged: list[Pair] = []
    for start, end in sorted(pairs):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _pairs(spans: Iterable[Span]) -> list[Pair]:
    return [(span.start, span.end) for span in spans]


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
