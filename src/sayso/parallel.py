"""Reading several articles at once: in processes, which are spawned, never forked, so that it is the same on every
system; or with the reader that asks a language model, in several requests."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import Any

from sayso.errors import SaysoError
from sayso.read import AddedPlaces, LlmReader, Reader
from sayso.types import Article, Reading

Start = Callable[[Article], Callable[[], Reading]]  # begins to read; what it returns waits for the reading

_SAFE = "PYTHONSAFEPATH"  # what -P is on Python's command line

_reader: Reader  # each process has its own, loaded once


@contextmanager
def reading(reader: Reader | LlmReader, jobs: int) -> Iterator[Start]:
    """A function that begins to read an article: in this process, whose network reads ahead while what it marked is
    resolved, if ``jobs`` is 1; else in one of so many processes, or as one of so many that a language model is asked
    about."""
    if isinstance(reader, LlmReader):
        with reader.asking(jobs) as start:
            yield start
        return
    if jobs == 1:
        yield partial(_begin, reader)
        return
    with processes(jobs, _prepare, reader.folder, reader.places) as pool:
        yield partial(_submit, pool)


@contextmanager
def processes(jobs: int, prepare: Callable[..., None] | None = None, *given: Any) -> Iterator[ProcessPoolExecutor]:
    """So many processes, each prepared with what is ``given``. They end with the context, and with this process."""
    with _nothing_from_here():
        pool = ProcessPoolExecutor(jobs, get_context("spawn"), _begin_process, (prepare, *given))
        try:
            yield pool
        finally:
            pool.shutdown(cancel_futures=True)


@contextmanager
def _nothing_from_here() -> Iterator[None]:
    """Meanwhile, a Python process that starts takes nothing in the current folder, which may be full of downloads, for
    a module: a spawned one looks for its first modules there."""
    before = os.environ.get(_SAFE)
    os.environ[_SAFE] = "1"
    try:
        yield
    finally:
        if before is None:
            os.environ.pop(_SAFE, None)
        else:
            os.environ[_SAFE] = before


def _begin(reader: Reader, article: Article) -> Callable[[], Reading]:
    """What goes wrong with one article is told when its reading is asked for, as in the other ways of reading."""
    try:
        return reader.begin(article)
    except Exception as error:
        return partial(_raise, error)


def _raise(error: Exception) -> Reading:
    raise error


def _submit(pool: ProcessPoolExecutor, article: Article) -> Callable[[], Reading]:
    """A pool with a killed process takes nothing more; that, too, is told when the reading is asked for."""
    try:
        return partial(_wait, pool.submit(_read, article).result)
    except BrokenProcessPool as error:
        return partial(_wait, partial(_raise, error))


def _wait(result: Callable[[], Reading]) -> Reading:
    try:
        return result()
    except BrokenProcessPool as error:
        raise SaysoError(
            "a reading process was killed, perhaps for want of memory. What was read before is stored; "
            "run the same again to go on, with fewer --jobs."
        ) from error


def _begin_process(prepare: Callable[..., None] | None, *given: Any) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends its processes
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if prepare:
        prepare(*given)


def _prepare(folder: Path | None, places: AddedPlaces) -> None:
    global _reader
    _reader = Reader.load(folder, threads=1, places=places)


def _end_with_parent() -> None:
    """A process waiting for work would outlive a parent that was killed."""
    if parent := parent_process():
        parent.join()
        os._exit(1)


def _read(article: Article) -> Reading:
    return _reader.read(article)
