"""``sayso train``."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from sayso.cli.output import say, terminal

if TYPE_CHECKING:
    from sayso.train.finetune import Figures

_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command()
@click.option("--data", metavar="DIR", type=_FOLDER, help="Train from the corpora there.")
@click.option("--corrections", metavar="FILE", type=click.File("rb"), help="Go on from the network that reads now.")
@click.option("--out", metavar="DIR", type=_FOLDER, required=True, help="Write the weights there.")
@click.option("--epochs", metavar="N", type=click.IntRange(min=1), help="See all so often.  [default: 3]")
def train(data: Path | None, corrections: BinaryIO | None, out: Path, epochs: int | None) -> None:
    """Train the reader, or go on with corrections.

    With --data, from the corpora that docs/training.md lists: some hours without a GPU. With --corrections, from the
    network that reads now (the shipped one, unless SAYSO_WEIGHTS or sayso.toml names another), with readings as sayso
    read --json prints them, one a line, whose attributions you have corrected, and events: some minutes. A line that
    cannot be learned from is named and left out; the exit code is then 1.

    What is written is used with sayso read --weights DIR. Training needs more than reading does: pip install
    'sayso[train]'.

    \b
    Examples:
      sayso train --data corpora/ --out weights/
      sayso train --corrections corrected.jsonl --out weights/
    """
    from sayso.errors import UsageError
    from sayso.train import check_installed

    check_installed()
    bad = 0
    if data and not corrections:
        _from_data(data, out, epochs)
    elif corrections and not data:
        bad = _from_corrections(corrections, out, epochs)
    else:
        raise UsageError("say what to train on: either --data DIR or --corrections FILE.")
    print(f"The weights are in {out}. To read with them: sayso read --weights {out} PATH…")
    print(f"From Python: sayso.Reader.load(pathlib.Path({str(out)!r}))")
    if bad:
        click.get_current_context().exit(1)


def _from_data(data: Path, out: Path, epochs: int | None) -> None:
    from sayso.cli.progress import Training
    from sayso.train.__main__ import Settings
    from sayso.train.build import build, with_epochs

    settings = with_epochs(Settings(), epochs) if epochs else Settings()
    with Training() as progress:
        build(data, out, settings, progress.advance)


def _from_corrections(file: BinaryIO, out: Path, epochs: int | None) -> int:
    """Fine-tune; how many lines could not be learned from."""
    from sayso import config
    from sayso.cli.progress import Training
    from sayso.train.corrections import corrections
    from sayso.train.finetune import GENTLE, fine_tune

    examples, bad = corrections(file)
    for item in bad:
        say(f"line {item.line} left out: {item.reason}")
    base = Path(config.load({}).weights or str(files("sayso") / "weights"))
    with Training() as progress:
        before, after = fine_tune(examples, base, out, progress.advance, epochs or GENTLE.epochs)
    _print_figures(len(examples), before, after)
    return len(bad)


def _print_figures(count: int, before: Figures, after: Figures) -> None:
    from sayso.show.tables import Column, table

    columns = Column("attributions found (F1)"), Column("before", 6, numeric=True), Column("after", 6, numeric=True)
    made = table(columns)
    rows = (
        (f"the {count:,} corrections, which it learned from", before.corrections, after.corrections),
        ("invented reports, which it did not", before.held_out, after.held_out),
    )
    for name, first, last in rows:
        made.add_row(name, f"{first.f1:.3f}", f"{last.f1:.3f}")
    terminal().print(made)
