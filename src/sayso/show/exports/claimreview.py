"""Claims as schema.org Claims, and what listed bodies found as ClaimReviews of the claims that it concerns.

Source: schema.org, types Claim, ClaimReview and NewsArticle, in JSON-LD.

No rating is written, ever: Sayso rates nothing, and what a body found stands in its own words as the review's body. A
claim that nobody reviewed is a Claim with the article that it appears in. An author is a Person or an Organization
where the article tells which; else it is a name alone, which schema.org takes as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, BinaryIO

from sayso.show.exports.material import Found, Told, article_iri, claim_iri, web_address
from sayso.show.files import as_json_text, as_text

CONTEXT = "https://schema.org"
_TYPES = {"person": "Person", "organisation": "Organization"}


def write(claims: Iterable[Told], reviews: Iterable[Found], out: BinaryIO) -> None:
    """Write a graph of all ``claims`` as Claims and all ``reviews`` as ClaimReviews."""
    nodes: Iterator[dict[str, Any]] = chain(map(as_claim, claims), map(as_review, reviews))
    with as_text(out) as file:
        file.write(f'{{"@context": "{CONTEXT}",\n"@graph": [')
        for number, node in enumerate(nodes):
            file.write((",\n" if number else "\n") + as_json_text(node))
        file.write("]}\n")


def as_claim(told: Told) -> dict[str, Any]:
    """A claim, by whom, and the article that it appears in."""
    claim = told.claim
    node = {
        "@type": "Claim",
        "@id": claim_iri(claim.id),
        "text": claim.text,
        "author": _author(told),
        "appearance": _article(told),
        "isBasedOn": {"@id": claim_iri(claim.echo_of)} if claim.echo_of else None,
    }
    return _known(node)


def as_review(found: Found) -> dict[str, Any]:
    """What a body found of a claim, in its own words; without a rating."""
    finding = found.finding
    node = {
        "@type": "ClaimReview",
        "@id": f"urn:sayso:review:{finding.claim.id}:{found.about.claim.id}",
        "url": web_address(finding.article),
        "datePublished": finding.article.published,
        "author": _finder(finding),
        "claimReviewed": found.about.claim.text,
        "itemReviewed": as_claim(found.about),
        "reviewBody": finding.claim.text,
        "isBasedOn": {"@id": claim_iri(finding.claim.id)},
    }
    return _known(node)


def _article(told: Told) -> dict[str, Any]:
    row = told.article
    node = {
        "@type": "NewsArticle",
        "@id": article_iri(row.id),
        "headline": row.title,
        "datePublished": row.published,
        "inLanguage": row.language,
        "publisher": _organisation(row.outlet),
        "url": web_address(row),
    }
    return _known(node)


def _author(told: Told) -> dict[str, str] | str | None:
    """Who makes the claim; None for somebody whom the article does not name."""
    claim, party = told.claim, told.claimant
    if len(claim.chain) == 1:
        return _organisation(claim.outlet)
    kind = _TYPES.get(party.kind or "") if party else None
    return {"@type": kind, "name": party.name} if party and kind else claim.claimant


def _finder(told: Told) -> dict[str, str] | None:
    """Whose finding it is; a body, where nothing says that it is a person."""
    kind = _TYPES.get(told.claimant.kind or "") if told.claimant else None
    if told.claimant and kind:
        return {"@type": kind, "name": told.claimant.name}
    return _organisation(told.claim.claimant or told.article.outlet)


def _organisation(name: str | None) -> dict[str, str] | None:
    return {"@type": "Organization", "name": name} if name else None


def _known(node: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in node.items() if value is not None}
