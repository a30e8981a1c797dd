"""How long calls are kept, what may not be erased, what was."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "retention_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("audio_days", sa.Integer(), nullable=True),
        sa.Column("transcript_days", sa.Integer(), nullable=True),
        sa.Column("score_months", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_rules")),
        sa.UniqueConstraint("source", "country", name=op.f("uq_retention_rules_source_country")),
    )
    op.create_table(
        "legal_holds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("placed_by", sa.String(length=200), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("lifted_by", sa.String(length=200), server_default="", nullable=False),
        sa.Column("lifted_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_holds")),
    )
    op.create_table(
        "gone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recording_id", sa.String(length=200), nullable=False),
        sa.Column("what", sa.String(length=10), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("why", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["recording_id"], ["recordings.id"], name=op.f("fk_gone_recording_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gone")),
        sa.UniqueConstraint("recording_id", "what", name=op.f("uq_gone_recording_id_what")),
    )
    op.create_index("ix_legal_holds_kind_subject", "legal_holds", ["kind", "subject"])
    op.create_index(op.f("ix_gone_recording_id"), "gone", ["recording_id"])
    op.create_index("ix_recordings_account", "recordings", ["account"])


def downgrade() -> None:
    op.drop_index("ix_recordings_account", "recordings")
    for table in ("gone", "legal_holds", "retention_rules"):
        op.drop_table(table)
