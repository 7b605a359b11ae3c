"""From words that the network marks as triggers to events: who did what to whom, where, when, and on whose word."""

from __future__ import annotations

import heapq
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sayso.metonymy import named_only
from sayso.read.acled import acled_type
from sayso.read.certainty import corrected
from sayso.read.clauses import Pair, Sentence, parsed
from sayso.read.demonyms import COUNTRY_OF
from sayso.read.harm import TRIGGERS
from sayso.read.roles import Phrase, Roles, find_roles
from sayso.text import dateline, headline_end, sentences
from sayso.types import Attribution, Casualty, Certainty, Date, Event, Mention, Place, Span

_LINEAGE = 16  # attributions within one another that are looked through
_TOLD_ON = 12  # characters after a cue in which the day of the telling begins: "said late on Thursday"
_TOLD_BEFORE = 40  # and between a source and its cue: "the ministry late on Thursday denied"
_NEAR = 8  # places or dates on either side of a trigger that are looked at
_CLAUSE = 40  # words of a clause on either side of a trigger
_AROUND = 12  # words around a trigger that tell what kind of deed it is
_RANK = {"site": 0, "town": 0, "none": 1, "region": 1, "country": 2}
_LOCATIVES = frozenset(
    [
        "in",
        "at",
        "near",
        "on",
        "outside",
        "inside",
        "around",
        "across",
        "of",
        "from",
        "into",
        "to",
        "toward",
        "towards",
        "through",
        "over",
    ]
)
_STANDING = re.compile(  # where one is, not where one goes or comes from
    r"\b(?P<by>in|at|near|outside|inside|around|across|of)\s(?:[\w-]{1,20}\s)?\Z"
)
_TO_IT = re.compile(r"\s(?:the\s)?(?:[\w’'-]{1,15}\s)?")  # "struck Orvane", "shelled central Orvane"
_SINCE = re.compile(r"\bsince\b", re.IGNORECASE)  # from when on something is as it is, not when it was done
_RECENT = timedelta(days=3)  # between a deed and the report of it
_OPENING = 1200  # characters below the headline, in which a report says where it happened
_HOLDING = re.compile(r"[-‑](?:held|controlled|led|run|based)\b")  # for "-backed" and the like see ``metonymy``


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that tells of an event: its offsets, PLOVER type, certainty and the network's confidence (0 to 1)."""

    start: int
    end: int
    type: str
    certainty: Certainty
    confidence: float


def find_events(
    text: str,
    triggers: Iterable[Trigger],
    attributions: Sequence[Attribution],
    mentions: Sequence[Mention],
    places: Sequence[Place],
    dates: Sequence[Date],
    casualties: Sequence[Casualty],
) -> tuple[Event, ...]:
    """The events that ``triggers`` tell of, in text order. Of triggers that overlap, the most confident stands.

    ``place`` and ``date`` of an event are indices into ``places`` and ``dates`` as they are given. Takes time linear in
    the text and the number of what was found in it.
    """
    kept = _apart(triggers)
    article = _Article(text, kept, attributions, mentions, places, dates, casualties)
    return tuple(event for bounds, group in _by_sentence(text, kept) for event in article.events(bounds, group))


def _apart(triggers: Iterable[Trigger]) -> list[Trigger]:
    """Triggers in text order without those that overlap one of higher confidence."""
    kept: list[Trigger] = []
    for trigger in sorted(triggers, key=lambda t: (t.start, t.end)):
        if kept and trigger.start < kept[-1].end:
            kept[-1] = max(kept[-1], trigger, key=lambda t: t.confidence)
        else:
            kept.append(trigger)
    return kept


def _by_sentence(text: str, triggers: Sequence[Trigger]) -> Iterator[tuple[Pair, list[Trigger]]]:
    at = 0
    for start, end in sentences(text) if triggers else ():
        first = at
        while at < len(triggers) and triggers[at].start < end:
            at += 1
        if first < at:
            yield (start, end), list(triggers[first:at])


@dataclass(frozen=True, slots=True)
class _Held:
    """The innermost attribution whose content holds something, and the piece of it that does."""

    id: str | None = None
    start: int = 0
    end: int = 0


class _Holders:
    """Which attribution's content holds a span; for spans that come in text order."""

    def __init__(self, attributions: Iterable[Attribution]) -> None:
        pieces = ((piece, a.id) for a in attributions for piece in a.content)
        self._ahead = sorted(((p.start, p.end, number, name) for number, (p, name) in enumerate(pieces)), reverse=True)
        self._begun: list[tuple[int, int, int, str]] = []  # length, number, end, id: the shortest is the innermost

    def of(self, span: Pair) -> _Held:
        while self._ahead and self._ahead[-1][0] <= span[0]:
            start, end, number, name = self._ahead.pop()
            heapq.heappush(self._begun, (end - start, -number, end, name))
        while self._begun and self._begun[0][2] < span[1]:
            heapq.heappop(self._begun)
        if not self._begun:
            return _Held()
        length, _, end, name = self._begun[0]
        return _Held(name, end - length, end)


