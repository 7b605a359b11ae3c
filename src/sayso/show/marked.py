"""A text with what was found in it marked: as HTML for a notebook, with brackets and numbers for a terminal."""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

from sayso.show.plain import bounds, visible
from sayso.types import Attribution, Event, Reading, Span

if TYPE_CHECKING:
    from rich.text import Text

# Every colour is see-through, so that it can be read on white and on black, and shows where marks lie in one another.
_CSS = """
.sayso { white-space: pre-wrap; line-height: 1.7; max-width: 50em; }
.sayso span { border-radius: .2em; padding: .1em 0; }
.sayso .content { background: rgba(80, 140, 255, .20); }
.sayso .source { border-bottom: .15em solid rgba(80, 140, 255, .9); }
.sayso .cue { border-bottom: .15em dotted rgba(80, 140, 255, .9); }
.sayso .voice { background: rgba(255, 150, 0, .30); }
.sayso .casualty { background: rgba(230, 60, 60, .30); }
.sayso .event { border-bottom: .15em double rgba(230, 60, 60, .9); }
.sayso .place { border-bottom: .1em solid rgba(60, 170, 90, .9); }
.sayso .date { border-bottom: .1em dashed rgba(60, 170, 90, .9); }
.sayso .evidence { background: rgba(170, 90, 220, .25); }
.sayso .legend { font-size: .85em; opacity: .8; }
"""
_LEGEND = {
    "source": "who speaks",
    "cue": "how it is said",
    "content": "what is said",
    "voice": "the outlet's own voice",
    "casualty": "people harmed",
    "event": "event",
    "place": "place",
    "date": "date",
    "evidence": "what it rests on",
}
_STYLES = {"source": "underline", "cue": "italic", "voice": "yellow", "casualty": "red"}


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """What stands at ``start`` to ``end``. Marks sort as they nest: where two start together, the longer is first."""

    start: int
    back: int  # the end, negative
    rank: int
    kind: str
    id: str  # of its attribution, or empty
    label: str

    @property
    def end(self) -> int:
        """Where it ends (exclusive)."""
        return -self.back


def marked_html(reading: Reading) -> str:
    """The article's text as HTML that stands alone, each span marked and named in a tooltip."""
    html = [f"<style>{_CSS}</style>", '<div class="sayso">']
    inside: tuple[Mark, ...] = ()
    for piece, marks in pieces(reading.article.text, marks_of(reading)):
        kept = shared(inside, marks)
        html += ["</span>"] * (len(inside) - kept)
        html += [f'<span class="{m.kind}" title="{escape(visible(m.label))}">' for m in marks[kept:]]
        html.append(escape(visible(piece)))
        inside = marks
    legend = " · ".join(f'<span class="{kind}">{escape(what)}</span>' for kind, what in _LEGEND.items())
    return "".join((*html, "</span>" * len(inside), f'\n\n<span class="legend">{legend}</span></div>'))


def marked_text(reading: Reading) -> Text:
    """The article's text for a terminal, with each content in brackets that bear its attribution's id: "[a2 …]".

    Sources are underlined and cues italic; people harmed and the outlet's own voice are coloured.
    """
    from rich.text import Text  # a notebook needs no terminal

    text = Text()
    inside: tuple[Mark, ...] = ()
    for piece, marks in pieces(reading.article.text, marks_of(reading)):
        kept = shared(inside, marks)
        text.append("]" * sum(m.kind == "content" for m in inside[kept:]), "bold blue")
        text.append("".join(f"[{visible(m.id)} " for m in marks[kept:] if m.kind == "content"), "bold blue")
        text.append(visible(piece), " ".join(sorted({_STYLES[m.kind] for m in marks if m.kind in _STYLES})))
        inside = marks
    return text.append("]" * sum(m.kind == "content" for m in inside), "bold blue")


def chains(reading: Reading) -> dict[str, tuple[str | None, ...]]:
    """On whose word each attribution stands, by its id: the outlet first, its own claimant last, None where unnamed."""
    by_id = {attribution.id: attribution for attribution in reading.attributions}
    return {id: (reading.article.outlet, *(a.claimant for a in _lineage(a, by_id))) for id, a in by_id.items()}


def _lineage(attribution: Attribution, by_id: dict[str, Attribution]) -> list[Attribution]:
    line = {attribution.id: attribution}
    while (outer := by_id.get(attribution.within or "")) and outer.id not in line:
        line[outer.id] = attribution = outer
    return list(line.values())[::-1]


def pieces(text: str, marks: Iterable[Mark]) -> Iterator[tuple[str, tuple[Mark, ...]]]:
    """The text cut at every edge of a mark, each piece with the marks that it lies in, the outermost first."""
    opening, closing = defaultdict(list), defaultdict(list)
    for mark in marks:
        opening[mark.start].append(mark)
        closing[mark.end].append(mark)
    inside: list[Mark] = []
    edges = sorted({0, len(text), *opening, *closing})
    for start, end in pairwise(edges):
        for mark in closing[start]:
            inside.remove(mark)
        for mark in opening[start]:
            insort(inside, mark)
        yield text[start:end], tuple(inside)


def marks_of(reading: Reading) -> list[Mark]:
    """All that was found in the article, each with the id of its attribution if it has one, and in words what it is."""
    found: list[tuple[str, Span, str, str]] = []
    words = chains(reading)
    for a in reading.attributions:
        said = f"{a.id}: {' › '.join(name or 'unnamed' for name in words[a.id])} {a.stance} ({a.confidence:.2f})"
        found += [("content", span, a.id, said) for span in a.content]
        found += [("source", a.source, a.id, f"{a.id}: {a.claimant or 'unnamed'}")] if a.source else []
        found += [("cue", a.cue, a.id, f"{a.id}: {a.stance}")] if a.cue else []
    found += [("voice", v.span, "", f"own voice: {v.kind} ({v.confidence:.2f})") for v in reading.voice]
    found += [("casualty", c.span, "", f"{bounds(c.min, c.max)} {c.kind}") for c in reading.casualties]
    found += [
        ("event", e.span, "", f"{e.type}, {e.certainty} ({e.confidence:.2f}): {event_label(e)}") for e in reading.events
    ]
    found += [("place", p.span, "", f"{p.name}, {p.country or 'not resolved'}") for p in reading.places]
    found += [("date", d.span, "", d.value or "not known") for d in reading.dates]
    found += [("evidence", e.span, "", e.kind) for e in reading.evidence]
    return [Mark(s.start, -s.end, rank, kind, id, label) for rank, (kind, s, id, label) in enumerate(found)]


def event_label(event: Event) -> str:
    """Who does it to whom: "the army › shelled › the town"; "…" stands for those whom the text does not name."""
    parties = (", ".join(span.text for span in spans) or "…" for spans in (event.actors, event.targets))
    return f" › {event.span.text} › ".join(parties)


def shared(one: tuple[Mark, ...], other: tuple[Mark, ...]) -> int:
    """How many marks both begin with."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a is not b), min(len(one), len(other)))
