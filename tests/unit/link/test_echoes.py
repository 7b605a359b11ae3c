"""From pairs that share words to echoes and their origins."""

import random
from datetime import date, timedelta

import pytest

from sayso.link.alignment import Copy
from sayso.link.echoes import MOSTLY, Meeting, Report, echoes, is_echo, may_copy, meeting
from sayso.types import EchoRow, Span


def report(name: str, day: int | None = 1, wire: str | None = None, outlet: str = "Harbour Post") -> Report:
    return Report(name, outlet, f"2030-01-{day:02}" if day else None, wire)


def copies(*pairs: tuple[str, str, float, float]) -> dict[tuple[str, str], float]:
    """Two ids, with the share of the first one's words and that of the second's."""
    return {ends: share for a, b, ours, theirs in pairs for ends, share in (((a, b), ours), ((b, a), theirs))}


def rows(found: tuple[EchoRow, ...]) -> dict[str, tuple[str, float, str | None]]:
    return {row.article: (row.origin, row.share, row.wire) for row in found}


def origin(articles: list[Report]) -> str:
    """Where the words of articles start that are all the same."""
    pairs = copies(*((a.id, b.id, 1.0, 1.0) for i, a in enumerate(articles) for b in articles[:i]))
    (start,) = {row.origin for row in echoes(articles, pairs)}
    return start


def test_the_earliest_is_the_origin() -> None:
    assert origin([report("c", None), report("a", 3), report("b", 2)]) == "b"


def test_of_one_day_it_is_the_least_id() -> None:
    assert origin([report("b", 2), report("a", 2)]) == "a"


def test_times_are_compared_across_time_zones() -> None:
    early = Report("z", None, "2030-01-02T01:00:00+03:00", None)
    assert origin([Report("a", None, "2030-01-01T23:00:00Z", None), early]) == "z"


def test_what_gives_the_hour_goes_before_what_gives_the_day() -> None:
    timed = Report("z", None, "2030-01-02T12:00:00Z", None)
    assert origin([report("a", 2), timed]) == "z"
    assert origin([report("a", 1), timed]) == "a"


def test_the_agency_that_is_credited_is_the_origin_though_later() -> None:
    agency = report("z", 5, outlet="Agence France-Presse")
    assert origin([report("a", 1, "AFP"), agency, report("b", 2, "AFP")]) == agency.id


def test_what_shares_no_words_copies_nothing() -> None:
    assert echoes([report("a"), report("b", 2)], {}) == ()


def test_each_echo_names_its_origin_with_the_share_of_its_own_text() -> None:
    found = echoes(
        [report("a"), report("b", 2), report("c", 3), report("alone", 1)],
        copies(("a", "b", 0.9, 0.5), ("c", "a", 1.0, 0.6), ("b", "c", 0.4, 0.4)),
    )
    assert found == (EchoRow("b", "a", 0.5, None), EchoRow("c", "a", 1.0, None))


def test_what_shares_nothing_with_the_origin_is_not_chained_to_it() -> None:
    found = echoes([report("a"), report("b", 2), report("c", 3)], copies(("a", "b", 0.5, 0.4), ("b", "c", 0.5, 0.7)))
    assert rows(found) == {"b": ("a", 0.4, None), "c": ("b", 0.7, None)}


def test_one_that_has_the_words_of_two_origins_names_the_one_with_most() -> None:
    found = echoes([report("a"), report("b", 2), report("c", 3)], copies(("a", "c", 0.5, 0.4), ("b", "c", 0.5, 0.6)))
    assert rows(found) == {"c": ("b", 0.6, None)}


def test_one_that_has_more_of_an_echo_s_words_than_of_an_origin_s_names_the_echo() -> None:
    pairs = copies(("a", "c", 0.5, 0.4), ("b", "d", 0.5, 0.4), ("c", "d", 0.5, 0.9))
    found = echoes([report("a"), report("b"), report("c", 2), report("d", 3)], pairs)
    assert rows(found) == {"c": ("a", 0.4, None), "d": ("c", 0.9, None)}


def test_an_echo_of_an_echo_names_the_origin_with_the_share_that_it_has_of_the_nearest() -> None:
    pairs = copies(("a", "b", 0.5, 0.5), ("a", "c", 0.5, 0.4), ("b", "c", 1.0, 1.0))
    assert rows(echoes([report("a"), report("b", 2), report("c", 3)], pairs))["c"] == ("a", 1.0, None)


def test_of_one_day_what_has_most_of_an_earlier_one_goes_first() -> None:
    pairs = copies(("z", "y", 0.9, 0.9), ("y", "x", 0.4, 0.4))
    found = echoes([report("z", 1), report("x", 2), report("y", 2)], pairs)
    assert rows(found) == {"y": ("z", 0.9, None), "x": ("y", 0.4, None)}


