"""What a listing's address asks for: filters, order and cursor. The words are those of the commands' options."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Annotated, Any, TypeVar, get_args

from fastapi import Depends, Query

from sayso.errors import UsageError
from sayso.ledger.browse import PAGE
from sayso.read.places import names_of
from sayso.types import Filters, Stance

Row = TypeVar("Row")

STANCES: tuple[str, ...] = get_args(Stance)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a listing is asked for. Every part may be missing; a blank one, as forms send it, is."""

    about: Annotated[str | None, Query(max_length=300, description="words that the content holds")] = None
    by: Annotated[str | None, Query(max_length=300, description="who claims it, or passes it on")] = None
    outlet: Annotated[str | None, Query(max_length=300, description="who published it")] = None
    place: Annotated[str | None, Query(max_length=300, description="where it is about")] = None
    since: Annotated[str | None, Query(max_length=10, description="a day, month or year of publication")] = None
    until: Annotated[str | None, Query(max_length=10, description="a day, month or year of publication")] = None
    stance: Annotated[str | None, Query(max_length=20, description=", ".join(STANCES))] = None
    type: Annotated[str | None, Query(max_length=40, description="a PLOVER type of event")] = None
    sort: Annotated[
        str | None, Query(max_length=20, description="the order: one of orders, where the listing gives these")
    ] = None
    cursor: Annotated[
        str | None, Query(max_length=2000, description="where the page begins: what the last one gave as next")
    ] = None

    @property
    def filters(self) -> Filters:
        """What the listing is narrowed to. UsageError for a stance that there isn't."""
        given = {name: value.strip() or None if value else None for name, value in asdict(self).items()}
        if given["stance"] and given["stance"] not in STANCES:
            raise UsageError(f"no stance {given['stance']!r}; there is: {', '.join(STANCES)}.")
        narrowed = {name: value for name, value in given.items() if name not in ("sort", "cursor")}
        return Filters(**narrowed, also_called=names_of(given["place"]) if given["place"] else ())

    @property
    def query(self) -> dict[str, Any]:
        """What is asked for, without what is blank and without the cursor: a link to the first page."""
        return {name: value for name, value in asdict(self).items() if value and value.strip() and name != "cursor"}

    @property
    def narrowed(self) -> bool:
        """True where anything is left out."""
        return any(name != "sort" for name in self.query)


Question = Annotated[Asked, Depends()]
"""What the function of a listing takes."""


def paged(rows: Sequence[Row], cursor: str | None, id_of: Callable[[Row], str]) -> tuple[tuple[Row, ...], str | None]:
    """The rows behind the one with the id ``cursor``, and the cursor of the next page, of a listing that is at hand
    whole. UsageError where there is no such row (any more)."""
    start = 0
    if cursor:
        start = next((n + 1 for n, row in enumerate(rows) if id_of(row) == cursor), 0)
        if not start:
            raise UsageError("that is no cursor that Sayso gave for this listing. Begin with the first page.")
    page = tuple(rows[start : start + PAGE])
    return page, id_of(page[-1]) if start + PAGE < len(rows) else None
