"""Denials that say only "it", "which" or "a charge". All texts are invented."""

import time

import pytest

from sayso.read.denied import with_denials, with_verdicts
from sayso.read.found import Found, holding, text_order

Told = list[tuple[str | None, str, tuple[str, ...]]]


def at(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def relation(text: str, source: str | None, cue: str, *content: str, within: Found | None = None) -> Found:
    pieces = tuple(at(text, piece) for piece in content)
    return Found(source and at(text, source), at(text, cue), pieces, 0.8, within)


def told(text: str, *found: Found) -> Told:
    return [
        (f.source and text[slice(*f.source)], text[slice(*f.cue)], tuple(text[slice(*c)] for c in f.content))
        for f in with_denials(text, 0, len(text), found)
    ]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The army denied it.", "The army", "denied", "it"),
        ("The army has repeatedly denied this, and left.", "The army", "has repeatedly denied", "this"),
        ("On Monday the Guard denied that.", "the Guard", "denied", "that"),
        ("The army was blamed. The ministry in the capital denies it.", "The ministry in the capital", "denies", "it"),
        ("They say we shelled the market, and we deny it.", "we", "deny", "it"),
        ("The army and the Guard denied it.", "The army and the Guard", "denied", "it"),
        ("He shelled the market, the mayor said; the colonel denied it.", "the colonel", "denied", "it"),
        ("The rebels had claimed the raid but later denied it.", "The rebels", "later denied", "it"),
        ("The rebels were accused of it. They dismissed this as a lie.", "They", "dismissed", "this"),
        ("Many blamed Orvia for the raid, which Orvia has denied.", "Orvia", "has denied", "which"),
        ("Many blamed Orvia for the raid, which it denied.", "it", "denied", "which"),
        ("Many blamed Orvia for the raid, which was denied by Orvia.", "Orvia", "was denied by", "which"),
        ("Many blamed the army, a charge which the council rejected.", "the council", "rejected", "a charge"),
        ("Many blamed the army, a claim the army strongly denies.", "the army", "strongly denies", "a claim"),
        ("Many blamed Orvia, a charge Orvia dismissed as grotesque.", "Orvia", "dismissed", "a charge"),
        ("The raids killed ten, claims that Orvia denied.", "Orvia", "denied", "claims"),
    ],
)
def test_who_denies_what_was_said(text: str, source: str, cue: str, content: str) -> None:
    assert told(text) == [(source, cue, (content,))]


@pytest.mark.parametrize(
    "text",
    [
        "The army did not deny it.",
        "The army denied that the Guard fled.",
        "The army denied them food.",
        "The army denied this report.",  # which the network finds
        "If the army denied it, nobody would care.",
        "The army would have denied it.",
        "The rebels were denied it.",
        "Orvia offered a truce. The rebels rejected it.",
        "The rebels asked for safe passage, which the army denied.",
        "The rebels asked for talks, which the army rejected.",
        "The market denied it.",
        "They have a claim which the court that the council set up rejected.",
        "Whoever denied it is gone.",
        "No officials denied it.",
        "Neither the army nor the Guard denied it.",
        "The army hardly denied it.",
        "Had the army denied it, they would have left.",
        "The rebels blamed the army for the raid. Parliament met, and the opposition rejected it.",
        "",
    ],
)
def test_nobody_denies_what_was_said(text: str) -> None:
    assert told(text) == []


def test_what_was_said_ends_before_the_clause_that_denies_it() -> None:
    text = "The UN said the army hit a school, which the army denied, saying it had no planes."
    said = relation(text, "The UN", "said", "the army hit a school, which the army denied")
    more = relation(text, "The UN", "saying", "it had no planes")
    assert told(text, said, more) == [
        ("The UN", "said", ("the army hit a school",)),
        ("the army", "saying", ("it had no planes",)),
        ("the army", "denied", ("which",)),
    ]


def test_who_denies_it_did_not_say_it() -> None:
    text = "Its gunmen shelled the depot and afterwards blamed the army, a charge which the council has rejected."
    assert told(text, relation(text, "the council", "blamed", "the army")) == [
        ("Its gunmen", "blamed", ("the army",)),
        ("the council", "has rejected", ("a charge",)),
    ]


def test_what_stands_within_a_quotation_lies_within_it() -> None:
    text = "“The rebels blame us, and we deny it,” the colonel said."
    said = relation(text, "the colonel", "said", "“The rebels blame us, and we deny it,”")
    (_, denial) = with_denials(text, 0, len(text), [said])
    assert denial.parent is said
    assert said.content == (at(text, "“The rebels blame us, and we deny it,”"),)


def test_a_denial_that_is_found_already_is_left_alone() -> None:
    text = "Many blamed the army, a charge it denied."
    assert told(text, relation(text, "it", "denied", "a charge")) == [("it", "denied", ("a charge",))]


