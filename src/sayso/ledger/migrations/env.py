"""Alembic runs this to apply migrations on the connection that ``sayso.ledger.upgrade`` hands it."""

from alembic import context

from sayso.ledger.schema import tables

context.configure(connection=context.config.attributes["connection"], target_metadata=tables, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
