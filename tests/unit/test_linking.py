"""Linking as a whole: the same result in whatever order articles come, however often it is run or cut off."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.unit.ledger.builders import NEWER, Builder, received, span

from sayso import deciding, linking, pipeline
from sayso.errors import NotThereError
from sayso.ledger import Judgement, Ledger
from sayso.ledger.linked import Linked
from sayso.link import alignment, echoes
from sayso.types import Event, Reading, Received

Read = tuple[Received, Reading]

BODY = "{more} Shells fell on the fish market of {town} on {day}, the {claimant} said. It added: {dead} people died."
HOURS = [
    "Fishermen carried crates away in the dark while a school nearby opened its hall for families without a roof. "
    "Nurses who had just gone home came back on foot, and somebody found keys to the old pharmacy.",
    "The customs house burned until morning, two cranes were damaged, and boats took the wounded to the clinic. "
    "A cook handed out soup from a window that no longer had any glass in it, joking about the draught.",
    "Rescue teams dug until noon as the mayor asked for tents, blankets and a second ferry before the coming rain. "
    "Dogs from the mountain station were flown in although the runway lights had failed an hour earlier.",
    "Windows broke as far as the lighthouse, and the bakery reopened at once to give all of its bread away. "
    "Its owner, whose brother is missing, said flour would last until the weekend if the mill kept going.",
    "Trams stood still along the whole river because wires had come down, so people walked to work in silence. "
    "Near the bridge a choir that had been rehearsing sang for whoever was waiting for news of relatives.",
    "Insurance clerks put up a table between the stalls and wrote down what each trader had lost by noon. "
    "One of them, asked about sums, only pointed at a heap of scales and said that nothing could be weighed.",
]


WHO = ("ministry", "clinic", "harbour master")


def report(
    outlet: str,
    published: str,
    town: str,
    day: str,
    dead: int,
    *,
    claimant: str = "ministry",
    more: str = "",
    denies: str | None = None,
    at: tuple[float, float] = (35.5, 36.5),
) -> Read:
    text = BODY.format(town=town, day=day, dead=dead, claimant=claimant, more=more)
    if denies:
        text += f" The {denies} denied that shells fell on the fish market of {town}."
    item = received(text, outlet=outlet, published=published, location=f"{outlet} {town} {day} {dead}.txt")
    build = Builder(item)
    said = build.says(claimant, f"Shells fell on the fish market of {town} on {day}", cue="said")
    told = build.says(claimant, f"{dead} people died", cue="added")
    build.killed(f"{dead} people died", dead, told)
    if denies:
        start = text.rindex("shells fell")
        build.says(denies, text[start:-1], cue="denied", stance="denies")
    build.place(town, lat=at[0], lon=at[1])
    build.date(day, day)
    fell = Event(span(text, "fell"), "ASSAULT", "happened", (), (), 0, 0, said, 0.9, None)
    meaning = np.random.default_rng(sum(f"{town} {day}".encode())).normal(size=384)
    embedding = (meaning / np.linalg.norm(meaning)).astype(np.float16).tobytes()
    return item, replace(build.reading, events=(fell,), embeddings=embedding * len(build.reading.attributions))


def reports() -> list[Read]:
    first = report("Harbour Post", "2031-05-04", "Orvane", "2031-05-03", 12, more=HOURS[0])
    return [
        first,
        report("The Lantern", "2031-05-05", "Orvane", "2031-05-03", 12, claimant="clinic", more=HOURS[1]),
        report("Coast Daily", "2031-05-05", "Orvane", "2031-05-03", 12, more=HOURS[0] + " It was reported again."),
        report("Inland Voice", "2031-05-06", "Orvane", "2031-05-03", 12, denies="garrison", more=HOURS[2]),
        report("Harbour Post", "2031-06-20", "Orvane", "2031-06-19", 5, more=HOURS[3]),
        report("The Lantern", "2031-05-04", "Tarsel", "2031-05-03", 7, at=(12.0, 80.0), more=HOURS[4]),
    ]


def result(ledger: Ledger) -> dict[str, object]:
    return {
        "stories": list(ledger.stories()),
        "echoes": list(ledger.echoes()),
        "links": sorted(ledger.links(), key=str),
        "warnings": list(ledger.warnings()),
        "claims": sorted((c.id, c.story, c.origin, c.echo_of) for c in ledger.claims()),
        "articles": sorted((a.id, a.story, a.origin) for a in ledger.articles()),
    }


def linked(where: str, read: list[Read], *, one_by_one: bool = False) -> dict[str, object]:
    with Ledger.open(where) as ledger:
        for item in read:
            ledger.store(*item)
            if one_by_one:
                pipeline.link(ledger)
        pipeline.link(ledger)
        return result(ledger)


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    return linked(str(tmp_path_factory.mktemp("expected") / "a.db"), reports())


def test_reports_of_one_event_are_one_story(db_url: str) -> None:
    with Ledger.open(db_url) as ledger:
        for item in reports():
            ledger.store(*item)
        summary = pipeline.link(ledger)
        stories = {frozenset(row.outlets): row for row in ledger.stories()}
        echoes = list(ledger.echoes())
        links = {link.relation for link in ledger.links()}
    assert (summary.articles, summary.stories, summary.echoes) == (6, 3, 1)
    one = stories[frozenset({"Harbour Post", "The Lantern", "Coast Daily", "Inland Voice"})]
    assert len(one.articles) == 4
    assert one.origins == 3, "a copy is no origin"
    assert one.denied
    assert one.place == "Orvane"
    first, copy = reports()[0][0].article.id, reports()[2][0].article.id
    assert [(e.article, e.origin) for e in echoes] == [(copy, first)]
    assert {"repeats", "denies"} <= links


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_arrival_makes_no_difference(db_url: str, seed: int, expected: dict[str, object]) -> None:
    shuffled = reports()
    random.Random(seed).shuffle(shuffled)
    assert linked(db_url, shuffled, one_by_one=True) == expected


def test_linking_again_changes_nothing(db_url: str, expected: dict[str, object]) -> None:
    assert linked(db_url, reports()) == expected
    with Ledger.open(db_url) as ledger:
        assert pipeline.link(ledger).articles == 0
        assert result(ledger) == expected
        assert pipeline.link(ledger, again=True).articles == 6
        assert result(ledger) == expected


@pytest.mark.parametrize("seed", range(3))
def test_what_is_handed_out_at_once_makes_no_difference(tmp_path: Path, seed: int, expected: dict[str, object]) -> None:
    """Also where, among what is handed out, there are a reading that is not the latest and one that follows another."""
    shuffled = reports()
    random.Random(seed).shuffle(shuffled)
    received_, read = shuffled[0]
    older, newer = replace(read, provenance=NEWER), read
    handed: list[int] = []

    def backwards(function: Callable[[Any], Any], given: Iterable[Any]) -> list[Any]:
        items = list(given)
        handed.append(len(items))
        return [function(one) for one in items[::-1]][::-1]

    with Ledger.open(str(tmp_path / "a.db")) as ledger:
        ledger.store(received_, replace(older, attributions=(), events=(), casualties=(), embeddings=b""))
        for item in shuffled[1:3]:
            ledger.store(*item)
        linking.link(ledger, spread=backwards, at_once=4)
        for item in [*shuffled[3:], (received_, newer)]:
            ledger.store(*item)
        linking.link(ledger, spread=backwards, at_once=4)
        assert result(ledger) == expected
    assert max(handed) > 1


def test_a_run_that_is_cut_off_goes_on_where_it_stopped(
    db_url: str, expected: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linking, "BATCH", 2)
    grouped = linking._group
    told: list[int] = []

    def cut(linked: Linked, *given: Any) -> None:
        if told:
            raise KeyboardInterrupt
        grouped(linked, *given)

    with Ledger.open(db_url) as ledger:
        for item in reports():
            ledger.store(*item)
        monkeypatch.setattr(linking, "_group", cut)
        with pytest.raises(KeyboardInterrupt):
            pipeline.link(ledger, watch=lambda done, _: told.append(done))
        monkeypatch.setattr(linking, "_group", grouped)
        assert told == [2]
        assert pipeline.link(ledger).articles == 4, "what was reported is kept, and no more"
        assert result(ledger) == expected


def test_what_somebody_else_links_meanwhile_is_not_linked_twice(
    db_url: str, expected: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[int] = []
    take_up = linking._take_up
    monkeypatch.setattr(linking, "BATCH", 2)
    monkeypatch.setattr(
        linking, "_take_up", lambda linked, keys, spread: (taken.extend(keys), take_up(linked, keys, spread))
    )
    with Ledger.open(db_url) as ledger, Ledger.open(db_url) as other:
        for item in reports():
            ledger.store(*item)
        linking.link(ledger, watch=lambda done, total: done < total and linking.link(other))
        assert sorted(taken) == sorted(set(taken))
        assert len(taken) == len(reports())
        assert result(ledger) == expected


def test_an_article_that_is_read_again_is_linked_as_it_was_read_last(db_url: str) -> None:
    elsewhere = reports()
    item, reading = elsewhere[1]
    (place,) = reading.places
    moved = replace(reading, places=(replace(place, name="Quillo", lat=-20.0, lon=-60.0),), provenance=NEWER)
    linked(db_url, elsewhere)
    with Ledger.open(db_url) as ledger:
        ledger.store(item, moved)
        assert pipeline.link(ledger).articles == 1
        incremental = result(ledger)
        pipeline.link(ledger, again=True)
        assert result(ledger) == incremental
        assert len([s for s in ledger.stories() if item.article.id in s.articles and len(s.articles) == 1]) == 1


def test_a_warning_expires_and_is_told_anew_when_what_followed_is_read_again(db_url: str) -> None:
    item = received("The ministry warned that shells would hit Orvane soon.", outlet="X", published="2031-05-01")
    build = Builder(item)
    build.says("The ministry", "shells would hit Orvane soon", cue="warned", stance="warns")
    build.place("Orvane")
    later, reading = reports()[1]
    elsewhere = replace(reading, places=(replace(reading.places[0], lat=-20.0, lon=-60.0),), provenance=NEWER)
    with Ledger.open(db_url) as ledger:
        ledger.store(item, build.reading)
        pipeline.link(ledger)
        assert [w.state for w in ledger.warnings()] == ["open"]
        ledger.store(later, reading)
        pipeline.link(ledger)
        (row,) = ledger.warnings()
        assert (row.state, len(row.by_others)) == ("followed", 1)
        ledger.store(later, elsewhere)
        ledger.store(*reports()[4])
        pipeline.link(ledger)
        assert [(w.state, w.by_others) for w in ledger.warnings()] == [("expired", ())]
        told = result(ledger)
        pipeline.link(ledger, again=True)
        assert result(ledger) == told


@pytest.mark.parametrize(
    ("town", "day", "dead", "guard", "copies"),
    [("Orvane", "2031-05-03", 12, "Lind", 1), ("Tarsel", "2032-05-03", 7, "Brask", 0)],
    ids=["printed again", "filled in anew"],
)
def test_what_is_printed_again_is_an_echo_and_a_form_filled_in_anew_is_none(
    tmp_path: Path, town: str, day: str, dead: int, guard: str, copies: int
) -> None:
    stalls = " ".join(f"Next to it stall {number} burned with all that it held." for number in range(20, 40))
    more = "The guard on the pier was {}, who saw nothing. " + stalls
    first = report("Harbour Post", "2031-05-04", "Orvane", "2031-05-03", 12, more=more.format("Lind"))
    at = (35.5, 36.5) if town == "Orvane" else (12.0, 80.0)
    later = report("Coast Daily", "2032-05-04", town, day, dead, more=f"Again: {more.format(guard)}", at=at)
    copy = alignment.copied(first[0].article.text, later[0].article.text)
    assert copy is not None
    assert copy.share_a >= echoes.WHOLE
    found = linked(str(tmp_path / "a.db"), [first, later])
    assert len(found["echoes"]) == copies  # type: ignore[arg-type]


def test_stories_of_which_nothing_changes_are_left_as_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    tell = Linked.tell

    def noted(self: Linked, told_: dict[str, Any], links: Any) -> None:
        told.extend(told_)
        tell(self, told_, links)

    monkeypatch.setattr(Linked, "tell", noted)
    first, second, third, *_ = [
        report(outlet, "2031-05-04", "Orvane", "2031-05-03", 12, claimant=who, more=more)
        for outlet, who, more in zip(("Harbour Post", "The Lantern", "Coast Daily"), WHO, HOURS, strict=False)
    ]
    with Ledger.open(str(tmp_path / "a.db")) as ledger:
        for item in (first, second):
            ledger.store(*item)
        pipeline.link(ledger)
        one, other = (claim.id for claim in ledger.claims() if claim.text.startswith("Shells fell"))
        deciding.decide(ledger, Judgement("other-story", one, "ada", other))
        before = {row.id: row for row in ledger.stories()}
        told.clear()
        ledger.store(*third)
        pipeline.link(ledger)
        after = {row.id: row for row in ledger.stories()}
    assert len(before) == len(after) == 2
    assert told == [id_ for id_ in after if after[id_] != before.get(id_)]
    assert len(told) == 1


def warned_and_copied() -> list[Read]:
    """A warning, and what followed: a report that two copy, each another part of it, of which nothing else shows that
    they have it from one; a copy of one of these, and a report apart. The first one's reading has no act of force."""
    item = received("The ministry warned that shells would hit Orvane soon.", outlet="X", published="2031-05-01")
    build = Builder(item)
    build.says("The ministry", "shells would hit Orvane soon", cue="warned", stance="warns")
    build.place("Orvane")
    (origin, reading), *others = (
        report(outlet, f"2031-05-{day}", "Orvane", "2031-05-03", 12, more="".join(HOURS[n] for n in parts) + more)
        for outlet, day, parts, more in (
            ("Harbour Post", "05", (0, 1, 2, 3), ""),
            ("Coast Daily", "06", (0, 1), " It was reported again."),
            ("Evening Mail", "07", (2, 3), " It was reported once more."),
            ("Tarsel Times", "08", (2, 3), " It was reported a third time."),
            ("The Lantern", "09", (4, 5), ""),
        )
    )
    return [(item, build.reading), (origin, replace(reading, events=())), *others]