class _Along:
    """Spans in text order, and for each what it is in the list that was given, and whose content holds it."""

    def __init__(self, spans: Sequence[Span], attributions: Sequence[Attribution]) -> None:
        self.order = sorted(range(len(spans)), key=lambda i: spans[i])
        self.spans = [(spans[i].start, spans[i].end) for i in self.order]
        self.starts = [start for start, _ in self.spans]
        holders = _Holders(attributions)
        self.held = [holders.of(span).id for span in self.spans]

    def near(self, at: int, start: int, end: int) -> range:
        """Positions of the spans between ``start`` and ``end`` that are next to offset ``at``."""
        middle = bisect_left(self.starts, at)
        first = max(bisect_left(self.starts, start), middle - _NEAR)
        return range(first, min(bisect_left(self.starts, end), middle + _NEAR))


class _Article:
    """An article with all that was found in it, arranged for the questions that its events ask."""

    def __init__(
        self,
        text: str,
        triggers: Sequence[Trigger],
        attributions: Sequence[Attribution],
        mentions: Sequence[Mention],
        places: Sequence[Place],
        dates: Sequence[Date],
        casualties: Sequence[Casualty],
    ) -> None:
        self.text = text
        self.places = places
        self.by_id: Mapping[str, Attribution] = {a.id: a for a in attributions}
        holders = _Holders(attributions)
        self.held = {t.start: holders.of((t.start, t.end)) for t in triggers}
        self.names = sorted({(m.span.start, m.span.end) for m in mentions})
        self.times = sorted({(d.span.start, d.span.end) for d in dates})
        self.dates = dates
        self.along_places = _Along([p.span for p in places], attributions)
        self.along_dates = _Along([d.span for d in dates], attributions)
        self.named_only = named_only(text, places, attributions)
        self.known_dates = [d.value is not None for d in dates]
        self.told_on = frozenset(self._told_on(attributions))
        of_deeds = (d for d in dates if d.span.start not in self.told_on)
        self.days = {day for d in of_deeds if (day := _day(d))}
        self.harm = sorted((c.span.start, c.span.end, c.kind) for c in casualties)
        self.cues = sorted((a.cue.start, a.cue.end, a.id) for a in attributions if a.cue and a.source)
        self.headline = headline_end(text)
        self.written = dateline(text)
        self.standing = list(self._standing_places())

    def events(self, bounds: Pair, triggers: Sequence[Trigger]) -> Iterator[Event]:
        """The events of one sentence."""
        names = [pair for pair in _between(self.names, bounds) if any(c.isspace() for c in self.text[slice(*pair)])]
        spans = [(t.start, t.end) for t in triggers]
        sentence, marked = parsed(self.text, bounds, spans, names, _between(self.times, bounds))
        for trigger, at in zip(triggers, marked, strict=True):
            yield self._event(sentence, at, trigger, bounds)

    def _event(self, s: Sentence, at: int, trigger: Trigger, bounds: Pair) -> Event:
        held = self.held[trigger.start]
        roles = find_roles(s, at, trigger.type)
        actors, targets = self._parties(s, at, trigger, roles, held)
        carrier = self.by_id[held.id] if held.id else None
        first = bisect_left(s.spans, (held.start, 0)) if carrier else 0
        place, date = self._where_and_when(s, at, bounds, held.id, actors)
        return Event(
            span=Span.of(self.text, trigger.start, trigger.end),
            type=trigger.type,
            certainty=corrected(s, at, trigger.certainty, carrier.stance if carrier else None, first),
            actors=actors,
            targets=targets,
            place=place,
            date=date,
            attribution=held.id,
            confidence=trigger.confidence,
            acled=acled_type(
                trigger.type, s.low[at], _words(s, at), {w.lower() for t in targets for w in t.text.split()}
            ),
        )

    # Parties

    def _parties(
        self, s: Sentence, at: int, trigger: Trigger, roles: Roles, held: _Held
    ) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
        inside = (held.start, held.end) if held.id else None
        actors = self._spans(s, roles.actors, inside)
        targets = self._spans(s, roles.targets, inside)
        if speaker := self._speaker(trigger, held):
            actors = (speaker,)
        elif not actors and held.id and _opens_with_deed(s, at, held):
            actors = self._source(held.id)
        targets = tuple(t for t in targets if t not in actors) or self._harmed(trigger, s.low[at], s, at)
        return actors, targets

    def _spans(self, s: Sentence, phrases: Iterable[Phrase], inside: Pair | None) -> tuple[Span, ...]:
        """The phrases as spans; none that lies outside the words of whoever tells of the event."""
        found: list[Span] = []
        for phrase in phrases:
            start, end = s.spans[phrase.first][0], s.spans[phrase.last - 1][1]
            if inside and not (inside[0] <= start and end <= inside[1]):
                continue
            end -= 2 * _is_owner(self.text, end - 2)  # "the army" of "the army's attack"
            if start >= end:
                continue
            span = Span.of(self.text, start, end)
            if span not in found:
                found.append(span)
        return tuple(found)

    def _speaker(self, trigger: Trigger, held: _Held) -> Span | None:
        """Who says it, where the event is the saying: the trigger lies in a cue."""
        at = bisect_right(self.cues, (trigger.start, 1 << 60, "")) - 1
        if at < 0 or not self.cues[at][0] <= trigger.start < self.cues[at][1]:
            return None
        said = self.by_id[self.cues[at][2]]
        return said.source if said.within == held.id else None

    def _source(self, name: str) -> tuple[Span, ...]:
        source = self.by_id[name].source
        return (source,) if source else ()

    def _harmed(self, trigger: Trigger, word: str, s: Sentence, at: int) -> tuple[Span, ...]:
        """The people counted next to "killed" and the like, where the clause shows nobody else."""
        if word not in TRIGGERS:
            return ()
        start, end = s.spans[max(0, at - _AROUND)][0], s.spans[min(len(s.spans) - 1, at + _AROUND)][1]
        near = [h for h in _between(self.harm, (start, end)) if h[2] == TRIGGERS[word][0]]
        if not near:
            return ()
        best = min(near, key=lambda h: abs(h[0] - trigger.start))
        return (Span.of(self.text, best[0], best[1]),)

    # Place and date

    def _where_and_when(
        self, s: Sentence, at: int, bounds: Pair, name: str | None, actors: Sequence[Span]
    ) -> tuple[int | None, int | None]:
        lineage = self._lineage(name)
        clause = _clause(s, at)
        offset = s.spans[at][0]
        place = date = None
        for start, end in (clause, bounds):
            if place is None:
                place = self._place(s.spans[at], start, end, lineage, actors)
            if date is None:
                date = self._date(offset, start, end, lineage)
        return (place if place is not None else self._standing(lineage)), date

    def _lineage(self, name: str | None) -> set[str | None]:
        """The attributions that an event stands in, and None, the outlet."""
        found: set[str | None] = {None}
        while name is not None and name not in found and len(found) < _LINEAGE:
            found.add(name)
            outer = self.by_id.get(name)
            name = outer.within if outer else None
        return found

    def _place(
        self, trigger: Pair, start: int, end: int, lineage: set[str | None], actors: Sequence[Span]
    ) -> int | None:
        """The place in a stretch of text that an event is at: the town rather than the country whose it is said to be,
        then what a preposition leads to or the deed was done to, then the nearest."""
        along, best = self.along_places, None
        for i in along.near(trigger[0], start, end):
            begin, stop = along.spans[i]
            place = self.places[along.order[i]]
            if along.held[i] not in lineage or any(a.start <= begin and stop <= a.end for a in actors):
                continue
            if place.span in self.named_only or _is_owner(self.text, stop) or _HOLDING.match(self.text, stop):
                continue
            if self.written[0] <= begin < self.written[1]:
                continue
            there = _located(self.text, begin) or _TO_IT.fullmatch(self.text, trigger[1], begin)
            # "in the Orvian town of …" is rather the town.
            rank = (place.span.text in COUNTRY_OF, not there, abs(begin - trigger[0]))
            if best is None or rank < best[0]:
                best = rank, along.order[i]
        return best[1] if best else None

    def _date(self, offset: int, start: int, end: int, lineage: set[str | None]) -> int | None:
        along = self.along_dates
        near = [i for i in along.near(offset, start, end) if along.held[i] in lineage]
        near = [i for i in near if not _SINCE.search(self.text, max(0, along.starts[i] - 16), along.spans[i][1])]
        if len(lineage) > 1:  # "said on Thursday" is the day of the telling
            near = [i for i in near if along.starts[i] not in self.told_on] or [
                i for i in near if self._may_be_of_deed(i)
            ]
        if not near:
            return None
        best = min(near, key=lambda i: (not self.known_dates[along.order[i]], abs(along.starts[i] - offset)))
        return along.order[best]

    def _may_be_of_deed(self, i: int) -> bool:
        """False of a day of telling where the article names one shortly before, which is rather that of the deed."""
        told = _day(self.dates[self.along_dates.order[i]])
        return told is None or not any(timedelta(0) < told - day <= _RECENT for day in self.days)

    def _told_on(self, attributions: Iterable[Attribution]) -> Iterator[int]:
        """Where dates begin that say when something was said: right after a cue, or between it and the source before
        it, and not in its content."""
        along = self.along_dates
        for a in attributions:
            if not a.cue:
                continue
            first = a.source.end if a.source and 0 <= a.cue.start - a.source.end <= _TOLD_BEFORE else a.cue.end
            for at in range(bisect_left(along.starts, first), bisect_right(along.starts, a.cue.end + _TOLD_ON)):
                if along.held[at] != a.id:
                    yield along.starts[at]

    def _standing(self, lineage: set[str | None]) -> int | None:
        """The likeliest place that is told on the event's own word; rather than where the report was written, a town
        that is told on another's."""
        own = next((i for i, held, written in self.standing if held in lineage and not written), None)
        at_desk = next((i for i, _, written in self.standing if written), None)
        if at_desk is None or (own is not None and self.places[own].precision != "country"):
            return own
        finer = (i for i, _, written in self.standing if not written and not _RANK[self.places[i].precision])
        return next(finer, at_desk)

    def _stands(self, index: int, start: int) -> bool:
        """True of a place in which the text says that something is; not of the country of "the minister of Orvia"."""
        found = _STANDING.search(self.text, max(0, start - 50), start)
        return found is not None and (found["by"] != "of" or self.places[index].precision != "country")

    def _standing_places(self) -> Iterator[tuple[int, str | None, bool]]:
        """What an event without a place is taken to be at, the likeliest first: of the places that the headline names
        and that the report opens in, the more precise, those of the headline and the more often named first; with each,
        in whose words it stands, and True for where the report was written."""
        along, written = self.along_places, self.written
        framed = self.headline > 0 or written[1] > 0  # else nothing tells a report's opening from any other text
        opening = [
            (at, i)
            for at, i in enumerate(along.order)
            if (start := along.starts[at]) < self.headline + _OPENING
            and not _is_owner(self.text, along.spans[at][1])
            and self.places[i].span not in self.named_only
            and (start < max(self.headline, written[1]) or (framed and self._stands(i, start)))
        ]
        times = Counter(self.places[i].name for _, i in opening)
        desks = {self.places[i].name for at, i in opening if written[0] <= along.starts[at] < written[1]}
        desks -= {self.places[i].name for at, i in opening if along.starts[at] < self.headline}

        def order(item: tuple[int, int]) -> tuple[int, bool, int, int]:
            at, i = item
            coarse, below = _RANK[self.places[i].precision], along.starts[at] >= self.headline
            return coarse, below, -times[self.places[i].name], at

        for at, i in sorted(opening, key=order):
            yield i, along.held[at], self.places[i].name in desks


