"""What goes into the ledger, and that it stays."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from sqlalchemy import func, select
from tests.unit.ledger.builders import LOCAL, NEWER, Builder, received, set_aside, simple

from sayso.errors import LedgerError
from sayso.ledger import Ledger, claims_of
from sayso.ledger.schema import tables
from sayso.types import Filters


def counts(ledger: Ledger) -> dict[str, int]:
    with ledger._engine.connect() as connection:
        return {
            name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in tables.tables.items()
        }


def test_what_is_stored_comes_back_as_it_was(fresh_ledger: Ledger) -> None:
    item, reading = simple()
    assert fresh_ledger.store(item, reading)
    assert tuple(fresh_ledger.claims()) == claims_of(reading)
    row, stored, text = fresh_ledger.article(item.article.id)
    assert text == item.article.text
    assert stored == plain(reading.to_json())
    assert (row.location, row.outlet, row.words) == ("reports/1.txt", "Harbour Post", 14)
    assert fresh_ledger.data(item.article.sha256) == item.data


def plain(value: object) -> object:
    """``value`` as JSON has it: lists for tuples."""
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    return [plain(v) for v in value] if isinstance(value, tuple | list) else value


@pytest.mark.parametrize(
    "text", ["قالت الوزارة إن عشرة قتلوا", "👍🏽 ten e\u0301 died", "half \ud83d a pair", "a\x00b", "\r\n x"]
)
def test_any_text_comes_back_to_the_code_point(fresh_ledger: Ledger, text: str) -> None:
    item = received(text, location=f"{text}.txt", title=text)
    build = Builder(item)
    build.says("the ministry", text.strip())
    assert fresh_ledger.store(item, build.reading)
    _, stored, read = fresh_ledger.article(item.article.id)
    assert read == text
    assert stored is not None
    (span,) = stored["attributions"][0]["content"]
    assert text[span["start"] : span["end"]] == span["text"]
    (claim,) = fresh_ledger.claims()
    assert claim.spans == claims_of(build.reading)[0].spans


def test_storing_the_same_twice_changes_nothing(fresh_ledger: Ledger) -> None:
    assert fresh_ledger.store(*simple())
    before = counts(fresh_ledger)
    assert not fresh_ledger.store(*simple())
    item, reading = simple()
    elsewhere = replace(item, article=replace(item.article, location="copy.txt"))
    assert not fresh_ledger.store(elsewhere, replace(reading, article=elsewhere.article))
    assert not fresh_ledger.store(item, None)
    assert counts(fresh_ledger) == before


def test_an_article_that_was_not_read_is_stored_and_may_be_read_later(fresh_ledger: Ledger) -> None:
    item, reading = simple()
    assert fresh_ledger.store(item, None)
    assert not fresh_ledger.store(item, None)
    assert not fresh_ledger.holds(item.article.id, LOCAL)
    assert fresh_ledger.article(item.article.id).reading is None
    assert list(fresh_ledger.claims()) == []
    assert fresh_ledger.store(item, reading)
    assert fresh_ledger.holds(item.article.id, LOCAL)
    assert len(list(fresh_ledger.articles())) == 1
    assert len(list(fresh_ledger.claims())) == 1
    assert counts(fresh_ledger)["article"] == 1


def test_an_article_is_held_only_by_the_very_reader_that_read_it(fresh_ledger: Ledger) -> None:
    item, reading = simple()
    fresh_ledger.store(item, reading)
    assert fresh_ledger.holds(item.article.id, LOCAL)
    for field in ("sayso", "model", "reader"):
        assert not fresh_ledger.holds(item.article.id, replace(LOCAL, **{field: "other"}))


def test_a_new_reading_is_added_and_listed_and_the_old_one_stays(fresh_ledger: Ledger) -> None:
    item, old = simple(claimant="the ministry")
    new = replace(old, attributions=(replace(old.attributions[0], claimant="Ministry of Defence"),), provenance=NEWER)
    fresh_ledger.store(item, old)
    (before,) = fresh_ledger.claims()
    assert fresh_ledger.store(item, new)
    (after,) = fresh_ledger.claims()
    assert (before.claimant, after.claimant) == ("the ministry", "Ministry of Defence")
    assert before.id == after.id
    assert fresh_ledger.claim(after.id).row.claimant == "Ministry of Defence"
    assert fresh_ledger.article(item.article.id).reading["provenance"]["model"] == NEWER.model
    assert [c.name for c in fresh_ledger.claimants()] == ["Ministry of Defence"]
    assert list(fresh_ledger.claims(Filters(by="ministry of"))) == [after]
    assert counts(fresh_ledger)["reading"] == counts(fresh_ledger)["claim"] == 2
    assert not fresh_ledger.store(item, old), "the former reading is still known"


def test_a_claim_that_the_latest_reading_lacks_is_still_found_by_its_id(fresh_ledger: Ledger) -> None:
    item, old = simple()
    fresh_ledger.store(item, old)
    (gone,) = fresh_ledger.claims()
    fresh_ledger.store(item, replace(old, attributions=(), provenance=NEWER))
    assert list(fresh_ledger.claims()) == []
    assert fresh_ledger.claim(gone.id).row == gone


def test_a_new_reading_of_another_extraction_keeps_both_texts(fresh_ledger: Ledger) -> None:
    """The same bytes may become another text in a later version; the spans must fit the text that they come with."""
    item, old = simple()
    fresh_ledger.store(item, old)
    longer = replace(item.article, text="BREAKING\n\n" + item.article.text, outlet="Harbour Post Online")
    build = Builder(replace(item, article=longer), NEWER)
    build.says("the ministry", "1 shells fell on Orvane", cue="said")
    assert fresh_ledger.store(replace(item, article=longer), build.reading)
    (row,) = fresh_ledger.articles()
    (claim,) = fresh_ledger.claims()
    assert row.outlet == claim.outlet == claim.chain[0] == "Harbour Post Online"
    text = fresh_ledger.article(row.id).text
    assert text == longer.text
    assert [text[s.start : s.end] for s in claim.spans] == [claim.text]
    assert counts(fresh_ledger)["article"] == 2


def test_bytes_that_are_not_the_articles_are_refused(fresh_ledger: Ledger) -> None:
    item, reading = simple()
    with pytest.raises(ValueError, match="do not have the hash"):
        fresh_ledger.store(replace(item, data=b"other"), reading)
    assert counts(fresh_ledger)["snapshot"] == 0


def test_a_store_that_fails_half_way_leaves_nothing(fresh_ledger: Ledger) -> None:
    """The last thing that a transaction writes is the index: without it nothing else may stay."""
    with fresh_ledger._writing() as connection:
        connection.exec_driver_sql("DROP TABLE claim_search")
    before = counts(fresh_ledger)
    with pytest.raises(LedgerError, match="What was reported as stored is safe"):
        fresh_ledger.store(*simple())
    assert counts(fresh_ledger) == before


def test_input_is_set_aside_once_for_each_reason(fresh_ledger: Ledger) -> None:
    assert fresh_ledger.quarantine(set_aside())
    assert not fresh_ledger.quarantine(replace(set_aside(), at="2032-01-01T00:00:00+00:00"))
    assert fresh_ledger.quarantine(set_aside(reason="the file cannot be decoded"))
    assert fresh_ledger.quarantine(set_aside(location="other.txt"))
    assert fresh_ledger.quarantine(replace(set_aside(), sha256="0" * 64))
    rows = list(fresh_ledger.quarantined())
    assert len(rows) == 4
    assert (rows[0].location, rows[0].sha256, rows[0].at) == ("other.txt", None, "2031-05-04T10:00:00+00:00")


def test_bytes_that_were_set_aside_are_kept(fresh_ledger: Ledger) -> None:
    data = b"\xff\xfe not text"
    sha256 = hashlib.sha256(data).hexdigest()
    fresh_ledger.quarantine(replace(set_aside(), sha256=sha256, data=data))
    assert fresh_ledger.data(sha256) == data


def test_a_location_that_is_not_unicode_is_set_aside_too(fresh_ledger: Ledger) -> None:
    assert fresh_ledger.quarantine(set_aside(location="bad\udcff.txt"))
    (row,) = fresh_ledger.quarantined()
    assert row.location == "bad\ufffd.txt"
    assert not fresh_ledger.quarantine(set_aside(location="bad\udcff.txt"))


def test_bytes_that_the_ledger_does_not_hold_are_a_ledger_error(fresh_ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="holds no bytes with the hash"):
        fresh_ledger.data("0" * 64)


def test_a_listing_goes_on_while_more_is_stored(fresh_ledger: Ledger) -> None:
    for number in range(5):
        fresh_ledger.store(*simple(number))
    listing = fresh_ledger.articles()
    next(listing)
    fresh_ledger.store(*simple(6))
    assert len(list(listing)) == 4, "a listing shows the ledger as it was when it began"
    assert len(list(fresh_ledger.articles())) == 6
