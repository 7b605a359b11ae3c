"""Interviews that are printed turn by turn: "Question: … Lind: …". What stands after who answers is that one's word.

Little that the network learned from is printed so, and nothing in the sentences themselves tells who speaks in them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.text import paragraphs

Offsets = tuple[int, int]

_LABEL = re.compile(
    r"^[ \t]*\[?(?P<label>[QA](?=\.[ \t]+[A-Z“\"])|[A-Z][\w./&’'-]*(?:[ ][A-Z(][\w./&’')-]*){0,4}(?=\]?:))\]?[.:]"
    r"[ \t]+(?=\S)",
    re.MULTILINE,
)
_WORD = re.compile(r"\w")
_QUESTION, _ANSWER = "question", "answer"
QUESTIONS = frozenset({"q", _QUESTION})  # what stands before turns in place of names
_ANSWERS = frozenset({"a", _ANSWER})
_TWICE = 2  # times that somebody answers or asks, at the least: a line of another kind may begin like a turn
# Whom it was with, as far as the words leave no doubt: "spoke with" may be said of either.
_ASKED = re.compile(
    r"\b(?:(?:[Ii]nterview|Q\s?(?:&|and)\s?A|[Cc]onversation)\s+with|"
    r"[Ww]e\s+(?:asked|interviewed|(?:spoke|talked)\s+(?:to|with)))\s"
    r"[^\n.]{0,80}?\b(?P<name>(?:[A-Z][\w’'-]+\.?[ ]){1,5}[A-Z][\w’'-]+)",
)


@dataclass(frozen=True, slots=True)
class Turn:
    """A paragraph of what somebody answers: where the article names who, if it does; what stands before the turn where
    that is no name ("Answer"); and the words. Offsets."""

    source: Offsets | None
    cue: Offsets | None
    content: Offsets


def turns(text: str) -> list[Turn]:
    """The answers of an interview, paragraph by paragraph, in text order; none where the text is no interview.

    It is one where somebody's turns mostly end in a question, and others answer. It begins with a question, and the
    last answer ends with its paragraph: what stands before and after is the outlet's.
    """
    labels = list(_LABEL.finditer(text))
    if len(labels) < 2 * _TWICE:
        return []
    ends = [*(label.start() for label in labels[1:]), len(text)]
    spoken = defaultdict[str, list[Offsets]](list)
    for label, end in zip(labels, ends, strict=True):
        spoken[_speaker(label)].append((label.end(), end))
    often = {who: said for who, said in spoken.items() if len(said) >= _TWICE}
    asking = {who for who, said in often.items() if 2 * sum(_asks(text, *span) for span in said) > len(said)}
    answering = often.keys() - asking
    first = next((at for at, label in enumerate(labels) if _speaker(label) in asking), len(labels))
    asked = _asked(text, labels[first].start()) if asking else None
    found: list[Turn] = []
    for label, end in zip(labels[first:], ends[first:], strict=True):
        if (who := _speaker(label)) in answering:
            named = who != _ANSWER
            source, cue = (label.span("label"), None) if named else (asked, label.span("label"))
            pieces = _paragraphs(text, label.end(), end)
            found += [Turn(source, cue, piece) for piece in (pieces[:1] if label is labels[-1] else pieces)]
    return found


def turn_of(turns: Sequence[Turn], start: int, end: int) -> Turn | None:
    """The turn in whose words all of the text from ``start`` to ``end`` lies."""
    at = bisect_right(turns, start, key=lambda turn: turn.content[0]) - 1
    return turns[at] if at >= 0 and end <= turns[at].content[1] else None


def _speaker(label: re.Match[str]) -> str:
    """Who speaks, told by the last word: "MARA LIND" at first, and then "LIND"."""
    name = label["label"].rpartition(" ")[2].lower()
    return _QUESTION if name in QUESTIONS else _ANSWER if name in _ANSWERS else name


def _asks(text: str, start: int, end: int) -> bool:
    return text[start:end].rstrip(" \t\n\"”’')").endswith("?")


def _paragraphs(text: str, start: int, end: int) -> list[Offsets]:
    """Those that somebody speaks: not what stands in brackets, which is about the interview, nor dots."""
    found = ((start + a, start + b) for a, b in paragraphs(text[start:end]))
    return [(a, b) for a, b in found if text[a] not in "[(" and _WORD.search(text, a, b)]


def _asked(text: str, end: int) -> Offsets | None:
    """The name, before the first turn, of the one with whom the text says that the interview was; None if it does not
    say so, or of several."""
    named = list(_ASKED.finditer(text, 0, end))
    one = len({name["name"].rpartition(" ")[2] for name in named}) == 1
    return named[0].span("name") if one else None