@pytest.mark.parametrize(
    "piece",
    ["denied it, ", "a charge which ", "the army denied ", ", which which ", "and denied ", "denied claims of the ",
     "denied, in a letter, claims that "],
)  # fmt: skip
def test_a_long_sentence_takes_no_longer_than_a_long_text(piece: str) -> None:
    begin = time.perf_counter()
    with_denials(piece * 4_000, 0, len(piece) * 4_000, [])
    assert time.perf_counter() - begin < 2


def test_an_account_is_denied_with_what_it_tells() -> None:
    text = "The colonel, Igo Tarrow, denied rumours according to which soldiers had left Orvane."
    found = (
        relation(text, "The colonel, Igo Tarrow,", "denied", "rumours"),
        relation(text, "The colonel, Igo Tarrow,", "according", "soldiers had left Orvane"),
    )
    assert told(text, *found) == [
        ("The colonel, Igo Tarrow,", "denied", ("rumours according to which soldiers had left Orvane",)),
        (None, "according", ("soldiers had left Orvane",)),
    ]
    assert found[1].parent is found[0]


def test_what_an_account_tells_is_on_the_word_of_whose_it_is() -> None:
    text = "The army refuted, in a letter of Saturday, the claims of the rebels according to which a drone hit Orvane."
    found = (
        relation(text, None, "refuted", "The army"),
        relation(text, None, "according to", "the claims of the rebels", "which a drone hit Orvane"),
        relation(text, None, "claims of", "the rebels"),
    )
    assert told(text, *found) == [
        ("The army", "refuted", ("the claims of the rebels according to which a drone hit Orvane",)),
        ("the rebels", "according to", ("a drone hit Orvane",)),
    ]


@pytest.mark.parametrize("aside", [" in a statement", ", on its website on Friday,", " in a letter on Monday"])
def test_words_for_how_it_was_denied_hide_nothing(aside: str) -> None:
    text = f"The army rejected{aside} accusations that its drone had hit Orvane, adding that it had none."
    assert told(text) == [("The army", "rejected", ("accusations that its drone had hit Orvane",))]


@pytest.mark.parametrize(
    "text",
    [
        "The army denied reports that its drone had hit Orvane.",  # which the network finds
        "Nobody denied, in a statement, claims that a drone had hit Orvane.",
        "The army rejected, in a statement, a plea that it should leave.",
        "According to claims that the army denied soldiers had left.",
    ],
)
def test_other_accounts_are_left_to_the_network(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "cue", "content", "expected"),
    [
        ("The army called reports of a raid baseless.", "called", "reports of a raid", "reports of a raid baseless"),
        ("The army called reports of a raid a disgrace.", "called", "reports of a raid", "reports of a raid"),
        ("The army told of a raid baseless.", "told of", "a raid", "a raid"),
        ("Claims that a market was hit are not true.", "Claims", "that a market was hit are not true",
         "that a market was hit"),
        ("Claims that a market was hit are new.", "Claims", "that a market was hit are new",
         "that a market was hit are new"),
        ("He said a market was hit, claims are false.", "said", "a market was hit, claims are false",
         "a market was hit, claims are false"),
    ],
)  # fmt: skip
def test_what_an_account_is_called_ends_what_is_said_of_it(text: str, cue: str, content: str, expected: str) -> None:
    found = relation(text, None, cue, content)
    with_verdicts(text, [found])
    assert [text[slice(*piece)] for piece in found.content] == [expected]


@pytest.mark.parametrize("end", [", according to the Herald.", ", the Herald said."])
def test_who_tells_of_a_denial_is_no_part_of_what_is_denied(end: str) -> None:
    denied = "claims that its troops had shelled the town"
    whole = f"The ministry rejected in a statement {denied}"
    text = whole + end
    outer = relation(text, "the Herald", "according to" if "according" in end else "said", whole)
    denial = relation(text, "The ministry", "rejected", denied, within=outer)
    found = with_denials(text, 0, len(text), [outer, denial])
    assert [(f.source, f.content) for f in found] == [
        (at(text, "the Herald"), (at(text, whole),)),
        (at(text, "The ministry"), (at(text, denied),)),
    ]
    assert outer.parent is None
    assert denial.parent is outer


def test_what_holds_a_denial_is_never_held_by_it() -> None:
    text = "The ministry rejected in a statement claims that its troops had fled as the mayor put it in his letter."
    outer = relation(text, "the mayor", "put", "The ministry rejected in a statement claims that its troops had fled")
    denial = relation(text, "The ministry", "rejected", "claims that its troops had fled", within=outer)
    inner = relation(text, None, "claims", "its troops had fled", within=denial)
    found = with_denials(text, 0, len(text), [outer, denial, inner])
    assert [[*map(id, holding(f))] for f in found] == [[], [id(outer)], [id(denial), id(outer)]]


def test_what_holds_itself_has_an_order() -> None:
    text = "He said she said."
    one, other = relation(text, "He", "said", "she said"), relation(text, "she", "said", "He")
    one.parent, other.parent = other, one
    assert text_order(one) == (text.index("she"), 1, text.index("said"))