@pytest.mark.parametrize("seed", range(6))
def test_copies_count_once_for_a_warning_in_any_order(db_url: str, seed: int) -> None:
    """Also where what others copied comes last: whose words these have changes then, and no claim of theirs."""
    first, origin, *others = warned_and_copied()
    shuffled = [first, origin, *others]
    random.Random(seed).shuffle(shuffled)
    told = linked(db_url, shuffled if seed else [first, *others, origin], one_by_one=True)
    with Ledger.open(db_url) as ledger:
        (row,) = ledger.warnings()
        outlets = {claim.id: claim.outlet for claim in ledger.claims()}
        assert [outlets[id_] for id_ in row.by_warner] == ["Coast Daily", "The Lantern"]
        assert [outlets[id_] for id_ in row.copies] == ["Evening Mail", "Tarsel Times"]
        pipeline.link(ledger, again=True)
        assert result(ledger) == told


def one_claim(outlet: str, published: str, words: str, stance: str, day: str | None, at: tuple[float, float]) -> Read:
    """An article with one claim of its outlet's: that shells fell, or a review of that."""
    text = f"{outlet} on Orvane: {words}"
    build = Builder(received(text, outlet=outlet, published=published, location=f"{outlet} {published}.txt"))
    said = build.says(outlet, f"Orvane: {words}", stance=stance)
    build.place("Orvane", lat=at[0], lon=at[1])
    if day:
        build.date(words.split()[-1], day)
    fell = Event(span(text, "fell"), "ASSAULT", "happened", (), (), 0, 0 if day else None, said, 0.9, None)
    events = () if stance == "other" else (fell,)
    return received(text, outlet=outlet, published=published), replace(build.reading, events=events)


