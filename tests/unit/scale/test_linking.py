"""Linking, handed out: what is said where a process that does a part of it is killed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest

from sayso.errors import SaysoError
from sayso.scale import cluster
from sayso.scale.engines import spread_on_processes

KILLED = "a linking process was killed.*run the same again to go on"


class RayError(Exception):
    """What Ray raises where a process or node is gone."""


class RayTaskError(RayError):
    """What Ray raises where a task did."""


class Ray:
    """As much of Ray as linking asks for; what it is asked for ends with ``error``."""

    exceptions = SimpleNamespace(RayError=RayError, RayTaskError=RayTaskError)

    def __init__(self, error: Exception) -> None:
        self.error = error

    def remote(self, **_: object) -> Any:
        return lambda _: SimpleNamespace(remote=lambda *_: self)

    def get(self, _: object) -> object:
        raise self.error


def on_ray(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def connected(_: int | None) -> Iterator[Ray]:
        yield Ray(error)

    monkeypatch.setattr(cluster, "connected", connected)
    with cluster.spread_on_ray(None) as spread:
        list(spread(len, ["one"]))


def test_a_killed_process_is_told() -> None:
    with pytest.raises(SaysoError, match=KILLED), spread_on_processes(2) as spread:
        list(spread(os._exit, [9]))


def test_on_a_cluster_too(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SaysoError, match=KILLED):
        on_ray(RayError("The worker died"), monkeypatch)


def test_a_mistake_is_not_taken_for_a_killed_process(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RayTaskError):
        on_ray(RayTaskError("division by zero"), monkeypatch)
    with pytest.raises(TypeError), spread_on_processes(1) as spread:
        list(spread(len, [9]))
