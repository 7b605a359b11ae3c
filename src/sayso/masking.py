"""Names that are not to leave: a ledger as exports may see it, with some names masked and some claims left out.

It is better to mask too much than too little. A name is looked for without regard to case, accents, spaces, hyphens
and marks that nobody sees, also within longer words; and each of its words that begins with a capital, by itself. Each
name becomes "[masked 1]" and so on, by its place in the file, in all that is exported. Spans are moved with the text:
they are right in the masked text, and no longer in the original.

What a mask cannot know: other names of a person, what pictures show, and who can be told by what is said of them.
"""

from __future__ import annotations

import html
import re
import tomllib
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast
from urllib.parse import unquote_to_bytes

from sayso.errors import NotThereError, UsageError
from sayso.ledger import Ledger
from sayso.ledger.claims import folded
from sayso.ledger.store import StoredArticle, StoredClaim, StoredStory
from sayso.types import ArticleRow, ClaimRow, Filters, LinkRow, Span, StoryRow, WarningRow

LEFT_OUT = "[left out]"
"""Stands in a text for the words of a claim that is left out."""

_SHORT = 4  # letters; a name of fewer counts only where it stands by itself
_WORD = re.compile(r"\w+")
_PART = 2  # letters, at least, of a word of a name that is masked by itself
_ESCAPES = 3  # within one another
_JSON_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_ENCODINGS = ("utf-8", "latin-1", "utf-16-le", "utf-16-be")

Value = TypeVar("Value")
Piece = tuple[int, int, str]
"""Where a text is masked, and what stands there instead."""


@dataclass(frozen=True, slots=True)
class Mask:
    """What is not to leave. ``names`` are groups of spellings, each group one person; ``claims`` are ids, or the
    beginnings of these; ``claimants`` are names of those whose claims are left out, also where they are called by more
    words ("Ivo Sand" as "Colonel Ivo Sand, head of the port")."""

    names: tuple[tuple[str, ...], ...] = ()
    claims: tuple[str, ...] = ()
    claimants: tuple[str, ...] = ()

    @classmethod
    def load(cls, path: Path) -> Mask:
        """The mask in a TOML file: lists ``names`` (of names, or of lists of spellings of one name), ``claims`` and
        ``claimants``. UsageError where it is not so."""
        try:
            table = tomllib.loads(path.read_text("utf-8"))
        except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise UsageError(f"{path}: expected a mask as TOML: {error}") from error
        known = [field.name for field in fields(cls)]
        if unknown := sorted(set(table) - set(known)):
            raise UsageError(f"{path}: unknown list {unknown[0]!r}. Known: {', '.join(known)}.")
        names = [[one] if isinstance(one, str) else one for one in _listed(path, table, "names")]
        mask = cls(
            tuple(tuple(_strings(path, "names", one)) for one in names),
            tuple(_strings(path, "claims", _listed(path, table, "claims"))),
            tuple(_strings(path, "claimants", _listed(path, table, "claimants"))),
        )
        if mask == cls():
            raise UsageError(f"{path}: masks nothing. Give names, claims or claimants, as docs/custody.md says.")
        for spelling in (one for group in mask.names for one in group):
            if not _letters(spelling)[0]:
                raise UsageError(f"{path}: names: expected a name with letters, got {spelling!r}")
        return mask


def _listed(path: Path, table: Mapping[str, Any], name: str) -> list[Any]:
    value = table.get(name, [])
    if not isinstance(value, list):
        raise UsageError(f"{path}: {name}: expected a list, got {value!r}")
    return value


def _strings(path: Path, name: str, values: Any) -> list[str]:
    if not isinstance(values, list) or not all(isinstance(one, str) and one.strip() for one in values):
        raise UsageError(f"{path}: {name}: expected texts that are not blank, got {values!r}")
    return values


def label_of(number: int) -> str:
    """What stands for the names of a group, by its number in the mask, from 1."""
    return f"[masked {number}]"


@dataclass(frozen=True, slots=True)
class Unmet:
    """Something of a mask that nothing met: ``what``, as the mask has it in ``list``. Of a name, ``in_part`` is True
    where one of its words was met and masked by itself."""

    what: str
    list: str
    in_part: bool = False


