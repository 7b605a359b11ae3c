"""Which words of a text are names of places: capitalised words that the gazetteer knows and that the words around show
to be places, anywhere in the article. What they denote is decided in ``places``.

A name is one thing throughout an article. Where "in Jackson" or "Jackson, Miss." shows it to be a place once, it is one
at the start of a sentence, too; where the article rather has a "Michael Jackson" or a "Mr. Jackson", each further
"Jackson" has to show by itself that it is a place.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from sayso.placewords import (
    BESIDE,
    BODIES,
    COMMON,
    DIRECTIONS,
    DISTRICT_WORDS,
    INSIDE,
    KIND_WORDS,
    LANDS,
    LINKS,
    NO_NAMES,
    NOT_WITHIN,
    OFFICES,
    REGION_WORDS,
    SIDES,
    SITE_WORDS,
    STREETS,
    TAKING,
    TITLES,
    TOWARDS,
    WITHIN,
)
from sayso.read.demonyms import COUNTRY_OF
from sayso.read.gazetteer import Gazetteer, Known
from sayso.text import sentences
from sayso.types import Span

# A word of a name. No two of its parts can match the same character, so this is linear.
_WORD = re.compile(r"(?:[A-Z]\.){2,4}|[^\W\d_]+(?:['’‘ʼʻ`´][^\W\d_]+)*")
_ARTICLE = re.compile(r"[AaEeUu](?:l|[dnrstz]|sh|th|dh|ch)")  # "al Bab", "Deir ez Zor"
_LONGEST = 6  # words in a name that is looked up
_LISTED = 6  # names in a list that one word for a kind of place goes with
# A province as newspapers shorten it after a town: "Salem, Ore.", "Salem, W.Va.", "Salem, OR".
_SHORTENED = re.compile(r",\s((?:[A-Z]\.\s?){1,3}(?:[A-Z][a-z]{1,3}\.)?|[A-Z][a-z]{1,4}\.|[A-Z]{2}\b)")

_INITIALS = re.compile(r"(?:[A-Z]\.){2,3}")  # "N.J."

_POPULOUS = 100_000  # a town of this size is known abroad: its name needs no further sign of being a place
_TOWNLIKE = 10_000
_PROVINCIAL = 500_000


@dataclass(frozen=True, slots=True)
class Name:
    """A name and what it may denote, the meanings by its exact spelling (``exact`` of them) first.

    ``regional``: the words beside it speak of a province. ``district``: of a county or the like. ``sure``: a word such
    as "town" goes with it, or the model tagged it, so that it is a place even if nobody knows where. ``shown``: the
    article shows it to be a place; one that it doesn't is a place only if it is at home where the article is.
    ``holder``: the name right after it, by number, that says where it is ("Springfield, Illinois").
    """

    span: Span
    meanings: tuple[Known, ...]
    exact: int
    regional: bool = False
    district: bool = False
    sure: bool = False
    shown: bool = True
    holder: int | None = None


@dataclass(slots=True)
class _Seen:
    """One occurrence of a known name: words ``at`` to ``end``.

    ``sign``: the words beside it show a place. ``apart``: it is no piece of a longer name. ``person``: the words beside
    it show a person. ``within``: it begins the name of something that is likely to lie there ("the Ohio Association").
    ``street``: a street is called by it.
    """

    at: int
    end: int
    meanings: tuple[Known, ...]
    exact: int
    key: str
    sign: bool = False
    apart: bool = True
    person: bool = False
    within: bool = False
    street: bool = False


class Finder:
    """The words of one text, by number, and the names they make up. Ranges of words exclude their end. ``mentions`` and
    ``persons`` are what the model took for places and for persons: hints, no more."""

    def __init__(self, text: str, gazetteer: Gazetteer, mentions: Sequence[Span], persons: Sequence[Span]) -> None:
        self.text = text
        self.gazetteer = gazetteer
        self.spans = [match.span() for match in _WORD.finditer(text)]
        self.words = [text[start:end] for start, end in self.spans]
        self.bare = [_bare(word) for word in self.words]
        self.low = [word.lower() for word in self.bare]
        self.capital = [word[0].isupper() for word in self.words]
        self.gaps = [text[end:start] for (_, end), (start, _) in pairwise(self.spans)]  # what stands behind each word
        self.links = [*map(_links, self.gaps, self.low), False]
        self.begins = [self._begins_name(at) for at in range(len(self.words))]
        self.first, self.headline = self._sentences()
        self.lowered = {word for word in self.words if word.islower()}
        self.tagged = self._numbers(mentions)
        self.persons = self._numbers(persons)
        self.taken: set[int] = set()

    def demonyms(self) -> Iterator[str]:
        """The country code of each word like "Syrian" or "South Korean"."""
        for at, (first, second) in enumerate(pairwise([*self.bare, ""])):
            if self.capital[at] and (country := COUNTRY_OF.get(first) or COUNTRY_OF.get(f"{first} {second}")):
                yield country

    def names(self) -> list[Name]:
        """The place names in order, none overlapping another."""
        seen = list(self._known())
        kept = self._kept(seen)
        found = {(s.at, s.end): self._name(s, shown=shown) for s, shown in kept}
        self.taken = {i for at, end in found for i in range(at, end)}
        for at, end in self._unknown():
            if not self.taken & set(range(at, end)):
                found[at, end] = self._name_of_unknown(at, end)
        return self._held([found[key] for key in sorted(found)])

    def _name_of_unknown(self, at: int, end: int) -> Name:
        """The name that the words ``at`` to ``end`` are: a known one after all, the widely known place that it begins
        with ("Borean Army", where the model tagged that), or one that nobody knows."""
        exact, loose = ((), ()) if self._follows(end - 1, STREETS) else self._meanings(at, end)
        if not (exact or loose) and at in self.tagged:
            last, begun, _ = self._longest(at)
            begun = tuple(filter(_is_widely_known, begun)) or self._country_meant(at)
            if begun:
                return Name(self._span(at, last), begun, len(begun), sure=True)
        return Name(self._span(at, end), exact + loose, len(exact), sure=True)

    # Known names

    def _known(self) -> Iterator[_Seen]:
        """Every occurrence of a name that the gazetteer knows, the longest first, with the signs beside it."""
        end, last_place = 0, -1
        for at, begins in enumerate(self.begins):
            if at < end or not begins:
                continue
            end, meanings, exact = self._longest(at)
            if not meanings:
                lands = at in self.tagged or self._follows(at, KIND_WORDS | LANDS)  # "the Turkish border"
                if lands and self.low[at] in COUNTRY_OF_LOWER:
                    meanings, exact = self._country_meant(at), 1
                    if meanings:
                        yield _Seen(at, end, meanings, exact, self.low[at], sign=True)
                continue
            seen = _Seen(at, end, meanings, exact, self._written(at, end))
            self._look_around(seen, last_place)
            if seen.apart and not seen.person and not seen.street:
                last_place = end
            yield seen

    def _look_around(self, seen: _Seen, last_place: int) -> None:
        seen.apart = self._stands_alone(seen.at, seen.end)
        seen.person = self._is_person(seen)
        seen.street = self._follows(seen.end - 1, STREETS)
        seen.within = not seen.apart and not seen.person and self._begins_longer(seen)
        seen.sign = not (seen.person or seen.street) and (self._has_sign(seen) or self._is_listed(seen.at, last_place))

    def _kept(self, seen: Sequence[_Seen]) -> Iterator[tuple[_Seen, bool]]:
        """The occurrences that are places, each with whether the article shows it to be one."""
        by_key: dict[str, list[_Seen]] = defaultdict(list)
        for one in seen:
            by_key[one.key.lower()].append(one)
        for group in by_key.values():
            large = any(k.kind in ("country", "world", "region") for k in group[0].meanings[: group[0].exact])
            signed = sum(one.sign and one.apart for one in group)
            person = sum(one.person for one in group) > signed // 2 and not large
            known = self._is_well_known(group)
            for one in group:
                if one.within and (signed or (one.end > one.at + 1 and one.sign) or self._is_province(one)):
                    yield one, True
                if one.person or one.street or not one.apart:
                    continue
                if one.sign or (signed and not person):
                    yield one, True
                elif not person and self._may_be_bare(one):
                    yield one, known

    def _is_well_known(self, group: Sequence[_Seen]) -> bool:
        """True for what needs no sign: a country, or a large town or province by its usual name."""
        return any(map(_is_widely_known, group[0].meanings[: group[0].exact])) and any(
            one.apart and (one.end > one.at + 1 or self.low[one.at] not in self.lowered) for one in group
        )

    def _may_be_bare(self, one: _Seen) -> bool:
        """False for one word that may be an ordinary one, or an abbreviation that is not a country's."""
        if one.end > one.at + 1:
            return True
        if not one.exact and one.at not in self.tagged:
            return False
        if self.words[one.at].isupper() and not self.headline[one.at]:
            return any(k.kind in ("country", "world") for k in one.meanings) or self._is_dateline(one)
        return self.low[one.at] not in self.lowered

    def _begins_longer(self, seen: _Seen) -> bool:
        """True for the first part of a longer name that is rather an office's or a company's than a person's."""
        if not self._is_apart(seen.at - 1, seen.at):
            return False
        if self.words[seen.at].isupper() and any(k.kind == "country" for k in seen.meanings):  # "U.S. Senate"
            return True
        if seen.end > seen.at + 1 or (seen.at and self.low[seen.at - 1] in ("the", "a", "an", "of", "at", "its")):
            return True
        return self._run_of_unknown(seen.end) > seen.end + 1

    def _is_province(self, seen: _Seen) -> bool:
        """True for a large province with the article before it: "the Ohio Association"."""
        large = any(k.kind == "region" and k.population > _PROVINCIAL for k in seen.meanings[: seen.exact])
        return large and seen.at > 0 and self.low[seen.at - 1] in ("the", "a", "an")

    def _longest(self, at: int) -> tuple[int, tuple[Known, ...], int]:
        """The longest known name that begins at word ``at``: its end, its meanings and how many of them are exact."""
        for end in range(self._run(at), at, -1):
            if self.capital[end - 1]:
                exact, loose = self._meanings(at, end)
                if exact or loose:
                    return end, exact + loose, len(exact)
        return at + 1, (), 0

    def _run(self, at: int) -> int:
        """One past the last of the words from ``at`` that could be of one name."""
        end = at + 1
        while end < len(self.words) and end < at + _LONGEST and self.links[end - 1]:
            if not (self.capital[end] or self._is_article(end) or self.low[end] in LINKS):
                break
            end += 1
        return end

    def _meanings(self, at: int, end: int) -> tuple[tuple[Known, ...], tuple[Known, ...]]:
        written = self._written(at, end)
        if end == at + 1:
            if written in COUNTRY_OF or self.low[at] in COMMON:
                return (), ()
            if len(written) < 3 and not written.isupper():
                return (), ()
        elif self.low[at] in NO_NAMES and self.low[at] != "new":
            return (), ()
        exact, loose = _meanings_of(written, end == at + 1, self.gazetteer)
        return exact, () if exact and written.isupper() and self.links[end - 1] else loose

    def _country_meant(self, at: int) -> tuple[Known, ...]:
        """The country whose adjective word ``at`` is: Syria for "Syrian"."""
        known = self.gazetteer.country(COUNTRY_OF.get(self.bare[at], ""))
        return (known,) if known else ()

    # Signs of a place, and of none

    def _has_sign(self, seen: _Seen) -> bool:
        """True where the words around speak of a place: "in X", "east of X", "X province", "X, Ohio"."""
        at, end = seen.at, seen.end
        if self.tagged.issuperset(range(at, end)) or any(k.kind in ("country", "world") for k in seen.meanings):
            return True
        if self.words[at].isupper() and not self.headline[at] and len(self.words[at]) > 2:
            return self._is_dateline(seen)
        if self._follows(end - 1, KIND_WORDS) or (end > at + 1 and self.low[end - 1] in KIND_WORDS):
            return True
        if self._state_after(end):
            return True
        return self._is_preceded(seen)

    def _is_preceded(self, seen: _Seen) -> bool:
        before = seen.at - 1
        if before < 0 or not self._same_clause(before):
            return False
        while before >= 0 and self.low[before] in DIRECTIONS:
            before -= 1
        if before < 0:
            return False
        if before < seen.at - 1 or self.low[before] in WITHIN or self.low[before] in TAKING:
            return True
        if self.low[before] == "of":
            of = before - 1  # "James Tauber of Nelson"; "south of Nelson"
            return of >= 0 and (self.low[of] in KIND_WORDS or self.low[of] in DIRECTIONS or self._ends_person(of))
        townlike = any(known.population >= _TOWNLIKE for known in seen.meanings[: seen.exact])
        return townlike and self.low[before] in TOWARDS

    def _ends_person(self, at: int) -> bool:
        """True for the last word of a name of several."""
        if self.low[at] in BODIES:
            return False
        return self.capital[at] and at > 0 and self.links[at - 1] and self.capital[at - 1] and self._near(at)

    def _is_person(self, seen: _Seen) -> bool:
        """True where a title goes before, where the model took it for a person, or where a name that is no place goes
        before or after it."""
        at, end = seen.at, seen.end
        if self.persons.intersection(range(at, end)):
            return True
        if at and self.low[at - 1] in TITLES and self.capital[at - 1] and self._near(at - 1):
            return True
        return end == at + 1 and at > 0 and not self._is_apart(at - 1, at)

    def _stands_alone(self, at: int, end: int) -> bool:
        """False for a piece of a longer name, such as "Jordan" in "Jordan Times"."""
        if self.headline[at]:
            return True
        return self._is_apart(at - 1, at) and self._is_apart(end, end - 1)

    def _is_apart(self, beside: int, within: int) -> bool:
        """True where word ``beside`` is not of the name that its neighbour ``within`` is in."""
        if not 0 <= beside < len(self.words) or not self.links[min(beside, within)] or not self.capital[beside]:
            return True
        if beside > within and self.words[within].endswith(("'s", "’s")):
            return True
        lower = self.low[beside]
        if lower in BESIDE or lower in COUNTRY_OF_LOWER or (beside > within and lower in OFFICES):
            return True
        if any(map(_is_widely_known, self._meanings(beside, beside + 1)[0])):
            return True  # a list of places that lost its commas
        return beside < within and lower in self.lowered

    def _is_listed(self, at: int, last_place: int) -> bool:
        """True right after another place, or after that and "and"; ``last_place`` is where that one ends."""
        if last_place < 0 or self.words[at].isupper():
            return False
        return self.text[self.spans[last_place - 1][1] : self.spans[at][0]] in (" ", ", ", " and ", "-", ", and ")

    def _is_dateline(self, seen: _Seen) -> bool:
        """True for a known town in capitals before a bracket or a dash: "MOSCOW (Agency)", "DAMASCUS — ", or before
        its province."""
        follow = self.text[self.spans[seen.end - 1][1] :][:3].lstrip(" ,")
        if follow[:1] in ("(", "-", "–", "—", "_", ":"):
            return True
        return self._state_after(seen.end)

    def _state_after(self, end: int) -> bool:
        match = _SHORTENED.match(self.text, self.spans[end - 1][1])
        return bool(match and self.gazetteer.shortened(match[1]))

    # Names that nobody knows

    def _unknown(self) -> Iterator[tuple[int, int]]:
        """The ranges of words that are places though no gazetteer has them: "town of X", "X village", "near X", and
        what the model tagged."""
        run = 0
        for at, begins in enumerate(self.begins):
            if at < run or not begins or at in self.taken:
                continue
            run = self._run_of_unknown(at)
            if self._is_site(at, run):
                run += 1
                yield at, run
            elif self._is_introduced(at, run) or self._is_within(at, run) or self._is_tagged(at):
                yield at, run

    def _is_site(self, at: int, end: int) -> bool:
        """True before the word for a kind of site, with a capital letter: "Castello Road"."""
        return (
            self._follows(end - 1, STREETS | SITE_WORDS)
            and self.words[end].istitle()
            and not self.headline[at]
            and not any(word in COMMON for word in self.low[at:end])
            and not self.words[end - 1].endswith(("'s", "’s"))
        )

    def _is_tagged(self, at: int) -> bool:
        known = self.low[at] in COMMON or len(self.low[at]) < 2
        return at in self.tagged and not known and at not in self.persons

    def _is_within(self, at: int, end: int) -> bool:
        """True for an unknown name after "in", "near" and the like: "near Qabr", "in the Badiya"."""
        before = at - 1 - (at > 1 and self.low[at - 1] == "the")
        side = self.words[at - 1] if at else ""
        if side in SIDES and self.links[at - 1]:
            before = at - 1
        elif before < 0 or self.low[before] not in INSIDE:
            return False
        if not self._same_clause(before) or self.headline[at]:
            return False
        name = self.low[at:end]
        return (
            not any(word in NOT_WITHIN or word in TITLES or word in COUNTRY_OF_LOWER for word in name)
            and not self.words[end - 1].endswith(("'s", "’s"))
            and not any(word.isupper() for word in self.words[at:end])
            and not self.persons.intersection(range(at, end))
            and not self.lowered.intersection(name)
        )

    def _run_of_unknown(self, at: int) -> int:
        """One past the last capitalised word of those that follow word ``at`` without a break."""
        end = at + 1
        while end < len(self.words) and end < at + _LONGEST and end not in self.taken and self.links[end - 1]:
            if not self.begins[end] or self.low[end] in KIND_WORDS:
                break
            end += 1
        return end

    def _is_introduced(self, at: int, end: int) -> bool:
        """True for an unknown name that a word for a kind of place goes with: "town of X", "X village"."""
        if self._leads_to_kind(end):
            before = self.low[at - 1] if at else ""  # "a largely Borean town" names a people
            if self.first[at] or before in ("a", "an") or before.endswith("ly"):
                return False
        elif not (at > 1 and self.low[at - 1] == "of" and self.low[at - 2] in KIND_WORDS - {"state"}):
            return False
        if self.headline[at] or self.words[end - 1].isupper():
            return False
        return (
            NO_NAMES.isdisjoint(self.low[at:end])
            and not any(word in COUNTRY_OF for word in self.bare[at:end])
            and not self.persons.intersection(range(at, end))
            and any(word.lower() not in COMMON for word in self.words[at:end])
        )

    def _leads_to_kind(self, end: int) -> bool:
        """True where a list of names that begins before word ``end`` ends with a word such as "villages"."""
        for _ in range(_LISTED):
            if end >= len(self.words):
                return False
            between = self.text[self.spans[end - 1][1] : self.spans[end][0]]
            if between in (" ", "-"):
                if self.words[end] in KIND_WORDS:
                    return True
                if self.words[end] != "and" or end + 1 >= len(self.words) or not self.begins[end + 1]:
                    return False
                end += 1
            elif between != ", " or not self.begins[end]:
                return False
            end = self._run_of_unknown(end)
        return False

    # What becomes of them

    def _name(self, seen: _Seen, *, shown: bool) -> Name:
        at, end = seen.at, seen.end
        beside = {self.low[i] for i in (end, end - 1) if i < len(self.words) and (i < end or self.links[end - 1])}
        of = {self.low[at - 2]} if at > 1 and self.low[at - 1] == "of" else set()
        rural = {self.low[at - 1]} & {"rural"} if at else set()
        return Name(
            self._span(at, end),
            seen.meanings,
            seen.exact,
            regional=bool((beside | of) & REGION_WORDS or rural),
            district=bool(beside & DISTRICT_WORDS),
            sure=bool((beside | of) & KIND_WORDS) or self.tagged.issuperset(range(at, end)),
            shown=shown,
        )

    def _held(self, names: list[Name]) -> list[Name]:
        """``names`` with the provinces that are shortened after them ("Ore."), and each with the one that holds it."""
        held: list[Name] = []
        for name in names:
            held.append(name)
            match = _SHORTENED.match(self.text, name.span.end)
            known = self.gazetteer.shortened(match[1]) if match else ()
            if match and known:
                held.append(Name(Span.of(self.text, *match.span(1)), known, len(known)))
        for number, (name, following) in enumerate(pairwise(held)):
            if self.text[name.span.end : following.span.start] in (", ", " ", " (", "’s ", "'s ") and any(
                k.kind in ("country", "region", "district") for k in following.meanings
            ):
                held[number] = replace(name, holder=number + 1)
        return held

    def _span(self, at: int, end: int) -> Span:
        return Span.of(self.text, self.spans[at][0], self.spans[end - 1][0] + len(self.bare[end - 1]))

    # Words

    def _sentences(self) -> tuple[list[bool], list[bool]]:
        """For each word whether it begins a sentence, and whether that is a headline in title case."""
        first, headline = [False] * len(self.words), [False] * len(self.words)
        starts = [start for start, _ in self.spans]
        for begin, end in sentences(self.text):
            at, last = bisect_left(starts, begin), bisect_left(starts, end)
            if at < last:
                first[at] = True
                if _in_title_case(self.words[at:last]):
                    headline[at:last] = [True] * (last - at)
        return first, headline

    def _numbers(self, spans: Collection[Span]) -> set[int]:
        """The words that lie within ``spans``, by number."""
        numbers: set[int] = set()
        for span in spans:
            first = bisect_left(self.spans, (span.start, 0))
            numbers.update(range(first, bisect_left(self.spans, (span.end, 0))))
        return numbers

    def _written(self, at: int, end: int) -> str:
        return _bare(self.text[self.spans[at][0] : self.spans[end - 1][1]])

    def _near(self, at: int) -> bool:
        return self.gaps[at] in (" ", ". ")

    def _same_clause(self, at: int) -> bool:
        return self.gaps[at] in (" ", "-", " the ", " “", ' "')

    def _follows(self, at: int, words: Collection[str]) -> bool:
        """True where one of ``words`` comes right after word ``at``."""
        return self.links[at] and self.low[at + 1] in words

    def _begins_name(self, at: int) -> bool:
        if self.capital[at]:
            return True
        if not (self.links[at] and self.capital[at + 1] and self._is_article(at)):
            return False
        return self.words[at] not in ("as", "at", "an", "ar") or self.text[self.spans[at][1]] == "-"

    def _is_article(self, at: int) -> bool:
        return len(self.words[at]) < 4 and _ARTICLE.fullmatch(self.words[at]) is not None


