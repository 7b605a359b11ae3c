"""Who stands at the end of a sentence as the one who said it: "… the town fell, the agency reported on Monday."

The network finds most of these. Where what was said is itself somebody's word ("officers denied it, the agency said"),
or where a feed has lost its commas, it gives the sentence to somebody else now and then. Few things are clearer in
print: the words from the sentence's start up to who speaks are theirs, and what others tell in them is told on their
word. The same holds for "according to", also at a sentence's beginning, and for whom somebody "quoted as saying" it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from sayso.read.clauses import AND, COMMA, DET, NOUN, OF, PREP, PRONOUN, REL, SUB, TO, Chunk, Sentence, parsed
from sayso.read.found import Found, Offsets, kept, less, trimmed
from sayso.read.gaps import GAP, parts
from sayso.read.names import name_words, singular
from sayso.read.nouns import GROUP_NOUNS, MEDIA_NOUNS, PERSON_ROLES, SPEAKERS
from sayso.text import dateline, sentence_number, sentences
from sayso.wordsets import MONTHS, WEEKDAYS, word_set

SURE = 0.6  # of what plain code finds: what names no source and is less certain is left out

_LAST = re.compile(
    r"(?:\b(?:has|have|had) )?\b(?:said|says|reported|reports|announced|confirmed|stated|added|adds)\b"
    r"(?=[.\n]|\Z| [^,:;.\"“”\n]{1,60}[.\n])"
)
_QUOTED = re.compile(r"\b(?:quoted|cited) (?P<whom>[^,:;.\"“”\n]{2,80}) (?P<cue>as saying)(?=[.\n]| on [A-Z]\w+[.\n])")
_QUOTES = re.compile(r"\b(?:quoted|cited|quotes|cites)\Z")
_AS_SAYING = re.compile(r"(?P<whom>[^,:;.\"“”\n]{2,80}) (?P<cue>as saying)(?: on [A-Z]\w+)?\W*")
_ACCORDING = re.compile(r"\baccording to(?= \w)", re.IGNORECASE)
_ADVERB = re.compile(r"\s(?:also|later|earlier|separately|reportedly)\Z")
_WHEN = WEEKDAYS | word_set("on in late early today yesterday at during after")
_GOES_ON = word_set("that which who it he she they there was were is are had has have killed")
_PRONOUNS = word_set("he she they it")
_TITLES = PERSON_ROLES | GROUP_NOUNS
_JOINING = frozenset({PREP, OF, TO})
# Behind these a clause is part of another: "than the ministry has announced", "what the mayor said".
_TAKEN_IN = word_set("as what how than that when where why so all way")
_JOINED = re.compile(r"\b(?:and|but|or)\s*\Z")  # "the agency said and the army confirmed"
_TELLING = re.compile(r"\b(?:sa(?:id|ys?|ying)|report(?:ed|s|ing)?|told|tells|stat(?:ed|es)|announced|according)\b")
_OPENS = 300  # characters in which dates and headlines may run into the first sentence, with dashes between
_DASH = re.compile(r" [-–—] (?=[A-Z\"“'‘])")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# "Sand said that according to residents it fell": theirs is within what he says.
_SAID_THAT = re.compile(
    r"\b(?:said|says|added|adds|stated|claimed|reported|announced|(?:told|tells)\s(?:[\w’'-]+\s){0,3}[\w’'-]+)\sthat,?\s\Z"
)
_REACH = 160  # characters before or behind the words of saying among which who speaks stands
_BESIDE = 40  # characters between the words of saying and others that a relation has for its cue
_ARTICLED = re.compile(r"(?:a[a-z]{1,2}|el)-[A-Z]")  # "al-Marn"
_MARKS = 2  # characters of quotation marks and blanks
_FEWEST = 4  # words of what is said
_LONGEST = 2_000  # characters of a sentence; a longer one is a list, or a text without stops


@dataclass(frozen=True, slots=True)
class _Said:
    """Who speaks, the words of saying, what is said, and the number of the sentence; ``quoted`` is whom the one who
    speaks quotes so, and the words that say so."""

    source: Offsets
    cue: Offsets
    content: tuple[Offsets, ...]
    number: int
    quoted: tuple[Offsets, Offsets] | None = None

    @property
    def extent(self) -> Offsets:
        """From the first to the last of its words."""
        spans = (self.source, self.cue, *self.content, *(self.quoted or ()))
        return min(a for a, _ in spans), max(b for _, b in spans)

    def holds(self, at: int) -> bool:
        """True of an offset within what is said."""
        return any(a <= at < b for a, b in self.content)


def with_last_words(
    text: str, start: int, end: int, found: Sequence[Found], parties: Callable[[], Sequence[Offsets]]
) -> list[Found]:
    """``found`` with what is said in so many words at the ends of sentences between ``start`` and ``end``, or according
    to somebody, where nobody was found to say so. ``parties`` gives words that stand for who may speak; it is asked
    only if it is needed."""
    bounds = sentences(text)
    taken = bytearray(end - start)
    touching: dict[int, list[Found]] = defaultdict(list)
    for f in found:
        for a, b in (f.cue, f.source or f.cue):
            taken[a - start : b - start] = b"\1" * (b - a)
        for number in {n for span in _spans(f) for n in sentences_touched(bounds, span)}:
            touching[number].append(f)

    def is_free(span: Offsets) -> bool:
        return not any(taken[span[0] - start : span[1] - start])

    @cache
    def named() -> dict[int, int]:
        return {b: a for a, b in sorted(parties(), reverse=True)}

    added: list[Found] = []
    for f in found:
        added += _quoted_last(text, touching, bounds, f)
    for said in (*_said_last(text, start, end, is_free, named), *_according(text, start, end, is_free)):
        near = touching[said.number]
        if new := _relations(text, near, said):
            _make_room(text, near, said, new)
            near += new
            added += new
    return kept([*found, *added])


def _spans(found: Found) -> list[Offsets]:
    return [found.cue, *found.content, *([found.source] if found.source else [])]


def sentences_touched(bounds: Sequence[Offsets], span: Offsets) -> range:
    """The numbers of the sentences that a span touches."""
    return range(sentence_number(bounds, span[0]), sentence_number(bounds, max(span[0], span[1] - 1)) + 1)


def _quoted_last(
    text: str, touching: Mapping[int, list[Found]], bounds: Sequence[Offsets], found: Found
) -> list[Found]:
    """Whom the relation quotes at the end of a sentence, "the agency quoted an officer as saying", where these words
    were taken for what is said: that is the sentence's beginning."""
    whom = _AS_SAYING.fullmatch(text, *found.content[-1]) if found.source and _QUOTES.search(text, *found.cue) else None
    if not whom or not found.source or found.source[0] > found.cue[0]:
        return []
    number = sentence_number(bounds, found.cue[0])
    content = found.content[:-1]
    if not content:
        first = max(bounds[number][0], found.source[0] - _LONGEST)
        content = trimmed(text, [(_opening(text, first, found.source[0]), found.source[0])])
    if sum(len(text[slice(*piece)].split()) for piece in content) < _FEWEST:
        return []
    found.content = content
    quoted = Found(whom.span("whom"), whom.span("cue"), content, SURE, found)
    near = [f for f in touching[number] if f is not found]
    _make_room(text, near, _Said(found.source, found.cue, content, number), [found, quoted])
    return [quoted]


