"""From scores to spans and relations."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sayso.read.decode import Tagged, Tagging, relations
from sayso.read.encoder import Scored, Settings
from sayso.read.heads import HEADS, LINK, OUTPUTS, TAGS
from sayso.read.links import WIDTH, Ground, Weights, features

EVEN = Weights(1.0, 0.0, (0.0,) * WIDTH)
SETTINGS = Settings(EVEN, EVEN, np.zeros((384, 385), np.float32))


def log_p(*tags: str, sure: float = 0.9) -> np.ndarray:
    p = np.full((len(tags), len(TAGS)), (1 - sure) / (len(TAGS) - 1), dtype=np.float32)
    for i, tag in enumerate(tags):
        p[i, TAGS.index(tag)] = sure
    return np.log(p)


def test_the_plain_case() -> None:
    spans = Tagging(log_p("B-source", "I-source", "B-cue", "O", "B-content", "I-content"), TAGS).spans()
    assert [(s.name, s.first, s.last) for s in spans] == [("source", 0, 1), ("cue", 2, 2), ("content", 4, 5)]


def test_two_contents_side_by_side_stay_two() -> None:
    spans = Tagging(log_p("B-content", "B-content", "I-content"), TAGS).spans()
    assert [(s.first, s.last) for s in spans] == [(0, 0), (1, 2)]


def test_what_is_inside_of_nothing_is_mended() -> None:
    # The likeliest tags, word by word, would be O I-cue I-cue O: the best that may be is a cue of both words.
    spans = Tagging(log_p("O", "I-cue", "I-cue", "O", sure=0.6), TAGS).spans()
    assert [(s.name, s.first, s.last) for s in spans] == [("cue", 1, 2)]


@given(st.lists(st.lists(st.floats(-9, 0), min_size=7, max_size=7), max_size=30))
def test_no_span_ever_begins_inside(rows: list[list[float]]) -> None:
    scores = np.array(rows, dtype=np.float32).reshape(-1, 7)
    spans = Tagging(scores, TAGS).spans()
    assert all(a.last < b.first for a, b in pairwise(spans))
    assert all(0 <= s.first <= s.last < len(rows) for s in spans)


def scored(vectors: list[list[float]]) -> Scored:
    """Words of one token each, with the first two numbers of the link vectors of each of the four kinds."""
    n = len(vectors)
    link = np.zeros((n, 4, LINK), dtype=np.float32)
    link[:, :, :2] = np.array(vectors).reshape(n, 4, 2)
    scores = np.zeros((n, OUTPUTS), dtype=np.float32)
    scores[:, HEADS["link"]] = link.reshape(n, -1)
    words = np.array([[i, i + 1] for i in range(n)])
    nowhere = np.zeros(n, dtype=bool)
    return Scored(words, scores, link.reshape(n, -1), np.zeros((n, 1), np.float32), Ground(nowhere, nowhere))


def test_a_content_chooses_its_cue_and_a_cue_its_source() -> None:
    # Columns: cue seeks source, source, content seeks cue, cue; two numbers each.
    vectors = [
        [0, 0, 9, 0, 0, 0, 0, 0],  # source of the first kind
        [0, 0, 0, 9, 0, 0, 0, 0],  # source of the second kind
        [0, 9, 0, 0, 0, 0, 0, 9],  # cue that seeks the second source
        [0, 0, 0, 0, 0, 9, 0, 0],  # content that seeks this cue
    ]
    spans = [
        Tagged("source", 0, 0, 1.0),
        Tagged("source", 1, 1, 1.0),
        Tagged("cue", 2, 2, 1.0),
        Tagged("content", 3, 3, 1.0),
    ]
    (relation,) = relations(scored(vectors), spans, SETTINGS)
    assert relation.source == spans[1]
    assert relation.content == (spans[3],)
    assert 0 <= relation.score <= 1


def test_a_cue_may_have_no_source_and_one_without_content_makes_no_relation() -> None:
    vectors = [[0, 0, 0, 0, 0, 0, 0, 9], [-9, -9, 9, 9, 0, 9, 0, 0], [0, 0, 0, 0, 0, 9, 0, 0]]
    cue, content = Tagged("cue", 0, 0, 1.0), Tagged("content", 2, 2, 1.0)
    (relation,) = relations(scored(vectors), [cue, content], SETTINGS)
    assert relation.source is None
    assert relations(scored(vectors), [cue], SETTINGS) == []
    assert relations(scored(vectors), [content], SETTINGS) == []


def test_what_lies_between_is_counted() -> None:
    # 0 cue  1 .  2-3 cue  4 content  5 line break  6 cue
    ground = Ground(np.array([0, 1, 0, 0, 0, 0, 0], dtype=bool), np.array([0, 0, 0, 0, 0, 1, 0], dtype=bool))
    between = features([(4, 4)], [(0, 0), (2, 3), (6, 6)], ground)
    first = len(between[0, 0])
    assert between.shape == (1, 3, first)
    far, near, after = between[0]
    assert len({far[0], near[0], after[0]}) == 3  # distances: four words before, next before, two after
    assert far[1] == near[1] + 1  # another cue stands between
    assert far[2] == near[2]  # no other content does
    assert far[3] == near[3] + 1  # a sentence ends
    assert after[4] != near[4]  # a line ends, on the other side
    assert between.max() < WIDTH


@given(
    st.lists(st.tuples(st.integers(0, 20), st.integers(0, 4)), max_size=5),
    st.lists(st.tuples(st.integers(0, 20), st.integers(0, 4)), max_size=5),
)
def test_features_are_weights_that_exist_also_for_spans_that_overlap(
    a: list[tuple[int, int]], b: list[tuple[int, int]]
) -> None:
    froms, tos = (sorted({(x, x + y) for x, y in spans}) for spans in (a, b))
    found = features(froms, tos, Ground(np.ones(25, dtype=bool), np.zeros(25, dtype=bool)))
    assert found.shape == (len(froms), len(tos), 5)
    assert not found.size or (found.min() >= 0 and found.max() < WIDTH)
