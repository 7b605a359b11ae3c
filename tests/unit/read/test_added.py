"""Places that a user adds: which files they may come in, what a damaged one does, and that the reader uses them."""

import json
import zipfile

import pytest

from sayso.config import Config, Limits, places_file, places_to_read
from sayso.errors import SaysoError, UsageError
from sayso.read import reader_of
from sayso.read.added import AddedPlaces, add, gazetteer_with
from sayso.read.places import find_places

NAME, LAT, LON = "Qwxyzabad", 35.1, 36.7
ROW = ["999000001", NAME, NAME, "Kwxyz-Abad", str(LAT), str(LON), "P", "PPL", "SY", "", "10", *[""] * 8]
DUMP = "\t".join(ROW) + "\n"
CSV = f"Name;Latitude;Longitude;Country\n{NAME};{LAT};{LON};SY\n"
GEOJSON = {
    "type": "FeatureCollection",
    "features": [
        {"type": "Feature", "properties": {"name": NAME, "cc": "SY"},
         "geometry": {"type": "Point", "coordinates": [LON, LAT]}}
    ],
}  # fmt: skip
NESTED = {
    "name": "Kestavia", "iso2": "SY", "iso3": "KST", "latitude": "1", "longitude": "2",
    "states": {"a": {"name": "Uplands", "latitude": "35.5", "longitude": "36.5",
                     "cities": {"b": {"name": NAME, "latitude": str(LAT), "longitude": str(LON)}}}},
}  # fmt: skip
LISTED = [
    {"name": {"en": NAME, "xx": "قرية"}, "aliases": [{"value": "Qwxyz Abad", "language": "en"}],
     "centroid": {"latitude": LAT, "longitude": LON}, "population": {"value": 900}, "countrycode": "SY"}
]  # fmt: skip


def add_text(tmp_path, text, name="towns.txt", **how):
    source = tmp_path / name
    source.write_bytes(text if isinstance(text, bytes) else text.encode())
    to = tmp_path / "kept" / "places.tsv"
    return add(source, to, how.pop("limits", Limits()), **how), to


def found_in(to):
    text = f"Syria said that shells fell in {NAME} in Syria."
    places = find_places(text, [], gazetteer_with(AddedPlaces.load(to)))
    return next((place.lat, place.country, place.precision) for place in places if place.span.text == NAME)


@pytest.mark.parametrize(
    "text",
    [DUMP, CSV, "\ufeff" + CSV.replace(";", ","), json.dumps(GEOJSON), json.dumps(NESTED), json.dumps(LISTED)],
    ids=["geonames", "csv", "csv with a mark", "geojson", "nested", "listed"],
)
def test_a_file_in_a_known_form(tmp_path, text):
    change, to = add_text(tmp_path, text)
    assert change.bad == 0
    assert found_in(to) == (LAT, "SY", "town")


def test_a_zip_as_geonames_has_it(tmp_path):
    source = tmp_path / "SY.zip"
    with zipfile.ZipFile(source, "w") as archive:
        archive.writestr("readme.txt", "read me")
        archive.writestr("SY.txt", DUMP)
    to = tmp_path / "places.tsv"
    assert add(source, to, Limits()).source.file == "SY.zip"
    assert found_in(to)[0] == LAT


def test_the_country_may_be_given(tmp_path):
    _, to = add_text(tmp_path, f"name,lat,lon\n{NAME},{LAT},{LON}\n", country="SY")
    assert found_in(to) == (LAT, "SY", "town")


def test_other_names_are_known_too(tmp_path):
    _, to = add_text(tmp_path, DUMP)
    assert [k.name for k in gazetteer_with(AddedPlaces.load(to)).find("Kwxyz Abad")] == [NAME]


def test_what_a_name_says_of_where_the_place_lies_is_no_name_of_it(tmp_path):
    _, to = add_text(tmp_path, f'name,lat,lon\n"{NAME}, Kestavia",{LAT},{LON}\n')
    known = gazetteer_with(AddedPlaces.load(to))
    assert [k.name for k in known.find(NAME)] == [NAME]
    assert known.find("Kestavia") == ()


def test_a_province_of_no_country_is_none(tmp_path):
    _, to = add_text(tmp_path, DUMP.replace("SY", ""))
    assert [k.region for k in gazetteer_with(AddedPlaces.load(to)).find(NAME)] == [""]


def test_what_is_shipped_stays_and_is_not_doubled(tmp_path):
    _, to = add_text(tmp_path, "name,lat,lon,country,geonameid\nHoms,34.72,36.72,SY,169577\nHoms,0,0,KE,0\n")
    known = gazetteer_with(AddedPlaces.load(to)).find("Homs")
    assert sum(k.country == "SY" and k.kind == "town" for k in known) == 1
    assert any(k.country == "KE" for k in known)


