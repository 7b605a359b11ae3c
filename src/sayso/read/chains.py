"""Chains put right: who tells what on whose word, where grammar leaves no doubt and the network took one for the other.

"According to residents, the town fell, he said" is his word, and within it theirs; "the mayor, quoted by the Herald,
said that it fell" is the Herald's, and within it the mayor's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from sayso.read.attributions import Marks
from sayso.read.citing import with_apposed
from sayso.read.clauses import FINITE, INFINITIVE, ING, VERBS, parsed
from sayso.read.found import Found, Offsets, kept, less, text_order, trimmed
from sayso.read.nouns import PERSON_ROLES
from sayso.read.trailing import SURE, speaker
from sayso.text import sentence_of, sentences

_HE = re.compile(r"(?:he|she|they)\Z", re.IGNORECASE)
_QUOTED = re.compile(r"(?:\b(?:was|were|is|are|been)\s)?\b(?:quoted|cited)(?P<saying>\sas\ssaying)?\s(?:by|in)\Z")
_AS_SAYING = re.compile(r"\s?,?\s?(?P<cue>as saying)\b")
_OFFICE = re.compile(
    r"(?P<who>\b(?:the|an?|its|his|her|their)\s(?:[\w’'-]{1,30}\s){0,6}?(?P<head>[\w-]{3,30})),\s\Z", re.IGNORECASE
)
_AGE = re.compile(r",\s\d{1,3},")  # "according to Mara Lind, 42, …"
_WHOM = re.compile(
    r"\b(?P<who>(?:an?|the|one|two|three|several)\s(?:[\w’'-]{1,30}\s){0,5}?[\w-]{3,30})\s"
    r"(?P<cue>(?:quoted|cited)\sby)\s(?:the\s)?\Z",
    re.IGNORECASE,
)
_BOTH = re.compile(r"(?P<who>[^,]{3,80}),\s(?P<cue>(?:quoted|cited)\sby)\s(?P<by>[^,]{2,60}),?")  # one source for two
_REACH = 100  # characters before "quoted by" among which who is quoted stands
_FEWEST = 3  # words of what is said
_VERBS = frozenset((FINITE | VERBS) - {ING, INFINITIVE})


def with_chains(text: str, marks: Marks) -> Marks:
    """``marks`` with the chains of "according to" and "quoted by" put right, and with the names of whom something is
    according to: "according to the mayor, Ivo Sand, ten died"."""
    added = list[Found]()
    held, sharing = defaultdict[int, list[Found]](list), defaultdict[Offsets, list[Found]](list)
    for found in marks.relations:
        held[id(found.parent)].append(found)
        if found.source:
            sharing[found.source].append(found)
    for found in marks.relations:
        if text[slice(*found.cue)].lower() == "according to":
            _with_apposed(text, found, held[id(found)], marks)
            if inner := next((f for f in held[id(found)] if _tells_of(text, found, f)), None):
                _exchange(found, inner, held[id(found)])
        elif found.source and (quoted := _QUOTED.search(text, *found.cue)):
            near = [*held[id(found)], *(f for f in sharing[found.source] if f is not found)]
            added += _quoted(text, found, quoted, near, marks)
        elif found.source and (whom := _WHOM.search(text, max(0, found.source[0] - _REACH), found.source[0])):
            added += _quoted_source(text, found, whom, held[id(found)])
        elif found.source and (split := _BOTH.fullmatch(text, *found.source)):
            outer = Found(
                split.span("by"), split.span("cue"), found.content, found.score, found.parent, found.embedding
            )
            found.source, found.parent = split.span("who"), outer
            added.append(outer)
    return replace(marks, relations=sorted(kept([*marks.relations, *added]), key=text_order))


def _tells_of(text: str, outer: Found, inner: Found) -> bool:
    """True where ``inner`` tells what is so according to ``outer``, and not the reverse: "according to the ministry, it
    fell, he said", "the general said that according to residents it fell". Behind it all, "the general said it fell,
    according to residents", it may as well be residents who heard him."""
    if not inner.source or not outer.source or outer.source[0] < outer.cue[1]:
        return False
    who = text[slice(*inner.source)]
    if outer.cue[0] <= inner.content[0][0] and inner.content[-1][1] <= inner.source[0]:
        return bool(_HE.match(who))
    between = inner.cue[1] <= outer.cue[0] <= inner.content[0][0]  # not "said, according to residents, that it fell"
    return between and text[inner.cue[0] : outer.cue[0]].rstrip(" ,").endswith(" that")


