"""``sayso articles`` and ``sayso article``."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import click

from sayso.cli.options import as_filters, asked, listing, one_of
from sayso.cli.output import print_json, print_rows, terminal


@click.command()
@listing
def articles(ledger: str | None, kind: str, **filters: Any) -> None:
    """List the articles in the ledger.

    The earliest are first.

    \b
    Example:
      sayso articles --outlet "The Harbour Post" --since 2031-03-01
    """
    from sayso.show import tables
    from sayso.types import ArticleRow

    with asked(ledger) as held:
        print_rows(held.articles(as_filters(filters)), kind, ArticleRow, tables.articles)


@click.command()
@one_of("article")
def article(id: str, ledger: str | None, kind: str) -> None:
    """Show an article and who says what in it.

    The text is shown with each attributed content in brackets, and on whose word each stands beneath it. ID is an
    article's id, or so much of its beginning that no other article has it.

    \b
    Example:
      sayso article 3f29c1
    """
    from sayso.show.views import article_view
    from sayso.types import Reading

    with asked(ledger) as held:
        row, reading, text = held.article(id)
        fetched = held.exchanges_of(row.id)
    if kind == "json":
        exchanges = [asdict(each) for each in fetched]
        print_json({**asdict(row), "text": text, "reading": reading, "fetched": exchanges})
    else:
        terminal().print(article_view(row, text, Reading.from_json(reading) if reading else None, fetched))
