from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from tests.unit.show.exports.invented import CLAIM, CLAIMS, DENIAL, PLANNED, TEXT, UNNAMED, VAGUE, text_of

from sayso.show.exports.plover import record, write
from sayso.types import Figure

# The names that the manual gives, in its tables of records, actors, texts, citations, sizes and places.
RECORD = {
    *(
        "id",
        "has_event",
        "date",
        "time",
        "enddate",
        "endtime",
        "source",
        "recipient",
        "event",
        "event_loc",
        "event_text",
    ),
    *("quad_code", "event_scale", "mode", "context", "link", "text", "text_info", "cite_info", "coder", "coded_date"),
    *("coded_time", "comment"),
}
REQUIRED = {"id", "date", "source", "event"}
ACTOR = {"code", "sector", "actor_text", "identifer_id", "identifer_text", "actor_loc", "office", "gender", "age"}
WITHIN = {
    "text_info": {"sequence", "start", "end", "text_story", "connlu_parse", "treebank_parse"},
    "cite_info": {"corpus", "citation", "url", "title", "language", "publication", "license", "copyright", "version"},
    "event_loc": {"geonameid", "name", "asciiname", "latitude", "longitude", "country code", "cc3", "admin1 code"},
}
OURS = {"claimant", "claimed_date", "chain", "stance", "certainty", "confidence"}
SIZES = {"dead", "injured", "arrested"}


def records(*claims: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text_of(write, claims).splitlines()]


def test_fields_are_those_of_the_manual_and_the_required_are_there() -> None:
    for told in records(*CLAIMS):
        assert told.keys() >= REQUIRED
        assert told.keys() <= {*RECORD, *SIZES, *OURS}
        assert all(value is not None for value in told.values())
        for name, known in WITHIN.items():
            assert told.get(name, {}).keys() <= known
        for actor in (*told["source"], *told.get("recipient", ())):
            assert actor.keys() <= ACTOR


def test_a_claim_that_tells_of_no_event_has_no_record() -> None:
    assert [told["id"] for told in records(*CLAIMS)] == [c.claim.id for c in CLAIMS if c is not VAGUE]
    with pytest.raises(ValueError, match="tells of no event"):
        record(VAGUE)


def test_a_record_says_who_did_what_as_whose_claim() -> None:
    told = record(CLAIM)
    assert told["event"] == ["ASSAULT"]
    assert told["source"] == [{"actor_text": "the army"}]
    assert told["recipient"] == [{"actor_text": "24 people"}]
    assert told["event_loc"]["country code"] == "QK"
    assert told["link"] == "5701aaaaaaaaaaaa"
    assert told["dead"] == 24
    assert TEXT[told["text_info"]["start"] : told["text_info"]["end"]] == told["text"]
    assert told["comment"] == "As claimed, not verified. Mara Lind: asserts (chain: Harbour Post > Mara Lind)"
    assert record(UNNAMED)["chain"] == ["Harbour Post", None]


@pytest.mark.parametrize(("claim", "context"), [(CLAIM, None), (DENIAL, ["negation"]), (PLANNED, ["future"])])
def test_what_did_not_happen_is_told_apart(claim: Any, context: list[str] | None) -> None:
    assert record(claim).get("context") == context


@pytest.mark.parametrize(
    "figures",
    [
        (Figure(24, None, "killed", None),),
        (Figure(24, 24, "killed", None), Figure(37, 37, "killed", None)),
        (Figure(3, 3, "killed", "children"),),
        (Figure(9, 9, "missing", None),),
        (),
    ],
)
def test_a_figure_that_is_not_one_number_of_all_is_left_out(figures: tuple[Figure, ...]) -> None:
    assert not SIZES & record(replace(CLAIM, claim=replace(CLAIM.claim, figures=figures))).keys()


def test_the_day_of_publication_stands_in_for_one_that_is_not_claimed() -> None:
    assert record(CLAIM)["date"] == record(CLAIM)["claimed_date"] == "2031-05-03"
    undated = record(replace(CLAIM, claim=replace(CLAIM.claim, date=None)))
    assert undated["date"] == "2031-05-04"
    assert "claimed_date" not in undated
