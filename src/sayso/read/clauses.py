"""The words of one sentence, what part each may play, and its noun phrases: enough to tell subject from object.

No tagger and no grammar: closed classes of English words, endings, and what stands beside. Triggers, names and time
expressions are given, which settles most of what endings leave open. All of it is one pass, or looks no further than a
fixed number of words, so that a sentence as long as a book takes as long as a book.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from sayso.read.nouns import GROUP_NOUNS, PERSON_ROLES
from sayso.read.numbers import NUMBER_WORDS
from sayso.wordsets import word_set

Pair = tuple[int, int]

# What a word may be. A tag is one character, so that a set of tags can be written as a string.
DET, NOUN, NUM, PRONOUN = "d", "n", "#", "u"
PREP, OF, TO, AND, SUB, REL = "p", "o", "t", "c", "k", "r"
BE, HAVE, MODAL, DO, NOT, ADVERB, WHEN = "b", "h", "m", "D", "x", "a", "w"
VERB, PAST, ING, INFINITIVE = "v", "e", "g", "i"
COMMA, STRONG, SKIP = ",", ";", '"'

VERBS = frozenset("vegi")
FINITE = frozenset("vebhmD")
PASSED = frozenset('axw"')  # what may stand between the parts of a verb

_WORD = re.compile(r"[^\W_]+(?:[-.'’][^\W_]+)*|[^\w\s]|_", re.UNICODE)

_CLOSED = {
    DET: """the a an this these those its his her their our my your some any all both each every another many
    several few most no other various numerous such certain""",
    PRONOUN: """he she they it we i you him them us me himself herself itself themselves nobody everybody everyone
    someone somebody anyone none one""",
    PREP: """in on at for from by with against into near inside outside during across among under within between
    over through around along toward towards upon about above behind beyond amid amidst despite via
    including according like per throughout beside besides onto off without except alongside""",
    OF: """of""",
    TO: """to""",
    AND: """and or & but""",
    SUB: """when while after before because since if although though until unless as where whereas once so
    whether than""",
    REL: """who which whom that whose""",
    BE: """was were is are be been being am got gets get getting""",
    HAVE: """has have had having""",
    MODAL: """will would may might could can should shall must cannot""",
    DO: """do does did""",
    NOT: """not never n't neither nor""",
    ADVERB: """also already then still yet again now too even just only so-called ago here there up down out away
    back forward together soon later earlier often however therefore meanwhile instead thus ever almost
    afterwards afterward twice once today tomorrow yesterday tonight overnight first reportedly""",
    VERB: """said says say told tells tell took take takes made make makes gave give gives held hold holds began
    begin begins left leaves led leads found finds find kept keep keeps came comes come went goes go
    became becomes become saw sees see knew knows know thought thinks think brought brings bring bought
    sent sends send met meets meet put puts set sets lost loses lose won wins win fell falls rose rises
    drew draws drove drives flew flies ran runs spoke speaks stood stands sought seeks seek wrote writes
    broke breaks built builds fought fights shot struck strikes hit hits laid lay paid pays sold sells
    taught threw throws understood wore withdrew withdraws forbade chose chooses wants want includes
    remains adds shows follows seems appears believes claims calls denies warns accuses blames urges
    insists confirms reveals announces reports quoted died dies die fled flees flee kills vows agrees
    blew grew beat swore stole shook swept tore spread rode sank hid bore caught sped signs""",
}
_TAG_OF = {word: tag for tag, words in _CLOSED.items() for word in words.split()}
_MARKS = {",": COMMA, ";": STRONG, ":": STRONG, "—": STRONG, "–": STRONG, "|": STRONG, "•": STRONG, "!": STRONG,
          "?": STRONG, "&": AND}  # fmt: skip
