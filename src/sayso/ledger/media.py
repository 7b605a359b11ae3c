"""Pictures and videos in the ledger: what they are, where they were seen, and which look alike.

Looking up what looks alike is exact and no scan. A hash has 16 pieces of 16 bits. Two hashes that differ in at most 31
bits have a piece in which they differ in at most one bit: with two or more in each of 16 there would be 32. So what is
near a hash shares, with it or with one of the 16 variants of one bit, one of its 16 pieces: 272 look-ups find all that
may be near, and these are then compared bit by bit.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, func, insert, select

from sayso.ledger import queries
from sayso.ledger.database import add
from sayso.ledger.rows import article_row, claim_row, now, storable
from sayso.ledger.schema import (
    article,
    cited,
    claim,
    frame,
    gone_through,
    look,
    medium,
    piece,
    reading,
    sighting,
    snapshot,
)
from sayso.ledger.storing import Added
from sayso.media_types import (
    NEAR,
    PLAIN,
    Cited,
    Credentials,
    FileSays,
    KeyFrame,
    Look,
    MediaFile,
    MediumRow,
    Near,
    Seen,
    Sighting,
)
from sayso.types import Filters

ID = 16
"""Digits of a hash that are a picture's id."""

_PIECES, _BITS = 16, 16
_AT_ONCE = 100  # rows of a listing that are put together at a time
_TOLD = 100  # sightings of one picture or video; times the number above, databases take so many parameters
_MOST = 50  # of what looks alike, the nearest
_COMPARED = 10_000  # looks, the nearest, of which it is found out whose they are
_PLACES = 3  # of an article


class Found(NamedTuple):
    """A picture or video in the ledger, by its key, and its latest look."""

    key: int
    sha256: str
    kind: str
    size: int
    look: Look


