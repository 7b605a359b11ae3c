"""What is asked of the ledger, as statements: filters in, rows out. Every value is a bound parameter.

Only an article's latest version and latest reading are listed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, Table, and_, case, false, func, not_, or_, select

from sayso.errors import UsageError
from sayso.ledger import search
from sayso.ledger.claims import folded, party_key
from sayso.ledger.rows import storable
from sayso.ledger.schema import (
    alike,
    article,
    claim,
    decided,
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


def spellings(f: Filters, joined: Sequence[str] = ()) -> Select[Any]:
    """How each claimant is named in each article: claimant_id, claimant, article, outlet, published, times. Rejected
    claims don't count. ``joined`` are ids of claimants that go by ``f.by``, as somebody decided."""
    who = (now("claimant_id").label("claimant_id"), now("claimant").label("claimant"))
    columns: list[ColumnElement[Any]] = [*who, article.c.id.label("article"), article.c.outlet, article.c.published]
    wanted = select(*columns, func.count().label("times")).select_from(CLAIM.join(reading).join(article))
    wanted = wanted.where(now("claimant_id").is_not(None), COUNTS, _latest(reading, "article_id"), *_published(f))
    wanted = wanted.where(*_of_claims(replace(f, by=None)))
    wanted = wanted.where(*_of_outlet(f))
    if f.by is not None:
        # Not ``said_by``: names are searched through anyhow, and it would have that done three times.
        wanted = wanted.where(or_(now("claimant_id").in_(ids_called(f.by)), now("claimant_id").in_(joined)))
    return wanted.group_by(*columns)


def names_used() -> Select[Any]:
    """Each name that somebody goes by who claims something, as ``spellings`` but in all articles: claimant_id,
    claimant, times."""
    who = (now("claimant_id").label("claimant_id"), now("claimant").label("claimant"))
    latest = select(func.max(reading.c.key)).group_by(reading.c.article_id)
    wanted = select(*who, func.count().label("times")).select_from(CLAIM)
    return wanted.where(who[0].is_not(None), COUNTS, claim.c.reading_key.in_(latest)).group_by(*who)


def ids_called(name: str) -> CompoundSelect[Any]:
    """The ids of claimants with such a name, as read or as corrected."""
    key = party_key(name)
    read = select(mention.c.claimant_id).where(_contains(mention.c.name_folded, key))
    return read.union(select(decided.c.claimant_id).where(_contains(decided.c.claimant_folded, key)))


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
        select(link)
        .where(or_(link.c.from_id.in_(ids), link.c.to_id.in_(ids)))
        .order_by(link.c.from_id, link.c.to_id, link.c.relation)
    )


def ids_found(ids: Select[Any]) -> Select[Any]:
    """The ids of the findings that concern these claims."""
    return select(link.c.from_id).where(link.c.relation == "finds", link.c.to_id.in_(ids))


def warnings_of(ids: Select[Any]) -> Select[Any]:
    """The bodies of the warnings that the claims with these ids give, or that they are what came of."""
    came = select(link.c.to_id).where(link.c.relation == "fulfils", link.c.from_id.in_(ids))
    wanted = select(warning.c.body).where(or_(warning.c.claim_id.in_(ids), warning.c.claim_id.in_(came)))
    return wanted.order_by(warning.c.claim_id)


def last_day() -> Select[Any]:
    """The newest day of publication in the ledger, YYYY-MM-DD."""
    return select(func.substr(func.max(article.c.published), 1, 10))


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
    return select(claim.c.id).select_from(CLAIM).where(said_by(claimants), COUNTS)


def claims_by(claimants: Sequence[str]) -> Select[Any]:
    """The claims of claimants with these ids, by date of publication, without those that a person rejected."""
    wanted = claims_in_full().where(_latest(reading, "article_id"), said_by(claimants), COUNTS)
    return wanted.order_by(*_IN_TIME)


def claims_in(article_id: str) -> Select[Any]:
    """The claims of one article's latest reading, in text order."""
    wanted = claims_in_full().where(_latest(reading, "article_id"), reading.c.article_id == article_id)
    return wanted.order_by(claim.c.position)


def claims_read(article_id: str) -> Select[Any]:
    """As ``claims_in``, as they were read."""
    wanted = claims_as_read().where(_latest(reading, "article_id"), reading.c.article_id == article_id)
    return wanted.order_by(claim.c.position)


def undecided(limit: int) -> Select[Any]:
    """The claims on which nobody has decided, with the number of their links as ``uses``; those first of which the
    doubt, times one more than these, is greatest."""
    ends = select(link.c.from_id.label("id")).union_all(select(link.c.to_id)).subquery()
    times = select(ends.c.id, func.count().label("uses")).group_by(ends.c.id).subquery()
    uses = func.coalesce(times.c.uses, 0)
    joined = CLAIM.join(reading).join(article).outerjoin(times, times.c.id == claim.c.id)
    of_claim = (claim.c[name] for name in ("id", "claimant", "stance", "text", "confidence"))
    wanted = select(*of_claim, article.c.outlet, article.c.published, uses.label("uses")).select_from(joined)
    wanted = wanted.where(decided.c.claim_key.is_(None), _latest(reading, "article_id"))
    return wanted.order_by(((1 - claim.c.confidence) * (1 + uses)).desc(), claim.c.id).limit(limit)


def episodes_told() -> Select[Any]:
    """The episodes of all stories: linked_key, number, article_id, story_id."""
    columns = (part.c.linked_key, part.c.number, linked.c.article_id, part.c.story_id)
    return select(*columns).select_from(part.join(linked, linked.c.key == part.c.linked_key))


