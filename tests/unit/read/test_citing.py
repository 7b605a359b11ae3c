"""Whom a source cites: a chain of two, however the network marked it. All texts are invented."""

import pytest

from sayso.read.attributions import Marks
from sayso.read.citing import with_cited
from sayso.read.found import Found

TOLD = "Raids hit the port of Orvane, the Ferry Agency reported on Sunday, citing an officer at the harbour. It burned."


def at(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def relation(text: str, source: str | None, cue: str, *content: str) -> Found:
    return Found(source and at(text, source), at(text, cue), tuple(at(text, piece) for piece in content), 0.8)


def chains(
    text: str, *found: Found, named: tuple[str, ...] = ()
) -> list[list[tuple[str | None, str, tuple[str, ...]]]]:
    """Each relation as (source, cue, content), with those that it lies within, up to the outlet's."""
    marks = Marks(list(found), [("organisation", *at(text, name)) for name in named])

    def told(f: Found) -> tuple[str | None, str, tuple[str, ...]]:
        return f.source and text[slice(*f.source)], text[slice(*f.cue)], tuple(text[slice(*c)] for c in f.content)

    result = []
    for f in with_cited(text, marks).relations:
        chain, above = [told(f)], f.parent
        while above:
            chain.append(told(above))
            above = above.parent
        result.append(chain)
    return result


PORT = ("Raids hit the port of Orvane",)
OUTER = ("the Ferry Agency", "reported", PORT)
INNER = ("an officer at the harbour", "citing", PORT)


def test_who_is_cited_is_within_who_cites() -> None:
    assert chains(TOLD, relation(TOLD, "the Ferry Agency", "reported", *PORT)) == [[OUTER], [INNER, OUTER]]


@pytest.mark.parametrize("source", ["the Ferry Agency", "an officer at the harbour"])
def test_one_cue_for_two_is_taken_apart(source: str) -> None:
    found = relation(TOLD, source, "citing", *PORT)
    assert chains(TOLD, found, named=("the Ferry Agency",)) == [[OUTER], [INNER, OUTER]]


def test_who_is_cited_does_not_report_it_himself() -> None:
    found = relation(TOLD, "an officer at the harbour", "reported", *PORT)
    assert chains(TOLD, found, named=("the Ferry Agency",)) == [[OUTER], [INNER, OUTER]]


def test_what_is_told_may_follow() -> None:
    text = "The Ferry Agency reported, citing local sources, that the mill at Tessal had burned down."
    told = "that the mill at Tessal had burned down"
    found = relation(text, "The Ferry Agency", "reported", f"citing local sources, {told}")
    outer = "The Ferry Agency", "reported", (told,)
    assert chains(text, found) == [[outer], [("local sources", "citing", (told,)), outer]]


@pytest.mark.parametrize("comma", [",", ""])
def test_who_cites_says_it_behind_whom_they_cite(comma: str) -> None:
    text = f"The Ferry Agency{comma} citing an officer{comma} said that the mill at Tessal had burned down."
    told = "that the mill at Tessal had burned down"
    outer = relation(text, "The Ferry Agency", "citing", text[text.index("an officer") : -1])
    inner = relation(text, f"an officer{comma}", "said", told[:-5])
    inner.parent = outer
    agency = "The Ferry Agency", "said", (told,)
    assert chains(text, outer, inner) == [[agency], [("an officer", "citing", (told,)), agency]]


def test_according_to_one_citing_another() -> None:
    text = "Six were hurt at the mill, according to the Ferry Agency citing the ministry."
    found = relation(text, "the Ferry Agency", "citing", "Six were hurt at the mill")
    outer = "the Ferry Agency", "according to", ("Six were hurt at the mill",)
    assert chains(text, found) == [[outer], [("the ministry", "citing", outer[2]), outer]]


def test_a_party_taken_for_a_place_may_tell_and_a_place_may_not() -> None:
    text = "Raids hit the port, {} reported citing an officer."
    for words, source in (("Orvo", "Orvo"), ("a man in Orvo", None)):
        told = text.format(words)
        marks = Marks([relation(told, "an officer", "citing", "Raids hit the port")], [("place", *at(told, "Orvo"))])
        found = [f.source and told[slice(*f.source)] for f in with_cited(told, marks).relations]
        assert found == ([source, "an officer"] if source else ["an officer"])


@pytest.mark.parametrize(
    "why", ["the bad weather", "300 violations by armed groups", "the deaths of ten people", "safety", "who knows"]
)
def test_reasons_are_no_sources(why: str) -> None:
    text = f"The port will stay closed, the harbour office said, citing {why}."
    found = relation(text, "the harbour office", "said", "The port will stay closed")
    assert len(chains(text, found)) == 1


def test_what_somebody_is_quoted_as_saying_stays() -> None:
    text = "The port burned, the Ferry Agency reported, quoting a witness as saying that nobody was hurt."
    found = relation(text, "the Ferry Agency", "reported", "The port burned")
    assert len(chains(text, found)) == 1


def test_what_lies_within_stays_within() -> None:
    inner = relation(TOLD, None, "hit", "the port of Orvane")
    outer = relation(TOLD, "an officer at the harbour", "citing", *PORT)
    inner.parent = outer
    found = chains(TOLD, outer, inner, named=("the Ferry Agency",))
    assert found[2] == [(None, "hit", ("the port of Orvane",)), INNER, OUTER]


def test_a_ring_is_never_made() -> None:
    outer = relation(TOLD, "the Ferry Agency", "citing", *PORT)
    inner = relation(TOLD, "the Ferry Agency", "reported", *PORT)
    inner.parent = outer
    assert chains(TOLD, outer, inner) == [[OUTER], [INNER, OUTER]]


@pytest.mark.parametrize("run", ["citing ", "citing a ", "reported citing an officer ", "a " * 30 + "citing "])
def test_long_runs_are_gone_through_once(run: str) -> None:
    """Were anything quadratic, this would not end while anybody waits."""
    text = run * (200_000 // len(run))
    with_cited(text, Marks())


@pytest.mark.parametrize("verb", ["quoted", "cited", "had quoted"])
def test_whom_a_source_quoted_is_within_it(verb: str) -> None:
    text = f"According to the Ferry Agency, which {verb} the league of boatmen, ten men are missing in Orvane."
    told = ("ten men are missing in Orvane",)
    outer = relation(text, "the Ferry Agency", "According to", f"which {verb} the league of boatmen, {told[0]}")
    inner = relation(text, "which", verb, *told)
    inner.parent = outer
    first = "the Ferry Agency", "According to", told
    assert chains(text, outer, inner) == [[first], [("the league of boatmen", f"which {verb}", told), first]]


def test_what_somebody_is_stands_with_his_name() -> None:
    text = "Raids hit the port, the Ferry Agency reported, citing the clinic's director, Ivo Sand."
    told = "Raids hit the port"
    outer = "the Ferry Agency", "reported", (told,)
    found = chains(text, relation(text, "the Ferry Agency", "reported", told), named=("Ivo Sand",))
    assert found[1] == [("the clinic's director, Ivo Sand", "citing", (told,)), outer]