def _day(item: Date) -> date | None:
    return date.fromisoformat(item.value) if item.precision == "day" and item.value else None


def _between(spans: Sequence[Any], bounds: Pair) -> Sequence[Any]:
    return spans[bisect_left(spans, (bounds[0],)) : bisect_left(spans, (bounds[1],))]


def _clause(s: Sentence, at: int) -> Pair:
    """Offsets of the clause around word ``at``: what lies between conjunctions, relatives and strong marks."""
    first, last = at, at + 1
    begin, end = max(0, at - _CLAUSE), min(len(s.tags), at + _CLAUSE)
    while first > begin and s.tags[first - 1] not in ("k", "r", ";"):
        first -= 1
    while last < end and s.tags[last] not in ("k", "r", ";"):
        last += 1
    return s.spans[first][0], s.spans[last - 1][1]


def _words(s: Sentence, at: int) -> set[str]:
    return set(s.low[max(0, at - _AROUND) : at + _AROUND])


def _located(text: str, start: int) -> bool:
    """True where a preposition of place stands before: "in X", "the town of X"."""
    return not _LOCATIVES.isdisjoint(text[max(0, start - 14) : start].lower().split()[-2:])


def _is_owner(text: str, end: int) -> bool:
    """True where X of "X's" ends: what follows is meant."""
    return text[end : end + 2] in ("'s", "’s")


def _opens_with_deed(s: Sentence, at: int, held: _Held) -> bool:
    """True of a content "to attack the town" or "attacking the town": who says so is who does so."""
    first = bisect_left(s.spans, (held.start, 0))
    while first < at and s.tags[first] in ('"', "t", "a", "x", "m"):
        first += 1
    return first == at and s.tags[at] in ("i", "g")
