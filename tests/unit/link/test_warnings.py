"""Warnings: what is one, how long it is open, and which later claims fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from time import process_time

import pytest
from tests.unit.ledger.builders import simple

from sayso.link.predictions import prediction
from sayso.link.warnings import LONGEST_DAYS, blocks, followed, outcome, warnings, wide_places, window
from sayso.types import ClaimRow, Place, Span

ORVANE = ("Orvane", 41.20, 12.30)
SENNATH = ("Sennath", 41.20, 13.30)  # 84 km east


def claim(
    text: str,
    *,
    claimant: str | None = "General Aldo Brenn",
    stance: str = "asserts",
    published: str | None = "2031-05-04",
    place: tuple[str, float | None, float | None] | None = ORVANE,
    name: str = "c1",
    article: str = "a1",
    start: int = 0,
    **more: object,
) -> ClaimRow:
    where, lat, lon = place or (None, None, None)
    row = ClaimRow(
        id=name,
        article=article,
        outlet="Harbour Post",
        published=published,
        claimant=claimant,
        chain=("Harbour Post", claimant),
        stance=stance,
        text=text,
        spans=(Span(start, start + len(text), text),),
        event_type=None,
        certainty=None,
        place=where,
        lat=lat,
        lon=lon,
        date=None,
        figures=(),
        evidence=(),
        story=None,
        origin=None,
        echo_of=None,
        confidence=0.9,
        decision=None,
    )
    return replace(row, **more)


def later(text: str, published: str = "2031-05-10", **more: object) -> ClaimRow:
    """A claim of another article that harm happened."""
    told = {"name": "l1", "article": "b1", "claimant": "a resident"} | more
    return claim(text, published=published, **({"event_type": "ASSAULT", "certainty": "happened"} | told))


WARNING = claim("that militants were massing near Orvane, preparing to launch rocket strikes on the town")


@pytest.mark.parametrize(
    "text",
    [
        "that militants are planning a series of attacks in the province",
        "that the army will soon shell the town",
        "that the rebels would storm the barracks",
        "that an attack is imminent",
        "they are about to launch a new offensive on Orvane",
        "there is a threat of a massacre",
        "that the town will be bombed",
        "that fighters intend to stage a provocation with poison gas",
        "“We’ll retaliate for this,” he said",
        "that sappers were planning to mine the bridge",
        "there is a plan to blow the bridge up",
        "that gangs are preparing to destroy a road bridge",
        "that there is no doubt that an attack is imminent",
        "that it will not be long: an attack is imminent",
    ],
)
def test_words_that_look_ahead_to_harm_are_a_warning(text: str) -> None:
    assert window(claim(text))


@pytest.mark.parametrize(
    "text",
    [
        "that the council will meet to discuss the attack",
        "that elections will be held in June",
        "that an inquiry will be launched into the attack",
        "the death toll is expected to rise after the strike",
        "that the army foiled a plan to attack the town",
        "that the militia will not attack the town",
        "that the two sides will strike a deal",
        "that rockets hit the town",
        "that jets struck men who were plotting an attack",
        "that the airdrops are not imminent after the bombing",
        "to avoid an attack",
        "that plans to destroy chemical weapons were agreed",
        "that the army will destroy what is left of its stockpile",
        "that officers will blow the whistle on the attack",
        "“We have no indication of an imminent attack on Orvane”",
        "“We have no indication at this stage of an imminent attack”",
        "that it saw no sign of an imminent attack",
        "that it did not expect an imminent attack on the town",
        "that they don't see any preparations for an attack",
        "that it had no information on plans to attack the town",
    ],
)
@pytest.mark.parametrize("stance", ["asserts", "plans"])
def test_what_is_about_harm_but_foresees_none_is_no_warning(text: str, stance: str) -> None:
    assert window(claim(text, stance=stance)) is None


def test_the_stance_tells_what_stood_before_the_content() -> None:
    assert window(claim("to strike the two villages", stance="warns"))
    assert window(claim("of new rocket attacks", stance="warns"))
    assert window(claim("to strike the two villages", stance="asserts")) is None
    assert window(claim("to strike the two villages", stance="plans", certainty="happened")) is None


def test_what_could_be_done_is_a_warning_from_one_who_warns() -> None:
    assert window(claim("that the fighters could attack the town", stance="warns"))
    assert window(claim("that the fighters could attack the town")) is None


def test_a_denial_is_no_warning() -> None:
    assert window(claim("that it will attack the town", stance="denies")) is None


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("that the army will attack", "2031-05-18"),
        ("that the army will attack within 48 hours", "2031-05-06"),
        ("that the army will attack in the coming days", "2031-05-11"),
        ("that the army will attack in three weeks", "2031-05-25"),
        ("that the army will attack next week", "2031-05-18"),
        ("that an attack is imminent", "2031-05-11"),
        ("that the army will attack within 900 days", "2031-08-04"),
    ],
)
def test_a_window_closes_as_the_words_say(text: str, until: str) -> None:
    assert window(claim(text)) == (date(2031, 5, 4), date.fromisoformat(until))
    assert (date.fromisoformat(until) - date(2031, 5, 4)).days <= LONGEST_DAYS


def test_a_date_ahead_closes_the_window_and_one_long_past_leaves_none() -> None:
    text = "that the army will attack"
    assert window(claim(text, date="2031-05-09")) == (date(2031, 5, 4), date(2031, 5, 9))
    assert window(claim(text, date="2031-06")) == (date(2031, 5, 4), date(2031, 6, 30))
    assert window(claim(text, date="2030-11-02")) is None
    assert window(claim(text, published=None)) is None


@pytest.mark.parametrize("odd", ["9999-12-31", "0001-01-01", "soon", ""])
def test_odd_dates_are_no_dates(odd: str) -> None:
    assert window(claim("that the army will attack", published=odd)) is None
    assert window(claim("that the army will attack", date=odd)) == (date(2031, 5, 4), date(2031, 5, 18))
    assert blocks(later("rockets hit the town", odd)) == ()


def test_of_warnings_within_one_another_the_fullest_is_kept() -> None:
    outer = claim("that militants plan to attack the town", name="outer")
    inner = claim("to attack the town", claimant="militants", stance="plans", name="inner", start=20)
    assert [c.id for c in warnings([inner, outer])] == ["outer"]


def test_within_a_claim_that_warns_of_nothing_there_is_no_warning() -> None:
    outer = claim("that it plans to attack the town", stance="denies", name="outer")
    inner = claim("to attack the town", stance="plans", name="inner", start=14)
    assert warnings([outer, inner]) == ()
    assert warnings([inner]) == (inner,)


@pytest.mark.parametrize(
    ("given", "place", "harmed", "new"),
    [
        ("2031-05-01", ORVANE, "2031-05-03", False),
        ("2031-05-01", ORVANE, "2031-04-30", True),  # the harm was before
        ("2031-05-01", SENNATH, "2031-05-03", True),  # or elsewhere
        ("2031-05-04", ORVANE, "2031-05-04", True),  # it is given on the day of publication
        (None, ORVANE, "2031-05-03", True),
    ],
)
def test_a_warning_that_is_told_again_after_the_harm_is_no_new_one(
    given: str | None, place: tuple[str, float, float], harmed: str, new: bool
) -> None:
    told = claim("that militants were preparing to attack Orvane", stance="warns", date=given, start=200)
    harm = later("Drones hit the dam of Orvane", published="2031-05-04", article="a1", date=harmed, place=place)
    assert [c.id for c in warnings([harm, told])] == ([told.id] if new else [])
    assert warnings([told]) == (told,)


@pytest.mark.parametrize("place", [("Orvane", None, None), ("Orvane Dam", 41.1, 12.1)])
def test_harm_at_the_place_of_a_warning_is_found_by_name_or_near_by(
    place: tuple[str, float | None, float | None],
) -> None:
    told = claim("that militants were preparing to attack Orvane", stance="warns", date="2031-05-01", start=200)
    harm = later("Drones hit the dam in Orvane", published="2031-05-04", article="a1", date="2031-05-03", place=place)
    assert warnings([harm, told]) == ()


def test_many_warnings_of_one_article_take_no_longer_each() -> None:
    words, day = "that militants were preparing to attack Orvane", "2031-05-03"
    told = [claim(words, stance="warns", date=day, start=200 + 100 * n) for n in range(1_500)]
    harm = [later("Drones hit Orvane", "2031-05-04", date=f"2031-05-0{1 + n % 3}") for n in range(1_500)]
    begin = process_time()
    assert len(warnings([*harm, *told])) == 1_500
    assert process_time() - begin < 1.5


def test_a_warning_has_a_place_that_is_not_too_wide() -> None:
    reading = replace(simple()[1], places=(Place(Span(0, 6, "Orvane"), "Orvane", "KE", 41.0, 12.0, "country", 1),))
    assert warnings([WARNING]) == (WARNING,)
    assert warnings([WARNING], wide_places(reading)) == ()
    assert blocks(WARNING, wide_places(reading)) == ()
    assert warnings([replace(WARNING, place=None, lat=None, lon=None)]) == ()


def test_a_place_that_nobody_knows_must_be_named_as_one() -> None:
    unknown = ("Kestav", None, None)
    assert warnings([claim("that they will attack near the village of Kestav", place=unknown)])
    assert warnings([claim("that Kestav will attack", place=unknown)]) == ()


def test_a_place_without_a_name_is_none() -> None:
    assert warnings([claim("that they will attack", place=("", None, None))]) == ()


def shares_block(one: ClaimRow, other: ClaimRow) -> bool:
    return bool(set(blocks(one)) & set(blocks(other)))


@pytest.mark.parametrize("day", ["2031-05-05", "2031-05-11", "2031-05-18"])
@pytest.mark.parametrize("lat", [40.99, 41.0, 41.24, 41.26])
@pytest.mark.parametrize("lon", [12.05, 12.26, 12.49])
def test_a_warning_shares_a_key_with_all_that_may_fulfil_it(day: str, lat: float, lon: float) -> None:
    fits = later("rockets hit the town", day, date=day, place=("Orvane", lat, lon))
    assert shares_block(WARNING, fits)
    assert len(blocks(fits)) == 1


def test_keys_tell_places_and_weeks_apart_and_are_few() -> None:
    assert not shares_block(WARNING, later("rockets hit the town", place=SENNATH))
    assert not shares_block(WARNING, later("rockets hit the town", "2031-09-10"))
    assert blocks(claim("that the council met")) == ()
    assert len(blocks(claim("that they will attack in the coming months"))) <= 60


def test_keys_go_round_the_globe() -> None:
    west, east = ("Orvane", 41.2, -179.95), ("Orvane", 41.2, 179.95)
    assert shares_block(replace(WARNING, lon=west[2]), later("rockets hit the town", place=east))


def fitting(*claims: ClaimRow, warning: ClaimRow = WARNING, names: dict[str, str] | None = None) -> list[str]:
    return [link.from_ for link in followed(warning, claims, names or {})]


def test_what_fits_is_linked_with_the_words_of_both() -> None:
    (link,) = followed(WARNING, [later("that rockets hit Orvane on Friday", date="2031-05-09")], {})
    assert (link.from_, link.to, link.relation) == ("l1", "c1", "fulfils")
    assert "preparing to launch rocket strikes" in link.why
    assert "that rockets hit Orvane on Friday" in link.why
    assert link.score == 0.8


@pytest.mark.parametrize(
    "other",
    [
        later("that rockets hit the town", place=SENNATH),
        later("that rockets hit the town", "2031-06-20"),
        later("that rockets hit the town", "2031-05-04"),
        later("that rockets hit the town", "2031-05-05"),  # without a date: it may have been the day before
        later("that rockets hit the town", "2031-05-10", date="2031-05-02"),
        later("that rockets hit the town", "2031-05-10", date="2031-05-20"),
        later("that a car bomb went off in the town", "2031-05-10", date="2031-05-09"),
        later("that jets bombed the town after a rocket barrage", "2031-05-10", date="2031-05-09"),
        later("that rockets hit the town", certainty="denied"),
        later("that rockets will hit the town", certainty="planned"),
        later("that talks about rockets were held", event_type="CONSULT"),
        later("that men were made to fire rockets", event_type="COERCE"),
        later("that rockets hit the town", stance="denies"),
        later("that rockets hit the town", article="a1"),
    ],
)
def test_another_place_time_kind_or_report_does_not_fit(other: ClaimRow) -> None:
    assert fitting(other) == []


def test_a_warned_attack_of_any_kind_needs_a_date() -> None:
    warning = claim("that militants plan to attack the town")
    assert fitting(later("that a car bomb went off"), warning=warning) == []
    assert fitting(later("that a car bomb went off", date="2031-05-09"), warning=warning) == ["l1"]
    (link,) = followed(warning, [later("that militants fired at the market", date="2031-05-09")], {})
    assert link.score == 0.8


def test_each_article_is_linked_once_by_what_fits_best() -> None:
    undated = later("that rockets hit the town", name="l1")
    dated = later("that rockets hit the town", name="l2", date="2031-05-09")
    elsewhere = later("that rockets hit the town", name="l3", article="b2")
    assert fitting(undated, dated, elsewhere) == fitting(elsewhere, dated, undated) == ["l2", "l3"]


LAST = date(2031, 5, 30)


def came_of(
    warning: ClaimRow, claims: Sequence[ClaimRow] = (), last: date = LAST, names: dict[str, str] | None = None
) -> tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    row = outcome(warning, followed(warning, claims, names or {}), claims, last, names or {})
    return row.state, row.by_warner, row.by_accused, row.by_others


def test_a_warning_is_open_then_expired_or_followed() -> None:
    assert came_of(WARNING, last=date(2031, 5, 18))[0] == "open"
    assert came_of(WARNING, last=date(2031, 5, 19))[0] == "expired"
    assert came_of(WARNING, [later("that rockets hit the town")], last=date(2031, 5, 12))[0] == "followed"


def test_what_followed_is_told_apart_by_who_claims_it() -> None:
    claims = [
        later("that rockets hit the town", name="l1", article="b1", claimant="Gen. Brenn"),
        later("that rockets hit the town", name="l2", article="b2", claimant="the militants"),
        later("that rockets hit the town", name="l3", article="b3", claimant="a resident"),
        later("that rockets hit the town", name="l4", article="b4", claimant=None),
    ]
    names = {"Gen. Brenn": "General Aldo Brenn"}
    assert came_of(WARNING, claims, names=names) == ("followed", ("l1",), ("l2",), ("l3", "l4"))


def test_a_threat_is_both_warning_and_its_makers_word() -> None:
    threat = claim("to fire rockets at the town", stance="warns", claimant="the Sennath Brigade")
    told = later("that rockets hit the town", claimant="the Sennath Brigade")
    assert prediction(threat).doer == "the Sennath Brigade"
    assert came_of(threat, [told])[1] == ("l1",)


def test_a_report_that_others_copy_counts_once() -> None:
    """The origin's claim where it fits, though dated later; else the first; whoever the copies give the words to."""
    fell = "that rockets hit the town"
    copies = [
        later(fell, "2031-05-09", name="l1", article="b1", claimant="the militants", origin="b2"),
        later(fell, "2031-05-10", name="l2", article="b2"),
        later(fell, "2031-05-11", name="l3", article="b3", origin="b2"),
        later(fell, "2031-05-11", name="l4", article="b4", origin="elsewhere"),
        later(fell, "2031-05-12", name="l5", article="b5", origin="elsewhere"),
        later(fell, "2031-05-13", name="l6", article="b6"),
    ]
    assert came_of(WARNING, copies) == ("followed", (), (), ("l2", "l4", "l6"))
    row = outcome(WARNING, followed(WARNING, copies, {}), copies[::-1], LAST, {})
    assert (row.by_others, row.copies) == (("l2", "l4", "l6"), ("l1", "l3", "l5"))


