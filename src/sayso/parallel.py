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

from sayso.errors import SaysoError
from sayso.read import AddedPlaces, LlmReader, Reader
from sayso.types import Article, Reading

Start = Callable[[Article], Callable[[], Reading]]  # begins to read; what it returns waits for the reading

_reader: Reader  # each process has its own, loaded once


@contextmanager
def reading(reader: Reader | LlmReader, jobs: int) -> Iterator[Start]:
    """A function that begins to read an article: here, when its reading is asked for, if ``jobs`` is 1; else at once,
    in one of so many processes, or as one of so many that a language model is asked about."""
    if isinstance(reader, LlmReader):
        with reader.asking(jobs) as start:
            yield start
        return
    if jobs == 1:
        yield lambda article: partial(reader.read, article)
        return
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_prepare, initargs=(reader.places,))
    try:
        yield lambda article: partial(_wait, pool.submit(_read, article).result)
    finally:
        pool.shutdown(cancel_futures=True)


def _wait(result: Callable[[], Reading]) -> Reading:
    try:
        return result()
    except BrokenProcessPool as error:
        raise SaysoError(
            "a reading process was killed, perhaps for want of memory. What was read before is stored; "
            "run the same again to go on, with fewer --jobs."
        ) from error


def _prepare(places: AddedPlaces) -> None:
    global _reader
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends its processes
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _reader = Reader.load(threads=1, places=places)


def _end_with_parent() -> None:
    """A process waiting for work would outlive a parent that was killed."""
    if parent := parent_process():
        parent.join()
        os._exit(1)


def _read(article: Article) -> Reading:
    return _reader.read(article)
