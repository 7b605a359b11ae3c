"""What linking makes of what was read. All of it can be made again from the readings. Frozen, as every migration is."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "linked",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("reading_key", sa.Integer(), nullable=False),
        sa.Column("published", sa.Text()),
        sa.Column("outlet", sa.Text()),
        sa.Column("wire", sa.Text()),
        sa.Column("episodes", sa.LargeBinary(), nullable=False),
        sa.Column("attributed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_linked"),
        sa.UniqueConstraint("article_id", name="uq_linked_article_id"),
        sa.ForeignKeyConstraint(["reading_key"], ["reading.key"], name="fk_linked_reading_key_reading"),
    )
    op.create_index("ix_linked_reading_key", "linked", ["reading_key"])
    op.create_table(
        "filed",
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("under", sa.BigInteger(), nullable=False),
        sa.Column("linked_key", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "under", "linked_key", "number", name="pk_filed"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_filed_linked_key", "filed", ["linked_key"])
    op.create_table(
        "alike",
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("a", sa.Integer(), nullable=False),
        sa.Column("a_number", sa.Integer(), nullable=False),
        sa.Column("b", sa.Integer(), nullable=False),
        sa.Column("b_number", sa.Integer(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "a", "a_number", "b", "b_number", name="pk_alike"),
        sqlite_with_rowid=False,
    )
    _results()


def _results() -> None:
    op.create_table(
        "echo",
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("origin_id", sa.Text(), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.Column("wire", sa.Text()),
        sa.PrimaryKeyConstraint("article_id", name="pk_echo"),
    )
    op.create_index("ix_echo_origin_id", "echo", ["origin_id"])
    op.create_table(
        "story",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("first", sa.Text()),
        sa.Column("last", sa.Text()),
        sa.Column("place_folded", sa.Text()),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_story"),
    )
    op.create_index("ix_story_last", "story", ["last"])
    op.create_table(
        "part",
        sa.Column("linked_key", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("linked_key", "number", name="pk_part"),
    )
    op.create_index("ix_part_story_id", "part", ["story_id"])
    op.create_table(
        "told",
        sa.Column("claim_id", sa.Text(), nullable=False),
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.Column("echo_of", sa.Text()),
        sa.Column("origins_for", sa.Integer()),
        sa.Column("claimants_for", sa.Integer()),
        sa.Column("origins_against", sa.Integer()),
        sa.Column("claimants_against", sa.Integer()),
        sa.PrimaryKeyConstraint("claim_id", name="pk_told"),
    )
    op.create_index("ix_told_story_id", "told", ["story_id"])
    op.create_table(
        "link",
        sa.Column("from_id", sa.Text(), nullable=False),
        sa.Column("to_id", sa.Text(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("from_id", "to_id", "relation", name="pk_link"),
    )
    op.create_index("ix_link_to_id", "link", ["to_id"])
    op.create_table(
        "warning",
        sa.Column("claim_id", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("claim_id", name="pk_warning"),
    )
    op.create_table(
        "finder",
        sa.Column("name_folded", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name_folded", name="pk_finder"),
    )
