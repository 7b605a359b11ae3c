"""What decisions make of stories, relations, warnings and parties: at once, in any order, and back again."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from tests.unit.ledger.builders import Builder, received
from tests.unit.test_linking import FELL, HOURS, Read, one_claim, report, reports, result

from sayso import deciding, linking
from sayso.errors import NotThereError, UsageError
from sayso.ledger import Judgement, Ledger
from sayso.ledger.linked import Linked
from sayso.link import stories
from sayso.types import ClaimRow, Correction, Figure, Filters, FirstTold, StoryRow


@pytest.fixture
def ledger(db_url: str) -> Iterator[Ledger]:
    with Ledger.open(db_url) as ledger:
        for item in reports():
            ledger.store(*item)
        linking.link(ledger)
        yield ledger


def say(ledger: Ledger, verdict: str, about: str, other: str | None = None, user: str = "mara", **more: object) -> None:
    deciding.decide(ledger, Judgement(verdict, about, user, other, **more))


def undo(ledger: Ledger, verdict: str, about: str, other: str | None = None, user: str = "mara") -> None:
    deciding.undo(ledger, Judgement(verdict, about, user, other))


def claim(ledger: Ledger, outlet: str, words: str, published: str | None = None) -> ClaimRow:
    """The first claim of an outlet with these words, published on that day if one is given."""
    return next(
        c for c in ledger.claims() if c.outlet == outlet and words in c.text and published in (None, c.published)
    )


def orvane(ledger: Ledger) -> StoryRow:
    return max(ledger.stories(), key=lambda story: len(story.articles))


def held(ledger: Ledger) -> dict[str, object]:
    """What linking has made, and the rows as they stand."""
    return result(ledger) | {"rows": sorted(map(repr, ledger.claims()))}


def again(ledger: Ledger) -> dict[str, object]:
    linking.link(ledger, again=True)
    return held(ledger)


def test_a_rejected_claim_counts_for_nothing_in_its_story_until_it_is_taken_back(ledger: Ledger) -> None:
    before = held(ledger)
    denial = claim(ledger, "Inland Voice", "shells fell")
    assert orvane(ledger).denied
    say(ledger, "reject", denial.id)
    story = orvane(ledger)
    assert (story.denied, story.claims) == (False, 8)
    assert len(story.articles) == 4, "its article stays where it was"
    assert [x for x in ledger.links() if denial.id in (x.from_, x.to)] == []
    assert {c.claimants_against for c in ledger.story(story.id).claims} == {0}
    row = ledger.claim(denial.id).row
    assert (row.decision, row.story) == ("reject", None)
    assert again(ledger)["stories"] == [*ledger.stories()]
    undo(ledger, "reject", denial.id)
    assert held(ledger) == before


def test_no_figure_and_no_echo_rests_on_a_rejected_claim(ledger: Ledger) -> None:
    first = claim(ledger, "Harbour Post", "12 people died")
    (echo,) = (c for c in ledger.claims() if c.echo_of == first.id and c.outlet == "Coast Daily")
    say(ledger, "reject", first.id)
    assert ledger.claim(echo.id).row.echo_of != first.id
    given = [f for f in orvane(ledger).figures if f.claimant == "ministry"]
    assert given
    assert all(first.article not in f.articles for f in given)


def test_a_story_counts_as_it_was_corrected(ledger: Ledger) -> None:
    row = claim(ledger, "The Lantern", "12 people died", "2031-05-05")
    given = Correction(claimant="garrison", figures=(Figure(2, 3, "killed", "civilians"),))
    say(ledger, "correct", row.id, correction=given)
    (figure,) = (f for f in orvane(ledger).figures if f.claimant == "garrison" and row.article in f.articles)
    assert (figure.min, figure.max) == (2, 3)
    assert {x.relation for x in ledger.links() if row.id in (x.from_, x.to)} >= {"differs"}
    now = held(ledger)
    assert again(ledger) == now
    undo(ledger, "correct", row.id)
    assert ledger.claim(row.id).row.claimant == "clinic"


def test_what_is_of_two_stories_is_put_apart_and_together_again(ledger: Ledger) -> None:
    before = held(ledger)
    one, other = claim(ledger, "Harbour Post", "Orvane"), claim(ledger, "The Lantern", "Orvane")
    assert one.story == other.story
    say(ledger, "other-story", one.id, other.id)
    stories = [ledger.claim(c.id).row.story for c in (one, other)]
    assert stories[0] != stories[1]
    assert sum(len(s.articles) for s in ledger.stories() if s.place == "Orvane") == 5
    now = held(ledger)
    assert again(ledger) == now
    undo(ledger, "other-story", other.id, one.id)
    assert held(ledger) == before


def test_what_is_of_one_story_is_so_whatever_it_is_like(ledger: Ledger) -> None:
    before = held(ledger)
    here, there = claim(ledger, "Inland Voice", "Orvane"), claim(ledger, "The Lantern", "Tarsel")
    say(ledger, "same-story", there.id, here.id)
    assert ledger.claim(here.id).row.story == ledger.claim(there.id).row.story
    now = held(ledger)
    assert again(ledger) == now
    undo(ledger, "same-story", here.id, there.id)
    assert held(ledger) == before


def test_two_episodes_of_one_article_may_be_of_one_story(db_url: str) -> None:
    text = "Shells fell on Orvane on Monday, Ivo Brandt said.\n\nA year ago, shells fell on Tarsel, Mara Lind said."
    item = received(text)
    build = Builder(item)
    build.says("Ivo Brandt", "Shells fell on Orvane on Monday", cue="said")
    build.says("Mara Lind", "shells fell on Tarsel", cue="said")
    with Ledger.open(db_url) as ledger:
        ledger.store(item, build.reading)
        linking.link(ledger)
        with ledger.linking() as linked:
            (key,) = linked.about(range(9))
            main = linked.episodes([(key, 0)])[key, 0]
            (brandt, lind) = (c.id for c in ledger.claims())
            parts = (replace(main, claims=(brandt,)), replace(main, number=1, claims=(lind,)))
            linked._episodes[key] = dict(enumerate(parts))
            assert linked.nodes_of([brandt, lind]) == {brandt: (key, 0), lind: (key, 1)}
    from sayso.link.stories import clusters

    keys = {("x", 0): parts[0], ("x", 1): parts[1], ("y", 0): parts[0], ("z", 0): parts[0]}
    alike = {(("x", 0), ("y", 0)): 0.9, (("x", 1), ("y", 0)): 0.8}
    assert clusters(alike, keys) == [(("x", 0), ("y", 0)), (("x", 1),), (("z", 0),)]
    same = [(("x", 0), ("x", 1)), (("x", 1), ("z", 0))]
    assert clusters(alike, keys, same)[0] == (("x", 0), ("x", 1), ("y", 0), ("z", 0))
    apart = [(("z", 0), ("y", 0))]
    assert clusters(alike, keys, same, apart) == [(("x", 0), ("x", 1), ("z", 0)), (("y", 0),)]


def test_a_party_is_whom_people_say_it_is(ledger: Ledger) -> None:
    before = held(ledger)
    say(ledger, "same-party", "ministry", "clinic")
    story = orvane(ledger)
    assert {f.claimant for f in story.figures} == {"ministry"}
    assert story.claimants == ("garrison", "ministry")
    claims = ledger.story(story.id).claims
    assert max(c.claimants_for or 0 for c in claims if "died" in c.text) == 1
    assert len(deciding.claimant(ledger, "clinic").claims) > len([c for c in ledger.claims() if c.claimant == "clinic"])
    now = held(ledger)
    assert again(ledger) == now
    undo(ledger, "same-party", "ministry", "clinic")
    assert held(ledger) == before


def test_names_that_the_machine_takes_for_one_partys_are_put_apart(db_url: str) -> None:
    names = "Colonel Ada Brandt", "spokeswoman Colonel Ada Brandt"
    with Ledger.open(db_url) as ledger:
        for number, name in enumerate(names):
            ledger.store(*report(f"X{number}", "2031-05-02", "Orvane", "2031-05-01", 12, claimant=name))
        linking.link(ledger)
        assert len(orvane(ledger).claimants) == 1
        say(ledger, "other-party", *names)
        assert set(orvane(ledger).claimants) == set(names)
        assert deciding.claimant(ledger, names[0]).row.names == (names[0],)
        with pytest.raises(NotThereError, match="part of several names"):
            deciding.claimant(ledger, "Ada Brandt")
        assert again(ledger) == held(ledger)


def test_a_claim_that_was_rejected_warns_of_nothing_and_fulfils_nothing(db_url: str) -> None:
    item = received("The ministry warned that shells would hit Orvane soon.", outlet="X", published="2031-05-01")
    build = Builder(item)
    build.says("The ministry", "shells would hit Orvane soon", cue="warned", stance="warns")
    build.place("Orvane")
    with Ledger.open(db_url) as ledger:
        ledger.store(item, build.reading)
        ledger.store(*reports()[1])
        linking.link(ledger)
        before = held(ledger)
        (warned,) = ledger.warnings()
        (fitting,) = warned.by_others
        say(ledger, "reject", fitting)
        assert [(w.by_others, w.state) for w in ledger.warnings()] == [((), "open")]
        say(ledger, "reject", warned.claim)
        assert list(ledger.warnings()) == []
        now = held(ledger)
        assert again(ledger) == now
        undo(ledger, "reject", fitting)
        undo(ledger, "reject", warned.claim)
        assert held(ledger) == before
        say(ledger, "correct", warned.claim, correction=Correction(stance="asserts"))
        assert list(ledger.warnings()) == []
        assert again(ledger) == held(ledger)


@pytest.mark.parametrize("which", ["Inquiry", "Harbour Post"])
def test_no_finding_is_of_or_on_what_was_rejected(db_url: str, which: str) -> None:
    at = (35.5, 36.5)
    with Ledger.open(db_url) as ledger:
        ledger.store(*one_claim("Harbour Post", "2031-05-05", f"{FELL} on Saturday", "asserts", "2031-05-03", at))
        ledger.store(*one_claim("Inquiry", "2031-06-20", f"{FELL} on Sunday", "other", "2031-05-04", at))
        linking.link(ledger)
        linking.add_body(ledger, "Inquiry")
        before = held(ledger)
        assert [x.relation for x in ledger.links() if x.relation == "finds"] == ["finds"]
        (row,) = (c for c in ledger.claims() if c.outlet == which)
        say(ledger, "reject", row.id)
        assert [x for x in ledger.links() if x.relation == "finds"] == []
        assert all(not story.findings for story in ledger.stories())
        now = held(ledger)
        assert again(ledger) == now
        undo(ledger, "reject", row.id)
        assert held(ledger) == before


def test_an_article_more_finds_what_was_decided_in_force(ledger: Ledger) -> None:
    denial = claim(ledger, "Inland Voice", "shells fell")
    say(ledger, "reject", denial.id)
    say(ledger, "same-party", "ministry", "clinic")
    ledger.store(*report("Valley Sun", "2031-05-06", "Orvane", "2031-05-03", 14, claimant="clinic"))
    linking.link(ledger)
    story = orvane(ledger)
    assert (len(story.articles), story.denied) == (5, False)
    assert {f.claimant for f in story.figures} == {"ministry"}
    assert again(ledger) == held(ledger)


def decisions(ledger: Ledger) -> list[Judgement]:
    """Some of each kind, on things that have nothing to do with each other's being said."""
    post, lantern = claim(ledger, "Harbour Post", "Orvane"), claim(ledger, "The Lantern", "Orvane")
    tarsel, voice = claim(ledger, "The Lantern", "Tarsel"), claim(ledger, "Inland Voice", "12 people")
    denial = claim(ledger, "Inland Voice", "shells fell")
    stance = Correction(stance="accuses", claimant="governor")
    return [
        Judgement("reject", denial.id, "mara"),
        Judgement("other-story", post.id, "ivo", lantern.id),
        Judgement("same-story", tarsel.id, "mara", post.id),
        Judgement("same-party", "ministry", "ivo", "clinic"),
        Judgement("correct", voice.id, "mara", correction=stance),
        Judgement("confirm", lantern.id, "ivo"),
    ]


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Judgement], dict[str, object]]:
    """What is decided, and what is to come of it."""
    with Ledger.open(str(tmp_path_factory.mktemp("said") / "a.db")) as ledger:
        for item in reports():
            ledger.store(*item)
        told = decisions(ledger)
        for one in told:
            deciding.decide(ledger, one)
        linking.link(ledger)
        return told, held(ledger)


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_decisions_and_arrivals_makes_no_difference(
    db_url: str, seed: int, said: tuple[list[Judgement], dict[str, object]]
) -> None:
    chance = random.Random(seed)
    waiting: list[Read | Judgement] = [*reports(), *said[0]]
    with Ledger.open(db_url) as ledger:
        while waiting:
            step = waiting.pop(chance.randrange(len(waiting)))
            if isinstance(step, Judgement):
                try:
                    deciding.decide(ledger, step)
                except NotThereError:  # what it is about is not there yet
                    waiting.append(step)
                continue
            ledger.store(*step)
            if chance.random() < 0.7:
                linking.link(ledger)
        linking.link(ledger)
        assert held(ledger) == said[1]


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_decision_that_is_cut_off_is_not_there_in_part(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    before = held(ledger)
    grouped = linking._group

    def cut(linked: Linked, *given: Any) -> None:
        if moment == "after":
            grouped(linked, *given)
        raise KeyboardInterrupt

    denial = claim(ledger, "Inland Voice", "shells fell")
    monkeypatch.setattr(linking, "_group", cut)
    with pytest.raises(KeyboardInterrupt):
        say(ledger, "reject", denial.id)
    assert held(ledger) == before
    assert list(ledger.decisions()) == []
    monkeypatch.setattr(linking, "_group", grouped)
    say(ledger, "reject", denial.id)
    assert ledger.claim(denial.id).row.decision == "reject"


def test_the_queue_asks_of_claims_names_and_stories(db_url: str) -> None:
    names = "Valdan Observatory for Rights (VOR)", "VOR", "the clinic"
    with Ledger.open(db_url) as ledger:
        for number, name in enumerate(names):
            day = f"2031-05-0{number + 3}"
            ledger.store(*report(f"X{number}", day, "Orvane", day, 12 + number, claimant=name))
        linking.link(ledger)
        waiting = deciding.queue(ledger)
        assert [w.weight for w in waiting] == sorted((w.weight for w in waiting), reverse=True)
        assert len(deciding.queue(ledger, 1)) == 1
        kinds = {w.kind for w in waiting}
        assert "claim" in kinds
        pairs = [w for w in waiting if w.kind == "story"]
        for pair in pairs:
            assert pair.other is not None
            say(ledger, "other-story", pair.about, pair.other)
        assert not [w for w in deciding.queue(ledger) if w.kind == "story" and w in pairs]


def test_the_queue_tells_two_stories_of_one_name_apart(db_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stories, "SAME", 0.9999)  # so that reports that are alike are not put together
    with Ledger.open(db_url) as ledger:
        for outlet, day, more in (("Harbour Post", "04", 0), ("The Lantern", "06", 3)):
            ledger.store(*report(outlet, f"2031-05-{day}", "Orvane", "2031-05-03", 12, more=HOURS[more]))
        linking.link(ledger)
        (asked,) = [w for w in deciding.queue(ledger) if w.kind == "story"]
    assert asked.text == asked.other_text == "Shelling reported in Orvane, 3 May 2031"
    told = {FirstTold("Harbour Post", "2031-05-04", 1, 2), FirstTold("The Lantern", "2031-05-06", 1, 2)}
    assert {asked.told, asked.other_told} == told


def test_of_two_parties_it_is_asked_once_whatever_their_names(ledger: Ledger) -> None:
    names = "Koro Essan", "the ministry's spokesman, Koro Essan", "Colonel Essan"
    for number, name in enumerate(names):
        ledger.store(*report(f"Q{number}", "2031-05-02", "Orvane", "2031-05-01", 12, claimant=name))
    linking.link(ledger)
    pairs = [{w.about, str(w.other)} for w in deciding.queue(ledger) if w.kind == "party"]
    (asked,) = [pair for pair in pairs if "Colonel Essan" in pair]
    say(ledger, "other-party", *sorted(asked))
    assert asked not in [{w.about, w.other} for w in deciding.queue(ledger) if w.kind == "party"]


def test_names_of_one_party_are_listed_as_one(ledger: Ledger) -> None:
    names = "the Valdan Observatory for Rights", "The Keld-based Valdan Observatory for Rights", "VOR", "the clinic"
    for number, name in enumerate(names):
        ledger.store(*report(f"Z{number}", f"2031-05-0{number + 1}", "Orvane", "2031-05-01", 12, claimant=name))
    linking.link(ledger)
    named = "the Valdan Observatory for Rights"
    for asked in (Filters(), Filters(by="keld"), Filters(by="VOR")):
        one = next(row for row in deciding.claimants(ledger, asked) if row.name == named)
        assert set(one.names) == set(names[:3])
        assert (one.articles, one.first, one.last) == (3, "2031-05-01", "2031-05-03")
        assert one == deciding.claimant(ledger, one.name).row
    assert [row.name for row in deciding.claimants(ledger, Filters(by="clinic"))] == ["the clinic"]
    assert len(deciding.claimants(ledger, Filters(limit=1))) == 1
    say(ledger, "other-party", "VOR", named)
    assert {row.names for row in deciding.claimants(ledger)} >= {("VOR",)}


def test_who_is_nobody_is_told_where_to_look(ledger: Ledger) -> None:
    with pytest.raises(NotThereError, match=r"nobody called 'KCR' claims anything in .*list who does: sayso claimants"):
        say(ledger, "same-party", "KCR", "the ministry")
    with pytest.raises(NotThereError, match="no claim 'ffff'"):
        say(ledger, "same-party", "ffff", "the ministry")


def test_a_likely_name_is_asked_for_until_somebody_decides(ledger: Ledger) -> None:
    names = "Ivo Brandt", "Ivo Brandt, a spokesman for the governor", "Brandt"
    for number, name in enumerate(names):
        ledger.store(*report(f"Y{number}", "2031-05-05", "Orvane", "2031-05-03", 12, claimant=name))
    linking.link(ledger)
    asked = [(w.about, w.other) for w in deciding.queue(ledger) if w.kind == "party"]
    for about, other in asked:
        assert other is not None
        say(ledger, "other-party", about, other)
    assert [w for w in deciding.queue(ledger) if w.kind == "party" and (w.about, w.other) in asked] == []


def test_nobody_unnamed_is_the_same_party(db_url: str) -> None:
    item = received("It was said that shells fell on Orvane.")
    build = Builder(item)
    build.says(None, "shells fell on Orvane", cue="said")
    with Ledger.open(db_url) as ledger:
        ledger.store(item, build.reading)
        ledger.store(*reports()[0])
        (unnamed,) = (c.id for c in ledger.claims() if c.claimant is None)
        with pytest.raises(UsageError, match="by somebody unnamed"):
            say(ledger, "same-party", unnamed, "ministry")
