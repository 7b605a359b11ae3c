"""How well the reader does against annotated articles.

A gold folder is one of two kinds, told apart by what it holds: brat annotations (``text/`` and ``attributions/``, or
.ann beside .txt) or annotated reports (``articles/`` and ``labels/``).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sayso.errors import UsageError
from sayso.score import polnear, reports
from sayso.score.figures import Accuracy, Figure, Scores
from sayso.types import Reading

__all__ = ["Accuracy", "Figure", "Scores", "articles_of", "score"]


def articles_of(folder: Path) -> Path:
    """The folder to read the articles from, before they are scored. UsageError if ``folder`` is no gold folder."""
    return _kind(folder).articles_of(folder)


def score(folder: Path, readings: Sequence[Reading]) -> Scores:
    """Hold the readings of a gold folder's articles against its annotations; an article without a reading counts as
    one in which nothing was found."""
    return _kind(folder).score(folder, readings)


def _kind(folder: Path) -> type[polnear.Brat] | type[reports.Reports]:
    for kind in (polnear.Brat, reports.Reports):
        if kind.fits(folder):
            return kind
    raise UsageError(
        f"{folder} holds no annotated articles: expected text/ and attributions/ (brat), .txt beside .ann (brat), "
        "or articles/ and labels/ (reports)."
    )
