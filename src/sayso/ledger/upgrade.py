"""Bring a ledger to the schema of this Sayso, or say why that can't be done."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import URL, Connection, Engine, insert, inspect, select, text

from sayso import __version__
from sayso.errors import LedgerError, NotThereError
from sayso.ledger import custody
from sayso.ledger.database import WRITING, DamagedError, name_of, prepare, settle_tables
from sayso.ledger.rows import now
from sayso.ledger.schema import HEAD, upgrade

if TYPE_CHECKING:
    from alembic.config import Config


FIRST_LOGGED = "0005"
"""The first schema with a log."""


def schema_of(connection: Connection, url: URL) -> str | None:
    """The migration that the ledger stands at; None for an empty database.

    Raises NotThereError for another program's database, LedgerError for a ledger written by a newer Sayso.
    """
    names = set(inspect(connection).get_table_names())
    if not names:
        return None
    if not {"alembic_version", upgrade.name} <= names:
        raise NotThereError(
            f"{name_of(url)} is a database, but not a Sayso ledger. Give another one; this one was not touched."
        )
    schema = str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())
    if not (schema.isascii() and schema.isdigit()):
        raise DamagedError(f"it says that its schema is {schema!r}")
    if int(schema) > int(HEAD):
        latest = select(upgrade.c.sayso).order_by(upgrade.c.key.desc()).limit(1)
        raise LedgerError(
            f"{name_of(url)} was written by sayso {connection.execute(latest).scalar_one()} (schema {int(schema)}); "
            f"this is {__version__} (schema {int(HEAD)}). Upgrade sayso, or use another ledger."
        )
    return schema


def bring_up_to_date(engine: Engine, url: URL) -> None:
    """Run the migrations that the ledger lacks, in one transaction: all of them or none."""
    with engine.connect() as connection:
        schema = schema_of(connection, url)
    if schema == HEAD:
        return
    with engine.connect() as connection:
        prepare(connection, url)  # only now that it is known to be ours
    with engine.connect().execution_options(**WRITING) as connection, connection.begin():
        schema = schema_of(connection, url)
        if schema != HEAD:  # unless another process was faster
            _migrate(connection)
            settle_tables(connection)
            # What came before there was a log is answered for from now on.
            sealed = custody.seal(connection) if schema and schema < FIRST_LOGGED else {}
            row = {"schema": HEAD, "sayso": __version__, "at": now()}
            key = connection.execute(insert(upgrade), row).inserted_primary_key
            assert key is not None  # a single row was inserted
            custody.enter(
                connection,
                "upgraded",
                None,
                {"from": schema, "to": HEAD} | sealed,
                [(upgrade, [row | {"key": key[0]}])],
            )


def _migrate(connection: Connection) -> None:
    from alembic import command  # takes a quarter of a second to import, and is seldom needed

    command.upgrade(alembic_config(connection), "head")


def alembic_config(connection: Connection) -> Config:
    """Alembic's configuration for the migrations shipped in this package, run on ``connection``."""
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
