"""The parties of an article as far as they are known: by name, by what they are called, by when they spoke last."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable

from sayso.read.attributions import Marks
from sayso.read.demonyms import COUNTRY_OF
from sayso.read.found import Offsets
from sayso.read.names import (
    STOPS,
    Name,
    adds_name,
    beside,
    head_of,
    is_plural,
    modifies,
    name_words,
    person_like,
    persons,
    phrase_key,
    same_name,
    singular,
    with_title,
    words_of,
)
from sayso.read.nouns import (
    FEMALE,
    FOR_ALL,
    GROUP_NOUNS,
    MALE,
    MODIFIERS,
    OF_ONE,
    PERSON_ROLES,
    SOURCES,
    STAFF,
    STATE_BODIES,
)
from sayso.read.owners import offices, offices_around, same_owner, tells_of
from sayso.read.party import Party, PartyMention
from sayso.read.phrases import is_adjective, may_be_one, names_holder, takes_up, told_by
from sayso.types import MentionKind

MOST = 100  # names of one word for which a longer one is looked for
LONGEST_NAME = 80  # characters that may follow on "Ministry"
NAMES = ("person", "organisation")
"""Kinds of mentions that are names of parties."""

_DAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|"
_DAY += r"October|November|December)\b"
_CAPITAL = rf"(?: (?!{_DAY})[A-Z][\w’-]*\b(?!['’]s))"
_COMPLEMENT = rf"(?: (?:{{}})(?: the)?{_CAPITAL}+(?: and{_CAPITAL}+)?)+"
_OF, _FOR = _COMPLEMENT.format("of"), _COMPLEMENT.format("of|for")  # "of Works and Ports", "for Human Rights"
_SITS = re.compile(r"-(?!(?:led|backed)\Z)")  # "Quay-based"; an "Orvia-led" coalition is not any
_AGE = re.compile(r"(?<=[^\W\d])(?:,\s\d{1,3}|\s\(\d{1,3}\))(?=[,\s]|\Z)")  # "Mara, 63"
_OF_LAND = re.compile(r" (?:of|for) (?:the )?(?P<land>[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*)\Z")
_OWNS = re.compile(r"(?:['’]s)? (?!based|led|backed|and|or|which|who|that|whose)[a-z]")  # "Orvia's army", "Orvias army"


class Known:
    """What a reader knows of who is who at some place of an article: names first, then whoever speaks, one by one."""

    def __init__(
        self,
        text: str,
        marks: Marks,
        extent: Offsets,
        is_country: Callable[[str], bool],
    ) -> None:
        self.text = text
        self.extent = extent
        self.marks = marks
        self.is_country = is_country
        # Names that something else than a person bears: the network takes a country for a person here and there.
        self.no_persons = {text[a:b] for kind, a, b in marks.mentions if kind != "person"}
        self.parties: list[Party] = []
        self.mentions: dict[Offsets, PartyMention] = {}
        # In "Oslo-based" the name says where the group sits, not who it is, and "Syrian" in "Syrian officers" of where.
        self.names = sorted(
            (a, b if kind == "person" else _in_full(text, a, b), kind == "person")
            for kind, a, b in marks.mentions
            if kind in NAMES and text[b : b + 1] not in ("-", "‑") and not is_adjective(text, a, b)
        )
        self.named: list[Party] = []  # the party of each name
        self.by_phrase: dict[tuple[str, ...], list[Party]] = defaultdict(list)  # by all their words, in the singular
        self.by_key: dict[str, list[Party]] = defaultdict(list)  # by the words and initials of their names

    def _name_parties(self) -> None:
        """Make a party of each name, or find whose it is: the longest names first, so that a part finds its whole."""
        people = persons(self.text, self.names)
        parties: dict[int, Party] = {}
        length = [end - start for start, end, _ in self.names]
        for at in sorted(range(len(self.names)), key=lambda at: (-length[at], at)):
            start, end, _ = self.names[at]
            parties[at] = self._name_party(start, end, people[at])
        self.named = [parties[at] for at in range(len(self.names))]
        short = [
            p for p in self.parties if p.names and p.person is not True and not any(" " in name for name in p.names)
        ]
        for party in short[:MOST]:
            if name := self._written_longer(party.names[0]):
                self._add(party, name)

    def _written_longer(self, noun: str) -> str | None:
        """The name of a body that is called "the Guard", where the text has but one that ends so, "the Highland Guard",
        though the network has not seen it. None for what any state or side has: "the Army" may be another than "the
        Free Army"."""
        if not noun.istitle() or singular(noun.lower()) not in OF_ONE:
            return None
        if not re.search(rf"\b[Tt]he {noun}\b(?! [A-Z])", self.text):
            return None
        whole = rf"(?<=[Tt]he )(?:(?!The )[A-Z][\w’'-]{{1,30}} ){{1,3}}{noun}\b(?:{_rest_of(noun)})?(?! [A-Z])"
        found = {match.group() for match in re.compile(whole).finditer(self.text, *self.extent)}
        return found.pop() if len(found) == 1 else None

    def _name_party(self, start: int, end: int, person: bool | None) -> Party:
        name = self.text[start:end]
        party = self._known(name, person) or self._new(person, name)
        party.named = True
        party.plural = party.plural or (is_plural(name) and singular(name.lower()) in PERSON_ROLES)  # "Officers"
        if party.person is None:
            party.person = person
        self._add(party, with_title(self.text, start, end) if party.person is not False else name)
        party.described |= beside(self.text, end)
        party.offices.update(offices_around(self.text, start, end))
        self._mention((start, end), party, "person" if party.person else "organisation")
        return party

    def _known(self, name: str, person: bool | None) -> Party | None:
        words = name_words(name)
        near = {
            p.number: p
            for key in told_by(name).keys
            for p in self.by_key.get(key, ())
            if None in (person, p.person) or p.person == person
        }
        head = singular(head_of(name).lower())
        for number in sorted(near):
            is_person = near[number].person is True
            called = near[number].names
            alike = (o for o in called if same_name(name, words, o, is_person) and not self._is_in_part(name, o))
            # What is called "the ministry", too, may be another one.
            if any(alike) and (is_person or all(may_be_one(name, other, head) for other in called)):
                return near[number]
        return None

    def _is_in_part(self, name: str, other: str) -> bool:
        """True where one of two names is a country's and only a part of the other, "Orvia" of "Orvia Harbour Police",
        or one of the two that the other joins, "Orvia" of "Orvia and Sand"."""
        lands = [n for n in (name, other) if self.is_country(n)]
        if len(lands) > 1 or (lands and lands[0] not in self.no_persons):
            return False  # "Orvia" and "Great Orvia"; "Nathan Jordan" and "Jordan", where nothing else is called so
        if name != other and (name in other.split(" and ") or other in name.split(" and ")):
            return True
        return bool(lands) and name_words(lands[0]) < name_words(other if lands[0] == name else name)

    def _names_in(self, start: int, end: int) -> list[Name]:
        """The names that begin there."""
        return self.names[bisect_left(self.names, (start,)) : bisect_left(self.names, (end,))]

    def _named_in(self, start: int, end: int, head: str) -> Party | None:
        """The party whose name the phrase turns on: a person anywhere in it, an organisation as its head."""
        first, last = bisect_left(self.names, (start,)), bisect_left(self.names, (end,))
        inside = [
            (a, b, party)
            for (a, b, _), party in zip(self.names[first:last], self.named[first:last], strict=True)
            if b <= end
        ]
        for a, b, party in inside:
            # "Jane Roe coordinator of the council" lost its comma; "Roe spokesman" is somebody else.
            if party.person and (
                not modifies(self.text[b:end]) or (" " in self.text[a:b] and self.text[b : b + 1] == " ")
            ):
                return party
        phrase = self.text[start:end]
        if head in PERSON_ROLES or singular(head) in PERSON_ROLES:
            return None  # "a spokesman for the ministry" is no ministry
        for a, b, party in inside:
            owner = _OWNS.match(self.text, b, end) and self.is_country(self.text[a:b].removesuffix("s"))
            if (
                STOPS.isdisjoint(words_of(self.text[start:a].lower()))
                and not owner
                and not names_holder(self.text[b:end])
            ):
                return party
        return self._known(phrase, None) if adds_name(phrase) else None

    def _same_phrase(self, words: list[str]) -> Party | None:
        """A party spoken of in the same words before, article aside: "a medical source" … "the source"."""
        known = self.by_phrase.get(phrase_key(words), ())
        return max(known, key=lambda p: p.last, default=None)

    def _match_head(self, head: str, at: int, phrase: str = "", body: Party | None = None) -> Party | None:
        """The latest party before ``at`` that is called or described by this noun; else one named later. None of
        another country or owner than the ``phrase`` says, nor any source but such as it tells of, "the medical source",
        nor two at once: "the regime and its backers"; none of another ``body`` than "its" takes up."""
        if not head:
            return None
        single = singular(head)
        person = person_like(head)
        of = _OF_LAND.search(phrase)  # abroad: at home nobody says of which country the minister is
        land = of["land"] if of and self.is_country(of["land"]) else None
        fits = [
            p
            for p in self.parties
            if (person is None or p.person in (None, person) or single in STAFF)
            and (single in p.described or single in p.heads)
            and not (head == single and p.joint)
            and all(may_be_one(phrase, name, single) for name in p.names if phrase)
            and same_owner(phrase, single, p.offices)
            and (land is None or p.person is False or tells_of(words_of(land), p.offices))
            and (body is None or self._is_of(p, body, single))
        ]
        spoke = [p for p in fits if 0 <= p.last <= at]
        if spoke:
            return max(spoke, key=lambda p: p.last)
        numbers = {p.number for p in fits if p.named}
        return next((p for p in self.named[: bisect_left(self.names, (at,))][::-1] if p.number in numbers), None)

    def _is_of(self, party: Party, body: Party, role: str) -> bool:
        """False of who is another body's spokesman."""
        if party.body:
            return party.body is body
        return any(same_owner(f"{name}'s {role}", role, party.offices) for name in body.names)

    def _generic_group(self, at: int, words: list[str]) -> Party | None:
        """The body that spoke last, which "the group" takes up: no ministry, and none of which the other words say
        something of their own ("the ambulance service"), unless its name has them."""
        spoke = [p for p in self.parties if p.person is False and p.named and 0 <= p.last <= at and not is_office(p)]
        last = max(spoke, key=lambda p: p.last) if spoke else None
        own = [w for w in words[:-1] if not (w in MODIFIERS or _SITS.search(w) or w.capitalize() in COUNTRY_OF)]
        return last if last and (not own or any(takes_up(own, name) for name in last.names)) else None

    def _latest_person(self, at: int, pronoun: str, apart: Party | None = None) -> Party | None:
        """Whom "he" takes up: not a woman, as far as it is known who is one, nor who stands ``apart``; else whoever may
        be a person."""
        single = [p for p in self.parties if p is not apart and self._may_be(p, pronoun)]
        people = [p for p in single if p.person or p.one or is_somebody(p)]
        unsure = [p for p in single if p.person is None and p.named and not any(map(self.is_country, p.names))]
        return self._last_of(people, at) or self._last_of(unsure, at)

    def _may_be(self, party: Party, pronoun: str) -> bool:
        """False of whom "he" can't be, as far as it is known who is a woman."""
        wrong = FEMALE if pronoun in MALE else MALE if pronoun in FEMALE else frozenset()
        if not wrong:
            return not party.plural
        woman = any(word.endswith("woman") for word in party.described)
        man = any(word.endswith("man") and not word.endswith(("woman", "human")) for word in party.described)
        man = man and not party.named  # but "the policeman Mara Lind" may be
        unlike = woman if pronoun in MALE else man  # "a fisherman" is no "she"
        return not (party.plural or unlike) and party.described.isdisjoint(wrong)

    def _latest(self, at: int, *, person: bool | None, plural: bool | None = None) -> Party | None:
        """The party that spoke last before ``at``; if none did, the one named last. A body is not led to those who
        speak without a name."""
        return self._last_of(
            [
                p
                for p in self.parties
                if (person in (None, p.person) or (p.person is None and not person and not p.anonymous))
                and (plural is None or p.plural == plural)
            ],
            at,
        )

    def _last_of(self, parties: list[Party], at: int) -> Party | None:
        """Of ``parties`` the one that spoke last before ``at``; if none did, the one named last."""
        spoke = [p for p in parties if 0 <= p.last <= at]
        if spoke:
            return max(spoke, key=lambda p: p.last)
        numbers = {p.number for p in parties}
        before = range(bisect_left(self.names, (at,)) - 1, -1, -1)
        near = (self.named[n] for n in before if self.names[n][1] <= at)
        return next((p for p in near if p.number in numbers), None)

    def _new(self, person: bool | None, name: str) -> Party:
        party = self._nobody(person)
        self._add(party, name)
        return party

    def _nobody(self, person: bool | None = None) -> Party:
        """A party without a name, by which nothing is led to it."""
        party = Party(len(self.parties), person)
        self.parties.append(party)
        return party

    def _add(self, party: Party, name: str) -> None:
        if ")" in name and "(" not in name:
            name = name.rpartition(")")[2] or name  # an agency's credit before the first words
        name = re.sub(r"\s+", " ", _AGE.sub("", name)).strip(" ,;:\"“”'’-–—(")
        if name and name not in party.names and not name.startswith("neither "):  # "neither the Guard nor the Front"
            party.names.append(name)
            told = told_by(name)
            party.named = party.named or told.named
            self.by_phrase[told.phrase].append(party)
            for key in told.keys:
                self.by_key[key].append(party)
            party.described |= told.described
            party.heads |= told.heads
            party.offices.update(offices(name))

    def _mention(self, span: Offsets, party: Party, kind: MentionKind) -> None:
        self.mentions.setdefault(span, PartyMention(*span, kind, party.number))

    def _kind(self, span: Offsets, party: Party) -> MentionKind:
        phrase = self.text[slice(*span)]
        if party.named and adds_name(phrase):
            return "person" if party.person else "organisation"
        if head_of(phrase) in PERSON_ROLES or party.person:
            return "role"
        return "organisation" if party.person is False else "other"


def _rest_of(noun: str) -> str:
    """The pattern of what may follow on a body's noun as a part of its name; a guard "for Norvia" is only blamed."""
    return _FOR if singular(noun.lower()) in FOR_ALL else _OF


def _in_full(text: str, start: int, end: int) -> int:
    """Where the name of a body ends that begins with what it is: a bare "Ministry" is that "of Works"."""
    if singular(text[start:end].lower()) not in STATE_BODIES | GROUP_NOUNS:
        return end
    rest = re.compile(_rest_of(text[start:end])).match(text, end, end + LONGEST_NAME)
    return rest.end() if rest and rest.end() < end + LONGEST_NAME else end  # it may be cut off there


def is_somebody(party: Party) -> bool:
    """True of whoever is "he" though no name says so: a source, an outlet whose correspondent spoke last."""
    return (party.person is None and not SOURCES.isdisjoint(party.heads)) or party.staff


def is_office(party: Party) -> bool:
    """True of a body of a state or house that nobody calls a group, a service or an agency."""
    return any(not STATE_BODIES.isdisjoint(map(str.lower, words_of(name))) for name in party.names)
