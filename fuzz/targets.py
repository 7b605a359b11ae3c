"""What is fuzzed: each target takes bytes and raises only where Sayso is at fault.

A target checks what must hold whatever comes: no exception but those that Sayso raises on purpose, offsets that are
exact, nothing that cannot be written as UTF-8, and the same answer for the same input.
"""

from __future__ import annotations

import atexit
import io
import json
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from fuzz import seeds
from sayso import deciding, linking, pipeline
from sayso.config import MB, Config, Limits
from sayso.errors import IntakeError, LedgerError, SaysoError, UsageError
from sayso.exporting import KINDS, export
from sayso.intake import receive
from sayso.intake.article import Found, build
from sayso.intake.dates import iso_date
from sayso.intake.page_worker import take_apart, text_of
from sayso.ledger import Ledger
from sayso.read import Reader
from sayso.read.dates import find_dates
from sayso.read.gazetteer import Gazetteer
from sayso.read.grounded import ground
from sayso.read.numbers import find_quantities
from sayso.read.placefiles import places_in
from sayso.read.prompt import AnswerError, parse_answer
from sayso.read.resolve import reading_of
from sayso.types import Article, Filters, Provenance, Quarantined, Reading, Span

LIMITS = replace(Limits(), article_bytes=MB, expanded_bytes=8 * MB, file_bytes=8 * MB, members=500, seconds=20.0)
SECONDS = 10.0
"""Processor time that no input of the sizes that fuzzing makes may take."""


@dataclass(frozen=True)
class Target:
    """Something that takes bytes. ``prepare`` gives what each input is handed to; ``longest`` is in bytes."""

    name: str
    about: str
    prepare: Callable[[], Callable[[bytes], None]]
    seeds: Callable[[], tuple[bytes, ...]]
    longest: int = 20_000


def folder_of_our_own() -> Path:
    """A temporary folder, which goes with this process."""
    made = tempfile.mkdtemp(prefix="sayso-fuzz-")
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return Path(made)


# Intake


class PagesHere:
    """What ``intake.pages.PageReader`` does, in this process, where coverage sees it and no process has to start."""

    def __init__(self, limits: object) -> None:
        pass

    def read(self, page: str) -> Found:
        answer = _answer(take_apart, page)
        return Found(answer["body"] or "", answer["title"], answer["outlet"], answer["published"], answer["url"])

    def text(self, fragment: str) -> str:
        return str(_answer(text_of, fragment)["body"])

    def close(self) -> None:
        pass


def _answer(how: Callable[[bytes, int], dict[str, Any]], page: str) -> dict[str, Any]:
    try:
        answer = how(page.encode(), LIMITS.html_depth)
    except Exception as error:
        raise IntakeError(f"the page cannot be taken apart: {error!r}") from error
    if answer.get("reason"):
        raise IntakeError(str(answer["reason"]))
    return answer


def _received(form: str | None, *, least: int = 1) -> Callable[[], Callable[[bytes], None]]:
    def prepare() -> Callable[[bytes], None]:
        config = Config(format=form, limits=LIMITS)

        def check(data: bytes) -> None:
            found = list(receive(["-"], config, io.BytesIO(data)))
            assert len(found) >= least, "neither an article nor a reason"
            for item in found:
                if isinstance(item, Quarantined):
                    assert item.reason
                    (item.location + item.reason).encode()
                    continue
                article = item.article
                assert article.sha256 == sha256(item.data).hexdigest()
                assert article.id == article.sha256[:16]
                assert article.text.strip()
                assert "\0" not in article.text
                for value in (article.text, article.title, article.outlet, article.url, article.location):
                    (value or "").encode()
                assert article.published is None or iso_date(article.published) == article.published
            again = list(receive(["-"], config, io.BytesIO(data)))
            assert [_told(item) for item in again] == [_told(item) for item in found], "not the same when read again"

        return check

    return prepare


def _told(item: Any) -> Any:
    return (item.location, item.reason, item.sha256) if isinstance(item, Quarantined) else item.article


def _page() -> Callable[[bytes], None]:
    def check(data: bytes) -> None:
        page = data.decode("utf-8", "replace").encode()
        try:
            answer = take_apart(page, LIMITS.html_depth)
        except Exception:  # the process that takes pages apart sets aside what its libraries stumble over
            return
        if "reason" in answer:
            return
        assert answer["body"]
        made = Found(answer["body"], answer["title"], answer["outlet"], answer["published"], answer["url"])
        try:
            build(made, "page", page).text.encode()
        except SaysoError as error:
            str(error).encode()

    return check


def _places() -> Callable[[bytes], None]:
    file = folder_of_our_own() / "places"

    def check(data: bytes) -> None:
        file.write_bytes(data)
        try:
            found = list(places_in(file, replace(LIMITS, places=2000)))
        except UsageError as error:
            str(error).encode("utf-8", "backslashreplace")
            return
        for one in filter(None, found):
            assert -90 <= one.place.lat <= 90
            assert -180 <= one.place.lon <= 180
            assert one.names

    return check


# Reading


def _text_of(data: bytes) -> str:
    return data.decode("utf-8", "replace").replace("\0", " ")


