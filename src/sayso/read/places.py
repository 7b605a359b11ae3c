"""Where it is said to have happened: the names of places, and which place each most likely denotes.

What a name denotes is decided over the article as a whole. Each name begins with a guess by size among all that it may
denote. Each guess votes for its country, its province and the square of the map that it lies in, and each name guesses
again by the votes of the others; after a few rounds the guesses stand. So "Tripoli" beside Beirut is Lebanon's, and
"Paris" in a report from Dallas is in Texas. (Relaxation labelling: Rosenfeld, Hummel and Zucker 1976.)
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sayso.read.gazetteer import Gazetteer, Known, plain_key
from sayso.read.gazetteer import Kind as KnownKind
from sayso.read.placenames import Finder, Name
from sayso.types import Place, Precision, Span

_ROUNDS = 3
_POPULOUS = 100_000  # a town below this, in a country that the article does not speak of, is rather another of the name

# The least that each kind counts for, in inhabitants: the gazetteer gives few to small places, and none to districts.
_STANDING: dict[KnownKind, int] = {
    "town": 100,
    "site": 1000,
    "region": 100_000,
    "district": 1000,
    "country": 10**9,
    "world": 10**10,
}
_PRECISION: dict[KnownKind, Precision] = {
    "town": "town", "site": "site", "region": "region", "district": "region", "country": "country", "world": "region"
}  # fmt: skip

_SHARP = 2.0  # how much likelier a guess is that scores one higher, as a power of e

# How much each sign weighs against a tenfold population, which weighs one. Votes count as v / (v + 1).
_COUNTRY = 5.0
_REGION = 3.0
_SQUARE = 2.0
_SAME = 0.8
_HELD = 8.0  # "Alexandria, Louisiana": the next name is of the country or province that holds this one
_HOLDS = 2.0
_SPELLED_SO = 1.5
_LOOSE = -1.5
_CAPITAL = 0.8
_NATION = 1.0
_REGIONAL = 4.0  # "Idlib province"
_BARE_REGION = -0.7  # a province without the word for one
_BARE_DISTRICT = -2.0
_DISTRICT_NAMED = 4.0
_SPOKEN_OF = 0.1  # votes that a country needs for its small places, and for other spellings
_AT_HOME = 0.3  # votes that a province or square needs for a name that nothing shows to be a place
_DEGREES = 2.0  # the side of a square of the map
_DISTRICT_SIZE = 1.0  # degrees

_Key = str | int | tuple[int, int]


@lru_cache(maxsize=1)
def shipped() -> Gazetteer:
    """The gazetteer that comes with Sayso, loaded once."""
    return Gazetteer.open()


@dataclass(slots=True)
class _Guess:
    """One thing that a name may denote. ``alone``: how well it does by itself. ``keys``: what it votes for, with what
    such votes weigh. ``likely``: its share among the guesses at its name."""

    known: Known
    alone: float
    keys: tuple[tuple[_Key, float], ...]
    exact: bool
    score: float = 0.0
    likely: float = 0.0


def find_places(
    text: str, mentions: Sequence[Span], gazetteer: Gazetteer | None = None, *, persons: Sequence[Span] = ()
) -> tuple[Place, ...]:
    """Every mention of a place in ``text``, in order, and what it denotes. ``mentions`` are the model's place spans and
    ``persons`` those of persons; neither is needed.

    ``name`` is the gazetteer's. A place that cannot be resolved keeps the text's spelling as its name, and has
    precision "none" and no coordinates.
    """
    finder = Finder(text, gazetteer or shipped(), mentions, persons)
    names = finder.names()
    article = _Article(names, finder.demonyms())
    return tuple(place for name in names if (place := article.place(name)))


def names_of(name: str) -> tuple[str, ...]:
    """What the gazetteer calls each place that ``name`` is a spelling of; () where it knows none."""
    return tuple(dict.fromkeys(known.name for known in shipped().find(name)))


class _Group:
    """The names of an article that look alike, and the guesses at what they denote."""

    def __init__(self, name: Name) -> None:
        self.guesses = _guesses(name)
        self.shown = False
        self.holder: _Group | None = None
        self.holds: list[_Group] = []

    def votes(self) -> dict[_Key, float]:
        """What this group votes for, and how strongly."""
        votes: dict[_Key, float] = defaultdict(float)
        for guess in self.guesses:
            for key, _ in guess.keys:
                votes[key] += guess.likely
        return votes

    def weigh(self, votes: Mapping[_Key, float], mine: Mapping[_Key, float]) -> None:
        """Guess again by the ``votes``, less those that are this group's own."""
        for guess in self.guesses:
            score = guess.alone
            for key, weight in guess.keys if votes else ():
                others = votes.get(key, 0.0) - mine.get(key, 0.0)
                if others > 0:
                    score += weight * others / (others + 1.0)
            guess.score = score
        if self.holder or self.holds:
            for guess, bonus in zip(self.guesses, self._bonuses(), strict=True):
                guess.score += bonus
        top = max([guess.score for guess in self.guesses], default=0.0)
        for guess in self.guesses:
            guess.likely = math.exp(_SHARP * (guess.score - top))
        total = sum([guess.likely for guess in self.guesses])
        for guess in self.guesses:
            guess.likely /= total

    def _bonuses(self) -> list[float]:
        """What each guess gains by the name after it, and by those before it: "Alexandria, Louisiana"."""
        gains = []
        for guess in self.guesses:
            above = self.holder.guesses if self.holder else []
            gain = _HELD * sum(other.likely for other in above if _holds(other.known, guess.known))
            for group in self.holds:
                gain += _HOLDS * sum(other.likely for other in group.guesses if _holds(guess.known, other.known))
            gains.append(gain)
        return gains

    @property
    def best(self) -> _Guess | None:
        """The likeliest guess."""
        return max(self.guesses, key=lambda guess: guess.score, default=None)


