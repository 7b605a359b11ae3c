"""Every record that crosses a stage, frozen. No stage redefines one.

Offsets are code points into ``Article.text``, and ``text[span.start:span.end] == span.text`` always.
Field names are those of the JSON that ``sayso read --json`` prints, so ``to_json`` needs no table of names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, asdict, dataclass, field, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

Kind = Literal["direct", "indirect", "mixed"]
Stance = Literal["asserts", "denies", "accuses", "warns", "plans", "suspects", "other"]
VoiceKind = Literal["accusation", "label"]
CasualtyKind = Literal["killed", "wounded", "missing", "detained", "displaced"]
Precision = Literal["site", "town", "region", "country", "none"]
DatePrecision = Literal["day", "month", "year"]
MentionKind = Literal["person", "organisation", "place", "role", "other"]
Certainty = Literal["happened", "ongoing", "planned", "possible", "denied", "unknown"]
Relation = Literal["repeats", "agrees", "denies", "differs", "fulfils", "finds"]
EvidenceKind = Literal["video", "photo", "document", "witness", "satellite", "intercept", "other"]
Verdict = Literal["confirm", "reject", "correct", "same-story", "other-story", "same-party", "other-party"]
Head = tuple[str | None, str | None]
"""Who makes a claim or publishes an article, and the date of publication."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Code points ``start`` to ``end`` (exclusive) of an article's text, and the words found there."""

    start: int
    end: int
    text: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """The span of ``text`` from ``start`` to ``end``; ValueError if it is empty or lies outside."""
        if not 0 <= start < end <= len(text):
            raise ValueError(f"span {start}:{end} does not fit a text of {len(text)} characters")
        return cls(start, end, text[start:end])

    def holds(self, other: Span) -> bool:
        """True where ``other`` lies wholly within this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Article:
    """One published report by one outlet.

    ``id`` is the first 16 hexadecimal digits of ``sha256``, the hash of the bytes it was read from.
    ``text`` is the title, a blank line and the body; a plain text file is taken as it is.
    ``published`` is an ISO 8601 date or time, ``language`` an ISO 639-1 code; both None where unknown.
    """

    id: str
    sha256: str
    location: str
    outlet: str | None
    title: str | None
    published: str | None
    url: str | None
    language: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """What made an article's text from its bytes: a tool, its version, and how it was set."""

    tool: str
    version: str
    settings: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Received:
    """What intake hands on: an article, the very bytes that it was read from, and what made its text from them (None:
    not known)."""

    article: Article
    data: bytes
    extraction: Extraction | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """What was asked of a server for one page, redirects too, and what it answered. ``at``: ISO 8601 in UTC.

    ``warc`` is all of it as WARC records, a gzip member each. ``payload_sha256`` is the hash of the page's own bytes:
    those that it brought or, with status 304, confirmed; None where it did neither.
    """

    url: str
    at: str
    status: int
    warc: bytes
    payload_sha256: str | None = None
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class ExchangeRow:
    """An exchange that a ledger holds; ``sha256`` is the hash of its WARC records."""

    url: str
    at: str
    status: int
    sha256: str
    payload_sha256: str | None
    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True)
class Quarantined:
    """Input that could not be read, and why. ``at`` is an ISO 8601 time in UTC.

    ``sha256`` is None where the bytes could not be had; ``data`` is kept only up to the limit on one article's bytes.
    """

    location: str
    sha256: str | None
    reason: str
    at: str
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Somebody says something: source, cue and content spans; ``within`` is the id of the attribution whose content
    holds this one. ``claimant`` is the fullest name the article gives the speaker; None where nobody is named.
    ``anonymous``: somebody speaks whom the article does not name, as "a medical source"."""

    id: str
    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    within: str | None
    kind: Kind
    stance: Stance
    claimant: str | None
    confidence: float
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Voice:
    """A contested act or motive asserted, or a loaded label used, by the outlet itself."""

    span: Span
    kind: VoiceKind
    confidence: float


@dataclass(frozen=True, slots=True)
class Casualty:
    """A figure of people harmed. "at least 10": min 10, max None; "up to 20": min None, max 20; "dozens": min 24.
    ``attribution`` is the id of the innermost attribution that carries it; None: the outlet's own voice."""

    span: Span
    min: int | None
    max: int | None
    kind: CasualtyKind
    who: str | None
    attribution: str | None


