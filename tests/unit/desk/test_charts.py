from __future__ import annotations

import re
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest
from tests.unit.desk.conftest import ARABIC, QUOTES, SCRIPT, TURNED

from sayso.desk import basemap
from sayso.desk.charts import (
    Cell,
    Citation,
    Copy,
    Drawing,
    Keys,
    Lane,
    Spot,
    citations,
    figures_over_time,
    lanes,
    origins,
    place_map,
)
from sayso.desk.charts.drawing import apart, cut, width_of
from sayso.desk.charts.figures import course
from sayso.desk.charts.places import near, window
from sayso.desk.charts.scales import scale, short_day
from sayso.types import CasualtyKind, StoryFigure

NASTY = (SCRIPT, QUOTES, TURNED, ARABIC, "a\x00b\ud800c\x1b[2J", "& <g/> ]]>")
SVG = "{http://www.w3.org/2000/svg}"


def figure(
    name: str | None, *values: tuple[str | None, int | None, int | None], kind: CasualtyKind = "killed"
) -> StoryFigure:
    days = [day for day, *_ in values if day]
    least = min((low for _, low, _ in values if low is not None), default=None)
    given = tuple((day, low, high, f"outlet {n}") for n, (day, low, high) in enumerate(values))
    return StoryFigure(name, kind, least, None, min(days, default=None), max(days, default=None), ("a",), given)


BUSES = (
    figure("Watch Group", ("2031-04-15", 24, 24), ("2031-04-16", 112, None), ("2031-04-16", 126, 126)),
    figure("Rescue Service", ("2031-04-16", 100, None), ("2031-04-20", 100, None)),
    figure("Ministry", ("2031-04-15", 22, 40)),
    figure("Envoy", ("2031-04-20", None, 131)),
    figure(None, (None, 70, None)),
)


def crowd(number: int) -> tuple[StoryFigure, ...]:
    """Many claimants with figures near each other on few days."""
    return tuple(
        figure(f"The {n}th Committee for the Counting of the Dead", (f"2031-04-{10 + n % 3}", 40 + n * 3 % 31, None))
        for n in range(number)
    )


def parsed(drawing: Drawing | None) -> ElementTree.Element:
    assert drawing is not None
    return ElementTree.fromstring(drawing.svg)


def texts(drawing: Drawing | None) -> list[str]:
    return [text.text or "" for text in parsed(drawing).iter(f"{SVG}text")]


def overlapping(drawing: Drawing | None) -> list[tuple[str, str]]:
    assert drawing is not None
    return [(a.text, b.text) for a, b in combinations(drawing.labels, 2) if a.box.meets(b.box)]


def drawn(figures: tuple[StoryFigure, ...], width: int = 1240) -> Drawing | None:
    return figures_over_time(figures, Keys(f.claimant for f in figures), width=width, id="x")


@pytest.mark.parametrize("width", [356, 1240])
def test_figures_are_those_of_the_story(width: int) -> None:
    said = [text for text in texts(drawn(BUSES, width)) if re.fullmatch(r"[≥≤]?\d+( to \d+)?", text)]
    rows = set(said) - {"0", "50", "20", "10", "5"}  # numbers beside the scale
    assert {"24", "≥112", "126", "≥100", "22 to 40", "≤131", "≥70"} <= rows


def test_who_gives_a_figure_is_told_at_its_sign() -> None:
    titles = [title.text for title in parsed(drawn(BUSES)).iter(f"{SVG}title")]
    for told in ("Watch Group: 24", "Watch Group: 126", "Ministry: 22 to 40", "Envoy: ≤131"):
        assert told in titles
    assert "Rescue Service: ≥100, said before" in titles
    assert "a source without a name: ≥70" in titles


def test_a_line_joins_what_a_claimant_says_first_and_later() -> None:
    courses = [path for path in parsed(drawn(BUSES)).iter(f"{SVG}path") if "course" in path.get("class", "")]
    assert len(courses) == 2  # the group and the rescue service; the others say one figure
    points = [(float(x), float(y)) for x, y in re.findall(r"[ML]([\d.]+) ([\d.]+)", courses[0].get("d", ""))]
    assert [x for x, _ in points] == sorted(x for x, _ in points)
    assert points[0][1] > points[-1][1], "126 stands above 24"


