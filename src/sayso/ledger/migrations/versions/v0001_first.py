"""The first ledger. Frozen: a change of the schema is a new migration, never an edit of this one."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables, and the full-text index over the contents of claims."""
    op.create_table(
        "sayso_upgrade",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("schema", sa.Text(), nullable=False),
        sa.Column("sayso", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_sayso_upgrade"),
    )
    op.create_table(
        "snapshot",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_snapshot"),
    )
    _articles_and_readings()
    _claims()
    _people()
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE claim_search USING fts5(text, content='claim', content_rowid='key', "
            "tokenize='unicode61 remove_diacritics 2')"
        )
    else:
        _what_sqlite_has_built_in()


def _what_sqlite_has_built_in() -> None:
    """For PostgreSQL: the words of each content, in their order, and a counter of changes."""
    op.execute(
        "CREATE TABLE claim_search "
        '(rowid integer PRIMARY KEY REFERENCES claim (key), words text[] COLLATE "C" NOT NULL)'
    )
    op.execute("CREATE INDEX ix_claim_search_words ON claim_search USING gin (words)")
    op.execute("CREATE TABLE sayso_counted (times bigint NOT NULL)")
    op.execute("INSERT INTO sayso_counted VALUES (0)")


def _articles_and_readings() -> None:
    op.create_table(
        "article",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("location", sa.Text(), nullable=False),
        sa.Column("outlet", sa.Text()),
        sa.Column("outlet_folded", sa.Text()),
        sa.Column("title", sa.Text()),
        sa.Column("published", sa.Text()),
        sa.Column("url", sa.Text()),
        sa.Column("language", sa.Text()),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("stored_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_article"),
        sa.ForeignKeyConstraint(["sha256"], ["snapshot.sha256"], name="fk_article_sha256"),
    )
    op.create_index("ix_article_id_key", "article", ["id", "key"])
    op.create_table(
        "reading",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("article_key", sa.Integer(), nullable=False),
        sa.Column("sayso", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("read_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_reading"),
        sa.ForeignKeyConstraint(["article_key"], ["article.key"], name="fk_reading_article_key"),
        sa.UniqueConstraint("article_id", "sayso", "model", "reader", name="uq_reading_article_id_sayso_model_reader"),
    )


def _claims() -> None:
    op.create_table(
        "claim",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("reading_key", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("claimant", sa.Text()),
        sa.Column("claimant_id", sa.Text()),
        sa.Column("chain", sa.Text(), nullable=False),
        sa.Column("stance", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("spans", sa.Text(), nullable=False),
        sa.Column("event_type", sa.Text()),
        sa.Column("certainty", sa.Text()),
        sa.Column("place", sa.Text()),
        sa.Column("place_folded", sa.Text()),
        sa.Column("lat", sa.Float()),
        sa.Column("lon", sa.Float()),
        sa.Column("date", sa.Text()),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_claim"),
        sa.ForeignKeyConstraint(["reading_key"], ["reading.key"], name="fk_claim_reading_key"),
        sa.UniqueConstraint("reading_key", "position", name="uq_claim_reading_key_position"),
    )
    op.create_index("ix_claim_id", "claim", ["id"])
    op.create_index("ix_claim_claimant_id", "claim", ["claimant_id"])
    op.create_table(
        "mention",
        sa.Column("claim_key", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("claimant_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_folded", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("claim_key", "place", name="pk_mention"),
        sa.ForeignKeyConstraint(["claim_key"], ["claim.key"], name="fk_mention_claim_key"),
    )
    op.create_index("ix_mention_claimant_id", "mention", ["claimant_id"])


def _people() -> None:
    op.create_table(
        "decision",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("other", sa.Text()),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("superseded_at", sa.Text()),
        sa.PrimaryKeyConstraint("key", name="pk_decision"),
    )
    op.create_index("ix_decision_claim_id", "decision", ["claim_id"])
    op.create_table(
        "quarantine",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("location", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_quarantine"),
    )
    op.create_index("ix_quarantine_location", "quarantine", ["location"])
