"""Bringing reports in: what is dropped on a page waits beside the ledger until it is read and linked.

The invariants: a job lies on the disk whole before anybody is told that it was taken; one is done at a time, by the
very pipeline of ``sayso read``; its files are removed once all of them are read, or set aside, and linked. A desk that
was stopped, or killed, goes on where it was when it starts again, and what is stored already is not read again. What
users call their files is a text to be shown, never a name on this disk. Of several desks over one ledger one works, the
one that has the lock beside the folder. What fails is kept, and tried again, a few times; all that is kept is bounded.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from threading import Event, Lock, Thread
from typing import Any, BinaryIO, Literal

from sayso import linking, pipeline
from sayso.acting import acting_as
from sayso.config import Config
from sayso.desk.held import Desk
from sayso.desk.locking import locked
from sayso.desk.showing import shown
from sayso.errors import NotThereError, SaysoError, UsageError
from sayso.intake import Entry
from sayso.pipeline import Outcome
from sayso.read.added import add as add_places
from sayso.types import Quarantined

State = Literal["waiting", "reading", "linking", "done", "failed"]
Became = Literal["read", "known", "unread", "quarantined"]

LISTED = 300
"""Outcomes of a job that are told one by one, of each kind; the ledger has them all."""

_WAITING = 50  # jobs that may wait, or have failed
_REMEMBERED = 50  # jobs that are done
_ROOM = 4  # times the most that is taken at once: what all that is kept may take
_TRIES = 3  # of a job that fails, in all
_NAME = 300  # code points of a file's name
_SUFFIX = ".incoming"
_JOB = "job.json"
_FAILURES = "failures"  # a line for each time that a job failed: why

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one article or file: ``article`` is its id where it is in the ledger, ``reason`` why it is not
    read."""

    location: str
    became: Became
    article: str | None
    title: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Job:
    """Files that were brought in together, and how far they are. ``counts`` has what became of how many articles; of
    ``files`` files ``done`` are behind. ``told`` and ``set_aside`` are the first ``LISTED`` of them. ``said`` is what
    went wrong, None: nothing did."""

    id: str
    at: str
    by: str
    what: str
    files: int
    outlet: str | None
    published: str | None
    state: State = "waiting"
    done: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    told: tuple[Told, ...] = ()
    set_aside: tuple[Told, ...] = ()
    linked: int = 0
    to_link: int = 0
    said: str | None = None

    @property
    def running(self) -> bool:
        """True until all is done, or has failed."""
        return self.state in ("waiting", "reading", "linking")


@dataclass(frozen=True, slots=True)
class Given:
    """Files as a user gives them, each with what it is called; what their reports don't say; and the file of places
    that they are to be read with (None: the user's)."""

    files: tuple[tuple[str, BinaryIO], ...]
    what: str
    outlet: str | None = None
    published: str | None = None
    format: str | None = None
    places: Path | None = None


class _Stopped(Exception):  # noqa: N818 - no error
    """The desk is being stopped."""


