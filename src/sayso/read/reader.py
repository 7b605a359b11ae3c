"""The local reader: one pass of the network over an article, then plain code that resolves what it marked."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from sayso import __version__
from sayso.read.added import AddedPlaces, gazetteer_with
from sayso.read.attributions import begin
from sayso.read.chains import with_chains
from sayso.read.citing import with_cited
from sayso.read.encoder import Encoder
from sayso.read.gazetteer import Gazetteer
from sayso.read.resolve import reading_of
from sayso.types import Article, Provenance, Reading


class Reader:
    """Reads English articles with the shipped network, or with the one in ``folder``."""

    def __init__(self, encoder: Encoder, gazetteer: Gazetteer, folder: Path | None, places: AddedPlaces) -> None:
        self._encoder, self._gazetteer = encoder, gazetteer
        self.folder = folder  # None: the shipped network's
        self.places = places
        self.provenance = Provenance(__version__, encoder.name + self.places.mark, "local")

    @classmethod
    def load(cls, folder: Path | None = None, *, threads: int = 0, places: AddedPlaces | None = None) -> Reader:
        """The reader with its network and its places loaded; ``threads`` 0 takes all cores, ``places`` are what
        the user has added."""
        places = places or AddedPlaces()
        return cls(Encoder(folder, threads), gazetteer_with(places), folder, places)

    def reads(self, article: Article) -> bool:
        """True if the article is in a language that this reader reads; one of unknown language is tried."""
        return article.language in (None, "en")

    def read_many(self, articles: Iterable[Article]) -> Iterator[Reading]:
        """The readings of the articles, in their order. While plain code resolves one, the network reads the next."""
        ahead: deque[Callable[[], Reading]] = deque()
        for article in articles:
            ahead.append(self.begin(article))
            if len(ahead) > 2 * self._encoder.threads:
                yield ahead.popleft()()
        while ahead:
            yield ahead.popleft()()

    def begin(self, article: Article) -> Callable[[], Reading]:
        """Start to read one article; what is returned waits for the network and gives the reading."""
        text = article.text
        marks = begin(text, self._encoder)
        return lambda: reading_of(
            article, with_chains(text, with_cited(text, marks())), self.provenance, gazetteer=self._gazetteer
        )

    def read(self, article: Article) -> Reading:
        """One article's reading."""
        return self.begin(article)()
