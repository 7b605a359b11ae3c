"""The desk's API under schemathesis: its own OpenAPI says what to ask, and what an answer may be.

``python -m fuzz.api api SECONDS FOLDER`` goes on for so much processor time, and leaves files as ``fuzz.harness`` does.
What is asked is what the description allows, and what it does not; neither may end in an answer of 5xx, and all
answers are as described.
"""

from __future__ import annotations

import json
import sys
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode, checks
from schemathesis.checks import load_all_checks

from fuzz.targets import demo
from sayso.desk.app import make_app

HERE = "http://localhost"  # the desk answers to no other name
HOSTS = ("localhost", "testserver")  # what we and schemathesis call the desk
CHECKED = ("not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance")


def operations(app: Any) -> Iterator[Any]:
    """All that ``app`` says it can be asked; it answers to "testserver", too."""
    load_all_checks()
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", app)
    for found in schema.get_all_operations():
        yield found.ok()


def ask(operation: Any, number: int, examples: int) -> int:
    """Ask one operation so many things, others for each ``number``; how many were asked. Raises what is not as it is
    described."""
    asked = 0
    names = [checks.CHECKS.get_one(name) for name in CHECKED]

    @seed(number)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=st.one_of(operation.as_strategy(generation_mode=mode) for mode in GenerationMode))
    def each(case: Any) -> None:
        nonlocal asked
        asked += 1
        case.call_and_validate(base_url=HERE, checks=names)

    each()
    return asked


def main(_name: str, seconds: str, folder: str) -> int:
    """Ask for so many seconds; exit 1 where an answer was not as it is described."""
    kept, until = Path(folder), time.process_time() + int(seconds)
    waiting, findings, inputs, rounds = list(operations(make_app(str(demo()), hosts=HOSTS))), 0, 0, 0
    while waiting and time.process_time() < until:
        rounds += 1
        for operation in list(waiting):
            if time.process_time() > until:
                break
            began = time.process_time()
            try:
                inputs += ask(operation, rounds, 50)
            except BaseException as error:  # groups of failures, too
                if isinstance(error, KeyboardInterrupt):
                    raise
                findings += 1
                waiting.remove(operation)
                (kept / f"finding-{findings}.txt").write_text(f"{traceback.format_exc()}\n{operation.label}: {error}")
            state = {"inputs": inputs, "findings": findings, "cpu": time.process_time()}
            state["slowest"] = (time.process_time() - began) / 50
            (kept / "state.json").write_text(json.dumps(state))
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
