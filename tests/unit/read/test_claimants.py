"""Who "he", "the general" and "the group" are. The relations are given, so that only the resolving is tried."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.read.attributions import Marks
from sayso.read.claimants import find_parties
from sayso.read.found import Found
from sayso.read.nouns import GENERIC_GROUPS


def at(text: str, words: str) -> tuple[int, int]:
    return text.index(words), text.index(words) + len(words)


def resolved(
    text: str, *sources: str, names: tuple[tuple[str, str], ...] = (), countries: tuple[str, ...] = ()
) -> list[str | None]:
    """The claimants of relations whose sources are the given words, each looked for behind the one before."""
    relations, at = [], 0
    for source in sources:
        start = text.index(source, at)
        end = start + len(source)
        relations.append(Found((start, end), (end, end + 1), ((min(end + 2, len(text) - 1), len(text)),), 1.0))
        at = end
    mentions = []
    for kind, name in names:
        at = text.find(name)
        while at >= 0:
            mentions.append((kind, at, at + len(name)))
            at = text.find(name, at + len(name))
    parties = find_parties(text, Marks(relations, mentions), is_country=countries.__contains__)
    return [parties.claimant(found) for found in relations]


def test_a_surname_and_a_pronoun_lead_to_the_full_name() -> None:
    text = "Brigadier Tomas Arvel said the bridge was hit. Arvel said it would be repaired. He said nobody was hurt."
    names = (("person", "Tomas Arvel"), ("person", "Arvel"))
    assert resolved(text, "Brigadier Tomas Arvel", "Arvel", "He", names=names) == ["Brigadier Tomas Arvel"] * 3


def test_a_role_leads_to_who_was_given_that_title() -> None:
    text = (
        "Major General Ivo Sand, deputy head of the Centre for Truce, said the centre had word of a plan. "
        "Sand said militants were massing. “They will film it,” the senior general said."
    )
    names = (("person", "Ivo Sand"), ("organisation", "Centre for Truce"))
    found = resolved(text, "Major General Ivo Sand", "the centre", "Sand", "the senior general", names=names)
    assert found[0] == found[2] == found[3] == "Major General Ivo Sand"
    assert found[1] == "Centre for Truce"


def test_a_group_is_called_by_part_of_its_name_by_initials_and_by_what_it_is() -> None:
    text = (
        "The Valley Monitor for Human Rights said 12 died. The Monitor said two were children. "
        "The northern-based group said more were missing. VMHR said it had names. It said they would be read."
    )
    names = (("organisation", "Valley Monitor for Human Rights"), ("organisation", "Monitor"), ("organisation", "VMHR"))
    found = resolved(
        text,
        "The Valley Monitor for Human Rights",
        "The Monitor",
        "The northern-based group",
        "VMHR",
        "It",
        names=names,
    )
    assert set(found) == {"The Valley Monitor for Human Rights"}


def test_who_was_he_is_no_she() -> None:
    text = "Ada Brun said it fell. Ivo Sand said it held. He said so twice. She said it again."
    names = (("person", "Ada Brun"), ("person", "Ivo Sand"))
    assert resolved(text, "Ada Brun", "Ivo Sand", "He", "She", names=names) == [
        *("Ada Brun", "Ivo Sand", "Ivo Sand", "Ada Brun"),
    ]


def test_what_dashes_set_apart_is_no_part_of_a_name() -> None:
    text = "Sand — the heir of Ivo Lind, who died in May — defends it. Sand said it would help."
    names = (("person", "Sand"), ("person", "Ivo Lind"))
    source = "Sand — the heir of Ivo Lind, who died in May —"
    assert resolved(text, source, "Sand", names=names) == ["Sand", "Sand"]


def test_neither_of_two_is_not_called_so() -> None:
    text = "The Hill Front said it held. Neither the Hill Front nor the Ferry Guard blamed anybody.".replace(
        "Nei", "nei"
    )
    names = (("organisation", "Hill Front"), ("organisation", "Ferry Guard"))
    found = resolved(text, "The Hill Front", "neither the Hill Front nor the Ferry Guard", names=names)
    assert found[0] == "The Hill Front"


def test_a_headline_runs_ahead() -> None:
    text = "Twelve dead in shelling: monitor\n\nThe Hill Watch Group said twelve people died."
    assert resolved(text, "monitor", "The Hill Watch Group", names=(("organisation", "Hill Watch Group"),)) == [
        "The Hill Watch Group",
        "The Hill Watch Group",
    ]


def test_anonymous_sources_stay_apart_from_the_named_and_from_each_other() -> None:
    text = (
        "A medical source said five died. Colonel Ann Bly said three. "
        "A security source said four. The medical source said six."
    )
    found = resolved(
        text,
        "A medical source",
        "Colonel Ann Bly",
        "A security source",
        "The medical source",
        names=(("person", "Ann Bly"),),
    )
    assert found == ["A medical source", "Colonel Ann Bly", "A security source", "A medical source"]


def test_a_statement_speaks_for_who_gave_it_out() -> None:
    text = (
        "The Ministry of Health opened a clinic. A statement by the Ministry of Health said ten beds. "
        "The statement said more."
    )
    found = resolved(
        text, "A statement by the Ministry of Health", "The statement", names=(("organisation", "Ministry of Health"),)
    )
    assert [f and f.removeprefix("the ") for f in found] == ["Ministry of Health"] * 2


@pytest.mark.parametrize(
    ("text", "said", "denied", "who"),
    [
        (
            "The council blamed the rebels for the raid, which they denied.",
            "the rebels for the raid",
            "they",
            "the rebels",
        ),
        ("The rebels accused the army of a raid. It denied this.", "the army of a raid", "It", "the army"),
        ("The council accused the general of a raid. He denied it.", "the general of a raid", "He", "the general"),
        ("The rebels said the army had fired first, which it denied.", "the army had fired first", "it", "the army"),
        ("The council blamed the rebels for the raid. It denied it was late.", "the rebels for", "It", "The council"),
        ("The council accused them of the raid, which they denied.", "them of the raid", "they", "they"),
        ("The rebels accused the army and the Guard of it. They denied it.", "the army and", "They", "They"),
    ],
)
def test_who_was_accused_denies_it(text: str, said: str, denied: str, who: str) -> None:
    first, second = text.index(said), text.index(denied, text.index(said) + len(said))
    source = 0, text.index(" ", 5)
    accusing = Found(source, (source[1] + 1, first - 1), ((first, first + len(said)),), 1.0)
    cue = text.index("denied", second)
    behind = cue + 7, text.rindex(".")
    content = behind if behind[0] < behind[1] else at(text, "which")
    denying = Found((second, second + len(denied)), (cue, cue + 6), (content,), 1.0)
    assert find_parties(text, Marks([accusing, denying])).claimant(denying) == who


def test_who_tells_what_the_officer_said_is_no_officer() -> None:
    text = "Lena Ost wept. Lena Ost says the officer told her to go."
    outer = Found((15, 23), (24, 28), (at(text, "the officer told her to go"),), 1.0)
    inner = Found(at(text, "the officer"), at(text, "told"), (at(text, "to go"),), 1.0, outer)
    parties = find_parties(text, Marks([outer, inner], [("person", 0, 8), ("person", 15, 23)]))
    assert [parties.claimant(outer), parties.claimant(inner)] == ["Lena Ost", "the officer"]


def test_which_takes_up_the_name_of_a_place_that_speaks() -> None:
    text = "The claim was rejected by Orvia, which called it a lie."
    assert resolved(text, "which") == ["Orvia"]


def test_within_a_quotation_i_is_the_speaker() -> None:
    text = "Doctor Lena Ost said “I believe the ward was hit”"
    start = text.index("“")
    outer = Found((0, 15), (16, 20), ((start, len(text)),), 1.0)
    at = text.index(" I ") if " I " in text else text.index("“I") + 1
    inner = Found((at, at + 1), (at + 2, at + 9), ((at + 10, len(text) - 1),), 1.0, outer)
    parties = find_parties(text, Marks([outer, inner], [("person", 7, 15)]))
    assert parties.claimant(inner) == "Doctor Lena Ost"


@pytest.mark.parametrize("text", ["", "😀", "said said said", "“" * 500])
def test_without_relations_there_are_no_claimants(text: str) -> None:
    assert find_parties(text, Marks()).mentions == []


def unnamed(text: str, *sources: str, outlet: str | None = None) -> list[tuple[str | None, bool]]:
    """The claimants of the sources, and whether each is anonymous; no names are marked."""
    relations, at = [], 0
    for source in sources:
        start = text.index(source, at)
        at = start + len(source)
        relations.append(Found((start, at), (at, at + 1), ((at + 1, len(text)),), 1.0))
    parties = find_parties(text, Marks(relations), outlet)
    return [(parties.claimant(found), parties.anonymous(found)) for found in relations]


@pytest.mark.parametrize(
    ("source", "anonymous"),
    [
        ("A medical source", True),
        ("An activist who asked not to be named", True),
        ("sources", True),
        ("Residents of the valley", True),
        ("Two Ulvanian officials", True),
        ("A spokesman for the council", False),
        ("The governor", False),
        ("Rebels", False),
        ("The Highland Guard", False),
        ("A guard at the gate", True),
        ("The army", False),
        ("Colonel Ann Bly", False),
        ("State television", False),
    ],
)
def test_who_speaks_without_a_name(source: str, anonymous: bool) -> None:
    assert unnamed(f"{source} said that the mill burned.", source) == [
        (source.removesuffix(" who asked not to be named"), anonymous)
    ]


def test_who_asks_for_it_is_anonymous_whatever_the_office() -> None:
    text = "A council spokesman said on condition of anonymity that the mill burned. He said it was empty."
    assert unnamed(text, "A council spokesman", "He") == [("A council spokesman", True)] * 2


def test_another_activist_is_another() -> None:
    text = "An activist said the mill burned." + " It is old." * 40 + " Another activist said it did not."
    assert unnamed(text, "An activist", "Another activist")[1] == ("Another activist", True)


@pytest.mark.parametrize("source", ["our correspondent", "A Harbour Post reporter", "The Harbour Post's correspondent"])
def test_its_own_staff_speak_for_the_outlet(source: str) -> None:
    text = f"The mill burned, {source} said. The reporter said it was empty."
    assert unnamed(text, source, outlet="The Harbour Post") == [("The Harbour Post", False)]


def test_another_agencys_reporter_speaks_for_the_agency() -> None:
    text = "A KTA reporter said the mill burned. KTA said it was empty."
    assert unnamed(text, "A KTA reporter", "KTA", outlet="The Harbour Post") == [("KTA", False)] * 2


@pytest.mark.parametrize("kind", ["person", "organisation"])
def test_the_words_around_tell_a_person_from_a_body(kind: str) -> None:
    """Whatever the network takes a name for."""
    text = (
        "Spokesman Tomas Arvel told the Karvel Front that the mill burned. The Front said it was empty. "
        "It said so twice. Arvel said nobody was hurt. He said so twice."
    )
    names = tuple((kind, name) for name in ("Tomas Arvel", "Karvel Front", "Arvel", "Front"))
    found = resolved(text, "Spokesman Tomas Arvel", "The Front", "It", "Arvel", "He", names=names)
    assert found == ["Spokesman Tomas Arvel", "Karvel Front", "Karvel Front", *["Spokesman Tomas Arvel"] * 2]


def test_who_takes_up_what_stands_before_it() -> None:
    text = "General Ivo Sand met the mayor, who said the mill burned."
    assert resolved(text, "General Ivo Sand", "who", names=(("person", "Ivo Sand"),))[1] != "General Ivo Sand"


def test_a_name_and_its_initials_in_brackets() -> None:
    text = "The High Talks Committee (HTC) left. The HTC statement said the mill burned. HTC said more."
    names = (("organisation", "High Talks Committee"), ("organisation", "HTC"))
    assert resolved(text, "The HTC statement", "HTC", names=names) == ["High Talks Committee"] * 2


def test_an_abbreviation_is_written_out_though_no_name_is_marked() -> None:
    text = "The Vale Live Network (VLN) left. VLN said the mill burned. VLN's statement said it was empty."
    assert unnamed(text, "VLN said"[:3], "VLN's statement")[1] == ("Vale Live Network", False)


def test_where_a_group_sits_is_no_part_of_its_name() -> None:
    text = "The Vale Monitor for Peace said the mill burned. A Dunmarsh-based Monitor said it was empty."
    names = (("organisation", "Vale Monitor for Peace"),)
    found = resolved(text, "The Vale Monitor for Peace", "A Dunmarsh-based Monitor", names=names)
    assert found[0] == found[1] == "The Vale Monitor for Peace"


def test_who_holds_an_office_of_a_body_is_not_the_body() -> None:
    text = "The Hill Observatory said so. Observatory director Rami Orvan said more. Orvan denied it."
    names = (("organisation", "The Hill Observatory"), ("organisation", "Observatory"), ("person", "Orvan"))
    found = resolved(text, "The Hill Observatory", "Observatory director Rami Orvan", "Orvan", names=names)
    assert found[0] == "The Hill Observatory"
    assert found[1] == found[2] == "Observatory director Rami Orvan"


def test_an_abbreviation_is_the_same_with_its_points() -> None:
    text = "The Free Nations sent inspectors. The F.N. said it was not consulted."
    assert resolved(text, "The F.N.", names=(("organisation", "The Free Nations"), ("organisation", "The F.N."))) == [
        "The Free Nations"
    ]


def test_her_lawyer_is_not_her() -> None:
    text = "Ana Lind, a nurse, said the mill burned. Her lawyer said it was empty."
    assert resolved(text, "Ana Lind", "Her lawyer", names=(("person", "Ana Lind"),))[1] == "Her lawyer"


@pytest.mark.parametrize(
    "piece", ["Arvel said. ", "he said. ", "the group said. ", "a KTA reporter said. ", "who said. ", "they said. "]
)
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    def seconds(count: int) -> float:
        text = piece * count
        size, source = len(piece), piece.index(" said")
        relations = [
            Found((at, at + source), (at + source + 1, at + size - 2), ((at, at + size),), 1.0)
            for at in range(0, len(text), size)
        ]
        names = [("person", at, at + source) for at in range(0, len(text), size) if piece[0].isupper()]
        begin = time.process_time()
        find_parties(text, Marks(relations, names))
        return time.process_time() - begin

    assert seconds(4000) < 12 * seconds(1000) + 0.5


def test_a_group_is_looked_for_in_its_own_stretch_of_a_text_as_long_as_a_book() -> None:
    text, relations = "", []
    for head in sorted(GENERIC_GROUPS) * 200:
        start = len(text)
        end = start + len(f"The {head}")
        text += f"The {head} said that Old Mill Bridge Road West fell.\n\n"
        relations.append(Found((start, end), (end + 1, end + 5), ((end + 6, len(text) - 3),), 1.0))
    begin = time.process_time()
    find_parties(text, Marks(relations, []))
    assert time.process_time() - begin < 3  # in all that stands before it, this takes twice as long


PIECES = (
    "he ",
    "the group",
    "“",
    " Sand",
    "KTA",
    "who ",
    "its spokesman",
    ", ",
    "'s ",
    "a source",
    "(",
    ") ",
    "_\x90_â_",
    "\n",
    "é",
)


@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join), st.lists(st.tuples(*[st.integers(0, 99)] * 5)))
def test_any_spans_are_resolved(text: str, offsets: list[tuple[int, ...]]) -> None:
    text = f"x{text}y"

    def span(a: int, b: int) -> tuple[int, int]:
        a, b = a % len(text), b % len(text)
        return min(a, b), max(a, b) + 1

    relations = [Found(span(a, b), (0, 1), (span(c, d),), 1.0) for a, b, c, d, _ in offsets]
    names = [("person" if e % 2 else "organisation", *span(c, e)) for _, _, c, _, e in offsets]
    parties = find_parties(text, Marks(relations, names), "KTA")
    for found in relations:
        assert parties.claimant(found) != ""


def test_a_country_s_adjective_names_nobody() -> None:
    text = "The Syrian opposition said it was shelled. The Syrian government denied it. The Syrian opposition insisted."
    names = (("organisation", "Syrian"),)
    said = resolved(text, "The Syrian opposition", "The Syrian government", "The Syrian opposition", names=names)
    assert said == ["The Syrian opposition", "The Syrian government", "The Syrian opposition"]


@pytest.mark.parametrize(
    ("one", "other"), [("Houthi", "Saudi"), ("Kurdish", "Turkish"), ("UK", "US"), ("South Korean", "North Korean")]
)
def test_an_army_is_not_another_side_s(one: str, other: str) -> None:
    for a, b in ((one, other), (other, one)):
        text = f"The {a} army said it fired. The {b} army said it did not. The army said no more."
        said = resolved(text, f"The {a} army", f"The {b} army", "The army", names=(("organisation", a),))
        assert said == [f"The {a} army", f"The {b} army", f"The {b} army"]


def test_a_government_is_not_another_country_s() -> None:
    text = "The Turkish government said it fired. The Greek government said it did not. The government said no more."
    said = resolved(text, "The Turkish government", "The Greek government", "The government")
    assert said == ["The Turkish government", "The Greek government", "The Greek government"]


def test_a_country_in_capitals_is_no_pronoun() -> None:
    text = "Ivo Sand said the bridge was hit. US officials said it was not."
    assert resolved(text, "Ivo Sand", "US officials", names=(("person", "Ivo Sand"),)) == ["Ivo Sand", "US officials"]


def test_two_who_speak_at_once_leave_each_its_name() -> None:
    text = "The Hill Observatory and residents said it burned. The Hill Observatory said four died. They said more."
    names = (("organisation", "Hill Observatory"),)
    said = resolved(text, "The Hill Observatory and residents", "The Hill Observatory", names=names)
    assert said == ["The Hill Observatory and residents", "The Hill Observatory"]


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("the Ministry of Works and Ports", ("organisation", "Ministry of Works")),
        ("coordinator and spokesman Ivo Sand", ("person", "Ivo Sand")),
        ("Ivo Sand, head of the board and spokesman of the port", ("person", "Ivo Sand")),
    ],
)
def test_and_within_a_name_or_an_office_joins_no_two(source: str, name: tuple[str, str]) -> None:
    text = f"Talks were held. They were led by {source} on Monday. {name[1]} said so."
    first, second = resolved(text, source, name[1], names=(name,))
    assert first == second


def test_a_source_is_not_one_that_is_called_otherwise() -> None:
    text = "A medical source said four died. The military source said nobody did. The source gave no name."
    said = resolved(text, "A medical source", "The military source", "The source")
    assert said == ["A medical source", "The military source", "The military source"]


def test_a_country_is_not_the_body_whose_name_ends_in_it() -> None:
    text = "The government of Orvia struck. Orvia denied it. The Harbour Police Orvia said so."
    names = (("organisation", "Harbour Police Orvia"), ("organisation", "Orvia"))
    said = resolved(
        text, "The government of Orvia", "Orvia", "The Harbour Police Orvia", names=names, countries=("Orvia",)
    )
    assert said[1:] == ["Orvia", "The Harbour Police Orvia"]


def test_a_country_that_lost_its_apostrophe_is_not_its_opposition() -> None:
    text = "Orvias opposition said it was shelled. Sands Orvia policy failed. Orvia said nobody fired."
    names = (("organisation", "Orvia"), ("organisation", "Orvias"), ("organisation", "Sands Orvia"))
    said = resolved(text, "Orvias opposition", names=names, countries=("Orvia",))
    assert said == ["Orvias opposition"]


def test_one_of_two_that_are_named_at_once_is_only_itself() -> None:
    text = "Lirren and Orvane are at war. Orvane has denied any part in it."
    at = text.rindex("Orvane")
    found = Found((at, at + 6), (at + 7, at + 17), ((at + 18, len(text)),), 1.0)
    marks = Marks([found], [("organisation", 0, 17), ("organisation", at, at + 6)])
    assert find_parties(text, marks).claimant(found) == "Orvane"


def test_two_who_speak_at_once_are_anonymous_only_if_both_are() -> None:
    for source, anonymous in (("A doctor and a witness", True), ("A war monitor and activists", False)):
        text = f"{source} said the bridge was hit."
        found = Found((0, len(source)), (len(source) + 1, len(source) + 5), ((len(source) + 6, len(text)),), 1.0)
        assert find_parties(text, Marks([found])).anonymous(found) is anonymous


def later(text: str, first: str, second: str, kind: str) -> str | None:
    """Who speaks second, in whose name all of ``second`` is marked as of this ``kind`` and may be a country's."""
    at = text.rindex(second)
    found = [
        Found((0, len(first)), (len(first) + 1, len(first) + 5), ((len(first) + 6, at),), 1.0),
        Found((at, at + len(second)), (at + len(second) + 1, len(text) - 1), ((len(text) - 1, len(text)),), 1.0),
    ]
    mentions = [(kind, m.start(), m.end()) for m in re.finditer(second, text)]
    return find_parties(text, Marks(found, mentions), is_country={second}.__contains__).claimant(found[1])


