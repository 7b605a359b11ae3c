"""What an article is about, and what else it tells of. All texts and names are invented."""

import time
from dataclasses import replace

import numpy as np
import pytest

from sayso.link.days import appeared
from sayso.link.episodes import episodes
from sayso.types import Article, Casualty, ClaimRow, Date, Event, Linkable, Mention, Place, Provenance, Reading, Span

ORVANE, TESSAL = ("Orvane", "VX", 12.0, 40.0, "town"), ("Tessal", "VX", 13.5, 41.0, "town")
VARDIA = ("Vardia", "VX", 12.5, 40.5, "country")
HOME = ("Lindhaven", "LW", 50.0, 3.0, "town")


def span(text: str, words: str, nth: int = 0) -> Span:
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return Span(at, at + len(words), words)


class Told:
    """A report under construction: what is marked in it, by its words."""

    def __init__(self, body: str, title: str | None = None, published: str | None = "2031-05-06") -> None:
        self.text = f"{title}\n\n{body}" if title else body
        self.article = Article("a1", "0" * 64, "a.txt", "The Ferry Post", title, published, None, "en", self.text)
        self.places: list[Place] = []
        self.dates: list[Date] = []
        self.events: list[Event] = []
        self.mentions: list[Mention] = []
        self.casualties: list[Casualty] = []
        self.claims: list[ClaimRow] = []
        self.embeddings: list[bytes] = []

    def place(self, of: tuple, nth: int = 0) -> int:
        name, country, lat, lon, precision = of
        self.places.append(Place(span(self.text, name, nth), name, country, lat, lon, precision, 1))
        return len(self.places) - 1

    def date(self, words: str, value: str, nth: int = 0) -> int:
        self.dates.append(Date(span(self.text, words, nth), value, "day"))
        return len(self.dates) - 1

    def event(self, words: str, place: int | None = None, date: int | None = None, kind: str = "ASSAULT") -> None:
        at = span(self.text, words)
        self.events.append(Event(at, kind, "happened", (), (), place, date, None, 0.9, None))

    def claim(self, words: str, embedding: bytes = b"") -> None:
        at = span(self.text, words)
        nothing = dict.fromkeys(("place", "lat", "lon", "date", "story", "origin", "echo_of", "decision"))
        row = ClaimRow(
            id=f"c{len(self.claims)}", article="a1", outlet=None, published=None, claimant="Ada Brun", chain=(),
            stance="asserts", text=words, spans=(at,), event_type="ASSAULT", certainty="happened", figures=(),
            evidence=(), confidence=0.9, **nothing,
        )  # fmt: skip
        self.claims.append(row)
        self.embeddings.append(embedding)

    def linkable(self) -> Linkable:
        reading = Reading(
            self.article, (), (), tuple(self.casualties), tuple(self.events), tuple(self.places), tuple(self.dates),
            tuple(self.mentions), (), Provenance("0", "m", "local"),
        )  # fmt: skip
        return Linkable(reading, tuple(self.claims), tuple(self.embeddings))


def raid() -> Told:
    """A raid on Orvane on 4 May, told on 6 May, with one on Tessal in April in the background."""
    filler = "The river port had been quiet since the winter, residents said. " * 14
    told = Told(
        "Shells struck the market of Orvane in Vardia on Sunday, the mayor said. Eleven traders were killed. "
        + filler
        + "Rockets hit a mill at Tessal on 12 April, killing three. The mill belonged to a widow.",
        title="Shells strike market of Orvane",
    )
    told.place(VARDIA)
    orvane, tessal = told.place(ORVANE, nth=1), told.place(TESSAL)
    sunday, april = told.date("Sunday", "2031-05-04"), told.date("12 April", "2031-04-12")
    told.event("struck", orvane, sunday)
    told.event("hit a", tessal, april)
    told.claim("Eleven traders were killed")
    told.claim("Rockets hit a mill")
    told.claim("The mill belonged")
    return told


def test_the_main_event_is_that_of_the_head() -> None:
    main = episodes(raid().linkable())[0]
    assert (main.number, main.place, main.date) == (0, "Orvane", "2031-05-04")
    assert main.event_type == "ASSAULT"