def _exchange(outer: Found, inner: Found, held: list[Found]) -> None:
    """Make the two relations each other's: what is within them lies within both."""
    for f in held:
        f.parent = inner if f is not inner else outer
    begin, end = min(outer.cue[0], inner.content[0][0]), inner.content[-1][1]
    if inner.cue[1] <= outer.cue[0]:  # "he said that according to residents …"
        end = max(end, outer.content[-1][1], outer.source[1] if outer.source else 0)
    outer.source, inner.source = inner.source, outer.source
    outer.cue, inner.cue = inner.cue, outer.cue
    outer.content = ((begin, end),)


def _with_apposed(text: str, found: Found, held: list[Found], marks: Marks) -> None:
    """Give the source the name that stands behind what somebody is: "the mayor of Orvane, Ivo Sand"."""
    if not found.source:
        return
    start, found.source = found.source[1], with_apposed(text, found.source, marks)
    end = found.source[1]
    named = text[found.source[0] : end].rpartition(" ")[2].istitle()
    if named and (age := _AGE.match(text, end)):
        end = age.end()
    if start < end:
        for f in (found, *held):
            f.content = less(text, f.content, start, end)


def _quoted(text: str, found: Found, quoted: re.Match[str], near: list[Found], marks: Marks) -> Iterator[Found]:
    """Make ``found`` the relation of who quotes, "quoted by the Herald", and what it holds that of who is quoted; that,
    where it is new."""
    if not found.source or not 0 < found.source[0] - found.cue[1] <= len(" the "):
        return
    first, last = sentence_of(sentences(text), found.cue[0])
    before = first + len(text[first : quoted.start()].rstrip(" ,"))
    whom = speaker(text, max(first, before - _REACH), before, lambda: _named(marks))
    if not whom:
        return
    office = _OFFICE.search(text, max(first, whom[0] - _REACH), whom[0])
    if office and office["head"].lower() in PERSON_ROLES:
        whom = office.start("who"), whom[1]
    said = next((f for f in near if found.source[1] <= f.cue[0] < last and f.source in (None, found.source)), None)
    saying = _AS_SAYING.match(text, found.source[1], last)
    cue = found.cue if quoted["saying"] else saying.span("cue") if saying else said.cue if said else None
    if cue is None or any(f.source and f is not said for f in near):
        return
    end = first + len(text[first:last].rstrip(" .\n"))
    content = trimmed(text, [(max(found.source[1], cue[1]), end)])
    ahead = less(text, found.content, whom[0], last)
    told = sum(len(text[a:b].split()) for a, b in ahead if b <= whom[0]) >= _FEWEST
    when = told and (quoted["saying"] or not _has_verb(text, content))  # "as saying by the Herald on Monday evening"
    if when or not content or len(text[slice(*content[0])].split()) < _FEWEST:
        content = ahead
    if not content:
        return
    found.content = content
    if said:
        said.source, said.cue, said.content, said.parent = whom, cue, content, found
    else:
        yield Found(whom, cue, content, SURE, found, found.embedding)


def _has_verb(text: str, content: tuple[Offsets, ...]) -> bool:
    return any(not _VERBS.isdisjoint(parsed(text, piece, (), (), ())[0].tags) for piece in content)


def _quoted_source(text: str, found: Found, whom: re.Match[str], held: list[Found]) -> Iterator[Found]:
    """The relation of who quotes in "ten died, a source cited by the Herald said", of which ``found`` becomes what the
    source says; none where that is found already, among what it ``held``."""
    content = less(text, found.content, whom.start(), whom.end())
    if found.source and content and content != found.content and found.source[1] < found.cue[0]:
        if said := next((f for f in held if f.source == whom.span("who")), None):
            found.cue, said.cue, found.content = whom.span("cue"), found.cue, content
            return
        outer = Found(found.source, whom.span("cue"), content, found.score, found.parent, found.embedding)
        found.source, found.content, found.parent = whom.span("who"), content, outer
        yield outer


def _named(marks: Marks) -> dict[int, int]:
    """Where the names of who may speak begin, by where they end."""
    return {b: a for kind, a, b in marks.mentions if kind in ("person", "organisation")}
