"""What is taken away: gathers from the ledger what a format needs, and has ``show.exports`` write it.

Listings (CSV, JSON Lines, Parquet, XLSX) have the claims as they are listed. Formats of others have claims with their
articles, stories with their claims, or both, as they come from the ledger: only one story is held at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import BinaryIO, cast

from sayso.bundles import write_bundle
from sayso.errors import NotThereError, UsageError
from sayso.ledger import Ledger
from sayso.ledger.claims import claimant_id, folded
from sayso.masking import Mask, Masked, Unmet
from sayso.read.gazetteer import Gazetteer
from sayso.show import export as listings
from sayso.show.exports import acled, claimreview, ftm, geojson, plover, ucdp, webannotation, xlsx
from sayso.show.exports.material import Found, Party, PartyKind, Told, ToldStory
from sayso.show.files import as_json_text, as_text, written
from sayso.types import ArticleRow, ClaimRow, Event, Filters, Mention, Place, Reading, Span, StoryRow
from sayso.wordsets import word_set

LISTINGS = (*listings.KINDS, "xlsx")
FORMATS = ("web-annotation", "claimreview", "acled", "ucdp", "plover", "geojson", "ftm", "corrections", "warc")
KINDS = (*LISTINGS, *FORMATS, "bundle")
BINARY = ("parquet", "xlsx", "warc", "bundle")
"""What a terminal cannot show."""

_ARTICLES_AT_HAND = 64  # of those that a story's claims go to and fro between
_REJECTED = "reject"
_PRONOUNS = word_set("he him she her it they them his hers its their who which that this these those we us i you one")


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export did: how many ``claims`` (of a listing) or exchanges (of a web archive) it wrote, None of other
    kinds; and what of the mask nothing in it met."""

    count: int | None
    unmet: tuple[Unmet, ...] = ()


def export(
    ledger: Ledger,
    kind: str,
    out: BinaryIO | Path | str,
    filters: Filters = Filters(),  # noqa: B008 (frozen)
    mask: Mask | None = None,
) -> Exported:
    """Write what meets ``filters`` as ``kind``, one of ``KINDS``, to a file or stream, without what ``mask`` masks: all
    of it as the ledger is at one moment. The ledger's log tells of it before the first byte goes out.

    A file comes into its place when it is complete; where no exchange was kept, no web archive is made.
    ``filters.limit`` is on claims, and on stories where these are written. Raises UsageError for another kind, a filter
    that makes no sense, a place where no file can be, and an extra that is not installed; SaysoError where writing
    fails.
    """
    if kind not in KINDS:
        raise UsageError(f"cannot export as {kind!r}; give one of: {', '.join(KINDS)}")
    if kind == "warc" and mask is not None:
        raise UsageError("a web archive is what a server sent, byte for byte: it is exported whole or not at all.")
    if kind == "bundle":
        with written(out) as file:
            return Exported(None, write_bundle(ledger, file, filters, mask))
    note_export(ledger, kind, filters, masked_=mask is not None)
    with ledger.at_one_moment() as held:
        hiding = None if mask is None else Masked(held, mask)
        seen = cast(Ledger, hiding or held)  # what is masked has what exports ask for, and nothing else
        count = None
        if kind in LISTINGS:
            rows = _Counted(seen.claims(filters))
            if kind == "xlsx":
                with written(out) as file:
                    xlsx.write(rows, file)
            else:
                listings.write(rows, kind, out)
            count = rows.count
        elif kind == "warc":
            count = _warc(seen, filters, out)
        else:
            with written(out) as file:
                _WRITERS[kind](seen, filters, file)
        return Exported(count, hiding.unmet() if hiding else ())


class _Counted:
    """Claims, counted as they go by."""

    def __init__(self, rows: Iterator[ClaimRow]) -> None:
        self._rows, self.count = rows, 0

    def __iter__(self) -> Iterator[ClaimRow]:
        for row in self._rows:
            self.count += 1
            yield row


def note_export(ledger: Ledger, kind: str, filters: Filters, *, masked_: bool = False) -> None:
    """Have the log tell of an export."""
    narrowed = {name: value for name, value in asdict(filters).items() if value is not None}
    ledger.note("exported", None, {"kind": kind, "filters": narrowed, "masked": masked_})


def _web_annotation(ledger: Ledger, filters: Filters, out: BinaryIO) -> None:
    webannotation.write(_Gathered(ledger).claims(filters), out)


def _claimreview(ledger: Ledger, filters: Filters, out: BinaryIO) -> None:
    gathered = _Gathered(ledger)
    claimreview.write(_standing(gathered.claims(filters)), gathered.findings(filters), out)


def _acled(ledger: Ledger, filters: Filters, out: BinaryIO) -> None:
    acled.write(_Gathered(ledger).stories(filters), out)


def _ucdp(ledger: Ledger, filters: Filters, out: BinaryIO) -> None:
    ucdp.write(_Gathered(ledger).stories(filters), out)


def _plover(ledger: Ledger, filters: Filters, out: BinaryIO) -> None:
    plover.write(_standing(_Gathered(ledger).claims(filters)), out)


def _geojson(ledger: Ledger, filters: Filters, out: BinaryIO) -> None:
    gathered = _Gathered(ledger)
    geojson.write(gathered.stories(filters), gathered.claims(filters), out)


def _ftm(ledger: Ledger, filters: Filters, out: BinaryIO) -> None:
    gathered = _Gathered(ledger)
    ftm.write(gathered.stories(filters), _standing(gathered.claims(filters)), out)


