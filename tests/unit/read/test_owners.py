"""Whose spokesman, mayor or minister somebody is, and that nobody is called by the name of another's."""

import pytest
from tests.unit.read.speakers import said_by

from sayso.read.demonyms import CODE_OF, COUNTRY_OF
from sayso.read.owners import offices


@pytest.mark.parametrize(
    ("phrase", "told"),
    [
        ("the army's spokesman", [("spokesman", ("army",))]),
        ("Orvian military spokesman Ivo Sand", [("spokesman", ("orvian", "army"))]),
        ("the Red Cross' spokesman", [("spokesman", ("red", "cross"))]),
        ("Ivo Sand, Orvia's new prime minister", [("minister", ("orvia", "prime"))]),
        ("the head of the clinic in Maskel", [("head", ("clinic", "maskel"))]),
        ("the health ministry spokesman", [("spokesman", ("health", "ministry"))]),
        ("Its spokesman", [("spokesman", ())]),
        ("a senior spokesman", [("spokesman", ())]),
        ("the head of the Quay-based group", [("head", ("group",))]),
        ("the Guard", []),
    ],
)
def test_an_office_is_told_with_its_owner(phrase: str, told: list[tuple[str, tuple[str, ...]]]) -> None:
    assert list(offices(phrase)) == told


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("ORF spokesman *Ivo Sand*", "The army's spokesman"),
        ("Army spokesman *Ivo Sand*", "The ORF spokesman"),
        ("Army spokesman *Ivo Sand*", "The spokesman of the Sixth Hill Division"),
        ("Army spokesman *Ivo Sand*", "The group's spokesman"),
        ("Police spokesman *Ivo Sand*", "The Red Shield's spokesman"),
        ("*Ivo Sand*, Orvia's prime minister,", "The prime minister of Lirren"),
        ("*Ivo Sand*, the governor of Maskel,", "The governor of Dunmarsh"),
        ("*Ivo Sand*, the foreign minister,", "The prime minister"),
        ("The mayor of Maskel, *Ivo Sand*,", "The mayor of Dunmarsh"),
        ("UN rights chief *Ivo Sand*", "The UN aid chief"),
        ("Police chief *Ivo Sand*", "The village chief"),
        ("The health ministry spokesman *Ivo Sand*", "The interior ministry spokesman"),
        ("Turkmenistan's foreign minister *Ivo Sand*", "The Turkish foreign minister"),
        ("Austria's foreign minister *Ivo Sand*", "The Australian foreign minister"),
        ("Niger's foreign minister *Ivo Sand*", "The Nigerian foreign minister"),
        ("South Sudan's foreign minister *Ivo Sand*", "The Sudanese foreign minister"),
        ("Sudan's foreign minister *Ivo Sand*", "The South Sudanese foreign minister"),
    ],
)
def test_another_sides_office_holder_is_somebody_else(first: str, second: str) -> None:
    name = first.replace("*", "").rstrip(",")
    text = f"{first} said it fell. {second} said that ten were killed."
    relations = [(name, "said it", "it fell"), (second, "said that", "ten were killed")]
    assert said_by(text, *relations) == [name, second]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Army spokesman *Ivo Sand*", "The army's spokesman"),
        ("Army spokesman *Ivo Sand*", "The spokesman"),
        ("Army spokesman *Ivo Sand*", "The military spokesman"),
        ("Spokesman *Ivo Sand*", "The army's spokesman"),
        ("Rapid Hill Forces spokesman *Ivo Sand*", "The RHF spokesman"),
        ("ORF spokesman *Ivo Sand*", "The group's spokesman"),
        ("*Ivo Sand*, Orvia's prime minister,", "The prime minister of Orvia"),
        ("*Ivo Sand*, Ukraine's prime minister,", "The Ukrainian prime minister"),
        ("France's foreign minister *Ivo Sand*", "The French foreign minister"),
        ("US envoy *Ivo Sand*", "The American envoy"),
        ("The envoy of the United States, *Ivo Sand*,", "The U.S. envoy"),
        ("South Sudan's foreign minister *Ivo Sand*", "The South Sudanese foreign minister"),
        ("Italy's foreign minister *Ivo Sand*", "The Italian foreign minister"),
        ("*Ivo Sand*, the governor of Maskel,", "The governor"),
        ("Mayor *Ivo Sand*", "The town's mayor"),
        ("Foreign Minister *Ivo Sand*", "The Orvian foreign minister"),
    ],
)
def test_the_same_owners_office_holder_is_taken_up(first: str, second: str) -> None:
    name = first.replace("*", "").rstrip(",")
    text = f"{first} said it fell. {second} said that ten were killed."
    relations = [(name, "said it", "it fell"), (second, "said that", "ten were killed")]
    assert said_by(text, *relations) == [name, name]


def test_what_stands_beside_a_name_that_does_not_speak_tells_whose_it_is() -> None:
    text = "Calm was urged by the army's spokesman *Ivo Sand*. {} said that ten were killed."
    told = [
        said_by(text.format(who), (who, "said that", "ten were killed"))[0]
        for who in ("The spokesman of the Guard", "The army spokesman")
    ]
    assert told == ["The spokesman of the Guard", "spokesman Ivo Sand"]


def test_a_minister_of_another_country_is_not_the_one_at_home() -> None:
    text = "Foreign Minister *Ivo Sand* said it fell. The foreign minister of {} said that ten were killed."
    told = [
        said_by(
            text.format(land),
            ("Foreign Minister Ivo Sand", "said it", "it fell"),
            (f"The foreign minister of {land}", "said that", "ten were killed"),
            countries=("Lirren",),
        )[1]
        for land in ("Lirren", "Works")
    ]
    assert told == ["The foreign minister of Lirren", "Foreign Minister Ivo Sand"]


def test_a_demonym_is_known_wherever_the_line_of_the_table_breaks() -> None:
    assert [COUNTRY_OF[word] for word in ("Italian", "Thais", "Central African", "Kosovar")] == ["IT", "TH", "CF", "XK"]
    assert {len(code) for code in (COUNTRY_OF | CODE_OF).values()} == {2}
