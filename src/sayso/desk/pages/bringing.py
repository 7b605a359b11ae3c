"""Bringing in: files, a folder or a pasted text, and how far their reading is."""

from __future__ import annotations

import io
import json
from collections.abc import AsyncIterator
from contextlib import ExitStack
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from sayso.desk import examples
from sayso.desk.answering import AsRows
from sayso.desk.bounded import parted
from sayso.desk.bringing import Given, Job, Jobs
from sayso.desk.guarding import needs, posted, user_of
from sayso.desk.held import AtDesk, Desk
from sayso.desk.rendering import render
from sayso.errors import UsageError
from sayso.intake.dates import iso_date
from sayso.show.plain import count

router = APIRouter(route_class=AsRows, dependencies=[Depends(needs("analyst"))])

_LINE = 300  # code points of an outlet or a title
_BYTES = 4  # of a code point, at the most


@dataclass(frozen=True, slots=True)
class BringPage:
    """What can be brought in: at most so many ``bytes`` and ``files`` at once. ``empty``: there is nothing in the
    ledger yet. ``examples``: there are invented reports to try it with. ``asks`` is the endpoint of the language model
    that would be sent the reports, None: none is. ``jobs`` are the newest first."""

    bytes: int
    files: int
    empty: bool
    examples: bool
    asks: str | None
    jobs: tuple[Job, ...]


@dataclass(frozen=True, slots=True)
class JobsPage:
    """What was brought in since the desk was started, the newest first, and what is left from before."""

    jobs: tuple[Job, ...]


def jobs_of(request: Request) -> Jobs:
    """The jobs of the desk that answers ``request``."""
    jobs: Jobs = request.app.state.jobs
    return jobs


AtWork = Annotated[Jobs, Depends(jobs_of)]


async def _received(request: Request, jobs: AtWork) -> AsyncIterator[FormData]:
    """What was sent."""
    limits = jobs.config.limits
    bounds = {"max_files": limits.upload_files + 1, "max_fields": 20, "max_part_size": _BYTES * limits.text_chars}
    async with parted(request, **bounds) as form:
        yield form


Sent = Annotated[FormData, Depends(_received)]


@router.get("/bring", include_in_schema=False)
def bring(request: Request, desk: AtDesk, jobs: AtWork) -> Response:
    """Bring reports in."""
    return render(request, "bring.html", bring_page(desk, jobs))


@router.post("/bring", include_in_schema=False, dependencies=[Depends(_received), Depends(posted)])
async def take(request: Request, jobs: AtWork, sent: Sent) -> Response:
    """Take in files, or a text."""
    job = await run_in_threadpool(jobs.add, given(sent, jobs), user_of(request))
    return RedirectResponse(f"/bring/{job.id}", HTTPStatus.SEE_OTHER)


@router.post("/bring/examples", include_in_schema=False, dependencies=[Depends(posted)])
def take_examples(request: Request, jobs: AtWork) -> Response:
    """Take in the invented reports that come with Sayso."""
    place = examples.folder()
    if place is None:
        raise UsageError("the example reports did not come along with this Sayso. They are in examples/ of its source.")
    with ExitStack() as opened:
        files = [
            (path.relative_to(place.parent).as_posix(), opened.enter_context(path.open("rb")))
            for path in examples.reports(place)
        ]
        job = jobs.add(Given(tuple(files), "The example reports", places=place / "places.csv"), user_of(request))
    return RedirectResponse(f"/bring/{job.id}", HTTPStatus.SEE_OTHER)


@router.get("/bring/{id}", include_in_schema=False)
def job(request: Request, jobs: AtWork, id: str) -> Response:
    """How far something is that was brought in."""
    return render(request, "job.html", jobs.job(id))


@router.post("/bring/{id}/give-up", include_in_schema=False, dependencies=[Depends(posted), Depends(needs("analyst"))])
def give_up(jobs: AtWork, id: str) -> Response:
    """Remove what is kept of something that failed."""
    jobs.give_up(id)
    return RedirectResponse("/bring", HTTPStatus.SEE_OTHER)


@router.get("/api/jobs", tags=["bringing in"])
def jobs_json(jobs: AtWork) -> JobsPage:
    """What was brought in since the desk was started, the newest first, and what is left from before."""
    return JobsPage(jobs.all())


@router.get("/api/job/{id}", tags=["bringing in"])
def job_json(jobs: AtWork, id: str) -> Job:
    """How far something is that was brought in, and what became of each of its articles."""
    return jobs.job(id)


def bring_page(desk: Desk, jobs: Jobs) -> BringPage:
    """What can be brought in, and what was."""
    config = jobs.config
    empty = not desk.is_there() or _is_empty(desk)
    return BringPage(
        bytes=config.limits.upload_bytes,
        files=config.limits.upload_files,
        empty=empty,
        examples=empty and examples.folder() is not None,
        asks=config.llm.url if config.reader == "llm" else None,
        jobs=jobs.all(),
    )


def _is_empty(desk: Desk) -> bool:
    with desk.ledger().browsing() as browse:
        return not browse.counts().articles


def given(sent: FormData, jobs: Jobs) -> Given:
    """What a form has: its text, else its files. UsageError where there is neither, or a date that is none."""
    outlet, published = _line(sent, "outlet", "The outlet"), _line(sent, "published", "The date")
    if published is not None and iso_date(published) is None:
        raise UsageError(f"published: expected a date such as 2018-04-13, got {published!r}. Nothing was taken.")
    text = sent.get("text")
    if isinstance(text, str) and text.strip():
        title, said = _line(sent, "title", "The title"), text.replace("\r\n", "\n")  # as forms end lines
        if len(said) > jobs.config.limits.text_chars:
            raise UsageError(
                f"a text of {len(said):,} characters, over the limit text_chars of {jobs.config.limits.text_chars:,}. "
                "Nothing was taken. Bring it in in parts."
            )
        data, form = (json.dumps({"title": title, "text": said}), "json") if title else (said, "text")
        file = io.BytesIO(data.encode("utf-8", "replace"))
        return Given((("pasted text", file),), title or "A pasted text", outlet, published, form)
    files = tuple(
        (one.filename or "", one.file)
        for name in ("files", "folder")
        for one in sent.getlist(name)
        if isinstance(one, UploadFile) and (one.filename or one.size)
    )
    return Given(files, count(len(files), "file"), outlet, published)


def _line(sent: FormData, name: str, what: str) -> str | None:
    value = sent.get(name)
    line = " ".join(value.split()) if isinstance(value, str) else ""
    if len(line) > _LINE:
        raise UsageError(f"{what} has {len(line):,} characters; at most {_LINE} are taken. Nothing was taken.")
    return line or None
