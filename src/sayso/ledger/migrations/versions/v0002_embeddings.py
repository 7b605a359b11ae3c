"""Readings keep what their claims mean, for linking. Frozen, as every migration is."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the column; readings that are there stay without."""
    op.add_column("reading", sa.Column("embeddings", sa.LargeBinary()))
