"""An article's text with everybody's words marked, paragraph by paragraph, and in the margin on whose word they stand.

Offsets stay code points of the article's text throughout: what is shown is cut from it, and only shown otherwise where
a character controls instead of showing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from markupsafe import Markup, escape

from sayso.desk.showing import shown
from sayso.show.marked import Mark, marks_of, pieces, shared
from sayso.text import paragraphs
from sayso.types import ClaimRow, Correction, Reading, Span

Extent = tuple[tuple[int, int], ...]

_PLAIN = frozenset(("voice", "casualty", "place", "date", "evidence"))


@dataclass(frozen=True, slots=True)
class Marked:
    """What stands at ``start`` to ``end`` of the text: "content", "source" or "cue" of a claim, "own" for what the
    outlet claims on nobody's word but its own, "unsaid" for what a person says that nobody claims; "voice" (a contested
    act or motive, or a loaded label, in the outlet's own voice), "casualty", "place", "date", "evidence". ``label``
    says it in words."""

    start: int
    end: int
    kind: str
    claim: str | None
    label: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the text as HTML, and the claims whose words begin in it, with the numbers that they have."""

    start: int
    end: int
    html: Markup
    claims: tuple[tuple[int, ClaimRow], ...]


def marked(
    reading: Reading,
    claims: Sequence[ClaimRow],
    as_read: Mapping[str, Extent],
    corrections: Mapping[str, Correction] = MappingProxyType({}),
) -> tuple[Marked, ...]:
    """All that is marked in an article. ``claims`` are its claims as they stand, ``as_read`` where the content of each
    was read, by its id, ``corrections`` what people said of their sources and cues: what somebody corrected is marked
    as corrected. Of what somebody rejected, only where it was read."""
    by_extent = {extent: id for id, extent in as_read.items()}
    claim_of = {a.id: by_extent.get(_extent(a.content)) for a in reading.attributions}
    told = {claim.id: claim for claim in claims if claim.decision != "reject"}
    found = [_content(claim, span) for claim in claims for span in claim.spans]
    for mark in marks_of(reading):
        claim = claim_of.get(mark.id)
        if mark.kind in _PLAIN:
            found.append(Marked(mark.start, mark.end, mark.kind, None, mark.label))
        elif (
            mark.kind in ("source", "cue")
            and claim in told
            and getattr(corrections.get(claim), mark.kind, None) is None
        ):
            found.append(_beside(told[claim], mark.kind, mark.start, mark.end))
    for id, given in corrections.items():
        for kind in ("source", "cue"):
            spans = (getattr(given, kind) or ()) if id in told else ()
            found += [
                _beside(told[id], kind, s.start, s.end)
                for s in spans
                if reading.article.text[s.start : s.end] == s.text
            ]
    return tuple(sorted(found, key=lambda m: (m.start, -m.end)))


def in_paragraphs(text: str, marks: Sequence[Marked], claims: Sequence[ClaimRow]) -> tuple[Paragraph, ...]:
    """The paragraphs of ``text``. Each claim is numbered, and stands beside the paragraph in which it begins."""
    spans = list(paragraphs(text))
    starts = [start for start, _ in spans]
    numbers = {claim.id: n for n, claim in enumerate(claims, 1)}
    beside: dict[int, list[tuple[int, ClaimRow]]] = {}
    for claim in claims:
        place = max(0, bisect_right(starts, min(s.start for s in claim.spans)) - 1)
        beside.setdefault(place, []).append((numbers[claim.id], claim))
    within = _by_paragraph(spans, marks)
    return tuple(
        Paragraph(start, end, _html(text, start, end, within[place], numbers), tuple(beside.get(place, ())))
        for place, (start, end) in enumerate(spans)
    )


def _content(claim: ClaimRow, span: Span) -> Marked:
    named = " › ".join(name or "unnamed" for name in claim.chain)
    kind = "content" if len(claim.chain) > 1 else "own"
    if claim.decision == "reject":
        return Marked(span.start, span.end, "unsaid", claim.id, "rejected")
    return Marked(span.start, span.end, kind, claim.id, f"{named} {claim.stance}")


def _beside(claim: ClaimRow, kind: str, start: int, end: int) -> Marked:
    label = (claim.claimant or "unnamed") if kind == "source" else claim.stance
    return Marked(start, end, kind, claim.id, label)


def _extent(spans: Iterable[Span]) -> Extent:
    return tuple((s.start, s.end) for s in spans)


@dataclass(frozen=True, slots=True)
class _Cut:
    """What of a mark lies in one paragraph; ``first`` where the mark begins there."""

    mark: Marked
    start: int
    end: int

    @property
    def first(self) -> bool:
        return self.start == self.mark.start


def _by_paragraph(spans: Sequence[tuple[int, int]], marks: Sequence[Marked]) -> list[list[_Cut]]:
    """For each paragraph what of the marks lies in it."""
    starts = [start for start, _ in spans]
    within: list[list[_Cut]] = [[] for _ in spans]
    for mark in marks:
        place = max(0, bisect_right(starts, mark.start) - 1)
        while place < len(spans) and spans[place][0] < mark.end:
            start, end = max(mark.start, spans[place][0]), min(mark.end, spans[place][1])
            if start < end:
                within[place].append(_Cut(mark, start, end))
            place += 1
    return within


def _html(text: str, start: int, end: int, cuts: Sequence[_Cut], numbers: Mapping[str, int]) -> Markup:
    """One paragraph. Each of its marks is an element; a claim's number stands before its content."""
    here = [Mark(c.start - start, start - c.end, n, c.mark.kind, str(n), c.mark.label) for n, c in enumerate(cuts)]
    parts: list[Markup] = []
    inside: tuple[Mark, ...] = ()
    for piece, nested in pieces(text[start:end], here):
        kept = shared(inside, nested)
        parts += [Markup("</span>")] * (len(inside) - kept)
        parts += [_opening(cuts[int(m.id)], numbers, again=m in inside) for m in nested[kept:]]
        parts.append(escape(shown(piece)))
        inside = nested
    return Markup("").join([*parts, *[Markup("</span>")] * len(inside)])


def _opening(cut: _Cut, numbers: Mapping[str, int], again: bool) -> Markup:
    """What opens a mark's element; ``again`` where one that overlaps it has cut it. Its first piece alone has the
    mark's address and number."""
    mark = cut.mark
    if mark.claim is None:
        return Markup('<span class="{}" title="{}">').format(mark.kind, shown(mark.label))
    if mark.kind not in ("content", "own", "unsaid") or again or not cut.first:
        return Markup('<span class="{}" data-claim="{}">').format(mark.kind, mark.claim)
    opened = Markup('<span class="{}" id="s{}-{}" data-claim="{}"><a class="ref" href="#c-{}">{}</a>')
    return opened.format(mark.kind, mark.start, mark.end, mark.claim, mark.claim, numbers[mark.claim])
