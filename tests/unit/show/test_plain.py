from __future__ import annotations

import pytest

from sayso.show.plain import count


@pytest.mark.parametrize(
    ("number", "what", "said"),
    [
        (1, "story", "1 story"),
        (3, "story", "3 stories"),
        (0, "claim", "0 claims"),
        (2, "echo", "2 echoes"),
        (14, "day", "14 days"),
        (2000, "article", "2,000 articles"),
    ],
)
def test_how_many_of_something(number: int, what: str, said: str) -> None:
    assert count(number, what) == said
