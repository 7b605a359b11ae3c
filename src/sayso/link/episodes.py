"""An article's episodes: the event that it is about, and those that it dates and places apart.

The main event is the one that the head of the report tells of: headline and first sentences. What somebody says of an
attack is about the attack, so places and dates count by the acts of force that are told with them, not by who speaks.
An episode depends on its own article only.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice

import numpy as np

from sayso.link.contents import meaning
from sayso.link.days import day_of, printed_day
from sayso.link.places import distance, is_large_city
from sayso.link.terms import FORCE, RARE, content_words, folded, is_funeral, is_name, name_key, term, ways
from sayso.metonymy import named_only
from sayso.text import dateline, sentences, words, words_of
from sayso.types import Date, Episode, Event, Figure, Linkable, Place, Span

_HEAD = 800  # characters of the body that tell of the main event
_MOST = 4  # background episodes of one article; more are lists and time lines
_AGREED = 0.7  # of a headline's content words; with fewer of them in the body, it is that of another report
_PARTS = re.compile(r"\s[-–—|]+\s")  # "28 killed in raid - World - The Harbour Post"
_BODY = 2000  # characters in which they are looked for
_CALLED_BY = 25  # characters between a day and what is called by it
_DAYS_OWN = re.compile(r"\w*day['’]?s['’]?\s", re.IGNORECASE)  # feeds lose apostrophes: "Saturdays blast"
_SINCE = re.compile(r"\b(?:hours?|days?|weeks?|months?|years?) (?:after|since)\b")
_FROM_ON = re.compile(r"\bsince\s(?:\w+\s)?\Z", re.IGNORECASE)
_SAID_ON = re.compile(r"\b(?:said|says|told(?:\s\w+){0,3}|reported|announced|added)\s(?:(?:late|early)\s)?(?:on\s)?\Z")
# Behind these, or before them, is when or where somebody spoke.
_THEY_SAID = re.compile(r"\b(?:it|he|she|they)\s(?:said|added)\s(?:(?:late|early)\s)?(?:on\s)?\Z", re.IGNORECASE)
_PUBLISHED = re.compile(r"\b(?:published|released|issued|presented)\s(?:[\w’'-]+\s){0,5}\Z", re.IGNORECASE)
_REJECTED = re.compile(r"\s(?:\w{1,12}ly\s)?(?:rejected|denied|dismissed|condemned|accused|blamed)\b")
_SPOKE_IN = re.compile(
    r"\b(?:told (?:\w{1,20}\s){1,3}|(?:said|says|speaking|spoke|conference|briefing|interview|reporters|journalists|"
    r"officials?|spokesm[ae]n|spokeswom[ae]n|government|ministry|sources?)\s)(?:in|from|at)\s(?:the\s)?\Z",
    re.IGNORECASE,
)
_RULERS = re.compile(r"(?:['’]s)?\s(?:government|regime|junta|administration|authorities)\b|-(?:backed|led|based)\b")
_INQUIRY = re.compile(
    r"\b(?:[ie]nquir(?:y|ies)|investigat(?:ion|ions|ors?)|fact-finding|findings|probe|(?:verified|documented) that|"
    r"commission (?:of [ie]nquiry|found|concluded|said))\b",
    re.IGNORECASE,
)
_BEFORE = 60  # characters before a place or day in which they are looked for
_PART_OF = re.compile(
    r"\b(?:(?:north|south|east|west)\w{0,4}ern|central)\s\Z|\bthe\s(?:north|south|east|west|centre|center)\w{0,4}\sof\s\Z",
    re.IGNORECASE,
)
_OF_BEFORE = re.compile(
    r"\b(?:the|this|its|their)\srecent\b|\b(?:last|earlier (?:this|in the)) (?:week|month)\b", re.IGNORECASE
)
_RECENT = timedelta(days=3)  # between an event and the report of it
_REMEMBERED = timedelta(days=100)  # between what is rare and a report of what is said of it
_INQUIRED = timedelta(days=3660)  # between an event and what an inquiry found of it
_FEW, _HALF = 1 / 3, 1 / 2  # of the sentences of the head
_APART_KM, _APART_DAYS = 30.0, 2  # between two events of one article
_REGION_KM = 60.0  # between a town and the middle of its province, or the town that it is called by
_RARE_KM = 100.0  # between two places of one event that is rare
_NOT_DONE = ("planned", "possible", "denied")
_MOST_VILLAGES = 4  # that an episode names
_TELLING = 3  # consonants from which on a name is compared without its vowels
_CLAIMS = 5  # whose meaning stands for an episode's

_IN_HEAD, _AS_TOWN, _AS_REGION = 4, 3, 2  # votes for a place
_MOST_WORDS, _MOST_NAMES = 300, 60  # of one episode; a head of one endless sentence has more

_DIGIT = re.compile(r"\d")


def episodes(linkable: Linkable) -> tuple[Episode, ...]:
    """The episodes of an article: its main event, number 0, and at most four from the background, in text order.

    Each claim is in one: in the background episode whose sentence holds it, else in the main one; but those of a
    headline that belongs to another report are in none.
    """
    report = _Report(linkable)
    main, background = _told_again(report, _main(report))
    scenes = [_less_rare(report, main, background), *background]
    claims: list[list[int]] = [[] for _ in scenes]
    told = [report.sentence(claim.spans[0]) for claim in linkable.claims]
    foreign = report.foreign if not report.foreign.issuperset(told) else frozenset()  # or nothing is left
    for index, sentence in enumerate(told):
        if sentence in foreign:
            continue
        number = next((n for n, scene in enumerate(scenes) if n and sentence in scene.sentences), 0)
        claims[number].append(index)
    done = [True if number else _has_happened(report, main, background) for number in range(len(scenes))]
    return tuple(_episode(report, n, scene, claims[n], done[n]) for n, scene in enumerate(scenes))


@dataclass(frozen=True, slots=True)
class _Scene:
    """One event as the article stages it: the sentences that tell of it, by their numbers, where, and on which day."""

    sentences: frozenset[int]
    place: Place | None
    day: str | None
    dated: bool = True  # False where the day is but that of the telling


class _Report:
    """A reading, arranged by its sentences."""

    def __init__(self, linkable: Linkable) -> None:
        self.linkable = linkable
        reading = linkable.reading
        self.article, self.places, self.dates = reading.article, reading.places, reading.dates
        self.text = self.article.text
        self.sentences = sentences(self.text)
        self.starts = [start for start, _ in self.sentences]
        self.events = sorted(reading.events, key=lambda e: e.span)
        self.acts = [e for e in self.events if e.type in FORCE and not is_funeral(self.text, e.span)]
        named = [m.span for m in reading.mentions if m.kind in ("person", "organisation")]
        self.parties = named + [p.span for p in reading.places if p.precision == "country"]
        self.named_only = named_only(self.text, self.places, reading.attributions)
        self.regions = {name_key(p.name) for p in reading.places if p.precision == "region"}
        self.reference = printed_day(self.text, self.dates) or day_of(self.article.published)
        self.body = self._body()
        self.written = dateline(self.text)[1]  # where what is said of where it was written ends
        self.foreign = self._foreign_headline()
        self.head = self._head()
        # How often each name stands for a place, less how often for a party.
        self.times_named = Counter(name_key(p.span.text) for p in self.places)
        self.times_named.subtract(Counter(name_key(span.text) for span in self.parties))
        self._of_rare: dict[int, bool] = {}  # of the sentences that were looked at
        self.rare = frozenset(n for n in self.head if self._says_rare(n))
        self.country = self._country_of_rare() or self._country()

    def sentence(self, span: Span) -> int:
        """The number of the sentence in which ``span`` starts."""
        return max(0, bisect_right(self.starts, span.start) - 1)

    def words(self, scene: _Scene) -> tuple[str, ...]:
        """The distinct content words of a scene's sentences, sorted, folded.

        Left out are the names of parties and countries, of which any report from a war has the same, and that of the
        scene's own place, which is compared as a place; so is a word of such a name that stands alone.
        """
        own = scene.place  # or the known one that it is said to be near
        names = self.parties + [
            p.span
            for p in self.places
            if own and p.lat is not None and (p.name == own.name or (p.lat, p.lon) == (own.lat, own.lon))
        ]
        taken = bytearray(len(self.text))
        for span in names:
            taken[span.start : span.end] = b"1" * (span.end - span.start)
        alone = {word for span in names for word in map(folded, span.text.split()) if is_name(word)}
        found = (
            self.text[start + s : start + e]
            for start, end in (self.sentences[number] for number in sorted(scene.sentences))
            for s, e in words(self.text[start:end])
            if not taken[start + s]
        )
        distinct = dict.fromkeys(word for word in content_words(found) if word not in alone)
        return tuple(sorted(islice(distinct, _MOST_WORDS)))

    def day_in_headline(self) -> date | None:
        """The day of the month that the headline names: "in the attack of April 15"."""
        title = self.article.title
        end = len(title) if title and self.text.startswith(title) else 0
        named = (_exact(item) for item in self.dates if item.span.end <= end and _DIGIT.search(item.span.text))
        return next((day for day in named if day and _remembered(day, self.reference)), None)

    def day_of_rare(self) -> date | None:
        """The first day, long before the report, that is named by its number in a sentence on what is rare: "a sarin
        attack on the 4th of April"."""
        for item in self.dates:
            day = _exact(item) if _DIGIT.search(item.span.text) else None
            if day and _remembered(day, self.reference) and self.tells_rare(item.span):
                return day
        return None

    def is_of_telling(self, item: Date) -> bool:
        """True of the day on which somebody said so: "said on Wednesday"."""
        return bool(_SAID_ON.search(self.text, max(0, item.span.start - 40), item.span.start))

    def is_of_answering(self, item: Date) -> bool:
        """True of the day on which "it said" so, "published its report", or somebody "rejected the claim"."""
        before = max(0, item.span.start - _BEFORE)
        said = (pattern.search(self.text, before, item.span.start) for pattern in (_THEY_SAID, _PUBLISHED))
        return any(said) or bool(_REJECTED.match(self.text, item.span.end))

    def is_of_deed(self, item: Date) -> bool:
        """False of the day of a telling or an answer, and of that since which something is so."""
        start = item.span.start
        since = _FROM_ON.search(self.text, max(0, start - _BEFORE), start)
        return not (since or self.is_of_telling(item) or self.is_of_answering(item))

    def tells_rare(self, span: Span) -> bool:
        """True where the sentence with ``span`` tells of what is rare."""
        return self._says_rare(self.sentence(span))

    def is_about_rare(self) -> bool:
        """True where what is rare is what the head is about: its first sentence tells of it, or not a few do (more than
        half of them, where the first has another way), or the others have no way of harming."""
        if not self.rare:
            return False
        opening = min(self.head)
        few = _HALF if self._ways([opening]) else _FEW
        return opening in self.rare or len(self.rare) > few * len(self.head) or not self._ways(self.head - self.rare)

    def _says_rare(self, number: int) -> bool:
        if number not in self._of_rare:
            self._of_rare[number] = bool(RARE & self._ways([number]))
        return self._of_rare[number]

    def _ways(self, numbers: Iterable[int]) -> frozenset[str]:
        """The ways of harming of which sentences tell."""
        texts = (self.text[slice(*self.sentences[number])] for number in numbers)
        return ways(content_words(word for text in texts for word in words_of(text)))

    def day_that_calls(self) -> date | None:
        """The first day, shortly before the report, by which the head calls anything: "Wednesday's killer fumes"."""
        called = [item for item in self.dates if _DAYS_OWN.match(self.text, item.span.start)]
        return self.recent_day(called)

    def looks_back(self) -> bool:
        """True where what is rare is told of as something of before: "the recent gas attack"."""
        return any(_OF_BEFORE.search(self.text, *self.sentences[number]) for number in self.rare)

    def unless_before(self, day: date | None) -> str | None:
        """``day``; None for the report's own where that tells of what is rare as of something of before."""
        if day is None or (day == self.reference and self.is_about_rare() and self.looks_back()):
            return None
        return day.isoformat()

    def tells_of_inquiry(self) -> bool:
        """True where the head tells what somebody found who looked into it."""
        return any(_INQUIRY.search(self.text, *self.sentences[number]) for number in self.head)

    def is_of_speaking(self, span: Span) -> bool:
        """True of the place where somebody spoke, "told reporters in Lindhaven", or that stands for those who rule from
        there, "the Lindhaven government"."""
        spoke = _SPOKE_IN.search(self.text, max(0, span.start - _BEFORE), span.start)
        return bool(spoke or _RULERS.match(self.text, span.end))

    def villages(self, scene: _Scene) -> tuple[str, ...]:
        """The keys of the first few small places that a scene's sentences name."""
        here = (p for p in self.places if self.sentence(p.span) in scene.sentences and self._is_village(p))
        return tuple(islice(dict.fromkeys(map(_village_key, here)), _MOST_VILLAGES))

    def _is_village(self, place: Place) -> bool:
        """True of villages, towns and what no gazetteer has; not of large cities and provinces, of where somebody
        reports from or spoke, of plain words, nor of what is mostly a party's name."""
        if place.precision not in ("none", "town", "site") or is_large_city(place):
            return False
        if place.span.start < self.written or place.span in self.named_only or self.is_of_speaking(place.span):
            return False
        if not place.country and _PART_OF.search(self.text, max(0, place.span.start - _BEFORE), place.span.start):
            return False  # "the east of Marvonia" is of no village
        if name_key(place.name) in self.regions or self.times_named[name_key(place.span.text)] < 0:
            return False
        if place.country:
            return place.country == self.country
        return any(map(is_name, map(folded, words_of(place.name))))

    def around(self, name: str) -> Place | None:
        """The known place, no country, that a sentence names next after an unknown one: "Sandrin in Orbash"."""
        known = [p for p in self.places if p.lat is not None and p.precision != "country" and p.country == self.country]
        starts = [p.span.start for p in known]  # places are in the order of the text
        for unknown in (p for p in self.places if p.name == name):
            at, end = bisect_left(starts, unknown.span.end), self.sentences[self.sentence(unknown.span)][1]
            if at < len(starts) and starts[at] < end:
                return known[at]
        return None

    def tells_since(self, span: Span) -> bool:
        """True behind words that tell how long after something else this was: "hours after a raid on Orvane"."""
        return bool(_SINCE.search(self.text, self.sentences[self.sentence(span)][0], span.start))

    def recent_day(self, found: Sequence[Date]) -> date | None:
        """The first day among ``found`` that the head names and that was shortly before the report."""
        named = (_exact(item) for item in found if self.sentence(item.span) in self.head)
        return next((day for day in named if day and _recent(day, self.reference)), None)

    def is_new(self, event: Event) -> bool:
        """False of what is dated to long before the report, be it by month or year."""
        item = self.dates[event.date] if event.date is not None else None
        if item is None or item.value is None or self.reference is None:
            return True
        day = _exact(item)
        return _recent(day, self.reference) if day else self.reference.isoformat().startswith(item.value)

    def is_of_day(self, event: Event, item: Date) -> bool:
        """True where an event is called by its day, as in "Saturday's car bombing"."""
        named = self.text[item.span.start : event.span.start]
        return len(named) < len(item.span.text) + _CALLED_BY and bool(_DAYS_OWN.match(named))

    def dates_act_in_head(self, day: date) -> bool:
        """True where the head says of an act of force that it was on that day."""
        acts = (e for e in self.acts if e.date is not None and self.sentence(e.span) in self.head)
        return any(day_of(self.dates[e.date].value) == day for e in acts if e.date is not None)

    def _head(self) -> frozenset[int]:
        """The numbers of the sentences of headline and lede, without those of another report's headline."""
        first = bisect_left(self.starts, self.body)
        numbers = range(max(first + 1, bisect_left(self.starts, self.body + _HEAD)))
        return frozenset(n for n in numbers if n < len(self.sentences)) - self.foreign

    def _body(self) -> int:
        """Where the body begins."""
        title = self.article.title
        return len(title) if title and self.text.startswith(title) else 0

    def _foreign_headline(self) -> frozenset[int]:
        """The numbers of the headline's sentences, if the body does not bear it out: pages print those of others."""
        body = self.body
        if not body or _bears_out(self.article.title or "", self.text[body : body + _BODY]):
            return frozenset()
        return frozenset(range(bisect_left(self.starts, body)))

    def _country(self) -> str | None:
        """The country in which most of what the article tells takes place; of equals the first by its code.

        One that the article names, and of these one where it places an act of force, goes before any other: a name
        like "Castello" may well be taken for a town far away.
        """
        finer = [p for p in self.places if p.country and p.precision != "country"]
        acts = [self.places[e.place] for e in self.events if e.place is not None and e.type in FORCE]
        staged = [p for p in acts if p.country and p.precision != "country"]
        named = {p.country for p in self.places if p.precision == "country"}
        theirs = named & {p.country for p in staged} or named & {p.country for p in finer}
        told = [*staged, *finer] or [p for p in self.places if p.country]
        counts = Counter(p.country for p in told if p.country in theirs or not theirs)
        return min(counts, key=lambda c: (-counts[c], c or "")) if counts else None

    def _country_of_rare(self) -> str | None:
        """The country that is named most often where what is rare is told of, and its acts placed, if that is what the
        report is about, or dated by: not the one in which somebody speaks of it. None where another is as well."""
        if not (self.is_about_rare() or (self.rare and self.day_of_rare())):
            return None
        acts = [(e.span, self.places[e.place]) for e in self.events if e.place is not None and e.type in FORCE]
        told = [(p.span, p) for p in self.places] + acts
        counts = Counter(p.country for span, p in told if p.country and self.tells_rare(span)).most_common(2)
        return counts[0][0] if counts and counts[0][1] > sum(n for _, n in counts[1:]) else None