def test_one_of_two_names_joined_has_not_both() -> None:
    text = "Orvane and Lirren said it fell. Orvane has denied any part in it"
    assert later(text, "Orvane and Lirren", "Orvane", "person") == "Orvane"


@pytest.mark.parametrize(
    "source", ["The Orvia military's command KORD", "Orvia's army", "An Orvia intelligence report"]
)
def test_what_is_a_country_s_is_not_the_country(source: str) -> None:
    assert later(f"{source} said it fell. Orvia has denied any part in it", source, "Orvia", "organisation") == "Orvia"


def test_a_person_with_a_country_s_name_is_one() -> None:
    text = "Nathan Orvia said it fell. Mr Orvia said no more."
    names = (("person", "Nathan Orvia"), ("person", "Mr Orvia"))
    assert resolved(text, "Nathan Orvia", "Mr Orvia", names=names, countries=("Orvia",)) == ["Nathan Orvia"] * 2


def test_two_names_of_one_country_are_one() -> None:
    text = "Great Orvia said it fell. Orvia said no more."
    names = (("organisation", "Great Orvia"), ("organisation", "Orvia"))
    countries = ("Great Orvia", "Orvia")
    assert resolved(text, "Great Orvia", "Orvia said"[:5], names=names, countries=countries)[0] == "Great Orvia"


