"""Which words of a text are names of places: those the model tagged, and capitalised words that the gazetteer knows and
that the words around show to be places. What they denote is decided in ``places``."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sayso.read.demonyms import COUNTRY_OF
from sayso.read.gazetteer import Gazetteer, Known
from sayso.read.wordsets import word_set
from sayso.text import sentence_of, sentences
from sayso.types import Span

# A word of a name. No two of its parts can match the same character, so this is linear.
_WORD = re.compile(r"(?:[A-Z]\.){2,4}|[^\W\d_]+(?:['’‘ʼʻ`´][^\W\d_]+)*")
_ARTICLE = re.compile(r"[AaEeUu](?:l|[dnrstz]|sh|th|dh|ch)")  # "al Bab", "Deir ez Zor"
_LISTED = 6  # names in a list that one word for a kind of place goes with
_LONGEST = 6  # words in a name that is looked up

REGION_WORDS = word_set(
    """province provinces governorate governorates region oblast county district state countryside suburbs suburb
    outskirts prefecture"""
)
_TOWN_WORDS = word_set("city town village cities towns villages municipality port capital hamlet")
_SITE_WORDS = word_set(
    """neighborhood neighbourhood neighborhoods neighbourhoods quarter camp camps airport airbase airfield field fields
    crossing hill hills mountain mountains valley dam square street bridge hospital prison junction area areas"""
)
_KIND_WORDS = REGION_WORDS | _TOWN_WORDS | _SITE_WORDS
_DIRECTIONS = word_set(
    """north south east west northern southern eastern western central northeast northwest southeast southwest
    northeastern northwestern southeastern southwestern rural greater upper lower inner outer old"""
)
# "in X" is said of places; "from X" of persons too, so that a small place needs more than that.
_WITHIN = word_set("in at near around outside inside into within across throughout between")
_TOWARDS = word_set("to from on over toward towards against via through leaving entering")
# What is said to have been done to a bare name was done to a place, more often than not.
_TAKING = word_set("struck hit bombed shelled captured seized retook recaptured stormed besieged entered left reached")
# What has a country's adjective before it when it lies there: "Turkish border".
_LANDS = word_set("border borders territory territories soil airspace coast desert lands waters")
# Words that stand capitalised at the start of a sentence, in a headline or before names, and are no names of places.
_NO_NAMES = word_set(
    """the a an this that these those each every some many most all both no its his her their our monday tuesday
    wednesday thursday friday saturday sunday january february march april may june july august september october
    november december mr mrs ms dr i he she it they we you and or but of in on at to from by for with as after before
    new here there when while if so not who what meanwhile earlier later yesterday today however also since both only
    even then now still once again despite inside under during"""
)

_COMMON = _NO_NAMES | _DIRECTIONS | _KIND_WORDS  # no names by themselves

_POPULOUS = 100_000  # a town of this size is known abroad: its name needs no further sign of being a place
_TOWNLIKE = 10_000


@dataclass(frozen=True, slots=True)
class Name:
    """A name and what it may denote, the meanings by its exact spelling (``exact`` of them) first.

    ``regional``: the words beside it speak of a province. ``sure``: the model tagged it, or a word such as "town"
    goes with it, so that it is a place even if nobody knows where.
    """

    span: Span
    meanings: tuple[Known, ...]
    exact: int
    regional: bool
    sure: bool


def find_names(text: str, mentions: Sequence[Span], gazetteer: Gazetteer) -> list[Name]:
    """The place names of ``text`` in order, none overlapping another; ``mentions`` are the model's place spans."""
    finder = _Finder(text, gazetteer)
    tagged: list[Name] = []
    for mention in sorted(mentions):
        if not tagged or mention.start >= tagged[-1].span.end:
            tagged.extend(finder.tagged(mention))
    return sorted([*tagged, *finder.untagged(tagged)], key=lambda name: name.span)


def demonyms(text: str) -> Iterator[str]:
    """The country code of each word like "Syrian" or "South Korean" in ``text``."""
    words = [match.group().removesuffix("'s").removesuffix("’s") for match in _WORD.finditer(text)]
    for first, second in pairwise([*words, ""]):
        if country := COUNTRY_OF.get(f"{first} {second}") or COUNTRY_OF.get(first):
            yield country