class Masker:
    """Finds and replaces the names of a mask."""

    def __init__(self, mask: Mask) -> None:
        self.met: set[str] = set()
        """What stands for the names that were found whole."""
        self.met_in_part: set[str] = set()
        """What stands for those of which a word was found."""
        self._whole: list[tuple[str, str]] = []
        self._parts: dict[str, str] = {}
        for number, group in enumerate(mask.names, 1):
            label = label_of(number)
            for spelling in group:
                self._whole.append((_letters(spelling)[0], label))
                for word in _words(spelling):
                    self._parts.setdefault(word, label)
        self._whole.sort(key=lambda one: (-len(one[0]), one))  # the longest of several first

    def pieces(self, text: str) -> list[Piece]:
        """Where in ``text`` there are names, and what is to stand there."""
        stream, places = _letters(text)
        found = list(self._found(text, stream, places))
        return _apart(found)

    def _found(self, text: str, stream: str, places: Sequence[int]) -> Iterator[Piece]:
        for letters, label in self._whole:
            at = stream.find(letters)
            while at >= 0:
                start, end = places[at], _whole_character(text, places[at + len(letters) - 1])
                if len(letters) >= _SHORT or _alone(text, start, end):
                    self.met.add(label)
                    yield start, end, label
                at = stream.find(letters, at + 1)
        for start, end, word in _runs(stream, places, text):
            if label := self._parts.get(word, ""):
                self.met_in_part.add(label)
                yield start, end, label

    def text(self, text: str) -> str:
        """``text`` with names replaced; where one is hidden by an escape, as in addresses, nothing else is left."""
        plain = self.pieces(text)
        for hidden in _unescaped(text):
            if len(pieces := self.pieces(hidden)) > len(plain):
                return pieces[0][2]
        return Cut(text, plain).text

    def value(self, value: Value) -> Value:
        """``value`` with all texts in it masked, however deep; keys are left as they are."""
        if isinstance(value, str):
            return cast(Value, self.text(value))
        if isinstance(value, Mapping):
            return cast(Value, {key: self.value(item) for key, item in value.items()})
        if isinstance(value, tuple | list):
            return cast(Value, type(value)(self.value(item) for item in value))
        if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **{f.name: self.value(getattr(value, f.name)) for f in fields(value)})
        return value

    def meets(self, value: Any) -> bool:
        """True where there is a name anywhere in ``value``."""
        return bool(self.value(value) != value)

    def meets_bytes(self, data: bytes) -> bool:
        """True where there is a name in ``data``, taken for text in any usual encoding, escaped or not."""
        for encoding in _ENCODINGS:
            text = data.decode(encoding, "replace")
            if any(self.pieces(one) for one in (text, *_unescaped(text))):
                return True
        return False


class Cut:
    """A text with pieces of it replaced, and where in the new text what stood in the old one now is."""

    def __init__(self, text: str, pieces: Sequence[Piece]) -> None:
        made, at, length = [], 0, 0
        self._pieces: list[tuple[int, int, int, int]] = []  # from and to in the old text, and in the new one
        for start, end, label in pieces:
            made += [text[at:start], label]
            length += start - at
            self._pieces.append((start, end, length, length + len(label)))
            length, at = length + len(label), end
        self.text = "".join([*made, text[at:]])
        self._starts = [piece[0] for piece in self._pieces]

    def __bool__(self) -> bool:
        return bool(self._pieces)

    def span(self, start: int, end: int) -> Span:
        """Where ``start`` to ``end`` of the old text now is; what it cut through is in it whole."""
        new = self._moved(start, 0), self._moved(end, 1)
        return Span(*new, self.text[slice(*new)])

    def _moved(self, place: int, is_end: int) -> int:
        number = bisect_right(self._starts, place - is_end) - 1
        if number < 0:
            return place
        _, end, new_start, new_end = self._pieces[number]
        if place - is_end < end:
            return new_end if is_end else new_start
        return new_end + place - end


