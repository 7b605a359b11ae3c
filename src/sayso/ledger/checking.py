"""Is the ledger as it was written? Its log, each row of evidence against the log, bytes and texts against their
hashes, each span against its text, and what rows say of each other.

What linking and decisions make of the readings (``linked`` to ``warning``, ``decided``, the search index) is no
evidence: it can be made again, and isn't looked at beyond what the database itself checks.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Table, func, select
from sqlalchemy.exc import DBAPIError

from sayso.config import Limits
from sayso.ledger import custody
from sayso.ledger.custody import EVIDENCE, Row
from sayso.ledger.database import is_damage
from sayso.ledger.decisions import VERDICTS
from sayso.ledger.rows import storable
from sayso.ledger.schema import article, claim, decision, log, log_head, reading, snapshot, stamp
from sayso.ledger.stamps import NotCheckedError, Roots, check_stamp

Watch = Callable[[int, int], None]
"""Is told how many rows of how many have been looked at."""

_OF_ARTICLES = ("stored", "reread")  # entries whose subject is an article
LISTED = 1_000  # broken links that are kept to be told; the others are counted
_PIECE = 1 << 20
_READING_BYTES = 256 << 20  # one reading, expanded
_CHARACTER = 4  # bytes of UTF-8, at the most
_NONE_SEALED = (0, hashlib.sha256().hexdigest())


@dataclass(frozen=True, slots=True)
class Broken:
    """Something that is not as it was written: where it is, and what is wrong with it."""

    where: str
    said: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What a check found. ``broken`` are the first of ``count``; ``entries`` are those of the log, ``head`` the hash of
    the last; ``rows`` of evidence and ``stamps`` were held against it. ``notes`` say what could not be checked."""

    broken: tuple[Broken, ...]
    count: int
    entries: int
    head: str | None
    rows: int
    stamps: int
    notes: tuple[str, ...]


class Findings:
    """What is found while one looks: broken links, and what could not be checked."""

    def __init__(self) -> None:
        self.broken: list[Broken] = []
        self.count = 0
        self.notes: list[str] = []

    def broke(self, where: str, said: str) -> None:
        """Note something that is not as it was written."""
        self.count += 1
        if len(self.broken) < LISTED:
            self.broken.append(Broken(where, said))

    def note(self, said: str) -> None:
        """Note what could not be checked, once."""
        if said not in self.notes:
            self.notes.append(said)

    def look(self, where: str, check: Callable[[], None]) -> None:
        """Run one check; where what it meets is too damaged to be looked at, that is what it found.

        What is no damage is raised: a server that is gone, a file that is busy, too little memory.
        """
        try:
            check()
        except Exception as error:  # whatever damaged data makes fail, it is the damage that is told
            if _is_no_finding(error):
                raise
            said = ": ".join([type(error).__name__, *str(error).splitlines()[:1]])
            self.broke(where, f"cannot be looked at: {said[:200]}")


def _is_no_finding(error: Exception) -> bool:
    """True for what says nothing of a row; and where the database is damaged, but can be asked nothing more."""
    if isinstance(error, DBAPIError):
        return not is_damage(error) or not isinstance(error.orig, sqlite3.Error)
    return isinstance(error, MemoryError)


Cover = tuple[Any, Any, int, str, int, str | None]


@dataclass(slots=True)
class Answers:
    """What the log's entries answer for in one table: [first key, last key, rows, hash, entry, article] in the order
    of keys, the article None where the entry is of none; and how many rows an upgrade sealed, with their hash."""

    covers: list[Cover] = field(default_factory=list)
    sealed: tuple[int, str] = _NONE_SEALED

    def holding(self, found: Findings, table: str) -> Holding:
        """What holds the rows of the table against it, when all entries are taken in."""
        self.covers.sort(key=lambda one: one[0])
        return Holding(found, table, self.covers)


def take_in(answers: Mapping[str, Answers], entry: Row) -> dict[str, str]:
    """Note what an entry of the log answers for; returns the decisions that it ends, by their keys, and when."""
    detail = json.loads(entry["detail"])
    of = entry["subject"] if entry["what"] in _OF_ARTICLES else None
    for name, (first, last, count, hashed) in detail.get("rows", {}).items():
        if name in answers:
            answers[name].covers.append((first, last, count, hashed, entry["key"], of))
    for name, (count, hashed) in detail.get("sealed", {}).items():
        if name in answers:
            answers[name].sealed = (count, hashed)
    ended: dict[str, str] = detail.get("superseded", {})
    return ended


