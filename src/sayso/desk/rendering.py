"""Records into pages: the Jinja environment, its filters, and what every page has.

Whatever a template puts into a page is escaped, and characters that could make a text read as what it is not are
shown as such (``shown``), without a template having to think of either. What is missing is an error, not a blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from fastapi import Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, StreamingResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from sayso import __version__
from sayso.desk.charts.citations import Citation, citations
from sayso.desk.charts.drawing import Drawing
from sayso.desk.guarding import may, token_of, visitor
from sayso.desk.held import desk_of
from sayso.desk.showing import shown
from sayso.ledger.browse import Cited
from sayso.ledger.claims import claimant_id
from sayso.show.medium import playing
from sayso.show.plain import count, short_bounds
from sayso.show.tables import least_to_most, outcome
from sayso.text import unmangled
from sayso.types import CasualtyKind, ClaimRow, DecisionRow, Figure, StoryFigure

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

SHORT = 280  # code points of a claim's words in a listing

NETWORK_WIDE, NETWORK_NARROW = 1000, 356  # pixels

PAUSE = Markup("<!-- -->\n")
"""What a template has where it pauses, for ``stream``."""

_CUT_OFF = (
    '<p class="refused" role="alert"><strong>The rest of this page could not be made.</strong> Load it again; what '
    "went wrong is told where sayso desk runs.</p>"
)

PLOVER = {
    "AGREE": "agreement",
    "CONSULT": "talks",
    "SUPPORT": "support",
    "COOPERATE": "cooperation",
    "AID": "aid",
    "YIELD": "yielding",
    "REQUEST": "request",
    "ACCUSE": "accusation",
    "REJECT": "rejection",
    "THREATEN": "threat",
    "PROTEST": "protest",
    "SANCTION": "sanction",
    "MOBILIZE": "mobilisation",
    "COERCE": "coercion",
    "ASSAULT": "assault",
}
"""PLOVER's root codes in words."""


def _finalized(value: Any) -> Any:
    """What a template puts out: texts made harmless; what is markup already stays as it is."""
    return shown(value) if type(value) is str else value


def words(text: str) -> str:
    """What somebody said on one line, with quotation marks for what was one before it was decoded wrongly."""
    return " ".join(unmangled(text).split())


