"""The training corpora as examples: word-cut texts with labels, whatever the format they come in.

Nothing read here is ever written into the repository; a model card names each corpus with its licence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sayso.text import sentences

ROLES = ("source", "cue", "content")


@dataclass(frozen=True, slots=True)
class Relation:
    """One attribution relation, as character spans; a corpus that does not mark contents leaves ``content`` empty."""

    source: tuple[tuple[int, int], ...]
    cue: tuple[tuple[int, int], ...]
    content: tuple[tuple[int, int], ...]

    def spans(self) -> Iterator[tuple[str, int, int]]:
        """Each span with its role."""
        for role in ROLES:
            for start, end in getattr(self, role):
                yield role, start, end


@dataclass(frozen=True, slots=True)
class Example:
    """A text with its relations or its mentions (kind, start, end).

    ``inner`` marks a text that is itself the content of an attribution. ``contents_marked`` is False where a content
    may stand at any word that is neither source nor cue (MPQA). ``roles_marked`` is False where persons named by a role
    are not annotated (CoNLL and its like).
    """

    text: str
    relations: tuple[Relation, ...] = ()
    mentions: tuple[tuple[str, int, int], ...] = ()
    inner: bool = False
    contents_marked: bool = True
    roles_marked: bool = True


def polnear(folder: Path) -> list[Example]:
    """PolNeAR (Newell, Margolin and Ruths 2018): brat stand-off; of several annotators the alphabetically first."""
    examples: dict[str, Example] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        name = path.stem.rsplit("_", 1)[0]
        if name not in examples:
            text = next((folder / "text").glob(f"{name}.txt")).read_bytes().decode("utf-8")
            examples[name] = Example(text, tuple(brat_relations(path.read_text("utf-8"))))
    return list(examples.values())


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
            yield Relation(*(tuple(sorted(found[role])) for role in ROLES))


def inner_from_polnear(examples: list[Example]) -> list[Example]:
    """Texts such as stand inside a content: sentences that hold one whole relation, and contents without any cue word.

    PolNeAR marks one layer only; a tagger that reads a content again as if it were an article finds the whole content
    again. These teach it that here only a cue makes an attribution.
    """
    said = Counter(
        example.text[a:b].lower().split()[-1]
        for example in examples
        for r in example.relations
        for a, b in r.cue
        if a < b
    )
    written = Counter(word for example in examples for word in re.findall(r"\w+", example.text.lower()))
    common = {word for word, count in said.items() if count >= 5 and count > 0.1 * written[word]}
    found = []
    for example in examples:
        for start, end in sentences(example.text):
            inside = [r for r in example.relations if any(a < end and start < b for _, a, b in r.spans())]
            whole = all(start <= a and b <= end for r in inside for _, a, b in r.spans())
            if inside and whole and all(r.cue for r in inside) and end - start > 20:
                stop = end - 1 if example.text[end - 1] == "." else end
                relations = tuple(_shift(r, start, stop) for r in inside)
                found.append(Example(example.text[start:stop], relations, inner=True))
        for relation in example.relations:
            for start, end in relation.content:
                piece = example.text[start:end]
                if end - start > 30 and not common & {w.lower() for w in re.findall(r"\w+", piece)}:
                    found.append(Example(piece.strip('"“”'), inner=True))
    return found


def _shift(relation: Relation, start: int, stop: int) -> Relation:
    return Relation(*(tuple((a - start, min(b, stop) - start) for a, b in getattr(relation, role)) for role in ROLES))


_MPQA = re.compile(r"^\d+\t(\d+),(\d+)\tstring\tGATE_(\S+)\t(.*)$", re.MULTILINE)
_CHAIN = re.compile(r'nested-source="([^"]*)"')


@dataclass(frozen=True, slots=True)
class _Expression:
    start: int
    end: int
    chain: tuple[str, ...]


def mpqa(folder: Path, names: list[str]) -> list[Example]:
    """MPQA 2.0 (Wiebe, Wilson and Cardie 2005): what follows an expression of somebody within its sentence, with the
    expressions and agents nested in it. Contents are not marked."""
    return [example for name in names for example in _mpqa_document(folder, name)]


def mpqa_documents(folder: Path) -> list[str]:
    """Names (day/document) of the annotated documents."""
    return sorted(
        str(p.parent.relative_to(folder / "man_anns")) for p in folder.glob("man_anns/*/*/gateman.mpqa.lre.2.0")
    )


def _mpqa_document(folder: Path, name: str) -> Iterator[Example]:
    data = (folder / "docs" / name).read_bytes()
    text = data.decode("latin-1")  # offsets are bytes
    agents: list[_Expression] = []
    expressions: list[_Expression] = []
    insides: list[tuple[int, int]] = []
    annotation = (folder / "man_anns" / name / "gateman.mpqa.lre.2.0").read_text("latin-1")
    for start, end, kind, attributes in _MPQA.findall(annotation):
        chain = _CHAIN.search(attributes)
        parties = tuple(p.strip() for p in chain.group(1).split(",")) if chain else ()
        item = _Expression(int(start), int(end), parties)
        if kind == "agent" and item.end > item.start:
            agents.append(item)
        elif kind in ("direct-subjective", "objective-speech-event") and "implicit" not in attributes:
            if item.end - item.start > 1 and len(parties) > 1:
                expressions.append(item)
        elif kind == "inside":
            insides.append((item.start, item.end))
    for start, end in sorted(set(insides)):
        within = [e for e in expressions if start <= e.start and e.end <= end]
        for outer in within:
            if len(outer.chain) == 2 and (example := _mpqa_content(text, outer, within, agents, end)):
                yield example


def _mpqa_content(
    text: str, outer: _Expression, within: list[_Expression], agents: list[_Expression], end: int
) -> Example | None:
    start = outer.end
    if end - start < 20 or any(e.chain == outer.chain and e.start > start for e in within):
        return None  # two expressions of one party in a sentence: what belongs to which is not marked
    relations = []
    for inner in within:
        if inner.start < start or len(inner.chain) < 3 or inner.chain[:2] != outer.chain:
            continue
        near = [a for a in agents if a.chain == inner.chain and start <= a.start and a.end <= end]
        near.sort(key=lambda a: min(abs(a.end - inner.start), abs(a.start - inner.end)))
        source = tuple(
            (a.start - start, a.end - start) for a in near[:1] if a.end <= inner.start or a.start >= inner.end
        )
        relations.append(Relation(source, ((inner.start - start, inner.end - start),), ()))
    return Example(text[start:end], tuple(relations), inner=True, contents_marked=not relations)


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
    return Example(text, mentions=tuple(mentions), roles_marked=False)


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
    return Example(text, mentions=tuple((k, starts[a], ends[b]) for k, a, b in _flat(words, spans)))


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
