"""An article: its text with everybody's words marked, and what it has to do with other articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from sayso import attaching
from sayso.desk.answering import AsRows
from sayso.desk.held import Held
from sayso.desk.marking import Marked, Paragraph, in_paragraphs, marked
from sayso.desk.noting import note_view
from sayso.desk.pages.media import AT_ARTICLE, PICTURES
from sayso.desk.rendering import holding, render
from sayso.ledger import Ledger
from sayso.media_types import Cited, Medium
from sayso.types import ArticleRow, ClaimRow, Correction, DecisionRow, EchoRow, LinkRow, Provenance, Reading

router = APIRouter(route_class=AsRows)

MOST = 50  # copies that are listed

SAID = {"repeats": "repeated", "agrees": "agreed with", "denies": "denied", "differs": "differed from"}
"""How later claims answer an earlier one."""


@dataclass(frozen=True, slots=True)
class Copied:
    """An article that copies another, and which share of its own text is copied (0 to 1)."""

    article: ArticleRow
    share: float


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """An article with what was found in it. ``provenance`` says what read it, None: nothing did. ``origin`` is the
    article that it copies, ``share`` how much of its text that is, ``wire`` the agency that it credits; ``copies`` are
    those that copy it. ``answers`` counts for each claim, by its id, how later claims of others answer it;
    ``decisions`` are what people said of each, the newest first. ``media`` are the first pictures and videos that were
    seen in it, ``cited`` what its page shows, None: it was not gone through for that."""

    article: ArticleRow
    text: str
    provenance: Provenance | None
    claims: tuple[ClaimRow, ...]
    marks: tuple[Marked, ...]
    answers: Mapping[str, Mapping[str, int]]
    decisions: Mapping[str, tuple[DecisionRow, ...]]
    story: str | None
    origin: ArticleRow | None
    share: float | None
    wire: str | None
    copies: tuple[Copied, ...]
    media: tuple[Medium, ...]
    cited: tuple[Cited, ...] | None

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The text in paragraphs, marked."""
        return in_paragraphs(self.text, self.marks, self.claims)

    @property
    def titled(self) -> bool:
        """True where the text begins with the title."""
        return bool(self.article.title) and self.text.startswith(f"{self.article.title}\n")


@router.get("/article/{id}", include_in_schema=False)
def article(request: Request, held: Held, id: str) -> Response:
    """One article."""
    page = article_page(held, id)
    note_view(request, held, "article", page.article.id)
    return render(request, "article.html", page)


@router.get("/api/article/{id}", tags=["articles"])
def article_json(request: Request, held: Held, id: str) -> ArticlePage:
    """One article, by its id or the beginning of it: its text, all that is marked in it, and its claims."""
    page = article_page(held, id)
    note_view(request, held, "article", page.article.id)
    return page


def article_page(held: Ledger, id: str) -> ArticlePage:
    """The article whose id begins with ``id``. NotThereError where there is none, or more than one."""
    stored = held.article(id)
    row = stored.row
    claims = tuple(held.claims_of(row.id))
    reading = Reading.from_json(stored.reading) if stored.reading else None
    with held.browsing() as browse:
        as_read = browse.as_read(row.id)
        answered = browse.answers([claim.id for claim in claims])
        decisions = browse.decided_on([claim.id for claim in claims])
        echo, copies = browse.echo(row.id), browse.copies(row.id, MOST)
        near = browse.heads([*(e.article for e in copies), *([echo.origin] if echo else [])])
        story = browse.story_heads([row.story]).get(row.story) if row.story else None
    with held.media() as kept:
        seen = [medium.sha256 for medium in kept.seen_in(row.id)[:AT_ARTICLE]]
        cited = tuple(kept.cited(row.id)) if kept.is_gone_through(row.id) else None
    return ArticlePage(
        article=row,
        text=stored.text,
        provenance=reading.provenance if reading else None,
        claims=claims,
        marks=marked(reading, claims, as_read, _corrections(decisions)) if reading else (),
        answers=_counted(claims, answered.links),
        decisions=decisions,
        story=story.label if story else None,
        origin=near.get(echo.origin) if echo else None,
        share=echo.share if echo else None,
        wire=echo.wire if echo else None,
        copies=tuple(_copied(copies, near)),
        media=tuple(attaching.stored(held, sha256, PICTURES) for sha256 in seen),
        cited=cited,
    )


def _corrections(decisions: Mapping[str, tuple[DecisionRow, ...]]) -> dict[str, Correction]:
    """What people corrected of each claim, by its id, where that holds."""
    held = {id: holding(rows) for id, rows in decisions.items()}
    return {id: row.correction for id, row in held.items() if row and row.correction}


def _counted(claims: Iterable[ClaimRow], links: Iterable[LinkRow]) -> dict[str, dict[str, int]]:
    ids = {claim.id for claim in claims}
    counted: dict[str, Counter[str]] = {}
    for link in links:
        if link.to in ids and link.relation in SAID:
            counted.setdefault(link.to, Counter())[SAID[link.relation]] += 1
    return {id: dict(answers) for id, answers in counted.items()}


def _copied(copies: Iterable[EchoRow], near: Mapping[str, ArticleRow]) -> Iterable[Copied]:
    return (Copied(near[echo.article], echo.share) for echo in copies if echo.article in near)
