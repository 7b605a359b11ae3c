"""``sayso desk``."""

from __future__ import annotations

import click

from sayso.cli.options import ledger_option
from sayso.cli.output import say


@click.command()
@ledger_option
@click.option("--port", metavar="N", type=click.IntRange(0, 65535), help="Listen there.  [default: 8460 if it is free]")
@click.option("--no-open", "quiet", is_flag=True, help="Don't open the browser, only say the address.")
def desk(ledger: str | None, port: int | None, quiet: bool) -> None:
    """Open the ledger in your browser.

    Pages to search claims, read articles with everybody's words marked, and see how claims answer each other. They are
    served on this machine, to this machine only, until you press Ctrl-C; they ask no other host for anything. Needs
    more than reading does: pip install 'sayso[desk]'.

    \b
    Examples:
      sayso desk
      sayso desk --ledger reports.db --port 8000 --no-open
    """
    from sayso import config
    from sayso.desk import check_installed

    check_installed()
    from sayso.desk.serving import listen, serve

    with listen(config.load({"ledger": ledger}).ledger, port) as listening:
        say(f"the desk is at {listening.address} until you press Ctrl-C.")
        serve(listening, browser=not quiet)
