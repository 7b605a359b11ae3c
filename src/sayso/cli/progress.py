"""What commands that may take long show while they work: what there is to say, and a bar on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

from sayso.cli.output import say
from sayso.show.plain import count
from sayso.types import Quarantined

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import ProgressColumn, TaskID

    from sayso.pipeline import Outcome
    from sayso.scale.into import Plan
    from sayso.scale.reading import Manifest
    from sayso.train.__main__ import Step

Item = TypeVar("Item")

_EVERY = 50  # steps of a training between two lines
_SHOWN = {"tags0": "attributions", "tags1": "nested", "links": "links", "events": "events"}
_PACKED = (b"\x1f\x8b", b"PK\x03\x04", b"WARC")


class _Showing:
    """A context that shows a bar while it lasts; None: there is no terminal to show one on."""

    def __init__(self, bar: Bar | None) -> None:
        self._bar = bar

    def __enter__(self) -> Self:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._bar:
            self._bar.stop()


class Progress(_Showing):
    """A context that is told of each outcome. The bar counts bytes, as they are what is known beforehand."""

    def __init__(self, paths: Iterable[str], *, shown: bool = True) -> None:
        super().__init__(_bar(_rate()) if shown and sys.stderr.isatty() else None)
        self._words = 0
        if self._bar:
            self._task = self._bar.add_task("reading", total=_size(paths), words=0)

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


class Counting(_Showing):
    """A context that is told how many of some things are done with: ``doing`` "linking", ``things`` "articles"."""

    def __init__(self, doing: str, things: str) -> None:
        super().__init__(_bar(_counted(things)) if sys.stderr.isatty() else None)
        self._doing = doing
        self._task: TaskID | None = None

    def advance(self, done: int, total: int) -> None:
        """Move the bar to ``done`` of ``total``."""
        if self._bar:
            if self._task is None:
                self._task = self._bar.add_task(self._doing, total=total)
            self._bar.update(self._task, completed=done, total=total)


def counting(items: Sequence[Item], what: str) -> Iterator[Item]:
    """``items``, with a bar that shows how many of them are done."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.progress import MofNCompleteColumn

    with _bar(MofNCompleteColumn()) as bar:
        task = bar.add_task(what, total=len(items))
        for item in items:
            yield item
            bar.advance(task)


class Sharding(_Showing):
    """A context that is told of each shard that is read. The bar counts their bytes."""

    def __init__(self) -> None:
        super().__init__(_bar(_rate()) if sys.stderr.isatty() else None)
        self._task: TaskID | None = None
        self._sizes: dict[str, int] = {}
        self._words = 0

    def begin(self, plan: Plan) -> None:
        """Say how much there is to do."""
        known = len(plan.shards) - len(plan.pending)
        say(f"{count(len(plan.pending), 'shard')} to read{f', {known:,} read before' if known else ''}.")
        self._sizes = {shard.name: shard.size for shard in plan.pending}
        if self._bar:
            self._task = self._bar.add_task("reading", total=sum(self._sizes.values()), words=0)

    def advance(self, done: Manifest) -> None:
        """Move the bar on by a shard."""
        self._words += done.words
        if self._bar and self._task is not None:
            self._bar.update(self._task, advance=self._sizes[done.shard], words=self._words)


class Training(_Showing):
    """A context that is told of each step of a training. Without a terminal, a line tells of every so many."""

    def __init__(self) -> None:
        super().__init__(_bar(_losses()) if sys.stderr.isatty() else None)
        self._task: TaskID | None = None
        self._phase = ""

    def advance(self, step: Step) -> None:
        """Show how far it is, and the losses."""
        shown = f"{step.phase}, epoch {step.epoch}/{step.epochs}"
        if not self._bar:
            if step.done % _EVERY == 0 or step.done == step.steps:
                say(f"{shown}, step {step.done}/{step.steps}: {_in_words(step.losses)}")
            return
        if self._task is None or step.phase != self._phase:
            self._task, self._phase = self._bar.add_task(shown, total=step.steps, losses=""), step.phase
        self._bar.update(self._task, description=shown, completed=step.done, losses=_in_words(step.losses))


def _in_words(losses: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {losses[head]:.2f}" for head, name in _SHOWN.items() if head in losses)


def _losses() -> ProgressColumn:
    from rich.progress import TextColumn

    return TextColumn("{task.fields[losses]}")


def _counted(what: str) -> ProgressColumn:
    from rich.progress import TextColumn

    return TextColumn(f"{{task.completed:,.0f}} of {{task.total:,.0f}} {what}")


def _rate() -> ProgressColumn:
    from rich.progress import ProgressColumn, Task
    from rich.text import Text

    class Rate(ProgressColumn):
        """Words read in a second."""

        def render(self, task: Task) -> Text:
            return Text(f"{task.fields['words'] / task.elapsed if task.elapsed else 0:,.0f} words/s")

    return Rate()


def _bar(told: ProgressColumn) -> Bar:
    """A bar with what is told between it and the time left."""
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    return Bar(
        TextColumn("{task.description}"),
        BarColumn(),
        told,
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
