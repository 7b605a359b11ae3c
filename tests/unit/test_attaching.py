"""Files that are looked into, kept, and found again."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from tests.unit.ledger.builders import Builder, received, simple
from tests.unit.media.making import Signing, drawing, encoded, picture, signed, signing, video

from sayso import attaching, media
from sayso.attaching import Attached
from sayso.config import Config, Limits
from sayso.errors import IntakeError, NotThereError, UsageError
from sayso.ledger import Ledger
from sayso.media_types import FileSays, Look, MediaFile, Sighting
from sayso.types import Quarantined

SEEN = Sighting(None, None, None, "", "mara")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(str(tmp_path / "sayso.db")) as held:
        yield held


def added(ledger: Ledger, path: Path, data: bytes, seen: Sighting = SEEN, config: Config = Config()) -> Attached:  # noqa: B008 (frozen)
    path.write_bytes(data)
    told: list[Attached | Quarantined] = []
    attaching.attach([str(path)], seen, config, ledger, told.append)
    (became,) = told
    assert isinstance(became, Attached)
    return became


def test_a_copy_that_was_made_smaller_and_saved_again_is_seen_before_with_date_and_place(
    ledger: Ledger, tmp_path: Path
) -> None:
    ledger.store(*simple(1, published="2031-05-04"))
    article = simple(1)[0].article.id
    first = added(ledger, tmp_path / "a.jpg", picture(1), replace(SEEN, article=article))
    (tmp_path / "copy.webp").write_bytes(encoded(drawing(1).resize((400, 300)), "WEBP", quality=50))
    found = attaching.medium(ledger, str(tmp_path / "copy.webp"), Config())
    assert found.row is None
    (near,) = found.near
    assert near.medium.id == first.id
    assert near.bits <= 31
    (seen,) = near.seen
    assert seen.article is not None
    assert (seen.article.id, seen.article.published, seen.places) == (article, "2031-05-04", ("Orvane",))
    with ledger.media() as kept:
        assert len(list(kept.rows())) == 1  # a file that is only shown is not stored


def test_a_picture_taken_from_a_video_is_found_in_it_at_its_time(ledger: Ledger, tmp_path: Path) -> None:
    clip = added(ledger, tmp_path / "a.mp4", video(range(3)))
    still = added(ledger, tmp_path / "still.png", encoded(drawing(2, 320, 240), "PNG"))
    (near,) = attaching.stored(ledger, still.id).near
    assert (near.medium.id, near.seconds, near.own_seconds) == (clip.id, 4.0, None)
    (back,) = attaching.stored(ledger, clip.id).near
    assert (back.medium.id, back.seconds, back.own_seconds) == (still.id, None, 4.0)
    assert attaching.stored(ledger, clip.id, frames=1).near == ()


def test_what_was_looked_into_is_not_looked_into_again(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    added(ledger, tmp_path / "a.jpg", picture(1))

    def look(*_: object) -> Look:
        raise AssertionError("looked into again")

    monkeypatch.setattr(media, "look", look)
    assert added(ledger, tmp_path / "a.jpg", picture(1)).known
    assert not added(ledger, tmp_path / "b.jpg", picture(1)).known  # seen in another file
    with pytest.raises(AssertionError, match="again"):
        added(ledger, tmp_path / "a.jpg", picture(1), config=Config(limits=Limits(media_frames=1)))


def test_a_large_file_is_looked_into_and_its_hash_kept_alone(ledger: Ledger, tmp_path: Path) -> None:
    small = Config(limits=Limits(media_bytes=1000))
    became = added(ledger, tmp_path / "a.mp4", video(range(2)), config=small)
    assert not became.kept
    found = attaching.stored(ledger, became.id)
    assert (len(found.look.frames), found.size) == (2, (tmp_path / "a.mp4").stat().st_size)
    assert found.row is not None
    assert not found.row.kept
    with pytest.raises(NotThereError):
        ledger.data(found.sha256)


def test_one_that_changes_while_it_is_looked_into_is_set_aside(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(picture(1))
    look = media.look

    def changing(*given: object) -> Look:
        path.write_bytes(picture(1) + b"more")
        return look(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(media, "look", changing)
    told: list[Attached | Quarantined] = []
    attaching.attach([str(path)], SEEN, Config(limits=Limits(media_bytes=1000)), ledger, told.append)
    (became,) = told
    assert isinstance(became, Quarantined)
    assert "changed" in became.reason


@pytest.fixture(scope="module")
def camera() -> Signing:
    return signing()


def test_a_trust_list_is_held_against_what_is_kept(ledger: Ledger, tmp_path: Path, camera: Signing) -> None:
    (tmp_path / "list.pem").write_text(camera.root)
    listed = Config(trust=str(tmp_path / "list.pem"))
    data = signed(picture(1), camera)

    def state(config: Config = Config()) -> str:  # noqa: B008 (frozen)
        found = attaching.medium(ledger, became.id, config).look.credentials
        assert found is not None
        return found.state

    became = added(ledger, tmp_path / "a.jpg", data)
    assert (state(), state(listed)) == ("untrusted", "trusted")
    assert state() == "untrusted"  # nothing was changed by asking
    added(ledger, tmp_path / "a.jpg", data, config=listed)
    assert state() == "trusted"
    added(ledger, tmp_path / "a.jpg", data)  # without a list, what a list has shown stays
    assert state() == "trusted"


def test_where_it_was_seen_may_be_given_by_beginnings_of_ids(ledger: Ledger) -> None:
    for number in (1, 2):
        ledger.store(*simple(number))
    article, other = (simple(n)[0].article.id for n in (1, 2))
    (claim,) = ledger.claims_of(article)
    seen = attaching.where_seen(ledger, "mara", claim=claim.id[:8], url=" https://example.org/a.jpg#top ")
    assert (seen.article, seen.claim, seen.url) == (article, claim.id, "https://example.org/a.jpg")
    assert attaching.where_seen(ledger, "mara", article=article[:8]).article == article
    with pytest.raises(UsageError, match="not one of the article"):
        attaching.where_seen(ledger, "mara", article=other, claim=claim.id)
    with pytest.raises(NotThereError):
        attaching.where_seen(ledger, "mara", article="ffff")
    for url in ("file:///etc/passwd", "example.org/a.jpg", "https://[", "https://example.org/" + "x" * 3000):
        with pytest.raises(UsageError, match="expected an address"):
            attaching.where_seen(ledger, "mara", url=url)


def test_a_page_is_gone_through_once_and_ties_what_is_added_later(ledger: Ledger, tmp_path: Path) -> None:
    page = '<!doctype html><html><body><p>Shells fell.</p><img src="https://example.org/a.jpg"></body></html>'
    item = received(page)
    ledger.store(item, Builder(item).reading)
    assert attaching.go_through(ledger, item.article.id, Config())
    assert attaching.go_through(ledger, item.article.id, Config())
    added(ledger, tmp_path / "a.jpg", picture(1), replace(SEEN, url="https://example.org/a.jpg"))
    with ledger.media() as kept:
        (row,) = kept.seen_in(item.article.id)
        assert [one.medium for one in kept.cited()] == [row.id]


def test_an_open_file_is_taken_under_the_name_given(ledger: Ledger, tmp_path: Path) -> None:
    assert attaching.attach_file(io.BytesIO(picture(1)), "from a phone", SEEN, Config(), ledger).kind == "jpeg"
    with pytest.raises(IntakeError, match="neither"):
        attaching.attach_file(io.BytesIO(b"a report"), "a text", SEEN, Config(), ledger)
    (aside,) = ledger.quarantined()
    assert (aside.location, aside.sha256 is not None) == ("a text", True)


def test_what_is_missing_is_named_with_what_installs_it(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sayso.media import looking

    monkeypatch.setattr(looking, "_version", lambda name: None if name == "pdqhash" else "1")
    with pytest.raises(UsageError, match=r"pip install 'sayso\[media\]'"):
        attaching.attach([str(tmp_path)], SEEN, Config(), ledger)


def test_there_must_be_such_a_picture_and_one_only(ledger: Ledger) -> None:
    with pytest.raises(NotThereError, match="no picture or video 'ffff'"):
        attaching.stored(ledger, "ffff")
    hashes = [sha256(bytes([n])).hexdigest() for n in range(17)]  # of which two begin with one digit
    for one in hashes:
        looked = Look(None, None, None, (), FileSays(), None, None, None, "{}")
        ledger.attach(MediaFile(one, "jpeg", 1, None), looked, SEEN)
    found = attaching.stored(ledger, hashes[0]).row
    assert found is not None
    (twice, _), *_ = Counter(one[0] for one in hashes).most_common()
    with pytest.raises(NotThereError, match="more than one id"):
        attaching.stored(ledger, twice)