def _village_key(place: Place) -> str:
    """What the spellings of a village share; of a short name, all of it, for "Mora" and "Maru" have the same
    consonants."""
    key = name_key(place.name)
    return key if len(key) >= _TELLING else folded(place.name)


def _bears_out(title: str, body: str) -> bool:
    """True where the body has most of the headline's content words, the name of the site apart."""
    said = _terms(max(_PARTS.split(title), key=len))
    return not said or len(said & _terms(body)) >= _AGREED * len(said)


def _terms(text: str) -> set[str]:
    return set(map(term, content_words(words_of(text))))


def _main(report: _Report) -> _Scene:
    """The main event, staged in headline and lede."""
    day = _main_day(report)
    told = report.unless_before(report.recent_day(report.dates) or report.reference)
    return _Scene(report.head, _main_place(report), day or told, day is not None)


def _main_place(report: _Report) -> Place | None:
    """The place that most of the report's attacks have, those of the head above all; towns before regions. Sieges and
    arrests do not count: of those that an attack is told with, most are elsewhere.

    An unresolved name of which an attack in the head is told goes before a province, and before a town where the report
    says by what it lies. Failing all these, the country.
    """
    acts = [(e, report.places[e.place]) for e in report.events if e.type == "ASSAULT" and e.place is not None]
    # A dateline is where one reports from, "told reporters in Lindhaven" where somebody spoke; "hours after a raid on
    # Orvane" is where something else was.
    earlier = {
        p.span
        for p in report.places
        if p.span.text.isupper()
        or p.span in report.named_only
        or report.tells_since(p.span)
        or report.is_of_speaking(p.span)
    }
    told = [(p, report.sentence(e.span)) for e, p in acts if p.span not in earlier]
    named = [(p, report.sentence(p.span)) for p in report.places if p.span not in earlier]
    votes: Counter[str] = Counter()
    first: dict[str, Place] = {}
    for place, number in [*told, *named]:
        located = place.lat is not None and place.precision != "country" and place.country == report.country
        if located or place.precision == "none":
            name = name_key(place.name)
            # A headline names the province by its town.
            town = place.precision != "region" and name not in report.regions
            key = f"{name} {place.precision}"
            first.setdefault(key, place)
            votes[key] += (_IN_HEAD if number in report.head else 1) * (_AS_TOWN if town else _AS_REGION)
    ranked = [first[key] for key in sorted(votes, key=lambda k: (-votes[k], first[k].span))]
    known = next((p for p in ranked if p.precision != "none"), None)
    here = {place.name for e, place in acts if report.is_new(e) and report.sentence(e.span) in report.head}
    unknown = next((p for p in ranked if p.precision == "none" and p.name in here), None)
    if unknown and (known is None or ranked.index(unknown) < ranked.index(known)):
        around = report.around(unknown.name)
        if around or known is None or known.precision == "region":
            return _lying_by(unknown, around or known)
    return known or next((p for p in report.places if p.precision == "country" and p.country == report.country), None)