def test_what_is_dated_and_placed_apart_is_an_episode_of_its_own() -> None:
    _, other = episodes(raid().linkable())
    assert (other.number, other.place, other.date) == (1, "Tessal", "2031-04-12")


def test_each_claim_is_in_one_episode() -> None:
    main, other = episodes(raid().linkable())
    assert main.claims == ("c0", "c2")
    assert other.claims == ("c1",)


def test_a_stamp_in_old_letters_is_a_stamp() -> None:
    told = Told("ſep 12, 2030\n\nThe market of Orvane was bombed.", published=None)
    told.event("bombed", told.place(ORVANE))
    (main,) = episodes(told.linkable())
    assert main.date == "2030-09-12"


def test_what_is_no_embedding_counts_for_none() -> None:
    told = Told("The market of Orvane was bombed.")
    told.claim("The market of Orvane was bombed", embedding=b"\0\x7e\0")
    (main,) = episodes(told.linkable())
    assert not any(main.embedding)


def test_the_place_is_that_of_the_attack_and_not_of_a_siege_told_beside_it() -> None:
    told = Told("Buses were hit at Orvane. Those in them were from Tessal, which has been besieged since winter.")
    told.event("hit", told.place(ORVANE))
    told.event("besieged", told.place(TESSAL), kind="COERCE")
    told.place(TESSAL)
    (main,) = episodes(told.linkable())
    assert main.place == "Orvane"


def test_the_place_is_not_where_something_else_was_hours_before() -> None:
    told = Told(
        "Raids killed nine near Tessal, hours after an attack at Orvane. The dead of Orvane are not counted yet."
    )
    told.event("Raids", told.place(TESSAL))
    told.event("attack", told.place(ORVANE))
    told.place(ORVANE, nth=1)
    assert episodes(told.linkable())[0].place == "Tessal"


def test_a_dateline_is_no_place_of_an_attack() -> None:
    told = Told("LINDHAVEN, May 6 - A blast cut the bridge. It leads to Orvane.")
    told.event("blast", told.place(("LINDHAVEN", "VX", 50.0, 3.0, "town")))
    told.event("cut", 0)
    told.place(ORVANE)
    (main,) = episodes(told.linkable())
    assert main.place == "Orvane"


UNKNOWN = ("Sandrin", None, None, None, "none")


@pytest.mark.parametrize(("words", "named"), [(" in Orvane", "Sandrin"), ("", "Orvane")])
def test_an_attack_on_an_unknown_place_is_there_where_it_is_said_to_lie_somewhere(words: str, named: str) -> None:
    told = Told(f"Shells hit Sandrin{words} on Monday. Sandrin was quiet later. Shops in Orvane were shut.")
    monday = told.date("Monday", "2031-05-05")
    told.place(ORVANE, nth=0)
    told.event("hit", told.place(UNKNOWN), monday)
    told.place(UNKNOWN, nth=1)
    told.claim("Shells hit Sandrin")
    main = episodes(told.linkable())[0]
    assert (main.place, main.lat, main.country) == (named, 12.0, "VX")


def test_what_happened_at_an_unknown_place_long_ago_is_not_where() -> None:
    told = Told("Shells hit Orvane on Monday. In June 2029 shells hit Sandrin near Orvane, and Sandrin burned.")
    told.event("hit", told.place(ORVANE), told.date("Monday", "2031-05-05"))
    told.dates.append(Date(span(told.text, "June 2029"), "2029-06", "month"))
    told.event("shells hit Sandrin", told.place(UNKNOWN), 1)
    told.place(UNKNOWN, nth=1)
    told.claim("Shells hit Orvane")
    assert episodes(told.linkable())[0].place == "Orvane"


def test_the_day_of_the_deed_goes_before_that_of_the_telling() -> None:
    told = Told("Shells hit Orvane, a nurse told reporters on Tuesday. The guns had been heard since noon on Monday.")
    told.event("hit", told.place(ORVANE))
    told.date("Tuesday", "2031-05-06")
    told.date("Monday", "2031-05-05")
    told.claim("Shells hit Orvane")
    assert episodes(told.linkable())[0].date == "2031-05-05"