def _article(text: str, title: str | None = None) -> Article:
    digest = sha256(text.encode()).hexdigest()
    return Article(digest[:16], digest, "<text>", "Valley Herald", title, "2031-05-06", None, "en", text)


def check_reading(reading: Reading) -> None:
    """Each span has its words, each reference leads to something, and JSON gives the reading back."""
    text = reading.article.text
    for span in _spans(reading):
        assert text[span.start : span.end] == span.text != "", span
    ids = [a.id for a in reading.attributions]
    assert len(set(ids)) == len(ids)
    for number, attribution in enumerate(reading.attributions):
        assert attribution.within is None or attribution.within in ids[:number]
        assert 0 <= attribution.confidence <= 1
        assert attribution.content
    named = [x.attribution for x in (*reading.casualties, *reading.evidence, *reading.events)]
    assert set(named) <= {None, *ids}
    for event in reading.events:
        assert event.place is None or 0 <= event.place < len(reading.places)
        assert event.date is None or 0 <= event.date < len(reading.dates)
    written = json.dumps(reading.to_json())
    assert Reading.from_json(json.loads(written)).to_json() == reading.to_json()


def _spans(value: Any) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _spans(item)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            if name != "article":
                yield from _spans(getattr(value, name))


def _reading() -> Callable[[bytes], None]:
    reader = Reader.load(threads=1)

    def check(data: bytes) -> None:
        text = _text_of(data)
        if text.strip():
            title = text.partition("\n\n")[0] if "\n\n" in text[1:200] else None
            check_reading(reader.read(_article(text, title)))

    return check


def _dates() -> Callable[[bytes], None]:
    def check(data: bytes) -> None:
        text = _text_of(data)
        for published in ("2031-05-06", None):
            for found in find_dates(text, published):
                assert text[found.span.start : found.span.end] == found.span.text != ""
                assert found.value is None or re.fullmatch(r"\d{4}(-\d\d){0,2}", found.value)
        for line in text.splitlines()[:20]:
            day = iso_date(line)
            assert day is None or iso_date(day) == day

    return check


def _numbers() -> Callable[[bytes], None]:
    def check(data: bytes) -> None:
        text = _text_of(data)
        last = 0
        for found in find_quantities(text):
            assert last <= found.start < found.end <= len(text)
            assert found.min is None or found.max is None or found.min <= found.max
            last = found.end

    return check


def _answers() -> Callable[[bytes], None]:
    gazetteer = Gazetteer.open()
    provenance = Provenance("0", "fuzz", "llm", 0)

    def check(data: bytes) -> None:
        text, _, said = _text_of(data).partition("\x1e")
        if not text.strip():
            return
        try:
            answer = parse_answer(said, LIMITS.answer_depth)
        except AnswerError as error:
            str(error).encode()
            return
        grounded = ground(text, [((0, len(text)), answer)])
        assert grounded.dropped >= 0
        check_reading(reading_of(_article(text), grounded.marks, provenance, grounded.given, gazetteer))

    return check


# Ledger, exports


@cache
def demo(reports: str = "reports") -> Path:
    """A ledger of example reports, as a user has it after a first run."""
    folder = folder_of_our_own()
    with Ledger.open(str(folder / "demo.db")) as ledger:
        pipeline.run([str(seeds.EXAMPLES / reports)], Config(places=""), ledger)
        linking.link(ledger)
        with ledger._engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder / "demo.db"


def _queries() -> Callable[[bytes], None]:
    ledger = Ledger.open(str(demo()))

    def check(data: bytes) -> None:
        one, _, other = data.decode("utf-8", "surrogateescape").partition("|")
        asked = (
            Filters(about=one, limit=5),
            Filters(by=one, outlet=other or None, limit=5),
            Filters(place=one, about=other or None, limit=5),
            Filters(since=one, until=other or None, limit=5),
            Filters(stance=one, type=other or None, limit=5),
        )
        for filters in asked:
            for listing in (ledger.claims, ledger.articles, ledger.stories, ledger.claimants, ledger.links):
                _refused_or_answered(lambda listing=listing, filters=filters: list(listing(filters)))
        for show in (ledger.article, ledger.claim, ledger.story, lambda id_: deciding.claimant(ledger, id_)):
            _refused_or_answered(lambda show=show: show(one))
        _refused_or_answered(lambda: list(ledger.decisions(one, 5)))

    return check


def _refused_or_answered(ask: Callable[[], Any]) -> None:
    try:
        ask()
    except SaysoError as error:
        str(error).encode("utf-8", "backslashreplace")


def _damaged() -> Callable[[bytes], None]:
    whole = demo("reports/texts").read_bytes()
    file = folder_of_our_own() / "damaged.db"

    def check(data: bytes) -> None:
        """``data`` is overwritings: three bytes say where, one how many, and the rest what with."""
        damaged = bytearray(whole)
        rest = memoryview(data)
        while len(rest) > 4:
            at, size = int.from_bytes(rest[:3]) % len(whole), 1 + rest[3] % 64
            damaged[at : at + size] = rest[4 : 4 + size]
            rest = rest[4 + size :]
        for beside in file.parent.iterdir():
            beside.unlink()
        file.write_bytes(damaged)
        with_ledger(file)

    return check


