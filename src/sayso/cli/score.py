"""``sayso score``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.cli.output import print_json, say, say_where_it_goes, terminal

if TYPE_CHECKING:
    from rich.table import Table

    from sayso.score import Scores
    from sayso.types import Quarantined


@click.command()
@click.argument("folders", metavar="GOLD…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print {folder: {figure: {p, r, f1} or {accuracy}}}.")
def score(folders: tuple[Path, ...], as_json: bool) -> None:
    """Hold the reader against annotated articles.

    GOLD is a folder of brat annotations (text/ with attributions/, or .txt beside .ann), or of annotated reports
    (articles/ with labels/). Figures are fractions: precision, recall and their harmonic mean F1, or the share that is
    right among what was found. Articles that cannot be read are named with the reason; the exit code is then 1.

    \b
    Example:
      sayso score corpus/dev
    """
    from sayso import config, pipeline

    settled = config.load({})
    say_where_it_goes(settled)
    aside: list[Quarantined] = []
    found = {str(folder): pipeline.score(folder, settled, watch=aside.append) for folder in folders}
    if as_json:
        print_json({folder: scores.to_json() for folder, scores in found.items()})
    else:
        console = terminal()
        for folder, scores in found.items():
            console.print(_table(folder, scores))
    for folder, scores in found.items():
        if scores.unread:
            say(f"{folder}: not read: {', '.join(scores.unread)} ({len(scores.unread)} of {scores.articles})")
    for item in aside:
        say(f"quarantined {item.location}: {item.reason}")
    if aside:
        click.get_current_context().exit(1)


def _table(folder: str, scores: Scores) -> Table:
    from sayso.score import Figure
    from sayso.show.tables import Column, table

    made = table((Column(folder), *(Column(title, 6, numeric=True) for title in ("P", "R", "F1", "right"))))
    for name, figure in scores.figures.items():
        if isinstance(figure, Figure):
            made.add_row(name, f"{figure.p:.3f}", f"{figure.r:.3f}", f"{figure.f1:.3f}", "")
        else:
            made.add_row(name, "", "", "", f"{figure.accuracy:.3f}")
    return made
