"""What fuzzing found, each as small as it can be: see docs/fuzzing.md."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from sayso.config import Config
from sayso.errors import UsageError
from sayso.intake import receive
from sayso.read.placefiles import places_in
from sayso.types import Quarantined, Received

REPORT = b"The ministry said on Tuesday that two shells fell on the market of Orvane."
PLACE = b"1\tOrvane\tOrvane\t\t35.5\t36.5\tP\tPPL\tSY\t\t01\t\t\t\t0\t\t\t\t\t\n"
TABLE = "title,text\n" + "".join(f"Report {n},Shells fell on day {n}.\n" for n in range(5))


def zip_with_a_member_without_a_name() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("one.txt", REPORT)
        archive.writestr("x", REPORT.replace(b"two", b"six"))
        archive.writestr("two.txt", REPORT.replace(b"two", b"ten"))
        archive.filelist[1].filename = ""
    return packed.getvalue()


def csv_of_half_a_character() -> bytes:
    """UTF-16 with an odd number of bytes, in which not one line can be read."""
    return "title,text\na,Shells fell.\n".encode("utf-16-le")[1:]


def csv_that_breaks_off_within_a_character() -> bytes:
    return TABLE.encode("utf-16") + b"\x00"


def csv_that_breaks_off_within_its_gzip() -> bytes:
    return gzip.compress((TABLE * 2000).encode())[:-40]


def test_what_fuzzing_found_is_set_aside() -> None:
    """A member without a name: zipfile's own test of whether it is a folder falls over it. The others are read."""
    items = list(receive(["-"], Config(), io.BytesIO(zip_with_a_member_without_a_name())))
    assert len(items) == 3
    assert [type(item) for item in items[::2]] == [Received, Received]


@pytest.mark.parametrize("held", [b"", REPORT])
def test_an_archive_of_folders_is_told(held: bytes) -> None:
    """A member that is named like a folder and holds something is read; one that holds nothing is no member."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("reports/", held)
    (item,) = receive(["-"], Config(), io.BytesIO(packed.getvalue()))
    assert isinstance(item, Received) if held else isinstance(item, Quarantined) and "empty" in item.reason


@pytest.mark.parametrize(
    ("make", "least", "words"),
    [
        (csv_of_half_a_character, 0, "encod"),
        (csv_that_breaks_off_within_a_character, 4, "utf-16"),
        (csv_that_breaks_off_within_its_gzip, 1000, "cut off"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_table_that_cannot_be_read_on_is_told_as_a_whole(make: Callable[[], bytes], least: int, words: str) -> None:
    data = make()
    items = list(receive(["-"], Config(format=None if data[:2] == b"\x1f\x8b" else "csv"), io.BytesIO(data)))
    *articles, aside = items
    assert len(articles) >= least
    assert all(isinstance(item, Received) for item in articles)
    assert isinstance(aside, Quarantined)
    assert words in aside.reason.lower()
    assert aside.location == "-", "what cannot be read on is a matter of the whole file"


def places_zip(name: str, offset: int = 0) -> bytes:
    """A zip of places with one member of that name, which the directory says lies ``offset`` bytes from where it is."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("SY.txt", PLACE)
        archive.filelist[0].filename = name
        archive.filelist[0].header_offset += offset
    return packed.getvalue()


def places_zip_whose_name_is_no_utf_8() -> bytes:
    """In the header before the member, which says that it is."""
    data = bytearray(places_zip("SY.txt"))
    data[6:8] = b"\0\x08"
    data[30:36] = b"\xa6Y.txt"
    return bytes(data)


@pytest.mark.parametrize(
    "data",
    [places_zip(""), places_zip("SY.txt", 2**31), places_zip_whose_name_is_no_utf_8()],
    ids=["no name", "far away", "no UTF-8"],
)
def test_a_damaged_zip_of_places_is_told(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "places.zip"
    path.write_bytes(data)
    with pytest.raises(UsageError, match="is damaged"):
        list(places_in(path, Config().limits))
