"""Who acts and on whom, with the triggers given: WikiEvents (dev), PLV and MUC's incidents.

    python -m bench.events

A phrase is right where the noun it turns on is among the words of an annotated one, or the other way round. Of
WikiEvents what stands in the trigger's sentence counts. PLV gives sentences with source, target and PLOVER type but no
trigger: the first verb between the two that is not merely reporting is taken for it. That flatters the actors, which
then mostly stand right before it, and wrongs the targets where the deed is another word. Rows with no such verb are
left out. MUC is counted by document, with words for incidents as triggers. The rules were tuned on WikiEvents and PLV.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from time import process_time
from typing import Any

from bench.corpora import DATA
from sayso.read.attributions import find_marks
from sayso.read.casualties import find_casualties
from sayso.read.clauses import _TAG_OF
from sayso.read.dates import find_dates
from sayso.read.encoder import Encoder
from sayso.read.events import Trigger, find_events
from sayso.read.names import head_of, words_of
from sayso.types import Event, Mention, Span

ACTORS = {"Attacker", "Killer", "Injurer", "Jailer", "Demonstrator", "Perpetrator", "Impeder", "Destroyer", "Damager"}
ACTORS |= {"Communicator", "Investigator", "JudgeCourt", "Observer", "Prosecutor"}
TARGETS = {"Victim", "Target", "Detainee", "Recipient", "Defendant", "Artifact"}
TYPES = {
    "Conflict.Attack": "ASSAULT",
    "Life.Die": "ASSAULT",
    "Life.Injure": "ASSAULT",
    "Justice.ArrestJailDetain": "COERCE",
    "Conflict.Demonstrate": "PROTEST",
    "Contact.ThreatenCoerce": "THREATEN",
    "Contact.RequestCommand": "REQUEST",
    "Justice.ChargeIndict": "ACCUSE",
    "Justice.InvestigateCrime": "ACCUSE",
    "Justice.ReleaseParole": "YIELD",
    "ArtifactExistence.DamageDestroyDisableDismantle": "COERCE",
}
_REPORTING = {"said", "says", "told", "reported", "announced", "added", "according"}


@dataclass
class Tally:
    """Counts of one role."""

    right: int = 0
    found: int = 0
    gold: int = 0
    exact: int | None = None  # how many of those found are right, where several may be one of the gold
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        right = self.right if self.exact is None else self.exact
        precision, recall = right / max(1, self.found), self.right / max(1, self.gold)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        shares = "  ".join(f"{n} {100 * v:5.1f}" for n, v in (("P", precision), ("R", recall), ("F1", f1)))
        return f"{shares}  ({right}/{self.found}, {self.right}/{self.gold})"


@cache
def encoder() -> Encoder:
    return Encoder(threads=1)


def mentions(text: str) -> tuple[Mention, ...]:
    found = find_marks(text, encoder()).mentions
    return tuple(Mention(Span.of(text, a, b), kind, 0) for kind, a, b in sorted(found, key=lambda m: m[1:]))


def events(text: str, triggers: Iterable[Trigger]) -> tuple[Event, ...]:
    return find_events(text, triggers, (), mentions(text), (), find_dates(text, None), find_casualties(text, ()))


def same(one: str, other: str) -> bool:
    return _plain(head_of(one)) in map(_plain, words_of(other)) or _plain(head_of(other)) in map(_plain, words_of(one))


def _plain(word: str) -> str:
    return re.sub("['’]s?$", "", word.lower()).rstrip(".")


def count(tally: Tally, found: Iterable[str], gold: Iterable[str], note: str) -> None:
    found, gold = list(found), list(gold)
    missed = [g for g in gold if not any(same(f, g) for f in found)]
    wrong = [f for f in found if not any(same(f, g) for g in gold)]
    tally.found += len(found)
    tally.gold += len(gold)
    tally.right += len(gold) - len(missed)
    if missed or wrong:
        tally.wrong.append(f"missed {missed} wrong {wrong}: {note}")


def wikievents(path: Path) -> dict[str, Tally]:
    tallies: dict[str, Tally] = defaultdict(Tally)
    for line in path.read_text("utf-8").splitlines():
        doc = json.loads(line)
        text, offsets = _rebuilt(doc)
        where = {m["id"]: m for m in doc["entity_mentions"]}
        gold = {}
        for event in doc["event_mentions"]:
            kind = TYPES.get(event["event_type"].rpartition(".")[0])
            start, end = offsets[event["trigger"]["start"]][0], offsets[event["trigger"]["end"] - 1][1]
            if kind and start not in gold:
                gold[start] = (Trigger(start, end, kind, "happened", 1.0), event)
        found = {e.span.start: e for e in events(text, [t for t, _ in gold.values()])}
        for start, (trigger, event) in gold.items():
            here = [a for a in event["arguments"] if where[a["entity_id"]]["sent_idx"] == event["trigger"]["sent_idx"]]
            if (said := found.get(start)) is None:
                continue  # its trigger overlaps another
            note = f"[{text[trigger.start : trigger.end]}] " + text[max(0, start - 120) : start + 120].replace(
                "\n", " "
            )
            for role, spans, names in (("actors", said.actors, ACTORS), ("targets", said.targets, TARGETS)):
                count(tallies[role], [a.text for a in spans], [a["text"] for a in here if a["role"] in names], note)
    return tallies


def _rebuilt(doc: dict[str, Any]) -> tuple[str, list[tuple[int, int]]]:
    """The text with a blank line after each sentence (the corpus lost its line ends), and the words' offsets in it:
    those that it gives drift."""
    parts: list[str] = []
    offsets: list[tuple[int, int]] = []
    at = length = 0
    for words, _ in doc["sentences"]:
        first = None
        for word, *_ in words:
            start = doc["text"].find(word, at)
            start, at = (start, start + len(word)) if 0 <= start < at + 60 else (at, at)
            first = start if first is None else first
            offsets.append((length + start - first, length + at - first))
        parts.append(doc["text"][first:at])
        length += at - (first or 0) + 2
    return "\n\n".join(parts), offsets


def plv(path: Path) -> dict[str, Tally]:
    tallies: dict[str, Tally] = defaultdict(Tally)
    for row in csv.DictReader(path.open(encoding="utf-8"), delimiter="\t"):
        text, marked = row["sentence"], row["marked_sentence"]
        if "<s>" not in marked or "<t>" not in marked:
            continue
        trigger = _between(text, marked, row["gold_root"])
        if trigger is None:
            continue
        (said,) = events(text, [trigger])
        note = f"[{said.span.text}] {marked}"
        count(tallies["actors"], [a.text for a in said.actors], [row["source"]], note)
        count(tallies["targets"], [a.text for a in said.targets], [row["target"]], note)
    return tallies


def _between(text: str, marked: str, kind: str) -> Trigger | None:
    """The first verb between source and target that does not merely report, as far as endings tell."""
    plain = marked.replace("<s>", "\1").replace("</s>", "\2").replace("<t>", "\3").replace("</t>", "\4")
    order = [c for c in plain if c in "\1\2\3\4"]
    if order not in (list("\1\2\3\4"), list("\3\4\1\2")):
        return None
    first = plain.index(order[1]) - 1
    last = plain.index(order[2]) - 2
    words = list(re.finditer(r"[A-Za-z'-]+", text[first:last]))
    verbs = [m for m in words if re.search(r"(ed|ing)$", m.group()) and m.group().lower() not in _REPORTING]
    irregular = [m for m in words if _TAG_OF.get(m.group().lower()) == "v" and m.group().lower() not in _REPORTING]
    chosen = sorted(verbs + irregular, key=lambda m: m.start())
    if not chosen:
        return None
    m = chosen[-1] if order[0] == "\3" else chosen[0]
    return Trigger(first + m.start(), first + m.end(), kind, "happened", 1.0)


_INCIDENTS = re.compile(
    r"\b(attack(?:ed|s)?|kill(?:ed|ing)|murder(?:ed)?|kidnap(?:ped|ping)|assassinat(?:ed|ion)|bomb(?:ed|ing)|exploded|"
    r"wounded|injured|destroyed|burned|clashed|ambushed|massacre)\b"
)


def muc(path: Path) -> dict[str, Tally]:
    """Perpetrators and targets by document: of all words for incidents, those who act in any, against the templates."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for line in path.read_text("utf-8").splitlines():
        doc = json.loads(line)
        text, gold = doc["doctext"], doc["extracts"]
        if not any(gold.values()):
            continue
        found = events(text, [Trigger(*m.span(), "ASSAULT", "happened", 1.0) for m in _INCIDENTS.finditer(text)])
        for role, slots in (("actors", ("PerpInd", "PerpOrg")), ("targets", ("Target", "Victim"))):
            entities = [[name for name, _ in entity] for slot in slots for entity in gold[slot]]
            spans = {p.text for e in found for p in getattr(e, role)}
            tally = tallies[role]
            tally.gold += len(entities)
            tally.right += sum(any(same(p, name) for p in spans for name in names) for names in entities)
            tally.found += len(spans)
            right = sum(any(same(p, name) for names in entities for name in names) for p in spans)
            tally.exact = (tally.exact or 0) + right
    return tallies


