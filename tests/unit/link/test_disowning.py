"""What denies without a word of denying what was just told, and what is like it and denies nothing. All names are
invented."""

import pytest
from tests.unit.link.claims import claim, killed
from tests.unit.link.test_relations import related

from sayso.link.accused import doers, home, is_of_side
from sayso.link.disowning import is_of_nobody, is_of_nothing, takes_no_part
from sayso.types import ClaimRow
from sayso.untrue import this_is_untrue

TOLD = claim(
    "Ten people were killed when shells hit a market in Orvane",
    by="the Rescue Service",
    article="a",
    at=0,
    figures=(killed(10),),
)
BLAMED = claim("the army of shelling the market", by="the Rescue Service", article="a", at=1, stance="accuses")


def answer(text: str, by: str = "The army", **more: object) -> ClaimRow:
    return claim(text, by=by, article="a", at=2, **more)


def denied(answering: ClaimRow) -> set[str]:
    """The claims that the answer denies."""
    links = related(TOLD, BLAMED, answering)
    return {name for name, told in (("told", TOLD), ("blamed", BLAMED)) if (answering.id, told.id, "denies") in links}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"This is a lie,"', True),
        ('"These are lies and fabrications,"', True),
        ("it was not true", True),
        ('"That is nonsense."', True),
        ("this was not true of other towns", False),
        ("it is nonsense to talk of peace", False),
        ("this is hardly a lie", False),
        ("this is an attack on all of us", False),
    ],
)
def test_this_is_called_false(text: str, expected: bool) -> None:
    assert this_is_untrue(text) == expected
    assert bool(denied(answer(text))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no such attack had taken place", True),
        ("there was no shelling in the town", True),
        ("there was no attack planned", False),
        ("there was no attack warning", False),
        ("there was no other attack in the region", False),
        ("there were no deaths", False),
        ("no such aid had arrived", False),
        ("there was no bread", False),
    ],
)
def test_nothing_happened(text: str, expected: bool) -> None:
    assert is_of_nothing(text) == expected
    assert ("blamed" in denied(answer(text))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nobody had been killed", True),
        ("no civilians were killed", True),
        ("there were no casualties", True),
        ("no soldiers were killed", False),
        ("nobody had been killed in a second strike", False),
        ("there were no deaths among the police", False),
        ("no one has been paid", False),
    ],
)
def test_nobody_was_killed(text: str, expected: bool) -> None:
    assert is_of_nobody(text) == expected
    assert ("told" in denied(answer(text, by="The governor"))) == expected


def test_nothing_happened_there_on_another_day() -> None:
    on_the_day = answer("there was no shelling on Monday", date="2016-01-04")
    before = answer("there was no shelling on Sunday", date="2016-01-03")
    told = claim(TOLD.text, by="the Rescue Service", article="a", at=0, figures=(killed(10),), date="2016-01-04")
    assert (on_the_day.id, told.id, "denies") in related(told, on_the_day)
    assert (before.id, told.id, "denies") not in related(told, before)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("it was not involved", True),
        ("it was not behind the attack", True),
        ("its guns had not fired on Monday", True),
        ("it had carried out no strikes in the area", True),
        ("it had no operations in the area at the time", True),
        ("they had no part in the killings", True),
        ("it was not involved in the rescue", False),
        ("it was not behind the plan", False),
        ("they had no part in the talks", False),
        ("it had no troops left to send", False),
        ("it had no operations planned", False),
        ("they had carried out no exchange of prisoners", False),
        ("they had made no arrests", False),
        ("its soldiers had not been paid", False),
    ],
)
def test_the_speaker_had_no_part_in_it(text: str, expected: bool) -> None:
    assert takes_no_part(text) == expected
    assert ("blamed" in denied(answer(text))) == expected
    assert "blamed" not in denied(answer(text, by="The rebels"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("they had sent no drones against the town", True),
        ("it had not planted the mine that killed children", True),
        ("we did not ambush anybody", True),
        ("it had not abducted the priest", True),
        ("it had not planted the seed of doubt", False),
        ("they had sent no aid", False),
    ],
)
def test_nor_in_other_harm(text: str, expected: bool) -> None:
    assert takes_no_part(text) == expected
    assert denied(answer(text)) <= {"blamed"}


@pytest.mark.parametrize(
    "text", ["that figure as propaganda", "the toll", "the death toll was exaggerated", "those numbers"]
)
def test_that_figure_is_the_last_one_told(text: str) -> None:
    assert denied(answer(text, stance="denies")) == {"told"}


def test_the_number_of_ten_is_denied_in_whatever_report_gives_it() -> None:
    other = claim("ten people had been buried", by="A doctor", article="b", at=0, figures=(killed(10),))
    more = claim("twelve people had been buried", by="A priest", article="c", at=0, figures=(killed(12),))
    against = claim("the number of ten dead was invented", by="The army", article="d", at=0, stance="denies")
    links = related(TOLD, other, more, against)
    assert {(against.id, told.id, "denies") in links for told in (TOLD, other)} == {True}
    assert (against.id, more.id, "denies") not in links


