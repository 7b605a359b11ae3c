"""What the exports are made of: claims with the article that they stand in, stories with such claims, and reviews."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sayso.types import ArticleRow, ClaimRow, Event, Place, StoryRow

PartyKind = Literal["person", "organisation"]


@dataclass(frozen=True, slots=True)
class Party:
    """A claimant: its id, which is the same in all articles, and what the article says that it is (None: neither)."""

    id: str
    name: str
    kind: PartyKind | None


@dataclass(frozen=True, slots=True)
class Told:
    """A claim, its article and that article's text, and what was read in the claim's own words: the event that it tells
    of, with the names of who acts and who is hit, and the place as it was found. None and empty for what was not."""

    claim: ClaimRow
    article: ArticleRow
    text: str
    claimant: Party | None
    event: Event | None
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    place: Place | None


@dataclass(frozen=True, slots=True)
class ToldStory:
    """A story and the claims that tell it. Its place lies in the country of the ISO 3166 code ``country_code``, in
    English ``country``; None where that is not known."""

    row: StoryRow
    claims: tuple[Told, ...]
    country_code: str | None
    country: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """A claim of a body that is listed as finding, and the claim that it concerns; ``why`` is what shows that."""

    finding: Told
    about: Told
    why: str


def article_iri(article_id: str) -> str:
    """The name of an article in linked data; it is the same on any machine."""
    return f"urn:sayso:article:{article_id}"


def claim_iri(claim_id: str) -> str:
    """The name of a claim in linked data; it is the same on any machine."""
    return f"urn:sayso:claim:{claim_id}"


def web_address(row: ArticleRow) -> str | None:
    """Where the article is on the web; None for what a reader should not be sent to."""
    url = row.url or ""
    plain = url.isascii() and url.isprintable() and not any(c in ' "<>\\^`{|}' for c in url)
    return url if plain and url.startswith(("https://", "http://")) else None
