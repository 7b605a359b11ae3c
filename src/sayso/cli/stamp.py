"""``sayso stamp``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.cli.options import asked, ledger_option
from sayso.cli.output import say

if TYPE_CHECKING:
    from sayso.ledger.stamps import Roots

ca_option = click.option(
    "--ca",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The authority's root certificate, as PEM, that its signature must lead to.",
)


@click.command()
@click.argument("url", metavar="URL")
@ca_option
@ledger_option
def stamp(url: str, ca: Path | None, ledger: str | None) -> None:
    """Have an authority time-stamp the log as it is now.

    The time-stamping authority (RFC 3161) at URL is sent the hash of the log's last entry, and nothing else; what it
    signs is kept in the ledger, and in bundles. It shows that all that the log tells of was there at that time, on the
    word of somebody else. Needs more than reading does: pip install 'sayso[stamp]'.

    \b
    Example:
      sayso stamp https://tsa.example/tsr --ca tsa-root.pem
    """
    from sayso import stamping

    with asked(ledger) as held:
        key, stamped = stamping.stamp(held, url, roots_of(ca))
    say(f"log entry {key} stamped by {stamped.authority} at {stamped.at}.")


def roots_of(path: Path | None) -> Roots | None:
    """The certificates in a file; UsageError where there are none."""
    from sayso.ledger.stamps import Roots

    return None if path is None else Roots.of(path.read_bytes(), str(path))
