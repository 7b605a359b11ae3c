"""``sayso findings``."""

from __future__ import annotations

import click

from sayso.cli.options import asked, ledger_option
from sayso.cli.output import say


@click.group()
def findings() -> None:
    """Add what a body found that you list as mandated to find.

    A finding is shown as that body's word beside the claims that it concerns; no claim is changed by it. Which bodies
    there are is for you to say: none is built in.

    \b
    Examples:
      sayso findings add report.html --body "Commission of Inquiry on Kestavia"
      sayso findings bodies
    """
