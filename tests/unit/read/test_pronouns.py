"""Whom "he", "it", "they" and "who" take up, and whom they do not. The relations are given, as the words of a text."""

import pytest
from tests.unit.read.speakers import said_by


@pytest.mark.parametrize(
    ("text", "relations", "who"),
    [
        (  # one "he" is one party, whatever is said after it
            "*Ivo Sand* said it fell. *Marta Kovel* said it burnt. It will be, he went on, adding that it hurts.",
            [
                ("Ivo Sand", "said it", "it fell"),
                ("Marta Kovel", "said it burnt", "burnt"),
                ("he", "went on", "It will be,"),
                ("he", "adding", "that it hurts"),
            ],
            ["Ivo Sand", "Marta Kovel", "Marta Kovel", "Marta Kovel"],
        ),
        (
            "Activist *Ivo Sand* said it fell. A medical source confirmed the deaths. He said that ten were hurt.",
            [
                ("Ivo Sand", "said it", "it fell"),
                ("A medical source", "confirmed", "the deaths"),
                ("He", "said that", "ten were hurt"),
            ],
            ["Activist Ivo Sand", "A medical source", "A medical source"],
        ),
        (
            "Residents said it fell. The mayor said it rained. The guard said it hailed. "
            "Orvia's opposition said it burnt. People were driven out, they say.",
            [
                ("Residents", "said it fell", "fell"),
                ("The mayor", "said it rained", "rained"),
                ("The guard", "said it hailed", "hailed"),
                ("Orvia's opposition", "said it burnt", "burnt"),
                ("they", "say", "People were driven out"),
            ],
            ["Residents", "The mayor", "The guard", "Orvia's opposition", "Orvia's opposition"],
        ),
        (
            "Mayor *Ivo Sand* said it fell. He met Orvian foreign ministers who blamed the army.",
            [("Ivo Sand", "said it", "it fell"), ("who", "blamed", "the army")],
            ["Mayor Ivo Sand", "Orvian foreign ministers"],
        ),
        (
            "The *Hill Monitor* said it fell. There are people in the capital who argue that peace is near.",
            [("The Hill Monitor", "said it", "it fell"), ("who", "argue", "that peace is near")],
            ["The Hill Monitor", "people in the capital"],
        ),
        (
            "It fell, the **Hill Monitor** said, citing medical sources who described burns.",
            [
                ("the Hill Monitor", "said,", "It fell"),
                ("medical sources", "citing", "burns"),
                ("who", "described", "burns"),
            ],
            ["the Hill Monitor", "medical sources", "medical sources"],
        ),
        (
            "The **Ministry** of Works said it fell. The ministry knows drivers. The **Ministry** of Health said ten.",
            [
                ("The Ministry of Works", "said it", "it fell"),
                ("The ministry", "knows", "drivers"),
                ("The Ministry of Health", "said ten", "ten"),
            ],
            ["The Ministry of Works", "The Ministry of Works", "The Ministry of Health"],
        ),
        (
            "A truce body warned of it. The **Ministry of Works** said it fell.",
            [("A truce body", "warned of", "of it"), ("The Ministry of Works", "said it", "it fell")],
            ["A truce body", "The Ministry of Works"],
        ),
        (
            "The commission named 83 dead. It is fewer than the 112 announced by the **Assembly**. It said ten lived.",
            [
                ("The commission", "named", "83 dead"),
                ("the Assembly", "announced by", "fewer than the 112"),
                ("It", "said ten", "ten lived"),
            ],
            ["The commission", "the Assembly", "The commission"],
        ),
        (
            "Minister *Hella Brandis* accused the army. We spoke to a clerk at the town hall. She said that 49 died.",
            [("Hella Brandis", "accused", "the army"), ("She", "said that", "49 died")],
            ["Minister Hella Brandis", "a clerk at the town hall"],
        ),
        (
            "Others in the square counted five.\n\nBy noon, doctors had seen 31 bodies. Nine were children, they said.",
            [("Others in the square", "counted", "five"), ("they", "said", "Nine were children")],
            ["Others in the square", "doctors"],
        ),
        (
            "*Ivo Sand* said it fell. “We stopped,” said one of the doctors, a surgeon. “It burns,” he went on.",
            [
                ("Ivo Sand", "said it", "it fell"),
                ("one of the doctors, a surgeon", "said one", "“We stopped,”"),
                ("he", "went on", "“It burns,”"),
            ],
            ["Ivo Sand", "one of the doctors, a surgeon", "one of the doctors, a surgeon"],
        ),
        (
            "Envoy *Ivo Sand* said it fell. A diplomat close to the talks said it burnt. “They are angry,” she said.",
            [
                ("Ivo Sand", "said it fell", "fell."),
                ("A diplomat close to the talks", "said it burnt", "burnt"),
                ("she", "said.", "“They are angry,”"),
            ],
            ["Envoy Ivo Sand", "A diplomat close to the talks", "A diplomat close to the talks"],
        ),
        (
            "The **Assembly** said it knew. This newspaper printed the warning.",
            [("The Assembly", "said", "it knew"), ("This newspaper", "printed", "the warning")],
            ["The Assembly", "This newspaper"],
        ),
        (
            "The army said it fell. The Harbour Post said it burnt. It said ten had died.",
            [
                ("The army", "said it fell", "fell."),
                ("The Harbour Post", "said it burnt", "burnt"),
                ("It", "said ten", "died"),
            ],
            ["The army", "The Harbour Post", "The Harbour Post"],
        ),
        (
            "The **Hill Monitor** said it fell. Separately the **Hill Monitor** counted ten.",
            [("The Hill Monitor", "said", "it fell"), ("Separately the Hill Monitor", "counted", "ten")],
            ["The Hill Monitor", "The Hill Monitor"],
        ),
        (
            "*Ivo Sand* said it fell. A **Herald** correspondent said it burnt. He said ten had died.",
            [
                ("Ivo Sand", "said it fell", "fell."),
                ("A Herald correspondent", "said it burnt", "burnt"),
                ("He", "said ten", "had died"),
            ],
            ["Ivo Sand", "Herald", "Herald"],
        ),
        (
            "The **Hill Monitor** said it fell. It drew outrage from envoy *Ivo Sand*. “It is a crime,” he said then.",
            [("The Hill Monitor", "said it", "it fell"), ("he", "said then", "“It is a crime,”")],
            ["The Hill Monitor", "envoy Ivo Sand"],
        ),
        (
            "The regime and its rebel allies said it fell. Drivers saw smoke. But the regime denied all.",
            [
                ("The regime and its rebel allies", "said", "it fell"),
                ("Drivers", "saw", "smoke"),
                ("the regime", "denied", "all"),
            ],
            ["The regime and its rebel allies", "Drivers", "the regime"],
        ),
        (
            "Residents said the Highland Guard had a mortar there. The Guard denies it.",
            [("Residents", "said", "had a mortar"), ("The Guard", "denies", "it")],
            ["Residents", "Highland Guard"],
        ),
        (
            "Residents of the Hill Council and the Valley Council saw it. The **Council** denies all.",
            [("Residents", "saw", "it"), ("The Council", "denies", "all")],
            ["Residents", "The Council"],
        ),
        (
            "The president of the Hill Council for March saw it. The **Council** denies all.",
            [("The Council", "denies", "all")],
            ["Hill Council"],
        ),
        (
            "Mayor *Ivo Sand* said it fell. A driver, *Hask Orra*, walked us to it. It came from the west, he said.",
            [("Ivo Sand", "said it", "it fell"), ("he", "said", "It came from the west")],
            ["Mayor Ivo Sand", "Hask Orra"],
        ),
        (
            "Minister *Hella Brandis* of Ammer, which supports the rebels, blamed the army.",
            [("Minister Hella Brandis of Ammer", "blamed", "the army"), ("which", "supports", "the rebels")],
            ["Minister Hella Brandis of Ammer", "Ammer"],
        ),
    ],
)
def test_who_is_taken_up(text: str, relations: list[tuple[str, str, str]], who: list[str]) -> None:
    assert said_by(text, *relations) == who


