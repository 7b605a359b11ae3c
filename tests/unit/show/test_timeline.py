"""What is told again is folded, and what a page shows first is chosen by counts, not by names."""

from __future__ import annotations

from dataclasses import replace

from tests.unit.show.invented import CLAIMS, DENIAL, LINKS, OTHER, TOLL, claim, link

from sayso.show.timeline import answers, contests, outlets, told, weightiest
from sayso.types import Figure


def ids(entries: object) -> list[str]:
    return [entry.claim.id for entry in entries]  # type: ignore[attr-defined]


def test_claims_are_told_in_the_order_of_time_undated_last() -> None:
    claims = [claim("late", "A", "x", "2031-05-06"), claim("undated", "B", "y", None), claim("early", "C", "z")]

    assert ids(told(claims, [])) == ["early", "late", "undated"]


def test_what_repeats_a_claim_is_folded_beneath_it_at_any_remove() -> None:
    first, second, third = (claim(id, "A", "x", f"2031-05-0{n}") for n, id in enumerate("abc", 4))
    third = replace(third, echo_of="b")

    (entry,) = told([third, second, first], [link("b", "repeats", "a")])

    assert entry.claim is first
    assert entry.echoes == (second, third)


def test_an_origin_of_the_same_day_without_an_hour_is_found_too() -> None:
    origin, copy = claim("o", "A", "x", "2031-05-04T12:00:00Z"), claim("c", "A", "x", "2031-05-04")

    assert ids(told([copy, origin], [link("c", "repeats", "o")])) == ["o"]


def test_what_repeats_a_claim_of_another_story_stands_for_itself() -> None:
    assert ids(told([replace(TOLL, echo_of="elsewhere")], [])) == [TOLL.id]


def test_claims_that_repeat_each_other_in_a_ring_are_all_shown() -> None:
    ring = [claim(id, "A", "x") for id in "abc"]
    links = [link("a", "repeats", "b"), link("b", "repeats", "c"), link("c", "repeats", "a")]

    (entry,) = told(ring, links)

    assert {entry.claim.id, *(echo.id for echo in entry.echoes)} == set("abc")


def test_a_long_chain_of_copies_is_folded_in_no_time() -> None:
    claims = [claim(str(n), "A", "x") for n in range(20_000)]
    links = [link(str(n), "repeats", str(n - 1)) for n in range(1, 20_000)]

    (entry,) = told(claims[::-1], links)

    assert entry.claim.id == "0"


def test_the_earliest_comes_first_then_each_claimants_weightiest() -> None:
    claims = [
        claim("first", "A", "x", "2031-05-01"),
        claim("plain", "B", "x", "2031-05-02"),
        claim("figure", "B", "x", "2031-05-03", figures=(Figure(1, 1, "killed", None),)),
        claim("denied", "C", "x", "2031-05-04"),
        claim("denying", "D", "x", "2031-05-05"),
    ]
    links = [link("denying", "denies", "denied")]

    assert ids(weightiest(told(claims, links), links)) == ["first", "figure", "denied", "denying", "plain"]


def test_nobody_is_crowded_out_by_one_who_says_much() -> None:
    loud = [claim(f"loud{n}", "A", "x", figures=(Figure(n, n, "killed", None),)) for n in range(9)]
    entries = told([*loud, claim("quiet", "B", "x", "2031-05-09")], [])

    assert "quiet" in ids(weightiest(entries, [])[:2])


def test_exchanged_names_exchange_what_is_shown() -> None:
    swapped = {"the ministry": "the governor", "the governor": "the ministry"}
    others = [replace(c, claimant=swapped.get(c.claimant or "", c.claimant)) for c in CLAIMS]

    assert ids(weightiest(told(others, LINKS), LINKS)) == ids(weightiest(told(CLAIMS, LINKS), LINKS))


def test_contests_are_those_of_the_first_claims_denials_before_the_rest() -> None:
    again = claim("again", "the ministry", "that its guns had fired", "2031-05-06", stance="denies")
    links = [*LINKS[::-1], link("again", "repeats", DENIAL.id), link("again", "denies", TOLL.id, score=0.2)]

    found = contests(told([*CLAIMS, again], links), links)

    assert [(c.later.id, c.relation, c.earlier.id) for c in found] == [
        (DENIAL.id, "denies", TOLL.id),
        (OTHER.id, "differs", TOLL.id),
    ]


def test_how_others_answer_a_claim() -> None:
    assert answers([TOLL, DENIAL], LINKS) == {TOLL.id: ("denies", "differs")}


def test_outlets_are_named_once_in_their_order() -> None:
    claims = [claim("a", "A", "x", outlet="Z"), claim("b", "A", "x", outlet="Y"), claim("c", "A", "x", outlet="Z")]

    assert outlets(claims) == ("Z", "Y")
