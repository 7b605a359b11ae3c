"""Chains of "according to" and "quoted by": who tells what on whose word. All texts are invented."""

import re
import time

import pytest

from sayso.read.attributions import Marks
from sayso.read.chains import with_chains
from sayso.read.found import Found
from sayso.types import MentionKind

Said = tuple[str | None, str, str]


def at(text: str, words: str) -> tuple[int, int]:
    found = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text)
    assert found
    return found.span()


def chains(text: str, *relations: Said, names: tuple[tuple[MentionKind, str], ...] = ()) -> list[str]:
    """Each relation that is left, as "outer > inner: content", of relations (source, cue, content) that lie within one
    another as they are given."""
    found: list[Found] = []
    for source, cue, content in relations:
        pieces = tuple(at(text, piece) for piece in content.split(" | "))
        found.append(Found(source and at(text, source), at(text, cue), pieces, 0.8, found[-1] if found else None))
    marks = with_chains(text, Marks(found, [(kind, *at(text, name)) for kind, name in names]))
    result = []
    for f in marks.relations:
        chain, above = [], f
        while above:
            chain.append(text[slice(*above.source)] if above.source else "-")
            above = above.parent
        result.append(f"{' > '.join(chain[::-1])}: {' | '.join(text[slice(*c)] for c in f.content)}")
    return result


@pytest.mark.parametrize("he", ["he", "she", "they"])
def test_who_ends_a_sentence_by_saying_it_tells_what_is_so_according_to_others(he: str) -> None:
    text = f"According to the Guard, a group was held in Maskel, {he} said."
    assert chains(
        text,
        ("the Guard", "According to", f"a group was held in Maskel, {he} said"),
        (he, "said", "a group was held in Maskel"),
    ) == [
        f"{he}: According to the Guard, a group was held in Maskel",
        f"{he} > the Guard: a group was held in Maskel",
    ]


def test_what_a_medium_has_of_somebody_else_is_left() -> None:
    text = "According to the Herald, a group was held in Maskel, the mayor said."
    relations = [
        ("the Herald", "According to", "a group was held in Maskel, the mayor said"),
        ("the mayor", "said", "a group was held in Maskel"),
    ]
    assert chains(text, *relations)[1].startswith("the Herald > the mayor")


@pytest.mark.parametrize("who", ["The general", "He", "Orsa Lind"])
@pytest.mark.parametrize("whose", ["residents", "intelligence services", "a rights group"])
def test_whom_somebody_has_it_from_is_within_what_they_say(who: str, whose: str) -> None:
    text = f"{who} said that according to {whose} six men died."
    relations = [(whose, "according to", f"{who} said that | six men died"), (who, "said", "six men died")]
    assert chains(text, *relations) == [
        f"{who}: according to {whose} six men died",
        f"{who} > {whose}: six men died",
    ]


@pytest.mark.parametrize("whose", ["witnesses", "intelligence officials", "a rights group", "local media", "Tassa"])
@pytest.mark.parametrize("who", ["The general", "He", "Orsa Lind"])
def test_who_may_have_told_what_somebody_said_is_left(who: str, whose: str) -> None:
    text = f"{who} said that six men would die, according to {whose}."
    relations = [(whose, "according to", f"{who} said that six men would die"), (who, "said", "six men would die")]
    assert chains(text, *relations)[1] == f"{whose} > {who}: six men would die"
    text = f"{who} said, according to {whose}, that six men would die."
    relations = [(whose, "according to", f"{who} said, | that six men would die"), (who, "said", "six men would die")]
    assert chains(text, *relations)[1] == f"{whose} > {who}: six men would die"


def test_witnesses_do_not_tell_of_witnesses() -> None:
    text = "Residents said that six men died, according to witnesses."
    relations = [
        ("witnesses", "according to", "Residents said that six men died"),
        ("Residents", "said", "six men died"),
    ]
    assert chains(text, *relations)[1] == "witnesses > Residents: six men died"


@pytest.mark.parametrize("kind", ["person", "organisation"])
def test_the_name_of_whom_something_is_according_to_is_no_part_of_it(kind: MentionKind) -> None:
    text = "According to the new mayor of Maskel, Ivo Sand, ten men were held."
    names: tuple[tuple[MentionKind, str], ...] = ((kind, "Ivo Sand"),)
    relation = ("the new mayor of Maskel,", "According to", "Ivo Sand, ten men were held")
    assert chains(text, relation, names=names) == ["the new mayor of Maskel, Ivo Sand: ten men were held"]


def test_the_age_of_whom_something_is_according_to_is_no_part_of_it() -> None:
    relation = ("a clerk, Mara Lind", "According to", "42, the raid lasted for hours")
    assert chains("According to a clerk, Mara Lind, 42, the raid lasted for hours.", relation) == [
        "a clerk, Mara Lind: the raid lasted for hours"
    ]
    relation = ("residents", "According to", "42, most of them children, died")
    assert chains("According to residents, 42, most of them children, died.", relation) == [
        "residents: 42, most of them children, died"
    ]


