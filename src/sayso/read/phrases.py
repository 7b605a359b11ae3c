"""What a phrase for somebody tells by its words alone: whether it names anybody, of which country and kind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from sayso.read.demonyms import COUNTRY_OF
from sayso.read.names import (
    DETERMINERS,
    SITTING,
    STOPS,
    adds_name,
    folded,
    head_of,
    initials,
    is_apposition,
    name_words,
    phrase_key,
    singular,
    words_of,
)
from sayso.read.nouns import (
    DOCUMENT_NOUNS,
    GROUP_NOUNS,
    MEDIA_NOUNS,
    OFFICES,
    PAPERS,
    PARTIES,
    PERSON_ROLES,
    SOURCES,
    THINGS,
)
from sayso.read.numbers import NUMBER_WORDS
from sayso.wordsets import word_set

_NOUN = re.compile(r" ([a-z]{3,})")
# Where a name ends and what is said of its bearer begins.
_RELATION = re.compile(
    r"(?<=\w) (?:who|which|that|whose|whom|at|with|against|near|close|fighting|"
    r"\w+ed (?:by|to|with|in)|\w+ing (?:the|an?|with))\b"
)
_STEM = 5  # letters by which "monitor" and "Monitoring" are one word
_NO_HUMANS = GROUP_NOUNS | DOCUMENT_NOUNS | MEDIA_NOUNS | PAPERS | THINGS
_ABSTRACT = ("tion", "sion", "ment", "ity", "ism", "ance", "ship", "ness", "graph", "sis")
_DOERS = ("er", "or", "ist", "man", "woman", "eer", "smith", "herd", "ess", "ian")
_GENERAL = word_set("group organisation organization body agency service network team")


def is_acronym(phrase: str) -> bool:
    """True of "US" and "IT", which are no pronouns."""
    return len(word := words_of(phrase)[0]) > 1 and word.isupper()


def is_adjective(text: str, start: int, end: int) -> bool:
    """True of "Syrian" before a noun, where it names nobody."""
    noun, name = _NOUN.match(text, end), text[start:end]
    if noun is None or noun.group(1) in STOPS:
        return False
    return name in COUNTRY_OF or all(word in COUNTRY_OF for word in words_of(name))


def may_be_one(phrase: str, name: str, head: str) -> bool:
    """False where two phrases are of different countries, or where both turn on ``head`` and are called otherwise: "the
    Hill army" and "the Ulvanian army", "the medical source" and "a military source"."""
    lands, others = _lands(phrase), _lands(name)
    if lands and others and lands.isdisjoint(others):
        return False
    if head not in GROUP_NOUNS | SOURCES or singular(head_of(name).lower()) != head:
        return True
    said, told = ((name_words(p) if head in SOURCES else _capitals(p)) - {head} for p in (phrase, name))
    return not said or not told or not said.isdisjoint(told)


def _lands(phrase: str) -> set[str]:
    words = words_of(phrase)
    return {COUNTRY_OF[p] for p in (*words, *map(" ".join, pairwise(words))) if p in COUNTRY_OF}


def _capitals(phrase: str) -> set[str]:
    words = (w for w in words_of(phrase) if w[:1].isupper() and not w.endswith(SITTING))
    return {w.lower() for w in words} - DETERMINERS


def is_party(head: str) -> bool:
    """True of a noun for people or a body that may speak."""
    return bool({head, singular(head)} & (GROUP_NOUNS | PERSON_ROLES | PARTIES | SOURCES))


@dataclass(frozen=True, slots=True)
class Told:
    """What a name tells of whoever bears it: as ``Party`` has it, and what the party is looked up by."""

    named: bool
    phrase: tuple[str, ...]
    keys: frozenset[str]
    described: frozenset[str]
    heads: frozenset[str]


