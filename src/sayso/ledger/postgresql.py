"""What only PostgreSQL has: how a transaction begins, and what its errors mean. Needs the extra ``postgres``.

One writer at a time, as in SQLite: whoever writes holds a lock that lasts as long as the transaction, and takes it
before looking, so that what it saw still holds when it writes. Readers wait for nobody, and see one moment.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import QueuePool

from sayso.errors import LedgerError, SaysoError, UsageError

_LOCK = 0x7361_7973_6F  # "sayso"; such locks are a database's own
_TO_SHOW = ("host", "port")  # of what may follow a "?", where passwords and files with keys may be named too

# A server may be set to report a commit before its disk has it; one that writes by this lock does not let it.
_WRITE = (
    "SET TRANSACTION ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = '{patience}s'; "
    f"SET LOCAL synchronous_commit = on; SELECT pg_advisory_xact_lock({_LOCK})"
)
# Listings are sorted and read to their end: plans that give the first rows early don't pay.
_READ = (
    "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY; SET LOCAL lock_timeout = '{patience}s'; "
    "SET LOCAL cursor_tuple_fraction = 1"
)
_HOLDER = (
    "SELECT usename, application_name, extract(epoch FROM clock_timestamp() - xact_start)::int "
    "FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE locktype = 'advisory' AND granted "
    f"AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
    f"AND classid = {_LOCK >> 32} AND objid = {_LOCK & 0xFFFF_FFFF}"
)

_MAY_LOG = (
    "SELECT NOT pg_is_in_recovery() AND current_setting('default_transaction_read_only') = 'off' "
    "AND has_table_privilege('log', 'INSERT') AND has_table_privilege('log_head', 'UPDATE')"
)


def url_of(where: str) -> URL:
    """``where`` as SQLAlchemy takes it. UsageError where it is no URL of a database; the message shows no password."""
    try:
        url = make_url(where)
    except (ArgumentError, ValueError):
        url = None
    if url is None or "@" in f"{url.host}{url.database}":
        raise UsageError(
            "that is no address of a PostgreSQL database. Expected one as in postgresql://mara@db.example/sayso; in a "
            "password, write %40 for @, %2F for / and %3A for a colon."
        )
    if not url.database:
        raise UsageError(f"{name_of(url)} names no database. Give one, as in postgresql://mara@db.example/sayso")
    return url.set(drivername="postgresql+psycopg")


def name_of(url: URL) -> str:
    """The address as messages show it, without password."""
    query = {name: value for name, value in url.query.items() if name in _TO_SHOW}
    return URL.create("postgresql", url.username, None, url.host, url.port, url.database, query).render_as_string()


def connect(url: URL, patience: float) -> Engine:
    """An engine whose transactions are of one moment, or, where they write, one after the other. Who can't write for
    ``patience`` seconds gets a LedgerError that names who does. UsageError where the extra is not installed."""
    settings = {
        "application_name": f"sayso on {socket.gethostname()}"[:63],
        "client_encoding": "utf8",
        "connect_timeout": 10,
        "keepalives_idle": 30,  # seconds after which it is noticed that a server is gone
        # Plans are not kept: those made while a ledger is small would be bad ones when it has grown.
        "prepare_threshold": None,
    }
    try:
        engine = create_engine(
            url,
            connect_args={name: value for name, value in settings.items() if name not in url.query},
            poolclass=QueuePool,
            max_overflow=-1,  # as many connections as there are listings under way
            pool_pre_ping=True,  # a server may have been started anew since
        )
    except ImportError as error:
        raise UsageError(
            f"a ledger in PostgreSQL needs psycopg, which is not installed ({error}). "
            "Install it with: pip install 'sayso[postgres]'"
        ) from error

    def begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("sayso_writing")
        statement = (_WRITE if writing else _READ).format(patience=max(1, round(patience)))
        try:
            connection.exec_driver_sql(statement, execution_options={"no_parameters": True})
        except DBAPIError as error:
            if _code(error.orig) == _LOCKED:
                raise LedgerError(_told(_BUSY, url, who=_holder(engine))) from error
            raise

    event.listen(engine, "begin", begin)
    return engine


def may_log(connection: Connection) -> bool:
    """True where the server is no standby, nor set to be read only, and lets this user add to the log."""
    return bool(connection.execute(text(_MAY_LOG)).scalar_one())


def check_encoding(connection: Connection, name: str) -> None:
    """LedgerError for a database that cannot hold every text."""
    encoding = connection.execute(text("SHOW server_encoding")).scalar_one()
    if encoding != "UTF8":
        raise LedgerError(
            f"{name} keeps text as {encoding}, which cannot hold every report. Have it made anew: "
            "createdb --encoding UTF8 --template template0 NAME"
        )


def sort_by_code_points(connection: Connection, names: Sequence[str]) -> None:
    """Have texts in the tables with these names sorted as SQLite sorts them, not by the language that the database was
    made for."""
    wanted = text(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema() "
        "AND table_name = ANY(:names) AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C' "
        "ORDER BY table_name, ordinal_position"
    )
    for table, column in connection.execute(wanted, {"names": list(names)}).all():
        connection.execute(text(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" TYPE text COLLATE "C"'))


def enter(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Enter rows, which all have the same columns, by COPY, which takes a fraction of the time of INSERT."""
    import psycopg

    raw: Any = connection.connection.driver_connection
    columns = list(rows[0])
    names = ", ".join(f'"{name}"' for name in columns)
    statement = f'COPY "{table.name}" ({names}) FROM STDIN'
    try:
        with raw.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row([row[name] for name in columns])
    except psycopg.Error as error:  # as it would come from SQLAlchemy
        raise DBAPIError(statement, None, error, connection_invalidated=raw.closed) from error


