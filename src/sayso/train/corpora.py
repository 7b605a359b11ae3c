"""The training corpora as examples: word-cut texts with labels, whatever the format they come in.

Nothing read here is ever written into the repository; a model card names each corpus with its licence.
"""

from __future__ import annotations

import csv
import json
import random
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sayso.read.heads import LEVELS
from sayso.train import invented

ROLES = ("source", "cue", "content")


@dataclass(frozen=True, slots=True)
class Relation:
    """One attribution relation, as character spans; a corpus that does not mark contents leaves ``content`` empty.
    ``level`` 0 is the article's own, 1 stands within the content of one of level 0, and so on."""

    source: tuple[tuple[int, int], ...]
    cue: tuple[tuple[int, int], ...]
    content: tuple[tuple[int, int], ...]
    level: int = 0

    def spans(self) -> Iterator[tuple[str, int, int]]:
        """Each span with its role."""
        for role in ROLES:
            for start, end in getattr(self, role):
                yield role, start, end


@dataclass(frozen=True, slots=True)
class Example:
    """A text and what is known of it.

    ``relations`` are complete, except in ``unknown`` stretches: (level, start, end, "nothing"), where nothing is known
    but the relations given, or (level, start, end, "contents"), where contents are not marked. ``mentions`` are
    (kind, start, end), None where not annotated. ``roles_marked`` is False where persons named by a role are not
    (CoNLL and its like). ``events`` are (type or None, the certainties that it may have, start, end);
    ``events_complete`` says that there are no others. ``topics`` are (type, start, end) of sentences that tell of one
    event, whose words nobody marked.
    """

    text: str
    relations: tuple[Relation, ...] = ()
    unknown: tuple[tuple[int, int, int, str], ...] = ()
    mentions: tuple[tuple[str, int, int], ...] | None = None
    roles_marked: bool = True
    events: tuple[tuple[str | None, frozenset[str], int, int], ...] = ()
    events_complete: bool = False
    topics: tuple[tuple[str, int, int], ...] = ()


def nothing_known(text: str, first_level: int = 0) -> tuple[tuple[int, int, int, str], ...]:
    """That nothing is known of a text's attributions from ``first_level`` down."""
    return tuple((level, 0, len(text), "nothing") for level in range(first_level, LEVELS))


def polnear(folder: Path) -> list[Example]:
    """PolNeAR (Newell, Margolin and Ruths 2018): brat stand-off; of several annotators the alphabetically first.

    One layer is marked. Of what lies within a content nothing is known, unless no cue word stands there: then there is
    nothing.
    """
    found: dict[str, tuple[str, tuple[Relation, ...]]] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        name = path.stem.rsplit("_", 1)[0]
        if name not in found:
            text = next((folder / "text").glob(f"{name}.txt")).read_bytes().decode("utf-8")
            found[name] = text, tuple(brat_relations(path.read_text("utf-8")))
    cues = cue_words(found.values())
    return [Example(text, relations, tuple(_inside(text, relations, cues))) for text, relations in found.values()]


def cue_words(articles: Iterable[tuple[str, tuple[Relation, ...]]]) -> frozenset[str]:
    """The words that end cues often, and do so often when they are written."""
    said, written = Counter[str](), Counter[str]()
    for text, relations in articles:
        said.update(text[a:b].lower().split()[-1] for r in relations for a, b in r.cue if text[a:b].strip())
        written.update(re.findall(r"\w+", text.lower()))
    return frozenset(word for word, count in said.items() if count >= 5 and count > 0.1 * written[word])


def _inside(text: str, relations: tuple[Relation, ...], cues: frozenset[str]) -> Iterator[tuple[int, int, int, str]]:
    for relation in relations:
        for start, end in relation.content:
            if cues & set(re.findall(r"\w+", text[start:end].lower())):
                yield from ((level, start, end, "nothing") for level in range(1, LEVELS))


def brat_relations(annotation: str) -> Iterator[Relation]:
    """The relations of one brat file."""
    spans: dict[str, list[tuple[int, int]]] = {}
    events = []
    for line in annotation.splitlines():
        if line.startswith("T") and line.count("\t") >= 2:
            key, body, _ = line.split("\t", 2)
            offsets = body.split(" ", 1)[1]
            spans[key] = [(int(a), int(b)) for a, b in (o.split() for o in offsets.split(";"))]
        elif line.startswith("E"):
            events.append([part.split(":") for part in line.split("\t", 1)[1].split()])
    for event in events:
        found: dict[str, list[tuple[int, int]]] = {role: [] for role in ROLES}
        for role, key in event:
            role = re.sub(r"\d+$", "", role).lower()
            if role in found and key in spans:
                found[role] += spans[key]
        if found["content"]:
            source, cue, content = (tuple(sorted(found[role])) for role in ROLES)
            yield Relation(source, cue, content)