class Media:
    """Questions about pictures and videos, and what is stored of them, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        """For a connection; writing needs one that may."""
        self._do = connection.execute
        self._connection = connection

    # What goes in

    def add(self, file: MediaFile, looked: Look | None, seen: Sighting) -> Added:
        """Enter a picture or video, what was found in it (None: it was looked at before) and where it was seen. The
        rows that this adds; none where all of that is known."""
        added: Added = []
        key = self._do(select(medium.c.key).where(medium.c.sha256 == file.sha256)).scalar()
        if key is None:
            key = self._insert(added, medium, {"sha256": file.sha256, "kind": file.kind, "size": file.size})
        if looked is not None:
            problem = None if looked.problem is None else storable(looked.problem)
            self._add_look(added, key, replace(looked, problem=problem))
        where = {
            "article_id": seen.article,
            "claim_id": seen.claim,
            "url": None if seen.url is None else storable(seen.url),
            "location": storable(seen.location),
        }
        same = (sighting.c[name].is_not_distinct_from(value) for name, value in where.items())
        if self._do(select(sighting.c.key).where(sighting.c.medium_key == key, *same)).first():
            return added
        self._insert(added, sighting, {**where, "medium_key": key, "who": storable(seen.who), "at": now()})
        return added

    def _add_look(self, added: Added, key: int, looked: Look) -> None:
        before = self._latest([key]).get(key)
        if before is not None and before == replace(looked, thumbnail=before.thumbnail):
            return
        columns = {name: getattr(looked, name) for name in ("made_with", "width", "height", "seconds", "thumbnail")}
        given = looked.credentials
        look_key = self._insert(
            added,
            look,
            {
                **columns,
                "medium_key": key,
                "at": now(),
                "says": json.dumps(asdict(looked.says)),
                "credentials": json.dumps(asdict(given)) if given else None,
                "problem": looked.problem,
            },
        )
        frames = [{"look_key": look_key, "number": n, **asdict(one)} for n, one in enumerate(looked.frames)]
        if frames:
            self._do(insert(frame), frames)
            added.append((frame, frames))
        filed = [
            {"piece": under, "look_key": look_key, "number": n}
            for n, one in enumerate(looked.frames)
            if one.quality >= PLAIN
            for under in pieces(int(one.pdq, 16))
        ]
        if filed:
            self._do(insert(piece), filed)

    def cite(self, article_id: str, shown: Sequence[tuple[str, str]]) -> None:
        """Enter what an article's page shows, ("picture" or "video", address) each, unless it was gone through."""
        if self._do(select(gone_through.c.at).where(gone_through.c.article_id == article_id)).first():
            return
        self._do(insert(gone_through), {"article_id": article_id, "at": now()})
        rows = [
            {"article_id": article_id, "number": n, "what": what, "url": storable(url)}
            for n, (what, url) in enumerate(shown)
        ]
        if rows:
            self._do(insert(cited), rows)

    def _insert(self, added: Added, table: Table, columns: dict[str, Any]) -> int:
        row = add(self._connection, table, columns)
        added.append((table, [row]))
        return int(row["key"])

    # What comes out

    def ids(self, start: str) -> list[str]:
        """The hashes that begin with ``start``, at most four of them."""
        return [str(one) for one in self._do(queries.ids_from(medium.c.sha256, start, limit=4)).scalars()]

    def find(self, sha256: str) -> Found | None:
        """The picture or video with this hash."""
        row = self._do(select(medium).where(medium.c.sha256 == sha256)).one_or_none()
        return None if row is None else Found(row.key, row.sha256, row.kind, row.size, self._latest([row.key])[row.key])

    def rows(self, f: Filters = Filters()) -> Iterator[MediumRow]:  # noqa: B008 (frozen)
        """Pictures and videos in the order in which they came. Filters ask for one that was seen in an article that
        meets them."""
        wanted = select(medium.c.key).order_by(medium.c.key).limit(f.limit)
        if replace(f, limit=None) != Filters():
            wanted = wanted.where(medium.c.key.in_(_seen_in(f)))
        keys = iter(self._do(wanted).scalars().all())
        while some := list(islice(keys, _AT_ONCE)):
            yield from self.rows_of(some)

    def rows_of(self, keys: Sequence[int]) -> list[MediumRow]:
        """The pictures and videos with these keys, in the order of the keys given."""
        kept = medium.outerjoin(snapshot, snapshot.c.sha256 == medium.c.sha256)
        wanted = select(medium, snapshot.c.sha256.is_not(None).label("kept")).select_from(kept)
        found = {row.key: row for row in self._do(wanted.where(medium.c.key.in_(keys)))}
        looks, seen = self._latest(keys), self.seen(keys)
        first: dict[int, str] = {row.medium_key: row.first for row in self._do(_first_seen(keys))}
        return [_medium_row(found[key], looks[key], seen.get(key, ()), first[key]) for key in keys]

    def seen_in(self, article_id: str) -> list[MediumRow]:
        """What was attached to an article, or to one of its claims, or under an address that its page shows."""
        attached = select(sighting.c.medium_key).where(sighting.c.article_id == article_id)
        shown = select(sighting.c.medium_key).join(cited, cited.c.url == sighting.c.url)
        either = attached.union(shown.where(cited.c.article_id == article_id)).subquery()
        return self.rows_of(sorted(self._do(select(either.c.medium_key)).scalars().all()))

    def seen(self, keys: Sequence[int]) -> dict[int, tuple[Seen, ...]]:
        """Where these pictures and videos were seen, by their keys; the earliest published is first. Of what was seen
        very often, as an outlet's emblem is, the first hundred sightings and the first hundred pages are told."""
        rows = self._do(_first_of_each(select(sighting).where(sighting.c.medium_key.in_(keys)), sighting.c.key)).all()
        shown_on = select(sighting.c.key, sighting.c.medium_key, cited.c.article_id)
        shown_on = shown_on.join(cited, cited.c.url == sighting.c.url).where(sighting.c.medium_key.in_(keys))
        at_address = self._do(_first_of_each(shown_on, cited.c.article_id)).all()
        attached = {(row.medium_key, row.article_id) for row in rows}
        shown: dict[int, list[str]] = {}
        for row in at_address:
            shown.setdefault(row.key, []).append(row.article_id)
        articles = self._articles({row.article_id for row in (*rows, *at_address) if row.article_id})
        claims = self._claims({row.claim_id for row in rows if row.claim_id})
        places = self._places(articles)
        found: dict[int, list[Seen]] = {}
        for row in rows:
            ends = [(row.article_id, False), *((one, True) for one in shown.get(row.key, ()))]
            for article_id, by_page in ends:
                if by_page and (row.medium_key, article_id) in attached:
                    continue  # that is said already
                said = None if by_page else claims.get(row.claim_id)
                where = (said.place,) if said is not None and said.place else tuple(places.get(article_id, ()))
                at = (row.url, by_page, row.location, row.at, row.who)
                found.setdefault(row.medium_key, []).append(Seen(articles.get(article_id), said, where, *at))
        return {key: tuple(sorted(those, key=_published)) for key, those in found.items()}

    def near(self, frames: Iterable[KeyFrame], but: str) -> list[Near]:
        """What looks like one of ``frames``, the nearest first, at most ``_MOST``; not that with the hash ``but``."""
        best = self.nearest(frames, but)
        keys = sorted(best, key=lambda key: (best[key][0], key))[:_MOST]
        seen = self.seen(keys)
        return [Near(row, *best[key], seen.get(key, ())) for key, row in zip(keys, self.rows_of(keys), strict=True)]

    def nearest(self, frames: Iterable[KeyFrame], but: str) -> dict[int, tuple[int, float | None, float | None]]:
        """What looks like one of ``frames``, by its key: how many bits of the nearest pictures' hashes differ,
        and how far into the one and the other these are."""
        looks: dict[int, tuple[int, float | None, float | None]] = {}
        for one in frames:
            if one.quality < PLAIN:
                continue
            number = int(one.pdq, 16)
            for row in self._do(_may_be_near(number)):
                bits = (int(row.pdq, 16) ^ number).bit_count()
                if bits <= NEAR and (row.look_key not in looks or bits < looks[row.look_key][0]):
                    looks[row.look_key] = (bits, row.seconds, one.seconds)
        nearest = sorted(looks, key=lambda key: (looks[key][0], key))[:_COMPARED]
        wanted = (
            select(look.c.key, look.c.medium_key).join(medium).where(look.c.key.in_(nearest), medium.c.sha256 != but)
        )
        best: dict[int, tuple[int, float | None, float | None]] = {}
        for row in self._do(wanted.order_by(look.c.key)):
            if row.medium_key not in best or looks[row.key][0] < best[row.medium_key][0]:
                best[row.medium_key] = looks[row.key]
        return best

    def cited(self, article_id: str | None = None) -> Iterator[Cited]:
        """What the pages of articles show, or of one, with what was attached of it."""
        attached = select(func.min(medium.c.sha256)).join(sighting, sighting.c.medium_key == medium.c.key)
        attached = attached.where(sighting.c.url == cited.c.url)
        wanted = select(cited, attached.correlate(cited).scalar_subquery().label("sha256"))
        if article_id is not None:
            wanted = wanted.where(cited.c.article_id == article_id)
        for row in self._do(wanted.order_by(cited.c.article_id, cited.c.number)):
            yield Cited(row.article_id, row.url, row.what, row.sha256 and row.sha256[:ID])

    def is_gone_through(self, article_id: str) -> bool:
        """True where an article's page was gone through for what it shows."""
        return self._do(select(gone_through.c.at).where(gone_through.c.article_id == article_id)).first() is not None

    def page_of(self, article_id: str) -> tuple[str, str | None]:
        """The hash of an article's bytes, and its address."""
        wanted = select(article.c.sha256, article.c.url).where(article.c.id == article_id)
        row = self._do(wanted.order_by(article.c.key.desc()).limit(1)).one()
        return row.sha256, row.url

    def _latest(self, keys: Sequence[int]) -> dict[int, Look]:
        """The latest look at each of these."""
        newest = select(func.max(look.c.key)).where(look.c.medium_key.in_(keys)).group_by(look.c.medium_key)
        rows = self._do(select(look).where(look.c.key.in_(newest))).all()
        wanted = select(frame).where(frame.c.look_key.in_([row.key for row in rows]))
        frames: dict[int, list[KeyFrame]] = {}
        for one in self._do(wanted.order_by(frame.c.look_key, frame.c.number)):
            frames.setdefault(one.look_key, []).append(KeyFrame(one.seconds, one.pdq, one.quality))
        return {row.medium_key: _look(row, frames.get(row.key, [])) for row in rows}

    def _articles(self, ids: Iterable[str]) -> dict[str, Any]:
        wanted = queries.articles(Filters()).order_by(None).where(article.c.id.in_(sorted(ids)))
        return {row.id: article_row(row) for row in self._do(wanted)}

    def _claims(self, ids: Iterable[str]) -> dict[str, Any]:
        wanted = queries.claims_with_ids(select(claim.c.id).where(claim.c.id.in_(sorted(ids))))
        return {row.id: claim_row(row) for row in self._do(wanted)}

    def _places(self, ids: Iterable[str]) -> dict[str, list[str]]:
        """The places that most claims of each of these articles are about."""
        newest = select(func.max(reading.c.key)).where(reading.c.article_id.in_(sorted(ids)))
        newest = newest.group_by(reading.c.article_id)
        wanted = select(reading.c.article_id, claim.c.place).join(claim, claim.c.reading_key == reading.c.key)
        counted: dict[str, Counter[str]] = {}
        for row in self._do(wanted.where(reading.c.key.in_(newest), claim.c.place.is_not(None))):
            counted.setdefault(row.article_id, Counter())[row.place] += 1
        return {
            id_: sorted(places, key=lambda place: (-places[place], place))[:_PLACES] for id_, places in counted.items()
        }


