"""Stories: what is claimed, in all reports, about one event.

Episodes that share a block are compared two at a time, and what is alike is clustered by its average likeness, so that
no chain of small steps joins two events. The clusters are a function of the set of episodes, whatever their order of
arrival: a new article touches only those that share a block with it, and what these are connected with.
"""

from __future__ import annotations

import hashlib
import heapq
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from sayso.link.days import day_of
from sayso.link.figures import figures, of_one_time
from sayso.link.likeness import LIKE, is_elsewhere, likeness
from sayso.link.places import cells, distance
from sayso.link.predictions import happened, prediction
from sayso.link.terms import FORCE, RARE, WAYS, content_words, name_key, ways
from sayso.text import words_of
from sayso.types import ClaimRow, Episode, StoryRow
from sayso.wordsets import word_set

__all__ = ["LIKE", "SAME", "Key", "blocks", "clusters", "copies_event", "likeness", "near", "story"]

Key = tuple[str, int]
"""An episode: its article's id and its number there."""

SAME = 0.45
"""Two clusters whose episodes are less alike than this on average tell of two events."""

COPY = 1.0
"""The likeness of an article and what copies it as it stands."""

_SPAN = 4  # days of one block; the next begins at its middle
_MONTH = timedelta(days=31)
_TOLD_OF = 14  # days before a report of something rare in which it was, where the report does not say when
_HERE = 30.0  # km from a story's place within which what is told of is its event
_SAYS = ("asserts", "accuses", "suspects")
_LOCATED = ("site", "town", "region")
_RANK = {"site": 0, "town": 1, "none": 2, "region": 3, "country": 4}
_CALLED = {
    "gas": "Gas attack",
    "bomb": "Bombing",
    "killing": "Killings",
    "air": "Air strikes",
    "shelling": "Shelling",
    "fighting": "Fighting",
}
# Words that do not say how harm was done: a raid may be one on the ground, and fighters may have been bombed.
_EITHER = word_set("raid raids raided bombardment bombardments fighter fighters")
_KINDS = {
    "ASSAULT": "Attack",
    "COERCE": "Coercion",
    "PROTEST": "Protest",
    "ACCUSE": "Accusations",
    "CONSULT": "Talks",
    "AGREE": "Agreement",
    "AID": "Aid",
    "MOBILIZE": "Mobilization",
    "THREATEN": "Threats",
    "SANCTION": "Sanctions",
    "YIELD": "Withdrawal",
}


def blocks(episode: Episode) -> tuple[str, ...]:
    """The keys, at most twenty, under which an episode is both filed and looked up: place by day.

    Two within half a degree (55 km) and two days of each other share a key, and so do two of one place name, or that
    name one small place, within two days; none do that are four days apart. Where no place finer than a country is
    known, its country stands for it; so it does for what is so rare that a country has it on few days; of which a
    report that does not say when it was is filed under the two weeks before.
    """
    keys = [f"{place}@{days}" for place in dict.fromkeys(_places(episode)) for days in _days(episode.date)]
    rare = _rare(episode) if episode.date is None and episode.published else None
    if rare and (day := day_of(episode.published)):
        before = range(0, min(_TOLD_OF, day.toordinal()), _SPAN)  # time begins with the year 1
        keys += [f"{rare}@{days}" for n in before for days in _days((day - timedelta(days=n)).isoformat())]
    return tuple(keys)


def _places(episode: Episode) -> Iterator[str]:
    if episode.lat is not None and episode.lon is not None and episode.precision in _LOCATED:
        yield from (f"{row}:{column}" for row, column in cells(episode.lat, episode.lon))
    if episode.place and episode.precision != "country":
        yield name_key(episode.place)
    else:
        yield episode.country or "?"
    if rare := _rare(episode):
        yield rare
    yield from episode.villages


def _rare(episode: Episode) -> str | None:
    """What is rare and told of, with the country; None where nothing is."""
    found = RARE & ways(episode.words)
    return f"{min(found)} {episode.country}" if found else None


def _days(day: str | None) -> tuple[str, ...]:
    """The two spans of days in which a day lies."""
    if day is None:
        return ("?",)
    half = date.fromisoformat(day).toordinal() * 2 // _SPAN
    return str(half - 1), str(half)


