import random
import time
from dataclasses import replace

import numpy as np
import pytest
from tests.unit.link.claims import claim, killed

from sayso.link.relations import relations
from sayso.link.standing import Standing, standing
from sayso.types import ClaimRow, LinkRow, Span

MONITOR, MINISTRY = "the Valdan Observatory", "the Norvian Defence Ministry"
STANCES = ("denies", "accuses")
RAID = "jets hit the crowded market of Orvane on Friday and killed {} people"


def links(*told: ClaimRow, copies: dict[str, str] | None = None, names: dict[str, str] | None = None) -> list[LinkRow]:
    return list(relations(told, [b""] * len(told), names or {}, copies or {}))


def related(*told: ClaimRow, **more: dict[str, str]) -> set[tuple[str, str, str]]:
    return {(link.from_, link.to, link.relation) for link in links(*told, **more)}


def raid(number: int, **more: object) -> ClaimRow:
    return claim(RAID.format(number), figures=(killed(number),), **more)


def test_one_claimant_in_another_report_repeats() -> None:
    first, second = raid(9, by=MONITOR), raid(9, by="the Valdan Observatory monitor", outlet="Keld Times")
    assert related(first, second) == {(second.id, first.id, "repeats")}


def test_what_a_report_says_of_an_outlet_is_that_outlets_word() -> None:
    own, relayed = (
        raid(9, outlet="Keld Times"),
        raid(9, by="the Keld Times", outlet="Harbour Post", published="2031-05-05"),
    )
    assert related(own, relayed) == {(relayed.id, own.id, "repeats")}


def test_an_official_speaks_for_the_body() -> None:
    body, official = raid(9, by=MINISTRY), raid(9, by="Norvian Defence Ministry spokesman Igo Tarrow")
    assert related(body, official) == {(official.id, body.id, "repeats")}


def test_another_party_in_other_words_agrees() -> None:
    one = raid(9, by=MONITOR)
    other = claim(
        "on Friday morning jets struck the crowded market of Orvane, where 9 people were killed",
        by=MINISTRY,
        figures=(killed(9),),
    )
    (link,) = links(one, other)
    assert (link.relation, link.why) == ("agrees", "9 killed")


@pytest.mark.parametrize(("number", "agree"), [("two", False), ("seven", True), ("several", True)])
def test_who_counts_otherwise_does_not_agree_whatever_is_counted(number: str, agree: bool) -> None:
    one = claim("that seven people drowned in Orvane when the dam of Tessal burst on Friday", by=MONITOR)
    other = claim(f"{number} people drowned in floods near Orvane after the Tessal dam had burst", by=MINISTRY)
    assert (related(one, other) == {(other.id, one.id, "agrees")}) is agree


@pytest.mark.parametrize("by", ["a witness", "activists"])
def test_an_unnamed_source_is_no_independent_voice(by: str) -> None:
    one = raid(9, by=MONITOR)
    other = claim(
        "on Friday morning jets struck the crowded market of Orvane, where 9 people were killed",
        by=by,
        figures=(killed(9),),
    )
    assert related(one, other) == set()


def test_an_article_that_copies_is_no_agreement() -> None:
    one = raid(9, by=MONITOR, article="a")
    other = claim(
        "on Friday morning jets struck the crowded market of Orvane, where 9 people were killed",
        by=MINISTRY,
        article="b",
        figures=(killed(9),),
    )
    assert related(one, other, copies={"b": "a"}) == set()


def test_figures_that_cannot_both_hold_differ_and_say_so() -> None:
    first, second = raid(24, by=MONITOR), raid(126, by=MINISTRY)
    (link,) = links(first, second)
    assert (link.from_, link.to, link.relation, link.why) == (second.id, first.id, "differs", "126 killed ≠ 24 killed")


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (raid(126, by=MINISTRY, published="2031-05-06"), raid(24, by=MONITOR)),  # grown
        (raid(126, by=MONITOR), raid(24, by=MONITOR)),  # an update by one claimant
        (raid(30, by=MINISTRY), claim(RAID.format("at least 24"), by=MONITOR, figures=(killed(24, -1),))),
        (raid(30, by=MINISTRY), claim(RAID.format(24), by=MONITOR, figures=(killed(24, who="soldiers"),))),
        (raid(30, by=MINISTRY, place="Keld"), raid(24, by=MONITOR, date="2031-04-11")),
    ],
)  # fmt: skip
def test_figures_that_may_both_hold_do_not_differ(now: ClaimRow, then: ClaimRow) -> None:
    assert "differs" not in {link.relation for link in links(then, now)}


