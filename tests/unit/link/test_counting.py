"""What a claim counts besides those harmed. All texts are invented."""

import pytest

from sayso.link.counting import counts


@pytest.mark.parametrize("armed", ["gunmen", "soldiers", "rebels", "commandos", "militants", "jihadis", "policemen"])
def test_who_took_part_is_counted_as_one_whatever_they_are_called(armed: str) -> None:
    for text in (
        f"the raid on the mill was carried out by six {armed}",
        f"a raid involving six {armed}",
        f"six {armed} attacked the mill",
        f"six {armed} in masks blew up the mill",
    ):
        assert [(stems, number) for stems, number, _ in counts(text, ())] == [(("attackers",), 6)]
    for text in (f"the mill was held by six {armed}", f"gunmen attacked six {armed} at the mill"):
        assert [stems for stems, _, _ in counts(text, ())] not in ([("attackers",)], [])
