"""Readings that a person has corrected, as examples to learn from.

A line holds one reading, as ``sayso read --json`` prints it. Its attributions are taken as complete, and its events
where it has any; whatever else it holds was made by plain code, which does not learn.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sayso.read.headline import repeated_headline
from sayso.read.heads import CERTAINTIES, EVENTS, LEVELS
from sayso.train.corpora import Example, Relation

Offsets = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Bad:
    """A line that cannot be learned from, counted from 1, and why."""

    line: int
    reason: str


def corrections(lines: Iterable[bytes]) -> tuple[list[Example], list[Bad]]:
    """What can be learned from, and what cannot. Empty lines are neither."""
    found, bad = [], []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            found.append(_example(json.loads(line)))
        except KeyError as error:
            bad.append(Bad(number, f"{error} is missing"))
        except RecursionError:
            bad.append(Bad(number, "lists or objects lie within one another too deeply"))
        except ValueError as error:  # of JSON and of UTF-8, too
            bad.append(Bad(number, str(error)))
    return found, bad


def _example(record: Any) -> Example:
    """KeyError or ValueError, with the reason, where it is no reading."""
    reading = _object("the line", record)
    text = _object("article", reading["article"])["text"]
    if not isinstance(text, str) or not text.strip():
        raise ValueError("article.text: expected a text")
    text.encode("utf-8")  # half a character is nothing to learn from
    # Of a headline that stands there twice, readings leave out the first.
    headline = repeated_headline(text) if reading["article"].get("title") else 0
    attributions = _by_id(reading["attributions"])
    events = [_event(text, e) for e in _list("events", reading.get("events") or [])]
    return Example(
        text,
        tuple(_relation(text, key, attributions) for key in attributions if _level(key, attributions) < LEVELS),
        tuple((level, 0, headline, "nothing") for level in range(LEVELS)) if headline else (),
        events=tuple(events),
        events_complete=bool(events),  # a reading without any may come from a reader that marks none
    )


def _by_id(value: Any) -> dict[str, Mapping[str, Any]]:
    found = {}
    for item in _list("attributions", value):
        key = _object("an attribution", item)["id"]
        if not isinstance(key, str) or key in found:
            raise ValueError(f"attribution {key!r}: expected an id that no other has")
        found[key] = item
    return found


def _relation(text: str, key: str, attributions: Mapping[str, Mapping[str, Any]]) -> Relation:
    item, of = attributions[key], f"attribution {key}"
    content = tuple(sorted(_span(text, f"{of}: content", s) for s in _list(f"{of}: content", item["content"])))
    if not content:
        raise ValueError(f"{of}: expected a content")
    source, cue = (
        (_span(text, f"{of}: {role}", item[role]),) if item[role] is not None else () for role in ("source", "cue")
    )
    return Relation(source, cue, content, _level(key, attributions))


def _level(key: str, attributions: Mapping[str, Mapping[str, Any]]) -> int:
    """How many attributions an attribution lies within."""
    above, seen = attributions[key]["within"], {key}
    while above is not None:
        if not isinstance(above, str) or above not in attributions or above in seen:
            raise ValueError(f"attribution {key}: within {above!r}, which is no other attribution that holds it")
        seen.add(above)
        above = attributions[above]["within"]
    return len(seen) - 1


def _event(text: str, value: Any) -> tuple[str, frozenset[str], int, int]:
    item = _object("an event", value)
    certainty = _one_of("event: certainty", item["certainty"], CERTAINTIES)
    return (
        _one_of("event: type", item["type"], EVENTS[1:]),
        frozenset((certainty,)),
        *_span(text, "event", item["span"]),
    )


def _span(text: str, of: str, value: Any) -> Offsets:
    span = _object(of, value)
    start, end = span["start"], span["end"]
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
        raise ValueError(f"{of}: {start!r} to {end!r} is no stretch of a text of {len(text)} characters")
    if span["text"] != text[start:end]:
        raise ValueError(f"{of}: {span['text']!r} is not what stands at {start} to {end}, {text[start:end]!r}")
    return start, end


def _object(of: str, value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise ValueError(f"{of}: expected an object")
    return value


def _list(of: str, value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError(f"{of}: expected a list")
    return value


def _one_of(of: str, value: Any, known: tuple[str, ...]) -> str:
    if value not in known:
        raise ValueError(f"{of}: {value!r}; there is: {', '.join(known)}")
    return str(value)
