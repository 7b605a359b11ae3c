"""Decisions of people: on claims, on two claims, on two parties. Frozen, as every migration is."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables; the one that was there before had no command that wrote to it."""
    op.drop_index("ix_decision_claim_id", "decision")
    op.drop_table("decision")
    op.create_table(
        "decision",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("other", sa.Text()),
        sa.Column("detail", sa.Text()),
        sa.Column("note", sa.Text()),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("superseded_at", sa.Text()),
        sa.PrimaryKeyConstraint("key", name="pk_decision"),
    )
    op.create_index("ix_decision_about", "decision", ["about"])
    op.create_table(
        "decided",
        sa.Column("claim_key", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("claimant", sa.Text()),
        sa.Column("claimant_id", sa.Text()),
        sa.Column("claimant_folded", sa.Text()),
        sa.Column("chain", sa.Text(), nullable=False),
        sa.Column("stance", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("spans", sa.Text(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("claim_key", name="pk_decided"),
        sa.ForeignKeyConstraint(["claim_key"], ["claim.key"], name="fk_decided_claim_key_claim"),
    )
    op.create_index("ix_decided_claimant_id", "decided", ["claimant_id"])