def _relations(text: str, near: Sequence[Found], said: _Said) -> list[Found]:
    """The relations that ``said`` makes, the outer first. None where its source has one already: that is given the
    words of saying, if it has others beside them that tell of no saying."""
    same = next((f for f in near if f.source and f.source[0] < said.source[1] and said.source[0] < f.source[1]), None)
    if same:
        if abs(same.cue[0] - said.cue[0]) < _BESIDE and not _TELLING.search(text, *same.cue):
            same.cue = said.cue if said.source[1] < said.cue[0] else same.cue
        return []
    inside = [f for f in near if f.content and said.holds(f.cue[0])]
    speaker = text[slice(*said.source)]
    named = name_words(speaker)
    # "The minister denied it, he said": he goes on. "Tassa reported a raid, according to Tassa" has nobody else either.
    if any(f.source and name_words(text[slice(*f.source)]) == named for f in inside):
        return []
    if inside and speaker.lower() in _PRONOUNS:
        return []
    behind = said.source[0] > said.cue[0]
    cites = next((f for f in inside if behind and not text[f.cue[1] : said.cue[0]].strip(" ,")), None)
    if cites and not _carries(speaker, text[slice(*cites.source)] if cites.source else ""):
        # "the agency said, according to an officer"
        return [Found(said.source, said.cue, cites.content, SURE, cites)]
    above, begin = _around([f for f in near if not said.holds(f.cue[0])], said.extent)
    content = tuple((max(a, begin), b) for a, b in said.content)
    own = Found(said.source, said.cue, content, SURE, above)
    return [own, Found(*said.quoted, content, SURE, own)] if said.quoted else [own]


