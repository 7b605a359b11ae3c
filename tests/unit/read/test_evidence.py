"""What claims rest on, and whose claim it is."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.read.evidence import find_evidence
from sayso.types import Attribution, Span


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span.of(text, start, start + len(words))


def attribution(text: str, name: str, source: str, cue: str, content: str, within: str | None = None) -> Attribution:
    pieces = (span(text, content),)
    return Attribution(
        name, span(text, source), span(text, cue), pieces, within, "indirect", "asserts", None, 1.0
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("Footage showed the barracks burning.", "Footage", "video"),
        ("It posted a video on its channel.", "video", "video"),
        ("Mobile-phone footage was shared.", "Mobile-phone footage", "video"),
        ("Satellite images show two craters.", "Satellite images", "satellite"),
        ("Photographs from the scene.", "Photographs", "photo"),
        ("Images published by the group.", "Images", "photo"),
        ("according to hospital records", "hospital records", "document"),
        ("Eyewitnesses spoke of two jets.", "Eyewitnesses", "witness"),
        ("an eye-witness account", "eye-witness account", "witness"),
        ("It cited intercepted communications.", "intercepted communications", "intercept"),
        ("The centre had received information that they would strike.", "received information", "other"),
        ("open-source information", "open-source information", "other"),
        ("There is evidence that gas was used.", "evidence", "other"),
    ],
)
def test_kinds(text, words, kind):
    (found,) = find_evidence(text, [])
    assert (found.span, found.kind, found.attribution) == (span(text, words), kind, None)


@pytest.mark.parametrize("text", ["The image of the army suffered.", "They were informed.", "The provider left."])
def test_other_words_are_no_evidence(text):
    assert [found for found in find_evidence(text, []) if found.kind != "photo"] == []


def test_the_innermost_attribution_holds_it():
    text = "The ministry said that residents claimed a video shows the launch."
    outer = attribution(text, "a1", "The ministry", "said", "that residents claimed a video shows the launch")
    inner = attribution(text, "a2", "residents", "claimed", "a video shows the launch", "a1")
    (found,) = find_evidence(text, [outer, inner])
    assert found.attribution == "a2"


def test_an_attribution_goes_on_after_one_within_it():
    text = "The ministry said that residents claimed a video exists and that footage was shown. A witness fled."
    outer = attribution(
        text, "a1", "The ministry", "said", "that residents claimed a video exists and that footage was shown"
    )
    inner = attribution(text, "a2", "residents", "claimed", "a video exists", "a1")
    assert [found.attribution for found in find_evidence(text, [inner, outer])] == ["a2", "a1", None]


def test_a_lone_attribution_holds_its_sentence():
    text = "Citing a video, the ministry said the depot was hit. A witness fled."
    only = attribution(text, "a1", "the ministry", "said", "the depot was hit")
    video, witness = find_evidence(text, [only])
    assert (video.attribution, witness.attribution) == ("a1", None)


@given(st.text() | st.lists(st.sampled_from(["video ", "🎥", "شاهد ", "satellite ", "images ", "\n"])).map("".join))
def test_spans_are_exact(text):
    for found in find_evidence(text, []):
        assert text[found.span.start : found.span.end] == found.span.text != ""


@pytest.mark.parametrize("piece", ["received ", "a", "video ", "intercepted ", "\n "])
def test_a_long_text_takes_no_longer_than_its_length(piece):
    start = time.process_time()
    find_evidence(piece * 50_000, [])
    assert time.process_time() - start < 5


def test_many_attributions_take_no_longer_than_their_number():
    text = "video " * 20_000
    pieces = [Span.of(text, at, at + 5) for at in range(0, len(text), 6)]
    said = [Attribution(f"a{n}", None, p, (p,), None, "indirect", "asserts", None, 1.0) for n, p in enumerate(pieces)]
    start = time.process_time()
    found = find_evidence(text, said)
    assert [evidence.attribution for evidence in found] == [attribution.id for attribution in said]
    assert time.process_time() - start < 5
