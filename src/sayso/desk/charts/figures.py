"""How the figures of a story moved: numbers upwards, days to the right, each claimant's sign where it gives one.

A figure that several give on a day is drawn once, with all their signs in a row. Lines join what one claimant said at
first with what it said later. "At least" fades out upwards, "up to" downwards, from one number to another is a bar.
Signs are faint where a claimant only says again what it has said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from sayso.desk.charts.drawing import Box, Canvas, Drawing, apart, cut, linked, path, tag, width_of
from sayso.desk.charts.keys import Keys
from sayso.desk.charts.scales import Scale, days_between, scale, short_day
from sayso.show.plain import short_bounds
from sayso.types import StoryFigure

_STEP = 13  # pixels from one sign of a row to the next
_HALF = 9  # pixels: half the height of a row of signs
_FADE = 24  # pixels in which "at least" fades out
_GAP = 10  # pixels between figures side by side
_PASSED = 50  # pixels for days that are left out
_MOST = 11  # signs in a row; more are counted
_NAMES, _NAMES_LEAST = 250, 150  # pixels for names on the right: where there is room, and where it is needed
_ROOMY = 640  # pixels: pictures from this width up have names
_NAMED = 9  # lines with a name, at most
_LOWEST, _HIGHEST = 110, 320  # pixels between the top and the bottom of the scale

UNNAMED = "a source without a name"


@dataclass(frozen=True, slots=True)
class _Given:
    """What one claimant says on one day: the number of its line, and whether it had said so before."""

    line: int
    again: bool


@dataclass(slots=True)
class _Row:
    """A figure of one day, and all who give it; ``left`` is where it is put, from the left of its day."""

    day: str | None
    least: int | None
    most: int | None
    who: str | None
    given: list[_Given]
    left: float = 0

    @property
    def words(self) -> str:
        return " ".join(filter(None, (short_bounds(self.least, self.most), self.who)))

    @property
    def before(self) -> float:
        """How wide the words are, with the gap after them; they are bold."""
        return 1.2 * width_of(self.words) + 3

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(number for number in (self.least, self.most) if number is not None)

    @property
    def shown(self) -> list[_Given]:
        return self.given if len(self.given) <= _MOST else self.given[: _MOST - 1]

    @property
    def more(self) -> str:
        return f"+{len(self.given) - len(self.shown)}" if len(self.given) > len(self.shown) else ""

    @property
    def width(self) -> float:
        more = width_of(self.more) + 4 if self.more else 0
        return self.before + _STEP * len(self.shown) + more

    def at(self, line: int) -> float:
        """How far from the row's left the sign of a line is."""
        number = next((n for n, given in enumerate(self.shown) if given.line == line), len(self.shown))
        return self.before + _STEP * (number + 0.5)


def figures_over_time(
    figures: Sequence[StoryFigure], keys: Keys, *, width: int, id: str, hrefs: Mapping[str, str] | None = None
) -> Drawing | None:
    """The figures of one kind, in a picture at least ``width`` pixels wide; None where there is only one, or none.
    ``id`` tells the picture from others of the page; ``hrefs`` is where a claimant's sign leads."""
    rows = list(_rows(figures))
    if len(rows) < 2:
        return None
    roomy = width >= _ROOMY
    top = 34.0
    bottom = top + min(_HIGHEST, _LOWEST + 26 * len({_middle(row) for row in rows}))
    to_y = scale([number for row in rows for number in row.numbers], top + _FADE, bottom - _FADE)
    edge = max(width_of(f"{tick:,}") for tick in to_y.ticks) + 10
    names = _NAMES if roomy else 8
    days, wide = _columns(rows, to_y, width - edge - names)
    for row in rows:
        row.left += edge + days[row.day].left
    right = edge + wide
    if roomy:
        names = min(_NAMES, max(_NAMES_LEAST, round(width - right)))
    kind = figures[0].kind
    canvas = Canvas("figures", f"{kind.capitalize()}, over time", _account(rows, kind))
    canvas.add(_fades(id))
    canvas.text(0, 12, "people, equal steps for equal shares" if to_y.growing else "people", "quiet")
    _axes(canvas, to_y, days.values(), Box(edge, top, right, bottom))
    for row in rows:
        _band(canvas, row, to_y, id)
    lines = _lines(rows, to_y)
    for number, points in lines.items():
        if len(points) > 1:
            canvas.add(tag("path", d=path(points), class_=f"course {keys.colour(figures[number].claimant)}"))
    for row in rows:
        _signs(canvas, row, figures, keys, _y(row, to_y), hrefs or {})
    if roomy:
        _ends(canvas, figures, keys, lines, (right + 6, right + names), (top, bottom))
    return canvas.done(right + names, bottom + 26)