def test_a_lower_figure_on_a_later_day_differs() -> None:
    first, second = raid(126, by=MONITOR), raid(24, by=MINISTRY, published="2031-05-06")
    assert related(first, second) == {(second.id, first.id, "differs")}


def test_a_part_of_another_figure_does_not_differ() -> None:
    whole = claim(
        "15 people died in the raid on the market of Orvane and 6 in the raid on the station",
        by=MONITOR,
        figures=(killed(15), killed(6)),
    )
    part = claim("6 people died in the raid on the market of Orvane", by=MINISTRY, figures=(killed(6),))
    assert "differs" not in {link.relation for link in links(whole, part)}


def test_things_counted_otherwise_differ() -> None:
    one = claim("the attack on the station of Orvane was carried out by two suicide bombers", by=MINISTRY)
    other = claim("the attack on the station of Orvane was carried out by four gunmen", by=MONITOR)
    (link,) = links(one, other)
    assert (link.relation, link.why) == ("differs", "four gunmen ≠ two suicide bombers")


@pytest.mark.parametrize(
    ("told", "by", "denied", "denier", "is_denied"),
    [
        ("that the army had shelled the market", "The rebels", "it", "The army", True),
        ("that the rebels had fired rockets at Orvane", "The ministry", "that", "The rebels", True),
        ("government planes bombed a school", "Residents of Orvane", "the charge", "The government", True),
        ("that the rebels had shelled the market", "The mayor", "it", "The army", False),
        ("that the army would leave Orvane", "The rebels", "it", "The army", False),
        ("that the army had shelled the market", "The rebels", "using poison gas", "The army", False),
    ],
)
def test_a_denial_that_only_points_is_of_what_was_just_said_of_the_denier(
    told: str, by: str, denied: str, denier: str, is_denied: bool
) -> None:
    said = claim(told, by=by, article="a", at=1)
    denial = claim(denied, by=denier, article="a", at=2, stance="denies", event_type=None)
    assert {x.relation for x in links(said, denial)} == ({"denies"} if is_denied else set())


def test_a_bare_denial_is_led_to_what_accuses_the_denier() -> None:
    accusing = claim("Norvian jets bombed the market of Orvane", by=MONITOR, article="a")
    aside = claim("bread is scarce in the town", by="the mayor of Orvane Ilo Marn", article="a", event_type=None)
    denial = claim("any responsibility", by="Norvia", article="a", stance="denies", event_type=None, place="Norvia")
    (link,) = links(accusing, aside, denial)
    assert (link.from_, link.to, link.relation) == (denial.id, accusing.id, "denies")
    assert link.why == "any responsibility ≠ Norvian jets bombed the market of Orvane"


def test_a_denial_answers_an_accusation_before_it_whoever_is_named() -> None:
    accusing = claim("the government of dropping gas on Orvane", by=MONITOR, article="a", stance="accuses")
    denial = claim("the accusation", by="Damar", article="a", stance="denies", event_type=None)
    assert related(accusing, denial) == {(denial.id, accusing.id, "denies")}


def test_whose_account_is_dismissed_is_denied() -> None:
    told = claim("nine shells fell on Orvane", by=MONITOR, article="a")
    others = claim("Norvian shells fell on Keld", by="the Keldian army", article="a", place="Keld")
    denial = claim("the Observatory's reporting as biased", by="Norvia", article="a", stance="denies", event_type=None)
    assert related(told, others, denial) == {(denial.id, told.id, "denies")}


def test_a_refused_plea_denies_nothing() -> None:
    told = claim("Norvian jets bombed the market of Orvane", by=MONITOR, article="a")
    refusal = claim("a plea for a truce in the valley", by="Norvia", article="a", stance="denies", event_type=None)
    assert related(told, refusal) == set()


def test_a_denial_with_content_reaches_other_reports() -> None:
    told = claim("Norvian jets bombed the aid convoy near Orvane", by=MONITOR)
    denial = claim(
        "that Norvian jets bombed the aid convoy near Orvane", by="Norvia", stance="denies", published="2031-05-05"
    )
    assert (denial.id, told.id, "denies") in related(told, denial)


