"""Damaged and hostile pictures and videos, each named by its damage. None stops a run, takes more than its bounds, or
asks anybody for anything."""

from __future__ import annotations

import errno
import io
import json
import os
import socket
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread
from time import monotonic

import pytest
from PIL import Image
from PIL.TiffImagePlugin import IFDRational
from tests.unit.media.making import drawing, encoded, picture, signed, signing, video, with_exif

from sayso import attaching
from sayso.attaching import Attached
from sayso.config import MB, Config, Limits
from sayso.errors import IntakeError
from sayso.ledger import Ledger
from sayso.media import look
from sayso.media.bounds import run
from sayso.media.kinds import kind_of
from sayso.media_types import Look, Sighting
from sayso.types import Quarantined

SEEN = Sighting(None, None, None, "", "mara")


def looked(tmp_path: Path, data: bytes, **limits: int | float) -> Look:
    path = tmp_path / "file"
    path.write_bytes(data)
    with path.open("rb") as file:
        return look(file, kind_of(data), Limits(**{"media_seconds": 20.0, **limits}))  # type: ignore[arg-type]


def png(width: int, height: int, rows: bytes) -> bytes:
    """A PNG of this size, whatever its rows are."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


def gif_without_end() -> bytes:
    frames = [drawing(n, 64, 64) for n in range(40)]
    return encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=1)[:-1]


BROKEN: dict[str, tuple[Callable[[], bytes], str]] = {
    "a JPEG that ends early": (lambda: picture(1)[:5000], "truncated"),
    "a JPEG of a signature alone": (lambda: b"\xff\xd8\xff", "cannot be decoded"),
    "a PNG that ends early": (lambda: picture(1, "PNG")[:2000], "cannot be decoded"),
    "a PNG with a changed checksum": (lambda: _flipped(picture(1, "PNG"), 20), "cannot be decoded"),
    "a PNG that says it is enormous": (lambda: png(60_000, 60_000, b""), "media_pixels"),
    "a PNG that unpacks to gigabytes": (lambda: png(40_000, 40_000, bytes(50 * MB)), "media_pixels"),
    "a TIFF of a header alone": (lambda: b"II*\0" + bytes(20), "cannot be decoded"),
    "a WebP of noise": (lambda: b"RIFF\x40\0\0\0WEBPVP8 " + bytes(range(64)), "cannot be decoded"),
    "a HEIC": (lambda: b"\0\0\0\x18ftypheic" + bytes(64), "HEIC"),
    "an MP4 of a signature alone": (lambda: b"\0\0\0\x18ftypmp42" + bytes(12), "cannot be decoded"),
    "an MP4 that ends early": (lambda: video(range(2))[:4000], "cannot be decoded"),
    "an MP4 of noise": (lambda: b"\0\0\0\x18ftypmp42" + bytes(x * x % 251 for x in range(20_000)), "cannot be decoded"),
    "a WebM that ends early": (lambda: video(range(2), "webm", "libvpx")[:300], "cannot be decoded"),
    "a video for a rare decoder": (lambda: video([1], "avi", "huffyuv"), "huffyuv"),
    "an AVI of noise": (lambda: b"RIFF\xff\xff\xff\x7fAVI " + bytes(5000), "cannot be decoded"),
}


def _flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


@pytest.mark.parametrize("damage", BROKEN)
def test_what_cannot_be_decoded_is_kept_with_the_reason(damage: str, tmp_path: Path) -> None:
    make, reason = BROKEN[damage]
    found = looked(tmp_path, make())
    assert found.problem is not None
    assert reason in found.problem
    assert found.frames == ()


REFUSED = {
    "an SVG with a script": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "a page": b"<!doctype html><img src=x onerror=alert(1)>",
    "a playlist that names other files": b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
    "a list of files to join": b"ffconcat version 1.0\nfile /etc/passwd\n",
    "an archive": b"PK\x03\x04" + bytes(60),
    "PostScript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    "nothing": b"",
}


def test_what_is_no_picture_or_video_is_set_aside_and_the_rest_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    for name, data in REFUSED.items():
        (folder / f"{name}.jpg").write_bytes(data)  # whatever it is called
    (folder / "zz good.jpg").write_bytes(picture(1))
    told: list[Attached | Quarantined] = []
    with Ledger.open(str(tmp_path / "sayso.db")) as ledger:
        attaching.attach([str(folder)], SEEN, Config(), ledger, told.append)
        aside = {row.location: row.reason for row in ledger.quarantined()}
        with ledger.media() as kept:
            rows = list(kept.rows())
    assert sorted(Path(location).stem for location in aside) == sorted(REFUSED)
    assert "scripts" in aside[f"{folder}/an SVG with a script.jpg"]
    assert [row.kind for row in rows] == ["jpeg"]
    assert isinstance(told[-1], Attached)
    assert len(told) == len(REFUSED) + 1


def test_a_picture_that_is_a_page_as_well_leaves_nothing_of_the_page_in_what_is_shown(tmp_path: Path) -> None:
    page = b"<html><script>alert(1)</script></html>"
    for data in (picture(1) + page, picture(1, comment=page), picture(1, icc_profile=page + bytes(128))):
        found = looked(tmp_path, data)
        assert found.thumbnail is not None
        assert b"script" not in found.thumbnail
        assert len(found.frames) == 1


def test_an_animation_of_too_many_pictures_is_looked_at_as_far_as_the_limit(tmp_path: Path) -> None:
    found = looked(tmp_path, gif_without_end(), media_frames=5)
    assert len(found.frames) == 5
    assert found.problem is not None
    assert "media_frames" in found.problem


def test_a_video_that_takes_too_long_is_looked_at_as_far_as_the_limit(tmp_path: Path) -> None:
    data = video(range(60), seconds=1)
    started = monotonic()
    found = looked(tmp_path, data, media_seconds=0.05)
    assert monotonic() - started < 30
    assert found.problem is not None
    assert "media_seconds" in found.problem
    assert len(found.frames) < 60


def test_a_process_that_does_not_end_is_ended(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    started = monotonic()
    with (tmp_path / "file").open("rb") as file:
        ended = run("timeit", "while True: pass", file, 1.0, 1000)
    assert ended.overdue
    assert monotonic() - started < 20


def test_a_module_in_the_current_folder_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "timeit.py").write_text("print('hostile')")
    monkeypatch.chdir(tmp_path)
    with (tmp_path / "timeit.py").open("rb") as file:
        ended = run("timeit", "pass", file, 60.0, 1000)
    assert ended.code == 0
    assert b"loops" in ended.out


def test_a_process_that_writes_without_end_is_ended(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    with (tmp_path / "file").open("rb") as file:
        ended = run("timeit", ["-n1", "-r1", "while True: print('x' * 1000)"][2], file, 60.0, 50_000)
    assert len(ended.out) == 50_000
    assert not ended.overdue


def test_a_picture_that_needs_more_memory_than_there_is_for_it_is_kept_undecoded(tmp_path: Path) -> None:
    large = png(6000, 6000, bytes((6000 * 3 + 1) * 6000))
    found = looked(tmp_path, large, media_memory=40 * MB)
    assert found.problem is not None
    assert "memory" in found.problem
    assert (found.width, found.height) == (6000, 6000)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has no bounds on what a process may open")
def test_the_process_can_open_nothing_once_it_has_loaded() -> None:
    code = (
        "from sayso.media.bounds import bind\nimport socket\nbind(9, 1 << 30)\n"
        "for what in (lambda: open('/etc/hostname'), lambda: socket.socket()):\n"
        "    try: what(); print('opened')\n    except OSError as error: print(error.errno)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert [int(line) for line in done.stdout.split()] == [errno.EMFILE, errno.EMFILE]


class Server:
    """A server of this machine that nobody may ask; what it was asked."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.heard: list[bytes] = []
        Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            with connection:
                self.heard.append(connection.recv(1000))


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    with suppress(OSError):
        made.socket.shutdown(socket.SHUT_RDWR)
    made.socket.close()


