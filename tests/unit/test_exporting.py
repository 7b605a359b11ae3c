"""What is gathered from a ledger for the formats of others."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.unit.ledger.builders import Builder, received, span
from tests.unit.test_linking import reports

from sayso.deciding import decide
from sayso.exporting import _Gathered, event_of, export, names_of
from sayso.ledger import Ledger
from sayso.ledger.decisions import Judgement
from sayso.linking import link
from sayso.types import Event, Filters, Mention

TEXT = (
    "Mara Lind said that the army had shelled Orvane. They fired again, she said. Two days later the army left Orvane. "
    "A body was found in Sennath."
)
SHELLED, FIRED = "that the army had shelled Orvane", "They fired again"


def event(word: str, attribution: str | None, confidence: float = 0.9) -> Event:
    return Event(
        *(span(TEXT, word), "ASSAULT", "happened", (span(TEXT, "the army"),), (), None, None),
        *(attribution, confidence, None),
    )


@pytest.fixture
def held(db_url: str) -> Iterator[Ledger]:
    item = received(TEXT)
    build = Builder(item)
    lind = build.says("Mara Lind", SHELLED, cue="said")
    build.says("she", FIRED)
    build.killed("A body", 1)
    build.place("Orvane", precision="region")
    reading = replace(
        build.reading,
        events=(event("shelled", lind), event("fired", "a2"), event("left", None)),
        mentions=(Mention(span(TEXT, "Mara Lind"), "person", 0), Mention(span(TEXT, "the army"), "organisation", 1)),
    )
    with Ledger.open(db_url) as ledger:
        ledger.store(item, reading)
        yield ledger


def written(held: Ledger, kind: str, where: Path, **filters: Any) -> str:
    export(held, kind, where, Filters(**filters))
    return where.read_text("utf-8")


def test_a_claim_has_the_event_on_its_own_claimants_word(held: Ledger, tmp_path: Path) -> None:
    lines = written(held, "plover", tmp_path / "out").splitlines()
    told = {record["claimant"]: record for record in map(json.loads, lines)}

    assert {name: record["event_text"] for name, record in told.items()} == {"Mara Lind": ["shelled"], "she": ["fired"]}
    assert told["Mara Lind"]["source"] == [{"actor_text": "the army"}]
    assert told["Mara Lind"]["event_loc"]["name"] == "Orvane"


def test_of_several_events_the_surest_is_the_claims(db_url: str) -> None:
    item = received(TEXT)
    build = Builder(item)
    build.says("Mara Lind", SHELLED)
    events = (event("had", "a1", 0.5), event("shelled", "a1", 0.8), event("fired", "a1", 0.9))
    reading = replace(build.reading, events=events)
    with Ledger.open(db_url) as ledger:
        ledger.store(item, reading)
        (claim,) = ledger.claims()

    found = event_of(claim, reading)
    assert found is not None
    assert found.span.text == "shelled"
    assert event_of(replace(claim, event_type="PROTEST"), reading) is None


def test_actors_go_by_the_fullest_name_and_never_by_a_pronoun() -> None:
    they, army, lind = span(TEXT, "They"), span(TEXT, "the army"), span(TEXT, "Mara Lind")
    mentions = (Mention(they, "role", 1), Mention(army, "organisation", 1), Mention(lind, "person", 0))

    assert names_of((they, army), mentions) == ("the army",)
    assert names_of((they,), ()) == ()
    assert names_of((lind,), ()) == ("Mara Lind",)


def test_a_claimant_is_a_person_where_the_article_says_so(held: Ledger, tmp_path: Path) -> None:
    found = [json.loads(line) for line in written(held, "ftm", tmp_path / "out").splitlines()]
    schemata = {e["properties"]["name"][0]: e["schema"] for e in found if e["id"].startswith("sayso-party-")}

    assert schemata == {"Mara Lind": "Person", "she": "LegalEntity", "Harbour Post": "Organization"}


def test_precision_is_that_of_the_reading(held: Ledger, tmp_path: Path) -> None:
    features = json.loads(written(held, "geojson", tmp_path / "out"))["features"]
    of = {f["properties"]["text"]: f for f in features}

    assert of[SHELLED]["properties"]["precision"] == "region"
    assert of[SHELLED]["geometry"]["coordinates"] == [36.5, 35.5]


def test_filters_and_limits_are_on_claims(held: Ledger, tmp_path: Path) -> None:
    page = json.loads(written(held, "web-annotation", tmp_path / "out", by="Mara Lind"))["first"]
    assert [item["body"]["claimant"] for item in page["items"]] == ["Mara Lind"]
    assert len(written(held, "plover", tmp_path / "out", limit=1).splitlines()) == 1


def test_a_story_that_goes_while_stories_are_written_is_left_out(db_url: str) -> None:
    with Ledger.open(db_url) as ledger:
        for item in reports():
            ledger.store(*item)
        link(ledger)
        listed = list(ledger.stories())
        stories = _Gathered(ledger).stories(Filters())
        first = next(stories)
        with ledger.linking() as linked:
            linked.clear()  # as where somebody links again meanwhile
        assert (first.row, len(listed)) == (listed[0], 3)
        assert list(stories) == []


def test_a_claim_that_was_rejected_goes_only_where_that_is_shown(held: Ledger, tmp_path: Path) -> None:
    rejected = next(held.claims(Filters(by="Mara Lind")))
    decide(held, Judgement("reject", rejected.id, "ann"))

    for kind in ("plover", "claimreview", "ftm"):
        assert rejected.id not in written(held, kind, tmp_path / "out")
    for kind in ("web-annotation", "geojson"):
        assert '"decision": "reject"' in written(held, kind, tmp_path / "out")


@pytest.mark.parametrize("kind", ["geojson", "acled", "ftm", "jsonl"])
def test_what_is_exported_is_of_one_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    with Ledger.open(str(tmp_path / "sayso.db")) as ledger, Ledger.open(str(tmp_path / "sayso.db")) as other:
        for item in reports():
            ledger.store(*item)
        link(ledger)
        before = written(ledger, kind, tmp_path / "before")
        met: list[str] = []
        record = Ledger._listed

        def listed(self: Ledger, statement: Any, made: Any) -> Iterator[Any]:
            for row in record(self, statement, made):
                yield row
                if not met:  # as where somebody links again meanwhile, and decides
                    met.append("now")
                    with other.linking() as linked:
                        linked.clear()
                    decide(other, Judgement("reject", next(other.claims()).id, "ann"))

        monkeypatch.setattr(Ledger, "_listed", listed)
        assert written(ledger, kind, tmp_path / "after") == before
        assert met
        assert written(ledger, kind, tmp_path / "later") != before
