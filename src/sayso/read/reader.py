"""The local reader: one pass of the network over an article, then plain code that resolves what it marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from sayso import __version__
from sayso.read.attributions import find_marks
from sayso.read.encoder import Encoder
from sayso.read.resolve import reading_of
from sayso.types import Article, Provenance, Reading


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
        return reading_of(article, find_marks(article.text, self._encoder), self.provenance)
