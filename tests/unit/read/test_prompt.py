"""Answers are read strictly: what is not exactly what was asked for is refused with a reason that repeats no word."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.read.endpoint import ANSWER

from sayso.read.prompt import SCHEMA, AnswerError, parse_answer, parts

ONE: dict[str, Any] = ANSWER["attributions"][0]


def parsed(answer: object) -> Any:
    return parse_answer(answer if isinstance(answer, str) else json.dumps(answer), 32)


@pytest.mark.parametrize(
    "wrapping", ["{}", "\n {} \n", "```json\n{}\n```", "Here it is:\n```\n{}\n```\nDone.", "<think>Hm {{ …</think>\n{}"]
)
def test_an_answer_and_what_models_put_around_it(wrapping: str) -> None:
    answer = parsed(wrapping.replace("{}", json.dumps(ANSWER)).replace("{{", "{"))

    assert [told.id for told in answer.attributions] == [1, 2, 3]
    assert answer.attributions[1].within == 1
    assert answer.names[2] == ("place", "Karvel")


def test_what_may_be_null_may_be_missing() -> None:
    (told,) = parsed({"attributions": [{"id": 1, "content": ["x"]}]}).attributions

    assert (told.source, told.cue, told.within, told.claimant, told.stance) == (None,) * 5


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("", "no valid JSON at character 0"),
        ("I cannot help with that.", "no valid JSON"),
        (json.dumps(ANSWER)[:-40], "no valid JSON"),
        ("```json\n" + json.dumps(ANSWER), "no valid JSON"),
        ('{"attributions": NaN}', "no valid JSON"),
        ("[" * 100_000, "nested deeper than 32"),
        ('{"attributions": ' + "[" * 50 + "]" * 50 + "}", "nested deeper than 32"),
        ("1" * 5000, "no valid JSON"),
        ("[]", "the answer is a list; expected an object"),
        ("{}", "attributions is missing or null; expected a list"),
        ({"attributions": {}}, "attributions is an object; expected a list"),
        ({"attributions": ["x"]}, r"attributions\[0\] is a text; expected an object"),
        ({"attributions": [ONE | {"id": "1"}]}, r"attributions\[0\].id is a text; expected a whole number"),
        ({"attributions": [ONE | {"id": True}]}, "id is true or false"),
        ({"attributions": [ONE | {"id": 1.5}]}, "id is a number"),
        ({"attributions": [ONE | {"content": "that"}]}, "content is a text; expected a list"),
        ({"attributions": [ONE | {"content": [None]}]}, r"content\[0\] is missing or null"),
        ({"attributions": [ONE | {"content": ["x"] * 21}]}, "more than 20 pieces"),
        ({"attributions": [ONE | {"source": ["x"]}]}, "source is a list; expected a text"),
        ({"attributions": [ONE | {"within": "1"}]}, "within is a text"),
        ({"attributions": [ONE | {"stance": "claims"}]}, "stance is none of: asserts, denies"),
        ({"attributions": [ONE | {"stance": ["asserts"]}]}, "stance is none of"),
        ({"attributions": [ONE, ONE]}, "the same id"),
        ({"attributions": [], "names": [{"text": "x"}]}, r"names\[0\].kind is missing"),
        ({"attributions": [], "names": [{"text": 1, "kind": "place"}]}, r"names\[0\].text is a number"),
        ({"attributions": [], "names": [{"text": "x", "kind": "place"}] * 5001}, "more than 5,000 pieces"),
    ],
)
def test_what_is_not_what_was_asked_for(answer: object, reason: str) -> None:
    with pytest.raises(AnswerError, match=reason):
        parsed(answer)


def test_brackets_in_a_text_are_no_depth() -> None:
    told = parsed({"attributions": [ONE | {"content": ["[" * 100 + '\\"' + "{" * 100]}]})

    assert told.attributions[0].content[0].startswith("[[[")


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
    )
)
def test_nothing_but_an_answer_error_comes_of_any_json(value: object) -> None:
    for answer in (value, {"attributions": value}, {"attributions": [value]}, {"attributions": [], "names": value}):
        with suppress(AnswerError):
            parsed(json.dumps(answer))


def test_the_schema_is_what_strict_endpoints_take() -> None:
    """Every property is required, and there are no others; so these endpoints refuse nothing of it."""

    def check(schema: dict[str, Any]) -> None:
        if schema["type"] == "object":
            assert schema["required"] == list(schema["properties"])
            assert schema["additionalProperties"] is False
            for inner in schema["properties"].values():
                check(inner)
        elif schema["type"] == "array":
            check(schema["items"])

    check(SCHEMA)


@given(st.text(alphabet="a. \nB", max_size=300), st.integers(1, 50))
def test_parts_hold_the_whole_text(text: str, size: int) -> None:
    found = list(parts(text, size))

    assert all(0 < b - a <= size for a, b in found)
    assert "".join("".join(text[a:b].split()) for a, b in found) == "".join(text.split())
    assert found == sorted(found)


def test_parts_end_between_paragraphs_where_they_can() -> None:
    text = "One.\n\nTwo is here. It is long.\n\nThree."

    assert [text[a:b] for a, b in parts(text, 16)] == ["One.", "Two is here.", "It is long.", "Three."]
    assert [text[a:b] for a, b in parts(text, 34)] == ["One.\n\nTwo is here. It is long.", "Three."]
