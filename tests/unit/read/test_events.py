"""Events of invented texts: who did what to whom, where, when, how surely, on whose word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.read.acled import acled_type
from sayso.read.events import Trigger, find_events
from sayso.types import Attribution, Casualty, Date, Event, Mention, Place, Span


@dataclass
class Told:
    """What one test gives about its text."""

    text: str
    attributions: tuple[Attribution, ...] = ()
    places: tuple[Place, ...] = ()
    dates: tuple[Date, ...] = ()
    casualties: tuple[Casualty, ...] = ()
    mentions: tuple[Mention, ...] = ()

    def event(self, word: str, kind: str = "ASSAULT", certainty: str = "happened") -> Event:
        (event,) = self.events((word, kind, certainty))
        return event

    def events(self, *words: tuple[str, str, str]) -> tuple[Event, ...]:
        triggers = [Trigger(*span(self.text, word), kind, certainty, 0.9) for word, kind, certainty in words]
        return find_events(
            self.text, triggers, self.attributions, self.mentions, self.places, self.dates, self.casualties
        )


def span(text: str, words: str) -> tuple[int, int]:
    found = re.search(rf"\b{re.escape(words)}(?!\w)", text)
    assert found is not None
    return found.span()


def named(text: str, words: str) -> Span:
    return Span.of(text, *span(text, words))


def place(text: str, words: str, precision: str = "town") -> Place:
    return Place(named(text, words), words, None, 1.0, 1.0, precision, None)


def date(text: str, words: str, value: str | None = "2031-05-04") -> Date:
    return Date(named(text, words), value, "day")


def said(text: str, name: str, content: str, *, stance: str = "asserts", within: str | None = None, cue: str = "said",
         source: str | None = None) -> Attribution:  # fmt: skip
    return Attribution(
        name,
        named(text, source) if source else None,
        named(text, cue) if cue in text else None,
        (named(text, content),),
        within,
        "indirect",
        stance,
        source,
        0.9,
    )


def roles(text: str, word: str, kind: str = "ASSAULT") -> tuple[list[str], list[str]]:
    event = Told(text).event(word, kind)
    return [a.text for a in event.actors], [t.text for t in event.targets]


ROLES = [
    ("The army shelled the village.", "shelled", "ASSAULT", ["The army"], ["the village"]),
    ("The village was shelled by the army.", "shelled", "ASSAULT", ["the army"], ["The village"]),
    ("Ten villagers were killed in Orvane.", "killed", "ASSAULT", [], ["Ten villagers"]),
    ("At least 12 people killed in market strike", "killed", "ASSAULT", [], ["At least 12 people"]),
    ("The attack on the village by the Highland Guard failed.", "attack", "ASSAULT", ["the Highland Guard"],
     ["the village"]),
    ("The Highland Guard's attack on the village failed.", "attack", "ASSAULT", ["The Highland Guard"],
     ["the village"]),
    ("Rebel shelling of the town went on.", "shelling", "ASSAULT", ["Rebel"], ["the town"]),
    ("The army launched an attack on the village.", "attack", "ASSAULT", ["The army"], ["the village"]),
    ("The raid was carried out by the militia.", "raid", "ASSAULT", ["the militia"], []),
    ("The army came under attack from rebels.", "attack", "ASSAULT", ["rebels"], ["The army"]),
    ("The air strikes hit a hospital.", "strikes", "ASSAULT", [], ["a hospital"]),
    ("Gunmen who attacked the village fled.", "attacked", "ASSAULT", ["Gunmen"], ["the village"]),
    ("Members of the Guard, which has denied it, shelled the town.", "shelled", "ASSAULT", ["Members of the Guard"],
     ["the town"]),
    ("The army entered the town and killed ten men.", "killed", "ASSAULT", ["The army"], ["ten men"]),
    ("The army and the police attacked farmers and herders.", "attacked", "ASSAULT", ["The army", "the police"],
     ["farmers", "herders"]),
    ("The army stormed the town, killing ten.", "killing", "ASSAULT", ["The army"], ["ten"]),
    ("After shelling the town, the army withdrew.", "shelling", "ASSAULT", ["the army"], ["the town"]),
    ("The mayor accused the army of shelling the town.", "shelling", "ASSAULT", ["the army"], ["the town"]),
    ("The general ordered troops to attack the town.", "attack", "ASSAULT", ["troops"], ["the town"]),
    ("The Guard on Tuesday fired rockets at the base.", "fired", "ASSAULT", ["The Guard"], ["the base"]),
    ("A bomb planted by rebels killed a nurse.", "killed", "ASSAULT", ["rebels"], ["a nurse"]),
    ("A mortar shell killed a nurse.", "killed", "ASSAULT", [], ["a nurse"]),
    ("Police arrested two reporters.", "arrested", "COERCE", ["Police"], ["two reporters"]),
    ("The reporter's arrest angered the union.", "arrest", "COERCE", [], ["The reporter"]),
    ("The council blamed the raid on the militia.", "blamed", "ACCUSE", ["The council"], ["the militia"]),
    ("The council condemned the militia's decision.", "condemned", "ACCUSE", ["The council"], ["the militia"]),
    ("The council called for sanctions against Ulvania.", "called", "REQUEST", ["The council"], ["Ulvania"]),
    ("The council agreed to withdraw its troops from Ulvania.", "agreed", "AGREE", ["The council"], ["Ulvania"]),
    ("Talks between Kestavia and Ulvania began.", "Talks", "CONSULT", ["Kestavia"], ["Ulvania"]),
    ("The union gave tents to refugees.", "gave", "AID", ["The union"], ["refugees"]),
    ("Shot dead by police, he was buried.", "Shot", "ASSAULT", ["police"], []),
    ("Two soldiers died in the blast.", "died", "ASSAULT", [], ["Two soldiers"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "word", "kind", "actors", "targets"), ROLES, ids=lambda v: v if isinstance(v, str) else None
)
def test_who_does_it_to_whom(text: str, word: str, kind: str, actors: list[str], targets: list[str]) -> None:
    assert roles(text, word, kind) == (actors, targets)


def test_a_name_with_and_or_for_in_it_is_one_party() -> None:
    text = "The Sword and Shield Brigade attacked the Movement for the Hills."
    mentions = tuple(
        Mention(named(text, name), "organisation", i)
        for i, name in enumerate(("The Sword and Shield Brigade", "the Movement for the Hills"))
    )
    event = Told(text, mentions=mentions).event("attacked")
    assert [a.text for a in event.actors] == ["The Sword and Shield Brigade"]
    assert [t.text for t in event.targets] == ["the Movement for the Hills"]


def test_people_counted_nearby_are_the_target_where_the_clause_shows_none() -> None:
    text = "Killed, the mayor said: ten shepherds."
    ten = Casualty(named(text, "ten shepherds"), 10, 10, "killed", "shepherds", None)
    assert [t.text for t in Told(text, casualties=(ten,)).event("Killed").targets] == ["ten shepherds"]


def test_who_says_it_acts_where_the_event_is_the_saying() -> None:
    text = "The mayor, a farmer by trade, denied that shells fell."
    denial = said(text, "a1", "that shells fell", cue="denied", source="The mayor, a farmer by trade", stance="denies")
    event = Told(text, (denial,)).event("denied", "REJECT")
    assert [a.text for a in event.actors] == ["The mayor, a farmer by trade"]
    assert event.attribution is None


def test_who_plans_it_acts_though_the_content_does_not_name_them() -> None:
    text = "The army vowed to storm the town."
    vow = said(text, "a1", "to storm the town", cue="vowed", source="The army", stance="plans")
    event = Told(text, (vow,)).event("storm", certainty="planned")
    assert [a.text for a in event.actors] == ["The army"]
    assert event.attribution == "a1"


NESTED = "Ivo Brandt said that the army claimed that rebels shelled Orvane."


def test_the_innermost_attribution_that_holds_the_trigger_carries_the_event() -> None:
    outer = said(NESTED, "a1", "that the army claimed that rebels shelled Orvane", source="Ivo Brandt")
    inner = said(NESTED, "a2", "that rebels shelled Orvane", cue="claimed", source="the army", within="a1")
    told = Told(NESTED, (outer, inner), places=(place(NESTED, "Orvane"),))
    event = told.event("shelled")
    assert (event.attribution, event.place) == ("a2", 0)
    assert [a.text for a in event.actors] == ["rebels"]


# Place and date


def test_the_nearest_place_and_date_of_the_clause() -> None:
    text = "On Monday shells fell in Orvane, while rebels stormed a base near Tellin on Sunday."
    told = Told(
        text, places=(place(text, "Orvane"), place(text, "Tellin")), dates=(date(text, "Monday"), date(text, "Sunday"))
    )
    event = told.event("stormed")
    assert (event.place, event.date) == (1, 1)


def test_the_day_of_the_telling_is_not_that_of_what_is_told() -> None:
    text = "The ministry said on Friday that the raid of Monday killed nine."
    told = said(text, "The ministry", "that the raid of Monday killed nine")
    dates = [date(text, "Friday", "2031-05-02"), date(text, "Monday", "2031-04-28")]
    (event,) = find_events(text, [Trigger(*span(text, "raid"), "ASSAULT", "happened", 0.9)], [told], [], [], dates, [])
    assert event.date == 1


def test_indices_are_those_of_the_lists_as_given() -> None:
    text = "Shells fell in Orvane. Rebels stormed Tellin."
    told = Told(text, places=(place(text, "Tellin"), place(text, "Orvane")))
    assert [e.place for e in told.events(("fell", "ASSAULT", "happened"), ("stormed", "ASSAULT", "happened"))] == [1, 0]


def test_without_a_place_in_its_sentence_an_event_is_at_the_headlines_and_else_the_datelines() -> None:
    text = "Ten killed in Orvane\n\nTELLIN, May 4 (Agency) — It rained.\n\nThe army shelled a school."
    both = Told(text, places=(place(text, "Orvane"), place(text, "TELLIN")))
    assert both.event("shelled").place == 0
    assert Told(text, places=(place(text, "TELLIN"),)).event("shelled").place == 0
    far = "It rained.\n\nShells fell. Nobody went to Tellin."
    assert Told(far, places=(place(far, "Tellin"),)).event("fell").place is None


def test_an_event_is_rather_where_the_report_opens_than_where_it_is_written() -> None:
    text = "Toll rises\n\nTELLIN, May 4 (Agency) — Shells hit a market. The dead were buried in Orvane, an aide said."
    told = Told(text, places=(place(text, "TELLIN"), place(text, "Orvane")))
    assert told.event("hit").place == 1
    text = "Toll rises\n\nTELLIN, May 4 (Agency) — Shells hit a market. The dead were taken to Orvane, an aide said."
    told = Told(text, places=(place(text, "TELLIN"), place(text, "Orvane")))
    assert told.event("hit").place == 0


def test_a_country_somebody_is_of_is_not_where_it_was() -> None:
    text = "Toll rises\n\nTELLIN, May 4 (Agency) — Shells hit a market. The minister of Orvia condemned it in Orvia."
    told = Told(text, places=(place(text, "TELLIN"), place(text, "Orvia", "country")))
    assert told.event("hit").place == 0


def test_a_town_of_the_headline_and_the_dateline_is_where_it_was() -> None:
    text = "Raid on Tellin\n\nTELLIN, May 4 (Agency) — Shells hit a market. The wounded lie in Orvane, an aide said."
    told = Told(text, places=(place(text, "Tellin"), place(text, "TELLIN"), place(text, "Orvane")))
    assert told.event("hit").place == 0


def test_the_town_rather_than_the_country_that_it_is_said_to_be_in() -> None:
    text = "A shell hit a school in the Maltese town of Tellin."
    told = Told(text, places=(place(text, "Maltese", "country"), place(text, "Tellin")))
    assert told.event("hit").place == 1
    text = "Drones struck the Tellin dam, cutting power to much of Orvia."
    told = Told(text, places=(place(text, "Tellin"), place(text, "Orvia", "country")))
    assert told.event("struck").place == 0


def test_a_government_that_is_called_by_its_capital_is_no_place() -> None:
    text = "Lindhaven said it had hit a plant."
    orvia = said(text, "a1", "it had hit a plant", source="Lindhaven")
    assert Told(text, (orvia,), places=(place(text, "Lindhaven"),)).event("hit").place is None
    text = "The minister accused Orvia of shelling a mill."
    assert Told(text, places=(place(text, "Orvia", "country"),)).event("shelling").place is None
    for militia in ("backed by Orvia", "loyal to Orvia"):
        text = f"A militia {militia} shelled the mill."
        assert Told(text, places=(place(text, "Orvia", "country"),)).event("shelled").place is None
    text = "The Orvia-aligned militia shelled the mill."
    assert Told(text, places=(place(text, "Orvia", "country"),)).event("shelled").place is None
    text = "The rebels won back Lindhaven, and shelled Orvane."
    assert Told(text, places=(place(text, "Lindhaven"),)).event("won").place == 0
    text = "The rebels shelled Lindhaven."
    assert Told(text, places=(place(text, "Lindhaven"),)).event("shelled").place == 0


def test_what_a_party_holds_is_not_the_place_that_it_is_called_by() -> None:
    text = "Shells hit a school in Tellin-held Orvane on Sunday."
    told = Told(text, places=(place(text, "Tellin"), place(text, "Orvane")))
    assert told.event("hit").place == 1


def test_no_place_or_date_from_words_of_somebody_who_does_not_tell_the_event() -> None:
    text = "The army shelled a school, the mayor said that it rained in Orvane on Sunday."
    other = said(text, "a1", "that it rained in Orvane on Sunday", source="the mayor")
    told = Told(text, (other,), places=(place(text, "Orvane"),), dates=(date(text, "Sunday"),))
    event = told.event("shelled")
    assert (event.place, event.date) == (None, None)


def test_a_place_that_is_but_the_name_of_who_acts_is_not_where() -> None:
    text = "Kestavia shelled a school in Orvane."
    told = Told(text, places=(place(text, "Kestavia", "country"), place(text, "Orvane")))
    assert told.event("shelled").place == 1


# Certainty

CERTAINTIES = [
    ("The army shelled the town.", "shelled", "happened", "happened"),
    ("The army did not shell the town.", "shell", "happened", "denied"),
    ("No civilians were killed.", "killed", "happened", "denied"),
    ("The blast killed nobody.", "killed", "happened", "denied"),
    ("The army failed to storm the town.", "storm", "happened", "denied"),
    ("The army planned to storm the town.", "storm", "happened", "planned"),
    ("The army threatened to storm the town.", "storm", "happened", "planned"),
    ("The army may storm the town.", "storm", "happened", "possible"),
    ("The army could have stormed the town.", "stormed", "happened", "possible"),
    ("The army would storm the town.", "storm", "planned", "planned"),
    ("The army will storm the town.", "storm", "happened", "planned"),
    ("The army plans to launch an attack on the town.", "attack", "happened", "planned"),
    ("The planned attack alarmed them.", "attack", "happened", "planned"),
    ("A possible attack alarmed them.", "attack", "happened", "possible"),
    ("The attack was foiled.", "attack", "happened", "denied"),
    ("The army is shelling the town.", "shelling", "ongoing", "ongoing"),
    ("The army not only shelled the town.", "shelled", "happened", "happened"),
]


@pytest.mark.parametrize(("text", "word", "network", "expected"), CERTAINTIES, ids=[c[0] for c in CERTAINTIES])
def test_plain_words_correct_the_certainty(text: str, word: str, network: str, expected: str) -> None:
    assert Told(text).event(word, certainty=network).certainty == expected


def test_what_is_denied_is_denied_and_its_denial_is_not() -> None:
    text = "The ministry denied that the army shelled Orvane."
    denial = said(text, "a1", "that the army shelled Orvane", cue="denied", source="The ministry", stance="denies")
    told = Told(text, (denial,))
    assert told.event("shelled").certainty == "denied"
    assert told.event("denied", "REJECT").certainty == "happened"


def test_who_denies_a_part_in_an_attack_does_not_deny_the_attack() -> None:
    text = "The ministry denied any involvement in the attack."
    denial = said(text, "a1", "any involvement in the attack", cue="denied", source="The ministry", stance="denies")
    assert Told(text, (denial,)).event("attack").certainty == "happened"


def test_what_is_planned_is_planned_and_what_it_answers_happened() -> None:
    text = "The army vows to storm the town after the killing of ten men."
    vow = said(
        text, "a1", "to storm the town after the killing of ten men", cue="vows", source="The army", stance="plans"
    )
    told = Told(text, (vow,))
    assert told.event("storm").certainty == "planned"
    assert told.event("killing").certainty == "happened"


# Parties alike

PAIR = ("Highland Guard", "Tessar Assembly")


@pytest.mark.parametrize(
    "text",
    [
        "The Highland Guard shelled the Tessar Assembly.",
        "Fighters of the Tessar Assembly were killed by the Highland Guard, the mayor said.",
        "The attack by the Highland Guard on the Tessar Assembly was not planned.",
        "The Highland Guard accused the Tessar Assembly of killing ten people.",
    ],
)
def test_names_exchanged_the_events_are_exchanged(text: str) -> None:
    def swapped(words: str) -> str:
        return re.sub("|".join(PAIR), lambda m: PAIR[PAIR[0] == m.group()], words)

    def read(words: str) -> list[tuple[object, ...]]:
        found = [
            (m.group(), "ASSAULT", "happened") for m in re.finditer(r"shelled|killed|killing|attack|accused", words)
        ]
        return [
            (e.span.text, e.certainty, e.acled, *(p.text for p in e.actors), "|", *(p.text for p in e.targets))
            for e in Told(words).events(*found)
        ]

    exchanged = [tuple(swapped(part) if isinstance(part, str) else part for part in row) for row in read(text)]
    assert exchanged == read(swapped(text))
    assert exchanged


# ACLED


@pytest.mark.parametrize(
    ("text", "word", "kind", "expected"),
    [
        (
            "The army shelled the town.",
            "shelled",
            "ASSAULT",
            "Explosions/Remote violence: Shelling/artillery/missile attack",
        ),
        ("An air strike killed ten.", "strike", "ASSAULT", "Explosions/Remote violence: Air/drone strike"),
        ("A suicide bomb killed ten.", "killed", "ASSAULT", "Explosions/Remote violence: Suicide bomb"),
        (
            "A roadside bomb killed ten.",
            "killed",
            "ASSAULT",
            "Explosions/Remote violence: Remote explosive/landmine/IED",
        ),
        ("The army clashed with rebels.", "clashed", "ASSAULT", "Battles: Armed clash"),
        ("Gunmen killed a teacher.", "killed", "ASSAULT", "Violence against civilians: Attack"),
        ("Gunmen killed a general.", "killed", "ASSAULT", None),
        (
            "Gunmen abducted a teacher.",
            "abducted",
            "COERCE",
            "Violence against civilians: Abduction/forced disappearance",
        ),
        ("Police arrested a teacher.", "arrested", "COERCE", "Strategic developments: Arrests"),
        ("Soldiers looted the shops.", "looted", "COERCE", "Strategic developments: Looting/property destruction"),
        ("Teachers marched in Orvane.", "marched", "PROTEST", "Protests"),
        ("Youths rioted in Orvane.", "rioted", "PROTEST", "Riots: Violent demonstration"),
        ("The sides signed a truce.", "truce", "AGREE", "Strategic developments: Agreement"),
        ("The mayor praised them.", "praised", "SUPPORT", None),
    ],
)
def test_acled_types_where_they_are_clear(text: str, word: str, kind: str, expected: str | None) -> None:
    assert Told(text).event(word, kind).acled == expected


def test_no_acled_type_for_a_type_that_is_not_known() -> None:
    assert acled_type("ASK", "shelled", {"shelled"}, set()) is None


# Hostile input


def test_triggers_that_overlap_are_one_event() -> None:
    text = "The army shelled the town."
    found = find_events(
        text,
        [Trigger(9, 16, "ASSAULT", "happened", 0.5), Trigger(9, 12, "COERCE", "happened", 0.9)],
        (),
        (),
        (),
        (),
        (),
    )
    assert [e.type for e in found] == ["COERCE"]


def test_no_triggers_no_events() -> None:
    assert find_events("", [], (), (), (), (), ()) == ()


WORDS = st.sampled_from(
    ["the", "army", "killed", "attack", "of", "by", "to", "and", ",", "(", ")", "who", "was", "not", "in",
     "Orvane", "10",
     "shelling", "'s", "“", "—", ".", "\n\n", "😀", "الجيش", "that", "plans", "no"]
)  # fmt: skip


@given(st.lists(WORDS, min_size=1, max_size=40), st.data())
def test_whatever_the_words_spans_are_the_texts_own(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    spots = [m.span() for m in re.finditer(r"\S+", text)]
    chosen = data.draw(st.lists(st.sampled_from(spots), max_size=5)) if spots else []
    kinds = st.sampled_from(["ASSAULT", "ACCUSE", "AID", "YIELD", "PROTEST"])
    triggers = [Trigger(a, b, data.draw(kinds), "happened", 0.5) for a, b in chosen]
    for event in find_events(text, triggers, (), (), (), (), ()):
        for part in (event.span, *event.actors, *event.targets):
            assert text[part.start : part.end] == part.text != ""


@pytest.mark.parametrize(
    "unit",
    ["killed ", "attack of ", "the army and ", "killed, ", "to attack ", "(killed ", "who killed ",
     "killed by killed 10 and ",
     "“killed ", "not killed by ", "the ", "army ", "army killed the not "],
)  # fmt: skip
def test_time_grows_no_faster_than_the_text(unit: str) -> None:
    def seconds(times: int) -> float:
        text = unit * times
        triggers = [Trigger(*m.span(), "ASSAULT", "happened", 0.5) for m in re.finditer(r"killed|attack|army", text)]
        places = [Place(Span.of(text, t.start, t.end), "x", None, None, None, "none", None) for t in triggers]
        start = process_time()
        find_events(text, triggers, (), (), places, (), ())
        return process_time() - start

    seconds(50)
    assert seconds(2000) < 40 * max(seconds(200), 0.005)
