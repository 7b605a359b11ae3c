"""What ``sayso read`` shows while it reads: what was set aside or not read, and on a terminal a bar."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from sayso.cli.output import say
from sayso.types import Quarantined

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from sayso.pipeline import Outcome

_PACKED = (b"\x1f\x8b", b"PK\x03\x04")


class Progress:
    """A context that is told of each outcome. The bar counts bytes, as they are what is known beforehand."""

    def __init__(self, paths: Iterable[str], *, shown: bool = True) -> None:
        self._bar: Bar | None = None
        self._words = 0
        if shown and sys.stderr.isatty():
            self._bar = _bar()
            self._task = self._bar.add_task("reading", total=_size(paths), words=0)

    def __enter__(self) -> Self:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._bar:
            self._bar.stop()

    def advance(self, outcome: Outcome | Quarantined) -> None:
        """Say what was set aside and why, and what is in a language that is not read; move the bar on."""
        if isinstance(outcome, Quarantined):
            say(f"quarantined {outcome.location}: {outcome.reason}")
            size = len(outcome.data or b"")
        else:
            if outcome.reading is None and not outcome.known:
                article = outcome.received.article
                say(f"not read, in {article.language!r}: {article.location}")
            size = len(outcome.received.data)
            self._words += len(outcome.received.article.text.split()) if outcome.reading else 0
        if self._bar:
            self._bar.update(self._task, advance=size, words=self._words)


def _bar() -> Bar:
    from rich.console import Console
    from rich.progress import BarColumn, ProgressColumn, Task, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar
    from rich.text import Text

    class Rate(ProgressColumn):
        """Words read in a second."""

        def render(self, task: Task) -> Text:
            return Text(f"{task.fields['words'] / task.elapsed if task.elapsed else 0:,.0f} words/s")

    return Bar(
        TextColumn("{task.description}"),
        BarColumn(),
        Rate(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )


def _size(paths: Iterable[str]) -> int | None:
    """Bytes to read; None where that cannot be known: standard input, archives, what cannot be opened."""
    total = 0
    for path in (file for given in paths for file in _files(given)):
        try:
            if path.is_fifo():  # to open it would wait for its writer
                return None
            with path.open("rb") as file:
                if file.read(4).startswith(_PACKED):
                    return None
            total += path.stat().st_size
        except OSError:
            return None
    return total


def _files(given: str) -> Iterable[Path]:
    path = Path(given)
    return (found for found in path.rglob("*") if not found.is_dir()) if path.is_dir() else (path,)