def test_a_plan_told_by_another_is_that_ones_warning() -> None:
    plan = claim("to fire rockets at the town", stance="plans", claimant="the militants")
    plan = replace(plan, chain=("Harbour Post", "General Aldo Brenn", "the militants"))
    row = outcome(plan, (), (), LAST, {})
    assert row.claimant == "General Aldo Brenn"
    assert came_of(plan, [later("that rockets hit the town", claimant="militants")])[2] == ("l1",)


def test_what_is_no_warning_has_no_outcome() -> None:
    with pytest.raises(ValueError, match="no warning"):
        outcome(claim("that rockets hit the town"), (), (), LAST, {})


def test_exchanging_the_parties_exchanges_the_result() -> None:
    text = "that the {} plan to shell the town"
    one, other = claim(text.format("Varnish rebels")), claim(text.format("Kestavian army"))
    told = [
        later("that shells hit the town", name="l1", article="b1", claimant="the Varnish rebels"),
        later("that shells hit the town", name="l2", article="b2", claimant="the Kestavian army"),
    ]
    assert came_of(one, told) == ("followed", (), ("l1",), ("l2",))
    assert came_of(other, told) == ("followed", (), ("l2",), ("l1",))


def test_a_long_hostile_claim_takes_no_longer_than_a_short_one() -> None:
    texts = ["will " * 200_000, "plan to " * 100_000, "a" * 1_000_000, "in the coming " * 50_000, "x' \x90â" * 100_000]
    started = process_time()
    for text in texts:
        window(claim(text, stance="warns"))
    assert process_time() - started < 2


def test_many_claims_take_time_in_proportion() -> None:
    many = [claim(f"that they will attack hill {n}", name=str(n), start=100 * n) for n in range(2000)]
    started = process_time()
    assert len(warnings(many)) == 2000
    assert process_time() - started < 5