@pytest.mark.parametrize(
    "said_of", ["at war with the army since spring", "which fights the army", "backed by the army of Orvia"]
)
def test_who_is_only_spoken_of_in_a_description_is_not_who_is_described(said_of: str) -> None:
    text = f"The Hill Front, {said_of}, shelled it, it said. The army rejected that."
    names = (("organisation", "Hill Front"),)
    assert resolved(text, f"The Hill Front, {said_of},", "The army", names=names)[1] == "The army"


def test_initials_are_those_of_the_name_and_not_of_what_is_said_of_it() -> None:
    text = "The militia, backed by the Union of Arvel, said it held. The UA said it did not."
    assert resolved(text, "The militia, backed by the Union of Arvel,", "The UA")[1] == "The UA"
    text = "The Union of Arvel, a backer of the militia, said it held. The UA said it did not."
    assert resolved(text, "The Union of Arvel, a backer of the militia,", "The UA")[1] != "The UA"


def test_an_apposition_says_what_somebody_is() -> None:
    text = "Marn Watch, a monitoring group in the capital, said it fell. The group said ten died."
    names = (("organisation", "Marn Watch"),)
    assert len(set(resolved(text, "Marn Watch, a monitoring group in the capital,", "The group", names=names))) == 1


@pytest.mark.parametrize("who", ["Everyone", "Two", "each other", "The", "Somebody", "One"])
def test_words_that_name_nobody_are_no_claimant(who: str) -> None:
    assert resolved(f"Ten men died, and {who} said it fell.", who) == [None]