def _corrections(ledger: Ledger, filters: Filters, out: BinaryIO) -> None:
    if filters != Filters():
        raise UsageError(
            "corrections are exported whole: a reader learns from articles, not from some of their claims."
        )
    with as_text(out) as file:
        for record in ledger.corrections():
            file.write(as_json_text(record) + "\n")


def _warc(ledger: Ledger, filters: Filters, out: BinaryIO | Path | str) -> int:
    """The exchanges of the articles that meet ``filters``, as they are kept: WARC records, a gzip member each. Returns
    how many; without any, nothing is written."""
    asked = (exchange.sha256 for row in ledger.articles(filters) for exchange in ledger.exchanges_of(row.id))
    kept = dict.fromkeys(asked)
    if kept:
        with written(out) as file:
            for sha256 in kept:
                file.write(ledger.data(sha256))
    return len(kept)


_WRITERS: Mapping[str, Callable[[Ledger, Filters, BinaryIO], None]] = {
    "web-annotation": _web_annotation,
    "claimreview": _claimreview,
    "acled": _acled,
    "ucdp": _ucdp,
    "plover": _plover,
    "geojson": _geojson,
    "ftm": _ftm,
    "corrections": _corrections,
}


class _Gathered:
    """Claims and stories of a ledger, with what their articles' readings say of them."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._read = lru_cache(_ARTICLES_AT_HAND)(self._read_article)

    def claims(self, filters: Filters) -> Iterator[Told]:
        """The claims that meet ``filters``, in the order of the listing."""
        return map(self._told, self._ledger.claims(filters))

    def stories(self, filters: Filters) -> Iterator[ToldStory]:
        """The stories that meet ``filters``, in the order of the listing, each with all its claims that stand."""
        for listed in self._ledger.stories(filters):
            try:
                held = self._ledger.story(listed.id)
            except NotThereError:  # linked anew since the listing began, of whose moment only the listing is
                continue
            claims = tuple(_standing(map(self._told, held.claims)))
            code = _country_code(held.row, claims)
            known = self._gazetteer.country(code) if code else None
            yield ToldStory(held.row, claims, code, known.name if known else None)

    def findings(self, filters: Filters) -> Iterator[Found]:
        """What listed bodies found of claims, where the finding meets ``filters``."""
        for link in self._ledger.links(filters):
            if link.relation == "finds":
                finding, about = (self._told(self._ledger.claim(id).row) for id in (link.from_, link.to))
                if _REJECTED not in (finding.claim.decision, about.claim.decision):
                    yield Found(finding, about, link.why)

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        return Gazetteer.open()

    def _told(self, claim: ClaimRow) -> Told:
        article, text, reading = self._read(claim.article)
        event = event_of(claim, reading) if reading else None
        mentions = reading.mentions if reading else ()
        return Told(
            claim=claim,
            article=article,
            text=text,
            claimant=_party(claim, mentions),
            event=event,
            actors=names_of(event.actors, mentions) if event else (),
            targets=names_of(event.targets, mentions) if event else (),
            place=_place_of(claim, reading) if reading else None,
        )

    def _read_article(self, id: str) -> tuple[ArticleRow, str, Reading | None]:
        stored = self._ledger.article(id)
        reading = None if stored.reading is None else Reading.from_json(stored.reading)
        return stored.row, stored.text, reading


def _standing(claims: Iterable[Told]) -> Iterator[Told]:
    """``claims`` without those that a person rejected as wrongly read, for formats that cannot show that."""
    return (told for told in claims if told.claim.decision != _REJECTED)


def event_of(claim: ClaimRow, reading: Reading) -> Event | None:
    """The event that the claim itself tells of: of its type, in its own words and on its own claimant's word."""
    carriers: set[str | None] = {a.id for a in reading.attributions if a.content == claim.spans} or {None}
    told = [
        e
        for e in reading.events
        if e.type == claim.event_type and e.attribution in carriers and any(s.holds(e.span) for s in claim.spans)
    ]
    return min(told, key=lambda e: (-e.confidence, e.span), default=None)


def names_of(spans: Iterable[Span], mentions: Iterable[Mention]) -> tuple[str, ...]:
    """The names of those that ``spans`` speak of, each once: the fullest that the article has; no pronouns."""
    mentions = list(mentions)
    return tuple(dict.fromkeys(name for span in spans if (name := _name(span, mentions))))


def _name(span: Span, mentions: list[Mention]) -> str | None:
    entities = {m.entity for m in mentions if m.span == span}
    texts = [m.span.text for m in mentions if m.entity in entities and m.kind in ("person", "organisation")]
    named = [text for text in (*texts, span.text) if text.casefold() not in _PRONOUNS]
    return max(named, key=lambda text: (len(text), text), default=None)


def _party(claim: ClaimRow, mentions: Iterable[Mention]) -> Party | None:
    if claim.claimant is None:
        return None
    kind: PartyKind | None = "organisation" if len(claim.chain) == 1 else None  # the outlet itself
    for mention in mentions:
        if mention.kind in ("person", "organisation") and folded(mention.span.text) == folded(claim.claimant):
            kind = mention.kind
            break
    return Party(claimant_id(claim.claimant), claim.claimant, kind)


def _place_of(claim: ClaimRow, reading: Reading) -> Place | None:
    where = (claim.place, claim.lat, claim.lon)
    return next((p for p in reading.places if (p.name, p.lat, p.lon) == where), None)


def _country_code(row: StoryRow, claims: Iterable[Told]) -> str | None:
    """The country of the story's place, as a claim that has the same place has it."""
    here = (row.place, row.lat, row.lon)
    places = (told.place for told in claims if told.place)
    return next((p.country for p in places if (p.name, p.lat, p.lon) == here and p.country), None)
