"""The cue decides the stance, whatever its tense, auxiliaries and adverbs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.read.stance import stance_of

STANCES = {"asserts", "denies", "accuses", "warns", "plans", "suspects", "other"}


@pytest.mark.parametrize(
    ("cue", "stance"),
    [
        ("said", "asserts"),
        ("has repeatedly stated", "asserts"),
        ("according to", "asserts"),
        ("claimed", "asserts"),
        ("has repeatedly denied", "denies"),
        ("denies", "denies"),
        ("was denying", "denies"),
        ("strongly rejected", "denies"),
        ("dismissed", "denies"),
        ("described as untrue", "denies"),
        ("called baseless", "denies"),
        ("ruled out", "denies"),
        ("did not rule out", "other"),
        ("has not denied", "other"),
        ("didn't deny", "other"),
        ("is not in a position to confirm", "other"),
        ("blamed", "accuses"),
        ("has accused", "accuses"),
        ("condemned", "accuses"),
        ("held responsible", "accuses"),
        ("has warned", "warns"),
        ("sounded the alarm", "warns"),
        ("sworn", "plans"),
        ("appears", "suspects"),
        ("thanked", "other"),
        ("threatened", "warns"),
        ("is believed", "suspects"),
        ("suspected", "suspects"),
        ("does not believe", "denies"),
        ("plan", "plans"),
        ("were planning", "plans"),
        ("planned", "plans"),
        ("vowed", "plans"),
        ("intends", "plans"),
        ("wants to", "plans"),
        ("will launch", "plans"),
        ("will say", "asserts"),
        ("urged", "other"),
        ("called for", "other"),
        ("has demanded", "other"),
        ("asked", "other"),
    ],
)
def test_the_cue_decides(cue, stance):
    assert stance_of(cue, "the ministry", "that its forces shelled the town") == stance


def test_blame_under_a_plain_cue_is_asserted():
    assert stance_of("said", "the general", "the rebels are to blame for the attack") == "asserts"


def test_without_a_cue_the_noun_that_ends_the_source_speaks():
    assert stance_of(None, "the general's threat", "to strike again") == "warns"
    assert stance_of(None, "the Planning Ministry", "to build again") == "asserts"
    assert stance_of(None, None, "") == "asserts"


def test_wanting_something_of_others_is_no_plan():
    assert stance_of("wants", "the council", "the army to leave") == "asserts"
    assert stance_of("wants", "the council", "to leave") == "plans"


@given(st.text(), st.none() | st.text(), st.text())
def test_any_text_has_a_stance(cue, source, content):
    assert stance_of(cue, source, content) in STANCES


@pytest.mark.parametrize(
    ("cue", "content", "stance"),
    [
        ("called", "the allegation “a fairy tale”", "denies"),
        ("called", "the testimony worthless", "denies"),
        ("described", "the reports that its army had used gas as completely untrue", "denies"),
        ("described", "the massacre as fabricated fake accusations by the fighters", "denies"),
        ("calling", 'them "absolutely baseless"', "denies"),
        ("has branded", "such claims lies", "denies"),
        ("did not call", "the report false", "other"),
        ("called", "the attack a war crime", "other"),
        ("described", "the attack as a massacre", "asserts"),
        ("called", "the false alarm a disgrace", "other"),
        ("described", "the weapons as having a tube-like structure", "asserts"),
        ("branded", "the attack a crime", "accuses"),
        ("called", "the footage proof that the army's account was false", "other"),
        ("called for", "reports to be checked and for an end to propaganda", "other"),
        ("called", "the attack a response to false accusations by the rebels", "other"),
        ("described", "the killing of a man at a fake checkpoint", "asserts"),
        ("called", "the killings absurd", "other"),
        ("called", "the charges far from baseless", "other"),
        ("described", "the report as neither false nor new", "asserts"),
        ("described", "the attack as real, not staged", "asserts"),
        ("terminated", "the talks after the attack, which it blamed on lies", "asserts"),
        ("refused to call", "the report false", "other"),
        ("called", "it ridiculous that nobody had been charged", "other"),
        ("called", "it a false flag operation", "other"),
        ("described", "the video as propaganda aimed at recruits", "asserts"),
        ("described", "the videos that the army had dismissed as fake", "asserts"),
        ("described", "reports of a massacre as lies", "denies"),
        ("called", "the statement absurd", "denies"),
        ("calling", "the statement 'a cynical lie'", "denies"),
        ("called", "the accusation “a farce”", "denies"),
        ("called", "reports of a bombed hospital baseless", "denies"),
        ("called", "Orvia's statement about the raid on Orvane absurd", "denies"),
        ("called", "a report that it had shelled the market completely untrue", "denies"),
        ("described", "the Orvian account as “a blatant, cynical lie”", "asserts"),  # too far from it to be sure
        ("described", "the Orvian account as “a cynical lie”", "denies"),
        ("described", "the reports as lies manufactured by the rebels", "denies"),
        ("called", "the meeting absurd", "other"),
        ("called", "the report that showed that the claims were false", "other"),
        ("called", "the claim a bold move", "other"),
    ],
)
def test_what_is_called_untrue_is_denied(cue, content, stance):
    assert stance_of(cue, "the ministry", content) == stance


@pytest.mark.parametrize(
    ("content", "stance"),
    [
        ("Claims by the rebels that a market was hit on Thursday are not true", "denies"),
        ("Reports by the rebels that a church was shelled are false", "denies"),
        ("the allegations were baseless", "denies"),
        ("that the claims were “fabrications of the army's propaganda rooms”", "denies"),
        ("that the number of 21 civilian dead had been invented by the rebels", "denies"),
        ("that claims of 40 dead were exaggerated", "denies"),
        ("it had nothing to do with the attack on Orvane", "denies"),
        ("that they had nothing to do with it", "denies"),
        ("that the reports were not baseless", "asserts"),
        ("that the allegations were serious", "asserts"),
        ("that false reports were being spread by the rebels", "asserts"),
        ("that the number of dead had risen", "asserts"),
        ("it had nothing to do with religion", "asserts"),
        ("that the election was a farce", "asserts"),
        ("the report of the commission found that the passports were fake", "asserts"),
        ("that the report of the commission which found fake passports was false", "denies"),
        ("that the report showed the photographs were fake", "asserts"),
        ("that the figures confirmed by the ministry were false", "denies"),
        ("that claims the army had shelled the town were untrue", "denies"),
        ("that reports that the army said it had fled were false", "denies"),
        ("that a number of the passports were fake", "asserts"),
        ("that the number of passports was invented", "asserts"),
        ("that the number of wounded was exaggerated", "denies"),
        ("that the numbers were exaggerated", "denies"),
        ("that the posts on the border were made up of conscripts", "asserts"),
        ("that the reports were made up", "denies"),
    ],
)
def test_what_is_said_to_be_untrue_is_denied(content, stance):
    assert stance_of("said", "the ministry", content) == stance
    assert stance_of("stressed", "the rebels", content) == stance


@pytest.mark.parametrize(
    ("content", "stance"),
    [
        ('"This is a lie,"', "denies"),
        ("that is simply not true", "denies"),
        ("these are nothing but inventions", "denies"),
        ("it's fake news", "denies"),
        ("this is no lie", "asserts"),
        ("it is neither false", "asserts"),
        ("this is anything but false", "asserts"),
        ("it is nonsense to talk of peace", "asserts"),
    ],
)
def test_this_may_be_said_to_be_untrue(content, stance):
    assert stance_of("said", None, content) == stance


def test_a_report_may_be_called_fake_news():
    assert stance_of("called", None, 'the report "fake news"') == "denies"


def test_who_denies_that_a_report_is_false_denies_no_report():
    assert stance_of("denied", "the ministry", "that the reports were false") == "other"
    assert stance_of("denied", "the ministry", "reports that the army was false to its word") == "denies"
    assert stance_of("did not say", "the ministry", "that the reports were false") != "denies"