def _carries(one: str, other: str) -> bool:
    """True where the one gives out what the other said: "the mayor said, according to the Orvane Agency"."""
    return not _is_medium(other) and (_is_medium(one) or (_is_name(one) and not _is_name(other)))


def _is_medium(words: str) -> bool:
    return singular(words.rpartition(" ")[2].lower()) in MEDIA_NOUNS


def _is_name(words: str) -> bool:
    return words.removeprefix("the ")[:1].isupper() or bool(_ARTICLED.match(words))


def _around(near: Sequence[Found], extent: Offsets) -> tuple[Found | None, int]:
    """The innermost relation that has all these words in one piece of its content, quotation marks aside; and where
    that begins."""
    first, last = extent[0] + _MARKS, extent[1] - _MARKS
    holding = [(b - a, f, a) for f in near for a, b in f.content if a <= first and last <= b]
    return min(holding, key=lambda item: item[0])[1:] if holding else (None, 0)


def _make_room(text: str, near: Sequence[Found], said: _Said, new: Sequence[Found]) -> None:
    """What others say within what is said lies within the innermost ``new`` relation, and ends where that ends. Others
    have no part in its words, but for those that all of it lies within."""
    above = [new[0].parent] if new[0].parent else []
    while above and above[-1].parent:
        above.append(above[-1].parent)
    start, end = said.extent
    for f in near:
        if any(f is one for one in above):
            continue
        if said.holds(f.cue[0]):
            first, last = next((a, b) for a, b in said.content if a <= f.cue[0] < b)
            if kept := less(text, less(text, f.content, last, end), 0, first):
                f.content = kept
                f.parent = new[-1] if f.parent is new[0].parent else f.parent
        else:
            f.content = less(text, f.content, start, end)


def _said_last(
    text: str, start: int, end: int, is_free: Callable[[Offsets], bool], named: Callable[[], Mapping[int, int]]
) -> Iterator[_Said]:
    """Each sentence that somebody ends by saying it, in words that nothing has taken. ``named`` has where words that
    stand for who may speak start, by where they end."""
    for told in (*_LAST.finditer(text, start, end), *_QUOTED.finditer(text, start, end)):
        cue = told.span()
        number, first, last = _sentence(text, cue[0], start, end)
        if not is_free(cue) or last - first > _LONGEST:
            continue
        when = text[cue[1] : last].lower().strip(" .\n").split()
        if when and (when[0] not in _WHEN or not _GOES_ON.isdisjoint(when) or told.group().endswith("reports")):
            continue
        adverb = _ADVERB.search(text, max(first, cue[0] - 20), cue[0] - 1)
        before = adverb.start() if adverb else cue[0] - 1
        source = speaker(text, max(first, before - _REACH), before, named)
        if not source or _JOINED.search(text, max(first, source[0] - 20), source[0]):
            continue
        content = trimmed(text, [(_opening(text, first, source[0]), source[0])])
        if content and len(text[slice(*content[0])].split()) >= _FEWEST:
            quoted = (told.span("whom"), told.span("cue")) if told.re is _QUOTED else None
            cue = (cue[0], told.start("whom") - 1) if quoted else cue
            yield _Said(source, cue, content, number, quoted)


def _according(text: str, start: int, end: int, is_free: Callable[[Offsets], bool]) -> Iterator[_Said]:
    """Each sentence that is so according to somebody, in words that nothing has taken."""
    for told in _ACCORDING.finditer(text, start, end):
        cue = told.span()
        number, first, last = _sentence(text, cue[0], start, end)
        if not is_free(cue) or last - first > _LONGEST or _SAID_THAT.search(text, first, cue[0]):
            continue
        if source := cited(text, cue[1] + 1, min(last, cue[1] + _REACH)):
            opens = not text[first : cue[0]].strip("\"“' ")
            goes_on = text[source[1] : source[1] + 1] == "," and not _TELLING.search(text, source[1], last)
            pieces = [(_opening(text, first, cue[0]), cue[0]), *([(source[1], last)] if opens or goes_on else [])]
            content = trimmed(text, pieces)
            if sum(len(text[slice(*piece)].split()) for piece in content) >= _FEWEST:
                yield _Said(source, cue, content, number)


def _sentence(text: str, at: int, start: int, end: int) -> tuple[int, int, int]:
    """The number of the sentence at an offset, and where what lies of it between ``start`` and ``end`` begins and
    ends."""
    bounds = sentences(text)
    number = sentence_number(bounds, at)
    return number, max(start, bounds[number][0]), min(end, bounds[number][1])


