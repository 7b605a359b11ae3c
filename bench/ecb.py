"""Whether reports of one event, and the words that tell of it, are brought together (ECB+).

ECB+ has forty-three topics, each of two *subtopics*: two events of one kind, such as two earthquakes, told by some ten
reports each (``1_1ecb.xml`` is of the first, ``1_1ecbplus.xml`` of the second). Nothing of Sayso is trained or tuned on
it. Its reports tell of arrests, films and takeovers more than of war, and bear no date of publication. Measured are

- *articles*: the reports, clustered by Sayso's stories, against the subtopics. Blocks need days and are left out: each
  two reports of all topics are compared.
- *events*: the words marked as actions in the sentences that the corpus calls checked, against its chains over all
  documents. The words are given, as is usual; two are taken for one event if their reports are of one story and their
  last words have the same stem. With the subtopics in place of the stories, this is the baseline called "same lemma".

What the measures are called is said in ``bench/clusters.py``.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

from bench.clusters import b_cubed, ceaf_e, conll, f1, muc
from sayso.ledger.claims import claims_of
from sayso.link.episodes import episodes
from sayso.link.likeness import LIKE, likeness
from sayso.link.stories import clusters
from sayso.link.terms import folded, term
from sayso.types import Episode, Linkable, Reading

SENTENCES, TOPICS = "ECBplus_coreference_sentences.csv", "ECB+"
MEASURED = range(5, 36, 5)
"""The topics that are measured."""

_NAME = re.compile(r"(\d+)_(\d+)(ecb|ecbplus)$")
_NO_SPACE_BEFORE = re.compile(r"\s+(?=[.,;:!?)%]|['’]\w|n['’]t\b)")


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that tell of an action, and the chain that they are in."""

    words: str
    chain: str


@dataclass(frozen=True, slots=True)
class Document:
    """A report: its name ("5_3ecb"), its subtopic ("5ecb"), its text, and what is marked in its checked sentences."""

    name: str
    subtopic: str
    text: str
    mentions: tuple[Mention, ...]


def documents(folder: Path, topics: Iterable[int] = MEASURED) -> list[Document]:
    """The documents of ``topics``, in the order of their names."""
    checked: defaultdict[str, set[str]] = defaultdict(set)
    with (folder / SENTENCES).open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            checked[f"{row['Topic']}_{row['File']}"].add(row["Sentence Number"])
    paths = (path for topic in topics for path in sorted((folder / TOPICS / str(topic)).glob("*.xml")))
    return [_document(path, checked[path.stem]) for path in paths]


def _document(path: Path, checked: set[str]) -> Document:
    """A document; a mention that is in no chain is one of its own."""
    root = ElementTree.parse(path).getroot()
    tokens = {token.get("t_id", ""): token for token in root.iter("token")}
    sentences: defaultdict[str, list[str]] = defaultdict(list)
    for token in tokens.values():
        sentences[token.get("sentence", "")].append(token.text or "")
    marked = root.find("Markables")
    chains = {
        source.get("m_id", ""): link.get("note") or f"{path.stem} {target.get('m_id')}"
        for link in root.find("Relations") or ()
        for target in link.findall("target")
        for source in link.findall("source")
    }
    mentions = []
    for mark in marked or ():
        anchors = [tokens[a.get("t_id", "")] for a in mark.findall("token_anchor")]
        if "ACTION" in mark.tag and anchors and anchors[0].get("sentence") in checked:
            words = " ".join(token.text or "" for token in anchors)
            name = mark.get("m_id", "")
            mentions.append(Mention(words, chains.get(name) or f"{path.stem} {name}"))
    matched = _NAME.match(path.stem)
    subtopic = matched[1] + matched[3] if matched else path.stem
    text = "\n".join(_NO_SPACE_BEFORE.sub("", " ".join(words)) for words in sentences.values())
    return Document(path.stem, subtopic, text, tuple(mentions))


def figures(read: Sequence[tuple[Document, Reading]]) -> dict[str, float]:
    """The figures, in per cent."""
    stories = _stories([reading for _, reading in read])
    story = {document.name: stories[reading.article.id] for document, reading in read}
    subtopic = {document.name: document.subtopic for document, _ in read}
    mentions = {(d.name, i): mention for d, _ in read for i, mention in enumerate(d.mentions)}
    chains = {key: mention.chain for key, mention in mentions.items()}
    found = {key: (story[key[0]], _stem(mention)) for key, mention in mentions.items()}
    given = {key: (subtopic[key[0]], _stem(mention)) for key, mention in mentions.items()}
    told = {
        "articles, B-cubed": f1(*b_cubed(subtopic, story)),
        "events, MUC": f1(*muc(chains, found)),
        "events, B-cubed": f1(*b_cubed(chains, found)),
        "events, CEAF-e": f1(*ceaf_e(chains, found)),
        "events, CoNLL": conll(chains, found),
        "events, CoNLL with the subtopics given": conll(chains, given),
    }
    return {name: 100 * value for name, value in told.items()}


def linkable(reading: Reading) -> Linkable:
    """A reading with its claims, as linking takes it."""
    size = len(reading.embeddings) // max(1, len(reading.attributions))
    vectors = {
        tuple(a.content): reading.embeddings[i * size : (i + 1) * size] for i, a in enumerate(reading.attributions)
    }
    claims = claims_of(reading)
    return Linkable(reading, claims, tuple(vectors.get(claim.spans, b"") for claim in claims))


def _stories(readings: Iterable[Reading]) -> dict[str, int]:
    """The number of its story for each article."""
    told: dict[tuple[str, int], Episode] = {}
    for reading in readings:
        main = episodes(linkable(reading))[0]
        told[main.article, 0] = main
    pairs = {(a, b): likeness(told[a], told[b]) for a, b in combinations(sorted(told), 2)}
    alike = {pair: score for pair, score in pairs.items() if score >= LIKE}
    return {article: number for number, members in enumerate(clusters(alike, told)) for article, _ in members}


def _stem(mention: Mention) -> str:
    return term(folded(mention.words.split()[-1]))