@lru_cache(4096)  # the same names come up throughout an article, and in the next
def told_by(name: str) -> Told:
    """What ``name`` tells."""
    words = words_of(name)
    nouns = [singular(folded(word)) for said in saying_what(name) for word in words_of(said)]
    head = head_of(name)
    return Told(
        adds_name(name),
        phrase_key(word.lower() for word in words),
        name_words(name) | {initials(name).lower()},
        PERSON_ROLES.intersection(nouns) | {head},
        # "A military source" is no military.
        (frozenset() if singular(head) in SOURCES else GROUP_NOUNS.intersection(nouns)) | {singular(head)},
    )


def saying_what(name: str) -> list[str]:
    """The parts of a name that say who bears it: what stands before the first comma, and each apposition. What it does
    or has done to it names others: "the Guard, at war with the army", "the militia, backed by the Orvian Republic"."""
    first, *rest = name.split(",")
    appositions = [part for part in map(str.strip, rest) if is_apposition(part)]
    return [_RELATION.split(part)[0] for part in (first, *appositions)]


def weight(name: str) -> int:
    """How many words a name has."""
    return sum(w[:1].isalnum() for w in words_of(name))


def is_nameless(head: str) -> bool:
    """True of a noun for people who speak for themselves; an office or a side speaks under its own name."""
    single = singular(head)
    return single in SOURCES or (single in PERSON_ROLES and single not in OFFICES and head not in PARTIES)


def may_be_human(phrase: str, head: str) -> bool:
    """True of "a herder from the hills", "the catechist": one of whom no noun for a thing or a body tells that nobody
    calls it "he". With "the" only of who is called by what they do."""
    first = words_of(phrase)[0].lower()
    if first not in ("a", "an", "one", "another", "the") or head != head.lower() or singular(head) != head:
        return False
    thing = head in _NO_HUMANS or head.endswith((*_ABSTRACT, "ed"))
    return not thing and (first != "the" or head.endswith(_DOERS))


def head_lowered(phrase: str, head: str) -> str:
    """ "an NGO" as "an ngo", "a Quay-based monitor" as "a monitor": a noun written in capitals is no name, nor is where
    a body sits its own."""
    words = (word for word in phrase.split() if not word.endswith(SITTING))
    return " ".join(head.lower() if word.lower() == head.lower() else word for word in words)


def names_holder(rest: str) -> bool:
    """True where behind a body's name an office and who holds it follow: "(Observatory) director Jane Roe"."""
    role, *name = words_of(rest) or ("",)
    return singular(role) in PERSON_ROLES and bool(name) and name[0][:1].isupper()


def is_definite(phrase: str) -> bool:
    """True of a phrase for somebody who is known: "the mayor", "its spokesman"."""
    return phrase.split(maxsplit=1)[0].lower() in ("the", "this", "that", "its", "his", "her", "their")


def takes_up(words: list[str], name: str) -> bool:
    """True where one of ``words``, general nouns aside, begins as a word of ``name`` does: "monitor", "Monitoring"."""
    telling = {w[:_STEM] for w in words if singular(w) not in _GENERAL and w not in DETERMINERS | STOPS}
    return any(w[:_STEM].lower() in telling for w in words_of(name))


def is_proper(phrase: str, head: str) -> bool:
    """True where the noun that a phrase turns on is part of a name: "the Harbour Post", "Doctors Beyond Borders"."""
    words = [word for word in words_of(phrase) if word.lower() not in DETERMINERS | NUMBER_WORDS]
    if singular(head).capitalize() in COUNTRY_OF:
        return False  # "Two Norvians"
    named = (word for one, word in pairwise(words) if word[:1].isupper() and one != one.lower())
    return any(word.lower() == head for word in named)


def is_titled(phrase: str) -> bool:
    """True where what somebody is stands right before a name, the last: "another local resident Nadia Sand"."""
    words = words_of(phrase)
    at = max((n for n, word in enumerate(words) if singular(word) in PERSON_ROLES), default=len(words))
    return at + 1 < len(words) and all(word[:1].isupper() for word in words[at + 1 :])
