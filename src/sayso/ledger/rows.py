"""Between the records of ``sayso.types`` and the columns of the tables."""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Row

from sayso.ledger.claims import claimant_id, folded
from sayso.text import paragraphs
from sayso.types import (
    Article,
    ArticleRow,
    ClaimantRow,
    ClaimRow,
    EchoRow,
    Figure,
    LinkRow,
    Reading,
    Received,
    Span,
    StoryFigure,
    StoryRow,
    Waiting,
    WarningRow,
)

if TYPE_CHECKING:
    from sayso.ledger.decisions import Judged

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def now() -> str:
    """The time, as the ledger writes it: ISO 8601, UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def storable(value: str) -> str:
    """``value`` with what no database takes as text (NUL, halves of a surrogate pair) replaced, one for one."""
    return _UNSTORABLE.sub("\ufffd", value)


def _storable(value: str | None) -> str | None:
    return None if value is None else storable(value)


def _folded(value: str | None) -> str | None:
    return None if value is None else storable(folded(value))


def pack(value: str) -> bytes:
    """``value`` compressed, every code point kept."""
    return zlib.compress(value.encode("utf-8", "surrogatepass"))


def unpack(value: bytes) -> str:
    """The reverse of ``pack``."""
    return zlib.decompress(value).decode("utf-8", "surrogatepass")


def article_columns(article: Article) -> dict[str, Any]:
    """An article as a row of the table, without the time."""
    return {
        "id": article.id,
        "sha256": article.sha256,
        "location": storable(article.location),
        "outlet": _storable(article.outlet),
        "outlet_folded": _folded(article.outlet),
        "title": _storable(article.title),
        "published": _storable(article.published),
        "url": _storable(article.url),
        "language": _storable(article.language),
        "words": len(article.text.split()),
        "text": pack(article.text),
    }


def made_columns(received: Received) -> dict[str, Any]:
    """What an article's row says of its text: its hash, and what made it."""
    made = received.extraction
    return {
        "text_sha256": hashlib.sha256(received.article.text.encode("utf-8", "surrogatepass")).hexdigest(),
        "extraction": None if made is None else json.dumps(asdict(made), sort_keys=True),
    }


def reading_columns(reading: Reading) -> dict[str, Any]:
    """A reading as a row of the table, without the time and the article's key."""
    return {
        "article_id": reading.article.id,
        "sayso": reading.provenance.sayso,
        "model": reading.provenance.model,
        "reader": reading.provenance.reader,
        "body": pack(json.dumps(_body(reading), ensure_ascii=False, default=_fields)),
        "embeddings": reading.embeddings or None,
    }


def _body(reading: Reading) -> dict[str, Any]:
    body = _fields(reading) | {"article": None, "provenance": reading.provenance.to_json()}
    del body["embeddings"]
    return body


def _fields(record: Any) -> dict[str, Any]:
    """The fields of a record, not those of the records within: the encoder asks for these when it comes to them."""
    return {field.name: getattr(record, field.name) for field in fields(record)}


def claim_columns(row: ClaimRow) -> dict[str, Any]:
    """A claim as a row of the table, without its reading and position."""
    return {
        "id": row.id,
        "claimant": _storable(row.claimant),
        "claimant_id": claimant_id(row.claimant) if row.claimant else None,
        "chain": json.dumps(row.chain),
        "stance": row.stance,
        "text": storable(row.text),
        "spans": json.dumps([[s.start, s.end, s.text] for s in row.spans]),
        "event_type": row.event_type,
        "certainty": row.certainty,
        "place": _storable(row.place),
        "place_folded": _folded(row.place),
        "lat": row.lat,
        "lon": row.lon,
        "date": row.date,
        "figures": json.dumps([[f.min, f.max, f.kind, f.who] for f in row.figures]),
        "evidence": json.dumps([dict(e) for e in row.evidence]),
        "confidence": row.confidence,
    }


def mention_columns(row: ClaimRow) -> list[dict[str, Any]]:
    """The parties named in a claim's chain as rows of the table, without the claim's key."""
    return [
        {"place": place, "claimant_id": claimant_id(name), "name": storable(name), "name_folded": _folded(name)}
        for place, name in enumerate(row.chain)
        if name
    ]


def article_row(row: Row[Any]) -> ArticleRow:
    """The listing's record of an article."""
    return ArticleRow(
        id=row.id,
        location=row.location,
        outlet=row.outlet,
        title=row.title,
        published=row.published,
        url=row.url,
        language=row.language,
        words=row.words,
        origin=row.origin,
        story=row.story,
    )


def claim_row(row: Any) -> ClaimRow:
    """The listing's record of a claim, from its columns, those of its article and the decision on it."""
    lists = f"[{row.chain},{row.spans},{row.figures},{row.evidence}]"  # at once: most are short
    chain, spans, figures, evidence = json.loads(lists)
    return ClaimRow(
        id=row.id,
        article=row.article,
        outlet=row.outlet,
        published=row.published,
        claimant=row.claimant,
        chain=tuple(chain),
        stance=row.stance,
        text=row.text,
        spans=tuple([Span(*s) for s in spans]),
        event_type=row.event_type,
        certainty=row.certainty,
        place=row.place,
        lat=row.lat,
        lon=row.lon,
        date=row.date,
        figures=tuple([Figure(*f) for f in figures]),
        evidence=tuple(evidence),
        story=row.story,
        origin=row.origin,
        echo_of=row.echo_of,
        confidence=row.confidence,
        decision=row.decision,
        origins_for=row.origins_for,
        claimants_for=row.claimants_for,
        origins_against=row.origins_against,
        claimants_against=row.claimants_against,
    )