_ING_NOUNS = word_set(
    """building buildings morning evening meeting king spring thing something anything nothing everything ceiling wing
    sibling darling wedding housing hearing ruling briefing gathering fighting training funding clothing beijing
    bombing shelling killing uprising"""
)
_PAST_ADJECTIVES = word_set(
    """armed masked united alleged suspected unidentified wanted besieged occupied injured wounded displaced detained
    jailed limited advanced combined joint unnamed so-called unarmed disputed destroyed"""
)
_NO_PASTS = word_set("hundred united need speed seed bleed breed feed indeed red bed shed sacred")
# Before a number they belong to it: "at least 12", "more than 50", "up to 20", "about 30".
_BOUNDS = {"at": {"least", "most"}, "more": {"than"}, "less": {"than"}, "fewer": {"than"}, "up": {"to"}, "as": {"many"},
           "well": {"over"}}  # fmt: skip
_ABOUT = word_set("about around over under nearly almost some approximately roughly only another")
_NOUN_ENDINGS = (
    "tion",
    "tions",
    "ment",
    "ments",
    "sion",
    "sions",
    "ance",
    "ence",
    "ism",
    "ship",
    "ness",
    "acre",
    "acres",
)
_OBJECT_STARTS = frozenset("d#u")
_BRACKET_REACH = 8
_LONGEST = 40  # words of a noun phrase
_CHAIN = 4  # noun phrases joined by "of"


@dataclass(slots=True)
class Chunk:
    """A noun phrase without what follows its head: words ``first`` to ``last`` (exclusive); ``head`` is its main noun.

    ``upper`` is the chunk that it stands behind with "of", ``lower`` the one that stands behind it so.
    """

    first: int
    last: int
    head: int
    upper: int | None = None
    lower: int | None = None


@dataclass(slots=True)
class Sentence:
    """A sentence's words, by index: offsets, lower case, tag, and the chunk that each lies in (-1: none)."""

    text: str
    spans: list[Pair]
    low: list[str]
    tags: list[str]
    chunks: list[Chunk] = field(default_factory=list)
    chunk_at: list[int] = field(default_factory=list)

    def tag(self, at: int) -> str:
        """The tag of word ``at``; "" outside."""
        return self.tags[at] if 0 <= at < len(self.tags) else ""

    def word(self, at: int) -> str:
        """The word ``at`` in lower case; "" outside."""
        return self.low[at] if 0 <= at < len(self.low) else ""

    def written(self, at: int) -> str:
        """The word ``at`` as the text has it."""
        start, end = self.spans[at]
        return self.text[start:end]

    def chunk(self, at: int) -> Chunk | None:
        """The noun phrase that word ``at`` lies in."""
        return self.chunks[self.chunk_at[at]] if 0 <= at < len(self.tags) and self.chunk_at[at] >= 0 else None

    def top(self, chunk: Chunk) -> Chunk:
        """The head of the chain of "of" that ``chunk`` ends: "members" for "the guard" of "members of the guard"."""
        for _ in range(_CHAIN):
            if chunk.upper is None:
                break
            chunk = self.chunks[chunk.upper]
        return chunk

    def end(self, chunk: Chunk) -> int:
        """Where the noun phrase ends (exclusive), with what stands behind it with "of"."""
        for _ in range(_CHAIN):
            if chunk.lower is None:
                break
            chunk = self.chunks[chunk.lower]
        return chunk.last

    def after(self, at: int) -> int:
        """The first word from ``at`` on that is no adverb, time or quotation mark."""
        while self.tag(at) in PASSED and self.tag(at):
            at += 1
        return at

    def before(self, at: int) -> int:
        """The last word up to ``at`` that is no adverb, time or quotation mark; -1 where there is none."""
        while at >= 0 and self.tags[at] in PASSED:
            at -= 1
        return at

    def owns(self, at: int) -> bool:
        """True where word ``at`` says whose what follows is: "Vorl's", "the rebels'"."""
        return self.word(at).endswith(("'s", "’s")) or (self.word(at).endswith("s") and self.word(at + 1) in ("'", "’"))