def test_the_day_since_which_something_is_so_is_no_day_of_a_deed() -> None:
    told = Told("Shells may hit Orvane, a nurse told reporters on Tuesday. Guns had been seen there since Sunday.")
    told.event("hit", told.place(ORVANE))
    told.date("Tuesday", "2031-05-06")
    told.date("Sunday", "2031-05-04")
    told.claim("Shells may hit Orvane")
    assert episodes(told.linkable())[0].date == "2031-05-06"


@pytest.mark.parametrize(("first", "day"), [("", "2031-04-02"), ("The mayor wept. ", "2031-05-06")])
def test_a_report_that_begins_with_the_day_of_a_deed_long_ago_is_about_it(first: str, day: str) -> None:
    told = Told(f"{first}Shells hit Orvane on April 2, a group said today.")
    told.event("hit", told.place(ORVANE), told.date("April 2", "2031-04-02"))
    told.date("today", "2031-05-06")
    told.claim("Shells hit Orvane")
    assert episodes(told.linkable())[0].date == day


@pytest.mark.parametrize("called", ["Saturday's", "Saturday’s", "Saturdays"])
def test_an_act_that_is_called_by_its_day_goes_before_one_told_on_a_day(called: str) -> None:
    told = Told(f"The toll reached 20, a clinic in Orvane said on Sunday. {called} bus bombing was the second.")
    orvane = told.place(ORVANE)
    told.event("reached", orvane, told.date("Sunday", "2031-05-06"))
    told.event("bombing", orvane, told.date(called, "2031-05-05"))
    (main,) = episodes(told.linkable())
    assert main.date == "2031-05-05"


def test_an_act_of_a_later_sentence_is_not_called_by_the_day_before_it() -> None:
    told = Told("The mill in Orvane burned down on Sunday. On Saturday shells had hit the same street.")
    orvane = told.place(ORVANE)
    told.event("burned", orvane, told.date("Sunday", "2031-05-06"))
    told.event("hit", orvane, told.date("Saturday", "2031-05-05"))
    (main,) = episodes(told.linkable())
    assert main.date == "2031-05-06"


def test_the_day_is_the_stamp_s_where_no_act_is_dated() -> None:
    told = Told("7 May 2031 - Shells struck the market of Orvane in Vardia, the mayor said.", published="2033-01-01")
    told.event("struck", told.place(ORVANE))
    assert episodes(told.linkable())[0].date == "2031-05-07"


def test_the_day_that_the_headline_names_is_the_day() -> None:
    title = "Nine killed in April 24 raid on Orvane"
    told = Told("The envoy said on Saturday that the raid on Orvane had killed nine.", title=title)
    told.date("April 24", "2031-04-24")
    told.event("raid", told.place(ORVANE, nth=1), told.date("Saturday", "2031-05-03"))
    assert episodes(told.linkable())[0].date == "2031-04-24"


def test_the_day_is_that_of_publication_where_nothing_else_is_known() -> None:
    told = Told("Shells struck the market of Orvane.", published="2031-05-06T10:00:00Z")
    assert episodes(told.linkable())[0].date == "2031-05-06"
    assert episodes(Told("Shells struck.", published=None).linkable())[0].date is None


def test_a_reaction_is_about_the_place_of_the_event_and_not_of_the_speaker() -> None:
    told = Told("The premier said in Lindhaven that the raid on Orvane in Vardia was a disgrace. Orvane is a port.")
    told.place(HOME)
    told.place(VARDIA)
    told.event("raid", told.place(ORVANE))
    told.place(ORVANE, nth=1)
    assert episodes(told.linkable())[0].place == "Orvane"


@pytest.mark.parametrize(
    "where", ["An envoy told reporters in", "The government in", "Speaking in", "An official from"]
)
def test_the_place_is_not_where_somebody_spoke(where: str) -> None:
    told = Told(f"{where} Tessal said that nobody had fired. Shells hit a market at Orvane.")
    told.event("fired", told.place(TESSAL))
    told.event("said", 0)
    told.event("hit", told.place(ORVANE))
    assert episodes(told.linkable())[0].place == "Orvane"


@pytest.mark.parametrize("rulers", ["government", "junta"])
def test_a_capital_that_stands_for_its_rulers_is_no_place_of_an_attack(rulers: str) -> None:
    told = Told(f"The Tessal {rulers} shelled a market, a council said. It lies in Orvane.")
    told.event("shelled", told.place(TESSAL))
    told.place(ORVANE)
    assert episodes(told.linkable())[0].place == "Orvane"


