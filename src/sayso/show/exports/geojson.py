"""Stories and claims as GeoJSON points.

Source: RFC 7946, "The GeoJSON Format" (2016): a FeatureCollection; longitude before latitude, WGS 84.

A place that has no coordinates gives a feature without geometry, which the RFC allows for what is unlocated. A point
stands for a whole district where only that is known: ``precision`` says so, and a map should draw it so.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any, BinaryIO

from sayso.show.export import as_json
from sayso.show.exports.material import Told, ToldStory, web_address
from sayso.show.exports.rows import precision
from sayso.show.files import as_json_text, as_text


def write(stories: Iterable[ToldStory], claims: Iterable[Told], out: BinaryIO) -> None:
    """Write a feature for each of ``stories``, then for each of ``claims``."""
    with as_text(out) as file:
        file.write('{"type": "FeatureCollection", "features": [')
        for number, feature in enumerate(chain(map(of_story, stories), map(of_claim, claims))):
            file.write((",\n" if number else "\n") + as_json_text(feature))
        file.write("]}\n")


def of_story(story: ToldStory) -> dict[str, Any]:
    """A story where it took place, with its row as properties."""
    row = as_json(story.row)
    place = {"what": "story", "precision": precision(story) or "none"}
    return _feature(row.pop("id"), row.pop("lat"), row.pop("lon"), place | row)


def of_claim(told: Told) -> dict[str, Any]:
    """A claim at the place that it is about, with who says it."""
    claim = told.claim
    properties = {
        "what": "claim",
        "precision": told.place.precision if told.place else "none",
        "place": claim.place,
        "date": claim.date,
        "claimant": claim.claimant,
        "chain": list(claim.chain),
        "stance": claim.stance,
        "text": claim.text,
        "event_type": claim.event_type,
        "certainty": claim.certainty,
        "figures": [as_json(figure) for figure in claim.figures],
        "story": claim.story,
        "article": claim.article,
        "outlet": claim.outlet,
        "published": claim.published,
        "url": web_address(told.article),
        "decision": claim.decision,
    }
    return _feature(claim.id, claim.lat, claim.lon, properties)


def _feature(id: str, lat: float | None, lon: float | None, properties: dict[str, Any]) -> dict[str, Any]:
    located = lat is not None and lon is not None
    geometry = {"type": "Point", "coordinates": [lon, lat]} if located else None
    return {"type": "Feature", "id": id, "geometry": geometry, "properties": properties}