def test_open_ends_are_shown_as_such() -> None:
    fills = [rect.get("fill") for rect in parsed(drawn(BUSES)).iter(f"{SVG}rect")]
    assert fills.count("url(#x-up)") == 4  # ≥112, ≥100 twice, ≥70
    assert fills.count("url(#x-down)") == 1
    ranges = [rect for rect in parsed(drawn(BUSES)).iter(f"{SVG}rect") if rect.get("class") == "range"]
    assert len(ranges) == 1


@pytest.mark.parametrize("width", [356, 1240])
@pytest.mark.parametrize("figures", [BUSES, crowd(3), crowd(17), crowd(60)], ids=["buses", "3", "17", "60"])
def test_labels_of_figures_do_not_overlap(figures: tuple[StoryFigure, ...], width: int) -> None:
    assert overlapping(drawn(figures, width)) == []


def test_one_figure_needs_no_picture() -> None:
    assert drawn((figure("Ministry", ("2031-04-15", 9, 9)),)) is None
    assert drawn((figure("Ministry", ("2031-04-15", None, None)),)) is None
    assert drawn(()) is None


def test_signs_differ_by_more_than_colour() -> None:
    names = [f"party {n}" for n in range(64)]
    keys = Keys(names)
    shapes = [re.sub(r' class="[^"]*"', "", str(keys.shape(name, 0, 0))) for name in names]
    assert len(set(shapes[:8])) == 8
    assert len({str(keys.shape(name, 0, 0)) for name in names}) == 64


def test_a_growing_scale_is_for_numbers_far_apart() -> None:
    assert not scale([24, 58, 126], 0, 300).growing
    far = scale([3, 24, 58, 126, 1735], 0, 300)
    assert far.growing
    assert far.place(1735) < far.place(126) < far.place(3)
    for numbers in ([0], [0, 0], [1], [5, 10**9]):
        made = scale(numbers, 0, 300)
        assert all(-1 <= made.place(number) <= 301 for number in numbers)
        assert made.ticks


def test_course_leaves_out_what_is_said_again() -> None:
    assert course(BUSES[0]) == ["24", "≥112", "126"]
    assert course(BUSES[1]) == ["≥100"]


def test_days() -> None:
    assert short_day("2031-04-05") == "5 Apr 2031"
    assert short_day("2031-04-05", "2031-03-31") == "5 Apr"
    assert short_day("2032-01-01", "2031-12-31") == "1 Jan 2032"
    assert short_day(None) == "no date"
    assert short_day("2031-04") == "2031-04"


LANES = (
    Lane(None, "Warnings before", (Cell("2031-04-10", claims=1),), "#warnings", "warns"),
    Lane("Ministry", "Ministry", (Cell("2031-04-15", claims=3, denials=2, echoes=9), Cell(None, claims=1)), "#by-1"),
    Lane("Watch Group", "Watch Group " * 9, (Cell("2031-06-15", claims=400),), "#by-2"),
    Lane(None, "Findings after", (Cell("2032-01-01", claims=1),), "#findings", "finds"),
)


@pytest.mark.parametrize("width", [356, 1240])
def test_lanes(width: int) -> None:
    drawing = lanes(LANES, Keys(["Ministry", "Watch Group"]), width=width)
    titles = [title.text or "" for title in parsed(drawing).iter(f"{SVG}title")]
    assert "Ministry, 15 Apr 2031: 2 denied" in titles
    assert "Ministry, 15 Apr 2031: 9 said again" in titles
    assert overlapping(drawing) == []
    assert lanes((), Keys(()), width=width) is None


@pytest.mark.parametrize("width", [356, 1240])
def test_origins(width: int) -> None:
    copies = [
        Copy(f"Outlet {n} of the Long Name", 0.31 + n / 20, "APB" if n else None, f"/article/{n}", f"/compare/0/{n}")
        for n in range(9)
    ]
    drawing = origins({("Agency", "/article/0"): copies, ("Other", ""): copies[:1]}, width=width)
    said = texts(drawing)
    assert "31% copied" in said
    assert "71% copied" in said
    assert overlapping(drawing) == []
    assert origins({}, width=width) is None


def test_citations() -> None:
    edges = [Citation(f"Outlet {n % 7}", f"Party {n % 5}", 1 + n) for n in range(30)]
    edges += [Citation("Party 0", "Party 1", 3), Citation("Party 1", "Party 0", 2), Citation("Party 2", "Party 2", 9)]
    drawing = citations(edges, width=1000, about="Party 0", hrefs={"Party 0": "/claimant/0"})
    assert overlapping(drawing) == []
    titles = [title.text for title in parsed(drawing).iter(f"{SVG}title")]
    assert "Party 0 cites Party 1: 3 claims" in titles
    assert not any("Party 2 cites Party 2" in (title or "") for title in titles)
    assert {link.get("href") for link in parsed(drawing).iter(f"{SVG}a")} == {"/claimant/0"}
    assert citations([], width=1000) is None
    assert citations([Citation("a", "a", 1)], width=1000) is None


