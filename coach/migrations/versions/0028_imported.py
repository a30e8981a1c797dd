"""From which file the words of a call came."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "imported",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("recording_id", sa.String(length=200), nullable=False),
        sa.Column("path", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["recording_id"], ["recordings.id"], name=op.f("fk_imported_recording_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_imported")),
    )
    op.create_index(op.f("ix_imported_recording_id"), "imported", ["recording_id"])


def downgrade() -> None:
    op.drop_table("imported")
