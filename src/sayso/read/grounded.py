"""What a language model told, grounded in the article: each of its words is found there, or dropped and counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sayso.read.anchor import Anchors, Offsets, around, distance, nearest
from sayso.read.attributions import Marks
from sayso.read.found import Found, kind_of, text_order
from sayso.read.party import LONGEST
from sayso.read.prompt import Answer, NameKind, Told
from sayso.read.pronouns import HE, IT, SELF, THEY
from sayso.read.resolve import Given

CONFIDENCE = 0.5  # of every attribution: nobody has measured the model that the user chose
SEEDS = 20  # places of an ambiguous content that are tried
CUES = 8  # places of its cue, the nearest first

_PRONOUNS = HE | IT | THEY | SELF


@dataclass(slots=True)
class Grounded:
    """What of the model's answers stands in the article. ``given`` is by the ``id()`` of the relation; ``dropped``
    counts the pieces of text that the model gave and that are not in ``marks`` or ``given``."""

    marks: Marks = field(default_factory=Marks)
    given: dict[int, Given] = field(default_factory=dict)
    dropped: int = 0


@dataclass(frozen=True, slots=True)
class _Placed:
    """Where one attribution stands; ``apart`` is the sum of the characters between its pieces."""

    content: tuple[Offsets, ...]
    cue: Offsets | None
    source: Offsets | None
    apart: int


def ground(text: str, answers: Iterable[tuple[Offsets, Answer]]) -> Grounded:
    """All answers about ``text``, each with the offsets of the part that it is about."""
    grounded = Grounded()
    whole = Anchors(text)
    for (start, end), answer in answers:
        part = _Part(Anchors(text, start, end), whole, text, grounded)
        part.add(answer)
    grounded.marks.relations.sort(key=text_order)
    grounded.marks.mentions.sort(key=lambda mention: mention[1:])
    return grounded


class _Part:
    """One part of the article, in which the words of one answer are looked for."""

    def __init__(self, here: Anchors, whole: Anchors, text: str, into: Grounded) -> None:
        self._here = here
        self._whole = whole  # a name may be given in full in another part
        self._text = text
        self._into = into
        self._taken: dict[_Placed, Found] = {}

    def add(self, answer: Answer) -> None:
        found: dict[int, Found | None] = {}  # one that was dropped leads to what held it
        for told in _outer_first(answer.attributions):
            parent = found.get(told.within) if told.within is not None else None
            found[told.id] = self._relation(told, parent) or parent
        self._names(answer.names)

    def _relation(self, told: Told, parent: Found | None) -> Found | None:
        contents = [places for piece in told.content if (places := self._here.of(piece))]
        cues, sources = (self._here.of(words) if words else [] for words in (told.cue, told.source))
        given = len(told.content) + (told.cue is not None) + (told.source is not None)
        if not contents or not (cues or sources or self._is_quoted(contents)):
            self._into.dropped += given + (told.claimant is not None)
            return None
        inside = [_within(places, parent) for places in contents] if parent else []
        if not (inside and all(inside)):
            inside, parent = contents, None
        arranged = list(_arranged(inside, _within(cues, parent) or cues, _within(sources, parent) or sources))
        placed = min(arranged, key=lambda one: (one in self._taken, one.apart, one.content))
        self._into.dropped += given - len(placed.content) - (placed.cue is not None) - (placed.source is not None)
        return self._taken.get(placed) or self._keep(told, placed, parent)

    def _is_quoted(self, contents: list[list[Offsets]]) -> bool:
        """True where quotation marks show that somebody says it, though nothing tells who: a headline that is one."""
        return kind_of(self._text, [places[0] for places in contents]) != "indirect"

    def _keep(self, told: Told, placed: _Placed, parent: Found | None) -> Found:
        at = placed.content[0][0]
        found = Found(placed.source, placed.cue or (at, at), placed.content, CONFIDENCE, parent)
        self._taken[placed] = found
        self._into.marks.relations.append(found)
        self._into.given[id(found)] = Given(told.stance, self._claimant(told.claimant))
        return found

    def _claimant(self, name: str | None) -> str | None:
        """The claimant as the article has it; a pronoun or a whole sentence is no name, and is left to the reader."""
        if not name or name.strip().lower() in _PRONOUNS or len(name.split()) > LONGEST:
            return None
        places = self._here.of(name) or self._whole.of(name)
        if not places:
            self._into.dropped += 1
            return None
        return " ".join(self._text[slice(*places[0])].split())

    def _names(self, names: Sequence[tuple[NameKind, str]]) -> None:
        """All places of the names; a name within a longer one is no mention of its own."""
        taken: list[Offsets] = []
        for kind, name in sorted(names, key=lambda one: -len(one[1])):
            places = self._here.of(name) if any(map(str.isalnum, name)) else []  # a lone mark is no name
            self._into.dropped += not places
            free = [place for place in places if not _overlaps(place, taken)]
            taken += free
            self._into.marks.mentions += [(kind, *place) for place in free]


def _arranged(contents: list[list[Offsets]], cues: list[Offsets], sources: list[Offsets]) -> Iterator[_Placed]:
    """Each way to place an attribution: one of its contents at each place where that stands, the others as near to it
    as they can be, the cue near these, the source near the cue. What stands in fewest places goes first."""
    seed = min(range(len(contents)), key=lambda n: (len(contents[n]), contents[n][0][0] - contents[n][0][1]))
    for place in contents[seed][:SEEDS]:
        content, apart = [place], 0
        for places in (*contents[:seed], *contents[seed + 1 :]):
            near = nearest(places, [place])
            if not _overlaps(near, content):
                content.append(near)
                apart += distance(near, [place])
        content.sort()
        cue, source, between = _spoken(_outside(cues, content), _outside(sources, content), content)
        yield _Placed(tuple(content), cue, source, apart + between)


def _spoken(
    cues: list[Offsets], sources: list[Offsets], content: list[Offsets]
) -> tuple[Offsets | None, Offsets | None, int]:
    """The cue and the source that are nearest to the content and to each other, and the characters between."""
    near: list[Offsets | None] = [*sorted(cues, key=lambda place: distance(place, content))[:CUES]]
    found = []
    for cue in near or [None]:
        beside = [cue] if cue else content
        source = nearest(sources, beside) if sources else None
        apart = (distance(cue, content) if cue else 0) + (distance(source, beside) if source else 0)
        found.append((cue, source, apart))
    return min(found, key=lambda one: one[2])


def _outside(places: list[Offsets], content: list[Offsets]) -> list[Offsets]:
    """The places around the content that are not in it; all, where the model put source or cue into it."""
    near = around(places, content)
    return [place for place in near if not _overlaps(place, content)] or near


def _overlaps(place: Offsets, others: Iterable[Offsets]) -> bool:
    return any(place[0] < end and start < place[1] for start, end in others)


def _within(places: list[Offsets], parent: Found | None) -> list[Offsets]:
    """The places within the content of ``parent``; none without a parent."""
    pieces = parent.content if parent else ()
    return [(a, b) for a, b in places if any(start <= a and b <= end for start, end in pieces)]


def _outer_first(attributions: Sequence[Told]) -> Iterator[Told]:
    """Each after the one that holds it. Where they hold each other in a ring, or are held by none that is there, as
    they come."""
    held: dict[int, list[Told]] = {}
    known = {told.id for told in attributions}
    for told in attributions:
        if told.within in known:
            held.setdefault(told.within, []).append(told)
    waiting = [told for told in reversed(attributions) if told.within not in known]
    seen: set[int] = set()
    while waiting:
        told = waiting.pop()
        seen.add(told.id)
        yield told
        waiting += reversed(held.get(told.id, []))
    yield from (told for told in attributions if told.id not in seen)
