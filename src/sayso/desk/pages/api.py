"""What the API offers, as a page: drawn from the same description that programs read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response

from sayso.desk.rendering import render

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Address:
    """One address of the API: what it gives, and what it may be asked with, each with its description."""

    path: str
    summary: str
    parameters: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ApiPage:
    """All addresses of the API, in their order."""

    addresses: tuple[Address, ...]


@router.get("/api")
def api(request: Request) -> Response:
    """What can be had as JSON."""
    described = request.app.openapi()
    addresses = (_address(path, methods["get"]) for path, methods in described["paths"].items() if "get" in methods)
    return render(request, "api.html", ApiPage(tuple(addresses)))


def _address(path: str, operation: dict[str, Any]) -> Address:
    given = tuple((p["name"], p.get("description", "")) for p in operation.get("parameters", ()))
    return Address(path, operation.get("description", operation["summary"]), given)
