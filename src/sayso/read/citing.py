"""Whom a source cites: "raids hit the port, an agency reported, citing a police officer" is a chain of two.

Much reaches a report in these words, and corpora mark them in several ways, so that the network gives "citing" now to
the one who cites, now to the one who is cited. So plain code reads them: what the first tells is what the second said.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sayso.read.attributions import Marks
from sayso.read.found import Found, Offsets, less, text_order
from sayso.read.names import head_of, singular
from sayso.read.nouns import PERSON_ROLES, SPEAKERS
from sayso.wordsets import WEEKDAYS, word_set

_CITING = re.compile(
    r"(?<![\w-])(?:citing|quoting|(?P<which>which\s(?:ha[sd]\s)?(?:quote|cite)[sd]))(?=\s+\w)", re.IGNORECASE
)
_REACH = 80  # characters before "citing" in which somebody tells something
_TOLD = re.compile(
    r"\b(?P<cue>(?:(?:has|have|had)\s)?(?:said|says|reports?|reported|adds|added|announced|confirmed|stated|wrote))"
    r"(?:\s[\w’'-]+){0,4}\s?,?\s{1,2}\Z"
)
_AFTER = re.compile(r"(?:\s[\w’'-]+){0,4}\s?,?\s{1,2}")  # "reported on Monday, citing"
_ACCORDING = re.compile(r"\b(?P<cue>according to)\s+\Z", re.IGNORECASE)
_LONGEST, _MOST = 160, 12  # characters and words of who is cited
_INITIALS = re.compile(r"(?:[A-Z]\.)+|(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Capt|Brig|Sgt|St)\.")
_NAME = r"(?:[A-Z][\w’'-]*|(?:al|el|bin|ibn|van|von|de|da)\b)"
_APPOSED = re.compile(rf",\s(?P<name>{_NAME}(?:[\s-]{_NAME}){{0,4}})(?=[,.\n]|\Z)")
# Behind a name that is what is told about: "Orvane Hill, the capital of the north, was hit".
_SUBJECT = re.compile(r",\s(?:the|an?)\s[^,.]{3,80},\s(?:was|were|is|are|has|have|had|will|\w+ed|\w+s)\b")
_ENDS = '.,;:!?)"”“'
_STOPS = word_set(
    "that which who whom whose as saying said says told tells reported reports adding while but after when"
)
_WHERE = re.compile(r"\b(?:in|at|near|from|of|to|and)\s+(?:the\s+)?\Z")
_RELATING = word_set("at in of from on by with within inside near close for to familiar about")
_PARTIES = frozenset({"person", "organisation", "role"})
_FEWEST = 3  # words of what is told


def with_cited(text: str, marks: Marks) -> Marks:
    """``marks`` with each "citing" or "quoting" as the cue of whoever is cited, within the relation of who cites."""
    for inner in marks.relations:
        _uncross(text, inner)
    near, added = _Near(text, marks), list[Found]()
    for citing in _CITING.finditer(text):
        cited = _cited(text, citing.end())
        # What somebody is quoted "as" saying is another matter: it follows.
        if cited and not text.startswith("as ", cited[1] + 1) and (citing["which"] or near.speaks(cited)):
            added += _chained(near, citing.span(), with_apposed(text, cited, marks))
    return replace(marks, relations=sorted([*marks.relations, *added], key=text_order))


def _uncross(text: str, inner: Found) -> None:
    """ "The agency, citing an officer, said that …": put the words of saying with the agency, where they were given to
    the officer, and "citing" with the officer, whose name was taken for what the agency says."""
    outer = inner.parent
    if not outer or not inner.source or not _CITING.match(text, outer.cue[0]):
        return
    start, end = inner.source
    if 0 <= start - outer.content[0][0] <= 1 and outer.cue[1] <= start and end <= inner.cue[0]:
        outer.cue, inner.cue = inner.cue, outer.cue
        first, (begin, last) = inner.content[:-1], inner.content[-1]
        outer.content = inner.content = (*first, (begin, max(last, outer.content[-1][1])))
        outer.embedding = inner.embedding
        inner.source = start, start + len(text[start:end].rstrip(" ,"))


def _chained(near: _Near, citing: Offsets, cited: Offsets) -> Iterator[Found]:
    """Make the relations of one "citing" what they are; those that are new."""
    own = near.with_cue(citing)
    seen = near.telling(citing[0], own)
    telling = seen or (own and near.untold(citing[0], own))
    if not telling:
        return
    source = telling.source
    if source and not telling.cue[0] - _REACH < source[0] < cited[0]:  # who is cited was taken for who cites
        source = near.party_before(telling.cue[0])
    content = _less(near.text, telling.content, citing[0], cited[1])
    if own and not content:
        content = _less(near.text, own.content, citing[0], cited[1])
    if not content or not source:
        return
    if own and own in _upward(telling):
        telling.parent = own.parent
    telling.source, telling.content = source, content
    if own:
        own.source, own.cue, own.content, own.parent = cited, citing, content, telling
    else:
        yield Found(cited, citing, content, telling.score, telling, telling.embedding)
    if not seen:
        yield telling


class _Near:
    """What stands near a place in the text: looked up, as there may be many."""

    def __init__(self, text: str, marks: Marks) -> None:
        self.text = text
        self._relations = sorted(marks.relations, key=lambda f: f.cue)
        self._cues = [f.cue[0] for f in self._relations]
        self._named = sorted(marks.mentions, key=lambda m: m[1])
        self._starts = [start for _, start, _ in self._named]

    def _cued(self, start: int, end: int) -> list[Found]:
        """The relations whose cues begin there."""
        return self._relations[bisect_left(self._cues, start) : bisect_left(self._cues, end)]

    def with_cue(self, citing: Offsets) -> Found | None:
        """The relation of which ``citing`` is the cue, or part of it."""
        return next((f for f in self._cued(citing[0] - _REACH, citing[1]) if citing[0] < f.cue[1]), None)

    def telling(self, citing: int, own: Found | None) -> Found | None:
        """The relation whose words of telling, or whose source after them, stand right before ``citing``."""
        for f in reversed(self._cued(citing - 2 * _REACH, citing)):
            if f is not own and f.cue[1] < citing:
                if _AFTER.fullmatch(self.text, f.cue[1], citing):
                    return f
                if f.source and f.cue[1] < f.source[0] and 0 < citing - f.source[1] <= 2:
                    return f
        return None

    def untold(self, citing: int, own: Found) -> Found | None:
        """The relation of who cites, where the network saw but one, ``own``."""
        start = max(0, citing - _REACH)
        source = own.source if own.source and own.source[1] <= citing else None
        if told := _TOLD.search(self.text[start:citing]):
            cue = start + told.start("cue"), start + told.end("cue")
            source = source if source and source[1] <= cue[0] else self.party_before(cue[0])
        elif source and (told := _ACCORDING.search(self.text[start : source[0]])):
            cue = start + told.start("cue"), start + told.end("cue")
        else:
            return None
        return Found(source, cue, own.content, own.score, own.parent, own.embedding) if source else None

    def party_before(self, at: int) -> Offsets | None:
        """The party that is named right before ``at``, whole: "the Observatory for Peace". The network may take one for
        a place; what "in" or the like stands before is one."""
        last = bisect_left(self._starts, at) - 1
        if last < 0 or not 0 < at - self._named[last][2] <= 2:
            return None
        kind, start, end = self._named[last]
        if kind == "place" and _WHERE.search(self.text, max(0, start - 10), start):
            return None
        while last and self.text[self._named[last - 1][2] : start] in (" for ", " of ", " of the "):
            last -= 1
            start = self._starts[last]
        return start, end

    def speaks(self, cited: Offsets) -> bool:
        """True where the head of ``cited`` is a noun for who or what speaks, or part of what is marked as a party: not
        of "citing the bad weather"."""
        words = list(re.finditer(r"[\w’'-]+", self.text[slice(*cited)]))
        head = next((at for at, word in enumerate(words) if at and word.group().lower() in _RELATING), len(words))
        if not head:
            return False
        at = cited[0] + words[head - 1].start()
        if singular(words[head - 1].group().lower()) in SPEAKERS:
            return True
        last = bisect_right(self._starts, at) - 1
        return last >= 0 and self._named[last][0] in _PARTIES and at < self._named[last][2]


def _upward(found: Found) -> Iterator[Found]:
    above = found.parent
    while above:
        yield above
        above = above.parent


def _less(text: str, content: Sequence[Offsets], start: int, end: int) -> tuple[Offsets, ...]:
    """The pieces of a content without what stands from ``start`` to ``end``, as far as they tell anything."""
    return tuple(piece for piece in less(text, content, start, end) if len(text[slice(*piece)].split()) >= _FEWEST)


def with_apposed(text: str, source: Offsets, marks: Marks) -> Offsets:
    """``source`` with the name of a person that stands behind it in commas, where it is what somebody is."""
    start, end = source[0], source[0] + len(text[slice(*source)].rstrip(" ,"))
    phrase = text[start:end]
    head = head_of(phrase).lower()
    if head not in PERSON_ROLES:
        return source
    name = _APPOSED.match(text, end)
    if not name:
        return source
    at = bisect_left(marks.mentions, name.start("name"), key=lambda m: m[1])
    kind = next((kind for kind, a, _ in marks.mentions[at : at + 1] if a < name.end()), None)
    # A body's name and a person's look alike where a comma parts them from the sentence: two words will do.
    person = kind != "place" and (kind == "person" or " " in name["name"])
    return (start, name.end("name")) if person and not _SUBJECT.match(text, name.end()) else source


def _cited(text: str, after: int) -> Offsets | None:
    """The words after "citing" that say who is cited: up to a mark, or to what they say or when."""
    start = end = 0
    before = ""
    for number, match in enumerate(re.finditer(r"\S+", text[after : after + _LONGEST])):
        bare = match.group().rstrip(_ENDS)
        plain = bare.lower()
        if number == _MOST or not bare or plain in _STOPS or (before == "on" and plain in WEEKDAYS):
            break
        start = start or match.start()
        if plain != "on":
            end = match.start() + len(bare)
        before = plain
        if bare != match.group() and not _INITIALS.fullmatch(match.group()):
            break
    return (after + start, after + end) if end else None
