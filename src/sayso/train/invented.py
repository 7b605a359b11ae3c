"""Invented reports, annotated in full, that the network learns the form of such reports from; and their markup.

They lie in ``invented/*.txt``, several to a file, a line of equals signs between two. ``invented/README.md`` says how
they are marked and by which conventions. Their parties, places and wars do not exist.

    python -m sayso.train.invented FILE…      say what is wrong with the markup, or how much it holds
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from sayso.errors import SaysoError
from sayso.read.heads import CERTAINTIES, EVENTS

FOLDER = Path(__file__).parent / "invented"
HELD_OUT = 12  # each so-manieth is left for measuring
EVENTS_COMPLETE = "abcde"  # files whose names begin so mark every event; the others mark five where those mark eight
TYPES = EVENTS[1:]
VOICE = ("accusation", "label")
_TAG = re.compile(r"<(/?)([scxve])((?: [\w,]+)*)>")
Span = tuple[int, int]
_ROLES = {"s": "source", "c": "cue", "x": "content"}


class MarkupError(SaysoError):
    """The markup of an invented report is broken."""


@dataclass(frozen=True, slots=True)
class Marked:
    """One element: its kind (s, c, x, v, e), its words after the kind, and its offsets in the text without markup."""

    kind: str
    words: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Attribution:
    """Spans of one attribution; ``within`` is the key of the one whose content holds it."""

    key: str
    source: tuple[tuple[int, int], ...]
    cue: tuple[tuple[int, int], ...]
    content: tuple[tuple[int, int], ...]
    within: str | None


@dataclass(frozen=True, slots=True)
class Report:
    """A report's text and what is marked in it: attributions; voice (kind, start, end); events (type, certainty, start,
    end), of which ``events_complete`` says that there are no others."""

    text: str
    attributions: tuple[Attribution, ...]
    voice: tuple[tuple[str, int, int], ...]
    events: tuple[tuple[str, str, int, int], ...]
    events_complete: bool = False


def reports(folder: Path = FOLDER) -> list[Report]:
    """All of them, in the order of the files' names."""
    return [
        replace(report, events_complete=path.name.startswith(tuple(EVENTS_COMPLETE)))
        for path in sorted(folder.glob("*.txt"))
        for report in parse_file(path.read_text("utf-8"))
    ]


def parse_file(marked: str) -> Iterator[Report]:
    """The reports of one file; MarkupError names the report and what is wrong with it."""
    for number, part in enumerate(re.split(r"^=+[ \t]*$", marked, flags=re.MULTILINE), 1):
        if part.strip():
            try:
                yield parse(part.strip())
            except MarkupError as error:
                raise MarkupError(f"report {number} ({part.strip()[:40]!r}): {error}") from None


def parse(marked: str) -> Report:
    """One report with its markup taken off."""
    text, elements = _elements(marked)
    spans: dict[str, dict[str, list[tuple[int, int]]]] = {}
    voice, events = [], []
    for e in elements:
        if e.kind == "v":
            if len(e.words) != 1 or e.words[0] not in VOICE:
                raise MarkupError(f"<v> takes one of {', '.join(VOICE)}, not {' '.join(e.words)!r}")
            voice.append((e.words[0], e.start, e.end))
        elif e.kind == "e":
            if len(e.words) != 2 or e.words[0] not in TYPES or e.words[1] not in CERTAINTIES:
                raise MarkupError(f"<e> takes a type and a certainty, not {' '.join(e.words)!r}")
            events.append((e.words[0], e.words[1], e.start, e.end))
        else:
            if not e.words:
                raise MarkupError(f"<{e.kind}> around {text[e.start : e.end][:40]!r} has no number")
            for key in e.words:
                spans.setdefault(key, {"source": [], "cue": [], "content": []})[_ROLES[e.kind]].append((e.start, e.end))
    attributions = [Attribution(key, *_sorted(found), _within(key, spans)) for key, found in spans.items()]
    for a in attributions:
        if not a.content or len(a.cue) != 1 or len(a.source) > 1:
            raise MarkupError(
                f"attribution {a.key} needs one cue, at most one source and a content; "
                f"it has {len(a.cue)}, {len(a.source)} and {len(a.content)}"
            )
    attributions.sort(key=lambda a: (a.content[0][0], -a.content[-1][1]))
    return Report(
        text, tuple(attributions), tuple(sorted(voice, key=lambda v: v[1])), tuple(sorted(events, key=lambda v: v[2]))
    )


def _sorted(found: dict[str, list[Span]]) -> tuple[tuple[Span, ...], tuple[Span, ...], tuple[Span, ...]]:
    return tuple(sorted(found["source"])), tuple(sorted(found["cue"])), tuple(sorted(found["content"]))


def _elements(marked: str) -> tuple[str, list[Marked]]:
    parts: list[str] = []
    length, at = 0, 0
    opened: list[tuple[str, tuple[str, ...], int]] = []
    found: list[Marked] = []
    for tag in _TAG.finditer(marked):
        parts.append(marked[at : tag.start()])
        length += tag.start() - at
        at = tag.end()
        closing, kind, words = tag.groups()
        if not closing:
            opened.append((kind, tuple(words.replace(",", " ").split()), length))
            continue
        if not opened or opened[-1][0] != kind:
            near = marked[max(0, tag.start() - 30) : tag.end()]
            raise MarkupError(f"</{kind}> closes {'<' + opened[-1][0] + '>' if opened else 'nothing'} near {near!r}")
        _, attributes, start = opened.pop()
        if start == length:
            raise MarkupError(f"an empty <{kind}> near {marked[max(0, tag.start() - 30) : tag.end()]!r}")
        found.append(Marked(kind, attributes, start, length))
    if opened:
        raise MarkupError(f"<{opened[-1][0]} {' '.join(opened[-1][1])}> is not closed")
    text = "".join([*parts, marked[at:]])
    if stray := re.search(r"</?[a-z]\b[^>]{0,20}>?", text):
        raise MarkupError(f"{stray.group()!r} is no tag that is known")
    return text, found


def _within(key: str, spans: dict[str, dict[str, list[tuple[int, int]]]]) -> str | None:
    """The attribution with the smallest content around this one's cue."""
    if not spans[key]["cue"]:
        return None
    start, end = spans[key]["cue"][0]
    around = [
        (b - a, other)
        for other, found in spans.items()
        if other != key
        for a, b in found["content"]
        if a <= start and end <= b
    ]
    return min(around)[1] if around else None


def main() -> int:
    """Check the files named; 1 if one is broken."""
    status = 0
    for name in sys.argv[1:]:
        try:
            found = list(parse_file(Path(name).read_text("utf-8")))
        except (MarkupError, OSError) as error:
            print(f"{name}: {error}", file=sys.stderr)
            status = 1
            continue
        nested = sum(a.within is not None for r in found for a in r.attributions)
        types = Counter(kind for r in found for kind, *_ in r.events)
        print(
            f"{name}: {len(found)} reports, {sum(len(r.text.split()) for r in found)} words, "
            f"{sum(len(r.attributions) for r in found)} attributions, {nested} nested, "
            f"{sum(len(r.voice) for r in found)} voice, {sum(types.values())} events {dict(types.most_common())}"
        )
    return status


if __name__ == "__main__":
    sys.exit(main())
