"""Who "he", "the general" and "the group" are: each source led to the fullest name that the article gives its party.

Names are put together first (parts of a fuller name, initials), then the sources are gone through in the order in which
a reader meets them, each looking back, and where a headline runs ahead of the text, forward.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from sayso.read.attributions import Found, Marks, Offsets, kind_of, stretches
from sayso.read.nouns import DOCUMENT_NOUNS, GENERIC_GROUPS, GROUP_NOUNS, PERSON_ROLES
from sayso.read.wordsets import word_set
from sayso.text import sentences, unmangled
from sayso.types import MentionKind

HEADLINE = 400  # characters in which a party may be announced before it is named: the headline and the first paragraph
FIRST = 4  # words of a sentence before the name that it is about
LONGEST_SOURCE = 300  # characters of a source that are looked at
LONGEST = 16  # words of a name with its description; beyond, it is a sentence and no name

HE = word_set("he she him her who")
IT = word_set("it which that its")
THEY = word_set("they them their those")
SELF = word_set("i we me us our my ourselves")
_DETERMINERS = word_set("the a an this that these those its his her their our one another some several many other")
_EMPTY = word_set("the a an of mr mrs and")
_STOPS = word_set("""
    of in for from at by with to on who which that whose near inside outside during after before about across
    among under over within between based said is was has had are were have been speaking citing quoted -- - ( ; :
    """)
_SMALL = word_set("of the and for in on de la le al el bin ibn van von der - ' ’ . &")
_WORD = re.compile(r"[^\W_]+(?:[-.'’][^\W_]+)*\.?|[^\w\s]", re.UNICODE)
_FROM = re.compile(r"\b(?:by|from|of|released by|issued by|published by|posted by)\s+(?=\w)", re.IGNORECASE)
_APPOSITION = re.compile(r"(?:\s?[,(–-]\s?|\s(?=(?:an?|the)\s))((?:[\w’'-]{1,30} ?){1,7})")
_CLAUSE = re.compile(r"[,\s(–—-]+(?:who|which|that|whose)\b.*\Z|[,;:\s(–—-]+\Z", re.IGNORECASE | re.DOTALL)


@dataclass(slots=True)
class Party:
    """One party of the article: how it is called, and whether it is a person."""

    number: int
    person: bool | None
    names: list[str] = field(default_factory=list)
    words: set[str] = field(default_factory=set)  # of its names, lower case
    described: set[str] = field(default_factory=set)  # head nouns used of it or beside it
    plural: bool = False
    named: bool = False  # has a proper name
    last: int = -1  # offset of the latest mention that was resolved

    def fullest(self) -> str:
        """The longest name that is still a name, the first of those that are as long."""
        fitting = [n for n in self.names if len(n.split()) <= LONGEST] or self.names
        return max(fitting, key=_weight)


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
    _claimants: dict[int, str | None]

    def claimant(self, found: Found) -> str | None:
        """The fullest name of who speaks in ``found``; None where no source is given."""
        return self._claimants[id(found)]


def find_parties(text: str, marks: Marks) -> Parties:
    """Resolve the sources of all relations of one article; a text as long as a book is resolved stretch by stretch."""
    mentions: list[PartyMention] = []
    claimants: dict[int, str | None] = {}
    entities = 0
    ends = sentences(text)
    for start, end in stretches(text):
        part = Marks(
            [found for found in marks.relations if start <= found.content[0][0] < end],
            [mention for mention in marks.mentions if start <= mention[1] < end],
        )
        resolver = _Resolver(text, part, ends)
        found = resolver.resolve()
        mentions += [replace(m, entity=m.entity + entities) for m in found.mentions]
        claimants |= found._claimants
        entities += len(resolver.parties)
    return Parties(mentions, claimants)


class _Resolver:
    def __init__(self, text: str, marks: Marks, sentences: list[Offsets]) -> None:
        self.text = text
        self.marks = marks
        self.parties: list[Party] = []
        self.mentions: dict[Offsets, PartyMention] = {}
        # In "Oslo-based" the name says where the group sits, not who it is.
        self.names = sorted(
            (a, b, kind)
            for kind, a, b in marks.mentions
            if kind in ("person", "organisation") and text[b : b + 1] not in ("-", "‑")
        )
        self.sentences = sentences
        self.speaking: dict[int, Party | None] = {}
        self.by_phrase: dict[tuple[str, ...], list[Party]] = defaultdict(list)  # by all their words, in the singular
        self.by_key: dict[str, list[Party]] = defaultdict(list)  # by the words and initials of their names

    def resolve(self) -> Parties:
        for start, end, kind in sorted(self.names, key=lambda n: (-len(self.text[n[0] : n[1]].split()), n[0])):
            self._name_party(start, end, kind)
        for found in self.marks.relations:
            party = self._speaker(found)
            self.speaking[id(found)] = party
            if party and found.source:
                party.last = max(party.last, found.source[1])
                self._mention(found.source, party, self._kind(found.source, party))
        for other, start, end in self.marks.mentions:
            if other not in ("person", "organisation") and (start, end) not in self.mentions:
                self._mention((start, end), self._new(None, self.text[start:end]), other)
        claimants = {key: party.fullest() if party else None for key, party in self.speaking.items()}
        return Parties(sorted(self.mentions.values(), key=lambda m: (m.start, m.end)), claimants)

    # Names ------------------------------------------------------------------------------------------------------

    def _name_party(self, start: int, end: int, kind: str) -> None:
        name = self.text[start:end]
        party = self._known(name, kind == "person") or self._new(kind == "person", name)
        party.named = True
        full = self._with_title(start, end) if kind == "person" else name
        self._add(party, full)
        party.described |= self._beside(end)
        self._mention((start, end), party, "person" if kind == "person" else "organisation")

    def _known(self, name: str, person: bool | None) -> Party | None:
        words = _name_words(name)
        keys = words | {_initials(name).lower()}
        near = {
            p.number: p
            for key in keys
            for p in self.by_key.get(key, ())
            if None in (person, p.person) or p.person == person
        }
        for number in sorted(near):
            if any(_same_name(name, words, other, bool(near[number].person)) for other in near[number].names):
                return near[number]
        return None

    def _with_title(self, start: int, end: int) -> str:
        """The name with the titles and offices that stand before it: "deputy foreign minister Jane Roe"."""
        before = list(_WORD.finditer(self.text, max(0, start - 90), start))
        first = start
        seen_role = False
        for word in reversed(before):
            token = word.group()
            role = _singular(token.lower()) in PERSON_ROLES or bool(_TITLE.match(token))
            if (
                not (role or token[:1].isupper() or (seen_role and token.lower() in _SMALL))
                or "\n" in self.text[word.end() : first]
            ):
                break
            if not role and token[:1].isupper() and not seen_role and not _TITLE.match(token):
                break
            seen_role = seen_role or role
            if token.lower() not in _SMALL:
                first = word.start()
        return self.text[first:end]

    def _beside(self, end: int) -> set[str]:
        """Head nouns of what stands right behind a name: ", deputy head of the …", "a writer"."""
        match = _APPOSITION.match(self.text, end)
        if not match:
            return set()
        head = _singular(_head(match.group(1)))
        return {head} if head in PERSON_ROLES or head in GROUP_NOUNS else set()

    # Sources ----------------------------------------------------------------------------------------------------

    def _speaker(self, found: Found) -> Party | None:
        if found.source is None:
            return None
        start, end = found.source
        phrase = self.text[start : min(end, start + LONGEST_SOURCE)]
        phrase = _CLAUSE.sub("", phrase) or phrase
        words = [w.lower() for w in _words(phrase)]
        if not any(w[0].isalnum() and w not in _EMPTY for w in words):
            return None  # "the", a dash: words that name nobody
        if len(words) <= 2 and (party := self._pronoun(words[0], found)):
            return party
        head = _head(phrase)
        if head in DOCUMENT_NOUNS and (party := self._behind_document(phrase, start)):
            return party
        named = self._named_in(start, start + len(phrase), head)
        if named:
            if not _is_pronoun(words[0]):
                self._add(named, phrase)
            return named
        if party := self._described(phrase, words, head, start):
            return party
        party = self._new(_person_like(head), phrase)
        party.described.add(head)
        party.plural = _is_plural(phrase)
        return party

    def _pronoun(self, word: str, found: Found) -> Party | None:
        at = found.source[0] if found.source else 0
        above = self.speaking.get(id(found.parent)) if found.parent else None
        if word in SELF:
            return above or self._latest(at, person=None)
        if found.parent and kind_of(self.text, found.parent.content) == "direct":
            above = None  # within quotation marks a speaker is "I"
        if word in HE:
            return above if above and above.person else self._latest(at, person=True) or above
        if word in IT:
            return (
                above if above and above.person is False else self._subject_before(at) or self._latest(at, person=False)
            )
        if word in THEY:
            return above or self._latest(at, person=None, plural=True) or self._latest(at, person=False)
        return None

    def _subject_before(self, at: int) -> Party | None:
        """What "It" that opens a sentence takes up: a country or body that is named first in the sentence before."""
        number = bisect_right(self.sentences, (at, len(self.text))) - 1
        if number < 1 or self.sentences[number][0] != at:
            return None
        start, end = self.sentences[number - 1]
        named = [(a, b, kind) for kind, a, b in self.marks.mentions if start <= a and b <= end]
        if not named:
            return None
        a, b, kind = min(named)
        if (
            kind not in ("organisation", "place")
            or len(self.text[start:a].split()) > FIRST
            or not self.text[b : b + 1].isspace()
        ):
            return None
        party = self._known(self.text[a:b], False) or self._new(False, self.text[a:b])
        self._mention((a, b), party, kind)
        return party

    def _latest(self, at: int, *, person: bool | None, plural: bool | None = None) -> Party | None:
        """The party that spoke last before ``at``; if none did, the one named last."""
        fits = [
            p for p in self.parties
            if (person is None or p.person == person or (p.person is None and not person))
            and (plural is None or p.plural == plural)
        ]  # fmt: skip
        spoke = [p for p in fits if 0 <= p.last <= at]
        if spoke:
            return max(spoke, key=lambda p: p.last)
        named = [
            (m.end, m.entity) for m in self.mentions.values() if m.end <= at and m.kind in ("person", "organisation")
        ]
        numbers = {p.number for p in fits}
        near = [(end, number) for end, number in named if number in numbers]
        return self.parties[max(near)[1]] if near else None

    def _behind_document(self, phrase: str, start: int) -> Party | None:
        """Who gave out "the statement by the ministry"; for a bare "the statement", who spoke last."""
        if given := _FROM.search(phrase):
            giver = phrase[given.end() :]
            at = start + given.end()
            party = self._named_in(at, at + len(giver), _head(giver))
            if party is None:
                party = self._match_head(_head(giver), at) or self._new(_person_like(_head(giver)), giver)
            self._add(party, giver)
            return party
        whose = phrase.rsplit(maxsplit=1)[0]  # "the Observatory report"
        at = start + len(whose)
        if whose != phrase and (
            party := self._named_in(start, at, _head(whose)) or self._match_head(_head(whose), start)
        ):
            return party
        if phrase.split()[0].lower() in ("the", "this", "that"):
            return self._latest(start, person=False) or self._latest(start, person=None)
        return None

    def _named_in(self, start: int, end: int, head: str) -> Party | None:
        """The party whose name the phrase turns on: a person anywhere in it, an organisation as its head."""
        inside = [
            m
            for m in self.mentions.values()
            if start <= m.start and m.end <= end and m.kind in ("person", "organisation")
        ]
        persons = [m for m in inside if m.kind == "person" and not _modifies(self.text[m.end : end])]
        if persons:
            return self.parties[min(persons, key=lambda m: m.start).entity]
        phrase = self.text[start:end]
        if head in PERSON_ROLES or _singular(head) in PERSON_ROLES:
            return None  # "a spokesman for the ministry" is no ministry
        for m in sorted(inside, key=lambda m: m.start):
            before = self.text[start : m.start].strip()
            if not set(_words(before.lower())) & _STOPS:
                return self.parties[m.entity]
        return self._known(phrase, None) if _adds_name(phrase) else None

    def _described(self, phrase: str, words: list[str], head: str, start: int) -> Party | None:
        """The party that a phrase without a name describes: "the general", "the Britain-based group", "a monitor"."""
        definite = words[0] in ("the", "this", "that", "its", "his", "their")
        if definite:
            party = self._same_phrase(words) or self._match_head(head, start)
            if party is None and head in GENERIC_GROUPS and len(words) <= 4 and not _adds_name(phrase):
                party = self._written_out(head, start) or self._generic_group(start)
            if party is None and head in PERSON_ROLES and len(words) <= 2:
                party = self._latest(start, person=True)
            return party
        if head in GENERIC_GROUPS and start < HEADLINE and len(words) <= 4 and not _adds_name(phrase):
            return self._announced(start)
        return self._same_phrase(words)

    def _same_phrase(self, words: list[str]) -> Party | None:
        """A party spoken of in the same words before, article aside: "a medical source" … "the source"."""
        known = self.by_phrase.get(_phrase_key(words), ())
        return max(known, key=lambda p: p.last, default=None)

    def _match_head(self, head: str, at: int) -> Party | None:
        """The latest party before ``at`` that is called or described by this noun; else one named later."""
        if not head:
            return None
        single = _singular(head)
        person = _person_like(head)
        fits = [
            p
            for p in self.parties
            if (person is None or p.person in (None, person))
            and (single in p.described or single in {_singular(w) for w in p.words})
        ]
        spoke = [p for p in fits if 0 <= p.last <= at]
        if spoke:
            return max(spoke, key=lambda p: p.last)
        before = [p for p in fits if any(m.entity == p.number and m.end <= at for m in self.mentions.values())]
        return before[-1] if before else None

    def _written_out(self, head: str, at: int) -> Party | None:
        """The party with this noun in its name: "the centre" is "the Ministry's Centre for Truce"."""
        capital = r"(?:[A-Z][\w’']{0,30}[ ])"
        rest = r"(?:[ ](?:for|of|in|on|and|the|[A-Z][\w’']{0,30})){1,9}"
        found = [*re.finditer(rf"\b{capital}{{0,5}}{re.escape(head.capitalize())}{rest}", self.text[:at])]
        if not found:
            return None
        name = re.sub(r"(?: (?:for|of|in|on|and|the))+$", "", found[-1].group())
        return self._known(name, False) or self._new(False, name)

    def _generic_group(self, at: int) -> Party | None:
        spoke = [p for p in self.parties if p.person is False and p.named and 0 <= p.last <= at]
        return max(spoke, key=lambda p: p.last) if spoke else None

    def _announced(self, at: int) -> Party | None:
        """The first organisation that speaks by name after ``at``."""
        for found in self.marks.relations:
            if found.source and found.source[0] > at:
                start, end = found.source
                phrase = self.text[start:end]
                party = self._named_in(start, end, _head(phrase))
                if party and party.person is False:
                    return party
                if party is None and _head(phrase) not in GROUP_NOUNS:
                    return None
        return None

    # Keeping book -----------------------------------------------------------------------------------------------

    def _new(self, person: bool | None, name: str) -> Party:
        party = Party(len(self.parties), person)
        self.parties.append(party)
        self._add(party, name)
        return party

    def _add(self, party: Party, name: str) -> None:
        name = re.sub(r"\s+", " ", name).strip(" ,;:\"“”'’-–—(")
        if name and name not in party.names:
            party.names.append(name)
            party.named = party.named or _adds_name(name)
            self.by_phrase[_phrase_key(w.lower() for w in _words(name))].append(party)
            for key in _name_words(name) | {_initials(name).lower()}:
                self.by_key[key].append(party)
            party.words |= {w.lower() for w in _words(name)}
            head = _head(name)
            party.described |= {head} | {w for w in (_singular(x.lower()) for x in _words(name)) if w in PERSON_ROLES}

    def _mention(self, span: Offsets, party: Party, kind: MentionKind) -> None:
        self.mentions.setdefault(span, PartyMention(*span, kind, party.number))

    def _kind(self, span: Offsets, party: Party) -> MentionKind:
        phrase = self.text[slice(*span)]
        if party.named and _adds_name(phrase):
            return "person" if party.person else "organisation"
        if _head(phrase) in PERSON_ROLES or party.person:
            return "role"
        return "organisation" if party.person is False else "other"


_TITLE = re.compile(
    r"(?:Mr|Mrs|Ms|Dr|Sir|Lord|Lady|Gen|Lt|Col|Maj|Brig|Major|Vice|Prime|Foreign|Deputy)\b", re.IGNORECASE
)


def _words(phrase: str) -> list[str]:
    return _WORD.findall(unmangled(phrase))


def _name_words(name: str) -> set[str]:
    return {
        _singular(w.lower().rstrip(".")) for w in _words(name) if w.lower() not in _SMALL and w[:1].isalnum()
    } - _DETERMINERS


def _same_name(name: str, words: set[str], other: str, person: bool) -> bool:
    others = _name_words(other)
    if not words or not others:
        return False
    if words == others:
        return True
    if person:
        name, other = name.split(",")[0], other.split(",")[0]
        last, other_last = _words(name)[-1].lower(), _words(other)[-1].lower()
        return last == other_last and (words <= others or others <= words)
    if words < others or others < words:
        # "the Monitor" of "the Hill Monitor for Rights", but not "Hill": the part holds what the whole turns on.
        part, whole = (words, other) if words < others else (others, name)
        return _singular(_head(whole)) in part
    return _initials(other) == name.upper().replace(".", "") or _initials(name) == other.upper().replace(".", "")


def _phrase_key(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(_singular(w) for w in words if w not in _DETERMINERS)


def _initials(name: str) -> str:
    return "".join(w[0] for w in _words(name) if w[:1].isupper())


def _head(phrase: str) -> str:
    """The noun that a phrase turns on, in lower case: the last word before a preposition, clause or mark."""
    head = ""
    for word in _words(phrase):
        low = word.lower()
        if head and (low in _STOPS or not low[0].isalnum()):
            break
        if low not in _DETERMINERS and low[0].isalnum():
            head = low
    return head


def _singular(word: str) -> str:
    if word.endswith("men"):
        return word[:-3] + "man"
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


def _is_plural(phrase: str) -> bool:
    head = _head(phrase)
    return head != _singular(head) or " and " in f" {phrase} "


def _person_like(head: str) -> bool | None:
    single = _singular(head)
    if single in PERSON_ROLES:
        return True
    return False if single in GROUP_NOUNS else None


def _modifies(follow: str) -> bool:
    """True where what follows a name makes it say whose or what kind: "the Ulvanian general", "Sand's deputy"."""
    if follow.startswith(("'", "’")):
        return True
    words = _words(follow)
    return follow[:1] == " " and words[0].islower() and words[0] not in _DETERMINERS | _STOPS


def _adds_name(phrase: str) -> bool:
    """True where the phrase carries a name of its own: a capital beyond its first word, or one word with a capital."""
    first, *others = _words(phrase) or [""]
    if not others:
        return first[:1].isupper() and first.lower() not in GROUP_NOUNS
    return any(w[:1].isupper() and "-" not in w for w in others)


def _is_pronoun(word: str) -> bool:
    return word in HE | IT | THEY | SELF


def _weight(name: str) -> int:
    return sum(w[:1].isalnum() for w in _words(name))