def _lying_by(unknown: Place, known: Place | None) -> Place:
    """``unknown`` about where ``known`` lies: "Sandrin, west of Orbash"."""
    if known is None:
        return unknown
    return replace(unknown, country=known.country, lat=known.lat, lon=known.lon, precision="region")


def _main_day(report: _Report) -> str | None:
    """The day that the headline names in full, if it is not long ago; else that of the first act of force in the head
    that is dated shortly before the report, such as are called by their day before others: in "rose to 112, a monitor
    said on Sunday. Saturday's blast …" it was Saturday; else the first such day named there; else the report's own.

    What is rare is told of for weeks: a report of it whose head dates no such act of these days is about the earlier
    day that it names for it by its number; and if no act of force there is dated so, about the one that most have. The
    day on which somebody spoke of it is not its own: where nothing else is dated, and it was some time before ("the
    recent gas attack"), the day is not known. A report of an inquiry is about the day of what it looked into.
    """
    if day := report.day_in_headline():
        return day.isoformat()
    rare = bool(report.rare)
    about = rare and report.is_about_rare()
    dated = [(e, report.dates[e.date]) for e in report.acts if e.date is not None]
    told = [item for e, item in dated if report.tells_rare(e.span) and not report.is_of_telling(item)]
    if rare and not report.recent_day(told) and (day := report.day_of_rare()):
        return day.isoformat()
    if about and (day := report.recent_day(told)):
        return day.isoformat()
    done = [(e, item) for e, item in dated if not report.is_of_answering(item)]
    acts = [item for _, item in done]
    if day := report.recent_day([item for e, item in dated if report.is_of_day(e, item)]) or report.recent_day(acts):
        return day.isoformat()
    if rare:
        earlier = [day for item in acts if (day := _exact(item)) and _remembered(day, report.reference)]
        if earlier:
            return Counter(earlier).most_common(1)[0][0].isoformat()
    if about and (day := report.day_that_calls()):
        return day.isoformat()
    if day := _inquired_day(report, done):
        return day.isoformat()
    return report.unless_before(report.recent_day([item for item in report.dates if report.is_of_deed(item)]))