def test_who_is_quoted_is_no_he_within_the_quotation() -> None:
    text = "*Tilda Volmar* is missing. *Ennis Volmar* told us: “She said that men came,” and wept."
    relations = [("Ennis Volmar", "told", "“She said that men came,”"), ("She", "said", "that men came")]
    assert said_by(text, *relations)[1] == "Tilda Volmar"


@pytest.mark.parametrize(
    ("text", "relations", "who"),
    [
        (  # any state or side has an army: "the Free Army" is another
            "The Army said it had not fired. Fighters of the Free Army had fled.",
            [("The Army", "said", "it had not fired")],
            "The Army",
        ),
        (
            "Council says ten died. The dead were from the Hill Council.",
            [("Council", "says", "ten died")],
            "Council",
        ),
        (  # nor is what it is blamed for a part of its name
            "The Guard denies it. The mayor blamed the Highland Guard for Norvia's losses.",
            [("The Guard", "denies", "it")],
            "Highland Guard",
        ),
        (
            "The mayor of Tessal, who said it fell.",
            [("who", "said", "it fell")],
            "The mayor of Tessal",
        ),
        (
            "The **army** said it fell. He met the commander from Norvia, who denied it.",
            [("who", "denied", "it")],
            "the commander from Norvia",
        ),
        (
            "Mayor *Ivo Sand* said it fell. He spoke to a leader of the rebels. He said that he was asked.",
            [("Ivo Sand", "said it", "it fell"), ("He", "said that", "he was asked")],
            "Mayor Ivo Sand",
        ),
        (
            "Mayor *Ivo Sand* said it fell. We spoke to a woman at the gate. He said that it rained.",
            [("Ivo Sand", "said it", "it fell"), ("He", "said that", "it rained")],
            "Mayor Ivo Sand",
        ),
        (  # the dead do not speak
            "Mayor *Ivo Sand* said it fell. It killed the driver *Pavel Orra*. “Nobody should forget,” he said then.",
            [("Ivo Sand", "said it", "it fell"), ("he", "said then", "“Nobody should forget,”")],
            "Mayor Ivo Sand",
        ),
        (
            "Residents said it fell. Three soldiers were killed in it. They said that it rained.",
            [("Residents", "said", "it fell"), ("They", "said that", "it rained")],
            "Residents",
        ),
        (
            "Residents said it fell. The army denied the attack. They said that ten had died.",
            [
                ("Residents", "said", "it fell"),
                ("The army", "denied", "the attack"),
                ("They", "said that", "ten had died"),
            ],
            "Residents",
        ),
        (
            "The army said a bridge fell. The attack was condemned by the **Hill Council**. It said that ten had died.",
            [
                ("The army", "said a", "bridge fell"),
                ("the Hill Council", "was condemned by", "The attack"),
                ("It", "said that", "ten had died"),
            ],
            "the Hill Council",
        ),
        (
            "The **UN agency** said ten had fled. This agency said it had no money.",
            [("The UN agency", "said ten", "had fled"), ("This agency", "said it", "had no money")],
            "The UN agency",
        ),
        (
            "*Israel Sand* said he saw it. *Chad* said it fell. He said that ten died.",
            [("Israel Sand", "said he", "saw it"), ("Chad", "said it", "fell"), ("He", "said that", "ten died")],
            "Chad",
        ),
        (
            "The army said it had fired. A local said ten people died. It said that nobody was hit.",
            [
                ("The army", "said it", "had fired"),
                ("A local", "said ten", "people died"),
                ("It", "said that", "nobody was hit"),
            ],
            "The army",
        ),
        (
            "A **Herald** reporter said it fell. The **Herald** said ten died. *Ivo Sand* hid. He said that it rained.",
            [
                ("A Herald reporter", "said it", "fell"),
                ("The Herald", "said ten", "died"),
                ("He", "said that", "it rained"),
            ],
            "Ivo Sand",
        ),
        (
            "The army said it would hold. Two Norvians said ten had died. They said that it rained.",
            [
                ("The army", "said it", "would hold"),
                ("Two Norvians", "said ten", "had died"),
                ("They", "said that", "it rained"),
            ],
            "Two Norvians",
        ),
        (
            "On Monday rebels who blamed the army fled.",
            [("who", "blamed", "the army")],
            "rebels",
        ),
        (
            "Residents said it fell. Doctors at the clinic were arrested. They said that it rained.",
            [("Residents", "said", "it fell"), ("They", "said that", "it rained")],
            "Residents",
        ),
        (  # those who just spoke go on
            "Residents said it fell. The soldiers stopped cars at the bridge. They said that five had died.",
            [("Residents", "said", "it fell"), ("They", "said that", "five had died")],
            "Residents",
        ),
        (
            "The **army** said it fell. The soldiers arrested three doctors. They said that it rained.",
            [("The army", "said", "it fell"), ("They", "said that", "it rained")],
            "The army",
        ),
        (
            "The **army** said it fell. *Emily*, her sister, said that it burnt.",
            [("Emily, her sister,", "said that", "it burnt")],
            "Emily, her sister",
        ),
        (
            "The prison service denied it. It said that people were held according to the law.",
            [
                ("The prison service", "denied", "it"),
                ("the law", "according to", "It said that people were held"),
                ("It", "said that", "people were held"),
            ],
            "The prison service",
        ),
        (
            "He met sources in the army, which denied it.",
            [("sources in the army", "met", "denied"), ("which", "denied", "it")],
            "the army",
        ),
    ],
)
def test_who_is_not_taken_up(text: str, relations: list[tuple[str, str, str]], who: str) -> None:
    assert said_by(text, *relations)[-1] == who


