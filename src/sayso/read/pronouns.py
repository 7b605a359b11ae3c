"""Whom "he", "it", "they", "who" and "we" take up: who spoke last, who was just accused, what stands right before."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate

from sayso.read.attributions import Marks
from sayso.read.described import LONGEST_SOURCE, Described
from sayso.read.found import Found, Offsets, kind_of
from sayso.read.names import (
    STOPS,
    adds_name,
    head_of,
    is_plural,
    modifies,
    person_like,
    singular,
    words_of,
)
from sayso.read.nouns import (
    GROUP_NOUNS,
)
from sayso.read.party import Party
from sayso.read.phrases import (
    is_adjective,
    is_party,
)
from sayso.read.stance import stance_of
from sayso.text import sentence_number
from sayso.types import Stance
from sayso.wordsets import word_set

BEGINNING = 60  # characters of a sentence in which whoever it is about is named
FIRST = 4  # words of a sentence before the name that it is about
HE = word_set("he she him her who")
IT = word_set("it which that its")
THEY = word_set("they them their those")
SELF = word_set("i we me us our my ourselves")
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
_SPOKEN_TO = re.compile(
    rf"\b(?:to|with) (?P<who>(?:an?|one) (?:[\w-]{{1,30}} ){{0,3}}?(?P<head>[a-z]{{3,30}})\b{_WHERE})"
)
_SEVERAL_PEOPLE = re.compile(
    rf"(?<!\w)(?P<who>(?:[Tt]he |[Tt]wo |[Tt]hree |[Ss]ome )?(?P<head>[A-Za-z]{{2,30}}(?:s|men))\b{_WHERE})"
)
_NAMED_BEFORE = re.compile(  # "by Orvia, which": a place
    r"\b(?:by|of|for|from|and|with) (?P<name>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3}),\s?\Z"
)
_ANTECEDENT_REACH = 120  # characters before "who" that are looked at


class Pronouns(Described):
    """An article's parties, with whom a pronoun takes up where it stands."""

    def __init__(
        self,
        text: str,
        marks: Marks,
        sentences: Sequence[Offsets],
        extent: Offsets,
        is_country: Callable[[str], bool],
        is_state: Callable[[str], bool],
    ) -> None:
        super().__init__(text, marks, sentences, extent, is_country, is_state)
        self.cued = sorted(marks.relations, key=lambda f: f.cue)
        self.source_to = {f.source[1]: f.source for f in self.sources if f.source}  # by where it ends
        self.told = _covered(sentences, [piece for f in marks.relations for piece in (f.cue, *f.content)])
        self.speaking: dict[int, Party | None] = {}  # by the id() of a relation
        self.speaker: dict[Offsets, Party | None] = {}  # of each source that was resolved

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
        if number < 0 or self.told[number]:
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
            phrase, at = met["who"], met.start("who")
            if person_like(met["head"]) and (pronoun in HE or at - start < BEGINNING):
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
        if not words or is_pronoun(words[0]) or not (is_party(head.lower()) or head[:1].isupper()):
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
        speaks = self.source_to.get(at - 2 if self.text[at - 2 : at] == ", " else at - 1)
        party = self.speaker.get(speaks) if speaks else None
        if party and not (word == "which" and party.person):
            return party
        before = bisect_left(self.names, (at,)) - 1
        if before >= 0 and not self.text[self.names[before][1] : at].strip(" ,"):
            return self.named[before]
        if named := _NAMED_BEFORE.search(self.text, max(0, at - _ANTECEDENT_REACH), at):
            person = False if word == "which" else None
            return self._known(named["name"], person) or self._new(person, named["name"])
        match = _ANTECEDENT.search(self.text, max(0, at - _ANTECEDENT_REACH), at)
        if match is None or person_like(head_of(match.group())) is None:
            many = (p.search(self.text, max(0, at - _ANTECEDENT_REACH), at) for p in _PLURALS)
            match = next((m for m in many if m and is_party(m["head"])), match)
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


def is_pronoun(word: str) -> bool:
    """True of a lower-case word that takes up a party."""
    return word in HE | IT | THEY | SELF


def _covered(sentences: Sequence[Offsets], pieces: Iterable[Offsets]) -> list[int]:
    """For each sentence how many of the pieces reach into it."""
    changes = [0] * (len(sentences) + 1)
    for start, end in pieces:
        changes[sentence_number(sentences, start)] += 1
        changes[sentence_number(sentences, max(start, end - 1)) + 1] -= 1
    return list(accumulate(changes))
