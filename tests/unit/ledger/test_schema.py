"""The migrations and the tables in code are one schema."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from sayso import __version__
from sayso.ledger import Ledger
from sayso.ledger.schema import HEAD, tables, upgrade
from sayso.ledger.upgrade import alembic_config


def test_migrations_make_the_tables_that_the_code_knows(fresh_ledger: Ledger) -> None:
    with fresh_ledger._engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_object": lambda _object, name, *_: not name.startswith(("claim_search", "sayso_counted")),
            },
        )
        assert compare_metadata(context, tables) == []


def test_head_is_the_newest_migration(fresh_ledger: Ledger) -> None:
    with fresh_ledger._engine.connect() as connection:
        scripts = ScriptDirectory.from_config(alembic_config(connection))
        assert scripts.get_current_head() == HEAD
        assert MigrationContext.configure(connection).get_current_revision() == HEAD
        assert all(script.revision.isdigit() for script in scripts.walk_revisions())


def test_the_ledger_tells_which_sayso_brought_it_to_its_schema(fresh_ledger: Ledger) -> None:
    with fresh_ledger._engine.connect() as connection:
        (row,) = connection.execute(upgrade.select()).all()
    assert (row.schema, row.sayso) == (HEAD, __version__)
