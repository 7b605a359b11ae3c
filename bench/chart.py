"""Words per second as a bar chart, with what else is to be known of each system beside it: an SVG of a few lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, log10

_LEFT, _BARS, _RIGHT, _COLUMN, _ROW, _TOP = 330, 340, 90, 110, 34, 62


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
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
            f'height="{height}" font-family="sans-serif" font-size="12" role="img" aria-label="{escape(title)}">',
            f'<rect width="{width}" height="{height}" fill="white"/>',
            f'<text x="12" y="24" font-size="15" font-weight="bold">{escape(title)}</text>',
            *(_decade(decade, scale, bottom) for decade in range(2, decades + 1)),
            *heads,
            *(_row(row, _TOP + _ROW * n, scale) for n, row in enumerate(rows)),
            "</svg>\n",
        ]
    )


def _edge(column: int) -> int:
    """Where a column ends, on the right."""
    return _LEFT + _BARS + _RIGHT + _COLUMN * column + (_COLUMN - 14)


def _decade(decade: int, scale: float, bottom: int) -> str:
    x = round(_LEFT + scale * (decade - 2))
    line = f'<line x1="{x}" y1="{_TOP - 6}" x2="{x}" y2="{bottom}" stroke="#ddd"/>'
    return f"{line}\n{_text(x, bottom + 16, f'{10**decade:,}', 'middle', '#666')}"


def _row(row: Bar, y: int, scale: float) -> str:
    length = max(1.0, scale * (log10(row.value) - 2))
    colour = "#1b6ca8" if row.ours else "#b3b3b3"
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
