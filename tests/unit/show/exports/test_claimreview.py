from __future__ import annotations

import json
from typing import Any

from tests.unit.show.exports.invented import ARTICLE, CLAIM, CLAIMS, FOUND, UNNAMED, VAGUE, text_of

from sayso.show.exports.claimreview import as_claim, as_review, write

# schema.org's own and inherited properties of these types, as far as they are used.
CREATIVE_WORK = {"text", "author", "isBasedOn", "datePublished", "headline", "inLanguage", "publisher", "url"}
PROPERTIES = {
    "Claim": CREATIVE_WORK | {"appearance", "firstAppearance", "claimInterpreter"},
    "ClaimReview": CREATIVE_WORK | {"claimReviewed", "itemReviewed", "reviewBody", "reviewAspect"},
    "NewsArticle": CREATIVE_WORK | {"articleBody", "wordCount"},
    "Organization": {"name"},
    "Person": {"name"},
}


def graph(claims: Any = (), reviews: Any = ()) -> list[dict[str, Any]]:
    read = json.loads(text_of(write, claims, reviews))
    assert read["@context"] == "https://schema.org"
    nodes: list[dict[str, Any]] = read["@graph"]
    return nodes


def nodes_in(value: Any) -> list[dict[str, Any]]:
    below = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    own = [value] if isinstance(value, dict) and "@type" in value else []
    return own + [node for item in below for node in nodes_in(item)]


def test_each_type_has_properties_that_schema_org_gives_it() -> None:
    nodes = nodes_in(graph(CLAIMS, [FOUND]))
    assert {node["@type"] for node in nodes} == set(PROPERTIES)
    for node in nodes:
        assert set(node) - {"@type", "@id"} <= PROPERTIES[node["@type"]]


def test_a_claim_without_a_review_is_a_claim_that_appears_in_an_article() -> None:
    (node,) = graph([CLAIM])
    assert node["@type"] == "Claim"
    assert node["text"] == CLAIM.claim.text
    assert node["author"] == {"@type": "Person", "name": "Mara Lind"}
    assert node["appearance"]["headline"] == ARTICLE.title
    assert node["appearance"]["publisher"]["name"] == "Harbour Post"


def test_a_finding_is_a_review_of_what_it_concerns() -> None:
    review = as_review(FOUND)
    assert review["author"] == {"@type": "Organization", "name": "the Commission on Orvane"}
    assert review["claimReviewed"] == CLAIM.claim.text
    assert review["itemReviewed"]["@id"] == as_claim(CLAIM)["@id"]
    assert review["reviewBody"] == FOUND.finding.claim.text
    assert review["datePublished"] == "2031-09-01"


def test_nothing_is_ever_rated() -> None:
    assert not {"reviewRating", "contentRating", "aggregateRating"} & {
        key for node in nodes_in(graph(CLAIMS, [FOUND])) for key in node
    }


def test_nobody_is_made_up() -> None:
    assert "author" not in as_claim(UNNAMED)
    assert as_claim(UNNAMED)["isBasedOn"] == {"@id": "urn:sayso:claim:c1aaaaaaaaaaaaaa"}
    assert as_claim(VAGUE)["@type"] == "Claim"
    assert graph() == []