def _opening(text: str, start: int, end: int) -> int:
    """Where what is said begins in a sentence that a dateline, a date, a headline or a tag may have run into."""
    written = dateline(text)[1]
    start = written if start < written < end else start
    if start < _OPENS and (dashes := list(_DASH.finditer(text, start, min(end, _OPENS)))):
        start = dashes[-1].end() if _YEAR.search(text, start, dashes[0].start()) else start
    return max([start, *(gap.end() for gap in GAP.finditer(text, start, end))]) if parts(text) else start


def cited(text: str, start: int, end: int) -> Offsets | None:
    """Who is named right behind "according to" or "by": a noun phrase with what stands behind it with "of", "in" or
    "and", but for the day."""
    sentence, _ = parsed(text, (start, end), (), (), ())
    chunk = sentence.chunk(0)
    if not chunk or not _may_speak(sentence, chunk.head):
        return None
    while (after := sentence.chunk(chunk.last + 1)) and sentence.tag(chunk.last) in _JOINING | {AND}:
        if sentence.low[after.first] in WEEKDAYS | MONTHS or sentence.low[after.first].isdigit():
            break
        chunk = Chunk(chunk.first, after.last, after.head)
    return start, sentence.spans[chunk.last - 1][1]


def speaker(text: str, start: int, end: int, named: Callable[[], Mapping[int, int]]) -> Offsets | None:
    """Who speaks, in words that end at ``end``: a noun phrase that begins with an article or a capital and has a head
    that may speak; or words that stand for who may."""
    sentence, _ = parsed(text, (start, end), (), (), ())
    at = len(sentence.tags) - 1
    last = sentence.spans[at][1] if at >= 0 else end
    if first := _unnamed_behind(sentence, at):
        return sentence.spans[first][0], last
    while (chunk := sentence.chunk(at)) and chunk.first >= 2 and sentence.tags[chunk.first - 1] in _JOINING:
        if sentence.word(chunk.first - 2) == "according":
            return None
        at = chunk.first - 2
    if chunk:
        behind = [at for at in range(chunk.first + 1, len(sentence.tags)) if _begins(sentence, at)]
        first = behind[-1] if behind else chunk.first
        opens = sentence.tags[first] in (DET, PRONOUN) or sentence.written(first)[0].isupper()
        if (opens or sentence.tag(first - 1) == COMMA) and not _leans(sentence, first) and _speaks(sentence, first):
            return sentence.spans[first][0], last
    begin = named().get(last, -1)
    if begin < start:
        return None
    first = next((at for at, span in enumerate(sentence.spans) if span[0] >= begin), 0)
    return None if _leans(sentence, first) else (begin, last)


def _unnamed_behind(s: Sentence, last: int) -> int | None:
    """Where several who are not named begin, behind a name that something before takes in: "west of Orvane local
    media"; None where they don't."""
    chunk = s.chunk(last)
    if not chunk or s.tag(chunk.first - 1) not in _JOINING or s.tags[chunk.first] == DET:
        return None
    several = s.low[last] == "media" or singular(s.low[last]) not in (s.low[last], *_TITLES - PERSON_ROLES)
    named = [at for at in range(chunk.first, last + 1) if s.written(at)[0].isupper()]
    return named[-1] + 1 if named and named[-1] < last and several and _may_speak(s, last) else None


def _leans(s: Sentence, first: int) -> bool:
    """True where what stands before a phrase takes it in: "from Arvenia Tassa", "and the monitor", "what the mayor"."""
    before = s.tag(first - 1)
    return before in _JOINING or before in (AND, SUB, REL) or s.word(first - 1) in _TAKEN_IN


def _begins(s: Sentence, at: int) -> bool:
    """True of a word that begins a noun phrase of its own behind another, as in a feed without commas: "the attacks the
    council", "our friend Orsa"."""
    if s.tag(at - 1) != NOUN or s.owns(at - 1):
        return False
    common = s.written(at - 1)[0].islower() and singular(s.low[at - 1]) not in _TITLES
    return s.tags[at] == DET or (common and s.written(at)[0].isupper())


def _speaks(s: Sentence, first: int) -> bool:
    """True where the phrase from ``first`` to the end has a head that may speak."""
    last = next((at for at in range(first + 1, len(s.tags)) if s.tags[at] in _JOINING), len(s.tags)) - 1
    return _may_speak(s, last)


def _may_speak(s: Sentence, head: int) -> bool:
    """True of a noun for who or what speaks, a name or a pronoun."""
    return singular(s.low[head]) in SPEAKERS or s.low[head] in _PRONOUNS or s.written(head)[0].isupper()