def _inquired_day(report: _Report, acts: Sequence[tuple[Event, Date]]) -> date | None:
    """The one day, some time ago, to which the head of a report dates what was done, if its first sentence does, or it
    tells of an inquiry: it is about the attack, and not about when somebody published what was found."""
    done = [(event, day) for event, item in acts if event.certainty == "happened" and (day := _exact(item))]
    told = {report.sentence(event.span): day for event, day in done if report.sentence(event.span) in report.head}
    first = bisect_left(report.starts, report.body)
    if len(set(told.values())) != 1 or report.reference is None:
        return None
    (day,) = set(told.values())
    if first in told and _remembered(day, report.reference):
        return day
    return day if report.tells_of_inquiry() and _RECENT < report.reference - day <= _INQUIRED else None


def _told_again(report: _Report, main: _Scene) -> tuple[_Scene, list[_Scene]]:
    """The main event and those of the background. A scene there at the main one's place, shortly before, is that event
    told again, if no act in the head is dated otherwise; and it dates it. So is what is rare, near by."""
    background = _background(report, main)
    again = next((scene for scene in background if _is_again(report, main, scene)), None)
    if not again:
        return main, background
    same = main.place and again.place and name_key(main.place.name) == name_key(again.place.name)
    town = main.place and main.place.precision == "town" and name_key(main.place.name) not in report.regions
    place = main.place if same or town else again.place
    return _Scene(main.sentences, place, again.day, again.dated), [scene for scene in background if scene is not again]


