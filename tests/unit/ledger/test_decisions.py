"""What people decide: kept, superseded, taken back, refused where it contradicts; and what it makes of the rows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.unit.ledger.builders import NEWER, Builder, received, simple, span

from sayso import deciding, linking
from sayso.errors import NotThereError, UsageError
from sayso.ledger import Judgement, Ledger
from sayso.ledger.decisions import agreement
from sayso.types import ClaimRow, Correction, Figure, Filters, Span

BRIDGE = "In Sennath, Ivo Brandt said that ten people died on the bridge. Nobody answered. The river rose at night."


@pytest.fixture
def ledger(fresh_ledger: Ledger) -> Ledger:
    """Four claims by four claimants, none linked."""
    for number, claimant in enumerate(("the ministry", "Mara Lind", "the clinic", "Ministry of Health"), 1):
        fresh_ledger.store(*simple(number, claimant=claimant))
    return fresh_ledger


@pytest.fixture
def bridge(fresh_ledger: Ledger) -> Ledger:
    """One article with one claim, of ten dead."""
    item = received(BRIDGE)
    build = Builder(item)
    said = build.says("Ivo Brandt", "that ten people died on the bridge", cue="said")
    build.killed("ten people", 10, said)
    fresh_ledger.store(item, build.reading)
    return fresh_ledger


def ids(ledger: Ledger) -> dict[str | None, str]:
    return {row.claimant: row.id for row in ledger.claims()}


def say(
    ledger: Ledger, verdict: str, about: str, other: str | None = None, *, user: str = "mara", **more: object
) -> int:
    return deciding.decide(ledger, Judgement(verdict, about, user, other, **more)).id


def at(words: str) -> Span:
    return span(BRIDGE, words)


def corrected(ledger: Ledger, **given: object) -> ClaimRow:
    (row,) = ledger.claims()
    say(ledger, "correct", row.id, correction=Correction(**given))
    return ledger.claim(row.id).row


# On one claim


def test_a_newer_decision_supersedes_the_same_persons_older_one(ledger: Ledger) -> None:
    claim = ids(ledger)["Mara Lind"]
    say(ledger, "confirm", claim, note="  as I read it ")
    say(ledger, "reject", claim)
    newer, older = ledger.decisions()
    assert (newer.verdict, newer.superseded, newer.note) == ("reject", None, None)
    assert (older.verdict, older.user, older.note) == ("confirm", "mara", "as I read it")
    assert older.superseded is not None
    assert older.at <= older.superseded


def test_of_what_several_people_say_the_newest_holds(ledger: Ledger) -> None:
    claim = ids(ledger)["Mara Lind"]
    say(ledger, "confirm", claim, user="mara")
    say(ledger, "reject", claim, user="ivo")
    assert ledger.claim(claim).row.decision == "reject"
    assert [row.superseded for row in ledger.decisions()] == [None, None]
    deciding.undo(ledger, Judgement("confirm", claim, "ivo"))
    assert ledger.claim(claim).row.decision == "confirm"
    deciding.undo(ledger, Judgement("confirm", claim, "mara"))
    assert ledger.claim(claim).row.decision is None
    assert all(row.superseded for row in ledger.decisions())


def test_the_very_same_again_changes_nothing(ledger: Ledger) -> None:
    claim = ids(ledger)["Mara Lind"]
    assert say(ledger, "confirm", claim) == say(ledger, "confirm", claim[:8])
    assert len(list(ledger.decisions())) == 1


def test_the_same_again_holds_over_what_others_said_meanwhile(ledger: Ledger) -> None:
    claim, other, *_ = ids(ledger).values()
    first = say(ledger, "confirm", claim, user="mara")
    say(ledger, "reject", claim, user="ivo")
    assert say(ledger, "confirm", claim, user="mara") > first
    assert ledger.claim(claim).row.decision == "confirm"
    assert [(row.user, row.superseded is None) for row in ledger.decisions()] == [
        ("mara", True),
        ("ivo", True),
        ("mara", False),
    ]
    say(ledger, "same-story", claim, other, user="mara")
    say(ledger, "other-story", claim, other, user="ivo")
    last = say(ledger, "same-story", claim, other, user="mara")
    assert say(ledger, "same-story", other, claim, user="mara") == last == next(ledger.decisions()).id


def test_nobody_takes_back_what_they_have_not_said(ledger: Ledger) -> None:
    claim = ids(ledger)["Mara Lind"]
    say(ledger, "confirm", claim, user="mara")
    with pytest.raises(NotThereError, match=r"ivo has decided nothing on .* that stands"):
        deciding.undo(ledger, Judgement("confirm", claim, "ivo"))
    with pytest.raises(NotThereError, match="no claim 'ffff'"):
        say(ledger, "confirm", "ffff")


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (Judgement("approve", "{}", "mara"), "no verdict 'approve'"),
        (Judgement("confirm", "{}", "  "), "a blank one"),
        (Judgement("confirm", "{}", "m" * 300), "user: expected at most 200 characters"),
        (Judgement("confirm", "{}", "mara", "{}"), "confirm is a verdict on one claim"),
        (Judgement("same-story", "{}", "mara"), "same-story is a verdict on two"),
        (Judgement("same-story", "{}", "mara", "{}"), "which are one"),
        (Judgement("correct", "{}", "mara"), "correct with what is to be corrected"),
        (Judgement("confirm", "{}", "mara", correction=Correction(stance="denies")), "goes with the verdict correct"),
        (Judgement("same-party", "the ministry", "mara", "THE MINISTRY"), "which are one"),
        (Judgement("same-party", "the ministry", "mara", "Nobody at all"), "nobody called 'Nobody at all' claims"),
    ],
)
def test_what_cannot_be_said_is_refused_with_its_reason(ledger: Ledger, said: Judgement, reason: str) -> None:
    claim = ids(ledger)["Mara Lind"]
    of = replace(said, about=said.about.format(claim), other=said.other and said.other.format(claim))
    with pytest.raises((UsageError, NotThereError), match=reason):
        deciding.decide(ledger, of)
    assert list(ledger.decisions()) == []


# On two


def test_same_is_transitive_and_what_contradicts_it_is_refused(ledger: Ledger) -> None:
    a, b, c, d = ids(ledger).values()
    first, second = say(ledger, "same-story", a, b), say(ledger, "same-story", c, b, user="ivo")
    with pytest.raises(UsageError) as refused:
        say(ledger, "other-story", c, a)
    for number in (first, second):
        assert f"decision {number} (same-story" in str(refused.value)
    assert "(other-story" in str(refused.value)
    assert len(list(ledger.decisions())) == 2, "what is refused leaves nothing"
    apart = say(ledger, "other-story", d, a)
    with pytest.raises(UsageError, match=rf"and two by decision {apart} \(other-story"):
        say(ledger, "same-story", d, c)
    deciding.undo(ledger, Judgement("same-story", a, "mara", d))
    say(ledger, "same-story", d, c)


def test_of_two_people_who_say_otherwise_of_the_same_two_the_newer_holds(ledger: Ledger) -> None:
    a, b, c, _ = ids(ledger).values()
    say(ledger, "other-story", a, c, user="mara")
    say(ledger, "same-story", c, a, user="ivo")
    say(ledger, "same-story", a, b, user="ivo")
    say(ledger, "same-story", b, c, user="ivo")
    with pytest.raises(UsageError, match="that contradicts what was decided"):
        deciding.undo(ledger, Judgement("same-story", a, "ivo", c))  # as mara's would hold again
    assert sum(row.superseded is None for row in ledger.decisions()) == 4


def test_two_claims_of_one_episode_are_of_one_story(fresh_ledger: Ledger) -> None:
    item = received("Ivo Brandt said that ten people died. Mara Lind said that the river rose.")
    build = Builder(item)
    build.says("Ivo Brandt", "that ten people died", cue="said")
    build.says("Mara Lind", "that the river rose", cue="said")
    fresh_ledger.store(item, build.reading)
    linking.link(fresh_ledger)
    with pytest.raises(UsageError, match="tells of both as of one event"):
        say(fresh_ledger, "other-story", *ids(fresh_ledger).values())


def test_names_that_are_one_partys_are_listed_together(ledger: Ledger) -> None:
    claims = ids(ledger)
    say(ledger, "same-party", "the ministry", "Ministry of Health")
    say(ledger, "same-party", claims["Ministry of Health"], claims["the clinic"])
    one = next(row for row in ledger.claimants() if len(row.names) == 3)
    assert (one.claims, set(one.names)) == (3, {"the ministry", "Ministry of Health", "the clinic"})
    assert [row.id for row in ledger.claimants(Filters(by="clinic"))] == [one.id]
    assert len(deciding.claimant(ledger, "the clinic").claims) == 3
    deciding.undo(ledger, Judgement("other-party", "the clinic", "mara", "Ministry of Health"))
    assert len(deciding.claimant(ledger, "the ministry").claims) == 2
    assert [row.about for row in ledger.decisions("the clinic")] == ["the clinic"] or [
        row.other for row in ledger.decisions("the clinic")
    ] == ["the clinic"]


def test_a_verdict_on_a_party_of_which_nothing_is_left_can_be_taken_back(ledger: Ledger) -> None:
    say(ledger, "same-party", "the ministry", "Mara Lind")
    claim = ids(ledger)["Mara Lind"]
    say(ledger, "reject", claim)
    deciding.undo(ledger, Judgement("same-party", "the ministry", "mara", "Mara Lind"))
    deciding.undo(ledger, Judgement("reject", claim, "mara"))
    assert [row.names for row in ledger.claimants(Filters(by="Mara Lind"))] == [("Mara Lind",)]
    with pytest.raises(NotThereError, match="mara has decided nothing on the ministry and Nobody at all that stands"):
        deciding.undo(ledger, Judgement("same-party", "the ministry", "mara", "Nobody at all"))


# What it makes of the rows


def test_a_rejected_claim_stays_and_counts_no_more(ledger: Ledger) -> None:
    claim = ids(ledger)["Mara Lind"]
    say(ledger, "reject", claim)
    assert [row.decision for row in ledger.claims() if row.id == claim] == ["reject"]
    assert "Mara Lind" not in {row.name for row in ledger.claimants()}
    deciding.undo(ledger, Judgement("reject", claim, "mara"))
    assert "Mara Lind" in {row.name for row in ledger.claimants()}


def test_a_correction_changes_the_row_and_not_the_reading(bridge: Ledger) -> None:
    before = bridge.article(next(bridge.articles()).id).reading
    words = at("ten people died on the bridge"), at("The river rose at night")
    row = corrected(
        bridge,
        content=words,
        claimant="Mara Lind",
        stance="denies",
        figures=(Figure(None, 12, "wounded", "people"),),
    )
    assert (row.decision, row.claimant, row.stance, row.spans) == ("correct", "Mara Lind", "denies", words)
    assert row.text == "ten people died on the bridge … The river rose at night"
    assert row.chain == ("Harbour Post", "Mara Lind")
    assert row.figures == (Figure(None, 12, "wounded", "people"),)
    assert [c.text for c in bridge.claims(Filters(by="lind"))] == [row.text]
    assert list(bridge.claims(Filters(by="Ivo"))) == []
    assert [c.id for c in bridge.claims(Filters(stance="denies"))] == [row.id]
    assert [c.name for c in bridge.claimants(Filters(by="Mara"))] == ["Mara Lind"]
    assert bridge.head_of_claim(row.id)[0] == "Mara Lind"
    assert bridge.article(row.article).reading == before


def test_corrections_add_up_and_go_one_by_one(bridge: Ledger) -> None:
    (read,) = bridge.claims()
    corrected(bridge, stance="denies")
    assert corrected(bridge, claimant="").claimant is None
    say(bridge, "confirm", read.id, user="ivo")
    row = bridge.claim(read.id).row
    assert (row.decision, row.stance, row.claimant) == ("confirm", "denies", None), "what stands was confirmed"
    deciding.undo(bridge, Judgement("confirm", read.id, "ivo"))
    deciding.undo(bridge, Judgement("correct", read.id, "mara"))
    assert bridge.claim(read.id).row == read


def test_an_outlets_own_sentence_may_be_somebodys(fresh_ledger: Ledger) -> None:
    text = "On Monday 7 people died, the clinic has counted."
    build = Builder(received(text))
    build.killed("7 people", 7)
    fresh_ledger.store(received(text), build.reading)
    (read,) = fresh_ledger.claims()
    given = Correction(claimant="the clinic", cue=(span(text, "has counted"),), source=(span(text, "the clinic"),))
    say(fresh_ledger, "correct", read.id, correction=given)
    (row,) = fresh_ledger.claims()
    assert (read.chain, row.chain) == (("Harbour Post",), ("Harbour Post", "the clinic"))
    (record,) = fresh_ledger.corrections()
    (added,) = record["attributions"]
    assert (added["source"]["text"], added["cue"]["text"], added["claimant"]) == (
        "the clinic",
        "has counted",
        "the clinic",
    )
    assert [s["text"] for s in added["content"]] == [s.text for s in read.spans]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({}, "nothing to correct"),
        ({"content": ()}, "content: expected 1 to 64, got 0 spans"),
        ({"content": (Span(0, 3, "Xyz"),)}, "'Xyz' is not what stands at 0 to 3"),
        ({"content": (Span(5, 900, "x"),)}, "is not what stands at 5 to 900"),
        ({"content": (at("river"), at("bridge"))}, "in the order of the text"),
        ({"source": (at("Ivo"), at("river"))}, "source: expected at most 1, got 2"),
        ({"stance": "shouts"}, "stance: expected one of asserts"),
        ({"claimant": "x" * 501}, "claimant: expected at most 500"),
        ({"figures": (Figure(None, None, "killed", None),)}, "expected a least and a most"),
        ({"figures": (Figure(9, 3, "killed", None),)}, "expected a least and a most"),
        ({"figures": (Figure(-1, 3, "killed", None),)}, "expected a least and a most"),
        ({"figures": (Figure(1, 3, "sunk", None),)}, "expected one of killed"),
        ({"figures": (Figure(1, 3, "killed", None),) * 65}, "at most 64"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(bridge: Ledger, given: dict[str, object], reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        corrected(bridge, **given)


def test_hostile_names_and_notes_are_kept_as_they_are(bridge: Ledger) -> None:
    name = '<script>alert("x")</script> \u202e\x00'
    assert corrected(bridge, claimant=name).claimant == name.replace("\x00", "\ufffd")
    (row,) = bridge.claims()
    say(bridge, "confirm", row.id, user="=HYPERLINK()", note=name)
    assert next(bridge.decisions()).note == name.replace("\x00", "\ufffd").strip()


def test_a_decision_outlives_a_reading_that_finds_the_same_claim(bridge: Ledger) -> None:
    (row,) = bridge.claims()
    corrected(bridge, stance="denies")
    build = Builder(received(BRIDGE), NEWER)
    build.says("Ivo Brandt", "that ten people died on the bridge", cue="said")
    bridge.store(received(BRIDGE), build.reading)
    (again,) = bridge.claims()
    assert (again.id, again.stance, again.decision) == (row.id, "denies", "correct")
    assert again.figures == (), "what was not corrected is as the newer reading has it"


def test_a_corrected_place_is_dropped_where_a_newer_text_has_other_words_there(bridge: Ledger) -> None:
    corrected(bridge, content=(at("The river rose at night"),), stance="denies")
    other = received(BRIDGE)
    shorter = replace(other.article, text=BRIDGE.replace("The river rose at night.", "The end."))
    build = Builder(replace(other, article=shorter), NEWER)
    build.says("Ivo Brandt", "that ten people died on the bridge", cue="said")
    bridge.store(replace(other, article=shorter), build.reading)
    (again,) = bridge.claims()
    assert (again.text, again.stance) == ("that ten people died on the bridge", "denies")


# What waits, and how far people agree


def test_least_certain_and_most_used_wait_first(fresh_ledger: Ledger) -> None:
    for number, sure in ((1, 0.9), (2, 0.6), (3, 0.8)):
        item, reading = simple(number)
        (said,) = reading.attributions
        fresh_ledger.store(item, replace(reading, attributions=(replace(said, confidence=sure),)))
    by_doubt = [round(w.doubt, 2) for w in fresh_ledger.queue()]
    assert by_doubt == [0.4, 0.2, 0.1]
    first = next(fresh_ledger.queue())
    say(fresh_ledger, "confirm", first.about)
    assert [round(w.doubt, 2) for w in fresh_ledger.queue(limit=1)] == [0.2]


def test_what_hangs_on_a_claim_weighs(fresh_ledger: Ledger) -> None:
    from sayso.types import LinkRow

    for number in (1, 2, 3):
        fresh_ledger.store(*simple(number))
    a, b, c = (row.id for row in fresh_ledger.claims())
    with fresh_ledger.linking() as linked:
        linked.add_links([LinkRow(b, a, "denies", "x", 0.8), LinkRow(c, b, "repeats", "x", 0.8)])
    assert [(w.about, w.uses) for w in fresh_ledger.queue()] == [(b, 2), *sorted([(a, 1), (c, 1)])]


def test_agreement_is_cohens_kappa() -> None:
    # 20 and 15 on which both said the same, 5 and 10 on which they did not: share 0.7, by chance 0.5.
    said = ["confirm"] * 25 + ["reject"] * 25
    replied = ["confirm"] * 20 + ["reject"] * 5 + ["confirm"] * 10 + ["reject"] * 15
    found = agreement("mara", "ivo", *({str(n): v for n, v in enumerate(votes)} for votes in (said, replied)))
    assert (found.claims, found.share) == (50, 0.7)
    assert found.kappa == pytest.approx(0.4)


def test_agreement_counts_what_stands_on_claims_that_both_decided(ledger: Ledger) -> None:
    a, b, c, _ = ids(ledger).values()
    assert ledger.agreement("mara", "ivo").share is None
    for claim in (a, b, c):
        say(ledger, "confirm", claim, user="mara")
    for claim in (a, b):
        say(ledger, "confirm", claim, user="ivo")
    found = ledger.agreement("mara", "ivo")
    assert (found.claims, found.share, found.kappa) == (2, 1.0, None)
    say(ledger, "reject", b, user="ivo")
    say(ledger, "reject", c, user="ivo")
    assert ledger.agreement("mara", "ivo").share == pytest.approx(1 / 3)


# What is learned


def nested() -> tuple[str, Builder]:
    text = "The mayor said that the army denied that it had mined the bridge. Ivo Brandt said that nobody was hurt."
    build = Builder(received(text))
    outer = build.says("The mayor", "that the army denied that it had mined the bridge", cue="said")
    build.says("the army", "that it had mined the bridge", cue="denied", within=outer, stance="denies")
    build.says("Ivo Brandt", "that nobody was hurt", cue="said")
    return text, build


def test_decisions_are_written_as_readings_to_learn_from(fresh_ledger: Ledger) -> None:
    text, build = nested()
    fresh_ledger.store(received(text), build.reading)
    fresh_ledger.store(*simple(1))
    claims = ids(fresh_ledger)
    say(fresh_ledger, "reject", claims["The mayor"])
    whole = span(text, "that it had mined the bridge")
    shorter = Span.of(text, whole.start + 5, whole.end)
    say(fresh_ledger, "correct", claims["the army"], correction=Correction(content=(shorter,), source=()))
    (record,) = fresh_ledger.corrections()
    army, brandt = record["attributions"]
    assert record["article"]["text"] == text
    assert record["events"] == []
    assert record["decided"] == {"attributions": 2, "of": 3}
    assert (army["within"], army["source"], army["content"][0]["text"]) == (None, None, "it had mined the bridge")
    assert brandt["claimant"] == "Ivo Brandt", "what nobody decided is as it was read"


def alike(*said: dict[str, str]) -> tuple[str, Builder]:
    """One content on several words."""
    text = "The clinic said, and the garrison denied, that ten people died."
    build = Builder(received(text))
    for of in said:
        build.says(of["claimant"], "that ten people died", cue=of["cue"], stance=of["stance"])
    return text, build


CLINIC = {"claimant": "The clinic", "cue": "said", "stance": "asserts"}
GARRISON = {"claimant": "the garrison", "cue": "denied", "stance": "denies"}


@pytest.mark.parametrize("said", [(CLINIC, GARRISON), (GARRISON, CLINIC)])
def test_a_verdict_is_on_the_word_of_one_of_those_who_say_the_same(
    fresh_ledger: Ledger, said: tuple[dict[str, str], ...]
) -> None:
    text, build = alike(*said)
    fresh_ledger.store(received(text), build.reading)
    say(fresh_ledger, "reject", ids(fresh_ledger)["the garrison"])
    (record,) = fresh_ledger.corrections()
    assert [item["claimant"] for item in record["attributions"]] == ["The clinic"]
    assert record["decided"] == {"attributions": 1, "of": 2}


def test_a_verdict_on_one_of_two_that_cannot_be_told_apart_teaches_nothing(fresh_ledger: Ledger) -> None:
    text, build = alike(CLINIC, CLINIC | {"cue": "denied"})
    fresh_ledger.store(received(text), build.reading)
    claim, _ = fresh_ledger.claims()
    say(fresh_ledger, "correct", claim.id, correction=Correction(cue=(span(text, "said"),), stance="other"))
    (record,) = fresh_ledger.corrections()
    assert [(item["cue"]["text"], item["stance"]) for item in record["attributions"]] == [
        ("said", "asserts"),
        ("denied", "asserts"),
    ]
    assert record["decided"] == {"attributions": 0, "of": 2}


def test_what_is_written_is_what_training_reads(fresh_ledger: Ledger) -> None:
    corrections = pytest.importorskip("sayso.train.corrections", reason="needs the extra: pip install 'sayso[train]'")
    import json

    text, build = nested()
    fresh_ledger.store(received(text), build.reading)
    claims = ids(fresh_ledger)
    source = (span(text, "Ivo"),)
    say(fresh_ledger, "correct", claims["Ivo Brandt"], correction=Correction(source=source))
    say(fresh_ledger, "confirm", claims["The mayor"])
    examples, bad = corrections.corrections(json.dumps(r).encode() for r in fresh_ledger.corrections())
    assert bad == []
    ((example),) = examples
    assert [relation.level for relation in example.relations] == [0, 1, 0]
    ((start, end),) = example.relations[2].source
    assert text[start:end] == "Ivo"


# What two decide at once


def test_who_has_not_seen_what_holds_is_told_and_can_decide_then(ledger: Ledger) -> None:
    about = ids(ledger)["Mara Lind"]
    first = say(ledger, "confirm", about, user="mara", seen=0)
    with pytest.raises(UsageError, match=rf"^mara has decided on this meanwhile: decision {first} \(confirm: "):
        say(ledger, "reject", about, user="ivo", seen=0)
    assert ledger.claim(about).row.decision == "confirm"
    second = say(ledger, "reject", about, user="ivo", seen=first)
    with pytest.raises(UsageError, match="you have decided on this meanwhile"):
        say(ledger, "confirm", about, user="ivo", seen=first)
    deciding.undo(ledger, Judgement("reject", about, "ivo"))
    deciding.undo(ledger, Judgement("confirm", about, "mara"))
    with pytest.raises(UsageError, match="has been taken back meanwhile"):
        say(ledger, "confirm", about, user="ivo", seen=second)
    assert ledger.claim(about).row.decision is None


def test_the_same_sent_twice_is_one_decision(ledger: Ledger) -> None:
    about = ids(ledger)["Mara Lind"]
    assert say(ledger, "confirm", about, seen=0) == say(ledger, "confirm", about, seen=0)
