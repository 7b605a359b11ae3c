"""Bodies whose word the user calls findings, and what their claims concern, on a connection whose transaction the
caller ends."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from sayso.ledger import custody, prepared
from sayso.ledger.claims import folded
from sayso.ledger.database import enter
from sayso.ledger.rows import link_row, now, storable, story_row
from sayso.ledger.schema import article, finder, link, linked, reading, story, told
from sayso.ledger.shelves import Node, parts
from sayso.types import LinkRow, StoryRow


class Finders:
    """The tables of listed bodies, and of what they found."""

    def __init__(self, connection: Connection) -> None:
        self._do = connection.execute
        self._connection = connection
        self._bodies: frozenset[str] | None = None
        self.changed: set[Node] = set()
        """Claims by listed bodies, of which it has changed what they concern."""

    def bodies(self) -> frozenset[str]:
        """The bodies whose word the user calls findings, by their folded names."""
        if self._bodies is None:
            self._bodies = frozenset(self._do(select(finder.c.name_folded)).scalars())
        return self._bodies

    def add_body(self, name: str) -> bool:
        """Enter a body whose word the user calls findings; False for one that is listed already."""
        if storable(folded(name)) in self.bodies():
            return False
        row = {"name_folded": storable(folded(name)), "name": storable(name), "at": now()}
        self._do(insert(finder), row)
        self._bodies = None
        custody.enter(self._connection, "listed", row["name"], rows=[(finder, [row])])
        return True

    def told_by(self, body: str) -> list[tuple[int, int]]:
        """The linked articles of an outlet: the key of each, and that of its reading."""
        mine = select(linked.c.key, linked.c.reading_key).select_from(linked.join(reading).join(article))
        mine = mine.where(article.c.outlet_folded == storable(folded(body))).order_by(linked.c.key)
        return [(int(key), int(reading_key)) for key, reading_key in self._do(mine)]

    def replace(self, claim_id: str, links: Iterable[LinkRow]) -> None:
        """What a finding concerns, in place of what it did before; stories say which findings concern them."""
        mine = (link.c.from_id == claim_id, link.c.relation == "finds")
        before = {row.to_id: link_row(row) for row in self._do(select(link).where(*mine))}
        after = {x.to: replace(x, why=storable(x.why)) for x in links}
        # Most are as they were, where one report more has come; they cost nothing.
        changed = {to for to in before.keys() | after.keys() if before.get(to) != after.get(to)}
        for some in parts(sorted(changed & before.keys())):
            self._do(delete(link).where(*mine, link.c.to_id.in_(some)))
        enter(self._connection, link, [link_columns(after[to]) for to in sorted(changed & after.keys())])
        for some in parts(sorted(changed)):
            self.note(self._do(select(told.c.story_id).where(told.c.claim_id.in_(some)).distinct()).scalars().all())

    def note(self, story_ids: Sequence[str]) -> None:
        """Enter in these stories which findings concern them."""
        for some in parts(story_ids):
            found = self.findings_of(some)
            for body in self._do(select(story.c.body).where(story.c.id.in_(some))).scalars().all():
                row = story_row(body)
                row = replace(row, findings=found.get(row.id, ()))
                self._do(update(story).where(story.c.id == row.id), {"body": story_columns(row)["body"]})

    def findings_of(self, story_ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Of those of these stories that findings concern, which these are."""
        found: dict[str, tuple[str, ...]] = {}
        for id_, finding in self._do(prepared.FINDINGS, {"some": story_ids}):
            found[id_] = *found.get(id_, ()), finding
        return found


def link_columns(row: LinkRow) -> dict[str, Any]:
    """A link as the columns of its table."""
    return {
        "from_id": row.from_,
        "to_id": row.to,
        "relation": row.relation,
        "why": storable(row.why),
        "score": row.score,
    }


def story_columns(row: StoryRow) -> dict[str, Any]:
    """A story as the columns of its table."""
    return {
        "id": row.id,
        "first": row.first,
        "last": row.last,
        "place_folded": storable(folded(row.place)) if row.place else None,
        "body": storable(json.dumps(asdict(row), ensure_ascii=False)),
    }