def speed() -> float:
    """Microseconds per word at 8 triggers per 100 words."""
    base = (
        "The army of the northern region, which had besieged the town for months, attacked the market in Vennath on "
        "Tuesday with mortars and killed at least 12 people, while rebel fighters, who were accused of shelling the "
        "bridge, withdrew from the hills near the river after an attack on their base by the Highland Guard. "
    )
    text = base * 400
    wanted = re.compile(r"besieged|attacked|killed|accused|shelling|withdrew|attack\b")
    every = [Trigger(m.start(), m.end(), "ASSAULT", "happened", 0.9) for m in wanted.finditer(text)]
    count_words = len(text.split())
    kept = every[: round(0.08 * count_words)]
    start = process_time()
    find_events(text, kept, (), (), (), (), ())
    took = process_time() - start
    print(f"{100 * len(kept) / count_words:.1f} triggers per 100 words, {count_words} words")
    return 1e6 * took / count_words


def _report(name: str, tallies: dict[str, Tally], show: int) -> Iterator[str]:
    for role, tally in tallies.items():
        yield f"{name:<12} {role:<8} {tally}"
        yield from tally.wrong[:show]


if __name__ == "__main__":
    shown = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    print(*_report("WikiEvents", wikievents(DATA / "wikievents" / "dev.jsonl"), shown), sep="\n")
    print(*_report("PLV", plv(DATA / "plover" / "PLV_train.tsv"), shown), sep="\n")
    print(*_report("MUC", muc(DATA / "muc" / "grit_dev.json"), shown), sep="\n")
    print(f"{speed():.1f} microseconds per word")