class Holding:
    """Holds the rows of one table, in the order of their keys, against the entries that answer for them."""

    def __init__(self, found: Findings, table: str, covers: list[Cover]) -> None:
        self._found, self._table, self._covers = found, table, covers
        self._starts = [one[0] for one in covers]
        self._met: set[int] = set()
        self._now: int | None = None
        self._count, self._hash = 0, hashlib.sha256()
        self.unanswered, self._others, self._first_other = 0, hashlib.sha256(), None

    def take(self, key: Any, line: bytes) -> None:
        """The next row, by its key and as it is hashed."""
        number = bisect_right(self._starts, key) - 1
        if number < 0 or key > self._covers[number][1]:
            self.unanswered += 1
            self._others.update(line)
            self._first_other = key if self._first_other is None else self._first_other
            return
        if number != self._now:
            self._settle()
            self._now, self._count, self._hash = number, 0, hashlib.sha256()
            self._met.add(number)
        self._count += 1
        self._hash.update(line)

    def _settle(self) -> None:
        if self._now is None:
            return
        first, last, count, hashed, entry, of = self._covers[self._now]
        if (self._count, self._hash.hexdigest()) == (count, hashed):
            return
        where = f"{self._table} {first}" if first == last else f"{self._table} {first} to {last}"
        where += f", of article {of}" if of else ""
        more = f": there are {self._count} rows in place of {count}" if self._count != count else ""
        self._found.broke(where, f"not what log entry {entry} says that was stored{more}")

    def end(self, sealed: tuple[int, str] | None) -> None:
        """When all rows have come. Those that no entry answers for are to be those that were ``sealed``; None where
        that cannot be known."""
        self._settle()
        for number, (first, _, _, _, entry, of) in enumerate(self._covers):
            if number not in self._met:
                where = f"{self._table} {first}, of article {of}" if of else f"{self._table} {first}"
                self._found.broke(where, f"is not there; log entry {entry} tells of it")
        if sealed is None or (self.unanswered, self._others.hexdigest()) == sealed:
            return
        where = self._table if self._first_other is None else f"{self._table} {self._first_other}"
        if sealed[0]:
            said = f"{self.unanswered} rows, from this one on, are not the {sealed[0]} that an upgrade found and sealed"
        else:
            said = "is a row that no entry of the log tells of"
        self._found.broke(where, said)


