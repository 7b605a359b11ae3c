"""What is asked of the ledger, as statements: filters in, rows out. Every value is a bound parameter.

Only an article's latest version and latest reading are listed.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, false, func, select

from sayso.errors import UsageError
from sayso.ledger import search
from sayso.ledger.claims import folded, party_key
from sayso.ledger.rows import storable
from sayso.ledger.schema import article, claim, decision, mention, quarantine, reading
from sayso.types import Filters


def articles(f: Filters) -> Select[Any]:
    """Articles by date of publication, the undated last; filters on claims ask for a claim that meets them all."""
    wanted = select(article).where(_latest(article, "id"), *_published(f))
    if f.outlet is not None:
        wanted = wanted.where(article.c.outlet_folded == storable(folded(f.outlet)))
    if conditions := _of_claims(f):
        holding = select(reading.c.article_key).select_from(reading.join(claim))
        holding = holding.where(_latest(reading, "article_id"), *conditions)
        wanted = wanted.where(article.c.key.in_(holding))
    return wanted.order_by(article.c.published.is_(None), article.c.published, article.c.id).limit(f.limit)


def claims(f: Filters) -> Select[Any]:
    """Claims by date of publication, article, and place in the text."""
    wanted = _claims_in_full().where(_latest(reading, "article_id"), *_published(f), *_of_claims(f))
    if f.outlet is not None:
        wanted = wanted.where(article.c.outlet_folded == storable(folded(f.outlet)))
    order = (article.c.published.is_(None), article.c.published, article.c.id, claim.c.position)
    return wanted.order_by(*order).limit(f.limit)


def claim_by_id(claim_id: str) -> Select[Any]:
    """The claim as it was last read, with its article's key; it may be gone from the latest reading."""
    wanted = _claims_in_full().add_columns(article.c.key.label("article_key"))
    return wanted.where(claim.c.id == claim_id).order_by(claim.c.key.desc()).limit(1)


def article_by_id(article_id: str) -> Select[Any]:
    """The latest version of an article, with its latest reading's body and provenance where there is one."""
    parts = (reading.c.body, reading.c.sayso, reading.c.model, reading.c.reader)
    wanted = select(article, *parts).outerjoin(reading, reading.c.article_key == article.c.key)
    return wanted.where(article.c.id == article_id).order_by(article.c.key.desc(), reading.c.key.desc()).limit(1)


def spellings(f: Filters) -> Select[Any]:
    """How each claimant is named in each article: claimant_id, claimant, article, outlet, published, times."""
    columns = (claim.c.claimant_id, claim.c.claimant, article.c.id.label("article"), article.c.outlet)
    wanted = select(*columns, article.c.published, func.count().label("times"))
    wanted = wanted.select_from(claim.join(reading).join(article))
    wanted = wanted.where(claim.c.claimant_id.is_not(None), _latest(reading, "article_id"), *_published(f))
    wanted = wanted.where(*_of_claims(Filters(about=f.about, place=f.place)))
    if f.outlet is not None:
        wanted = wanted.where(article.c.outlet_folded == storable(folded(f.outlet)))
    if f.by is not None:
        named = select(mention.c.claimant_id).where(_contains(mention.c.name_folded, party_key(f.by)))
        wanted = wanted.where(claim.c.claimant_id.in_(named))
    return wanted.group_by(*columns, article.c.published)


def quarantined(f: Filters) -> Select[Any]:
    """What was set aside, in the order of time and location. Raises UsageError for a filter that it has nothing for."""
    for name in ("about", "by", "outlet", "place"):
        if getattr(f, name) is not None:
            raise UsageError(f"the quarantine cannot be narrowed by {name}, only by since, until and limit.")
    wanted = select(quarantine).where(*_between(quarantine.c.at, f))
    return wanted.order_by(quarantine.c.at, quarantine.c.location, quarantine.c.key).limit(f.limit)


def ids_from(column: ColumnElement[str], start: str, limit: int) -> Select[Any]:
    """The distinct ids in ``column`` that begin with ``start``, at most ``limit`` of them."""
    if not re.fullmatch(r"[0-9a-f]+", start):
        return select(column).where(false())
    # "g" follows every hexadecimal digit; a range, unlike LIKE, uses the index in every database
    return select(column).distinct().where(column >= start, column < start + "g").order_by(column).limit(limit)


def _claims_in_full() -> Select[Any]:
    said = (
        select(decision.c.verdict)
        .where(decision.c.claim_id == claim.c.id, decision.c.superseded_at.is_(None))
        .order_by(decision.c.key.desc())
        .limit(1)
    )
    columns = (article.c.id.label("article"), article.c.outlet, article.c.published)
    wanted = select(claim, *columns, said.scalar_subquery().label("decision"))
    return wanted.select_from(claim.join(reading).join(article))


def _latest(table: Table, id_: str) -> ColumnElement[bool]:
    """The condition that a row of ``table`` is the newest of those with its value in the column ``id_``."""
    other = table.alias()
    newest = select(func.max(other.c.key)).where(other.c[id_] == table.c[id_])
    return table.c.key == newest.correlate(table).scalar_subquery()


def _of_claims(f: Filters) -> list[ColumnElement[bool]]:
    """The conditions on a claim itself."""
    conditions: list[ColumnElement[bool]] = []
    if f.about is not None:
        conditions.append(search.mentions(f.about))
    if f.by is not None:
        named = select(mention.c.claim_key).where(_contains(mention.c.name_folded, party_key(f.by)))
        conditions.append(claim.c.key.in_(named))
    if f.place is not None:
        conditions.append(_contains(claim.c.place_folded, folded(f.place)))
    return conditions


def _contains(column: ColumnElement[str], name: str) -> ColumnElement[bool]:
    return column.contains(storable(name), autoescape=True)


def _published(f: Filters) -> list[ColumnElement[bool]]:
    return _between(article.c.published, f)


def _between(column: ColumnElement[str], f: Filters) -> list[ColumnElement[bool]]:
    """The conditions that the day in ``column`` may lie within the filter's days, both included.

    A day of which only the year or month is known lies within if some day of it does.
    """
    day = func.substr(column, 1, 10)
    conditions: list[ColumnElement[bool]] = []
    if f.since is not None:
        conditions.append(day >= func.substr(_day("since", f.since), 1, func.length(day)))
    if f.until is not None:
        until = _day("until", f.until)
        conditions.append(day <= until + "-12-31"[len(until) - 4 :])  # to the end of the year or month
    return conditions


def _day(name: str, value: str) -> str:
    """``value`` as YYYY, YYYY-MM or YYYY-MM-DD; UsageError where it is neither."""
    try:
        if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", value):
            raise ValueError(value)
        date.fromisoformat(value + "-01-01"[len(value) - 4 :])
    except ValueError:
        raise UsageError(f"{name}: expected a date such as 2018-04-14, 2018-04 or 2018, got {value!r}") from None
    return value