def with_ledger(file: Path) -> None:
    """Ask all of a ledger that may be damaged; only LedgerErrors may come of it, and of listings no half rows."""
    try:
        ledger = Ledger.open(str(file), create=False)
    except LedgerError:
        return
    with ledger:
        ids: list[str] = []
        for ask in (
            lambda: ids.extend(row.id for row in ledger.articles()),
            lambda: list(ledger.claims()),
            lambda: list(ledger.claims(Filters(about="bridge"))),
            lambda: list(ledger.stories()),
            lambda: list(ledger.links()),
            lambda: list(ledger.claimants()),
            lambda: list(ledger.warnings()),
            lambda: list(ledger.quarantined()),
            lambda: deciding.queue(ledger),
            lambda: [ledger.story(row.id) for row in ledger.stories()],
            lambda: export(ledger, "claimreview", io.BytesIO()),
            lambda: linking.link(ledger, again=True),
        ):
            _refused_or_answered(ask)
        for id_ in ids:
            _refused_or_answered(lambda id_=id_: ledger.article(id_))


def _exports() -> Callable[[bytes], None]:
    """A report that says what it likes, read, stored, linked and exported in every form."""
    reader = Reader.load(threads=1)
    folder = folder_of_our_own()
    with Ledger.open(str(folder / "empty.db")) as made, made._engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    config = Config(format="json", limits=LIMITS)

    def check(data: bytes) -> None:
        words = _text_of(data)[:2000]
        hostile = {"text": f"{words} said on Tuesday that 12 people were killed in {words}.", "title": words[:99]}
        hostile |= {"outlet": words[:50], "url": words[:200], "published": "2031-05-06"}
        shutil.copy(folder / "empty.db", folder / "sayso.db")
        for beside in folder.glob("sayso.db-*"):
            beside.unlink()
        with Ledger.open(str(folder / "sayso.db")) as ledger:
            for item in receive(["-"], config, io.BytesIO(json.dumps(hostile).encode())):
                if isinstance(item, Quarantined):
                    ledger.quarantine(item)
                else:
                    ledger.store(item, reader.read(item.article))
            linking.link(ledger)
            for kind in KINDS if any(ledger.articles()) else (kind for kind in KINDS if kind != "bundle"):
                out = io.BytesIO()
                export(ledger, kind, out)
                assert out.getvalue() or kind in ("jsonl", "plover", "ftm", "corrections", "warc")
                if kind in ("jsonl", "plover", "ftm"):
                    for line in out.getvalue().split(b"\n"):
                        json.loads(line or "0")
                elif kind in ("web-annotation", "claimreview", "geojson"):
                    assert b"</script" not in out.getvalue().lower()
                    json.loads(out.getvalue())

    return check


_EDITS = (bytes.fromhex("000064") + b"\x3f" + b"\xa5" * 64, bytes.fromhex("012000") + b"\x07" + b"\0" * 8)

TARGETS = {
    target.name: target
    for target in (
        Target("any", "receive(): whatever it is", _received(None), lambda: _all_files()),
        Target("text", "receive(): plain text", _received("text"), seeds.texts),
        Target("html", "the process that takes pages apart", _page, seeds.pages, 40_000),
        Target("json", "receive(): JSON", _received("json"), seeds.json_files),
        Target("jsonl", "receive(): JSON lines", _received("jsonl"), seeds.jsonl_files),
        Target("csv", "receive(): CSV", _received("csv"), seeds.csv_files),
        Target("zip", "receive(): ZIP archives", _received(None), seeds.archives),
        Target("gzip", "receive(): gzip files", _received(None), seeds.gzips),
        Target("feed", "receive(): RSS and Atom feeds", _received(None), seeds.feeds),
        Target("warc", "receive(): web archives, also of no page", _received(None, least=0), seeds.warcs, 40_000),
        Target("parquet", "receive(): Parquet files", _received(None), seeds.parquets, 40_000),
        Target("places", "files of places", _places, lambda: seeds.PLACES),
        Target("read", "the local reader, whole", _reading, seeds.texts, 4000),
        Target("dates", "dates in a text", _dates, lambda: seeds.DATES, 4000),
        Target("numbers", "quantities in a text", _numbers, lambda: seeds.NUMBERS, 4000),
        Target("answers", "answers of a language model, grounded", _answers, seeds.answers, 8000),
        Target("queries", "what the ledger is asked", _queries, lambda: seeds.QUERIES, 300),
        Target("ledger", "ledger files with bytes overwritten", _damaged, lambda: _EDITS, 600),
        Target(
            "exports", "hostile words in every export", _exports, lambda: (*seeds.QUERIES, b"=1+1", b"</script>"), 400
        ),
    )
}


def _all_files() -> tuple[bytes, ...]:
    return (
        *seeds.texts()[:2],
        *seeds.json_files(),
        *seeds.jsonl_files(),
        *seeds.csv_files(),
        *seeds.archives(),
        *seeds.gzips(),
    )
