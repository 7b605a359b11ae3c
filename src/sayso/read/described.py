"""Whom a phrase without a name describes: "the general", "the Britain-based group", "a medical source"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from sayso.read.attributions import Marks
from sayso.read.found import Found, Offsets
from sayso.read.known import Known, is_office
from sayso.read.names import adds_name, head_of, is_plural, person_like, singular, words_of
from sayso.read.nouns import ANYONE, FEMALE, GENERIC_GROUPS, GROUP_NOUNS, MALE, PERSON_ROLES
from sayso.read.owners import offices
from sayso.read.party import Party
from sayso.read.phrases import head_lowered, is_definite, is_nameless, is_proper, is_titled, may_be_human, takes_up
from sayso.text import sentence_of
from sayso.wordsets import word_set

LONGEST_SOURCE = 300  # characters of a source that are looked at
OWNING = word_set("his her its their our my")  # "its spokesman" is no "it"
HEADLINE = 400  # characters in which a party may be announced before it is named: the headline and the first paragraph
_AHEAD = 12  # sources after a headline among which the one that it announces may be
_WITH_ITS = re.compile(r"\band (?:its|their|his|her)\b")  # "the army and its allies"
# "The doctor and the mayor", "the army and rebels"; not "a doctor and activist", nor "the ministry of trade and work".
_AND_OTHERS = re.compile(r"\A(?:(?! of ).)*\band (?:the|an?|its|his|her|their|some|other|[A-Z]\w+|\w+s)\b")
_SEVERAL = word_set("many some several others most few both all")
_NEW = word_set("a an another one other")  # what brings up somebody new
_UNNAMED = re.compile(
    r"\b(?:unnamed|unidentified|anonymous(?:ly)?|anonymity|(?:not|n't|without being) (?:be |to be |being )?"
    r"(?:named|identified|quoted by name)|(?:withh[eo]ld|conceal\w{0,3}|hid\w{0,4}) (?:his|her|their) names?|"
    r"declined to (?:be (?:named|identified)|give (?:his|her|their) names?)|refused to (?:be (?:named|identified)))\b",
    re.IGNORECASE,
)


class Described(Known):
    """What is known of an article's parties, with whoever is only described."""

    def __init__(
        self,
        text: str,
        marks: Marks,
        sentences: Sequence[Offsets],
        outlet: str | None,
        extent: Offsets,
        is_country: Callable[[str], bool],
    ) -> None:
        super().__init__(text, marks, extent, is_country)
        self.sentences = sentences
        self.outlet = outlet  # who publishes the article
        # Where the shortest name ends that begins there.
        self.name_ends = {start: end for _, start, end in sorted(marks.mentions, key=lambda m: m[1:], reverse=True)}
        self.sources = sorted((f for f in marks.relations if f.source), key=lambda f: f.source or (0, 0))
        self.speaking: dict[int, Party | None] = {}  # by the id() of a relation
        self.speaker: dict[Offsets, Party | None] = {}  # of each source that was resolved
        self.above: Party | None = None  # who tells what is being resolved

    def _newly_described(self, phrase: str, head: str, source: Offsets) -> Party:
        """A party that is met for the first time, by what it is: "a medical source"."""
        person, one = person_like(head), phrase[:7].lower() == "one of "
        party = self._new(True if person is None and (one or is_titled(phrase)) else person, phrase)
        party.described.add(head)
        party.joint = _WITH_ITS.search(phrase) is not None
        many = is_plural(head) and not is_proper(phrase, head)  # no "United Nations"
        party.plural = not one and (many or _AND_OTHERS.search(phrase) is not None or head.lower() in _SEVERAL)
        party.one = person is None and may_be_human(phrase, head)
        party.anonymous = is_nameless(head) or self._asked_for_it(source)
        return party

    def _asked_for_it(self, source: Offsets) -> bool:
        """True where the sentence says that the speaker is not to be named."""
        end = sentence_of(self.sentences, source[0])[1]
        return bool(_UNNAMED.search(self.text, source[0], max(source[1], min(end, source[1] + LONGEST_SOURCE))))

    def _described(self, phrase: str, words: list[str], head: str, start: int) -> Party | None:
        """The party that a phrase without a name describes: "the general", "the Britain-based group", "a monitor"."""
        short = len(words) <= 4 and not adds_name(head_lowered(phrase, head))
        if is_definite(phrase):
            body = self._its(phrase, start)
            party = self._same_phrase(words)
            if party is None or (body and not self._is_of(party, body, singular(head))):
                party = self._match_head(head, start, phrase, body)
            if party is None and short and head in GENERIC_GROUPS:
                party = self._written_out(head, start) or self._generic_group(start, words)
            if party is None and len(words) == 2 and (name := self._written_longer(words_of(phrase)[1])):
                party = self._known(name, False) or self._new(False, name)
            if party is None and head in PERSON_ROLES and len(words) <= 2 and words[0] not in OWNING:
                party = self._whoever_fits(head, start)
            return party
        if short and head in GENERIC_GROUPS and (party := self._announced(start, words)):
            return party
        if words[0] in _NEW and start > HEADLINE:
            return None
        return self._same_phrase(words)

    def _its(self, phrase: str, start: int) -> Party | None:
        """The body that spoke last, whose spokesman "its spokesman" is."""
        return self._latest(start, person=False) if phrase[:4].lower() == "its " and offices(phrase) else None

    def _whoever_fits(self, head: str, at: int) -> Party | None:
        """The latest person that may be "the mayor": nothing else is said of what he is, or the noun fits many. Whoever
        tells what "the officer" said is somebody else."""
        wrong = FEMALE if head in MALE else MALE if head in FEMALE else frozenset()
        anyone = singular(head) in ANYONE
        others = (p for p in self.parties if not anyone or p is not self.above)
        people = [p for p in others if p.person and not p.plural and p.described.isdisjoint(wrong)]
        # A name of one word that nobody has spoken under may well be a town's: the network takes one for the other.
        people = [p for p in people if p.last >= 0 or any(" " in name for name in p.names)]
        return self._last_of([p for p in people if anyone or PERSON_ROLES.isdisjoint(p.described)], at)

    def _written_out(self, head: str, at: int) -> Party | None:
        """The party with this noun in its name: "the centre" is "the Ministry's Centre for Truce"."""
        capital = r"(?:[A-Z][\w’']{0,30}[ ])"
        rest = r"(?:[ ](?:for|of|in|on|and|the|[A-Z][\w’']{0,30})){1,9}"
        before = self.text[self.extent[0] : at]
        found = [*re.finditer(rf"\b{capital}{{0,5}}{re.escape(head.capitalize())}{rest}", before)]
        if not found:
            return None
        name = re.sub(r"(?: (?:for|of|in|on|and|the))+$", "", found[-1].group())
        return self._known(name, False) or self._new(False, name)

    def _announced(self, at: int, words: list[str]) -> Party | None:
        """The first organisation that speaks by name after ``at``; below the headline, only the very next, if its name
        takes up one of ``words``: "a rights group" … "the Network for Human Rights"."""
        for found in self._following(at):
            start, end = found.source or (0, 0)
            phrase = self.text[start:end]
            party = self._named_in(start, end, head_of(phrase))
            if party and party.person is not True:
                if is_office(party):
                    return None
                return party if at < HEADLINE or any(takes_up(words, name) for name in (phrase, *party.names)) else None
            if at >= HEADLINE or (party is None and head_of(phrase) not in GROUP_NOUNS):
                return None
        return None

    def _following(self, at: int) -> Iterator[Found]:
        """The next relations whose sources begin after ``at``; few, so that a text without names stays quick."""
        first = bisect_right(self.sources, at, key=lambda found: found.source[0] if found.source else 0)
        return iter(self.sources[first : first + _AHEAD])
