"""The ledger: store what was read, ask for it again."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self, TypeVar
from weakref import WeakSet

from sqlalchemy import URL, Connection, Engine, Row, Select, select

from sayso.errors import LedgerError, NotThereError
from sayso.ledger import corrections, custody, decisions, exchanges, prepared, queries, storing
from sayso.ledger.browse import Browse
from sayso.ledger.claims import claimant_id, ids_with
from sayso.ledger.database import WRITING, add, connect, db_url, file_of, may_log, name_of, shown, translated
from sayso.ledger.decisions import Decisions, Judged, Judgement
from sayso.ledger.ids import full_id
from sayso.ledger.linked import AlikeEpisodes, Linked
from sayso.ledger.media import Media
from sayso.ledger.rows import (
    Called,
    article_row,
    by_party,
    claim_row,
    claimant_row,
    claimant_rows,
    context_of,
    echo_row,
    link_row,
    names_used,
    reading_json,
    storable,
    story_row,
    unpack,
    waiting_row,
    warning_row,
)
from sayso.ledger.schema import claim, exchange, quarantine, snapshot, stamp, story
from sayso.ledger.upgrade import bring_up_to_date, schema_of
from sayso.media_types import Look, MediaFile, Sighting
from sayso.types import (
    Agreement,
    ArticleRow,
    ClaimantRow,
    ClaimRow,
    DecisionRow,
    EchoRow,
    Exchange,
    ExchangeRow,
    Filters,
    Head,
    LinkRow,
    Provenance,
    Quarantined,
    QuarantineRow,
    Reading,
    Received,
    Span,
    StoryRow,
    Waiting,
    WarningRow,
)

Remake = Callable[[Linked, DecisionRow], None]
"""Makes again what linking has made of that on which a decision was taken, or taken back."""

Listed = TypeVar("Listed")


class MissingError(NotThereError):
    """There is no ledger yet where one was expected."""


class StoredArticle(NamedTuple):
    """An article, its latest reading as ``Reading.to_json`` gives it (None: stored, but not read), and its text."""

    row: ArticleRow
    reading: dict[str, Any] | None
    text: str


class StoredClaim(NamedTuple):
    """A claim, its article, and the paragraphs of the article's text that hold its content."""

    row: ClaimRow
    article: ArticleRow
    context: Span


class StoredStory(NamedTuple):
    """A story with its claims, how they relate to others and among each other, the articles that tell it, and what
    listed bodies found that concerns it."""

    row: StoryRow
    claims: tuple[ClaimRow, ...]
    links: tuple[LinkRow, ...]
    echoes: tuple[EchoRow, ...]
    articles: tuple[ArticleRow, ...]
    warnings: tuple[WarningRow, ...]
    findings: tuple[ClaimRow, ...]


class StoredClaimant(NamedTuple):
    """A party that speaks, its claims, and how many of these were the first of their kind, were repeated by others,
    were denied, and were agreed to by independent others."""

    row: ClaimantRow
    first: int
    echoed: int
    denied: int
    agreed: int
    claims: tuple[ClaimRow, ...]
    links: tuple[LinkRow, ...]


