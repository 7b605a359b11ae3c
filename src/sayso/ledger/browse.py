"""What somebody who browses asks for: a page of a listing at a time, and what stands beside one thing.

A page begins behind a cursor, which holds what the last row before it was sorted by: a page far down costs no more than
the first, and what is added meanwhile moves no row to another page. Which rows are on a page is found among keys alone;
only these rows are then fetched whole.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Connection, FromClause, Row, Select, and_, func, or_, select

from sayso.errors import UsageError
from sayso.ledger import queries
from sayso.ledger.claims import folded
from sayso.ledger.database import counted
from sayso.ledger.decisions import VERDICTS, decision_row, verdicts_of
from sayso.ledger.rows import article_row, claim_row, echo_row, link_row, storable, story_row, unpack, warning_row
from sayso.ledger.schema import (
    article,
    claim,
    decided,
    decision,
    echo,
    finder,
    link,
    linked,
    mention,
    quarantine,
    reading,
    story,
    told,
)
from sayso.types import (
    ArticleRow,
    ClaimRow,
    DecisionRow,
    EchoRow,
    Filters,
    LinkRow,
    QuarantineRow,
    StoryRow,
    WarningRow,
)

Record = TypeVar("Record")

PAGE = 50
"""Rows on a page."""

_CURSOR = 2000  # characters of a cursor, at the most
_NUMBERS = 2**31  # from which on no column holds a number
_CONTESTING = ("denies", "differs")


@dataclass(frozen=True, slots=True)
class Page(Generic[Record]):
    """Some rows of a listing; ``next`` is the cursor of the page that follows, None where this is the last."""

    rows: tuple[Record, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is in a ledger."""

    articles: int
    claims: int
    claimants: int
    outlets: int
    stories: int
    echoes: int
    quarantined: int


@dataclass(frozen=True, slots=True)
class Cited:
    """A party that somebody cites or is cited by, and in how many claims. ``outlet``: as the one that published
    them."""

    name: str
    claims: int
    outlet: bool = False


@dataclass(frozen=True, slots=True)
class OutletRow:
    """An outlet: how much it published, and when; how many of its articles copy others (``copies``) and how many
    articles of others copy its own (``copied``)."""

    name: str
    articles: int
    claims: int
    copies: int
    copied: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Answered:
    """A claim's links, and the claims at their other ends, by their ids."""

    links: tuple[LinkRow, ...]
    others: Mapping[str, ClaimRow]


class _Key(NamedTuple):
    """What rows are sorted by. Never null, so that a cursor can tell what follows."""

    column: ColumnElement[Any]
    descending: bool = False


_NEWEST = (_Key(func.coalesce(article.c.published, ""), True), _Key(article.c.id))
_OLDEST = (_Key(func.coalesce(article.c.published, "~")), _Key(article.c.id))  # "~" follows every date
_IN_TEXT = _Key(claim.c.position)

CLAIM_ORDERS: Mapping[str, tuple[_Key, ...]] = {
    "newest": (*_NEWEST, _IN_TEXT),
    "oldest": (*_OLDEST, _IN_TEXT),
    "claimant": (_Key(func.coalesce(func.lower(queries.now("claimant")), "~")), *_NEWEST, _IN_TEXT),
    "outlet": (_Key(func.coalesce(article.c.outlet_folded, "~")), *_NEWEST, _IN_TEXT),
    "place": (_Key(func.coalesce(claim.c.place_folded, "~")), *_NEWEST, _IN_TEXT),
    "opposed": (_Key(func.coalesce(told.c.claimants_against, 0), True), *_NEWEST, _IN_TEXT),
    "shared": (_Key(func.coalesce(told.c.claimants_for, 0), True), *_NEWEST, _IN_TEXT),
    "unsure": (_Key(claim.c.confidence), _Key(article.c.id), _IN_TEXT),
}
"""How claims can be sorted: "opposed" by how many claimants stand against them, "shared" by how many say the same."""

