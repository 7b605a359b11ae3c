"""Pictures and videos: what they are, how they are found again, where they were seen, and what pages cite. Frozen, as
every migration is."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "medium",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_medium"),
        sa.UniqueConstraint("sha256", name="uq_medium_sha256"),
    )
    op.create_table(
        "look",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("medium_key", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("made_with", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer()),
        sa.Column("height", sa.Integer()),
        sa.Column("seconds", sa.Float()),
        sa.Column("says", sa.Text(), nullable=False),
        sa.Column("credentials", sa.Text()),
        sa.Column("thumbnail", sa.LargeBinary()),
        sa.Column("problem", sa.Text()),
        sa.PrimaryKeyConstraint("key", name="pk_look"),
        sa.ForeignKeyConstraint(["medium_key"], ["medium.key"], name="fk_look_medium_key_medium"),
    )
    op.create_index("ix_look_medium_key", "look", ["medium_key"])
    op.create_table(
        "frame",
        sa.Column("look_key", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Float()),
        sa.Column("pdq", sa.Text(), nullable=False),
        sa.Column("quality", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("look_key", "number", name="pk_frame"),
        sa.ForeignKeyConstraint(["look_key"], ["look.key"], name="fk_frame_look_key_look"),
    )
    op.create_table(
        "piece",
        sa.Column("piece", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("look_key", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.PrimaryKeyConstraint("piece", "look_key", "number", name="pk_piece"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sighting",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("medium_key", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Text()),
        sa.Column("claim_id", sa.Text()),
        sa.Column("url", sa.Text()),
        sa.Column("location", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_sighting"),
        sa.ForeignKeyConstraint(["medium_key"], ["medium.key"], name="fk_sighting_medium_key_medium"),
    )
    for column in ("medium_key", "article_id", "url"):
        op.create_index(f"ix_sighting_{column}", "sighting", [column])
    op.create_table(
        "cited",
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", "number", name="pk_cited"),
    )
    op.create_index("ix_cited_url", "cited", ["url"])
    op.create_table(
        "gone_through",
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", name="pk_gone_through"),
    )