def pieces(number: int) -> list[int]:
    """The keys under which a hash is filed: one for each of its pieces."""
    mask = (1 << _BITS) - 1
    return [place << _BITS | number >> place * _BITS & mask for place in range(_PIECES)]


def _may_be_near(number: int) -> Select[Any]:
    """The frames that share one of the pieces of ``number``, or differ from it there in one bit."""
    under = [one ^ flip for one in pieces(number) for flip in (0, *(1 << bit for bit in range(_BITS)))]
    same = (frame.c.look_key == piece.c.look_key) & (frame.c.number == piece.c.number)
    columns = (frame.c.look_key, frame.c.pdq, frame.c.seconds)
    return select(*columns).select_from(piece.join(frame, same)).where(piece.c.piece.in_(under))


def _first_of_each(wanted: Select[Any], order: ColumnElement[Any]) -> Select[Any]:
    """The first ``_TOLD`` rows of sightings of each picture or video, in this order."""
    place = func.row_number().over(partition_by=sighting.c.medium_key, order_by=order).label("place")
    placed = wanted.add_columns(place).subquery()
    return select(placed).where(placed.c.place <= _TOLD).order_by(placed.c.medium_key, placed.c.place)


def _seen_in(f: Filters) -> Any:
    """The keys of what was seen in an article that meets ``f``."""
    chosen = queries.articles(replace(f, limit=None)).order_by(None).with_only_columns(article.c.id)
    attached = select(sighting.c.medium_key).where(sighting.c.article_id.in_(chosen))
    shown = select(sighting.c.medium_key).join(cited, cited.c.url == sighting.c.url)
    return attached.union(shown.where(cited.c.article_id.in_(chosen)))


