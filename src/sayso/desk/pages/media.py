"""Pictures and videos: one with all that is known of it; adding one to an article; what an article's page shows.

A browser never gets the bytes of a picture or video that somebody brought: only a small picture that was drawn anew
from its pixels.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from http import HTTPStatus
from threading import BoundedSemaphore
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from sayso import attaching
from sayso.config import Config
from sayso.desk.answering import AsRows
from sayso.desk.bounded import parted
from sayso.desk.guarding import needs, posted, user_of
from sayso.desk.held import Held
from sayso.desk.pages.bringing import jobs_of
from sayso.desk.rendering import render
from sayso.errors import IntakeError, NotThereError, UsageError
from sayso.ledger import Ledger
from sayso.media_types import Medium

router = APIRouter(route_class=AsRows)

AT_ARTICLE = 12  # pictures and videos that an article's page shows with all that is known of each
PICTURES = 16  # of a video by which what looks like it is looked up there; its own page has all
_NAME = 300  # code points of a file's name
_AT_ONCE = BoundedSemaphore(2)  # files that are looked into


async def _received(request: Request) -> AsyncIterator[FormData]:
    """What was sent; ``posted`` asks for the form, too."""
    async with parted(request, max_files=1, max_fields=5) as form:
        yield form


Sent = Annotated[FormData, Depends(_received)]


@router.get("/media/{id}", include_in_schema=False)
def medium(request: Request, held: Held, id: str) -> Response:
    """One picture or video."""
    return render(request, "medium.html", attaching.stored(held, id))


@router.get("/api/media/{id}", tags=["pictures and videos"])
def medium_json(held: Held, id: str) -> Medium:
    """One picture or video, by its id or the beginning of it: what it says of itself, and where it, and what looks
    like it, was seen."""
    return attaching.stored(held, id)


@router.get("/media/{id}/thumbnail", include_in_schema=False)
def thumbnail(held: Held, id: str) -> Response:
    """A small picture of it, drawn anew from its pixels."""
    with held.media() as kept:
        found = kept.find(id)
    if found is None or found.look.thumbnail is None:
        raise NotThereError(f"no picture of {id[:64]!r}.")
    headers = {"Content-Security-Policy": "default-src 'none'; sandbox", "Content-Disposition": "inline"}
    return Response(found.look.thumbnail, media_type="image/jpeg", headers=headers)


@router.post(
    "/media", include_in_schema=False, dependencies=[Depends(_received), Depends(posted), Depends(needs("analyst"))]
)
async def add(request: Request, held: Held, sent: Sent) -> Response:
    """Add a picture or video to an article."""
    config = jobs_of(request).config
    return await run_in_threadpool(_added, held, config, sent, user_of(request))


def _added(held: Ledger, config: Config, sent: FormData, who: str) -> Response:
    article, url, file = (sent.get(name) for name in ("article", "url", "file"))
    if not isinstance(article, str) or not article:
        raise UsageError("no article was named. Add pictures and videos on the page of an article.")
    if not isinstance(file, UploadFile) or not file.size:
        raise UsageError("no file was given. Choose a picture or a video.")
    seen = attaching.where_seen(held, who, article=article, url=url.strip() or None if isinstance(url, str) else None)
    name = " ".join((file.filename or "").split())[:_NAME] or "a file without a name"
    try:
        with _AT_ONCE:
            attaching.attach_file(file.file, name, seen, config, held)
    except IntakeError as error:
        raise UsageError(f"{name} was set aside: {error.args[0]}.") from error
    return RedirectResponse(f"/article/{seen.article}#media", HTTPStatus.SEE_OTHER)


@router.post("/article/{id}/cited", include_in_schema=False, dependencies=[Depends(posted), Depends(needs("analyst"))])
def go_through(request: Request, held: Held, id: str) -> Response:
    """Read off an article's page which pictures and videos it shows."""
    row = held.article(id).row
    if not attaching.go_through(held, row.id, jobs_of(request).config):
        raise UsageError("the page cannot be taken apart within its limits. Nothing was changed.")
    return RedirectResponse(f"/article/{row.id}#media", HTTPStatus.SEE_OTHER)
