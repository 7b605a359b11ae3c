"""How much a browser may send: bodies are counted as they come, whatever their header says."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sayso.config import MB
from sayso.errors import UsageError

FORM = MB
"""Bytes of a form without files."""

_DRAINED = 4  # times the bound that is still taken, and thrown away, so that the browser hears why


class TooLargeError(UsageError, MultiPartException):
    """More was sent than is taken. As the parser of forms raises it, too, it closes the files that it has begun."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class BoundedBodies:
    """Refuses bodies of more than ``most`` bytes, by the path that they are sent to; of more than ``FORM`` elsewhere.

    TooLargeError is raised where the body is read. What is over the bound is thrown away first: a browser shows an
    answer only when it has sent all that it has to send.
    """

    def __init__(self, app: ASGIApp, most: Mapping[str, int]) -> None:
        self._app, self._most = app, most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        bound, got = self._most.get(scope["path"], FORM), 0

        async def counted() -> Message:
            nonlocal got
            message = await receive()
            got += len(message.get("body", b""))
            if got <= bound:
                return message
            while message.get("more_body") and got <= _DRAINED * bound:
                message = await receive()
                got += len(message.get("body", b""))
            raise TooLargeError(
                f"more than {bound:,} bytes were sent, the most that is taken at once. Nothing was taken. Send less, "
                "or raise the limit upload_bytes and start the desk again; sayso read takes any number of files."
            )

        await self._app(scope, counted, send)


@asynccontextmanager
async def parted(request: Request, **bounds: int) -> AsyncIterator[FormData]:
    """The form that was sent, taken apart within other bounds than usual: before anything else asks for it. The bounds
    are those of starlette's ``Request.form``."""
    try:
        async with request.form(**bounds) as form:
            yield form
    except HTTPException as error:
        if isinstance(error.__context__, TooLargeError):
            raise error.__context__ from None
        raise