COUNTRY_OF_LOWER = frozenset(word.lower() for word in COUNTRY_OF)


def _prominence(known: Known) -> tuple[bool, int]:
    return known.kind in ("country", "world"), known.population


def _is_widely_known(known: Known) -> bool:
    return known.kind in ("country", "world") or (known.kind != "district" and known.population >= _POPULOUS)


@lru_cache(16384)
def _meanings_of(written: str, one_word: bool, gazetteer: Gazetteer) -> tuple[tuple[Known, ...], tuple[Known, ...]]:
    """What a name may denote as it is written, the best known first, and what as another romanisation."""
    known = gazetteer.find(written)
    if not known and one_word and _INITIALS.fullmatch(written):
        known = gazetteer.shortened(written)
    if not known and one_word and written.endswith("s"):  # "Arcadias coast": feeds lose apostrophes
        known = tuple(filter(_is_widely_known, gazetteer.find(written[:-1])))
    if "." not in written and (len(written) == 2 or (written.isupper() and len(written) < 4)):
        # An abbreviation is a country's, or none of a place.
        return tuple(k for k in known if k.kind in ("country", "world")), ()
    exact = tuple(sorted(known, key=_prominence, reverse=True))
    return exact, tuple(known for known in gazetteer.find_loosely(written) if known not in exact)


def _links(gap: str, word: str) -> bool:
    """True where a word and the next may be of one name: only a space, a hyphen or both lie between them, or the point
    of "St."."""
    return gap in (" ", "-", "- ") or (gap == ". " and word in ("st", "mt", "ft", "ste"))


def _bare(name: str) -> str:
    """``name`` without the possessive."""
    return name[:-2] if len(name) > 3 and name.endswith(("'s", "’s")) else name


def _in_title_case(words: Sequence[str]) -> bool:
    long = [word for word in words if len(word) > 3]
    return len(long) > 4 and sum(word[0].isupper() for word in long) > 0.7 * len(long)
