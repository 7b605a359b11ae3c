from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sayso.desk.aligning import aligned
from sayso.text import paragraphs

FIRST = (
    "The tower\n\nTwo shells hit the water tower in the night.\n\n"
    "Nobody was hurt, the mayor said.\n\nIt had been empty."
)
SECOND = "Night of fire\n\nTwo shells hit the water tower in the night, said Brandt.\n\nIt had been empty."


def joined(pieces: object) -> str:
    return "".join(piece.text for piece in pieces or ())


def test_what_both_have_is_the_same_and_what_one_leaves_out_is_seen() -> None:
    found = aligned(FIRST, SECOND)
    beside = [(joined(row.left), joined(row.right)) for row in found.rows]
    assert ("It had been empty.", "It had been empty.") in beside
    assert ("Nobody was hurt, the mayor said.", "") in beside
    tower = next(row for row in found.rows if "shells" in joined(row.left))
    assert all(piece.same for piece in tower.left)
    assert [piece.text for piece in tower.right if not piece.same] == ["said Brandt"]


def test_what_was_moved_is_not_left_out() -> None:
    opening, told, denied, after = (
        "Two shells hit the water tower of Orvane in the night.",
        "The mayor said that nobody was hurt, as the tower had been empty since the winter.",
        "The army denied that any of its guns had been fired at the town that day.",
        "Engineers will look at the pipes.",
    )
    left, right = "\n\n".join((opening, told, denied, after)), "\n\n".join((denied, opening, told, "Nothing else."))
    found = aligned(left, right)
    rows = [(joined(row.left), joined(row.right), row.elsewhere) for row in found.rows]
    up, down = rows.index(("", denied, 3)), rows.index((denied, "", 0))
    assert (up, down) == (0, 3)
    for number, side in ((up, "right"), (down, "left")):
        (words, stop) = getattr(found.rows[number], side)
        assert (words.text + stop.text, words.moved, words.same) == (denied, True, True)
    assert (after, "", None) in rows
    assert found.left_share > 0.8 > 0.5 < found.right_share
    assert not any(piece.moved for row in aligned(left, left).rows for piece in (*row.left, *row.right))


def test_a_few_words_that_both_have_somewhere_are_not_taken_for_moved() -> None:
    one = "The governor of the province said that the road was open.\n\nIt rained all night in the hills."
    other = "It rained in the hills again.\n\nA bus was late; said the governor of the province to nobody."
    pieces = [piece for row in aligned(one, other).rows for side in (row.left, row.right) for piece in side or ()]
    assert not any(piece.moved for piece in pieces)


def test_an_article_is_the_same_as_itself() -> None:
    found = aligned(FIRST, FIRST)
    assert found.left_share > 0.8
    assert all(joined(row.left) == joined(row.right) for row in found.rows)


@given(
    *[
        st.lists(
            st.sampled_from(["a", "b.", "c 🕊️", "\n\n", "قال", "d\u0301", "the same five words here", " "]), max_size=30
        )
    ]
    * 2
)
def test_nothing_is_lost_and_the_order_holds(left: list[str], right: list[str]) -> None:
    one, other = " ".join(left), " ".join(right)
    found = aligned(one, other)
    for text, side in ((one, "left"), (other, "right")):
        shown = [getattr(row, side) for row in found.rows]
        assert [joined(pieces) for pieces in shown if pieces is not None] == [text[s:e] for s, e in paragraphs(text)]