def shortened(text: str, most: int = SHORT) -> str:
    """``words`` of at most so many code points, cut at a word, with an ellipsis where something is left out."""
    said = words(text)
    if len(said) <= most:
        return said
    cut = said[:most]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut[most // 2 :] else cut} …"


def day(when: str | None) -> str:
    """An ISO 8601 date or time as a day: "14 April 2018", "April 2018", "2018"; as it stands where it is none."""
    known = re.match(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?![\d-])", when or "")
    if known is None:
        return when or ""
    year, month, number = known.groups()
    if month is None or not 1 <= int(month) <= 12:
        return year
    return " ".join(filter(None, (str(int(number)) if number else "", _MONTHS[int(month) - 1], year)))


def days(first: str | None, last: str | None) -> str:
    """From day to day: "14 April 2018 – 3 May 2018"."""
    return " – ".join(dict.fromkeys(day(when) for when in (first, last) if when))


def figure(given: Figure | StoryFigure) -> str:
    """A figure in few words: "≥24 killed", "10 to 20 wounded (civilians)"."""
    number = short_bounds(given.min, given.max) or "some"
    return f"{number} {given.kind}" + (f" ({given.who})" if given.who else "")


def event_type(code: str | None) -> str:
    """PLOVER's code in words."""
    return PLOVER.get(code or "", (code or "").lower())


def web_link(url: str | None) -> str | None:
    """``url`` if it is one that a link may lead to: of http or https; else None."""
    try:
        return url if url and urlsplit(url.strip()).scheme in ("http", "https") else None
    except ValueError:
        return None


def with_query(path: str, values: Mapping[str, Any]) -> str:
    """A link to ``path`` with those of ``values`` that are given."""
    query = urlencode({name: value for name, value in values.items() if value not in (None, "")})
    return f"{path}?{query}" if query else path


def claimant_link(name: str) -> str:
    """The page of the party that goes by ``name``."""
    return f"/claimant/{claimant_id(name)}"


def outlet_link(name: str) -> str:
    """The page of an outlet."""
    return f"/outlet/{quote(name, safe='')}"


def span_link(claim: ClaimRow) -> str:
    """The permanent link of the claim's first words in their article."""
    span = claim.spans[0]
    return f"/article/{claim.article}#s{span.start}-{span.end}"


def given(figures: Iterable[StoryFigure], kind: CasualtyKind) -> str:
    """From the least to the most that anybody gives of one kind in a story; empty where nobody does."""
    return least_to_most(figures, kind)


def holding(decisions: Iterable[DecisionRow]) -> DecisionRow | None:
    """The decision that holds, of all on one thing, the newest first."""
    return next((row for row in decisions if row.superseded is None), None)


def network(about: str, href: str, cites: Sequence[Cited], cited_by: Sequence[Cited]) -> tuple[Drawing, ...]:
    """The picture of whom a party, whose page is ``href``, cites and who cites it, as wide as a page and as wide as a
    telephone; nothing where one line would be all of it."""
    edges = [
        *(Citation(about, other.name, other.claims) for other in cites),
        *(Citation(other.name, about, other.claims) for other in cited_by),
    ]
    if len(edges) < 2:
        return ()
    hrefs = {other.name: cited_link(other) for other in (*cites, *cited_by)} | {about: href}
    drawn = (citations(edges, width=wide, about=about, hrefs=hrefs) for wide in (NETWORK_WIDE, NETWORK_NARROW))
    return tuple(picture for picture in drawn if picture)


def cited_link(other: Cited) -> str:
    """The page of somebody who cites or is cited; of an outlet its own, as it may claim nothing in its own voice."""
    return outlet_link(other.name) if other.outlet else claimant_link(other.name)


def named(values: Iterable[str], names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Options of a choice: each value with what it is called."""
    return [(value, names.get(value, value)) for value in values]


def highlighted(text: str, spans: Iterable[tuple[int, int]]) -> Markup:
    """``text`` with each of ``spans`` (offsets, apart) in a <mark>."""
    parts, at = [], 0
    for start, end in sorted(spans):
        parts.append(escape(shown(text[at:start])))
        parts.append(Markup("<mark>{}</mark>").format(shown(text[start:end])))
        at = end
    return Markup("").join([*parts, escape(shown(text[at:]))])


def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalized,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    links = (web_link, with_query, claimant_link, outlet_link, cited_link, span_link)
    of_rows = (figure, given, holding, outcome)
    for made_of in (words, shortened, day, days, event_type, named, highlighted, count, *of_rows, *links):
        made.filters[made_of.__name__] = made_of
    made.globals |= {"version": __version__, "plover": PLOVER, "token": token_of, "visitor": visitor, "may": may}
    made.filters["playing"] = playing
    made.globals |= {"network": network, "pause": PAUSE}
    return made


environment = _environment()


def render(request: Request, template: str, page: Any, status: int = HTTPStatus.OK) -> HTMLResponse:
    """The page that ``template`` makes of its record ``page``. In the template: ``page``, ``desk``, ``path`` and
    ``request``, for which there are ``token(request)``, ``visitor(request)`` and ``may(request, role)``."""
    made = environment.get_template(template).render(
        page=page, desk=desk_of(request), path=request.url.path, request=request
    )
    return HTMLResponse(made, status)


def stream(request: Request, template: str, page: Any) -> StreamingResponse:
    """As ``render``, for a page that takes long to make: all that the template has before each ``{{ pause }}`` is sent
    before what follows is begun."""
    made = environment.get_template(template).generate(
        page=page, desk=desk_of(request), path=request.url.path, request=request
    )
    return StreamingResponse(_by_pauses(made), media_type=HTMLResponse.media_type)


def _by_pauses(pieces: Iterator[str]) -> Iterator[str]:
    held: list[str] = []
    try:
        for piece in pieces:
            held.append(piece)
            if piece == PAUSE:
                yield "".join(held)
                held.clear()
    except Exception:
        yield "".join(held) + _CUT_OFF  # what is sent can't be taken back: its reader is to know that it isn't whole
        raise
    yield "".join(held)


def problem(request: Request, status: int, title: str, said: str) -> Response:
    """A page that says what went wrong and what to do next; as JSON for the API."""
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": title, "detail": shown(said)}, status)
    return render(request, "problem.html", {"title": title, "said": said}, status)


def welcome(request: Request) -> Response:
    """What there is to see before there is a ledger: how to bring reports in."""
    if request.url.path.startswith("/api/"):
        return problem(request, HTTPStatus.NOT_FOUND, "No ledger yet", f"No ledger at {desk_of(request).where} yet.")
    return render(request, "welcome.html", None, HTTPStatus.OK if request.url.path == "/" else HTTPStatus.NOT_FOUND)


def today() -> date:
    """This day, as the user's machine has it."""
    return date.today()
