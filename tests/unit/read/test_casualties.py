"""Casualty figures: what they count, what befell them, on whose word."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.read.casualties import find_casualties
from sayso.types import Attribution, Span

# Who bears arms, on whichever side.
ARMED_SIDES = ("gunmen", "soldiers", "rebels", "commandos", "militants", "police", "jihadists", "separatists")


def figures(text: str) -> list[tuple[str, int | None, int | None, str]]:
    return [(c.span.text, c.min, c.max, c.kind) for c in find_casualties(text, ())]


def counts(text: str) -> list[tuple[str, int | None, int | None]]:
    return [(c.kind, c.min, c.max) for c in find_casualties(text, ())]


ONE_FIGURE = [
    ("58 people were killed in the raid", ("58 people", 58, 58, "killed")),
    ("The raid killed 58", ("58", 58, 58, "killed")),
    ("A shell killed at least 17 villagers", ("at least 17 villagers", 17, None, "killed")),
    ("The deaths of 12 civilians were reported", ("12 civilians", 12, 12, "killed")),
    ("The death toll rose to 112", ("112", 112, 112, "killed")),
    ("The death toll from the fire at the mill has risen to at least 163", ("at least 163", 163, None, "killed")),
    ("The toll passed 50", ("50", 51, None, "killed")),
    ("The number of villagers killed has reached 39", ("39", 39, 39, "killed")),
    ("The blast claimed the lives of eight farmers", ("eight farmers", 8, 8, "killed")),
    ("The blast left 20 dead", ("20", 20, 20, "killed")),
    ("Shelling left 19 sailors dead in the port", ("19 sailors", 19, 19, "killed")),
    ("They found the bodies of five men", ("five men", 5, 5, "killed")),
    ("Twelve guards lost their lives", ("Twelve guards", 12, 12, "killed")),
    ("Seven shepherds were martyred", ("Seven shepherds", 7, 7, "killed")),
    ("They executed 40 gunmen", ("40 gunmen", 40, 40, "killed")),
    ("Six nurses were stoned to death", ("Six nurses", 6, 6, "killed")),
    ("More than 1700 are thought to have been killed", ("More than 1700", 1701, None, "killed")),
    ("Up to 20 sailors perished", ("Up to 20 sailors", None, 20, "killed")),
    ("Nearly 330 fighters died", ("Nearly 330 fighters", None, 330, "killed")),
    ("Between 10 and 15 people died", ("Between 10 and 15 people", 10, 15, "killed")),
    ("A family of nine died", ("A family of nine", 9, 9, "killed")),
    ("Hundreds dead as the dam breaks", ("Hundreds", 200, None, "killed")),
    ("The shelling wounded dozens", ("dozens", 24, None, "wounded")),
    ("Thirty-four shepherds were affected by the fumes", ("Thirty-four shepherds", 34, 34, "wounded")),
    ("At least 20 residents suffered from suffocation", ("At least 20 residents", 20, None, "wounded")),
    ("Four others sustained serious injuries", ("Four others", 4, 4, "wounded")),
    ("Dozens of people are missing", ("Dozens of people", 24, None, "missing")),
    ("A pilot was captured", ("A pilot", 1, 1, "detained")),
    ("They captured 10 in the hills", ("10", 10, 10, "detained")),
    ("Police arrested four suspects", ("four suspects", 4, 4, "detained")),
    ("The group abducted 12 schoolgirls and teachers", ("12 schoolgirls", 12, 12, "detained")),
    ("The army evacuated 3,000 people", ("3,000 people", 3000, 3000, "displaced")),
    ("Tens of thousands of shepherds fled", ("Tens of thousands of shepherds", 20_000, None, "displaced")),
    ("The war has driven 3,000 people from the valley", ("3,000 people from the valley", 3000, 3000, "displaced")),
    ("The war displaced millions", ("millions", 2_000_000, None, "displaced")),
    ("Another 15 rebels died", ("Another 15 rebels", 15, 15, "killed")),
    ("One of them was killed", ("One of them", 1, 1, "killed")),
    ("17 of those killed were miners", ("17", 17, 17, "killed")),
    ("Among the dead were seven cooks", ("seven cooks", 7, 7, "killed")),
    ("Three nurses were among the wounded", ("Three nurses", 3, 3, "wounded")),
    ("26 guards at least were killed", ("26 guards at least", 26, None, "killed")),
    ("A 45-year-old woman was injured", ("A 45-year-old woman", 1, 1, "wounded")),
    ("A girl, a soldier and a nurse died", ("A girl, a soldier and a nurse", 3, 3, "killed")),
    ("A nurse and her young niece were killed", ("A nurse and her young niece", 2, 2, "killed")),
    ("Civilian killed in port", ("Civilian", 1, 1, "killed")),
    ("Bomb kills woman in port", ("woman", 1, 1, "killed")),
    ("Killing and wounding 40 miners", ("40 miners", 40, 40, "killed")),
    ("70 were wounded or missing", ("70", None, 70, "wounded")),
    ("Twelve people were killed or wounded", ("Twelve people", None, 12, "killed")),
    ("Twelve people were killed, wounded or captured", ("Twelve people", None, 12, "killed")),
    ("It killed or wounded nine cooks", ("nine cooks", None, 9, "killed")),
    ("Three men were shot dead", ("Three men", 3, 3, "killed")),
    ("An officer shot dead two men", ("two men", 2, 2, "killed")),
    ("Two rangers were gunned down", ("Two rangers", 2, 2, "killed")),
    ("Seven people were burned alive", ("Seven people", 7, 7, "killed")),
    ("Two people were still listed as missing", ("Two people", 2, 2, "missing")),
    ("Six people remain under the rubble", ("Six people", 6, 6, "missing")),
    ("Six miners were trapped under the rubble", ("Six miners", 6, 6, "missing")),
    ("Three of them are in a serious condition", ("Three of them", 3, 3, "wounded")),
    ("The group acknowledged holding 12", ("12", 12, 12, "detained")),
    ("The rebels held 12 villagers for a week", ("12 villagers", 12, 12, "detained")),
    ("Twelve cooks are being held in the port", ("Twelve cooks", 12, 12, "detained")),
    ("They took three drivers captive", ("three drivers", 3, 3, "detained")),
    ("The raid forced 300 villagers from their homes", ("300 villagers", 300, 300, "displaced")),
    ("Some 300 people had crossed the Dorn to safety", ("Some 300 people", 300, 300, "displaced")),
    ("More than 50 people sought refuge in a school", ("More than 50 people", 51, None, "displaced")),
    # what befell them last
    ("17 people abducted in the raid remain missing", ("17 people", 17, 17, "missing")),
    ("Three men seized last week were found dead", ("Three men", 3, 3, "killed")),
    ("Twelve people who were wounded in the blast have died", ("Twelve people", 12, 12, "killed")),
    ("One of four men held since May died in custody", ("One", 1, 1, "killed")),
    ("Two of the injured later died", ("Two", 2, 2, "killed")),
    ("Three men wounded in the raid were taken away", ("Three men", 3, 3, "wounded")),
    # couples, crews, those beside somebody not counted
    ("It killed a couple and their daughter", ("a couple and their daughter", 3, 3, "killed")),
    ("A couple of sailors died", ("A couple of sailors", 2, 2, "killed")),
    ("The crew of five was killed", ("crew of five", 5, 5, "killed")),
    ("The mayor was killed along with four guards", ("four guards", 4, 4, "killed")),
    ("Two of its guards were killed", ("Two of its guards", 2, 2, "killed")),
    ("One of the guards was killed", ("One of the guards", 1, 1, "killed")),
    # ages, and the person whose age it is
    ("Her son Omar, 12, was killed", ("Her son Omar", 1, 1, "killed")),
    ("The mother said her daughter Rana, seven, was dead", ("her daughter Rana", 1, 1, "killed")),
    ("Omar Hadi (41) was wounded", ("Omar Hadi", 1, 1, "wounded")),
    ("Ana Sand, aged 34, was killed", ("Ana Sand", 1, 1, "killed")),
    ("Ana Sand, 34 years old, was killed", ("Ana Sand", 1, 1, "killed")),
    ("Two women were killed as he, who was 34, was away", ("Two women", 2, 2, "killed")),
    ("Four women were killed when she turned 16", ("Four women", 4, 4, "killed")),
    ("The toll was 34", ("34", 34, 34, "killed")),
    ("A driver, Omar Hadi, 41, was killed", ("A driver", 1, 1, "killed")),
    ("Two boys aged nine and 11 were killed", ("Two boys", 2, 2, "killed")),
    ("A girl of seven was killed", ("A girl", 1, 1, "killed")),
    ("A girl of seven and her mother were killed", ("A girl of seven and her mother", 2, 2, "killed")),
    ("The guards, 34 in all, were killed", ("34", 34, 34, "killed")),
    ("On Sunday 12, including nobody from here, were killed", ("12", 12, 12, "killed")),
    # numbers that belong to a name
    ("The two women, shot in Block 14, were killed", ("two women", 2, 2, "killed")),
    ("Officers of Unit 61398 killed two men", ("two men", 2, 2, "killed")),
    ("Gunmen on route 7 shot dead two drivers", ("two drivers", 2, 2, "killed")),
    ("No. 3 Company lost four men", ("four men", 4, 4, "killed")),
    ("M23 said 12 civilians were killed", ("12 civilians", 12, 12, "killed")),
    ("The group killed 12", ("12", 12, 12, "killed")),
    ("Six guards of Falcon 9, a private firm, were killed", ("Six guards", 6, 6, "killed")),
    ("In Dorn 12 were killed", ("12", 12, 12, "killed")),
    ("In that area 12 were killed", ("12", 12, 12, "killed")),
    # tolls that changed
    ("The death toll of the two raids rose to 15", ("15", 15, 15, "killed")),
    ("Officials revised the toll from 41 to 34", ("34", 34, 34, "killed")),
    ("The toll rose from 12 to 15", ("12 to 15", 15, 15, "killed")),
    ("The toll ranges from 12 to 15", ("12 to 15", 12, 15, "killed")),
    ("This brought to 57 the number of people killed since May", ("57", 57, 57, "killed")),
    ("The death toll climbs past 30", ("30", 31, None, "killed")),
    ("The death toll nears 30", ("30", None, 30, "killed")),
    ("The dead numbered 12", ("12", 12, 12, "killed")),
    ("They found the bodies of three men abducted last week", ("three men", 3, 3, "killed")),
    ("It told of the execution of 20 wounded soldiers", ("20", 20, 20, "killed")),
    ("They found the body of a woman", ("a woman", 1, 1, "killed")),
    ("A nurse was fatally wounded", ("A nurse", 1, 1, "killed")),
    ("Ten miners buried under rubble have died", ("Ten miners", 10, 10, "killed")),
    ("12 were said to be missing", ("12", 12, 12, "missing")),
    ("The couple, both 70, were killed", ("The couple", 2, 2, "killed")),
    ("At least 17 people reported dead", ("At least 17 people", 17, None, "killed")),
    ("They killed one in Dorn", ("one", 1, 1, "killed")),
    ("The remains of four people were found", ("four people", 4, 4, "killed")),
    ("The army admitted the loss of six soldiers", ("six soldiers", 6, 6, "killed")),
    ("Five of his group were killed", ("Five", 5, 5, "killed")),
    # sickness is no deed; wards for the sick are attacked all the same
    ("Two nurses were killed at a cholera ward", ("Two nurses", 2, 2, "killed")),
    ("Two doctors fighting the cholera outbreak were shot dead", ("Two doctors", 2, 2, "killed")),
    ("Twelve people died in an outbreak of fighting", ("Twelve people", 12, 12, "killed")),
    ("Twelve people died from their wounds", ("Twelve people", 12, 12, "killed")),
    ("36 pilots were rounded up and executed", ("36 pilots", 36, 36, "killed")),
    ("The bomb killed 12 people on 3 April 2018", ("12 people", 12, 12, "killed")),
    ("In 2011 alone it killed 12 people", ("12 people", 12, 12, "killed")),
    ("The blast killed four guards who stood 30 metres away", ("four guards", 4, 4, "killed")),
    ("Four guards who stood at the gate were killed", ("Four guards", 4, 4, "killed")),
    ("18 IS fighters died", ("18 IS fighters", 18, 18, "killed")),
    ("Storms take hundreds of lives", ("hundreds", 200, None, "killed")),
    ("The agency put the death toll at least at 85", ("at least at 85", 85, None, "killed")),
    ("The toll of the war -- now in its sixth year -- stands at 470", ("470", 470, 470, "killed")),
    ("Up to 80 (KTA) fighters were destroyed", ("Up to 80 (KTA) fighters", None, 80, "killed")),
    ("Twelve sailors were among the victims", ("Twelve sailors", 12, 12, "killed")),
    ("It killed a staff member", ("a staff member", 1, 1, "killed")),
    ("It left nearly 50 _\x90_â_rebels_\x90_â_ dead", ("nearly 50 _\x90_â_rebels", None, 50, "killed")),
]


@pytest.mark.parametrize(("text", "figure"), ONE_FIGURE)
def test_one_figure(text: str, figure: tuple[str, int | None, int | None, str]) -> None:
    assert figures(f"{text}.") == [figure]


@pytest.mark.parametrize(("text", "figure"), ONE_FIGURE)
def test_commas_make_no_difference(text: str, figure: tuple[str, int | None, int | None, str]) -> None:
    bare = text.replace(", ", " ").replace("3,000", "3000")
    assert counts(bare) == [(figure[3], figure[1], figure[2])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9 shepherds killed 27 injured in port", [("killed", 9, 9), ("wounded", 27, 27)]),
        ("The bomb killed 23 and wounded 35 guards", [("killed", 23, 23), ("wounded", 35, 35)]),
        ("Bomb killed 12 wounded 30", [("killed", 12, 12), ("wounded", 30, 30)]),
        ("Seven were killed and nine wounded", [("killed", 7, 7), ("wounded", 9, 9)]),
        ("killing three people and injuring 40 others", [("killed", 3, 3), ("wounded", 40, 40)]),
        ("3 cooks among at least 17 dead", [("killed", 3, 3), ("killed", 17, None)]),
        ("Eleven guards and 17 rebels were killed", [("killed", 11, 11), ("killed", 17, 17)]),
        ("22 sailors, including 13 cooks, were killed", [("killed", 22, 22), ("killed", 13, 13)]),
        ("22 sailors - including 13 cooks - were killed", [("killed", 22, 22), ("killed", 13, 13)]),
        ("It killed 31 people, at least 20 of them children", [("killed", 31, 31), ("killed", 20, None)]),
        ("Two were killed on Monday and three on Tuesday", [("killed", 2, 2), ("killed", 3, 3)]),
        ("killing nine in one town and eight in another", [("killed", 9, 9), ("killed", 8, 8)]),
        ("killing 13 nurses eight sailors and one cook", [("killed", 13, 13), ("killed", 8, 8), ("killed", 1, 1)]),
        (
            "Nine were killed including a cook and 26 others were injured",
            [("killed", 9, 9), ("killed", 1, 1), ("wounded", 26, 26)],
        ),
        ("Of 60 guards six fled, four died", [("displaced", 6, 6), ("killed", 4, 4)]),
        ("killing six shepherds villagers said", [("killed", 6, 6)]),
        ("killed 43 sailors a teacher said", [("killed", 43, 43)]),
        ("Raid kills 13 harbour watch group says", [("killed", 13, 13)]),
        ("killing the groom and 12 guests", [("killed", 12, 12)]),
        (
            "21 were killed in the raids, 15 in the port and another six in the hills",
            [("killed", n, n) for n in (21, 15, 6)],
        ),
        ("11 cooks -- among them four women -- were killed", [("killed", 11, 11), ("killed", 4, 4)]),
        ("killed a staff member and around 20 cooks", [("killed", 1, 1), ("killed", 20, 20)]),
        ("The victims included 51 children and five nurses", [("killed", 51, 51), ("killed", 5, 5)]),
        # what a page prints between a label and the first sentence counts nobody
        (
            "Strike kills 10 - short URL 9432 At least 10 civilians were killed",
            [("killed", 10, 10), ("killed", 10, None)],
        ),
        ("One was killed and another wounded", [("killed", 1, 1), ("wounded", 1, 1)]),
        ("One raid killed two men and another wounded three", [("killed", 2, 2), ("wounded", 3, 3)]),
        ("The crew of five, among them two foreigners, had been killed", [("killed", 5, 5), ("killed", 2, 2)]),
        ("They abducted 12 miners, five of whom remain missing", [("detained", 12, 12), ("missing", 5, 5)]),
        ("Of the 12 killed, five were women", [("killed", 12, 12), ("killed", 5, 5)]),
        ("Five of the 30 injured are in critical condition", [("wounded", 5, 5), ("wounded", 30, 30)]),
        ("Two of the six wounded died", [("killed", 2, 2), ("wounded", 6, 6)]),
        ("Two of the six cooks were killed", [("killed", 2, 2)]),
        (
            "It killed five and a further 14 wounded, two of them badly",
            [("killed", 5, 5), ("wounded", 14, 14), ("wounded", 2, 2)],
        ),
        ("Police arrested 43 people, 12 of whom were later released", [("detained", 43, 43)]),
        ("Raid kills 30 rebels frees 19 cooks", [("killed", 30, 30)]),
        ("The toll was put at 34 by the mayor and at 50 by rebels", [("killed", 34, 34), ("killed", 50, 50)]),
        ("They destroyed a rebel command post and 80 rebels", [("killed", 80, 80)]),
        ("A woman, 67, was killed and her husband, 70, wounded", [("killed", 1, 1), ("wounded", 1, 1)]),
        ("A man, his wife and their four children were killed", [("killed", 2, 2), ("killed", 4, 4)]),
        ("Three died instantly and two later in hospital", [("killed", 3, 3), ("killed", 2, 2)]),
        ("Six died - four in Dorn and two in Tarn", [("killed", 6, 6), ("killed", 4, 4), ("killed", 2, 2)]),
        ("Two gunmen fled and 12 villagers fled", [("displaced", 12, 12)]),
        *((f"Forty {armed} fled the town and 12 villagers fled", [("displaced", 12, 12)]) for armed in ARMED_SIDES),
        *((f"Forty {armed} and their families were evacuated", [("displaced", 40, 40)]) for armed in ARMED_SIDES),
        *((f"Forty {armed} were killed", [("killed", 40, 40)]) for armed in ARMED_SIDES),
        ("Eight people were hurt, three critically", [("wounded", 8, 8), ("wounded", 3, 3)]),
        ("Three bodies were found, bringing the total to 18", [("killed", 3, 3), ("killed", 18, 18)]),
        ("Its rebels and 12 of its soldiers were killed, six wounded", [("killed", 12, 12), ("wounded", 6, 6)]),
        ("In Block 14, 12 people were killed and in Tarn 8", [("killed", 12, 12)]),
        ("Ana Sand, 34, and Omar Hadi, 41, were killed", [("killed", 2, 2)]),
        ("Ana Sand, 34, and her two children were killed", [("killed", 1, 1), ("killed", 2, 2)]),
        ("Ana Sand, 34, and her husband saw two men being killed", [("killed", 2, 2)]),
        ("Among the dead were Ana Sand, 34, and Omar Hadi, 41", [("killed", 2, 2)]),
        ("She mourned the death of Ana Sand, 34, and of two others", [("killed", 1, 1)]),
        ("Two women, shot near Velna 2, were killed", [("killed", 2, 2)]),
        ("The blast killed Omar Hadi, 41, a driver", [("killed", 1, 1)]),
        ("Three sisters, 7, 9 and 11, were killed", [("killed", 3, 3)]),
        ("In Dorn 12 people were killed, and three in Tarn", [("killed", 12, 12), ("killed", 3, 3)]),
        ("Toll rises to 20 At least three drivers were killed", [("killed", 20, 20), ("killed", 3, None)]),
    ],
)
def test_several_figures(text: str, expected: list[tuple[str, int | None, int | None]]) -> None:
    assert counts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "No one was injured.",
        "They killed on 12 March and in 2011.",
        "Two hideouts were burned and a number of guards were killed.",
        "The army destroyed 12 in the hills.",
        "(Photo 2018 Jane Roe) Member killed there.",
        "The raid destroyed 12 houses and 3 tanks.",
        "The rebels captured 12 villages.",
        "12 planes were hit, 30 km away, at 10:30, for 5 days.",
        "A suicide bomber reached the gate.",
        "Two residents said the wounded were moved.",
        "They laid flowers in memory of victims killed by a man.",
        "A nurse carried an injured girl.",
        "The council met 12 envoys.",
        "The 12-year-old war has killed many.",
        "It wounded several others.",
        "both miners and farmers were there, killed or not",
        "",
        "12",
        "killed",
        "5,000 civilians suffer a double siege",
        "At least 300 people were affected by food shortages",
        "Dozens of people were killed or wounded.",
        "More than 2,500 people died of cholera in a year.",
        "Cholera has killed 2,500 people.",
        "The outbreak has killed 12 people.",
        "There were 1,200 cases of cholera and 34 deaths.",
        "It saved the lives of 12 people.",
        "The fate of 12 miners remains unknown.",
        "A body of 12 experts met.",
        "One in ten of the dead was a child.",
        "All but two of the 40 passengers died.",
        "The party admitted the loss of six seats.",
        "The death toll of the two attacks is not known.",
        "Officers of Unit 61398 were killed.",
        "Ana Sand, 34, whose house was hit, said so.",
        "None of the 40 miners was hurt.",
        "It killed six of their animals and destroyed two of their vehicles.",
        # whoever only tells of it
        "A nurse who fled told reporters that the town was burning.",
        "One of the wounded said the shelling began at dawn.",
        "A gunman killed the mayor.",
        "An officer shot dead Omar Hadi.",
        # words that are also said of other things
        "The party is holding 12 seats and held two rallies.",
        "The council held 12 people responsible.",
        "The army held off a rebel advance.",
        "Twelve people held a vigil.",
        "About 300 people crossed the bridge on Sunday.",
        "Six miners were trapped in a lift.",
        "Six people were buried on Friday.",
        "The raid forced 300 villagers to hand over grain.",
        "The walk took 12 men three hours.",
        "The group freed 12 hostages.",
        "It was launched two and a half months after it was captured.",
    ],
)
def test_what_counts_nobody_harmed(text: str) -> None:
    assert figures(text) == []


def test_parties_exchanged_give_the_figures_exchanged() -> None:
    text = "At least 12 Arcadian soldiers died when Borean fighters shelled a post, wounding 3 Borean civilians."
    exchanged = text.replace("Arcadian", "@").replace("Borean", "Arcadian").replace("@", "Borean")
    assert counts(text) == counts(exchanged) == [("killed", 12, None), ("wounded", 3, 3)]


@pytest.mark.parametrize("people", ["Arcadians", "Boreans", "Northmen", "Northwomen"])
def test_a_people_is_counted_whatever_its_name(people: str) -> None:
    assert figures(f"They detained 12 {people} at the ford.") == [(f"12 {people}", 12, 12, "detained")]
    assert figures(f"They captured 12 {people.removesuffix('s')} villages.") == []


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("14 fighters from the hills were killed", "fighters from the hills"),
        ("Fourteen members of the town council were killed", "members of the town council"),
        ("dozens of people died", "people"),
        ("A nurse and her son died", "A nurse and her son"),
        ("20 dead", None),
    ],
)
def test_who_as_in_the_text(text: str, who: str | None) -> None:
    assert [c.who for c in find_casualties(text, ())] == [who]


def attribution(name: str, text: str, *contents: str) -> Attribution:
    spans = tuple(Span.of(text, text.index(c), text.index(c) + len(c)) for c in contents)
    return Attribution(name, None, None, spans, None, "indirect", "asserts", None, 1.0)


def test_a_figure_stands_on_the_innermost_word() -> None:
    text = "Ana said that Bo said that 12 people died, and 3 were hurt. Four are missing."
    attributions = [
        attribution("a1", text, "that Bo said that 12 people died, and 3 were hurt"),
        attribution("a2", text, "that 12 people died", "Bo said"),
    ]
    assert [(c.min, c.attribution) for c in find_casualties(text, attributions)] == [(12, "a2"), (3, "a1"), (4, None)]


LISTED = (
    "12 |one |a woman |people |killed |were |dead |and |including |of them |(|) |- |, |death toll |said |no |of |"
    "at least |another |her |Ana, 12, |or |of its |\u0663 |İ|😀|.|\n|in May "
)
PIECES = LISTED.split("|")


@given(st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_every_span_is_the_text_at_its_place(text: str) -> None:
    at = 0
    for casualty in find_casualties(text, ()):
        assert text[casualty.span.start : casualty.span.end] == casualty.span.text != ""
        assert at <= casualty.span.start
        assert casualty.min is not None or casualty.max is not None
        at = casualty.span.end


REPEATED = (
    "1,000,| |\n|.|at least |a man |12 killed |12 and |including |death toll |(|- |number killed |kills woman |"
    'one of them a |12 people and |twenty |of the 12 |Ana, 12, |died |wounded or |from 12 to |one in ten |"|man |'
    "child |man killed "
)


@pytest.mark.parametrize("piece", REPEATED.split("|"))
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    def seconds(size: int) -> float:
        text = ("killed " + piece * (size // len(piece) + 1))[:size] + " were killed"
        begin = time.process_time()
        find_casualties(text, ())
        return time.process_time() - begin

    assert (
        seconds(40_000) < 12 * seconds(10_000) + 0.2
    )  # four times the text; a square would take sixteen times as long