def test_bad_rows_are_counted(tmp_path):
    rows = ["A,b,c", "Orrabad,91,0", "Orrabad,nan,0", ",1,1", "قرية,1,1", "Orrabad,1", f"{NAME},{LAT},{LON}"]
    change, _ = add_text(tmp_path, "\n".join(["name,lat,lon", *rows]))
    assert (change.source.places, change.bad) == (1, 6)


def test_the_same_file_again_changes_nothing(tmp_path):
    _, to = add_text(tmp_path, DUMP)
    before = to.read_bytes()
    add_text(tmp_path, DUMP, name="again.txt")
    assert AddedPlaces.load(to).lines == tuple(before.splitlines(keepends=True)[2:])


def test_sources_are_removed_by_name_or_id(tmp_path):
    add_text(tmp_path, DUMP)
    change, to = add_text(tmp_path, CSV, name="other.csv")
    left = AddedPlaces.load(to).without(["towns.txt"])
    assert [source.file for source in left.sources] == ["other.csv"]
    assert left.lines
    assert left.without([change.source.id]) == AddedPlaces()
    with pytest.raises(UsageError, match=r"What was: other\.csv"):
        left.without(["nothing"])


def test_a_reading_is_marked_by_the_places_that_it_was_made_with(tmp_path):
    _, to = add_text(tmp_path, DUMP)
    one = AddedPlaces.load(to).mark
    add_text(tmp_path, CSV.replace("35.1", "35.2"), name="other.csv")
    other = AddedPlaces.load(to).mark
    assert AddedPlaces().mark == ""
    assert one.startswith("+places-")
    assert one != other


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("no table at all", "no places found"),
        ("", "no places found"),
        ("{", "no valid JSON"),
        ("[" * 100_000, "no valid JSON"),
        ("[]", "none of its 0 rows"),
        ("name,lat,lon\nx,y,z\n", "none of its 1 rows"),
        (b"\x00\xff\xfe" * 50, "no places found"),
        (b"PK\x05\x06" + b"\0" * 18, "expected one file"),
    ],
    ids=["text", "empty", "cut", "deep", "no places", "bad rows", "binary", "empty zip"],
)
def test_a_file_that_holds_no_places_says_so_and_adds_nothing(tmp_path, text, message):
    with pytest.raises(UsageError, match=message):
        add_text(tmp_path, text)
    assert not (tmp_path / "kept" / "places.tsv").exists()


def test_a_zip_that_grows_is_stopped(tmp_path):
    source = tmp_path / "bomb.zip"
    with zipfile.ZipFile(source, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("SY.txt", b"\t" * 5_000_000)
    with pytest.raises(UsageError, match="more than 1,000,000 bytes"):
        add(source, tmp_path / "places.tsv", Limits(places_bytes=1_000_000))


def test_a_damaged_zip(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("SY.txt", DUMP * 50)
    data = bytearray((tmp_path / "a.zip").read_bytes())
    data[45:60] = b"\xff" * 15
    with pytest.raises(UsageError, match="damaged"):
        add_text(tmp_path, bytes(data), name="b.zip")


def test_too_many_places_and_too_large_a_file(tmp_path):
    with pytest.raises(UsageError, match="more than 1 places"):
        add_text(tmp_path, DUMP * 2, limits=Limits(places=1))
    with pytest.raises(UsageError, match="larger than 10 bytes"):
        add_text(tmp_path, DUMP, limits=Limits(places_bytes=10))


@pytest.mark.parametrize("damage", [b"", b"junk\n", b"#sayso places 1\nqwxyz\tonly\ttwo\n", b"#sayso places 1\n#x\n"])
def test_a_damaged_file_of_added_places_says_so(tmp_path, damage):
    path = tmp_path / "places.tsv"
    path.write_bytes(damage)
    with pytest.raises(SaysoError, match="damaged"):
        AddedPlaces.load(path)


def test_places_that_were_named_are_there_to_be_read_with(tmp_path):
    with pytest.raises(UsageError, match=r"no places at .*nosuch\.tsv; add some with: sayso places add FILE"):
        reader_of(Config(places=str(tmp_path / "nosuch.tsv")))
    assert places_to_read(Config(places="")) is None
    (tmp_path / "kept.tsv").touch()
    assert places_to_read(Config(places=str(tmp_path / "kept.tsv"))) == tmp_path / "kept.tsv"


def test_where_places_are_kept():
    assert places_file(Config(places="")) is None
    assert str(places_file(Config(places="my.tsv"))) == "my.tsv"
    kept = places_file(Config(), {"XDG_DATA_HOME": "/data", "LOCALAPPDATA": "/data"})
    assert kept is not None
    assert kept.name == "places.tsv"
    assert AddedPlaces.load(None) == AddedPlaces()
