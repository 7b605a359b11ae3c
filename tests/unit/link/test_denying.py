"""What a denial denies: what its own report just told of the same side's doing. All names are invented."""

import time
from dataclasses import replace

import pytest
from tests.unit.link.claims import claim
from tests.unit.link.test_relations import related

from sayso.link.accused import doers, tells_only_of_deed, told_of
from sayso.link.denials import Wording
from sayso.types import ClaimRow, Span

ACCUSED = [  # what is told of a side, the side, and another that denies the same
    ("that {} warplanes bombed a market in Orvane and killed nine people", "government"),
    ("an {} plane bombed a market in Orvane", "army"),
    ("An air strike by the {} on a market in Orvane killed nine people", "army"),
    ("nine people died when {} shells hit a market in Orvane", "rebel"),
    ("The death toll from a {} bombing of a market in Orvane rose to nine", "rebel"),
    ("that a market in Orvane had been shelled by {} troops", "government"),
]
OF = {"government": ("The government", "The rebels"), "army": ("The army", "The militants"),
      "rebel": ("The rebels", "The army")}  # fmt: skip


def told_and_answered(text: str, denier: str, denied: str, **more: object) -> tuple[ClaimRow, ClaimRow]:
    """A monitor's claim, and who denies what right behind it."""
    return (
        claim(text, by="the Valdan Observatory", article="a", at=0),
        claim(denied, by=denier, article="a", at=1, stance="denies", event_type=None, **more),
    )


def denies(told: ClaimRow, answer: ClaimRow, *others: ClaimRow) -> bool:
    return (answer.id, told.id, "denies") in related(told, answer, *others)


@pytest.mark.parametrize(
    "denied",
    ["hitting a market", "that it had carried out any strike on a market in Orvane", "having bombed Orvane",
     "the report as fabricated", 'that claim "a lie"'],
)  # fmt: skip
@pytest.mark.parametrize(("text", "side"), ACCUSED)
def test_who_did_it_may_be_told_by_any_word_for_the_side(text: str, side: str, denied: str) -> None:
    own, other = OF[side]
    assert denies(*told_and_answered(text.format(side), own, denied))
    if not denied.endswith(("fabricated", 'lie"')):
        assert not denies(*told_and_answered(text.format(side), other, denied))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("that government warplanes bombed the market on Monday", {"government warplanes"}),
        ("The army's guns in Orvane were shelling Tessal", {"army's guns"}),
        ("six died in a church burned by gunmen", {"gunmen"}),
        ("the drones had been supplied by Keldia", {"Keldia"}),
        ("the market had been hit by shells of the Keld Brigade, an ally", {"shells of the Keld Brigade"}),
        ("ten rebels killed in a raid on the army base", set()),  # to whom it was done
        ("a town held by the army was hit", set()),
        ("the attack was condemned by the army", set()),
        ("a hospital supported by the army was full", set()),
        ("a school used by the army was full", set()),
        ("gas used by the army", {"the army"}),
        ("lorries protected by the army", set()),
        ("people displaced by the army", set()),
        ("food provided by the UN", set()),
        ("many were stricken by cholera, others killed by cholera", set()),
        ("Friday's attack", set()),
        ("the deaths were caused in an ambush carried out by rebels", {"rebels"}),
        ("the town was attacked by the army", {"the army"}),
        ("an air strike hit the market", set()),  # the air is no state's
        ("In northern Norvia an airstrike killed ten people", set()),
    ],
)
def test_who_is_said_to_have_done_harm(text: str, expected: set[str]) -> None:
    assert {who for who in doers(text) if who} == expected


def test_whom_an_acronym_stands_for_is_blamed_behind_by() -> None:
    told = "that the drones over Orvane had been supplied by the United Keldish Emirates"
    assert denies(*told_and_answered(told, "the United Keldish Emirates", "the allegation"))
    assert not denies(
        claim("that the drones had flown from the United Keldish Emirates", by="a witness", article="a", at=0),
        claim("any role", by="the Tarv Brigade", article="a", at=1, stance="denies"),
    )


@pytest.mark.parametrize(
    ("denied", "same"), [("that its troops had been slow to act", True), ("that its troops had left", False)]
)
def test_what_is_told_of_a_side_and_denied_need_be_no_harm(denied: str, same: bool) -> None:
    told = "the army had been slow to react to the raid on Orvane"
    assert denies(*told_and_answered(told, "the army", denied)) is same
    assert not denies(*told_and_answered(told, "the rebels", denied))


