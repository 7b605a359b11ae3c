"""Linking, spread over processes or a cluster: the same as on a laptop, row for row.

What one article is filed and looked up under, what it has in common with those that share a key, and the stories of a
group of episodes that hang together each depend on few articles: these are handed out. Who meets whom is told by the
shelves in the ledger, in the order in which articles were read, and one process alone writes.
"""

from __future__ import annotations

from sayso import linking
from sayso.ledger import Ledger
from sayso.scale.engines import spread_on_processes
from sayso.types import LinkSummary


def link_spread(
    ledger: Ledger,
    engine: str = "local",
    jobs: int | None = None,
    *,
    again: bool = False,
    watch: linking.Watch | None = None,
) -> LinkSummary:
    """As ``sayso.linking.link``, with the engines of ``read_into``."""
    if engine == "ray":
        from sayso.scale.cluster import spread_on_ray

        spreading = spread_on_ray(jobs)
    else:
        spreading = spread_on_processes(jobs or 1)
    with spreading as spread:
        return linking.link(ledger, again=again, watch=watch, spread=spread, at_once=linking.BATCH)