def copies_event(a: Episode, b: Episode) -> bool:
    """True of the main episodes of two articles, of which one copies a part of the other, if they tell of one event:
    not a form that is filled in for one town after the other, or one month after the other."""
    then, later = day_of(a.date), day_of(b.date)
    then_too = then is None or later is None or abs(then - later) <= _MONTH
    return then_too and not is_elsewhere(a, b) and likeness(a, b) >= LIKE


def clusters(
    pairs: Mapping[tuple[Key, Key], float],
    episodes: Collection[Key],
    same: Collection[tuple[Key, Key]] = (),
    other: Collection[tuple[Key, Key]] = (),
    judged: Collection[Key] = (),
) -> list[tuple[Key, ...]]:
    """``episodes`` by the event that they tell of: each in one cluster, clusters and their members sorted.

    ``pairs`` are likenesses; those below ``LIKE``, or missing, count as none. Two episodes of one article never share a
    cluster. The two clusters that are most alike on average are joined first, of equals the first in order, until none
    are so alike as ``SAME``. Takes time and memory about as the number of pairs.

    People's judgements go before: ``same`` are joined, whatever they are like, also of one article; ``other`` never
    share a cluster, unless ``same`` joins them. ``judged`` are more on which they did, with what is not among
    ``episodes``.
    """
    keys = sorted(episodes)
    number = {key: index for index, key in enumerate(keys)}
    alike = {(number[a], number[b]) if a < b else (number[b], number[a]): p for (a, b), p in pairs.items() if p >= LIKE}
    alone = {number[key] for pair in (*same, *other) for key in pair} | {number[key] for key in judged}
    articles = [article for article, _ in keys]
    joined = _Joining(articles, alike, _copies(articles, alike, alone))
    for a, b in sorted(same):
        joined.join(number[a], number[b])
    for a, b in sorted(other):
        joined.keep_apart(number[a], number[b])
    joined.run()
    return sorted(tuple(keys[index] for index in sorted(members)) for members in joined.members if members)


def near(
    pairs: Mapping[tuple[Key, Key], float], cluster_of: Mapping[Key, str], judged: Collection[Key] = ()
) -> list[tuple[float, str, str]]:
    """Which two clusters have episodes that are alike, and how much so on average, the likest first: as ``clusters``
    has it, where it stopped to join. ``pairs`` are likenesses of two clusters' episodes, and of copies within one. Not
    two clusters of which one article tells both."""
    keys = sorted(cluster_of)
    number = {key: index for index, key in enumerate(keys)}
    alike = {(number[a], number[b]) if a < b else (number[b], number[a]): p for (a, b), p in pairs.items() if p >= LIKE}
    first = _copies([article for article, _ in keys], alike, {number[key] for key in judged})
    reports: defaultdict[str, set[int]] = defaultdict(set)
    articles: defaultdict[str, set[str]] = defaultdict(set)
    for index, key in enumerate(keys):
        reports[cluster_of[key]].add(first[index])
        articles[cluster_of[key]].add(key[0])
    compared: defaultdict[tuple[str, str], defaultdict[tuple[int, int], list[float]]]
    compared = defaultdict(lambda: defaultdict(list))
    for (a, b), value in sorted(alike.items()):
        one, two = cluster_of[keys[a]], cluster_of[keys[b]]
        if one != two:
            (one, a), (two, b) = sorted(((one, a), (two, b)))
            compared[one, two][first[a], first[b]].append(value)
    found = []
    for (one, two), between in compared.items():
        if articles[one].isdisjoint(articles[two]):
            total = sum(sum(values) / len(values) for values in between.values())
            found.append((total / (len(reports[one]) * len(reports[two])), one, two))
    return sorted(found, key=lambda pair: (-pair[0], pair[1:]))


def _copies(articles: Sequence[str], alike: Mapping[tuple[int, int], float], judged: Container[int]) -> list[int]:
    """For each episode the first of those that are copies of it, itself included. What people judged stands alone."""
    first = list(range(len(articles)))
    held = [{article} for article in articles]
    for (a, b), value in sorted(alike.items()):
        if value < COPY or a in judged or b in judged:
            continue
        one, other = sorted((_end(first, a), _end(first, b)))
        if one != other and held[one].isdisjoint(held[other]):
            first[other] = one
            held[one] |= held[other]
    return [_end(first, index) for index in range(len(articles))]


def _end(of: list[int], index: int) -> int:
    """Where the references from ``index`` on lead, which are made shorter on the way."""
    while of[index] != index:
        of[index] = of[of[index]]
        index = of[index]
    return index


