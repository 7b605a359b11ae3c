"""Words per second as a bar chart, an SVG of a few lines."""

from __future__ import annotations

from html import escape
from math import ceil, log10

_WIDTH, _LEFT, _RIGHT, _ROW, _TOP = 760, 330, 90, 34, 46


def bars(title: str, values: dict[str, float], ours: set[str]) -> str:
    """An SVG with a horizontal bar for each value above 0, on a logarithmic scale from 100; ``ours`` stand out."""
    decades = max(3, ceil(log10(max(values.values()))))
    bottom = _TOP + _ROW * len(values)
    scale = (_WIDTH - _LEFT - _RIGHT) / (decades - 2)
    parts = [f'<text x="12" y="24" font-size="15" font-weight="bold">{escape(title)}</text>']
    for decade in range(2, decades + 1):
        x = _LEFT + scale * (decade - 2)
        parts.append(f'<line x1="{x:.0f}" y1="{_TOP - 6}" x2="{x:.0f}" y2="{bottom}" stroke="#ddd"/>')
        parts.append(f'<text x="{x:.0f}" y="{bottom + 16}" text-anchor="middle" fill="#666">{10**decade:,}</text>')
    for row, (name, value) in enumerate(values.items()):
        y = _TOP + _ROW * row
        length = max(1.0, scale * (log10(value) - 2))
        colour = "#1b6ca8" if name in ours else "#b3b3b3"
        parts.append(f'<text x="{_LEFT - 8}" y="{y + 17}" text-anchor="end">{escape(name)}</text>')
        parts.append(f'<rect x="{_LEFT}" y="{y + 2}" width="{length:.1f}" height="{_ROW - 12}" fill="{colour}"/>')
        parts.append(f'<text x="{_LEFT + length + 6:.1f}" y="{y + 17}">{value:,.0f}</text>')
    height = bottom + 28
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" '
            f'height="{height}" font-family="sans-serif" font-size="12" role="img" aria-label="{escape(title)}">',
            f'<rect width="{_WIDTH}" height="{height}" fill="white"/>',
            *parts,
            "</svg>\n",
        ]
    )