class Masked:
    """What exports ask a ledger for, masked. It has no other methods: what is not masked cannot be asked for."""

    def __init__(self, held: Ledger, mask: Mask) -> None:
        self._held, self._mask, self._masker = held, mask, Masker(mask)
        self._claimants = {name: _name_words(name) for name in mask.claimants}
        self._met: set[str] = set()  # claimants and beginnings of claims' ids, as the mask has them
        self._named = lru_cache(4096)(self._claimants_in)
        self._cuts = lru_cache(64)(self._cut)
        self._titles = lru_cache(4096)(self._title)
        self.where = held.where

    def articles(self, f: Filters = Filters()) -> Iterator[ArticleRow]:  # noqa: B008 (frozen)
        """As ``Ledger.articles``."""
        return map(self._article, self._held.articles(f))

    def claims(self, f: Filters = Filters()) -> Iterator[ClaimRow]:  # noqa: B008 (frozen)
        """As ``Ledger.claims``, without those that are left out."""
        return (self._claim(row) for row in self._held.claims(f) if not self.leaves_out(row))

    def claims_of(self, article_id: str) -> Iterator[ClaimRow]:
        """As ``Ledger.claims_of``, without those that are left out."""
        return (self._claim(row) for row in self._held.claims_of(article_id) if not self.leaves_out(row))

    def claim(self, id_: str) -> StoredClaim:
        """As ``Ledger.claim``. NotThereError for one that is left out."""
        found = self._held.claim(id_)
        if self.leaves_out(found.row):
            raise NotThereError(f"claim {id_} is left out")
        cut = self._cuts(found.row.article)
        context = cut.span(found.context.start, found.context.end)
        return StoredClaim(self._claim(found.row), self._article(found.article), context)

    def links(self, f: Filters = Filters()) -> Iterator[LinkRow]:  # noqa: B008 (frozen)
        """As ``Ledger.links``, without those from or to a claim that is left out."""
        return (self._masker.value(row) for row in self._held.links(f) if not self._leaves_out_link(row))

    def stories(self, f: Filters = Filters()) -> Iterator[StoryRow]:  # noqa: B008 (frozen)
        """As ``Ledger.stories``."""
        found = ((row, self._held.story(row.id)) for row in self._held.stories(f))
        return (self._story(row, (*of.claims, *of.findings)) for row, of in found)

    def story(self, id_: str) -> StoredStory:
        """As ``Ledger.story``, without claims that are left out."""
        found = self._held.story(id_)
        gone = {row.id for row in (*found.claims, *found.findings) if self.leaves_out(row)}
        claims, findings = (
            tuple(self._claim(row) for row in rows if row.id not in gone) for rows in (found.claims, found.findings)
        )
        return StoredStory(
            self._story(found.row, (*found.claims, *found.findings)),
            claims,
            self.value(tuple(x for x in found.links if not {x.from_, x.to} & gone)),
            self.value(found.echoes),
            tuple(map(self._article, found.articles)),
            self.value(tuple(self._warning(w) for w in found.warnings if w.claim not in gone)),
            findings,
        )

    def article(self, id_: str) -> StoredArticle:
        """As ``Ledger.article``; the spans of its reading are those of the masked text."""
        found = self._held.article(id_)
        cut = self._cuts(found.row.id)
        return StoredArticle(self._article(found.row), self._reading(found.reading, cut), cut.text)

    def corrections(self) -> Iterator[dict[str, Any]]:
        """As ``Ledger.corrections``."""
        for record in self._held.corrections():
            cut = self._cuts(record["article"]["id"])
            yield cast(dict[str, Any], self._moved(record, cut)) | {"article": self._described(record["article"], cut)}

    def leaves_out(self, row: ClaimRow) -> bool:
        """True for a claim that is not to leave."""
        return self.leaves_out_claim(row.id, (row.claimant, *row.chain))

    def leaves_out_claim(self, id_: str, by: Iterable[str | None]) -> bool:
        """True for a claim with this id, or on the word of one of these."""
        met = {start for start in self._mask.claims if id_.startswith(start)}.union(*map(self._named, by))
        self._met |= met
        return bool(met)

    def unmet(self) -> tuple[Unmet, ...]:
        """What of the mask nothing met, in all that was asked for until now. Of several spellings, one is enough."""
        masker, mask = self._masker, self._mask
        groups = [(label_of(number), group[0]) for number, group in enumerate(mask.names, 1) if group]
        names = [Unmet(name, "names", lab in masker.met_in_part) for lab, name in groups if lab not in masker.met]
        claims = [Unmet(start, "claims") for start in mask.claims if start not in self._met]
        claimants = [Unmet(name, "claimants") for name in mask.claimants if name not in self._met]
        return (*names, *claims, *claimants)

    def meets(self, value: Any) -> bool:
        """True where there is a name of the mask in ``value``."""
        return self._masker.meets(value)

    def meets_bytes(self, data: bytes) -> bool:
        """True where there is a name of the mask in ``data``, taken for text."""
        return self._masker.meets_bytes(data)

    def value(self, value: Value) -> Value:
        """``value`` with all texts in it masked."""
        return self._masker.value(value)

    def _claimants_in(self, name: str | None) -> frozenset[str]:
        """The claimants of the mask that somebody's name has: "Ivo Sand" is in "Colonel Ivo Sand, head of the port"."""
        words = f" {_name_words(name or '')} "
        return frozenset(given for given, sought in self._claimants.items() if f" {sought} " in words)

    def _gone(self, article_id: str) -> list[Span]:
        """The words of an article's claims that are left out."""
        rows = self._held.claims_of(article_id) if self._claimants or self._mask.claims else ()
        return [span for row in rows if self.leaves_out(row) for span in row.spans]

    def _cut(self, article_id: str) -> Cut:
        """An article's text, masked, and without the words of claims that are left out."""
        text = self._held.article(article_id).text
        words = [(span.start, span.end, LEFT_OUT) for span in self._gone(article_id)]
        return Cut(text, _apart([*words, *self._masker.pieces(text)]))

    def _title(self, article_id: str, title: str) -> str:
        """The title of an article as its masked text has it, and without words that are left out there."""
        gone = self._gone(article_id)
        if gone and self._held.article(article_id).text.startswith(title):
            title = self._cuts(article_id).span(0, len(title)).text
        for words in sorted({span.text for span in gone}, key=len, reverse=True):
            title = title.replace(words, LEFT_OUT)
        return self._masker.text(title)

    def _article(self, row: ArticleRow) -> ArticleRow:
        masked = self._masker.value(replace(row, title=None))
        return replace(masked, title=row.title and self._titles(row.id, row.title))

    def _described(self, article: dict[str, Any], cut: Cut) -> dict[str, Any]:
        """What JSON has of an article, with its text and title as they are masked."""
        title = article["title"] and self._titles(article["id"], article["title"])
        return self._masker.value(article | {"text": "", "title": None}) | {"text": cut.text, "title": title}

    def _claim(self, row: ClaimRow) -> ClaimRow:
        cut = self._cuts(row.article)
        spans = tuple(cut.span(span.start, span.end) for span in row.spans)
        echo_of = None if row.echo_of and self._is_gone(row.echo_of) else row.echo_of
        masked = self._masker.value(replace(row, spans=(), text="", echo_of=echo_of))
        return replace(masked, spans=spans, text=" … ".join(span.text for span in spans))

    def _warning(self, row: WarningRow) -> WarningRow:
        """A warning without the claims that are left out among those that fit."""
        kept = (
            tuple(id_ for id_ in ids if not self._is_gone(id_))
            for ids in (row.by_warner, row.by_accused, row.by_others, row.copies)
        )
        by_warner, by_accused, by_others, copies = kept
        return replace(row, by_warner=by_warner, by_accused=by_accused, by_others=by_others, copies=copies)

    def _leaves_out_link(self, row: LinkRow) -> bool:
        return self._is_gone(row.from_) or self._is_gone(row.to)

    def _is_gone(self, claim_id: str) -> bool:
        try:
            return self.leaves_out(self._held.claim(claim_id).row)
        except NotThereError:  # linked anew since the listing began
            return True

    def _story(self, row: StoryRow, claims: Iterable[ClaimRow]) -> StoryRow:
        """A story without the figures of claims that are left out."""
        gone = [claim for claim in claims if self.leaves_out(claim)]
        by = {(folded(claim.claimant or ""), claim.article) for claim in gone}
        figures = tuple(
            f
            for f in row.figures
            if not self._named(f.claimant)
            and not any((folded(f.claimant or ""), article) in by for article in f.articles)
        )
        claimants = tuple(name for name in row.claimants if not self._named(name))
        ids = {claim.id for claim in gone}
        findings = tuple(id_ for id_ in row.findings if id_ not in ids)
        return self._masker.value(replace(row, figures=figures, claimants=claimants, findings=findings))

    def _reading(self, reading: dict[str, Any] | None, cut: Cut) -> dict[str, Any] | None:
        if reading is None:
            return None
        described = self._described(reading["article"], cut)
        return cast(dict[str, Any], self._moved(reading | {"article": None}, cut)) | {"article": described}

    def _moved(self, value: Any, cut: Cut) -> Any:
        """What JSON has of a reading, with spans where they are in the masked text."""
        if isinstance(value, Mapping):
            if value.keys() == {"start", "end", "text"}:
                span = cut.span(value["start"], value["end"])
                return {"start": span.start, "end": span.end, "text": span.text}
            return {key: self._moved(item, cut) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [self._moved(item, cut) for item in value]
        return self._masker.value(value)


def _name_words(name: str) -> str:
    """The words of a claimant's name as they are compared: without case, marks and a leading "the"."""
    return " ".join(_WORD.findall(folded(name))).removeprefix("the ")


# Letters


def _letters(text: str) -> tuple[str, list[int]]:
    """The letters and digits of ``text``, folded, without accents; and where in ``text`` each one is."""
    stream, places = [], []
    for place, character in enumerate(text):
        for letter in _folded_letter(character):
            stream.append(letter)
            places.append(place)
    return "".join(stream), places


@lru_cache(maxsize=4096)
def _folded_letter(character: str) -> str:
    plain = unicodedata.normalize("NFKD", character).casefold()
    return "".join(one for one in unicodedata.normalize("NFKD", plain) if one.isalnum())


def _is_mark(character: str) -> bool:
    """True for what changes the letter before, or that nobody sees."""
    return unicodedata.category(character) in ("Mn", "Me", "Mc", "Cf")


def _whole_character(text: str, place: int) -> int:
    """Where the letter at ``place`` ends, with the marks on it."""
    end = place + 1
    while end < len(text) and _is_mark(text[end]):
        end += 1
    return end


def _alone(text: str, start: int, end: int) -> bool:
    return not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum())


