"""From scores to spans and relations."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sayso.read.decode import Tagged, best_tags, relations
from sayso.read.encoder import Scored, Settings

TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
K = 2
SETTINGS = Settings(TAGS, ("O",), K, (-2, 0, 2), (0.0,) * 4, (0.0,) * 4, 0.0)


def log_p(*tags: str, sure: float = 0.9) -> np.ndarray:
    p = np.full((len(tags), len(TAGS)), (1 - sure) / (len(TAGS) - 1), dtype=np.float32)
    for i, tag in enumerate(tags):
        p[i, TAGS.index(tag)] = sure
    return np.log(p)


def test_the_plain_case() -> None:
    spans = best_tags(log_p("B-source", "I-source", "B-cue", "O", "B-content", "I-content"), TAGS)
    assert [(s.name, s.first, s.last) for s in spans] == [("source", 0, 1), ("cue", 2, 2), ("content", 4, 5)]


def test_two_contents_side_by_side_stay_two() -> None:
    spans = best_tags(log_p("B-content", "B-content", "I-content"), TAGS)
    assert [(s.first, s.last) for s in spans] == [(0, 0), (1, 2)]


@given(st.lists(st.lists(st.floats(-9, 0), min_size=7, max_size=7), max_size=30))
def test_no_span_ever_begins_inside(rows: list[list[float]]) -> None:
    scores = np.array(rows, dtype=np.float32).reshape(-1, 7)
    spans = best_tags(scores, TAGS)
    assert all(a.last < b.first for a, b in zip(spans, spans[1:], strict=False))
    assert all(0 <= s.first <= s.last < len(rows) for s in spans)


def scored(starts: list[list[float]]) -> Scored:
    vectors = np.array(starts, dtype=np.float32)
    n = len(starts)
    return Scored(np.array([[i, i + 1] for i in range(n)]), np.zeros((n, 7)), np.zeros((n, 1)), vectors, vectors)


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
