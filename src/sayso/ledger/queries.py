"""What is asked of the ledger, as statements: filters in, rows out. Every value is a bound parameter.

Only an article's latest version and latest reading are listed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, false, func, or_, select

from sayso.errors import UsageError
from sayso.ledger import search
from sayso.ledger.claims import folded, party_key
from sayso.ledger.rows import storable
from sayso.ledger.schema import (
    article,
    claim,
    decision,
    echo,
    finder,
    link,
    linked,
    mention,
    part,
    quarantine,
    reading,
    story,
    told,
    warning,
)
from sayso.types import Filters

_IN_TIME = (article.c.published.is_(None), article.c.published, article.c.id, claim.c.position)


def articles(f: Filters) -> Select[Any]:
    """Articles by date of publication, the undated last; filters on claims ask for a claim that meets them all."""
    wanted = _articles_in_full().where(_latest(article, "id"), *_published(f), *_of_outlet(f))
    if conditions := _of_claims(f):
        holding = select(reading.c.article_key).select_from(reading.join(claim))
        holding = holding.where(_latest(reading, "article_id"), *conditions)
        wanted = wanted.where(article.c.key.in_(holding))
    return wanted.order_by(article.c.published.is_(None), article.c.published, article.c.id).limit(f.limit)


def claims(f: Filters) -> Select[Any]:
    """Claims by date of publication, article, and place in the text."""
    wanted = claims_in_full().where(_latest(reading, "article_id"), *_published(f), *_of_claims(f), *_of_outlet(f))
    return wanted.order_by(*_IN_TIME).limit(f.limit)


def claim_by_id(claim_id: str) -> Select[Any]:
    """The claim as it was last read, with its article's key; it may be gone from the latest reading."""
    wanted = claims_in_full().add_columns(article.c.key.label("article_key"))
    return wanted.where(claim.c.id == claim_id).order_by(claim.c.key.desc()).limit(1)


def article_by_id(article_id: str) -> Select[Any]:
    """The latest version of an article, with its latest reading's body and provenance where there is one."""
    parts = (reading.c.body, reading.c.sayso, reading.c.model, reading.c.reader)
    wanted = _articles_in_full().add_columns(*parts).outerjoin(reading, reading.c.article_key == article.c.key)
    return wanted.where(article.c.id == article_id).order_by(article.c.key.desc(), reading.c.key.desc()).limit(1)


def spellings(f: Filters) -> Select[Any]:
    """How each claimant is named in each article: claimant_id, claimant, article, outlet, published, times."""
    columns = (claim.c.claimant_id, claim.c.claimant, article.c.id.label("article"), article.c.outlet)
    wanted = select(*columns, article.c.published, func.count().label("times"))
    wanted = wanted.select_from(claim.join(reading).join(article))
    wanted = wanted.where(claim.c.claimant_id.is_not(None), _latest(reading, "article_id"), *_published(f))
    wanted = wanted.where(*_of_claims(Filters(about=f.about, place=f.place)))
    wanted = wanted.where(*_of_outlet(f))
    if f.by is not None:
        named = select(mention.c.claimant_id).where(_contains(mention.c.name_folded, party_key(f.by)))
        wanted = wanted.where(claim.c.claimant_id.in_(named))
    return wanted.group_by(*columns, article.c.published)


def stories(f: Filters) -> Select[Any]:
    """Stories by their last day, the newest first; filters on claims ask for a claim of theirs that meets them all, and
    those on days for a story of which some day lies within."""
    wanted = select(story)
    if f.since is not None:
        wanted = wanted.where(*_between(story.c.last, Filters(since=f.since)))
    if f.until is not None:
        wanted = wanted.where(*_between(story.c.first, Filters(until=f.until)))
    if conditions := [*_of_claims(f), *_of_outlet(f)]:
        holding = select(told.c.story_id).select_from(told.join(claim, claim.c.id == told.c.claim_id))
        holding = holding.join(reading).join(article).where(_latest(reading, "article_id"), *conditions)
        wanted = wanted.where(story.c.id.in_(holding))
    return wanted.order_by(story.c.last.is_(None), story.c.last.desc(), story.c.id).limit(f.limit)


def echoes(f: Filters) -> Select[Any]:
    """Articles that copy, by date of publication; filters on claims are about the claims that they hold."""
    chosen = articles(replace(f, limit=None)).order_by(None).with_only_columns(article.c.id)
    wanted = select(echo).join(article, article.c.id == echo.c.article_id)
    wanted = wanted.where(_latest(article, "id"), echo.c.article_id.in_(chosen))
    return wanted.order_by(article.c.published.is_(None), article.c.published, article.c.id).limit(f.limit)


def links(f: Filters) -> Select[Any]:
    """Links between claims, by the date of publication of the later one; filters are about the later one."""
    wanted = select(link).join(claim, claim.c.id == link.c.from_id).join(reading).join(article)
    wanted = wanted.where(_latest(reading, "article_id"), *_published(f), *_of_claims(f), *_of_outlet(f))
    return wanted.order_by(*_IN_TIME, link.c.to_id, link.c.relation).limit(f.limit)


def warnings(f: Filters) -> Select[Any]:
    """Warnings, by the date of publication of the claims that warn; filters are about these claims."""
    wanted = select(warning).join(claim, claim.c.id == warning.c.claim_id).join(reading).join(article)
    wanted = wanted.where(_latest(reading, "article_id"), *_published(f), *_of_claims(f), *_of_outlet(f))
    return wanted.order_by(article.c.published.is_(None), article.c.published, claim.c.id).limit(f.limit)


