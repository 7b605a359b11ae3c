"""Who "he", "the general" and "the group" are: each source led to the fullest name that the article gives its party.

Names are put together first (parts of a fuller name, initials), then the sources are gone through in the order in which
a reader meets them, each looking back, and where a headline runs ahead of the text, forward.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence

from sayso.read.attributions import Marks, stretches
from sayso.read.found import Found, Offsets, kind_of
from sayso.read.known import NAMES, Known, is_office
from sayso.read.names import (
    DETERMINERS,
    STOPS,
    Name,
    abbreviations,
    adds_name,
    head_of,
    is_plural,
    modifies,
    name_words,
    person_like,
    singular,
    words_of,
)
from sayso.read.nouns import (
    ANYONE,
    DOCUMENT_NOUNS,
    FEMALE,
    GENERIC_GROUPS,
    GROUP_NOUNS,
    MALE,
    MEDIA_NOUNS,
    PERSON_ROLES,
    STAFF,
)
from sayso.read.party import Parties, Party, PartyMention
from sayso.read.phrases import (
    head_lowered,
    is_acronym,
    is_adjective,
    is_definite,
    is_nameless,
    is_party,
    is_proper,
    is_titled,
    takes_up,
)
from sayso.read.stance import stance_of
from sayso.text import sentence_number, sentence_of, sentences, unmangled
from sayso.types import Stance
from sayso.wordsets import word_set

HEADLINE = 400  # characters in which a party may be announced before it is named: the headline and the first paragraph
BEGINNING = 60  # characters of a sentence in which whoever it is about is named
FIRST = 4  # words of a sentence before the name that it is about
LONGEST_SOURCE = 300  # characters of a source that are looked at

HE = word_set("he she him her who")
IT = word_set("it which that its")
THEY = word_set("they them their those")
SELF = word_set("i we me us our my ourselves")
_EMPTY = word_set("the a an of mr mrs and other")
_OUR = word_set("our this")
_OWNING = word_set("his her its their our my")  # "its spokesman" is no "it"
_JOINING = re.compile(  # sentences: "But Orra", "Separately the ministry"
    r"(?:However|Meanwhile|But|And|Yet|Still|Moreover|Furthermore|Also)[,\s]{1,2}(?=\S)|"
    r"(?:[A-Z][a-z]+ly|Earlier|Later|Then|Instead|Again|Elsewhere)[,\s]{1,2}(?=(?:the|an?|its|his|her|their|another)\s)"
)
_ONWARD = re.compile(r"\s(?:at|on|to|by|with|from|against|in|of|for)\s")
_RELATIVE = word_set("who which that")
_ANTECEDENT = re.compile(
    r"\b(?:the|an?|its|his|her|their|some|several|many|most|two|three|four|five|six|seven|eight|nine|ten|dozens\sof|\d+)\s"
    r"(?:[\w’'-]{1,30}\s){0,5}[\w’'-]{1,30}[\s,]*\Z",
    re.IGNORECASE,
)
_PLURAL = (  # "European foreign ministers who"
    r"(?:(?:[A-Z][\w.’'-]{0,30}|foreign|defen[cs]e|interior|health|senior|former|local|armed|opposition|military|medical|"
    r"security|army|aid|rescue|rebel|government|civil|human)\s){0,4}(?P<head>[\w-]{2,30}s|[a-z]*men|people)"
)
_PLURALS = (  # and "people in the capital who"
    re.compile(_PLURAL + r"[\s,]*\Z"),
    re.compile(_PLURAL + r"\s(?:in|from|at|of|on|near)\s(?:[\w’'-]{1,30}\s){1,4}\Z"),
)
# Who is accused, in what an accusation says: "the army of shelling the town".
_ACCUSED = re.compile(
    r"(?:that\s)?(?P<who>.+?)(?=\s(?:of|for|over|with|on|in|by|who|which|that|to|as|and|had|has|have|was|were|is|are)\b|"
    r",|\Z)",
    re.DOTALL,
)
# Of a denial that says nothing of what it denies.
_POINTING = word_set(
    "it this that which them these those both all any a an the charge charges claim claims accusation accusations "
    "allegation allegations account accounts report reports suggestion version"
)
_AND_MORE = re.compile(r"\sand\b")  # "the army and the Guard": both, or either
# Whom a report met: "spoke to a clerk at the town hall"; whom a sentence is about: "By noon, doctors at the clinic".
_WHERE = r"(?: (?:at|of|in|from|for)(?: (?!(?:had|has|have|was|were|is|are|who|that|on|said)\b)[\w’'-]{1,30}){1,8})?"
_SPOKEN_TO = re.compile(rf"\b(?:to|with) (?P<who>(?:an?|one) (?:[\w-]{{1,30}} ){{0,3}}?(?P<head>[a-z]{{3,30}})\b{_WHERE})")
_SEVERAL_PEOPLE = re.compile(
    rf"(?:(?<=\A)|(?<=\s))(?P<who>(?:[Tt]he |[Tt]wo |[Tt]hree |[Ss]ome )?(?P<head>[A-Za-z]{{2,30}}(?:s|men))\b{_WHERE})"
)
_NAMED_BEFORE = re.compile(  # "by Orvia, which": a place
    r"\b(?:by|of|for|from|and|with) (?P<name>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3}),\s?\Z"
)
_ANTECEDENT_REACH = 120  # characters before "who" that are looked at
_COMPLEMENT = re.compile(r" (?:of|for) (?:the )?[A-Z]")
_ONLY_NAMED = re.compile(r"(?:[Tt]he )?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,2}\Z")
_AND = re.compile(r",? and ")
_AHEAD = 12  # sources after a headline among which the one that it announces may be
_SEVERAL = word_set("many some several others most few both all")
_NEW = word_set("a an another one other")  # what brings up somebody new
_UNNAMED = re.compile(
    r"\b(?:unnamed|unidentified|anonymous(?:ly)?|anonymity|(?:not|n't|without being) (?:be |to be |being )?"
    r"(?:named|identified|quoted by name)|(?:withh[eo]ld|conceal\w{0,3}|hid\w{0,4}) (?:his|her|their) names?|"
    r"declined to (?:be (?:named|identified)|give (?:his|her|their) names?)|refused to (?:be (?:named|identified)))\b",
    re.IGNORECASE,
)
_FROM = re.compile(r"\b(?:by|from|of|released by|issued by|published by|posted by)\s+(?=\w)", re.IGNORECASE)
_DASH = re.compile(r"(?<=\w)\s*(?:[—–]|--)\s.*\Z", re.DOTALL)  # "Orra — who was elected twice —"
_CLAUSE = re.compile(r"[,\s(–—-]+(?:who|which|that|whose)\b.*\Z|[,;:\s(–—-]+\Z", re.IGNORECASE | re.DOTALL)


def find_parties(
    text: str,
    marks: Marks,
    outlet: str | None = None,
    is_country: Callable[[str], bool] = lambda _: False,
    is_state: Callable[[str], bool] = lambda _: False,
) -> Parties:
    """Resolve the sources of all relations of one article; a text as long as a book is resolved stretch by stretch.

    ``outlet``: the name of who publishes the article; its own reporters speak for it. ``is_country``: whether a name is
    a country's, which no longer name has as a part of it. ``is_state``: whether it is a country's or a capital's, by
    which a government goes.
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
        resolver = _Resolver(text, part, ends, outlet, (start, end), is_country, is_state)
        found = resolver.resolve()
        mentions += [PartyMention(m.start, m.end, m.kind, m.entity + entities) for m in found.mentions]
        claimants |= found.claimants
        anonymous |= found.unnamed
        entities += len(resolver.parties)
    return Parties(mentions, claimants, anonymous)


