"""A PostgreSQL server of the tests' own: made in a temporary folder, started, and gone when they end.

It does not wait for the disk (``fsync=off``), which is quick, and no test switches the machine off; how it is when
it is stopped at once, or its disk is full, is as ever. It sorts text by a language's rules unless it is told otherwise.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from contextlib import suppress
from itertools import count
from pathlib import Path

import psycopg

from sayso.ledger import Ledger
from sayso.ledger.schema import log, log_head, tables, upgrade

QUICK = """
fsync = off
full_page_writes = off
"""
SETTINGS = """
listen_addresses = '127.0.0.1'
max_connections = 60
shared_buffers = 64MB
log_min_messages = fatal
"""
PASSWORD = "salt & pepper/42"


_KEPT = (upgrade, log, log_head)  # that the ledger was made stays
_FILLED = ["claim_search", *(table.name for table in reversed(tables.sorted_tables) if table not in _KEPT)]
_EMPTY = f"""
{"".join(f'DELETE FROM "{name}";' for name in _FILLED)}
DELETE FROM log WHERE key > 1;
UPDATE log_head SET entries = 1, hash = (SELECT hash FROM log);
UPDATE sayso_counted SET times = 0;
SELECT setval(sequencename::regclass, 1, false) FROM pg_sequences WHERE sequencename <> 'sayso_upgrade_key_seq'
"""


class NoServerError(Exception):
    """No server can be started here; the message is the reason."""


class Server:
    """A running server with a superuser, ``postgres``, who is let in without a password by the socket only."""

    def __init__(self, *, durable: bool = False) -> None:
        self._settings = SETTINGS if durable else SETTINGS + QUICK
        self.folder = Path(tempfile.mkdtemp(prefix="sayso-pg-", dir="/tmp"))  # a socket's path must be short
        self._as_user: tuple[str, ...] = ()
        self._numbers = count(1)
        self._template: str | None = None
        self._free: list[str] = []
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        try:
            self._make()
            self.start()
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise

    def _make(self) -> None:
        if os.geteuid() == 0:  # as whom PostgreSQL refuses to run
            if shutil.which("runuser") is None:
                raise NoServerError("root cannot start a PostgreSQL server without runuser")
            self._as_user = ("runuser", "-u", "postgres", "--")
            shutil.chown(self.folder, "postgres")
        secret = self.folder / "secret"
        secret.write_text(PASSWORD)
        secret.chmod(0o644)
        self._do(
            *("initdb", "--pgdata", str(self.data), "--username", "postgres", "--pwfile", str(secret), "--no-sync"),
            *("--auth-local", "trust", "--auth-host", "scram-sha-256", "--encoding", "UTF8", "--locale", "C.UTF-8"),
            *("--locale-provider", "icu", "--icu-locale", "en"),
        )
        settings = self.data / "postgresql.conf"
        folder = f"unix_socket_directories = '{self.folder}'\nport = {self.port}\n"
        settings.write_text(settings.read_text() + self._settings + folder)

    def _do(self, program: str, *words: str) -> None:
        run = subprocess.run(
            [*self._as_user, str(_bin(program)), *words], cwd="/", capture_output=True, text=True, timeout=120
        )
        if run.returncode != 0:
            raise NoServerError(f"{program} failed: {run.stderr.strip()}")

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def start(self) -> None:
        log = str(self.folder / "log")
        # Its output must not be a pipe of ours, which it would hold open.
        words = ("-D", str(self.data), "-l", log, "-w", "-t", "60", "start")
        run = subprocess.run(
            [*self._as_user, str(_bin("pg_ctl")), *words],
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=120,
        )
        if run.returncode != 0:
            raise NoServerError("pg_ctl could not start a server")

    def stop(self, mode: str = "fast") -> None:
        self._do("pg_ctl", "-D", str(self.data), "-w", "-m", mode, "stop")

    def close(self) -> None:
        """Stop it and leave nothing behind."""
        with suppress(NoServerError):  # a test has stopped it
            self.stop("immediate")
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str, user: str = "postgres") -> str:
        return f"postgresql://{user}@/{database}?host={self.folder}&port={self.port}"

    def admin(self) -> psycopg.Connection[tuple[object, ...]]:
        """A connection to look after databases by."""
        return psycopg.connect(self.url("postgres"), autocommit=True)

    def new_database(self, options: str = "") -> str:
        """The URL of an empty database."""
        name = f"d{next(self._numbers)}"
        with self.admin() as connection:
            connection.execute(f"CREATE DATABASE {name} {options}")
        return self.url(name)

    def new_ledger(self) -> str:
        """The URL of a database with an empty ledger: one that was used and emptied, or a copy of one made once."""
        if self._free:
            return self._free.pop()
        if self._template is None:
            where = self.new_database()
            Ledger.open(where).close()
            self._template = name_in(where)
        return self.new_database(f"TEMPLATE {self._template}")

    def take_back(self, where: str) -> None:
        """Empty a ledger of ``new_ledger``, for another test. That is far quicker than to make one."""
        try:
            with psycopg.connect(where, autocommit=True) as connection:
                connection.execute("SET lock_timeout = '200ms'")
                connection.execute(_EMPTY)
        except psycopg.Error:  # a test has broken it, or has left it open
            self.drop(where)
        else:
            self._free.append(where)

    def drop(self, where: str) -> None:
        with self.admin() as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name_in(where)} WITH (FORCE)")


def name_in(where: str) -> str:
    """The database that a URL names."""
    return where.rpartition("?")[0].rpartition("/")[2]


def _bin(program: str) -> Path:
    """Where a program of PostgreSQL's is: on the path, or where Debian keeps it, the newest."""
    if found := shutil.which(program):
        return Path(found)
    kept = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), key=lambda p: float(p.parts[4]))
    if not kept:
        raise NoServerError("PostgreSQL's server is not installed: apt install postgresql")
    return kept[-1]
