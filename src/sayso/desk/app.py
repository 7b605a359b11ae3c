"""The application: which pages there are, what each answer says to the browser about itself, and how errors look.

Every answer forbids the page to ask any other host for anything. Requests that name another host than this machine are
refused, so that no other site's page can read the ledger by a name of its own for this address (DNS rebinding).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from http import HTTPStatus
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware

from sayso import __version__
from sayso.config import Config
from sayso.desk.answering import described
from sayso.desk.bounded import BoundedBodies, TooLargeError
from sayso.desk.bringing import Jobs
from sayso.desk.guarding import Alone, Gate, Guard
from sayso.desk.held import Desk, NoLedgerError
from sayso.desk.pages import ROUTERS
from sayso.desk.rendering import problem, welcome
from sayso.errors import LedgerError, NotThereError, SaysoError, UsageError

HOSTS = ("localhost", "127.0.0.1")
"""What the desk of one user answers to."""

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
    "Referrer-Policy": "same-origin",  # with less, browsers would not say to the desk itself where a form comes from
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "private, no-cache",
}


def make_app(
    where: str, guard: Guard | None = None, hosts: Sequence[str] = HOSTS, config: Config | None = None
) -> FastAPI:
    """The desk for the ledger that ``where`` names, which may not be there yet. ``guard`` says who comes in (None: who
    asks on this machine), ``hosts`` by what names it is asked, ``config`` how reports that are brought in are read.

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
        lifespan=_running,
    )
    app.state.desk = Desk(where)
    app.state.jobs = Jobs(app.state.desk, config or Config())
    app.openapi = described(app)  # type: ignore[method-assign]  # as FastAPI's documentation has it
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.state.guard = guard or Alone("local")
    app.add_middleware(
        BoundedBodies, most=dict.fromkeys(("/bring", "/media"), app.state.jobs.config.limits.upload_bytes)
    )
    app.add_middleware(Gate, guard=app.state.guard, refuse=problem)  # each of these stands before the one above it
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False)
    app.middleware("http")(_with_headers)
    app.add_exception_handler(NoLedgerError, _no_ledger)
    app.add_exception_handler(SaysoError, _refused)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_exception_handler(Exception, _broken)
    return app


@asynccontextmanager
async def _running(app: FastAPI) -> AsyncIterator[None]:
    """From start to end: what an earlier desk left unread is read, and what is being read is left for the next."""
    app.state.jobs.resume()
    yield
    await run_in_threadpool(app.state.jobs.close)


async def _with_headers(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    response = await call_next(request)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def _no_ledger(request: Request, error: Exception) -> Response:  # noqa: ARG001 - Starlette calls it so
    return welcome(request)


def _refused(request: Request, error: Exception) -> Response:
    kinds = (
        (NotThereError, HTTPStatus.NOT_FOUND),
        (TooLargeError, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
        (UsageError, HTTPStatus.BAD_REQUEST),
    )
    status = next((status for kind, status in kinds if isinstance(error, kind)), HTTPStatus.INTERNAL_SERVER_ERROR)
    titles = {
        HTTPStatus.NOT_FOUND: "Not there",
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Too much at once",
        HTTPStatus.BAD_REQUEST: "Not understood",
    }
    title = titles.get(status, "The ledger cannot be used" if isinstance(error, LedgerError) else "That did not work")
    return problem(request, status, title, str(error))


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == HTTPStatus.NOT_FOUND:
        return problem(request, error.status_code, "No such page", "There is nothing at this address.")
    title = "Not allowed" if error.status_code == HTTPStatus.FORBIDDEN else "That did not work"
    answer = problem(request, error.status_code, title, str(error.detail))
    answer.headers.update(error.headers or {})
    return answer


def _not_understood(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    said = "; ".join(f"{e['loc'][-1]}: {e['msg']}" for e in error.errors())
    return problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, "Not understood", said)


def _broken(request: Request, error: Exception) -> Response:  # noqa: ARG001 - Starlette calls it so
    said = "A mistake of Sayso's, not yours. The ledger is as it was; what went wrong is told where sayso desk runs."
    response = problem(request, HTTPStatus.INTERNAL_SERVER_ERROR, "This page could not be made", said)
    response.headers.update(HEADERS)  # this handler stands outside of what sets them
    return response