def _is_again(report: _Report, main: _Scene, scene: _Scene) -> bool:
    day, other = day_of(main.day), day_of(scene.day)
    if not (main.place and scene.place and day and other and timedelta(0) <= day - other <= _RECENT):
        return False
    if name_key(scene.place.name) != name_key(main.place.name):
        km = distance(scene.place, main.place)
        if km is None or km > _RARE_KM or not (_tells_rare(report, main) and _tells_rare(report, scene)):
            return False
    return day == other or not report.dates_act_in_head(day)


def _less_rare(report: _Report, main: _Scene, background: Sequence[_Scene]) -> _Scene:
    """``main`` without its sentences that tell of what is rare, where the headline, or the first sentence where there
    is none, does not tell of it, and a scene of the background is staged for it, or it neither is what the head is
    about nor gives the day: a raid "hours after the gas attack" is no gas attack."""
    opening = frozenset({min(main.sentences, default=0)})
    rare = report.rare & main.sentences
    if not rare:
        return main
    elsewhere = any(_tells_rare(report, scene) for scene in background)
    dated_by_it = main.day is not None and report.day_of_rare() == day_of(main.day)
    if rare & opening or ((report.is_about_rare() or dated_by_it) and not elsewhere):
        return main
    return replace(main, sentences=main.sentences - rare | opening)