class _Joining:
    """Agglomerative clustering by average linkage, of a sparse graph. Copies are one report: ``first`` has for each
    episode the first of its copies, and between two such the mean of what was compared counts once.

    An average of two averages is never above both, so what the heap has is an upper bound: an entry is brought up to
    date when it comes up, and not before. Links of the cluster with fewer of them are moved to the other.
    """

    def __init__(self, articles: Sequence[str], alike: Mapping[tuple[int, int], float], first: list[int]) -> None:
        self.members: list[list[int]] = [[] for _ in articles]
        self._articles: list[set[str]] = [set() for _ in articles]
        self._apart: list[set[int]] = [set() for _ in articles]  # what must not be with it, by where it began
        self._now = first  # where what began at an index is now
        for index, (at, article) in enumerate(zip(first, articles, strict=True)):
            self.members[at].append(index)
            self._articles[at].add(article)
        self._reports = [1] * len(articles)  # how many a cluster has, copies counted once
        self._links: list[dict[int, float]] = [{} for _ in articles]
        compared: dict[tuple[int, int], list[float]] = {}
        for (a, b), value in sorted(alike.items()):
            one, other = sorted((first[a], first[b]))
            if one != other and self._articles[one].isdisjoint(self._articles[other]):
                compared.setdefault((one, other), []).append(value)
        for (a, b), values in compared.items():
            self._links[a][b] = self._links[b][a] = sum(values) / len(values)
        self._heap = [(-self._links[a][b], a, b) for a, b in compared]
        heapq.heapify(self._heap)

    def run(self) -> None:
        """Join what is alike."""
        while self._heap and -self._heap[0][0] >= SAME:
            value, a, b = heapq.heappop(self._heap)
            a, b = sorted((_end(self._now, a), _end(self._now, b)))
            if a == b or b not in self._links[a]:
                continue
            average = self._links[a][b] / (self._reports[a] * self._reports[b])
            if average < -value:
                heapq.heappush(self._heap, (-average, a, b))
            elif self._articles[a].isdisjoint(self._articles[b]) and self._apart[a].isdisjoint(self.members[b]):
                self._join(a, b)

    def join(self, a: int, b: int) -> None:
        """Join what began at two indices, whatever they are like."""
        if (one := _end(self._now, a)) != (other := _end(self._now, b)):
            self._join(one, other)

    def keep_apart(self, a: int, b: int) -> None:
        """Never join the two clusters in which these are now."""
        for one, other in ((a, b), (b, a)):
            self._apart[_end(self._now, one)].add(other)

    def _join(self, a: int, b: int) -> None:
        if len(self._links[a]) < len(self._links[b]):
            a, b = b, a
        self._now[b] = a
        self.members[a] += self.members[b]
        self._reports[a] += self._reports[b]
        self._articles[a] |= self._articles[b]
        self._apart[a] |= self._apart[b]
        self.members[b] = []
        self._links[a].pop(b, None)
        self._links[b].pop(a, None)
        for other, value in self._links[b].items():
            total = self._links[a].get(other, 0.0) + value
            self._links[a][other] = self._links[other][a] = total
            del self._links[other][b]
        self._links[b] = {}


def story(
    members: Sequence[Episode],
    claims: Sequence[ClaimRow],
    origins: Mapping[str, str] | None = None,
    names: Mapping[str, str] | None = None,
) -> StoryRow:
    """The story that a cluster makes. ``claims`` are those that its episodes hold; ``origins`` gives for an article
    that copies the one where its words start; ``names`` for a party the name that it goes by.

    The id is that of the earliest member and stays as long as that does. ValueError where there are no members.
    """
    if not members:
        raise ValueError("a story needs at least one episode")
    told = sorted(members, key=_in_time)
    called, origin = names or {}, origins or {}
    place = _place(told)
    days = sorted(e.date for e in told if e.date)
    seen = sorted(day for e in told if (day := max(e.date or "", (e.published or "")[:10])))
    # Who tells of it in passing, beside an event of their own, adds claims to the story and is no report of it.
    about = [e for e in told if e.number == 0] or told
    articles = tuple(dict.fromkeys(e.article for e in about))
    return StoryRow(
        id=hashlib.sha256(f"story\0{told[0].article}\0{told[0].number}".encode()).hexdigest()[:16],
        label=_label(told, place, _warned_of(told, claims, place, origin)),
        event_type=_commonest(e.event_type for e in told),
        place=place.place if place else None,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        first=days[0] if days else None,
        last=seen[-1] if seen else None,
        articles=articles,
        outlets=tuple(sorted({e.outlet for e in about if e.outlet})),
        claimants=tuple(sorted({called.get(c.claimant, c.claimant) for c in claims if c.claimant})),
        origins=len({origin.get(article, article) for article in articles}),
        claims=len(claims),
        denied=any(claim.stance == "denies" for claim in claims),
        figures=figures(claims, names),
        findings=(),
    )