@pytest.mark.parametrize(("text", "of"), [("that the army had been slow", "the army "), ("it rained", "")])
def test_of_whom_something_is_told(text: str, of: str) -> None:
    assert told_of(text) == of


@pytest.mark.parametrize(
    "denied",
    ["that accusation", "the claim", "its findings", "the report as fabricated", "the statement absurd",
     "that version as “a cynical lie”"],
)  # fmt: skip
def test_that_account_is_the_one_before_it_and_no_other_reports(denied: str) -> None:
    told, answer = told_and_answered("an army plane bombed the market of Orvane", "the army", denied)
    elsewhere = claim(
        "the army of hiding among the people", by="the Keld Brigade", stance="accuses", outlet="Tarv Times"
    )
    found = related(elsewhere, told, answer)
    if denied != "the claim":
        assert (answer.id, elsewhere.id, "denies") not in found
    assert (answer.id, told.id, "denies") in found


def test_what_others_said_before_the_same_side_spoke_is_not_pointed_at() -> None:
    told = claim("that five people had died in the fog", by="a doctor", article="a", at=0)
    own = claim("that the road was open", by="the army", article="a", at=1)
    answer = claim("the statement as absurd", by="the army", article="a", at=2, stance="denies", event_type=None)
    assert denies(told, answer)
    assert not denies(told, answer, own)
    body = claim("that the road was open", by="the Keld Front", article="a", at=1)
    theirs = claim("the statement as absurd", by="Its spokesman, Ilo Marn", article="a", at=2, stance="denies")
    assert not denies(told, theirs, body)


def test_the_allegations_are_everybodys() -> None:
    elsewhere = claim("the army of shelling the market", by="the Keld Brigade", stance="accuses", outlet="Tarv Times")
    for denied, of_all in {"the allegations as fabricated": True, "the allegation as fabricated": False}.items():
        told, answer = told_and_answered("an army plane bombed the market of Orvane", "the army", denied)
        assert denies(told, answer, elsewhere)
        assert denies(elsewhere, answer, told) is of_all
        assert denies(elsewhere, answer)  # where the report tells of none


def test_a_report_is_of_what_it_told_of_the_side_though_more_is_said_since() -> None:
    told = claim("that the army bombed the market of Orvane", by="the inquiry", article="a", at=0)
    more = [claim("that it was raining", by=f"the Brigade {n}", article="a", at=n) for n in range(1, 6)]
    report, criticism = (
        claim(words, by="the army", article="a", at=9, stance="denies")
        for words in ("the report as false", "the criticism as ignorant")
    )
    assert denies(told, report, *more)
    assert denies(more[-1], criticism, told, *more[:-1])


def test_nothing_that_was_said_on_a_later_day_is_answered() -> None:
    answer = claim("shelling the market of Orvane", by="the army", stance="denies", published="2031-05-04T18:00:00")
    for day, answered in {"2031-05-03": True, "2031-05-04": True, "2031-05-05": False}.items():
        blamed = claim("the army of shelling the market of Orvane", by="the Keld Brigade", stance="accuses",
                       outlet="Tarv Times", published=day)  # fmt: skip
        assert denies(blamed, answer) is answered


def test_nor_what_says_the_same_on_a_later_day() -> None:
    answer = claim("that Norvian jets bombed the aid convoy near Orvane", by="Norvia", stance="denies")
    later = claim("Norvian jets bombed the aid convoy near Orvane", by="a monitor", published="2031-05-06")
    assert not denies(later, answer)


@pytest.mark.parametrize(
    ("denied", "now"),
    [
        ("involvement", True),
        ("involvement at the time", False),
        ("targeting civilians in the past", False),
        ("targeting civilians in the", False),
        ("any role in an attack of 2029", False),
        ("any role in the attack of May 2031", True),
        ("that it had used gas, not in the past and not now", True),
    ],
)
def test_what_was_denied_in_the_past_answers_nothing_of_now(denied: str, now: bool) -> None:
    told = claim("the army of using gas in Orvane", by="the Keld Brigade", article="a", at=0, stance="accuses")
    assert denies(told, claim(denied, by="the army", article="a", at=1, stance="denies", event_type=None)) is now