def test_a_manifest_elsewhere_is_not_fetched(tmp_path: Path, server: Server) -> None:
    address = f"http://127.0.0.1:{server.port}/manifest.c2pa"
    found = looked(tmp_path, signed(picture(1), signing(), remote=address))
    assert found.credentials is not None
    assert found.credentials.state == "absent"
    assert "not fetched" in found.credentials.why
    assert address in found.credentials.why
    assert server.heard == []


def test_a_video_that_is_a_playlist_within_its_signature_asks_nobody(tmp_path: Path, server: Server) -> None:
    address = f"http://127.0.0.1:{server.port}/segment.ts"
    lists = f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{address}\n#EXT-X-ENDLIST\n".encode()
    for head in (b"\0\0\0\x08ftyp", b"\x1aE\xdf\xa3", b"\0\0\x01\xba"):
        found = looked(tmp_path, head + lists)
        assert found.problem is not None
        assert found.frames == ()
    assert server.heard == []


@pytest.mark.parametrize(
    ("lat", "lon"),
    [((91.0, 0.0, 0.0), (0.0, 0.0, 0.0)), ((1.0, 0.0), (2.0, 0.0, 0.0)), ((IFDRational(1, 0),) * 3, (1.0, 1.0, 1.0))],
    ids=["beyond the pole", "without seconds", "no number"],
)
def test_a_place_that_cannot_be_is_none(lat: tuple[float, ...], lon: tuple[float, ...], tmp_path: Path) -> None:
    data = with_exif(lat=lat, lon=lon)
    says = looked(tmp_path, data).says
    assert (says.lat, says.lon) == (None, None)
    assert says.taken == "2031-05-04T10:11:12+02:00"


