"""A story: the map, the figures as they moved, who says what and when, what is contested, and who copies whom.

The same as one file that can be sent: it asks nobody for anything, and has all exact words with their sources.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import islice
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from sayso.desk import basemap
from sayso.desk.answering import AsRows
from sayso.desk.charts.places import near, window
from sayso.desk.charts.scales import day_of
from sayso.desk.held import AtDesk, Held
from sayso.desk.matrix import Matrix, matrix
from sayso.desk.noting import note_view
from sayso.desk.pictures import SHAPE, Pictures, pictures, spots
from sayso.desk.rendering import environment, stream
from sayso.desk.sending import policy, styles
from sayso.ledger import Ledger
from sayso.ledger.store import StoredStory
from sayso.link.parties import resolve
from sayso.read.gazetteer import Known
from sayso.read.places import shipped
from sayso.show.timeline import Contest, Told, concerned, contests, told
from sayso.types import ArticleRow, ClaimRow, EchoRow, Filters, Precision, StoryRow, WarningRow

router = APIRouter(route_class=AsRows)

_NEAR_DAYS, _NEAR_KM, _NEIGHBOURS = 14, 60.0, 8
_READ = 80  # articles whose readings are asked how exactly a place is known
_TOWNS = 300  # on a map
_PLACES = 14  # in the list, and on the map


@dataclass(frozen=True, slots=True)
class Group:
    """What one party claims in a story: each claim with those that only repeat it, in the order of time. ``name`` is
    the fullest that the story's articles give it, ``names`` are all; None and () for sources without a name."""

    name: str | None
    names: tuple[str, ...]
    told: tuple[Told, ...]
    claims: int


@dataclass(frozen=True, slots=True)
class SaidPlace:
    """A place that claims give: how exactly it is known (``km``: how far a region goes from its middle), and whose
    claims they are, with how many each has. ``main``: it is the story's own."""

    name: str
    lat: float
    lon: float
    precision: Precision
    km: float | None
    who: tuple[tuple[str | None, int], ...]
    main: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A finding by a listed body that concerns the story, and the words that tie it to it."""

    claim: ClaimRow
    why: str


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another story: how far away in km (None: one of the two has no place), and how many days after (before: less than
    0) this one it begins."""

    story: StoryRow
    km: float | None
    days: int


