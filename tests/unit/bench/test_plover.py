"""Types of events."""

from dataclasses import replace

import pytest
from bench import plover
from tests.unit.bench.builders import NOTHING_FOUND

from sayso.types import Event, Span


def event(root, confidence):
    return Event(Span(0, 1, "…"), root, "happened", (), (), None, None, None, confidence, None)


def test_the_root_of_a_sentence_is_that_of_its_most_confident_event():
    assert plover.root_of([]) is None
    assert plover.root_of([NOTHING_FOUND]) is None
    events = (event("AID", 0.5), event("ASSAULT", 0.9), event("YIELD", 0.9))
    assert plover.root_of([replace(NOTHING_FOUND, events=events)]) == "ASSAULT"


def test_macro_f1_is_over_the_roots_that_were_given():
    figures = plover.figures([("AID", "AID"), ("AID", None), ("ASSAULT", "AID"), ("ASSAULT", "SANCTION")])
    assert figures == {"root macro-F1": pytest.approx(25), "root right": pytest.approx(25)}


def test_sentences_that_are_held_out(tmp_path):
    texts = [f"Orr warned of flood {n}." for n in range(50)]
    lines = ["\tsentence\tgold_root", *(f"\t{text}\tTHREATEN\r" for text in texts)]
    (tmp_path / plover.TABLE).write_bytes("\n".join([*lines, lines[-1], ""]).encode())
    held = plover.sentences(tmp_path)
    assert [c.sentence for c in held] == [text for text in texts if plover.is_held_out(text)]
    assert 0 < len(held) < 25
    assert {c.root for c in held} == {"THREATEN"}