@pytest.mark.parametrize(("province", "apart"), [(True, False), (False, True)])
def test_a_province_that_is_called_by_its_town_is_not_apart_from_a_town_in_it(province: bool, apart: bool) -> None:
    town = ("Tessal", "VX", 12.4, 40.0, "town")  # 45 km from Orvane
    told = Told(
        "Shells hit Orvane on Sunday. Orvane is in Tessal province. " + QUIET * 14 + "Tessal was hit on Sunday."
    )
    told.event("hit Orvane", told.place(ORVANE), told.date("Sunday", "2031-05-04"))
    told.place(ORVANE, nth=1)
    if province:
        told.place((*town[:4], "region"))
    told.event("was hit", told.place(town, nth=1), told.date("Sunday", "2031-05-04", nth=1))
    assert (len(episodes(told.linkable())) == 2) is apart


@pytest.mark.parametrize("words", ["The envoy on Monday rejected that they fell.", "Ten were hurt, it said on Monday."])
def test_the_day_is_not_that_of_an_answer(words: str) -> None:
    told = Told(f"{words} On Sunday shells fell on Orvane.")
    orvane = told.place(ORVANE)
    told.event("fell" if "fell." in words else "hurt", orvane, told.date("Monday", "2031-05-05"))
    told.event("shells", orvane, told.date("Sunday", "2031-05-04"))
    assert episodes(told.linkable())[0].date == "2031-05-04"


@pytest.mark.parametrize(
    ("who", "day"),
    [
        ("An inquiry of the League found", "2030-11-12"),
        ("A commission of enquiry said", "2030-11-12"),
        ("A UN commission found", "2030-11-12"),
        ("The mayor of the town said again", "2031-05-06"),
        ("An inquiry of the League, which published its findings on Monday, found", "2030-11-12"),
        ("Those who were accused of the commission of crimes said", "2031-05-06"),
        ("Investigators of the League were in Orvane on Monday, when a bomb went off, and found", "2031-05-05"),
    ],
    ids=["an inquiry", "an enquiry", "a commission", "somebody else", "published", "the accused", "and another attack"],
)
def test_the_report_of_an_inquiry_is_about_the_day_of_what_it_looked_into(who: str, day: str) -> None:
    told = Told(f"{who} that the shells that struck the market of Orvane on 12 November were the army's.")
    place = told.place(ORVANE)
    told.event("struck", place, told.date("12 November", "2030-11-12"))
    if "published" in who:
        told.event("found", place, told.date("Monday", "2031-05-05"))
    elif "Monday" in who:
        told.event("bomb went off", place, told.date("Monday", "2031-05-05"))
    assert episodes(told.linkable())[0].date == day


@pytest.mark.parametrize(
    ("told_of", "day"),
    [
        ("Orvane buried its dead on Monday", "2031-05-03"),
        ("Orvane buried at least 14 of the victims on Monday", "2031-05-03"),
        ("In Orvane the dead were buried on Monday", "2031-05-03"),
        ("In Orvane walls buried ten men on Monday", "2031-05-05"),
        ("In Orvane soldiers buried the relatives of a guard alive on Monday", "2031-05-05"),
    ],
)
def test_that_people_buried_their_dead_is_no_attack(told_of: str, day: str) -> None:
    told = Told(f"{told_of}. The market was struck on Saturday.")
    place = told.place(ORVANE)
    told.event("buried", place, told.date("Monday", "2031-05-05"))
    told.event("struck", place, told.date("Saturday", "2031-05-03"))
    assert episodes(told.linkable())[0].date == day


def test_a_burial_is_no_event_of_the_background() -> None:
    filler = "The river port had been quiet since the winter, residents said. " * 14
    told = Told(f"The market of Orvane was struck on Saturday. {filler} Tessal buried its dead on 12 April.")
    told.event("struck", told.place(ORVANE), told.date("Saturday", "2031-05-03"))
    told.event("buried", told.place(TESSAL), told.date("12 April", "2031-04-12"))
    assert len(episodes(told.linkable())) == 1
    alone = Told("Orvane buried its dead on Monday.")
    alone.event("buried", alone.place(ORVANE), alone.date("Monday", "2031-05-05"))
    assert not episodes(alone.linkable())[0].happened


