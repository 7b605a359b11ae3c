"""What happens to an article, claim or decision, chained by hashes; what a page's text was made with; what was fetched.
Frozen, as every migration is."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables and columns."""
    op.create_table(
        "log",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text()),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_log"),
    )
    op.create_index("ix_log_subject", "log", ["subject"])
    op.create_table(
        "log_head",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_log_head"),
    )
    op.create_table(
        "stamp",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("log_key", sa.Integer(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("token", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_stamp"),
        sa.ForeignKeyConstraint(["log_key"], ["log.key"], name="fk_stamp_log_key_log"),
    )
    op.create_table(
        "exchange",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("payload_sha256", sa.Text()),
        sa.Column("etag", sa.Text()),
        sa.Column("last_modified", sa.Text()),
        sa.PrimaryKeyConstraint("key", name="pk_exchange"),
        sa.ForeignKeyConstraint(["sha256"], ["snapshot.sha256"], name="fk_exchange_sha256_snapshot"),
    )
    op.create_index("ix_exchange_url", "exchange", ["url"])
    op.create_index("ix_exchange_payload_sha256", "exchange", ["payload_sha256"])
    op.add_column("article", sa.Column("text_sha256", sa.Text()))
    op.add_column("article", sa.Column("extraction", sa.Text()))
