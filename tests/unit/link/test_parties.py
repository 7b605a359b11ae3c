import pytest

from sayso.link.naming import anonymous
from sayso.link.parties import SURE, parties, resolve, same_party, suggested

OBSERVATORY = "the Valdan Observatory for Orphan Rights"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (OBSERVATORY, "The Valdan Observatory for Orphan Rights"),
        (OBSERVATORY, "the Keld-based Valdan Observatory for Orphan Rights (VOOR)"),
        (OBSERVATORY, "VOOR"),
        (OBSERVATORY, "the Valdan Observatory"),
        (OBSERVATORY, "the Observatory"),
        (OBSERVATORY, "the Valdan Observatory for Orphan Rights, a Keld-based monitoring group"),
        (OBSERVATORY, "the Valdan Observatory for Orphan Rights monitor"),
        ("Norvian Defence Ministry spokesman Igo Tarrow", "Igo Tarrow, the spokesman"),
        ("Norvian Defence Ministry spokesman Maj. Gen. Igo Tarrow", "Norvian defense ministry spokesman Igo Tarrow"),
        ("Observatory chief Rami Abdel Koss", "Rami Abdel Koss, head of the Valdan Observatory for Orphan Rights"),
        ("Norvia's Defence Ministry", "the Norvian defense ministry"),
        ("state news agency VNA", "VNA"),
        ("the Valdan News Agency", "VNA"),
        ("governor Mohammed al-Sarran", "Governor Mohamad Sarran"),
        ("the Ilmar Front group", "Ilmar Front"),
        ("Norvian state TV", "Norvian state television"),
        ("the head of the Valdan Observatory, Koro Essan", "Koro Essan"),
        ("Koro Essan, the Observatory's deputy head", "Valdan Observatory deputy head Koro Essan"),
        ("A spokesman for the ministry, Colonel Koro Essan", "Colonel Koro Essan, the ministry's spokesman"),
        ("Norvia's state news agency VNA", "VNA"),
        ("Norvian news agency VNA", "the VNA news agency"),
        ("Norvia's Ministry of Defence", "the Norvian defense ministry"),
        ("the Ministry of Health", "the health ministry"),
        ("the Valdan Observatory for Human rights", "the Valdan Observatory for Human Rights based in Keld"),
    ],
)
def test_names_of_one_party(one: str, other: str) -> None:
    assert same_party(one, other) >= SURE
    assert same_party(one, other) == same_party(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Norvian Defence Ministry spokesman Igo Tarrow", "Norvian Defence Ministry spokesman Petar Lund"),
        ("the Norvian government", "the Norvian army"),
        ("the Norvian Defence Ministry", "the Norvian Foreign Ministry"),
        ("the Norvian Defence Ministry", "the Keldian Defence Ministry"),
        ("the Norvian Defence Ministry", "the Norvian government"),
        ("the Norvian-led coalition", "the coalition"),
        ("the Council of Elders", "the Council"),
        ("activist Mohammed Sarran", "interior minister Mohammed Sarran"),
        ("President Ilo Marn", "the allies of President Ilo Marn"),
        ("Ilo Marn's government", "President Ilo Marn"),
        (OBSERVATORY, "Observatory head Rami Abdel Koss"),
        ("activist Abu Omar Keldi", "activist Abu Omar Orvani"),
        ("Norvia", "Norvia and Keldia"),
        ("the mayor of Orvane, New Norvia", "New Norvia"),
        ("the head of the ministry, the Council of Elders", "the Council of Elders"),
        ("the 11 March Brigade", "the 1 March Brigade"),
        ("the SSNP", "the SNP"),
        ("Norvia's SDF", "Keldia's SDF"),
        ("Norvian group PKL", "Keldian group PKL"),
        ("spokesman Koro Essan, Keldian Observatory", "the Keldian Observatory"),
        ("the mayor of Orvane, Keld Orsa", "Keld Orsa"),
        ("Ilmar Front, the leader of Keldian Rebels", "Ilmar Front"),
        ("the Peace Party", "the Pace Party"),
        ("the Douma Council", "the Duma Council"),
        ("Norvian VNA troops", "VNA"),
        ("the Ilmar Front (IF) and the Keldian Front", "IF"),
    ],
)
def test_names_of_two_parties(one: str, other: str) -> None:
    assert same_party(one, other) < SURE


@pytest.mark.parametrize(
    "name",
    ["a medical source", "activists", "a witness", "local sources", "Residents of Orvane", "A source at Orvane police",
     "Norvian officials", "one of the officials", "a monitoring group", "he"],
)  # fmt: skip
def test_an_unnamed_source_is_nobody_twice(name: str) -> None:
    assert same_party(name, name) == 0.0


def test_exchanging_names_exchanges_the_result() -> None:
    def swapped(name: str) -> str:
        return (
            name.translate(str.maketrans("", ""))
            .replace("Norvia", "@")
            .replace("Keldia", "Norvia")
            .replace("@", "Keldia")
        )

    names = {
        "Norvia's Defence Ministry": 3,
        "the Norvian Defence Ministry": 4,
        "the Keldian army": 2,
        "Keldia's army": 1,
    }
    exchanged = {swapped(name): times for name, times in names.items()}
    assert parties(exchanged) == {swapped(a): swapped(b) for a, b in parties(names).items()}


