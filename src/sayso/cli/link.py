"""``sayso link``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sayso.cli.options import asked, ledger_option
from sayso.cli.output import say
from sayso.show.plain import count

if TYPE_CHECKING:
    from sayso.ledger import Ledger


@click.command()
@ledger_option
@click.option("--again", is_flag=True, help="Link all articles again, not only those that came since.")
def link(ledger: str | None, again: bool) -> None:
    """Relate what is in the ledger: echoes, stories, denials.

    Which articles copy others, which claims are about one event, who agrees with whom, who denies it and whose
    figures differ, and what followed a warning. Reading does it too, unless with --no-link; an article that comes later
    is linked to what is there. The order in which articles come makes no difference.

    \b
    Examples:
      sayso link
      sayso link --again
    """
    with asked(ledger) as held:
        if not link_all(held, again=again):
            say("nothing new to link.")


def link_all(held: Ledger, *, again: bool = False) -> int:
    """Link what waits in the ledger, with a bar on a terminal, and say what came of it. Returns how many articles."""
    from sayso import pipeline
    from sayso.cli.progress import Counting

    with Counting() as progress:
        done = pipeline.link(held, again=again, watch=progress.advance)
    if done.articles:
        found = ((done.stories, "story"), (done.echoes, "echo"), (done.links, "link"))
        now = ", ".join(count(number, what) for number, what in found)
        say(f"{count(done.articles, 'article')} linked in {done.seconds:.1f} s: {now}. See sayso stories")
    return int(done.articles)
