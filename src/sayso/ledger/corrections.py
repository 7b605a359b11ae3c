"""Decisions on claims as readings to learn from: what a person said, in the place of what was read.

``sayso train --corrections`` takes an article's attributions as complete, and what nobody decided stands in them as it
was read: whoever wants to teach decides on all the claims of an article. Each reading says in ``decided`` how many of
its attributions somebody decided on. It has no events: no decision is about them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Select, select

from sayso.ledger.decisions import VERDICTS, unfit
from sayso.ledger.schema import claim, decided, decision, reading
from sayso.types import ClaimRow, Correction, DecisionRow, Span


def articles_decided() -> Select[Any]:
    """The ids of the articles on whose claims somebody has decided, sorted."""
    wanted = select(reading.c.article_id).join(claim).join(decided, decided.c.claim_key == claim.c.key)
    return wanted.distinct().order_by(reading.c.article_id)


def holding() -> Select[Any]:
    """The decisions on claims that stand, the one that holds on each claim last."""
    wanted = select(decision).where(decision.c.verdict.in_(VERDICTS["claim"]), decision.c.superseded_at.is_(None))
    return wanted.order_by(decision.c.key)


def corrected(
    read: Mapping[str, Any], claims: Iterable[ClaimRow], decisions: Mapping[str, DecisionRow]
) -> dict[str, Any]:
    """A reading, as ``Reading.to_json`` gives it, with what was decided on ``claims``, as they were read.

    An attribution that was rejected is left out, and what lies within it then lies where that lay. A claim in the
    outlet's own voice that was corrected to have a cue is an attribution.
    """
    numbers = {_extent(item["content"]): item["id"] for item in read["attributions"]}
    said = [(numbers.get(tuple((s.start, s.end) for s in c.spans)), c, decisions.get(c.id)) for c in claims]
    on = {id_: row for id_, _, row in said if id_ is not None and row is not None}
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
    added = [made for id_, c, row in said if id_ is None and row and (made := _added(c, row, text))]
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


def _extent(content: Sequence[Mapping[str, Any]]) -> tuple[tuple[int, int], ...]:
    return tuple((span["start"], span["end"]) for span in content)
