"""Draws of calls to review, the chance that each call had, and what the review work needed besides."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_OPEN = sa.text("state = 'open'")


def upgrade() -> None:
    op.create_table(
        "draws",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("frame", sa.Integer(), nullable=False),
        sa.Column("drawn", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["users.id"], name=op.f("fk_draws_made_by"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draws")),
    )
    op.create_index(op.f("ix_draws_day"), "draws", ["day"])
    op.create_index(op.f("ix_draws_made_by"), "draws", ["made_by"])
    op.create_table(
        "chances",
        sa.Column("recording_id", sa.String(length=200), nullable=False),
        sa.Column("draw_id", sa.Integer(), nullable=False),
        sa.Column("probability", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draw_id"], ["draws.id"], name=op.f("fk_chances_draw_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["recording_id"], ["recordings.id"], name=op.f("fk_chances_recording_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("recording_id", name=op.f("pk_chances")),
    )
    op.create_index(op.f("ix_chances_draw_id"), "chances", ["draw_id"])
    op.add_column("comments", sa.Column("edited_at", sa.DateTime(), nullable=True))
    op.create_index(
        "uq_disputes_open",
        "disputes",
        ["recording_id", "criterion"],
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )


def downgrade() -> None:
    op.drop_index("uq_disputes_open", "disputes")
    op.drop_column("comments", "edited_at")
    op.drop_table("chances")
    op.drop_table("draws")