ARTICLE_ORDERS: Mapping[str, tuple[_Key, ...]] = {
    "newest": _NEWEST,
    "oldest": _OLDEST,
    "outlet": (_Key(func.coalesce(article.c.outlet_folded, "~")), *_NEWEST),
    "longest": (_Key(article.c.words, True), _Key(article.c.id)),
    "added": (_Key(article.c.stored_at, True), _Key(article.c.id)),
}
"""How articles can be sorted."""

_TOLD_IN = select(func.count()).where(told.c.story_id == story.c.id).scalar_subquery()
_CONTESTED = (
    select(func.count())
    .select_from(told.join(link, link.c.from_id == told.c.claim_id))
    .where(told.c.story_id == story.c.id, link.c.relation.in_(_CONTESTING))
    .scalar_subquery()
)
_LAST = (_Key(func.coalesce(story.c.last, ""), True), _Key(story.c.id))

STORY_ORDERS: Mapping[str, tuple[_Key, ...]] = {
    "newest": _LAST,
    "oldest": (_Key(func.coalesce(story.c.first, "~")), _Key(story.c.id)),
    "contested": (_Key(_CONTESTED, True), *_LAST),
    "claims": (_Key(_TOLD_IN, True), *_LAST),
    "place": (_Key(func.coalesce(story.c.place_folded, "~")), *_LAST),
}
"""How stories can be sorted: "contested" by how many claims deny or differ from another, "claims" by how many there
are."""

_DECIDED = (_Key(decision.c.key, True),)
_LINKED = (*_OLDEST, _IN_TEXT, _Key(link.c.to_id), _Key(link.c.relation))
_WARNED = (*_OLDEST, _Key(claim.c.id))
_QUARANTINED = (_Key(quarantine.c.at, True), _Key(quarantine.c.key))

# The readings that count, looked up once: by far quicker than for each claim whether its reading is the latest.
_CURRENT = reading.c.key.in_(select(func.max(reading.c.key)).group_by(reading.c.article_id))
_VERSIONS = article.c.key.in_(select(func.max(article.c.key)).group_by(article.c.id))
_HELD = queries.CLAIM.join(reading).join(article)


