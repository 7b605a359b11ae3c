"""Stories in the columns of UCDP's Georeferenced Event Dataset, one row each.

Source: UCDP GED Codebook, version 24.1 (Department of Peace and Conflict Research, Uppsala University), and Sundberg &
Melander 2013, "Introducing the UCDP Georeferenced Event Dataset". ``priogrid_gid`` is PRIO-GRID's cell: Tollefsen,
Strand & Buhaug 2012.

What UCDP's coders decide stays empty: conflicts, dyads, types of violence, clarity, deaths by side. ``low`` and
``high`` are the least and the most that any claimant gives; ``best`` is filled only where all of them give one
number, as choosing between claimants is not ours. ``side_a`` is who most claims say acted, ``side_b`` who they say was
hit; empty where no claim says it. A story without deaths, which GED leaves out, has a row here, with these cells empty.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import BinaryIO

from sayso.show.exports.material import ToldStory
from sayso.show.exports.rows import Cells, agreed, day_is_claimed, killed, main_claims, named, precision, write_rows
from sayso.types import ArticleRow

COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity",
    "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best",
    "high", "low", "gwnoa", "gwnob",
)  # fmt: skip

_WHERE = {"site": 1, "town": 1, "region": 4, "country": 6}
_CELLS_A_DEGREE, _CELLS_A_ROW = 2, 720
_EXACT_IN_ANY_READER = 13  # hexadecimal digits: 52 bits, which no spreadsheet rounds


def write(stories: Iterable[ToldStory], out: BinaryIO) -> None:
    """Write ``stories`` as CSV."""
    write_rows(stories, COLUMNS, cells, out)


def cells(story: ToldStory) -> Cells:
    """What is known of a story, by GED's columns."""
    row, claims = story.row, main_claims(story)
    low, high = killed(story)
    how_near = precision(story)
    articles = _articles(story)
    return {
        "id": int(row.id[:_EXACT_IN_ANY_READER], 16),
        "relid": f"SAYSO-{row.id}",
        "year": row.first[:4] if row.first else None,
        "side_a": named(claims, lambda told: told.actors),
        "side_b": named(claims, lambda told: told.targets),
        "number_of_sources": len(row.articles),
        "source_article": "; ".join(_cited(a) for a in articles),
        "source_office": "; ".join(row.outlets),
        "source_date": "; ".join(a.published[:10] for a in articles if a.published),
        "source_headline": "; ".join(a.title for a in articles if a.title),
        "source_original": "; ".join(row.claimants),
        "where_prec": _WHERE.get(how_near or ""),
        "where_coordinates": row.place,
        "where_description": "; ".join(sorted({told.claim.place for told in claims if told.claim.place})),
        "latitude": row.lat,
        "longitude": row.lon,
        "geom_wkt": f"POINT ({row.lon} {row.lat})" if row.lat is not None and row.lon is not None else None,
        "priogrid_gid": priogrid(row.lat, row.lon) if row.lat is not None and row.lon is not None else None,
        "country": story.country,
        "date_prec": 1 if row.first and day_is_claimed(story) else None,
        "date_start": row.first,
        "date_end": row.first,
        "best": agreed(story),
        "high": high,
        "low": low,
    }


def priogrid(lat: float, lon: float) -> int:
    """The number of the half-degree cell: from 1 in the south-west, eastward, then northward."""
    north = min(math.floor((lat + 90) * _CELLS_A_DEGREE), 180 * _CELLS_A_DEGREE - 1)
    east = min(math.floor((lon + 180) * _CELLS_A_DEGREE), _CELLS_A_ROW - 1)
    return north * _CELLS_A_ROW + east + 1


def _articles(story: ToldStory) -> list[ArticleRow]:
    """The articles that tell it, as its claims come."""
    return list({told.article.id: told.article for told in story.claims}.values())


def _cited(article: ArticleRow) -> str:
    parts = (article.outlet, (article.published or "")[:10], article.title)
    return ", ".join(f'"{part}"' for part in parts if part)