def of_he(text: str, first: str, second: str, pronoun: str = "He") -> str:
    """Who "He" is, after an officer and then somebody else have spoken."""
    told = [(first, "said it", "it held"), (second, "told us", "it fell"), (pronoun, "said ten", "ten died")]
    return said_by(text, *told)[2]


@pytest.mark.parametrize(
    "who",
    ["A herder", "A trader from Maskel", "One fisherman", "A nun", "A catechist", "Another muezzin", "The blacksmith"],
)
def test_whoever_just_spoke_is_he_whatever_they_do(who: str) -> None:
    pronoun = "She" if who == "A nun" else "He"
    text = f"Colonel *Ivo Sand* said it held. {who} told us it fell. {pronoun} said ten died."
    assert of_he(text, "Colonel Ivo Sand", who, pronoun) == who


@pytest.mark.parametrize(
    "what",
    [
        "A study",
        "A video",
        "A bloc",
        "A family",
        "A declaration",
        "A think tank",
        "The town",
        "The bank",
        "Two herders",
    ],
)
def test_what_is_no_human_is_not_he(what: str) -> None:
    text = f"Colonel *Ivo Sand* said it held. {what} told us it fell. He said ten died."
    assert of_he(text, "Colonel Ivo Sand", what) == "Colonel Ivo Sand"


