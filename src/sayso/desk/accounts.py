"""Accounts and their sessions, for a desk that serves more than its own user; and the guard that asks them.

They are in an SQLite file beside the ledger, readable to its owner alone, and not in the ledger: a ledger is handed on,
and nobody's password goes with it. Passwords are kept as Argon2id hashes, with the second of the parameters that
RFC 9106 (section 4) recommends, which are above OWASP's minimum; sessions as hashes of their ids. So nothing in the
file lets anybody in.
"""

from __future__ import annotations

import os
import re
import sqlite3
import time
import unicodedata
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

from sayso.desk.guarding import ROLES, Role, User, digest, new_id
from sayso.desk.limiting import Budget, Clock, Waits
from sayso.errors import LedgerError, NotThereError, SaysoError, UsageError

IDLE = 2 * 60 * 60
ABSOLUTE = 12 * 60 * 60
"""Seconds until a session ends: after its last request, and after its login."""

SHORTEST, LONGEST = 15, 1000
"""Characters of a password. The least is that of NIST SP 800-63B-4 for one that stands alone; of any kind."""

_NAME = re.compile(r"[\w.@+-]+(?: [\w.@+-]+)*")
_NOTED = 60  # seconds after which a session's use is written down again
_HASHING = BoundedSemaphore(2)  # each takes 64 MiB

_TABLES = """
CREATE TABLE IF NOT EXISTS account (
    folded TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, hash TEXT NOT NULL, since TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS session (
    digest TEXT PRIMARY KEY, folded TEXT NOT NULL REFERENCES account ON DELETE CASCADE,
    begun REAL NOT NULL, used REAL NOT NULL
);
"""


class TooSoonError(SaysoError):
    """A login that has to wait for ``seconds``."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"too many logins have failed; wait {seconds:.0f} seconds")
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Account:
    """Who may come in, and since what day."""

    name: str
    role: Role
    since: str


class Accounts:
    """The accounts of one ledger. The file is made with the first of them."""

    def __init__(self, path: Path, clock: Clock = time.time) -> None:
        self._path = path
        self._clock = clock
        self._hasher = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)

    @classmethod
    def of(cls, ledger: Path) -> Accounts:
        """Those for the ledger in that file."""
        return cls(ledger.with_name(ledger.name + ".accounts"))

    def listed(self) -> tuple[Account, ...]:
        """All accounts by their names."""
        if not self._path.exists():
            return ()
        with self._file() as file:
            rows = file.execute("SELECT name, role, since FROM account ORDER BY folded").fetchall()
        return tuple(Account(*row) for row in rows)

    def add(self, name: str, role: str, password: str) -> None:
        """A new account. UsageError where there is one of that name, or name, role or password won't do."""
        name = unicodedata.normalize("NFC", name)
        if not _NAME.fullmatch(name) or len(name) > 64:
            raise UsageError(f"{name!r} is no name for an account. Take up to 64 letters, digits and . _ @ + -")
        row = (folded(name), name, _role(role), self._hash(name, password), datetime.now(UTC).date().isoformat())
        try:
            with self._file() as file:
                file.execute("INSERT INTO account VALUES (?, ?, ?, ?, ?)", row)
        except sqlite3.IntegrityError:
            raise UsageError(f"there is an account {name} already. See sayso desk users list.") from None

    def remove(self, name: str) -> None:
        """Take an account away, with its sessions; what it decided stays. NotThereError where there is none."""
        self._change(name, "DELETE FROM account WHERE folded = ?", folded(name))

    def set_role(self, name: str, role: str) -> None:
        """Change what somebody may do, at once. NotThereError where there is no such account."""
        self._change(name, "UPDATE account SET role = ? WHERE folded = ?", _role(role), folded(name))

    def set_password(self, name: str, password: str) -> str:
        """Change a password, and end all sessions that were opened with the old one. Returns its hash."""
        hashed = self._hash(name, password)
        change = "UPDATE account SET hash = ? WHERE folded = ?"
        self._change(name, change, hashed, folded(name), ends_sessions=True)
        return hashed

    def stored(self, name: str) -> str | None:
        """The hash of this account's password; None where there is no such account."""
        with self._file() as file:
            row = file.execute("SELECT hash FROM account WHERE folded = ?", (folded(name),)).fetchone()
        return row[0] if row else None

    def verified(self, name: str, password: str, decoy: str) -> str | None:
        """The hash of this account's password if this is the password, else None. For an unknown name the same work is
        done, with ``decoy``."""
        known = self.stored(name)
        with _HASHING:
            try:
                self._hasher.verify(known or decoy, password[: LONGEST + 1])
            except (VerificationError, InvalidHashError):
                return None
        return known

    def open_session(self, name: str, verified: str) -> str | None:
        """The id of a new session of this account; None if ``verified`` is not (any more) the hash of its password.
        What has ended is cleared away."""
        session, now = new_id(), self._clock()
        insert = "INSERT INTO session SELECT ?, folded, ?, ? FROM account WHERE folded = ? AND hash = ?"
        with self._file() as file:
            file.execute("DELETE FROM session WHERE used < ? OR begun < ?", (now - IDLE, now - ABSOLUTE))
            made = file.execute(insert, (digest(session), now, now, folded(name), verified)).rowcount
        return session if made else None

    def user(self, session: str) -> User | None:
        """Whose session this is; None where it is nobody's, or has ended."""
        now = self._clock()
        asked = "SELECT name, role, begun, used FROM session JOIN account USING (folded) WHERE digest = ?"
        with self._file() as file:
            row = file.execute(asked, (digest(session),)).fetchone()
            # Nor is one that a clock, set back since, dates to come: it would not end for as long.
            if row is None or abs(now - row[2]) > ABSOLUTE or abs(now - row[3]) > IDLE:
                return None
            if now - row[3] > _NOTED:
                file.execute("UPDATE session SET used = ? WHERE digest = ?", (now, digest(session)))
        return User(row[0], row[1])

    def end_session(self, session: str) -> None:
        """End a session."""
        with self._file() as file:
            file.execute("DELETE FROM session WHERE digest = ?", (digest(session),))

    def decoy(self) -> str:
        """The hash of what nobody knows."""
        with _HASHING:
            return self._hasher.hash(new_id())

    def _change(self, name: str, statement: str, *values: str, ends_sessions: bool = False) -> None:
        if not self._path.exists():
            raise NotThereError("there are no accounts yet. Add one with sayso desk users add NAME --role ROLE.")
        with self._file() as file:
            if not file.execute(statement, values).rowcount:
                raise NotThereError(f"there is no account {name}. See sayso desk users list.")
            if ends_sessions:
                file.execute("DELETE FROM session WHERE folded = ?", (folded(name),))

    def _hash(self, name: str, password: str) -> str:
        if not SHORTEST <= len(password) <= LONGEST:
            raise UsageError(f"a password takes {SHORTEST} to {LONGEST} characters; some words in a row will do.")
        if folded(password) == folded(name):
            raise UsageError("a password must not be the name.")
        with _HASHING:
            return self._hasher.hash(password)

    @contextmanager
    def _file(self) -> Iterator[sqlite3.Connection]:
        """A transaction. LedgerError where the file can't be used."""
        try:
            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
            with closing(sqlite3.connect(self._path, timeout=10)) as file, file:
                file.execute("PRAGMA foreign_keys = ON")
                file.executescript(_TABLES)
                yield file
        except sqlite3.IntegrityError:
            raise
        except (OSError, sqlite3.Error) as error:
            raise LedgerError(f"{self._path}, which holds the accounts, cannot be used: {error}") from error