@pytest.mark.parametrize("who", ["Two residents", "Everyone in Maskel", "Both sides", "The two armies"])
def test_words_that_tell_who_are_a_claimant(who: str) -> None:
    assert resolved(f"Ten men died, and {who} said it fell.", who) == [who]


def test_his_is_of_whom_he_would_be() -> None:
    text = "Mayor Ivo Sand said it fell. He repeated his charge that it burnt."
    assert resolved(text, "Mayor Ivo Sand", "his", names=(("person", "Ivo Sand"),))[1] == "Mayor Ivo Sand"


def test_who_cites_is_named_without_the_words_for_it() -> None:
    assert resolved("Ten men died, cited by the Herald as it was.", "cited by the Herald") == ["the Herald"]
    assert resolved("Ten men died, said clerks hired by Sand & Co.", "clerks hired by Sand & Co") == [
        "clerks hired by Sand & Co"
    ]


@pytest.mark.parametrize(
    ("who", "called"),
    [
        ("Mara, 63", "Mara"),
        ("Mara Lind (34)", "Mara Lind"),
        ("Mara Lind, 34, a nurse", "Mara Lind, a nurse"),
        ("Battalion 14 of the Guard", "Battalion 14 of the Guard"),
        ("the 7, 12 and 19 Works", "the 7, 12 and 19 Works"),
    ],
)
def test_an_age_is_no_part_of_a_name(who: str, called: str) -> None:
    assert resolved(f"It fell, said {who} on Sunday.", who) == [called]


