"""Who stands at the end of a sentence as the one who said it: "… the town fell, the agency reported on Monday."

The network finds most of these. Where what was said is itself somebody's word ("officers denied it, the agency said"),
or where a feed has lost its commas, it gives the sentence to somebody else now and then. Few things are clearer in
print: the words from the sentence's start up to who speaks are theirs, and what others tell in them is told on their
word. The same holds for "according to", also at a sentence's beginning, and for whom somebody "quoted as saying" it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from sayso.read.clauses import AND, COMMA, DET, NOUN, OF, PREP, PRONOUN, TO, Chunk, Sentence, parsed
from sayso.read.found import Found, Offsets, says_something
from sayso.read.gaps import GAP, parts
from sayso.read.names import name_words, singular
from sayso.read.nouns import DOCUMENT_NOUNS, GROUP_NOUNS, PERSON_ROLES, SOURCES
from sayso.text import dateline, sentences
from sayso.wordsets import word_set

SURE = 0.6  # of what plain code finds: what names no source and is less certain is left out

_LAST = re.compile(
    r"(?:\b(?:has|have|had) )?\b(?:said|says|reported|reports|announced|confirmed|stated|added|adds)\b"
    r"(?=[.\n]|\Z| [^,:;.\"“”\n]{1,60}[.\n])"
)
_QUOTED = re.compile(r"\b(?:quoted|cited) (?P<whom>[^,:;.\"“”\n]{2,80}) (?P<cue>as saying)(?=[.\n]| on [A-Z]\w+[.\n])")
_ACCORDING = re.compile(r"\baccording to(?= \w)", re.IGNORECASE)
_ADVERB = re.compile(r"\s(?:also|later|earlier|separately|reportedly)\Z")
_WHEN = word_set(
    "on in late early today yesterday at during after monday tuesday wednesday thursday friday saturday sunday"
)
_GOES_ON = word_set("that which who it he she they there was were is are had has have killed")
_PRONOUNS = word_set("he she they it")
_SPEAKERS = PERSON_ROLES | GROUP_NOUNS | DOCUMENT_NOUNS | SOURCES
_TITLES = PERSON_ROLES | GROUP_NOUNS
_JOINING = frozenset({PREP, OF, TO})
_JOINED = re.compile(r"\b(?:and|but|or)\s*\Z")  # "the agency said and the army confirmed"
_TELLING = re.compile(r"\b(?:sa(?:id|ys?|ying)|report(?:ed|s|ing)?|told|tells|stat(?:ed|es)|announced|according)\b")
_OPENS = 300  # characters in which dates and headlines may run into the first sentence, with dashes between
_DASH = re.compile(r" [-–—] ")
_REACH = 160  # characters before or behind the words of saying among which who speaks stands
_BESIDE = 40  # characters between the words of saying and others that a relation has for its cue
_FEWEST = 4  # words of what is said


@dataclass(frozen=True, slots=True)
class _Said:
    """Who speaks, the words of saying, what is said, and where and the how manieth the sentence is; ``quoted`` is whom
    who speaks quotes so, and the words that say so."""

    source: Offsets
    cue: Offsets
    content: Offsets
    sentence: Offsets
    number: int
    quoted: tuple[Offsets, Offsets] | None = None


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
        spans = (f.cue, *f.content, *([f.source] if f.source else ()))
        for a, b in (f.cue, f.source or f.cue):
            taken[a - start : b - start] = b"\1" * (b - a)
        for number in {n for a, b in spans for n in range(_number(bounds, a), _number(bounds, max(a, b - 1)) + 1)}:
            touching[number].append(f)

    def is_free(span: Offsets) -> bool:
        return not any(taken[span[0] - start : span[1] - start])

    @cache
    def named() -> dict[int, int]:
        return {b: a for a, b in sorted(parties(), reverse=True)}

    added: list[Found] = []
    for said in (*_said_last(text, start, end, is_free, named), *_according(text, start, end, is_free)):
        new = list(_entered(text, touching[said.number], said))
        touching[said.number] += new
        added += new
    return [f for f in (*found, *added) if f.content]


def _number(bounds: Sequence[Offsets], offset: int) -> int:
    return max(0, bisect_right(bounds, (offset, 1 << 60)) - 1)


def _entered(text: str, near: Sequence[Found], said: _Said) -> Iterator[Found]:
    """The relations that ``said`` makes. What others say in its content lies within it, and their contents end with it;
    those that reach into its sentence from elsewhere are cut. Nothing is made where its source has a relation already:
    but that is given the words of saying, if it has others beside them."""
    start, end = said.content
    same = next((f for f in near if f.source and f.source[0] < said.source[1] and said.source[0] < f.source[1]), None)
    if same and said.source[1] < said.cue[0] and _is_beside(text, same.cue, said.cue):
        same.cue = said.cue
    inside = [f for f in near if start <= f.cue[0] < end]
    speaker = text[slice(*said.source)]
    named = name_words(speaker)
    goes_on = any(f.source and name_words(text[slice(*f.source)]) == named for f in inside)
    content = _trimmed(text, [said.content])
    # "The minister denied it, he said": he goes on. "Tassa reported a raid, according to Tassa" has nobody else either.
    if same or not content or goes_on or (inside and speaker.lower() in _PRONOUNS):
        return
    behind = said.source[0] > said.cue[0]
    cites = next((f for f in inside if behind and not text[f.cue[1] : said.cue[0]].strip(" ,")), None)
    if cites:  # "the agency said, according to an officer"
        yield Found(said.source, said.cue, cites.content, SURE, cites)
        return
    own = Found(said.source, said.cue, content, SURE)
    for f in near:
        if f in inside:
            f.content, f.parent = _cut(text, f.content, end, len(text)), f.parent or own
        else:
            f.content = _cut(text, f.content, start, max(end, said.sentence[1]))
    yield own
    if said.quoted:
        yield Found(*said.quoted, content, SURE, own)


def _is_beside(text: str, cue: Offsets, other: Offsets) -> bool:
    """True of a ``cue`` that tells of no saying and stands by the ``other``, or of none at all."""
    return cue[0] == cue[1] or (abs(cue[0] - other[0]) < _BESIDE and not _TELLING.search(text, *cue))


def _cut(text: str, content: Sequence[Offsets], start: int, end: int) -> tuple[Offsets, ...]:
    """The pieces of a content without what stands from ``start`` to ``end``."""
    if all(b <= start or end <= a for a, b in content):
        return tuple(content)
    return _trimmed(text, [piece for a, b in content for piece in ((a, min(b, start)), (max(a, end), b))])


def _trimmed(text: str, content: Sequence[Offsets]) -> tuple[Offsets, ...]:
    """The pieces of a content that have words, without blanks and commas around."""
    kept = [(b - len(text[a:b].lstrip(" ,\n")), a + len(text[a:b].rstrip(" ,\n"))) for a, b in content if a < b]
    return tuple((a, b) for a, b in kept if a < b and says_something(text, a, b))


def _said_last(
    text: str, start: int, end: int, is_free: Callable[[Offsets], bool], named: Callable[[], Mapping[int, int]]
) -> Iterator[_Said]:
    """Each sentence that somebody ends by saying it, in words that nothing has taken. ``named`` has where words that
    stand for who may speak start, by where they end."""
    bounds = sentences(text)
    for told in (*_LAST.finditer(text, start, end), *_QUOTED.finditer(text, start, end)):
        cue = told.span()
        if not is_free(cue):
            continue
        number = _number(bounds, cue[0])
        first, last = bounds[number]
        when = text[cue[1] : last].lower().strip(" .\n").split()
        if when and (when[0] not in _WHEN or not _GOES_ON.isdisjoint(when) or told.group().endswith("reports")):
            continue
        adverb = _ADVERB.search(text, max(first, cue[0] - 20), cue[0] - 1)
        before = adverb.start() if adverb else cue[0] - 1
        source = _speaker(text, max(first, before - _REACH), before, named)
        if not source or _JOINED.search(text, max(first, source[0] - 20), source[0]):
            continue
        content = _opening(text, first, source[0]), source[0]
        if len(text[slice(*content)].split()) >= _FEWEST:
            quoted = (told.span("whom"), told.span("cue")) if told.re is _QUOTED else None
            cue = (cue[0], told.start("whom") - 1) if quoted else cue
            yield _Said(source, cue, content, (first, last), number, quoted)


def _according(text: str, start: int, end: int, is_free: Callable[[Offsets], bool]) -> Iterator[_Said]:
    """Each sentence that is so according to somebody, in words that nothing has taken."""
    bounds = sentences(text)
    for told in _ACCORDING.finditer(text, start, end):
        cue = told.span()
        if not is_free(cue):
            continue
        number = _number(bounds, cue[0])
        first, last = bounds[number]
        if source := _cited(text, cue[1] + 1, min(last, cue[1] + _REACH)):
            opens = not text[first : cue[0]].strip("\"“' ")
            content = (source[1], last) if opens else (_opening(text, first, cue[0]), cue[0])
            if len(text[slice(*content)].split()) >= _FEWEST:
                yield _Said(source, cue, content, (first, last), number)


def _opening(text: str, start: int, end: int) -> int:
    """Where what is said begins in a sentence that a dateline, a date, a headline or a tag may have run into."""
    written = dateline(text)[1]
    start = written if start < written < end else start
    if start < _OPENS:
        start = max([start, *(dash.end() for dash in _DASH.finditer(text, start, end))])
    return max([start, *(gap.end() for gap in GAP.finditer(text, start, end))]) if parts(text) else start


def _cited(text: str, start: int, end: int) -> Offsets | None:
    """Who is named right behind "according to": a noun phrase with what stands behind it with "of", "in" or "and"."""
    sentence, _ = parsed(text, (start, end), (), (), ())
    chunk = sentence.chunk(0)
    if not chunk or not _may_speak(sentence, chunk.head):
        return None
    while (after := sentence.chunk(chunk.last + 1)) and sentence.tag(chunk.last) in _JOINING | {AND}:
        chunk = Chunk(chunk.first, after.last, after.head)
    return start, sentence.spans[chunk.last - 1][1]


def _speaker(text: str, start: int, end: int, named: Callable[[], Mapping[int, int]]) -> Offsets | None:
    """Who speaks, in words that end at ``end``: a noun phrase that begins with an article or a capital and has a head
    that may speak; or words that stand for who may."""
    sentence, _ = parsed(text, (start, end), (), (), ())
    at = len(sentence.tags) - 1
    if first := _unnamed_behind(sentence, at):
        return sentence.spans[first][0], end
    while (chunk := sentence.chunk(at)) and chunk.first >= 2 and sentence.tags[chunk.first - 1] in _JOINING:
        if sentence.word(chunk.first - 2) == "according":
            return None
        at = chunk.first - 2
    if chunk:
        behind = [at for at in range(chunk.first + 1, len(sentence.tags)) if _begins(sentence, at)]
        first = behind[-1] if behind else chunk.first
        opens = sentence.tags[first] in (DET, PRONOUN) or sentence.written(first)[0].isupper()
        if (opens or sentence.tag(first - 1) == COMMA) and not _leans(sentence, first) and _speaks(sentence, first):
            return sentence.spans[first][0], end
    begin = named().get(end, -1)
    if begin < start:
        return None
    first = next((at for at, span in enumerate(sentence.spans) if span[0] >= begin), 0)
    return None if _leans(sentence, first) else (begin, end)


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
    """True where what stands before a phrase takes it in: "from Arvenia Tassa", "and the monitor", "as a result"."""
    return s.tag(first - 1) in _JOINING or s.tag(first - 1) == AND or s.word(first - 1) == "as"


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
    return singular(s.low[head]) in _SPEAKERS or s.low[head] in _PRONOUNS or s.written(head)[0].isupper()
