"""Findings: what bodies on the user's own list have concluded, and the claims that this concerns.

No body is built in, and none is believed: a finding is that body's word, shown beside the words of others. A document
by a body is an ordinary article whose outlet is the body, so that its claims are ordinary claims. A feed of
ClaimReviews (schema.org) becomes such articles, one for each review, with one claim. See
docs/decisions/0014-warnings-and-findings.md.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Any, NoReturn, TypeVar

import numpy as np

from sayso.config import Limits
from sayso.errors import IntakeError
from sayso.link import warnings
from sayso.link.contents import LONGEST as READ
from sayso.link.contents import meaning
from sayso.link.days import day_of
from sayso.link.warnings import folded, is_near
from sayso.text import unmangled
from sayso.types import Attribution, Casualty, ClaimRow, Event, Evidence, Figure, LinkRow, Reading, Span
from sayso.wordsets import word_set

REVIEWS = 100_000
"""The most reviews in one feed."""
LONGEST = 20_000
"""The most characters of a claim reviewed, or of a conclusion."""

LIKE = 0.6
"""Cosine of the embeddings from which two claims say much the same of one event."""
SHARED = 3
"""Telling words that two claims must share where the finding gives no month; else one is enough with embeddings, and
two without."""
SHARE = 0.4
"""Share of the telling words of the shorter claim that the other has, where there are no embeddings."""
SAME_DAYS = 1
"""Two dates of one event may be this many days apart: it was night, or elsewhere it was the next day already."""

_DEPTH = 32  # lists and objects within one another in a feed
_ITS = "\n\nIts conclusion: "
# A name that is within a text (a page in a column) has its quotes escaped, and is none.
_TYPED = re.compile(rb'"@type"\s{0,9}:\s{0,9}(?:\[[^\]]{0,200})?"[^"]{0,100}\bClaimReview"')


@dataclass(frozen=True, slots=True)
class Finding:
    """What ``body`` concluded of a claim: the claim as the body words it, its conclusion (the name of its rating), and
    where and when (YYYY-MM-DD) it says so. ``place`` is what the feed gives as the place that the claim is about."""

    body: str
    claim: str
    conclusion: str
    url: str | None
    date: str | None
    place: str | None


def is_feed(data: bytes) -> bool:
    """True of what begins as JSON does and has a ClaimReview in it; anything else is read as articles are.

    That one is in it is seen without parsing, so that a feed that is cut off is still one, and a table of articles in
    JSON lines is none.
    """
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[") and _TYPED.search(data) is not None


def read_findings(data: bytes, name: str, limits: Limits = Limits()) -> list[Finding]:  # noqa: B008  # it is frozen
    """The ClaimReviews in a feed, in its order: a single one, a list, an ``@graph``, or a DataFeed.

    ``name`` is the body for reviews that name no author; ``Finding.body`` says whose each is. A review without a claim
    or a conclusion finds nothing and is left out. Raises IntakeError for what is no JSON, is too large or too deep, and
    where there is no review in it.
    """
    if len(data) > limits.article_bytes:
        raise IntakeError(
            f"a feed of {len(data):,} bytes, over the limit article_bytes of {limits.article_bytes:,}. Split it"
        )
    reviews = list(_reviews(_parsed(data)))
    if len(reviews) > REVIEWS:
        raise IntakeError(f"a feed of {len(reviews):,} reviews; at most {REVIEWS:,} are read at once. Split it")
    findings = [finding for review in reviews if (finding := _finding(review, name))]
    if not findings:
        raise IntakeError(
            f"{len(reviews):,} ClaimReviews in it, none with a claimReviewed and a reviewRating that says something. "
            "Give a ClaimReview, a list of them, an @graph or a DataFeed, or the body's report as a document"
        )
    return findings


def text_of(finding: Finding) -> str:
    """The text of the article that ``finding`` is stored as; its outlet is the body."""
    return f"{finding.body} reviewed {_claim_named(finding)}: {finding.claim}{_ITS}{finding.conclusion}"


def _claim_named(finding: Finding) -> str:
    """A place that the feed gives stands in the claim's own sentence, so that the claim is placed there if its words
    name no other."""
    return f"this claim about {finding.place}" if finding.place else "this claim"


def reading_of(finding: Finding, reading: Reading) -> Reading:
    """``reading``, of the article whose text is ``text_of(finding)``, with one attribution: the body's word on the
    claim. Its stance is "other": whether the body upholds or rejects the claim is for its conclusion to say, in its own
    words. What was read within it (figures, events, evidence) is on its word, and the embedding is that of what was
    read there as a content. ValueError for another article's reading.
    """
    text = reading.article.text
    if text != text_of(finding):
        raise ValueError(f"article {reading.article.id} is not the text of this finding")
    cue = len(finding.body) + 1
    start = text.index(": ", cue + len("reviewed " + _claim_named(finding))) + 2
    claim = Span.of(text, start, start + len(finding.claim))
    attribution = Attribution(
        id="a1",
        source=Span.of(text, 0, cue - 1),
        cue=Span.of(text, cue, cue + len("reviewed")),
        content=(claim, Span.of(text, claim.end + len(_ITS), len(text))),
        within=None,
        kind="indirect",
        stance="other",
        claimant=finding.body,
        confidence=1.0,
    )
    return replace(
        reading,
        attributions=(attribution,),
        voice=(),
        casualties=_on_its_word(reading.casualties),
        events=_on_its_word(reading.events),
        evidence=_on_its_word(reading.evidence),
        embeddings=_embedding_of(claim, reading),
    )


def _embedding_of(claim: Span, reading: Reading) -> bytes:
    """The embedding of the content that covers ``claim`` best, at least half of it; empty where there is none."""
    best, found = len(claim.text) / 2, b""
    size = len(reading.embeddings) // max(1, len(reading.attributions))
    for number, attribution in enumerate(reading.attributions):
        covered = sum(max(0, min(s.end, claim.end) - max(s.start, claim.start)) for s in attribution.content)
        if covered > best:
            best, found = covered, reading.embeddings[number * size : (number + 1) * size]
    return found


def blocks(finding: ClaimRow, wide: Collection[str] = ()) -> tuple[str, ...]:
    """The keys under which ``finding``, a claim by a body, is filed and looked up; it shares one with each claim that
    it may concern (``blocks_of_told``). At most 60: a place and each of some weeks.

    They are the cells around its place, and the week of its day with those beside it, the weeks of its month and the
    next, or where it gives neither those of the three months before it was published. None at a ``wide`` place.
    """
    days = _days(finding)
    if days is None or not finding.place or finding.place in wide:
        return ()
    return warnings.blocks_near(finding, *days)


def blocks_of_told(claim: ClaimRow, wide: Collection[str] = ()) -> tuple[str, ...]:
    """The keys of a claim that a finding may concern: of harm that happened, or of which somebody denies it."""
    if claim.stance == "denies" or claim.certainty == "denied":
        claim = replace(claim, stance="asserts", certainty="happened")
    return () if warnings.window(claim) else warnings.blocks(claim, wide)


def _days(finding: ClaimRow) -> tuple[date, date] | None:
    """The first and last day of what ``finding`` may be about, with the slack that ``concerns`` gives."""
    given = finding.date or ""
    month, day = day_of(f"{given}-01") if len(given) == 7 else None, day_of(given)
    around = month or day or day_of(finding.published)
    if around is None or not MINYEAR < around.year < MAXYEAR:
        return None
    if month:
        return month, month + timedelta(31 + _WEEK)
    if day:
        return day - timedelta(_WEEK), day + timedelta(_WEEK)
    return around - timedelta(_BEFORE_DAYS), around


def concerns(
    finding: ClaimRow, claims: Iterable[ClaimRow], embeddings: Mapping[str, bytes], wide: Collection[str] = ()
) -> Iterator[LinkRow]:
    """The claims among ``claims`` that ``finding``, a claim by a body, concerns: links "finds" from it to them, in the
    order of their ids.

    Both must be about one place and time, and say much the same of it: by their embeddings (384 float16 each, by the
    claims' ids) and a telling word, or where either has none by the words that they share. A finding that gives no
    month concerns claims of the months before it, if they share more words. ``wide`` are names of places that are too
    wide to tell events apart, such as countries. ``why`` names what the two share; ``score`` is 0 to 1. Whether the
    body agrees with the claims is not judged.
    """
    if finding.place is None or finding.place in wide:
        return
    body = folded(finding.claimant or "")
    said, month = _Said.of(finding, embeddings), finding.date is not None and len(finding.date) >= 7
    for claim in sorted(claims, key=lambda c: c.id):
        if claim.article == finding.article or claim.stance not in _SAYS or folded(claim.claimant or "") == body:
            continue
        when = _when(finding, claim) if month else _before(finding, claim)
        if when and is_near(finding, claim):
            likeness, words = said.likeness(_Said.of(claim, embeddings), undated=not month)
            if likeness:
                shared = [finding.place, when, *words, *_figures(finding.figures, claim.figures)]
                yield LinkRow(finding.id, claim.id, "finds", ", ".join(shared), round(likeness, 3))


def _parsed(data: bytes) -> Any:
    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=_refuse)
    except UnicodeDecodeError as error:
        raise IntakeError(f"a feed that is not UTF-8: byte {error.start:,}. Save it as UTF-8") from error
    except RecursionError as error:
        raise IntakeError("a feed that is nested too deep to be read. Give the list of its reviews") from error
    except ValueError as error:
        at = f" at character {error.pos:,}" if isinstance(error, json.JSONDecodeError) else ""
        raise IntakeError(f"a feed that is no valid JSON{at}. Give JSON or JSON-LD as schema.org has it") from error


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")


def _reviews(tree: Any) -> Iterator[Mapping[str, Any]]:
    """The objects in ``tree`` that are ClaimReviews, in its order, without recursion."""
    waiting = [(tree, 1)]
    while waiting:
        node, level = waiting.pop()
        if level > _DEPTH:
            raise IntakeError(f"a feed that is nested deeper than {_DEPTH} levels. Give the list of its reviews")
        if isinstance(node, dict):
            if _is_review(node.get("@type")):
                yield node
            else:
                waiting += [(value, level + 1) for value in reversed(node.values())]
        elif isinstance(node, list):
            waiting += [(value, level + 1) for value in reversed(node)]


def _is_review(kind: Any) -> bool:
    """True of "ClaimReview", "schema:ClaimReview", "http://schema.org/ClaimReview", and a list with one of them."""
    kinds = kind if isinstance(kind, list) else [kind]
    return any(isinstance(k, str) and re.split("[/:#]", k)[-1] == "ClaimReview" for k in kinds)


def _finding(review: Mapping[str, Any], name: str) -> Finding | None:
    claim = _text(review.get("claimReviewed"))
    rating = _one(review.get("reviewRating"))
    conclusion = _text(rating.get("alternateName")) or _text(rating.get("name")) or _of_scale(rating)
    if not claim or not conclusion:
        return None
    item = _one(review.get("itemReviewed"))
    place = _one(item.get("contentLocation") or item.get("spatialCoverage") or review.get("contentLocation"))
    return Finding(
        body=_text(_one(review.get("author")).get("name")) or name,
        claim=claim,
        conclusion=conclusion,
        url=_text(review.get("url")),
        date=_iso_day(_text(review.get("datePublished"))),
        place=_text(place.get("name")),
    )


def _one(value: Any) -> Mapping[str, Any]:
    """The object that ``value`` is, or the first that it lists; a bare text is its name."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, str):
        return {"name": value}
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str | None:
    """``value`` on one line, if it is a text, without what no database takes and no longer than ``LONGEST``."""
    if isinstance(value, list):
        value = value[0] if value else None
    if not isinstance(value, str):
        return None
    return " ".join(_UNSTORABLE.sub("\ufffd", value[:LONGEST]).split()) or None


_UNSTORABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")


def _of_scale(rating: Mapping[str, Any]) -> str | None:
    """ "2 of 5": a rating that has a number and no name."""
    value, best = (_number(rating.get(key)) for key in ("ratingValue", "bestRating"))
    return f"{value} of {best}" if value and best else None


def _number(value: Any) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    written = str(value)
    return written if re.fullmatch(r"-?\d{1,6}(?:\.\d{1,3})?", written) else None


def _iso_day(written: str | None) -> str | None:
    day = day_of(written)
    return day.isoformat() if day else None


Carried = TypeVar("Carried", Casualty, Event, Evidence)


def _on_its_word(found: Sequence[Carried]) -> tuple[Carried, ...]:
    return tuple(replace(item, attribution="a1") for item in found)


@dataclass(frozen=True, slots=True)
class _Said:
    """What a claim says: its telling words, and its embedding as a unit vector (empty where there is none)."""

    words: frozenset[str]
    vector: np.ndarray[Any, np.dtype[np.float32]]

    @classmethod
    def of(cls, claim: ClaimRow, embeddings: Mapping[str, bytes]) -> _Said:
        vector = meaning(embeddings.get(claim.id, b""))
        length = float(np.linalg.norm(vector))
        return cls(_telling(claim.text[:READ]), vector / length if length else vector[:0])

    def likeness(self, other: _Said, *, undated: bool) -> tuple[float, list[str]]:
        """How alike the two are, 0 where they are not enough so or share too few words; and those words."""
        shared = sorted(self.words & other.words, key=lambda word: (-len(word), word))
        if self.vector.size and self.vector.size == other.vector.size:
            likeness, least, fewest = min(1.0, float(self.vector @ other.vector)), LIKE, 1
        else:
            likeness, least, fewest = len(shared) / max(1, min(len(self.words), len(other.words))), SHARE, 2
        enough = likeness >= least and len(shared) >= (SHARED if undated else fewest)
        return (likeness if enough else 0.0), shared[:_NAMED]


_NAMED = 4  # shared words that are shown
_SAYS = frozenset({"asserts", "accuses", "denies", "suspects"})
_WORD = re.compile(r"(?<![^\W_])[^\W\d_A-Z][^\W\d_]{2,}")  # no names: those of places and parties tell no events apart
# Words that claims about quite different events share.
_EMPTY = word_set(
    """about above according account accused added after again against ago all allegation allegations already also among
    and any are area areas around attack attacks attacked away been before being between both but can case cases caused
    city claim claimed claims conclusion conflict could country day days did died down during each evidence for forces
    from further government group groups had has have having her here him his how however incident including into
    investigation its itself killed killing know known last least left like made many may member members more most near
    nearby new not now number off official officials once one only other our out over part party people person place
    region regime report reported reports responsible reviewed said same saying says several she should showed shows
    since some source sources state statement still such take taken than that the their them then there these they this
    those three through time told took town toward towards two under until used using very village was were what when
    where which while who whose will with within without would year years you"""
)


def _telling(text: str) -> frozenset[str]:
    """The words of ``text`` that may tell one event from another, without the "s" of a plural."""
    text = unmangled(text)
    words = {match.group() for match in _WORD.finditer(text[:1].lower() + text[1:])}  # its first word is no name
    return frozenset(word.removesuffix("s") if len(word) > 4 else word for word in words - _EMPTY)


def _when(finding: ClaimRow, claim: ClaimRow) -> str | None:
    """The finding's date, day or month, if the claim is about that time."""
    told = claim.date or _iso_day(claim.published)
    if finding.date is None or told is None:
        return None
    if len(finding.date) == len(told) == 10:
        days = _apart(finding.date, told)
        return finding.date if (abs(days) <= SAME_DAYS if claim.date else 0 <= days <= _LAG_DAYS) else None
    # Of which only the month is known, holds the day of the other.
    return finding.date if len(told) >= 7 and told[:7] == finding.date[:7] else None


def _before(finding: ClaimRow, claim: ClaimRow) -> str | None:
    """That the claim was published in the months before the finding."""
    found, published = _iso_day(finding.published), _iso_day(claim.published)
    return f"before {found}" if found and published and 0 < _apart(published, found) <= _BEFORE_DAYS else None


_WEEK = 7  # days; reports that give the month only are filed under the day of publication, which may be as much later
_LAG_DAYS = 3  # reports that give no date tell of the days before
_BEFORE_DAYS = 92  # a finding that gives no date is about the last months


def _apart(one: str, other: str) -> int:
    """Days from ``one`` to ``other``, both YYYY-MM-DD; a date that is none is far from every other."""
    try:
        return (date.fromisoformat(other) - date.fromisoformat(one)).days
    except ValueError:
        return 1 << 30


def _figures(ones: Sequence[Figure], others: Sequence[Figure]) -> list[str]:
    """Figures that both give, as "72 killed"."""
    given = {(figure.min, figure.max, figure.kind) for figure in others}
    return [
        f"{figure.min} {figure.kind}"
        for figure in ones
        if figure.min is not None and (figure.min, figure.max, figure.kind) in given
    ]
