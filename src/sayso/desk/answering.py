"""What the API answers: records as the commands print their rows, and one description of all of it.

A record becomes JSON by ``show.export.as_json``, so that a row of the API is the very row of ``sayso claims --format
jsonl``. FastAPI describes records by their fields; ``described`` says the same of them as ``as_json`` does.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from dataclasses import is_dataclass
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.responses import Response
from fastapi.routing import APIRoute

from sayso.show.export import as_json
from sayso.show.files import as_json_text


class AsRows(APIRoute):
    """A route whose function may return a record, which is sent as a row is printed."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **settings: Any) -> None:
        super().__init__(path, endpoint if inspect.iscoroutinefunction(endpoint) else _sent(endpoint), **settings)


def _sent(endpoint: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(endpoint)
    def answer(*args: Any, **named: Any) -> Any:
        made = endpoint(*args, **named)
        return sent(made) if is_dataclass(made) else made

    return answer


def sent(record: Any) -> Response:
    """A record as JSON, which has no character that turns or ends the line that it stands in."""
    return Response(as_json_text(as_json(record)).encode("utf-8", "backslashreplace"), media_type="application/json")


def described(app: FastAPI) -> Callable[[], dict[str, Any]]:
    """What makes the API's description in OpenAPI, once."""

    @functools.cache
    def description() -> dict[str, Any]:
        made = get_openapi(
            title=app.title,
            version=app.version,
            summary=app.summary,
            description=app.description,
            routes=app.routes,
            tags=[{"name": name, "description": text} for name, text in TAGS.items()],
        )
        schemas = made["components"]["schemas"]
        for schema in schemas.values():
            _rename(schema)
        if "StoryFigure" in schemas:
            schemas["StoryFigure"]["properties"].pop("values", None)
        for path in made["paths"].values():
            for operation in path.values():
                _exemplify(operation)
        return made

    return description


def _rename(schema: dict[str, Any]) -> None:
    """Fields that are called otherwise than their keys, as ``from_`` is."""
    properties = schema.get("properties", {})
    for name in [name for name in properties if name.endswith("_")]:
        properties[name[:-1]] = properties.pop(name)
        schema["required"] = [key.rstrip("_") for key in schema.get("required", ())]


def _exemplify(operation: dict[str, Any]) -> None:
    for parameter in operation.get("parameters", ()):
        example = EXAMPLES.get(parameter["name"])
        if example is not None and "example" not in parameter:
            parameter["example"] = example
    problem = {
        "description": "What was asked for is not there, or could not be understood.",
        "content": {"application/json": {"schema": PROBLEM}},
    }
    for status in ("400", "404", "422"):
        operation["responses"][status] = problem


TAGS = {
    "home": "How much there is, and where to begin.",
    "search": "Words looked for in everything at once.",
    "claims": "Who claims what, on whose word.",
    "stories": "What all outlets claim about one event.",
    "articles": "Reports, with all that is marked in them.",
    "claimants": "Parties that speak.",
    "outlets": "Who publishes.",
    "links": "What claims and articles have to do with each other.",
    "decisions": "What people said of what was read.",
    "pictures and videos": "What a file says of itself, and where it was seen before.",
    "quarantine": "What could not be read, and why.",
    "bringing in": "What is being read.",
}

EXAMPLES = {
    "about": "water tower",
    "by": "ministry",
    "outlet": "The Harbour Post",
    "place": "Orvane",
    "since": "2031-03-01",
    "until": "2031-03",
    "stance": "denies",
    "type": "ASSAULT",
    "id": "1f0c",
    "left": "1f0c",
    "right": "82ab",
    "name": "The Harbour Post",
    "show": "denied",
}

PROBLEM = {
    "type": "object",
    "required": ["error", "detail"],
    "properties": {
        "error": {"type": "string", "description": "what it is, in two or three words"},
        "detail": {"type": "string", "description": "what was got, what was expected, and what to do next"},
    },
    "example": {"error": "Not there", "detail": "no claim 'ffff' in sayso.db; list them with: sayso claims"},
}
