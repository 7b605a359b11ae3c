"""A process that has loaded everything, and forks one that is then killed: ``test_killed_anywhere`` asks it to.

It takes lines of JSON: what to do, to which ledger, and when to die. ``{"at": N}`` is at the Nth Python or C function
that is called or returns: the same point each time. ``{"after": S}`` is so many seconds after it has begun, wherever
that is, also within a write or a commit. Without either it runs to its end. The answer is what the process reported as
done, in order, and, where it came to its end, how many calls that took and how long.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import time
from collections.abc import Callable
from typing import Any

from sayso import deciding, exporting, linking, pipeline
from sayso.config import Config
from sayso.ledger import Judgement, Ledger
from sayso.pipeline import Outcome
from sayso.read import Reader

Report = Callable[[Any], None]

READER = Reader.load(threads=1)


def read(job: dict[str, Any], report: Report) -> None:
    """As sayso read --no-link; each article is reported once it is stored."""
    with Ledger.open(job["ledger"]) as ledger:

        def watch(outcome: Any) -> None:
            if isinstance(outcome, Outcome):
                report(outcome.received.article.id)

        pipeline.run([job["reports"]], Config(), ledger, watch=watch)


def link(job: dict[str, Any], report: Report) -> None:
    """As sayso link, in small batches; each is reported."""
    linking.BATCH = 2
    with Ledger.open(job["ledger"]) as ledger:
        linking.link(ledger, watch=lambda done, _: report(done))


def decide(job: dict[str, Any], report: Report) -> None:
    """As several sayso decide; each decision is reported."""
    with Ledger.open(job["ledger"]) as ledger:
        for verdict, about, other in job["decisions"]:
            deciding.decide(ledger, Judgement(verdict, about, "mara", other))
            report(about)


def export(job: dict[str, Any], report: Report) -> None:
    """As sayso export KIND -o FILE."""
    with Ledger.open(job["ledger"], create=False) as ledger:
        exporting.export(ledger, job["kind"], job["out"])
    report(job["kind"])


JOBS = {"read": read, "link": link, "decide": decide, "export": export}


def work(job: dict[str, Any], out: int) -> None:
    """Do the job in this process, which dies at the point that the job names."""
    calls, last = 0, job.get("at", 0)

    def count(_frame: Any, _event: str, _called: Any) -> None:
        nonlocal calls
        calls += 1
        if calls == last:
            os.kill(os.getpid(), signal.SIGKILL)

    def report(what: Any) -> None:
        os.write(out, json.dumps(what).encode() + b"\n")

    os.write(out, b"null\n")  # it begins
    began = time.monotonic()
    if "after" not in job:
        sys.setprofile(count)
    JOBS[job["do"]](job, report)
    sys.setprofile(None)
    report({"calls": calls, "seconds": time.monotonic() - began})


def attend(child: int, given: int, after: float | None) -> list[Any]:
    """What the child reports until it is dead; it is killed ``after`` so many seconds, if that is given."""
    said, until = b"", None
    while True:
        ready, _, _ = select.select([given], [], [], max(0.0, until - time.monotonic()) if until else None)
        if not ready:
            os.kill(child, signal.SIGKILL)
            until = None
            continue
        data = os.read(given, 65536)
        if not said and after is not None:
            until = time.monotonic() + after
        if not data:
            break
        said += data
    os.waitpid(child, 0)
    return [json.loads(line) for line in said.split(b"\n")[1:-1]]


def main() -> None:
    """Answer each line of standard input with one of standard output."""
    pipeline.reader_of = lambda config: READER
    for line in sys.stdin:
        job = json.loads(line)
        given, out = os.pipe()
        if (child := os.fork()) == 0:
            os.close(given)
            work(job, out)
            os._exit(0)
        os.close(out)
        print(json.dumps(attend(child, given, job.get("after"))), flush=True)
        os.close(given)


if __name__ == "__main__":
    main()
