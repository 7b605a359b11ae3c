"""Where words start and who copies them: each origin on the left, its copies on the right, joined by lines, the thicker
the more is copied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sayso.desk.charts.drawing import Canvas, Drawing, cut, tag, width_of

_ROW = 24
_GAP = 10  # pixels from tree to tree
_BEND = 56  # pixels for the lines


@dataclass(frozen=True, slots=True)
class Copy:
    """An article that copies: its outlet and day in words, which share of its text is copied (0 to 1), and whom it
    credits. ``href`` leads to it, ``beside`` to the two side by side."""

    words: str
    share: float
    credit: str | None
    href: str
    beside: str


def origins(trees: Mapping[tuple[str, str], Sequence[Copy]], *, width: int) -> Drawing | None:
    """A tree for each origin (its words, and where it leads), in a picture ``width`` pixels wide; None without any."""
    if not trees:
        return None
    canvas = Canvas("origins", "Origins and their echoes")
    room = min(300.0, width * 0.36)
    y = 0.0
    for (words, href), copies in trees.items():
        middle = y + _ROW * len(copies) / 2
        canvas.add(tag("circle", cx=6, cy=middle, r=5, class_="dot origin"))
        said = canvas.text(16, middle + 4, cut(words, room - 24), "name", href=href)
        for number, copy in enumerate(copies):
            there = y + _ROW * (number + 0.5)
            _branch(canvas, copy, (said.right + 6, middle), (room + _BEND, there), width)
        y += _ROW * max(1, len(copies)) + _GAP
    return canvas.done(width, y - _GAP)


def _branch(canvas: Canvas, copy: Copy, start: tuple[float, float], end: tuple[float, float], width: int) -> None:
    """One copy: a bent line, its outlet and day, and how much of it is copied, which leads to both side by side."""
    (x, y), (to_x, to_y) = start, end
    bend = x + (to_x - x) * 0.5
    line = f"M{x:.1f} {y:.1f}C{bend:.1f} {y:.1f} {bend:.1f} {to_y:.1f} {to_x:.1f} {to_y:.1f}"
    canvas.add(tag("path", d=line, stroke_width=1 + 5 * copy.share, class_="copied"))
    canvas.add(tag("circle", cx=to_x, cy=to_y, r=3.5, class_="ring again origin"))
    share = f"{copy.share:.0%} copied"
    left, right = to_x + 9, float(width)
    credit = f", credits {copy.credit}" if copy.credit and width >= 640 else ""
    name = cut(f"{copy.words}{credit}", right - left - width_of(share) - 14)
    said = canvas.text(left, to_y + 4, name, href=copy.href)
    canvas.text(said.right + 8, to_y + 4, share, "quiet", href=copy.beside)
