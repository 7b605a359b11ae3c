"""What is in the ledger, related: echoes, stories, how claims relate, warnings and what came of them.

Articles are taken up in the order in which they were read. Each is compared with those only that it is filed beside,
and what it changes is grouped again; so an article more costs no more in a large ledger than in a small one. Whatever
two articles have to do with each other depends on these two, and a group is made anew from all its pairs: the result
is the same in whatever order they arrive.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from time import perf_counter

from sayso.ledger import Ledger
from sayso.ledger.linked import Linked, Node, Pair, Shelf
from sayso.link import echoes, figures, parties, relations, stories
from sayso.link.episodes import blocks, episodes
from sayso.types import ClaimRow, Episode, LinkRow, LinkSummary

BATCH = 400  # articles that are linked in one transaction
MOST = 150  # articles that are looked at under one key, the latest: so many share only what says nothing

Watch = Callable[[int, int], None]  # is told how many articles of how many are linked


def link(ledger: Ledger, *, again: bool = False, watch: Watch | None = None) -> LinkSummary:
    """Link what was read since the last time; all that there is if ``again``. LedgerError where the ledger cannot be
    written; each batch of articles is linked whole, and a run that was cut off goes on where it stopped."""
    started = perf_counter()
    with ledger.linking() as linked:
        if again:
            linked.clear()
        total, last = linked.count_waiting(), linked.linked_up_to()
    done = 0
    while done < total:
        with ledger.linking() as linked:
            batch = linked.waiting(last, BATCH)
            for key in batch:
                if linked.is_latest(key):
                    _take_up(linked, key)
                done += 1
                if watch:
                    watch(done, total)
            _group(linked)
        if not batch:
            break
        last = batch[-1]
    with ledger.linking() as linked:
        stories_, echoes_, links = linked.counts()
    return LinkSummary(done, stories_, echoes_, links, perf_counter() - started)


def _take_up(linked: Linked, reading_key: int) -> None:
    """Enter one article, and compare it with those that it is filed beside."""
    read = linked.linkable(reading_key)
    about = read.reading.article
    told = episodes(read)
    key = linked.put(reading_key, read, told, echoes.wire(about.text, about.outlet))
    passages = echoes.bands(about.text)
    alike = dict[tuple[Node, Node], float]()
    for other in linked.near(Shelf.PASSAGES, passages, MOST):
        if copy := echoes.copied(about.text, linked.text(other[0])):
            linked.pair(Pair.COPY, (key, 0), other, (copy.share_a, copy.share_b))
            alike[(key, 0), (other[0], 0)] = 1.0
    for episode in told:
        node = key, episode.number
        places = [hashed(block) for block in blocks(episode)]
        for other in linked.near(Shelf.EVENTS, places, MOST):
            score = stories.likeness(episode, linked.episode(other))
            if score >= stories.LIKE:
                alike[node, other] = max(score, alike.get((node, other), 0.0))
        linked.file(Shelf.EVENTS, node, places)
    for (node, other), score in alike.items():
        linked.pair(Pair.EVENT, node, other, (score, score))
    linked.file(Shelf.PASSAGES, (key, 0), passages)


def hashed(key: str) -> int:
    """A key as the 63-bit number that it is filed under, the same on any machine."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "big") >> 1


def _group(linked: Linked) -> None:
    """Make anew what has changed."""
    for nodes, pairs in _components(linked, Pair.COPY):
        about = linked.about({key for key, _ in nodes})
        linked.replace_echoes(list(about), echoes.groups(about.values(), pairs))
    for nodes, pairs in _components(linked, Pair.EVENT):
        _tell_stories(linked, nodes, pairs)


def _components(linked: Linked, kind: Pair) -> Iterator[tuple[set[Node], dict[tuple[Node, Node], float]]]:
    while linked.touched[kind]:
        nodes, pairs = linked.component(kind, min(linked.touched[kind]))
        yield nodes, pairs
        linked.touched[kind] -= nodes