# Whoever it is.
NAMED_OR_ARMED = [
    *("Keld", "KBF", "Norvian", "Free Keld", "terrorist", "settler", "coalition", "separatist", "jihadist", "rebel"),
    *("paramilitary", "army", "militia", "police", "government"),
]


@pytest.mark.parametrize(
    ("text", "nobody"),
    [
        ("the attack on Orvane", True),
        ("the shelling of Orvane", True),
        ("Friday's cowardly attack on an army post", True),
        ("the Norvian attack on Orvane", False),
        *((f"the {side} attack on a bridge", False) for side in NAMED_OR_ARMED),
        *((f"{whose} airstrikes on a bridge", False) for whose in ("the junta's", "the peacekeepers'", "Orvist's")),
        *((f"{when} attack on a bridge", True) for when in ("Friday's", "the May", "Yesterday's", "last night's")),
        ("Deadly attack on a bridge", True),
        ("Keld attack on a bridge", False),
        ("the Orvane attack", True),  # where it was
        ("the attack carried out by rebels", False),
        ("the attack on lorries protected by the army", True),
        ("the rebels' attack on Orvane", False),
        ("the shelling of Orvane by Keldish jets", False),
        ("the use of gas by the army", False),
        ("Norvia for its attack", False),
        ("the army of a massacre", False),
    ],
)
def test_who_condemns_a_deed_accuses_those_whose_it_is_said_to_be(text: str, nobody: bool) -> None:
    assert tells_only_of_deed(text, "Orvane") is nobody
    told = claim(text, by="the governor", article="a", at=0, stance="accuses", place="Orvane")
    assert Wording(told).accuses is not nobody
    if nobody:
        assert not denies(told, claim("the accusations", by="the rebels", article="a", at=1, stance="denies"))


def test_who_says_that_the_own_side_did_no_harm_answers_what_the_report_told() -> None:
    told = claim("that the Keld Brigade shelled the market of Orvane", by="a monitor", article="a", at=0)
    answer = claim('"We did not shell the market"', by="the Keld Brigade", article="a", at=1)
    other = claim('"We did not shell the market"', by="the Tarv Front", article="a", at=2)
    assert denies(told, answer)
    assert not denies(told, other)


@pytest.mark.parametrize("piece", ["attack by ", "had been ", "by by ", "killed ", "the reports of ", "not false, "])
def test_a_long_hostile_claim_takes_no_longer_than_a_short_one(piece: str) -> None:
    begin = time.process_time()
    for stance in ("denies", "accuses", "asserts"):
        said = Wording(claim(piece * 100_000, by="the army", stance=stance))
        assert isinstance((said.doers, said.points, said.accuses, said.of_former), tuple)
    assert time.process_time() - begin < 1


def test_a_charge_is_what_its_own_sentence_says_before() -> None:
    far, near = (
        replace(
            claim(f"the army of shelling the {what}", by=by, stance="accuses", article="a", at=number),
            spans=(Span(start, start + 30, "x" * 30),),
        )
        for number, (what, by, start) in enumerate((("market", "a doctor", 100), ("church", "the Keld Front", 400)))
    )
    answer = claim("a charge", by="the army", stance="denies", article="a", at=2, event_type=None)
    answer = replace(answer, spans=(Span(440, 448, "a charge"),))
    assert related(far, near, answer) >= {(answer.id, near.id, "denies")}
    assert not any(other == far.id for _, other, _ in related(far, near, answer))


@pytest.mark.parametrize(("place", "expected"), [("Orvane", True), ("Tessal", False), (None, False)])
def test_a_town_that_is_denied_may_be_where_the_other_claim_is_at(place: str | None, expected: bool) -> None:
    told = claim("the army of shelling a market", by="a doctor", article="a", at=0, stance="accuses", place=place)
    answer = claim("that it had shelled a market in Orvane", by="The army", article="b", at=0, stance="denies")
    assert denies(told, answer) == expected


@pytest.mark.parametrize(
    ("told", "by"),
    [
        ("Shells fired by the army killed 14 people at a market in Orvane", "the mayor"),
        ("that army guns had shelled a market in Orvane", "a rescue service"),
        ("that rebel shells had hit a market in Orvane", "the governor"),
    ],
)
def test_who_denies_a_deed_answers_those_who_told_of_it_in_other_reports(told: str, by: str) -> None:
    own, other = ("The rebels", "The army") if "rebel" in told else ("The army", "The rebels")
    said = claim(told, by=by, article="a", at=0)
    for denier, expected in ((own, True), (other, False)):
        answer = claim("that it had shelled a market", by=denier, article="b", at=0, stance="denies", place=None)
        assert denies(said, answer) is expected