class _Finder:
    """The words of one text, by number, and the names they make up. Ranges of words exclude their end."""

    def __init__(self, text: str, gazetteer: Gazetteer) -> None:
        self.text = text
        self.gazetteer = gazetteer
        self.spans = [match.span() for match in _WORD.finditer(text)]
        self.words = [text[start:end] for start, end in self.spans]
        self.sentences = sentences(text)
        self.headlines = {s for s in self.sentences if _in_title_case(text[slice(*s)])}
        self.lowered = {word for word in self.words if word.islower()}

    def tagged(self, mention: Span) -> Iterator[Name]:
        """The known names that ``mention`` is made of, or all of it as one name without "town of" and the like."""
        first = bisect_left(self.spans, (mention.start, mention.start))
        last = bisect_left(self.spans, (mention.end, 0))
        while first < last - 1 and not self._begins_name(first):
            first += 1
        known, unknown = self._parts(first, last)
        if unknown:  # "Damascus Gate" is not Damascus, though "the embassy in Damascus" is there
            known = [name for name in known if any(_is_widely_known(k) for k in name.meanings[: name.exact])]
        if known:
            yield from known
        elif first < last:
            while first < last - 1 and self._lower(last - 1) in _KIND_WORDS:
                last -= 1
            yield self._name(first, last, (), 0, sure=True)

    def _parts(self, first: int, last: int) -> tuple[list[Name], bool]:
        """The known names among words ``first`` to ``last``, and whether capitalised words are left over."""
        known, unknown, at = [], False, first
        while at < last:
            end, meanings, exact = self._longest(at, last)
            if not meanings:
                meanings, exact = self._country_meant(at), 1
            if meanings:
                known.append(self._name(at, end, meanings, exact, sure=True))
            elif self._is_capital(at) and self._lower(at) not in _COMMON:
                unknown = True
            at = end
        return known, unknown

    def untagged(self, tagged: Sequence[Name]) -> Iterator[Name]:
        """The names that are not among ``tagged``."""
        taken = {i for name in tagged for i in self._numbers(name.span)}
        at, last_place = 0, -1  # ``last_place``: the end of the name found last
        while at < len(self.words):
            if at in taken or not self._begins_name(at):
                at += 1
                continue
            run = self._run(at, taken)
            end, meanings, exact = self._longest(at, run)
            if meanings and (self._is_listed(at, last_place) or self._is_place(at, end, meanings, exact)):
                yield self._name(at, end, meanings, exact, sure=self._is_introduced(at, end))
                last_place = end
            elif self._is_introduced(at, run):
                end = last_place = run
                yield self._name(at, run, (), 0, sure=True)
            elif self._lower(at + 1) in _KIND_WORDS | _LANDS and (meanings := self._country_meant(at)):
                yield self._name(at, at + 1, meanings, 1, sure=False)
            at = end

    # Known names

    def _longest(self, at: int, last: int) -> tuple[int, tuple[Known, ...], int]:
        """The longest known name that begins at word ``at``: its end, its meanings and how many of them are exact."""
        for end in range(min(at + _LONGEST, last), at, -1):
            if self._is_run(at, end):
                exact, loose = self._meanings(at, end)
                if exact or loose:
                    return end, exact + loose, len(exact)
        return at + 1, (), 0

    def _is_run(self, at: int, end: int) -> bool:
        return (
            self._begins_name(at)
            and self._is_capital(end - 1)
            and all(self._joined(i) and (self._is_capital(i) or self._is_article(i)) for i in range(at, end - 1))
        )

    def _meanings(self, at: int, end: int) -> tuple[tuple[Known, ...], tuple[Known, ...]]:
        written = _bare(self.text[self.spans[at][0] : self.spans[end - 1][1]])
        if written in COUNTRY_OF or written.lower() in _COMMON:
            return (), ()
        if len(written) < 3 and not written.isupper():
            return (), ()
        known = self.gazetteer.find(written)
        if not known and written.endswith("s"):  # "Arcadias coast": feeds lose apostrophes
            known = tuple(filter(_is_widely_known, self.gazetteer.find(written[:-1])))
        exact = tuple(sorted(known, key=_prominence, reverse=True))
        if written.isupper():  # an abbreviation is spelled one way only
            return exact, ()
        return exact, tuple(known for known in self.gazetteer.find_loosely(written) if known not in exact)

    def _country_meant(self, at: int) -> tuple[Known, ...]:
        """The country whose adjective word ``at`` is: Syria for "Syrian"."""
        known = self.gazetteer.country(COUNTRY_OF.get(_bare(self.words[at]), ""))
        return (known,) if known else ()

    # Signs of a place

    def _is_place(self, at: int, end: int, meanings: tuple[Known, ...], exact: int) -> bool:
        if any(known.kind in ("country", "world") for known in meanings):
            return end > at + 1 or self._stands_alone(at, end)
        if self.words[at].isupper() and self._sentence(at) not in self.headlines:  # an abbreviation, or a dateline
            return self._is_dateline(end, meanings)
        sign = self._has_sign(at, end, townlike=any(known.population >= _TOWNLIKE for known in meanings[:exact]))
        if self._sentence(at) in self.headlines:
            return sign
        return self._stands_alone(at, end) and (sign or self._is_well_known(at, end, meanings[:exact]))

    def _is_dateline(self, end: int, meanings: tuple[Known, ...]) -> bool:
        """True for a known town in capitals before a bracket or a dash: "MOSCOW (Agency)", "DAMASCUS — "."""
        follow = self.text[self.spans[end - 1][1] :][:3].lstrip(" ,")
        return follow[:1] in ("(", "-", "–", "—") and max(known.population for known in meanings) >= _POPULOUS

    def _stands_alone(self, at: int, end: int) -> bool:
        """False for a piece of a longer name, such as "Jordan" in "Jordan Times"."""
        if self._sentence(at) in self.headlines:
            return True
        return self._is_apart(at - 1, at) and self._is_apart(end, end - 1)

    def _is_apart(self, beside: int, within: int) -> bool:
        """True where word ``beside`` is not of the name that its neighbour ``within`` is in."""
        if not 0 <= beside < len(self.words) or not self._joined(min(beside, within)) or not self._is_capital(beside):
            return True
        lower = _bare(self.words[beside]).lower()
        if (
            lower in _KIND_WORDS | _DIRECTIONS | _NO_NAMES | _WITHIN | _TOWARDS
            or _bare(self.words[beside]) in COUNTRY_OF
        ):
            return True
        if any(map(_is_widely_known, self._meanings(beside, beside + 1)[0])):
            return True  # a list of places that lost its commas
        return beside < within and lower in self.lowered

    def _is_listed(self, at: int, last_place: int) -> bool:
        """True right after another place, or after that and "and"; ``last_place`` is where that one ends."""
        if last_place < 0 or self.words[at].isupper():
            return False
        between = self.text[self.spans[last_place - 1][1] : self.spans[at][0]]
        return between in (" ", ", ", " and ", "-")

    def _has_sign(self, at: int, end: int, *, townlike: bool) -> bool:
        """True where the words around speak of a place: "in X", "east of X", "X province"."""
        if end < len(self.words) and self._joined(end - 1) and self._lower(end) in _KIND_WORDS:
            return True
        before = at - 1
        while before >= 0 and self._lower(before) in _DIRECTIONS:
            before -= 1
        if before < at - 1 or self._lower(before) in _WITHIN | _TAKING:
            return True
        if self._lower(before) == "of":
            return self._lower(before - 1) in _KIND_WORDS | _DIRECTIONS
        return townlike and self._lower(before) in _TOWARDS

    def _is_well_known(self, at: int, end: int, meanings: tuple[Known, ...]) -> bool:
        if end == at + 1 and (self._lower(at) in self.lowered or self.spans[at][0] == self._sentence(at)[0]):
            return False  # an ordinary word, or one that may be
        return any(map(_is_widely_known, meanings))

    def _is_introduced(self, at: int, end: int) -> bool:
        """True for an unknown name that a word for a kind of place goes with: "town of X", "X village"."""
        if self._leads_to_kind(end):
            before = self._lower(at - 1)  # "a largely Borean town" names a people
            if self.spans[at][0] == self._sentence(at)[0] or before in ("a", "an") or before.endswith("ly"):
                return False
        elif not (at > 1 and self._lower(at - 1) == "of" and self._lower(at - 2) in _KIND_WORDS - {"state"}):
            return False
        if self._sentence(at) in self.headlines or self.words[end - 1].isupper():
            return False
        return not any(self._lower(i) in _COMMON or self.words[i] in COUNTRY_OF for i in range(at, end))

    def _leads_to_kind(self, end: int) -> bool:
        """True before a word for a kind of place, or before a list that leads to one: "X, Y and Z villages"."""
        for listed in range(_LISTED):
            if end >= len(self.words):
                return False
            if self._joined(end - 1) and self._lower(end) in _KIND_WORDS - {"state"}:
                return listed == 0 or self._lower(end).endswith("s")
            at = end + (self._lower(end) == "and")
            if at >= len(self.words) or not self._begins_name(at):
                return False
            if self.text[self.spans[end - 1][1] : self.spans[at][0]] not in (", ", " and ", ", and "):
                return False
            end = self._run(at, set())
        return False

    # Words

    def _name(self, at: int, end: int, meanings: tuple[Known, ...], exact: int, *, sure: bool) -> Name:
        start, stop = self.spans[at][0], self.spans[end - 1][1]
        span = Span.of(self.text, start, start + len(_bare(self.text[start:stop])))
        after = self._lower(end) if end < len(self.words) and self._joined(end - 1) else ""
        before = self._lower(at - 2) if self._lower(at - 1) == "of" else self._lower(at - 1)
        return Name(span, meanings, exact, after in REGION_WORDS or before in REGION_WORDS | {"rural"}, sure)

    def _numbers(self, span: Span) -> range:
        return range(bisect_left(self.spans, (span.start, 0)), bisect_left(self.spans, (span.end, 0)))

    def _run(self, at: int, taken: set[int]) -> int:
        """One past the last capitalised word of those that follow word ``at`` without a break."""
        end = at + 1
        while end < len(self.words) and end < at + _LONGEST and end not in taken and self._joined(end - 1):
            if not self._begins_name(end) or self._lower(end) in _KIND_WORDS:
                break
            end += 1
        return end

    def _begins_name(self, at: int) -> bool:
        if self._is_capital(at):
            return True
        if not (self._is_article(at) and self._joined(at) and self._is_capital(at + 1)):
            return False
        return self.words[at] not in ("as", "at", "an", "ar") or self.text[self.spans[at][1]] == "-"

    def _is_article(self, at: int) -> bool:
        return len(self.words[at]) < 4 and _ARTICLE.fullmatch(self.words[at]) is not None

    def _is_capital(self, at: int) -> bool:
        return self.words[at][0].isupper()

    def _joined(self, at: int) -> bool:
        """True where only a space or a hyphen, or both, lies between word ``at`` and the next."""
        return at + 1 < len(self.words) and self.text[self.spans[at][1] : self.spans[at + 1][0]] in (" ", "-", "- ")

    def _lower(self, at: int) -> str:
        return self.words[at].lower() if 0 <= at < len(self.words) else ""

    def _sentence(self, at: int) -> tuple[int, int]:
        return sentence_of(self.sentences, self.spans[at][0])


def _prominence(known: Known) -> tuple[bool, int]:
    return known.kind in ("country", "world"), known.population


def _is_widely_known(known: Known) -> bool:
    return known.kind in ("country", "world") or known.population >= _POPULOUS


def _bare(name: str) -> str:
    """``name`` without the possessive."""
    return name[:-2] if len(name) > 3 and name.endswith(("'s", "’s")) else name


def _in_title_case(sentence: str) -> bool:
    long = [word for word in sentence.split() if len(word) > 3 and word[0].isalpha()]
    return len(long) > 4 and sum(word[0].isupper() for word in long) > 0.7 * len(long)
