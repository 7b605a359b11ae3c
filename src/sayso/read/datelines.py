"""Places before a colon, which say where and not who: "ORVANE: Ten people died", "Orvane: ten dead in a raid".

To a network that reads no names they look like who speaks: "Ivo Sand: ten dead in a raid". A country may speak, as its
foe may that is none, "Norvia: the Guard killed ten" and "The Guard: Norvia killed ten"; so it is left to speak.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from sayso.placewords import DIRECTIONS, KIND_WORDS, REGION_WORDS, TOWN_WORDS
from sayso.read.attributions import Marks
from sayso.read.found import Offsets, kept, less
from sayso.read.gazetteer import Gazetteer, plain_key
from sayso.read.names import head_of, singular
from sayso.read.nouns import DOCUMENT_NOUNS, GROUP_NOUNS, PERSON_ROLES, SOURCES
from sayso.text import sentence_number, sentences

_SPEAKING = GROUP_NOUNS | PERSON_ROLES | SOURCES
_DIRECTION = re.compile(rf"(?:{'|'.join(DIRECTIONS)})\s", re.IGNORECASE)
_KIND = re.compile(rf"(?<=\w)\s(?:{'|'.join(REGION_WORDS | TOWN_WORDS)})\Z", re.IGNORECASE)
_SHORT = 4  # letters of initials, and of few towns
_KNOWN = 50_000  # people of a town after which a reader needs no telling
_REACH = 10_000  # characters around a label among which its name is looked for
_LONGEST = 120  # characters of a label


def less_places(text: str, marks: Marks, gazetteer: Gazetteer) -> Marks:
    """``marks`` without what is said by a place, or by a word for papers and pictures, that stands before a colon:
    "ORVANE: Ten people died", "Orvane: ten dead", "Communique: …". A country, "Norvia: …", is left, unless in capitals
    or behind a town. Who is quoted there is told as anywhere."""
    bounds, labels = sentences(text), set[Offsets]()
    surnames = {words[at:] for words in _people(text, marks) for at in range(1, len(words))}
    for found in marks.relations:
        if not found.source or text[slice(*found.cue)].strip() != ":" or found.source[1] > found.cue[0]:
            continue
        first = max(bounds[sentence_number(bounds, found.source[0])][0], text.rfind("\n", 0, found.source[0]) + 1)
        label = first, found.cue[0]
        if label[1] - first < _LONGEST and (label in labels or _is_label(text, label, surnames, gazetteer)):
            found.content = ()
            labels.add(label)
    ordered = sorted(labels)
    for found in marks.relations:
        for label in _within(ordered, found.content):
            pieces = less(text, found.content, *label)
            found.content = tuple((b - len(text[a:b].lstrip(" :")), b) for a, b in pieces)
    return replace(marks, relations=kept(marks.relations))


def _people(text: str, marks: Marks) -> set[tuple[str, ...]]:
    return {tuple(text[a:b].split(" ")) for kind, a, b in marks.mentions if kind == "person"}


def _within(labels: list[Offsets], content: tuple[Offsets, ...]) -> list[Offsets]:
    """The labels, of which ``labels`` has all in text order, that the content has a part of."""
    found = list[Offsets]()
    for a, b in content:
        first = bisect_left(labels, (max(0, a - _LONGEST),))
        found += [label for label in labels[first : bisect_left(labels, (b,))] if a < label[1]]
    return found


def _is_label(text: str, label: Offsets, surnames: set[tuple[str, ...]], gazetteer: Gazetteer) -> bool:
    words = text[slice(*label)].strip()
    head = singular(head_of(words).lower())
    if head in DOCUMENT_NOUNS and head != "report" and words[1:].islower():
        return True  # "Official communique"; not "Harbour Post"
    if head in _SPEAKING and head not in KIND_WORDS:
        return False
    names = [name.strip() for name in words.split(",")]
    if len(names) == 1 and not words.isupper() and gazetteer.is_country(words):
        return False
    return all(_is_place(text, name, label, surnames, gazetteer) for name in names)


def _is_place(text: str, name: str, label: Offsets, surnames: set[tuple[str, ...]], gazetteer: Gazetteer) -> bool:
    """True of a name that is a place's in this text: initials and namesakes of small towns only where it says so."""
    name = _KIND.sub("", _DIRECTION.sub("", name, count=1))
    short = name.isupper() and len(name) <= _SHORT
    key = plain_key(name)
    known = [k for k in gazetteer.find(name) if k.kind != "town" or plain_key(k.name) == key]
    if not known or tuple(name.split(" ")) in surnames:
        return False
    dated = name.isupper() and not short and "\n" in text[: label[0]]
    great = any(k.population >= _KNOWN or (k.kind == "country" and not short) for k in known if k.kind != "world")
    if dated or great:
        return True
    written = re.compile(
        rf"\b(?:in|near|at|outside|from|around)\s(?:the\s\w+\sof\s)?{re.escape(name)}\b", re.IGNORECASE
    )
    around = (label[1], label[1] + _REACH), (max(0, label[0] - _REACH), label[0])
    return any(written.search(text, start, end) for start, end in around)
