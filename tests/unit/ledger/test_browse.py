from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.unit.ledger.builders import NEWER, Builder, received, set_aside, simple

from sayso import deciding, linking
from sayso.errors import UsageError
from sayso.ledger import Judgement, Ledger
from sayso.ledger.browse import ARTICLE_ORDERS, CLAIM_ORDERS, STORY_ORDERS
from sayso.ledger.claims import claimant_id
from sayso.types import Correction, Filters


@pytest.fixture
def many(fresh_ledger: Ledger) -> Ledger:
    for number in range(1, 13):
        published = None if number % 5 == 0 else f"2031-05-{number % 4 + 1:02}"
        item, read = simple(number, claimant=f"party {number % 3}", published=published, outlet=f"Outlet {number % 2}")
        fresh_ledger.store(item, read)
    return fresh_ledger


@pytest.mark.parametrize("sort", CLAIM_ORDERS)
def test_pages_of_claims_together_have_each_claim_once(many: Ledger, sort: str) -> None:
    found, cursor = [], None
    with many.browsing() as browse:
        whole = browse.claims(Filters(), sort, size=100)
        while True:
            page = browse.claims(Filters(), sort, cursor, size=5)
            found += page.rows
            if (cursor := page.next) is None:
                break
    assert found == list(whole.rows)
    assert sorted(row.id for row in found) == sorted(row.id for row in many.claims())


@pytest.mark.parametrize("sort", ARTICLE_ORDERS)
def test_pages_of_articles_together_have_each_article_once(many: Ledger, sort: str) -> None:
    with many.browsing() as browse:
        first = browse.articles(Filters(), sort, size=7)
        second = browse.articles(Filters(), sort, first.next, size=7)
    assert second.next is None
    assert sorted(row.id for row in (*first.rows, *second.rows)) == sorted(row.id for row in many.articles())


@pytest.mark.parametrize("sort", STORY_ORDERS)
def test_every_order_of_stories_can_be_asked_for(many: Ledger, sort: str) -> None:
    with many.browsing() as browse:
        assert browse.stories(Filters(), sort).rows == ()


def test_newest_and_oldest_have_the_undated_last(many: Ledger) -> None:
    with many.browsing() as browse:
        for sort in ("newest", "oldest"):
            days = [row.published for row in browse.claims(Filters(), sort).rows]
            known = [day for day in days if day]
            assert known == sorted(known, reverse=sort == "newest")
            assert days[len(known) :] == [None] * (len(days) - len(known))


def test_what_is_added_meanwhile_moves_no_row_to_another_page(many: Ledger) -> None:
    with many.browsing() as browse:
        first = browse.claims(Filters(), "newest", size=5)
        rest = browse.claims(Filters(), "newest", first.next, size=50)
    many.store(*simple(99, published="2032-01-01"))
    with many.browsing() as browse:
        assert browse.claims(Filters(), "newest", first.next, size=50) == rest


def test_claims_are_narrowed_and_counted_alike(many: Ledger) -> None:
    for f in (Filters(by="party 1"), Filters(outlet="Outlet 0"), Filters(about="shells", since="2031-05-03")):
        with many.browsing() as browse:
            rows = browse.claims(f).rows
            assert len(rows) == browse.count_claims(f) == len(list(many.claims(f))) > 0


def test_claims_are_narrowed_by_stance_and_type(fresh_ledger: Ledger) -> None:
    item = received("One.\n\nMara denied that shells fell. Ivo said that shells fell.")
    build = Builder(item)
    build.says("Mara", "that shells fell", cue="denied", stance="denies")
    build.says("Ivo", "Ivo said that shells fell"[9:], cue="said")
    fresh_ledger.store(item, build.reading)
    assert [row.claimant for row in fresh_ledger.claims(Filters(stance="denies"))] == ["Mara"]
    assert list(fresh_ledger.claims(Filters(type="ASSAULT"))) == []


@pytest.mark.parametrize("cursor", ["", "x", "e30", "W10", "WzEsMl0", "bnVsbA", "W1tdLFtdLFtdXQ", "é" * 10, "a" * 5000])
def test_a_cursor_that_is_none_is_refused(many: Ledger, cursor: str) -> None:
    with many.browsing() as browse, pytest.raises(UsageError, match="cursor"):
        browse.claims(Filters(), "newest", cursor)


def test_only_the_latest_reading_counts(fresh_ledger: Ledger) -> None:
    fresh_ledger.store(*simple(1))
    fresh_ledger.store(*simple(1, provenance=NEWER))
    with fresh_ledger.browsing() as browse:
        counts = browse.counts()
        assert (counts.articles, counts.claims, counts.claimants, counts.outlets) == (1, 1, 1, 1)
        assert len(browse.claims(Filters()).rows) == 1


def test_the_stamp_differs_once_something_is_stored(many: Ledger) -> None:
    with many.browsing() as browse:
        before = browse.stamp()
        assert browse.stamp() == before
    many.store(*simple(77))
    with many.browsing() as browse:
        assert browse.stamp() != before


def _link_again(held: Ledger) -> None:
    linking.link(held, again=True)


def _list_a_body(held: Ledger) -> None:
    linking.add_body(held, "Inquiry")


def _store_unread(held: Ledger) -> None:
    held.store(simple(77)[0], None)


def _set_aside(held: Ledger) -> None:
    held.quarantine(set_aside())


@pytest.mark.parametrize("change", [_link_again, _list_a_body, _store_unread, _set_aside])
def test_the_stamp_differs_once_the_ledger_is_changed(many: Ledger, change: Callable[[Ledger], None]) -> None:
    linking.link(many)
    with many.browsing() as browse:
        before = browse.stamp()
    change(many)
    with many.browsing() as browse:
        assert browse.stamp() != before


def test_the_stamp_differs_once_what_was_read_again_is_linked(many: Ledger) -> None:
    linking.link(many)
    many.store(*simple(12, claimant="party 0", published="2031-05-01", outlet="Outlet 0", provenance=NEWER))
    with many.browsing() as browse:
        before = browse.stamp()
    linking.link(many)
    with many.browsing() as browse:
        assert browse.stamp() != before


def test_a_claimant_is_named_only_where_no_other_id_begins_so(many: Ledger) -> None:
    start = claimant_id("party 0")[:1]
    names = (f"somebody {number}" for number in range(1000))
    corrected = next(name for name in names if claimant_id(name).startswith(start))
    claim = next(many.claims(Filters(by="party 1")))
    with many.browsing() as browse:
        assert [claimant_id(f"party {n}")[:1] == start for n in range(3)] == [True, False, False]
        assert browse.name_of_claimant(start) == "party 0"
    deciding.decide(many, Judgement("correct", claim.id, "mara", correction=Correction(claimant=corrected)))
    with many.browsing() as browse:
        assert browse.name_of_claimant(start) is None
        assert browse.name_of_claimant(claimant_id("party 0")) == "party 0"
        assert browse.name_of_claimant(claimant_id(corrected)) == corrected


def test_what_was_set_aside_is_paged_the_latest_first(fresh_ledger: Ledger) -> None:
    for number in range(7):
        fresh_ledger.quarantine(set_aside(f"reports/{number}.txt"))
    with fresh_ledger.browsing() as browse:
        first = browse.quarantined(Filters(), size=4)
        second = browse.quarantined(Filters(), first.next, size=4)
    assert len({row.location for row in (*first.rows, *second.rows)}) == 7