@dataclass(frozen=True, slots=True)
class StoryPage:
    """A story with all that belongs to it. ``groups`` are the claimants, those with most claims first."""

    story: StoryRow
    groups: tuple[Group, ...]
    contests: tuple[Contest, ...]
    matrix: Matrix
    articles: tuple[ArticleRow, ...]
    echoes: tuple[EchoRow, ...]
    warnings: tuple[WarningRow, ...]
    findings: tuple[Found, ...]
    places: tuple[SaidPlace, ...]
    neighbours: tuple[Neighbour, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A page and its pictures, as the templates take them."""

    data: StoryPage
    pictures: Pictures


@dataclass(frozen=True, slots=True)
class Begun:
    """A story, and how the rest of its page is made: the head is sent before."""

    story: StoryRow
    rest: Callable[[], Shown]


@router.get("/story/{id}.html", include_in_schema=False)
def story_file(held: Held, id: str) -> Response:
    """A story as one file that asks nobody for anything."""
    page = story_page(held, id)
    held.note("exported", page.story.id, {"kind": "story"})
    made = environment.get_template("story_file.html").render(
        page=Shown(page, pictures(page, local=False)), styles=styles(), policy=policy(), day=date.today().isoformat()
    )
    headers = {
        "Content-Security-Policy": policy(),
        "Content-Disposition": f'attachment; filename="sayso-story-{page.story.id[:8]}.html"',
    }
    return HTMLResponse(made, headers=headers)


@router.get("/story/{id}", include_in_schema=False)
def story(request: Request, desk: AtDesk, id: str) -> Response:
    """A story as all sides tell it."""
    row = desk.ledger().story_row(id)
    note_view(request, desk.ledger(), "story", row.id)
    rest = partial(desk.at_hand, ("story", row.id), lambda held: _shown(held, row.id))
    return stream(request, "story.html", Begun(row, rest))


@router.get("/api/story/{id}", tags=["stories"])
def story_json(request: Request, held: Held, id: str) -> StoryPage:
    """A story with its claims by claimant, what is contested, who copies whom, its places and its neighbours, by its id
    or the beginning of it."""
    page = story_page(held, id)
    note_view(request, held, "story", page.story.id)
    return page


@router.get("/api/story/{id}/map", tags=["stories"])
def story_map(held: Held, id: str) -> dict[str, Any]:
    """The places of a story and the towns around them as GeoJSON, and what of the world to show."""
    drawn = near(spots(story_page(held, id).places))
    if not drawn:
        return {"places": _collection(()), "towns": _collection(()), "bounds": None}
    shown = window(drawn, SHAPE)
    towns = basemap.towns_in(shown, _TOWNS)
    return {
        "places": _collection(
            _point(spot.lat, spot.lon, number=spot.number, name=spot.name, precision=spot.precision, km=spot.km)
            for spot in drawn
        ),
        "towns": _collection(
            _point(town.lat, town.lon, name=town.name, people=town.people, capital=town.capital) for town in towns
        ),
        "bounds": [[shown.west, shown.south], [shown.east, shown.north]],
    }


@router.get(
    "/api/borders",
    tags=["stories"],
    response_class=Response,
    responses={200: {"content": {"application/geo+json": {"schema": {"type": "object"}}}}},
)
def borders() -> Response:
    """All countries with their borders, as Natural Earth draws them: GeoJSON."""
    return Response(basemap.borders_as_geojson(), media_type="application/geo+json")


def _shown(held: Ledger, id: str) -> Shown:
    page = story_page(held, id)
    return Shown(page, pictures(page, local=True))


def _collection(features: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def _point(lat: float, lon: float, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": [lon, lat]}, "properties": properties}


def story_page(held: Ledger, id: str) -> StoryPage:
    """A story by its id or the beginning of it. NotThereError if there is none, or more than one."""
    found = held.story(id)
    counts = Counter(claim.claimant for claim in found.claims if claim.claimant)
    names = resolve(counts, *held.judged_parties().pairs_of_names(counts))
    entries = told(found.claims, found.links)
    counted = [claim for claim in found.claims if claim.decision != "reject"]
    return StoryPage(
        story=found.row,
        groups=tuple(_groups(entries, names)),
        contests=contests(entries, found.links),
        matrix=matrix(counted, found.links, lambda claim: names.get(claim.claimant or "")),
        articles=found.articles,
        echoes=found.echoes,
        warnings=found.warnings,
        findings=tuple(_findings(found)),
        places=tuple(islice(_places(held, found, counted, names), _PLACES)),
        neighbours=tuple(_neighbours(held, found.row)),
    )


def _groups(entries: Iterable[Told], names: Mapping[str, str]) -> list[Group]:
    held: dict[str | None, list[Told]] = defaultdict(list)
    spelt: dict[str | None, dict[str, None]] = defaultdict(dict)
    for entry in entries:
        name = names.get(entry.claim.claimant or "")
        held[name].append(entry)
        spelt[name] |= {c.claimant: None for c in (entry.claim, *entry.echoes) if c.claimant}
    made = [
        Group(name, tuple(spelt[name]), tuple(some), sum(1 + len(entry.echoes) for entry in some))
        for name, some in held.items()
    ]
    return sorted(made, key=lambda group: (group.name is None, -group.claims))


def _findings(found: StoredStory) -> Iterator[Found]:
    """What listed bodies found, and what ties it to the story."""
    why = concerned(found.claims, found.links)
    yield from (Found(claim, why.get(claim.id, "")) for claim in found.findings)


def _places(
    held: Ledger, found: StoredStory, claims: Sequence[ClaimRow], names: Mapping[str, str]
) -> Iterator[SaidPlace]:
    """The story's own place, then others that its claims give, those that most give first."""
    row = found.row
    who: dict[tuple[str, float, float], Counter[str | None]] = defaultdict(Counter)
    if row.place and row.lat is not None and row.lon is not None:
        who[row.place, row.lat, row.lon] = Counter()
    for claim in claims:
        if claim.place and claim.lat is not None and claim.lon is not None:
            who[claim.place, claim.lat, claim.lon][names.get(claim.claimant or "")] += 1
    known = _precisions(held, found.articles)
    main = (row.place, row.lat, row.lon)
    for key in sorted(who, key=lambda key: (key != main, -who[key].total(), key)):
        name, lat, lon = key
        precision = known.get((round(lat, 3), round(lon, 3)), "town")
        far = _extent(name, lat, lon) if precision == "region" else None
        yield SaidPlace(name, lat, lon, precision, far, tuple(who[key].most_common()), main=key == main)


def _precisions(held: Ledger, articles: Sequence[ArticleRow]) -> dict[tuple[float, float], Precision]:
    """How exactly the articles' readings know each place, by latitude and longitude."""
    found: dict[tuple[float, float], Precision] = {}
    with held.browsing() as browse:
        readings = browse.readings([article.id for article in articles[:_READ]])
    for reading in readings:
        for place in reading["places"]:
            if place["lat"] is not None and place["lon"] is not None:
                found[round(place["lat"], 3), round(place["lon"], 3)] = place["precision"]
    return found


def _extent(name: str, lat: float, lon: float) -> float | None:
    """How far a region goes from its middle, in km; None where the gazetteer does not say."""
    for known in shipped().find(name):
        if (known.lat, known.lon) == (lat, lon):
            return _district(known) if known.kind == "district" else basemap.extent(known.region, lat, lon)
    return None


def _district(known: Known) -> float:
    """A district is taken to go half as far as its region."""
    return (basemap.extent(known.region, known.lat, known.lon) or 40.0) / 2


def _neighbours(held: Ledger, row: StoryRow) -> list[Neighbour]:
    """Stories of the days around, those nearby first."""
    first, last = day_of(row.first), day_of(row.last)
    if first is None or last is None:
        return []
    around = timedelta(days=_NEAR_DAYS)
    asked = Filters(since=(first - around).isoformat(), until=(last + around).isoformat(), limit=1000)
    found = [_neighbour(row, first, other) for other in held.stories(asked) if other.id != row.id]
    close = [other for other in found if other.km is not None and other.km <= _NEAR_KM]
    return sorted(close, key=lambda other: ((other.km or 0) / 10 + abs(other.days), other.story.id))[:_NEIGHBOURS]


def _neighbour(row: StoryRow, first: date, other: StoryRow) -> Neighbour:
    begins = day_of(other.first)
    ends = (row.lat, row.lon, other.lat, other.lon)
    far = None if None in ends else basemap.km(*ends)  # type: ignore[arg-type] # none of them is None
    return Neighbour(other, far, (begins - first).days if begins else 0)
