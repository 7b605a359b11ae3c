"""``sayso load``."""

from __future__ import annotations

import click

from sayso.cli.options import ledger_option, no_link_option
from sayso.cli.output import say
from sayso.show.plain import count


@click.command()
@click.argument("folder", metavar="DIR")
@ledger_option
@no_link_option
def load(folder: str, ledger: str | None, no_link: bool) -> None:
    """Take what was read into a folder into the ledger.

    DIR is the folder or URL that sayso read --out wrote. The ledger is then as if it had read the reports itself; what
    is loaded is linked to what is there. Loading the same again changes nothing.

    \b
    Examples:
      sayso load parquet/
      sayso load s3://bucket/parquet --ledger team.db
    """
    from sayso import config, scale
    from sayso.cli.link import link_all
    from sayso.cli.progress import Counting
    from sayso.ledger import Ledger

    with Ledger.open(config.load({"ledger": ledger}).ledger) as held:
        with Counting("loading", "articles") as progress:
            done = scale.load(folder, held, watch=progress.advance)
        known = f"; {done.known:,} known already" if done.known else ""
        aside = f"; {done.quarantined:,} set aside" if done.quarantined else ""
        say(f"{count(done.stored, 'article')} loaded in {done.seconds:.1f} s{known}{aside}.")
        if not no_link:
            link_all(held)
    if done.missing:
        say(f"{count(done.missing, 'shard')} of {folder} not read yet: run the same sayso read --out again, then load.")
        click.get_current_context().exit(1)