@pytest.mark.parametrize("evidence", ["no evidence of strikes on", "no credible evidence that jets hit"])
def test_no_and_not_contradict(evidence: str) -> None:
    told = claim("jets hit the convoy near Orvane", by=MONITOR)
    against = claim(f"there was {evidence} the convoy near Orvane", by=MINISTRY)
    assert related(told, against) == {(against.id, told.id, "denies")}


def test_who_is_said_dead_and_said_alive() -> None:
    dead = claim("the raid killed the commander Salar Din Orvani", by=MINISTRY)
    alive = claim("Salar Din Orvani is still alive and hides in the hills", by=MONITOR)
    assert related(dead, alive) == {(alive.id, dead.id, "denies")}


def test_militants_are_no_military() -> None:
    """Though the two words begin alike."""
    one = claim("the military of shelling the market of Orvane with rockets", by="the Council", stance="accuses")
    other = claim("militants of shelling the market of Orvane with rockets", by="the Governor", stance="accuses")
    assert {relation for _, _, relation in related(one, other)} == {"denies"}
    denial = claim("using sarin gas in the raid on Orvane market", by="the Norvian military", stance="denies")
    assert related(claim("militants had used sarin gas in the raid on Orvane market", by=MONITOR), denial) == set()


def test_two_who_accuse_different_ones_of_one_act() -> None:
    one = claim("the army of shelling the market of Orvane with rockets", by="the Council", stance="accuses")
    other = claim("rebels of shelling the market of Orvane with rockets", by="the Governor", stance="accuses")
    (link,) = links(one, other)
    assert (link.relation, link.why) == ("denies", "rebels ≠ army")


def test_one_side_under_two_descriptions_is_not_two() -> None:
    one = claim("government forces of shelling the market of Orvane", by="the Council", stance="accuses")
    other = claim("the army of shelling the market of Orvane", by="the Governor", stance="accuses")
    assert "denies" not in {relation for *_, relation in related(one, other)}


def test_what_ones_planes_did_not_do_anothers_may_have_done() -> None:
    told = claim("Tessian jets hit the convoy near Orvane", by=MONITOR)
    against = claim("Tessian jets did not hit the convoy near Orvane", by=MINISTRY)
    assert related(told, against) == {(against.id, told.id, "denies")}
    other = claim("allied bombers hit the convoy near Orvane", by=MONITOR)
    assert related(other, against) == set()


def accusation(who: str, by: str) -> ClaimRow:
    return claim(f"{who} of shelling the market", by=by, article="a", stance="accuses")


def denial_of(text: str, by: str = "Norvia", **more: object) -> ClaimRow:
    return claim(text, by=by, article="a", stance="denies", event_type=None, **more)


def test_those_accusations_are_the_last_ones() -> None:
    first, last = accusation("Norvia", MONITOR), accusation("Norvia", "the Keldian army")
    denial = denial_of("those accusations")
    assert related(first, last, denial) == {(denial.id, last.id, "denies")}
    any_of_them = denial_of("any responsibility")
    assert len(related(first, last, any_of_them)) == 2
    own = claim("Residents were using the bridge", article="a")
    assert related(first, own, denial_of("those accusations")) != set()


def test_what_was_denied_before_is_something_else() -> None:
    told, denial = accusation("Norvia", MONITOR), denial_of("previous accusations that it used such weapons")
    assert related(told, denial) == set()


def test_a_denial_that_names_a_place_is_of_what_names_it() -> None:
    told = claim("Norvian jets bombed the market of Orvane", by=MONITOR, article="a")
    elsewhere, there = denial_of("any role in the attack on Keld"), denial_of("any role in the attack on Orvane")
    assert related(told, elsewhere) == set()
    assert related(told, there) == {(there.id, told.id, "denies")}


def test_what_half_of_the_words_say_is_not_denied() -> None:
    denial = claim("that shells hit the school near Keld station", by="Norvia", stance="denies")
    half, most = (claim(f"shells hit the school{where}", by=MONITOR) for where in (" of Orvane", " near Keld"))
    assert related(half, denial) == set()
    assert related(most, denial) == {(denial.id, most.id, "denies")}


