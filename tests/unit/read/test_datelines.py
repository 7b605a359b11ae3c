"""Places before a colon are no claimants; people and bodies are. The texts are invented, but for the names of towns."""

import time

import pytest

from sayso.read.attributions import Marks
from sayso.read.datelines import less_places
from sayso.read.found import Found
from sayso.read.gazetteer import Gazetteer
from sayso.types import MentionKind

TABLE = "".join(
    f"{key}\t{name}\t{kind}\t{country}\t{country}.01\t{population}\t1.0\t2.0\t{number}\n"
    for number, (key, name, kind, country, population) in enumerate(
        [
            ("hask", "Hask", "P", "OV", 900),
            ("maskel", "Maskel", "P", "OV", 120000),
            ("norvia", "Norvia", "C", "NV", 5000000),
            ("orl", "Orl", "P", "OV", 30000),
            ("orla", "Orlamund", "P", "OV", 90000),
            ("quay", "Quay", "A", "OV", 60000),
        ],
        1,
    )
)


def said(text: str, source: str, *people: str, cue: str = ":") -> list[str]:
    """What the relations say that are left of one whose source stands before a colon, and of what holds it."""
    start = text.index(f"{source}:")
    end, stop = start + len(source), len(text.rstrip("."))
    outer = Found((stop - 4, stop), (stop - 4, stop), ((start, stop - 5),), 0.9)
    inner = Found((start, end), (end, end + len(cue)), ((end + 2, stop - 5),), 0.9, outer)
    mentions: list[tuple[MentionKind, int, int]] = [("person", text.index(p), text.index(p) + len(p)) for p in people]
    left = less_places(text, Marks([outer, inner], mentions), Gazetteer(TABLE.encode()))
    assert left.relations[0] is outer
    return [text[slice(*f.content[0])] for f in left.relations]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("MASKEL: Ten people died in a raid, they.", "MASKEL"),
        ("Maskel: ten people dead in a raid, they.", "Maskel"),
        ("Raid kills ten\n\nNORVIA: Ten people died in a raid, they.", "NORVIA"),
        ("MASKEL, Norvia: Ten people died in a raid, they.", "Norvia"),
        ("Hask: third victim found\n\nA third body was found in Hask, they.", "Hask"),
        ("Raid kills ten\n\nMASKEL: Ten people died in a raid, they.", "MASKEL"),
        ("HASK: ten people dead\n\nThey were shelled near Hask, they.", "HASK"),
        ("Northern Quay: ten people dead in a raid, they.", "Northern Quay"),
        ("Maskel region: ten people dead in a raid, they.", "Maskel region"),
        ("Quay State: ten people dead in a raid, they.", "Quay State"),
        ("Communique: ten people dead in a raid, they.", "Communique"),
        ("Official statement: ten people dead in a raid, they.", "Official statement"),
    ],
)
def test_a_place_or_a_paper_before_a_colon_says_nothing(text: str, source: str) -> None:
    found = said(text, source)
    assert len(found) == 1
    assert found[0].startswith(text[text.index(f"{source}:") + len(source) + 2 :][:8])


@pytest.mark.parametrize(
    ("text", "source", "people"),
    [
        ("Hask: ten people dead in a raid, they.", "Hask", ()),  # a small town's namesake
        ("Maskel: ten people dead in a raid\n\nIvo Maskel has seen it, they.", "Maskel", ("Ivo Maskel",)),
        ("ORL: ten people dead in a raid, they.", "ORL", ()),  # initials
        ("Orla: ten people dead in a raid, they.", "Orla", ()),  # a town that has another name
        ("Army: ten people dead in a raid, they.", "Army", ()),
        ("Harbour Post: ten people dead in a raid, they.", "Harbour Post", ()),
        ("Residents of Maskel: ten people dead in a raid, they.", "Residents of Maskel", ()),
        ("Ivo Sand: ten people dead in a raid, they.", "Ivo Sand", ()),
        ("Norvia: Red Shield killed ten people in a raid, they.", "Norvia", ()),
        ("Red Shield: Norvia killed ten people in a raid, they.", "Red Shield", ()),
        ("Norvia: “We will answer the attack in Norvia”, they.", "Norvia", ()),
        ("Clash in Norvia\n\nNorvia: ten people dead in a raid, they.", "Norvia", ()),
    ],
)
def test_who_may_speak_before_a_colon_does(text: str, source: str, people: tuple[str, ...]) -> None:
    assert len(said(text, source, *people)) == 2


def test_a_place_that_says_it_in_words_is_left() -> None:
    assert len(said("Norvia: ten people dead in a raid, they.", "Norvia", cue=": t")) == 2


def test_many_labels_take_as_long_as_they_are_many() -> None:
    one = "MASKEL: Ten people died in the raid. "
    text = one * 4000
    found = [
        Found((start, start + 6), (start + 6, start + 7), ((start + 8, start + 35),), 0.9)
        for start in range(0, len(text), len(one))
    ]
    found += [Found(None, f.cue, ((f.cue[0] - 6, f.content[0][1]),), 0.9) for f in found]
    begin = time.perf_counter()
    left = less_places(text, Marks(found), Gazetteer(TABLE.encode())).relations
    assert time.perf_counter() - begin < 5
    assert len(left) == 4000
    assert {text[slice(*f.content[0])] for f in left} == {"Ten people died in the raid"}
