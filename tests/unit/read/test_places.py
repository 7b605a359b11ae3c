"""Which words are places, and which places they are."""

import subprocess
import sys
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import SaysoError
from sayso.read.gazetteer import Gazetteer, loose_key, plain_key
from sayso.read.places import find_places, names_of, shipped
from sayso.types import Place, Span

PIECES = ["Homs", "al-", "town of ", "🏙 ", "Syrian ", "حمص ", "in ", "\n", "U.S."]


def places(text: str, *tagged: str) -> list[Place]:
    return list(find_places(text, [Span.of(text, text.index(t), text.index(t) + len(t)) for t in tagged]))


def one(text: str, name: str, *tagged: str) -> Place:
    return next(place for place in places(text, *tagged) if place.span.text == name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Deir ez-Zor", "Deir al-Zour"),
        ("Deir ez-Zor", "Deir Ezzor"),
        ("Khan Sheikhoun", "Khān Shaykhūn"),
        ("Hasakeh", "al-Hasakah"),
        ("Latakia", "Lattakia"),
        ("Qamishli", "al-Kamishly"),
        ("Ma'arrat al-Numan", "Maaret en-Nouman"),
        ("Hodeidah", "al-Hudaydah"),
        ("Dar'a", "Daraa"),
    ],
)
def test_spellings_of_a_name_denote_the_same_place(one, other):
    gazetteer = shipped()
    denoted = [{k.geonameid for k in (*gazetteer.find(n), *gazetteer.find_loosely(n))} for n in (one, other)]
    assert denoted[0] & denoted[1]


def test_keys():
    assert plain_key("Ma‘arrat an-Nu‘mān") == "maarrat an numan"
    assert loose_key("Khan Sheikhoun") == loose_key("Khān Shaykhūn")
    assert loose_key("al-Bab") == loose_key("Bāb")
    assert loose_key("!?") == ""


def test_the_company_that_a_name_keeps_decides():
    beirut = one("The envoy left Beirut for Tripoli, in the north of Lebanon.", "Tripoli")
    libya = one("The envoy left Benghazi for Tripoli, the capital of Libya.", "Tripoli")
    assert (beirut.country, libya.country) == ("LB", "LY")


def test_a_qualified_name_is_where_it_says():
    place = one("A fire broke out in Alexandria, Louisiana.", "Alexandria", "Alexandria", "Louisiana")
    assert (place.country, round(place.lat or 0)) == ("US", 31)


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("A fire broke out in Springfield, Ill.", 40),
        ("A fire broke out in Springfield, MO, on Friday.", 37),
        ("CHARLESTON, W.Va. -- A fire broke out.", 38),
        ("CHARLESTON, S.C. -- A fire broke out.", 33),
    ],
)
def test_a_shortened_province_says_where_a_town_is(text, region):
    assert round(places(text)[0].lat or 0) == region


def test_a_county_is_where_its_towns_are():
    county = one("Deputies of Edgar County went to Paris and to Chrisman.", "Edgar County")
    assert (county.country, round(county.lat or 0), county.precision) == ("US", 40, "region")
    assert round(one("Deputies of Edgar County went to Paris and to Chrisman.", "Paris").lat or 0) == 40


def test_a_name_shown_once_to_be_a_place_is_one_throughout():
    found = places("Arrests in Gainesville. Gainesville police came. The Gainesville Chamber of Commerce spoke.")
    assert [p.span.text for p in found] == ["Gainesville"] * 3


def test_a_person_is_no_place_but_where_the_words_say_so():
    text = "Ada Jackson spoke. Jackson wept. Jackson left. They met in Jackson, Miss."
    assert [p.span.start for p in places(text) if p.span.text == "Jackson"] == [text.rindex("Jackson")]


def test_a_name_that_the_model_took_for_a_person_is_no_place():
    text = "Then Houston spoke. The crowd wept."
    start = text.index("Houston")
    assert [p.span.text for p in find_places(text, [])] == ["Houston"]
    assert find_places(text, [], persons=[Span.of(text, start, start + 7)]) == ()


def test_the_model_is_only_a_hint():
    text = "It fell in Homs in Syria."
    assert places(text) == places(text, "Homs")


def test_a_street_is_a_site_and_not_the_town_that_it_is_called_by():
    assert [
        (p.name, p.precision) for p in places("A shell hit Aleppo Street in Syria.") if p.precision != "country"
    ] == [("Aleppo Street", "none")]


@pytest.mark.parametrize(
    "text", ["Shells fell near Qwxyzabad.", "He died in the Qwxyza.", "A raid on northern Qwxyza."]
)
def test_a_name_that_nobody_knows_is_a_place_where_the_words_say_so(text):
    assert [(p.precision, p.country) for p in places(text)] == [("none", None)]


@pytest.mark.parametrize("text", ["He said so in Operation Dawn.", "They met in Parliament.", "In April it rained."])
def test_not_all_that_things_happen_in_is_a_place(text):
    assert places(text) == []


