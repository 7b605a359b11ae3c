"""Claims as W3C Web Annotations: the exact words as the target, who claims them and on whose word as the body.

Source: Web Annotation Data Model, W3C Recommendation of 23 February 2017, in JSON-LD: sections 3.2.4 (embedded textual
body), 4.2.4 and 4.2.5 (text quote and text position selectors), 5 (annotation collection and page).

All annotations are in one page, which is written as the claims come; what is known only then (total, ids) stands at
the end. Positions count Unicode code points of the article's text as Sayso reads it, which is why the target's source
is that text and not the page that it is from; the quotation is found again in that page, too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any, BinaryIO

from sayso.show.exports.material import Told, article_iri, claim_iri, web_address
from sayso.show.exports.wording import sentence
from sayso.show.files import as_json_text, as_text
from sayso.types import Span

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
TERMS = {
    "sayso": "urn:sayso:term:",
    "claimant": "sayso:claimant",
    "chain": {"@id": "sayso:chain", "@container": "@list"},
    "stance": "sayso:stance",
    "story": {"@id": "sayso:story", "@type": "@id"},
    "echoOf": {"@id": "sayso:echoOf", "@type": "@id"},
    "confidence": "sayso:confidence",
    "decision": "sayso:decision",
}
"""Our own words, beside the model's. A chain runs from the outlet to the claimant."""

_AROUND = 32  # characters on either side, as the model's readers use to tell equal words apart


def write(claims: Iterable[Told], out: BinaryIO) -> None:
    """Write an AnnotationCollection with one annotation for each of ``claims``."""
    seen = hashlib.sha256()
    total = 0
    with as_text(out) as file:
        file.write(f'{{"@context": {as_json_text([CONTEXT, TERMS])},\n"type": "AnnotationCollection",\n')
        file.write(
            '"label": "Claims, each on somebody\'s word",\n"first": {"type": "AnnotationPage", "startIndex": 0, '
        )
        file.write('"items": [')
        for told in claims:
            file.write((",\n" if total else "\n") + as_json_text(annotation(told)))
            seen.update(told.claim.id.encode())
            total += 1
        name = f"urn:sayso:collection:{seen.hexdigest()[:16]}"
        file.write(f'],\n"id": "{name}:1"}},\n"total": {total},\n"id": "{name}"}}\n')


def annotation(told: Told) -> dict[str, Any]:
    """The annotation of one claim. A content in several pieces has a target for each."""
    targets = [_target(told, span) for span in told.claim.spans]
    return {
        "id": claim_iri(told.claim.id),
        "type": "Annotation",
        "motivation": "describing",
        "body": _body(told),
        "target": targets[0] if len(targets) == 1 else targets,
    }


def _body(told: Told) -> dict[str, Any]:
    claim = told.claim
    body = {
        "type": "TextualBody",
        "purpose": "describing",
        "format": "text/plain",
        "language": "en",
        "value": sentence(claim),
        "claimant": claim.claimant,
        "chain": [party or "" for party in claim.chain],  # a list in RDF has no gaps
        "stance": claim.stance,
        "story": f"urn:sayso:story:{claim.story}" if claim.story else None,
        "echoOf": claim_iri(claim.echo_of) if claim.echo_of else None,
        "confidence": claim.confidence,
        "decision": claim.decision,
    }
    return {key: value for key, value in body.items() if value is not None}


def _target(told: Told, span: Span) -> dict[str, Any]:
    before = told.text[max(0, span.start - _AROUND) : span.start]
    after = told.text[span.end : span.end + _AROUND]
    return {
        "type": "SpecificResource",
        "source": _source(told),
        "selector": [
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
            {"type": "TextQuoteSelector", "exact": span.text, "prefix": before, "suffix": after},
        ],
    }


def _source(told: Told) -> dict[str, Any]:
    source = {
        "id": article_iri(told.article.id),
        "type": "Text",
        "format": "text/plain",
        "language": told.article.language,
        "via": web_address(told.article),
    }
    return {key: value for key, value in source.items() if value is not None}