def test_what_is_only_looked_into_is_not_denied() -> None:
    denial = claim("that Norvian jets bombed the aid convoy near Orvane", by="Norvia", stance="denies")
    for looks in ("experts would investigate", "it had begun investigating", "experts started to investigate"):
        asked = claim(f"{looks} how Norvian jets bombed the aid convoy near Orvane", by=MONITOR)
        assert related(asked, denial) == set()
    found = claim("investigators concluded that Norvian jets bombed the aid convoy near Orvane", by=MONITOR)
    assert related(found, denial) == {(denial.id, found.id, "denies")}


def test_who_denies_one_act_does_not_deny_what_is_said_of_many() -> None:
    denial = denial_of("responsibility for that attack")
    often, once = (
        claim(f"Norvian jets bombed markets {when}", by=MONITOR, article="a")
        for when in ("on multiple occasions", "on Friday")
    )
    assert related(often, denial) == set()
    assert related(once, denial) == {(denial.id, once.id, "denies")}


def test_a_name_states_nothing_that_could_be_denied() -> None:
    name, threat = (claim(words, by="Igo Tarrow", article="a") for words in ("the Keld Dockers Party", "we will fight"))
    headline = claim("Norvian Jets Bombed Orvane Market", by=MONITOR, article="a", at=1)
    assert related(headline, denial_of("the accusation", at=2)) != set()
    denial = claim("Tarrow's statement as unjustified", by=MINISTRY, stance="denies", article="a", at=3)
    assert related(name, denial) == set()
    assert related(threat, denial) == {(denial.id, threat.id, "denies")}


@pytest.mark.parametrize(
    ("denier", "who", "denied"),
    [
        ("the Norvian government", "government forces had", True),
        ("the Norvian government", "rebels had", False),
        ("the Hill rebels", "the rebels had", True),
        ("the Hill rebels", "government forces had", False),
        ("Norvia", "Norvian pilots", True),
        ("Norvia", "rebels had", False),
        ("the Hill Front", "the army had", False),
    ],
)
def test_what_others_are_said_to_have_done_is_not_denied(denier: str, who: str, denied: bool) -> None:
    what = "sarin gas in the raid on Orvane market"
    denial, told = claim(f"using {what}", by=denier, stance="denies"), claim(f"{who} used {what}", by=MONITOR)
    assert (related(told, denial) == {(denial.id, told.id, "denies")}) is denied


def test_a_denial_meets_those_to_whom_something_was_done() -> None:
    denial = claim("killing ten people in the raid on Orvane market", by="the Hill Front", stance="denies")
    told = claim("ten people were killed in the raid on Orvane market", by=MONITOR)
    assert related(told, denial) == {(denial.id, told.id, "denies")}


@pytest.mark.parametrize(("own", "other"), [("army", "rebels"), ("fighters", "government forces")])
def test_one_s_own_army_and_one_s_own_fighters_did_not_do_what_the_other_side_s_did(own: str, other: str) -> None:
    what = "sarin gas in the raid on Orvane market"
    denial = claim(f"our {own} did not use {what}", by="the Hill Front")
    told, same = (claim(f"{who} had used {what}", by=MONITOR) for who in (other, own))
    assert related(told, denial) == set()
    assert related(same, denial) == {(denial.id, same.id, "denies")}


def test_who_foretells_a_denial_is_not_denied() -> None:
    told = claim("Norvian jets bombed the market of Orvane", by="the Hill Council", article="a", at=1)
    holder = claim("Norvia will surely deny any responsibility", by="the Hill Council", article="a", at=2)
    chain = ("Harbour Post", "the Hill Council", "Norvia")
    foretold, relayed = (denial_of("any responsibility", chain=chain, at=at) for at in (2, 3))
    assert "denies" not in {relation for *_, relation in related(told, holder, foretold)}
    assert (relayed.id, told.id, "denies") in related(told, holder, relayed)


def test_one_of_several_who_deny_together_is_not_denied() -> None:
    told = claim("Norvian jets bombed a depot of Orvane", by="Norvia", article="a")
    denial = denial_of("any responsibility", by="Norvia and its allies")
    assert related(told, denial) == set()
    other = claim("Norvian jets bombed a depot of Orvane", by="the UN", article="a")
    assert related(other, denial_of("any responsibility", by="Norvia and Sarvia")) != set()