class Ledger:
    """A ledger in one SQLite file, or in a PostgreSQL database. Others may read it, and wait their turn to write it,
    while it is open here. ``where`` is how messages name it; ``path`` its file, None for one in PostgreSQL.

    Every method raises LedgerError where it cannot be read or written, and says what to do.
    """

    def __init__(self, engine: Engine, url: URL) -> None:
        """Use ``Ledger.open``, which sees to the schema."""
        self._engine = engine
        self._writer = engine.execution_options(**WRITING)
        self._url = url
        self.where = name_of(url)
        self.path = file_of(url)

    @classmethod
    def open(cls, where: str, *, create: bool = True) -> Ledger:
        """Open the ledger that ``where``, a file or URL, names, and bring it to this Sayso's schema.

        A missing file is made, unless ``create`` is False, and so are the tables in an empty PostgreSQL database, which
        must be there. Raises NotThereError where it is missing or no ledger;
        LedgerError where it cannot be used, or was written by a newer Sayso;
        UsageError where ``where`` names something that can't hold a ledger.
        """
        url = db_url(where)
        path, name = file_of(url), shown(where)
        if path is not None and path.is_dir():
            raise NotThereError(f"{where} is a folder. Give a file, as in {Path(where) / 'sayso.db'}")
        missing = MissingError(f"no ledger at {name}; make one with: sayso read PATH --ledger {name}")
        if not create and path is not None and not path.exists():
            raise missing
        engine = connect(url, create=create)
        try:
            with translated(url):
                if not create and _is_blank(engine, url):
                    raise missing
                bring_up_to_date(engine, url)
        except LedgerError:
            engine.dispose()
            raise
        return cls(engine, url)

    def close(self) -> None:
        """Close it. What was stored is on disk already."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    # What goes in

    def holds(self, article_id: str, provenance: Provenance) -> bool:
        """True if this very reader has read the article."""
        with self._reading() as connection:
            return storing.has_read(connection, article_id, provenance)

    def store(self, received: Received, reading_: Reading | None) -> bool:
        """Store an article with its reading, all of it or nothing; None for an article that was not read.

        Returns False where that changes nothing. A reading by another reader is added; the former one stays.
        """
        storing.check_bytes(received)
        with self._writing() as connection:
            return storing.store(connection, received, reading_)

    def store_all(self, items: Sequence[storing.Item]) -> int:
        """Store many articles in one transaction, each as ``store`` does; how many of them that changed."""
        for received, _ in items:
            storing.check_bytes(received)
        with self._writing() as connection:
            return storing.store_all(connection, items)

    def quarantine(self, q: Quarantined) -> bool:
        """Set input aside. Returns False if the same input was set aside for the same reason before."""
        values = {"location": storable(q.location), "sha256": q.sha256, "reason": storable(q.reason)}
        known = select(quarantine.c.key).where(*(quarantine.c[n].is_not_distinct_from(v) for n, v in values.items()))
        with self._writing() as connection:
            if connection.execute(known).first():
                return False
            kept = q.data is not None and q.sha256 is not None
            added = storing.keep(connection, str(q.sha256), q.data or b"") if kept else []
            added.append((quarantine, [add(connection, quarantine, values | {"at": q.at})]))
            custody.enter(connection, "quarantined", values["location"], {"sha256": q.sha256}, added)
        return True

    def note(self, what: custody.What, subject: str | None = None, detail: Mapping[str, Any] | None = None) -> None:
        """Enter in the log what is about to be done that adds no row: an export, a page that is shown.

        A ledger that may only be read keeps no log of that.
        """
        with self._reading() as connection:
            if not may_log(connection, self._url):
                return
        with self._writing() as connection:
            custody.enter(connection, what, subject, detail)

    def keep_exchange(self, made: Exchange) -> None:
        """Keep what was asked of a server and what it answered. It is added, whatever is there."""
        digest = hashlib.sha256(made.warc).hexdigest()
        columns = {name: getattr(made, name) for name in ("url", "at", "status", "payload_sha256")}
        columns |= {"sha256": digest, "etag": made.etag, "last_modified": made.last_modified}
        with self._writing() as connection:
            added = storing.keep(connection, digest, made.warc)
            added.append((exchange, [add(connection, exchange, columns)]))
            custody.enter(connection, "fetched", made.url, rows=added)

    def attach(self, file: MediaFile, looked: Look | None, seen: Sighting) -> bool:
        """Store a picture or video, what was found in it (None: as before) and where it was seen, all of it or nothing.
        False where all of that is known."""
        with self._writing() as connection:
            added = [] if file.data is None else storing.keep(connection, file.sha256, file.data)
            added += Media(connection).add(file, looked, seen)
            if added:
                where = {"article": seen.article, "claim": seen.claim, "url": seen.url}
                custody.enter(connection, "attached", file.sha256, where, added, seen.who)
            return bool(added)

    # What comes out

    def last_exchange(self, url: str) -> ExchangeRow | None:
        """The last exchange that brought or confirmed the page at ``url`` that the ledger holds."""
        return next(self._listed(exchanges.last_of(url), exchanges.exchange_row), None)

    def exchanges_of(self, article_id: str) -> list[ExchangeRow]:
        """The exchanges that brought or confirmed the page that an article was read from, the first one first."""
        return list(self._listed(exchanges.of_article(article_id), exchanges.exchange_row))

    def articles(self, f: Filters = Filters()) -> Iterator[ArticleRow]:  # noqa: B008 (frozen)
        """Articles by date of publication, then id. Filters on claims ask for a claim that meets them all."""
        return self._listed(queries.articles(f), article_row)

    def claims(self, f: Filters = Filters()) -> Iterator[ClaimRow]:  # noqa: B008 (frozen)
        """The claims of each article's latest reading, by date of publication, article, and place in the text."""
        return self._listed(queries.claims(f), claim_row)

    def claimants(
        self,
        f: Filters = Filters(),  # noqa: B008 (frozen)
        party_of: Mapping[str, str] | None = None,
    ) -> Iterator[ClaimantRow]:
        """Who claims something, those with most claims first. ``by`` narrows it to claimants with such a name. Names
        are one's where they are spelt alike or people say so; or where ``party_of`` leads to one name."""
        with self._reading() as connection:
            judged = Decisions(connection).judged("party")
            called = set(connection.execute(queries.ids_called(f.by)).scalars()) if f.by is not None else set()
            joined = {one for id_ in called for one in judged.one_with(id_)} | ids_with(called, party_of or {})
            rows = connection.execute(queries.spellings(f, sorted(joined))).all()
        return iter(claimant_rows(rows, judged, party_of)[: f.limit])

    def called(self) -> list[Called]:
        """Who claims something, as ``claimants`` has it, with no more than names and numbers."""
        with self._reading() as connection:
            judged = Decisions(connection).judged("party")
            rows = connection.execute(queries.names_used()).all()
        found = (
            Called(id_, names_used(some), sum(r.times for r in some)) for id_, some in by_party(rows, judged).items()
        )
        return sorted(found, key=lambda party: (-party.claims, party.names[0], party.id))

    def quarantined(self, f: Filters = Filters()) -> Iterator[QuarantineRow]:  # noqa: B008 (frozen)
        """What was set aside, by time; ``since`` and ``until`` are about that time. UsageError for other filters."""
        return self._listed(
            queries.quarantined(f), lambda row: QuarantineRow(row.location, row.sha256, row.reason, row.at)
        )

    def article(self, id_: str) -> StoredArticle:
        """The article whose id begins with ``id_``. NotThereError if there is none, or more than one."""
        with self._reading() as connection:
            full = full_id(connection, id_, "article", self.where)
            row = connection.execute(queries.article_by_id(full)).one()
            text = unpack(row.text)
            return StoredArticle(article_row(row), reading_json(row, text), text)

    def claim(self, id_: str) -> StoredClaim:
        """The claim whose id begins with ``id_``, as last read. NotThereError if there is none, or more than one."""
        with self._reading() as connection:
            full = full_id(connection, id_, "claim", self.where)
            row = connection.execute(queries.claim_by_id(full)).one()
            source = connection.execute(queries.article_by_key(row.article_key)).one()
            found = claim_row(row)
            return StoredClaim(found, article_row(source), context_of(unpack(source.text), found))

    def head_of_article(self, id_: str) -> Head:
        """Who published the article with this id, and when; None for what is not known."""
        return self._head(prepared.HEAD_OF_ARTICLE, id_)

    def head_of_claim(self, id_: str) -> Head:
        """Who makes the claim with this id, and when that was published; None for what is not known."""
        return self._head(prepared.HEAD_OF_CLAIM, id_)

    def _head(self, statement: Select[Any], id_: str) -> Head:
        with self._reading() as connection:
            row = connection.execute(statement, {"id": id_}).one_or_none()
        return (None, None) if row is None else (row[0], row[1])

    def stories(self, f: Filters = Filters()) -> Iterator[StoryRow]:  # noqa: B008 (frozen)
        """Stories by their last day, the newest first. Filters on claims ask for a claim that meets them all."""
        return self._listed(queries.stories(f), lambda row: story_row(row.body))

    def echoes(self, f: Filters = Filters()) -> Iterator[EchoRow]:  # noqa: B008 (frozen)
        """The articles that copy others, by date of publication."""
        return self._listed(queries.echoes(f), echo_row)

    def links(self, f: Filters = Filters()) -> Iterator[LinkRow]:  # noqa: B008 (frozen)
        """How claims relate, by the date of publication of the later one; filters are about that one."""
        return self._listed(queries.links(f), link_row)

    def warnings(self, f: Filters = Filters()) -> Iterator[WarningRow]:  # noqa: B008 (frozen)
        """What was warned of, and what came of it, by the date of publication of the warning."""
        with self._reading() as connection:
            last = connection.execute(queries.last_day()).scalar()
        return self._listed(queries.warnings(f), lambda row: warning_row(row.body, last))

    def story_row(self, id_: str) -> StoryRow:
        """The row alone of the story whose id begins with ``id_``. NotThereError as for ``story``."""
        with self._reading() as connection:
            full = full_id(connection, id_, "story", self.where)
            return story_row(connection.execute(select(story.c.body).where(story.c.id == full)).scalar_one())

    def story(self, id_: str) -> StoredStory:
        """The story whose id begins with ``id_``. NotThereError if there is none, or more than one."""
        with self._reading() as connection:
            full = full_id(connection, id_, "story", self.where)
            last = connection.execute(queries.last_day()).scalar()
            row = story_row(connection.execute(select(story.c.body).where(story.c.id == full)).scalar_one())
            ids = queries.ids_told(full)
            claims = tuple(claim_row(r) for r in connection.execute(queries.claims_with_ids(ids)))
            return StoredStory(
                row,
                claims,
                tuple(link_row(r) for r in connection.execute(queries.links_of(ids))),
                tuple(echo_row(r) for r in connection.execute(queries.echoes_in(full))),
                tuple(article_row(r) for r in connection.execute(queries.articles_telling(full))),
                tuple(warning_row(body, last) for body in connection.execute(queries.warnings_of(ids)).scalars()),
                tuple(claim_row(r) for r in connection.execute(queries.claims_with_ids(queries.ids_found(ids)))),
            )

    def claimant(self, ids: Sequence[str], name: str) -> StoredClaimant:
        """What the claimants with these ids claim, as one party that goes by ``name``."""
        with self._reading() as connection:
            spelt = connection.execute(queries.spellings_of(ids)).all()
            claims = tuple(claim_row(r) for r in connection.execute(queries.claims_by(ids)))
            links = tuple(link_row(r) for r in connection.execute(queries.links_of(queries.ids_by(ids))))
        row = replace(claimant_row(claimant_id(name), list(spelt)), name=name)
        mine = {c.id for c in claims}
        told_again = {x.to for x in links if x.to in mine and x.relation == "repeats"}
        repeats = {x.from_ for x in links if x.from_ in mine and x.relation in ("repeats", "agrees")}
        return StoredClaimant(
            row,
            first=len(mine - repeats),
            echoed=len(told_again),
            denied=len({x.to for x in links if x.to in mine and x.relation == "denies"}),
            agreed=len({x.to for x in links if x.to in mine and x.relation == "agrees"}),
            claims=claims,
            links=links,
        )

    def claims_of(self, article_id: str) -> Iterator[ClaimRow]:
        """The claims of one article's latest reading, in text order."""
        return self._listed(queries.claims_in(article_id), claim_row)

    def bodies(self) -> list[tuple[str, int]]:
        """The bodies whose word the user calls findings, with how many claims each has in the ledger, by name."""
        with self._reading() as connection:
            return [(str(name), int(claims)) for name, claims in connection.execute(queries.bodies())]

    def waiting(self) -> int:
        """How many readings were not linked yet."""
        with self._reading() as connection:
            return Linked(connection).count_waiting()

    # What people say of it

    def decide(self, said: Judgement, remake: Remake) -> DecisionRow:
        """Enter a decision, and have what rests on it made again, all in one transaction: ``sayso.deciding.decide``
        does it with what linking makes. Claims may be given by the beginnings of their ids.

        UsageError where it cannot be so, or contradicts decisions that hold; NotThereError for an unknown claim.
        """
        with self._writing() as connection:
            linked = Linked(connection)
            made = Decisions(connection).add(self._whole(connection, said), linked.nodes_of)
            remake(linked, made)
        return made

    def undo(self, said: Judgement, remake: Remake) -> DecisionRow:
        """Take back what ``said.user`` decided on a thing; otherwise as ``decide``. Any verdict on the thing will do.
        NotThereError where nothing stands."""
        with self._writing() as connection:
            linked = Linked(connection)
            gone = Decisions(connection).undo(self._whole(connection, said), linked.nodes_of)
            remake(linked, gone)
        return gone

    def decisions(self, about: str | None = None, limit: int | None = None) -> Iterator[DecisionRow]:
        """All decisions, the newest first, those that were superseded or taken back too. ``about`` narrows it to those
        on one claim, by the beginning of its id, or on one party, by its name."""
        ids: list[str] = []
        if about is not None:
            with self._reading() as connection:
                found = connection.execute(queries.ids_from(claim.c.id, about, limit=2)).scalars().all()
            ids = [*found, claimant_id(about)] if len(found) < 2 else [claimant_id(about)]
        return self._listed(decisions.listed(ids, limit), decisions.decision_row)

    def judged_parties(self) -> Judged:
        """Which claimants people hold to be one, and which to be two."""
        with self._reading() as connection:
            return Decisions(connection).judged("party")

    def queue(self, limit: int = 50) -> Iterator[Waiting]:
        """The claims on which nobody has decided, those first that are least certain and most used.

        The doubt is one less the reader's confidence; it counts once for the claim itself, and once more for each link
        to or from another claim: its echoes, who agrees, who denies or differs, what fits it.
        ``sayso.deciding.queue`` has claims, and what parties and stories to decide on, in one list.
        """
        return self._listed(queries.undecided(limit), waiting_row)

    def alike_episodes(self, from_: float) -> AlikeEpisodes:
        """See ``Linked.alike_episodes``."""
        with self._reading() as connection:
            return Linked(connection).alike_episodes(from_)

    def story_heads(self, story_ids: Collection[str]) -> dict[str, tuple[StoryRow, str | None]]:
        """See ``Linked.heads``."""
        with self._reading() as connection:
            return Linked(connection).heads(story_ids)

    def agreement(self, one: str, other: str) -> Agreement:
        """How far two people agree on the claims that both decided: by what each said last of each."""
        with self._reading() as connection:
            said, replied = (
                {row.about: row.verdict for row in connection.execute(decisions.verdicts_of(user))}
                for user in (one, other)
            )
        return decisions.agreement(one, other, said, replied)

    def corrections(self) -> Iterator[dict[str, Any]]:
        """The readings of the articles on whose claims somebody has decided, with what was decided put in, as ``sayso
        train --corrections`` takes them; see ``ledger.corrections``."""
        with self._reading() as connection:
            ids = connection.execute(corrections.articles_decided()).scalars().all()
            holding = {row.about: row for row in self._listed(decisions.standing("claim"), decisions.decision_row)}
        for id_ in ids:
            if (read := self.article(id_).reading) is not None:
                yield corrections.corrected(read, list(self._listed(queries.claims_read(id_), claim_row)), holding)

    def _whole(self, connection: Connection, said: Judgement) -> Judgement:
        """The judgement with whole ids of claims."""
        if decisions.topic(said.verdict) == "party":
            return said
        about = full_id(connection, said.about, "claim", self.where)
        return replace(said, about=about, other=said.other and full_id(connection, said.other, "claim", self.where))

    @contextmanager
    def linking(self) -> Iterator[Linked]:
        """The tables of linking, in one transaction: all that is done within is kept, or nothing."""
        with self._writing() as connection:
            yield Linked(connection)

    @contextmanager
    def browsing(self) -> Iterator[Browse]:
        """Questions of somebody who browses, all answered as the ledger is at one moment."""
        with self._reading() as connection:
            yield Browse(connection)

    @contextmanager
    def media(self, *, writing: bool = False) -> Iterator[Media]:
        """Pictures and videos, in one transaction; ``writing`` for one that stores anything."""
        with (self._writing if writing else self._reading)() as connection:
            yield Media(connection)

    @contextmanager
    def at_one_moment(self) -> Iterator[Ledger]:
        """This ledger to be asked as it is now: whatever is written meanwhile, all answers are of one moment."""
        with self._reading() as connection:
            moment = _Moment(self._engine, self._url, connection)
            try:
                yield moment
            finally:
                moment.end()

    def data(self, sha256: str) -> bytes:
        """The bytes with this hash, as they were received. NotThereError if the ledger has none."""
        with self._reading() as connection:
            kept = connection.execute(select(snapshot.c.data).where(snapshot.c.sha256 == sha256)).scalar()
            if kept is None:
                raise NotThereError(f"{self.where} holds no bytes with the hash {sha256}.")
            return zlib.decompress(kept)

    def keep_stamp(self, log_key: int, authority: str, token: bytes) -> None:
        """Keep a time stamp of a log entry."""
        row = {"log_key": log_key, "authority": storable(authority), "token": token}
        with self._writing() as connection:
            added = [(stamp, [add(connection, stamp, row)])]
            custody.enter(connection, "stamped", str(log_key), {"authority": row["authority"]}, added)

    @contextmanager
    def reading_all(self) -> Iterator[Connection]:
        """The tables themselves, as they are at one moment, for what takes the ledger whole."""
        with self._reading() as connection:
            yield connection

    @contextmanager
    def writing_all(self) -> Iterator[Connection]:
        """The tables themselves, in one transaction: all that is done within is kept, or nothing."""
        with self._writing() as connection:
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with translated(self._url), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with translated(self._url), self._writer.begin() as connection:
            yield connection

    def _listed(self, statement: Select[Any], record: Callable[[Row[Any]], Listed]) -> Iterator[Listed]:
        """Rows as they come, so that a listing of any length needs little memory."""
        with self._reading() as connection, connection.execute(statement, execution_options=_AS_THEY_COME) as rows:
            for row in rows:
                yield record(row)


_AS_THEY_COME = {"stream_results": True, "max_row_buffer": 500}  # where a driver would fetch them all at once


class _Moment(Ledger):
    """A ledger all of whose answers come from one transaction."""

    def __init__(self, engine: Engine, url: URL, connection: Connection) -> None:
        super().__init__(engine, url)
        self._connection = connection
        self._begun: WeakSet[Any] = WeakSet()  # listings, which may not have been read to their end

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with translated(self._url):
            yield self._connection

    def _listed(self, statement: Select[Any], record: Callable[[Row[Any]], Listed]) -> Iterator[Listed]:
        begun = super()._listed(statement, record)
        self._begun.add(begun)
        return begun

    def end(self) -> None:
        """Let go of what was begun to be listed, while the transaction is there."""
        for begun in list(self._begun):
            begun.close()


def _is_blank(engine: Engine, url: URL) -> bool:
    with engine.connect() as connection:
        return schema_of(connection, url) is None
