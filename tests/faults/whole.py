"""What must hold of a ledger that was left in the middle, whatever the reason."""

from __future__ import annotations

from tests.unit.ledger.builders import LOCAL, simple

from sayso.ledger import Ledger
from sayso.types import Filters


def assert_whole(ledger: Ledger, reported: list[int]) -> None:
    """What was reported is there, and nothing is there in part."""
    for number in reported:
        assert ledger.holds(simple(number)[0].article.id, LOCAL)
    rows = list(ledger.articles())
    assert 0 <= len(rows) - len(reported) <= 1, "at most the one that was under way is there too"
    for row in rows:
        stored = ledger.article(row.id)
        assert stored.reading is not None
        assert ledger.data(stored.reading["article"]["sha256"]).decode() == stored.text
    assert {claim.article for claim in ledger.claims()} == {row.id for row in rows}
    assert {claim.article for claim in ledger.claims(Filters(about="shells"))} == {row.id for row in rows}
