from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.intake.dates import iso_date


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2018-04-13", "2018-04-13"),
        (" 2018-04-13\n", "2018-04-13"),
        ("20180413", "2018-04-13"),
        ("2018/4/3", "2018-04-03"),
        ("2018-04-13T10:05:06Z", "2018-04-13T10:05:06+00:00"),
        ("2018-04-13 10:05", "2018-04-13T10:05:00"),
        ("2018-04-13T10:05:06.789+03:00", "2018-04-13T10:05:06+03:00"),
        ("13 April 2018", "2018-04-13"),
        ("13th April, 2018", "2018-04-13"),
        ("April 13, 2018", "2018-04-13"),
        ("Sept. 3 2018", "2018-09-03"),
        ("13-Apr-2018", "2018-04-13"),
        ("Friday, 13 April 2018", "2018-04-13"),
        ("Fri, 13 Apr 2018 10:05:06 GMT", "2018-04-13T10:05:06+00:00"),
        ("Fri, 13 Apr 2018 9:05:06 +0300", "2018-04-13T09:05:06+03:00"),
        ("April 13, 2018 at 10:05", "2018-04-13T10:05:00"),
        ("13.04.2018", "2018-04-13"),
        ("04/13/2018", "2018-04-13"),
        ("4/4/2018", "2018-04-04"),
    ],
)
def test_dates_that_are_understood(written: str, iso: str) -> None:
    assert iso_date(written) == iso


@pytest.mark.parametrize(
    "written",
    [None, "", "yesterday", "3/4/2018", "2018", "2018-04", "2018-02-30", "30 February 2018", "2018-04-13T25:00", "١٣",
     "1523577600", "13 Floréal 2018", "13 April 2018 10:05 -99:99", "x" * 100],
)  # fmt: skip
def test_dates_that_are_not(written: str | None) -> None:
    assert iso_date(written) is None


@given(st.dates())
def test_every_date_comes_back_from_each_form(date) -> None:  # type: ignore[no-untyped-def]
    day, month, year = date.day, date.strftime("%B"), f"{date.year:04}"
    assert iso_date(f"{day} {month} {year}") == date.isoformat()
    assert iso_date(f"{month} {day}, {year}") == date.isoformat()
    assert iso_date(date.isoformat()) == date.isoformat()


@given(st.text())
def test_anything_else_is_none_or_a_date_that_stays(written: str) -> None:
    once = iso_date(written)
    assert iso_date(once) == once
