"""The outlet's own accusations and labels; what others say is theirs."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.read.voice import find_voice
from sayso.types import Attribution, Span


def said(text: str, content: str, source: str | None = None) -> Attribution:
    spans = [Span.of(text, text.index(w), text.index(w) + len(w)) if w else None for w in (source, content)]
    assert spans[1] is not None
    return Attribution("a1", spans[0], None, (spans[1],), None, "indirect", "asserts", None, 1.0)


def labels(text: str, *attributions: Attribution) -> list[str]:
    return [voice.span.text for voice in find_voice(text, attributions) if voice.kind == "label"]


def accusations(text: str, *attributions: Attribution) -> list[str]:
    return [voice.span.text for voice in find_voice(text, attributions) if voice.kind == "accusation"]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Forces of the Ruritanian regime left on Friday.", "the Ruritanian regime"),
        ("It works with terror outfits there.", "terror outfits"),
        ("The extremist group left.", "The extremist group"),
        ("A convoy of the so-called government arrived.", "the so-called government"),
        ("The society, which claims to be a humanitarian charity, left.", "claims to be a humanitarian charity"),
        ("They met foreign-backed fighters.", "foreign-backed fighters"),
        ("The puppet government met.", "The puppet government"),
        ("They met so-called Free Guards of Karvel.", "so-called Free Guards"),
        ("Terrorists of the so called Free Guards left.", "Terrorists of the so called Free Guards"),
        ("It met the group (outlawed in Ruritania) there.", "outlawed in Ruritania"),
        ("This heinous crime was filmed.", "This heinous crime"),
        ("It met “moderate rebels” there.", "“moderate rebels”"),
        ("The Ruritanian clique left.", "The Ruritanian clique"),
        ("Sand_\x90_â_s regime left.", "Sand_\x90_â_s regime"),
    ],
)
def test_labels(text, label):
    assert labels(text) == [label]


@pytest.mark.parametrize(
    "text",
    [
        "The government met on Friday.",
        "Rebels left the town.",
        "It joined the war on terror.",
        "Militants left.",
        "It met in “the old town” there.",
    ],
)
def test_plain_names_are_no_labels(text):
    assert labels(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Government forces shelled two schools in the town on Monday.",
        "Two schools in the town were bombed by rebels on Monday.",
        "Ruritanian airstrikes killed nine people in the town.",
        "The militia has carried out several bombings in the valley.",
        "Militants fired rockets at a residential neighbourhood on Monday.",
        "They went there in revenge for the bridge.",
    ],
)
def test_a_doer_and_a_deed_accuse(text):
    assert accusations(text) == [text.rstrip(".")]


@pytest.mark.parametrize(
    "text",
    [
        "The ministers met in the capital on Friday.",
        "Nine people were killed when a house fell down.",
        "Blasts in northern Karvel killed nine people there.",
        "The soldiers came under fire near the bridge on Monday.",
        "The attack damaged the mill which was built by President Sand.",
        "They got bread through airdrops carried out daily by Vorlian aircraft.",
        "Fighting went on between the army and rebels near Karvel.",
    ],
)
def test_no_doer_or_no_deed(text):
    assert accusations(text) == []


def test_what_is_attributed_is_not_the_outlets():
    text = "The ministry said that terrorists shelled two schools in the town."
    content = "that terrorists shelled two schools in the town"
    assert find_voice(text, [said(text, content, "The ministry")]) == ()


@pytest.mark.parametrize(
    "text",
    ["The army shelled two schools in the town it added.", "29 rebels dead in army attack on the town NGO"],
)
def test_what_somebody_says_is_not_the_outlets_though_no_attribution_was_found(text):
    assert accusations(text) == []


def test_how_a_source_is_named_is_the_outlets_choice():
    text = "The puppet government said that nobody was hurt in the town."
    assert labels(text, said(text, "that nobody was hurt in the town", "The puppet government")) == [
        "The puppet government"
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ruritanian", "Syrian"),
        ("Russian", "Ukrainian"),
        ("Israeli", "Palestinian"),
        ("Syrian", "Houthi"),
        ("Kurdish", "Druze"),
        ("Ruritanian", "Vorl"),
        ("Zendish", "Talu"),
    ],
)
@pytest.mark.parametrize(
    "text",
    [
        "{} forces shelled two schools. The {} regime and its terror outfits attacked civilians.",
        "Nine people died in {} attacks. Nine people died in {} attacks on the town.",
        "Nine people died in {} attacks. {} attacks hit the town on Monday.",
        "Many of the {} killed nine people there. {} gunners killed nine people there. The {} shelled the whole town.",
        "Nine people were killed by {} on Monday. People in {} lands were killed. The {} attacks went on there.",
    ],
)
def test_parties_exchanged_give_the_same_reading(text, one, other):
    read = [find_voice(text.format(a, b, a), []) for a, b in ((one, other), (other, one))]
    shapes = [[(v.kind, v.span.text.replace(one, "X").replace(other, "X")) for v in voices] for voices in read]
    assert shapes[0] == shapes[1] != []


@pytest.mark.parametrize("name", ["Ruritanian", "Vorl", "Talu", "VT"])
def test_a_name_right_before_a_deed_did_it(name):
    assert accusations(f"Nine people died in {name} attacks.") == [f"Nine people died in {name} attacks"]


def test_the_word_that_opens_a_clause_is_no_name():
    assert accusations("Deadly attacks went on until noon there.") == []


@given(st.text() | st.lists(st.sampled_from(["regime ", "forces ", "🎥", "shelled ", "by ", "\n"])).map("".join))
def test_spans_are_exact(text):
    for voice in find_voice(text, []):
        assert text[voice.span.start : voice.span.end] == voice.span.text != ""


@pytest.mark.parametrize(
    "piece",
    [
        "terrorist ",
        "a",
        "army shelled ",
        "killed ",
        "killed by ",
        "claims to be ",
        ". ",
        "so-called ",
        "“rebels” ",
        "Terrorists of ",
    ],
)
def test_a_long_text_takes_no_longer_than_its_length(piece):
    start = time.process_time()
    find_voice(piece * 30_000, [])
    assert time.process_time() - start < 5
