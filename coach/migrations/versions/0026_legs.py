"""Recordings that are legs of a transferred call."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "legs",
        sa.Column("recording_id", sa.String(length=200), nullable=False),
        sa.Column("linked_id", sa.String(length=500), nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("came_at", sa.DateTime(), nullable=False),
        sa.Column("whole_id", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["recording_id"], ["recordings.id"], name=op.f("fk_legs_recording_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["whole_id"], ["recordings.id"], name=op.f("fk_legs_whole_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("recording_id", name=op.f("pk_legs")),
    )
    op.create_index("ix_legs_linked_id_source", "legs", ["linked_id", "source"])
    op.create_index(op.f("ix_legs_whole_id"), "legs", ["whole_id"])


def downgrade() -> None:
    op.drop_table("legs")
