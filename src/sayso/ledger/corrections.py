"""Decisions on claims as readings to learn from: what a person said, in the place of what was read.

``sayso train --corrections`` takes an article's attributions as complete, and what nobody decided stands in them as it
was read: whoever wants to teach decides on all the claims of an article. Each reading says in ``decided`` how many of
its attributions somebody decided on. It has no events: no decision is about them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any, NamedTuple

from sqlalchemy import Select, select

from sayso.ledger.decisions import unfit
from sayso.ledger.rows import storable
from sayso.ledger.schema import claim, decided, reading
from sayso.types import ClaimRow, Correction, DecisionRow, Span


def articles_decided() -> Select[Any]:
    """The ids of the articles on whose claims somebody has decided, sorted."""
    wanted = select(reading.c.article_id).join(claim).join(decided, decided.c.claim_key == claim.c.key)
    return wanted.distinct().order_by(reading.c.article_id)


class _Said(NamedTuple):
    """By what an attribution and its claim are known to be one: where the content stands, on whose word, and how."""

    extent: tuple[tuple[int, int], ...]
    claimant: str | None
    stance: str


def corrected(
    read: Mapping[str, Any], claims: Iterable[ClaimRow], decisions: Mapping[str, DecisionRow]
) -> dict[str, Any]:
    """A reading, as ``Reading.to_json`` gives it, with what was decided on ``claims``, as they were read.

    An attribution that was rejected is left out, and what lies within it then lies where that lay. A claim in the
    outlet's own voice that was corrected to have a cue is an attribution. Of attributions of one content, on one word,
    none counts as decided: which of them a decision is on cannot be told.
    """
    makers: defaultdict[_Said, list[str]] = defaultdict(list)
    for item in read["attributions"]:
        makers[_said_by(item)].append(item["id"])
    said = [(makers.get(_said_in(c), []), c, decisions.get(c.id)) for c in claims]
    on = {ids[0]: row for ids, _, row in said if len(ids) == 1 and row is not None}
    text = read["article"]["text"]
    kept = [
        _replaced(item, on[item["id"]].correction, text) if item["id"] in on else dict(item)
        for item in read["attributions"]
        if item["id"] not in on or on[item["id"]].verdict != "reject"
    ]
    within = {item["id"]: item["within"] for item in read["attributions"]}
    present = {item["id"] for item in kept}
    for item in kept:
        while item["within"] is not None and item["within"] not in present:
            item["within"] = within.get(item["within"])
    added = [made for ids, c, row in said if not ids and row and (made := _added(c, row, text))]
    counts = {"decided": {"attributions": len(on), "of": len(read["attributions"])}}
    return {"article": read["article"], "attributions": [*kept, *added], "events": [], **counts}


def _replaced(item: Mapping[str, Any], given: Correction | None, text: str) -> dict[str, Any]:
    """An attribution with what a person corrected in it."""
    made = dict(item)
    if given is None:
        return made
    for role in ("source", "cue"):
        spans: tuple[Span, ...] | None = getattr(given, role)
        if spans is not None and not unfit(spans, text):
            made[role] = asdict(spans[0]) if spans else None
    if given.content and not unfit(given.content, text):
        made["content"] = [asdict(span) for span in given.content]
    if given.claimant is not None:
        made["claimant"] = given.claimant or None
    if given.stance is not None:
        made["stance"] = given.stance
    return made


def _added(claim_: ClaimRow, row: DecisionRow, text: str) -> dict[str, Any] | None:
    """The attribution that a person found where none was read; None where nobody did."""
    given = row.correction
    if row.verdict == "reject" or given is None or not given.cue:
        return None
    content = [asdict(span) for span in claim_.spans]
    empty = {"source": None, "cue": None, "content": content, "within": None, "kind": "indirect"}
    read = empty | {"stance": claim_.stance, "claimant": claim_.claimant, "confidence": claim_.confidence}
    return _replaced({"id": f"decision {row.id}", **read}, given, text)


def _said_by(item: Mapping[str, Any]) -> _Said:
    extent = tuple((span["start"], span["end"]) for span in item["content"])
    return _Said(extent, None if item["claimant"] is None else storable(item["claimant"]), item["stance"])


def _said_in(row: ClaimRow) -> _Said:
    return _Said(tuple((span.start, span.end) for span in row.spans), row.claimant, row.stance)
