"""What goes into a bundle, and where:

```
bagit.txt, bag-info.txt, manifest-sha256.txt, tagmanifest-sha256.txt    as RFC 8493 has them
README.txt           what it is, and how to check it by hand
data/about.json      what was chosen, what is withheld, and where the log ends
data/log.jsonl       the whole log, an entry a line: those that concern what was chosen in full, the others as the hash
                     of their content, which is enough to follow the chain
data/rows/T.jsonl    the rows of the table T of evidence, as they are hashed; bytes are there by their hash
data/bytes/SHA256    bytes as they were received, by their hash
data/texts/KEY.txt   the text of each version of an article, by the key of its row
data/blobs/SHA256    other bytes that rows name: readings (zlib-compressed JSON), time stamps
data/shown/          articles, claims and decisions as the commands print them: to be read, no evidence
```

With a mask, articles with anything that it meets are in ``data/shown`` only, masked, and in ``data/masked`` as text.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date
from typing import Any, BinaryIO, cast

from sqlalchemy import Connection, Table, select

from sayso import __version__
from sayso.bundles.bag import Packing, copy_whole
from sayso.errors import NotThereError
from sayso.ledger import Ledger, custody
from sayso.ledger.decisions import VERDICTS, decision_row
from sayso.ledger.schema import (
    article,
    claim,
    decision,
    exchange,
    finder,
    log,
    mention,
    reading,
    snapshot,
    stamp,
    told,
    upgrade,
)
from sayso.masking import Mask, Masked, Unmet
from sayso.show.export import as_json
from sayso.show.files import as_json_text
from sayso.types import Filters

PROVED = (upgrade, exchange, article, reading, claim, mention, decision, finder, stamp)
"""The tables whose rows are in a bundle. Bytes are there themselves, so the rows that keep them are not."""

ALWAYS = ("upgraded", "stamped")
"""Entries of the log that are in each bundle."""

_README = """\
This is a case file, made by Sayso {version} from a ledger of news reports: who claims what, on whose word.
It says nothing of what is true.

To check it, without any network and without the ledger it came from:

    sayso verify FILE.zip

By hand, on any machine, after unpacking it:

    cd sayso-bundle
    sha256sum -c manifest-sha256.txt
    sha256sum -c tagmanifest-sha256.txt

This shows that no file was changed since the bundle was made. sayso verify also follows the log's chain of hashes, and
holds each row against the log, each text against its hash and each quoted word against its place in the text. Neither
shows who made it: for that, look at its time stamps (sayso verify FILE.zip --ca ROOT.pem), or compare the hash with
which the log ends with the one that whoever gave you this has told you by another way.

The chain by hand: the content of an entry in data/log.jsonl is hashed as JSON with sorted keys and no spaces, without
its "hash"; an entry's hash is the SHA-256 of the hash before it and that of its content, as 128 hexadecimal digits.

The log ends at entry {entries}, with the hash
    {head}

