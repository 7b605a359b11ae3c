"""What is asked of the ledger: filters, order, ids."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.unit.ledger.builders import Builder, received, set_aside, simple

from sayso import deciding
from sayso.errors import LedgerError, UsageError
from sayso.ledger import Judgement, Ledger
from sayso.types import Filters, Span

REPORTS = [  # number, outlet, published, claimant
    (1, "Harbour Post", "2031-05-04", "the Ministry of Health"),
    (2, "Vale Wire", "2031-05-02T23:59:00+02:00", "The Ministry of Health"),
    (3, "HARBOUR POST", "2031-04", "Colonel Adin Marek"),
    (4, None, None, "a nurse"),
    (5, "Vale Wire", "2031-05-02", "the ministry of health"),
]


@pytest.fixture
def ledger(fresh_ledger: Ledger) -> Ledger:
    for number, outlet, published, claimant in REPORTS:
        fresh_ledger.store(*simple(number, outlet=outlet, published=published, claimant=claimant))
    return fresh_ledger


def articles(ledger: Ledger, **f: object) -> list[str]:
    return [row.location.removeprefix("reports/").removesuffix(".txt") for row in ledger.articles(Filters(**f))]


def claims(ledger: Ledger, **f: object) -> list[str]:
    return [row.text[0] for row in ledger.claims(Filters(**f))]


def test_articles_and_claims_come_by_date_and_the_undated_last(ledger: Ledger) -> None:
    assert articles(ledger) == claims(ledger) == ["3", "5", "2", "1", "4"]


def test_claims_of_one_article_come_in_text_order(fresh_ledger: Ledger) -> None:
    build = Builder(received("Ten people died. The mayor said it rained. The nurse said it snowed."))
    build.says("The nurse", "it snowed")
    build.says("The mayor", "it rained")
    build.killed("Ten people", 10)
    fresh_ledger.store(received(build.text), build.reading)
    assert [c.claimant for c in fresh_ledger.claims()] == ["Harbour Post", "The mayor", "The nurse"]


@pytest.mark.parametrize(
    ("f", "expected"),
    [
        ({"since": "2031-05-02", "until": "2031-05-02"}, ["5", "2"]),  # times on that day are included
        ({"since": "2031-05-03"}, ["1"]),
        ({"until": "2031-05-03"}, ["3", "5", "2"]),
        ({"since": "2031-04-20", "until": "2031-04-30"}, ["3"]),  # some day in April, perhaps one of these
        ({"until": "2031-03-31"}, []),
        ({"since": "2031-05"}, ["5", "2", "1"]),
        ({"until": "2031-04"}, ["3"]),
        ({"since": "2031", "until": "2031"}, ["3", "5", "2", "1"]),
        ({"since": "2032"}, []),
        ({"outlet": "harbour post"}, ["3", "1"]),
        ({"outlet": " Harbour  Post"}, ["3", "1"]),
        ({"outlet": "Harbour"}, []),
        ({"by": "ministry of HEALTH"}, ["5", "2", "1"]),
        ({"by": "The Ministry"}, ["5", "2", "1"]),
        ({"by": "marek"}, ["3"]),
        ({"by": "vale"}, ["5", "2"]),  # the outlet is in every chain
        ({"place": "ORV"}, ["3", "5", "2", "1", "4"]),
        ({"place": "Tellin"}, []),
        ({"about": "shells orvane"}, ["3", "5", "2", "1", "4"]),
        ({"about": "2 shells"}, ["2"]),
        ({"by": "ministry", "about": "2", "outlet": "vale wire"}, ["2"]),
        ({"limit": 2}, ["3", "5"]),
        ({"limit": 0}, []),
    ],
)
def test_filters_narrow_articles_and_claims(ledger: Ledger, f: dict[str, object], expected: list[str]) -> None:
    assert claims(ledger, **f) == expected
    assert articles(ledger, **f) == expected


@pytest.mark.parametrize("name", ["%", "_", "\\", "'", '"', "x' OR '1'='1", "\x00", "\ud800", "*", ";--", "a' UNION"])
def test_nothing_in_a_filter_is_a_pattern_or_syntax(ledger: Ledger, name: str) -> None:
    assert claims(ledger, by=name) == claims(ledger, outlet=name) == claims(ledger, place=name) == []
    assert articles(ledger, by=name) == []
    assert list(ledger.claimants(Filters(by=name))) == []


def test_case_and_form_do_not_count_in_any_script(fresh_ledger: Ledger) -> None:
    build = Builder(received("ΣΊΣΥΦΟΣ said that Ｓtraße ÇELIK fell.", outlet="ÖSTRA"))
    build.says("ΣΊΣΥΦΟΣ", "Ｓtraße ÇELIK fell", cue="said")
    build.place("Ｓtraße ÇELIK")
    fresh_ledger.store(received(build.text, outlet="ÖSTRA"), build.reading)
    for f in ({"by": "σίσυφος"}, {"place": "strasse çelik"}, {"outlet": "östra"}):
        assert len(claims(fresh_ledger, **f)) == 1


@pytest.mark.parametrize("day", ["yesterday", "2031-5-4", "2031-13", "2031-02-30", "", "2031-05-04T10:00", "20310504"])
@pytest.mark.parametrize("name", ["since", "until"])
def test_a_date_that_is_none_is_a_usage_error(ledger: Ledger, name: str, day: str) -> None:
    with pytest.raises(UsageError, match=f"{name}: expected a date such as 2018-04-14"):
        claims(ledger, **{name: day})


def test_an_article_is_listed_for_one_claim_that_meets_every_filter(fresh_ledger: Ledger) -> None:
    build = Builder(received("The mayor said it rained. The nurse said it snowed."))
    build.says("The nurse", "it snowed")
    build.says("The mayor", "it rained")
    fresh_ledger.store(received(build.text), build.reading)
    assert len(articles(fresh_ledger, by="nurse", about="snowed")) == 1
    assert articles(fresh_ledger, by="nurse", about="rained") == []


def test_claimants_are_one_for_all_spellings_the_most_frequent_first(ledger: Ledger) -> None:
    ledger.store(*simple(6, outlet="Third", published="2031-06-01", claimant="The Ministry of Health"))
    first, *others = ledger.claimants()
    assert first.name == "The Ministry of Health"
    assert first.names == ("The Ministry of Health", "the Ministry of Health", "the ministry of health")
    assert (first.claims, first.articles) == (4, 4)
    assert first.outlets == ("Harbour Post", "Third", "Vale Wire")
    assert (first.first, first.last) == ("2031-05-02", "2031-06-01")
    assert [c.name for c in others] == ["Colonel Adin Marek", "a nurse"]
    assert (others[1].first, others[1].last, others[1].outlets) == (None, None, ())


def test_claimants_can_be_narrowed(ledger: Ledger) -> None:
    def names(**f: object) -> list[tuple[str, int]]:
        return [(c.name, c.claims) for c in ledger.claimants(Filters(**f))]

    assert names(by="marek") == [("Colonel Adin Marek", 1)]
    assert names(by="vale") == [], "an outlet that only carries claims makes none"
    assert names(outlet="Vale Wire") == [("The Ministry of Health", 2)]
    assert names(about="4 shells", place="orvane") == [("a nurse", 1)]
    assert names(about="4 shells", place="Orvan", also_called=("Orvane",)) == [("a nurse", 1)]
    assert names(about="4 shells", place="Tarvane", also_called=("rvane",)) == []
    assert names(since="2031-05-04") == [("the Ministry of Health", 1)]
    assert names(limit=1) == [("The Ministry of Health", 3)]


def test_the_quarantine_is_listed_by_time(fresh_ledger: Ledger) -> None:
    for number, day in enumerate(("2031-05-05", "2031-05-04", "2031-05-06")):
        fresh_ledger.quarantine(replace(set_aside(f"{number}.txt"), at=f"{day}T10:00:00+00:00"))

    def listed(**f: object) -> list[str]:
        return [row.location[0] for row in fresh_ledger.quarantined(Filters(**f))]

    assert listed() == ["1", "0", "2"]
    assert listed(since="2031-05-05", until="2031-05-05") == ["0"]
    assert listed(limit=1) == ["1"]
    with pytest.raises(UsageError, match="cannot be narrowed by outlet"):
        listed(outlet="Harbour Post")


def test_an_id_may_be_shortened_while_it_is_clear(ledger: Ledger) -> None:
    rows = list(ledger.articles())
    assert all(ledger.article(row.id).row == row for row in rows)
    clear = next(n for n in range(1, 17) if len({row.id[:n] for row in rows}) == len(rows))
    assert all(ledger.article(row.id[:clear]).row == row for row in rows)
    claims = list(ledger.claims())
    assert all(ledger.claim(row.id).row == row for row in claims)


def test_an_id_that_begins_several_is_refused_and_they_are_named(fresh_ledger: Ledger) -> None:
    for number in range(40):
        fresh_ledger.store(*simple(number))
    ids = sorted(row.id for row in fresh_ledger.articles())
    start = next(i[0] for i in ids if sum(j[0] == i[0] for j in ids) > 3)
    same = [i for i in ids if i[0] == start]
    with pytest.raises(LedgerError, match=f"more than one article: {', '.join(same[:3])}, …. Give more of the id"):
        fresh_ledger.article(start)


@pytest.mark.parametrize("unknown", ["ffffffffffffffff", "", "%", "xyz", "A474", "' OR 1=1 --", "\x00", "\ud800"])
def test_an_unknown_id_says_what_to_try(ledger: Ledger, unknown: str) -> None:
    with pytest.raises(LedgerError, match=r"no article .*; list them with: sayso articles --ledger"):
        ledger.article(unknown)
    with pytest.raises(LedgerError, match=r"no claim .*; list them with: sayso claims --ledger"):
        ledger.claim(unknown)


def test_a_claim_comes_with_its_article_and_the_paragraphs_around(ledger: Ledger) -> None:
    (row,) = ledger.claims(Filters(by="nurse"))
    found = ledger.claim(row.id)
    assert found.row == row
    assert found.article.id == row.article
    assert found.context.text == "In the town, a nurse said that 4 shells fell on Orvane."
    text = ledger.article(row.article).text
    assert found.context == Span.of(text, found.context.start, found.context.end)


def test_a_claim_shows_the_decision_that_stands(ledger: Ledger) -> None:
    (row, *_) = ledger.claims()
    assert row.decision is None
    for verdict in ("confirm", "reject"):
        deciding.decide(ledger, Judgement(verdict, row.id, "ana"))
    assert ledger.claim(row.id).row.decision == "reject"
    assert [c.decision for c in ledger.claims()] == ["reject", None, None, None, None]
    deciding.undo(ledger, Judgement("reject", row.id, "ana"))
    assert ledger.claim(row.id).row.decision is None


@pytest.mark.parametrize(
    ("since", "until"), [("2031-05-04", "2031-05-03"), ("2031-06", "2031-05-30"), ("2032", "2031")]
)
def test_days_that_end_before_they_begin_are_refused(fresh_ledger: Ledger, since: str, until: str) -> None:
    with pytest.raises(UsageError, match=f"since {since} is later than until {until}"):
        list(fresh_ledger.claims(Filters(since=since, until=until)))


def test_a_day_a_month_and_its_year_may_begin_together(fresh_ledger: Ledger) -> None:
    fresh_ledger.store(*simple(1))
    assert len(list(fresh_ledger.claims(Filters(since="2031-05-04", until="2031")))) == 1