def test_the_canonical_name_is_the_fullest_and_most_used() -> None:
    names = {
        "VOOR": 90,
        OBSERVATORY: 20,
        "The Keld-based Valdan Observatory for Orphan Rights": 3,
        "the Observatory": 40,
    }
    assert set(parties(names).values()) == {OBSERVATORY}


def test_a_short_form_that_fits_two_parties_is_led_to_neither() -> None:
    names = {OBSERVATORY: 5, "the Keldian Observatory for Rivers": 5, "the Observatory": 3}
    found = parties(names)
    assert found["the Observatory"] == "the Observatory"
    assert found[OBSERVATORY] != found["the Keldian Observatory for Rivers"]


def test_namesakes_stay_apart_by_their_offices() -> None:
    names = {"activist Koro Essan": 3, "media activist Koro Essan": 2, "interior minister Koro Essan": 4}
    found = parties(names)
    assert found["activist Koro Essan"] == found["media activist Koro Essan"] != found["interior minister Koro Essan"]
    found = parties(names | {"Koro Essan": 9})  # which of the two?
    assert found["Koro Essan"] == "Koro Essan"
    names |= {"Norvian activist Koro Essan": 1, "Norvian minister Koro Essan": 1}
    found = parties(names)
    assert found["activist Koro Essan"] != found["interior minister Koro Essan"]
    found = parties({"activist Koro Essan": 3, "media activist Koro Essan": 2, "Koro Essan": 9})
    assert len(set(found.values())) == 1


def test_a_body_goes_by_its_name_alone_and_not_by_what_is_said_of_it() -> None:
    names = {"the so-called Ilmar Front group": 9, "the Ilmar Front": 2, "the extremist Ilmar Front": 5}
    assert set(parties(names).values()) == {"the Ilmar Front"}
    names = {"spokesman Koro Essan": 9, "Colonel Koro Essan, the ministry's spokesman": 2}
    assert set(parties(names).values()) == {"Colonel Koro Essan, the ministry's spokesman"}


def test_what_people_say_is_the_same_is_transitive() -> None:
    found = resolve(
        {"Ilmar": 1, "the Blue Shirts": 2, "the Front": 3},
        [("Ilmar", "the Blue Shirts"), ("the Blue Shirts", "the Front")],
        [],
    )
    assert len(set(found.values())) == 1


def test_what_people_say_is_different_blocks_a_suggestion_between_the_groups() -> None:
    names = {"VNA": 3, "the VNA news agency": 2, "the Valdan News Agency": 4}
    assert len(set(parties(names).values())) == 1
    found = resolve(names, [], [("the VNA news agency", "the Valdan News Agency")])
    assert found["VNA"] == found["the VNA news agency"] != found["the Valdan News Agency"]


@pytest.mark.parametrize(("one", "other"), [("Colonel Essan", "Koro Essan"), ("the Guard", "the Ilmar Guard")])
def test_a_last_name_is_asked_about_and_led_to_nobody(one: str, other: str) -> None:
    assert list(suggested([one, other])) == [(one, other, SURE)]
    assert parties({one: 2, other: 3}) == {one: one, other: other}
    assert list(suggested(["the army", "the Norvian army"])) == []


def test_what_is_suggested_is_what_comparing_all_would_find() -> None:
    names = [
        *(OBSERVATORY, "the Observatory", "VOOR", "state news agency VNA", "the Valdan News Agency", "VNA", "Norvia"),
        *("Norvia's Defence Ministry", "the Norvian defense ministry", "Norvian", "activists", "Activists", "Koss"),
        *("Igo Tarrow, the spokesman", "Norvian Defence Ministry spokesman Igo Tarrow", "Tarrow", ""),
        *(
            "the Ilmar Front",
            "the Ilmar Front group",
            "Ilmar Front",
            "Observatory chief Rami Abdel Koss",
            "a medical source",
        ),
    ]
    plainly = [(a, b, same_party(a, b)) for number, b in enumerate(names) for a in names[:number]]
    assert list(suggested(names)) == [pair for pair in plainly if pair[2] >= SURE]
    assert len(list(suggested(names))) > 10


def test_the_order_of_names_and_judgements_does_not_matter() -> None:
    names = {OBSERVATORY: 5, "VOOR": 3, "the Observatory": 1, "Observatory head Rami Abdel Koss": 2, "Koss": 1}
    same, different = [("Koss", "Observatory head Rami Abdel Koss"), ("VOOR", "Koss")], [("Koss", "the Observatory")]
    one = resolve(names, same, different)
    assert one == resolve(dict(reversed(names.items())), [(b, a) for a, b in reversed(same)], different)


def test_many_like_names_take_little_time() -> None:
    names = {f"the Number {n} Observatory for the Rights of Number {n}": 1 for n in range(3000)}
    assert len(set(parties(names).values())) == len(names)


def test_hostile_names_are_cut() -> None:
    assert same_party("A" * 100_000, "A of " * 50_000) == 0.0


@pytest.mark.parametrize("name", ["(x)", "[a (b)]", "(", "«»"])
def test_a_name_without_a_word_outside_brackets_is_its_own(name: str) -> None:
    """Looking for its first word once ended linking."""
    assert anonymous(name) is (name != "(x)")
    assert parties({name: 2, "Ivo Sand": 1})["Ivo Sand"] == "Ivo Sand"
