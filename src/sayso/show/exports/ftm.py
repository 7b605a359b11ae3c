"""Articles, claimants, mentions, claims and stories as FollowTheMoney entities, one JSON object a line.

Source: FollowTheMoney 4.11, its schemata Article, Person, Organization, LegalEntity, Mention, Note and Event. Entities
have the form that ``ftm`` reads: id, schema, properties as lists.

An article is an Article (without its text); whoever speaks a Person or an Organization where articles tell which, and
agree, else a LegalEntity; each claimant in an article a Mention; each claim a Note on its article with its exact
words; a story an Event. An Event has nobody as ``involved``: who was is what its claims say, and the Notes hold these.
Ids come from the input alone, so an export made again, or elsewhere, merges with the first. An entity occurs once in a
file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, BinaryIO

from sayso.show.exports.material import Party, Told, ToldStory, web_address
from sayso.show.exports.wording import figures_in_words, sentence
from sayso.show.files import as_json_text, as_text
from sayso.show.plain import one_line, visible

_LANGUAGES = {"en": "eng"}  # ISO 639-3, which FollowTheMoney has; claims are read from English
_SCHEMATA = {"person": "Person", "organisation": "Organization"}

Entity = dict[str, Any]


def write(stories: Iterable[ToldStory], claims: Iterable[Told], out: BinaryIO) -> None:
    """Write the entities of ``claims``, then those of ``stories``, then who claims, each once."""
    seen: set[str] = set()
    parties = _Parties()
    with as_text(out) as file:
        for entity in chain(_entities(stories, claims, parties), parties.entities()):
            if entity["id"] not in seen:
                seen.add(entity["id"])
                file.write(as_json_text(entity) + "\n")


class _Parties:
    """Who claims, held until all has been seen: a Person or an Organization where no two articles differ in it, so that
    the order of articles does not count, and what is exported in parts can be merged."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._kinds: dict[str, set[str]] = {}

    def add(self, party: Party) -> None:
        self._names.setdefault(party.id, party.name)
        self._kinds.setdefault(party.id, set()).update({party.kind} if party.kind else ())

    def entities(self) -> Iterator[Entity]:
        for id, name in self._names.items():
            kinds = self._kinds[id]
            schema = _SCHEMATA[min(kinds)] if len(kinds) == 1 else "LegalEntity"
            yield _entity(f"sayso-party-{id}", schema, name=[name])


def _entities(stories: Iterable[ToldStory], claims: Iterable[Told], parties: _Parties) -> Iterator[Entity]:
    for told in claims:
        yield from _of(told, parties)
    for story in stories:
        yield of_story(story)
        for told in story.claims:
            yield from _of(told, parties)


def _of(told: Told, parties: _Parties) -> Iterator[Entity]:
    if told.claimant is not None:
        parties.add(told.claimant)
    return of_claim(told)


def of_claim(told: Told) -> Iterator[Entity]:
    """A claim as a Note, after its article and, where the article names who claims it, the mention of that."""
    claim, article = told.claim, told.article
    yield _article(told)
    if told.claimant is not None and len(claim.chain) > 1:
        yield _mention(told.claimant, told)
    yield _entity(
        f"sayso-claim-{claim.id}",
        "Note",
        name=[sentence(claim)],
        description=[claim.text],
        entity=[f"sayso-article-{article.id}"],
        publisher=[article.outlet],
        sourceUrl=[web_address(article)],
        namesMentioned=list(claim.chain),
    )


def of_story(story: ToldStory) -> Entity:
    """A story as an Event, with the articles that tell it as its proof."""
    row = story.row
    counted = f"{row.claims} claims from {len(row.outlets)} outlets, {row.origins} of independent origin."
    figures = figures_in_words(row.figures)
    return _entity(
        f"sayso-story-{row.id}",
        "Event",
        name=[row.label],
        date=[row.first],
        location=[row.place],
        country=[(story.country_code or "").lower()],
        summary=[f"{counted} As claimed, not verified. {figures}".strip()],
        proof=[f"sayso-article-{id}" for id in row.articles],
    )


def _article(told: Told) -> Entity:
    row = told.article
    return _entity(
        f"sayso-article-{row.id}",
        "Article",
        title=[row.title],
        fileName=[row.location],
        publisher=[row.outlet],
        publishedAt=[row.published],
        sourceUrl=[web_address(row)],
        language=[_LANGUAGES.get(row.language or "")],
    )


def _mention(party: Party, told: Told) -> Entity:
    whose = hashlib.sha256(f"{told.article.id}\0{party.id}".encode()).hexdigest()[:16]
    return _entity(
        f"sayso-mention-{whose}",
        "Mention",
        document=[f"sayso-article-{told.article.id}"],
        name=[party.name],
        resolved=[f"sayso-party-{party.id}"],
        detectedSchema=[_SCHEMATA.get(party.kind or "")],
    )


def _entity(id: str, schema: str, **properties: list[str | None]) -> Entity:
    """An entity with the properties that are known; its texts without control characters, names on one line."""
    known = {
        name: [
            (visible if name in ("description", "summary") else one_line)(value)
            for value in dict.fromkeys(values)
            if value
        ]
        for name, values in properties.items()
    }
    return {"id": id, "schema": schema, "properties": {name: values for name, values in known.items() if values}}
