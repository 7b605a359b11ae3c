"""Who says what: relations found by the network, also within the contents of others, down to its last level."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import cast

import numpy as np
from numpy.typing import NDArray

from sayso.read.decode import Relation, Tagged, Tagging, relations
from sayso.read.denied import with_denials, with_verdicts
from sayso.read.encoder import Encoder, Scored, Settings
from sayso.read.events import Trigger
from sayso.read.found import STRETCH, Found, Offsets, bare, text_order
from sayso.read.headline import headlines_said
from sayso.read.heads import CERTAINTIES, EVENTS, LEVELS, MENTIONS, TAGS
from sayso.read.labelled import with_labelled
from sayso.read.nouns import GROUP_NOUNS, PERSON_ROLES
from sayso.read.relayed import relayed, relayed_last
from sayso.read.tidying import less_far, tidied, told_once, uncrossed, without_holes
from sayso.read.trailing import SURE, with_last_words
from sayso.read.turns import QUESTIONS, Turn, turn_of, turns
from sayso.text import paragraphs
from sayso.types import Certainty, MentionKind

SHORTEST = 20  # characters of a content that can hold another
INNER_FLOOR = 0.4  # an inner relation less certain than this is left out: most are echoes of the outer one
FEWEST = 3  # words of such a content that nobody marked the end of
BARE_FLOOR = 0.6  # and so is one that names no source: most are no attributions at all
# Added to the scores of the tags of each level: the network is shy of anything within contents, because most of what it
# learned from marks nothing there. Chosen on the annotated reports.
LEANING = np.array([[-1.2 if level and tag == "O" else 0.0 for tag in TAGS] for level in range(LEVELS)], np.float32)
_SPEAKING = ("person", "organisation", "role")
STRETCHES = 3  # of a long text that are scored ahead

_RECEIVED = re.compile(
    r"\b(?P<cue>(?:(?:has|have|had)\s{1,3})?(?:received|obtained|gathered|collected|got)\s{1,3}(?:\w{1,20}\s{1,3}){0,2}"
    r"(?:information|intelligence|reports?|evidence|word|indications|confirmation))\s{1,3}(?=that\b)",
    re.IGNORECASE,
)
# What names begin with, which the network may leave out: "Al-Monitor".
_PARTICLE = re.compile(r"(?<![\w-])(?i:a[dlnrstz]|ash|e[dlnrsz]|abu|bin|ben|ibn|umm)[-‑]\Z")


@dataclass(slots=True)
class Marks:
    """What the network marks in one article: relations in text order (parents before what they hold); mentions as
    (kind, start, end); the words that tell of events."""

    relations: list[Found] = field(default_factory=list)
    mentions: list[tuple[MentionKind, int, int]] = field(default_factory=list)
    triggers: list[Trigger] = field(default_factory=list)


def find_marks(text: str, encoder: Encoder) -> Marks:
    """All that the network marks in the article."""
    return begin(text, encoder)()


def begin(text: str, encoder: Encoder) -> Callable[[], Marks]:
    """Start to score ``text``; what is returned waits for the scores and gives what the network marks.

    Of a long text a few stretches are scored ahead, so that memory stays bounded.
    """
    rest, interview = stretches(text), turns(text)
    waiting = deque((a, encoder.begin(text[a:b])) for a, b in islice(rest, STRETCHES))

    def finish() -> Marks:
        marks = Marks()
        while waiting:
            start, stretch = waiting.popleft()
            scored = stretch.scored()
            waiting.extend((a, encoder.begin(text[a:b])) for a, b in islice(rest, 1))
            marks.relations += _Stretch(text, start, scored, encoder.settings, interview).relations()
            marks.mentions += _mentions(text, start, scored)
            marks.triggers += _triggers(start, scored)
        marks.mentions = _with_answering(text, marks.mentions, interview)
        marks.relations.sort(key=text_order)
        return marks

    return finish


class _Stretch:
    """A scored stretch of the article that begins at ``start``."""

    def __init__(self, text: str, start: int, scored: Scored, settings: Settings, turns: Sequence[Turn]) -> None:
        self.text, self.start, self.turns = text, start, turns  # the turns are the article's
        self.scored, self.settings = scored, settings
        self.levels = [Tagging(scored.head(f"tags{level}"), TAGS, LEANING[level]) for level in range(LEVELS)]

    def relations(self) -> list[Found]:
        """The relations of the first level, then those within the contents of each level."""
        everything = 0, len(self.scored.words)
        level = [
            f for f in uncrossed(self.text, list(self._found(0, *everything))) if f.source or f.score >= BARE_FLOOR
        ]
        answers, level = self._in_turns(self._with_last(less_far(self.text, level)))
        found = [*answers, *self._headline(level), *level]
        held: dict[int, list[Found]] = defaultdict(list)
        for f in level:
            held[id(f.parent)].append(f)
        for depth in range(1, LEVELS):
            level = [inner for outer in level for inner in self._inside(outer, depth, held[id(outer)])]
            found += level
        found = told_once(found)
        with_verdicts(self.text, found)
        if found:
            embeddings = self.settings.embedded(np.stack([self._state(f.content) for f in found]))
            for relation, embedding in zip(found, embeddings, strict=True):
                relation.embedding = embedding.tobytes()
        return found

    def _headline(self, found: list[Found]) -> Iterator[Found]:
        """What a headline says on the word of a source that stands bare at one of its ends, if the network saw none."""
        for source, content in headlines_said(self.text) if self.start == 0 else ():
            if not any(a < content[1] and content[0] < b for f in found for a, b in (f.cue, *f.content)):
                yield Found(source, (source[1], source[1]), (content,), BARE_FLOOR)  # no cue: a bare colon, or none

    def _in_turns(self, found: list[Found]) -> tuple[list[Found], list[Found]]:
        """What is said in the turns of an interview, and of what the network ``found`` the rest: what lies in the words
        of a turn lies within it; what it took the turn itself for, or a "Question", is left out."""
        if not self.turns or not len(self.scored.words):
            return [], found
        bounds = self.start, self.start + int(self.scored.words[-1, 1])
        first, last = (bisect_left(self.turns, at, key=lambda turn: turn.content[0]) for at in bounds)
        answers = {
            turn: Found(turn.source, turn.cue or (turn.content[0],) * 2, (turn.content,), BARE_FLOOR)  # a colon: no cue
            for turn in self.turns[first:last]
        }
        rest, out = list[Found](), dict[int, Found]()
        for f in found:
            turn = turn_of(self.turns, f.content[0][0], f.content[-1][1])
            whole = turn in answers and min(f.source or f.cue, f.cue)[0] < turn.content[0]
            if whole or (f.source and self.text[slice(*f.source)].lower() in QUESTIONS):
                out[id(f)] = f
                continue
            if not f.parent:
                f.parent = answers.get(turn) if turn else None
            rest.append(f)
        for f in rest:
            if id(f.parent) in out:
                turn = turn_of(self.turns, f.content[0][0], f.content[-1][1])
                f.parent = answers.get(turn) if turn else None
        return list(answers.values()), rest

    def _with_last(self, found: list[Found]) -> list[Found]:
        """What the network ``found``, with what somebody says at a sentence's end where it saw nobody, with denials
        that say only "it" or "which", and with what stands beside a bare label, "Army: five killed"."""
        if not len(self.scored.words):
            return found
        end = self.start + int(self.scored.words[-1, 1])
        found = with_last_words(self.text, self.start, end, found, self._parties)
        found = with_denials(self.text, self.start, end, found)
        return found if self.turns else with_labelled(self.text, self.start, end, found)

    def _parties(self) -> list[Offsets]:
        """Words that the network marks as a source, or as the name of somebody who may be one."""
        sources = [_offsets(tag, self.scored) for tag in self.levels[0].spans() if tag.name == "source"]
        named = [(a, b) for kind, a, b in _mentions(self.text, self.start, self.scored) if kind in _SPEAKING]
        return sorted({*((a + self.start, b + self.start) for a, b in sources), *named})

    def _state(self, content: Sequence[Offsets]) -> NDArray[np.float32]:
        """(384,) the mean state of the words of a content."""
        words = self.scored.words
        within = np.zeros(len(words), dtype=bool)
        for a, b in content:
            within |= (words[:, 1] > a - self.start) & (words[:, 0] < b - self.start)
        mean: NDArray[np.float32] = self.scored.states[within].mean(0)
        return mean

    def _inside(self, outer: Found, depth: int, held: Sequence[Found]) -> Iterator[Found]:
        """What lies within the contents of ``outer``, but for what is ``held`` there, or lies within that, already."""
        cues = [span for f in held for span in (f.cue, *f.content)]
        for piece in outer.content:
            a, b = bare(self.text, *piece)
            if b - a <= SHORTEST:
                continue
            words = self.scored.words
            first = int(np.searchsorted(words[:, 0], a - self.start, "left"))
            last = int(np.searchsorted(words[:, 1], b - self.start, "right"))
            inside = [f for f in self._found(depth, first, last) if f.score >= INNER_FLOOR and f.cue != outer.cue]
            inside = [f for f in inside if all(y - x < b - a for x, y in f.content)]
            inside = [f for f in inside if not any(x <= f.cue[0] < y for x, y in cues)]
            told = next(_word_received(self.text, a, b), None)
            if told and not any(x < told.content[0][0] and told.cue[0] < y for x, y in (f.cue for f in inside)):
                inside = [told, *(f for f in inside if f.cue[0] < told.cue[0])]
            taken = [outer.cue, *cues, *(f.cue for f in inside)]
            inside += [Found(who, cue, (said,), SURE) for who, cue, said in relayed(self.text, a, b, taken)]
            if ended := relayed_last(self.text, a, b, [*taken, *(f.cue for f in inside)]):
                inside.append(Found(ended[0], ended[1], (ended[2],), SURE))
            for found in inside:
                found.parent = outer
            yield from uncrossed(self.text, inside)

    def _found(self, depth: int, first: int, last: int) -> Iterator[Found]:
        """The relations of one level among the words from ``first`` up to ``last``."""
        spans = self.levels[depth].spans(first, last) if first < last else []
        joined = relations(self.scored, spans, self.settings)
        for relation in [*joined, *_rest_is_content(spans, joined, last)] if depth else joined:
            for found in tidied(self.text, self._placed(relation)):
                yield found if depth else replace(found, content=without_holes(self.text, found, found.content))

    def _placed(self, relation: Relation) -> Found:
        def at(tag: Tagged) -> Offsets:
            start, end = _offsets(tag, self.scored)
            return start + self.start, end + self.start

        source = at(relation.source) if relation.source else None
        return Found(source, at(relation.cue), tuple(at(c) for c in relation.content), relation.score)


def _rest_is_content(spans: list[Tagged], joined: list[Relation], end: int) -> Iterator[Relation]:
    """Cues within a content that have a source before them and no content of their own: what follows is theirs, up to
    the end of what holds them. Of nested contents the corpora mark few, so that their ends are learned worst."""
    taken = {relation.cue for relation in joined}
    source: Tagged | None = None
    for span in spans:
        if span.name == "source":
            source = span
        elif span.name == "cue":
            if source and span not in taken and end - span.last > FEWEST:
                content = Tagged("content", span.last + 1, end - 1, span.score)
                yield Relation(source, span, (content,), min(source.score, span.score))
            source = None


def _word_received(text: str, start: int, end: int) -> Iterator[Found]:
    """ "The centre had received information that …": such a chain ends in what somebody was told, not in what they say,
    and the corpora have too few for the network to find it in a long content."""
    if (told := _RECEIVED.search(text, start, end)) and told.start() - start <= 80:
        first, last = bare(text, start, told.start())
        source = (first, last) if first < last else None
        yield Found(source, (told.start(), told.end("cue")), ((told.end(), end),), BARE_FLOOR)


def _mentions(text: str, shift: int, scored: Scored) -> Iterator[tuple[MentionKind, int, int]]:
    """What the mention head marks; a name cut at its hyphen ("al-" and "Noor") is put together."""
    found: list[tuple[MentionKind, int, int]] = []
    for tag in Tagging(scored.head("mentions"), MENTIONS).spans():
        start, end = (at + shift for at in _offsets(tag, scored))
        if (
            found
            and start - found[-1][2] <= 1
            and text[found[-1][2] - 1 : start].strip() in ("-", "‑")
            and tag.name == found[-1][0]
        ):
            start = found.pop()[1]
        if particle := _PARTICLE.search(text, max(0, start - 4), start):
            start = particle.start()
        found.append((cast(MentionKind, tag.name), start, end))
    yield from found


def _with_answering(
    text: str, mentions: list[tuple[MentionKind, int, int]], interview: Sequence[Turn]
) -> list[tuple[MentionKind, int, int]]:
    """``mentions`` with each name before a turn as a person's: there the network has no sentence to tell it by."""
    spoken = {t.source for t in interview if t.source and not _is_role(text[slice(*t.source)])}
    if not spoken:
        return mentions
    named = sorted(spoken)

    def is_named(start: int, end: int) -> bool:
        before = bisect_left(named, (end,)) - 1
        return before >= 0 and start < named[before][1]

    added: list[tuple[MentionKind, int, int]] = [("person", a, b) for a, b in named]
    return sorted([*(m for m in mentions if not is_named(m[1], m[2])), *added], key=lambda m: m[1:])