@dataclass(frozen=True, slots=True)
class Event:
    """What is claimed to happen, told by the word ``span``. ``type`` is a PLOVER root code; ``acled`` the ACLED type it
    maps to ("Event type: Sub-event type"), None where that is not clear. ``place`` and ``date`` are indices into the
    reading's places and dates; ``confidence`` is that of the reader in the trigger and its type, 0 to 1."""

    span: Span
    type: str
    certainty: Certainty
    actors: tuple[Span, ...]
    targets: tuple[Span, ...]
    place: int | None
    date: int | None
    attribution: str | None
    confidence: float
    acled: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """A place name; one that cannot be resolved keeps its name, with precision "none" and no coordinates."""

    span: Span
    name: str
    country: str | None
    lat: float | None
    lon: float | None
    precision: Precision
    geonameid: int | None


@dataclass(frozen=True, slots=True)
class Date:
    """A time expression; ``value`` is YYYY-MM-DD, YYYY-MM or YYYY, as ``precision`` says; None if it can't be known."""

    span: Span
    value: str | None
    precision: DatePrecision


@dataclass(frozen=True, slots=True)
class Mention:
    """A name, role or pronoun; mentions with one ``entity`` number are the same party within the article."""

    span: Span
    kind: MentionKind
    entity: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a claim is said to rest on."""

    span: Span
    kind: EvidenceKind
    attribution: str | None


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made a reading: Sayso's version, the model's name with the start of its hash, and the reader's name.

    ``dropped`` counts the words that a language model gave and the article does not have; None for a reader that can
    only mark what is there.
    """

    sayso: str
    model: str
    reader: str
    dropped: int | None = None

    def to_json(self) -> dict[str, Any]:
        """The provenance as the reading's JSON has it: without ``dropped`` where the reader cannot drop."""
        return {name: value for name, value in asdict(self).items() if name != "dropped" or value is not None}


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was found in one article.

    ``embeddings`` say what each attribution's content means in its context: 384 float16 each, in their order; empty
    where the reader gives none. They are for linking claims, and no part of the JSON.
    """

    article: Article
    attributions: tuple[Attribution, ...]
    voice: tuple[Voice, ...]
    casualties: tuple[Casualty, ...]
    events: tuple[Event, ...]
    places: tuple[Place, ...]
    dates: tuple[Date, ...]
    mentions: tuple[Mention, ...]
    evidence: tuple[Evidence, ...]
    provenance: Provenance
    embeddings: bytes = field(default=b"", compare=False, repr=False)

    def to_json(self) -> dict[str, Any]:
        """The reading as plain dicts and lists, keyed as ``sayso read --json`` prints it."""
        told = asdict(self) | {"provenance": self.provenance.to_json()}
        del told["embeddings"]
        return told

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> Reading:
        """The reverse of ``to_json``. KeyError where something is missing."""
        make: Callable[[Mapping[str, Any]], Reading] = _maker(cls)  # type: ignore[arg-type, assignment]
        return make(record)

    def _repr_html_(self) -> str:
        """What a notebook shows: the text with its spans marked."""
        from sayso.show.marked import marked_html

        return marked_html(self)


@cache
def _maker(kind: Any) -> Callable[[Any], Any] | None:
    """What makes an instance of ``kind``, a record or a tuple of them, of what JSON has in its place; None where that
    is what JSON has."""
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        return _record_maker(kind, [(f.name, _maker(hints[f.name]), f.default is MISSING) for f in fields(kind)])
    if get_origin(kind) is tuple:
        make = _maker(get_args(kind)[0])
        return tuple if make is None else lambda items: tuple([make(item) for item in items])
    if get_origin(kind) is UnionType:
        return _maker(next(k for k in get_args(kind) if k is not NoneType))
    return None


def _record_maker(
    kind: Callable[..., Any], of: Sequence[tuple[str, Callable[[Any], Any] | None, bool]]
) -> Callable[[Mapping[str, Any]], Any]:
    def made_whole(record: Mapping[str, Any]) -> Any:
        given = []
        for name, make, _ in of:
            value = record[name]
            given.append(value if make is None or value is None else make(value))
        return kind(*given)

    def made(record: Mapping[str, Any]) -> Any:
        given = {}
        for name, make, needed in of:
            if needed or name in record:
                value = record[name]
                given[name] = value if make is None or value is None else make(value)
        return kind(**given)

    return made_whole if all(needed for *_, needed in of) else made


@dataclass(frozen=True, slots=True)
class Figure:
    """A casualty figure as a claim carries it."""

    min: int | None
    max: int | None
    kind: CasualtyKind
    who: str | None


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article as the ledger lists it. ``origin`` and ``story`` stay None until articles are linked."""

    id: str
    location: str
    outlet: str | None
    title: str | None
    published: str | None
    url: str | None
    language: str | None
    words: int
    origin: str | None
    story: str | None


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One content on somebody's word. ``chain`` runs from the outlet to the claimant; None in it is an unnamed source.

    ``spans`` are the content's pieces; ``evidence`` lists {kind, text}; ``decision`` is what a person last said of it.
    Of a claim that is linked, the last four count who stands where: independent origins, and claimants, that say the
    same, itself included, and that deny it or say what cannot hold beside it. They are no score of truth.
    """

    id: str
    article: str
    outlet: str | None
    published: str | None
    claimant: str | None
    chain: tuple[str | None, ...]
    stance: Stance
    text: str
    spans: tuple[Span, ...]
    event_type: str | None
    certainty: str | None
    place: str | None
    lat: float | None
    lon: float | None
    date: str | None
    figures: tuple[Figure, ...]
    evidence: tuple[Mapping[str, str], ...]
    story: str | None
    origin: str | None
    echo_of: str | None
    confidence: float
    decision: str | None
    origins_for: int | None = None
    claimants_for: int | None = None
    origins_against: int | None = None
    claimants_against: int | None = None


@dataclass(frozen=True, slots=True)
class ClaimantRow:
    """A party that speaks, over all articles: how it is named, and how much it claims where and when."""

    id: str
    name: str
    names: tuple[str, ...]
    claims: int
    articles: int
    outlets: tuple[str, ...]
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Linkable:
    """An article's reading with the claims that it holds, as linking takes it. ``embeddings`` are those of the claims,
    in their order: 384 float16 each, empty for what the outlet says itself and where the reader gave none."""

    reading: Reading
    claims: tuple[ClaimRow, ...]
    embeddings: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Episode:
    """What one article tells of one event: number 0 is its main event, others are those that it dates and places apart.

    ``date`` is YYYY-MM-DD. ``actors`` are names, folded, of who acts and who is hit; ``words`` are the distinct content
    words, sorted; ``embedding`` is 384 float16 or empty; ``claims`` are the ids of the claims that tell of it;
    ``happened`` is False where the outlet itself tells of no act of force there and then that was done; ``dated`` is
    False where the day is but that on which it was told; ``villages`` are keys of the small places that it names, the
    first four at most. Stories are made of episodes by comparing two at a time, so an episode depends on its own
    article only.
    """

    article: str
    number: int
    outlet: str | None
    published: str | None
    event_type: str | None
    place: str | None
    country: str | None
    lat: float | None
    lon: float | None
    precision: Precision
    date: str | None
    figures: tuple[Figure, ...]
    actors: tuple[str, ...]
    words: tuple[str, ...]
    embedding: bytes
    claims: tuple[str, ...]
    happened: bool = True
    dated: bool = True
    villages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EchoRow:
    """An article that copies: the article where its words start, which share of its own text is copied (0 to 1), and
    the agency that is credited."""

    article: str
    origin: str
    share: float
    wire: str | None


@dataclass(frozen=True, slots=True)
class LinkRow:
    """How one claim relates to an earlier one, by their ids; ``why`` is the words or figures that show it. In JSON
    ``from_`` is "from"."""

    from_: str
    to: str
    relation: Relation
    why: str
    score: float


@dataclass(frozen=True, slots=True)
class StoryFigure:
    """What one claimant says of those harmed in a story: the least and the most that it ever gave, when first and last,
    and in which articles. ``values`` are the figures in the order of time: (day, min, max, outlet). ``who`` is
    "civilians", "children" or "armed" where the claimant tells these apart."""

    claimant: str | None
    kind: CasualtyKind
    min: int | None
    max: int | None
    first: str | None
    last: str | None
    articles: tuple[str, ...]
    values: tuple[tuple[str | None, int | None, int | None, str | None], ...] = ()
    who: str | None = None


@dataclass(frozen=True, slots=True)
class StoryRow:
    """The claims, from all outlets, about one event. ``articles`` are those of which it is the main event, if any; who
    tells of it in passing adds claims only. ``origins`` counts the independent ones; ``findings`` are claims of bodies
    that the user has listed, by their ids."""

    id: str
    label: str
    event_type: str | None
    place: str | None
    lat: float | None
    lon: float | None
    first: str | None
    last: str | None
    articles: tuple[str, ...]
    outlets: tuple[str, ...]
    claimants: tuple[str, ...]
    origins: int
    claims: int
    denied: bool
    figures: tuple[StoryFigure, ...]
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WarningRow:
    """A claim that something will happen, and what came of it: from when to when it would have to, where, and the later
    claims that fit, told apart by who makes them. Of articles that copy one another one claim is among these, that of
    the origin if it fits; those of the others are ``copies``. ``state`` is "open", "followed" or "expired"."""

    claim: str
    claimant: str | None
    text: str
    place: str | None
    since: str | None
    until: str | None
    state: Literal["open", "followed", "expired"]
    by_warner: tuple[str, ...]
    by_accused: tuple[str, ...]
    by_others: tuple[str, ...]
    copies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person puts in the place of what was read of a claim. A part that is None stays as it was read.

    An empty ``source`` or ``cue`` says that there is none, an empty ``claimant`` that the speaker is not named, empty
    ``figures`` that the claim gives none. A source or cue is one span at most; a content has one or more.
    """

    source: tuple[Span, ...] | None = None
    cue: tuple[Span, ...] | None = None
    content: tuple[Span, ...] | None = None
    claimant: str | None = None
    stance: Stance | None = None
    figures: tuple[Figure, ...] | None = None


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """What a person said at the desk. ``about`` is the id of a claim; of a verdict on two, ``other`` is the second; of
    one on parties, both are names. ``superseded`` is when the same person said something newer of the same, or took it
    back; None: it stands. ``correction`` is what the claim's row has that was not read so."""

    id: int
    verdict: Verdict
    about: str
    other: str | None
    user: str
    at: str
    superseded: str | None
    note: str | None
    correction: Correction | None