@pytest.mark.parametrize(
    "given", ["{}, a monitor said", "According to residents {}", "There have been reports that {}"]
)
def test_what_an_outlet_has_from_others_is_not_its_own_word(given: str) -> None:
    act = "Norvian jets bombed the aid convoy near Orvane"
    denial = claim(f"that {act}", by="Norvia", stance="denies")
    own, relayed = claim(act), claim(given.format(act))
    assert related(own, denial) == {(denial.id, own.id, "denies")}
    assert related(relayed, denial) == set()
    toll = raid(24, by=MONITOR)
    for says, differs in ((RAID, True), (given.format(RAID), False)):
        other = claim(says.format(126), figures=(killed(126),))
        assert ("differs" in {link.relation for link in links(toll, other)}) is differs


def test_who_hands_on_what_another_says_is_not_denied() -> None:
    act = "Norvian jets bombed the market of Orvane"
    relayed = claim(f"Ilo Marn said that {act}", by="Radio Keld", article="a", at=1)
    said = replace(claim(act, article="a", chain=("Harbour Post", "Radio Keld", "Ilo Marn")), spans=relayed.spans)
    denial = denial_of("any responsibility", at=2)
    assert {link.to for link in links(relayed, said, denial) if link.relation == "denies"} == {said.id}
    own = replace(relayed, text=f"she had learned that {act}")
    assert {link.to for link in links(own, said, denial) if link.relation == "denies"} == {own.id, said.id}


def test_who_denies_twice_in_a_report_denies_a_claim_once() -> None:
    told = claim("Norvian jets bombed the market of Orvane", by=MONITOR, article="a")
    caption, body = denial_of("responsibility"), denial_of("any responsibility")
    assert related(told, caption, body) == {(caption.id, told.id, "denies")}


def test_what_somebody_else_insists_is_not_said_here() -> None:
    told = claim("government forces of gassing Orvane", by="the Council", stance="accuses")
    cleared = claim("government forces were not behind the gassing of Orvane", by=MINISTRY)
    assert (cleared.id, told.id, "denies") in related(told, cleared)
    found = claim("bodies lay in the fumes which government forces insist were not their doing", by="Ilo Marn")
    assert related(told, found) == set()


def test_presidents_are_not_the_army_whose_doing_is_denied() -> None:
    denial = claim("that its army did not use chemical weapons in Orvane", by="the regime", stance="denies")
    told = claim("the army had used chemical weapons in Orvane", by=MONITOR)
    other = claim("presidents attacked each other over chemical weapons in Orvane", by=MONITOR)
    assert related(told, denial) == {(denial.id, told.id, "denies")}
    assert related(other, denial) == set()


def test_a_name_before_the_word_of_denying_is_the_denier_s() -> None:
    told = claim("the Keldian army shelled a market in Norvia", by=MONITOR, article="a", at=1)
    whole = denial_of("Norvia … involvement", by="the Keldian army", at=2)
    start = whole.spans[0].start
    parts = (Span(start, start + 6, "Norvia"), Span(start + 20, start + 31, "involvement"))
    assert related(told, whole) == {(whole.id, told.id, "denies")}
    assert related(told, replace(whole, spans=parts)) == set()


def test_figures_of_nobody_differ_from_none() -> None:
    toll, nobodys = raid(24, by=MONITOR), raid(126, chain=("Harbour Post", "the ministry", None))
    assert related(toll, nobodys) == set()


def test_that_attack_is_another_than_one_elsewhere_in_the_article() -> None:
    here = claim("the raid on Keld wounded 15 people", by=MONITOR, article="a", place="Keld", figures=(killed(15),))
    there = claim("the raid wounded 10 people", by=MINISTRY, article="a", place="Sarn", figures=(killed(10),))
    that = replace(there, text="10 people were wounded in that raid")
    assert "differs" in {link.relation for link in links(here, there)}
    assert "differs" not in {link.relation for link in links(here, that)}


def test_an_office_and_its_head_are_no_two_who_count() -> None:
    office, head = "the health directorate in Orvane province", "Ilo Marn, head of Orvanes health authority"
    assert related(raid(24, by=office), raid(126, by=head)) == set()
    one, other = "the Orvane opposition council", "the Orvane government council"
    assert related(raid(24, by=one), raid(126, by=other)) != set()
    assert related(raid(24, by="the health ministry"), raid(126, by=head)) != set()