def test_copies_of_one_wire_that_is_not_there_have_one_origin() -> None:
    articles = [report("a", 1, "AFP"), report("b", 2, "AFP"), report("c", 3, "AFP")]
    pairs = copies(("a", "b", 0.5, 0.4), ("b", "c", 0.5, 0.7))
    assert rows(echoes(articles, pairs)) == {"b": ("a", 0.4, "AFP"), "c": ("a", 0.7, "AFP")}


def test_unnamed_agencies_tie_nothing_together() -> None:
    articles = [report("a", 1, "agencies"), report("b", 2, "agencies"), report("c", 3, "agencies")]
    pairs = copies(("a", "b", 0.5, 0.4), ("b", "c", 0.5, 0.7))
    assert rows(echoes(articles, pairs))["c"] == ("b", 0.7, "agencies")


def test_a_wire_that_the_origin_credits_is_told_of_its_echoes() -> None:
    found = echoes([report("a", 1, "AFP"), report("b", 2, "agencies")], copies(("a", "b", 0.9, 0.9)))
    assert rows(found) == {"b": ("a", 0.9, "AFP")}


def test_an_agency_credits_nobody_for_its_own_words() -> None:
    articles = [Report("a", "Reuters", "2030-01-01", None), report("b", 2, "Reuters"), report("c", 1, "Reuters")]
    pairs = copies(("a", "b", 0.9, 0.9), ("a", "c", 0.9, 0.8))
    assert rows(echoes(articles, pairs)) == {"b": ("a", 0.9, "Reuters"), "c": ("a", 0.8, "Reuters")}


def test_order_does_not_count() -> None:
    draw = random.Random(3)
    articles = [report(f"{i:02}", draw.randint(1, 9), draw.choice(["AFP", None, "agencies"])) for i in range(40)]
    pairs = copies(
        *(
            (f"{i:02}", f"{j:02}", draw.random(), draw.random())
            for i in range(40)
            for j in range(i)
            if draw.random() < 0.05
        )
    )
    found = echoes(articles, pairs)
    for _ in range(5):
        draw.shuffle(articles)
        shuffled = draw.sample(sorted(pairs.items()), len(pairs))
        assert echoes(articles, dict(shuffled)) == found


def meets(ours: Meeting, theirs: Meeting) -> bool:
    """True where an article that is filed as ``theirs`` is found by one that looks as ``ours``."""
    filed = set(theirs.filed)
    return bool(filed & set(ours.near)) or len(filed & set(ours.ever)) >= MOSTLY


@pytest.mark.parametrize(
    ("shared", "days", "meet"),
    [
        pytest.param(1, 0, True, id="one key, one day"),
        pytest.param(1, 30, True, id="one key, a month"),
        pytest.param(1, 61, False, id="one key, two months"),
        pytest.param(11, 400, False, id="less than twelve of sixteen, a year"),
        pytest.param(12, 400, True, id="twelve of sixteen, a year"),
        pytest.param(1, None, True, id="one key, no date"),
        pytest.param(0, 0, False, id="no key"),
    ],
)
def test_who_meets_whom_whichever_came_first(shared: int, days: int | None, meet: bool) -> None:
    theirs = [*range(shared), *range(64, 128 - shared)]
    for start in range(30):  # wherever a period begins
        day = date(2031, 1, 1) + timedelta(start)
        a, b = meeting(range(64), day), meeting(theirs, None if days is None else day + timedelta(days))
        assert meets(a, b) == meets(b, a) == meet


def test_without_dates_everything_may_meet() -> None:
    assert meets(meeting(range(64), None), meeting(range(63, 127), None))


def test_two_long_texts_are_not_compared_for_one_phrase_of_an_outlets() -> None:
    long, short = "The river rose. " * 80, "The river rose."
    assert may_copy(long, long * 3, 1)  # it may be printed within the longer one
    assert not may_copy(long, long, 1)
    assert may_copy(long, long, 2)
    assert may_copy(long, short, 1)
    assert may_copy(short, long, 1)


@pytest.mark.parametrize(
    ("share", "filled", "event", "echo"),
    [
        (0.4, 0, True, True),
        (0.4, 5, True, True),  # figures that have grown
        (0.99, 6, True, False),
        (0.4, 0, False, False),
        (0.9, 2, False, True),
        (0.99, 3, False, False),
    ],
)
def test_what_tells_of_another_event_is_an_echo_only_as_it_was_printed(
    share: float, filled: int, event: bool, echo: bool
) -> None:
    houses = ((n, n + 1000, n + 2000) for n in range(20, 40))
    text = " ".join(f"Stall {n} burned near lamp {m} in front of house {o} that night." for n, m, o in houses)
    other = text
    for n in range(20, 20 + filled):
        other = other.replace(f"Stall {n} ", f"Stall {n + 50} ")
    copy = Copy(0.34, share, Span(0, 1, "S"), Span(0, 1, "S"))
    assert is_echo(text, other, copy, event) is is_echo(other, text, copy.mirrored(), event) is echo