def test_a_fisherman_is_no_she() -> None:
    text = "Colonel *Ada Sand* said it held. A fisherman told us it fell. She said ten died."
    assert of_he(text, "Colonel Ada Sand", "A fisherman", "She") == "Colonel Ada Sand"


@pytest.mark.parametrize(
    ("who", "pronoun", "led"),
    [
        ("policeman", "She", "*Mara Lind*"),
        ("policeman", "He", "*Mara Lind*"),
        ("policewoman", "She", "*Mara Lind*"),
        ("spokeswoman", "He", "*Ada Sand*"),
    ],
)
def test_a_woman_may_be_called_policeman_where_her_name_is_given(who: str, pronoun: str, led: str) -> None:
    text = f"Colonel *Ada Sand* said it held. The {who} *Mara Lind* told us it fell. {pronoun} added that ten died."
    told = said_by(
        text,
        ("Colonel Ada Sand", "said it", "it held"),
        (f"The {who} Mara Lind", "told us", "it fell"),
        (pronoun, "added that", "ten died"),
    )
    assert led.strip("*") in told[2]


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("*Noor Brandis*, a doctor at the clinic, gave a lower figure.", "Noor Brandis"),
        ("The **Herald**'s *Noor Brandis* was in the capital.", "Noor Brandis"),
        ("The Herald's *Noor Brandis*, in the capital, saw smoke.", "Noor Brandis"),
        ("*Noor Brandis* was killed by a shell.", "Colonel Ivo Sand"),
        ("*Noor Brandis*'s house lies by the river.", "Colonel Ivo Sand"),
        ("Rain fell upon the town of *Noor Brandis*.", "Colonel Ivo Sand"),
    ],
)
def test_he_is_the_person_that_the_sentence_before_is_about(sentence: str, who: str) -> None:
    text = f"Colonel *Ivo Sand* said it held. {sentence} He said ten died."
    told = said_by(text, ("Colonel Ivo Sand", "said it", "it held"), ("He", "said ten", "ten died"))
    assert told == ["Colonel Ivo Sand", who]