def parsed(
    text: str, bounds: Pair, triggers: Iterable[Pair], names: Sequence[Pair], times: Sequence[Pair]
) -> tuple[Sentence, list[int]]:
    """The sentence at ``bounds`` of ``text``, and for each trigger within it (in text order) the index of its word.

    ``names`` (of two words and more) and ``times`` are spans within the sentence, each in text order.
    """
    spans = [m.span() for m in _WORD.finditer(text, *bounds)]
    low = [text[start:end].lower() for start, end in spans]
    sentence = Sentence(text, spans, low, [""] * len(spans))
    marked = _indices(spans, triggers)
    _tag_alone(sentence)
    _skip_brackets(sentence, set(marked))
    for first, last in _covered(spans, names):
        if not any(first <= at < last for at in _near(marked, first, last)):
            sentence.tags[first:last] = [NOUN] * (last - first)
    for first, last in _covered(spans, times):
        sentence.tags[first:last] = [WHEN] * (last - first)
    _bind_numbers(sentence)
    _tag_by_neighbours(sentence, set(marked))
    _find_chunks(sentence)
    return sentence, marked


def _indices(spans: Sequence[Pair], wanted: Iterable[Pair]) -> list[int]:
    """For each of ``wanted`` the word that it begins in or before."""
    found, at = [], 0
    for start, _ in wanted:
        while at + 1 < len(spans) and spans[at][1] <= start:
            at += 1
        found.append(at)
    return found


def _covered(spans: Sequence[Pair], ranges: Iterable[Pair]) -> Iterable[Pair]:
    at = 0
    for start, end in ranges:
        while at < len(spans) and spans[at][1] <= start:
            at += 1
        last = at
        while last < len(spans) and spans[last][0] < end:
            last += 1
        if at < last:
            yield at, last


def _near(marked: Sequence[int], first: int, last: int) -> Sequence[int]:
    return marked[bisect_left(marked, first) : bisect_left(marked, last)]


def _tag_alone(s: Sentence) -> None:
    """What each word may be by itself."""
    shouting = s.text[s.spans[0][0] : s.spans[-1][1]].isupper() if s.spans else False
    for at, (start, end) in enumerate(s.spans):
        s.tags[at] = _tag_of(s.text[start:end], at == 0, shouting)
        if s.low[at] == "-" and s.text[start - 1].isspace():
            s.tags[at] = STRONG


@lru_cache(16384)
def _tag_of(written: str, opens: bool, shouting: bool) -> str:
    """What a word may be by itself, also where it ``opens`` its sentence or all of that is ``shouting``; names in
    capitals are no "US", "IS" or "WHO"."""
    low = written.lower()
    if tag := _TAG_OF.get(low):
        return NOUN if len(low) > 1 and not shouting and written.isupper() else tag
    first = low[0]
    if not first.isalnum():
        return _MARKS.get(low, SKIP)
    if first.isdigit() or low in NUMBER_WORDS:
        return NUM
    if low.endswith("n't"):
        return NOT
    if written[0].isupper() and not opens:
        return NOUN
    if low.endswith("ly") and len(low) > 4 and low not in ("family", "assembly", "supply", "ally", "rally", "italy"):
        return ADVERB
    if low.endswith("ed") and len(low) > 4 and "-" not in low and low not in _NO_PASTS:
        return PAST
    if low.endswith("ing") and len(low) > 5 and low not in _ING_NOUNS:
        return ING
    return NOUN


def _skip_brackets(s: Sentence, marked: set[int]) -> None:
    """Short brackets, as of an abbreviation, are passed over: "the Assembly (TA) forces"."""
    for at, low in enumerate(s.low):
        if low == "(":
            close = next((i for i in range(at + 1, min(at + _BRACKET_REACH, len(s.low))) if s.low[i] == ")"), None)
            if close is not None and marked.isdisjoint(range(at, close)):
                s.tags[at : close + 1] = [SKIP] * (close + 1 - at)


