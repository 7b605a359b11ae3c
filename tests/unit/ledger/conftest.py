from __future__ import annotations

from collections.abc import Iterator

import pytest

from sayso.ledger import Ledger


@pytest.fixture
def fresh_ledger(db_url: str) -> Iterator[Ledger]:
    with Ledger.open(db_url) as ledger:
        yield ledger
