"""What was erased by its age and is not taken in again; the log names no account any more."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept_out",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_kept_out")),
    )
    op.execute("UPDATE audit SET subject = 'account' WHERE subject LIKE 'account:%'")
    op.execute("UPDATE audit SET subject = 'export:calls' WHERE action = 'export' AND subject = 'calls'")


def downgrade() -> None:
    op.drop_table("kept_out")
