"""Web Annotations, held against what the recommendation says must be, and expanded as JSON-LD."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError
from pyld import jsonld
from tests.unit.show.exports.invented import CLAIM, CLAIMS, TEXT, UNNAMED, span, text_of, told

from sayso.show.exports.webannotation import CONTEXT, TERMS, annotation, write

OA, DCTERMS, AS = "http://www.w3.org/ns/oa#", "http://purl.org/dc/terms/", "http://www.w3.org/ns/activitystreams#"

# No schema is published: this one is made of the MUSTs of the recommendation, sections 3.1, 3.2.4, 4.2.4, 4.2.5 and 5.
IRI = {"type": "string", "pattern": "^[a-z]+:[^ ]+$"}
SELECTOR = {
    "oneOf": [
        {
            "properties": {
                "type": {"const": "TextPositionSelector"},
                "start": {"type": "integer", "minimum": 0},
                "end": {"type": "integer", "minimum": 0},
            },
            "required": ["type", "start", "end"],
        },
        {
            "properties": {
                "type": {"const": "TextQuoteSelector"},
                "exact": {"type": "string"},
                "prefix": {"type": "string"},
                "suffix": {"type": "string"},
            },
            "required": ["type", "exact"],
        },
    ]
}
TARGET = {
    "type": "object",
    "properties": {
        "type": {"const": "SpecificResource"},
        "source": {"type": "object", "properties": {"id": IRI}, "required": ["id"]},
        "selector": {"type": "array", "items": SELECTOR, "minItems": 1},
    },
    "required": ["source", "selector"],
}
ANNOTATION = {
    "type": "object",
    "properties": {
        "id": IRI,
        "type": {"const": "Annotation"},
        "motivation": {"enum": ["describing"]},
        "body": {
            "type": "object",
            "properties": {"type": {"const": "TextualBody"}, "value": {"type": "string"}},
            "required": ["type", "value"],
        },
        "target": {"oneOf": [TARGET, {"type": "array", "items": TARGET, "minItems": 1}]},
    },
    "required": ["id", "type", "target"],
}
COLLECTION = {
    "type": "object",
    "properties": {
        "@context": {"type": "array", "contains": {"const": CONTEXT}},
        "id": IRI,
        "type": {"const": "AnnotationCollection"},
        "total": {"type": "integer", "minimum": 0},
        "first": {
            "type": "object",
            "properties": {
                "id": IRI,
                "type": {"const": "AnnotationPage"},
                "startIndex": {"type": "integer", "minimum": 0},
                "items": {"type": "array", "items": ANNOTATION},
            },
            "required": ["id", "type", "items"],
        },
    },
    "required": ["@context", "id", "type", "total", "first"],
}
# What the Web Annotation Vocabulary (2017) says that the words mean which are used here.
LINKED = {"body": "hasBody", "target": "hasTarget", "source": "hasSource", "selector": "hasSelector", "via": "via"}
PLAIN = ("start", "end", "exact", "prefix", "suffix", "Annotation", "TextualBody", "SpecificResource")
WORDS: dict[str, Any] = {
    **{word: {"@id": OA + name, "@type": "@id"} for word, name in LINKED.items()},
    **{word: OA + word for word in (*PLAIN, "TextQuoteSelector", "TextPositionSelector", "describing")},
    "motivation": {"@id": OA + "motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": OA + "hasPurpose", "@type": "@vocab"},
    "items": {"@id": AS + "items", "@type": "@id", "@container": "@list"},
    "first": {"@id": AS + "first", "@type": "@id"},
    "total": AS + "totalItems",
    "startIndex": AS + "startIndex",
    "AnnotationCollection": AS + "OrderedCollection",
    "AnnotationPage": AS + "OrderedCollectionPage",
    "id": "@id",
    "type": "@type",
    "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
    "label": "http://www.w3.org/2000/01/rdf-schema#label",
    "format": "http://purl.org/dc/elements/1.1/format",
    "language": "http://purl.org/dc/elements/1.1/language",
    "Text": "http://purl.org/dc/dcmitype/Text",
}


def collection(*claims: Any) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(text_of(write, claims))
    return read


def expanded(document: dict[str, Any]) -> Any:
    return jsonld.expand({**document, "@context": [WORDS, TERMS]})


def test_it_is_what_the_recommendation_says_it_must_be() -> None:
    Draft202012Validator(COLLECTION).validate(collection(*CLAIMS))
    Draft202012Validator(COLLECTION).validate(collection())
    broken = collection(CLAIM)
    del broken["first"]["items"][0]["target"]["source"]["id"]
    with pytest.raises(ValidationError):
        Draft202012Validator(COLLECTION).validate(broken)


def test_there_is_one_annotation_for_each_claim() -> None:
    read = collection(*CLAIMS)
    assert read["total"] == len(CLAIMS)
    assert [item["id"] for item in read["first"]["items"]] == [f"urn:sayso:claim:{c.claim.id}" for c in CLAIMS]


def test_selectors_find_the_exact_words() -> None:
    for item in collection(*CLAIMS)["first"]["items"]:
        position, quote = item["target"]["selector"]
        assert TEXT[position["start"] : position["end"]] == quote["exact"]
        assert quote["prefix"] + quote["exact"] + quote["suffix"] in TEXT
        assert TEXT[: position["start"]].endswith(quote["prefix"])


def test_a_content_in_pieces_has_a_target_for_each() -> None:
    pieces = (span("the army had shelled"), span("killing 24 people"))
    item = annotation(replace(CLAIM, claim=replace(CLAIM.claim, spans=pieces)))
    assert [target["selector"][1]["exact"] for target in item["target"]] == [piece.text for piece in pieces]


def test_at_the_ends_of_a_text_there_is_less_around() -> None:
    quote = annotation(told(words="All.", text="All."))["target"]["selector"][1]
    assert quote == {"type": "TextQuoteSelector", "exact": "All.", "prefix": "", "suffix": ""}


def test_the_body_says_who_and_on_whose_word() -> None:
    body = annotation(UNNAMED)["body"]
    assert body["chain"] == ["Harbour Post", ""]
    assert "claimant" not in body
    assert body["value"] == "(unnamed): asserts (chain: Harbour Post > (unnamed))"
    assert body["echoOf"] == "urn:sayso:claim:c1aaaaaaaaaaaaaa"
    assert annotation(CLAIM)["body"]["claimant"] == "Mara Lind"


def test_no_word_of_it_is_lost_as_linked_data() -> None:
    document = collection(CLAIM)
    (graph,) = expanded(document)
    (item,) = graph[AS + "first"][0][AS + "items"][0]["@list"]
    body, target = item[OA + "hasBody"][0], item[OA + "hasTarget"][0]
    assert body["urn:sayso:term:chain"][0]["@list"] == [{"@value": "Harbour Post"}, {"@value": "Mara Lind"}]
    assert body["urn:sayso:term:stance"] == [{"@value": "asserts"}]
    assert target[OA + "hasSource"][0]["@id"] == "urn:sayso:article:60eca166d4832a62"
    lost = words_in(document["first"]["items"][0]) - {"id", "type"} - WORDS.keys() - TERMS.keys()
    assert not lost


def words_in(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*map(words_in, value.values()))
    return set().union(*map(words_in, value)) if isinstance(value, list) else set()


def test_the_same_claims_give_the_same_bytes_and_others_another_id() -> None:
    assert text_of(write, CLAIMS) == text_of(write, CLAIMS)
    assert collection(CLAIM)["id"] != collection(*CLAIMS)["id"]