class _Resolver(Known):
    def __init__(
        self,
        text: str,
        marks: Marks,
        sentences: Sequence[Offsets],
        outlet: str | None,
        extent: Offsets,
        is_country: Callable[[str], bool],
        is_state: Callable[[str], bool],
    ) -> None:
        super().__init__(text, marks, extent, is_country, is_state)
        self.outlet = outlet
        self.sentences = sentences
        self.sources = sorted((f for f in marks.relations if f.source), key=lambda f: f.source or (0, 0))
        self.cued = sorted(marks.relations, key=lambda f: f.cue)
        self.source_to = {f.source[1]: f for f in self.sources if f.source}
        self.told = {  # sentences in which somebody speaks
            number
            for found in marks.relations
            for a, b in (found.cue, *found.content)
            for number in range(sentence_number(sentences, a), sentence_number(sentences, max(a, b - 1)) + 1)
        }
        self.speaking: dict[int, Party | None] = {}
        self.speaker: dict[Offsets, Party | None] = {}  # of each source that was resolved
        self.above: Party | None = None  # who tells what is being resolved

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
                if not self.text[slice(*found.cue)].endswith(" by"):  # "the 112 announced by the council" speaks aside
                    party.last = max(party.last, found.source[1])
                self._mention(found.source, party, self._kind(found.source, party))
        return self.speaker[found.source]

    def _speaker(self, found: Found, start: int, end: int) -> Party | None:
        source = start, end
        self.above = self.speaking.get(id(found.parent)) if found.parent else None
        phrase = self.text[start : min(end, start + LONGEST_SOURCE)]
        phrase = _CLAUSE.sub("", _DASH.sub("", phrase)) or phrase
        joined = _JOINING.match(phrase)
        start, phrase = (start + joined.end(), phrase[joined.end() :]) if joined else (start, phrase)
        words = [w.lower() for w in words_of(phrase)]
        if not any(w[0].isalnum() and w not in _EMPTY for w in words):
            return None  # "the", a dash: words that name nobody
        head = head_of(phrase)
        if (singular(head) in STAFF or (words[0] == "this" and head in MEDIA_NOUNS)) and (party := self._outlet_of_staff(phrase, words, head)):
            return party
        owns = words[1:] and words[0] in _OWNING
        if len(words) <= 2 and not owns and not is_acronym(phrase) and (party := self._pronoun(words[0], found)):
            return party
        if head in DOCUMENT_NOUNS and not is_proper(phrase, head) and (party := self._behind_document(phrase, start)):
            return party
        if self._is_joint(start, phrase):
            party = self._same_phrase(words) or self._newly_described(phrase, head, source)
            nameless = all(is_nameless(head_of(half)) for half in _AND.split(phrase))
            asked = nameless or self._asked_for_it(source)
            party.anonymous = asked and not self._names_in(start, start + len(phrase))
            return party
        named = self._named_in(start, start + len(phrase), head)
        if named:
            if not _is_pronoun(words[0]):
                self._add(named, phrase)
            return named
        return self._described(phrase, words, head, start) or self._newly_described(phrase, head, source)

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

    def _newly_described(self, phrase: str, head: str, source: Offsets) -> Party:
        """A party that is met for the first time, by what it is: "a medical source"."""
        person, one = person_like(head), phrase[:7].lower() == "one of "
        party = self._new(True if person is None and (one or is_titled(phrase)) else person, phrase)
        party.described.add(head)
        many = is_plural(head) and not is_proper(phrase, head)  # no "United Nations"
        party.plural = not one and (many or " and " in phrase or head.lower() in _SEVERAL)
        party.anonymous = is_nameless(head) or self._asked_for_it(source)
        return party

    def _asked_for_it(self, source: Offsets) -> bool:
        """True where the sentence says that the speaker is not to be named."""
        end = sentence_of(self.sentences, source[0])[1]
        return bool(_UNNAMED.search(self.text, source[0], max(source[1], min(end, source[1] + LONGEST_SOURCE))))

    def _outlet_of_staff(self, phrase: str, words: list[str], head: str) -> Party | None:
        """The outlet that "our correspondent" or "the Herald's reporter" writes for, or that calls itself "this paper"."""
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

    def _pronoun(self, word: str, found: Found) -> Party | None:
        at = found.source[0] if found.source else 0
        if word in _RELATIVE and (party := self._antecedent(word, at)):
            return party
        above = self.speaking.get(id(found.parent)) if found.parent else None
        if word in SELF:
            return above or self._latest(at, person=None)
        if word in HE | IT | THEY and (accusing := self._accusing(found)):
            party = self._accused(word, accusing) or self._others_than(word, accusing, at)
            return party if party is not self.speaking.get(id(accusing)) else None
        quoted = None
        if found.parent and kind_of(self.text, found.parent.content) == "direct":
            quoted, above = above, None  # within quotation marks a speaker is "I"
        if word in HE:
            brought_up = None if found.parent else self._brought_up(found, word)
            party = above if above and above.person else brought_up or self._latest_person(at, word, quoted) or above
            if party and party.person is not False:
                party.described.add(word)  # who was "he" is no "she"
            return party
        if word in IT:
            single = above and above.person is not True and (above.named or not above.plural)
            return above if single else self._subject_before(at) or self._latest(at, person=False, plural=False)
        if word in THEY:
            if above and not above.person:
                return above
            brought_up = None if found.parent else self._brought_up(found, word)
            return brought_up or self._several(at) or above or self._latest(at, person=False)
        return None

    def _brought_up(self, found: Found, pronoun: str) -> Party | None:
        """Whom the sentence before what "he" says is about, where nobody speaks in it: "The attack outraged the envoy
        Ivo Sand. 'It is a crime,' he said"; before indirect speech only whoever it begins with."""
        begin = min(start for start, _ in (*found.content, found.source or found.cue))
        number = sentence_number(self.sentences, begin) - 1
        if number < 0 or number in self.told:
            return None
        start, end = self.sentences[number]
        direct = kind_of(self.text, found.content) == "direct"
        names = range(bisect_left(self.names, (start,)), bisect_left(self.names, (end,)))
        for at in names[::-1] if pronoun in HE else ():
            party, (a, b, _) = self.named[at], self.names[at]
            owns = modifies(self.text[b : b + 2])
            if self._may_be(party, pronoun) and party.person and not owns and (direct or a - start < BEGINNING):
                return party
        for met in (_SPOKEN_TO if pronoun in HE else _SEVERAL_PEOPLE).finditer(self.text, start, end):
            if person_like(met["head"]):
                phrase, at = met["who"], met.start("who")
                return self._described(phrase, list(words_of(phrase.lower())), met["head"], at) or (
                    self._newly_described(phrase, met["head"], met.span("who"))
                )
        return None

    def _accusing(self, denying: Found) -> Found | None:
        """What was said just before a denial, of somebody who denies it."""
        at = bisect_left(self.cued, denying.cue, key=lambda f: f.cue) - 1
        if at < 0 or self._stance(denying) != "denies" or self._stance(self.cued[at]) not in ("accuses", "asserts"):
            return None
        start, end = self.cued[at].content[0]
        apart = sentence_number(self.sentences, denying.cue[0]) - sentence_number(self.sentences, start)
        denied = {w.lower() for a, b in denying.content for w in words_of(self.text[a:b])}
        points = denied <= _POINTING  # who accuses may deny something else
        return self.cued[at] if points and apart in (0, 1) and end <= denying.cue[0] else None

    def _others_than(self, word: str, accusing: Found, at: int) -> Party | None:
        """Whoever else "they" may be than who accuses: nobody, where it was an accusation."""
        if self._stance(accusing) == "accuses":
            return None
        return self._latest_person(at, word) if word in HE else self._latest(at, person=False, plural=word in THEY)

    def _accused(self, word: str, accusing: Found) -> Party | None:
        """Whom "they" takes up in "the ministry blamed the rebels, which they denied": who was just said to have done
        it."""
        start, end = accusing.content[0]
        accused = _ACCUSED.match(self.text, start, min(end, start + LONGEST_SOURCE))
        if not accused or _AND_MORE.match(self.text, accused.end()):
            return None
        start, phrase = accused.start("who"), accused["who"].rstrip(" ,")
        words, head = [w.lower() for w in words_of(phrase)], head_of(phrase)
        if not words or _is_pronoun(words[0]) or not (is_party(head.lower()) or head[:1].isupper()):
            return None
        many = is_plural(phrase) and singular(head) != head
        if many != (word in THEY) and (many or (person_like(head) and not adds_name(phrase))):
            return None  # "it" is no rebels, "they" no general
        party = self._named_in(start, start + len(phrase), head) or self._described(phrase, words, head, start)
        if party is None or (word in IT and head in GROUP_NOUNS and party.person is not False):
            party = self._newly_described(phrase, head, (start, start + len(phrase)))  # "President Sand's army"
        return party if word in THEY or (party.person is not (word in IT) and not party.plural) else None

    def _stance(self, found: Found) -> Stance:
        return stance_of(self.text[slice(*found.cue)], None, "")

    def _antecedent(self, word: str, at: int) -> Party | None:
        """Whom "who" takes up: what stands right before it."""
        end = len(self.text[:at].rstrip(" ,"))
        speaks = self.source_to.get(at - 2 if self.text[at - 2 : at] == ", " else at - 1)
        if speaks and (party := self._who_speaks(speaks)) and not (word == "which" and party.person):
            return party
        before = bisect_left(self.names, (at,)) - 1
        if before >= 0 and not self.text[self.names[before][1] : at].strip(" ,"):
            return self.named[before]
        if named := _NAMED_BEFORE.search(self.text, max(0, at - _ANTECEDENT_REACH), at):
            return self._known(named["name"], None) or self._new(None, named["name"])
        match = _ANTECEDENT.search(self.text, max(0, at - _ANTECEDENT_REACH), at)
        if match is None or person_like(head_of(match.group())) is None:
            many = (p.search(self.text, max(0, at - _ANTECEDENT_REACH), at) for p in _PLURALS)
            match = next((m for m in many if m and person_like(m["head"])), match)
        if match is None:
            return None
        start, phrase = match.start(), match.group().rstrip(" ,")
        if person_like(head_of(phrase)) is None:  # "their fingers at the regime which"
            last = max((m.end() for m in _ONWARD.finditer(phrase)), default=0)
            if person_like(head_of(phrase[last:])) is not None:
                start, phrase = start + last, phrase[last:]
        head = head_of(phrase)
        words = [w.lower() for w in words_of(phrase)]
        end = start + len(phrase)
        return (
            self._named_in(start, end, head)
            or self._described(phrase, words, head, start)
            or self._newly_described(phrase, head, (start, end))
        )

    def _subject_before(self, at: int) -> Party | None:
        """What "It" that opens a sentence takes up: a country or body that is named first in the sentence before."""
        number = sentence_number(self.sentences, at)
        if number < 1 or self.sentences[number][0] != at:
            return None
        start, end = self.sentences[number - 1]
        within = ((a, b, kind) for kind, a, b in self.marks.mentions if start <= a and b <= end)
        named = [m for m in within if not is_adjective(self.text, m[0], m[1])]
        if not named:
            return None
        a, b, kind = min(named)
        if (
            kind not in ("organisation", "place")
            or len(before := self.text[start:a].lower().split()) > FIRST
            or not STOPS.isdisjoint(before)
            or not self.text[b : b + 1].isspace()
        ):
            return None
        party = self._known(self.text[a:b], False) or self._new(False, self.text[a:b])
        self._mention((a, b), party, kind)
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
            return self._latest(start, person=False) or self._latest(start, person=None)
        return None

    def _described(self, phrase: str, words: list[str], head: str, start: int) -> Party | None:
        """The party that a phrase without a name describes: "the general", "the Britain-based group", "a monitor"."""
        short = len(words) <= 4 and not adds_name(head_lowered(phrase, head))
        if is_definite(phrase):
            party = self._same_phrase(words) or self._match_head(head, start, phrase)
            if party is None and short and head in GENERIC_GROUPS:
                party = self._written_out(head, start) or self._generic_group(start, words)
            if party is None and head in PERSON_ROLES and len(words) <= 2 and words[0] not in _OWNING:
                party = self._whoever_fits(head, start)
            return party
        if short and head in GENERIC_GROUPS and (party := self._announced(start, words)):
            return party
        return None if words[0] in _NEW and start > HEADLINE else self._same_phrase(words)

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


def _is_pronoun(word: str) -> bool:
    return word in HE | IT | THEY | SELF
