"""A story's pictures, each drawn twice: as wide as a page, and as wide as a telephone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sayso.desk import basemap
from sayso.desk.charts import Cell, Copy, Drawing, Keys, Lane, Spot, figures_over_time, lanes, origins, place_map
from sayso.desk.charts.figures import course
from sayso.desk.charts.places import near, window
from sayso.desk.charts.scales import short_day
from sayso.desk.rendering import web_link
from sayso.show.plain import short_bounds
from sayso.types import ArticleRow, CasualtyKind, ClaimRow, StoryFigure

if TYPE_CHECKING:
    from sayso.desk.pages.story import Group, SaidPlace, StoryPage

WIDE, NARROW = 1240, 356
MAP_WIDE, MAP_HIGH = 640, 420
SHAPE = MAP_WIDE / MAP_HIGH
_LANES = 12  # claimants with a lane of their own; the others' claims are in one
_TOWNS = 40
_KINDS: tuple[CasualtyKind, ...] = ("killed", "wounded", "missing", "detained", "displaced")


@dataclass(frozen=True, slots=True)
class Pair:
    """A picture for wide windows and one for narrow ones."""

    wide: Drawing
    narrow: Drawing


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A claimant's figures in words: from the least to the most, each step, and through which outlets."""

    figure: StoryFigure
    range: str
    steps: str
    through: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Harmed:
    """The figures of one kind: the picture (None: there is one figure, or none), and the same as lines."""

    kind: CasualtyKind
    picture: Pair | None
    lines: tuple[FigureLine, ...]


@dataclass(frozen=True)
class Pictures:
    """All pictures of a story; None where there is nothing to draw. ``on_map`` are the numbers of the places that are
    on the map."""

    keys: Keys
    harmed: tuple[Harmed, ...]
    lanes: Pair | None
    all_lanes: Drawing | None
    origins: Pair | None
    drawn: tuple[Spot, ...]

    @property
    def on_map(self) -> frozenset[int]:
        """Empty where there is no map."""
        return frozenset(spot.number for spot in self.drawn)

    @cached_property
    def map(self) -> Drawing | None:
        """Drawn when it is asked for: the first of all takes long, as the world has to be read."""
        return _map(self.drawn)


def pictures(page: StoryPage, *, local: bool) -> Pictures:
    """The pictures of a story. ``local``: signs lead to pages of the desk; else nowhere beyond the page."""
    figures = sorted(
        page.story.figures, key=lambda f: (-len(course(f)), -len(f.values), f.first or "", f.claimant or "")
    )
    keys = Keys([*(f.claimant for f in figures), *(group.name for group in page.groups)])
    hrefs = {group.name: f"#by-{number}" for number, group in enumerate(page.groups, 1) if group.name}
    rows = list(_lanes(page))
    few = _few(rows)
    return Pictures(
        keys,
        tuple(_harmed(figures, keys, hrefs)),
        _pair(lambda width: lanes(few, keys, width=width)),
        lanes(rows, keys, width=WIDE) if len(rows) > len(few) else None,
        _pair(lambda width: origins(_trees(page, local), width=width)),
        tuple(near(spots(page.places))),
    )


def _pair(draw: Callable[[int], Drawing | None]) -> Pair | None:
    wide, narrow = draw(WIDE), draw(NARROW)
    return Pair(wide, narrow) if wide and narrow else None


def _harmed(figures: Sequence[StoryFigure], keys: Keys, hrefs: Mapping[str, str]) -> Iterator[Harmed]:
    for kind in _KINDS:
        if some := [figure for figure in figures if figure.kind == kind]:
            picture = _pair(
                lambda width, kind=kind, some=some: figures_over_time(  # type: ignore[misc]
                    some, keys, width=width, id=f"{kind}-{width}", hrefs=hrefs
                )
            )
            yield Harmed(kind, picture, tuple(map(_line, some)))


def _line(figure: StoryFigure) -> FigureLine:
    steps = course(figure)
    given = [number for _, *bounds, _ in figure.values for number in bounds if number is not None]
    through = dict.fromkeys(outlet for *_, outlet in figure.values if outlet and outlet != figure.claimant)
    whole = short_bounds(figure.min, figure.max)
    if figure.max is None and figure.min is not None and given and max(given) > figure.min:
        whole = f"{figure.min:,} to ≥{max(given):,}"
    return FigureLine(figure, whole, " → ".join(steps) if len(steps) > 1 else "", tuple(through))