class _Check:
    """One check of a ledger, on a connection that sees one moment."""

    def __init__(self, connection: Connection, limits: Limits, roots: Roots | None, head: str | None) -> None:
        self.found = Findings()
        self.rows = self.entries = self.stamps = 0
        self.head: str | None = None
        self._connection, self._do = connection, connection.execute
        self._limits, self._roots, self._wanted = limits, roots, head
        self.answers = {table.name: Answers() for table in EVIDENCE}
        self._superseded: dict[str, str] = {}
        self._hashes: dict[int, str] = {}

    def run(self, watch: Watch | None) -> None:
        """Look at everything."""
        total = 0
        for table in (log, *EVIDENCE, article):  # articles twice: as rows, and for what is in them
            total += self._count(table)
        self._advance = _counter(watch, total)
        self.found.look("the database", self._database)
        self.found.look("the log", self._log)
        for table in EVIDENCE:
            self.found.look(table.name, lambda table=table: self._rows(table))  # type: ignore[misc]
        self.found.look("snapshot", self._bytes)
        self.found.look("article", self._articles)
        self.found.look("decision", self._decisions)
        self.found.look("stamp", self._stamps)

    def _count(self, table: Table) -> int:
        try:
            return int(self._do(select(func.count()).select_from(table)).scalar_one())
        except DBAPIError as error:
            if _is_no_finding(error):
                raise
            return 0  # what is wrong with it is told when it is looked at

    # The database

    def _database(self) -> None:
        """What the database itself finds: pages, indexes, references."""
        if self._connection.dialect.name != "sqlite":
            return  # a server checks its references always, and its pages as it is set to
        for (said,) in self._connection.exec_driver_sql("PRAGMA integrity_check"):
            if said != "ok":
                self.found.broke("the file", str(said))
        for row in self._connection.exec_driver_sql("PRAGMA foreign_key_check"):
            self.found.broke(f"{row[0]} {row[1]}", f"refers to a row of {row[2]} that is not there")

    # The log

    def _log(self) -> None:
        before = custody.START
        for entry in self._do(select(log).order_by(log.c.key), execution_options={"yield_per": 1000}).mappings():
            self._advance()
            where = f"log entry {entry['key']}"
            if entry["key"] != self.entries + 1:
                self.found.broke(f"log entry {self.entries + 1}", "is missing")
            if entry["hash"] != custody.chained(before, custody.content_hash(entry)):
                self.found.broke(where, "is not what its hash and the entry before say")
            before, self.entries = entry["hash"], entry["key"]
            self._hashes[entry["key"]] = entry["hash"]
            self.found.look(where, lambda entry=entry: self._take_in(entry))  # type: ignore[misc]
        self.head = before if self.entries else None
        reached = [tuple(row) for row in self._do(select(log_head))]
        if reached != [(1, self.entries, before)]:
            said = ", ".join(f"entry {entries}" for _, entries, _ in reached) or "nothing"
            self.found.broke(
                "the end of the log", f"is at entry {self.entries}; where it is kept a second time: {said}"
            )
        if self._wanted and self._wanted not in self._hashes.values():
            self.found.broke("the log", f"has no entry with the hash {self._wanted}")

    def _take_in(self, entry: Row) -> None:
        self._superseded |= take_in(self.answers, entry)

    # The rows

    def _rows(self, table: Table) -> None:
        """Each row of a table against the entry that answers for it; the others against what an upgrade sealed."""
        of_key = table.primary_key.columns[0].name
        holding = self.answers[table.name].holding(self.found, table.name)
        for row in custody.in_order(self._connection, table):
            self._advance()
            self.rows += 1
            holding.take(row[of_key], custody.as_hashed(table.name, row))
        holding.end(self.answers[table.name].sealed)

    # What is in them

    def _bytes(self) -> None:
        """The bytes as received have the hashes by which they are kept."""
        # Each for itself: one that is damaged must not hide the next.
        for sha256 in self._do(select(snapshot.c.sha256).order_by(snapshot.c.sha256)).scalars().all():
            self.found.look(f"snapshot {sha256}", lambda sha256=sha256: self._byte(sha256))  # type: ignore[misc]

    def _byte(self, sha256: str) -> None:
        data = self._do(select(snapshot.c.data).where(snapshot.c.sha256 == sha256)).scalar_one()
        total = hashlib.sha256()
        for piece in expanded(data, self._limits.expanded_bytes):
            total.update(piece)
        if total.hexdigest() != sha256:
            self.found.broke(f"snapshot {sha256}", f"holds bytes with another hash, {total.hexdigest()}")

    def _articles(self) -> None:
        """Texts against their hashes, and spans against the texts."""
        for key in self._do(select(article.c.key).order_by(article.c.key)).scalars().all():
            self._advance()
            self.found.look(f"article {key}", lambda key=key: self._article(key))  # type: ignore[misc]

    def _article(self, key: int) -> None:
        row = self._do(select(article).where(article.c.key == key)).mappings().one()
        for said in wrong_with_article(row, self._limits):
            self.found.broke(f"article {row['id']}", said)
        text = text_of(row["text"], self._limits)
        mine = reading.c.article_id == row["id"], reading.c.article_key == key
        for read in self._do(select(reading).where(*mine).order_by(reading.c.key)).mappings():
            where = f"reading {read['key']} of article {row['id']}"
            for said in wrong_with_reading(read["body"], text):
                self.found.broke(where, said)
            for told in self._do(select(claim).where(claim.c.reading_key == read["key"])).mappings():
                for said in wrong_with_claim(told, text):
                    self.found.broke(f"claim {told['id']}", said)

    def _decisions(self) -> None:
        """Decisions are on claims that are there, and ended when the log says."""
        for row in self._do(select(decision).order_by(decision.c.key)).mappings():
            where = f"decision {row['key']}"
            if row["superseded_at"] != self._superseded.pop(str(row["key"]), None):
                self.found.broke(where, "was not superseded when the log says")
            ids = () if row["verdict"] in VERDICTS["party"] else filter(None, (row["about"], row["other"]))
            for id_ in ids:
                if self._do(select(claim.c.key).where(claim.c.id == id_).limit(1)).first() is None:
                    self.found.broke(where, f"is on claim {id_}, which is not there")
        for key in self._superseded:
            self.found.broke(f"decision {key}", "is not there; the log tells of its end")

    def _stamps(self) -> None:
        for row in self._do(select(stamp).order_by(stamp.c.key)).mappings():
            self.stamps += 1
            self.found.look(f"time stamp {row['key']}", lambda row=row: self._stamp(row))  # type: ignore[misc]

    def _stamp(self, row: Row) -> None:
        hold_stamp(self.found, f"time stamp {row['key']}", row["token"], self._hashes.get(row["log_key"]), self._roots)


