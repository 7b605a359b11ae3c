from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable

import pytest
from tests.unit.ledger.builders import simple

from sayso.errors import NotThereError
from sayso.ledger import Ledger
from sayso.ledger.media import pieces
from sayso.media_types import NEAR, PLAIN, FileSays, KeyFrame, Look, MediaFile, Sighting
from sayso.types import Filters


def a_look(hashes: Iterable[int], quality: int = 90, made_with: str = "{}", problem: str | None = None) -> Look:
    frames = tuple(KeyFrame(float(n), f"{number:064x}", quality) for n, number in enumerate(hashes))
    return Look(640, 480, None, frames, FileSays(taken="2031-05-04"), None, b"jpeg", problem, made_with)


def a_file(name: str, data: bool = True) -> MediaFile:
    inside = name.encode()
    return MediaFile(hashlib.sha256(inside).hexdigest(), "jpeg", len(inside), inside if data else None)


def seen(article: str | None = None, url: str | None = None, location: str = "a.jpg") -> Sighting:
    return Sighting(article, None, url, location, "mara")


def changed(number: int, bits: int, chance: random.Random) -> int:
    """``number`` with so many of its 256 bits changed."""
    for place in chance.sample(range(256), bits):
        number ^= 1 << place
    return number


def test_all_that_is_near_is_found_and_nothing_else(fresh_ledger: Ledger) -> None:
    chance = random.Random(31)
    first = chance.getrandbits(256)
    numbers = [changed(first, bits, chance) for bits in [*range(40)] * 6] + [
        chance.getrandbits(256) for _ in range(200)
    ]
    # Those that a scheme of pieces could miss: the bits spread over all pieces as evenly as can be.
    numbers += [first ^ sum(1 << (16 * (n % 16) + n // 16) for n in range(bits)) for bits in (16, 30, 31, 32)]
    for n, number in enumerate(numbers):
        fresh_ledger.attach(a_file(f"file {n}"), a_look([number]), seen())
    expected = {n: bits for n, one in enumerate(numbers) if (bits := (one ^ first).bit_count()) <= NEAR}
    with fresh_ledger.media() as media:
        near = media.nearest([KeyFrame(None, f"{first:064x}", 90)], but="")
        rows = media.rows_of(list(near))
    named = {a_file(f"file {n}").sha256: n for n in range(len(numbers))}
    assert {named[row.sha256]: bits for row, (bits, *_) in zip(rows, near.values(), strict=True)} == expected
    assert 31 in expected.values()


def test_a_hash_has_sixteen_pieces_of_its_own() -> None:
    number = int("0123456789abcdef" * 4, 16)
    assert len(set(pieces(number))) == 16
    assert sum((piece & 0xFFFF) << (piece >> 16) * 16 for piece in pieces(number)) == number


def test_the_nearest_come_first_each_once_with_the_pictures_that_are_near(fresh_ledger: Ledger) -> None:
    chance = random.Random(5)
    first, other = chance.getrandbits(256), chance.getrandbits(256)
    fresh_ledger.attach(a_file("far"), a_look([changed(first, 20, chance)]), seen())
    fresh_ledger.attach(a_file("near"), a_look([other, changed(first, 12, chance), changed(first, 3, chance)]), seen())
    with fresh_ledger.media() as media:
        own = [KeyFrame(7.0, f"{first:064x}", 90)]
        near = media.near(own, but="")
        assert [(one.medium.sha256, one.bits, one.seconds, one.own_seconds) for one in near] == [
            (a_file("near").sha256, 3, 2.0, 7.0),
            (a_file("far").sha256, 20, 0.0, 7.0),
        ]
        assert [one.bits for one in media.near(own, but=a_file("near").sha256)] == [20]


def test_a_picture_that_shows_too_little_is_near_nothing(fresh_ledger: Ledger) -> None:
    fresh_ledger.attach(a_file("plain"), a_look([1], quality=PLAIN - 1), seen())
    fresh_ledger.attach(a_file("other"), a_look([1]), seen())
    with fresh_ledger.media() as media:
        assert media.near([KeyFrame(None, f"{1:064x}", PLAIN - 1)], but="") == []
        near = media.near([KeyFrame(None, f"{1:064x}", PLAIN)], but="")
    assert [one.medium.sha256 for one in near] == [a_file("other").sha256]


def test_entering_the_same_again_changes_nothing(fresh_ledger: Ledger) -> None:
    assert fresh_ledger.attach(a_file("a"), a_look([1]), seen())
    assert not fresh_ledger.attach(a_file("a"), a_look([1]), seen())
    assert not fresh_ledger.attach(a_file("a"), None, seen())
    assert fresh_ledger.attach(a_file("a"), None, seen(location="b.jpg"))
    assert fresh_ledger.attach(a_file("a"), a_look([1], made_with='{"new": 1}'), seen())
    with fresh_ledger.media() as media:
        (row,) = media.rows()
        found = media.find(row.sha256)
    assert found is not None
    assert found.look.made_with == '{"new": 1}'
    assert fresh_ledger.data(row.sha256) == b"a"


def test_an_address_that_no_database_takes_as_it_is_is_stored(fresh_ledger: Ledger) -> None:
    look = a_look([1], problem="a\0b")
    assert fresh_ledger.attach(a_file("a"), look, seen(url="http://a.example/\0b\ud800"))
    assert not fresh_ledger.attach(a_file("a"), look, seen(url="http://a.example/\0b\ud800"))
    with fresh_ledger.media() as media:
        (row,) = media.rows()
    assert row.urls == ("http://a.example/\ufffdb\ufffd",)
    assert row.problem == "a\ufffdb"


def test_one_too_large_is_known_by_its_hash_alone(fresh_ledger: Ledger) -> None:
    fresh_ledger.attach(a_file("large", data=False), a_look([1]), seen())
    with fresh_ledger.media() as media:
        (row,) = media.rows()
    assert not row.kept
    with pytest.raises(NotThereError):
        fresh_ledger.data(row.sha256)


def test_where_it_was_seen_has_date_place_and_who_says_so(fresh_ledger: Ledger) -> None:
    for number, published in ((1, "2031-05-09"), (2, "2031-05-04")):
        fresh_ledger.store(*simple(number, published=published))
    later, earlier = (simple(n, published=day)[0].article.id for n, day in ((1, "2031-05-09"), (2, "2031-05-04")))
    (claim,) = fresh_ledger.claims_of(later)
    fresh_ledger.attach(a_file("a"), a_look([1]), Sighting(later, claim.id, None, "a.jpg", "mara"))
    fresh_ledger.attach(a_file("a"), None, seen(earlier))
    with fresh_ledger.media() as media:
        found = media.find(a_file("a").sha256)
        assert found is not None
        first, last = media.seen([found.key])[found.key]
        rows = list(media.rows())
    assert first.article is not None
    assert (first.article.id, first.article.published, first.places) == (earlier, "2031-05-04", ("Orvane",))
    assert last.claim is not None
    assert (last.claim.id, last.places, last.who) == (claim.id, ("Orvane",), "mara")
    assert rows[0].articles == (earlier, later)
    assert rows[0].claims == (claim.id,)


def test_an_address_on_a_page_ties_a_file_to_its_article(fresh_ledger: Ledger) -> None:
    fresh_ledger.store(*simple(1))
    article = simple(1)[0].article.id
    url = "https://example.org/a.jpg"
    fresh_ledger.attach(a_file("a"), a_look([1]), seen(url=url))
    with fresh_ledger.media(writing=True) as media:
        assert not media.is_gone_through(article)
        media.cite(article, [("picture", url), ("video", "https://example.org/b.mp4")])
        media.cite(article, [("picture", "https://example.org/c.jpg")])  # it was gone through
        assert media.is_gone_through(article)
    with fresh_ledger.media() as media:
        assert [(row.url[-5:], row.what, row.medium) for row in media.cited(article)] == [
            ("a.jpg", "picture", a_file("a").sha256[:16]),
            ("b.mp4", "video", None),
        ]
        (row,) = media.seen_in(article)
        found = media.find(row.sha256)
        assert found is not None
        attached, shown = sorted(media.seen([found.key])[found.key], key=lambda one: one.cited)
    assert attached.article is None
    assert shown.article is not None
    assert (shown.article.id, shown.cited, shown.url) == (article, True, url)
    assert row.articles == (article,)


def test_what_was_seen_very_often_is_told_as_far_as_that_is_of_use(fresh_ledger: Ledger) -> None:
    url = "https://example.org/emblem.png"
    fresh_ledger.attach(a_file("emblem"), a_look([1]), seen(url=url))
    for number in range(120):
        fresh_ledger.attach(a_file("emblem"), None, seen(location=f"{number}.jpg"))
        with fresh_ledger.media(writing=True) as media:
            media.cite(f"{number:016x}", [("picture", url)])
    fresh_ledger.attach(a_file("other"), a_look([2]), seen())
    with fresh_ledger.media() as media:
        told = [len(those) for those in media.seen([1, 2]).values()]
    assert told == [200, 1]


def test_filters_are_about_the_articles_in_which_it_was_seen(fresh_ledger: Ledger) -> None:
    fresh_ledger.store(*simple(1, outlet="Harbour Post"))
    fresh_ledger.store(*simple(2, outlet="The Lantern"))
    one, two = (simple(n)[0].article.id for n in (1, 2))
    fresh_ledger.attach(a_file("a"), a_look([1]), seen(one))
    fresh_ledger.attach(a_file("b"), a_look([2]), seen(two))
    fresh_ledger.attach(a_file("c"), a_look([3]), seen())
    with fresh_ledger.media() as media:
        assert [row.size for row in media.rows()] == [1, 1, 1]
        assert [row.articles for row in media.rows(Filters(outlet="The Lantern"))] == [(two,)]
        assert [row.articles for row in media.rows(Filters(place="Orvane", limit=1))] == [(one,)]
        assert list(media.rows(Filters(about="nothing of the kind"))) == []