def test_a_side_that_gives_a_figure_twice_in_a_report_differs_once() -> None:
    toll, headline, body = (
        raid(24, by=MONITOR),
        raid(126, by=MINISTRY, article="b"),
        raid(126, by=MINISTRY, article="b"),
    )
    assert related(toll, headline, body) == {(headline.id, toll.id, "differs")}


def test_a_copy_does_not_differ_from_what_it_copies() -> None:
    one, other = raid(24, by=MONITOR, article="a"), raid(126, by=MINISTRY, article="b")
    assert related(one, other) == {(other.id, one.id, "differs")}
    assert related(one, other, copies={"b": "a"}) == set()


@pytest.mark.parametrize("words", ["it", "the charge", "as a lie that jets struck the crowded market of Orvane"])
@pytest.mark.parametrize(
    ("origin", "copy"),
    [("2031-05-04", "2031-05-05"), ("2031-05-04T18:00:00Z", "2031-05-04"), ("2031-05-05", "2031-05-04")],
    ids=["later", "of the day", "dated before"],
)
def test_a_denial_in_a_copy_is_the_origins(words: str, origin: str, copy: str) -> None:
    """Also one of few words; and where the copy has no hour, or an earlier day than the agency's own dispatch."""
    rows = [
        row
        for article, day in (("b", origin), ("a", copy), ("c", "2031-05-06"))
        for row in (
            claim(
                "that the air force of Norvia struck the crowded market of Orvane",
                by=MONITOR,
                article=article,
                published=day,
                stance="accuses",
            ),
            claim(words, by="the air force of Norvia", article=article, published=day, stance="denies"),
        )
    ]
    said = {
        text: np.random.default_rng(n).normal(size=384).astype(np.float16).tobytes()
        for n, text in enumerate(sorted({row.text for row in rows}))
    }
    found = list(relations(rows, [said[row.text] for row in rows], {}, {"a": "b", "c": "a"}))
    repeats = {(x.from_, x.to) for x in found if x.relation == "repeats"}
    (accused, denied), (again, copied), (more, last) = rows[:2], rows[2:4], rows[4:]
    assert {(again.id, accused.id), (copied.id, denied.id)} < repeats
    assert {x for x, _ in repeats} == {again.id, copied.id, more.id, last.id}
    assert {(x.from_, x.to) for x in found if x.relation == "denies"} == {(denied.id, accused.id)}


def test_at_least_is_meant_where_a_headline_leaves_it_out() -> None:
    headline = raid(24, by=MONITOR, article="a")
    body = claim(RAID.format("at least 24"), by=MONITOR, article="a", figures=(killed(24, -1),))
    more = raid(30, by=MINISTRY)
    assert "differs" in {link.relation for link in links(headline, more)}
    assert "differs" not in {link.relation for link in links(headline, body, more)}
    others = claim(RAID.format("at least 24"), by=MONITOR, article="a", figures=(killed(24, -1, who="soldiers"),))
    assert "differs" in {link.relation for link in links(headline, others, more)}


@pytest.mark.parametrize("mark", ["", '"', "‘"])
def test_two_who_deny_do_not_deny_each_other(mark: str) -> None:
    denial = claim("that its forces fired on the market of Orvane", by=MINISTRY, stance="denies")
    told = claim(f"{mark}forces fired on the market of Orvane", by="Colonel Odar Venn")
    assert related(denial, told) == {(denial.id, told.id, "denies")}
    other = claim(f"{mark}No forces fired on the market of Orvane", by="Colonel Odar Venn")
    assert "denies" not in {relation for *_, relation in related(denial, other)}


def test_a_day_of_the_month_counts_nothing() -> None:
    one = claim("31 October brought shells to the market of Orvane", by=MONITOR)
    other = claim("30 October brought shells to the market of Orvane", by=MINISTRY)
    assert "differs" not in {relation for *_, relation in related(one, other)}


def test_exchanging_parties_exchanges_the_links() -> None:
    def told(a: str, b: str) -> list[ClaimRow]:
        return [
            claim(f"{a}n jets bombed the market of Orvane", by=f"the {b}n army", article="a", at=1),
            claim("any involvement", by=a, article="a", stance="denies", event_type=None, at=2),
            claim(f"{b}n guns shelled the market of Orvane", by=f"the {a}n army", article="a", at=3),
        ]

    def shape(claims: list[ClaimRow]) -> list[tuple[int, int, str]]:
        at = {c.id: n for n, c in enumerate(claims)}
        return [(at[link.from_], at[link.to], link.relation) for link in links(*claims)]

    assert shape(told("Norvia", "Keldia")) == shape(told("Keldia", "Norvia")) != []


