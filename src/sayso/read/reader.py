"""The local reader: one pass of the network over an article, then plain code that resolves what it marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from sayso import __version__
from sayso.read.attributions import Found, find_marks, kind_of
from sayso.read.casualties import find_casualties
from sayso.read.claimants import Parties, find_parties
from sayso.read.dates import find_dates
from sayso.read.encoder import Encoder
from sayso.read.evidence import find_evidence
from sayso.read.places import find_places
from sayso.read.stance import stance_of
from sayso.read.voice import find_voice
from sayso.types import Article, Attribution, Mention, Provenance, Reading, Span


class Reader:
    """Reads English articles with the shipped network, or with the one in ``folder``."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.provenance = Provenance(__version__, encoder.name, "local")

    @classmethod
    def load(cls, folder: Path | None = None, *, threads: int = 0) -> Reader:
        """The reader with its network loaded; ``threads`` 0 takes all cores."""
        return cls(Encoder(folder, threads))

    def reads(self, article: Article) -> bool:
        """True if the article is in a language that this reader reads; one of unknown language is tried."""
        return article.language in (None, "en")

    def read_many(self, articles: Iterable[Article]) -> Iterator[Reading]:
        """The readings of the articles, in their order."""
        return map(self.read, articles)

    def read(self, article: Article) -> Reading:
        """One article's reading."""
        text = article.text
        marks = find_marks(text, self._encoder)
        parties = find_parties(text, marks)
        attributions = tuple(_attributions(text, marks.relations, parties))
        places = find_places(text, [Span.of(text, a, b) for kind, a, b in marks.mentions if kind == "place"])
        return Reading(
            article=article,
            attributions=attributions,
            voice=find_voice(text, attributions),
            casualties=find_casualties(text, attributions),
            events=(),
            places=places,
            dates=find_dates(text, article.published),
            mentions=tuple(Mention(Span.of(text, m.start, m.end), m.kind, m.entity) for m in parties.mentions),
            evidence=find_evidence(text, attributions),
            provenance=self.provenance,
        )


def _attributions(text: str, relations: list[Found], parties: Parties) -> Iterator[Attribution]:
    names = {id(found): f"a{number}" for number, found in enumerate(relations, 1)}
    for found in relations:
        source = Span.of(text, *found.source) if found.source else None
        cue = Span.of(text, *found.cue)
        content = tuple(Span.of(text, a, b) for a, b in found.content)
        yield Attribution(
            id=names[id(found)],
            source=source,
            cue=cue,
            content=content,
            within=names[id(found.parent)] if found.parent else None,
            kind=kind_of(text, found.content),
            stance=stance_of(cue.text, source.text if source else None, " ".join(c.text for c in content)),
            claimant=parties.claimant(found),
            confidence=round(found.score, 3),
        )