def test_a_body_backed_from_abroad_is_not_whichever_group_spoke() -> None:
    text = "The Hill Observatory said ten died. {} said that it had hit a bridge."
    names = (("organisation", "Hill Observatory"),)
    for who in ("The US-led coalition", "The U.S.-backed group"):
        assert resolved(text.format(who), "The Hill Observatory", who, names=names)[1] == who
    who = "The Quay-based group"
    assert resolved(text.format(who), "The Hill Observatory", who, names=names)[1] == "The Hill Observatory"


def test_experts_of_a_body_with_points_in_its_name_are_unnamed() -> None:
    text = "U.N.-backed rights investigators said it fell."
    found = Found((0, 32), (33, 37), ((38, 45),), 1.0)
    assert find_parties(text, Marks([found], [])).anonymous(found)


@pytest.mark.parametrize(("body", "same"), [("The Hill Guard", False), ("The army", True)])
def test_its_spokesman_is_of_the_body_that_spoke_last(body: str, same: bool) -> None:
    text = f"The army said it fell. Its spokesman Ivo Sand counted ten. {body} said it held. Its spokesman wept."
    names = (("organisation", "Hill Guard"), ("person", "Ivo Sand"))
    found = resolved(text, "The army", "Its spokesman Ivo Sand", body, "Its spokesman", names=names)
    assert (found[3] == found[1]) == same


@pytest.mark.parametrize(("body", "same"), [("The Hill Guard", False), ("The army", True)])
def test_its_spokesman_is_whose_he_was_said_to_be(body: str, same: bool) -> None:
    text = f"Army spokesman Ivo Sand counted ten. {body} said it held. Its spokesman wept."
    names = (("organisation", "Hill Guard"), ("person", "Ivo Sand"))
    found = resolved(text, "Army spokesman Ivo Sand", body, "Its spokesman", names=names)
    assert (found[2] == found[0]) == same
