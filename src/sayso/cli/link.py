"""``sayso link``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sayso.cli.options import asked, engine_option, ledger_option
from sayso.cli.output import say
from sayso.show.plain import count

if TYPE_CHECKING:
    from sayso.ledger import Ledger


@click.command()
@ledger_option
@click.option("--again", is_flag=True, help="Link all articles again, not only those that came since.")
@click.option("--jobs", metavar="N", type=click.IntRange(min=1), help="Work in so many processes.  [default: 1]")
@engine_option("What works: this machine, or a cluster with Ray.")
def link(ledger: str | None, again: bool, jobs: int | None, engine: str) -> None:
    """Relate what is in the ledger: echoes, stories, denials.

    Which articles copy others, which claims are about one event, who agrees with whom, who denies it and whose
    figures differ, and what followed a warning. Reading does it too, unless with --no-link; an article that comes later
    is linked to what is there. The order in which articles come makes no difference.

    \b
    Examples:
      sayso link
      sayso link --again --jobs 4
    """
    with asked(ledger) as held:
        if not link_all(held, again=again, jobs=jobs, engine=engine):
            say("nothing new to link.")


def link_all(held: Ledger, *, again: bool = False, jobs: int | None = None, engine: str = "local") -> int:
    """Link what waits in the ledger, with a bar on a terminal, and say what came of it. Returns how many articles."""
    from sayso import pipeline
    from sayso.cli.progress import Counting

    with Counting("linking", "articles") as progress:
        if engine == "local" and (jobs or 1) == 1:
            done = pipeline.link(held, again=again, watch=progress.advance)
        else:
            from sayso.scale import link_spread

            done = link_spread(held, engine, jobs, again=again, watch=progress.advance)
    if done.articles:
        found = ((done.stories, "story"), (done.echoes, "echo"), (done.links, "link"))
        now = ", ".join(count(number, what) for number, what in found)
        took = f"{count(done.articles, 'article')} linked in {done.seconds:.1f} s"
        say(f"{took}; the whole ledger now has {now}. See sayso stories")
    return int(done.articles)
