"""The application: which pages there are, what each answer says to the browser about itself, and how errors look.

Every answer forbids the page to ask any other host for anything. Requests that name another host than this machine are
refused, so that no other site's page can read the ledger by a name of its own for this address (DNS rebinding).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware

from sayso import __version__
from sayso.desk.held import Desk, NoLedgerError
from sayso.desk.pages import ROUTERS
from sayso.desk.rendering import problem, welcome
from sayso.errors import LedgerError, NotThereError, SaysoError, UsageError

HOSTS = ("localhost", "127.0.0.1")
"""What the desk answers to."""

STATIC = Path(__file__).with_name("static")

HEADERS = {
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data: blob:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "font-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-cache",
}


def make_app(where: str) -> FastAPI:
    """The desk for the ledger that ``where`` names, which may not be there yet.

    UsageError where ``where`` names something that can't hold a ledger.
    """
    app = FastAPI(
        title="Sayso",
        version=__version__,
        summary="Who claims what, on whose word.",
        description="What the desk's pages show, as JSON. Listings are paged: `next` is the cursor of the next page.",
        openapi_url="/api/openapi.json",
        docs_url=None,  # they would have the browser ask another host; /api lists the same
        redoc_url=None,
    )
    app.state.desk = Desk(where)
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.middleware("http")(_with_headers)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(HOSTS))
    app.add_exception_handler(NoLedgerError, _no_ledger)
    app.add_exception_handler(SaysoError, _refused)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_exception_handler(Exception, _broken)
    return app


async def _with_headers(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    response = await call_next(request)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def _no_ledger(request: Request, error: Exception) -> Response:  # noqa: ARG001 - Starlette calls it so
    return welcome(request)


def _refused(request: Request, error: Exception) -> Response:
    kinds = ((NotThereError, HTTPStatus.NOT_FOUND), (UsageError, HTTPStatus.BAD_REQUEST))
    status = next((status for kind, status in kinds if isinstance(error, kind)), HTTPStatus.INTERNAL_SERVER_ERROR)
    titles = {HTTPStatus.NOT_FOUND: "Not there", HTTPStatus.BAD_REQUEST: "Not understood"}
    title = titles.get(status, "The ledger cannot be used" if isinstance(error, LedgerError) else "That did not work")
    return problem(request, status, title, str(error))


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == HTTPStatus.NOT_FOUND:
        return problem(request, error.status_code, "No such page", "There is nothing at this address.")
    return problem(request, error.status_code, "That did not work", str(error.detail))


def _not_understood(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    said = "; ".join(f"{e['loc'][-1]}: {e['msg']}" for e in error.errors())
    return problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, "Not understood", said)


def _broken(request: Request, error: Exception) -> Response:  # noqa: ARG001 - Starlette calls it so
    said = "A mistake of Sayso's, not yours. The ledger is as it was; what went wrong is told where sayso desk runs."
    response = problem(request, HTTPStatus.INTERNAL_SERVER_ERROR, "This page could not be made", said)
    response.headers.update(HEADERS)  # this handler stands outside of what sets them
    return response
