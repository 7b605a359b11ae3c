"""Relations put to rights: whole words and names, one speaker's contents, no empty cues. All texts are invented."""

import pytest

from sayso.read.found import Found
from sayso.read.gaps import within_gaps
from sayso.read.names import with_title
from sayso.read.tidying import less_far, tidied, told_once, uncrossed


def at(text: str, words: str, nth: int = 0) -> tuple[int, int]:
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return start, start + len(words)


def relation(text: str, source: str | None, cue: str, *content: str) -> Found:
    return Found(source and at(text, source), at(text, cue), tuple(at(text, piece) for piece in content), 0.8)


def told(text: str, source: str | None, cue: str, *content: str) -> list[tuple[str | None, str, tuple[str, ...]]]:
    return [
        (f.source and text[slice(*f.source)], text[slice(*f.cue)], tuple(text[slice(*c)] for c in f.content))
        for f in tidied(text, relation(text, source, cue, *content))
    ]


@pytest.mark.parametrize(
    ("text", "content", "whole"),
    [
        ("The Guard said shells fell on Khan al-Noor.", "shells fell on Khan al-", "shells fell on Khan al-Noor"),
        ("The Guard said the war-torn city fell.", "torn city fell", "war-torn city fell"),
        ("The Guard said they left the rebel-held town.", "they left the rebel", "they left the rebel-held town"),
        ("The Guard said it fell on Sunday.", "it fell on", "it fell on Sunday"),
        ("The Guard said the truce was short-lived when it came.", "the truce was short", "the truce was short-lived"),
        ("It was short-lived said the Guard.", "It was short", "It was short-lived"),
        ("The town fell-said the Guard", "The town fell", "The town fell"),  # not over the cue
    ],
)
def test_contents_begin_and_end_with_whole_words(text: str, content: str, whole: str) -> None:
    assert told(text, None, "said", content)[0][2] == (whole,)


def test_a_surname_that_is_a_word_belongs_to_the_source() -> None:
    text = "Minister Orla May promised to review it."
    assert told(text, "Minister Orla", "May promised", "to review it")[0][:2] == ("Minister Orla May", "promised")


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        ("Orvia Agrees that the raid was a crime", "Orvia", "Agrees that"),
        ("The Guard Monday denied the whole raid", "The Guard", "Monday denied"),
    ],
)
def test_other_words_in_capitals_are_no_surnames(text: str, source: str, cue: str) -> None:
    assert told(text, source, cue, text[text.index(cue) + len(cue) + 1 :])[0][:2] == (source, cue)


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The war has seen some of the worst raids", "The war", "has seen", "some of the worst raids"),
        ("Tags The harbour of Orvane burns", None, "Tags", "The harbour of Orvane burns"),
        ("In the harbour of Orvane a fire burns", None, "In", "the harbour of Orvane"),
    ],
)
def test_what_says_nothing_is_no_cue(text: str, source: str | None, cue: str, content: str) -> None:
    assert told(text, source, cue, content) == []


def test_people_see() -> None:
    text = "A witness has seen some of the worst raids"
    assert len(told(text, "A witness", "has seen", "some of the worst raids")) == 1


def test_a_content_beyond_somebody_else_s_words_of_saying_is_not_theirs() -> None:
    text = "A commander was killed. “They left at night,” said Orra. An officer told Tassa that it was calm."
    officer = relation(text, "An officer", "told", "A commander was killed", "that it was calm")
    orra = relation(text, "Orra", "said", "They left at night")
    assert [text[slice(*c)] for c in less_far(text, [officer, orra])[0].content] == ["that it was calm"]
    alone = relation(text, "An officer", "told", "A commander was killed", "that it was calm")
    assert len(less_far(text, [alone])[0].content) == 2


@pytest.mark.parametrize(
    ("text", "piece", "kept"),
    [
        ("Ten died, Orra said. The raids of the war went on.", "The raids", False),
        ("Per the report, a man shouted. Orra said that ten died.", "a man shouted", False),
        ("Ten died, Orra said. A hundred fled.", "A hundred fled.", True),  # a whole sentence
        ("Ten died, Orra said. It was “pure hell” for all.", "“pure hell”", True),
        ("Ten died, Orra said, and a hundred fled.", "a hundred fled", True),
        ("Ten died, Orra said as shops burned", "shops burned", True),  # of the same sentence
    ],
)
def test_scraps_of_other_sentences_are_nobody_s(text: str, piece: str, kept: bool) -> None:
    said = "ten died" if "ten died" in text else "Ten died"
    (found,) = less_far(text, [relation(text, "Orra", "said", *sorted((said, piece), key=text.index))])
    assert (at(text, piece) in found.content) == kept
    assert at(text, said) in found.content


@pytest.mark.parametrize(
    ("text", "source", "without"),
    [
        ("Talks have stalledThe minister said it.", "Talks have stalledThe minister", "The minister"),
        ("Pending chargesProsecutors said it.", "Pending chargesProsecutors", "Prosecutors"),
        ("openOrvane said it.", "openOrvane", "openOrvane"),  # so it may be called
    ],
)
def test_a_heading_that_runs_into_a_source_is_no_part_of_it(text: str, source: str, without: str) -> None:
    found = within_gaps(text, relation(text, source, "said", "it"))
    assert found.source
    assert text[slice(*found.source)] == without


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("They met in Orvane.Mayor Orra Sand spoke.", "Mayor Orra Sand"),
        ("They met Brig.Gen Orra Sand there.", "Brig.Gen Orra Sand"),
    ],
)
def test_a_title_ends_where_a_sentence_does(text: str, title: str) -> None:
    assert with_title(text, *at(text, "Orra Sand")) == title