FELL = "shells fell on the old fish market"


@pytest.mark.parametrize("stance", ["asserts", "denies"])
@pytest.mark.parametrize(
    ("ending", "day"),
    [("on Sunday", "2031-05-04"), ("in May", "2031-05"), ("once", None)],
    ids=["day", "month", "none"],
)
@pytest.mark.parametrize("order", ["listed last", "found first", "told first"])
def test_a_review_is_tied_to_what_it_concerns_in_any_order(
    db_url: str, order: str, ending: str, day: str | None, stance: str
) -> None:
    told = one_claim("Harbour Post", "2031-05-05", f"{FELL} on Saturday", stance, "2031-05-03", (35.45, 36.45))
    found = one_claim("Inquiry", "2031-06-20", f"{FELL} {ending}", "other", day, (35.55, 36.55))
    with Ledger.open(db_url) as ledger:
        for item in (found, told) if order == "found first" else (told, found):
            if order != "listed last":
                linking.add_body(ledger, "Inquiry")
            ledger.store(*item)
            pipeline.link(ledger)
        linking.add_body(ledger, "Inquiry")
        (link,) = [link for link in ledger.links() if link.relation == "finds"]
        whose = {c.id: c.outlet for c in ledger.claims()}
        assert (whose[link.from_], whose[link.to]) == ("Inquiry", "Harbour Post")

        pipeline.link(ledger, again=True)
        assert [x for x in ledger.links() if x.relation == "finds"] == [link]