def _bind_numbers(s: Sentence) -> None:
    for at in range(len(s.tags) - 1):
        low, follow = s.low[at], s.low[at + 1]
        if follow in _BOUNDS.get(low, ()):
            size = 3 if low == "as" and s.word(at + 2) == "as" else 2
            if s.tag(at + size) == NUM:
                s.tags[at : at + size] = [NUM] * size
        elif low in _ABOUT and s.tags[at + 1] == NUM and s.tags[at] != WHEN:
            s.tags[at] = NUM


def _tag_by_neighbours(s: Sentence, marked: set[int]) -> None:
    """Settles what endings leave open, from left to right, so that what stands before is settled already."""
    for at, tag in enumerate(s.tags):
        if at in marked:
            s.tags[at] = _trigger_tag(s, at)
        elif tag == PAST:
            s.tags[at] = _past_tag(s, at)
        elif tag == ING:
            s.tags[at] = _ing_tag(s, at)
        elif tag == NOUN and at and _is_infinitive(s, at):
            s.tags[at] = INFINITIVE


def _past_tag(s: Sentence, at: int) -> str:
    before, follow = s.tag(at - 1), s.tag(at + 1)
    if before == ADVERB and s.tag(at - 2) in ("d", "n", "#"):
        before = s.tag(at - 2) if s.tag(at - 2) == DET else before
    if follow == NOUN and (
        before in ("d", "#", "p", "o", "t") or (s.low[at] in _PAST_ADJECTIVES and before not in "bhn")
    ):
        return NOUN
    if s.owns(at - 1) and follow in (NOUN, PAST):
        return NOUN
    joins = before in (AND, COMMA) and follow == NOUN and s.tag(at + 2) in ("b", "h", "m", "D")
    return NOUN if joins else PAST  # "the army and allied fighters have"


def _ing_tag(s: Sentence, at: int) -> str:
    before, follow = s.tag(at - 1), s.tag(at + 1)
    if before == BE:
        return ING
    if before == DET or follow == OF or s.owns(at - 1):
        return NOUN
    return ING if follow in ("d", "#", "u", "n", "t", "p", "w", "a", ",", "") or before == COMMA else NOUN


def _is_infinitive(s: Sentence, at: int) -> bool:
    """True of a bare word after "to" or an auxiliary that is none of the things one goes to."""
    before = s.before(at - 1)
    tag, low = s.tag(before), s.low[at]
    if tag in (MODAL, DO):
        return s.written(at)[0].islower()
    if tag != TO or at - before > 2 or not s.written(at)[0].islower():
        return False
    singular = low.endswith(("s", "tion", "ing", "ment", "ity")) and not low.endswith("ss")
    return not singular and low not in GROUP_NOUNS and low not in PERSON_ROLES


def _trigger_tag(s: Sentence, at: int) -> str:
    low, tag = s.low[at], s.tags[at]
    if low.endswith("ing") and low not in ("king", "wing"):
        return _trigger_ing(s, at)
    if (low.endswith("ed") and len(low) > 3) or (tag == VERB and low not in _BASE_FORMS):
        return _trigger_past(s, at)
    return _trigger_bare(s, at)


_BASE_FORMS = word_set("hit hits strikes strike fights kills calls claims vows reports die flee set sets meet meets")


def _trigger_ing(s: Sentence, at: int) -> str:
    before, follow = s.tag(s.before(at - 1)), s.tag(at + 1)
    if follow == OF or before == DET or s.owns(at - 1) or (before == OF and follow not in _OBJECT_STARTS):
        return NOUN
    if before in (BE, COMMA, SUB) or follow in _OBJECT_STARTS:
        return ING
    if follow == NOUN and before not in ("n", "v", "i", "e"):
        return ING
    return NOUN


def _trigger_past(s: Sentence, at: int) -> str:
    before, follow = s.tag(s.before(at - 1)), s.tag(at + 1)
    if follow == NOUN and (before == DET or s.owns(at - 1)) and s.word(at + 1) not in ("by",):
        return NOUN  # "the besieged town"
    if before == DET and follow != NOUN:
        return NOUN  # "the wounded were"
    return PAST


