"""Examples as windows and batches. Needs the extra ``train``."""

from __future__ import annotations

import random
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch is not installed; pip install 'sayso[train]' to train")

from sayso.read.heads import TAGS  # noqa: E402
from sayso.read.tokens import BREAK, COMMA, Tokenizer, common_words  # noqa: E402
from sayso.train import batches as module  # noqa: E402
from sayso.train.batches import Encoded, batches, encode, roughen, windows  # noqa: E402
from sayso.train.corpora import Example, Relation, mpqa, topic_examples  # noqa: E402
from sayso.train.labels import LABELS  # noqa: E402

WEIGHTS = Path(str(files("sayso") / "weights"))
TOKENIZER = Tokenizer(WEIGHTS / "tokenizer.json", common_words(WEIGHTS / "common.txt"))
SAID = "The mayor, a lawyer, said, when asked,\nthat the bridge, which is old, was shut."


def at(words: str) -> tuple[tuple[int, int], ...]:
    return ((SAID.index(words), SAID.index(words) + len(words)),)


RELATION = Relation(at("The mayor, a lawyer"), at("said"), at("that the bridge, which is old, was shut"))
EXAMPLE = Example(SAID, (RELATION,))


class Always(random.Random):
    """Everything that may be done to a text is."""

    def random(self) -> float:
        return 0.0


def tags(item: Encoded, level: int = 0) -> list[set[str]]:
    start, width = LABELS[f"tags{level}"]
    return [{TAGS[i] for i in np.flatnonzero(row)} for row in item.labels[:, start : start + width]]


def test_without_commas_and_line_ends_the_rest_is_as_it_was() -> None:
    plain, rough = encode(EXAMPLE, TOKENIZER), roughen(encode(EXAMPLE, TOKENIZER), Always())
    kept = ~np.isin(plain.ids, (COMMA, BREAK))
    assert rough.ids.tolist() == plain.ids[kept].tolist()
    assert len(rough.labels) == int(rough.word[-1]) + 1
    assert tags(rough) == [tag for tag, keep in zip(tags(plain), kept, strict=True) if keep]  # a token a word
    assert [(role, b - a) for _, _, role, a, b in rough.spans] == [("source", 3), ("cue", 0), ("content", 7)]


def test_a_span_whose_first_word_is_lost_begins_with_its_next() -> None:
    comma = Example("He said, quietly, no and no.", (Relation(((0, 2),), ((3, 7),), ((7, 27),)),))
    rough = roughen(encode(comma, TOKENIZER), Always())
    assert tags(rough)[:4] == [{"B-source"}, {"B-cue"}, {"B-content"}, {"I-content"}]


def test_where_contents_are_not_marked_a_lost_comma_takes_nothing_away() -> None:
    example = Example(SAID, unknown=((0, 0, len(SAID), "contents"),))
    rough = roughen(encode(example, TOKENIZER), Always())
    assert all(tag == {"O", "B-content", "I-content"} for tag in tags(rough))


def test_a_short_text_is_a_window() -> None:
    item = encode(Example("Shut: mayor"), TOKENIZER)
    assert len(item.ids) < module.LEAST
    assert [(a, b) for _, a, b in windows([item], random.Random(1))] == [(0, len(item.ids))]
    assert not [*windows([encode(Example(" "), TOKENIZER)], random.Random(1))]


def test_windows_cover_a_long_text() -> None:
    item = encode(Example("The bridge was shut. " * 200), TOKENIZER)
    for seed in range(5):
        found = [*windows([item], random.Random(seed))]
        covered = {i for _, a, b in found for i in range(a, b)}
        assert covered >= set(range(20, len(item.ids)))  # the first may begin too late to be a window


def test_links_of_a_batch_lead_from_the_content_to_its_cue_and_on_to_its_source() -> None:
    (batch,) = batches([*windows([encode(EXAMPLE, TOKENIZER)], random.Random(3))], random.Random(3))
    links = batch.links
    assert links.source_of_cue.tolist() == [1]
    assert links.cue_of_content.tolist() == [0]


def test_the_windows_of_a_batch_have_links_of_their_own() -> None:
    other = Example(
        "Ann denied it. Bo said no.",
        (Relation((), ((4, 10),), ((11, 13),)), Relation(((15, 17),), ((18, 22),), ((23, 25),))),
    )
    items = [encode(EXAMPLE, TOKENIZER), encode(other, TOKENIZER)]
    (batch,) = batches([(item, 0, len(item.ids)) for item in items], random.Random(3))
    links, width = batch.links, batch.ids.shape[1]
    assert links.source_of_cue.tolist() in ([1, 0, 2], [0, 1, 2])  # as the windows happen to lie
    assert links.cue_of_content.tolist() == [0, 1, 2]
    for spans in (links.cues, links.sources, links.contents):
        assert (spans[:, 0] // width).tolist() == (spans[:, 1] // width).tolist() == spans[:, 2].tolist()
    words = [batch.ids.flatten()[first : last + 1].tolist() for first, last, _ in links.cues.tolist()]
    assert sorted(words) == sorted(
        item.ids[[first]].tolist() for item in items for *_, role, first, _ in item.spans if role == "cue"
    )


def test_the_type_of_a_sentence_is_not_told_by_its_neighbours() -> None:
    rows = [(f"Sentence {kind} {number}.", kind) for kind in ("AGREE", "REJECT", "YIELD") for number in range(60)]
    examples = topic_examples(rows)
    for example in examples:
        assert all(example.text[a:b].split()[1] == kind for kind, a, b in example.topics)
    assert sum(len({kind for kind, _, _ in e.topics}) > 1 for e in examples) > 0.8 * len(examples)


def test_a_level_is_asked_for_within_the_contents_of_the_one_above_only() -> None:
    text = "He said that she denied it. They left."
    outer = Relation(((0, 2),), ((3, 7),), ((8, 26),))
    inner = Relation(((13, 16),), ((17, 23),), ((24, 26),), level=1)
    item = encode(Example(text, (outer, inner)), TOKENIZER)
    assert [len(t) for t in tags(item, 1)] == [0, 0, 1, 1, 1, 1, 0, 0, 0, 0]
    assert tags(item, 1)[3:6] == [{"B-source"}, {"B-cue"}, {"B-content"}]


def test_mere_mentions_of_something_said_may_be_cues_or_not(tmp_path: Path) -> None:
    folder = tmp_path / "man_anns/day/doc"
    folder.mkdir(parents=True)
    (tmp_path / "docs/day").mkdir(parents=True)
    text = "Ann said that Bo denied the remarks of Cy."
    (tmp_path / "docs/day/doc").write_text(text)

    def line(number: int, words: str, kind: str, told: str) -> str:
        start = text.index(words)
        return f"{number}\t{start},{start + len(words)}\tstring\tGATE_{kind}\t{told}\n"

    (folder / "gateman.mpqa.lre.2.0").write_text(
        line(1, "denied", "objective-speech-event", 'nested-source="w,ann,bo"')
        + line(2, "remarks", "objective-speech-event", 'nested-source="w,ann,cy" insubstantial="c2"')
    )
    (example,) = mpqa(tmp_path, ["day/doc"], frozenset({"said"}))
    item = encode(example, TOKENIZER)
    words = text.replace(".", " .").split()
    assert tags(item, 1)[words.index("denied")] == {"B-cue"}
    assert tags(item, 1)[words.index("remarks")] == set(), "nothing is known"
    assert "O" in tags(item, 1)[words.index("of")]