class Staff:
    """The guard of a desk with accounts."""

    by_key = False

    def __init__(self, accounts: Accounts, clock: Clock = time.monotonic) -> None:
        self.anybody: User | None = None
        self.accounts = accounts
        self._decoy = accounts.decoy()  # now: at the first unknown name it would take longer than at a known one
        self._names = Waits(free=5, most=5 * 60, clock=clock)
        self._addresses = Waits(free=20, most=15 * 60, clock=clock)
        self._budget = Budget(size=60, seconds=60, clock=clock)

    def login(self, name: str, password: str, address: str) -> str | None:
        """The id of a new session; None for a wrong name or password, which take as long, or one that is changed just
        now. TooSoonError where too many
        have failed for the name, be there one or not, or from the address."""
        known_as = folded(name)[:64]
        if wait := self._addresses.attempt(address):
            raise TooSoonError(wait)
        if wait := self._names.attempt(known_as):
            self._addresses.forget_one(address)  # nothing was tried
            raise TooSoonError(wait)
        verified = self.accounts.verified(name, password, self._decoy)
        if verified is None:
            return None
        self._names.forget(known_as)
        self._addresses.forget_one(address)  # not all: else one's own logins would pay for guesses at others' names
        return self.accounts.open_session(name, verified)

    def user(self, session: str) -> User | None:
        """Whose session this is, if it is anybody's."""
        return self.accounts.user(session)

    def admit(self, key: str) -> str | None:  # noqa: ARG002 - as Guard has it
        """None: there are no keys."""
        return None

    def bearer(self, key: str) -> User | None:  # noqa: ARG002 - as Guard has it
        """None: there are no keys."""
        return None

    def leave(self, session: str) -> None:
        """End a session."""
        self.accounts.end_session(session)

    def pause(self, user: User) -> float:
        """Seconds until this user may ask for something costly; 0 for now, which counts."""
        return self._budget.spend(user.name)


def folded(name: str) -> str:
    """What makes two names one account's."""
    return unicodedata.normalize("NFKC", name).casefold()


def _role(role: str) -> Role:
    if role not in ROLES:
        raise UsageError(f"no role {role!r}; there is: {', '.join(ROLES)}.")
    return role