def _tells_rare(report: _Report, scene: _Scene) -> bool:
    return bool(RARE & ways(report.words(scene)))


def _exact(item: Date) -> date | None:
    return day_of(item.value) if item.precision == "day" else None


def _remembered(day: date, reference: date | None) -> bool:
    return reference is not None and _RECENT < reference - day <= _REMEMBERED


def _recent(day: date, reference: date | None) -> bool:
    return reference is None or -timedelta(days=1) <= reference - day <= _RECENT


def _background(report: _Report, main: _Scene) -> list[_Scene]:
    """Events outside the head that have a day and a place of their own, apart from the main one's."""
    scenes: dict[tuple[str, str], _Scene] = {}
    for event in report.acts:
        number = report.sentence(event.span)
        found = _staged(report, event)
        if number in report.head or not found:
            continue
        scene = _Scene(frozenset({number}), *found)
        key = (name_key(found[0].name), found[1])
        if key in scenes:
            scenes[key] = _Scene(scenes[key].sentences | scene.sentences, scenes[key].place, found[1])
        elif (
            len(scenes) < _MOST
            and _apart(scene, main, report.regions)
            and not any(number in s.sentences for s in scenes.values())
        ):
            scenes[key] = scene
    return list(scenes.values())


def _staged(report: _Report, event: Event) -> tuple[Place, str] | None:
    """Where and on which day an act of force happened, if the article says both."""
    if event.place is None or event.date is None or event.certainty != "happened":
        return None
    place, when = report.places[event.place], report.dates[event.date]
    day = _exact(when)
    if place.span.start >= report.body and report.sentence(place.span) != report.sentence(event.span):
        return None  # nothing says that it was there, where another event is
    if place.lat is None or place.precision == "country" or day is None:
        return None
    return place, day.isoformat()