@pytest.mark.parametrize(
    "answer",
    [
        claim("that it had shelled a school", by="The army", article="b", at=0, stance="denies"),
        claim("any responsibility", by="The army", article="b", at=0, stance="denies"),
        claim("that it had shelled a market in Tessal", by="The army", article="b", at=0, stance="denies"),
        claim("that it had shelled a market", by="The army", article="b", at=0, stance="denies", date="2031-04-20"),
        claim("that rebels had shelled a market", by="The army", article="b", at=0, stance="denies"),
        claim("that it had used gas at a market", by="The army", article="b", at=0, stance="denies"),
        claim("that it had been warned of the attack on a market", by="The army", article="b", at=0, stance="denies"),
        claim("that its soldiers had been shelled at a market", by="The army", article="b", at=0, stance="denies"),
        claim("that it had shelled another market", by="The army", article="b", at=0, stance="denies"),
        claim("that it had shelled the market of Tessal", by="The army", article="b", at=0, stance="denies"),
    ],
    ids=[
        "of something else",
        "of nothing named",
        "elsewhere",
        "of another day",
        "others' doing",
        "gas",
        "a warning",
        "as victims",
        "another",
        "another town's",
    ],
)
def test_nor_is_a_deed_meant_that_may_be_another(answer: ClaimRow) -> None:
    told = claim("Army shells killed 14 people at a market", by="the mayor", article="a", at=0, date="2031-05-04")
    assert not denies(told, answer)


def test_who_is_accused_in_so_many_words_denies_that_and_not_what_else_is_told() -> None:
    told = claim("Army shells killed 14 people at a market", by="the mayor", article="a", at=0)
    accuses = claim("the army of shelling a market", by="a monitor", article="c", at=0, stance="accuses")
    answer = claim("that it had shelled the market", by="The army", article="b", at=0, stance="denies")
    assert denies(accuses, answer, told)
    assert not denies(told, answer, accuses)


def test_who_blames_a_name_alone_blames_it_for_what_was_just_told() -> None:
    hit = claim("a drone hit a bus near Orvane", by="police", article="a", at=0)
    blames = claim("the Keld Front", by="The governor", article="a", at=1, stance="accuses", event_type=None)
    of_bus = claim("that it had attacked a bus", by="The Keld Front", article="b", at=0, stance="denies")
    of_school = claim("that it had burned a school", by="The Keld Front", article="c", at=0, stance="denies")
    assert denies(blames, of_bus, hit)
    assert not denies(blames, of_school, hit)


@pytest.mark.parametrize(
    "before",
    ["there was no attack in Orvane", "army jets later bombed the school", "the river was calm"],
)
def test_a_name_alone_is_blamed_for_no_harm_but_what_was_surely_told_and_by_nobody_else(before: str) -> None:
    hit = claim(before, by="police", article="a", at=0)
    blames = claim("the Keld Front", by="The governor", article="a", at=1, stance="accuses", event_type=None)
    answer = claim("that it had bombed the school", by="The Keld Front", article="b", at=0, stance="denies")
    assert not denies(blames, answer, hit)
    assert denies(blames, claim("any involvement", by="The Keld Front", article="b", at=0, stance="denies"), hit)


@pytest.mark.parametrize("told", ["Army shells might hit a market", "it was unlikely that army shells hit a market"])
def test_what_is_not_sure_to_have_been_done_is_not_denied(told: str) -> None:
    said = claim(told, by="an analyst", article="a", at=0)
    assert not denies(said, claim("that it had shelled a market", by="The army", article="b", at=0, stance="denies"))


@pytest.mark.parametrize(
    ("denied", "expected"),
    [
        ("that it had shelled the village of Orvane", True),
        ("that it had used gas in Orvane", False),
        ("that it had shelled Tessal", False),
        ("that it had closed the road to Orvane", False),
    ],
)
def test_who_is_accused_of_firing_the_shells_denies_to_have_shelled_the_place(denied: str, expected: bool) -> None:
    told = claim("the army of firing the shells", by="a council", article="a", at=0, stance="accuses")
    assert denies(told, claim(denied, by="The army", article="b", at=0, stance="denies")) is expected
