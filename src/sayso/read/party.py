"""The parties of one article: how each is called, where it is mentioned, and in which relations it speaks."""

from __future__ import annotations

from dataclasses import dataclass, field

from sayso.read.found import Found
from sayso.read.owners import Office
from sayso.read.phrases import weight
from sayso.types import MentionKind

LONGEST = 24  # words of a name with its description; beyond, it is a sentence and no name


@dataclass(slots=True)
class Party:
    """One party of the article: how it is called, and whether it is a person."""

    number: int
    person: bool | None
    names: list[str] = field(default_factory=list)
    described: set[str] = field(default_factory=set)  # head nouns used of it or beside it
    offices: set[Office] = field(default_factory=set)  # what it is, and whose: ("spokesman", ("army",))
    body: Party | None = None  # whose it is, where it was called "its spokesman"
    heads: set[str] = field(default_factory=set)  # nouns that its names turn on, and what else they say it is
    plural: bool = False
    joint: bool = False  # two parties that speak at once
    named: bool = False  # has a proper name
    anonymous: bool = False  # speaks without being named
    one: bool = False  # is one and seems human by how it is brought up: "a herder from the hills"
    staff: bool = False  # an outlet whose correspondent spoke last
    last: int = -1  # offset of the latest mention that was resolved

    def fullest(self) -> str | None:
        """The longest name that is still a name, the first of those that are as long; None of marks without a word."""
        fitting = [n for n in self.names if len(n.split()) <= LONGEST] or self.names
        return max(fitting, key=weight, default=None)


@dataclass(frozen=True, slots=True)
class PartyMention:
    """A mention as the reading lists it."""

    start: int
    end: int
    kind: MentionKind
    entity: int


@dataclass(slots=True)
class Parties:
    """The article's parties, their mentions in text order, and who speaks in each relation."""

    mentions: list[PartyMention]
    claimants: dict[int, str | None]
    unnamed: frozenset[int]

    def claimant(self, found: Found) -> str | None:
        """The fullest name of who speaks in ``found``; None where no source is given."""
        return self.claimants[id(found)]

    def anonymous(self, found: Found) -> bool:
        """True where a source speaks in ``found`` that the article keeps or leaves unnamed: "a medical source"."""
        return id(found) in self.unnamed
