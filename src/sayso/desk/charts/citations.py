"""Who cites whom: parties in columns from those who only cite to those who are only cited, joined by lines, the thicker
the more claims they carry."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2

from markupsafe import Markup

from sayso.desk.charts.drawing import Canvas, Drawing, cut, tag, width_of
from sayso.show.plain import count

_ROW = 22
_HEAD = 8
_NARROWEST = 170  # pixels for a column
_NAME = 0.62  # of the way to the next column, for names
_BOLD = 1.28  # times the width of a usual letter, at the most: names that stand out, and fonts that are wide
_DEEPEST = 3  # columns after the first
_MOST = 24  # parties in a column; the rest are left to the table beside the picture
_SWEEPS = 6  # over the columns, to untangle the lines


@dataclass(frozen=True, slots=True)
class Citation:
    """``citing`` prints or relays so many claims of ``cited``."""

    citing: str
    cited: str
    claims: int


def citations(
    edges: Iterable[Citation], *, width: int, about: str | None = None, hrefs: Mapping[str, str] | None = None
) -> Drawing | None:
    """The network of these citations (each pair once, nobody citing itself), in a picture ``width`` pixels wide; None
    without any. ``about`` is the party whose page it is for; ``hrefs`` is where a name leads."""
    wanted = sorted((e for e in edges if e.citing != e.cited), key=lambda e: (-e.claims, e.citing, e.cited))
    depths = _depths(wanted)
    columns, kept = _chosen(wanted, depths, about)
    if not kept:
        return None
    _untangle(columns, kept)
    height = 2 * _HEAD + _ROW * max(map(len, columns))
    wide = max(width, _NARROWEST * len(columns))
    slot = wide / (len(columns) - 1 + _NAME)
    places = _places(columns, slot, height)
    canvas = Canvas("citations", "Who cites whom")
    ends = {name: x + 9 + min(_BOLD * width_of(name), slot * _NAME - 20) for name, (x, _) in places.items()}
    for edge in sorted(kept, key=lambda edge: about in (edge.citing, edge.cited)):
        canvas.add(_line(edge, places, ends, about))
    for name, (x, y) in places.items():
        kind = "about" if name == about else ""
        canvas.add(tag("circle", cx=x, cy=y, r=4, class_=f"dot node {kind}".strip()))
        said = cut(name, (slot * _NAME - 20) / _BOLD)
        canvas.text(x + 9, y + 4, said, f"name {kind}".strip(), href=(hrefs or {}).get(name, ""))
    return canvas.done(wide, height)


def _depths(edges: Sequence[Citation]) -> dict[str, int]:
    """In which column each party is: one further right than those who cite it, as far as that can be; of those who cite
    each other, the one that cites more is further left."""
    after: dict[str, list[str]] = defaultdict(list)
    for edge in edges:
        if not _reaches(after, edge.cited, edge.citing):
            after[edge.citing].append(edge.cited)
    depths = {name: 0 for edge in edges for name in (edge.citing, edge.cited)}
    for _ in range(_DEEPEST):
        for name in list(after):
            for cited in after[name]:
                depths[cited] = max(depths[cited], min(_DEEPEST, depths[name] + 1))
    return depths


def _reaches(after: Mapping[str, Sequence[str]], start: str, end: str) -> bool:
    seen, ahead = {start}, [start]
    while ahead:
        name = ahead.pop()
        if name == end:
            return True
        found = [other for other in after.get(name, ()) if other not in seen]
        seen.update(found)
        ahead += found
    return False


def _chosen(
    edges: Sequence[Citation], depths: Mapping[str, int], about: str | None
) -> tuple[list[list[str]], list[Citation]]:
    """The parties of each column, those with most claims first and no more than there is room for; and their edges."""
    weight: Counter[str] = Counter()
    for edge in edges:
        weight.update({edge.citing: edge.claims, edge.cited: edge.claims})
    columns: dict[int, list[str]] = defaultdict(list)
    for name in sorted(weight, key=lambda name: (name != about, -weight[name], name)):
        if len(columns[depths[name]]) < _MOST:
            columns[depths[name]].append(name)
    shown = {name for column in columns.values() for name in column}
    kept = [edge for edge in edges if {edge.citing, edge.cited} <= shown]
    linked = {name for edge in kept for name in (edge.citing, edge.cited)}
    ordered = ([name for name in columns[depth] if name in linked] for depth in sorted(columns))
    return [column for column in ordered if column], kept


def _untangle(columns: Sequence[list[str]], edges: Sequence[Citation]) -> None:
    """Order each column by where those are that its parties are joined to (the barycentre of Sugiyama's layouts)."""
    joined: dict[str, list[str]] = defaultdict(list)
    for edge in edges:
        joined[edge.citing].append(edge.cited)
        joined[edge.cited].append(edge.citing)
    for sweep in range(_SWEEPS):
        for column in columns if sweep % 2 else columns[::-1]:
            at = {name: (place + 0.5) / len(other) for other in columns for place, name in enumerate(other)}
            column.sort(key=lambda name: (sum(at[other] for other in joined[name]) / len(joined[name]), name))


def _places(columns: Sequence[Sequence[str]], slot: float, height: float) -> dict[str, tuple[float, float]]:
    """Columns from left to right, each in the middle of the height."""
    places = {}
    for number, column in enumerate(columns):
        top = (height - _ROW * len(column)) / 2
        for place, name in enumerate(column):
            places[name] = 6 + slot * number, top + _ROW * (place + 0.5)
    return places


def _line(
    edge: Citation, places: Mapping[str, tuple[float, float]], ends: Mapping[str, float], about: str | None
) -> Markup:
    """From the end of the name that cites to the sign of the one that is cited; round the names if that is not to the
    right."""
    (_, y), (to_x, to_y) = places[edge.citing], places[edge.cited]
    x = ends[edge.citing] + 6
    if to_x > x:
        bend = (x + to_x) / 2
        line = f"M{x:.1f} {y:.1f}C{bend:.1f} {y:.1f} {bend:.1f} {to_y:.1f} {to_x - 5:.1f} {to_y:.1f}"
    else:
        back = ends[edge.cited] + 6
        bend = max(x, back) + 26
        line = f"M{x:.1f} {y:.1f}C{bend:.1f} {y:.1f} {bend:.1f} {to_y:.1f} {back:.1f} {to_y:.1f}"
    said = f"{edge.citing} cites {edge.cited}: {count(edge.claims, 'claim')}"
    kind = "cites about" if about in (edge.citing, edge.cited) else "cites"
    return tag("path", tag("title", said), d=line, stroke_width=min(8.0, 1 + log2(edge.claims)), class_=kind)
