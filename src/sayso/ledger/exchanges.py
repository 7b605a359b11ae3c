"""What was asked of servers, and what they answered: which exchanges a ledger holds."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, Select, or_, select

from sayso.ledger.schema import article, exchange, quarantine
from sayso.types import ExchangeRow

_COLUMNS = [exchange.c[name] for name in ExchangeRow.__dataclass_fields__]


def last_of(url: str) -> Select[Any]:
    """The last exchange that brought or confirmed the page at ``url``, if that page is held: as an article or in
    quarantine. One that was fetched and, in a run that was cut off, never read is not held."""
    page = exchange.c.payload_sha256
    held = or_(
        select(article.c.key).where(article.c.sha256 == page).exists(),
        select(quarantine.c.key).where(quarantine.c.sha256 == page).exists(),
    )
    wanted = select(*_COLUMNS).where(exchange.c.url == url, page.is_not(None), held)
    return wanted.order_by(exchange.c.key.desc()).limit(1)


def of_article(id_: str) -> Select[Any]:
    """The exchanges that brought or confirmed the page that an article was read from, the first one first."""
    pages = select(article.c.sha256).where(article.c.id == id_)
    return select(*_COLUMNS).where(exchange.c.payload_sha256.in_(pages)).order_by(exchange.c.key)


def exchange_row(row: Row[Any]) -> ExchangeRow:
    """A row of these as it is handed on."""
    return ExchangeRow(**row._mapping)
