"""Who "he", "the general" and "the group" are: each source led to the fullest name that the article gives its party.

Names are put together first (parts of a fuller name, initials), then the sources are gone through in the order in which
a reader meets them, each looking back, and where a headline runs ahead of the text, forward.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable

from sayso.read.attributions import Marks, stretches
from sayso.read.described import LONGEST_SOURCE, OWNING
from sayso.read.found import Found
from sayso.read.harm import BE
from sayso.read.known import NAMES
from sayso.read.names import (
    DETERMINERS,
    Name,
    abbreviations,
    adds_name,
    head_of,
    name_words,
    person_like,
    singular,
    words_of,
)
from sayso.read.nouns import DOCUMENT_NOUNS, PAPERS, PERSON_ROLES, STAFF
from sayso.read.numbers import NUMBER_WORDS
from sayso.read.party import Parties, Party, PartyMention
from sayso.read.phrases import is_acronym, is_definite, is_nameless, is_party, is_proper
from sayso.read.pronouns import Pronouns, is_pronoun
from sayso.text import sentence_number, sentences, unmangled
from sayso.wordsets import word_set

# Words that name nobody, alone or together: "the", "each other", "everybody", "two".
_EMPTY = NUMBER_WORDS | word_set(
    "the a an of mr mrs and other each anybody anyone everybody everyone somebody someone nobody"
)
_BY = re.compile(r"(?:as )?(?:quoted|cited|[a-z]{3,}ed) by (?=the |an? |[A-Z])")  # "cited by the Herald": the Herald
_OUR = word_set("our this")
_JOINING = re.compile(  # sentences: "But Orra", "Separately the ministry"
    r"(?:However|Meanwhile|But|And|Yet|Still|Moreover|Furthermore|Also)[,\s]{1,2}(?=\S)|"
    r"(?:[A-Z][a-z]+ly|Earlier|Later|Then|Instead|Again|Elsewhere)[,\s]{1,2}(?=(?:the|an?|its|his|her|their|another)\s)"
)
_COMPLEMENT = re.compile(r" (?:of|for) (?:the )?[A-Z]")
_ONLY_NAMED = re.compile(r"(?:[Tt]he )?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,2}\Z")
_AND = re.compile(r",? and ")
_FROM = re.compile(r"\b(?:by|from|of|released by|issued by|published by|posted by)\s+(?=\w)", re.IGNORECASE)
_CARRIED = 4  # sources before an outlet's among which those are that it carries
_DASH = re.compile(r"(?<=\w)\s*(?:[—–]|--)\s.*\Z", re.DOTALL)  # "Orra — who was elected twice —"
_CLAUSE = re.compile(
    r"(?:[,\s(–—-]+(?:who|which|that|whose)|,?\s(?:speaking|talking))\b.*\Z|[,;:\s(–—-]+\Z", re.IGNORECASE | re.DOTALL
)


def find_parties(
    text: str,
    marks: Marks,
    outlet: str | None = None,
    is_country: Callable[[str], bool] = lambda _: False,
) -> Parties:
    """Resolve the sources of all relations of one article; a text as long as a book is resolved stretch by stretch.

    ``outlet``: the name of who publishes the article; its own reporters speak for it. ``is_country``: whether a name is
    a country's, which no longer name has as a part of it.
    """
    mentions: list[PartyMention] = []
    claimants: dict[int, str | None] = {}
    anonymous: frozenset[int] = frozenset()
    entities = 0
    ends = sentences(text)
    for start, end in stretches(text):
        part = Marks(
            [found for found in marks.relations if start <= found.content[0][0] < end],
            [mention for mention in marks.mentions if start <= mention[1] < end],
        )
        resolver = _Resolver(text, part, ends, outlet, (start, end), is_country)
        found = resolver.resolve()
        mentions += [PartyMention(m.start, m.end, m.kind, m.entity + entities) for m in found.mentions]
        claimants |= found.claimants
        anonymous |= found.unnamed
        entities += len(resolver.parties)
    return Parties(mentions, claimants, anonymous)


class _Resolver(Pronouns):
    def resolve(self) -> Parties:
        self._name_parties()
        for name, short in abbreviations(self.text[slice(*self.extent)]):
            bearer = self._known(name, False) or self._known(short, False) or self._new(False, name)
            self._add(bearer, name)
            self._add(bearer, short)
        for found in self.marks.relations:
            self.speaking[id(found)] = self._who_speaks(found)
        for other, start, end in self.marks.mentions:
            if other not in NAMES and (start, end) not in self.mentions:
                self._mention((start, end), self._nobody(), other)
        spoke = {key: party for key, party in self.speaking.items() if party}
        return Parties(
            sorted(self.mentions.values(), key=lambda m: (m.start, m.end)),
            dict.fromkeys(self.speaking) | {key: party.fullest() for key, party in spoke.items()},
            frozenset(key for key, party in spoke.items() if party.anonymous),
        )

    def _who_speaks(self, found: Found) -> Party | None:
        """Who speaks in ``found``; the same source is the same party: "he said, adding"."""
        if found.source is None:
            return None
        if found.source not in self.speaker:
            party = self.speaker[found.source] = self._speaker(found, *found.source)
            if party:
                if not self._speaks_aside(found):
                    party.last = max(party.last, found.source[1])
                    party.staff = singular(head_of(self.text[slice(*found.source)])) in STAFF
                self._mention(found.source, party, self._kind(found.source, party))
        return self.speaker[found.source]

    def _speaks_aside(self, found: Found) -> bool:
        """True of "the 112 announced by the council"; not of "it was announced by the council"."""
        start, end = found.cue
        words = self.text[max(0, start - 20) : end].lower().split()
        return words[-1:] == ["by"] and BE.isdisjoint(words[-4:])

    def _speaker(self, found: Found, start: int, end: int) -> Party | None:
        source = start, end
        self.above = self.speaking.get(id(found.parent)) if found.parent else None
        phrase = self.text[start : min(end, start + LONGEST_SOURCE)]
        phrase = _CLAUSE.sub("", _DASH.sub("", phrase)) or phrase
        if by := _BY.match(phrase):
            start, phrase = start + by.end(), phrase[by.end() :]
        joined = _JOINING.match(phrase)
        # "Separately, the ministry", but not "Emily, her sister".
        if joined and not ("," in joined.group() and self.name_ends.get(start, len(self.text)) < start + joined.end()):
            start, phrase = start + joined.end(), phrase[joined.end() :]
        words = [w.lower() for w in words_of(phrase)]
        if not any(w[0].isalnum() and w not in _EMPTY for w in words):
            return None  # "the", a dash: words that name nobody
        head = head_of(phrase)
        of_outlet = singular(head) in STAFF or (words[0] == "this" and head in PAPERS)
        if of_outlet and (party := self._outlet_of_staff(phrase, words, head)):
            return party
        owns = words[1:] and words[0] in OWNING
        word = "he" if phrase == "his" else words[0]  # "his charge that it fell"
        if len(words) <= 2 and not owns and not is_acronym(phrase) and (party := self._pronoun(word, found)):
            return party
        if head in DOCUMENT_NOUNS and not is_proper(phrase, head) and (party := self._behind_document(phrase, start)):
            return party
        if self._is_joint(start, phrase):
            party = self._same_phrase(words) or self._newly_described(phrase, head, source)
            party.joint = "joint" not in words  # "a joint inquiry by …" is one
            nameless = all(is_nameless(head_of(half)) for half in _AND.split(phrase))
            asked = nameless or self._asked_for_it(source)
            party.anonymous = asked and not self._names_in(start, start + len(phrase))
            return party
        body = self._its(phrase, start)
        party = self._named_in(start, start + len(phrase), head)
        if party and not is_pronoun(words[0]):
            self._add(party, phrase)
        party = party or self._described(phrase, words, head, start) or self._newly_described(phrase, head, source)
        party.body = party.body or body
        return party

    def _is_joint(self, start: int, phrase: str) -> bool:
        """True where two parties speak at once, "the Observatory and its activists": neither bears both names. Not
        where "and" is part of a name, nor of somebody who holds two offices."""
        for match in _AND.finditer(phrase):
            at, after = start + match.start(), start + match.end()
            left, right = self._names_in(start, at), self._names_in(after, start + len(phrase))
            if left and left[-1][1] > at:
                continue
            if phrase[match.end() : match.end() + 1].isupper() and _COMPLEMENT.search(phrase, 0, match.start()):
                continue  # "the Ministry of Works and Ports"
            one, other = (head_of(half) for half in (phrase[: match.start()], phrase[match.end() :]))
            person = any(n[2] for n in left)
            if one in PERSON_ROLES and not person and any(n[2] for n in right):
                continue
            if person and not any(n[2] for n in right) and self._has_office(left, at, match.group()):
                continue
            both = all(map(_ONLY_NAMED.match, (phrase[: match.start()], phrase[match.end() :])))  # "Orvane and Lirren"
            joined = (left or self.is_country(phrase[: match.start()])) and (right or is_party(other))
            if both or joined or (is_party(one) and is_party(other)):
                return True
        return False

    def _has_office(self, names: list[Name], end: int, joint: str) -> bool:
        """True where an office stands between a person's name and the "and": "Ivo Sand, head of the board and …"."""
        after = max(n[1] for n in names if n[2])
        told = (singular(word) for word in words_of(self.text[after:end].lower()))
        return not joint.startswith(",") and not PERSON_ROLES.isdisjoint(told)

    def _outlet_of_staff(self, phrase: str, words: list[str], head: str) -> Party | None:
        """The outlet that "our correspondent" or "the Herald's reporter" writes for, or that is "this paper"."""
        phrase = unmangled(phrase)
        outlet = re.sub(r"(?:'s|’s)?$", "", phrase[: phrase.lower().find(head)].strip())
        outlet = " ".join(w for w in outlet.split() if w[:1].isupper() and w.lower() not in DETERMINERS)
        if self.outlet and (words[0] in _OUR or (outlet and name_words(outlet) <= name_words(self.outlet))):
            party = self._same_phrase([self.outlet]) or self._new(False, self.outlet)
        elif outlet:
            party = self._known(outlet, False) or self._new(False, outlet)
        elif words[0] == "this":
            party = self._same_phrase(words) or self._new(False, phrase)
        else:
            return None
        party.described.add(singular(head))
        return party

    def _behind_document(self, phrase: str, start: int) -> Party | None:
        """Who gave out "the statement by the ministry"; for a bare "the statement", who spoke last."""
        if given := _FROM.search(phrase):
            giver = phrase[given.end() :]
            at = start + given.end()
            party = self._named_in(at, at + len(giver), head_of(giver))
            if party is None:
                party = self._match_head(head_of(giver), at) or self._new(person_like(head_of(giver)), giver)
            self._add(party, giver)
            return party
        whose = phrase.rsplit(maxsplit=1)[0]  # "the Observatory report"
        at = start + len(whose)
        owner = re.sub(r"['’]s$", "", unmangled(whose))
        if owner != whose and (party := self._named_in(start, at, head_of(owner)) or self._known(owner, None)):
            return party  # "KTA's statement"
        if (
            whose != phrase
            and (adds_name(whose) or is_definite(whose))
            and (party := self._named_in(start, at, head_of(whose)) or self._match_head(head_of(whose), start))
        ):
            return party
        if phrase.split()[0].lower() in ("the", "this", "that") and not is_party(head_of(whose)):
            spoke = self._latest(start, person=False) or self._latest(start, person=None)
            return self._carried_by(spoke, start) or spoke
        return None

    def _carried_by(self, party: Party | None, at: int) -> Party | None:
        """Who gave out what ``party`` only carries in the sentence before: "the mayor wrote …, Tassa reports"."""
        last = bisect_left(self.sources, (at, at), key=lambda f: f.source or (0, 0)) - 1
        outer = self.sources[last] if last >= 0 else None
        if outer is None or outer.source is None or party is not self.speaking.get(id(outer)):
            return None
        number = sentence_number(self.sentences, outer.source[0])
        inside = [
            f for f in self.sources[max(0, last - _CARRIED) : last] if f.parent is outer and f.cue[1] <= outer.source[0]
        ]
        told = [f for f in inside if f.source and sentence_number(self.sentences, f.source[0]) == number]
        return self.speaking.get(id(told[-1])) if told else None