def test_what_a_body_says_is_not_what_another_found_on(db_url: str) -> None:
    with Ledger.open(db_url) as ledger:
        ledger.store(*one_claim("Inquiry", "2031-06-20", f"{FELL} once", "other", None, (35.5, 36.5)))
        ledger.store(*one_claim("Second Desk", "2031-05-05", f"{FELL} twice", "asserts", None, (35.5, 36.5)))
        pipeline.link(ledger)
        linking.add_body(ledger, "Inquiry")
        assert [link.relation for link in ledger.links()].count("finds") == 1
        linking.add_body(ledger, "second desk")
        assert "finds" not in [link.relation for link in ledger.links()]


def test_what_a_listed_body_says_is_a_finding(db_url: str) -> None:
    with Ledger.open(db_url) as ledger:
        for item in reports():
            ledger.store(*item)
        ledger.store(*report("Inquiry", "2031-09-01", "Orvane", "2031-05-03", 12, claimant="Inquiry", more=HOURS[5]))
        pipeline.link(ledger)
        assert not [link for link in ledger.links() if link.relation == "finds"]
        linking.add_body(ledger, "INQUIRY")
        finds = [link for link in ledger.links() if link.relation == "finds"]
        claims = {c.id: c for c in ledger.claims()}
        assert finds
        assert {claims[link.from_].claimant for link in finds} == {"Inquiry"}
        assert all(claims[link.to].claimant != "Inquiry" for link in finds)
        story = max(ledger.stories(), key=lambda s: len(s.articles))
        assert set(story.findings) == {link.from_ for link in finds}