@dataclass(frozen=True, slots=True)
class FirstTold:
    """Who told a story first, and when; and in how many articles and claims it is told."""

    outlet: str | None
    published: str | None
    articles: int
    claims: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for a person: is a ``claim`` read rightly; are two names one ``party``'s; do two claims tell
    of one ``story``? ``about`` and ``other`` are ids of claims, of a party names; ``text`` and ``other_text`` a claim's
    words, the names, or what the two stories are called; ``told`` and ``other_told`` tell stories of one name apart.
    ``doubt``, 0 to 1, is how unsure the machine is, ``uses`` how much hangs on it; what weighs most comes first."""

    kind: Literal["claim", "party", "story"]
    about: str
    other: str | None
    text: str
    other_text: str | None
    doubt: float
    uses: int
    claimant: str | None = None
    stance: Stance | None = None
    outlet: str | None = None
    published: str | None = None
    told: FirstTold | None = None
    other_told: FirstTold | None = None

    @property
    def weight(self) -> float:
        """Doubt, times how much hangs on it, itself included."""
        return self.doubt * (1 + self.uses)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two people agree on the claims that both decided: ``claims`` is how many these are, ``share`` on how many
    of them both said the same, ``kappa`` Cohen's; None where there are none, or chance alone would make them agree."""

    one: str
    other: str
    claims: int
    share: float | None
    kappa: float | None


@dataclass(frozen=True, slots=True)
class QuarantineRow:
    """Input that was set aside."""

    location: str
    sha256: str | None
    reason: str
    at: str


@dataclass(frozen=True, slots=True)
class Filters:
    """What a listing is narrowed to; None means no narrowing. ``since`` and ``until`` are ISO dates, both included;
    ``about`` is words looked for in contents, ``by``, ``outlet`` and ``place`` are names, ``also_called`` what else
    ``place`` is called; ``type`` is a PLOVER type."""

    about: str | None = None
    by: str | None = None
    outlet: str | None = None
    place: str | None = None
    since: str | None = None
    until: str | None = None
    stance: str | None = None
    type: str | None = None
    limit: int | None = None
    also_called: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkSummary:
    """What a run of ``sayso link`` did: articles linked, and how many stories, echoes and links the ledger now has."""

    articles: int
    stories: int
    echoes: int
    links: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Summary:
    """What one run of ``sayso read`` did, in articles, words and seconds.

    ``dropped`` counts what a language model made up (None: another reader read); ``stopped`` says why the run ended
    before its input did, and how to go on.
    """

    read: int
    known: int
    unread: int
    quarantined: int
    words: int
    seconds: float
    dropped: int | None = None
    stopped: str | None = None
