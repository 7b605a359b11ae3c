"""Tables of stories in the columns of others: which cell is filled from what is said in the modules that name them."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import BinaryIO

from sayso.show.exports.material import Told, ToldStory
from sayso.show.exports.wording import line
from sayso.show.files import as_text, defused
from sayso.types import Event, Precision, StoryFigure

Cells = dict[str, str | int | float | None]


def write_rows(
    stories: Iterable[ToldStory], columns: Sequence[str], cells: Callable[[ToldStory], Cells], out: BinaryIO
) -> None:
    """One row of CSV for each of ``stories``, with ``columns`` in their order; what ``cells`` leaves out is empty."""
    with as_text(out) as file:
        table = csv.DictWriter(file, columns)
        table.writeheader()
        for story in stories:
            table.writerow({name: _cell(value) for name, value in cells(story).items()})


def named(claims: Iterable[Told], who: Callable[[Told], Sequence[str]]) -> str:
    """The name that most claims give, whatever its case, as most of these spell it; of equals the first by letter.
    Empty where none gives any."""
    spelt = [name for told in claims for name in set(who(told))]
    most = commonest(name.casefold() for name in spelt)
    return commonest(name for name in spelt if name.casefold() == most)


def commonest(values: Iterable[str]) -> str:
    """What occurs most, of equals the first by letter; empty where there is nothing."""
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value), default="")


def main_claims(story: ToldStory) -> list[Told]:
    """The claims that tell of the story's own kind of event, as done: not those that deny, warn of or plan it."""
    said = (told for told in story.claims if told.claim.stance in ("asserts", "accuses", "suspects"))
    return [told for told in said if told.event and told.event.type == story.row.event_type and _is_done(told.event)]


def _is_done(event: Event) -> bool:
    return event.certainty in ("happened", "ongoing", "unknown")


def precision(story: ToldStory) -> Precision | None:
    """How precise the story's coordinates are: as the claims that have the same place; None where none has."""
    here = (story.row.place, story.row.lat, story.row.lon)
    places = (told.place for told in story.claims if told.place)
    found = commonest(p.precision for p in places if (p.name, p.lat, p.lon) == here and p.lat is not None)
    return found or None  # type: ignore[return-value]  # a precision, as it is counted


def day_is_claimed(story: ToldStory) -> bool:
    """True where a claim gives the story's first day as the day of what it tells."""
    return any(told.claim.date == story.row.first for told in story.claims)


def killed(story: ToldStory) -> tuple[int | None, int | None]:
    """The least and the most killed that any claimant gives, of all people where someone counts all; None for the end
    that nobody gives: "at least 24" has no most."""
    figures = _of_those_killed(story)
    least = min((f.min for f in figures if f.min is not None), default=None)
    most = max((f.max for f in figures if f.max is not None), default=None)
    return least, most


def agreed(story: ToldStory) -> int | None:
    """The number killed, where all claimants who count them give the same exactly."""
    given = {(f.min, f.max) for f in _of_those_killed(story)}
    least, most = given.pop() if len(given) == 1 else (None, None)
    return least if least == most else None


def _of_those_killed(story: ToldStory) -> list[StoryFigure]:
    figures = [f for f in story.row.figures if f.kind == "killed"]
    return [f for f in figures if f.who is None] or figures


def _cell(value: str | int | float | None) -> str | int | float | None:
    return defused(line(value)) if isinstance(value, str) else value
