"""Whether expressions that somebody quotes of somebody are found with the whole chain of sources (MPQA 2.0).

MPQA gives each expression a chain of sources: the writer, A, B for what B says in A's words. Two topics are held out
(``HELD_OUT``): training must leave them alone. This is what is measured:

- What counts is each direct-subjective and each objective-speech-event with words of its own, not one that is marked
  implicit, whose chain has three members or more: the writer, A, B, …
- It is a *speech event* if it is an objective-speech-event, or a direct-subjective with a word that begins as words of
  saying do (``_SPEAKING``): MPQA has one mark for what is said with feeling ("denounced") and for what is only felt
  ("hoped"), and does not tell them apart. *Speech events* counts what speaks; *objective*, what MPQA itself calls a
  speech event; *with private states*, everything. Mere mentions of something said ("the remarks"), which MPQA marks as
  insubstantial and still gives a chain, count in all three; *substantial* is the first without them. *With chains of
  two* is the first, with what only the writer passes on (the writer, A) counted too, which some call two deep.
- It is found if the cue of one of the reading's attributions touches its words, and the chains agree: that
  attribution's source is B's, that of the one that it lies within is A's, and so on, up to one that lies within none.
- A source is B's where it touches words that are marked as B in exactly this chain. Where nothing in the expression's
  sentence is (B is implicit, or named earlier), it is enough that the source or the claimant names B. Sources farther
  up may stand sentences away, and may always be named instead.
- Words name a party if, without articles and case, they are some words by which the document calls it, or if one has
  all the words of the other and a capital ("Orr" and "President Mirel Orr"). Pronouns name nobody. A party called
  "implicit" is nobody: it is matched by an attribution without a source.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sayso.types import Attribution, Reading

TOPICS, TEXTS, ANNOTATIONS = "topics.json", "docs", "man_anns"
HELD_OUT = ("taiwan", "venezuela")  # the same as in sayso.train, which needs torch and so is not imported here
NOBODY = "implicit"

_LINE = re.compile(r"^\d+\t(\d+),(\d+)\tstring\tGATE_(\S+)(.*)$", re.MULTILINE)
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_WORD = re.compile(r"[\w'’-]+")
_EXPRESSIONS = ("direct-subjective", "objective-speech-event")
_ARTICLES = {"the", "a", "an"}
_PRONOUNS = {"he", "she", "it", "they", "we", "i", "you", "who", "his", "her", "their", "our", "my", "its", "one"}
# How English words of saying begin, verbs and nouns: all that is told from the words alone.
_SPEAKING = re.compile(
    r"\b(?:accord(?:ing)? to\b|accus|acknowledg|add(?:s|ed|ing)?\b|admi(?:t|ssion)|advi[sc]|affirm|alleg|"
    r"announc|answer|apolog|appeal|argu|ask|assert|assur|blam|boast|brief(?:s|ed|ing)|call(?:s|ed|ing)?\b|"
    r"caution|challeng|charg|cit(?:e|es|ed|ing)\b|claim|comment|complain|conced|condemn|confirm|congratulat|"
    r"critici|declar|demand|denounc|den(?:y|ied|ies|ial)|describ|disclos|discuss|dismiss|emphasi|explain|"
    r"explanation|express|guarantee|hail|insist|instruct|invit|label|maintain(?:s|ed)\b|ma[kd]e .*\bclear\b|"
    r"mention|message|not(?:ed|es|ing)\b|order|pledg|point(?:s|ed|ing)?\b|prais|predict|proclaim|promis|propos|"
    r"protest|question|quot|reaffirm|reassur|recall|recommend|refer|refut|reiterat|remark|repl(?:y|ied|ies)|"
    r"report|repudiat|request|respon[ds]|restat|reveal|rumou?r|said\b|say|speak|speech|spoke|"
    r"stat(?:e|es|ed|ing|ement|ements)\b|stress|suggest|talk|tell|thank|threaten|told\b|underlin|underscor|urg|"
    r"voic|vow|warn|welcom|writ|wrote)"
)


@dataclass(frozen=True, slots=True)
class Agent:
    """Words that stand for a party: offsets, and the chain that ends with it; only its id where none is given."""

    start: int
    end: int
    chain: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Expression:
    """What somebody is said to say or feel: offsets, and the chain from the writer to whoever does."""

    start: int
    end: int
    chain: tuple[str, ...]
    objective: bool
    speaks: bool
    substantial: bool


@dataclass(frozen=True, slots=True)
class Document:
    """A document's text, with what is marked in it. Offsets are bytes in the corpus, and so characters of Latin-1."""

    text: str
    agents: tuple[Agent, ...] = ()
    expressions: tuple[Expression, ...] = ()
    sentences: tuple[tuple[int, int], ...] = field(default=())

    def names(self, party: str) -> Iterator[str]:
        """The words by which the document calls a party."""
        return (self.text[a.start : a.end] for a in self.agents if a.chain[-1] == party)

    def has_words(self, expression: Expression) -> bool:
        """True if the one who speaks is marked in the expression's own sentence, in this very chain."""
        near = [s for s in self.sentences if s[0] <= expression.start < s[1]]
        return any(a.chain == expression.chain and b <= a.start < e for a in self.agents for b, e in near)


def documents(folder: Path) -> list[Document]:
    """The documents of the topics that are held out, in the order of their names."""
    topics = json.loads((folder / TOPICS).read_text("utf-8"))
    return [_document(folder, name) for name in sorted(topics) if topics[name] in HELD_OUT]


