"""What the API offers, as a page: drawn from the same description that programs read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response

from sayso.desk.rendering import render

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Parameter:
    """What an address may be asked with."""

    name: str
    what: str
    example: str


@dataclass(frozen=True, slots=True)
class Address:
    """One address of the API: what it gives, and what it may be asked with. ``filtered``: with all filters, too."""

    path: str
    summary: str
    parameters: tuple[Parameter, ...]
    filtered: bool

    @property
    def link(self) -> str | None:
        """The address itself, where it can be asked for as it stands."""
        return None if "{" in self.path or self.path == "/api/search" else self.path


@dataclass(frozen=True, slots=True)
class Topic:
    """Addresses about one thing."""

    name: str
    what: str
    addresses: tuple[Address, ...]


@dataclass(frozen=True, slots=True)
class ApiPage:
    """All addresses of the API by what they are about, and the ``filters`` that all listings are asked with."""

    topics: tuple[Topic, ...]
    filters: tuple[Parameter, ...]


@router.get("/api")
def api(request: Request) -> Response:
    """What can be had as JSON."""
    return render(request, "api.html", api_page(request.app.openapi()))


def api_page(described: dict[str, Any]) -> ApiPage:
    """The page of what an OpenAPI description describes."""
    listing = described["paths"]["/api/claims"]["get"]
    filters = tuple(_parameters(listing))
    topics = []
    for tag in described["tags"]:
        addresses = tuple(_of_topic(described, tag["name"], filters))
        if addresses:
            topics.append(Topic(tag["name"], tag["description"], addresses))
    return ApiPage(tuple(topics), filters)


def _of_topic(described: dict[str, Any], tag: str, filters: tuple[Parameter, ...]) -> Iterator[Address]:
    for path, methods in described["paths"].items():
        operation = methods.get("get")
        if operation and tag in operation.get("tags", ()):
            own = tuple(_parameters(operation))
            filtered = set(filters) <= set(own)
            left = tuple(one for one in own if not (filtered and one in filters))
            said = operation.get("description", operation["summary"]).replace("`", "")
            yield Address(path, said, left, filtered)


def _parameters(operation: dict[str, Any]) -> Iterator[Parameter]:
    for one in operation.get("parameters", ()):
        yield Parameter(one["name"], one.get("description", ""), str(one.get("example", "")))