def alike_in_stories(kind: int, from_: float) -> Select[Any]:
    """Pairs of episodes (``alike`` of this kind) of two stories, and those of one that are as alike as ``from_``: a,
    a_number, b, b_number, score."""
    a, b = part.alias(), part.alias()
    joined = alike.join(a, and_(a.c.linked_key == alike.c.a, a.c.number == alike.c.a_number))
    joined = joined.join(b, and_(b.c.linked_key == alike.c.b, b.c.number == alike.c.b_number))
    columns = (alike.c.a, alike.c.a_number, alike.c.b, alike.c.b_number, alike.c.score)
    apart = or_(a.c.story_id != b.c.story_id, alike.c.score >= from_)
    return select(*columns).select_from(joined).where(alike.c.kind == kind, apart)


def first_told(story_ids: Sequence[str]) -> Select[Any]:
    """Of each of these stories the claim that most independent origins and claimants assert: story_id, claim_id."""
    order = (told.c.origins_for.desc().nulls_last(), told.c.claimants_for.desc().nulls_last(), told.c.claim_id)
    place = func.row_number().over(partition_by=told.c.story_id, order_by=order).label("place")
    ranked = select(told.c.story_id, told.c.claim_id, place).where(told.c.story_id.in_(story_ids)).subquery()
    return select(ranked.c.story_id, ranked.c.claim_id).where(ranked.c.place == 1)


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
    return spellings(Filters()).where(said_by(claimants))


def quarantined(f: Filters) -> Select[Any]:
    """What was set aside, in the order of time and location. Raises UsageError for a filter that it has nothing for."""
    for name in ("about", "by", "outlet", "place", "stance", "type"):
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


@cache
def claims_in_full() -> Select[Any]:
    """Claims as they stand, with what is known of their articles; the caller narrows them."""
    return _claims([now(column.name).label(column.name) for column in claim.c])


@cache
def claims_as_read() -> Select[Any]:
    """As ``claims_in_full``, whatever people have corrected."""
    return _claims(list(claim.c))


def _claims(columns: Sequence[ColumnElement[Any]]) -> Select[Any]:
    of_article = (article.c.id.label("article"), article.c.outlet, article.c.published)
    related = (*(c for c in told.c if c.name not in ("claim_id", "story_id")), told.c.story_id.label("story"))
    related = (*related, echo.c.origin_id.label("origin"))
    wanted = select(*columns, *of_article, *related, decided.c.verdict.label("decision"))
    joined = CLAIM.join(reading).join(article).outerjoin(told, told.c.claim_id == claim.c.id)
    return wanted.select_from(joined.outerjoin(echo, echo.c.article_id == article.c.id))


CLAIM = claim.outerjoin(decided, decided.c.claim_key == claim.c.key)
"""Claims with what people decided of them, which ``now`` and ``COUNTS`` ask for."""

COUNTS = or_(decided.c.verdict.is_(None), decided.c.verdict != "reject")
"""The condition that nobody's rejection of a claim holds."""


@cache
def now(name: str) -> ColumnElement[Any]:
    """The column of ``claim`` with this name as it stands: as read, or as a person corrected it."""
    if name not in decided.c:
        return claim.c[name]
    return case((decided.c.claim_key.is_not(None), decided.c[name]), else_=claim.c[name])


def said_by(claimants: Any) -> ColumnElement[bool]:
    """The condition that a claim of ``CLAIM`` is now one of these claimants': ids, a selection, or a parameter. It is
    put so that their claims are looked up by the indexes, where ``now`` alone would have every claim looked at."""
    corrected = select(decided.c.claim_key).where(decided.c.claimant_id.in_(claimants))
    among = or_(claim.c.claimant_id.in_(claimants), claim.c.key.in_(corrected))
    return and_(among, now("claimant_id").in_(claimants))


@cache
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


def meets(f: Filters) -> list[ColumnElement[bool]]:
    """The conditions on a claim, its reading and its article."""
    return [*_published(f), *_of_claims(f), *_of_outlet(f)]


def _of_claims(f: Filters) -> list[ColumnElement[bool]]:
    """The conditions on a claim itself."""
    conditions: list[ColumnElement[bool]] = []
    if f.about is not None:
        conditions.append(search.mentions(f.about))
    if f.by is not None:
        conditions.append(claim.c.key.in_(_with_voice(party_key(f.by))))
    if f.place is not None:
        called = [storable(folded(name)) for name in f.also_called]
        conditions.append(or_(_contains(claim.c.place_folded, folded(f.place)), claim.c.place_folded.in_(called)))
    if f.stance is not None:
        by = decided.alias()  # the caller's statement may have the table itself
        corrected = select(by.c.stance).where(by.c.claim_key == claim.c.key).correlate(claim).scalar_subquery()
        conditions.append(func.coalesce(corrected, claim.c.stance) == storable(f.stance))
    if f.type is not None:
        conditions.append(claim.c.event_type == storable(f.type))
    return conditions


def _with_voice(key: str) -> CompoundSelect[Any]:
    """The keys of the claims in whose chain somebody has a name with ``key`` in it. A claimant that was corrected is in
    it no more."""
    read = claim.alias()
    gone = and_(decided.c.claimant_id.is_distinct_from(read.c.claimant_id), mention.c.claimant_id == read.c.claimant_id)
    joined = mention.join(read, read.c.key == mention.c.claim_key)
    joined = joined.outerjoin(decided, decided.c.claim_key == mention.c.claim_key)
    named = select(mention.c.claim_key).select_from(joined).where(_contains(mention.c.name_folded, key))
    named = named.where(or_(decided.c.claim_key.is_(None), not_(gone)))
    return named.union(select(decided.c.claim_key).where(_contains(decided.c.claimant_folded, key)))


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
