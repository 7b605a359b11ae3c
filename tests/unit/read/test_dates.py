"""Time expressions and the days, months and years that they stand for."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.read.dates import date_spans, find_dates

FRIDAY = "2018-05-04"


def values(text: str, published: str | None = FRIDAY) -> list[tuple[str, str | None]]:
    return [(d.span.text, d.value) for d in find_dates(text, published)]


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("April 14, 2018", "2018-04-14"),
        ("April 14 2018", "2018-04-14"),
        ("14 April 2018", "2018-04-14"),
        ("14th of April, 2018", "2018-04-14"),
        ("14-15 April 2018", "2018-04-14"),
        ("3-9 April 2018", "2018-04"),
        ("April 14–15, 2018", "2018-04-14"),
        ("Saturday, April 14, 2018", "2018-04-14"),
        ("Sat 14 Apr 2018", "2018-04-14"),
        ("Thu 12 Apr 2018", "2018-04-12"),
        ("Apr. 14, 2018", "2018-04-14"),
        ("Sept 19 2017", "2017-09-19"),
        ("2018-04-14", "2018-04-14"),
        ("2018-04-14T21:00:00Z", "2018-04-14"),
        ("14/04/2018", "2018-04-14"),
        ("04/14/2018", "2018-04-14"),
        ("04/05/2018", "2018-05-04"),
        ("14.04.2018", "2018-04-14"),
        ("April 14", "2018-04-14"),
        ("14 April", "2018-04-14"),
        ("4th of April", "2018-04-04"),
        ("May 6", "2018-05-06"),
        ("12 May", "2017-05-12"),
        ("29 February", "2016-02-29"),
        ("April 2018", "2018-04"),
        ("April", "2018-04"),
        ("August", "2017-08"),
        ("last May", "2017-05"),
        ("August last year", "2017-08"),
        ("2011", "2011"),
        ("Friday", "2018-05-04"),
        ("Thursday", "2018-05-03"),
        ("Saturday", "2018-04-28"),
        ("last Friday", "2018-04-27"),
        ("next Friday", "2018-05-11"),
        ("next Saturday", "2018-05-05"),
        ("Tuesday morning", "2018-05-01"),
        ("today", "2018-05-04"),
        ("yesterday", "2018-05-03"),
        ("tomorrow", "2018-05-05"),
        ("overnight", "2018-05-04"),
        ("last night", "2018-05-03"),
        ("this morning", "2018-05-04"),
        ("this week", "2018-05"),
        ("last week", "2018-04"),
        ("last month", "2018-04"),
        ("this year", "2018"),
        ("last year", "2017"),
        ("two days ago", "2018-05-02"),
        ("a week ago", "2018-04"),
        ("three months ago", "2018-02"),
        ("five years ago", "2013"),
    ],
)
def test_an_expression_has_its_value(expression: str, value: str) -> None:
    assert values(f"It was heard in {expression}.") == [(expression, value)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("early 2011", "2011"),
        ("mid-2013", "2013"),
        ("since 2014", "2014"),
        ("the 2013 attack", "2013"),
        ("in 2011 local groups met", "2011"),
        ("in 2011 protests began", "2011"),
    ],
)
def test_a_bare_year(text: str, found: str) -> None:
    assert values(text) == [(found, found)]


@pytest.mark.parametrize(
    "text",
    [
        "It may end and they march on; a second sun.",
        "At least 12 may die",
        "some 2000 people",
        "the 2014 soldiers",
        "in 2000 villages",
        "1,999 people and 2.014 km",
        "Resolution 2118",
        "are me on",
        "99/99/2018",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert values(text) == []


def test_months_in_capitals_and_small_letters() -> None:
    assert values("on 2 february 1990 and 3 may 1990, in March and in May") == [
        ("2 february 1990", "1990-02-02"),
        ("3 may 1990", "1990-05-03"),
        ("March", "2018-03"),
        ("May", "2018-05"),
    ]


@pytest.mark.parametrize(
    "stamp",
    [
        "Published April 10 2018 - Town shelled - ",
        "Wed 11 Apr 2018 Town shelled. ",
        "Town shelled\n\nAFP  Wednesday 11 Apr 2018 ",
        "Posted on April 11 2018 by A. Writer ",
        "Last updated at Apr 112018 - ",
        "11.04.2018 (updated 2204 11.04.2018) ",
        "Far Coast 2159 11.04.2018 ",
        "HARBOUR April 11 (NEWS) ",
        "HARBOUR, April 11. /NEWS/ ",
    ],
)
def test_a_stamp_is_the_reference_and_no_date_of_an_event(stamp: str) -> None:
    assert values(f"{stamp}The town was shelled on Tuesday.", "2018-05-04") == [("Tuesday", "2018-04-10")]


def test_a_stamp_at_the_end_is_none_of_an_event_either() -> None:
    assert values("It fell on Monday. Last Update: Tuesday 1 May 2018 GMT 20:28", None) == [("Monday", "2018-04-30")]


def test_a_date_after_a_preposition_is_no_stamp() -> None:
    assert values("On April 14, 2018, it fell. It was retaken on Monday.") == [
        ("April 14, 2018", "2018-04-14"),
        ("Monday", "2018-04-30"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It began at 9 pm (1900 GMT) on Tuesday.", [("Tuesday", "2018-05-01")]),
        ("during the night of May 1-2, 2018", [("May 1-2, 2018", "2018-05-01")]),
        ("Tuesdays attack killed nine.", [("Tuesdays", "2018-05-01")]),
        ("It meets on Tuesdays and on Fridays as a rule.", []),
        ("Every time, every Tuesdays session.", []),
    ],
)
def test_a_weekday_without_its_apostrophe(text: str, found: list[tuple[str, str]]) -> None:
    assert values(text, "2018-05-04") == found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("He warned that shells would fall before Monday.", "2018-05-07"),
        ("The dam could burst by Monday.", "2018-05-07"),
        ("He was going to bomb the market before Monday.", "2018-05-07"),
        ("They threaten the town with war until Monday.", "2018-05-07"),
        ("They met in May and the town fell before Monday.", "2018-04-30"),
        ("The army warned residents and left before Monday.", "2018-04-30"),
        ("People could see the smoke and had fled by Monday.", "2018-04-30"),
        ("The town could not be reached before Monday.", "2018-04-30"),
        ("The threat of rain kept the market shut until Monday.", "2018-04-30"),
        ("They would have left before Monday.", "2018-04-30"),
        ("He warned before Monday that shells fell.", "2018-04-30"),
        ("The town fell before Monday.", "2018-04-30"),
    ],
)
def test_an_end_that_is_set_to_what_may_come_lies_ahead(text: str, value: str) -> None:
    assert values(text)[-1] == ("Monday", value)


def test_a_weekday_ahead() -> None:
    assert values("The council will meet on Monday.") == [("Monday", "2018-05-07")]
    assert values("The toll will rise, he said on Monday.") == [("Monday", "2018-04-30")]
    assert values("Talks end ahead of an August harvest.") == [("August", "2018-08")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The offer stands until 20 June.", "2018-06-20"),
        ("The truce of 20 June is near.", "2018-06-20"),
        ("She was killed on 20 June.", "2017-06-20"),
        ("The works were sold, extended to 20 June.", "2018-06-20"),
        ("The talks are to be held in September.", "2018-09"),
        ("They met in June.", "2017-06"),
        ("A summit in June is planned.", "2018-06"),
        ("A vote this October is likely.", "2018-10"),
    ],
)
def test_a_day_or_month_without_its_year_is_the_nearest_that_the_words_allow(text: str, value: str) -> None:
    assert [v for _, v in values(text)] == [value]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It fell on 10 April 2017. The next day it burned.", ("The next day", "2017-04-11")),
        ("It fell on 10 April 2017. That day it burned.", ("That day", "2017-04-10")),
        ("It fell on 10 April 2017. The following month it burned.", ("The following month", "2017-05")),
        ("It fell on 10 April 2017 and burned that year.", ("that year", "2017")),
        ("It fell in 2011 and burned the following year.", ("the following year", "2012")),
    ],
)
def test_what_goes_by_what_was_named_last(text: str, found: tuple[str, str]) -> None:
    assert values(text)[-1] == found


def test_the_next_day_after_nothing_is_no_date() -> None:
    assert values("The next day it burned.", None) == []
    assert values("It fell in 2011. The next day it burned.") == [("2011", "2011")]


@pytest.mark.parametrize("text", ["his failed 1996 campaign", "in 1898 it began", "both 1991 and again"])
def test_a_year_without_an_article(text: str) -> None:
    assert len(values(text)) == 1


@pytest.mark.parametrize("text", ["killed 1997 sheep", "Flight 1997 fell", "exactly 1996 tons"])
def test_a_number_that_counts_is_no_year(text: str) -> None:
    assert values(text) == []


def test_earlier_counts_from_the_day_named_last() -> None:
    assert values("It fell on 10 April. Two days earlier it was shelled.") == [
        ("10 April", "2018-04-10"),
        ("Two days earlier", "2018-04-08"),
    ]


@pytest.mark.parametrize("published", [None, "", "soon", "2018", "2018-13-40"])
def test_without_a_reference_day_what_depends_on_one_is_unknown(published: str | None) -> None:
    assert values("On Friday, on 14 April 2018, yesterday, in August, last year", published) == [
        ("Friday", None),
        ("14 April 2018", "2018-04-14"),
        ("yesterday", None),
        ("August", None),
        ("last year", None),
    ]


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar(published: str) -> None:
    for date in find_dates(
        "Monday, next Monday, yesterday, tomorrow, 999 weeks ago, 99 years ago, 29 February", published
    ):
        assert date.value is None or date.value[:1].isdigit()


def test_a_time_of_publication_counts_as_its_day() -> None:
    assert values("It fell today.", "2018-05-04T22:10:00+02:00") == [("today", "2018-05-04")]


def test_precision() -> None:
    assert [d.precision for d in find_dates("on Monday, in April, in 2011", FRIDAY)] == ["day", "month", "year"]


def test_spans_of_stamps_are_dates_too() -> None:
    text = "Published March 9 2011 - on Monday"
    assert [text[a:b] for a, b in date_spans(text)] == ["March 9 2011", "Monday"]


def test_a_time_of_day_before_a_date_in_numbers_counts_nobody() -> None:
    text = "Rises to 70 1735 15.04.2017(updated 20:33 15.04.2017), 1200 died on 3 May 2016"
    assert [text[a:b] for a, b in date_spans(text)] == ["1735 15.04.2017", "20:33 15.04.2017", "3 May 2016"]


PIECES = [
    "12",
    " ",
    "April",
    "May",
    "Monday",
    "2018",
    ",",
    "-",
    "/",
    ".",
    "last ",
    "ago",
    "days",
    "\u0663",
    "İ",
    "😀",
    "\n",
]


@given(st.text(max_size=60) | st.lists(st.sampled_from(PIECES)).map("".join), st.none() | st.dates().map(str))
def test_every_span_is_the_text_at_its_place(text: str, published: str | None) -> None:
    at = 0
    for date in find_dates(text, published):
        assert text[date.span.start : date.span.end] == date.span.text != ""
        assert at <= date.span.start
        at = date.span.end


@pytest.mark.parametrize(
    "piece", ["1,000,", " ", "\n", ".", "1 May ", "May ", "Monday ", "2018-", "early ", "12", "will ", "(", "last "]
)
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    def seconds(size: int) -> float:
        text = (piece * (size // len(piece) + 1))[:size]
        begin = time.process_time()
        find_dates(text, FRIDAY)
        return time.process_time() - begin

    assert (
        seconds(80_000) < 12 * seconds(20_000) + 0.2
    )  # four times the text; a square would take sixteen times as long


def test_a_day_without_its_year_is_not_sought_almost_a_year_ahead() -> None:
    (found,) = find_dates("They carried out the plan of which the centre spoke on March 5.", "2024-03-19")
    assert found.value == "2024-03-05"
    (found,) = find_dates("The delegations will meet on May 5.", "2024-03-19")
    assert found.value == "2024-05-05"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The vote will be held on January 20.", "2025-01-20"),
        ("They plan to be home by then: the games will begin on February 29.", "2028-02-29"),
    ],
)
def test_what_will_be_may_be_a_year_ahead(text: str, value: str) -> None:
    (found,) = find_dates(text, "2024-03-19")
    assert found.value == value