def claimant_rows(rows: Any, judged: Judged, party_of: Mapping[str, str] | None = None) -> list[ClaimantRow]:
    """Rows of ``queries.spellings``, made one for each claimant, the most frequent first. Those that people hold to be
    one have the least of their ids; or else all whose names ``party_of`` leads to one, that one's id and name."""
    if party_of is None:
        found = [claimant_row(*group) for group in by_party(rows, judged).items()]
    else:
        groups: dict[str, list[Any]] = {}
        called: dict[str, Counter[str]] = {}
        for row in rows:
            name = party_of.get(row.claimant, row.claimant)
            id_ = claimant_id(name)
            called.setdefault(id_, Counter())[name] += row.times
            groups.setdefault(id_, []).append(row)
        most = {id_: min(times, key=lambda name: (-times[name], name)) for id_, times in called.items()}
        found = [replace(claimant_row(*group), name=most[group[0]]) for group in groups.items()]
    return sorted(found, key=lambda c: (-c.claims, c.name, c.id))


def by_party(rows: Iterable[Any], judged: Judged) -> dict[str, list[Any]]:
    """Rows of claimants by the party that each is held to be: the least of its ids."""
    groups: dict[str, list[Any]] = {}
    for row in rows:
        groups.setdefault(judged.root(row.claimant_id), []).append(row)
    return groups


def names_used(rows: Iterable[Any]) -> tuple[str, ...]:
    """The names that somebody goes by, the most used first."""
    times: Counter[str] = Counter()
    for row in rows:
        times[row.claimant] += row.times
    return tuple(sorted(times, key=lambda name: (-times[name], name)))


class Called(NamedTuple):
    """A party that speaks: all its names, the most used first, and how many claims it has."""

    id: str
    names: tuple[str, ...]
    claims: int


def claimant_row(id_: str, rows: list[Any]) -> ClaimantRow:
    """The listing's record of a claimant, from its rows of ``queries.spellings``."""
    names = names_used(rows)
    days = sorted(row.published for row in rows if row.published)
    return ClaimantRow(
        id=id_,
        name=names[0],
        names=names,
        claims=sum(row.times for row in rows),
        articles=len({row.article for row in rows}),
        outlets=tuple(sorted({row.outlet for row in rows if row.outlet})),
        first=days[0] if days else None,
        last=days[-1] if days else None,
    )


def waiting_row(row: Row[Any]) -> Waiting:
    """What a claim is that waits for a decision."""
    return Waiting(
        kind="claim",
        about=row.id,
        other=None,
        text=row.text,
        other_text=None,
        doubt=1 - row.confidence,
        uses=row.uses,
        claimant=row.claimant,
        stance=row.stance,
        outlet=row.outlet,
        published=row.published,
    )


def reading_json(row: Row[Any], text: str) -> dict[str, Any] | None:
    """A stored reading as ``Reading.to_json`` gives it; None for an article that was not read."""
    if row.body is None:
        return None
    names = ("id", "sha256", "location", "outlet", "title", "published", "url", "language")
    described = {name: getattr(row, name) for name in names} | {"text": text}
    whole: dict[str, Any] = json.loads(unpack(row.body)) | {"article": described}
    return whole


def context_of(text: str, found: ClaimRow) -> Span:
    """The paragraphs that hold the content of a claim."""
    start, end = min(s.start for s in found.spans), max(s.end for s in found.spans)
    around = [p for p in paragraphs(text) if p[0] < end and start < p[1]]
    return Span.of(text, min(start, *(p[0] for p in around)), max(end, *(p[1] for p in around)))


def story_row(body: str) -> StoryRow:
    """A story from its JSON."""
    told_: dict[str, Any] = json.loads(body)
    figures = tuple(
        StoryFigure(**f | {"articles": tuple(f["articles"]), "values": tuple(map(tuple, f["values"]))})
        for f in told_["figures"]
    )
    lists = {name: tuple(told_[name]) for name in ("articles", "outlets", "claimants", "findings")}
    return StoryRow(**told_ | lists | {"figures": figures})


def warning_row(body: str, last_day: str | None) -> WarningRow:
    """A warning from its JSON, as it stands on the newest day of publication in the ledger."""
    told_: dict[str, Any] = json.loads(body)
    lists = {name: tuple(told_.get(name, ())) for name in ("by_warner", "by_accused", "by_others", "copies")}
    row = WarningRow(**told_ | lists)
    over = row.state == "open" and row.until is not None and last_day is not None and row.until < last_day
    return replace(row, state="expired") if over else row


def echo_row(row: Row[Any]) -> EchoRow:
    """The listing's record of an article that copies."""
    return EchoRow(row.article_id, row.origin_id, row.share, row.wire)


def link_row(row: Row[Any]) -> LinkRow:
    """The listing's record of a link."""
    return LinkRow(row.from_id, row.to_id, row.relation, row.why, row.score)