def test_what_a_file_says_of_itself_is_one_short_line_without_controls(tmp_path: Path) -> None:
    says = looked(tmp_path, with_exif(software="\x1b[31mred\r\n\x00" + "x" * 60_000, author="a\u202eb")).says
    assert says.software is not None
    assert len(says.software) <= 200
    assert says.software.startswith("[31mred")
    assert all(character.isprintable() for character in says.software + (says.author or ""))


def test_damaged_exif_costs_nothing_else(tmp_path: Path) -> None:
    data = with_exif()
    at = data.index(b"Exif\0\0") + 6
    found = looked(tmp_path, data[: at + 8] + b"\xff" * 40 + data[at + 48 :])
    assert len(found.frames) == 1
    assert found.thumbnail is not None


def test_a_picture_of_one_colour_is_like_nothing(tmp_path: Path) -> None:
    plain = encoded(Image.new("RGB", (400, 300), "grey"))
    with Ledger.open(str(tmp_path / "sayso.db")) as ledger:
        for number, quality in enumerate((60, 90)):
            path = tmp_path / f"{number}.jpg"
            path.write_bytes(encoded(Image.new("RGB", (400, 300), "grey"), quality=quality))
            attaching.attach([str(path)], SEEN, Config(), ledger)
        path.write_bytes(plain)
        found = attaching.medium(ledger, str(path), Config())
    assert found.look.frames[0].quality < 50
    assert found.near == ()


def test_a_manifest_that_was_cut_is_broken_and_the_picture_still_hashed(tmp_path: Path) -> None:
    whole = signed(picture(1), signing())
    at = whole.index(b"c2pa.signature")
    found = looked(tmp_path, whole[:at] + bytes(200) + whole[at + 200 :])
    assert found.credentials is not None
    assert found.credentials.state == "broken"
    assert len(found.frames) == 1
    assert json.loads(found.made_with)["trust"] is None


def test_a_file_that_ends_while_it_is_hashed_leaves_nothing(tmp_path: Path) -> None:
    class Failing(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError(5, "Input/output error")

    with Ledger.open(str(tmp_path / "sayso.db")) as ledger:
        with pytest.raises(IntakeError, match="Input/output"):
            attaching.attach_file(Failing(), "x.jpg", SEEN, Config(), ledger)
        assert [row.location for row in ledger.quarantined()] == ["x.jpg"]
        with ledger.media() as kept:
            assert list(kept.rows()) == []