class Browse:
    """Questions put to the ledger on one connection, so that all answers are of one moment."""

    def __init__(self, connection: Connection) -> None:
        self._do = connection.execute
        self._connection = connection

    # Listings

    def claims(
        self,
        f: Filters,
        sort: str = "newest",
        cursor: str | None = None,
        size: int = PAGE,
    ) -> Page[ClaimRow]:
        """A page of claims. UsageError for an order that there isn't, a cursor that is none, or dates that are none."""
        keys = _order(CLAIM_ORDERS, sort)
        source: FromClause = _HELD.outerjoin(told, told.c.claim_id == claim.c.id) if sort in _OF_TOLD else _HELD
        wanted = select(claim.c.key).select_from(source).where(_CURRENT, *queries.meets(f))
        found, after = self._page(wanted, keys, cursor, size)
        full = queries.claims_in_full().where(claim.c.key.in_([row.key for row in found]))
        whole = {row.key: claim_row(row) for row in self._do(full)}
        return Page(tuple(whole[row.key] for row in found), after)

    def count_claims(self, f: Filters) -> int:
        """How many claims there are that meet ``f``."""
        wanted = select(func.count()).select_from(_HELD).where(_CURRENT, *queries.meets(f))
        return int(self._do(wanted).scalar_one())

    def articles(
        self,
        f: Filters,
        sort: str = "newest",
        cursor: str | None = None,
        size: int = PAGE,
    ) -> Page[ArticleRow]:
        """A page of articles; filters on claims ask for a claim that meets them all. UsageError as for ``claims``."""
        wanted = queries.articles(replace(f, limit=None)).order_by(None)
        found, after = self._page(wanted, _order(ARTICLE_ORDERS, sort), cursor, size)
        return Page(tuple(article_row(row) for row in found), after)

    def stories(
        self,
        f: Filters,
        sort: str = "newest",
        cursor: str | None = None,
        size: int = PAGE,
    ) -> Page[StoryRow]:
        """A page of stories; filters as for ``Ledger.stories``. UsageError as for ``claims``."""
        wanted = queries.stories(replace(f, limit=None)).order_by(None)
        found, after = self._page(wanted, _order(STORY_ORDERS, sort), cursor, size)
        return Page(tuple(story_row(row.body) for row in found), after)

    def quarantined(self, f: Filters, cursor: str | None = None, size: int = PAGE) -> Page[QuarantineRow]:
        """A page of what was set aside, the latest first. UsageError as for ``claims``."""
        wanted = queries.quarantined(replace(f, limit=None)).order_by(None)
        found, after = self._page(wanted, _QUARANTINED, cursor, size)
        return Page(tuple(QuarantineRow(row.location, row.sha256, row.reason, row.at) for row in found), after)

    def echoes(self, f: Filters, cursor: str | None = None, size: int = PAGE) -> Page[EchoRow]:
        """A page of the articles that copy others, the oldest first. UsageError as for ``claims``."""
        wanted = queries.echoes(replace(f, limit=None)).order_by(None)
        found, after = self._page(wanted, _OLDEST, cursor, size)
        return Page(tuple(echo_row(row) for row in found), after)

    def links(self, f: Filters, cursor: str | None = None, size: int = PAGE) -> Page[LinkRow]:
        """A page of how claims relate, that of the oldest later claim first. UsageError as for ``claims``."""
        wanted = queries.links(replace(f, limit=None)).order_by(None)
        found, after = self._page(wanted, _LINKED, cursor, size)
        return Page(tuple(link_row(row) for row in found), after)

    def warnings(self, f: Filters, cursor: str | None = None, size: int = PAGE) -> Page[WarningRow]:
        """A page of what was warned of, and what came of it, the oldest first. UsageError as for ``claims``."""
        last = self._do(queries.last_day()).scalar()
        wanted = queries.warnings(replace(f, limit=None)).order_by(None)
        found, after = self._page(wanted, _WARNED, cursor, size)
        return Page(tuple(warning_row(row.body, last) for row in found), after)

    def outlets(self) -> list[OutletRow]:
        """All outlets, those with most articles first."""
        counted = select(
            article.c.outlet_folded.label("folded"),
            func.min(article.c.outlet).label("name"),
            func.count().label("articles"),
            func.min(article.c.published).label("first"),
            func.max(article.c.published).label("last"),
        ).where(_VERSIONS, article.c.outlet_folded.is_not(None))
        claims = self._by_outlet(select(article.c.outlet_folded, func.count()).select_from(_HELD).where(_CURRENT))
        copies = self._by_outlet(_copying(echo.c.article_id))
        copied = self._by_outlet(_copying(echo.c.origin_id))
        rows = [
            OutletRow(row.name, row.articles, claims[row.folded], copies[row.folded], copied[row.folded], *row[3:])
            for row in self._do(counted.group_by(article.c.outlet_folded))
        ]
        return sorted(rows, key=lambda row: (-row.articles, row.name))

    def _by_outlet(self, counted: Select[Any]) -> Counter[str]:
        return Counter(_numbers(self._do(counted.group_by(article.c.outlet_folded))))

    def _page(
        self, wanted: Select[Any], keys: Sequence[_Key], cursor: str | None, size: int
    ) -> tuple[Sequence[Row[Any]], str | None]:
        """The rows that follow ``cursor``, at most ``size``, and the cursor of those behind them."""
        labels = [f"sorted_by_{n}" for n in range(len(keys))]
        wanted = wanted.add_columns(*(key.column.label(label) for key, label in zip(keys, labels, strict=True)))
        if cursor is not None:
            wanted = wanted.where(_behind(keys, _read_cursor(cursor, keys)))
        wanted = wanted.order_by(*(key.column.desc() if key.descending else key.column for key in keys))
        found = self._do(wanted.limit(size + 1)).all()
        if len(found) <= size:
            return found, None
        return found[:size], _cursor([getattr(found[size - 1], label) for label in labels])

    # What there is altogether

    def counts(self) -> Counts:
        """How much there is."""
        of_articles = select(func.count(), func.count(article.c.outlet_folded.distinct())).where(_VERSIONS)
        articles, outlets = self._do(of_articles).one()
        of_claims = select(func.count(), func.count(queries.now("claimant_id").distinct()))
        claims, claimants = self._do(of_claims.select_from(queries.CLAIM.join(reading)).where(_CURRENT)).one()
        stories, echoes, set_aside = (
            int(self._do(select(func.count()).select_from(table)).scalar_one()) for table in (story, echo, quarantine)
        )
        return Counts(articles, claims, claimants, outlets, stories, echoes, set_aside)

    def count_undecided(self) -> int:
        """On how many claims nobody has decided."""
        wanted = select(func.count()).select_from(queries.CLAIM.join(reading))
        return int(self._do(wanted.where(_CURRENT, decided.c.claim_key.is_(None))).scalar_one())

    def stamp(self) -> tuple[Any, ...]:
        """Something that differs once the ledger holds something else."""
        # Of what is linked the reading: an article that is read again may be linked under the number that it had.
        rising = (article.c.key, reading.c.key, linked.c.reading_key, quarantine.c.key, decision.c.key)
        newest = (self._do(select(func.max(column))).scalar() for column in rising)
        ended = self._do(select(func.count(decision.c.superseded_at))).scalar()
        bodies = self._do(select(func.count()).select_from(finder)).scalar()
        return (*newest, ended, bodies, counted(self._connection))

    def event_types(self) -> list[str]:
        """The types of event that claims tell of, by name."""
        wanted = select(claim.c.event_type).distinct().where(claim.c.event_type.is_not(None))
        return [str(code) for code in self._do(wanted.order_by(claim.c.event_type)).scalars()]

    def added_since(self, when: str) -> int:
        """How many articles were stored after ``when``, an ISO 8601 time in UTC."""
        wanted = select(func.count()).select_from(article).where(_VERSIONS, article.c.stored_at > storable(when))
        return int(self._do(wanted).scalar_one())

    # What stands beside one thing

    def name_of_claimant(self, start: str) -> str | None:
        """How the claimant whose id begins with ``start`` is called somewhere; None where there is none, or several."""
        keyed = {claim: claim.c.key, decided: decided.c.claim_key}  # as claims were read, and as people corrected them
        begin_so = (queries.ids_from(table.c.claimant_id, start, limit=2) for table in keyed)
        ids = {id_ for wanted in begin_so for id_ in self._do(wanted).scalars()}
        if len(ids) != 1:
            return None
        names = (
            select(table.c.claimant).where(table.c.claimant_id.in_(ids)).order_by(key).limit(1)
            for table, key in keyed.items()
        )
        return next(str(name) for wanted in names for name in self._do(wanted).scalars())

    def answers(self, claim_ids: Sequence[str]) -> Answered:
        """The links from and to the claims with these ids, and the claims at their other ends."""
        links = tuple(link_row(row) for row in self._do(queries.links_of(_ids(claim_ids))))
        ends = {id_ for x in links for id_ in (x.from_, x.to)} - set(claim_ids)
        others = self._do(queries.claims_with_ids(_ids(sorted(ends))))
        return Answered(links, {row.id: claim_row(row) for row in others})

    def as_read(self, article_id: str) -> dict[str, tuple[tuple[int, int], ...]]:
        """Where the content of each claim of an article was read, by the claim's id, whatever people have corrected."""
        wanted = select(claim.c.id, claim.c.spans).select_from(claim.join(reading))
        rows = self._do(wanted.where(_CURRENT, reading.c.article_id == article_id))
        return {row.id: tuple((start, end) for start, end, _ in json.loads(row.spans)) for row in rows}

    def readings(self, article_ids: Sequence[str]) -> list[dict[str, Any]]:
        """The latest readings of those of these articles that were read, in the order of the articles, as JSON without
        the article."""
        wanted = select(reading.c.article_id, reading.c.body).where(_CURRENT, reading.c.article_id.in_(article_ids))
        bodies = {row.article_id: row.body for row in self._do(wanted)}
        return [json.loads(unpack(bodies[id_])) for id_ in article_ids if bodies.get(id_) is not None]

    def echo(self, article_id: str) -> EchoRow | None:
        """From where an article copies; None where it doesn't."""
        found = self._do(select(echo).where(echo.c.article_id == article_id)).one_or_none()
        return None if found is None else echo_row(found)

    def copies(self, article_id: str, most: int) -> tuple[EchoRow, ...]:
        """Which articles copy this one, those that copy most of it first."""
        wanted = select(echo).where(echo.c.origin_id == article_id).order_by(echo.c.share.desc(), echo.c.article_id)
        return tuple(echo_row(row) for row in self._do(wanted.limit(most)))

    def heads(self, article_ids: Iterable[str]) -> dict[str, ArticleRow]:
        """The articles with these ids, by their ids."""
        wanted = queries.articles(Filters()).order_by(None).where(article.c.id.in_(list(article_ids)))
        return {row.id: article_row(row) for row in self._do(wanted)}

    def story_heads(self, story_ids: Iterable[str]) -> dict[str, StoryRow]:
        """The stories with these ids, by their ids."""
        wanted = select(story.c.body).where(story.c.id.in_(list(story_ids)))
        rows = (story_row(body) for body in self._do(wanted).scalars())
        return {row.id: row for row in rows}

    def contested(self, story_ids: Sequence[str]) -> dict[str, int]:
        """In how many ways claims of each of these stories deny or differ from another."""
        wanted = select(story.c.id, _CONTESTED).where(story.c.id.in_(story_ids))
        return _numbers(self._do(wanted))

    def told_in(self, story_id: str, most: int) -> tuple[ClaimRow, ...]:
        """The first claims of a story."""
        wanted = queries.claims_with_ids(queries.ids_told(story_id)).limit(most)
        return tuple(claim_row(row) for row in self._do(wanted))

    def ids_told(self, story_id: str) -> list[str]:
        """The ids of all claims of a story."""
        return [str(id_) for id_ in self._do(queries.ids_told(story_id)).scalars()]

    def said_by(self, claimants: Sequence[str], most: int) -> tuple[ClaimRow, ...]:
        """The first claims of the claimants with these ids."""
        return tuple(claim_row(row) for row in self._do(queries.claims_by(claimants).limit(most)))

    # What people decided

    def decisions(
        self,
        user: str | None = None,
        verdict: str | None = None,
        *,
        standing: bool = False,
        cursor: str | None = None,
        size: int = PAGE,
    ) -> Page[DecisionRow]:
        """A page of decisions, the newest first; only somebody's, of one verdict, or those that stand. UsageError for
        a cursor that is none."""
        asked = ((decision.c.user, user), (decision.c.verdict, verdict))
        conditions = [column == storable(value) for column, value in asked if value is not None]
        if standing:
            conditions.append(decision.c.superseded_at.is_(None))
        found, after = self._page(select(decision).where(*conditions), _DECIDED, cursor, size)
        return Page(tuple(decision_row(row) for row in found), after)

    def decision(self, number: int) -> DecisionRow | None:
        """The decision with this number."""
        if number >= _NUMBERS:
            return None
        found = self._do(select(decision).where(decision.c.key == number)).one_or_none()
        return None if found is None else decision_row(found)

    def decided_on(self, claim_ids: Sequence[str]) -> dict[str, tuple[DecisionRow, ...]]:
        """The decisions on each of these claims on which there are any, the newest first."""
        wanted = select(decision).where(decision.c.verdict.in_(VERDICTS["claim"]), decision.c.about.in_(claim_ids))
        held: dict[str, tuple[DecisionRow, ...]] = {}
        for row in self._do(wanted.order_by(decision.c.key.desc())):
            held[row.about] = (*held.get(row.about, ()), decision_row(row))
        return held

    def decided_between(self, ids: Sequence[str], others: Sequence[str] | None = None) -> tuple[DecisionRow, ...]:
        """The verdicts on two, one of which is among ``ids`` and the other among ``others`` (None: any), the newest
        first. Parties are given by their ids."""
        one, two = decision.c.about, decision.c.other
        wanted = select(decision).where(two.is_not(None)).order_by(decision.c.key.desc())
        if others is None:
            wanted = wanted.where(one.in_(ids) | two.in_(ids))
        else:
            wanted = wanted.where((one.in_(ids) & two.in_(others)) | (one.in_(others) & two.in_(ids)))
        return tuple(decision_row(row) for row in self._do(wanted))

    def deciders(self) -> list[str]:
        """Who has decided anything, by name."""
        return [str(name) for name in self._do(select(decision.c.user).distinct().order_by(decision.c.user)).scalars()]

    def verdicts(self, user: str) -> dict[str, str]:
        """What somebody said last of each claim, where that stands, by the claims' ids."""
        return {row.about: row.verdict for row in self._do(verdicts_of(storable(user)))}

    def claims_with(self, ids: Sequence[str]) -> dict[str, ClaimRow]:
        """The claims with these ids that are there, by their ids."""
        return {row.id: claim_row(row) for row in self._do(queries.claims_with_ids(_ids(ids)))}

    def cited_by_outlet(self, outlet: str, most: int) -> tuple[Cited, ...]:
        """Whom an outlet cites, those it cites in most claims first."""
        wanted = _mentioned(mention.join(claim, claim.c.key == mention.c.claim_key).join(reading))
        wanted = wanted.join(article, article.c.key == reading.c.article_key)
        return self._cited(wanted.where(article.c.outlet_folded == _folded(outlet), mention.c.place > 0), most)

    def cited_by(self, claimants: Sequence[str], most: int) -> tuple[Cited, ...]:
        """Whose words the parties with these ids pass on."""
        return self._beside(claimants, 1, most)

    def citing(self, claimants: Sequence[str], most: int) -> tuple[Cited, ...]:
        """Who passes on the words of the parties with these ids, outlets among them."""
        return self._beside(claimants, -1, most)

    def _beside(self, claimants: Sequence[str], step: int, most: int) -> tuple[Cited, ...]:
        """Who stands one step further in the chains in which these parties stand."""
        one = mention.alias("one")
        next_ = and_(mention.c.claim_key == one.c.claim_key, mention.c.place == one.c.place + step)
        joined = one.join(mention, next_).join(claim, claim.c.key == one.c.claim_key).join(reading)
        wanted = _mentioned(joined).where(one.c.claimant_id.in_(list(claimants)))
        return self._cited(wanted.where(mention.c.claimant_id.not_in(list(claimants))), most)

    def _cited(self, wanted: Select[Any], most: int) -> tuple[Cited, ...]:
        wanted = (
            wanted.where(_CURRENT).group_by(mention.c.claimant_id).order_by(func.count().desc(), mention.c.claimant_id)
        )
        found = self._do(wanted.limit(most))
        return tuple(Cited(str(name), int(number), place == 0) for name, number, place in found)

    def copied_from(self, outlet: str, most: int) -> tuple[Cited, ...]:
        """Which outlets' articles an outlet's articles copy, and how many of its own do."""
        return self._copying(outlet, echo.c.article_id, echo.c.origin_id, most)

    def copied_by(self, outlet: str, most: int) -> tuple[Cited, ...]:
        """Which outlets' articles copy an outlet's, and how many of theirs do."""
        return self._copying(outlet, echo.c.origin_id, echo.c.article_id, most)

    def _copying(
        self, outlet: str, mine: ColumnElement[str], theirs: ColumnElement[str], most: int
    ) -> tuple[Cited, ...]:
        own, other = article.alias("own"), article.alias("other")
        joined = echo.join(own, own.c.id == mine).join(other, other.c.id == theirs)
        wanted = select(func.min(other.c.outlet), func.count(echo.c.article_id.distinct())).select_from(joined)
        wanted = wanted.where(own.c.outlet_folded == _folded(outlet), other.c.outlet_folded.is_not(None))
        most_first = func.count(echo.c.article_id.distinct()).desc()
        wanted = wanted.group_by(other.c.outlet_folded).order_by(most_first, other.c.outlet_folded)
        return tuple(Cited(str(name), int(number), outlet=True) for name, number in self._do(wanted.limit(most)))

    def stances(self, f: Filters) -> dict[str, int]:
        """How many claims that meet ``f`` there are of each stance, the most frequent first."""
        stance = queries.now("stance")
        wanted = select(stance, func.count()).select_from(_HELD).where(_CURRENT, *queries.meets(f))
        return _numbers(self._do(wanted.group_by(stance).order_by(func.count().desc(), stance)))