class Jobs:
    """What is brought in at one desk, one job after the other."""

    def __init__(self, desk: Desk, config: Config) -> None:
        """For the ledger of ``desk``; ``config`` is what ``sayso read`` would read with."""
        self.config = config
        self._desk = desk
        self._folder = desk.path.with_name(desk.path.name + _SUFFIX)
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock, self._keeping = Lock(), Lock()
        self._owned: int | None = None  # the lock's file, while this desk has it
        self._come, self._stop = Event(), Event()
        self._worker: Thread | None = None

    def add(self, given: Given, by: str) -> Job:
        """Take files in, to be read after what waits already. Once this returns, they are kept.

        UsageError where there is nothing, too much is kept, or another desk does this; SaysoError where the disk does
        not take them.
        """
        if not given.files:
            raise UsageError("nothing was given. Choose files or a folder, or paste a text.")
        most = self.config.limits.upload_files
        if len(given.files) > most:
            raise UsageError(
                f"{len(given.files):,} files at once, over the limit upload_files of {most:,}. "
                "Pack them into a .zip, or bring in fewer at a time."
            )
        now = datetime.now(UTC)
        job = Job(
            id=f"{now:%Y%m%d%H%M%S%f}{token_hex(4)}",
            at=now.isoformat(timespec="seconds"),
            by=by,
            what=given.what,
            files=len(given.files),
            outlet=given.outlet,
            published=given.published,
        )
        with self._keeping, self._disk():
            if not self._own():
                raise UsageError(
                    "another sayso desk brings reports into this ledger. Nothing was taken. Bring them in there, or "
                    "stop that one and send them again."
                )
            if sum(job.state != "done" for job in self.all()) >= _WAITING:
                raise UsageError(
                    f"{_WAITING} jobs wait already, or have failed. Bring this in when some are done, or given up."
                )
            self._keep(job, given)
            self._put(job)
        self._start()
        return job

    def resume(self) -> None:
        """Go on with what an earlier desk took in and did not finish, unless another one does."""
        if not self._folder.is_dir():
            return
        with self._keeping:
            try:
                self._own()
            except OSError:
                log.exception("cannot go on with %s", self._folder)

    def give_up(self, id: str) -> None:
        """Remove a job that failed, with its files. NotThereError where there is no such job, UsageError where it has
        not failed, SaysoError where its files cannot be removed."""
        with self._keeping:
            job = self.job(id)
            if job.state != "failed":
                raise UsageError("only what has failed can be given up.")
            try:
                self._forget(job)
            except OSError as error:
                raise SaysoError(f"cannot remove {self._folder / id}: {error.strerror or error}.") from error
            with self._lock:
                del self._jobs[id]

    def _own(self) -> bool:
        """True if this desk is the one that works. When it becomes that, it goes on with what is left."""
        if self._owned is None:
            self._owned = locked(self._folder.with_name(self._folder.name + ".lock"))
            if self._owned is not None:
                self._load()
        return self._owned is not None

    def _load(self) -> None:
        for left in self._folder.glob(".*"):
            shutil.rmtree(left, ignore_errors=True)  # was never promised
        for kept in sorted(self._folder.glob(f"*/{_JOB}")):
            try:
                told = json.loads(kept.read_text("utf-8"))
                job = Job(id=kept.parent.name, **{name: told[name] for name in _PROMISED})
                failures = _failures(kept.parent)
            except (OSError, ValueError, KeyError, TypeError):
                log.exception("cannot go on with %s", kept)
                continue
            if len(failures) >= _TRIES:
                job = replace(job, state="failed", said=_said(failures[-1], len(failures)))
            self._put(job)
        if self._next() is not None:
            self._start()

    def close(self) -> None:
        """Stop after the article that is being read. The rest is gone on with when the desk starts again."""
        self._stop.set()
        self._come.set()
        if self._worker is not None:
            self._worker.join(timeout=20)
            if self._worker.is_alive():
                return  # and has the lock
        if self._owned is not None:
            os.close(self._owned)
            self._owned = None

    def all(self) -> tuple[Job, ...]:
        """All jobs that are known, the newest first."""
        with self._lock:
            return tuple(reversed(self._jobs.values()))

    def job(self, id: str) -> Job:
        """The job with this id. NotThereError where there is none (any more)."""
        with self._lock:
            if id not in self._jobs:
                raise NotThereError("nothing was brought in under this address since the desk was started.")
            return self._jobs[id]

    # On the disk

    def _keep(self, job: Job, given: Given) -> None:
        """The job's files in a folder that has its name once all of it is there, and on the disk. UsageError where all
        that is kept would be too much then."""
        self._folder.mkdir(mode=0o700, exist_ok=True)
        unfinished, kept = self._folder / f".{job.id}", self._folder / job.id
        unfinished.mkdir(mode=0o700)
        try:
            for number, (_, file) in enumerate(given.files):
                with (unfinished / str(number)).open("xb") as copy:
                    shutil.copyfileobj(file, copy, 1 << 20)
            if given.places is not None:
                shutil.copyfile(given.places, unfinished / "places")
            told = {name: getattr(job, name) for name in _PROMISED}
            told |= {"names": _names(name for name, _ in given.files), "format": given.format}
            (unfinished / _JOB).write_text(json.dumps(told), "utf-8")
            self._check_room()
            for one in (*unfinished.iterdir(), unfinished):
                _sync(one)
            unfinished.rename(kept)
            _sync(self._folder)
        except BaseException:
            for left in (unfinished, kept):
                shutil.rmtree(left, ignore_errors=True)
            raise

    def _check_room(self) -> None:
        room = _ROOM * self.config.limits.upload_bytes
        if _bytes_in(self._folder) > room:
            raise UsageError(
                f"with this, more than {room:,} bytes would be kept at {self._folder}. Nothing was taken. Bring it in "
                "when some of what waits is done, and give up what has failed."
            )

    def _forget(self, job: Job) -> None:
        """Remove a job's files: all at once, for the desk that starts next, if this one is killed meanwhile."""
        gone = self._folder / f".{job.id}"
        (self._folder / job.id).rename(gone)
        shutil.rmtree(gone, ignore_errors=True)

    @contextmanager
    def _disk(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise SaysoError(
                f"cannot keep what was brought in at {self._folder}: {error.strerror or error}. Nothing was taken. "
                "Check space and disk, then bring it in again."
            ) from error

    # The worker

    def _start(self) -> None:
        with self._lock:
            self._come.set()
            if self._worker is None:
                self._worker = Thread(target=self._work, name="bringing", daemon=True)
                self._worker.start()

    def _work(self) -> None:
        while not self._stop.is_set():
            self._come.wait()
            self._come.clear()
            while (job := self._next()) is not None and not self._stop.is_set():
                try:
                    with acting_as(job.by):
                        self._do(job)
                except _Stopped:
                    return
                except SaysoError as error:
                    self._fail(job, str(error))
                except Exception as error:
                    log.exception("bringing in failed")
                    self._fail(job, f"a mistake of Sayso's ({type(error).__name__}), told where sayso desk runs.")

    def _next(self) -> Job | None:
        with self._lock:
            return next((job for job in self._jobs.values() if job.state == "waiting"), None)

    def _do(self, job: Job) -> None:
        folder = self._folder / job.id
        told = json.loads((folder / _JOB).read_text("utf-8"))
        config = replace(self.config, outlet=job.outlet, published=job.published, format=told["format"], jobs=1)
        if (folder / "places").exists():
            add_places(folder / "places", folder / "places.tsv", config.limits)
            config = replace(config, places=str(folder / "places.tsv"))
        ledger = self._desk.made_ledger()
        names: list[str] = told["names"]
        watch = _Watch(self, self.change(job.id, state="reading"), names)
        entries = [Entry(folder / str(number), name) for number, name in enumerate(names)]
        summary = pipeline.run(entries, config, ledger, watch=watch.outcome)
        self.change(job.id, state="linking", done=job.files)
        linking.link(ledger, watch=watch.linked)
        if summary.stopped:
            self._fail(job, summary.stopped)
            return
        self._forget(job)
        self.change(job.id, state="done")

    def _fail(self, job: Job, why: str) -> None:
        folder = self._folder / job.id
        with suppress(OSError), (folder / _FAILURES).open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(" ".join(why.split()) + "\n")
        self.change(job.id, state="failed", said=_said(why, len(_failures(folder))))

    def _put(self, job: Job) -> None:
        with self._lock:
            self._jobs[job.id] = job
            over = [id for id, one in self._jobs.items() if one.state == "done"]
            for id in over[: max(0, len(over) - _REMEMBERED)]:
                del self._jobs[id]

    def change(self, id: str, **changes: Any) -> Job:
        """Note what has come of a job."""
        with self._lock:
            self._jobs[id] = replace(self._jobs[id], **changes)
            return self._jobs[id]

    def check_stopped(self) -> None:
        """Raises _Stopped where the desk is being stopped."""
        if self._stop.is_set():
            raise _Stopped


class _Watch:
    """Tells a job what becomes of its articles."""

    def __init__(self, jobs: Jobs, job: Job, names: list[str]) -> None:
        self._jobs, self._id, self._names = jobs, job.id, names
        self._counts: Counter[str] = Counter()
        self._at = 0

    def outcome(self, outcome: Outcome | Quarantined) -> None:
        """One article or file is done with."""
        told = _told(outcome)
        self._counts[told.became] += 1
        # Outcomes come in the order of the files; one that is empty has none.
        while self._at < len(self._names) - 1 and not told.location.startswith(self._names[self._at]):
            self._at += 1
        job = self._jobs.job(self._id)
        aside = told.became == "quarantined"
        kept = job.set_aside if aside else job.told
        if len(kept) < LISTED:
            kept = (*kept, told)
        self._jobs.change(
            self._id, counts=dict(self._counts), done=self._at, **{"set_aside" if aside else "told": kept}
        )
        self._jobs.check_stopped()

    def linked(self, done: int, total: int) -> None:
        """So many articles of so many are linked."""
        self._jobs.change(self._id, linked=done, to_link=total)
        self._jobs.check_stopped()


_PROMISED = ("at", "by", "what", "files", "outlet", "published")
"""What the disk keeps of a job."""


def _failures(folder: Path) -> list[str]:
    """Why a job failed, each time that it did."""
    note = folder / _FAILURES
    return note.read_text("utf-8").splitlines() if note.exists() else []


def _said(why: str, failures: int) -> str:
    again = "it is tried again when the desk is started next, or you give it up."
    if failures >= _TRIES:
        again = f"but it has failed {failures} times, and is not tried again. Give it up, and bring it in anew."
    return f"{why.removesuffix('.')}. What was brought in is kept: {again}"


def _bytes_in(folder: Path) -> int:
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            with suppress(FileNotFoundError):  # a job was done meanwhile
                total += Path(place, name).lstat().st_size
    return total


def _sync(place: Path) -> None:
    """Have the disk hold what a file or folder has. Windows does that with folders by itself."""
    if os.name == "nt" and place.is_dir():
        return
    at = os.open(place, os.O_RDONLY if place.is_dir() else os.O_RDWR)
    try:
        os.fsync(at)
    finally:
        os.close(at)


def _told(outcome: Outcome | Quarantined) -> Told:
    if isinstance(outcome, Quarantined):
        return Told(outcome.location, "quarantined", None, None, outcome.reason)
    article = outcome.received.article
    if outcome.known:
        return Told(article.location, "known", article.id, article.title, None)
    if outcome.reading is None:
        why = f"in the language {article.language!r}, which the reader does not read; kept, without claims"
        return Told(article.location, "unread", article.id, article.title, why)
    return Told(article.location, "read", article.id, article.title, None)


def _names(given: Iterable[str]) -> list[str]:
    """What files are called, each differently: without what could lead out of a folder or pass for something else."""
    names: dict[str, None] = {}
    for name in map(_clean, given):
        called, number = name, 1
        while called in names:
            number += 1
            called = f"{name} ({number})"
        names[called] = None
    return list(names)


def _clean(name: str) -> str:
    parts = (" ".join(shown(part).split()) for part in name.replace("\\", "/").split("/"))
    return "/".join(part for part in parts if part not in ("", ".", ".."))[-_NAME:] or "without a name"
