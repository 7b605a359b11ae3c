from __future__ import annotations

import io
import json
import tempfile
from pathlib import Path

import pytest
from PIL import Image, ImageOps
from tests.unit.media.making import Signing, drawing, encoded, picture, signed, signing, video, with_exif

from sayso.config import Limits
from sayso.errors import UsageError
from sayso.media import Trust, covers, look, made_with
from sayso.media.kinds import kind_of
from sayso.media_types import NEAR, PLAIN, Look


def looked(data: bytes, trust: Trust | None = None) -> Look:
    with tempfile.TemporaryFile() as file:
        file.write(data)
        return look(file, kind_of(data), Limits(), trust)


def bits(one: Look, other: Look) -> int:
    return (int(one.frames[0].pdq, 16) ^ int(other.frames[0].pdq, 16)).bit_count()


@pytest.fixture(scope="module")
def camera() -> Signing:
    return signing()


@pytest.fixture(scope="module")
def trust(camera: Signing, tmp_path_factory: pytest.TempPathFactory) -> Trust:
    path = tmp_path_factory.mktemp("trust") / "list.pem"
    path.write_text(f"# Länder\n{camera.root}", "utf-8")
    made = Trust.of(str(path))
    assert made is not None
    return made


def test_a_picture_has_its_size_one_hash_and_a_small_copy_of_its_pixels_alone() -> None:
    found = looked(with_exif())
    assert (found.width, found.height, found.seconds, found.problem) == (640, 480, None, None)
    (only,) = found.frames
    assert (only.seconds, len(only.pdq)) == (None, 64)
    assert only.quality > PLAIN
    assert found.thumbnail is not None
    with Image.open(io.BytesIO(found.thumbnail)) as small:
        assert (small.format, small.size, dict(small.getexif())) == ("JPEG", (320, 240), {})


def test_pdq_is_the_published_one() -> None:
    """As Meta's own tools write it: of the pixels, at most 512 a side, the first bit in front."""
    import numpy
    import pdqhash

    image = drawing(7)
    image.thumbnail((512, 512))
    vector, _ = pdqhash.compute(numpy.asarray(image))
    expected = f"{int(''.join(str(int(bit)) for bit in vector), 2):064x}"
    assert looked(picture(7, "PNG")).frames[0].pdq == expected


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP", "AVIF"])
def test_one_picture_in_each_format_has_nearly_the_same_hash(form: str) -> None:
    data = picture(3, form)
    assert kind_of(data) == form.lower()
    assert bits(looked(data), looked(picture(3, "PNG"))) <= NEAR


def test_a_picture_is_hashed_as_it_is_shown() -> None:
    turned = Image.Exif()
    turned[0x0112] = 6
    lying = encoded(drawing(4).transpose(Image.Transpose.ROTATE_90), exif=turned.tobytes())
    assert bits(looked(lying), looked(picture(4))) <= NEAR
    seen_through = drawing(5).convert("RGBA")
    seen_through.putalpha(0)
    white = looked(encoded(seen_through, "PNG"))
    assert white.frames[0].quality < PLAIN


def test_other_pictures_and_mirrored_ones_are_not_near() -> None:
    one = looked(picture(1))
    assert bits(one, looked(picture(2))) > 80
    assert bits(one, looked(encoded(ImageOps.mirror(drawing(1))))) > NEAR


def test_what_exif_says_is_told() -> None:
    says = looked(with_exif()).says
    assert (says.taken, says.lat, says.lon) == ("2031-05-04T10:11:12+02:00", -35.51, 36.25)
    assert (says.camera, says.software, says.author) == ("Harbour M2", "Darkroom 3", "Mara Lind")


def test_an_animation_has_its_pictures_and_when_each_is_shown() -> None:
    frames = [drawing(n, 320, 240) for n in (1, 1, 2, 3)]
    found = looked(encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=1500))
    assert [frame.seconds for frame in found.frames] == [0.0, 3.0, 4.5]


@pytest.mark.parametrize(
    ("form", "codec", "kind"),
    [
        ("mp4", "libx264", "mp4"),
        ("webm", "libvpx", "matroska"),
        ("matroska", "mpeg4", "matroska"),
        ("avi", "mpeg4", "avi"),
        ("mpegts", "mpeg2video", "mpegts"),
    ],
)
def test_a_video_has_a_hash_for_each_of_its_scenes(form: str, codec: str, kind: str) -> None:
    data = video(range(3), form, codec)
    assert kind_of(data) == kind
    found = looked(data)
    assert (found.width, found.height, found.problem) == (320, 240, None)
    assert found.seconds == pytest.approx(6, abs=0.6)
    assert [round(frame.seconds or 0) for frame in found.frames] == pytest.approx([0, 2, 4], abs=1)
    still = looked(encoded(drawing(1, 320, 240)))
    assert (int(found.frames[1].pdq, 16) ^ int(still.frames[0].pdq, 16)).bit_count() <= NEAR


def test_what_a_video_says_of_itself_is_told() -> None:
    says = looked(video([1], creation_time="2031-05-04T10:11:12", location="-35.5100+036.2500/")).says
    assert says.taken is not None
    assert says.taken.startswith("2031-05-04T10:11:12")
    assert (says.lat, says.lon) == (-35.51, 36.25)


def test_a_file_without_a_manifest_says_so() -> None:
    found = looked(picture(1)).credentials
    assert found is not None
    assert (found.state, found.why, found.signer) == ("absent", "no C2PA manifest", None)


@pytest.mark.parametrize("mime", ["image/jpeg", "video/mp4"])
def test_a_signature_is_trusted_only_by_the_list_given(mime: str, camera: Signing, trust: Trust) -> None:
    data = signed(picture(1) if mime == "image/jpeg" else video([1]), camera, mime)  # type: ignore[arg-type]
    listed, without = looked(data, trust).credentials, looked(data).credentials
    assert listed is not None
    assert without is not None
    assert (listed.state, listed.signer, listed.tool) == ("trusted", "Harbour Camera 7, Harbour", "Harbour Firmware 7")
    assert (without.state, without.why) == ("untrusted", "no trust list given")


def test_a_signature_by_somebody_who_is_not_on_the_list_is_untrusted(trust: Trust) -> None:
    found = looked(signed(picture(1), signing("Somebody")), trust).credentials
    assert found is not None
    assert found.state == "untrusted"
    assert "signingCredential.untrusted" in found.why


def test_a_changed_byte_breaks_it_whoever_signed(camera: Signing, trust: Trust) -> None:
    data = bytearray(signed(picture(1), camera))
    data[-500] ^= 1
    found = looked(bytes(data), trust).credentials
    assert found is not None
    assert found.state == "broken"
    assert "dataHash.mismatch" in found.why


@pytest.mark.parametrize("data", [b"nothing of the kind", b"-----BEGIN CERTIFICATE-----\xff"])
def test_a_trust_list_without_certificates_is_refused(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "list.pem").write_bytes(data)
    with pytest.raises(UsageError, match="no trust list"):
        Trust.of(str(tmp_path / "list.pem"))
    with pytest.raises(UsageError, match="cannot be read"):
        Trust.of(str(tmp_path / "nowhere.pem"))


def test_a_look_covers_another_with_the_same_tools_and_no_other_list(trust: Trust) -> None:
    plain, listed = made_with(Limits(), None), made_with(Limits(), trust)
    assert json.loads(listed)["trust"] == trust.sha256
    assert covers(plain, plain)
    assert covers(listed, plain)
    assert not covers(plain, listed)
    assert not covers(plain, made_with(Limits(media_frames=1), None))