def _trigger_bare(s: Sentence, at: int) -> str:
    """ "attack", "attacks", "strike", "protests": noun or verb."""
    low = s.low[at]
    left = s.before(at - 1)
    before, follow = s.tag(left), s.tag(s.after(at + 1))
    takes_object = follow in _OBJECT_STARTS or follow == NOUN
    if before in (BE, HAVE) and low in ("hit", "set"):
        return PAST
    if before == TO:
        return INFINITIVE if takes_object or not low.endswith("s") else NOUN
    if before in (MODAL, DO) or s.word(left) in ("not", "they", "we", "you", "who", "n't"):
        return INFINITIVE
    if before in (PRONOUN, REL) and not low.endswith(_NOUN_ENDINGS):
        return VERB
    if (
        before in ("d", "#", "p", "o", "v", "e", "g", "i", "b", "h", "")
        or s.owns(at - 1)
        or low.endswith(_NOUN_ENDINGS)
    ):
        return VERB if low in _BASE_FORMS and before == "" and follow in _OBJECT_STARTS else NOUN
    if before == NOUN and follow in ("v", "b", "h", "m", "D"):
        return NOUN  # "air strikes hit"
    if before == NOUN and s.word(left).endswith("s") and not low.endswith("s") and _no_finite(s) and not s.owns(left):
        return VERB  # "Protesters clash with police"
    if before == NOUN and takes_object and not s.owns(at - 1):
        plural_subject = s.word(left).endswith("s") and not low.endswith("s")
        singular_subject = low.endswith("s") and not low.endswith("ss")
        if (plural_subject or singular_subject) and (follow in _OBJECT_STARTS or _no_finite(s)):
            return VERB
    return VERB if s.tags[at] == VERB and before != AND else NOUN


def _no_finite(s: Sentence) -> bool:
    """True of a headline without any other verb near its beginning."""
    return len(s.tags) < 20 and not any(tag in ("b", "h", "m", "v", "D") for tag in s.tags)


def _find_chunks(s: Sentence) -> None:
    s.chunk_at = [-1] * len(s.tags)
    at = 0
    while at < len(s.tags):
        if s.tags[at] not in ("d", "#", "n", "u"):
            at += 1
            continue
        chunk = _chunk_at(s, at)
        at = max(chunk.last, at + 1)
        if chunk.head >= 0:
            s.chunk_at[chunk.first : chunk.last] = [len(s.chunks)] * (chunk.last - chunk.first)
            _join_by_of(s, chunk)
            s.chunks.append(chunk)


def _join_by_of(s: Sentence, chunk: Chunk) -> None:
    of = s.before(chunk.first - 1)
    upper = s.chunk_at[of - 1] if of > 0 and s.tags[of] == OF else -1
    if upper >= 0:
        chunk.upper = upper
        s.chunks[upper].lower = len(s.chunks)


def _chunk_at(s: Sentence, first: int) -> Chunk:
    """The longest run from ``first`` that may be one noun phrase; ``head`` is -1 where it has none."""
    if s.tags[first] == PRONOUN:
        return Chunk(first, first + 1, first)
    at, last, noun, number = first, first, -1, -1
    while at < min(len(s.tags), first + _LONGEST):
        tag = s.tags[at]
        if tag == NOUN:
            noun, last = at, at + 1
        elif tag in (DET, NUM):
            if noun >= 0 and not s.owns(at - 1):
                break
            number, last = (at, at + 1) if tag == NUM else (number, last)
        elif not (tag == SKIP or (tag == ADVERB and noun < 0 and at > first)):
            break
        at += 1
    head = noun if noun >= 0 else number
    if head < 0 and s.low[first] in ("this", "these", "those", "both", "many", "some", "several", "all"):
        return Chunk(first, first + 1, -1)
    return Chunk(first, max(last, first), head)