class _Run(NamedTuple):
    start: int
    end: int
    word: str


def _runs(stream: str, places: Sequence[int], text: str) -> Iterator[_Run]:
    """The words of a text: letters and digits with nothing between them but marks."""
    begun = 0
    for number in range(1, len(places) + 1):
        last = places[number - 1]
        if number < len(places) and (places[number] == last or _whole_character(text, last) >= places[number]):
            continue
        yield _Run(places[begun], _whole_character(text, last), stream[begun:number])
        begun = number


def _words(name: str) -> list[str]:
    """The words of a name that are masked by themselves: all but short ones, and those like "of" and "the"."""
    stream, places = _letters(name)
    runs = [run for run in _runs(stream, places, name) if len(run.word) >= _PART]
    return [run.word for run in runs if not name[run.start].islower()] if len(runs) > 1 else []


def _unescaped(text: str) -> Iterator[str]:
    """``text`` as it reads where escapes of addresses, pages and JSON are taken for what they stand for, also such
    within such."""
    for _ in range(_ESCAPES):
        plain = unquote_to_bytes(text.encode("utf-8", "replace")).decode("utf-8", "replace") if "%" in text else text
        plain = html.unescape(plain) if "&" in plain else plain
        plain = _JSON_ESCAPE.sub(lambda found: chr(int(found[1], 16)), plain)
        if plain == text:
            return
        yield plain
        text = plain


def _apart(pieces: Iterable[Piece]) -> list[Piece]:
    """Pieces in order, with those that overlap made one; the label is that of the first and longest."""
    made: list[Piece] = []
    for start, end, label in sorted(pieces, key=lambda piece: (piece[0], -piece[1], piece[2])):
        if made and start < made[-1][1]:
            made[-1] = (made[-1][0], max(made[-1][1], end), made[-1][2])
        else:
            made.append((start, end, label))
    return made
