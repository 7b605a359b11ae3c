"""Web pages, taken apart by a process of their own within a time limit."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
from threading import Event, Timer
from typing import IO, Any, cast

from sayso.config import Limits
from sayso.errors import IntakeError
from sayso.intake.article import Found
from sayso.types import Extraction

LENGTH = struct.Struct(">Q")  # what comes before each frame between the two processes: how long it is


class PageReader:
    """Starts its process with the first page, and another after a page that the process did not survive."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, page: str) -> Found:
        """What ``page`` says. Raises IntakeError where there is no article in it, or it is too much to read."""
        answer = self._answer(b"P" + page.encode())
        made = Extraction(**answer["extraction"])
        return Found(answer["body"], answer["title"], answer["outlet"], answer["published"], answer["url"], made)

    def text(self, fragment: str) -> str:
        """The text of a piece of HTML, all of it, paragraphs between blank lines. Raises IntakeError as ``read``."""
        return str(self._answer(b"F" + fragment.encode())["body"])

    def _answer(self, request: bytes) -> dict[str, Any]:
        if self._process is not None and self._process.poll() is not None:
            self.close()  # somebody ended it; that is not this page's fault
        process = self._process or self._start()
        overdue = Event()

        def end() -> None:
            overdue.set()
            process.kill()

        timer = Timer(self._limits.seconds, end)
        timer.start()
        try:
            answer = _ask(process, request)
        finally:
            timer.cancel()
            timer.join()
        if answer is None or overdue.is_set():
            self.close()
        if answer is None:
            raise IntakeError(self._why_fallen(process, overdue.is_set()))
        if "reason" in answer:
            raise IntakeError(answer["reason"])
        return answer

    def close(self) -> None:
        """End the process, if there is one."""
        if self._process is None:
            return
        self._process.kill()
        self._process.communicate()
        self._process = None

    def _start(self) -> subprocess.Popen[bytes]:
        """A process that is ready, which takes nothing in the current folder for a module. IntakeError where none can
        be started."""
        command = [sys.executable, "-P", "-m", "sayso.intake.page_worker", str(self._limits.html_depth)]
        process = self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        if _next_frame(process) is None:
            self.close()
            raise IntakeError("pages cannot be taken apart: trafilatura fails to load. Install sayso again")
        return process

    def _why_fallen(self, process: subprocess.Popen[bytes], overdue: bool) -> str:
        if overdue:
            return f"the page takes more than {self._limits.seconds:g} seconds to take apart, the limit seconds"
        return f"the page makes the HTML parser fail (exit status {process.returncode}). Give its text instead"


def _ask(process: subprocess.Popen[bytes], request: bytes) -> dict[str, Any] | None:
    """The answer to ``request``; None where the process ended without one."""
    requests = cast(IO[bytes], process.stdin)
    try:
        requests.write(LENGTH.pack(len(request)) + request)
        requests.flush()
    except BrokenPipeError:
        return None
    frame = _next_frame(process)
    return None if frame is None else cast(dict[str, Any], json.loads(frame))


def _next_frame(process: subprocess.Popen[bytes]) -> bytes | None:
    """The next frame that ``process`` sends; None where it ends before."""
    answers = cast(IO[bytes], process.stdout)
    length = answers.read(LENGTH.size)
    if len(length) < LENGTH.size:
        return None
    (size,) = LENGTH.unpack(length)
    frame = answers.read(size)
    return frame if len(frame) == size else None