def check(
    connection: Connection,
    limits: Limits,
    *,
    roots: Roots | None = None,
    head: str | None = None,
    watch: Watch | None = None,
) -> Verified:
    """Check a whole ledger. ``roots`` are the certificates that time stamps must lead to (None: their signatures are
    not checked); ``head`` is the hash of an entry, noted earlier, that the log must have. Changes nothing."""
    checking = _Check(connection, limits, roots, head)
    checking.run(watch)
    found = checking.found
    return Verified(
        *(tuple(found.broken), found.count, checking.entries, checking.head, checking.rows, checking.stamps),
        notes=tuple(found.notes),
    )


def _counter(watch: Watch | None, total: int) -> Callable[[], None]:
    done = 0

    def advance() -> None:
        nonlocal done
        done += 1
        if watch and (done % 100 == 0 or done == total):
            watch(done, total)

    return advance


# One row each; a bundle's rows are looked at in the same way.


def expanded(packed: bytes, most: int) -> Iterator[bytes]:
    """What zlib-compressed bytes expand to, piece by piece. ValueError where it is damaged, or more than ``most``."""
    unpacking = zlib.decompressobj()
    total = 0
    while not unpacking.eof:
        try:
            piece = unpacking.decompress(packed, _PIECE)
        except zlib.error as error:
            raise ValueError(f"damaged: {error}") from None
        total += len(piece)
        if total > most:
            raise ValueError(f"expands to more than {most:,} bytes")
        if not piece and not unpacking.unconsumed_tail and not unpacking.eof:
            raise ValueError("damaged: cut off")
        packed = unpacking.unconsumed_tail
        yield piece
    if unpacking.unused_data:
        raise ValueError("damaged: bytes after its end")


def text_of(packed: bytes, limits: Limits) -> str:
    """An article's text, as ``rows.unpack``, bounded."""
    return b"".join(expanded(packed, _CHARACTER * limits.text_chars)).decode("utf-8", "surrogatepass")


def wrong_with_article(row: Row, limits: Limits) -> Iterator[str]:
    """What is wrong with an article's row."""
    if row["id"] != row["sha256"][:16]:
        yield f"has an id that is not the beginning of its hash, {row['sha256']}"
    text = b"".join(expanded(row["text"], _CHARACTER * limits.text_chars))
    if row["text_sha256"] is not None and hashlib.sha256(text).hexdigest() != row["text_sha256"]:
        yield f"has a text with another hash than {row['text_sha256']}"


def wrong_with_reading(packed: bytes, text: str) -> Iterator[str]:
    """What is wrong with a reading of an article with this text."""
    body = json.loads(b"".join(expanded(packed, _READING_BYTES)).decode("utf-8", "surrogatepass"))
    for start, end, words in _spans_in(body):
        if text[start:end] != words:
            yield f"has a span {start}:{end} that is not in the text"


def _spans_in(value: Any) -> Iterator[tuple[int, int, str]]:
    ahead = [value]
    while ahead:
        here = ahead.pop()
        if isinstance(here, Mapping):
            if here.keys() == {"start", "end", "text"}:
                yield here["start"], here["end"], here["text"]
            else:
                ahead += here.values()
        elif isinstance(here, list):
            ahead += here


def wrong_with_claim(row: Row, text: str) -> Iterator[str]:
    """What is wrong with the row of a claim in an article with this text."""
    spans = json.loads(row["spans"])
    for start, end, words in spans:
        if text[start:end] != words:
            yield f"has a span {start}:{end} that is not in the text"
    if row["text"] != storable(" … ".join(words for _, _, words in spans)):
        yield "has words that are not those of its spans"


def hold_stamp(found: Findings, where: str, token: bytes, hashed: str | None, roots: Roots | None) -> None:
    """Hold a time stamp against the hash of the entry that it stamps."""
    if hashed is None:
        found.broke(where, "stamps an entry that is not there")
        return
    try:
        stamped = check_stamp(token, hashed, roots)
    except NotCheckedError as error:
        found.note(str(error))
        return
    except ValueError as error:
        found.broke(where, str(error))
        return
    signed = "signature checked" if roots else "signature not checked: give the authority's certificate with --ca"
    found.note(f"{where}: {stamped.authority}, {stamped.at}; {signed}")