@pytest.mark.parametrize(
    ("text", "source", "names"),
    [
        ("According to the mayor, Dunmarsh, a town, fell.", "the mayor", (("place", "Dunmarsh"),)),
        ("According to the mayor, Old Quay, the port of the north, was hit.", "the mayor", (("person", "Old Quay"),)),
        ("According to the ministry, Ivo Sand, a clerk, lied.", "the ministry", (("person", "Ivo Sand"),)),
        ("According to officials, Ivo Sand, a clerk, lied.", "officials", (("person", "Ivo Sand"),)),
        ("According to the mayor, Ivo Sand lied to all.", "the mayor", (("person", "Ivo Sand"),)),
    ],
)
def test_a_name_that_the_sentence_is_about_is_left(
    text: str, source: str, names: tuple[tuple[MentionKind, str], ...]
) -> None:
    content = text.partition(", ")[2].rstrip(".")
    assert chains(text, (source, "According to", content), names=names) == [f"{source}: {content}"]


@pytest.mark.parametrize(
    ("text", "relations", "found"),
    [
        (
            "“Ten men died,” the junta's spokesman, Ivo Sand, was quoted by state television as saying.",
            [("state television", "was quoted by", "“Ten men died,” the junta's spokesman, Ivo Sand, | as saying")],
            "state television > the junta's spokesman, Ivo Sand: “Ten men died,”",
        ),
        (
            "The Union of Clerks, quoted by the Herald, said that ten men died.",
            [
                ("the Herald", "quoted by", "The Union of Clerks, | said that ten men died"),
                (None, "said", "that ten men died"),
            ],
            "the Herald > The Union of Clerks: that ten men died",
        ),
        (
            "Ten men died in it, the spokesman was quoted as saying by Tassa.",
            [("Tassa", "was quoted as saying by", "Ten men died in it, the spokesman")],
            "Tassa > the spokesman: Ten men died in it",
        ),
        (
            "Ten men died in it, the spokesman was quoted as saying by Tassa late on Monday evening.",
            [("Tassa", "was quoted as saying by", "Ten men died in it, the spokesman")],
            "Tassa > the spokesman: Ten men died in it",
        ),
        (
            "Ten men died in it, the spokesman was quoted by Tassa as saying on Monday evening.",
            [("Tassa", "was quoted by", "Ten men died in it, the spokesman | as saying")],
            "Tassa > the spokesman: Ten men died in it",
        ),
        (
            "The spokesman was quoted as saying by Tassa that ten men died.",
            [("Tassa", "was quoted as saying by", "that ten men died")],
            "Tassa > The spokesman: that ten men died",
        ),
        (
            "Ivo Sand was cited by the Herald as saying that ten men died.",
            [("the Herald", "was cited by", "Ivo Sand | as saying that ten men died")],
            "the Herald > Ivo Sand: that ten men died",
        ),
    ],
)
def test_who_is_quoted_by_another_speaks_within_their_word(text: str, relations: list[Said], found: str) -> None:
    assert chains(text, *relations)[1:] == [found]


def test_a_report_that_is_cited_without_words_of_saying_is_left() -> None:
    text = "Ten men died in the raid, cited by the Herald."
    assert chains(text, ("the Herald", "cited by", "Ten men died in the raid")) == [
        "the Herald: Ten men died in the raid"
    ]


def test_a_source_that_another_cites_speaks_within_their_word() -> None:
    text = "Ten men died in it, a source cited by the Herald said."
    found = chains(text, ("the Herald", "said", "Ten men died in it, a source cited by"))
    assert found == ["the Herald: Ten men died in it", "the Herald > a source: Ten men died in it"]
    relations = [
        ("the Herald", "said", "Ten men died in it, a source cited by"),
        ("a source", "cited by", "Ten men died in it"),
    ]
    assert chains(text, *relations) == found
    text = "Ten men died in it, a source close to the Herald said."
    assert chains(text, ("the Herald", "said", "Ten men died in it")) == ["the Herald: Ten men died in it"]


def test_one_source_for_two_is_taken_apart() -> None:
    text = "The Clerks' Union, cited by the Herald, said that ten men died."
    found = chains(text, ("The Clerks' Union, cited by the Herald,", "said", "that ten men died"))
    assert found == ["the Herald: that ten men died", "the Herald > The Clerks' Union: that ten men died"]
    text = "The Clerks' Union, known to the Herald, said that ten men died."
    found = chains(text, ("The Clerks' Union, known to the Herald,", "said", "that ten men died"))
    assert found == ["The Clerks' Union, known to the Herald,: that ten men died"]


def test_who_is_found_already_is_not_found_again() -> None:
    text = "“Ten men died,” said Ivo Sand, a clerk quoted by the Herald."
    relations = [
        ("the Herald", "quoted by", "“Ten men died,” said Ivo Sand, a clerk"),
        ("Ivo Sand, a clerk", "said", "Ten men died"),
    ]
    assert chains(text, *relations)[1:] == ["the Herald > Ivo Sand, a clerk: Ten men died"]


def test_many_of_them_take_as_long_as_they_are_many() -> None:
    one = "According to the Guard, a group was held, he said. "
    text, relations = one * 4000, []
    for start in range(0, len(text), len(one)):
        outer = Found((start + 13, start + 22), (start, start + 12), ((start + 24, start + 49),), 0.8)
        inner = Found((start + 42, start + 44), (start + 45, start + 49), ((start + 24, start + 40),), 0.8, outer)
        relations += [outer, inner]
    begin = time.perf_counter()
    with_chains(text, Marks(relations))
    assert time.perf_counter() - begin < 5
