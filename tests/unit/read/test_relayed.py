"""Speech within speech that grammar leaves in no doubt. All texts are invented."""

import pytest

from sayso.read.relayed import relayed


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