def _first_seen(keys: Sequence[int]) -> Select[Any]:
    wanted = select(sighting.c.medium_key, func.min(sighting.c.at).label("first")).where(
        sighting.c.medium_key.in_(keys)
    )
    return wanted.group_by(sighting.c.medium_key)


def _look(row: Row[Any], frames: list[KeyFrame]) -> Look:
    return Look(
        width=row.width,
        height=row.height,
        seconds=row.seconds,
        frames=tuple(frames),
        says=FileSays(**json.loads(row.says)),
        credentials=Credentials(**json.loads(row.credentials)) if row.credentials else None,
        thumbnail=row.thumbnail,
        problem=row.problem,
        made_with=row.made_with,
    )


def _medium_row(row: Row[Any], latest: Look, seen: Sequence[Seen], at: str) -> MediumRow:
    return MediumRow(
        id=row.sha256[:ID],
        sha256=row.sha256,
        kind=row.kind,
        size=row.size,
        width=latest.width,
        height=latest.height,
        seconds=latest.seconds,
        frames=len(latest.frames),
        credentials=latest.credentials.state if latest.credentials else None,
        taken=latest.says.taken,
        lat=latest.says.lat,
        lon=latest.says.lon,
        camera=latest.says.camera,
        articles=_once(one.article.id for one in seen if one.article),
        claims=_once(one.claim.id for one in seen if one.claim),
        urls=_once(one.url for one in seen if one.url),
        kept=bool(row.kept),
        problem=latest.problem,
        at=at,
    )


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _published(seen: Seen) -> tuple[bool, str, str]:
    """What sorts by when something was published, the undated last, by when they were attached."""
    when = seen.article.published if seen.article else None
    return when is None, when or "", seen.at