def _in_time(episode: Episode) -> tuple[bool, str, str, int]:
    """Articles that are not dated come last."""
    return episode.published is None, episode.published or "", episode.article, episode.number


def _place(told: Sequence[Episode]) -> Episode | None:
    """The episode whose place stands for the story's: the one that most have, of equals the more precise."""
    placed = [e for e in told if e.place]
    counts = Counter((_RANK[e.precision] > _RANK["region"], name_key(e.place or "")) for e in placed)

    def order(e: Episode) -> tuple[bool, int, int]:
        coarse = _RANK[e.precision] > _RANK["region"]
        return coarse, -counts[coarse, name_key(e.place or "")], _RANK[e.precision]

    return min(placed, key=order, default=None)


def _warned_of(
    told: Sequence[Episode], claims: Sequence[ClaimRow], place: Episode | None, origins: Mapping[str, str]
) -> list[ClaimRow]:
    """The claims that warn of harm, where no report but copies, and nobody in another, tells of an attack at that time
    that was done; else none. What is placed far away is of something else, unless it gives a toll: it may be placed by
    its country."""
    articles = {e.article for e in told}
    copies = {article for article in articles if origins.get(article) in articles}
    ahead = [claim for claim in claims if prediction(claim) or (claim.stance == "warns" and not happened(claim))]
    if not ahead or any(e.happened for e in told if e.article not in copies):
        return []
    own = [claim for claim in of_one_time(claims) if claim.article not in copies]
    # "Here we are shelled", without day or toll beside the warning, is how things were.
    warners = {claim.article for claim in ahead}
    told_of = (claim for claim in own if claim.date or claim.figures or claim.article not in warners)
    done = (claim for claim in told_of if claim.event_type == "ASSAULT" and happened(claim) and claim.stance in _SAYS)
    if any(c.figures or place is None or (distance(c, place) or 0.0) <= _HERE for c in done):
        return []
    return ahead


def _label(told: Sequence[Episode], place: Episode | None, warned: Sequence[ClaimRow]) -> str:
    """What, where and when, in words of our own, as headlines have those of a party; and only reported, as we know no
    more, or warned of, where that is all. The way is the one of which most reports tell, if half of them do, or most
    warnings; what is rare goes before."""
    main = [e for e in told if e.number == 0] or list(told)
    way = _way([ways(word for word in e.words if word not in _EITHER) for e in main])
    kind = _commonest(e.event_type for e in main) or ""
    does = "reported"
    if warned and (way or kind in FORCE):
        way, kind, does = _way([ways(content_words(words_of(c.text))) for c in warned]), "ASSAULT", "warned of"
    what = _CALLED[way] if way else _KINDS.get(kind, "Events")
    where = f" in {_plain(place.place)}" if place and place.place else ""
    day = _commonest(e.date for e in main)
    when = f", {int(day[8:])} {date.fromisoformat(day):%B %Y}" if day else ""
    return f"{what} {does}{where}{when}"


def _way(told: Sequence[frozenset[str]]) -> str | None:
    """The way of which most tell, if half of them do; what is rare before others."""
    counts = Counter(way for one in told for way in one)
    most = [way for way in WAYS if 2 * counts[way] >= len(told)]
    return next((way for way in most if way in RARE), max(most, key=lambda way: counts[way], default=None))


def _plain(name: str) -> str:
    """A name without the marks that few outlets write upon its letters."""
    kept = (c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return "".join(kept).strip("‘’ʿʾ'").replace("‘", "")


def _commonest(values: Iterable[str | None]) -> str | None:
    """Of equals the first in order."""
    counts = Counter(value for value in values if value)
    return min(counts, key=lambda v: (-counts[v], v)) if counts else None