def links_of(ids: Select[Any]) -> Select[Any]:
    """The links from or to the claims with these ids."""
    return (
        select(link).where(or_(link.c.from_id.in_(ids), link.c.to_id.in_(ids))).order_by(link.c.from_id, link.c.to_id)
    )


def warnings_of(ids: Select[Any]) -> Select[Any]:
    """The bodies of the warnings that the claims with these ids give, or that they are what came of."""
    came = select(link.c.to_id).where(link.c.relation == "fulfils", link.c.from_id.in_(ids))
    wanted = select(warning.c.body).where(or_(warning.c.claim_id.in_(ids), warning.c.claim_id.in_(came)))
    return wanted.order_by(warning.c.claim_id)


def last_day() -> Select[Any]:
    """The newest day of publication among what is linked, YYYY-MM-DD."""
    return select(func.substr(func.max(linked.c.published), 1, 10))


def echoes_in(story_id: str) -> Select[Any]:
    """The articles of a story that copy others."""
    return select(echo).where(echo.c.article_id.in_(_telling(story_id))).order_by(echo.c.article_id)


def articles_telling(story_id: str) -> Select[Any]:
    """The latest versions of the articles that tell a story, by date of publication."""
    wanted = _articles_in_full().where(_latest(article, "id"), article.c.id.in_(_telling(story_id)))
    return wanted.order_by(article.c.published.is_(None), article.c.published, article.c.id)


def _telling(story_id: str) -> Select[Any]:
    told_in = select(linked.c.article_id).join(part, part.c.linked_key == linked.c.key)
    return told_in.where(part.c.story_id == story_id)


def article_by_key(key: int) -> Select[Any]:
    """One version of an article."""
    return _articles_in_full().where(article.c.key == key)


def ids_told(story_id: str) -> Select[Any]:
    """The ids of a story's claims."""
    return select(told.c.claim_id).where(told.c.story_id == story_id)


def ids_by(claimants: Sequence[str]) -> Select[Any]:
    """The ids of the claims of claimants with these ids."""
    return select(claim.c.id).where(claim.c.claimant_id.in_(claimants))


def claims_by(claimants: Sequence[str]) -> Select[Any]:
    """The claims of claimants with these ids, by date of publication."""
    wanted = claims_in_full().where(_latest(reading, "article_id"), claim.c.claimant_id.in_(claimants))
    return wanted.order_by(*_IN_TIME)


def claims_in(article_id: str) -> Select[Any]:
    """The claims of one article's latest reading, in text order."""
    wanted = claims_in_full().where(_latest(reading, "article_id"), reading.c.article_id == article_id)
    return wanted.order_by(claim.c.position)


def bodies() -> Select[Any]:
    """Each body that is listed as finding, with the number of its claims."""
    holding = article.join(reading, and_(reading.c.article_key == article.c.key, _latest(reading, "article_id")))
    holding = holding.join(claim)
    joined = finder.outerjoin(holding, article.c.outlet_folded == finder.c.name_folded)
    counted = select(finder.c.name, func.count(claim.c.key)).select_from(joined)
    return counted.group_by(finder.c.name_folded, finder.c.name).order_by(finder.c.name_folded)


def claims_with_ids(ids: Select[Any]) -> Select[Any]:
    """The claims with these ids as their articles' latest readings have them, in the order of ``claims``."""
    wanted = claims_in_full().where(_latest(reading, "article_id"), claim.c.id.in_(ids))
    return wanted.order_by(*_IN_TIME)


def spellings_of(claimants: Sequence[str]) -> Select[Any]:
    """As ``spellings``, of the claimants with these ids."""
    return spellings(Filters()).where(claim.c.claimant_id.in_(claimants))


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


def claims_in_full() -> Select[Any]:
    """Claims with what is known of their articles and decisions; the caller narrows them."""
    said = (
        select(decision.c.verdict)
        .where(decision.c.claim_id == claim.c.id, decision.c.superseded_at.is_(None))
        .order_by(decision.c.key.desc())
        .limit(1)
    )
    columns = (article.c.id.label("article"), article.c.outlet, article.c.published)
    related = (*(c for c in told.c if c.name not in ("claim_id", "story_id")), told.c.story_id.label("story"))
    related = (*related, echo.c.origin_id.label("origin"))
    wanted = select(claim, *columns, *related, said.scalar_subquery().label("decision"))
    joined = claim.join(reading).join(article).outerjoin(told, told.c.claim_id == claim.c.id)
    return wanted.select_from(joined.outerjoin(echo, echo.c.article_id == article.c.id))


def _articles_in_full() -> Select[Any]:
    main = select(part.c.story_id).join(linked, linked.c.key == part.c.linked_key)
    main = main.where(linked.c.article_id == article.c.id, part.c.number == 0)
    columns = (echo.c.origin_id.label("origin"), main.scalar_subquery().label("story"))
    return select(article, *columns).select_from(article.outerjoin(echo, echo.c.article_id == article.c.id))


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


def _of_outlet(f: Filters) -> list[ColumnElement[bool]]:
    return [] if f.outlet is None else [article.c.outlet_folded == storable(folded(f.outlet))]


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
    if f.since is not None and f.until is not None and f.since[: len(f.until)] > f.until:
        raise UsageError(f"since {f.since} is later than until {f.until}: no day lies between them.")
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