def test_a_headline_of_another_report_is_left_out() -> None:
    told = Told(
        "Shells struck the market of Orvane on Sunday, the mayor said.", title="Vineyard festival opens in Tessal"
    )
    told.event("struck", told.place(ORVANE))
    told.place(TESSAL)
    main = episodes(told.linkable())[0]
    assert main.place == "Orvane"
    assert "vineyard" not in main.words


def test_a_report_of_what_is_rare_is_about_the_day_that_it_is_told_of() -> None:
    told = Told(
        "Inspectors spoke of chlorine and sarin on Friday. The raid on Orvane was on 2 April.", published="2031-05-06"
    )
    told.date("Friday", "2031-05-05")
    told.event("raid", told.place(ORVANE), told.date("2 April", "2031-04-02"))
    assert episodes(told.linkable())[0].date == "2031-04-02"


def test_the_day_that_is_named_for_what_is_rare_is_its_day_whatever_else_the_head_dates() -> None:
    told = Told(
        "Chlorine was used there, experts said on Friday. It fell on Orvane on the 2nd of April, they said. "
        "Shells had struck the port on 20 March.",
        published="2031-05-06",
    )
    told.event("used", told.place(ORVANE), told.date("Friday", "2031-05-05"))
    told.date("2nd of April", "2031-04-02")
    told.date("20 March", "2031-03-20")
    assert episodes(told.linkable())[0].date == "2031-05-05"
    told = Told(told.text.replace("It fell", "Chlorine fell"), published="2031-05-06")
    told.event("used", told.place(ORVANE), told.date("Friday", "2031-05-05"))
    told.date("2nd of April", "2031-04-02")
    assert episodes(told.linkable())[0].date == "2031-04-02"


def test_what_is_rare_and_new_is_not_dated_to_an_older_one() -> None:
    told = Told(
        "Chlorine fell on Orvane on Monday, killing ten. Sarin was used in Tessal on 2 April.", published="2031-05-06"
    )
    told.event("fell", told.place(ORVANE), told.date("Monday", "2031-05-05"))
    told.date("2 April", "2031-04-02")
    assert episodes(told.linkable())[0].date == "2031-05-05"


def test_a_reaction_to_what_is_rare_is_about_the_country_of_it_and_not_of_those_who_speak() -> None:
    told = Told(
        "Vardia must give up its sarin, the premier said. The gas attack in Vardia was a disgrace, she said in "
        "Lindhaven. She flew from Lindhaven to Kelm.",
        title="Premier speaks of gas in Vardia",
    )
    for nth in range(3):
        told.place(VARDIA, nth)
    told.place(HOME)
    told.place(HOME, nth=1)
    main = episodes(told.linkable())[0]
    assert (main.place, main.country) == ("Vardia", "VX")


def test_the_day_on_which_somebody_spoke_of_what_is_rare_is_not_its_day() -> None:
    told = Told(
        "The envoy said on Saturday that sarin was used in Orvane. The sarin killed ten there on Wednesday.",
        published="2031-05-03",
    )
    orvane = told.place(ORVANE)
    told.event("used", orvane, told.date("Saturday", "2031-05-03"))
    told.event("killed", orvane, told.date("Wednesday", "2031-04-30"))
    assert episodes(told.linkable())[0].date == "2031-04-30"


def test_what_the_head_calls_by_a_day_dates_what_is_rare_where_no_act_is_dated() -> None:
    told = Told("The council spoke on Friday of the gas in Orvane. It asked who sent Wednesday's fumes.")
    told.place(ORVANE)
    told.date("Friday", "2031-05-06")
    told.date("Wednesday's", "2031-05-04")
    assert episodes(told.linkable())[0].date == "2031-05-04"


def test_a_report_of_something_rare_of_before_that_does_not_say_when_has_no_day() -> None:
    told = Told("The envoy asked on Tuesday for an inquiry into the recent gas attack on Orvane.")
    told.place(ORVANE)
    told.date("Tuesday", "2031-05-06")
    assert episodes(told.linkable())[0].date is None
    told = Told(told.text.replace("the recent", "a"))
    told.place(ORVANE)
    assert episodes(told.linkable())[0].date == "2031-05-06"