def figures(read: Iterable[tuple[Document, Reading | None]]) -> dict[str, float]:
    """The figures, in per cent, of documents and their readings; one that was not read has none of its chains found."""
    of: dict[str, list[bool]] = {
        "chain of speech events": [],
        "the same, substantial": [],
        "the same, objective": [],
        "the same, with private states": [],
        "the same, with chains of two": [],
    }
    speech, substantial, objective, every, with_two = of.values()
    for document, reading in read:
        for expression in (e for e in document.expressions if len(e.chain) > 1):
            found = reading is not None and is_found(expression, document, reading)
            with_two += [found] if expression.speaks else []
            if len(expression.chain) == 2:
                continue
            every.append(found)
            if expression.speaks:
                speech.append(found)
                substantial += [found] if expression.substantial else []
            objective += [found] if expression.objective else []
    return {name: 100 * sum(found) / len(found) if found else 0.0 for name, found in of.items()}


def nested(document: Document) -> list[Expression]:
    """The expressions that count: of sources within sources."""
    return [expression for expression in document.expressions if len(expression.chain) > 2]


def is_found(expression: Expression, document: Document, reading: Reading) -> bool:
    """True if one of the reading's attributions has the expression as its cue, and its chain."""
    return any(
        a.cue and a.cue.start < expression.end and expression.start < a.cue.end and _agrees(a, expression, document, up)
        for up in [{a.id: a for a in reading.attributions}]
        for a in reading.attributions
    )


def _agrees(
    attribution: Attribution, expression: Expression, document: Document, by_id: dict[str, Attribution]
) -> bool:
    """True if the attribution's chain is the expression's, up to the writer."""
    upward = list(_upward(attribution, by_id))
    chains = [expression.chain[:length] for length in range(len(expression.chain), 1, -1)]
    if len(upward) != len(chains):
        return False
    may_be_named = [not document.has_words(expression), *(True for _ in upward[1:])]
    return all(
        _touches(found, chain, document) or (named and _names(found, chain[-1], document))
        for found, chain, named in zip(upward, chains, may_be_named, strict=True)
    )


def _upward(attribution: Attribution | None, by_id: dict[str, Attribution]) -> Iterator[Attribution]:
    while attribution:
        yield attribution
        attribution = by_id.get(attribution.within or "")


def _touches(attribution: Attribution, chain: tuple[str, ...], document: Document) -> bool:
    source = attribution.source
    return source is not None and any(
        a.chain == chain and a.start < source.end and source.start < a.end for a in document.agents
    )


def _names(attribution: Attribution, party: str, document: Document) -> bool:
    if party == NOBODY:
        return attribution.source is None
    given = [words for words in (attribution.source and attribution.source.text, attribution.claimant) if words]
    return any(is_same_name(words, name) for words in given for name in document.names(party))


def is_same_name(one: str, other: str) -> bool:
    """True if both are the same words, or if one has all the words of the other, which has a capital."""
    (few, plain), (many, _) = sorted((_words(words) for words in (one, other)), key=lambda pair: len(pair[0]))
    if not few or few <= _PRONOUNS:
        return False
    return few == many or (few <= many and plain)


def _words(words: str) -> tuple[set[str], bool]:
    """The words in lower case without articles, and whether one of them has a capital."""
    kept = [word for word in _WORD.findall(words) if word.lower() not in _ARTICLES]
    return {word.lower().removesuffix("'s") for word in kept}, any(word[:1].isupper() for word in kept)


def _document(folder: Path, name: str) -> Document:
    text = (folder / TEXTS / name).read_bytes().decode("latin-1")
    marked = (folder / ANNOTATIONS / name / "gateman.mpqa.lre.2.0").read_text("latin-1")
    cut = (folder / ANNOTATIONS / name / "gatesentences.mpqa.2.0").read_text("latin-1")
    return parsed(text, marked, cut)


def parsed(text: str, annotations: str, sentences: str) -> Document:
    """A document from its text and the lines of its two files of annotations."""
    agents, expressions = [], []
    for first, last, kind, told in _LINE.findall(annotations):
        start, end, attributes = int(first), int(last), dict(_ATTRIBUTE.findall(told))
        if kind == "agent" and start < end and (chain := _chain(attributes)):
            agents.append(Agent(start, end, chain))
        elif kind in _EXPRESSIONS and "implicit" not in attributes and text[start:end].strip():
            expressions.append(_expression(text, start, end, kind, attributes))
    cut = tuple((int(start), int(end)) for start, end, kind, _ in _LINE.findall(sentences) if kind == "sentence")
    return Document(text, tuple(agents), tuple(expressions), cut)


def _expression(text: str, start: int, end: int, kind: str, attributes: dict[str, str]) -> Expression:
    objective = kind == "objective-speech-event"
    return Expression(
        start,
        end,
        _chain(attributes),
        objective=objective,
        speaks=objective or bool(_SPEAKING.search(" ".join(text[start:end].lower().split()))),
        substantial="insubstantial" not in attributes,
    )


def _chain(attributes: dict[str, str]) -> tuple[str, ...]:
    """The chain of sources; of an agent that is only named, itself; empty where there is neither."""
    chain = tuple(party.strip() for party in attributes.get("nested-source", "").split(",") if party.strip())
    return chain or tuple(name for name in [attributes.get("id", "").strip()] if name)