def invented_examples(folder: Path = invented.FOLDER) -> list[Example]:
    """The invented reports: complete in everything but names, and some of them in events."""
    return [_invented(report) for report in invented.reports(folder)]


def _invented(report: invented.Report) -> Example:
    parents = {a.key: a.within for a in report.attributions}

    def depth(key: str) -> int:
        level, seen = 0, {key}
        while (above := parents[key]) is not None and above not in seen:
            key, level = above, level + 1
            seen.add(key)
        return level

    relations = tuple(
        Relation(a.source, a.cue, a.content, depth(a.key)) for a in report.attributions if depth(a.key) < LEVELS
    )
    events = tuple((kind, frozenset((sure,)), start, end) for kind, sure, start, end in report.events)
    return Example(report.text, relations, events=events, events_complete=report.events_complete)


_MPQA = re.compile(r"^\d+\t(\d+),(\d+)\tstring\tGATE_(\S+)\t(.*)$", re.MULTILINE)
_CHAIN = re.compile(r'nested-source="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Expression:
    """Words for somebody's saying or feeling, or for somebody, with the chain of sources, the writer first."""

    start: int
    end: int
    chain: tuple[str, ...]
    speech: bool
    substantial: bool = True


def mpqa(folder: Path, names: list[str], cues: frozenset[str]) -> list[Example]:
    """MPQA 2.0 (Wiebe, Wilson and Cardie 2005): expressions and agents with their chains of sources, no contents.

    Its outermost private states go beyond attributions as others mark them: of the outermost level only speech events
    are taken, and whatever else stands there is left open.
    """
    return [_mpqa_document(folder, name, cues) for name in names]


def mpqa_documents(folder: Path) -> list[str]:
    """Names (day/document) of the annotated documents."""
    return sorted(
        str(p.parent.relative_to(folder / "man_anns")) for p in folder.glob("man_anns/*/*/gateman.mpqa.lre.2.0")
    )


def mpqa_expressions(folder: Path, name: str) -> tuple[str, list[Expression], list[Expression]]:
    """A document's text, the agents and the expressions (speech events and private states that words stand for)."""
    text = (folder / "docs" / name).read_bytes().decode("latin-1")  # offsets are bytes
    agents: list[Expression] = []
    expressions: list[Expression] = []
    annotation = (folder / "man_anns" / name / "gateman.mpqa.lre.2.0").read_text("latin-1")
    for start, end, kind, attributes in _MPQA.findall(annotation):
        chain = _CHAIN.search(attributes)
        parties = tuple(p.strip() for p in chain.group(1).split(",")) if chain else ()
        item = Expression(
            int(start), int(end), parties, kind == "objective-speech-event", "insubstantial" not in attributes
        )
        if kind == "agent" and item.end > item.start:
            agents.append(item)
        elif kind in ("direct-subjective", "objective-speech-event") and "implicit" not in attributes:
            expressions += [item] if item.end - item.start > 1 and len(parties) > 1 else []
    return text, agents, expressions


def _mpqa_document(folder: Path, name: str, cues: frozenset[str]) -> Example:
    text, agents, expressions = mpqa_expressions(folder, name)
    relations, unknown = [], [(0, 0, len(text), "nothing")]
    unknown += ((level, 0, len(text), "contents") for level in range(1, LEVELS))
    for e in expressions:
        level = len(e.chain) - 2
        if level and not e.substantial:  # "the remarks" may be taken for a cue, or not
            unknown += ((at, e.start, e.end, "nothing") for at in range(1, LEVELS))
            continue
        if level >= LEVELS or (
            level == 0 and not e.speech and not cues & {*text[e.start : e.end].lower().split()[-1:]}
        ):
            continue
        near = [
            a for a in agents
            if a.chain == e.chain and (a.end <= e.start or a.start >= e.end) and abs(a.start - e.start) < 300
        ]  # fmt: skip
        near.sort(key=lambda a: min(abs(a.end - e.start), abs(a.start - e.end)))
        source = tuple((a.start, a.end) for a in near[:1])
        relations.append(Relation(source, ((e.start, e.end),), (), level))
    return Example(text, tuple(relations), tuple(unknown))


_NAMES = {
    "PER": "person", "person": "person", "politician": "person", "writer": "person", "researcher": "person",
    "ORG": "organisation", "organisation": "organisation", "politicalparty": "organisation",
    "LOC": "place", "location": "place", "country": "place",
    "MISC": "other", "misc": "other", "OTH": "other", "event": "other", "election": "other",
}  # fmt: skip


def columns(path: Path, word: int = 0, tag: int = -1, window: int = 8) -> Iterator[Example]:
    """Names in column format (CoNLL++, CrossNER, Universal NER), joined into texts of ``window`` sentences."""
    words: list[str] = []
    tags: list[str] = []
    count = 0
    for line in [*path.read_text("utf-8").splitlines(), ""]:
        if line.startswith(("-DOCSTART-", "# ")):
            continue
        cells = line.split("\t") if "\t" in line else line.split()
        if cells and cells[0]:
            words.append(cells[word])
            tags.append(cells[tag])
            continue
        count += 1
        if words and count % window == 0:
            yield _joined(words, tags)
            words, tags = [], []
    if words:
        yield _joined(words, tags)


def _joined(words: list[str], tags: list[str]) -> Example:
    text, mentions, open_mention = "", [], None
    for word, tag in zip(words, tags, strict=True):
        start = len(text) + bool(text)
        text = f"{text} {word}" if text else word
        if open_mention and not (tag.startswith("I-") and _NAMES.get(tag[2:]) == open_mention[0]):
            mentions.append(open_mention)
            open_mention = None
        kind = _NAMES.get(tag[2:])
        if kind and open_mention:
            open_mention = (kind, open_mention[1], len(text))
        elif kind:
            open_mention = (kind, start, len(text))
    if open_mention:
        mentions.append(open_mention)
    return Example(text, unknown=nothing_known(text), mentions=tuple(mentions), roles_marked=False)


_GUM_KIND = {"person": "person", "organization": "organisation", "place": "place"}


def gum(path: Path) -> Example:
    """GUM coreference: names of persons, organisations and places, and persons named by a role ("the senior aide")."""
    words: list[str] = []
    found: list[tuple[str, int, int]] = []
    stack: list[tuple[str, int]] = []
    for line in path.read_text("utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) < 3:
            continue
        index = len(words)
        words.append(cells[1])
        for bracket, label, close in re.findall(r"(\()?([^()]+)(\))?", cells[2]):
            if bracket:
                stack.append((label, index))
            if close:
                at = next((i for i in range(len(stack) - 1, -1, -1) if stack[i][0] == label), None)
                if at is not None:
                    found.append((label.split("-")[0], stack.pop(at)[1], index))
    starts, text = [], ""
    for word in words:
        starts.append(len(text) + bool(text))
        text = f"{text} {word}" if text else word
    ends = [s + len(w) for s, w in zip(starts, words, strict=True)]
    spans = [(kind, a, b) for kind, a, b in found if kind in _GUM_KIND]
    mentions = tuple((k, starts[a], ends[b]) for k, a, b in _flat(words, spans))
    return Example(text, unknown=nothing_known(text), mentions=mentions)


def _flat(words: list[str], spans: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Names first, then roles that overlap none; pronouns and things are left out."""
    names, roles = [], []
    for kind, a, b in sorted(spans, key=lambda s: s[2] - s[1]):
        mention = words[a : b + 1]
        while mention and mention[0].lower() in ("the", "a", "an") and mention[-1][:1].isupper():
            a, mention = a + 1, mention[1:]
        if not mention or len(mention) > 7:
            continue
        if mention[-1][:1].isupper() and all(
            w[:1].isupper() or w in ("of", "the", "and", "for", "-", ".", "'s") for w in mention
        ):
            if mention[0].lower() not in (
                "he",
                "she",
                "i",
                "they",
                "we",
                "you",
                "it",
                "his",
                "her",
                "my",
                "our",
                "their",
                "this",
                "that",
            ):
                names.append((_GUM_KIND[kind], a, b))
        elif kind == "person" and len(mention) >= 2 and mention[-1].islower():
            roles.append(("role", a, b))
    taken: list[tuple[str, int, int]] = []
    for item in names + roles:
        if all(item[2] < a or b < item[1] for _, a, b in taken):
            taken.append(item)
    return sorted(taken, key=lambda s: s[1])


def mention_examples(data: Path) -> list[Example]:
    """All examples for the mention head; CrossNER's test part and GUM's last tenth are left for measuring."""
    found = [*columns(data / "conllpp/conllpp_train.txt")]
    for part in ("train", "dev"):
        found += columns(data / f"crossner/politics/{part}.txt")
    found += columns(data / "uner_ewt/uner_ewt_devtest/en_ewt-ud-dev.iob2", word=1, tag=2)
    found += [gum(path) for path in sorted((data / "gum_coref").glob("GUM_*.conll"))[:-11]]
    return found


# KAIROS types that have one meaning in PLOVER; of other triggers the type stays open.
_PLOVER_OF = {
    "Conflict.Attack": "ASSAULT", "Life.Die": "ASSAULT", "Life.Injure": "ASSAULT", "Conflict.Demonstrate": "PROTEST",
    "Justice.ArrestJailDetain": "COERCE", "Contact.ThreatenCoerce": "THREATEN", "Contact.RequestCommand": "REQUEST",
    "Justice.ReleaseParole": "YIELD", "Justice.ChargeIndict": "ACCUSE", "Justice.InvestigateCrime": "ACCUSE",
}  # fmt: skip


def wikievents(path: Path) -> Iterator[Example]:
    """WikiEvents (Li, Ji and Han 2021): triggers with KAIROS types; no certainty, no attributions."""
    for line in path.read_text("utf-8").splitlines():
        document = json.loads(line)
        words = document["tokens"]
        text, offsets = _spaced(words)
        events = []
        for mention in document["event_mentions"]:
            kind = _PLOVER_OF.get(".".join(mention["event_type"].split(".")[:2]))
            start = mention["trigger"]["start_idx"]
            events.append((kind, frozenset[str](), *offsets[start]))
        yield Example(text, unknown=nothing_known(text), events=tuple(events))


def _spaced(words: list[str]) -> tuple[str, list[tuple[int, int]]]:
    """Words joined by blanks, and where each stands."""
    offsets, at = [], 0
    for word in words:
        offsets.append((at, at + len(word)))
        at += len(word) + 1
    return " ".join(words), offsets


def factuality(path: Path, window: int = 6) -> Iterator[Example]:
    """Unified factuality (Stanovsky et al. 2017): how certain an event is, from -3 to 3, at each event's word."""
    words: list[str] = []
    values: list[tuple[int, float]] = []
    for number, block in enumerate(path.read_text("utf-8").split("\n\n"), 1):
        for cells in (line.split("\t") for line in block.splitlines()):
            if len(cells) > 2:
                values += [(len(words), float(cells[2]))] if cells[2] != "_" else []
                words.append(cells[1])
        if words and number % window == 0:
            yield _certain(words, values)
            words, values = [], []
    if words:
        yield _certain(words, values)


def _certain(words: list[str], values: list[tuple[int, float]]) -> Example:
    text, offsets = _spaced(words)
    events = tuple((None, _certainties(value), *offsets[at]) for at, value in values)
    return Example(text, unknown=nothing_known(text), events=events)


def _certainties(value: float) -> frozenset[str]:
    if value <= -1:
        return frozenset(("denied",))
    if value < 0.5:
        return frozenset(("unknown", "planned", "possible"))
    return frozenset(("planned", "possible")) if value < 2 else frozenset(("happened", "ongoing"))


def plover(path: Path, held_out: bool) -> list[tuple[str, str]]:
    """PLV (Hu et al. 2024): sentences with their PLOVER root; a fifth of the sentences is held out for measuring."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [(row["sentence"], row["gold_root"].strip()) for row in csv.DictReader(lines, delimiter="\t")]
    return [row for row in rows if (zlib.crc32(row[0].encode()) % 5 == 4) == held_out]


def topic_examples(rows: list[tuple[str, str]], together: int = 6) -> list[Example]:
    """PLV's sentences, several to a text, a line each, so that they meet the other corpora in their batches."""
    found = []
    rows = random.Random(len(rows)).sample(rows, len(rows))  # they are sorted by type, which neighbours must not tell
    for at in range(0, len(rows), together):
        text, topics = "", []
        for sentence, root in rows[at : at + together]:
            topics.append((root, len(text), len(text) + len(sentence)))
            text += f"{sentence}\n"
        found.append(Example(text, unknown=nothing_known(text), topics=tuple(topics)))
    return found