def test_a_finding_that_is_read_otherwise_leaves_no_trace(db_url: str) -> None:
    found, read = report("Inquiry", "2031-09-01", "Orvane", "2031-05-03", 12, claimant="Inquiry", more=HOURS[5])
    with Ledger.open(db_url) as ledger:
        for item in reports():
            ledger.store(*item)
        ledger.store(found, read)
        pipeline.link(ledger)
        linking.add_body(ledger, "Inquiry")
        assert any(story.findings for story in ledger.stories())
        ledger.store(found, replace(read, attributions=(), casualties=(), events=(), provenance=NEWER))
        pipeline.link(ledger)
        assert not any(story.findings for story in ledger.stories())


def test_a_party_is_one_whatever_articles_call_it(db_url: str) -> None:
    names = ["Colonel Ada Brandt", "spokeswoman Colonel Ada Brandt", "Ivo Brandt"]
    with Ledger.open(db_url) as ledger:
        for number, name in enumerate(names):
            ledger.store(*report("X", f"2031-05-0{number + 1}", "Orvane", "2031-05-01", 12, claimant=name))
        pipeline.link(ledger)
        found = deciding.claimant(ledger, "ada brandt")
        assert set(found.row.names) == set(names[:2])
        assert (found.row.claims, found.row.articles, len(found.claims)) == (4, 2, 4)
        assert deciding.claimant(ledger, "Ivo").row.name == "Ivo Brandt"
        with pytest.raises(NotThereError, match=r"part of several names: .*Ivo Brandt"):
            deciding.claimant(ledger, "Brandt")
        with pytest.raises(NotThereError, match="nobody called 'the elephants'"):
            deciding.claimant(ledger, "the elephants")


def test_who_asks_for_a_persons_name_is_shown_all_that_have_it(db_url: str) -> None:
    names = ["Harbour Board spokesman Ada Brandt", "Ada Brandt, mayor of Orvane", "Brandt"]
    with Ledger.open(db_url) as ledger:
        for number, name in enumerate(names):
            ledger.store(*report("X", f"2031-05-0{number + 1}", "Orvane", "2031-05-01", 12, claimant=name))
        pipeline.link(ledger)
        found = deciding.claimant(ledger, "Brandt")
        assert found.row.name == names[2], "that is a name of its own"
        found = deciding.claimant(ledger, "Ada Brandt")
        assert set(found.row.names) == set(names[:2])
        assert len(found.claims) == 4