def _is_role(words: str) -> bool:
    return words.rpartition(" ")[2].lower() in GROUP_NOUNS | PERSON_ROLES


def _triggers(shift: int, scored: Scored) -> Iterator[Trigger]:
    kinds = np.exp(scored.head("events"))
    sure = scored.head("certainty").argmax(-1)
    best = kinds[:, 1:].argmax(-1) + 1
    for at in np.flatnonzero(kinds[:, 0] < 0.5):
        start, end = scored.words[at]
        kind, certainty = EVENTS[best[at]], cast(Certainty, CERTAINTIES[sure[at]])
        yield Trigger(int(start) + shift, int(end) + shift, kind, certainty, float(kinds[at, best[at]]))


def _offsets(tag: Tagged, scored: Scored) -> Offsets:
    return int(scored.words[tag.first, 0]), int(scored.words[tag.last, 1])


def stretches(text: str) -> Iterator[Offsets]:
    """The whole text; a long one cut between paragraphs, so that time and memory stay in proportion."""
    if len(text) <= STRETCH:
        yield 0, len(text)
        return
    start, end = 0, 0
    for a, b in paragraphs(text):
        if end > start and b - start > STRETCH:
            yield start, end
            start = a
        end = b
        while end - start > 2 * STRETCH:  # one paragraph as long as a book
            yield start, start + STRETCH
            start += STRETCH
    yield start, len(text)
