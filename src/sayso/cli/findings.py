"""``sayso findings``."""

from __future__ import annotations

import shlex
import sys

import click

from sayso.cli.options import asked, ledger_option
from sayso.cli.output import say
from sayso.show.plain import count, one_line


@click.group()
def findings() -> None:
    """Add findings of bodies that you list, or list the bodies.

    A finding is shown as that body's word, beside the claims that it concerns; no claim is changed by it. Which bodies
    are mandated to find is for you to say: none is built in.

    \b
    Example:
      sayso findings add report.html --body "Commission of Inquiry on Kestavia"
      sayso findings bodies
    """


@findings.command()
@click.argument("path", metavar="PATH")
@click.option("--body", required=True, metavar="NAME", help="Whose findings they are.")
@click.option("--published", metavar="DATE", help="When it was published, where the input does not say.")
@ledger_option
def add(path: str, body: str, published: str | None, ledger: str | None) -> None:
    """Add a document by a body, or a feed of ClaimReviews.

    PATH is a file, a folder or - for standard input. A document is read and stored as any article is, with the body as
    its outlet; of a ClaimReview feed (JSON), each review is. What the body says is linked to the claims it concerns.

    \b
    Example:
      sayso findings add report.html --body "Inquiry" --published 2031-09-17
    """
    from sayso import config
    from sayso.cli.progress import Progress
    from sayso.findings import add_findings
    from sayso.ledger import Ledger

    settled = config.load({"ledger": ledger, "published": published})
    with Ledger.open(settled.ledger) as held, Progress([path]) as progress:
        done = add_findings(path, body, settled, held, stdin=sys.stdin.buffer, watch=progress.advance)
    say(
        f"{body}: {count(done.findings, 'finding')}, concerning {count(done.claims, 'claim')}."
        + (f" See sayso links --outlet {shlex.quote(body)}" if done.claims else "")
    )
    if done.known:
        say(f"{count(done.known, 'document')} known already; what was added stays as it is, its date too.")
    for location, outlet in done.elsewhere:
        whose = f"an article of {outlet}" if outlet else "an article without an outlet"
        say(f"{location}: already in the ledger as {whose}; it stays that, and no finding of {body}.")
    if done.others:
        say(f"{count(done.others, 'review')} by others left out; add each body's under its own name.")
    if done.quarantined:
        click.get_current_context().exit(1)


@findings.command()
@ledger_option
def bodies(ledger: str | None) -> None:
    """List the bodies, with how many findings each has.

    \b
    Example:
      sayso findings bodies
    """
    with asked(ledger) as held:
        listed = list(held.bodies())
    for name, number in listed:
        click.echo(f"{number:>9,}  {one_line(name)}")
    if not listed:
        say("no bodies yet. sayso findings add --help says how.")