def _apart(a: _Scene, b: _Scene, regions: Collection[str]) -> bool:
    """True of two scenes days or places apart; where ``a`` is at a place called as one of the ``regions``, that may be
    the whole of it."""
    one, other = day_of(a.day), day_of(b.day)
    if one and other and abs((one - other).days) >= _APART_DAYS:
        return True
    km = distance(a.place, b.place) if a.place and b.place else None
    wide = a.place is not None and name_key(a.place.name) in regions
    return km is not None and km > (_REGION_KM if wide else _APART_KM)


def _has_happened(report: _Report, main: _Scene, background: Sequence[_Scene]) -> bool:
    """True where the outlet itself tells of an attack, outside the background, that is not only planned, possible or
    denied, and not said to have been elsewhere or on another day. What others tell of is in their claims."""
    elsewhere = frozenset[int]().union(*(scene.sentences for scene in background))
    own = [event for event in report.acts if event.type == "ASSAULT" and event.attribution is None]
    for event in own:
        if event.certainty not in _NOT_DONE and report.sentence(event.span) not in elsewhere:
            place = None if event.place is None else report.places[event.place]
            if place and place.precision == "country":
                place = None  # its middle lies far from most of it
            day = None if event.date is None else _exact(report.dates[event.date])
            if not _apart(_Scene(frozenset(), place, day.isoformat() if day else None), main, report.regions):
                return True
    return False


