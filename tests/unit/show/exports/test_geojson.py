from __future__ import annotations

import json

from geojson_pydantic import FeatureCollection
from tests.unit.show.exports.invented import CLAIM, CLAIMS, STORIES, STORY, text_of

from sayso.show.exports.geojson import of_claim, of_story, write


def test_a_reader_of_geojson_takes_it() -> None:
    read = FeatureCollection.model_validate_json(text_of(write, STORIES, CLAIMS))
    assert len(read.features) == len(STORIES) + len(CLAIMS)
    assert len({feature.id for feature in read.features}) == len(read.features)
    assert list(FeatureCollection.model_validate_json(text_of(write, (), ())).features) == []


def test_longitude_comes_before_latitude() -> None:
    for feature in (of_claim(CLAIM), of_story(STORY)):
        assert feature["geometry"] == {"type": "Point", "coordinates": [36.5, -35.5]}
        assert feature["properties"]["precision"] == "region"


def test_what_has_no_coordinates_has_no_geometry() -> None:
    read = json.loads(text_of(write, STORIES, CLAIMS))["features"]
    assert [f["id"] for f in read if f["geometry"] is None] == ["5702aaaaaaaaaaaa", "c5aaaaaaaaaaaaaa"]
    assert {f["properties"]["precision"] for f in read if f["geometry"] is None} == {"none"}


def test_properties_say_who_claims_what() -> None:
    properties = of_claim(CLAIM)["properties"]
    assert properties["claimant"] == "Mara Lind"
    assert properties["chain"] == ["Harbour Post", "Mara Lind"]
    assert properties["figures"] == [{"min": 24, "max": 24, "kind": "killed", "who": "people"}]
    assert of_story(STORY)["properties"]["denied"] is True
