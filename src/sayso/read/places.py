"""Where it is said to have happened: the names of places, and which place each most likely denotes.

What a name denotes is decided over the article as a whole: a country that the article speaks of draws its towns, places
draw those near them, and size decides what is left. So "Tripoli" beside Beirut is Lebanon's.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from sayso.read.gazetteer import Gazetteer, Known, plain_key
from sayso.read.gazetteer import Kind as KnownKind
from sayso.read.placenames import Name, demonyms, find_names
from sayso.types import Place, Precision, Span

_NEAR = 150.0  # kilometres within which one place makes another likelier
_TOWNS = 50  # towns, the most mentioned first, that others may be near to
_SPOKEN_OF = 0.1  # the share of an article from which on it speaks of a country
_POPULOUS = 100_000  # a town below this, in a country that the article does not speak of, is rather another of the name

# The least that each kind counts for, in inhabitants: the gazetteer gives few to small places, and none to districts.
_STANDING: dict[KnownKind, int] = {
    "town": 10,
    "site": 1000,
    "region": 1000,
    "district": 1000,
    "country": 10**9,
    "world": 10**20,
}
_PRECISION: dict[KnownKind, Precision] = {
    "town": "town", "site": "site", "region": "region", "district": "region", "country": "country", "world": "region"
}  # fmt: skip

# How much each sign weighs against a tenfold population, which weighs one.
_COUNTRY_SPOKEN_OF = 10.0  # times the share that the country has in the article
_REGION_SPOKEN_OF = 3.0
_NEIGHBOUR = 2.0
_QUALIFIED = 6.0  # "Alexandria, Louisiana": the next name is of the country or province that holds this one
_SPELLED_SO = 1.0
_REGIONAL = 4.0  # "Idlib province"


@lru_cache(maxsize=1)
def shipped() -> Gazetteer:
    """The gazetteer that comes with Sayso, loaded once."""
    return Gazetteer.open()


def find_places(text: str, mentions: Sequence[Span], gazetteer: Gazetteer | None = None) -> tuple[Place, ...]:
    """Every mention of a place in ``text``, in order, and what it denotes; ``mentions`` are the model's place spans.

    ``name`` is the gazetteer's. A place that cannot be resolved keeps the text's spelling as its name, and has
    precision "none" and no coordinates.
    """
    names = find_names(text, mentions, gazetteer or shipped())
    spoken_of = _spoken_of(text, names)
    alone = _choose_all(names, spoken_of, (), [None] * len(names))
    # Now that most are known, each may lean on the others.
    towns = Counter(known for known in alone if known and known.kind not in ("country", "world"))
    after = [alone[i] if _touch(name, names[i]) else None for i, name in enumerate(names[:-1], 1)] + [None] * bool(
        names
    )
    chosen = _choose_all(names, spoken_of, [known for known, _ in towns.most_common(_TOWNS)], after)
    return tuple(_place(name, known) for name, known in zip(names, chosen, strict=True) if known or name.sure)


def _spoken_of(text: str, names: Iterable[Name]) -> dict[str, float]:
    """The share of each country ("SY") and province ("SY.12") in what the article speaks of: by name, by demonym, by
    towns known without doubt."""
    countries, regions = Counter(demonyms(text)), Counter[str]()
    seen: set[str] = set()
    for name in names:
        known = _without_doubt(name)
        if known and known.country and (known.kind == "country" or name.span.text not in seen):
            countries[known.country] += 1
            regions[known.region] += known.kind != "country"
        seen.add(name.span.text)
    return {code: count / votes.total() for votes in (countries, regions) for code, count in votes.items() if count}


def _without_doubt(name: Name) -> Known | None:
    """What ``name`` denotes where it can hardly be anything in another country."""
    ranked = sorted(name.meanings[: name.exact], key=_standing, reverse=True)
    if not ranked or _standing(ranked[0]) < _POPULOUS:
        return None
    elsewhere = [known for known in ranked if known.country != ranked[0].country]
    if elsewhere and (_standing(ranked[0]) < 10 * _standing(elsewhere[0]) or elsewhere[0].kind == "region"):
        return None
    return ranked[0]


def _standing(known: Known) -> int:
    return max(known.population, _STANDING[known.kind])


def _choose_all(
    names: Sequence[Name], spoken_of: Mapping[str, float], towns: Sequence[Known], after: Sequence[Known | None]
) -> list[Known | None]:
    """The likeliest meaning of each name, decided once for all that look the same."""
    chosen: dict[tuple[str, bool, bool, Known | None], Known | None] = {}
    for name, following in zip(names, after, strict=True):
        key = name.span.text, name.regional, name.sure, following
        if key not in chosen:
            chosen[key] = _choose(name, spoken_of, towns, following)
    return [
        chosen[name.span.text, name.regional, name.sure, following]
        for name, following in zip(names, after, strict=True)
    ]


def _choose(name: Name, spoken_of: Mapping[str, float], towns: Sequence[Known], after: Known | None) -> Known | None:
    """The likeliest meaning of ``name``; None where none is likely."""
    plausible = [k for i, k in enumerate(name.meanings) if _is_plausible(k, i < name.exact, name.sure, spoken_of)]
    if len(plausible) < 2:
        return plausible[0] if plausible else None
    spelled_so = set(name.meanings[: name.exact])
    written = plain_key(name.span.text)
    capitals = {known.region for known in plausible if known.kind == "town"}
    best, best_score = None, -math.inf
    for known in plausible:
        score = math.log10(_standing(known))
        score += _COUNTRY_SPOKEN_OF * spoken_of.get(known.country or "", 0.0)
        score += _REGION_SPOKEN_OF * spoken_of.get(known.region, 0.0)
        score += _SPELLED_SO * ((known in spelled_so) + (plain_key(known.name) == written))
        score += _QUALIFIED * (after is not None and _holds(after, known))
        score += _NEIGHBOUR * any(_is_near(known, town) for town in towns)
        if known.kind == "region":
            score += _REGIONAL if name.regional else -_REGIONAL * (known.region in capitals)
        if score > best_score:
            best, best_score = known, score
    return best


def _is_plausible(known: Known, exact: bool, sure: bool, spoken_of: Mapping[str, float]) -> bool:
    """False for what would be a coincidence: a small place, or one spelled otherwise, in a country not spoken of."""
    if known.country is None or spoken_of.get(known.country, 0.0) >= _SPOKEN_OF:
        return True
    return exact and (_standing(known) >= _POPULOUS or (sure and not spoken_of))


def _touch(name: Name, following: Name) -> bool:
    """True for "Alexandria, Louisiana" and "Alexandria Louisiana"."""
    return following.span.start - name.span.end <= 2


def _holds(larger: Known, known: Known) -> bool:
    if larger.kind == "country":
        return known.country == larger.country and known.kind != "country"
    return larger.kind == "region" and known.region == larger.region and known.kind in ("town", "site", "district")


def _is_near(known: Known, town: Known) -> bool:
    """True within ``_NEAR`` kilometres, but not for another meaning of the same name."""
    if known.kind in ("country", "world") or known.geonameid == town.geonameid or known.name == town.name:
        return False
    north = (known.lat - town.lat) * 111.2
    if abs(north) > _NEAR:
        return False
    east = (known.lon - town.lon) * 111.2 * math.cos(math.radians(known.lat))
    return math.hypot(north, east) <= _NEAR


def _place(name: Name, known: Known | None) -> Place:
    if known is None:
        return Place(name.span, name.span.text, None, None, None, "none", None)
    precision = "region" if name.regional and known.kind == "town" else _PRECISION[known.kind]
    return Place(name.span, known.name, known.country, known.lat, known.lon, precision, known.geonameid or None)
