from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from tests.unit.show.exports.invented import CLAIM, CLAIMS, DENIAL, STORIES, STORY, text_of

from sayso.show.exports.ftm import write

# What FollowTheMoney 4.11 requires, and what it has among others, of the schemata that are used.
REQUIRED = {"Article": {"fileName"}, "Mention": {"document", "name"}, "Event": {"name"}, "Note": {"name"}}
PARTIES = {"Person", "Organization", "LegalEntity"}


def entities(stories: Any = STORIES, claims: Any = CLAIMS) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text_of(write, stories, claims).splitlines()]


def test_followthemoney_reads_it() -> None:
    needed = "followthemoney is not installed: pip install '.[test-exports]'"
    model = pytest.importorskip("followthemoney", reason=needed).model
    for entity in entities():
        proxy = model.get_proxy(entity)
        proxy.schema.validate(entity)
        assert proxy.to_dict()["properties"].keys() == entity["properties"].keys()
        assert all(sorted(proxy.get(name)) == sorted(values) for name, values in entity["properties"].items())


def test_there_is_an_entity_for_each_and_it_occurs_once() -> None:
    found = entities()
    assert max(Counter(entity["id"] for entity in found).values()) == 1
    assert Counter(entity["schema"] for entity in found) == {
        **{"Article": 1, "Note": len(CLAIMS), "Event": 2},
        **{"Person": 1, "Organization": 1, "Mention": 2},
    }
    for entity in found:
        assert entity["properties"].keys() >= REQUIRED.get(entity["schema"], {"name"})
        assert all(isinstance(value, str) and value for values in entity["properties"].values() for value in values)


def test_what_is_referred_to_is_there() -> None:
    found = entities()
    ids = {entity["id"] for entity in found}
    for entity in found:
        for name in ("document", "resolved", "entity", "proof"):
            assert ids >= set(entity["properties"].get(name, ()))


def test_a_party_is_what_articles_agree_that_it_is() -> None:
    assert CLAIM.claimant is not None
    other = replace(DENIAL, claimant=replace(CLAIM.claimant, kind="organisation"))
    untold = replace(DENIAL, claimant=replace(CLAIM.claimant, kind=None))
    for claims, schema in (((CLAIM, untold), "Person"), ((CLAIM, other), "LegalEntity"), ((untold,), "LegalEntity")):
        for order in (claims, claims[::-1]):
            assert [e["schema"] for e in entities((), order) if e["schema"] in PARTIES] == [schema]


def test_an_event_names_nobody_as_involved() -> None:
    (event,) = (e for e in entities((STORY,), ()) if e["schema"] == "Event")
    assert event["properties"]["date"] == ["2031-05-03"]
    assert event["properties"]["proof"] == ["sayso-article-60eca166d4832a62"]
    assert not {"involved", "organizer"} & event["properties"].keys()