def test_what_gives_a_report_its_day_is_what_it_is_about() -> None:
    told = Told("The senate may vote on raids. The sarin attack of 2 April killed ten in Orvane. " + QUIET * 2)
    told.place(ORVANE)
    told.date("2 April", "2031-04-02")
    main = episodes(told.linkable())[0]
    assert main.date == "2031-04-02"
    assert "sarin" in main.words


def test_where_nothing_else_is_told_of_harm_what_is_rare_is_the_event() -> None:
    told = Told("The attack on Orvane was an outrage. It was the first with sarin. " + QUIET * 4)
    told.event("attack", told.place(ORVANE))
    assert "sarin" in episodes(told.linkable())[0].words


QUIET = "The river port had been quiet since the winter, residents said. "


@pytest.mark.parametrize(("rare", "is_rare"), [(1, False), (4, False), (6, True)])
def test_what_is_rare_and_only_mentioned_does_not_make_a_report_one_of_it(rare: int, is_rare: bool) -> None:
    told = Told(
        "Shells struck the market of Orvane on Sunday. " + "It came after the chlorine gas. " * rare + QUIET * 4
    )
    told.event("struck", told.place(ORVANE), told.date("Sunday", "2031-05-04"))
    assert ("chlorine" in episodes(told.linkable())[0].words) is is_rare


def test_a_claim_in_anothers_headline_is_filed_only_where_nothing_else_is_said() -> None:
    told = Told("Rain fell on the port. " + QUIET, title="Militia shells a mill at Tessal")
    told.claim("Militia shells a mill")
    assert episodes(told.linkable())[0].claims == ("c0",)
    told.claim("Rain fell on the port")
    assert episodes(told.linkable())[0].claims == ("c1",)


def test_the_event_told_again_further_down_is_no_other() -> None:
    told = Told("Shells struck the market of Orvane, the mayor said. " + QUIET * 14 + "Orvane was hit on 3 May.")
    told.event("struck", told.place(ORVANE))
    told.event("hit", told.place(ORVANE, nth=1), told.date("3 May", "2031-05-03"))
    (main,) = episodes(told.linkable())
    assert main.date == "2031-05-03"


def test_an_earlier_event_at_a_place_of_which_the_head_gives_the_day_is_another() -> None:
    told = Told("Shells struck Orvane on Tuesday, the mayor said. " + QUIET * 14 + "Orvane was hit on 3 May.")
    told.event("struck", told.place(ORVANE), told.date("Tuesday", "2031-05-06"))
    told.event("hit", told.place(ORVANE, nth=1), told.date("3 May", "2031-05-03"))
    assert [e.date for e in episodes(told.linkable())] == ["2031-05-06", "2031-05-03"]


@pytest.mark.parametrize("party", ["Kelvar Front", "Government"])
def test_words_do_not_hold_the_names_of_parties_or_the_place(party: str) -> None:
    told = Told(f"The {party} shelled the market of Orvane near Zubrin.")
    told.mentions.append(Mention(span(told.text, party), "organisation", 1))
    told.event("shelled", told.place(ORVANE))
    assert episodes(told.linkable())[0].words == ("market", "shelled", "zubrin")


def test_the_embedding_is_the_mean_direction_of_the_first_claims() -> None:
    told = raid()
    one = np.zeros(384, np.float16)
    two = np.zeros(384, np.float16)
    one[0], two[1] = 2.0, 5.0
    told.embeddings = [one.tobytes(), b"", two.tobytes()]
    main, other = episodes(told.linkable())
    mean = np.frombuffer(main.embedding, np.float16)
    assert mean.shape == (384,)
    assert mean[:2] == pytest.approx([0.7071, 0.7071], abs=1e-3)
    assert other.embedding == b""


def test_background_episodes_are_few() -> None:
    towns = [(f"Town{i}x", "VX", 10.0 + i, 40.0, "town") for i in range(40)]
    body = "Shells struck Orvane. " + "Nothing else was heard of it. " * 40
    told = Told(body + " ".join(f"A raid hit {name} on day{i:03}." for i, (name, *_) in enumerate(towns)))
    told.event("struck", told.place(ORVANE))
    for i, town in enumerate(towns):
        at = told.place(town)
        when = told.date(f"day{i:03}", "2031-03-02")
        told.events.append(Event(told.places[at].span, "ASSAULT", "happened", (), (), at, when, None, 0.9, None))
    assert len(episodes(told.linkable())) == 5


