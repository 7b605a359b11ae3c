"""Stories in ACLED's columns, one row each.

Source: ACLED Codebook (Armed Conflict Location & Event Data Project, 2024): "Data columns", "Event types and sub-event
types"; types come from the reader's mapping (``read/acled.py``), which cites the same.

ACLED's coders decide; Sayso does not. Columns that take a judgement (who is a rebel, which side, civilian targeting),
or an official list that is not here (regions, provinces), stay empty. ``fatalities`` is the least that anybody claims,
as ACLED takes the most conservative report, and is empty, not 0, where nobody gives a number; ``notes`` says who
claims which. No column says that any of it is so.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from sayso.show.exports.material import ToldStory
from sayso.show.exports.rows import Cells, commonest, day_is_claimed, killed, main_claims, named, precision, write_rows
from sayso.show.exports.wording import figures_in_words

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
    "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting",
    "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision",
    "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip

_DISORDER = {
    "Battles": "Political violence",
    "Explosions/Remote violence": "Political violence",
    "Violence against civilians": "Political violence",
    "Protests": "Demonstrations",
    "Riots: Mob violence": "Political violence",
    "Riots: Violent demonstration": "Demonstrations",
    "Strategic developments": "Strategic developments",
}
_GEO = {"site": 1, "town": 1, "region": 3}  # ACLED places nothing by its country alone


def write(stories: Iterable[ToldStory], out: BinaryIO) -> None:
    """Write ``stories`` as CSV."""
    write_rows(stories, COLUMNS, cells, out)


def cells(story: ToldStory) -> Cells:
    """What is known of a story, by ACLED's columns."""
    row, claims = story.row, main_claims(story)
    kind = commonest(told.event.acled for told in claims if told.event and told.event.acled)
    event_type, _, sub_event_type = kind.partition(": ")
    how_near = precision(story)
    return {
        "event_id_cnty": f"SAYSO{row.id}",
        "event_date": row.first,
        "year": row.first[:4] if row.first else None,
        "time_precision": 1 if row.first and day_is_claimed(story) else None,
        "disorder_type": _DISORDER.get(kind) or _DISORDER.get(event_type),
        "event_type": event_type,
        "sub_event_type": sub_event_type,
        "actor1": named(claims, lambda told: told.actors),
        "actor2": named(claims, lambda told: told.targets),
        "country": story.country,
        "location": row.place,
        "latitude": row.lat,
        "longitude": row.lon,
        "geo_precision": _GEO.get(how_near or ""),
        "source": "; ".join(row.outlets),
        "notes": _notes(story),
        "fatalities": killed(story)[0],
    }


def _notes(story: ToldStory) -> str:
    row = story.row
    figures = figures_in_words(f for f in row.figures if f.kind == "killed")
    parts = (
        f"{row.label}.",
        f"Fatalities as claimed: {figures}." if figures else "Nobody gives a number of fatalities.",
        "Something of it is denied." if row.denied else "",
        "Actors as named in claims; nothing here is verified.",
    )
    return " ".join(filter(None, parts))
