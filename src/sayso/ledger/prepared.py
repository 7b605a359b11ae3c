"""Statements that are put again and again, most by linking, made once: to build one takes longer than to run it.

What they are put with is named as their parameters are; ``some`` is a list of values, or what ``of`` makes of tuples.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, delete, func, select, tuple_

from sayso.ledger import queries
from sayso.ledger.schema import alike, article, claim, decided, echo, filed, link, linked, part, reading, story, told


def of(some: Sequence[tuple[Any, ...]]) -> dict[str, Any]:
    """The parameters of a statement that is put with a list of tuples."""
    return {"some": some, "firsts": sorted({first for first, *_ in some})}


_SOME: BindParameter[Any] = bindparam("some", expanding=True)


def _some(first: ColumnElement[Any], *more: ColumnElement[Any]) -> ColumnElement[bool]:
    if not more:
        return first.in_(_SOME)
    # SQLite before 3.41 looks through the whole table for a list of tuples, unless it is told where they begin, too.
    return and_(first.in_(bindparam("firsts", expanding=True)), tuple_(first, *more).in_(_SOME))


def _is(column: ColumnElement[Any]) -> ColumnElement[bool]:
    return column == bindparam(column.key)


# Readings and claims

_LATEST_OF = reading.alias()
_LATEST = select(func.max(_LATEST_OF.c.key)).where(_LATEST_OF.c.article_id == reading.c.article_id)
TO_LINK = (
    select(reading.c.key, linked.c.key.label("before"))
    .select_from(reading.outerjoin(linked, linked.c.article_id == reading.c.article_id))
    .where(_some(reading.c.key), reading.c.key == _LATEST.correlate(reading).scalar_subquery())
    .where(linked.c.reading_key.is_distinct_from(reading.c.key))
)
LINKABLE = (
    select(article, reading.c.key.label("reading_key"), reading.c.body, reading.c.embeddings)
    .select_from(reading.join(article))
    .where(_some(reading.c.key))
)
DECIDED_AMONG = (
    select(claim.c.reading_key).select_from(decided.join(claim)).where(_some(claim.c.reading_key)).distinct()
)
TEXTS = select(linked.c.key, article.c.text).select_from(linked.join(reading).join(article)).where(_some(linked.c.key))
CLAIMS, CLAIMS_AS_READ = (
    of.where(_some(claim.c.reading_key)).order_by(claim.c.reading_key, claim.c.position)
    for of in (queries.claims_in_full(), queries.claims_as_read())
)
CLAIMS_AT = (
    queries.claims_in_full()
    .add_columns(linked.c.key.label("linked_key"))
    .join(linked, linked.c.reading_key == reading.c.key)
    .where(_some(linked.c.key, claim.c.position))
    .order_by(linked.c.key, claim.c.position)
)
EMBEDDINGS = (
    select(reading.c.key, reading.c.embeddings, linked.c.attributed)
    .select_from(linked.join(reading))
    .where(_some(linked.c.key))
)

# Who and when, for each row of a listing

HEAD_OF_ARTICLE = (
    select(article.c.outlet, article.c.published)
    .where(article.c.id == bindparam("id"))
    .order_by(article.c.key.desc())
    .limit(1)
)
HEAD_OF_CLAIM = (
    select(func.coalesce(queries.now("claimant"), article.c.outlet), article.c.published)
    .select_from(queries.CLAIM.join(reading).join(article))
    .where(claim.c.id == bindparam("id"))
    .order_by(claim.c.key.desc())
    .limit(1)
)

# Linked articles and their episodes

KEY = select(linked.c.key).where(_is(linked.c.article_id))
EPISODES = select(linked.c.key, linked.c.episodes).where(_some(linked.c.key))
ABOUT = select(linked.c.key, linked.c.article_id, linked.c.published, linked.c.outlet, linked.c.wire).where(
    _some(linked.c.key)
)

# What is filed, and what is alike

NEAR = select(filed.c.under, filed.c.linked_key, filed.c.number).where(_is(filed.c.kind), _some(filed.c.under))
FILED_OF = select(filed.c.number).where(_is(filed.c.kind), _is(filed.c.linked_key)).distinct()
UNDER = select(filed.c.under).where(_is(filed.c.kind), _is(filed.c.linked_key), _is(filed.c.number))
PAIRS = (
    select(alike)
    .where(_is(alike.c.kind), _some(alike.c.a, alike.c.a_number))
    .order_by(alike.c.a, alike.c.a_number, alike.c.b, alike.c.b_number)
)

# Whose claims decisions are about

ARTICLES_OF_CLAIMS = (
    select(claim.c.id, linked.c.key)
    .select_from(claim.join(linked, linked.c.reading_key == claim.c.reading_key))
    .where(_some(claim.c.id))
)
READING_OF_CLAIM = (
    select(linked.c.key, linked.c.reading_key)
    .select_from(claim.join(linked, linked.c.reading_key == claim.c.reading_key))
    .where(_is(claim.c.id))
)
_OF_PARTIES = queries.CLAIM.join(linked, linked.c.reading_key == claim.c.reading_key)
_THEIR_STORIES = (
    select(told.c.story_id)
    .select_from(_OF_PARTIES.join(told, told.c.claim_id == claim.c.id))
    .where(queries.said_by(_SOME))
)
PARTS_OF_PARTIES = select(part.c.linked_key, part.c.number).where(part.c.story_id.in_(_THEIR_STORIES))
# "+ 0", for SQLite would else go through all that is filed so, which is most that there is, and not from the claims.
FILED_BY_PARTIES = (
    select(filed.c.kind, filed.c.linked_key, filed.c.number)
    .select_from(_OF_PARTIES.join(filed, and_(filed.c.linked_key == linked.c.key, filed.c.number == claim.c.position)))
    .where(queries.said_by(_SOME), (filed.c.kind + 0).in_(bindparam("kinds", expanding=True)))
    .distinct()
)

# Stories, echoes and links

_IDS = select(linked.c.article_id).where(_some(linked.c.key))
ORIGINS = select(echo.c.article_id, echo.c.origin_id).where(echo.c.article_id.in_(_IDS))
DROP_ECHOES = delete(echo).where(echo.c.article_id.in_(_IDS))
PARTS_OF = select(part.c.linked_key, part.c.number).where(_some(part.c.linked_key))
STORIES_OF = select(part).where(_some(part.c.linked_key, part.c.number))
PARTS = select(part).where(_some(part.c.story_id))
DROP_LINKS_WITHIN = delete(link).where(
    link.c.from_id.in_(select(told.c.claim_id).where(_some(told.c.story_id))),
    link.c.relation.not_in(("fulfils", "finds")),
)
DROP_TOLD, DROP_PARTS, DROP_STORIES = (
    delete(table).where(_some(column))
    for table, column in ((told, told.c.story_id), (part, part.c.story_id), (story, story.c.id))
)
DROP_LINKS = delete(link).where(_some(link.c.from_id, link.c.to_id, link.c.relation))
FINDINGS = (
    select(told.c.story_id, link.c.from_id)
    .select_from(told.join(link, link.c.to_id == told.c.claim_id))
    .where(link.c.relation == "finds", _some(told.c.story_id))
    .distinct()
    .order_by(told.c.story_id, link.c.from_id)
)
