"""``sayso copy``."""

from __future__ import annotations

import click

from sayso.cli.output import say

_DIGITS = 16  # of a hash, that are printed


@click.command()
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
def copy(source: str, target: str) -> None:
    """Copy a whole ledger into another one.

    FROM and TO are files or database URLs, so that a ledger moves from SQLite to PostgreSQL and back. TO is made where
    it is a file that isn't there; a PostgreSQL database has to be there, and to be empty. Everything is copied, with
    its numbers: articles with their bytes, readings, claims, decisions, links and the log. At the end each table is
    held against what was read, and printed with its rows and the first digits of their SHA-256. A copy that is cut off
    leaves nothing in TO.

    \b
    Examples:
      sayso copy sayso.db postgresql://mara@db.example/sayso
      sayso copy postgresql://mara@db.example/sayso backup.db
    """
    from sayso.cli.progress import Counting
    from sayso.errors import NotThereError, UsageError
    from sayso.ledger import Ledger
    from sayso.ledger.copying import copy as copy_ledger
    from sayso.ledger.database import db_url

    if db_url(source) == db_url(target):
        raise UsageError("FROM and TO are the same ledger. Give another one to copy it to.")
    try:
        held = Ledger.open(source, create=False)
    except NotThereError as error:
        raise UsageError(str(error)) from error
    with held, Ledger.open(target) as made, Counting("copying", "rows") as progress:
        copied = copy_ledger(held, made, progress.advance)
    for table in sorted(copied, key=lambda table: table.name):
        click.echo(f"{table.name:<16} {table.rows:>12,}  {table.sha256[:_DIGITS]}")
    rows = sum(table.rows for table in copied)
    say(f"copied {rows:,} rows from {held.where} to {made.where}; each table is the same in both.")