class _Article:
    """The names of one article, grouped, and what they vote for."""

    def __init__(self, names: Sequence[Name], peoples: Iterable[str]) -> None:
        self.names = names
        self.groups: dict[tuple[object, ...], _Group] = {}
        self.peoples = _peoples(peoples)
        for name in names:
            key = self._key(name)
            if key not in self.groups:
                self.groups[key] = _Group(name)
            self.groups[key].shown |= name.shown
        for name in names:
            if name.holder is not None:
                group, holder = self.groups[self._key(name)], self.groups[self._key(names[name.holder])]
                if group.holder is None and group is not holder:
                    group.holder = holder
                    holder.holds.append(group)
        self.votes: dict[_Key, float] = {}
        self._settle()

    def place(self, name: Name) -> Place | None:
        """What ``name`` denotes; None for a name that turns out to be none of a place."""
        group = self.groups[self._key(name)]
        best = group.best
        if best is None or not self._is_plausible(name, group, best):
            return _place(name, None) if name.sure else None
        return _place(name, best.known)

    def _key(self, name: Name) -> tuple[object, ...]:
        holder = self.names[name.holder].span.text if name.holder is not None else None
        return name.span.text, name.regional, name.district, holder

    def _settle(self) -> None:
        groups = list(self.groups.values())
        for group in groups:
            group.weigh({}, {})
        for _ in range(_ROUNDS):
            mine = [group.votes() if group.shown else {} for group in groups]
            self.votes = defaultdict(float, self.peoples)
            for votes in mine:
                for key, strength in votes.items():
                    self.votes[key] += strength
            for group, own in zip(groups, mine, strict=True):
                group.weigh(self.votes, own)

    def _is_plausible(self, name: Name, group: _Group, guess: _Guess) -> bool:
        """False for what would be a coincidence: a small place, or one spelled otherwise, in a country not spoken of,
        and what nothing shows to be a place where the article is at home elsewhere."""
        known = guess.known
        if known.kind in ("country", "world") or (group.holder and group.holder.best):
            return True
        own = group.votes() if group.shown else {}
        country = self.votes.get(known.country or "", 0.0) - own.get(known.country or "", 0.0)
        if not guess.exact:
            return country >= _SPOKEN_OF
        if name.shown:
            return _standing(known) >= _POPULOUS or country >= _SPOKEN_OF or not self._speaks_of_others(own)
        near = max(
            (self.votes.get(key, 0.0) - own.get(key, 0.0) for key, _ in guess.keys if key != known.country), default=0.0
        )
        return near >= _AT_HOME

    def _speaks_of_others(self, own: Mapping[_Key, float]) -> bool:
        return any(strength - own.get(key, 0.0) > _SPOKEN_OF for key, strength in self.votes.items())


