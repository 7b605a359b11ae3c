"""Whom "he", "it", "they", "who" and "we" take up: who spoke last, who was just accused, what stands right before."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate

from sayso.read.clauses import AND, COMMA, FINITE, INFINITIVE, ING, OF, PREP, REL, STRONG, SUB, TO, VERBS, WHEN, parsed
from sayso.read.demonyms import COUNTRY_OF
from sayso.read.described import LONGEST_SOURCE, Described
from sayso.read.found import Found, Offsets, kind_of
from sayso.read.known import is_somebody
from sayso.read.names import STOPS, adds_name, head_of, is_plural, is_title, name_words, person_like, singular, words_of
from sayso.read.nouns import FEMALE, GROUP_NOUNS, MALE, OF_ONE
from sayso.read.party import Party
from sayso.read.phrases import is_adjective, is_party
from sayso.read.stance import stance_of
from sayso.text import sentence_number
from sayso.types import Stance
from sayso.wordsets import word_set

_SINCE = 2  # sources that have spoken since those whom "they" takes up
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
    r"(?:(?:(?!(?:In|On|At|From|By|For|With|After|Before|Since|During|Under|As|But|And|The|To|Of|\w+day)\b)"
    r"[A-Z][\w.’'-]{0,30}|foreign|defen[cs]e|interior|health|senior|former|local|armed|opposition|military|medical|"
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
_WHICH_THEY = re.compile(r"\b(?:where|which|who|whom|that|what|when|than)\s\Z")
_VERBS = frozenset((FINITE | VERBS) - {ING, INFINITIVE})
_ENDING = FINITE | VERBS | {REL, SUB, COMMA, STRONG, AND, TO, WHEN}  # where a noun phrase and what is beside it end
_AND_MORE = re.compile(r"\sand\b")  # "the army and the Guard": both, or either
_WHERE = (  # none of what it does there: "in the pond had died", "of the league voted"
    r"(?: (?:at|of|in|from|for)(?: (?!(?:had|has|have|was|were|is|are|who|that|on|said|\w{2,20}ed)\b)"
    r"[\w’'-]{1,30}){1,8})?"
)
# Whom a report met: "We spoke to a clerk at the town hall".
_MET = re.compile(
    r"(?P<by>\b(?:[Ww]e|I|(?:[Oo]ur|[Tt]his) [a-z]{4,20}|(?:The )?[A-Z][\w’'-]{1,30}(?: [A-Z][\w’'-]{1,30}){0,3}))"
    r" (?:spoke|has spoken|have spoken|had spoken|talked)(?: [\w’'-]{1,30}){0,4}? (?:to|with) "
    rf"(?P<who>(?:an?|one) (?:[\w-]{{1,30}} ){{0,3}}?(?P<head>[a-z]{{3,30}})\b{_WHERE})"
)
# Who acts in a sentence: "By noon, doctors at the clinic had seen"; not to whom something is done, nor who does harm.
_ACTING = re.compile(
    rf"(?:\w{{2,12}} [^,\n]{{2,30}}, )?"
    rf"(?P<who>(?:[Tt]he |[Tt]wo |[Tt]hree |[Ss]ome )?(?P<head>[A-Za-z]{{2,30}}(?:s|men))\b(?![’'-])(?>{_WHERE}))"
    r"(?! (?:(?:had|have|has) been|were|was|are|is|who|whose|that|and|or)\b)"
    r"(?! (?:(?:had|has|have) )?(?:abduct|arrest|captur|detain|evict|expel|free|kidnap|kill|releas|seiz|shoo?t)\w*)"
)
_UNDERGOES = re.compile(  # of whose name is no subject, is one of two, or to whom something is done
    r"['’–—-]|,?\sand\s(?:[A-Z]|the\s|his\s|her\s)|(?:,\s[^,;]{1,150},)?(?:\s\w+ly)?\s(?:"
    r"(?:was|is|has\sbeen|had\sbeen|got)\s(?:\w+ly\s|also\s|not\s)?(?:\w+ed|hit|hurt|shot|slain|found|taken|held|dead|"
    r"among|one|under)\b|(?:has\s|had\s)?died\b)"
)
_US = re.compile(r"\b(?:drove|guided|led|met|showed|took|walked)\sus\b")  # "Hask Orra walked us to the crater."
_ASIDE = re.compile(r"\b(?:of|by|for|from|to|with)\b")
_OUTRAGED = re.compile(  # "The attack drew outrage from the envoy Ivo Sand."
    r"\b(?:anger|condemnation|criticism|dismay|fury|outrage|praise|protests?|rebukes?)\s(?:from|by)\s(?P<who>[^.;:\n]{3,80})[.\s]*\Z"
)
_BY_NAMED = re.compile(r"\bby (?P<name>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3}),\s?\Z")  # "by Orvia, which": a place
_OF_NAMED = re.compile(r"\b(?:of|from|for) (?P<name>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3}),\s?\Z")
_WHOSE = re.compile(r"['’]s\s\w\Z")
# A body whose name opens a sentence, be it that the network has not seen it: "The Guard, which …", "The NF7 seized".
_CALLED = re.compile(
    r"(?:The (?P<plain>)|)(?P<name>[A-Z][\w’'-]*[A-Z\d]|(?(plain)[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,3}|(?!)))"
    r"(?=, (?:which|an?|the) | (?:has|had|is|was) | [a-z]{2,}ed )"
)
_ANTECEDENT_REACH = 120  # characters before "who" that are looked at


class Pronouns(Described):
    """An article's parties, with whom a pronoun takes up where it stands."""

    @cached_property
    def cued(self) -> list[Found]:
        """The relations by where their cues stand."""
        return sorted(self.marks.relations, key=lambda f: f.cue)

    @cached_property
    def source_to(self) -> dict[int, Offsets]:
        """The sources by where they end."""
        return {f.source[1]: f.source for f in self.sources if f.source}

    @cached_property
    def told(self) -> list[int]:
        """For each sentence in how many pieces somebody speaks."""
        return _covered(self.sentences, [piece for f in self.marks.relations for piece in (f.cue, *f.content)])

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
            return above if above and _may_be_it(above) else self._subject_before(at) or self._body(at)
        if word in THEY:
            if party := self._subject_here(at):
                return party
            if above and not above.person:
                return above
            brought_up = None if found.parent else self._brought_up(found, word)
            return brought_up or self._several(at) or above or self._latest(at, person=False)
        return None

    def _subject_here(self, at: int) -> Party | None:
        """Whom "they" takes up in "Officers buried those whom they say it killed": the people that the sentence is
        about."""
        start, _ = self.sentences[sentence_number(self.sentences, at)]
        if at - start > LONGEST_SOURCE or not _WHICH_THEY.search(self.text, start, at):
            return None
        sentence, _ = parsed(self.text, (start, at), (), (), ())
        first = next((c for c in sentence.chunks if sentence.tag(c.first - 1) not in (PREP, OF)), None)
        if first is None or not FINITE.isdisjoint(sentence.tags[: first.first]):
            return None
        head = sentence.low[first.head]
        if head == singular(head) or not is_party(head):
            return None
        last = next((n for n in range(first.last, len(sentence.tags)) if sentence.tags[n] in _ENDING), first.last)
        who = sentence.spans[first.first][0], sentence.spans[last - 1][1]
        phrase = self.text[slice(*who)]
        known = self._described(phrase, list(words_of(phrase.lower())), head, who[0])
        return known or self._newly_described(phrase, head, who)

    def _body(self, at: int) -> Party | None:
        """Whom "it" takes up: the body that spoke last; where none has, a source that has."""
        body = self._latest(at, person=False, plural=False)
        if body and body.last >= 0:
            return body
        source = self._last_of([p for p in self.parties if p.last >= 0 and is_somebody(p) and not p.plural], at)
        return source or (None if body and body.names and COUNTRY_OF.keys() >= set(body.names) else body)

    def _several(self, at: int) -> Party | None:
        """Whom "they" takes up: the people that spoke last, if that is not long ago; else the body, any of which is as
        good as another: "the opposition says … they say"."""
        many = [p for p in self.parties if p.plural or "police" in p.heads]
        people = self._last_of(many, at)
        body = self._last_of([p for p in self.parties if p.person is False and not p.plural], at)
        if not people or not body or body.last <= people.last or people.last < 0:
            return people or (body if body and body.last >= 0 else None)
        since = [f.source for f in self.sources if f.source and people.last < f.source[1] <= at]
        return body if len({self.text[slice(*s)] for s in since}) > _SINCE and body.last == since[-1][1] else people

    def _brought_up(self, found: Found, pronoun: str) -> Party | None:
        """Whom the sentence before what "he" says is about, where nobody speaks in it: whom a report met, "We spoke to
        a clerk", or who was outraged; for "they" the people who act in it, "By noon, doctors had seen 31 bodies"."""
        begin = min(start for start, _ in (*found.content, found.source or found.cue))
        number = sentence_number(self.sentences, begin) - 1
        if number < 0 or self.told[number]:
            return None
        start, end = self.sentences[number]
        end = min(end, start + LONGEST_SOURCE)
        if pronoun in THEY:
            before = self.sentences[max(0, number - 1)][0]
            spoke = any(p.plural and before <= p.last <= start for p in self.parties)
            go_on = spoke and "\n\n" not in self.text[before:start]  # those who just spoke, in one paragraph
            met = None if go_on else _ACTING.match(self.text, start, end)
        else:
            if party := self._acts(start, end, pronoun):
                return party
            met = _MET.search(self.text, start, end)
            if met and not self._is_of_report(met["by"]):
                met = None
            shown = _US.search(self.text, start, end)  # not by "the widow of Hask Orra"
            whom = (start, shown.start()) if shown and not _ASIDE.search(self.text, start, shown.start()) else None
            if outraged := _OUTRAGED.search(self.text, start, end):
                whom = outraged.span("who")
            if met is None and whom:
                party = self._named_in(*whom, "")
                return party if party and party.person and self._may_be(party, pronoun) else None
        wrong = FEMALE if pronoun in MALE else MALE
        if met is None or not person_like(met["head"].lower()) or met["head"] in wrong:
            return None
        phrase, at = met["who"], met.start("who")
        known = self._described(phrase, list(words_of(phrase.lower())), met["head"], at)
        return known or self._newly_described(phrase, met["head"], met.span("who"))

    def _acts(self, start: int, end: int, pronoun: str) -> Party | None:
        """The person by whose name a sentence begins and who does something in it: "Ivo Sand, a doctor, gave a lower
        figure." Not to whom something is done."""
        at = bisect_left(self.names, (start,))
        if at + 1 < len(self.names) and _WHOSE.match(self.text, self.names[at][1], self.names[at + 1][0] + 1):
            at += 1  # "the Herald's Ivo Sand"
        if at == len(self.names) or self.names[at][1] > end:
            return None
        (first, last, _), party = self.names[at], self.named[at]
        before = self.text[start:first].split()
        leads = len(before) <= FIRST and (not before or before[-1].endswith(("'s", "’s")) or all(map(is_title, before)))
        if not (leads and party.person and self._may_be(party, pronoun) and any(" " in name for name in party.names)):
            return None
        return None if _UNDERGOES.match(self.text, last, end) else party

    def _is_of_report(self, who: str) -> bool:
        """True of who writes the report: "we", "this newspaper", the outlet by its name."""
        return not who[0].isupper() or who in ("We", "I") or name_words(who) <= name_words(self.outlet or "")

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
        phrase = self._noun_phrase(start, start + len(phrase)) or phrase
        words, head = [w.lower() for w in words_of(phrase)], head_of(phrase)
        if not words or is_pronoun(words[0]) or not (is_party(head.lower()) or adds_name(phrase)):
            return None
        many = is_plural(phrase) and singular(head) != head
        if many != (word in THEY) and (many or (person_like(head) and not adds_name(phrase))):
            return None  # "it" is no rebels, "they" no general
        party = self._named_in(start, start + len(phrase), head) or self._described(phrase, words, head, start)
        if party is None or (word in IT and head in GROUP_NOUNS and party.person is not False):
            party = self._newly_described(phrase, head, (start, start + len(phrase)))  # "President Sand's army"
        return party if word in THEY or (party.person is not (word in IT) and not party.plural) else None

    def _noun_phrase(self, start: int, end: int) -> str | None:
        """The noun phrase that the words begin with, where a verb follows it: "the Guard" of "the Guard shot him"."""
        sentence, _ = parsed(self.text, (start, end), (), (), ())
        first = sentence.chunk(0)
        last = sentence.end(first) if first else 0
        follows = sentence.after(last)
        return self.text[start : sentence.spans[last - 1][1]] if last and sentence.tag(follows) in _VERBS else None

    def _stance(self, found: Found) -> Stance:
        return stance_of(self.text[slice(*found.cue)], None, "")

    def _antecedent(self, word: str, at: int) -> Party | None:
        """Whom "who" takes up: what stands right before it."""
        ends = [at - n for n in (1, 2) if not self.text[at - n : at].strip(" ,")]
        if source := next((self.source_to[end] for end in ends if end in self.source_to), None):
            party = self.speaker.get(source)
            if party and (word == "who" or party.person is False):
                return party
            person = party.person if party else person_like(head_of(self.text[slice(*source)]))
            named = _OF_NAMED.search(self.text, max(source[0], at - _ANTECEDENT_REACH), at)
            if named and word == "which" and person is not False:  # "the minister of Orvia, which …"
                return self._known(named["name"], False) or self._new(False, named["name"])
        before = bisect_left(self.names, (at,)) - 1
        if before >= 0 and not self.text[self.names[before][1] : at].strip(" ,"):
            return self.named[before]
        if named := _BY_NAMED.search(self.text, max(0, at - _ANTECEDENT_REACH), at):
            return self._known(named["name"], None) or self._new(None, named["name"])
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
        if (called := _CALLED.match(self.text, start, end)) and self._is_body(called, end):
            return self._known(called["name"], False) or self._new(False, called["name"])
        within = ((a, b, kind) for kind, a, b in self.marks.mentions if start <= a and b <= end)
        named = [m for m in within if not is_adjective(self.text, m[0], m[1])]
        if not named:
            return None
        a, b, kind = min(named)
        if (
            kind not in ("organisation", "place")
            or len(before := self.text[start:a].rpartition(",")[2].lower().split()) > FIRST
            or not STOPS.isdisjoint(before)
            or not self.text[b : b + 1].isspace()
            or self.text[a:b] in COUNTRY_OF  # "the Norwegian was held"
        ):
            return None
        party = self._known(self.text[a:b], False) or self._new(False, self.text[a:b])
        self._mention((a, b), party, kind)
        return party

    def _is_body(self, called: re.Match[str], end: int) -> bool:
        """True of what may well say something: initials, a body by what it is, or what the network takes for one. Not
        of "the Orvian", nor of that to which something is done."""
        name = called["name"]
        words = name.split()
        if not COUNTRY_OF.keys().isdisjoint((name, words[-1])) or _UNDERGOES.match(self.text, called.end(), end):
            return False
        at = called.span("name")
        marked = any(a <= at[0] and at[1] <= b for a, b, person in self._names_in(*at) if not person)
        return marked or singular(words[-1].lower()) in GROUP_NOUNS | OF_ONE or not words[-1][-1].islower()


def _may_be_it(above: Party) -> bool:
    """True where "it" may be whoever tells what it says: a body, or what has a name; "according to the law" is none."""
    body = above.person is False or above.named or any(map(is_party, above.heads))
    return above.person is not True and body and (above.named or not above.plural) and not is_somebody(above)


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
