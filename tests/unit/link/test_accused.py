"""Whose side an accusation is of, and denials that are led to accusations in other reports. All names are invented."""

import pytest
from tests.unit.link.claims import claim
from tests.unit.link.test_relations import links, related

from sayso.link.accused import home, is_of_side, whom
from sayso.link.denials import Wording

NORVIA = frozenset(["norvian", "orvist"])


@pytest.mark.parametrize(
    ("who", "denier", "same"),
    [
        ("the STATE", "the STATE", True),
        ("the STATE", "a STATE source", True),
        ("the STATE", "a STATE spokesman", True),
        ("the Norvian STATE", "the STATE", True),
        ("The STATE", "Norvian STATE", True),
        ("the STATE", "the Keldish STATE", False),
        ("the Keldish STATE", "the STATE", False),
        ("the STATE", "the Free Norvian Front", False),
        ("the STATE", "the Norvian National Coalition", False),
        ("the STATE", "the Norvian Observatory for Human Rights", False),
        ("the STATE", "the Keld Brigade", False),
        ("the STATE", "a witness", False),
        ("the STATE", "the OTHER", False),
        ("the STATE", "Norvian OTHER", False),
        ("the STATE", "an OTHER source", False),
        ("Norvian STATE", "the OTHER", False),
    ],
)
@pytest.mark.parametrize(
    ("state", "other"),
    [("army", "rebels"), ("rebels", "army"), ("government forces", "rebel forces"), ("rebel forces", "military"),
     ("military", "militants"), ("insurgents", "regime")],
)  # fmt: skip
def test_a_side_is_told_by_its_kind_whichever_it_is(who: str, denier: str, same: bool, state: str, other: str) -> None:
    told = [name.replace("STATE", state).replace("OTHER", other) for name in (who, denier)]
    assert is_of_side(*told, NORVIA) is same


@pytest.mark.parametrize(
    ("who", "denier", "same"),
    [
        ("the army", "the government", True),
        ("the Norvian Army", "The Norvian government", True),
        ("the Norvian Air Force", "the government", True),
        ("the army", "Norvia's Ministry of Defence", True),
        ("the army", "the Norvian regime", True),
        ("the army", "Norvian Information Minister Tal Marrik", True),
        ("regime forces", "The Orvist government", True),  # of who rules
        ("the Norvian army", "Norvia", True),
        ("anti-government fighters", "the rebels", True),
        ("anti-government fighters", "the government", False),
        ("the army", "the Free Norvian Army", False),
        ("Keldish jets", "Keldia", True),  # whosever country it is told of
        ("Keldish jets", "the Keldish government", True),
        ("Keldish rebels", "Keldia", False),
        ("Keldish jets", "the Keldish rebels", False),
        ("Keldish jets", "Tarvia", False),
        ("Keld's Brigade", "the Keld Brigade", True),
    ],
)
def test_a_side_is_told_by_name_or_nation(who: str, denier: str, same: bool) -> None:
    assert is_of_side(who, denier, NORVIA) is same


def test_nobodys_army_is_the_army_where_no_nation_is_spoken_of() -> None:
    assert is_of_side("the army", "the government", frozenset())
    assert not is_of_side("the army", "the Keldish government", frozenset())


def test_the_nation_that_is_at_home_is_the_one_whose_army_most_claims_speak_of() -> None:
    told = [
        claim("the Norvian army shelled Orvane", by="activists"),
        claim("that Keldish forces were near", by="the Norvian government"),
        claim("While the army shelled, The Norvian army fled", by="a witness"),
        claim("that Norvian President Hal al-Tarrik ordered it", by="a witness"),
    ]
    assert home(told) == {"norvian", "hal", "al-tarrik"}
    assert home([claim("it rained", by="a witness")]) == frozenset()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the army", ("the army", "")),
        ("the army of shelling the market", ("the army", "of shelling the market")),
        ("Keldish jets, for all to see", ("Keldish jets", ", for all to see")),
        ("that the army had shelled Orvane", None),  # which is told, but not begun with
        ("that the army killed rebels", None),
    ],
)
def test_whom_an_accusation_begins_with(text: str, expected: tuple[str, str] | None) -> None:
    assert whom(claim(text, by="the Keld Brigade", stance="accuses")) == expected


def test_an_outlet_that_accuses_on_its_own_is_no_party() -> None:
    assert whom(claim("the army of shelling", stance="accuses")) is None
    assert whom(claim("the army of shelling", by="the Keld Brigade")) is None


SIDES = [("the Keld Brigade", "the army", "the government"), ("the government", "the Keld Brigade", "the Keld Brigade")]


@pytest.mark.parametrize(("accuser", "accused", "denier"), SIDES)
@pytest.mark.parametrize("denied", ["any responsibility", "that its forces had opened fire", "shelling the market"])
def test_a_denial_answers_an_accusation_in_another_report(accuser: str, accused: str, denier: str, denied: str) -> None:
    """Either side's."""
    blamed = claim(f"{accused} of shelling the market", by=accuser, stance="accuses")
    answer = claim(denied, by=denier, stance="denies", outlet="Keld Times", published="2031-05-05")
    assert (answer.id, blamed.id, "denies") in related(blamed, answer)


@pytest.mark.parametrize(("accuser", "accused", "denier"), SIDES)
@pytest.mark.parametrize(
    "words",
    [
        "that the reports were false",
        "there was no truth to the allegations",
        "the claims of an attack were fabricated by liars",
        "it did not shell the market",
        "that its guns had not fired on the market",
        "We did not do this",
        "that it had nothing to do with the shelling",
    ],
)
def test_who_calls_the_reports_false_denies_the_accusation(accuser: str, accused: str, denier: str, words: str) -> None:
    blamed = claim(f"{accused} of shelling the market", by=accuser, stance="accuses")
    answer = claim(words, by=denier, outlet="Keld Times", published="2031-05-05")
    assert (answer.id, blamed.id, "denies") in related(blamed, answer)


