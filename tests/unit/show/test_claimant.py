from __future__ import annotations

from dataclasses import replace

from tests.unit.show.invented import CLAIMS, LINKS, TOLL, claim, printed, unspaced

from sayso.show.claimant import ClaimantPage
from sayso.types import ClaimantRow

ROW = ClaimantRow(
    *("5ee1aaaaaaaaaaaa", "the Lind Register", ("the Lind Register", "Lind Register", "the Register")),
    *(1234, 3, ("Harbour Post", "The Lantern"), "2031-05-04", "2031-09-01T10:00:00Z"),
)
PAGE = ClaimantPage(ROW, first=5, echoed=7, denied=1, agreed=0, claims=CLAIMS[:2], links=LINKS)


def test_who_it_is_and_how_its_claims_are_answered() -> None:
    lines = [unspaced(line) for line in printed(PAGE).splitlines()]

    assert lines[:3] == [
        "the Lind Register 5ee1aaaaaaaaaaaa",
        "also named: Lind Register; the Register",
        "1,234 claims · 3 articles · 2 outlets · 2031-05-04 to 2031-09-01",
    ]
    assert lines[4:9] == [
        "stances asserts 2",
        "said first 5 claims",
        "echoed 7 claims",
        "agreed with 0 claims, by independent others",
        "denied 1 claim, by others",
    ]


def test_a_claim_shows_how_others_answer_it() -> None:
    shown = unspaced(printed(PAGE).split("Its latest claims")[1])

    assert shown == (
        "2031-05-04 Harbour Post asserts: that 24 people were killed c1aaaaaa › the Lind Register "
        "+1 echo: The Lantern others: denies, differs"
    )


def test_the_latest_claims_come_first_and_the_others_when_asked_for() -> None:
    claims = [claim(f"{n:016}", "A", f"claim number {n}", f"2031-05-{n:02}") for n in range(1, 31)]
    page = ClaimantPage(ROW, 0, 0, 0, 0, claims)
    short, whole = printed(page), printed(replace(page, whole=True))

    assert "Its latest claims  and 22 more with --all" in short
    assert short.index("claim number 30") < short.index("claim number 29")
    assert "claim number 22 " not in short
    assert "claim number 1 " in whole


def test_a_long_list_of_names_is_cut() -> None:
    row = replace(ROW, names=tuple(f"name {n}" for n in range(9)))

    assert "and 3 more" in printed(replace(PAGE, row=row))


def test_it_fits_a_terminal_and_obeys_nothing() -> None:
    page = replace(PAGE, row=replace(ROW, name="\x1b[2J" + "long " * 40), claims=[replace(TOLL, text="word " * 99)])
    shown = printed(page)

    assert "\x1b" not in shown
    assert max(map(len, shown.splitlines())) <= 80