def _lanes(page: StoryPage) -> Iterator[Lane]:
    """Warnings, then each claimant's claims by day, then findings."""
    denying = {contest.later.id for contest in page.contests if contest.relation == "denies"}
    if page.warnings:
        days = Counter(warning.since for warning in page.warnings)
        cells = tuple(Cell(day, claims=number) for day, number in days.items())
        yield Lane(None, "Warnings before", cells, "#warnings", "warns")
    for number, group in enumerate(page.groups, 1):
        yield Lane(group.name, group.name or "sources without a name", _cells(group, denying), f"#by-{number}")
    if page.findings:
        days = Counter(_day(found.claim) for found in page.findings)
        cells = tuple(Cell(day, claims=number) for day, number in days.items())
        yield Lane(None, "Findings after", cells, "#findings", "finds")


def _cells(group: Group, denying: Iterable[str]) -> tuple[Cell, ...]:
    """A claimant's days; what a person has rejected is left out."""
    days: dict[str | None, Counter[str]] = defaultdict(Counter)
    for entry in group.told:
        denies = entry.claim.stance == "denies" or entry.claim.id in denying
        if entry.claim.decision != "reject":
            days[_day(entry.claim)]["denials" if denies else "claims"] += 1
        for echo in entry.echoes:
            if echo.decision != "reject":
                days[_day(echo)]["echoes"] += 1
    return tuple(Cell(day, **counts) for day, counts in days.items())


def _day(claim: ClaimRow) -> str | None:
    return claim.published[:10] if claim.published else None


def _few(rows: Sequence[Lane]) -> list[Lane]:
    """The first claimants' lanes, and one lane for all others."""
    parties = [row for row in rows if row.part == "claims"]
    if len(parties) <= _LANES + 1:
        return list(rows)
    rest = parties[_LANES:]
    days: dict[str | None, Counter[str]] = defaultdict(Counter)
    for row in rest:
        for cell in row.cells:
            days[cell.day].update(claims=cell.claims, denials=cell.denials, echoes=cell.echoes)
    cells = tuple(Cell(day, **counts) for day, counts in days.items())
    others = Lane(None, f"{len(rest):,} other claimants", cells, "#claims")
    kept = {id(row) for row in rest}
    shown = [row for row in rows if id(row) not in kept]
    at = next((n for n, row in enumerate(shown) if row.part == "finds"), len(shown))
    return [*shown[:at], others, *shown[at:]]


def _trees(page: StoryPage, local: bool) -> dict[tuple[str, str], list[Copy]]:
    """Each origin with its copies in the order of days, those with most copies first."""
    articles = {article.id: article for article in page.articles}

    def named(id: str) -> tuple[str, str]:
        article = articles.get(id)
        own = (web_link(article.url) or "") if article else ""
        return (_published(article) if article else f"article {id[:8]}"), f"/article/{id}" if local else own

    copies: dict[str, list[Copy]] = defaultdict(list)
    ordered = sorted(
        page.echoes, key=lambda e: ((articles[e.article].published or "") if e.article in articles else "", e.article)
    )
    for echo in ordered:
        words, href = named(echo.article)
        beside = f"/compare/{echo.origin}/{echo.article}" if local else ""
        copies[echo.origin].append(Copy(words, echo.share, echo.wire, href, beside))
    ranked = sorted(copies, key=lambda id: -len(copies[id]))
    return {named(id): copies[id] for id in ranked}


def _published(article: ArticleRow) -> str:
    who = article.outlet or article.title or article.location
    return f"{who}, {short_day(article.published)}" if article.published else who


def spots(places: Iterable[SaidPlace]) -> list[Spot]:
    """The places that can be put on a map, each with its number in the list: not those that are only known to be in a
    country."""
    return [
        Spot(number, place.name, place.lat, place.lon, place.precision, place.km, f"#place-{number}")
        for number, place in enumerate(places, 1)
        if place.precision in ("site", "town", "region")
    ]


def _map(drawn: Sequence[Spot]) -> Drawing | None:
    if not drawn:
        return None
    shown = window(drawn, SHAPE)
    towns = basemap.towns_in(shown, _TOWNS)
    return place_map(drawn, shown, basemap.countries(), towns, width=MAP_WIDE, height=MAP_HIGH)
