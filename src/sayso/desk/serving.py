"""Serving the desk on this machine, to this machine."""

from __future__ import annotations

import socket
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Thread

import uvicorn
from fastapi import FastAPI

from sayso.desk.app import make_app
from sayso.errors import UsageError

HOST = "127.0.0.1"
PORT = 8460


@dataclass(frozen=True, slots=True)
class Listening:
    """A desk whose address is taken, so that a browser that comes before it answers waits."""

    app: FastAPI
    at: socket.socket

    @property
    def address(self) -> str:
        """Where the browser finds it."""
        return f"http://{HOST}:{self.at.getsockname()[1]}/"


@contextmanager
def listen(where: str, port: int | None) -> Iterator[Listening]:
    """The desk for the ledger ``where`` at ``port``; None: at the usual one, or where that is taken, any that is free.

    UsageError where the port is taken, or the ledger is none; LedgerError where it can't be used.
    """
    app = make_app(where)
    if app.state.desk.path.exists():
        app.state.desk.ledger()  # what is wrong with it is said now, where it was named
    with _bound(port) as at:
        try:
            yield Listening(app, at)
        finally:
            app.state.desk.close()


def serve(listening: Listening, *, browser: bool) -> None:
    """Answer until interrupted, with the first page opened in the user's browser if ``browser``."""
    server = uvicorn.Server(uvicorn.Config(listening.app, log_level="error", server_header=False))
    if browser:  # which may take a while, and may be one that runs in the terminal
        Thread(target=webbrowser.open, args=(listening.address,), daemon=True).start()
    with suppress(KeyboardInterrupt):  # that is how one ends it
        server.run(sockets=[listening.at])


def _bound(port: int | None) -> socket.socket:
    try:
        return socket.create_server((HOST, PORT if port is None else port))
    except OSError as error:
        if port is None:
            return socket.create_server((HOST, 0))
        raise UsageError(f"cannot listen at port {port} ({error.strerror}). Give another one with --port.") from error
