from __future__ import annotations

import pytest

from sayso.errors import IntakeError
from sayso.media.kinds import PICTURES, VIDEOS, form_of, kind_of


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\xff\xd8\xff\xe1", "jpeg"),
        (b"\0\0\0\x1cftypavif", "avif"),
        (b"\0\0\0\x18ftypheic", "heic"),
        (b"\0\0\0\x14ftypqt  ", "mp4"),
        (b"\0\0\0\x08wide\0\0\0\0mdat", "mp4"),
        (b"MM\0*\0\0\0\x08", "tiff"),
        (b"FLV\x01\x05", "flv"),
        ((b"\x47" + bytes(187)) * 3, "mpegts"),
        (b"\0\0\x01\xba\x44", "mpeg"),
    ],
)
def test_kinds_are_told_by_their_first_bytes(head: bytes, kind: str) -> None:
    assert kind_of(head) == kind
    assert form_of(kind) == ("picture" if kind in PICTURES else "video")
    assert kind in PICTURES or kind in VIDEOS


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (b"", "empty"),
        (b"\n<svg onload=x>", "SVG"),
        (b"<?xml?><svg/>", "SVG"),
        (b"<?xml?><a/>", "neither"),
        (b"x", "neither"),
    ],
)
def test_others_are_refused_in_words(head: bytes, said: str) -> None:
    with pytest.raises(IntakeError, match=said):
        kind_of(head)
