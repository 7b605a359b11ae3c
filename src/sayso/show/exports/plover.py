"""Claims that tell of an event as PLOVER event records, one JSON object a line.

Source: PLOVER Manual (Open Event Data Alliance, the draft in its repository), chapter "JSON Data Fields", whose names
are used: ``recipient`` is what earlier drafts call ``target``. ``context`` is "future", "hypothetical" or
"negation" where the claim puts the event so ("Event, Mode, and Context").

One record is one claim of one event: reports of the same event are not made one, but share ``link``, the story's id.
Actors have their text and no code, as codes need a dictionary of parties. PLOVER wants a date in each record: it is the
day that is claimed, or else of publication, and ``claimed_date`` is there only where it is claimed; a record has none
where neither is known. Figures are given only where the claim gives one number. Fields that PLOVER lacks (claimant,
chain, stance, certainty, confidence) stand beside its own, as it allows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO

from sayso.show.exports.material import Told, web_address
from sayso.show.exports.wording import sentence
from sayso.show.files import as_json_text, as_text
from sayso.types import CasualtyKind, Place

_CONTEXT = {"planned": "future", "possible": "hypothetical", "denied": "negation"}
_SIZES: Mapping[CasualtyKind, str] = {"killed": "dead", "wounded": "injured", "detained": "arrested"}


def write(claims: Iterable[Told], out: BinaryIO) -> None:
    """Write a record for each of ``claims`` that tells of an event."""
    with as_text(out) as file:
        for told in claims:
            if told.event is not None:
                file.write(as_json_text(record(told)) + "\n")


def record(told: Told) -> dict[str, Any]:
    """The record of a claim that tells of an event; only what is known is in it. ValueError where it tells of none."""
    claim, event = told.claim, told.event
    if event is None:
        raise ValueError(f"claim {claim.id} tells of no event")
    fields = {
        "id": claim.id,
        "date": claim.date or (claim.published or "")[:10] or None,
        "source": _actors(told.actors),
        "recipient": _actors(told.targets) or None,
        "event": [event.type],
        "event_loc": _location(told.place) if told.place else None,
        "event_text": [event.span.text],
        "context": [_CONTEXT[event.certainty]] if event.certainty in _CONTEXT else None,
        "link": claim.story,
        "text": claim.text,
        "text_info": {"start": claim.spans[0].start, "end": claim.spans[-1].end},
        "cite_info": _citation(told),
        "coder": "Sayso",
        "comment": f"As claimed, not verified. {sentence(claim)}",
        "claimed_date": claim.date,
        "claimant": claim.claimant,
        "chain": list(claim.chain),
        "stance": claim.stance,
        "certainty": event.certainty,
        "confidence": event.confidence,
        **_sizes(told),
    }
    return {name: value for name, value in fields.items() if value is not None}


def _actors(names: Iterable[str]) -> list[dict[str, str]]:
    return [{"actor_text": name} for name in names]


def _location(place: Place) -> dict[str, Any]:
    """GeoNames' fields, which PLOVER takes, spaces and all."""
    fields = {
        "geonameid": place.geonameid,
        "name": place.name,
        "latitude": place.lat,
        "longitude": place.lon,
        "country code": place.country,
    }
    return {name: value for name, value in fields.items() if value is not None}


def _citation(told: Told) -> dict[str, str]:
    row = told.article
    fields = {
        "citation": row.id,
        "url": web_address(row),
        "title": row.title,
        "language": row.language,
        "publication": row.outlet,
    }
    return {name: value for name, value in fields.items() if value}


def _sizes(told: Told) -> dict[str, int]:
    """The claim's figures by PLOVER's names, where it gives one number of a kind, and of all people."""
    found: dict[str, int] = {}
    for kind, name in _SIZES.items():
        numbers = {(f.min, f.max) for f in told.claim.figures if f.kind == kind and f.who in (None, "people")}
        if len(numbers) == 1 and (number := numbers.pop())[0] == number[1] and number[0] is not None:
            found[name] = number[0]
    return found
