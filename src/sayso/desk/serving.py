"""Serving the desk: on this machine to its user; or, where there are accounts, to those who have one."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Thread, Timer

import uvicorn
from fastapi import FastAPI

from sayso import deciding
from sayso.config import Config
from sayso.desk.accounts import Accounts, Staff
from sayso.desk.app import HOSTS, make_app
from sayso.desk.basemap import load_maps
from sayso.desk.guarding import Alone, Guard, new_id
from sayso.desk.held import Desk
from sayso.desk.pages.deciding import waiting_at
from sayso.errors import LedgerError, UsageError

HOST = "127.0.0.1"
PORT = 8460
LATER = 2.0
"""Seconds after its start in which the desk has nothing else to do than to answer."""


@dataclass(frozen=True, slots=True)
class Served:
    """How a desk is served. ``port`` is None for the usual one, or where that is taken, any that is free. ``names`` are
    what it is called by besides ``host``, ``proxies`` the addresses of those whose word on a request's origin is taken;
    ``certificate`` and ``private_key`` are files, for TLS. Where there are no accounts, ``user`` is who decides, and
    ``keyed`` says whether opening the desk takes a key."""

    host: str = HOST
    port: int | None = None
    names: tuple[str, ...] = ()
    proxies: tuple[str, ...] = ()
    certificate: str | None = None
    private_key: str | None = None
    user: str = "local"
    keyed: bool = True

    @property
    def loopback(self) -> bool:
        """True where only this machine reaches it."""
        address = _address(self.host)
        return self.host in HOSTS or (address is not None and address.is_loopback)

    @property
    def hosts(self) -> tuple[str, ...]:
        """What it may be called by."""
        address = _address(self.host)
        everywhere = address is not None and address.is_unspecified
        own = () if everywhere else (_in_url(self.host), *(HOSTS if self.loopback else ()))
        return (*map(_in_url, self.names), *own)


@dataclass(frozen=True, slots=True)
class Listening:
    """A desk whose address is taken, so that a browser that comes before it answers waits. ``key`` opens it, where that
    takes one."""

    app: FastAPI
    at: socket.socket
    served: Served
    key: str | None

    @property
    def address(self) -> str:
        """Where a browser finds it; with the key, for whoever may have that."""
        return self._address(self.key)

    @property
    def opening(self) -> str:
        """The same for the browser that is opened on this machine, once: other users see what it is started with."""
        guard = self.app.state.guard
        return self._address(guard.once() if isinstance(guard, Alone) else None)

    def _address(self, key: str | None) -> str:
        scheme = "https" if self.served.certificate else "http"
        name = _own(self.served.host) if self.served.loopback else self.served.hosts[0]
        return f"{scheme}://{name}:{self.at.getsockname()[1]}/" + (f"?key={key}" if key else "")


@contextmanager
def listen(config: Config, served: Served) -> Iterator[Listening]:
    """The desk for the ledger that ``config`` names.

    UsageError where it can't be served so, the port is taken, or the ledger is none; LedgerError where that, or the
    accounts, can't be used.
    """
    accounts = Accounts.of(Desk(config.ledger).path)
    guarded = bool(accounts.listed())
    _check(served, guarded)
    key = new_id() if served.keyed and not guarded else None
    guard: Guard = Staff(accounts) if guarded else Alone(served.user, key)
    app = make_app(config.ledger, guard, served.hosts, config)
    app.state.desk.is_there()  # what is wrong with it is said now, where it was named
    with _bound(served) as at:
        try:
            yield Listening(app, at, served, key)
        finally:
            app.state.desk.close()


def serve(listening: Listening, *, browser: bool) -> None:
    """Answer until interrupted, with the first page opened in the user's browser if ``browser``."""
    served = listening.served
    settings = uvicorn.Config(
        listening.app,
        log_level="error",
        server_header=False,
        proxy_headers=bool(served.proxies),
        forwarded_allow_ips=list(served.proxies),
        ssl_certfile=served.certificate,
        ssl_keyfile=served.private_key,
    )
    server = uvicorn.Server(settings)
    if browser:  # which may take a while, and may be one that runs in the terminal
        Thread(target=webbrowser.open, args=(listening.opening,), daemon=True).start()
    # A second's work, which nobody is to wait for at the first story; nor at the first page, which is asked for now.
    loading = Timer(LATER, prepare, (listening.app.state.desk,))
    loading.daemon = True
    loading.start()
    with suppress(KeyboardInterrupt):  # that is how one ends it
        server.run(sockets=[listening.at])


def prepare(desk: Desk) -> None:
    """Make what takes long the first time, and is asked for sooner or later."""
    load_maps()
    with suppress(LedgerError):  # there may be none yet; whoever asks for a page is told what is wrong
        desk.at_hand("parties", deciding.named_parties)
        waiting_at(desk)


def _check(served: Served, guarded: bool) -> None:
    """UsageError where anybody could come in, or nobody."""
    if not (guarded or (served.loopback and not served.proxies)):
        raise UsageError(
            "this would let everybody in who reaches this machine: there are no accounts. Add the first with: "
            "sayso desk users add NAME --role admin. Or leave out --host and --proxy, to serve yourself alone."
        )
    if not served.hosts:
        raise UsageError("say by what name others find the desk, as in their browser's address: --allow-host NAME")
    if bool(served.certificate) != bool(served.private_key):
        raise UsageError("--certificate and --private-key go together.")
    if served.private_key and served.certificate:
        try:
            ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(served.certificate, served.private_key)
        except OSError as error:  # ssl.SSLError is one
            raise UsageError(f"cannot use {served.certificate} with {served.private_key}: {error}") from error


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """``host`` as an address, with or without the brackets that an IPv6 one has in a URL; None for a name."""
    try:
        return ipaddress.ip_address(host.removeprefix("[").removesuffix("]"))
    except ValueError:
        return None


def _in_url(host: str) -> str:
    """``host`` as it stands in a browser's address, and in what a browser sends as ``Host``."""
    address = _address(host)
    return host if address is None else f"[{address}]" if address.version == 6 else str(address)


def _own(host: str) -> str:
    return HOST if host == "localhost" else _in_url(host)


def _bound(served: Served) -> socket.socket:
    host, port = _own(served.host), PORT if served.port is None else served.port
    try:
        return _listening(host, port)
    except OSError as error:
        if served.port is None and served.loopback:
            return _listening(host, 0)
        where = f"port {port}" + ("" if served.loopback else f" of {host}")
        raise UsageError(f"cannot listen at {where} ({error.strerror}). Give another one with --port.") from error


def _listening(host: str, port: int) -> socket.socket:
    address = _address(host)
    if address is None or address.version == 4:
        return socket.create_server((host, port))
    both = address.is_unspecified and socket.has_dualstack_ipv6()
    return socket.create_server((str(address), port), family=socket.AF_INET6, dualstack_ipv6=both)