data/shown      articles, claims and decisions, to be read
data/bytes      the reports as they were received, by their SHA-256
data/texts      their texts, in which all places are counted
data/rows       the rows that the log answers for
data/log.jsonl  the log; what does not concern these articles is there as its hash only
{masked}"""

_MASKED = """
Some of it is masked: names are replaced, and claims left out. Of {number} articles that this concerns the bytes, texts
and rows are not here, only their ids, which are the first digits of the hash of their bytes. data/shown and data/masked
have them masked; places in these are those of the masked text.
"""


def write_bundle(
    held: Ledger, out: BinaryIO, filters: Filters, mask: Mask | None = None, day: date | None = None
) -> tuple[Unmet, ...]:
    """Write the articles that meet ``filters``, with all that the ledger knows of them, to ``out`` as a bundle made on
    ``day`` (None: today). The same ledger gives the same bytes; the log tells of it, with its hash, before the first.

    Returns what of the mask nothing met. NotThereError where no article meets the filters.
    """
    with tempfile.TemporaryFile() as made:
        file = cast(BinaryIO, made)
        with held.at_one_moment() as moment, moment.reading_all() as connection:
            chosen = _Chosen(connection, moment, filters, mask)
            if not chosen.ids:
                raise NotThereError("no article is so: there is nothing to bundle. Look with: sayso articles")
            _Making(connection, moment, chosen, Packing(file)).make(filters, day or date.today())
        file.seek(0)
        hashed = hashlib.file_digest(made, "sha256").hexdigest()
        detail = {"kind": "bundle", "filters": _given(filters), "articles": len(chosen.ids), "sha256": hashed}
        held.note("exported", None, detail | {"masked": mask is not None})
        copy_whole(file, out)
        return chosen.hiding.unmet() if chosen.hiding else ()


def _given(filters: Filters) -> dict[str, Any]:
    return {name: value for name, value in asdict(filters).items() if value is not None}


class _Chosen:
    """The articles that go into a bundle: their ids, the keys of the rows that do, and what a mask withholds."""

    def __init__(self, connection: Connection, held: Ledger, filters: Filters, mask: Mask | None) -> None:
        self._do = connection.execute
        self._held = held
        self.hiding = None if mask is None else Masked(held, mask)
        self.ids = [row.id for row in held.articles(filters)]
        self.withheld = {id_ for id_ in self.ids if self.hiding and self._is_met(id_, self.hiding)}
        self.shown = [id_ for id_ in self.ids if id_ not in self.withheld]
        self.keys: dict[str, list[Any]] = {table.name: [] for table in PROVED}
        self._gather()

    def _gather(self) -> None:
        self._claim_ids: set[str] = set()
        sha256s: set[str] = set()
        outlets: set[str] = set()
        for id_ in self.shown:
            versions = select(article.c.key, article.c.sha256, article.c.outlet_folded).filter_by(id=id_)
            for key, sha256, outlet in self._do(versions):
                self.keys["article"].append(key)
                sha256s.add(sha256)
                outlets.add(outlet or "")
            for key in self._do(select(reading.c.key).where(reading.c.article_id == id_)).scalars():
                self.keys["reading"].append(key)
                for row in self._do(select(claim.c.key, claim.c.id).where(claim.c.reading_key == key)):
                    self.keys["claim"].append(row.key)
                    self._claim_ids.add(row.id)
            self.keys["decision"] += self._decided(id_)
        self.keys["mention"] = self.keys["claim"]
        self.keys["finder"] = [name for name in self._do(select(finder.c.name_folded)).scalars() if name in outlets]
        self.keys["stamp"] = list(self._do(select(stamp.c.key)).scalars())
        self.keys["sayso_upgrade"] = list(self._do(select(upgrade.c.key)).scalars())
        self.bytes = sha256s
        if self.hiding is None:  # what a server answered may be packed, so that nobody can see what is in it
            asked = select(exchange.c.key, exchange.c.sha256, exchange.c.payload_sha256)
            for key, sha256, payload in self._do(asked):
                if payload in sha256s:
                    self.keys["exchange"].append(key)
                    self.bytes = self.bytes | {sha256}
        self.keys = {name: sorted(set(keys)) for name, keys in self.keys.items()}
        stories = select(told.c.story_id, told.c.claim_id)
        self.subjects = {
            *self.shown,
            *self._claim_ids,
            *(row.story_id for row in self._do(stories) if row.claim_id in self._claim_ids),
        }

    def _decided(self, article_id: str) -> list[int]:
        """Decisions on the claims of an article; those on parties are on no article."""
        ids = select(claim.c.id).select_from(claim.join(reading)).where(reading.c.article_id == article_id)
        wanted = select(decision.c.key).where(decision.c.about.in_(ids) | decision.c.other.in_(ids))
        keys = list(self._do(wanted).scalars())
        return [key for key in keys if self.hiding is None or not self.hiding.meets(self._decision(key))]

    def _decision(self, key: int) -> dict[str, Any]:
        return dict(self._do(select(decision).where(decision.c.key == key)).mappings().one())

    def _is_met(self, id_: str, hiding: Masked) -> bool:
        """True where a mask meets anything of an article: its bytes, or any version, reading or claim of it."""
        for row in self._do(select(article).filter_by(id=id_)).mappings():
            values = {name: value for name, value in row.items() if name != "text"}
            if hiding.meets(values) or hiding.meets(_expanded(row["text"])):
                return True
            if hiding.meets_bytes(self._held.data(row["sha256"])):
                return True
        for read in self._do(select(reading).where(reading.c.article_id == id_)).mappings():
            if hiding.meets(json.loads(_expanded(read["body"]))):
                return True
            for row in self._do(select(claim).where(claim.c.reading_key == read["key"])).mappings():
                if hiding.meets(dict(row)) or hiding.leaves_out_claim(row["id"], json.loads(row["chain"])):
                    return True
        return any(hiding.leaves_out(row) for row in self._held.claims_of(id_))

    def has(self, entry: custody.Row) -> bool:
        """True for an entry of the log that goes in whole: what it concerns does, and no mask meets it."""
        detail = json.loads(entry["detail"])
        covers = {name: one for name, one in detail.get("rows", {}).items() if name != snapshot.name}
        mine = all(name in self.keys and self._all_of(name, one) for name, one in covers.items())
        wanted = entry["what"] in ALWAYS or (bool(covers) and mine) or entry["subject"] in self.subjects
        if not wanted or not mine:
            return False
        return self.hiding is None or not self.hiding.meets([entry["who"], entry["subject"], detail])

    def _all_of(self, name: str, cover: list[Any]) -> bool:
        """True where all rows that an entry answers for go in."""
        first, last, count, _ = cover
        keys = self.keys[name]
        inside = bisect_right(keys, last) - bisect_left(keys, first)
        return inside > 0 if name == mention.name else inside == count  # a claim has any number of mentions


class _Making:
    """One bundle, written file by file."""

    def __init__(self, connection: Connection, held: Ledger, chosen: _Chosen, bag: Packing) -> None:
        self._do = connection.execute
        self._held, self._chosen, self._bag = held, chosen, bag

    def make(self, filters: Filters, day: date) -> None:
        """Write all of it."""
        chosen = self._chosen
        entries, head, withheld = self._log()
        for table in PROVED:
            self._rows(table)
        for sha256 in sorted(chosen.bytes):
            self._bag.add(f"data/bytes/{sha256}", self._held.data(sha256))
        self._shown()
        about = {
            "sayso": __version__,
            "filters": _given(filters) if chosen.hiding is None else None,
            "articles": len(chosen.ids),
            "masked_articles": sorted(chosen.withheld),
            "is_masked": chosen.hiding is not None,
            "entries": entries,
            "entries_withheld": withheld,
            "head": head,
        }
        self._bag.add("data/about.json", json.dumps(about, indent=1, sort_keys=True).encode() + b"\n")
        masked = _MASKED.format(number=len(chosen.withheld)) if chosen.hiding else ""
        self._bag.add(
            "README.txt", _README.format(version=__version__, entries=entries, head=head, masked=masked).encode()
        )
        self._bag.close(
            "External-Description: a case file of Sayso\n"
            f"Bag-Software-Agent: sayso {__version__}\n"
            f"Bagging-Date: {day.isoformat()}\n"
        )

    def _log(self) -> tuple[int, str, int]:
        """Write the log; returns how many entries it has, the hash of the last, and how many are withheld."""
        head, number, withheld = custody.START, 0, 0
        wanted = select(log).order_by(log.c.key)
        with self._bag.lines("data/log.jsonl") as out:
            for entry in self._do(wanted, execution_options={"yield_per": 1000}).mappings():
                number, head = entry["key"], entry["hash"]
                if self._chosen.has(entry):
                    line = dict(entry)
                else:
                    withheld += 1
                    line = {"key": entry["key"], "content": custody.content_hash(entry)}
                out.write(custody.canonical(line) + b"\n")
        return number, head, withheld

    def _rows(self, table: Table) -> None:
        with self._bag.lines(f"data/rows/{table.name}.jsonl") as out:
            for row in self._of(table):
                out.write(custody.as_hashed(table.name, row))
                self._files(table, row)

    def _of(self, table: Table) -> Iterator[custody.Row]:
        key = table.primary_key.columns[0]
        for one in self._chosen.keys[table.name]:
            wanted = select(table).where(key == one).order_by(*table.primary_key.columns)
            yield from self._do(wanted).mappings().all()

    def _files(self, table: Table, row: custody.Row) -> None:
        """What a row keeps as bytes."""
        if table is article:
            text = _expanded(row["text"]).encode("utf-8", "surrogatepass")
            self._bag.add(f"data/texts/{row['key']}.txt", text)
        elif table is reading:
            self._blob(row["body"])
        elif table is stamp:
            self._blob(row["token"])

    def _blob(self, data: bytes) -> None:
        path = f"data/blobs/{hashlib.sha256(data).hexdigest()}"
        if path not in self._bag.hashes:
            self._bag.add(path, data)

    def _shown(self) -> None:
        """What is there to be read: as the commands print it, masked where it is to be."""
        chosen, seen = self._chosen, cast(Ledger, self._chosen.hiding or self._held)
        articles = [seen.article(id_) for id_ in chosen.ids]
        self._lines("articles", (as_json(stored.row) for stored in articles))
        self._lines("claims", (as_json(row) for id_ in chosen.ids for row in seen.claims_of(id_)))
        self._lines("decisions", self._decisions())
        for stored in articles:
            if stored.row.id in chosen.withheld:
                self._bag.add(f"data/masked/{stored.row.id}.txt", stored.text.encode("utf-8", "surrogatepass"))

    def _decisions(self) -> Iterator[dict[str, Any]]:
        for row in self._do(select(decision).order_by(decision.c.key)).all():
            if row.key in self._chosen.keys["decision"] and row.verdict not in VERDICTS["party"]:
                yield as_json(decision_row(row))

    def _lines(self, name: str, rows: Iterable[dict[str, Any]]) -> None:
        with self._bag.lines(f"data/shown/{name}.jsonl") as out:
            for row in rows:
                out.write(as_json_text(row).encode("utf-8", "backslashreplace") + b"\n")


def _expanded(packed: bytes) -> str:
    return zlib.decompress(packed).decode("utf-8", "surrogatepass")