def test_they_are_those_that_the_sentence_is_about_and_nobody_who_is_named_only_later() -> None:
    text = (
        "Officials in Maskel have buried the dead of a market, where they say shells fell, as the **Hill Guard** "
        "maintains that it shot at nobody."
    )
    relations = [
        (
            "the Hill Guard",
            "maintains",
            "Officials in Maskel have buried the dead of a market, where they say shells fell",
        ),
        ("they", "say", "shells fell"),
    ]
    assert said_by(text, *relations) == ["the Hill Guard", "Officials in Maskel"]


def test_they_who_open_a_sentence_spoke_before() -> None:
    text = "Residents said it fell. Officials have buried the dead. They say ten died."
    relations = [("Residents", "said it", "it fell"), ("They", "say", "ten died")]
    assert said_by(text, *relations)[1] == "Residents"


def test_a_statement_is_of_who_made_it_and_not_of_who_carried_it() -> None:
    text = "The **Harbour Office** reported it, according to **Tassa**. Ten died, the statement reads."
    relations = [
        ("Tassa", "according to", "The Harbour Office reported it"),
        ("The Harbour Office", "reported", "it"),
        ("the statement", "reads", "Ten died"),
    ]
    assert said_by(text, *relations) == ["Tassa", "The Harbour Office", "The Harbour Office"]


def test_a_statement_of_who_spoke_of_others_is_their_own() -> None:
    text = "The **Harbour Office** said that **Tassa** reported it. Ten died, the statement reads."
    relations = [
        ("The Harbour Office", "said", "that Tassa reported it"),
        ("the statement", "reads", "Ten died"),
    ]
    assert said_by(text, *relations) == ["The Harbour Office", "The Harbour Office"]


@pytest.mark.parametrize(
    ("text", "relations", "who"),
    [
        (
            "The ORF has been accused of killing ten. It denies this.",
            [("", "accused", "The ORF"), ("It", "denies", "this")],
            "The ORF",
        ),
        (
            "The **Monitor** said that the ORF killed ten. It denies this.",
            [("The Monitor", "said", "that the ORF killed ten"), ("It", "denies", "this")],
            "the ORF",
        ),
    ],
)
def test_who_denies_is_whoever_was_just_said_to_have_done_it(
    text: str, relations: list[tuple[str, str, str]], who: str
) -> None:
    assert said_by(text, *relations)[1] == who


def test_armed_men_are_not_it() -> None:
    text = "The **Monitor** said that armed men of the Guard shot ten. It denies this."
    told = said_by(text, ("The Monitor", "said", "that armed men of the Guard shot ten"), ("It", "denies", "this"))
    assert told[1] not in ("The Monitor", "armed men of the Guard", "armed men of the Guard shot ten")


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("The NF7, which is backed by **Orvia**, seized Maskel in January.", "NF7"),
        ("NF7 has held Maskel for a year.", "NF7"),
        ("The Hill Guard, an ally of **Orvia**, lost ten men.", "Hill Guard"),
        ("Rain fell on the fields by **Orvia**.", "Orvia"),
    ],
)
def test_it_is_the_body_that_the_sentence_before_is_about(sentence: str, who: str) -> None:
    assert said_by(f"{sentence} It said that ten died.", ("It", "said that", "ten died")) == [who]


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("The Norwegian had carried a knife.", "The army"),
        ("The **Norwegian** had carried a knife.", "The army"),
        ("The Dunmarsh was arrested at noon.", "The army"),
        ("The Town Hall was hit at noon.", "The army"),
        ("The Guard was shelled at noon.", "The army"),
        ("The Quay had been full of people.", "The army"),
        ("The **Dunmarsh** has held Maskel for a year.", "Dunmarsh"),
        ("The Guard has held Maskel for a year.", "Guard"),
    ],
)
def test_it_is_no_building_nor_to_whom_something_was_done(sentence: str, who: str) -> None:
    text = f"The army said it had fought. {sentence} It told us that ten died."
    assert said_by(text, ("The army", "said", "it had fought"), ("It", "told us that", "ten died"))[1] == who


def test_it_is_nobody_who_is_only_called_by_a_country() -> None:
    text = "Rain fell on Maskel. The **{}** was held at noon. It told us that ten died."
    relation = ("It", "told us that", "ten died")
    assert "Norwegian" not in said_by(text.format("Norwegian"), relation)
    assert said_by(text.format("Dunmarsh"), relation) == ["Dunmarsh"]
