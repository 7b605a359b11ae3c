"""Charts as SVG of a few lines: bars with what else is to be known beside them, and lines over a number that grows.

Both are drawn on white, so that they can be read on a dark page too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

_OURS = "#1b6ca8"
_LEFT, _BARS, _RIGHT, _COLUMN, _ROW, _TOP = 330, 340, 90, 110, 34, 62


_MARGIN, _WIDTH, _HEIGHT, _BELOW = 64, 320, 220, 48  # of a panel: what is left of its lines, they, what is below them
_PANEL = _MARGIN + _WIDTH + 40


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of the chart: its name, its value, above 0, what stands in its columns; ``ours`` stands out."""

    name: str
    value: float
    notes: tuple[str, ...]
    ours: bool


def bars(title: str, rows: Sequence[Bar], columns: Sequence[str]) -> str:
    """An SVG with a horizontal bar for each row, on a logarithmic scale from 100, and a column of words for each of
    ``columns``."""
    decades = max(3, ceil(log10(max(row.value for row in rows))))
    scale, bottom = _BARS / (decades - 2), _TOP + _ROW * len(rows)
    width, height = _edge(len(columns) - 1) + 14, bottom + 28
    heads = (_text(_edge(n), _TOP - 14, head, "end", "#666") for n, head in enumerate(columns))
    parts = [
        *(_decade(decade, scale, bottom) for decade in range(2, decades + 1)),
        *heads,
        *(_row(row, _TOP + _ROW * n, scale) for n, row in enumerate(rows)),
    ]
    return _svg(title, width, height, parts)


@dataclass(frozen=True, slots=True)
class Panel:
    """A line over a number that grows: its title, and its points from left to right, all above 0."""

    title: str
    points: tuple[tuple[float, float], ...]


def lines(title: str, across: str, panels: Sequence[Panel]) -> str:
    """An SVG with a line for each panel, side by side, both of its axes logarithmic; ``across`` says what grows."""
    height = _TOP + _HEIGHT + _BELOW
    drawn = (_panel(panel, across, _PANEL * n + _MARGIN) for n, panel in enumerate(panels))
    return _svg(title, _PANEL * len(panels) + 14, height, list(drawn))


@dataclass(frozen=True, slots=True)
class _Axis:
    """A logarithmic axis from one power of ten to another, over so many pixels from ``start``; upwards if negative."""

    low: int
    high: int
    start: int
    pixels: int

    @classmethod
    def around(cls, values: Sequence[float], start: int, pixels: int) -> _Axis:
        low = floor(log10(min(values)))
        return cls(low, max(low + 1, ceil(log10(max(values)))), start, pixels)

    def at(self, value: float) -> float:
        return self.start + self.pixels * (log10(value) - self.low) / (self.high - self.low)

    def decades(self) -> list[tuple[int, str]]:
        """Where the powers of ten are, and what they are."""
        powers = (10.0**n for n in range(self.low, self.high + 1))
        return [(round(self.at(power)), f"{power:,.7g}") for power in powers]


def _panel(panel: Panel, across: str, left: int) -> str:
    right, bottom = left + _WIDTH, _TOP + _HEIGHT
    x_axis = _Axis.around([x for x, _ in panel.points], left, _WIDTH)
    y_axis = _Axis.around([y for _, y in panel.points], bottom, -_HEIGHT)
    at = [(x_axis.at(x), y_axis.at(y), y) for x, y in panel.points]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in at)
    parts = [_text(left, _TOP - 12, panel.title, "start", "#666"), _text(right, bottom + 36, across, "end", "#666")]
    for x, number in x_axis.decades():
        parts += [_rule(x, _TOP, x, bottom), _text(x, bottom + 16, number, "middle", "#666")]
    for y, number in y_axis.decades():
        parts += [_rule(left, y, right, y), _text(left - 8, y + 4, number, "end", "#666")]
    parts += [f'<polyline points="{path}" fill="none" stroke="{_OURS}" stroke-width="2"/>']
    for px, py, value in at:
        parts += [f'<circle cx="{px:.1f}" cy="{py:.1f}" r="3.5" fill="{_OURS}"/>']
        parts += [_text(round(px), round(py) - 9, f"{value:,.0f}" if value >= 100 else f"{value:.3g}", "middle")]
    return "\n".join(parts)


def _rule(x1: int, y1: int, x2: int, y2: int) -> str:
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="#ddd"/>'


def _svg(title: str, width: int, height: int, parts: Sequence[str]) -> str:
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
            f'height="{height}" font-family="sans-serif" font-size="12" role="img" aria-label="{escape(title)}">',
            f'<rect width="{width}" height="{height}" fill="white"/>',
            f'<text x="12" y="24" font-size="15" font-weight="bold">{escape(title)}</text>',
            *parts,
            "</svg>\n",
        ]
    )


def _edge(column: int) -> int:
    """Where a column ends, on the right."""
    return _LEFT + _BARS + _RIGHT + _COLUMN * column + (_COLUMN - 14)


def _decade(decade: int, scale: float, bottom: int) -> str:
    x = round(_LEFT + scale * (decade - 2))
    return f"{_rule(x, _TOP - 6, x, bottom)}\n{_text(x, bottom + 16, f'{10**decade:,}', 'middle', '#666')}"


def _row(row: Bar, y: int, scale: float) -> str:
    length = max(1.0, scale * (log10(row.value) - 2))
    colour = _OURS if row.ours else "#b3b3b3"
    return "\n".join(
        [
            _text(_LEFT - 8, y + 17, row.name, "end"),
            f'<rect x="{_LEFT}" y="{y + 2}" width="{length:.1f}" height="{_ROW - 12}" fill="{colour}"/>',
            _text(round(_LEFT + length + 6), y + 17, f"{row.value:,.0f}"),
            *(_text(_edge(n), y + 17, note, "end") for n, note in enumerate(row.notes)),
        ]
    )


def _text(x: int, y: int, words: str, anchor: str = "start", colour: str = "black") -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="{colour}">{escape(words)}</text>'