def _rows(figures: Sequence[StoryFigure]) -> Iterator[_Row]:
    """Each figure of each day once, in the order of days; the undated last."""
    found: dict[tuple[str | None, int | None, int | None, str | None], dict[int, _Given]] = defaultdict(dict)
    for number, figure in enumerate(figures):
        said: set[tuple[int | None, int | None]] = set()
        for day, least, most, _ in figure.values:
            if least is None and most is None:
                continue
            row = found[day, least, most, figure.who]
            row.setdefault(number, _Given(number, (least, most) in said))
            said.add((least, most))
    for key in sorted(found, key=lambda key: (key[0] is None, key[0] or "", max(n for n in key[1:3] if n is not None))):
        yield _Row(*key, given=sorted(found[key].values(), key=lambda given: (given.again, given.line)))


@dataclass(frozen=True, slots=True)
class _Day:
    """One day: how it is written; where its rows begin, from the left of all, and how wide they are; how much is empty
    on either side; how many days without a figure lie before it."""

    words: str
    left: float
    wide: float
    margin: float
    passed: int

    @property
    def middle(self) -> float:
        return self.left + self.wide / 2


def _columns(rows: Sequence[_Row], to_y: Scale, room: float) -> tuple[dict[str | None, _Day], float]:
    """Put the rows of each day side by side where they would meet, share out what room is left; how wide all are."""
    days = list(dict.fromkeys(row.day for row in rows))
    earlier = [None, *days[:-1]]
    passed = [max(0, days_between(before, day) - 1) for before, day in zip(earlier, days, strict=True)]
    words = [short_day(day, before) for before, day in zip(earlier, days, strict=True)]
    needs = [
        max(_arranged([row for row in rows if row.day == day], to_y), width_of(said))
        for day, said in zip(days, words, strict=True)
    ]
    least = sum(needs) + 2 * _GAP * len(days) + _PASSED * sum(map(bool, passed))
    share = max(0.0, room - least) / len(days)
    found, at = {}, 0.0
    for day, said, need, gone in zip(days, words, needs, passed, strict=True):
        at += _PASSED if gone else 0
        margin = _GAP + share / 2
        found[day] = _Day(said, at + margin, need, margin, gone)
        at += need + 2 * margin
    return found, at


def _arranged(rows: Sequence[_Row], to_y: Scale) -> float:
    """Give each row of a day its ``left``; the width that they take."""
    taken: list[Box] = []
    for row in sorted(rows, key=lambda row: (-len(row.given), _y(row, to_y))):
        top, bottom = _extent(row, to_y)
        edges = [0.0, *(box.right + _GAP for box in taken)]
        fits = (left for left in sorted(edges) if not _meets(Box(left, top, left + row.width, bottom), taken))
        row.left = next(fits)
        taken.append(Box(row.left, top, row.left + row.width, bottom))
    return max(box.right for box in taken)


def _meets(box: Box, taken: Iterable[Box]) -> bool:
    return any(box.meets(other, 2) for other in taken)


def _middle(row: _Row) -> float:
    return sum(row.numbers) / len(row.numbers)


def _y(row: _Row, to_y: Scale) -> float:
    """Where the signs of a row stand: at its number, or in the middle of its bar."""
    places = [to_y.place(number) for number in row.numbers]
    return sum(places) / len(places)


def _extent(row: _Row, to_y: Scale) -> tuple[float, float]:
    """The top and the bottom of what a row takes."""
    places = [to_y.place(number) for number in row.numbers]
    up = _FADE if row.most is None else _HALF
    down = _FADE if row.least is None else _HALF
    return min(places) - up, max(places) + down


def _lines(rows: Sequence[_Row], to_y: Scale) -> dict[int, list[tuple[float, float]]]:
    """For each line where its signs stand, from left to right."""
    lines: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for row in rows:
        for given in row.given:
            lines[given.line].append((row.left + row.at(given.line), _y(row, to_y)))
    return {number: sorted(points) for number, points in sorted(lines.items())}


def _axes(canvas: Canvas, to_y: Scale, days: Iterable[_Day], frame: Box) -> None:
    """Numbers on the left, days beneath; where days without a figure are left out, a broken line says how many."""
    for number, day in enumerate(days):
        if number % 2 == 0:
            x, wide = frame.left + day.left - day.margin, day.wide + 2 * day.margin
            canvas.add(tag("rect", x=x, y=frame.top, width=wide, height=frame.bottom - frame.top, class_="day"))
        canvas.text(frame.left + day.middle, frame.bottom + 18, day.words, anchor="middle")
        if day.passed:
            x = frame.left + day.left - day.margin - _PASSED / 2
            canvas.add(tag("line", x1=x, x2=x, y1=frame.top, y2=frame.bottom, class_="break"))
            canvas.text(
                x, frame.top - 5, f"{day.passed:,} {'day' if day.passed == 1 else 'days'}", "quiet", anchor="middle"
            )
    for tick in to_y.ticks:
        y = to_y.place(tick)
        canvas.add(tag("line", x1=frame.left, x2=frame.right, y1=y, y2=y, class_="grid"))
        canvas.text(frame.left - 6, y + 4, f"{tick:,}", "quiet", anchor="end")
    canvas.add(tag("line", x1=frame.left, x2=frame.right, y1=frame.bottom, y2=frame.bottom, class_="axis"))