@pytest.mark.parametrize(
    ("denier", "expected"),
    [
        ("A Keld military source", True),
        ("A Keld official", True),
        ("Two senior Keld commanders", True),
        ("A source in Keld", False),
        ("A military source", False),
        ("A Valdan official", False),
    ],
)
def test_an_unnamed_source_of_a_body_speaks_for_it(denier: str, expected: bool) -> None:
    assert is_of_side("The Keld militia", denier, frozenset()) == expected


@pytest.mark.parametrize(
    ("speaker", "army", "rebels"),
    [
        ("army spokesman Tor Hale", True, False),
        ("the army's spokesman, Tor Hale", True, False),
        ("Tor Hale, a military spokesman", True, False),
        ("rebel commander Ilo Marn", False, True),
        ("former army spokesman Tor Hale", False, False),
        ("the mayor, Tor Hale", False, False),
    ],
)
def test_who_is_named_with_an_office_speaks_for_whose_it_is(speaker: str, army: bool, rebels: bool) -> None:
    assert is_of_side("the army", speaker, frozenset()) == army
    assert is_of_side("rebel fighters", speaker, frozenset()) == rebels


def test_a_country_may_have_two_names() -> None:
    told = [
        claim(f"South Orvia's army shelled {town}", by="A monitor", article=town, at=0) for town in ("Keld", "Tessal")
    ]
    assert home(told) == {"south", "orvia"}
    assert is_of_side("South Orvia's army", "The government", home(told))
    other = [
        claim(f"{town} Orvia's army came", by="A monitor", article=town, at=0) for town in ("Then", "Here", "There")
    ]
    assert home(other) == {"orvia"}


@pytest.mark.parametrize("text", ["this was a lie", "no such attack took place", "nobody was killed"])
@pytest.mark.parametrize("stance", ["other", "suspects", "warns", "plans"])
def test_what_is_only_hoped_or_asked_denies_nothing(text: str, stance: str) -> None:
    assert denied(answer(text))
    assert not denied(answer(text, stance=stance))
    assert not denied(claim(text, article="a", at=2))  # the outlet's own words


def test_who_denies_that_nobody_was_killed_does_not_deny_that_somebody_was() -> None:
    assert not denied(answer("that nobody had been killed", by="The governor", stance="denies"))


def test_no_civilians_are_said_to_have_been_killed_where_fighters_were() -> None:
    fighters = claim(
        "Ten rebels were killed in the raid", by="The army", article="a", at=0, figures=(killed(10, who="rebels"),)
    )
    people = claim("Ten people were killed in the raid", by="The army", article="a", at=0, figures=(killed(10),))
    hurt = claim(
        "Ten people were hurt in the raid", by="The army", article="a", at=0, figures=(killed(10, kind="wounded"),)
    )
    for text, told, expected in (
        ("no civilians were killed", fighters, False),
        ("there were no civilian casualties", fighters, False),
        ("nobody was killed", fighters, True),
        ("no civilians were killed", people, True),
        ("nobody was killed", hurt, False),
    ):
        said = answer(text, by="A doctor")
        assert ((said.id, told.id, "denies") in related(told, said)) == expected, text


def test_nothing_happened_in_another_town() -> None:
    said = answer("there was no shelling in Tessal", by="The mayor")
    assert not denied(said)
    assert denied(answer("there was no shelling in Orvane", by="The mayor"))


@pytest.mark.parametrize(
    "text",
    ["that opposition figures had been arrested", "the vote count was rigged", "the number two commander had been hurt",
     "a number of reports", "the figure of ten million spent on arms", "the number of ten deserters"],
)  # fmt: skip
def test_other_figures_are_no_toll(text: str) -> None:
    assert "told" not in denied(answer(text, stance="denies"))


def test_a_number_is_that_of_the_dead_there_and_by_then() -> None:
    against = claim("the number of ten dead was invented", by="The army", article="d", at=0, stance="denies")
    hurt = claim("ten were hurt", by="A doctor", article="b", at=0, figures=(killed(10, kind="wounded"),))
    later = claim("ten were killed", by="A doctor", article="c", at=0, figures=(killed(10),), published="2031-05-09")
    links = related(TOLD, hurt, later, against)
    assert {m for n, m, relation in links if n == against.id and relation == "denies"} == {TOLD.id}


@pytest.mark.parametrize(
    ("who", "denier", "expected"),
    [
        ("the Keld army", "A Keld rebel commander", False),
        ("the Keld rebels", "A Keld army officer", False),
        ("the Keld army", "A Keld army officer", True),
        ("the Orvane Brigade", "An Orvane hospital official", False),
        ("the army", "military analyst Tor Hale", False),
        ("the army", "Norvian deposed army commander Tor Hale", False),
        ("rebel fighters", "opposition journalist Ilo Marn", False),
    ],
)
def test_not_everybody_with_a_bodys_name_speaks_for_it(who: str, denier: str, expected: bool) -> None:
    assert is_of_side(who, denier, frozenset()) == expected


@pytest.mark.parametrize("before", ["The", "Free", "Northern", "When"])
def test_what_stands_before_a_country_need_not_be_of_its_name(before: str) -> None:
    told = [claim(f"{before} Norvian army shelled {town}", by="A monitor", article=town, at=0) for town in "ABC"]
    assert home(told) == {"norvian"}


def test_who_does_it_may_be_said_before_at_least() -> None:
    assert doers("allied militias executed at least 84 people") == ("allied militias",)
    assert doers("ten rebels killed at the base") == ()
