"""Speech within speech that grammar leaves in no doubt. All texts are invented."""

import pytest

from sayso.read.relayed import is_speaker, relayed, relayed_last


def found(text: str, taken: tuple[tuple[int, int], ...] = ()) -> list[tuple[str, ...]]:
    return [tuple(text[slice(*span)] for span in spans) for spans in relayed(text, 0, len(text), taken)]


@pytest.mark.parametrize(
    ("text", "who", "verb", "said"),
    [
        ("the ministry had denied that the bridge fell", "the ministry", "denied", "the bridge fell"),
        ("they accused the Guard of using gas in the town.", "they", "accused", "the Guard of using gas in the town"),
        ("a spokesman for the council said ten people died", "a spokesman for the council", "said", "ten people died"),
        ("Orra Sand, who urged all sides to stop fighting", "Orra Sand", "urged", "all sides to stop fighting"),
        ("the two leaders on Monday stressed that talks go on", "the two leaders", "stressed", "talks go on"),
        ("the mayor told Tassa that the bridge fell at noon", "the mayor", "told", "the bridge fell at noon"),
        ("the council called for an end to the raids", "the council", "called", "for an end to the raids"),
    ],
)
def test_who_says_what(text: str, who: str, verb: str, said: str) -> None:
    assert found(text) == [(who, verb, said)]


@pytest.mark.parametrize(
    "text",
    [
        "if the council said that the bridge fell",
        "the council would have said that the bridge fell",
        "the council has not said that the bridge fell",
        "the bridge was denied to all the convoys",  # not who does it
        "the raid claimed the lives of ten people",
        "a raid which the council says was a mistake",
        "the bombs noted in the report of the day",
        "he met the group accused of killing ten people",
        "the militia blamed for the raid on the market fled",
        "the army said to have shelled the old town",
        "soldiers told to leave the town at once",
        "the general condemned for the raid on Orvane",
        "the men threatened with death by the Guard",
        "the he said-she-said dispute over the bridge",
    ],
)
def test_nobody_says_this(text: str) -> None:
    assert found(text) == []


def test_what_is_found_already_is_left_alone() -> None:
    text = "Orra said: the ministry had denied that the bridge fell, she added."
    had, said, added = (
        (text.index(words), text.index(words) + len(words)) for words in ("had denied", "said", "added")
    )
    within = text.index("the"), text.index(", she")
    assert list(relayed(text, *within, ())) != []
    assert list(relayed(text, *within, (said, had, added))) == []
    assert list(relayed(text, *within, (said, added))) != []


@pytest.mark.parametrize(
    ("text", "who", "verb", "said"),
    [
        ("“The road will be mined,” the army spokesman said", "the army spokesman", "said", "The road will be mined"),
        ('The road will be mined," said the army spokesman.', "the army spokesman", "said", "The road will be mined"),
        ("the road will be mined, the army warned", "the army", "warned", "the road will be mined"),
        ("“Go. It will be mined,” he added", "he", "added", "Go. It will be mined"),
    ],
)
def test_who_ends_what_is_told_by_saying_it(text: str, who: str, verb: str, said: str) -> None:
    found = relayed_last(text, 0, len(text), ())
    assert found is not None
    assert [text[slice(*span)] for span in found] == [who, verb, said]
    assert relayed_last(text, 0, len(text), [found[1]]) is None


@pytest.mark.parametrize(
    "text",
    [
        "the road will be mined",
        "Fled, she said",
        "it was worse than the army said",
        "“The road will be mined,” the market said",
        "the road will be mined, said on Monday",
        "the road, as the army said",
        "nobody knows who said what he said",
        "said",
    ],
)
def test_nobody_ends_these_by_saying_them(text: str) -> None:
    assert relayed_last(text, 0, len(text), ()) is None


@pytest.mark.parametrize("text", ["the army", "Orra Sand", "the army and the Guard", "they", "the ministry in Orvane"])
def test_who_speaks(text: str) -> None:
    assert is_speaker(text, 0, len(text))


@pytest.mark.parametrize(
    "text", ["the market", "the army that fled", "night", "", "of the army", "the army in May fled"]
)
def test_who_does_not(text: str) -> None:
    assert not is_speaker(text, 0, len(text))