def settle_keys(connection: Connection, tables: Iterable[Table]) -> None:
    """Have each of the tables that numbers its rows go on after its greatest key."""
    for table in tables:
        if "key" in table.c:  # where the server gives out none, there is nothing to set
            settle = (
                "SELECT setval(pg_get_serial_sequence(quote_ident(:name), 'key'), "
                f'coalesce(max(key), 1), max(key) IS NOT NULL) FROM "{table.name}"'
            )
            connection.execute(text(settle), {"name": table.name})


def _holder(engine: Engine) -> str:
    """Who writes, for how long, as far as this user may know."""
    with engine.connect() as connection:
        row = connection.execute(text(_HOLDER)).first()
    if row is None:
        return "another program"
    user, program, seconds = row
    return f"{user}{f' ({program})' if program else ''}" + (f", for {seconds} s now," if seconds else "")


def is_damage(error: BaseException | None) -> bool:
    """True where the server says that what it keeps is damaged."""
    return _code(error).startswith("XX")


def _code(error: BaseException | None) -> str:
    return getattr(error, "sqlstate", None) or ""


_LOCKED = "55P03"
_BUSY = "{who} is writing to {name}, and was waited for long enough. {safe} Run it again when that has finished."

# By the first letters of the code that the server gives (PostgreSQL's documentation, appendix A).
_BY_CODE = {
    "3D000": "there is no database {name}. Have it made, as with: createdb {database}",
    "22003": "a number is larger than {name} takes ({said}).",
    "28": "{name} does not let you in ({said}). Check the user, and the password: PGPASSWORD=… or ~/.pgpass",
    "42501": "{name} does not allow that ({said}). Ask whoever runs it for the right to read, or write, its tables.",
    "25006": "{name} can only be read here. {safe} Give a ledger that you may write, no standby.",
    "53100": "no room left to write {name}. {safe} Free some space on the server and run the same again.",
    "53300": "{name} takes no more connections ({said}). {safe} Try again later.",
    "53": "the server of {name} is short of something ({said}). {safe} Try again later.",
    "57014": "the server of {name} stopped it as it took too long ({said}). {safe}",
    "57": "the server of {name} cut the connection, or is being started or stopped ({said}). {safe} {again}",
    "08": "the connection to {name} was cut ({said}). {safe} {again}",
    "58": "the disk failed while {name} was used ({said}). {safe} Have server and disk looked at.",
    "XX": "{name} is damaged ({said}). Restore it from a backup.",
    _LOCKED: "another program has kept tables of {name} locked for a long while. {safe} Try again later.",
}

# Before anybody is let in the server gives no code, only words.
_BY_WORDS = {
    r"database \".*\" does not exist": "3D000",
    r"password|authentication|role \".*\" does not exist|pg_hba": "28",
    r"permission denied for database": "42501",
    r"too many clients|too many connections|remaining connection slots": "53300",
    r"starting up|shutting down|recovery mode": "57",
}
_UNREACHED = "{name} cannot be reached ({said}). Check that the server runs there, and takes connections from here."
_OTHER = "{name}: {said}. {safe}"
_SAFE = "What was reported as stored is safe."
_AGAIN = "Run the same again to go on."


def in_words(url: URL, error: BaseException | None, *, cut: bool) -> SaysoError:
    """What the database said, with what to do; ``cut`` where the connection is of no more use."""
    said = " ".join(str(error).split())[:300]
    code = _code(error) or next((code for words, code in _BY_WORDS.items() if re.search(words, said)), "")
    advice = next((_BY_CODE[start] for start in (code, code[:2]) if start in _BY_CODE), None)
    if advice is None and not code:
        if re.match("connection (failed|timeout|is bad)|.*failed to resolve host", said):
            advice = _UNREACHED
        elif cut or "connection" in said:
            advice = _BY_CODE["08"]
    kind = {"3D000": UsageError, "22003": UsageError}.get(code, LedgerError)
    return kind(_told(advice or _OTHER, url, said=said))


def _told(advice: str, url: URL, **more: str) -> str:
    return advice.format(name=name_of(url), database=url.database, safe=_SAFE, again=_AGAIN, **more)