def test_precision():
    text = "Syria said its army shelled Idlib province and the town of Saraqeb, near the village of Nowhereabad."
    assert {p.span.text: p.precision for p in places(text)} == {
        "Syria": "country", "Idlib": "region", "Saraqeb": "town", "Nowhereabad": "none"
    }  # fmt: skip


def test_a_place_that_nobody_knows_keeps_its_name_and_harms_no_other():
    text = "Syria's army took Qwxyzabad and Homs."
    unknown, known = one(text, "Qwxyzabad", "Qwxyzabad"), one(text, "Homs", "Qwxyzabad")
    assert unknown == Place(unknown.span, "Qwxyzabad", None, None, None, "none", None)
    assert (known.name, known.country) == ("Homs", "SY")


def test_a_list_of_unknown_villages_is_places():
    text = "They gathered near Qwxyza, al-Bwxyz and Zwxyza villages in Syria."
    assert [place.span.text for place in places(text)] == ["Qwxyza", "al-Bwxyz", "Zwxyza", "Syria"]


def test_every_mention_is_a_place():
    found = places("Homs was quiet. Syria sent aid to Homs. In Homs, markets opened.")
    assert [p.span.text for p in found].count("Homs") >= 2


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Jordan Times reported it.", "Jordan"),
        ("Michael Jordan arrived on Friday.", "Jordan"),
        ("Nancy Pelosi spoke on Friday.", "Nancy"),
        ("He was Reading a book. Of course.", "Of"),
        ("SANA reported the attack on Syria.", "SANA"),
    ],
)
def test_other_names_are_no_places(text, name):
    assert name not in [place.span.text for place in places(text)]


def test_an_adjective_is_a_place_only_where_it_denotes_one():
    text = "Turkish officials spoke near the Turkish border."
    assert [(p.span.start, p.country) for p in places(text)] == [(text.index("Turkish border"), "TR")]


def test_a_file_that_is_no_gazetteer_says_so(tmp_path):
    path = tmp_path / "towns.txt"
    path.write_bytes(b"not a table\n")
    with pytest.raises(SaysoError, match="no gazetteer"):
        Gazetteer.open(path)


def test_blocks_of_one_key_are_found_whole():
    lines = [f"same\tName {i:04}\tP\tSY\tSY.1\t{i}\t1.000\t2.000\t{i}\n" for i in range(300)]
    gazetteer = Gazetteer("".join(["a\tA\tP\tSY\tSY.1\t1\t1.000\t2.000\t1\n", *lines]).encode())
    assert len(gazetteer.find("same")) == 300
    assert len(gazetteer.find("a")) == 1
    assert gazetteer.find("zebra") == ()


@settings(deadline=None)
@given(
    st.text()
    | st.lists(st.sampled_from(["Homs", "al-", "town of ", "🏙 ", "Syrian ", "حمص ", "in ", "\n", "U.S."])).map("".join),
    st.data(),
)
def test_spans_are_exact_and_apart(text, data):
    ends = st.integers(0, len(text))
    pairs = data.draw(st.lists(st.tuples(ends, ends), max_size=4))
    found = find_places(text, [Span.of(text, a, b) for a, b in pairs if a < b])
    assert all(text[p.span.start : p.span.end] == p.span.text != "" for p in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))


@pytest.mark.parametrize("piece", ["Aleppo ", "Al-", "in Xyz ", "a", "\n "])
def test_a_long_text_takes_no_longer_than_its_length(piece):
    start = time.process_time()
    find_places(piece * 10_000, [])
    assert time.process_time() - start < 8


def test_loading_is_quick_and_light():
    code = (
        "import resource, time; from sayso.read.gazetteer import Gazetteer\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "start = time.process_time(); Gazetteer.open(); seconds = time.process_time() - start\n"
        "print(seconds, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)"
    )
    seconds, megabytes = map(float, subprocess.check_output([sys.executable, "-c", code], text=True).split())
    assert seconds < 0.4
    assert megabytes < 150


def test_a_word_that_only_sounds_like_a_town_is_one_only_where_the_article_shows_it() -> None:
    text = "Shells fell in Syria. He spoke with his Omani and Algerian counterparts Sergei and Yusuf on Monday."
    assert "Sergei" not in [place.span.text for place in places(text)]
    assert one("Syria was quiet. Shells fell in Sergei on Monday.", "Sergei").country == "SY"


@pytest.mark.parametrize(("one", "other"), [("Izium", "Izyum"), ("Liubotyn", "Lyubotyn")])
def test_glides_are_written_in_two_ways(one, other):
    assert {k.geonameid for k in shipped().find(one)} == {k.geonameid for k in shipped().find(other)} != set()


def test_what_a_place_is_called_by_those_who_make_maps():
    assert names_of("Energodar") == ("Enerhodar",)
    assert names_of("Qwxyzabad") == ()
