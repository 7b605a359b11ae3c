"""Web archives that are broken: what is broken is set aside, each with its reason, and the other pages are read."""

from __future__ import annotations

import gzip
import io
import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.intake import archived
from tests.unit.intake.archived import DAMAGES, MEMBER_DAMAGES, PAGES, URL, WITHIN, Damage, packed, page_record, record

from sayso.config import Config, Limits
from sayso.intake import receive
from sayso.intake.warc import BadRecord, WarcPage, warc_pages
from sayso.types import Quarantined, Received

PACKED = [gzip.compress(one) for one in PAGES]


def pages(data: bytes, limits: Limits = Limits()) -> list[WarcPage | BadRecord]:  # noqa: B008 (frozen)
    return list(warc_pages(io.BytesIO(data), limits))


def urls(items: list[WarcPage | BadRecord]) -> list[str | None]:
    return [item.url for item in items if isinstance(item, WarcPage)]


def reasons(items: list[WarcPage | BadRecord]) -> list[str]:
    return [item.reason for item in items if isinstance(item, BadRecord)]


ALL = [URL.format(number) for number in range(1, 5)]


@pytest.mark.parametrize("place", range(4))
@pytest.mark.parametrize("is_packed", [False, True], ids=["plain", "packed"])
@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_record_costs_no_other(damage: Damage, place: int, is_packed: bool) -> None:
    records = [damage(one) if number == place else one for number, one in enumerate(PAGES)]
    items = pages(packed(records) if is_packed else b"".join(records))

    expected = [url for number, url in enumerate(ALL) if number != place or damage is archived.junk_before]
    assert urls(items) == expected
    assert len(reasons(items)) == 1
    assert DAMAGES[damage] in reasons(items)[0] or "cut off: the record lacks" in reasons(items)[0]
    numbers = [item.number for item in items]
    assert numbers == sorted(set(numbers))


@pytest.mark.parametrize("place", range(4))
@pytest.mark.parametrize("damage", MEMBER_DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_member_costs_no_other(damage: Damage, place: int) -> None:
    items = pages(b"".join(damage(one) if number == place else one for number, one in enumerate(PACKED)))

    assert urls(items) == [url for number, url in enumerate(ALL) if number != place]
    assert [item.number for item in items] == [1, 2, 3, 4]
    assert "damaged" in reasons(items)[0] or "cut off" in reasons(items)[0]


@pytest.mark.parametrize("cut", [1, 3, 30, 100, 300])
def test_a_file_that_was_cut_off_has_its_first_pages(cut: int) -> None:
    plain, one_member = pages(b"".join(PAGES)[:-cut]), pages(gzip.compress(b"".join(PAGES))[:-cut])

    assert urls(pages(packed(PAGES)[:-cut]))[:2] == ALL[:2]
    assert urls(plain)[:3] == ALL[:3]
    assert len(urls(plain)) == 4 or "cut off" in reasons(plain)[0]
    assert "cut off" in reasons(one_member)[0]


def test_bombs_are_not_expanded_and_what_follows_is_read() -> None:
    begun = time.process_time()
    items = pages(PACKED[0] + archived.bomb() + PACKED[1] + archived.bomb_of_line_breaks() + PACKED[2])

    assert urls(items) == ALL[:3]
    assert [reason.partition(":")[0] for reason in reasons(items)] == ["archive bomb"] * 2
    assert time.process_time() - begun < 5


def test_records_that_say_they_hold_all_others_do_not_take_for_ever() -> None:
    begun = time.process_time()
    items = pages(archived.every_record_within_the_one_before(20_000) + PAGES[0])

    assert len(reasons(items)) > 1
    assert time.process_time() - begun < 60


def test_what_might_be_members_and_is_none_is_not_looked_at_for_ever() -> None:
    items = pages(PACKED[0] + b"\x1f\x8b\x08\0" * 500_000 + PACKED[1])

    assert urls(items) == ALL[:1]
    assert len(reasons(items)) == 1


def test_more_records_than_the_limit() -> None:
    items = pages(packed(PAGES), Limits(members=2))

    assert urls(items) == ALL[:2]
    assert reasons(items) == ["more than 2 records, the limit members"]


@pytest.mark.parametrize(("content", "words"), WITHIN.values(), ids=WITHIN)
def test_what_is_wrong_within_a_record_is_set_aside(content: bytes, words: str, tmp_path: object) -> None:
    archive = tmp_path / "a.warc.gz"  # type: ignore[operator]
    archive.write_bytes(packed([PAGES[0], record(content, "response", URL.format("bad")), PAGES[1]]))
    first, bad, last = receive([archive], Config())

    assert isinstance(first, Received)
    assert isinstance(last, Received)
    assert isinstance(bad, Quarantined)
    assert words in bad.reason
    assert bad.location == f"{archive}#2"


def test_a_capture_that_was_cut_off_is_set_aside() -> None:
    items = pages(packed([page_record(1, "WARC-Truncated: length"), PAGES[1]]))

    assert urls(items) == ALL[1:2]
    assert "WARC-Truncated: length" in reasons(items)[0]


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 4), st.booleans())
def test_flipped_bytes_never_raise_and_never_change_a_page_in_a_packed_archive(
    seed: int, flips: int, is_packed: bool
) -> None:
    chance = random.Random(seed)
    data = bytearray(packed(PAGES) if is_packed else b"".join(PAGES))
    for _ in range(flips):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    found = pages(bytes(data))
    whole = {item.data for item in pages(packed(PAGES)) if isinstance(item, WarcPage)}

    if is_packed:  # gzip's checksum tells
        assert {item.data for item in found if isinstance(item, WarcPage)} <= whole
        assert len(urls(found)) >= 4 - flips


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400), st.integers(0, 4))
def test_bytes_that_nobody_expects_never_raise(junk: bytes, place: int) -> None:
    for records in (PAGES, PACKED):
        found = pages(b"".join([*records[:place], junk, *records[place:]]))
        if not junk.strip(b"\r\n\0"):
            continue
        assert urls(found)[:place] == ALL[:place]