def _episode(report: _Report, number: int, scene: _Scene, claims: Sequence[int], happened: bool) -> Episode:
    reading, place = report.linkable.reading, scene.place
    told = [e for e in report.events if report.sentence(e.span) in scene.sentences]
    types = Counter(e.type for e in told)
    harmed = [c for c in reading.casualties if report.sentence(c.span) in scene.sentences]
    ids = report.linkable.claims
    return Episode(
        article=report.article.id,
        number=number,
        outlet=report.article.outlet,
        published=report.article.published,
        event_type=min(types, key=lambda t: (-types[t], t)) if types else None,
        place=place.name if place else None,
        country=(place.country if place else None) or report.country,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        precision=place.precision if place else "none",
        date=scene.day,
        figures=tuple(dict.fromkeys(Figure(c.min, c.max, c.kind, c.who) for c in harmed[:_MOST_NAMES])),
        actors=_actors(told),
        words=report.words(scene),
        embedding=_embedding(report, claims),
        claims=tuple(ids[index].id for index in claims),
        happened=happened,
        dated=scene.dated,
        villages=report.villages(scene),
    )


def _actors(told: Sequence[Event]) -> tuple[str, ...]:
    """Who acts and who is hit, folded, sorted; without articles and figures."""
    spans = [span for event in told for span in (*event.actors, *event.targets)]
    names = {" ".join(content_words(span.text.split())) for span in spans[:_MOST_NAMES]}
    return tuple(sorted(names - {""}))


def _embedding(report: _Report, claims: Sequence[int]) -> bytes:
    """The mean direction of the first five claims that tell of an act of force, failing these of any, as 384 float16;
    empty where there is none."""
    held = report.linkable
    meant = [index for index in claims if held.embeddings[index]]
    of_force = [index for index in meant if held.claims[index].event_type in FORCE]
    vectors = [meaning(held.embeddings[index]) for index in (of_force or meant)[:_CLAIMS]]
    if not vectors:
        return b""
    mean = np.mean([v / (np.linalg.norm(v) or 1.0) for v in vectors], axis=0)
    return bytes((mean / (np.linalg.norm(mean) or 1.0)).astype(np.float16).tobytes())