def test_citations_of_very_many_are_bounded() -> None:
    drawing = citations([Citation("Centre", f"Party {n}", n + 1) for n in range(500)], width=800, about="Centre")
    assert drawing is not None
    assert len(drawing.labels) <= 25
    assert overlapping(drawing) == []


@pytest.mark.parametrize("name", NASTY)
def test_hostile_names_stay_names(name: str) -> None:
    figures = (figure(name, ("2031-04-15", 1, 2)), figure("b", (name, 3, None)))
    keys = Keys([name])
    pictures = (
        figures_over_time(figures, keys, width=1240, id="x", hrefs={name: f"/claimant/{name}"}),
        lanes([Lane(name, name, (Cell(name, 1, 1, 1),), f"#{name}")], keys, width=1240),
        origins({(name, f"/{name}"): [Copy(name, 0.5, name, f"/{name}", f"/{name}")]}, width=1240),
        citations([Citation(name, "b", 1)], width=1240, about=name, hrefs={name: f"/{name}"}),
        place_map(
            [Spot(1, name, 44.6, 40.2, "town")],
            window([Spot(1, name, 44.6, 40.2, "town")], 1.5),
            (),
            (),
            width=640,
            height=420,
        ),
    )
    for picture in pictures:
        elements = list(parsed(picture).iter())
        assert {element.tag.removeprefix(SVG) for element in elements} <= {
            *(
                "svg",
                "title",
                "desc",
                "defs",
                "linearGradient",
                "stop",
                "rect",
                "line",
                "path",
                "circle",
                "text",
                "g",
                "a",
            )
        }
        assert not any(key.startswith("on") or key == "style" for element in elements for key in element.attrib)
        assert picture is not None
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", picture.svg)


def test_text_is_cut_to_its_room() -> None:
    for words in ("the Observatory of " * 9, "ضحايا " * 40, "死者" * 40, "W" * 90):
        assert width_of(cut(words, 120)) <= 120
    assert cut("short", 120) == "short"


def test_apart_keeps_order_and_distance() -> None:
    places = apart([10, 11, 12, 200], 30, 0, 210)
    assert places == sorted(places)
    assert all(b - a >= 30 for a, b in pairwise(places))
    assert places[-1] <= 210


def test_borders_are_closed_rings_of_the_earth() -> None:
    for country in basemap.countries():
        for part in country.parts:
            for ring in part:
                assert ring[0] == ring[-1], country.name
                assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in ring)
    assert len({country.name for country in basemap.countries()}) > 200


def test_towns_are_found_where_they_are() -> None:
    around = basemap.Window(2.0, 48.5, 2.7, 49.2)
    assert [town.name for town in basemap.towns_in(around, 1)] == ["Paris"]
    assert 0 < (basemap.extent("FR.11", 48.85, 2.35) or 0) < 120
    assert basemap.extent("no such region", 0, 0) is None


def test_a_region_is_a_circle_as_wide_as_it_is() -> None:
    spots = [Spot(1, "Town", 44.0, 40.0, "town"), Spot(2, "Region", 44.5, 40.5, "region", km=50.0)]
    shown = window(spots, 640 / 420)
    drawing = place_map(spots, shown, basemap.countries(), basemap.towns_in(shown, 20), width=640, height=420)
    around = [circle for circle in parsed(drawing).iter(f"{SVG}circle") if circle.get("class") == "around"]
    assert len(around) == 1
    km_high = (shown.north - shown.south) * 111.2
    assert float(around[0].get("r", "0")) == pytest.approx(50 / km_high * 420, rel=0.1)
    assert overlapping(drawing) == []
    assert near([*spots, Spot(3, "Far", -30.0, 140.0, "town")]) == spots


@pytest.mark.parametrize("lat_lon", [(71.0, 179.9), (-54.8, -68.3), (0.0, 0.0), (89.9, 10.0)])
def test_maps_at_the_edges_of_the_world(lat_lon: tuple[float, float]) -> None:
    spots = [Spot(1, "Edge", *lat_lon, "town")]
    drawing = place_map(spots, window(spots, 1.5), basemap.countries(), (), width=600, height=400)
    parsed(drawing)
    assert len(drawing.svg) < 300_000