def _fades(id: str) -> Markup:
    """The gradients of what fades out, upwards or downwards."""

    def fade(name: str, *kinds: str) -> Markup:
        stops = (tag("stop", offset=at, class_=kind) for at, kind in zip((0, 1), kinds, strict=True))
        return tag("linearGradient", *stops, id=f"{id}-{name}", x1=0, x2=0, y1=0, y2=1)

    return tag("defs", fade("up", "gone", "there"), fade("down", "there", "gone"))


def _band(canvas: Canvas, row: _Row, to_y: Scale, id: str) -> None:
    """From the least to the most as a bar beneath the signs; where one of them isn't said, fading out."""
    x, wide = row.left + row.before - 1, row.width - row.before + 2
    y = _y(row, to_y)
    if row.least is not None and row.most is not None:
        if row.least != row.most:
            top, bottom = to_y.place(row.most), to_y.place(row.least)
            canvas.add(tag("rect", x=x, y=top, width=wide, height=bottom - top, rx=3, class_="range"))
        return
    up = row.most is None
    fill = f"url(#{id}-{'up' if up else 'down'})"
    canvas.add(tag("rect", x=x, y=y - _FADE if up else y, width=wide, height=_FADE, fill=fill))


def _signs(
    canvas: Canvas, row: _Row, figures: Sequence[StoryFigure], keys: Keys, y: float, hrefs: Mapping[str, str]
) -> None:  # fmt: skip
    canvas.text(row.left, y + 4, row.words, "number")
    for given in row.shown:
        name = figures[given.line].claimant
        sign = tag(
            "g",
            tag("title", f"{name or UNNAMED}: {row.words}" + (", said before" if given.again else "")),
            keys.shape(name, row.left + row.at(given.line), y),
            class_="again" if given.again else None,
        )
        canvas.add(linked(sign, hrefs.get(name or "", "")))
    if row.more:
        canvas.text(row.left + row.width, y + 4, row.more, "quiet", anchor="end")


def _ends(
    canvas: Canvas, figures: Sequence[StoryFigure], keys: Keys, lines: Mapping[int, list[tuple[float, float]]],
    sides: tuple[float, float], ends: tuple[float, float],
) -> None:  # fmt: skip
    """On the right, the names of those whose figures moved, then of those who say theirs most often; each with its
    course, and a thin line from its last sign."""
    moved = {number: course(figures[number]) for number in lines}
    ranked = sorted(lines, key=lambda number: (len(moved[number]) < 2, -len(figures[number].values), number))
    chosen = sorted(ranked[:_NAMED], key=lambda number: lines[number][-1][1])
    left, right = sides
    wanted = [lines[number][-1][1] for number in chosen]
    for number, y in zip(chosen, apart(wanted, 33, ends[0] + 6, ends[1] - 16), strict=True):
        figure = figures[number]
        x_from, y_from = lines[number][-1]
        if len(moved[number]) > 1:
            lead = ((x_from + 8, y_from), (left - 8, y), (left, y))
            canvas.add(tag("path", d=path(lead), class_=f"lead {keys.colour(figure.claimant)}"))
        canvas.add(keys.shape(figure.claimant, left + 8, y))
        steps = moved[number]
        said = " → ".join(steps if len(steps) < 6 else (*steps[:3], "…", steps[-1]))
        who = f" {figure.who}" if figure.who else ""
        room = right - left - 20
        canvas.text(left + 18, y + 4, cut(figure.claimant or UNNAMED, room), "name")
        canvas.text(left + 18, y + 4 + 14, cut(said + who, room), "number")


def course(figure: StoryFigure) -> list[str]:
    """A claimant's figures in the order of time, each time that another is given: ["24", "≥112", "126"]."""
    steps: list[str] = []
    for _, least, most, _ in figure.values:
        step = short_bounds(least, most)
        if step and step not in steps[-1:]:
            steps.append(step)
    return steps


def _account(rows: Sequence[_Row], kind: str) -> str:
    """The picture in words."""
    said = (f"{short_day(row.day)}: {row.words} {kind}, by {len(row.given)}" for row in rows)
    return "; ".join(said)
