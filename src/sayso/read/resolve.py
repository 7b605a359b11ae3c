"""From marked relations and names to a Reading: the plain code that every reader shares, whatever did the marking."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sayso.read.attributions import Marks
from sayso.read.casualties import find_casualties
from sayso.read.claimants import find_parties
from sayso.read.datelines import less_places
from sayso.read.dates import find_dates
from sayso.read.events import find_events
from sayso.read.evidence import find_evidence
from sayso.read.found import Found, kind_of
from sayso.read.gazetteer import Gazetteer
from sayso.read.headline import repeated_headline
from sayso.read.party import Parties
from sayso.read.places import find_places, shipped
from sayso.read.stance import stance_of
from sayso.read.voice import find_voice
from sayso.types import Article, Attribution, Mention, Place, Provenance, Reading, Span, Stance


@dataclass(frozen=True, slots=True)
class Given:
    """What a reader itself says of one relation; where it says nothing (None), the words of the article decide."""

    stance: Stance | None = None
    claimant: str | None = None


def reading_of(
    article: Article,
    marks: Marks,
    provenance: Provenance,
    given: Mapping[int, Given] | None = None,
    gazetteer: Gazetteer | None = None,
) -> Reading:
    """The reading of ``article`` that ``marks`` lead to; ``given`` is by the ``id()`` of the relation, ``gazetteer`` is
    the shipped one unless it is given."""
    text = article.text
    start = repeated_headline(text) if article.title else 0
    known = gazetteer or shipped()
    marks = less_places(text, marks, known)
    parties = find_parties(text, marks, article.outlet, known.is_country)
    relations = [found for found in marks.relations if _begin(found) >= start]
    attributions = tuple(_attributions(text, relations, parties, given or {}))
    casualties = tuple(c for c in find_casualties(text, attributions) if c.span.start >= start)
    mentions = tuple(Mention(Span.of(text, m.start, m.end), m.kind, m.entity) for m in parties.mentions)
    places = _less_speakers(text, _places(text, marks, parties, known), attributions)
    dates = find_dates(text, article.published)
    triggers = [t for t in marks.triggers if t.start >= start]
    return Reading(
        article=article,
        attributions=attributions,
        voice=tuple(v for v in find_voice(text, attributions) if v.span.start >= start),
        casualties=casualties,
        events=find_events(text, triggers, attributions, mentions, places, dates, casualties),
        places=places,
        dates=dates,
        mentions=mentions,
        evidence=tuple(e for e in find_evidence(text, attributions) if e.span.start >= start),
        provenance=provenance,
        embeddings=b"".join(found.embedding for found in relations),
    )


def _begin(found: Found) -> int:
    """Where the content of ``found`` begins, or of what holds it, if that is earlier."""
    begin = found.content[0][0]
    return min(begin, _begin(found.parent)) if found.parent else begin


def _named(text: str, marks: Marks, kind: str) -> list[Span]:
    return [Span.of(text, start, end) for what, start, end in marks.mentions if what == kind]


def _places(text: str, marks: Marks, parties: Parties, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """The places of an article. Of what is tagged a person only whoever speaks by a full name is none of them, which is
    no place's: to a network that reads no names the two look much alike."""
    speaking = {text[slice(*found.source)].split(",")[0] for found in marks.relations if found.source}
    people = [
        span
        for m in parties.mentions
        if m.kind == "person"
        and (span := Span.of(text, m.start, m.end)).text in speaking
        and _is_full_name(span.text)
        and not gazetteer.find(span.text)
    ]
    return find_places(text, _named(text, marks, "place"), gazetteer, persons=people)


def _is_full_name(text: str) -> bool:
    """True of two or three words that are written as names of people are, in any script: "Nadia al-Salem"."""
    words = text.split()
    written = [(word.partition("-")[2] if word[:1].islower() else word) for word in words]
    return 1 < len(words) < 4 and all(
        word[:1].isupper() and any(map(str.islower, word)) and not word.endswith(("'s", "’s", ".")) for word in written
    )


def _less_speakers(text: str, places: tuple[Place, ...], attributions: tuple[Attribution, ...]) -> tuple[Place, ...]:
    """``places`` without what no gazetteer knows and the article has speak, or credits in parentheses, as a dateline
    does: an agency, a body, a man."""
    sources = {a.source for a in attributions if a.source}
    speaking = {s.text.lower() for s in sources}

    def speaks(span: Span) -> bool:
        credited = text[span.start - 1 : span.start] == "(" and text[span.end : span.end + 1] == ")"
        return credited or span.text.lower() in speaking or any(s.holds(span) for s in sources)

    return tuple(p for p in places if p.precision != "none" or not speaks(p.span))


def _attributions(
    text: str, relations: list[Found], parties: Parties, given: Mapping[int, Given]
) -> Iterator[Attribution]:
    names = {id(found): f"a{number}" for number, found in enumerate(relations, 1)}
    claimants = _claimants(relations, parties, given)
    for found in relations:
        source = Span.of(text, *found.source) if found.source else None
        cue = Span.of(text, *found.cue) if found.cue[0] < found.cue[1] else None  # of no width: none is given
        content = tuple(Span.of(text, a, b) for a, b in found.content)
        told = given.get(id(found), Given())
        yield Attribution(
            id=names[id(found)],
            source=source,
            cue=cue,
            content=content,
            within=names[id(found.parent)] if found.parent else None,
            kind=kind_of(text, found.content),
            stance=told.stance or _stance(source, cue, content),
            claimant=claimants[id(found)],
            confidence=round(found.score, 3),
            anonymous=parties.anonymous(found),
        )


def _claimants(relations: list[Found], parties: Parties, given: Mapping[int, Given]) -> dict[int, str | None]:
    """Who speaks in each relation: as the reader says. Where it doesn't, but names the same party elsewhere, by that
    name, so that nobody has two in one article; else as the words of the article tell."""
    told = {id(found): given[id(found)].claimant for found in relations if id(found) in given}
    called: dict[str | None, str | None] = {}
    for found in relations:
        if name := told.get(id(found)):
            called.setdefault(parties.claimant(found), name)
    resolved = {id(found): parties.claimant(found) for found in relations}
    return {key: told.get(key) or (called.get(name, name) if name else None) for key, name in resolved.items()}


def _stance(source: Span | None, cue: Span | None, content: tuple[Span, ...]) -> Stance:
    said = " ".join(piece.text for piece in content)
    return stance_of(cue.text if cue else None, source.text if source else None, said)
