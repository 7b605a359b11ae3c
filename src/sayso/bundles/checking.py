"""Is a bundle as it was written? Its files against their hashes, the log's chain, each row against the log, bytes and
texts against their hashes, and each span against its text. It needs no ledger and no network, and trusts nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from sayso.bundles.bag import NotABundleError, Unpacked, unpacked
from sayso.bundles.making import PROVED
from sayso.config import Limits
from sayso.ledger import custody
from sayso.ledger.checking import (
    Answers,
    Findings,
    Verified,
    Watch,
    hold_stamp,
    take_in,
    wrong_with_claim,
    wrong_with_reading,
)
from sayso.ledger.schema import article, claim, decision, exchange, reading, stamp
from sayso.ledger.stamps import Roots

_ABOUT = 16 << 20  # bytes of what a bundle says of itself
_LINE = 64 << 20  # bytes of one entry or row
_BLOB = 256 << 20  # bytes of a reading or time stamp
_CHARACTER = 4  # bytes of UTF-8, at the most

Line = dict[str, Any]


def check_bundle(
    path: Path,
    limits: Limits,
    *,
    roots: Roots | None = None,
    head: str | None = None,
    watch: Watch | None = None,
) -> Verified:
    """Check a bundle; the arguments are those of ``ledger.checking.check``."""
    checking = _Check(limits, roots, head, watch)
    found = checking.found
    try:
        with path.open("rb") as file, unpacked(file, limits) as bag:
            checking.run(bag)
    except NotABundleError as error:
        found.broke("the file", str(error))
    return Verified(
        *(tuple(found.broken), found.count, checking.entries, checking.head, checking.rows, checking.stamps),
        notes=tuple(found.notes),
    )


class _Check:
    def __init__(self, limits: Limits, roots: Roots | None, head: str | None, watch: Watch | None) -> None:
        self.found = Findings()
        self.entries = self.rows = self.stamps = 0
        self.head: str | None = None
        self._limits, self._roots, self._wanted, self._watch = limits, roots, head, watch
        self._answers = {table.name: Answers() for table in PROVED}
        self._hashes: list[str] = []
        self._texts: dict[int, str] = {}
        self._articles: dict[int, Line] = {}
        self._readings: dict[int, int] = {}
        self._claims: set[str] = set()

    def run(self, bag: Unpacked) -> None:
        """Look at everything. The files themselves were held against their hashes when the bag was opened."""
        self._bag = bag
        about = _about(bag.read("data/about.json", _ABOUT))
        self._masked = about["is_masked"]
        self.found.look("the log", lambda: self._log(about))
        for name in bag.below("data/bytes/"):
            if bag.hashes[f"data/bytes/{name}"] != name:
                self.found.broke(f"bytes {name}", "have another hash")
        for name in bag.below("data/blobs/"):
            if bag.hashes[f"data/blobs/{name}"] != name:
                self.found.broke(f"blob {name}", "has another hash")
        for table in PROVED:
            self.found.look(table.name, lambda name=table.name: self._table(name))  # type: ignore[misc]
        if self._masked:
            number = len(about["masked_articles"])
            self.found.note(f"masked: {number} articles are here only as they were to be shown, with nothing to check")
        if withheld := about["entries_withheld"]:
            self.found.note(
                f"of {self.entries:,} log entries, {withheld:,} do not concern it: here as their hashes only"
            )

    def _log(self, about: Line) -> None:
        before = custody.START
        with self._bag.open("data/log.jsonl") as file:
            for line in _lines(file):
                self._advance()
                entry = json.loads(line)
                if entry["key"] != self.entries + 1:
                    self.found.broke(f"log entry {self.entries + 1}", "is missing")
                withheld = entry.keys() == {"key", "content"}
                before = custody.chained(before, entry["content"] if withheld else custody.content_hash(entry))
                self.entries += 1
                self._hashes.append(before)
                if withheld:
                    continue
                if entry["hash"] != before:
                    self.found.broke(f"log entry {entry['key']}", "is not what its hash and the entries before say")
                take_in(self._answers, entry)
        self.head = before if self.entries else None
        if (about["entries"], about["head"]) != (self.entries, self.head):
            self.found.broke("the end of the log", f"is at entry {self.entries}; about.json says {about['entries']}")
        if self._wanted and self._wanted not in self._hashes:
            self.found.broke("the log", f"has no entry with the hash {self._wanted}")

    def _table(self, name: str) -> None:
        answers = self._answers[name]
        holding = answers.holding(self.found, name)
        key = next(table for table in PROVED if table.name == name).primary_key.columns[0].name
        looks = _LOOKS.get(name)
        with self._bag.open(f"data/rows/{name}.jsonl") as file:
            for line in _lines(file):
                self._advance()
                self.rows += 1
                row = json.loads(line)
                if row.pop("", None) != name:
                    self.found.broke(f"{name} {row[key]}", "is a row of another table")
                holding.take(row[key], line)
                if looks:
                    self.found.look(f"{name} {row[key]}", lambda row=row: looks(self, row))  # type: ignore[misc]
        # What was sealed together, or is told of by an entry that a mask withholds, cannot be held against the log.
        unknown = answers.sealed[0] > 0 or self._masked
        holding.end(None if unknown else answers.sealed)
        if unknown and holding.unanswered:
            why = "from before there was a log" if answers.sealed[0] else "told of by entries that are withheld"
            self.found.note(f"{name}: {holding.unanswered:,} rows are {why}: only the ledger itself answers for them")

    def _article(self, row: Line) -> None:
        where = f"article {row['id']}"
        if row["id"] != row["sha256"][:16]:
            self.found.broke(where, f"has an id that is not the beginning of its hash, {row['sha256']}")
        if f"data/bytes/{row['sha256']}" not in self._bag.hashes:
            self.found.broke(where, "is here without its bytes")
        path = f"data/texts/{row['key']}.txt"
        text = self._bag.read(path, _CHARACTER * self._limits.text_chars)
        if row.get("text_sha256", self._bag.hashes[path]) != self._bag.hashes[path]:
            self.found.broke(where, f"has a text with another hash than {row['text_sha256']}")
        self._articles[row["key"]] = row
        self._texts[row["key"]] = text.decode("utf-8", "surrogatepass")

    def _reading(self, row: Line) -> None:
        where = f"reading {row['key']} of article {row['article_id']}"
        if row["article_key"] not in self._articles:
            self.found.broke(where, "is of an article that is not there")
            return
        self._readings[row["key"]] = row["article_key"]
        body = self._bag.read(f"data/blobs/{row['body'].removeprefix('sha256:')}", _BLOB)
        for said in wrong_with_reading(body, self._texts[row["article_key"]]):
            self.found.broke(where, said)

    def _claim(self, row: Line) -> None:
        self._claims.add(row["id"])
        if row["reading_key"] not in self._readings:
            self.found.broke(f"claim {row['id']}", "is of a reading that is not there")
            return
        for said in wrong_with_claim(row, self._texts[self._readings[row["reading_key"]]]):
            self.found.broke(f"claim {row['id']}", said)

    def _decision(self, row: Line) -> None:
        if not {row["about"], row.get("other")} & self._claims:
            self.found.broke(f"decision {row['key']}", "is on a claim that is not there")

    def _exchange(self, row: Line) -> None:
        if f"data/bytes/{row['sha256']}" not in self._bag.hashes:
            self.found.broke(f"exchange {row['key']}", "is here without its bytes")

    def _stamp(self, row: Line) -> None:
        self.stamps += 1
        token = self._bag.read(f"data/blobs/{row['token'].removeprefix('sha256:')}", _BLOB)
        number = row["log_key"]
        hashed = self._hashes[number - 1] if 0 < number <= len(self._hashes) else None
        hold_stamp(self.found, f"time stamp {row['key']}", token, hashed, self._roots)

    def _advance(self) -> None:
        if self._watch:
            self._watch(self.entries + self.rows, self.entries + self.rows)


_LOOKS = {
    article.name: _Check._article,
    reading.name: _Check._reading,
    claim.name: _Check._claim,
    decision.name: _Check._decision,
    exchange.name: _Check._exchange,
    stamp.name: _Check._stamp,
}
"""What is looked at in the rows of each table, in the order of ``PROVED``: articles first, for their texts."""


_ABOUT_ITSELF = {"is_masked": bool, "masked_articles": list, "entries": int, "entries_withheld": int, "head": str}


def _about(data: bytes) -> Line:
    """What a bundle says of itself. NotABundleError where it doesn't."""
    try:
        about = json.loads(data)
        if all(isinstance(about[name], kind) for name, kind in _ABOUT_ITSELF.items()):
            return dict(about)
    except (ValueError, RecursionError, LookupError, TypeError):
        pass
    raise NotABundleError("does not say in data/about.json what is in it")


def _lines(file: IO[bytes]) -> Iterator[bytes]:
    """The lines of a file. NotABundleError for one that is too long, or not ended."""
    while line := file.readline(_LINE):
        if not line.endswith(b"\n"):
            raise NotABundleError("has a line that is too long, or cut off")
        yield line