def _peoples(codes: Iterable[str]) -> dict[_Key, float]:
    """Votes for countries by the words for their people: the first counts most."""
    votes: dict[_Key, float] = defaultdict(float)
    for code in codes:
        votes[code] += 0.2
    return {code: 2 * strength / (strength + 1.0) for code, strength in votes.items()}


def _guesses(name: Name) -> list[_Guess]:
    """The guesses at ``name``, with what each is worth by itself."""
    written = plain_key(name.span.text)
    regions = {known.region for known in name.meanings if known.kind == "region"}
    guesses = []
    for number, known in enumerate(name.meanings):
        alone = math.log10(_standing(known))
        alone += _SPELLED_SO * (plain_key(known.name) == written) + _LOOSE * (number >= name.exact)
        alone += _CAPITAL * known.capital + _NATION * (known.kind == "country")
        if known.kind == "district":
            alone += _DISTRICT_NAMED if name.district else _BARE_DISTRICT
        elif known.kind == "region":
            alone += _REGIONAL if name.regional and not name.district else _BARE_REGION
        elif known.kind == "town" and name.regional and regions and known.region not in regions:
            alone -= 1.0
        guesses.append(_Guess(known, alone, _keys(known), number < name.exact))
    return guesses


def _keys(known: Known) -> tuple[tuple[_Key, float], ...]:
    """What a guess votes for, and what the votes of others weigh for it: its country; its province; two overlapping
    squares of the map; itself, when another name means the same."""
    if known.kind == "world":
        return ()
    country: tuple[tuple[_Key, float], ...] = ((known.country, _COUNTRY),) if known.country else ()
    if known.kind == "country":
        return country
    region: tuple[tuple[_Key, float], ...] = ((known.region, _REGION),) if known.region else ()
    square = (math.floor(known.lat / _DEGREES), math.floor(known.lon / _DEGREES))
    shifted = (math.floor(known.lat / _DEGREES + 0.5) + 1000, math.floor(known.lon / _DEGREES + 0.5))
    near = () if known.kind == "region" else ((square, _SQUARE), (shifted, _SQUARE))
    same = ((known.geonameid, _SAME),) if known.geonameid else ()
    return (*country, *region, *near, *same)


def _standing(known: Known) -> int:
    return max(known.population, _STANDING[known.kind])


def _holds(larger: Known, known: Known) -> bool:
    if larger.kind == "country":
        return known.country == larger.country and known.kind != "country"
    if larger.kind == "district":
        return known.kind == "town" and known.region == larger.region and abs(known.lat - larger.lat) < _DISTRICT_SIZE
    return larger.kind == "region" and known.region == larger.region and known.kind in ("town", "site", "district")


def _place(name: Name, known: Known | None) -> Place:
    if known is None:
        return Place(name.span, name.span.text, None, None, None, "none", None)
    precision = "region" if name.regional and known.kind == "town" else _PRECISION[known.kind]
    return Place(name.span, known.name, known.country, known.lat, known.lon, precision, known.geonameid or None)