def test_the_order_in_which_claims_come_does_not_matter() -> None:
    told = [
        raid(n % 7 + 1, by=by, published=f"2031-05-{n % 9 + 1:02}")
        for n, by in enumerate([MONITOR, MINISTRY, "a witness"] * 20)
    ]
    shuffled = random.Random(5).sample(told, len(told))
    assert links(*told) == links(*shuffled)


def test_embeddings_count_beside_words() -> None:
    told = [
        claim("the bazaar was struck from above", by=MONITOR),
        claim("the market came under attack by jets", by=MONITOR),
    ]
    same = np.ones(384, np.float16).tobytes()
    assert not list(relations(told, [b"", b""], {}, {}))
    told = [
        claim("jets struck the bazaar of Orvane", by=MONITOR),
        claim("jets struck the market of Orvane", by=MONITOR),
    ]
    assert [link.relation for link in relations(told, [same, same], {}, {})] == ["repeats"]


def test_a_bad_embedding_is_none() -> None:
    told = [raid(9, by=MONITOR), raid(9, by=MONITOR)]
    broken = [np.full(384, np.nan, np.float16).tobytes(), b"short"]
    assert [link.relation for link in relations(told, broken, {}, {})] == ["repeats"]


def test_many_claims_have_few_links_and_take_time_in_proportion() -> None:
    def seconds(number: int) -> float:
        told = [
            raid(n % 40 + 1, by=f"the Number {n % 50} Watch", published=f"2031-05-{n % 28 + 1:02}")
            for n in range(number)
        ]
        start = time.process_time()
        assert len(links(*told)) <= 6 * number
        return time.process_time() - start

    assert seconds(1600) < 10 * seconds(400) + 0.5


def test_hostile_texts_end() -> None:
    texts = [piece * 9000 for piece in ("was not ", "a of ", "1 b ", "’s ")]
    told = [claim(text, by=by, stance=stance) for text in texts for by in (MONITOR, MINISTRY) for stance in STANCES]
    start = time.process_time()
    links(*told)
    assert time.process_time() - start < 5


def test_nothing_comes_of_nothing() -> None:
    assert links() == []


@pytest.mark.parametrize("number", ["ſix", "nıne", "fİve"])
def test_what_only_looks_like_a_number_counts_nothing(number: str) -> None:
    told = raid(9, by=MONITOR), claim(f"jets hit {number} lorries in the crowded market of Orvane", by=MINISTRY)
    assert "differs" not in {relation for _, _, relation in related(*told)}


def test_standing_counts_origins_and_claimants() -> None:
    one, copy = raid(9, by=MONITOR, article="a"), raid(9, by=MONITOR, article="b")
    other = claim(
        "on Friday morning jets struck the crowded market of Orvane, where 9 people were killed",
        by=MINISTRY,
        article="c",
        figures=(killed(9),),
    )
    against = raid(20, by="the Keldian army", article="d")
    told = [one, copy, other, against]
    found = standing(told, links(*told, copies={"b": "a"}), {"b": "a"})
    assert found[one.id] == found[copy.id] == found[other.id] == Standing(2, 1, 2, 1)
    assert found[against.id] == Standing(1, 2, 1, 2)


def test_what_one_side_says_in_many_reports_is_one_origin() -> None:
    told = [raid(9, by=MONITOR, outlet=f"Paper {n}") for n in range(5)]
    assert {s.origins_for for s in standing(told, links(*told), {}).values()} == {1}


def test_of_claims_in_the_same_words_the_earliest_is_repeated() -> None:
    said = "shells fell upon the fish market of Orvane while nurses ran through the smoke towards the harbour"
    meaning = np.random.default_rng(7).normal(size=384).astype(np.float16).tobytes()
    for copies in (2, 19, 23, 41, 90):  # of which numpy multiplies the vectors in ways of its own
        rows = [claim(said, article=f"a{n:02}", published=f"2031-05-{1 + n // 4:02}") for n in range(copies)]
        links = relations(rows, [meaning] * copies, {}, {})
        assert {link.to for link in links if link.relation == "repeats"} == {rows[0].id}