_OF_TOLD = ("opposed", "shared")


def _numbers(rows: Iterable[Any]) -> dict[str, int]:
    return {str(row[0]): int(row[1]) for row in rows}


def _copying(column: ColumnElement[str]) -> Select[Any]:
    """How many articles are in this column of the echoes, to be grouped by outlet."""
    columns: tuple[ColumnElement[Any], ...] = (article.c.outlet_folded, func.count())
    return select(*columns).select_from(echo.join(article, article.c.id == column)).where(_VERSIONS)


def _mentioned(source: FromClause) -> Select[Any]:
    """Name, number of claims and first place in a chain of those who are mentioned, to be grouped."""
    columns: tuple[ColumnElement[Any], ...] = (func.max(mention.c.name), func.count(), func.min(mention.c.place))
    return select(*columns).select_from(source)


def _ids(ids: Sequence[str]) -> Select[Any]:
    return select(claim.c.id).where(claim.c.id.in_(ids))


def _folded(name: str) -> str:
    return storable(folded(name))


def _order(orders: Mapping[str, tuple[_Key, ...]], sort: str) -> tuple[_Key, ...]:
    if sort not in orders:
        raise UsageError(f"cannot sort by {sort!r}, only by {', '.join(orders)}.")
    return orders[sort]


def _behind(keys: Sequence[_Key], values: Sequence[Any]) -> ColumnElement[bool]:
    """The condition that a row follows the one with these values."""
    conditions: list[ColumnElement[bool]] = []
    same: list[ColumnElement[bool]] = []
    for key, value in zip(keys, values, strict=True):
        conditions.append(and_(*same, key.column < value if key.descending else key.column > value))
        same.append(key.column == value)
    return or_(*conditions)


def _cursor(values: list[Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def _read_cursor(cursor: str, keys: Sequence[_Key]) -> list[Any]:
    try:
        values = (
            json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))) if len(cursor) < _CURSOR else None
        )
    except (ValueError, binascii.Error, RecursionError):
        values = None
    if (
        not isinstance(values, list)
        or len(values) != len(keys)
        or not all(_may_be(value, key.column.type.python_type) for value, key in zip(values, keys, strict=True))
    ):
        raise UsageError("that is no cursor that Sayso gave for this listing and order. Begin with the first page.")
    return [storable(v) if isinstance(v, str) else v for v in values]


def _may_be(value: Any, kind: type) -> bool:
    """True where a column of this type can hold the value."""
    if kind is str:
        return isinstance(value, str)
    return type(value) in ((int,) if kind is int else (int, float)) and abs(value) < _NUMBERS