def test_a_head_of_one_endless_sentence_takes_no_long_time() -> None:
    told = Told(" ".join(f"{'abcdefghij'[i % 10] * 3}{'klmnopqrst'[i // 10 % 10] * 2}u" for i in range(60_000)))
    start = time.process_time()
    main = episodes(told.linkable())[0]
    assert time.process_time() - start < 5
    assert len(main.words) <= 300


@pytest.mark.parametrize(
    ("given", "when"),
    [
        ("2030-09-12T08:00:00Z", "2030-09-12T08:00:00Z"),  # the day that the page prints
        ("2030-12-09", "2030-09-12T23:59:59"),
        ("2010-01-01", "2010-01-01"),  # so far off that either may be wrong
        (None, None),
    ],
)
def test_an_article_appeared_on_the_day_that_its_page_prints(given: str | None, when: str | None) -> None:
    read = Told("Published September 12 2030 - The market of Orvane was bombed.", published=given).linkable().reading
    assert appeared(read) == when


def test_where_no_day_is_printed_it_appeared_as_given() -> None:
    read = Told("The market of Orvane was bombed.", published="2030-12-09").linkable().reading
    assert appeared(read) == "2030-12-09"
    assert appeared(replace(read, article=replace(read.article, published=None))) is None


@pytest.mark.parametrize(
    ("certainty", "attribution", "kind", "happened"),
    [
        ("happened", None, "ASSAULT", True),
        ("unknown", None, "ASSAULT", True),
        ("planned", None, "ASSAULT", False),
        ("denied", None, "ASSAULT", False),
        ("happened", None, "COERCE", False),  # a siege is no attack
        ("happened", "a1", "ASSAULT", False),  # which is in a claim
        ("happened", None, "CONSULT", False),
    ],
)
def test_an_episode_knows_whether_the_outlet_says_that_it_happened(
    certainty: str, attribution: str | None, kind: str, happened: bool
) -> None:
    told = Told("Shells struck Orvane on Sunday. It lies in Orvane county. Rockets hit Tessal.", "Orvane and Orvane")
    here, _, there = told.place(ORVANE), told.place(ORVANE, 1), told.place(TESSAL)
    told.event("Rockets hit", there)
    told.event("struck", here, told.date("Sunday", "2031-05-04"), kind=kind)
    told.events[-1] = replace(told.events[-1], certainty=certainty, attribution=attribution)
    main, *_ = episodes(told.linkable())
    assert (main.place, main.happened) == ("Orvane", happened)


def test_the_small_places_that_a_head_names_are_kept() -> None:
    told = Told(
        "TESSAL - Shells hit Sandrin, a village near Aleppo, the Keld Front told reporters in Orvane. Keldia wept."
    )
    told.place(("TESSAL", *TESSAL[1:]))
    told.place(("Sandrin", None, None, None, "none"))
    told.place(("Aleppo", "VX", 36.201, 37.161, "town"))
    told.place(ORVANE)
    told.place(("Keldia", "VX", 12.2, 40.1, "region"))
    assert episodes(told.linkable())[0].villages == ("sndrn",)


def test_a_name_that_is_mostly_a_party_s_or_a_plain_word_is_no_small_place() -> None:
    told = Told("The Zubrin shelled the Forest. Zubrin men died at Sandrin. Zubrin guns fell silent.")
    told.place(("Zubrin", None, None, None, "none"))
    told.place(("Forest", None, None, None, "none"))
    told.place(("Sandrin", None, None, None, "none"))
    for nth in (1, 2):
        told.mentions.append(Mention(span(told.text, "Zubrin", nth), "organisation", 0))
    assert episodes(told.linkable())[0].villages == ("sndrn",)


def test_what_has_an_east_of_its_own_is_no_village() -> None:
    told = Told("Shells hit Sandrin, a village in the east of Marvonia, twelve kilometres east of Quellin.")
    for name in ("Sandrin", "Marvonia", "Quellin"):
        told.place((name, None, None, None, "none"))
    assert episodes(told.linkable())[0].villages == ("sndrn", "kln")