@pytest.mark.parametrize(
    ("text", "cue", "content", "source", "rest"),
    [
        ("The army was accused by the rebels of shelling it.", "was accused by", "the rebels of shelling it",
         "the rebels", "of shelling it"),
        ("The army was accused by the rebels of shelling it.", "was accused", "by the rebels of shelling it",
         "the rebels", "of shelling it"),
        ("The army is accused by the Ministry of Ports of having shot.", "is accused by",
         "the Ministry of Ports of having shot", "the Ministry of Ports", "of having shot"),
        ("The army had been told by the UN that food came.", "had been told by", "the UN that food came", "the UN",
         "that food came"),
    ],
)  # fmt: skip
def test_by_whom_somebody_is_accused_is_who_accuses(text: str, cue: str, content: str, source: str, rest: str) -> None:
    assert told(text, None, cue, "The army", content) == [(source, cue, ("The army", rest))]


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("The army was accused by night of looting it.", "was accused", "by night of looting it"),
        ("The army was accused of looting by residents.", "was accused", "of looting by residents"),
        ("The army was accused by the rebels.", "was accused by", "the rebels"),
        ("The army spoke by the rebels of shelling it.", "spoke", "by the rebels of shelling it"),
    ],
)
def test_others_accuse_nobody(text: str, cue: str, content: str) -> None:
    assert [source for source, _, _ in told(text, None, cue, content)] == [None]


def test_who_was_taken_for_what_is_said_says_what_follows() -> None:
    text = "The mayor said that the rebels had claimed that the army left."
    outer = relation(text, "The mayor", "said", "that the rebels")
    inner = relation(text, "The mayor", "had claimed", "that the army left")
    assert uncrossed(text, [outer, inner]) == [outer, inner]
    assert outer.content == (at(text, "that the rebels had claimed that the army left"),)
    assert (inner.source, inner.parent) == (at(text, "the rebels"), outer)


@pytest.mark.parametrize(
    ("text", "cue", "content", "other"),
    [
        ("The mayor blamed the rebels saying that the army left.", "blamed", "the rebels", "saying"),
        ("The mayor said ten shops burned and that the army left.", "said", "ten shops", "burned"),
        ("The mayor said the rebels, According to him that the army left.", "said", "the rebels,", "According to him"),
    ],
)
def test_who_is_spoken_of_says_nothing(text: str, cue: str, content: str, other: str) -> None:
    outer, inner = relation(text, "The mayor", cue, content), relation(text, None, other, "that the army left")
    uncrossed(text, [outer, inner])
    assert (outer.content, inner.source, inner.parent) == ((at(text, content),), None, None)


def test_what_is_found_twice_in_a_chain_stays_where_it_lies_deepest() -> None:
    text = "Tassa quoted a man as saying the army had warned them to leave."
    tassa = relation(text, "Tassa", "quoted", "a man as saying the army had warned them to leave")
    man = relation(text, "a man", "as saying", "the army had warned them to leave")
    rule, army = (relation(text, "the army", cue, "them to leave") for cue in ("warned", "had warned"))
    within = relation(text, None, "leave", "them")
    man.parent, army.parent, rule.parent, within.parent = tassa, man, tassa, rule
    assert told_once([tassa, man, rule, army, within]) == [tassa, man, army, within]
    assert within.parent is army
    rule.parent = man
    assert told_once([tassa, man, army, rule]) == [tassa, man, army]
    army.parent = rule.parent = None  # two quotations beside one "said"
    assert told_once([army, rule]) == [army, rule]


@pytest.mark.parametrize(
    ("text", "source", "without"),
    [
        ("14:32 Rebels say they left.", "32 Rebels", "Rebels"),
        ("It fell. 9.05 GMT The army says they left.", "05 GMT The army", "The army"),
        ("12 rebels say they left.", "12 rebels", "12 rebels"),
        ("In 2012 rebels say they left.", "2012 rebels", "2012 rebels"),
    ],
)
def test_a_time_is_no_part_of_a_source(text: str, source: str, without: str) -> None:
    assert told(text, source, "say", "they left")[0][0] == without


@pytest.mark.parametrize(
    ("source", "doer"),
    [
        ("The Keld Observatory relies on a network of sources", "The Keld Observatory"),
        ("Orla May visited the town", "Orla May"),
        ("The Guard of Free Men", "The Guard of Free Men"),
        ("A doctor at the clinic", "A doctor at the clinic"),
    ],
)
def test_what_a_source_does_before_it_speaks_is_no_part_of_its_name(source: str, doer: str) -> None:
    assert told(f"{source} and says that the town fell.", source, "says", "that the town fell")[0][0] == doer


def test_two_sources_are_two() -> None:
    text = "The Guard on the hill and the mayor said that the town fell."
    assert told(text, "The Guard on the hill and the mayor", "said", "that the town fell")[0][0] == text[:35]


@pytest.mark.parametrize(
    ("text", "source", "whole"),
    [
        ("U.N.-backed experts said it fell.", "backed experts", "U.N.-backed experts"),
        ("U.N.-backed experts said it fell.", ".-backed experts", "U.N.-backed experts"),
        ("Residents of Hask in northern Quay State said it fell.", "Residents of Hask in northern", None),
        ("Forces on Sunday said it fell.", "Forces on", "Forces on"),
        ("The well-known clerk said it fell.", "The well-known clerk", "The well-known clerk"),
        ("It fell - experts said it fell.", "experts", "experts"),
        ("In Hask. Residents said it fell.", "Residents", "Residents"),
    ],
)
def test_a_source_has_all_of_its_words(text: str, source: str, whole: str | None) -> None:
    assert told(text, source, "said", "it fell.")[0][0] == (whole or "Residents of Hask in northern Quay State")
