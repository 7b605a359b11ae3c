"""Texts that copy one another are found and lined up, whatever was changed around the words."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.link.alignment import bands, copied, filled_in

HEADLINE = "Ferry sinks off Karvel, 12 missing"
LEAD = (
    "A ferry with more than forty people aboard sank off the port of Karvel early on Tuesday after it struck a "
    "sandbank in thick fog, the harbour master's office said, and at least 12 passengers were still missing by noon."
)
QUOTED = (
    'Harbour master Ana Lind said: "We heard the horn three times and then nothing. Our boats were out within ten '
    'minutes and they will stay out until everybody is found."'
)
REST = (
    "Two fishing boats brought 28 survivors ashore, most of them workers on their way to the salt pans of Ostrey, and "
    "a clinic beside the quay treated eleven for cold. The ferry, built in 1974, had passed an inspection in March."
)
BACKGROUND = (
    "The strait has been closed to larger ships since the winter storms of last year moved the sandbanks and carried "
    "off most of the buoys; since then more than thirty vessels have run aground there, according to the coast guard."
)
REPORT = "\n\n".join((HEADLINE, LEAD, QUOTED, REST))
OTHER = (
    "Strike closes Ostrey mill\n\nWorkers at the old paper mill in Ostrey laid down their tools on Friday over pay "
    "that has not risen in six years. The owners called the strike unlawful and sent the night shift home. A mediator "
    "from the ministry is expected on Monday, and both want to hear her before they decide. The mill has 300 hands."
)


def shares(a: str, b: str) -> tuple[float, float]:
    copy = copied(a, b)
    assert copy is not None
    return copy.share_a, copy.share_b


@pytest.mark.parametrize(
    "changed",
    [
        REPORT.replace(HEADLINE, "Dozen feared drowned as ferry goes down - World - The Harbour Post"),
        REPORT.replace('"', "").replace("'", "").replace(",", ""),
        REPORT.replace("'", "’").replace(': "', ": “").replace('found."', "found.”"),
        REPORT.replace("'s", "_\x90_â_s").replace('"', "_\x90_â__\x90_â_"),
        REPORT.upper(),
        REPORT.replace(QUOTED, f"{OTHER}\n\n{QUOTED}"),
        "\n\n".join((HEADLINE, REST, QUOTED, LEAD)),
        "\n\n".join((HEADLINE, LEAD, QUOTED)),
    ],
    ids=["headline", "marks lost", "curly marks", "marks mangled", "case", "inserted", "moved", "cut"],
)
def test_a_copy_is_found_whatever_was_changed(changed: str) -> None:
    assert max(shares(REPORT, changed)) > 0.9


def test_shares_are_of_each_text_and_the_run_is_where_it_stands() -> None:
    short = f"Boat lost\n\n{LEAD}"
    copy = copied(REPORT, short)
    assert copy is not None
    assert copy.share_a < 0.4
    assert copy.share_b > 0.9
    assert copy.run_a.text == copy.run_b.text == LEAD.rstrip(".")
    assert REPORT[copy.run_a.start : copy.run_a.end] == copy.run_a.text
    assert short[copy.run_b.start : copy.run_b.end] == copy.run_b.text
    assert copied(short, REPORT) == copy.mirrored()


def test_the_longest_run_stands_where_it_does_in_both() -> None:
    copy = copied(f"{OTHER} {LEAD}", f"{LEAD.replace('harbour master', 'coast guard')} {OTHER}")
    assert copy is not None
    assert copy.run_a.text == copy.run_b.text == OTHER.rstrip(".")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("", ""),
        ("Ferry sinks", "Ferry sinks"),
        (REPORT, ""),
        (REPORT, OTHER),
        (HEADLINE, HEADLINE),
        (f"{OTHER}\n\n{QUOTED}", REPORT),
    ],
    ids=["empty", "two words", "one empty", "nothing in common", "a headline", "a quotation"],
)
def test_others_are_no_copies(a: str, b: str) -> None:
    assert copied(a, b) is None


def test_background_at_the_end_of_both_makes_no_copy() -> None:
    tug = (
        "Tug runs aground near Karvel\n\nA tug with a crew of four ran aground on Sunday and was towed free by evening."
    )
    rest = "Nobody was hurt, said its owners, who had bought it in Ostrey a week before and meant to rename it."
    assert copied(f"{LEAD}\n\n{REST}\n\n{BACKGROUND}", f"{tug} {rest}\n\n{BACKGROUND}") is None
    assert copied(f"{LEAD}\n\n{REST}\n\n{BACKGROUND}", f"{BACKGROUND}\n\n{tug} {rest}") is not None


def test_names_of_parties_do_not_count() -> None:
    text = f"{LEAD}\n\nThe Northern League blamed the Union of Ports.\n\n{REST}"
    cut = text.replace("at least 12 passengers", "a dozen people")
    exchanged = [
        t.replace("Northern League", "#").replace("Union of Ports", "Northern League").replace("#", "Union of Ports")
        for t in (text, cut)
    ]
    assert shares(*exchanged) == shares(text, cut)


@given(st.text("ab. '’é", max_size=120), st.text("ab. '’é", max_size=120), st.integers(0, 40))
def test_it_is_the_same_seen_from_either_side(a: str, b: str, times: int) -> None:
    a, b = f"{a} {LEAD} {b}", f"{b} {LEAD[times:]} {a}"
    there, back = copied(a, b), copied(b, a)
    assert there is not None
    assert back is not None
    assert back.mirrored() == there
    assert 0 < there.share_a <= 1
    assert a[there.run_a.start : there.run_a.end] == there.run_a.text
    assert b[there.run_b.start : there.run_b.end] == there.run_b.text


@pytest.mark.parametrize(
    "text", ["x " * 200_000, "a b " * 100_000, "a'" * 200_000, "1," * 200_000, "_\x90_â" * 100_000]
)
def test_hostile_texts_take_no_time(text: str) -> None:
    begun = time.perf_counter()
    copied(text, text[1:])
    bands(text)
    assert time.perf_counter() - begun < 2


def test_keys_are_the_same_on_any_machine() -> None:
    assert bands("One two three four five six.") == bands("“ONE, two; three four — five six”") == (7789442238782657523,)


def test_keys_are_few_and_sorted() -> None:
    keys = bands(" ".join(map(str, range(5000))))
    assert len(keys) == len(set(keys)) == 64
    assert list(keys) == sorted(keys)
    assert all(0 <= key < 1 << 63 for key in keys)
    assert bands("") == bands("Ferry sinks off Karvel") == ()


def test_a_third_in_common_leads_to_a_key_in_common() -> None:
    draw = random.Random(1)
    met = 0
    for _ in range(100):
        ours, theirs = (" ".join(f"w{draw.randrange(3000)}" for _ in range(n)) for n in (190, 500))
        common = [" ".join(f"w{draw.randrange(3000)}" for _ in range(33)) for _ in range(3)]
        a, b = f"{common[0]} {ours} {common[1]} {common[2]}", f"{common[1]} {theirs} {common[0]} x {common[2]}"
        assert copied(a, b) is not None
        met += not set(bands(a)).isdisjoint(bands(b))
    assert met >= 99


def test_the_form_that_is_filled_in_for_event_after_event_leads_to_no_key() -> None:
    form = (
        "{0} fired shells at the town of {0} on the day of {0} and wounded many people who were on their way {0} home "
    )
    ours, theirs = ("".join(form.format(f"Zor{x}{n}") for n in "bcdfghkl") for x in "pq")
    assert copied(ours, theirs) is not None
    assert set(bands(ours)).isdisjoint(bands(theirs))


def test_texts_with_nothing_in_common_never_meet() -> None:
    assert set(bands(REPORT)).isdisjoint(bands(OTHER))


def with_others(text: str, *others: tuple[str, str]) -> str:
    for said, other in others:
        text = text.replace(said, other)
    return text


@pytest.mark.parametrize(
    ("others", "slots"),
    [
        ([("forty", "sixty"), ("Lind", "Berg"), ("28", "17"), ("1974", "1966")], 3),  # sixty is a word, and no figure
        ([("Lind", "Berg"), ("28", "17")], 2),
        ([("Ostrey", "Brodno"), ("Karvel", "Brodno")], 2),
        ([("Karvel", "Brodno")], 1),
        ([("Lind", "Lynd"), ("Ostrey", "Ostray"), ("Karvel", "Karvil"), ("28", "28,")], 0),
        ([("thick", "dense"), ("minutes", "moments"), ("clinic", "doctor"), ("March", "April")], 0),
        ([(QUOTED, "Ilse Marn, 44, saw it from Brodno.")], 0),
    ],
    ids=["three", "two", "two names", "one name twice", "spelled otherwise", "other words", "another passage"],
)
def test_a_form_has_other_names_and_figures_in_the_same_places(others: list[tuple[str, str]], slots: int) -> None:
    changed = with_others(REPORT, *others)
    assert filled_in(REPORT, changed) == filled_in(changed, REPORT) == slots


@given(st.lists(st.sampled_from((LEAD, QUOTED, REST, BACKGROUND, HEADLINE)), min_size=2, max_size=5), st.data())
def test_what_is_filled_in_is_the_same_whichever_text_is_first(passages: list[str], data: st.DataObject) -> None:
    others = data.draw(st.lists(st.sampled_from([("Lind", "Berg"), ("28", "17"), ("1974", "1966")]), max_size=3))
    one = " ".join(passages)
    two = with_others(" ".join(data.draw(st.permutations(passages))), *others)
    assert filled_in(one, two) == filled_in(two, one)


def test_each_name_and_figure_of_a_place_counts_and_what_stands_at_the_end() -> None:
    dense = "Shells killed 12 people in Orvane on 3 May, Ilse Marn told the paper."
    changed = with_others(dense, ("12", "7"), ("Orvane", "Tarsel"), ("3 May", "19 May"), ("Ilse Marn", "Ada Brod"))
    assert filled_in(f"{dense} {REST}", f"{changed} {REST}") == 5
    assert filled_in(f"{REST} {dense}", f"{REST} {changed}") == 5


def test_of_words_that_are_not_known_figures_alone_count() -> None:
    text = (
        "Granaten trafen am Morgen den Fischmarkt der Hafenstadt, sagte die Feuerwehr, und neun Händler starben. " * 3
    )
    other = with_others(text, ("Fischmarkt", "Gemüsemarkt"), ("Händler", "Verkäufer"), ("Feuerwehr", "Polizei"))
    assert filled_in(text, other) == 0
