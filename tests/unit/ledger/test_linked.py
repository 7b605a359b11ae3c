"""What linking keeps: looked up, grouped, replaced when an article is read again, and gone if its transaction is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.unit.ledger.builders import NEWER, Builder, received, simple

from sayso.ledger import Ledger
from sayso.ledger.linked import Linked, Pair
from sayso.ledger.packed import Told
from sayso.ledger.shelves import Node, Shelf
from sayso.types import EchoRow, Episode, Figure, LinkRow, StoryFigure, StoryRow, WarningRow


def episode(article: str, number: int = 0, claims: tuple[str, ...] = ()) -> Episode:
    figure = Figure(3, None, "killed", "fishermen")
    return Episode(
        *(article, number, "Harbour Post", "2031-05-04", "ASSAULT", "Orvane", None, 35.5, 36.5, "town", "2031-05-03"),
        figures=(figure,),
        actors=("ministry",),
        words=("shells",),
        embedding=bytes(range(256)) * 3,
        claims=claims,
    )


def story(name: str, articles: tuple[str, ...], last: str = "2031-05-04") -> StoryRow:
    figure = StoryFigure(
        "the ministry", "killed", 3, None, "2031-05-04", last, articles, (("2031-05-04", 3, None, "X"),)
    )
    return StoryRow(
        *(name, "Shells on Orvane", "ASSAULT", "Orvane", 35.5, 36.5, "2031-05-04", last, articles, ("Harbour Post",)),
        claimants=("the ministry",),
        origins=len(articles),
        claims=1,
        denied=False,
        figures=(figure,),
        findings=(),
    )


def entered(ledger: Ledger, linked: Linked, numbers: int) -> list[int]:
    """The keys of so many simple articles, each with one episode."""
    keys = []
    for reading_key in linked.waiting(linked.linked_up_to(), numbers):
        read = linked.linkable(reading_key)
        keys.append(linked.put(reading_key, Told.of(read, None), (episode(read.reading.article.id),), None))
    return keys


@pytest.fixture
def filled(fresh_ledger: Ledger) -> Ledger:
    for number in range(1, 6):
        fresh_ledger.store(*simple(number))
    return fresh_ledger


def test_an_article_is_handed_out_with_its_claims_and_what_they_mean(fresh_ledger: Ledger) -> None:
    item = received("The ministry said that 3 shells fell. The governor said nobody was hurt. 4 were killed.")
    build = Builder(item)
    build.says("The ministry", "3 shells fell", cue="said")
    build.says("The governor", "nobody was hurt", cue="said")
    build.killed("4 were killed", 4)
    embeddings = bytes([1]) * 768 + bytes([2]) * 768
    fresh_ledger.store(item, replace(build.reading, embeddings=embeddings))
    with fresh_ledger.linking() as linked:
        read = linked.linkable(*linked.waiting(0, 9))
    assert read.reading == build.reading
    assert read.claims == tuple(fresh_ledger.claims())
    assert [e[:1] for e in read.embeddings] == [b"\1", b"\2", b""]


def test_readings_wait_until_they_are_linked_and_only_the_latest_counts(filled: Ledger) -> None:
    filled.store(*simple(2, provenance=NEWER))
    with filled.linking() as linked:
        waiting = linked.waiting(0, 99)
        assert linked.count_waiting() == len(waiting) == 6
        assert linked.to_link(waiting) == dict.fromkeys([waiting[0], *waiting[2:]], False)
        assert linked.waiting(0, 2) == waiting[:2]
        linked.put(waiting[-1], Told.of(linked.linkable(waiting[-1]), None), (), None)
        assert linked.count_waiting() == 0
        assert linked.to_link(waiting).keys() == {waiting[0], *waiting[2:5]}
    filled.store(*simple(2, provenance=replace(NEWER, model="small-3 6a7b8c9d")))
    with filled.linking() as linked:
        newest = linked.waiting(waiting[-1], 9)
        assert linked.to_link([*waiting[2:], *newest]) == {**dict.fromkeys(waiting[2:5], False), newest[0]: True}


def test_an_episode_comes_back_as_it_was(filled: Ledger) -> None:
    with filled.linking() as linked:
        (key,) = entered(filled, linked, 1)
        kept = linked.episodes([(key, 0)])[key, 0]
    with filled.linking() as linked:
        assert linked.episodes([(key, 0)])[key, 0] == kept == episode(kept.article)
        with pytest.raises(KeyError):
            linked.episodes([(key, 1)])


def test_what_hangs_together_is_found_from_any_end(filled: Ledger) -> None:
    with filled.linking() as linked:
        a, b, c, d, e = entered(filled, linked, 5)
        linked.pair(Pair.EVENT, {((b, 0), (a, 0)): (0.8, 0.8)})
        linked.pair(Pair.EVENT, {((c, 0), (b, 0)): (0.7, 0.7)})
        linked.pair(Pair.COPY, {((d, 0), (a, 0)): (0.9, 0.4)})
        for start in (a, b, c):
            ((nodes, pairs),) = linked.components(Pair.EVENT, [(start, 0)])
            assert nodes == {(a, 0), (b, 0), (c, 0)}
            assert pairs[(c, 0), (b, 0)] == pairs[(b, 0), (c, 0)] == 0.7
            assert len(pairs) == 4
        assert linked.components(Pair.EVENT, [(e, 0)]) == [({(e, 0)}, {})]
        ((_, copies),) = linked.components(Pair.COPY, [(a, 0)])
        assert copies == {((d, 0), (a, 0)): 0.9, ((a, 0), (d, 0)): 0.4}
        several = linked.components(Pair.COPY, [(e, 0), (c, 0), (a, 0)])
        assert several == [({(a, 0), (d, 0)}, copies), ({(c, 0)}, {}), ({(e, 0)}, {})]


def test_what_is_less_alike_ties_nothing_together_and_counts_within_a_part(filled: Ledger) -> None:
    with filled.linking() as linked:
        a, b, c, d = entered(filled, linked, 4)
        alike = {(a, b): 0.8, (b, c): 0.7, (a, c): 0.3, (c, d): 0.3}
        linked.pair(Pair.EVENT, {((x, 0), (y, 0)): (score, score) for (x, y), score in alike.items()})
        ((nodes, pairs),) = linked.components(Pair.EVENT, [(b, 0)], 0.5)
        assert nodes == {(a, 0), (b, 0), (c, 0)}
        assert set(pairs.values()) == {0.8, 0.7, 0.3}
        assert len(pairs) == 6
        assert linked.components(Pair.EVENT, [(d, 0)], 0.5) == [({(d, 0)}, {})]


def test_an_article_read_again_leaves_nothing_behind_and_touches_its_neighbours(filled: Ledger) -> None:
    with filled.linking() as linked:
        a, b, *_ = entered(filled, linked, 5)
        linked.shelves.file(Shelf.EVENTS, {(a, 0): [7]})
        linked.pair(Pair.EVENT, {((b, 0), (a, 0)): (0.8, 0.8)})
        names = linked.about([a, b])
        linked.add_stories([(story("51", (names[a].article_id, names[b].article_id)), [(a, 0), (b, 0)])])
        linked.replace_echoes([a, b], [EchoRow(names[a].article_id, names[b].article_id, 0.5, None)])
    filled.store(*simple(1, provenance=NEWER))
    with filled.linking() as linked:
        (again,) = entered(filled, linked, 1)
        assert linked.touched[Pair.EVENT] == {(again, 0), (b, 0)}
        assert linked.shelves.near(Shelf.EVENTS, [7]) == {}
        assert linked.components(Pair.EVENT, [(b, 0)]) == [({(b, 0)}, {})]
    assert list(filled.stories()) == list(filled.echoes()) == []


def test_stories_replace_those_of_their_episodes(filled: Ledger) -> None:
    first, second = (row.id for row in list(filled.claims())[:2])
    with filled.linking() as linked:
        a, b, c = entered(filled, linked, 3)
        ids = {key: row.article_id for key, row in linked.about([a, b, c]).items()}
        linked.add_stories([(story("aa1", (ids[a],)), [(a, 0)])])
        linked.tell({"aa1": [{"claim_id": first}]}, [])
        whole = story("bb2", (ids[a], ids[b]))
        assert linked.stories_of([(a, 0), (b, 0)]) == {(a, 0): "aa1"}
        assert linked.episodes_of(["aa1"]) == {"aa1": {(a, 0)}}
        linked.drop_stories(["aa1"])
        linked.add_stories([(whole, [(a, 0), (b, 0)])])
        stands = {"origins_for": 2, "claimants_for": 1, "origins_against": 0, "claimants_against": 0}
        told = [{"claim_id": first, "echo_of": None, **stands}, {"claim_id": second, "echo_of": first, **stands}]
        linked.tell({"bb2": told}, [LinkRow(second, first, "repeats", "the same words", 0.9)])
        linked.add_links([LinkRow(second, first, "repeats", "the very same words", 0.95)])
    assert list(filled.stories()) == [whole]
    found = filled.story("bb")
    assert (found.row, [c.id for c in found.claims]) == (whole, sorted([first, second], key=[first, second].index))
    assert [(c.echo_of, c.origins_for, c.claimants_against) for c in found.claims if c.id == second] == [(first, 2, 0)]
    assert [(x.relation, x.why) for x in filled.links()] == [("repeats", "the very same words")]
    assert {row.story for row in filled.articles()} == {"bb2", None}


def test_of_equal_links_the_surest_is_kept(filled: Ledger) -> None:
    first, second = (row.id for row in list(filled.claims())[:2])
    with filled.linking() as linked:
        linked.add_links(LinkRow(second, first, "denies", f"score {score}", score) for score in (0.6, 0.8, 0.7))
    assert [x.why for x in filled.links()] == ["score 0.8"]


def test_links_of_other_kinds_outlive_their_story(filled: Ledger) -> None:
    first, second = (row.id for row in list(filled.claims())[:2])
    with filled.linking() as linked:
        (a,) = entered(filled, linked, 1)
        linked.add_stories([(story("aa1", ()), [(a, 0)])])
        linked.tell({"aa1": [{"claim_id": first}, {"claim_id": second}]}, [])
        linked.add_links(
            [LinkRow(second, first, "fulfils", "shells fell", 0.6), LinkRow(second, first, "differs", "3 ≠ 4", 0.8)]
        )
        linked.drop_stories(["aa1"])
    assert [x.relation for x in filled.links()] == ["fulfils"]


def test_a_warning_is_replaced_by_what_is_known_later(filled: Ledger) -> None:
    (claim, *_) = (row.id for row in filled.claims())
    waiting = WarningRow(
        claim, "the ministry", "shells will fall", "Orvane", "2031-05-04", "2031-05-14", "open", (), (), ()
    )
    with filled.linking() as linked:
        linked.put_warning(waiting)
        linked.put_warning(replace(waiting, state="expired"))
    assert [row.state for row in filled.warnings()] == ["expired"]


def test_bodies_that_find_are_kept_once_however_they_are_written(filled: Ledger) -> None:
    with filled.linking() as linked:
        linked.finders.add_body("Commission of Inquiry")
        linked.finders.add_body("COMMISSION OF INQUIRY")
        assert linked.finders.bodies() == {"commission of inquiry"}


def test_a_transaction_that_fails_leaves_all_as_it_was(filled: Ledger) -> None:
    def cut_off() -> None:
        with filled.linking() as linked:
            entered(filled, linked, 2)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cut_off()
    with filled.linking() as linked:
        assert linked.count_waiting() == 5


def test_all_is_forgotten_to_be_made_again(filled: Ledger) -> None:
    with filled.linking() as linked:
        node: Node = (*entered(filled, linked, 1), 0)
        linked.add_stories([(story("aa1", ()), [node])])
        linked.clear()
        assert (linked.count_waiting(), linked.counts()) == (5, (0, 0, 0))
    assert len(list(filled.claims())) == 5, "what was read stays"
