"""Home: where to begin, what is new, and what waits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from fastapi import APIRouter, Request, Response

from sayso.desk.answering import AsRows
from sayso.desk.held import AtDesk, Desk
from sayso.desk.rendering import render, welcome
from sayso.ledger import Ledger
from sayso.ledger.browse import Counts
from sayso.types import ArticleRow, Filters, StoryRow

router = APIRouter(route_class=AsRows)

FEW = 6  # stories in a list
VISIT = timedelta(minutes=30)
"""So long after the last page a visit is over."""

SEEN = "sayso_seen"
"""The cookie that knows of the user's last visit: when the one before began to count as over, and the latest page."""

_YEAR = 365 * 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class HomePage:
    """How much there is, the stories told of last and those most contested (``contested`` counts in how many ways
    claims of each deny or differ from another), and what was brought in since ``since``, the end of the last visit
    (None: this is the first). ``waiting`` readings are not linked yet; on ``undecided`` claims nobody has decided."""

    counts: Counts
    latest: tuple[StoryRow, ...]
    most_contested: tuple[StoryRow, ...]
    contested: Mapping[str, int]
    since: str | None
    new: int
    new_articles: tuple[ArticleRow, ...]
    waiting: int
    undecided: int


@dataclass(frozen=True, slots=True)
class Visits:
    """When the user's last visit ended, and when this one asked for its last page; ISO 8601 times in UTC."""

    ended: str | None
    latest: str

    @classmethod
    def from_cookie(cls, cookie: str | None, now: datetime) -> Visits:
        """What the cookie of an earlier page says, brought up to ``now``."""
        at = now.isoformat(timespec="seconds")
        times = [_time(part) for part in (cookie or "").split("~")]
        if len(times) != 2 or times[1] is None:
            return cls(None, at)
        over = now - times[1] > VISIT
        ended = times[1] if over else times[0]
        return cls(ended.isoformat(timespec="seconds") if ended else None, at)

    @property
    def cookie(self) -> str:
        """What the next page is to be told."""
        return f"{self.ended or ''}~{self.latest}"


@router.get("/", include_in_schema=False)
def home(request: Request, desk: AtDesk) -> Response:
    """The first page; how to bring reports in where there are none."""
    visits = Visits.from_cookie(request.cookies.get(SEEN), datetime.now(UTC))
    page = home_page(desk, visits.ended)
    if not page.counts.articles:
        return welcome(request)
    response = render(request, "home.html", page)
    response.set_cookie(SEEN, visits.cookie, max_age=_YEAR, httponly=True, samesite="strict")
    return response


@router.get("/api/home", tags=["home"])
def home_json(desk: AtDesk, since: str | None = None) -> HomePage:
    """How much there is, and the stories to begin with; ``since``, an ISO 8601 time, asks for what is new."""
    return home_page(desk, since)


def home_page(desk: Desk, since: str | None) -> HomePage:
    """What there is to see first. ``since`` is when the last visit ended."""
    page = desk.at_hand("home", _home)
    if since is None:
        return page
    with desk.ledger().browsing() as browse:
        new = browse.added_since(since)
        articles = browse.articles(Filters(), "added", size=min(new, FEW)).rows if new else ()
    return replace(page, since=since, new=new, new_articles=articles)


def _home(held: Ledger) -> HomePage:
    """The page of a first visit, which is the same until something is brought in."""
    with held.browsing() as browse:
        latest = browse.stories(Filters(), "newest", size=FEW).rows
        most_contested = browse.stories(Filters(), "contested", size=FEW).rows
        contested = browse.contested([row.id for row in (*latest, *most_contested)])
        return HomePage(
            counts=browse.counts(),
            latest=latest,
            most_contested=tuple(row for row in most_contested if contested[row.id]),
            contested=contested,
            since=None,
            new=0,
            new_articles=(),
            waiting=held.waiting(),
            undecided=browse.count_undecided(),
        )


def _time(text: str) -> datetime | None:
    """An ISO 8601 time with its zone; None for anything else, as a cookie may hold."""
    if not re.fullmatch(r"[0-9T:+-]{1,40}", text):
        return None
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return None
    return time if time.tzinfo else None
