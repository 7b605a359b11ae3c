"""``--about``: words in the contents of claims."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.ledger.builders import Builder, received

from sayso.errors import UsageError
from sayso.ledger import Ledger
from sayso.types import Filters

CONTENTS = [
    "Shells fell on Orvane's market",
    "the market of Orvane fell silent",
    "U.S. aid reached the café at mid-day",
    "قتل عشرة في المدينة",
    "NOT a word OR two AND near(this, that)",
    "ten of the 10,000 fled",
]


@pytest.fixture
def ledger(fresh_ledger: Ledger) -> Ledger:
    item = received("\n\n".join(CONTENTS))
    build = Builder(item)
    for content in CONTENTS:
        build.says(None, content)
    fresh_ledger.store(item, build.reading)
    return fresh_ledger


def found(ledger: Ledger, about: str) -> list[int]:
    return [CONTENTS.index(row.text) for row in ledger.claims(Filters(about=about))]


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        ("fell", [0, 1]),
        ("FELL  market", [0, 1]),
        ("market fell shells", [0]),
        ('"fell on"', [0]),
        ('"fell silent" market', [1]),
        ('“fell on” "market"', [0]),
        ('"fell market"', []),
        ("mark", []),  # whole words
        ("orvane", [0, 1]),
        ("orvane's", [0]),
        ("U.S.", [2]),
        ("cafe", [2]),
        ("mid-day", [2]),
        ("day-mid", []),
        ("عشرة", [3]),
        ("not or and near", [4]),
        ("near(this", [4]),
        ("10,000", [5]),
        ("10", [5]),
        ('"unbalanced fell', []),
        ('"fell', [0, 1]),
    ],
)
def test_words_and_phrases(ledger: Ledger, about: str, expected: list[int]) -> None:
    assert found(ledger, about) == expected


@pytest.mark.parametrize("about", ["", " ", "-", '"', '""', "* ( ) ^ :", "“”", "\x00", "\ud800"])
def test_nothing_to_look_for_is_a_usage_error(ledger: Ledger, about: str) -> None:
    with pytest.raises(UsageError, match="no word to look for"):
        found(ledger, about)


@pytest.mark.parametrize(
    "about",
    [
        "text:fell",
        "fell*",
        "^fell",
        "fell NOT silent",
        "(fell",
        "fell OR zzz",
        "fell\x00",
        "fell;",
        "{text} : fell",
        "-fell",
        "NEAR(fell on, 2)",
    ],
)
def test_search_syntax_is_only_words(ledger: Ledger, about: str) -> None:
    words = [w.casefold() for w in re.findall(r"\w+", about)]
    expected = [n for n, content in enumerate(CONTENTS) if set(words) <= set(re.findall(r"\w+", content.casefold()))]
    assert found(ledger, about) == expected


def test_a_long_query_is_no_error(ledger: Ledger) -> None:
    assert found(ledger, "fell " * 5000) == [0, 1]


ALPHABET = "ab é\"'*-.:(^\u0301ع中1_"


@given(about=st.text(ALPHABET, min_size=1, max_size=12))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_asked_a_search_finds_what_a_scan_finds(ledger: Ledger, about: str) -> None:
    try:
        hits = found(ledger, about)
    except UsageError:
        assert not any(c.isalnum() for c in about)
        return
    assert hits == [n for n, content in enumerate(CONTENTS) if scan(content, about)]


def scan(content: str, about: str) -> bool:
    """The plain meaning of a search: each phrase's words stand one after the other among the content's words."""
    has = tokens(content)
    phrases = [m[1] if m[1] is not None else m[2] for m in re.finditer(r'"([^"]*)"?|([^\s"]+)', about)]
    wanted = [tokens(phrase) for phrase in phrases]
    return all(any(has[i : i + len(w)] == w for i in range(len(has) - len(w) + 1)) for w in wanted)


def tokens(text: str) -> list[str]:
    plain = text.casefold().replace("é", "e").replace("\u0301", "")
    return re.findall(r"[^\W_]+", plain)