def test_who_is_read_as_denying_reports_as_untrue_denies_the_accusation_too() -> None:
    blamed = claim("the army of shelling the market", by="the Keld Brigade", stance="accuses")
    for text, denies in {
        "the reports that it shelled the market as completely untrue": True,
        "that the reports were false": True,
        "Claims by the rebels that it shelled the market are not true": True,
        "it had nothing to do with the shelling of the market": True,
        "Claims by the rebels that it jailed two men are not true": False,
        "it had nothing to do with the deaths in the prison of Keld": False,
    }.items():
        answer = claim(text, by="the government", stance="denies", outlet="Keld Times", published="2031-05-05")
        assert ((answer.id, blamed.id, "denies") in related(blamed, answer)) is denies


def test_who_denies_a_deed_does_not_deny_that_others_did_it() -> None:
    told = claim("In March last year its gunmen shelled a depot at Tessal", by="the agency", outlet="Tarv Times")
    answer = claim("shelling the depot at Tessal", by="the troops", stance="denies", outlet="Keld Times")
    assert Wording(answer).is_of_another(Wording(told))


def test_who_says_that_the_own_side_did_no_harm_denies_it() -> None:
    blamed = claim("Keldish jets of bombing the market", by="activists", stance="accuses")
    answer = claim(
        "that Keldish planes had not carried out air strikes", by="the Keldish ministry", outlet="Keld Times"
    )
    others = claim(
        "that Tarvian planes had not carried out air strikes", by="the Keldish ministry", outlet="Tarv Times"
    )
    assert (answer.id, blamed.id, "denies") in related(blamed, answer)
    assert related(blamed, others) == set()


@pytest.mark.parametrize(
    "words",
    [
        "that reports that talks had collapsed were false",
        "that the reports spoke of a false flag attack",
        "that the reports were hardly false",
        "that nobody could call the reports false",
        "that the reports spoke of Tessal, which lies there",
        "that the army would not strike first",  # a promise
    ],
)
def test_others_deny_nothing(words: str) -> None:
    blamed = claim("the army of shelling the market", by="the Keld Brigade", stance="accuses")
    assert related(blamed, claim(words, by="the government", outlet="Keld Times")) == set()


@pytest.mark.parametrize("when", ["on Tuesday", "in March"])
def test_a_day_is_no_place(when: str) -> None:
    blamed = claim("the army of shelling the market", by="the Keld Brigade", stance="accuses")
    denied = claim(f"that it had shelled the market {when}", by="the government", stance="denies", outlet="Keld Times")
    assert related(blamed, denied) == {(denied.id, blamed.id, "denies")}


@pytest.mark.parametrize(
    ("accused", "denial", "denier"),
    [
        ("the Keldish army of shelling the market", "any responsibility", "the government"),
        ("the army of gassing the town", "that it had shelled the Tessal market", "the government"),
        ("the army of shelling the market", "similar allegations", "the government"),
        ("the army of shelling the market", "a plea for talks", "the government"),
    ],
)
def test_it_answers_no_accusation_of_another_side_or_of_something_else(accused: str, denial: str, denier: str) -> None:
    told = claim("the Norvian army is near", by="the Norvian government", outlet="Tarv Times")
    more = claim("the Norvian army is nearer", by="a witness", outlet="Tarv Times")
    blamed = claim(accused, by="the Keld Brigade", stance="accuses")
    answer = claim(denial, by=denier, stance="denies", outlet="Keld Times", published="2031-05-05")
    assert not [link for link in links(told, more, blamed, answer) if link.relation == "denies"]


@pytest.mark.parametrize(("accuser", "accused", "denier"), SIDES)
def test_whose_account_is_rejected_is_told_by_name_in_any_report(accuser: str, accused: str, denier: str) -> None:
    owner = accuser.removeprefix("the ")
    blamed = claim(f"{accused} of shelling the market", by=accuser, stance="accuses")
    others = claim(f"{accused} of shelling the market", by="the Tarv Council", stance="accuses", outlet="Tarv Times")
    answer = claim(f"the {owner}'s account", by=denier, stance="denies", outlet="Keld Times", published="2031-05-05")
    assert {link.to for link in links(blamed, others, answer) if link.from_ == answer.id} == {blamed.id}


def test_that_account_is_what_was_just_told() -> None:
    told = claim("that a store had blown up", by="the ministry", article="one", at=1)
    other = claim("that it was cold", by="a witness", article="one", at=0)
    answer = claim("that account", by="the Keld Brigade", stance="denies", article="one", at=2)
    assert related(told, other, answer) == {(answer.id, told.id, "denies")}


@pytest.mark.parametrize("owner", ["the ministry's account", "the ministry’s latest version"])
def test_whose_account_it_is_may_be_told_by_the_kind_of_body(owner: str) -> None:
    told = claim("that a store had blown up", by="Norvia's Ministry of Defence", article="one", at=1)
    answer = claim(owner, by="the Keld Brigade", stance="denies", article="one", at=4)
    assert related(told, answer) == {(answer.id, told.id, "denies")}


def test_few_accusations_are_held_against_a_denial_however_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr("sayso.link.denying.is_of_side", lambda *of: bool(asked.append(of)))
    told = [claim("the army of it", by=f"the Brigade {n}", stance="accuses") for n in range(1_000)]
    assert links(*told, claim("any responsibility", by="the army", stance="denies", published="2031-05-03")) == []
    assert 0 < len(asked) <= 256
