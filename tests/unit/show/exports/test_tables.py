"""Stories in the columns of ACLED and UCDP GED."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from tests.unit.show.exports.invented import CLAIM, DENIAL, NOWHERE, ORVANE, PLANNED, ROW, STORIES, STORY, text_of

from sayso.read import acled as mapping
from sayso.show.exports import acled, ucdp
from sayso.show.exports.material import ToldStory
from sayso.types import StoryFigure

# The columns that the codebooks document, in their order.
ACLED = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 "
    "actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location "
    "latitude longitude geo_precision source source_scale notes fatalities tags timestamp"
)
GED = (
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name "
    "dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b "
    "number_of_sources source_article source_office source_date source_headline source_original where_prec "
    "where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id "
    "region event_clarity date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high "
    "low gwnoa gwnob"
)
SUB_EVENTS = {
    "Battles": {"Armed clash", "Government regains territory", "Non-state actor overtakes territory"},
    "Explosions/Remote violence": {
        *("Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack"),
        *("Remote explosive/landmine/IED", "Grenade"),
    },
    "Violence against civilians": {"Sexual violence", "Attack", "Abduction/forced disappearance"},
    "Protests": {"Peaceful protest", "Protest with intervention", "Excessive force against protesters"},
    "Riots": {"Violent demonstration", "Mob violence"},
    "Strategic developments": {
        *("Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use", "Looting/property destruction"),
        *("Headquarters or base established", "Non-violent transfer of territory", "Other"),
    },
}
DISORDERS = {"Political violence", "Demonstrations", "Strategic developments"}


def rows(write: Callable[..., None], *stories: ToldStory) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text_of(write, stories), newline="")))


def a_story(*figures: StoryFigure, **more: Any) -> ToldStory:
    return replace(STORY, row=replace(ROW, figures=figures, **more))


def killed(least: int | None, most: int | None, claimant: str = "x", who: str | None = None) -> StoryFigure:
    return StoryFigure(claimant, "killed", least, most, None, None, (), who=who)


@pytest.mark.parametrize(("module", "columns"), [(acled, ACLED), (ucdp, GED)])
def test_the_columns_are_those_that_are_documented(module: Any, columns: str) -> None:
    assert text_of(module.write, ()).strip().split(",") == columns.split()
    assert len(rows(module.write, *STORIES)) == len(STORIES)


TYPES = [value for name, value in vars(mapping).items() if name.isupper() and ": " in str(value)[:30]]


@pytest.mark.parametrize("kind", [kind for kind in TYPES if isinstance(kind, str)])
def test_each_type_that_is_read_is_one_of_acleds(kind: str) -> None:
    event = replace(CLAIM.event, acled=kind)  # type: ignore[type-var]
    (row,) = rows(acled.write, replace(STORY, claims=(replace(CLAIM, event=event),)))
    assert row["sub_event_type"] in SUB_EVENTS[row["event_type"]]
    assert row["disorder_type"] in DISORDERS


def test_a_story_in_acleds_columns() -> None:
    (row,) = rows(acled.write, STORY)
    filled = {name: value for name, value in row.items() if value}
    assert filled.pop("notes") == (
        "Shelling reported in Orvane, 3 May 2031. Fatalities as claimed: Mara Lind: 24 to 37 killed (2031-05-04 to "
        "2031-05-06); the governor: at least 9 killed (2031-05-05); the governor: 2 children killed (2031-05-05). "
        "Something of it is denied. Actors as named in claims; nothing here is verified."
    )
    assert filled == {
        "event_id_cnty": "SAYSO5701aaaaaaaaaaaa",
        "event_date": "2031-05-03",
        "year": "2031",
        "time_precision": "1",
        "disorder_type": "Political violence",
        "event_type": "Explosions/Remote violence",
        "sub_event_type": "Shelling/artillery/missile attack",
        "actor1": "the army",
        "actor2": "24 people",
        "country": "Kestavia",
        "location": "Orvane",
        "latitude": "-35.5",
        "longitude": "36.5",
        "geo_precision": "3",
        "source": "Harbour Post; The Lantern",
        "fatalities": "9",
    }


def test_a_story_in_geds_columns() -> None:
    (row,) = rows(ucdp.write, STORY)
    assert {name: value for name, value in row.items() if value} == {
        "id": str(0x5701AAAAAAAAA),
        "relid": "SAYSO-5701aaaaaaaaaaaa",
        "year": "2031",
        "side_a": "the army",
        "side_b": "24 people",
        "number_of_sources": "1",
        "source_article": '"Harbour Post", "2031-05-04", "Shells on Orvane"',
        "source_office": "Harbour Post; The Lantern",
        "source_date": "2031-05-04",
        "source_headline": "Shells on Orvane",
        "source_original": "Mara Lind; The ministry",
        "where_prec": "4",
        "where_coordinates": "Orvane",
        "where_description": "Orvane",
        "latitude": "-35.5",
        "longitude": "36.5",
        "geom_wkt": "POINT (36.5 -35.5)",
        "priogrid_gid": str(ucdp.priogrid(-35.5, 36.5)),
        "country": "Kestavia",
        "date_prec": "1",
        "date_start": "2031-05-03",
        "date_end": "2031-05-03",
        "high": "37",
        "low": "9",
    }


def test_what_is_not_known_is_empty_and_not_zero() -> None:
    (row,) = rows(acled.write, NOWHERE)
    filled = ("event_id_cnty", "source", "notes")
    assert [name for name, value in row.items() if value] == list(filled)
    assert "Nobody gives a number of fatalities." in row["notes"]
    (row,) = rows(ucdp.write, NOWHERE)
    assert row["best"] == row["high"] == row["low"] == row["priogrid_gid"] == row["geom_wkt"] == ""


@pytest.mark.parametrize(
    ("figures", "low", "best", "high"),
    [
        ([killed(24, 24)], "24", "24", "24"),
        ([killed(24, 24), killed(24, 24, "y")], "24", "24", "24"),
        ([killed(24, 126)], "24", "", "126"),
        ([killed(24, 24), killed(126, 126, "y")], "24", "", "126"),
        ([killed(24, None)], "24", "", ""),
        ([killed(24, None), killed(24, 24, "y")], "24", "", "24"),
        ([killed(None, 20)], "", "", "20"),
        ([killed(None, None)], "", "", ""),
        ([killed(0, 0)], "0", "0", "0"),
        ([killed(30, 30), killed(5, 5, who="children")], "30", "30", "30"),
        ([killed(5, 5, who="children")], "5", "5", "5"),
        ([StoryFigure("x", "wounded", 9, 9, None, None, ())], "", "", ""),
    ],
)
def test_low_and_high_are_what_claimants_give_and_best_only_where_they_are_one(
    figures: list[StoryFigure], low: str, best: str, high: str
) -> None:
    (row,) = rows(ucdp.write, a_story(*figures))
    assert (row["low"], row["best"], row["high"]) == (low, best, high)
    (row,) = rows(acled.write, a_story(*figures))
    assert row["fatalities"] == low


def test_sides_are_those_of_claims_that_it_was_done() -> None:
    (row,) = rows(ucdp.write, replace(STORY, claims=(DENIAL, PLANNED)))
    assert row["side_a"] == row["side_b"] == ""


def test_case_does_not_count_between_names() -> None:
    named = [replace(CLAIM, actors=actors) for actors in (("rebels",), ("The army",), ("the army",), ("the army",))]
    for order in (named, named[::-1]):
        assert rows(ucdp.write, replace(STORY, claims=tuple(order)))[0]["side_a"] == "the army"


@pytest.mark.parametrize(
    ("precision", "acleds", "geds"),
    [("site", "1", "1"), ("town", "1", "1"), ("region", "3", "4"), ("country", "", "6")],
)
def test_precision_is_never_finer_than_it_was_read(precision: Any, acleds: str, geds: str) -> None:
    claim = replace(CLAIM, place=replace(ORVANE, precision=precision))
    story = replace(STORY, claims=(claim,))
    assert rows(acled.write, story)[0]["geo_precision"] == acleds
    assert rows(ucdp.write, story)[0]["where_prec"] == geds


def test_a_day_that_no_claim_gives_has_no_precision() -> None:
    story = a_story(first="2031-05-09")
    assert rows(acled.write, story)[0]["time_precision"] == ""
    assert rows(ucdp.write, story)[0]["date_prec"] == ""


@pytest.mark.parametrize(
    ("lat", "lon", "cell"), [(-90, -180, 1), (-89.6, -179.6, 1), (-89.4, -180, 721), (90, 180, 259200)]
)
def test_the_cell_of_prio_grid(lat: float, lon: float, cell: int) -> None:
    assert ucdp.priogrid(lat, lon) == cell
