"""What this version is to reach: for each figure a floor, below which it is not good enough, and an aim.

The floors in floors.json are others: they stand just below what the shipped model reaches, and only rise.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bench import corpora
from bench.accuracy import Measured, Skipped
from bench.speed import Speeds

SPEED = "speed"  # what is no corpus
WORDS, RATIO, PEAK, MODEL = "words per second", "times textacy", "peak memory", "model file"
MEASURED = "reader"  # the system whose speed counts: text to Reading, in one process
MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Goal:
    """One figure's floor and aim, in ``unit``; ``most``: less is better, and both are bounds from above."""

    what: str
    on: str
    corpus: str
    figure: str
    floor: float
    aim: float
    unit: str = "%"
    most: bool = False

    def met(self, value: float) -> str:
        """ "aim", "floor", or "" where ``value`` reaches neither."""
        sign = -1 if self.most else 1
        reached = [name for name, bound in (("aim", self.aim), ("floor", self.floor)) if sign * value >= sign * bound]
        return reached[0] if reached else ""


@dataclass(frozen=True, slots=True)
class Reached:
    """A goal with the figure that was measured; None where none was."""

    goal: Goal
    value: float | None

    def cells(self) -> tuple[str, str, str, str, str, str]:
        """What a table shows: what, on what, figure, floor, aim, and what of these is reached."""
        goal, value = self.goal, self.value
        shown = "not measured" if value is None else _shown(value, goal)
        bound = "at most " if goal.most else ""
        bounds = (f"{bound}{_shown(limit, goal)}" for limit in (goal.floor, goal.aim))
        return goal.what, goal.on, shown, *bounds, "" if value is None else goal.met(value)


def _shown(value: float, goal: Goal) -> str:
    if goal.unit == "words/s":
        return f"{value:,.0f} words/s"
    return f"{value:.1f} {goal.unit}".removesuffix(" %")


_REPORTS, _MPQA, _PLOVER = "annotated reports on Syria", "MPQA, held-out topics", "PLV, held-out sentences"
_FAKES, _GEO, _TIME = "FA-KES, answers", "GeoWebNews and LGL, held-out half", "TempEval-3, held-out half"
_STORIES = "labelled reports on Syria"
_POLNEAR, _SWAPPED, _SAME_RUN = "PolNeAR, development part", "FA-KES, read twice", "FA-KES"

GOALS = (
    Goal("source, exact spans", _POLNEAR, corpora.POLNEAR, "Source exact", 79, 82),
    Goal("cue, exact spans", _POLNEAR, corpora.POLNEAR, "Cue exact", 72, 76),
    Goal("content, exact spans", _POLNEAR, corpora.POLNEAR, "Content exact", 61, 67),
    Goal("all three of an attribution exact", _POLNEAR, corpora.POLNEAR, "relation exact", 49, 58),
    # "Two or more deep" may mean chains of two, (writer, A), or sources within sources, (writer, A, B): both are shown.
    Goal("speech (writer, A) or deeper, with its chain", _MPQA, corpora.MPQA, "the same, with chains of two", 40, 60),
    Goal("speech (writer, A, B) or deeper, with its chain", _MPQA, corpora.MPQA, "chain of speech events", 40, 60),
    Goal("attributions found", _REPORTS, corpora.REPORTS, "attribution", 87, 93),
    Goal("of these, the claimant is right", _REPORTS, corpora.REPORTS, "claimant (of matched)", 90, 95),
    Goal("an attribution within another", _REPORTS, corpora.REPORTS, "nested", 60, 78),
    Goal("casualties: bounds and kind", _REPORTS, corpora.REPORTS, "casualties strict", 85, 92),
    Goal("dates: the value", _REPORTS, corpora.REPORTS, "date value", 85, 93),
    Goal("the outlet's own voice", _REPORTS, corpora.REPORTS, "voice", 55, 75),
    Goal("stance of what was found", _REPORTS, corpora.REPORTS, "stance (of matched)", 85, 93),
    Goal("civilian dead found", _FAKES, corpora.FAKES, "civilian dead", 80, 90),
    Goal("place found", _FAKES, corpora.FAKES, "place", 85, 93),
    Goal("date found", _FAKES, corpora.FAKES, "date (or that of publication)", 85, 93),
    Goal("type of event (PLOVER root), macro-F1", _PLOVER, corpora.PLOVER, "root macro-F1", 70, 82),
    Goal("places found that are within 161 km", _GEO, corpora.GEO, "within 161 km", 80, 88),
    Goal("places found", _GEO, corpora.GEO, "toponym recall", 70, 80),
    Goal("dates: the value", _TIME, corpora.TEMPEVAL, "date value", 70, 78),
    Goal("reports brought together by event, B-cubed", _STORIES, corpora.STORIES, "stories B-cubed F1", 90, 95),
    Goal("copies of one another found, pairs", _STORIES, corpora.STORIES, "echoes F1", 88, 95),
    Goal("figures of an event found", _STORIES, corpora.STORIES, "figures recall", 80, 90),
    Goal("the same with parties' names exchanged", _SWAPPED, corpora.SWAPPED, "all together the same", 97, 99),
    Goal("speed, text to reading", _SAME_RUN, SPEED, WORDS, 7_000, 12_000, "words/s"),
    Goal("times as fast as textacy over spaCy", _SAME_RUN, SPEED, RATIO, 1, 1, "times"),
    Goal("resident memory at its peak", _SAME_RUN, SPEED, PEAK, 700, 500, "MB", most=True),
    Goal("model file", "as shipped", SPEED, MODEL, 30, 25, "MB", most=True),
)


def reached(parts: Iterable[Measured | Skipped], speeds: Speeds | None = None) -> list[Reached]:
    """Every goal with its figure, in the order of ``GOALS``."""
    values = {(p.corpus, name): value for p in parts if isinstance(p, Measured) for name, value in p.figures.items()}
    for system in speeds.systems if speeds else ():
        if system.system == MEASURED:
            values |= {
                (SPEED, WORDS): system.words_per_second,
                (SPEED, RATIO): system.times_rival,
                (SPEED, PEAK): system.peak / MB,
                (SPEED, MODEL): system.model / MB,
            }
    return [Reached(goal, values.get((goal.corpus, goal.figure))) for goal in GOALS]
