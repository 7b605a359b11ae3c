"""What a reading claims: ``claims_of``."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.ledger.builders import LOCAL, NEWER, Builder, received, span

from sayso.ledger import claims_of
from sayso.ledger.claims import UNATTRIBUTED, claimant_id
from sayso.types import Attribution, Casualty, Event, Figure, Reading, Span, Voice

CHAIN = (
    "The general said that his centre had learnt that the militants plan to shell Orvane on 7 May. "
    "At least ten people died in Tellin."
)


def chained() -> Builder:
    build = Builder(received(CHAIN))
    outer = build.says(
        "The general", "his centre had learnt that the militants plan to shell Orvane on 7 May", cue="said"
    )
    middle = build.says(
        "his centre", "the militants plan to shell Orvane on 7 May", cue="had learnt", within=outer, confidence=0.8
    )
    build.says("the militants", "to shell Orvane on 7 May", cue="plan", within=middle, stance="plans", confidence=0.7)
    return build


def test_a_chain_runs_from_the_outlet_through_every_enclosing_claimant_to_its_own() -> None:
    outer, middle, inner = claims_of(chained().reading)
    assert outer.chain == ("Harbour Post", "The general")
    assert middle.chain == ("Harbour Post", "The general", "his centre")
    assert inner.chain == ("Harbour Post", "The general", "his centre", "the militants")
    assert inner.claimant == "the militants"
    assert inner.stance == "plans"
    assert inner.confidence == 0.7


def test_an_unnamed_source_stands_in_the_chain_as_none() -> None:
    build = Builder(received("It is said that they fled."))
    build.says(None, "they fled", cue="said")
    (claim,) = claims_of(build.reading)
    assert claim.chain == ("Harbour Post", None)
    assert claim.claimant is None


def test_enclosing_attributions_that_go_round_in_a_circle_end_the_chain() -> None:
    reading = chained().reading
    first, *rest = reading.attributions
    looped = replace(reading, attributions=(replace(first, within="a3"), *rest))
    assert max(len(claim.chain) for claim in claims_of(looped)) == 4


def test_pieces_of_a_content_are_joined_and_keep_their_spans() -> None:
    text = '"We saw ten dead," the nurse said, "in the yard."'
    build = Builder(received(text))
    build.says("the nurse", '"We saw ten dead,"', '"in the yard."', cue="said")
    (claim,) = claims_of(build.reading)
    assert claim.text == '"We saw ten dead," … "in the yard."'
    assert claim.spans == (span(text, '"We saw ten dead,"'), span(text, '"in the yard."'))


def test_an_attribution_without_content_claims_nothing() -> None:
    build = Builder(received("The general spoke."))
    build.says("The general", cue="spoke")
    assert claims_of(build.reading) == ()


def test_figures_and_evidence_go_to_the_attribution_that_carries_them() -> None:
    text = "The governor said ten people died, citing a video. The mayor said twelve people died."
    build = Builder(received(text))
    governor = build.says("The governor", "ten people died", cue="said")
    mayor = build.says("The mayor", "twelve people died", cue="said")
    build.killed("ten people", 10, governor)
    build.killed("twelve people", 12, mayor)
    build.rests_on("a video", "video", governor)
    first, second = claims_of(build.reading)
    assert first.figures == (Figure(10, 10, "killed", "civilians"),)
    assert first.evidence == ({"kind": "video", "text": "a video"},)
    assert second.figures == (Figure(12, 12, "killed", "civilians"),)
    assert second.evidence == ()


def test_the_place_is_the_most_precise_one_in_the_content() -> None:
    build = Builder(received("Near Marl, the mayor said that shells fell on Teria and on Orvane."))
    build.says("the mayor", "shells fell on Teria and on Orvane", cue="said")
    build.place("Marl", "site")
    build.place("Teria", "country")
    build.place("Orvane", "town", lat=1.5, lon=2.5)
    (claim,) = claims_of(build.reading)
    assert (claim.place, claim.lat, claim.lon) == ("Orvane", 1.5, 2.5)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("In Marl, the mayor said that shells fell. It rained in Orvane.", "Marl"),
        ("It rained in Orvane. Then the mayor said that shells fell.", "Orvane"),
        ("It rained in Orvane.\n\nThen the mayor said that shells fell.", None),
    ],
)
def test_without_a_place_in_the_content_its_sentence_then_its_paragraph_gives_one(text: str, place: str | None) -> None:
    build = Builder(received(text))
    build.says("the mayor", "shells fell", cue="said")
    for name in ("Marl", "Orvane"):
        if name in text:
            build.place(name, "town" if name == "Marl" else "site")
    (claim,) = claims_of(build.reading)
    assert claim.place == place


def test_the_date_is_the_first_known_one_in_the_content_and_else_in_its_sentence() -> None:
    text = "On 3 May the mayor said that shells fell one night, on 1 May and 2 May. On 3 May he said that it rained."
    build = Builder(received(text))
    build.says("the mayor", "shells fell one night, on 1 May and 2 May", cue="said")
    build.says("he", "it rained", cue="he said")
    build.date("one night", None)
    build.date("2 May", "2031-05-02")
    build.date("1 May", "2031-05-01")
    build.date("On 3 May he"[:8], "2031-05-03")
    shells, rain = claims_of(build.reading)
    assert shells.date == "2031-05-01"
    assert rain.date is None  # the date stands in another sentence


def test_an_event_gives_its_claim_type_and_certainty() -> None:
    build = chained()
    shell = Event(span(CHAIN, "shell"), "ASSAULT", "planned", (), (), None, None, "a3", 0.9, None)
    *_, inner = claims_of(replace(build.reading, events=(shell,)))
    assert (inner.event_type, inner.certainty) == ("ASSAULT", "planned")


def test_the_main_event_of_a_claim_is_the_first_of_the_most_confident_and_gives_place_and_date() -> None:
    text = "The mayor said that rain fell in Marl on 1 May and shells hit Orvane on 2 May and ten died."
    build = Builder(received(text))
    said = build.says(
        "The mayor", "that rain fell in Marl on 1 May and shells hit Orvane on 2 May and ten died", cue="said"
    )
    build.place("Marl", "site")
    build.place("Orvane")
    build.date("1 May", "2031-05-01")
    build.date("2 May", "2031-05-02")
    told = (
        Event(span(text, "died"), "ASSAULT", "unknown", (), (), None, None, said, 0.9, None),
        Event(span(text, "hit"), "ASSAULT", "happened", (), (), 1, 1, said, 0.9, None),
        Event(span(text, "fell"), "AID", "possible", (), (), 0, 0, said, 0.5, None),
    )
    without, claim = (claims_of(replace(build.reading, events=events))[0] for events in ((), told))
    assert (claim.event_type, claim.certainty, claim.place, claim.date) == (
        "ASSAULT",
        "happened",
        "Orvane",
        "2031-05-02",
    )
    assert (without.place, without.date) == ("Marl", "2031-05-01")
    assert without.id == claim.id


def test_the_place_of_an_event_from_the_headline_yields_to_one_in_the_claims_sentence() -> None:
    text = "Shells fall on Tellin\n\nIn Marl, the mayor said that shells fell."
    build = Builder(received(text))
    said = build.says("the mayor", "that shells fell", cue="said")
    build.place("Tellin")
    fell = Event(span(text, "fell"), "ASSAULT", "happened", (), (), 0, None, said, 0.9, None)
    (alone,) = claims_of(replace(build.reading, events=(fell,)))
    build.place("Marl")
    (both,) = claims_of(replace(build.reading, events=(fell,)))
    assert (alone.place, both.place) == ("Tellin", "Marl")


def test_what_nobody_else_says_is_the_outlets_own_claim_one_for_each_sentence() -> None:
    build = chained()
    build.killed("At least ten people", 10)
    build.rests_on("died", "witness")
    *_, own = claims_of(build.reading)
    assert own.claimant == "Harbour Post"
    assert own.chain == ("Harbour Post",)
    assert own.stance == "asserts"
    assert own.text == "At least ten people died in Tellin."
    assert own.figures == (Figure(10, 10, "killed", "civilians"),)
    assert own.evidence == ({"kind": "witness", "text": "died"},)
    assert own.confidence == UNATTRIBUTED


def test_an_accusation_in_the_outlets_own_voice_accuses_and_a_label_makes_no_claim() -> None:
    build = Builder(received("The group stages attacks. The regime fell."))
    build.accuses("stages attacks", confidence=0.6)
    build.labels("regime")
    (claim,) = claims_of(build.reading)
    assert (claim.stance, claim.text, claim.confidence) == ("accuses", "The group stages attacks.", 0.6)


def test_an_accusation_and_a_figure_in_one_sentence_are_one_claim() -> None:
    build = Builder(received("The group murdered ten people."))
    build.accuses("murdered")
    build.killed("ten people", 10)
    (claim,) = claims_of(build.reading)
    assert claim.stance == "accuses"
    assert len(claim.figures) == 1


def test_what_lies_within_a_content_is_not_the_outlets_own() -> None:
    build = Builder(received("The mayor said that the group stages attacks."))
    build.says("The mayor", "the group stages attacks", cue="said")
    build.accuses("stages attacks")
    (claim,) = claims_of(build.reading)
    assert claim.claimant == "The mayor"


def test_the_outlets_own_claim_leaves_out_what_its_sentence_quotes() -> None:
    text = 'Ten people died in what the mayor called "a massacre", and shops closed.'
    build = Builder(received(text))
    build.says("the mayor", '"a massacre"', cue="called")
    build.killed("Ten people", 10)
    own, _ = claims_of(build.reading)
    assert own.text == "Ten people died in what the mayor called … , and shops closed."


def test_an_outlet_that_is_not_known_still_claims() -> None:
    build = Builder(received("Ten people died.", outlet=None))
    build.killed("Ten people", 10)
    (claim,) = claims_of(build.reading)
    assert claim.chain == (None,)


def test_ids_do_not_depend_on_names_models_or_outlets() -> None:
    build = chained()
    renamed = [replace(a, claimant="X", confidence=0.1) for a in build.reading.attributions]
    other = replace(
        build.reading,
        attributions=tuple(renamed),
        provenance=NEWER,
        article=replace(build.reading.article, outlet="Y", location="elsewhere.txt"),
    )
    assert [c.id for c in claims_of(other)] == [c.id for c in claims_of(build.reading)]


def test_ids_are_pinned() -> None:
    """A change here breaks every reference to a claim that anybody has kept: decisions, links, exports."""
    assert [claim.id for claim in claims_of(chained().reading)] == [
        "53618b4e726f90f1",
        "051f58a9f4392b38",
        "1757b8c606e568b4",
    ]
    assert claimant_id("The White  Helmets") == claimant_id("white helmets") == "6a9e92ea669cfb8d"


def test_two_attributions_with_the_same_words_have_different_ids() -> None:
    build = Builder(received("The mayor and the governor said that ten died."))
    build.says("The mayor", "ten died", cue="said")
    build.says("the governor", "ten died", cue="said")
    first, second = claims_of(build.reading)
    assert first.id != second.id
    assert {first.claimant, second.claimant} == {"The mayor", "the governor"}


def test_swapping_two_parties_swaps_them_in_the_claims() -> None:
    swap = {"Arvia": "Belmo", "Belmo": "Arvia"}
    text = "Arvia accused Belmo of firing first, which Belmo denied. Ten soldiers of Arvia died."

    def claims(one: str, two: str) -> list[tuple[object, ...]]:
        build = Builder(received(text.replace("Arvia", "*").replace("Belmo", two).replace("*", one)))
        build.says(one, f"{two} of firing first", cue="accused", stance="accuses")
        build.killed(f"Ten soldiers of {one}", 10)
        return [(c.claimant, c.stance, c.text, c.spans[0].start, c.figures) for c in claims_of(build.reading)]

    swapped = [
        (swap.get(str(claimant), claimant), stance, "".join(swap.get(w, w) for w in _words(said)), start, figures)
        for claimant, stance, said, start, figures in claims("Belmo", "Arvia")
    ]
    assert swapped == claims("Arvia", "Belmo")


def _words(text: object) -> list[str]:
    return re.split(r"(\W+)", str(text))


# Texts with what real ones hold and what breaks offsets: emoji, Arabic, combining marks, blank lines, stops.
TEXTS = st.text(st.sampled_from('ab Zé. \n?!"👍🏽سم\u0301-—0'), min_size=1, max_size=80)


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    item = received(draw(TEXTS), outlet=draw(st.sampled_from([None, "Harbour Post"])))
    text = item.article.text

    def spans() -> st.SearchStrategy[Span]:
        ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
        return ends.filter(lambda e: e[0] != e[1]).map(lambda e: Span.of(text, min(e), max(e)))

    count = draw(st.integers(0, 4))
    ids = st.sampled_from([None, *(f"a{n}" for n in range(count))])
    attributions = tuple(
        Attribution(
            id=f"a{n}",
            source=None,
            cue=draw(st.none() | spans()),
            content=tuple(draw(st.lists(spans(), max_size=3))),
            within=draw(ids),
            kind="indirect",
            stance="asserts",
            claimant=draw(st.sampled_from([None, "A", "B"])),
            confidence=0.5,
        )
        for n in range(count)
    )
    casualties = draw(st.lists(st.tuples(spans(), ids), max_size=4))
    voice = draw(st.lists(st.tuples(spans(), st.sampled_from(["accusation", "label"])), max_size=4))
    return replace(
        Builder(item, LOCAL).reading,
        attributions=attributions,
        casualties=tuple(Casualty(s, 1, 1, "killed", None, a) for s, a in casualties),
        voice=tuple(Voice(s, kind, 0.5) for s, kind in voice),
    )


@given(readings())
@settings(deadline=None)
def test_whatever_was_read_its_claims_hold_together(reading: Reading) -> None:
    claims = claims_of(reading)
    text = reading.article.text
    assert claims == claims_of(reading)
    assert len({claim.id for claim in claims}) == len(claims)
    assert [c.spans[0].start for c in claims] == sorted(c.spans[0].start for c in claims)
    for claim in claims:
        assert all(text[s.start : s.end] == s.text for s in claim.spans)
        assert claim.text == " … ".join(s.text for s in claim.spans)
        assert claim.chain[0] == reading.article.outlet
        assert claim.chain[-1] == claim.claimant
    attributed = [claim for claim in claims if len(claim.chain) > 1]
    assert len(attributed) == sum(1 for a in reading.attributions if a.content)
    taken = {i for a in reading.attributions for s in a.content for i in range(s.start, s.end)}
    own = [claim for claim in claims if len(claim.chain) == 1]
    assert not any(i in taken for claim in own for s in claim.spans for i in range(s.start, s.end))
